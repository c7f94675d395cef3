/* pz-split-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/mlp-display.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-european.h"
#include "datasets/ds-split.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/common/pz-number.h"
#include "widgets/recipe/pz-split-row.h"

struct _PzSplitRow
{
  AdwExpanderRow parent_instance;

  PzProject     *project;
  GSignalGroup  *project_signals;
  gboolean       updating;            /* the form follows the recipe: nobody edits */

  /* From the template */
  AdwComboRow   *sizes_row;
  PzNumberRow   *test_row;
  GtkWidget     *test_reset;
  PzNumberRow   *validation_row;
  GtkWidget     *validation_reset;
  PzNumberRow   *limit_row;
  GtkWidget     *shuffle_row;
  GtkSwitch     *shuffle_switch;
  PzNumberRow   *seed_row;
  GtkWidget     *european_row;
  GtkSwitch     *european_switch;
  PzNumberRow   *european_share_row;
};

G_DEFINE_FINAL_TYPE (PzSplitRow, pz_split_row, ADW_TYPE_EXPANDER_ROW)

static void
edit_split (PzSplitRow           *self,
            const DsSplitOptions *split,
            const char           *what)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (self->project));

  recipe->split = *split;
  pz_project_edit (self->project, recipe, what);
}

/* How the sizes are told; the choice is part of the recipe. */
enum {
  SIZES_SAMPLES,
  SIZES_PERCENT,
};

static gboolean
is_percent (const DsSplitOptions *split)
{
  return split->validation_share > 0.0f || split->test_share > 0.0f;
}

/* What was typed is a number of samples or a percentage. */
static void
set_size (double   value,
          gboolean percent,
          gsize   *n,
          float   *share)
{
  *share = percent ? (float) (value / 100.0) : 0.0f;
  *n = percent ? 0 : (gsize) value;
}

static void
on_number_edited (PzSplitRow  *self,
                  PzNumberRow *row)
{
  const double value = pz_number_row_get_value (row);
  DsSplitOptions split;
  gboolean percent;
  const char *what;

  if (self->project == NULL)
    return;

  split = pz_project_peek_recipe (self->project)->split;
  percent = is_percent (&split);
  if (row == self->validation_row)
    {
      set_size (value, percent, &split.n_validation, &split.validation_share);
      what = "split-validation";
    }
  else if (row == self->test_row)
    {
      set_size (value, percent, &split.n_test, &split.test_share);
      what = "split-test";
    }
  else if (row == self->limit_row)
    {
      split.limit = (gsize) value;
      what = "split-limit";
    }
  else if (row == self->european_share_row)
    {
      split.european_share = (float) (value / 100.0);
      what = "split-european";
    }
  else
    {
      split.seed = (guint64) value;
      what = "split-seed";
    }

  edit_split (self, &split, what);
}

/* The same sizes, told otherwise. */
static void
on_sizes_changed (PzSplitRow *self)
{
  const gboolean percent = adw_combo_row_get_selected (self->sizes_row) == SIZES_PERCENT;
  const MlpSplit *now;
  const DsSet *set;
  DsSplitOptions split;
  gsize n[MLP_N_PARTS];
  double n_all = 0.0;

  if (self->updating || self->project == NULL)
    return;

  now = pz_project_peek_split (self->project);
  if (now == NULL)
    return;

  for (int part = 0; part < MLP_N_PARTS; part++)
    mlp_split_peek (now, part, &n[part]);

  set = pz_dataset_peek_set (pz_project_get_dataset (self->project));
  n_all = (double) ds_set_get_n_own (set);
  split = pz_project_peek_recipe (self->project)->split;
  set_size (percent ? round (1000.0 * (double) n[MLP_VALIDATION] / n_all) / 10.0 : (double) n[MLP_VALIDATION],
            percent, &split.n_validation, &split.validation_share);
  set_size (percent ? round (1000.0 * (double) n[MLP_TEST] / n_all) / 10.0 : (double) n[MLP_TEST],
            percent, &split.n_test, &split.test_share);
  edit_split (self, &split, NULL);
}

static void
on_shuffle_changed (PzSplitRow *self)
{
  DsSplitOptions split;

  if (self->updating || self->project == NULL)
    return;

  split = pz_project_peek_recipe (self->project)->split;
  split.shuffle = gtk_switch_get_active (self->shuffle_switch);
  edit_split (self, &split, NULL);
}

static void
on_european_changed (PzSplitRow *self)
{
  DsSplitOptions split;

  if (self->updating || self->project == NULL)
    return;

  split = pz_project_peek_recipe (self->project)->split;
  split.european_share = gtk_switch_get_active (self->european_switch) ? DS_EUROPEAN_SHARE : 0.0f;
  edit_split (self, &split, NULL);
}

static void
on_validation_reset (PzSplitRow *self)
{
  DsSplitOptions split = pz_project_peek_recipe (self->project)->split;

  split.n_validation = G_MAXSIZE;
  split.validation_share = 0.0f;
  edit_split (self, &split, NULL);
}

static void
on_test_reset (PzSplitRow *self)
{
  DsSplitOptions split = pz_project_peek_recipe (self->project)->split;

  split.n_test = G_MAXSIZE;
  split.test_share = 0.0f;
  edit_split (self, &split, NULL);
}

static char *
describe_parts (const gsize n[MLP_N_PARTS])
{
  g_autofree char *train = pz_number_format_count (n[MLP_TRAIN]);
  g_autofree char *validation = pz_number_format_count (n[MLP_VALIDATION]);
  g_autofree char *test = pz_number_format_count (n[MLP_TEST]);

  /* Translators: how many samples train, validate and test */
  return g_strdup_printf (_("%s training, %s validation, %s test"), train, validation, test);
}

/* One part: its size as it is told, or what the data make of it. */
static void
update_size (PzNumberRow *row,
             GtkWidget   *reset,
             gsize        asked,
             float        share,
             gboolean     percent,
             gsize        n,
             gsize        n_all,
             const char  *usual)
{
  const gboolean is_default = asked == G_MAXSIZE && !(share > 0.0f);
  double value;

  if (share > 0.0f)
    value = round (1e5 * (double) share) / 1e3;
  else if (percent)
    value = n_all > 0 ? round (1000.0 * (double) n / (double) n_all) / 10.0 : 0.0;
  else
    value = is_default ? (double) n : (double) asked;

  g_object_set (row, "integer", !percent, "upper", percent ? 100.0 : 1e9, NULL);
  pz_number_row_set_value (row, value);
  pz_number_row_set_hint (row, is_default ? usual : percent ? _("Percent of all samples") : NULL);
  gtk_widget_set_visible (reset, !is_default);
}

/* The counts, or why there are none. */
static void
update_counts (PzSplitRow           *self,
               const DsSplitOptions *options)
{
  PzDataset *dataset = pz_project_get_dataset (self->project);
  const DsSet *set = dataset != NULL ? pz_dataset_peek_set (dataset) : NULL;
  const gboolean draws = set != NULL && set->draws_test;
  const gboolean percent = is_percent (options);
  const char *usual = draws ? _("A tenth of all samples") : _("As provided by the data set");
  g_autoptr(MlpSplit) split = NULL;
  gsize n[MLP_N_PARTS] = { 0 };
  gsize n_all = set != NULL ? ds_set_get_n_own (set) : 0;
  g_autofree char *counts = NULL;
  g_autofree char *problem = NULL;
  g_autoptr(GError) error = NULL;

  /* The project keeps the last split that could be had; this is of this one. */
  if (set != NULL)
    split = ds_split_make (set, options, &error);

  if (split != NULL)
    {
      for (int part = 0; part < MLP_N_PARTS; part++)
        mlp_split_peek (split, part, &n[part]);

      counts = describe_parts (n);
    }

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), counts != NULL ? counts : "");
  update_size (self->validation_row, self->validation_reset, options->n_validation, options->validation_share,
               percent, n[MLP_VALIDATION], n_all, usual);
  update_size (self->test_row, self->test_reset, options->n_test, options->test_share,
               percent, n[MLP_TEST], n_all, usual);
  problem = mlp_display_error (error);
  pz_number_row_set_problem (self->validation_row, problem);
  if (error != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);

  /* A set that came with a test part keeps it. */
  adw_combo_row_set_selected (self->sizes_row, percent ? SIZES_PERCENT : SIZES_SAMPLES);
  gtk_widget_set_visible (GTK_WIDGET (self->sizes_row), draws);
  gtk_widget_set_visible (GTK_WIDGET (self->test_row), draws);
  gtk_widget_set_visible (self->shuffle_row, !draws);
  gtk_widget_set_visible (GTK_WIDGET (self->seed_row), draws || options->shuffle);
}

/* Digits by European hands, where there are some or some are asked for. */
static void
update_european (PzSplitRow           *self,
                 const DsSplitOptions *options)
{
  PzDataset *dataset = pz_project_get_dataset (self->project);
  const DsSet *set = dataset != NULL ? pz_dataset_peek_set (dataset) : NULL;
  const gboolean active = options->european_share > 0.0f;
  g_autofree char *problem = NULL;
  g_autoptr(GError) error = NULL;

  if (set != NULL)
    ds_european_check (set, options->european_share, &error);
  problem = mlp_display_error (error);

  gtk_widget_set_visible (self->european_row, active || (set != NULL && set->n_european > 0));
  gtk_switch_set_active (self->european_switch, active);
  gtk_widget_set_visible (GTK_WIDGET (self->european_share_row), active);
  pz_number_row_set_value (self->european_share_row, round (1e5 * (double) options->european_share) / 1e3);
  pz_number_row_set_problem (self->european_share_row, problem);
  if (error != NULL)
    adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
}

static void
update_row (PzSplitRow *self)
{
  const DsSplitOptions *options;

  if (self->project == NULL)
    return;

  options = &pz_project_peek_recipe (self->project)->split;

  self->updating = TRUE;
  update_counts (self, options);
  pz_number_row_set_value (self->limit_row, (double) options->limit);
  gtk_switch_set_active (self->shuffle_switch, options->shuffle);
  pz_number_row_set_value (self->seed_row, (double) options->seed);
  update_european (self, options);
  self->updating = FALSE;
}

static void
pz_split_row_dispose (GObject *object)
{
  PzSplitRow *self = PZ_SPLIT_ROW (object);

  g_clear_object (&self->project_signals);
  g_clear_object (&self->project);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_SPLIT_ROW);

  G_OBJECT_CLASS (pz_split_row_parent_class)->dispose (object);
}

static void
pz_split_row_class_init (PzSplitRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_split_row_dispose;

  g_type_ensure (PZ_TYPE_NUMBER_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-split-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, sizes_row);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, test_row);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, test_reset);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, validation_row);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, validation_reset);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, limit_row);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, shuffle_row);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, shuffle_switch);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, seed_row);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, european_row);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, european_switch);
  gtk_widget_class_bind_template_child (widget_class, PzSplitRow, european_share_row);
  gtk_widget_class_bind_template_callback (widget_class, on_number_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_shuffle_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_european_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_sizes_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_validation_reset);
  gtk_widget_class_bind_template_callback (widget_class, on_test_reset);
}

static void
pz_split_row_init (PzSplitRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->project_signals = g_signal_group_new (PZ_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "recipe-changed", G_CALLBACK (update_row), self);
  g_signal_group_connect_swapped (self->project_signals, "notify::dataset", G_CALLBACK (update_row), self);
}

void
pz_split_row_set_project (PzSplitRow *self,
                          PzProject  *project)
{
  g_return_if_fail (PZ_IS_SPLIT_ROW (self));
  g_return_if_fail (project == NULL || PZ_IS_PROJECT (project));

  if (!g_set_object (&self->project, project))
    return;

  g_signal_group_set_target (self->project_signals, project);
  update_row (self);
}
