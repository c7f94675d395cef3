/* test-training-panel.c: the form of the training options follows the recipe,
 * and edits of it reach the recipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widget-util.h"
#include "widgets/common/pz-number-entry.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/recipe/pz-training-panel.h"

typedef struct
{
  PzProject *project;
  GtkWidget *panel;
  guint      n_changes;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->project = pz_project_new ();
  f->panel = g_object_ref_sink (g_object_new (PZ_TYPE_TRAINING_PANEL, NULL));
  pz_project_widget_set_project (PZ_PROJECT_WIDGET (f->panel), f->project);
  g_signal_connect_swapped (f->project, "recipe-changed", G_CALLBACK (count_call), &f->n_changes);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_assert_finalize_object (f->panel);
  pz_project_shut_down (f->project);
  g_assert_finalize_object (f->project);
}

static const MlpTrainOptions *
get_options (Fixture *f)
{
  return &pz_project_peek_recipe (f->project)->training;
}

static void
type_number (GtkWidget  *row,
             const char *text)
{
  GtkWidget *entry = find_widget (row, PZ_TYPE_NUMBER_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  pz_number_entry_commit (PZ_NUMBER_ENTRY (entry));
}

static double
get_number (GtkWidget *row)
{
  return pz_number_row_get_value (PZ_NUMBER_ROW (row));
}

/* The switch of a row. */
static GtkWidget *
get_switch (Fixture    *f,
            const char *name)
{
  return find_widget (find_named (f->panel, name), GTK_TYPE_SWITCH, NULL);
}

static gboolean
is_marked (GtkWidget *row)
{
  return gtk_widget_has_css_class (row, "problem");
}

static void
test_property (Fixture      *f,
               gconstpointer data)
{
  g_autoptr(PzProject) other = pz_project_new ();
  guint n_notified = 0;

  g_signal_connect_swapped (f->panel, "notify::project", G_CALLBACK (count_call), &n_notified);
  g_object_set (f->panel, "project", f->project, NULL);
  g_assert_cmpuint (n_notified, ==, 0);
  g_object_set (f->panel, "project", other, NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  g_object_set (f->panel, "project", NULL, NULL);
  g_assert_cmpuint (n_notified, ==, 2);
  g_assert_null (PZ_PROJECT_WIDGET (f->panel)->project);
}

static void
test_shows_recipe (Fixture      *f,
                   gconstpointer data)
{
  const MlpTrainOptions *options = get_options (f);

  assert_close (get_number (find_named (f->panel, "learning-rate")), (double) options->rate, 1e-7);
  g_assert_cmpfloat (get_number (find_named (f->panel, "epochs")), ==, options->epochs);
  g_assert_cmpfloat (get_number (find_named (f->panel, "batch-size")), ==, (double) options->batch_size);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_named (f->panel, "loss"))), ==, options->loss);
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_named (f->panel, "init"))), ==, options->init);

  /* To show is not to edit. */
  g_assert_cmpuint (f->n_changes, ==, 0);
}

static void
test_edits (Fixture      *f,
            gconstpointer data)
{
  type_number (find_named (f->panel, "learning-rate"), "0.25");
  g_assert_cmpfloat (get_options (f)->rate, ==, 0.25f);
  g_assert_cmpuint (f->n_changes, ==, 1);

  type_number (find_named (f->panel, "seed"), "9007199254740991");
  g_assert_cmpuint (get_options (f)->seed, ==, 9007199254740991u);

  adw_combo_row_set_selected (ADW_COMBO_ROW (find_named (f->panel, "schedule")), MLP_SCHEDULE_CONSTANT);
  g_assert_cmpint (get_options (f)->schedule.kind, ==, MLP_SCHEDULE_CONSTANT);

  gtk_switch_set_active (GTK_SWITCH (get_switch (f, "bias-init")), TRUE);
  g_assert_true (get_options (f)->random_biases);
  g_assert_cmpuint (f->n_changes, ==, 4);

  /* One after the other, and each alone. */
  g_assert_true (pz_project_undo (f->project));
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (get_switch (f, "bias-init"))));
  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpuint (adw_combo_row_get_selected (ADW_COMBO_ROW (find_named (f->panel, "schedule"))), ==,
                    MLP_SCHEDULE_COSINE);
  g_assert_true (pz_project_undo (f->project));
  g_assert_true (pz_project_undo (f->project));
  assert_close (get_number (find_named (f->panel, "learning-rate")), 0.002, 1e-6);
  g_assert_false (pz_project_undo (f->project));

  g_assert_true (pz_project_redo (f->project));
  g_assert_cmpfloat (get_number (find_named (f->panel, "learning-rate")), ==, 0.25);
  g_assert_cmpuint (f->n_changes, ==, 9);
}

/* Every row writes what it shows, and nothing else. */
static void
test_every_number (Fixture      *f,
                   gconstpointer data)
{
  const char *const rows[] = {
    "momentum", "rho", "beta1", "beta2", "epsilon", "weight-decay", "learning-rate", "schedule-factor",
    "step-epochs", "warmup", "batch-size", "epochs", "patience", "l1", "l2", "dropout",
    "label-smoothing", "max-norm", "clip-norm", "seed", "threads",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      GtkWidget *row = find_named (f->panel, rows[i]);
      gboolean integer;
      double others[G_N_ELEMENTS (rows)];

      for (gsize j = 0; j < G_N_ELEMENTS (rows); j++)
        others[j] = get_number (find_named (f->panel, rows[j]));

      g_object_get (row, "integer", &integer, NULL);
      type_number (row, integer ? "7" : "0.375");

      for (gsize j = 0; j < G_N_ELEMENTS (rows); j++)
        {
          double expected = j != i ? others[j] : integer ? 7.0 : 0.375;

          g_assert_cmpfloat (get_number (find_named (f->panel, rows[j])), ==, expected);
        }

      g_assert_cmpuint (f->n_changes, ==, i + 1);
    }

  g_assert_cmpfloat (get_options (f)->optimizer.beta1, ==, 0.375f);
  g_assert_cmpfloat (get_options (f)->l2, ==, 0.375f);
  g_assert_cmpuint (get_options (f)->patience, ==, 7);
  g_assert_cmpuint (get_options (f)->schedule.warmup_epochs, ==, 7);
}

static void
test_only_what_applies (Fixture      *f,
                        gconstpointer data)
{
  AdwComboRow *optimizer = ADW_COMBO_ROW (find_named (f->panel, "optimizer"));
  AdwComboRow *schedule = ADW_COMBO_ROW (find_named (f->panel, "schedule"));
  const struct { const char *row; guint kinds; } uses[] = {
    { "momentum", 1 << MLP_MOMENTUM | 1 << MLP_NESTEROV },
    { "rho", 1 << MLP_RMSPROP },
    { "beta1", 1 << MLP_ADAM | 1 << MLP_ADAMW },
    { "beta2", 1 << MLP_ADAM | 1 << MLP_ADAMW },
    { "epsilon", 1 << MLP_RMSPROP | 1 << MLP_ADAM | 1 << MLP_ADAMW },
    { "weight-decay", 1 << MLP_ADAMW },
  };

  for (guint kind = 0; kind < MLP_N_OPTIMIZERS; kind++)
    {
      adw_combo_row_set_selected (optimizer, kind);
      for (gsize i = 0; i < G_N_ELEMENTS (uses); i++)
        g_assert_cmpint (gtk_widget_get_visible (find_named (f->panel, uses[i].row)), ==,
                         (uses[i].kinds >> kind) & 1);
    }

  g_assert_false (gtk_widget_get_visible (find_named (f->panel, "step-epochs")));
  adw_combo_row_set_selected (schedule, MLP_SCHEDULE_STEP);
  g_assert_true (gtk_widget_get_visible (find_named (f->panel, "step-epochs")));
}

static void
test_nonsense (Fixture      *f,
               gconstpointer data)
{
  GtkWidget *rate = find_named (f->panel, "learning-rate");
  GtkWidget *beta2 = find_named (f->panel, "beta2");
  GtkWidget *loss = find_named (f->panel, "loss");
  GtkWidget *dropout = find_named (f->panel, "dropout");
  Recipe *recipe;

  type_number (rate, "0");
  g_assert_true (is_marked (rate));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (rate)), "0"));
  type_number (rate, "0.01");
  g_assert_false (is_marked (rate));

  /* Of the optimizer's numbers, the wrong one. */
  type_number (beta2, "1");
  g_assert_true (is_marked (beta2));
  g_assert_false (is_marked (find_named (f->panel, "beta1")));
  g_assert_false (is_marked (find_named (f->panel, "optimizer")));
  type_number (beta2, "0.99");
  g_assert_false (is_marked (beta2));

  /* In a closed row, which opens. */
  g_assert_false (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_named (f->panel, "regularization"))));
  type_number (dropout, "1");
  g_assert_true (is_marked (dropout));
  g_assert_true (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (find_named (f->panel, "regularization"))));
  type_number (dropout, "0");

  /* Where the network does not suit the loss. */
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  recipe->output = MLP_RELU;
  pz_project_edit (f->project, recipe, NULL);
  g_assert_true (is_marked (loss));
  adw_combo_row_set_selected (ADW_COMBO_ROW (loss), MLP_LOSS_SQUARED);
  g_assert_false (is_marked (loss));
}

/* Hidden where it does not apply, but not while it is in the way. */
static void
test_label_smoothing (Fixture      *f,
                      gconstpointer data)
{
  AdwComboRow *loss = ADW_COMBO_ROW (find_named (f->panel, "loss"));
  GtkWidget *row = find_named (f->panel, "label-smoothing");

  g_assert_true (gtk_widget_get_visible (row));
  adw_combo_row_set_selected (loss, MLP_LOSS_SQUARED);
  g_assert_false (gtk_widget_get_visible (row));

  adw_combo_row_set_selected (loss, MLP_LOSS_CROSS_ENTROPY);
  type_number (row, "0.1");
  g_assert_cmpfloat (get_options (f)->label_smoothing, ==, 0.1f);
  g_assert_false (is_marked (row));
  adw_combo_row_set_selected (loss, MLP_LOSS_SQUARED);
  g_assert_true (gtk_widget_get_visible (row));
  g_assert_true (is_marked (row));
  type_number (row, "0");
  g_assert_false (gtk_widget_get_visible (row));
}

static void
test_shows_and_goes (void)
{
  g_autoptr(PzProject) project = pz_project_new ();
  GtkWidget *window = gtk_window_new ();
  GtkWidget *panel = g_object_new (PZ_TYPE_TRAINING_PANEL, NULL);
  gboolean is_gone;

  watch_finalize (panel, &is_gone);
  pz_project_widget_set_project (PZ_PROJECT_WIDGET (panel), project);
  gtk_window_set_child (GTK_WINDOW (window), panel);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (panel);
  assert_icons_exist (panel);
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (is_gone);

  pz_project_shut_down (project);
}

/* One switch, with undo; what it does can be looked at once there are pictures. */
static void
test_augmentation (Fixture      *f,
                   gconstpointer data)
{
  AdwComboRow *row = ADW_COMBO_ROW (find_named (f->panel, "augment"));
  GtkWidget *button = find_named (f->panel, "augment-button");

  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (row)));
  adw_combo_row_set_selected (row, MLP_AUGMENT_ELASTIC);
  g_assert_cmpint (get_options (f)->augment, ==, MLP_AUGMENT_ELASTIC);
  g_assert_false (gtk_widget_get_sensitive (button));

  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (pz_project_get_dataset (f->project) != NULL);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "");

  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, MLP_AUGMENT_NONE);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (row)));
  g_assert_false (gtk_widget_get_sensitive (button));
}

/* Only values are standardised; and what makes no sense for them is marked. */
static void
test_values (Fixture      *f,
             gconstpointer data)
{
  GtkWidget *row = find_named (f->panel, "standardise");
  GtkSwitch *standardise = GTK_SWITCH (get_switch (f, "standardise"));
  AdwComboRow *loss = ADW_COMBO_ROW (find_named (f->panel, "loss"));
  GtkWidget *augment = find_named (f->panel, "augment");
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));

  g_assert_false (gtk_widget_get_visible (row));
  g_free (recipe->source);
  recipe->source = g_strdup ("builtin:molecules");
  pz_project_edit (f->project, recipe, NULL);
  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));

  /* Molecules are not disturbed, and the row says why. */
  g_assert_false (gtk_widget_get_sensitive (augment));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (augment)), ==, "For images only");
  adw_combo_row_set_selected (ADW_COMBO_ROW (augment), MLP_AUGMENT_AFFINE);
  g_assert_true (is_marked (augment));
  g_assert_true (gtk_widget_get_sensitive (augment));
  adw_combo_row_set_selected (ADW_COMBO_ROW (augment), MLP_AUGMENT_NONE);
  g_assert_false (is_marked (augment));

  g_assert_true (gtk_widget_get_visible (row));
  g_assert_true (gtk_switch_get_active (standardise));
  g_assert_true (gtk_widget_get_visible (find_named (f->panel, "linear-path")));
  gtk_switch_set_active (GTK_SWITCH (get_switch (f, "linear-path")), TRUE);
  g_assert_true (get_options (f)->linear_path);
  gtk_switch_set_active (GTK_SWITCH (get_switch (f, "linear-path")), FALSE);

  /* The path is one of standardised values. */
  gtk_switch_set_active (standardise, FALSE);
  g_assert_false (get_options (f)->standardise);
  g_assert_false (gtk_widget_get_visible (find_named (f->panel, "linear-path")));
  g_assert_true (pz_project_undo (f->project));
  g_assert_true (gtk_switch_get_active (standardise));

  g_assert_false (is_marked (GTK_WIDGET (loss)));
  adw_combo_row_set_selected (loss, MLP_LOSS_CROSS_ENTROPY);
  g_assert_true (is_marked (GTK_WIDGET (loss)));
}

#define add(path, func) \
  g_test_add ("/widgets/training-panel/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  add ("property", test_property);
  add ("shows-recipe", test_shows_recipe);
  add ("edits", test_edits);
  add ("every-number", test_every_number);
  add ("only-what-applies", test_only_what_applies);
  add ("nonsense", test_nonsense);
  add ("label-smoothing", test_label_smoothing);
  add ("augmentation", test_augmentation);
  add ("values", test_values);
  g_test_add_func ("/widgets/training-panel/shows-and-goes", test_shows_and_goes);

  return g_test_run ();
}
