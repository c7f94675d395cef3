/* test-schedule.c: how the rate moves, by hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/train/mlp-schedule.h"
#include "test-util.h"

typedef struct
{
  MlpSchedule schedule;
  guint       n_epochs;
  double      position;
  double      want;
} Factor;

static const Factor factors[] = {
  { { MLP_SCHEDULE_CONSTANT, 0, 0, 0 }, 10, 0.0, 1.0 },
  { { MLP_SCHEDULE_CONSTANT, 0, 0, 0 }, 10, 99.0, 1.0 },
  { { MLP_SCHEDULE_CONSTANT, 0, 0, 4 }, 10, 0.0, 0.0 },
  { { MLP_SCHEDULE_CONSTANT, 0, 0, 4 }, 10, 1.0, 0.25 },
  { { MLP_SCHEDULE_CONSTANT, 0, 0, 4 }, 10, 3.5, 0.875 },
  { { MLP_SCHEDULE_CONSTANT, 0, 0, 4 }, 10, 4.0, 1.0 },
  { { MLP_SCHEDULE_STEP, 0.5f, 3, 0 }, 10, 2.999, 1.0 },
  { { MLP_SCHEDULE_STEP, 0.5f, 3, 0 }, 10, 3.0, 0.5 },
  { { MLP_SCHEDULE_STEP, 0.5f, 3, 0 }, 10, 9.5, 0.125 },
  { { MLP_SCHEDULE_STEP, 0.5f, 3, 2 }, 10, 1.0, 0.5 },
  { { MLP_SCHEDULE_STEP, 0.5f, 3, 2 }, 10, 4.9, 1.0 },
  { { MLP_SCHEDULE_STEP, 0.5f, 3, 2 }, 10, 5.0, 0.5 },
  { { MLP_SCHEDULE_STEP, 1.0f, 1, 0 }, 10, 7.0, 1.0 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 0 }, 10, 0.0, 1.0 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 0 }, 9, 3.0, 0.75 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 0 }, 10, 5.0, 0.5 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 0 }, 9, 6.0, 0.25 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 0 }, 10, 10.0, 0.0 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 0 }, 10, 11.0, 0.0 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 2 }, 10, 1.0, 0.5 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 2 }, 10, 2.0, 1.0 },
  { { MLP_SCHEDULE_COSINE, 0, 0, 2 }, 10, 6.0, 0.5 },
};

static void
test_factors (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (factors); i++)
    {
      const Factor *f = &factors[i];

      assert_close (mlp_schedule_get_factor (&f->schedule, f->position, f->n_epochs), f->want, 1e-12);
    }
}

static void
test_names (void)
{
  g_autoptr(GError) error = NULL;
  MlpScheduleKind kind;

  for (guint i = 0; i < MLP_N_SCHEDULES; i++)
    {
      g_assert_true (mlp_schedule_from_name (mlp_schedule_get_name (i), &kind, &error));
      g_assert_no_error (error);
      g_assert_cmpuint (kind, ==, i);
    }

  g_assert_false (mlp_schedule_from_name ("linear", &kind, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "cosine"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/schedule/factors", test_factors);
  g_test_add_func ("/core/schedule/names", test_names);

  return g_test_run ();
}
