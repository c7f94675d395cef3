/* test-stall.c: how long the main loop is held up while both cores compute.
 *
 * A timer of 60 Hz stands for the window's frames. The figures are reported and
 * not judged: how long a thread waits is the system's decision, too.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "project-util.h"

#define FRAME_TIME (G_TIME_SPAN_SECOND / 60)

typedef struct
{
  PzProject *project;
  gint64     last;
  gint64     longest;       /* µs between two frames beyond FRAME_TIME */
  guint      n_frames;
  guint      n_long;        /* stalls of 50 ms or more */
  GArray    *points;        /* of InkPoint */
} Watch;

/* A frame in which a person draws. */
static gboolean
on_frame (gpointer user_data)
{
  Watch *watch = user_data;
  gint64 now = g_get_monotonic_time ();
  gint64 stall = now - watch->last - FRAME_TIME;
  const InkPoint point = {
    0.5f + 0.2f * (float) sin (watch->n_frames / 10.0), 0.5f + 0.35f * (float) cos (watch->n_frames / 20.0), 0.5f,
    watch->n_frames % 120 == 0
  };

  watch->last = now;
  watch->longest = MAX (watch->longest, stall);
  watch->n_long += stall >= 50000;
  watch->n_frames++;

  g_array_append_val (watch->points, point);
  pz_predictor_set_strokes (pz_project_get_predictor (watch->project),
                            &g_array_index (watch->points, InkPoint, 0), watch->points->len, 0);

  return G_SOURCE_CONTINUE;
}

static void
begin (Watch     *watch,
       PzProject *project)
{
  g_clear_pointer (&watch->points, g_array_unref);
  *watch = (Watch) {
    .project = project,
    .last = g_get_monotonic_time (),
    .points = g_array_new (FALSE, FALSE, sizeof (InkPoint)),
  };
}

static void
report (Watch      *watch,
        const char *what)
{
  wait_until (watch->n_frames > 0);
  g_test_message ("%s: longest stall %.1f ms in %u frames, %u of 50 ms or more", what,
                  (double) watch->longest / 1000.0, watch->n_frames, watch->n_long);
}

static void
test_stall (Fixture      *f,
            gconstpointer data)
{
  PzTrainer *trainer = pz_project_get_trainer (f->project);
  Recipe *recipe = fixture_copy_recipe (f);
  Watch watch = { 0 };
  guint timer;

  /* Both cores, and every sample there is. */
  g_array_index (recipe->hidden, MlpLayer, 0).width = 256;
  recipe->split.limit = 0;
  recipe->training.threads = 2;
  recipe->training.epochs = 100000;
  pz_project_edit (f->project, recipe, NULL);

  begin (&watch, f->project);
  timer = g_timeout_add (1000 / 60, on_frame, &watch);

  pz_data_loader_load (pz_project_get_loader (f->project));
  fixture_wait_loaded (f);
  report (&watch, "loading");

  begin (&watch, f->project);
  pz_project_train (f->project);
  wait_until (watch.n_frames >= 120);
  g_assert_true (pz_trainer_get_busy (trainer));
  wait_until (pz_trainer_get_threads (trainer) == 2);
  report (&watch, "training and drawing");

  begin (&watch, f->project);
  for (guint i = 0; i < 5; i++)
    {
      const guint n_ended = f->n_ended;
      const guint n_frames = watch.n_frames;

      wait_until (watch.n_frames >= n_frames + 6);
      pz_trainer_stop (trainer);
      wait_until (f->n_ended > n_ended);
      pz_project_train (f->project);
    }
  report (&watch, "stopping and starting");

  begin (&watch, f->project);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_true (fixture_save (f, "x.perz"));
      pz_data_loader_load (pz_project_get_loader (f->project));
      fixture_wait_loaded (f);
    }
  report (&watch, "saving and loading while it trains");

  g_source_remove (timer);
  g_array_unref (watch.points);
  pz_trainer_stop (trainer);
  wait_until (!pz_trainer_get_busy (trainer));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/model/stall", Fixture, NULL, fixture_set_up, test_stall, fixture_tear_down);

  return g_test_run ();
}
