/* mlp-workers.c
 *
 * A job is a count of items. Whoever wants to work takes one by lowering the
 * count; the caller takes part and, when nothing is left to take, waits for
 * those that others took. So a thread that is still asleep, because the machine
 * is busy, holds nobody up: the others do its share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#ifdef __linux__
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "core/mlp-workers.h"

/* How often a thread looks for work, or for the end of it, before it sleeps:
 * some 20 µs, which is what waking up costs. */
#define N_LOOKS 400

typedef struct
{
  MlpWorkers *workers;
  pthread_t   handle;
  guint       thread;
} Worker;

struct _MlpWorkers
{
  guint   n_threads;
  guint   n_started;
  Worker *threads;              /* n_threads − 1 */

  /* The job. Written by the caller while nothing can be taken and nothing is
   * unfinished; read by whoever took an item. */
  MlpWorkFunc     func;
  gpointer        user_data;
  guint           n_items;

  atomic_uint     n_left;       /* items that nobody took */
  atomic_uint     n_unfinished; /* items that are not done */
  atomic_uint     n_asleep;     /* threads that must be woken for a job */
  atomic_bool     caller_asleep;
  atomic_bool     leave;

  /* For sleeping only. */
  pthread_mutex_t mutex;
  pthread_cond_t  work_there;
  pthread_cond_t  work_done;
};

static inline void
relax_processor (void)
{
#if defined (__x86_64__) || defined (__i386__)
  __builtin_ia32_pause ();
#elif defined (__aarch64__)
  __asm__ volatile ("yield");
#endif
}

void
mlp_workers_lower_priority (void)
{
#ifdef __linux__
  const char *text = g_getenv ("PERZEPTRON_NICE");
  const id_t thread = (id_t) syscall (SYS_gettid);
  const int wanted = text != NULL ? (int) CLAMP (g_ascii_strtoll (text, NULL, 10), 0, 19) : 19;

  /* A courtesy: no matter if it is refused. */
  if (getpriority (PRIO_PROCESS, thread) < wanted)
    (void) setpriority (PRIO_PROCESS, thread, wanted);
#endif
}

/* Takes items and runs them until there is none to take. */
static void
run_items (MlpWorkers *workers,
           guint       thread)
{
  guint n_left = atomic_load (&workers->n_left);

  while (n_left > 0)
    {
      if (!atomic_compare_exchange_weak (&workers->n_left, &n_left, n_left - 1))
        continue;

      workers->func (workers->n_items - n_left, thread, workers->user_data);

      if (atomic_fetch_sub (&workers->n_unfinished, 1) == 1 &&
          atomic_load (&workers->caller_asleep))
        {
          pthread_mutex_lock (&workers->mutex);
          pthread_cond_signal (&workers->work_done);
          pthread_mutex_unlock (&workers->mutex);
        }

      n_left = atomic_load (&workers->n_left);
    }
}

static gboolean
has_call (MlpWorkers *workers)
{
  return atomic_load (&workers->n_left) > 0 || atomic_load (&workers->leave);
}

static void
wait_for_work (MlpWorkers *workers)
{
  for (guint i = 0; i < N_LOOKS; i++)
    {
      if (has_call (workers))
        return;

      relax_processor ();
    }

  pthread_mutex_lock (&workers->mutex);

  /* First say so, then look: whoever brings work does it the other way round,
   * so that one of the two sees the other. */
  atomic_fetch_add (&workers->n_asleep, 1);
  while (!has_call (workers))
    pthread_cond_wait (&workers->work_there, &workers->mutex);
  atomic_fetch_sub (&workers->n_asleep, 1);

  pthread_mutex_unlock (&workers->mutex);
}

static void
wait_for_end (MlpWorkers *workers)
{
  for (guint i = 0; i < N_LOOKS; i++)
    {
      if (atomic_load (&workers->n_unfinished) == 0)
        return;

      relax_processor ();
    }

  pthread_mutex_lock (&workers->mutex);

  atomic_store (&workers->caller_asleep, true);
  while (atomic_load (&workers->n_unfinished) > 0)
    pthread_cond_wait (&workers->work_done, &workers->mutex);
  atomic_store (&workers->caller_asleep, false);

  pthread_mutex_unlock (&workers->mutex);
}

/* Worker thread. */
static void *
run_worker (void *data)
{
  Worker *worker = data;
  MlpWorkers *workers = worker->workers;

  mlp_workers_lower_priority ();

  while (!atomic_load (&workers->leave))
    {
      run_items (workers, worker->thread);
      wait_for_work (workers);
    }

  return NULL;
}

MlpWorkers *
mlp_workers_new (guint n_threads)
{
  MlpWorkers *workers;
  sigset_t all;
  sigset_t before;

  g_return_val_if_fail (n_threads >= 1, NULL);

  workers = g_new0 (MlpWorkers, 1);
  workers->n_threads = n_threads;
  workers->threads = g_new0 (Worker, n_threads);
  atomic_init (&workers->n_left, 0);
  atomic_init (&workers->n_unfinished, 0);
  atomic_init (&workers->n_asleep, 0);
  atomic_init (&workers->caller_asleep, false);
  atomic_init (&workers->leave, false);
  pthread_mutex_init (&workers->mutex, NULL);
  pthread_cond_init (&workers->work_there, NULL);
  pthread_cond_init (&workers->work_done, NULL);

  /* Signals are for the program's own threads. */
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);

  while (workers->n_started + 1 < n_threads)
    {
      Worker *worker = &workers->threads[workers->n_started];

      worker->workers = workers;
      worker->thread = workers->n_started + 1;

      if (pthread_create (&worker->handle, NULL, run_worker, worker) != 0)
        break;

      workers->n_started++;
    }

  pthread_sigmask (SIG_SETMASK, &before, NULL);

  if (workers->n_started + 1 < n_threads)
    g_clear_pointer (&workers, mlp_workers_free);

  return workers;
}

void
mlp_workers_free (MlpWorkers *workers)
{
  if (workers == NULL)
    return;

  atomic_store (&workers->leave, true);

  pthread_mutex_lock (&workers->mutex);
  pthread_cond_broadcast (&workers->work_there);
  pthread_mutex_unlock (&workers->mutex);

  for (guint i = 0; i < workers->n_started; i++)
    pthread_join (workers->threads[i].handle, NULL);

  pthread_cond_destroy (&workers->work_done);
  pthread_cond_destroy (&workers->work_there);
  pthread_mutex_destroy (&workers->mutex);
  g_free (workers->threads);
  g_free (workers);
}

guint
mlp_workers_get_n_threads (MlpWorkers *workers)
{
  g_return_val_if_fail (workers != NULL, 1);

  return workers->n_threads;
}

void
mlp_workers_run (MlpWorkers *workers,
                 guint       n_items,
                 MlpWorkFunc func,
                 gpointer    user_data)
{
  g_return_if_fail (workers != NULL);
  g_return_if_fail (func != NULL);

  if (workers->n_threads == 1 || n_items <= 1)
    {
      for (guint i = 0; i < n_items; i++)
        func (i, 0, user_data);

      return;
    }

  workers->func = func;
  workers->user_data = user_data;
  workers->n_items = n_items;
  atomic_store (&workers->n_unfinished, n_items);
  atomic_store (&workers->n_left, n_items);

  if (atomic_load (&workers->n_asleep) > 0)
    {
      pthread_mutex_lock (&workers->mutex);
      pthread_cond_broadcast (&workers->work_there);
      pthread_mutex_unlock (&workers->mutex);
    }

  run_items (workers, 0);
  wait_for_end (workers);
}
