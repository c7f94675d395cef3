/* io-lock.h: lock of a folder between processes.
 *
 * The lock is on a hidden, empty file in the folder (flock), which stays; the system
 * lets go of it when its holder ends, however that happens, so none is ever stale. It is
 * advisory, and held for as long as the files take, not for as long as a program
 * runs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IO_LOCK_NAME ".perzeptron.lock"

/* In ms: how long another process may take. */
#define IO_LOCK_TIMEOUT 10000

typedef enum
{
  IO_LOCK_HELD,          /* it is ours */
  IO_LOCK_BUSY,          /* another one holds it, still after the timeout */
  IO_LOCK_NONE,          /* there can be none: the folder is missing or read-only, or its
                          * file system has no locks; errno says why */
} IoLockResult;

/**
 * io_lock:
 * @folder: a folder
 * @timeout: in ms: how long to wait for another process, or another lock of this one
 * @lock: (out): for io_lock_release(); −1 where it is not held
 *
 * Blocks; any thread.
 */
IoLockResult io_lock (const char *folder,
                      guint       timeout,
                      int        *lock);

/* Nothing for −1. Keeps errno. */
void io_lock_release (int lock);

G_END_DECLS
