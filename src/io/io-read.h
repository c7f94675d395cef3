/* io-read.h: content of a file in memory.
 *
 * Files are read and never mapped: a mapped file that another program makes shorter
 * ends the process (SIGBUS).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What io_read_file() returns starts in memory at a multiple of so many bytes. */
#define IO_READ_ALIGNMENT 64

/**
 * IoReadCheck:
 * @start: (array length=n_start): the first bytes of the file
 * @n_start: %IO_READ_START, or less where the file is shorter
 * @size: of the file, in bytes
 * @user_data: of the caller
 * @error: return location for a #GError
 *
 * Returns: whether the file is worth reading
 */
typedef gboolean (*IoReadCheck) (const guint8 *start,
                                 gsize         n_start,
                                 guint64       size,
                                 gpointer      user_data,
                                 GError      **error);

#define IO_READ_START 64

/**
 * io_read_file:
 * @path: a file
 * @check: (nullable): asked before memory is taken for the rest of the file
 * @user_data: for @check
 * @error: return location for a #GError
 *
 * Reads as many bytes as the file has when it is opened. One that is made shorter
 * meanwhile gives what was there. Never waits for a pipe. Blocks; any thread.
 *
 * Errors: %MLP_ERROR_OPEN with the reason only, such as “it is not a file”;
 * %MLP_ERROR_TOO_LARGE where there is not so much memory; those of @check
 *
 * Returns: (transfer full) (nullable): the content
 */
GBytes *io_read_file (const char *path,
                      IoReadCheck check,
                      gpointer    user_data,
                      GError    **error);

G_END_DECLS
