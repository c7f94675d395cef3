/* test-choice.c: which way of doing a job is chosen after some were timed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-choice-private.h"
#include "test-util.h"

#define N_TURN 2
#define N_TIMED 6
#define N_ROUND 40

/* A job, which takes so long alone, or shared. Returns whether it was alone. */
static gboolean
do_job (MlpChoice *choice,
        gint64     alone,
        gint64     shared)
{
  const gboolean is_alone = mlp_choice_make (choice);

  mlp_choice_add (choice, is_alone ? alone : shared);

  return is_alone;
}

/* A round: turns, then the one that is @expected. */
static void
check_round (MlpChoice *choice,
             gint64     alone,
             gint64     shared,
             gboolean   expected)
{
  for (guint i = 0; i < 2 * N_TIMED; i++)
    g_assert_cmpint (do_job (choice, alone, shared), ==, i / N_TURN % 2 == 0);

  /* What is not timed does not count. */
  for (guint i = 2 * N_TIMED; i < N_ROUND; i++)
    g_assert_cmpint (do_job (choice, expected ? 1000000 : 1, expected ? 1 : 1000000), ==, expected);
}

static void
test_rounds (void)
{
  MlpChoice choice;

  mlp_choice_init (&choice, N_TURN, N_TIMED, N_ROUND);

  /* The first is shared and does not count. */
  g_assert_false (do_job (&choice, 1, 1000000));

  check_round (&choice, 100, 60, FALSE);
  check_round (&choice, 100, 300, TRUE);
  check_round (&choice, 100, 98, TRUE);     /* not worth it */
  check_round (&choice, 100, 94, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/choice/rounds", test_rounds);

  return g_test_run ();
}
