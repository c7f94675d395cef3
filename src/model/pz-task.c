/* pz-task.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE     /* pthread_tryjoin_np () */

#include "config.h"

#include <glib/gi18n.h>
#include <pthread.h>
#include <time.h>

#include "core/mlp-workers.h"
#include "model/pz-task.h"

/* One piece of work. The thread and the main context each hold a reference,
 * because the thread still looks at it after the result is on its way. The
 * worker task belongs to the list: with it would go the cancellable, in whichever
 * thread is last.
 */
typedef struct
{
  gatomicrefcount ref_count;

  /* For the thread. */
  GTask          *worker;          /* until the thread is joined */
  GTaskThreadFunc work;
  gpointer        data;
  gboolean        urgent;
  pthread_t       thread;
  int             ended;           /* atomic: its last act */

  /* For the main context. */
  GTask          *task;
  GDestroyNotify  free_data;
  void (*done)(gpointer data,
               gpointer owner);
  gpointer        owner;

  /* Written by the thread before it returns the result. */
  GDestroyNotify  free_result;
} Job;

static GMutex list_mutex;
static GPtrArray *list;            /* of Job: threads not yet joined */

static Job *
job_ref (Job *job)
{
  g_atomic_ref_count_inc (&job->ref_count);

  return job;
}

static void
job_unref (Job *job)
{
  if (g_atomic_ref_count_dec (&job->ref_count))
    g_free (job);
}

static GQuark
job_quark (void)
{
  return g_quark_from_static_string ("pz-task-job");
}

/* Main thread. Joins threads that are gone, or all. One that has returned its
 * result and even ended its work is not gone yet: at nice 19, with both cores
 * busy, the system lets it wait for its last instructions (0.4 s were seen), and
 * the main loop must not wait for it. It is left for the next time.
 */
static void
join_threads (gboolean all)
{
  g_autoptr(GPtrArray) joined = g_ptr_array_new_with_free_func ((GDestroyNotify) job_unref);

  g_mutex_lock (&list_mutex);
  for (guint i = list != NULL ? list->len : 0; i > 0; i--)
    {
      Job *job = g_ptr_array_index (list, i - 1);

      if (all || pthread_tryjoin_np (job->thread, NULL) == 0)
        g_ptr_array_add (joined, g_ptr_array_steal_index_fast (list, i - 1));
    }
  g_mutex_unlock (&list_mutex);

  for (guint i = 0; i < joined->len; i++)
    {
      Job *job = g_ptr_array_index (joined, i);

      if (all)
        pthread_join (job->thread, NULL);
      g_clear_object (&job->worker);
    }
}

/* Main context. */
static void
on_worker_done (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  Job *job = user_data;
  g_autoptr(GTask) task = g_steal_pointer (&job->task);
  g_autoptr(GError) error = NULL;
  gpointer pointer;

  pointer = g_task_propagate_pointer (G_TASK (result), &error);

  if (job->done != NULL)
    job->done (job->data, job->owner);
  if (job->free_data != NULL)
    job->free_data (job->data);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, pointer, job->free_result);

  job_unref (job);
}

/* Worker thread. */
static void *
run_job (void *user_data)
{
  Job *job = user_data;

  pthread_setname_np (pthread_self (), "pz-task");

  if (!job->urgent)
    mlp_workers_lower_priority ();

  job->work (job->worker, NULL, job->data, g_task_get_cancellable (job->worker));

  g_atomic_int_set (&job->ended, TRUE);
  job_unref (job);

  return NULL;
}

static void
start_job (GTask          *task,
           GTaskThreadFunc work,
           gpointer        data,
           GDestroyNotify  free_data,
           PzTaskDoneFunc  done,
           gpointer        owner,
           gboolean        urgent)
{
  Job *job;
  int code;

  join_threads (FALSE);

  job = g_new0 (Job, 1);
  g_atomic_ref_count_init (&job->ref_count);
  job->work = work;
  job->data = data;
  job->urgent = urgent;
  job->task = task;
  job->free_data = free_data;
  job->done = done;
  job->owner = owner;

  /* The worker task carries the data as a pointer only: the main context frees
   * them. The reference of the callback is the job's first. Whether it was
   * cancelled the caller's task says, which also frees a result that came too
   * late.
   */
  job->worker = g_task_new (NULL, g_task_get_cancellable (task), on_worker_done, job);
  g_task_set_source_tag (job->worker, pz_task_run);
  g_task_set_check_cancellable (job->worker, FALSE);
  g_task_set_task_data (job->worker, data, NULL);
  g_object_set_qdata (G_OBJECT (job->worker), job_quark (), job);

  g_mutex_lock (&list_mutex);
  if (list == NULL)
    list = g_ptr_array_new ();
  code = pthread_create (&job->thread, NULL, run_job, job_ref (job));
  if (code == 0)
    g_ptr_array_add (list, job_ref (job));
  g_mutex_unlock (&list_mutex);

  if (code != 0)
    {
      g_autoptr(GTask) worker = g_steal_pointer (&job->worker);

      g_task_return_new_error (worker, G_IO_ERROR, G_IO_ERROR_FAILED,
                               _("No thread could be started: %s"), g_strerror (code));
      job_unref (job);
    }
}

void
pz_task_run (GTask          *task,
             GTaskThreadFunc work,
             gpointer        data,
             GDestroyNotify  free_data,
             PzTaskDoneFunc  done,
             gpointer        owner)
{
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (work != NULL);

  start_job (task, work, data, free_data, done, owner, FALSE);
}

void
pz_task_run_urgent (GTask          *task,
                    GTaskThreadFunc work,
                    gpointer        data,
                    GDestroyNotify  free_data,
                    PzTaskDoneFunc  done,
                    gpointer        owner)
{
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (work != NULL);

  start_job (task, work, data, free_data, done, owner, TRUE);
}

/* Worker thread. */
void
pz_task_return_pointer (GTask         *worker,
                        gpointer       result,
                        GDestroyNotify free_result)
{
  Job *job = g_object_get_qdata (G_OBJECT (worker), job_quark ());

  g_return_if_fail (job != NULL);

  job->free_result = free_result;
  g_task_return_pointer (worker, result, free_result);
}

void
pz_task_wait_all (void)
{
  join_threads (TRUE);
}

/* ThreadSanitizer knows no join by the monotonic clock. */
#ifdef __SANITIZE_THREAD__
#define get_join_time() g_get_real_time ()
#define join_until(thread, deadline) pthread_timedjoin_np (thread, NULL, deadline)
#else
#define get_join_time() g_get_monotonic_time ()
#define join_until(thread, deadline) pthread_clockjoin_np (thread, NULL, CLOCK_MONOTONIC, deadline)
#endif

guint
pz_task_wait (gint64 time)
{
  const gint64 end = get_join_time () + time;
  const struct timespec deadline = { end / G_TIME_SPAN_SECOND, end % G_TIME_SPAN_SECOND * 1000 };
  guint n_left = 0;

  g_mutex_lock (&list_mutex);
  for (guint i = list != NULL ? list->len : 0; i > 0; i--)
    {
      Job *job = g_ptr_array_index (list, i - 1);

      if (join_until (job->thread, &deadline) == 0)
        {
          g_ptr_array_remove_index_fast (list, i - 1);
          g_clear_object (&job->worker);
          job_unref (job);
        }
      else
        n_left++;
    }
  g_mutex_unlock (&list_mutex);

  return n_left;
}

guint
pz_task_count (void)
{
  guint n = 0;

  g_mutex_lock (&list_mutex);
  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      Job *job = g_ptr_array_index (list, i);

      n += !g_atomic_int_get (&job->ended);
    }
  g_mutex_unlock (&list_mutex);

  return n;
}
