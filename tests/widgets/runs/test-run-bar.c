/* test-run-bar.c: the bar says what the project does.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/runs/pz-run-bar.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject *project;
  GtkWindow *window;
  GtkWidget *bar;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->bar = open_panel (PZ_TYPE_RUN_BAR, 800, 600, &f->project, &f->window);

  pz_data_loader_load (pz_project_get_loader (f->project));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_child (f->bar, "status_label"))), ==, "Loading data…");
  wait_until (pz_project_get_dataset (f->project) != NULL);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  pz_project_shut_down (f->project);
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  close_panel (f->bar, f->window, f->project);
}

static const char *
get_text (Fixture    *f,
          const char *id)
{
  return gtk_label_get_label (GTK_LABEL (get_child (f->bar, id)));
}

static void
edit (Fixture *f,
      guint    n_epochs,
      float    rate)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));

  recipe->split.limit = 200;
  recipe->training.epochs = n_epochs;
  recipe->training.rate = rate;
  pz_project_edit (f->project, recipe, NULL);
}

static void
test_idle (Fixture      *f,
           gconstpointer data)
{
  g_assert_cmpstr (get_text (f, "status_label"), ==, "Ready to train");
  g_assert_false (gtk_widget_get_visible (get_child (f->bar, "progress")));
  g_assert_false (gtk_widget_get_visible (get_child (f->bar, "test_button")));

  edit (f, 2, 0.0f);
  g_assert_cmpstr (get_text (f, "status_label"), ==, pz_project_get_problem (f->project));
}

static void
test_run (Fixture      *f,
          gconstpointer data)
{
  PzTrainer *trainer = pz_project_get_trainer (f->project);

  edit (f, 2, 0.001f);
  pz_project_train (f->project);
  g_assert_true (gtk_widget_get_visible (get_child (f->bar, "progress")));
  g_assert_true (g_str_has_prefix (get_text (f, "status_label"), "Epoch"));
  wait_until (!pz_trainer_get_busy (trainer));
  wait_until (g_str_has_prefix (get_text (f, "status_label"), "Finished: 2 epochs"));
  g_assert_true (g_str_has_prefix (get_text (f, "accuracy_label"), "Validation "));
  g_assert_false (gtk_widget_get_visible (get_child (f->bar, "progress")));

  /* The test samples are looked at only when asked for. */
  g_assert_cmpstr (get_text (f, "test_label"), ==, "");
  g_assert_true (gtk_widget_activate_action (f->bar, "run.test", NULL));
  wait_until (g_str_has_prefix (get_text (f, "test_label"), "Test ") &&
              strchr (get_text (f, "test_label"), '%') != NULL);

  /* They say nothing of the next network. */
  pz_project_train (f->project);
  wait_until (!pz_trainer_get_busy (trainer));
  wait_until (*get_text (f, "test_label") == '\0');
}

/* Of values the error is told, in its unit. */
static void
test_values (Fixture      *f,
             gconstpointer data)
{
  PzTrainer *trainer = pz_project_get_trainer (f->project);
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));

  g_free (recipe->source);
  recipe->source = g_strdup ("builtin:molecules");
  recipe_apply_preset (recipe, "course-qm9", NULL);
  recipe->split.n_validation = 100;
  recipe->training.epochs = 1;
  pz_project_edit (f->project, recipe, NULL);
  wait_until (pz_project_get_can_train (f->project));

  pz_project_train (f->project);
  wait_until (!pz_trainer_get_busy (trainer));
  wait_until (g_str_has_prefix (get_text (f, "accuracy_label"), "Validation MAE "));
  g_assert_true (g_str_has_suffix (get_text (f, "accuracy_label"), " eV"));

  g_assert_true (gtk_widget_activate_action (f->bar, "run.test", NULL));
  wait_until (g_str_has_prefix (get_text (f, "test_label"), "Test MAE "));
  g_assert_true (g_str_has_suffix (get_text (f, "test_label"), " eV (362 samples)"));

  /* Without validation, that of the training. */
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  recipe->split.n_validation = 0;
  pz_project_edit (f->project, recipe, NULL);
  pz_project_train (f->project);
  wait_until (!pz_trainer_get_busy (trainer));
  wait_until (g_str_has_prefix (get_text (f, "accuracy_label"), "Training MAE "));
}

#define add(path, func) \
  g_test_add ("/widgets/run-bar/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  add ("idle", test_idle);
  add ("run", test_run);
  add ("values", test_values);

  return g_test_run ();
}
