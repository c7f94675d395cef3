/* mlp-workers.h: a pool of worker threads that share one job.
 *
 * Only pthreads and C11 atomics, no GLib locks, so that ThreadSanitizer sees
 * every one of them. The threads are at nice 19 where the system knows that per
 * thread; between jobs they wait, first briefly awake, then asleep.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MlpWorkers MlpWorkers;

/* Runs item @item of a job in one of the threads (@thread from 0, the caller
 * is thread 0). Items may run in any order and at the same time. */
typedef void (*MlpWorkFunc) (guint    item,
                             guint    thread,
                             gpointer user_data);

/* @n_threads at least 1, the caller's own included: 1 starts no thread.
 * Returns: (nullable): %NULL if a thread could not be started */
MlpWorkers *mlp_workers_new           (guint        n_threads);

/* Joins the threads. */
void        mlp_workers_free          (MlpWorkers  *workers);

guint       mlp_workers_get_n_threads (MlpWorkers  *workers);

/* Runs items 0 … @n_items − 1 and returns when all are done: what they wrote
 * is seen by the caller. Which thread takes which item is not fixed; a result
 * must not depend on it. One job at a time: not from within an item. */
void        mlp_workers_run           (MlpWorkers  *workers,
                                       guint        n_items,
                                       MlpWorkFunc  func,
                                       gpointer     user_data);

/* Gives the calling thread the least favoured nice value there is, 19: work of minutes gives
 * way to a redraw. On a machine that other programs keep busy that may be next to no time at
 * all; the environment's PERZEPTRON_NICE, from 0, says another value. Only where a nice value
 * belongs to a thread, as on Linux. */
void        mlp_workers_lower_priority (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpWorkers, mlp_workers_free)

G_END_DECLS
