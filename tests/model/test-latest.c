/* test-latest.c: questions that replace each other, and whose answers arrive.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE     /* pthread_setattr_default_np () */

#include "config.h"

#include <gio/gio.h>
#include <pthread.h>

#include "model/pz-latest.h"
#include "test-util.h"

#define N_STEPS     6000
#define N_QUESTIONS N_STEPS
#define N_OWNERS    7

typedef enum
{
  WORK_QUICK,
  WORK_LONG,
  WORK_FAILING,
  WORK_UNTIL_CANCELLED,
  N_KINDS
} WorkKind;

/* Whoever asks, once gone for good. */
typedef struct
{
  PzLatest *latest;           /* NULL: it is gone */
  guint     n_wanted_from;    /* answers to earlier questions do not count any more */
  guint     n_newest;         /* 0: there is none */
  guint     n_must;           /* the answer that must come next; 0: any */
  guint     n_last;           /* the question that was answered last */
  int       n_threads;        /* atomic: at work for it */
} Owner;

typedef struct
{
  guint    number;            /* from 1 on; a newer question's is larger */
  WorkKind kind;
  guint    length;
  Owner   *owner;
  gboolean in_turn;

  int      n_worked;          /* atomic */
  int      answer;            /* of the work */
  guint    n_answered;
  guint    n_freed;
} Question;

static GThread *main_thread;
static Question *questions;
static guint n_questions;
static guint n_answers;
static guint n_errors;

/* Worker thread. */
static gboolean
work_question (gpointer      data,
               GCancellable *cancellable,
               GError      **error)
{
  Question *question = data;
  const int n_threads = g_atomic_int_add (&question->owner->n_threads, 1);

  g_assert_true (g_thread_self () != main_thread);
  g_assert_cmpint (g_atomic_int_add (&question->n_worked, 1), ==, 0);
  if (question->in_turn)
    g_assert_cmpint (n_threads, ==, 0);

  if (question->kind == WORK_LONG)
    for (guint i = 0; i < question->length; i++)
      g_thread_yield ();
  if (question->kind == WORK_UNTIL_CANCELLED)
    {
      const gint64 deadline = test_get_deadline ();

      while (!g_cancellable_is_cancelled (cancellable) && g_get_monotonic_time () < deadline)
        g_thread_yield ();
      g_assert_true (g_cancellable_is_cancelled (cancellable));
    }

  question->answer = (int) question->number + 1;
  g_atomic_int_add (&question->owner->n_threads, -1);
  if (question->kind == WORK_FAILING)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG, "no %u", question->number);

  return question->kind != WORK_FAILING;
}

static void
free_question (gpointer data)
{
  Question *question = data;

  g_assert_true (g_thread_self () == main_thread);
  question->n_freed++;
}

static void
on_answered (gpointer      data,
             const GError *error,
             gpointer      user_data)
{
  Question *question = data;
  Owner *owner = user_data;

  g_assert_true (g_thread_self () == main_thread);
  g_assert_true (question->owner == owner);
  g_assert_cmpuint (question->n_freed, ==, 0);
  g_assert_cmpint (question->answer, ==, (int) question->number + 1);

  /* Nothing from before the last submit, cancel or free, and nothing out of turn. */
  g_assert_nonnull (owner->latest);
  g_assert_cmpuint (question->number, >=, owner->n_wanted_from);
  g_assert_cmpuint (question->number, >, owner->n_last);
  if (owner->n_must != 0)
    g_assert_cmpuint (question->number, ==, owner->n_must);
  owner->n_must = 0;
  owner->n_last = question->number;
  question->n_answered++;
  n_answers++;

  if (question->kind == WORK_FAILING)
    {
      g_autofree char *message = g_strdup_printf ("no %u", question->number);

      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_WRONG_ETAG);
      g_assert_cmpstr (error->message, ==, message);
      n_errors++;
    }
  else
    {
      g_assert_no_error (error);
    }
}

static Question *
make_question (Owner        *owner,
               PzLatestFlags flags,
               GRand        *rand)
{
  Question *question = &questions[n_questions];

  g_assert_cmpuint (n_questions, <, N_QUESTIONS);
  question->number = ++n_questions;
  question->kind = (WorkKind) g_rand_int_range (rand, 0, N_KINDS);
  question->length = (guint) g_rand_int_range (rand, 0, 40);
  question->owner = owner;
  question->in_turn = (flags & PZ_LATEST_AT_ONCE) == 0;

  return question;
}

static void
submit_question (Owner        *owner,
                 PzLatestFlags flags,
                 GRand        *rand)
{
  Question *question = make_question (owner, flags, rand);

  owner->n_wanted_from = question->number;
  owner->n_newest = question->number;
  owner->n_must = 0;
  pz_latest_submit (owner->latest, work_question, question, free_question, on_answered);
  g_assert_true (pz_latest_get_busy (owner->latest));
}

/* Not about what never ends: whoever follows waits for it. */
static void
follow_question (Owner        *owner,
                 PzLatestFlags flags,
                 GRand        *rand)
{
  const Question *running = pz_latest_peek_data (owner->latest);
  Question *question;

  if (running != NULL && running->kind == WORK_UNTIL_CANCELLED)
    return;

  question = make_question (owner, flags, rand);
  owner->n_must = running != NULL ? running->number : 0;
  owner->n_newest = question->number;
  pz_latest_follow (owner->latest, work_question, question, free_question, on_answered);
  g_assert_true (pz_latest_get_busy (owner->latest));
}

static void
cancel_questions (Owner *owner)
{
  owner->n_wanted_from = n_questions + 1;
  owner->n_newest = 0;
  owner->n_must = 0;
  pz_latest_cancel (owner->latest);
  g_assert_false (pz_latest_get_busy (owner->latest));
  g_assert_null (pz_latest_peek_data (owner->latest));
}

/* @owners: has it, until all is over */
static Owner *
add_owner (GPtrArray    *owners,
           PzLatestFlags flags)
{
  Owner *owner = g_new0 (Owner, 1);

  owner->latest = pz_latest_new (flags, owner);
  g_ptr_array_add (owners, owner);

  return owner;
}

/* What runs until it is cancelled is never answered; the newest of all others is. */
static gboolean
is_settled (Owner *owner)
{
  const Question *newest = owner->n_newest > 0 ? &questions[owner->n_newest - 1] : NULL;

  if (newest == NULL || newest->n_answered > 0)
    return TRUE;

  if (newest->kind == WORK_UNTIL_CANCELLED)
    {
      if (pz_latest_peek_data (owner->latest) == newest)
        cancel_questions (owner);
      return TRUE;
    }

  return FALSE;
}

/* Several owners ask, follow, cancel, go and come again at random, while threads work and answers arrive. */
static void
test_random (gconstpointer user_data)
{
  const PzLatestFlags flags = GPOINTER_TO_UINT (user_data);
  g_autoptr(GRand) rand = g_rand_new_with_seed (20240611 + flags);
  g_autoptr(GPtrArray) all = g_ptr_array_new_with_free_func (g_free);
  Owner *owners[N_OWNERS];

  main_thread = g_thread_self ();
  questions = g_new0 (Question, N_QUESTIONS);
  n_questions = n_answers = n_errors = 0;
  for (guint i = 0; i < N_OWNERS; i++)
    owners[i] = add_owner (all, flags);

  for (guint i = 0; i < N_STEPS; i++)
    {
      const int k = g_rand_int_range (rand, 0, N_OWNERS);
      const int step = g_rand_int_range (rand, 0, 100);

      if (step < 45)
        {
          submit_question (owners[k], flags, rand);
        }
      else if (step < 75)
        {
          follow_question (owners[k], flags, rand);
        }
      else if (step < 85)
        {
          cancel_questions (owners[k]);
        }
      else if (step < 90)
        {
          g_clear_pointer (&owners[k]->latest, pz_latest_free);
          owners[k] = add_owner (all, flags);
        }
      else if (step < 93)
        {
          wait_until (is_settled (owners[k]));
        }

      for (int n = g_rand_int_range (rand, 0, 4); n > 0; n--)
        g_main_context_iteration (NULL, FALSE);
    }

  for (guint i = 0; i < N_OWNERS; i++)
    {
      if (i % 2 == 0)
        wait_until (is_settled (owners[i]));
      g_clear_pointer (&owners[i]->latest, pz_latest_free);
    }
  for (guint i = 0; i < n_questions; i++)
    {
      wait_until (questions[i].n_freed > 0);
      g_assert_cmpuint (questions[i].n_freed, ==, 1);
      g_assert_cmpuint (questions[i].n_answered, <=, 1);
    }
  while (g_main_context_iteration (NULL, FALSE))
    ;
  for (guint i = 0; i < n_questions; i++)
    g_assert_cmpuint (questions[i].n_freed, ==, 1);

  /* All of it was seen often. */
  g_assert_cmpuint (n_questions, >, N_STEPS / 2);
  g_assert_cmpuint (n_answers, >, 50);
  g_assert_cmpuint (n_answers, <, n_questions);
  g_assert_cmpuint (n_errors, >, 10);
  g_test_message ("%u questions, %u answers, %u of them errors", n_questions, n_answers, n_errors);
  g_clear_pointer (&questions, g_free);
}

static int begun;
static int let_go;

/* Worker thread: deaf to being cancelled, as a read from a server that is gone. */
static gboolean
hang (gpointer      data,
      GCancellable *cancellable,
      GError      **error)
{
  const gint64 deadline = test_get_deadline ();

  g_atomic_int_inc (&begun);
  while (!g_atomic_int_get (&let_go) && g_get_monotonic_time () < deadline)
    g_thread_yield ();

  return TRUE;
}

/* Worker thread. */
static gboolean
return_at_once (gpointer      data,
                GCancellable *cancellable,
                GError      **error)
{
  return TRUE;
}

static void
count_answer (gpointer      data,
              const GError *error,
              gpointer      owner)
{
  guint *n = owner;

  g_assert_no_error (error);
  ++*n;
}

static void
count_free (gpointer data)
{
  guint *n = data;

  ++*n;
}

/* What hangs does not keep the next question from being answered, where that is asked for; else it does,
 * for it still has what the next is lent. */
static void
test_hanging (void)
{
  guint n_answered = 0, n_in_turn = 0, n_freed = 0;
  PzLatest *at_once = pz_latest_new (PZ_LATEST_AT_ONCE, &n_answered);
  PzLatest *in_turn = pz_latest_new (PZ_LATEST_NONE, &n_in_turn);

  g_atomic_int_set (&begun, 0);
  g_atomic_int_set (&let_go, 0);
  pz_latest_submit (at_once, hang, &n_freed, count_free, count_answer);
  pz_latest_submit (in_turn, hang, &n_freed, count_free, count_answer);
  wait_until (g_atomic_int_get (&begun) == 2);

  pz_latest_submit (in_turn, return_at_once, &n_freed, count_free, count_answer);
  pz_latest_submit (at_once, return_at_once, &n_freed, count_free, count_answer);
  wait_until (n_answered == 1);
  g_assert_cmpuint (n_freed, ==, 1);
  g_assert_cmpuint (n_in_turn, ==, 0);
  g_assert_true (pz_latest_get_busy (in_turn));

  g_atomic_int_set (&let_go, 1);
  wait_until (n_in_turn == 1 && n_freed == 4);
  g_assert_cmpuint (n_answered, ==, 1);
  pz_latest_free (at_once);
  pz_latest_free (in_turn);
}

static PzLatest *reentrant;
static guint n_steps;

static void
on_step (gpointer      data,
         const GError *error,
         gpointer      owner)
{
  guint *n_freed = owner;

  n_steps++;
  g_assert_cmpuint (*n_freed, ==, n_steps - 1);
  if (n_steps < 50)
    {
      /* The first of the two is dropped at once. */
      if (n_steps % 3 == 0)
        pz_latest_cancel (reentrant);
      pz_latest_submit (reentrant, return_at_once, n_freed, count_free, on_step);
    }
  else
    {
      g_clear_pointer (&reentrant, pz_latest_free);
    }
}

/* Whoever hears an answer asks the next question, and at last goes. */
static void
test_from_done (void)
{
  guint n_freed = 0;

  n_steps = 0;
  reentrant = pz_latest_new (PZ_LATEST_URGENT, &n_freed);
  pz_latest_submit (reentrant, return_at_once, &n_freed, count_free, on_step);
  wait_until (reentrant == NULL && n_freed == 50);
  g_assert_cmpuint (n_steps, ==, 50);
}

static void
take_error (gpointer      data,
            const GError *error,
            gpointer      owner)
{
  GError **copy = owner;

  *copy = g_error_copy (error);
}

/* No thread can be started: that is said as the work's own errors are. */
static void
test_no_thread (void)
{
  g_autoptr(GError) error = NULL;
  PzLatest *latest = pz_latest_new (PZ_LATEST_NONE, &error);
  pthread_attr_t before, huge;
  guint n_freed = 0;

  g_assert_cmpint (pthread_getattr_default_np (&before), ==, 0);
  g_assert_cmpint (pthread_attr_init (&huge), ==, 0);
  g_assert_cmpint (pthread_attr_setstacksize (&huge, (size_t) 1 << 47), ==, 0);
  g_assert_cmpint (pthread_setattr_default_np (&huge), ==, 0);
  pz_latest_submit (latest, return_at_once, &n_freed, count_free, take_error);
  g_assert_cmpint (pthread_setattr_default_np (&before), ==, 0);

  wait_until (n_freed == 1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_false (pz_latest_get_busy (latest));
  pz_latest_free (latest);
  pthread_attr_destroy (&before);
  pthread_attr_destroy (&huge);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/model/latest/random/in-turn", GUINT_TO_POINTER (PZ_LATEST_NONE), test_random);
  g_test_add_data_func ("/model/latest/random/at-once", GUINT_TO_POINTER (PZ_LATEST_AT_ONCE | PZ_LATEST_URGENT),
                        test_random);
  g_test_add_func ("/model/latest/hanging", test_hanging);
  g_test_add_func ("/model/latest/from-done", test_from_done);
  g_test_add_func ("/model/latest/no-thread", test_no_thread);

  return g_test_run ();
}
