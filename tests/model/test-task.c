/* test-task.c: work in threads, and who lets go of what, where.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "task-util.h"
#include "model/pz-task.h"

#define N_TASKS   4000
#define N_AT_ONCE 40

static FinalizeWatch watch;
static guint n_done;
static int n_freed;        /* atomic */

/* Worker thread: an object that nobody asks for. Half of them end before the
 * main context has the result, half after.
 */
static void
make_object (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  GObject *object = g_object_new (G_TYPE_OBJECT, NULL);
  gboolean linger = *(const guint *) task_data / 4 % 2;
  int before = g_atomic_int_get (&n_freed);

  g_assert_null (source_object);
  g_assert_true (g_thread_self () != watch.thread);
  finalize_watch_add (&watch, object);
  pz_task_return_pointer (worker, object, g_object_unref);
  while (linger && g_atomic_int_get (&n_freed) < before + N_AT_ONCE / 2 &&
         g_atomic_int_get (&n_freed) < N_TASKS - N_AT_ONCE)
    g_thread_yield ();
}

static void
on_done (gpointer data,
         gpointer owner)
{
  g_assert_true (g_thread_self () == watch.thread);
  g_assert_true (G_IS_OBJECT (owner));
  n_done++;
}

static void
free_data (gpointer data)
{
  g_assert_true (g_thread_self () == watch.thread);
  g_free (data);
  g_atomic_int_inc (&n_freed);
}

/* The task has the last reference to its object, nobody asks for the result, a
 * third is cancelled: whatever order thread and main context end in, the
 * object, the cancellable and the result go in the main thread.
 */
static void
test_finalize (void)
{
  finalize_watch_init (&watch);
  n_done = 0;
  g_atomic_int_set (&n_freed, 0);

  for (guint i = 0; i < N_TASKS; i++)
    {
      GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);
      GCancellable *cancellable = g_cancellable_new ();
      GTask *task = g_task_new (owner, cancellable, NULL, NULL);

      finalize_watch_add (&watch, owner);
      finalize_watch_add (&watch, cancellable);
      (i % 2 != 0 ? pz_task_run : pz_task_run_urgent)(task, make_object, g_memdup2 (&i, sizeof i), free_data,
                                                      on_done, owner);
      if (i % 3 == 0)
        g_cancellable_cancel (cancellable);
      g_object_unref (cancellable);
      g_object_unref (owner);

      wait_until (i + 1 - n_done < N_AT_ONCE);
    }

  wait_until (n_done == N_TASKS);
  pz_task_wait_all ();
  g_assert_cmpuint (pz_task_count (), ==, 0);
  g_assert_cmpint (g_atomic_int_get (&n_freed), ==, N_TASKS);
  wait_until (g_atomic_int_get (&watch.n_here) + g_atomic_int_get (&watch.n_elsewhere) == 3 * N_TASKS);
  g_assert_cmpint (g_atomic_int_get (&watch.n_elsewhere), ==, 0);
}

static void
make_string (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  g_assert_cmpstr (task_data, ==, "question");
  g_assert_true (g_task_get_task_data (worker) == task_data);
  pz_task_return_pointer (worker, g_strdup ("answer"), g_free);
}

static void
test_result (void)
{
  GObject *owner = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *string = NULL;
  Answer answer = { NULL, 0 };

  finalize_watch_init (&watch);
  n_done = 0;
  g_atomic_int_set (&n_freed, 0);
  pz_task_run (g_task_new (owner, NULL, answer_take, &answer), make_string,
               g_strdup ("question"), free_data, on_done, owner);
  g_assert_cmpuint (answer.n_calls, ==, 0);
  result = answer_wait (&answer);
  g_assert_cmpuint (n_done, ==, 1);
  g_assert_cmpint (g_atomic_int_get (&n_freed), ==, 1);

  g_assert_true (g_task_is_valid (result, owner));
  string = g_task_propagate_pointer (G_TASK (result), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (string, ==, "answer");

  g_clear_object (&result);
  g_assert_finalize_object (owner);
}

static void
fail (GTask        *worker,
      gpointer      source_object,
      gpointer      task_data,
      GCancellable *cancellable)
{
  g_task_return_new_error (worker, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG, "no %d", 7);
}

static void
test_error (void)
{
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Answer answer = { NULL, 0 };

  pz_task_run (g_task_new (NULL, NULL, answer_take, &answer), fail, NULL, NULL, NULL, NULL);
  result = answer_wait (&answer);
  g_assert_null (g_task_propagate_pointer (G_TASK (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
  g_assert_cmpstr (error->message, ==, "no 7");
}

static int begun;
static int let_go;

/* Worker thread: until it is cancelled or let go, and then with a result. */
static void
wait_in_thread (GTask        *worker,
                gpointer      source_object,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GObject *object;

  g_atomic_int_inc (&begun);
  while (!g_cancellable_is_cancelled (cancellable) && !g_atomic_int_get (&let_go))
    g_usleep (100);
  object = g_object_new (G_TYPE_OBJECT, NULL);
  finalize_watch_add (&watch, object);
  pz_task_return_pointer (worker, object, g_object_unref);
}

static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GAsyncResult) result = NULL;
  g_autoptr(GError) error = NULL;
  Answer answer = { NULL, 0 };

  finalize_watch_init (&watch);
  g_atomic_int_set (&begun, 0);
  g_atomic_int_set (&let_go, 0);
  pz_task_run (g_task_new (NULL, cancellable, answer_take, &answer), wait_in_thread, NULL, NULL, NULL, NULL);
  wait_until (g_atomic_int_get (&begun) == 1);
  g_assert_cmpuint (pz_task_count (), ==, 1);
  g_cancellable_cancel (cancellable);
  result = answer_wait (&answer);
  g_assert_null (g_task_propagate_pointer (G_TASK (result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* What came too late (perhaps a large set) does not wait for the next task. */
  g_clear_object (&result);
  g_assert_cmpint (g_atomic_int_get (&watch.n_here), ==, 1);
}

/* A program that ends waits for the threads, not for their answers. */
static void
test_wait_all (void)
{
  Answer answers[5] = { { NULL, 0 } };

  finalize_watch_init (&watch);
  g_atomic_int_set (&begun, 0);
  g_atomic_int_set (&let_go, 0);
  for (guint i = 0; i < 5; i++)
    pz_task_run (g_task_new (NULL, NULL, answer_take, &answers[i]), wait_in_thread, NULL, NULL, NULL, NULL);
  wait_until (g_atomic_int_get (&begun) == 5);
  g_assert_cmpuint (pz_task_count (), ==, 5);

  g_atomic_int_set (&let_go, 1);
  pz_task_wait_all ();
  g_assert_cmpuint (pz_task_count (), ==, 0);

  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (answers[i].n_calls, ==, 0);
  for (guint i = 0; i < 5; i++)
    {
      g_autoptr(GAsyncResult) result = answer_wait (&answers[i]);
    }
  pz_task_wait_all ();
}

/* Worker thread: reads from a pipe that nobody writes to. */
static void
read_pipe (GTask        *worker,
           gpointer      source_object,
           gpointer      task_data,
           GCancellable *cancellable)
{
  const int *fds = task_data;
  char byte;

  g_atomic_int_set (&begun, 1);
  g_assert_cmpint (read (fds[0], &byte, 1), ==, 1);
  g_task_return_boolean (worker, TRUE);
}

/* A thread that hangs is left behind; the others are joined. */
static void
test_wait_for_some_time (void)
{
  Answer hanging = { NULL, 0 };
  Answer quick = { NULL, 0 };
  int fds[2];

  g_assert_cmpint (pipe (fds), ==, 0);
  finalize_watch_init (&watch);
  g_atomic_int_set (&begun, 0);
  pz_task_run (g_task_new (NULL, NULL, answer_take, &hanging), read_pipe, fds, NULL, NULL, NULL);
  wait_until (g_atomic_int_get (&begun) == 1);

  g_atomic_int_set (&begun, 0);
  g_atomic_int_set (&let_go, 1);
  pz_task_run (g_task_new (NULL, NULL, answer_take, &quick), wait_in_thread, NULL, NULL, NULL, NULL);
  wait_until (g_atomic_int_get (&begun) == 1 && pz_task_count () == 1);

  g_assert_cmpuint (pz_task_wait (G_TIME_SPAN_SECOND / 20), ==, 1);
  g_assert_cmpuint (pz_task_count (), ==, 1);

  g_assert_cmpint (write (fds[1], "", 1), ==, 1);
  pz_task_wait_all ();
  g_assert_cmpuint (pz_task_wait (0), ==, 0);
  g_assert_cmpuint (pz_task_count (), ==, 0);
  {
    g_autoptr(GAsyncResult) first = answer_wait (&hanging);
    g_autoptr(GAsyncResult) second = answer_wait (&quick);
  }
  close (fds[0]);
  close (fds[1]);
}

static int gone;
static int too_late;

/* Worker thread, after the work has ended: until it is let go. */
static void
linger (gpointer data)
{
  const gint64 deadline = test_get_deadline ();

  while (!g_atomic_int_get (&let_go) && !g_atomic_int_get (&too_late))
    {
      if (g_get_monotonic_time () > deadline)
        g_atomic_int_set (&too_late, TRUE);
      g_usleep (100);
    }
  g_atomic_int_inc (&gone);
}

static GPrivate lingering = G_PRIVATE_INIT (linger);

/* Worker thread. */
static void
end_slowly (GTask        *worker,
            gpointer      source_object,
            gpointer      task_data,
            GCancellable *cancellable)
{
  g_private_set (&lingering, &lingering);
  pz_task_return_pointer (worker, NULL, NULL);
}

/* At nice 19 a thread may need long for its last instructions. Whoever starts
 * the next task does not wait for it; whoever waits for all does.
 */
static void
test_slow_end (void)
{
  Answer answer = { NULL, 0 };

  g_atomic_int_set (&let_go, 0);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(GAsyncResult) result = NULL;

      pz_task_run (g_task_new (NULL, NULL, answer_take, &answer), end_slowly, NULL, NULL, NULL, NULL);
      result = answer_wait (&answer);
      wait_until (pz_task_count () == 0);
    }
  g_assert_cmpint (g_atomic_int_get (&gone), ==, 0);
  g_assert_false (g_atomic_int_get (&too_late));

  g_atomic_int_set (&let_go, 1);
  pz_task_wait_all ();
  g_assert_cmpint (g_atomic_int_get (&gone), ==, 3);
}

/* Worker thread. */
static void
get_nice (GTask        *worker,
          gpointer      source_object,
          gpointer      task_data,
          GCancellable *cancellable)
{
  pz_task_return_pointer (worker, GINT_TO_POINTER (getpriority (PRIO_PROCESS, (id_t) syscall (SYS_gettid))), NULL);
}

static void
test_nice (void)
{
  const int own = getpriority (PRIO_PROCESS, 0);
  g_autoptr(GAsyncResult) calm = NULL;
  g_autoptr(GAsyncResult) urgent = NULL;
  Answer answer = { NULL, 0 };

  g_unsetenv ("PERZEPTRON_NICE");
  pz_task_run (g_task_new (NULL, NULL, answer_take, &answer), get_nice, NULL, NULL, NULL, NULL);
  calm = answer_wait (&answer);
  g_setenv ("PERZEPTRON_NICE", "0", TRUE);
  g_assert_cmpint (GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (calm), NULL)), ==, 19);

  pz_task_run_urgent (g_task_new (NULL, NULL, answer_take, &answer), get_nice, NULL, NULL, NULL, NULL);
  urgent = answer_wait (&answer);
  g_assert_cmpint (GPOINTER_TO_INT (g_task_propagate_pointer (G_TASK (urgent), NULL)), ==, own);
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, own);
}

/* The answer comes where the task was made. */
static void
test_context (void)
{
  g_autoptr(GMainContext) context = g_main_context_new ();
  g_autoptr(GAsyncResult) result = NULL;
  Answer answer = { NULL, 0 };

  g_main_context_push_thread_default (context);
  pz_task_run (g_task_new (NULL, NULL, answer_take, &answer), get_nice, NULL, NULL, NULL, NULL);
  pz_task_wait_all ();
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (answer.n_calls, ==, 0);
  while (answer.n_calls == 0)
    g_main_context_iteration (context, TRUE);
  result = g_steal_pointer (&answer.result);
  g_main_context_pop_thread_default (context);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/task/finalize", test_finalize);
  g_test_add_func ("/model/task/result", test_result);
  g_test_add_func ("/model/task/error", test_error);
  g_test_add_func ("/model/task/cancel", test_cancel);
  g_test_add_func ("/model/task/wait-all", test_wait_all);
  g_test_add_func ("/model/task/wait-for-some-time", test_wait_for_some_time);
  g_test_add_func ("/model/task/slow-end", test_slow_end);
  g_test_add_func ("/model/task/nice", test_nice);
  g_test_add_func ("/model/task/context", test_context);

  return g_test_run ();
}
