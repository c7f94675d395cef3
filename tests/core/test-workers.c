/* test-workers.c: every item once, whatever is seen by the caller, no thread
 * left behind.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdatomic.h>

#include "core/mlp-workers.h"
#include "test-util.h"

#define MAX_ITEMS 1000

typedef struct
{
  guint       n_threads;
  guint       n_done[MAX_ITEMS];      /* plain: only one thread may write one */
  guint       values[MAX_ITEMS];
  guint       factor;
  atomic_uint n_running;
} Job;

static void
do_item (guint    item,
         guint    thread,
         gpointer user_data)
{
  Job *job = user_data;

  g_assert_cmpuint (thread, <, job->n_threads);
  job->n_done[item]++;
  job->values[item] = item * job->factor;
}

/* Many jobs of all sizes, one after another. */
static void
test_every_item_once (gconstpointer data)
{
  const guint n_threads = GPOINTER_TO_UINT (data);
  g_autoptr(MlpWorkers) workers = mlp_workers_new (n_threads);
  g_autofree Job *job = g_new0 (Job, 1);

  g_assert_nonnull (workers);
  g_assert_cmpuint (mlp_workers_get_n_threads (workers), ==, n_threads);
  job->n_threads = n_threads;

  for (guint time = 0; time < 3000; time++)
    {
      const guint n_items = time % 100 == 99 ? MAX_ITEMS : time % 12;

      /* Plain writes of the caller are seen by the threads, and theirs by it. */
      job->factor = time + 1;
      for (guint i = 0; i < n_items; i++)
        job->n_done[i] = 0;

      mlp_workers_run (workers, n_items, do_item, job);

      for (guint i = 0; i < n_items; i++)
        {
          g_assert_cmpuint (job->n_done[i], ==, 1);
          g_assert_cmpuint (job->values[i], ==, i * (time + 1));
        }
    }
}

/* Keeps an item until another thread has one, too: two work at the same time. */
static void
meet (guint    item,
      guint    thread,
      gpointer user_data)
{
  Job *job = user_data;
  const gint64 deadline = test_get_deadline ();

  atomic_fetch_add (&job->n_running, 1);

  while (atomic_load (&job->n_running) < 2)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline);
      g_thread_yield ();
    }
}

static void
test_together (void)
{
  g_autoptr(MlpWorkers) workers = mlp_workers_new (2);
  g_autofree Job *job = g_new0 (Job, 1);

  job->n_threads = 2;

  for (guint time = 0; time < 20; time++)
    {
      atomic_store (&job->n_running, 0);
      mlp_workers_run (workers, 2, meet, job);
      g_assert_cmpuint (atomic_load (&job->n_running), ==, 2);
    }
}

/* Threads that nobody ever gave work, or not for a while, come back. */
static void
test_leave (void)
{
  for (guint time = 0; time < 200; time++)
    {
      g_autoptr(MlpWorkers) workers = mlp_workers_new (1 + time % 4);
      g_autofree Job *job = g_new0 (Job, 1);

      job->n_threads = 4;
      job->factor = 1;

      if (time % 3 == 0)
        mlp_workers_run (workers, 5, do_item, job);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/core/workers/every-item-once/1", GUINT_TO_POINTER (1), test_every_item_once);
  g_test_add_data_func ("/core/workers/every-item-once/2", GUINT_TO_POINTER (2), test_every_item_once);
  g_test_add_data_func ("/core/workers/every-item-once/5", GUINT_TO_POINTER (5), test_every_item_once);
  g_test_add_func ("/core/workers/together", test_together);
  g_test_add_func ("/core/workers/leave", test_leave);

  return g_test_run ();
}
