/* test-thread-tuner.c: which way of doing a job is chosen after some were timed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/linalg/mlp-thread-tuner-private.h"
#include "test-util.h"

#define N_TURN 2
#define N_TIMED 6
#define N_ROUND 40

/* A job, which takes so long alone, or shared. Returns whether it was alone. */
static gboolean
do_job (MlpThreadTuner *choice,
        gint64          alone,
        gint64          shared)
{
  const gboolean is_alone = mlp_thread_tuner_make (choice);

  mlp_thread_tuner_add (choice, is_alone ? alone : shared);

  return is_alone;
}

/* A round: turns, then the one that is @expected. */
static void
check_round (MlpThreadTuner *choice,
             gint64          alone,
             gint64          shared,
             gboolean        expected)
{
  for (guint i = 0; i < 2 * N_TIMED; i++)
    g_assert_cmpint (do_job (choice, alone, shared), ==, i / N_TURN % 2 == 0);

  for (guint i = 2 * N_TIMED; i < N_ROUND; i++)
    g_assert_cmpint (do_job (choice, alone, shared), ==, expected);
}

static void
test_rounds (void)
{
  MlpThreadTuner choice;

  mlp_thread_tuner_init (&choice, N_TURN, N_TIMED, N_ROUND);

  /* The first is shared and does not count. */
  g_assert_false (do_job (&choice, 1, 1000000));

  check_round (&choice, 100, 60, FALSE);
  check_round (&choice, 100, 110, TRUE);
  check_round (&choice, 100, 98, TRUE);     /* not worth it */
  check_round (&choice, 100, 94, FALSE);
}

/* While one works alone, others take its processor for two turns of three. */
static void
test_disturbed (void)
{
  MlpThreadTuner choice;

  mlp_thread_tuner_init (&choice, N_TURN, N_TIMED, N_ROUND);
  do_job (&choice, 100, 120);

  for (guint i = 0; i < 2 * N_TIMED; i++)
    do_job (&choice, i / (2 * N_TURN) == 1 ? 100 : 1000, 120);

  g_assert_true (do_job (&choice, 100, 120));
}

/* All others have the processors: what trying costs stays below a twentieth. */
static void
test_busy (void)
{
  MlpThreadTuner choice;
  gint64 time = 0;
  guint n_shared = 0;

  mlp_thread_tuner_init (&choice, N_TURN, N_TIMED, N_ROUND);
  do_job (&choice, 100, 3000);

  for (guint i = 0; i < 10000; i++)
    {
      const gboolean is_alone = do_job (&choice, 100, 3000);

      /* One turn of each is enough. */
      if (i < 40)
        g_assert_cmpint (is_alone, ==, i / N_TURN != 1);
      time += is_alone ? 100 : 3000;
      n_shared += !is_alone;
    }

  g_assert_cmpuint (n_shared, >, N_TURN);
  g_assert_cmpint (time, <, 10000 * 105);
}

/* They come while all threads work: it is noticed within a turn or two. They go:
 * that is, too. */
static void
test_change (void)
{
  MlpThreadTuner choice;
  guint n_shared = 0;
  guint n;

  mlp_thread_tuner_init (&choice, N_TURN, N_TIMED, N_ROUND);
  do_job (&choice, 100, 60);
  for (guint i = 0; i < 2 * N_TIMED + 3; i++)
    do_job (&choice, 100, 60);

  for (guint i = 0; i < 100; i++)
    n_shared += !do_job (&choice, 100, 700);
  g_assert_cmpuint (n_shared, <=, 3 * N_TURN);

  for (n = 0; n < 1000; n++)
    do_job (&choice, 100, 60);
  g_assert_false (do_job (&choice, 100, 60));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/choice/rounds", test_rounds);
  g_test_add_func ("/core/choice/disturbed", test_disturbed);
  g_test_add_func ("/core/choice/busy", test_busy);
  g_test_add_func ("/core/choice/change", test_change);

  return g_test_run ();
}
