/* pz-task.h: background task with progress and cancellation.
 *
 * Two tasks and a thread of our own. A thread may drop the last reference to
 * its task, and with it to the task's source object; so the task that knows the
 * object never meets the thread, and the one that meets the thread knows no
 * object of the main thread. The thread is one of our own at nice 19, not
 * one of GTask's pool, which GIO shares and which cannot be un-niced.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The work runs in the thread and returns its result through the worker task it
 * is given, as a GTaskThreadFunc does; @source_object is always NULL. An error
 * goes through g_task_return_error(), a result through
 * pz_task_return_pointer(). */

/* Called in the main context with the work's data; @owner is borrowed. */
typedef void (*PzTaskDoneFunc) (gpointer data,
                                gpointer owner);

/**
 * pz_task_run:
 * @task: (transfer full): the caller's task, with its source object, in the
 *   main context it was made in
 * @work: runs in the thread
 * @data: (transfer full): for @work, reachable as the worker task's data
 * @free_data: (nullable): frees @data, in the main context
 * @done: (nullable): called in the main context with @data just before @task
 *   returns, so that nothing arrives after the result
 * @owner: (nullable): for @done: borrowed, kept alive by @task
 *
 * Starts a thread for @work. What @work returned through its own task is given
 * to @task: a pointer (transfer full, freed with the destroy notify that @work
 * gave) or an error. The task's cancellable is the worker's, too. Threads are
 * counted, so that a program that ends can wait: pz_task_wait_all().
 */
void pz_task_run       (GTask           *task,
                        GTaskThreadFunc  work,
                        gpointer         data,
                        GDestroyNotify   free_data,
                        PzTaskDoneFunc   done,
                        gpointer         owner);

/* The same at the program's own nice value: for work of a few milliseconds that
 * somebody waits for, which at nice 19 would stand behind a training run. */
void pz_task_run_urgent (GTask           *task,
                         GTaskThreadFunc  work,
                         gpointer         data,
                         GDestroyNotify   free_data,
                         PzTaskDoneFunc   done,
                         gpointer         owner);

/* Worker thread: g_task_return_pointer() that also tells the caller's task how
 * to free a result that nobody asks for. @worker is the task the work was
 * given. */
void pz_task_return_pointer (GTask           *worker,
                             gpointer         result,
                             GDestroyNotify   free_result);

/* How many threads have not ended. */
guint pz_task_count    (void);

/* Main thread: joins what still runs, which was cancelled before. Does not iterate
 * the main context. */
void pz_task_wait_all  (void);

/* The same at the very end of the program, for at most @time microseconds. What has not
 * ended by then hangs in the kernel, in a file on a server that is gone or a pipe that
 * nobody writes to: it is left behind, and ends with the process.
 *
 * Returns: how many threads were left behind; after that only _exit() is safe */
guint pz_task_wait     (gint64           time);

G_END_DECLS
