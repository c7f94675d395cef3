/* pz-results-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "model/pz-evaluation.h"
#include "widgets/results/pz-learning-page.h"
#include "widgets/results/pz-molecule-card.h"
#include "widgets/results/pz-molecule-window.h"
#include "widgets/results/pz-result-export.h"
#include "widgets/results/pz-result-figures.h"
#include "widgets/results/pz-result-note.h"
#include "widgets/results/pz-result-plot.h"
#include "widgets/results/pz-result-words.h"
#include "widgets/results/pz-results-view.h"

struct _PzResultsView
{
  PzProjectWidget parent_instance;

  /* Owned */
  PzEvaluation   *evaluation;       /* (nullable): as the project */
  GSignalGroup   *evaluation_signals;
  GtkStringList  *targets;          /* their names, in the drop-down */
  gboolean        available;
  PzPredictions  *figures_of;       /* (nullable): what the figures say, */
  gsize           figures_target;   /* and of which target */
  gboolean        updating;         /* what is chosen follows, and is not a choice */

  /* From the template */
  GtkWidget      *target_box;
  GtkDropDown    *target_drop_down;
  GtkDropDown    *part_drop_down;
  GtkDropDown    *kind_drop_down;
  GtkLabel       *note_label;
  GtkFlowBox     *figures;
  GtkStack       *stack;
  AdwStatusPage  *status_page;
  GtkSpinner     *spinner;
  PzResultPlot   *plot;
  PzLearningPage *learning_page;
};

enum {
  PROP_0,
  PROP_AVAILABLE,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzResultsView, pz_results_view, PZ_TYPE_PROJECT_WIDGET)

static GParamSpec *properties[N_PROPS];

/* --- what is chosen --- */

static gsize
get_target (PzResultsView *self)
{
  guint selected = gtk_drop_down_get_selected (self->target_drop_down);

  return selected == GTK_INVALID_LIST_POSITION ? 0 : selected;
}

static PzResultKind
get_kind (PzResultsView *self)
{
  return (PzResultKind) MIN (gtk_drop_down_get_selected (self->kind_drop_down), PZ_N_RESULT_KINDS - 1);
}

/* (nullable) */
static const DsSet *
get_set (PzResultsView *self)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = project != NULL ? pz_project_get_dataset (project) : NULL;

  return dataset != NULL ? pz_dataset_peek_set (dataset) : NULL;
}

/* (nullable): those of the target that is chosen */
static PzPredictions *
get_predictions (PzResultsView *self)
{
  PzPredictions *predictions = self->evaluation != NULL ? pz_evaluation_peek_predictions (self->evaluation) : NULL;

  return predictions != NULL && get_target (self) < predictions->n_targets ? predictions : NULL;
}

/* --- what is shown --- */

static void
update_targets (PzResultsView *self)
{
  const DsSet *set = get_set (self);
  gboolean available = set != NULL && !mlp_samples_has_classes (set->samples);
  gsize n = available ? mlp_samples_get_n_outputs (set->samples) : 0;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (gsize t = 0; t < n; t++)
    g_ptr_array_add (names, pz_result_words_dup_title (set->task, set->class_names, t));
  g_ptr_array_add (names, NULL);

  self->updating = TRUE;
  gtk_string_list_splice (self->targets, 0, g_list_model_get_n_items (G_LIST_MODEL (self->targets)),
                          (const char *const *) names->pdata);
  self->updating = FALSE;
  gtk_widget_set_visible (self->target_box, n > 1);

  if (self->available == available)
    return;

  self->available = available;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_AVAILABLE]);
}

static void
update_note (PzResultsView *self,
             PzPredictions *predictions)
{
  g_autofree char *note = pz_result_note_create (predictions != NULL ? predictions->set : get_set (self),
                                                 get_target (self), get_kind (self), predictions);

  gtk_label_set_label (self->note_label, note);
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), *note != '\0');
}

static void
show_status (PzResultsView *self,
             const char    *title,
             const char    *description)
{
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_status_page_set_title (self->status_page, title);
  adw_status_page_set_description (self->status_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "status");
}

/* What is shown. It is asked for when a file was chosen, too: the network may have changed meanwhile. */
static PzResultChart *
peek_chart (GtkWidget *widget)
{
  PzResultsView *self = PZ_RESULTS_VIEW (widget);

  if (self->plot == NULL)
    return NULL;

  return get_kind (self) == PZ_RESULT_LEARNING ? pz_learning_page_peek_chart (self->learning_page)
                                               : pz_result_plot_peek_chart (self->plot);
}

static const char *
get_kind_name (PzResultsView *self)
{
  GListModel *kinds = gtk_drop_down_get_model (self->kind_drop_down);

  return gtk_string_list_get_string (GTK_STRING_LIST (kinds), get_kind (self));
}

static void
update_actions (PzResultsView *self)
{
  PzProject *project = self->parent_instance.project;
  const RecipeData *data = project != NULL ? pz_project_peek_net_data (project) : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.export", peek_chart (GTK_WIDGET (self)) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.export-table", get_predictions (self) != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "results.ask",
                                 data != NULL && data->task != NULL && pz_project_peek_net (project) != NULL);
}

/* A button among them keeps the focus while they stay the same. */
static void
update_figures (PzResultsView *self,
                PzPredictions *predictions)
{
  if (self->figures_of == predictions && self->figures_target == get_target (self))
    return;

  g_clear_pointer (&self->figures_of, pz_predictions_unref);
  self->figures_of = pz_predictions_ref (predictions);
  self->figures_target = get_target (self);
  pz_result_figures_fill (self->figures, predictions, self->figures_target);
}

static void
update_predictions (PzResultsView *self,
                    PzPredictions *predictions)
{
  PzProject *project = self->parent_instance.project;
  const char *problem = self->evaluation != NULL ? pz_evaluation_get_problem (self->evaluation) : NULL;
  gboolean busy = self->evaluation != NULL && pz_evaluation_get_busy (self->evaluation);

  gtk_widget_set_visible (GTK_WIDGET (self->figures), predictions != NULL);
  gtk_spinner_set_spinning (self->spinner, predictions == NULL && busy);

  if (predictions != NULL)
    {
      update_figures (self, predictions);
      pz_result_plot_set_chart (self->plot,
                                pz_result_chart_new (get_kind (self), predictions, get_target (self)),
                                get_kind_name (self));
      gtk_stack_set_visible_child_name (self->stack, "plot");
      return;
    }

  pz_result_plot_set_chart (self->plot, NULL, get_kind_name (self));
  if (project == NULL || pz_project_peek_net (project) == NULL)
    show_status (self, _("No Network Yet"), _("Press Train: the accuracy of the network’s predictions is shown here."));
  else if (busy)
    show_status (self, _("Computing Predictions…"), NULL);
  else
    show_status (self, _("No Results Yet"), problem);
}

static void
update_view (PzResultsView *self)
{
  PzPredictions *predictions = get_predictions (self);
  gboolean learns = get_kind (self) == PZ_RESULT_LEARNING;

  if (self->evaluation != NULL)
    {
      self->updating = TRUE;
      gtk_drop_down_set_selected (self->part_drop_down,
                                  pz_evaluation_get_part (self->evaluation) == MLP_TEST ? 1 : 0);
      self->updating = FALSE;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->learning_page), learns);
  gtk_widget_set_visible (GTK_WIDGET (self->stack), !learns);
  gtk_widget_set_sensitive (GTK_WIDGET (self->part_drop_down), !learns);
  pz_learning_page_set_target (self->learning_page, get_target (self));
  if (learns)
    gtk_widget_set_visible (GTK_WIDGET (self->figures), FALSE);
  else
    update_predictions (self, predictions);

  update_note (self, learns ? NULL : predictions);
  update_actions (self);
}

/* --- what happens --- */

static void
on_choice_changed (PzResultsView *self)
{
  if (!self->updating && self->plot != NULL)
    update_view (self);
}

static void
on_part_changed (PzResultsView *self)
{
  if (self->updating || self->evaluation == NULL || self->plot == NULL)
    return;

  pz_evaluation_set_part (self->evaluation,
                          gtk_drop_down_get_selected (self->part_drop_down) == 1 ? MLP_TEST : MLP_VALIDATION);
}

static void
on_evaluation_changed (PzResultsView *self)
{
  if (get_kind (self) != PZ_RESULT_LEARNING)
    update_view (self);
  else
    update_actions (self);
}

static void
on_dataset_changed (PzResultsView *self)
{
  update_targets (self);
  update_view (self);
}

static void
open_molecule (PzResultsView *self,
               guint          i)
{
  PzPredictions *predictions = get_predictions (self);

  if (predictions != NULL && predictions->set->molecules != NULL && i < predictions->n)
    pz_molecule_card_open_window (GTK_WIDGET (self), predictions, i);
}

static void
on_open_molecule (GtkWidget  *widget,
                  const char *action_name,
                  GVariant   *parameter)
{
  open_molecule (PZ_RESULTS_VIEW (widget), g_variant_get_uint32 (parameter));
}

static void
on_ask (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  PzResultsView *self = PZ_RESULTS_VIEW (widget);
  GtkWindow *window = pz_molecule_window_new (self->parent_instance.project);
  GtkRoot *root = gtk_widget_get_root (widget);

  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (window, GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (window, TRUE);
  gtk_window_present (window);
}

static PzPredictions *
peek_table (GtkWidget *widget)
{
  PzResultsView *self = PZ_RESULTS_VIEW (widget);

  return self->plot != NULL ? get_predictions (self) : NULL;
}

static void
on_export (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  pz_result_export_chart (widget, g_variant_get_string (parameter, NULL), peek_chart);
}

static void
on_export_table (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  pz_result_export_table (widget, peek_table);
}

static void
pz_results_view_map (GtkWidget *widget)
{
  PzResultsView *self = PZ_RESULTS_VIEW (widget);

  GTK_WIDGET_CLASS (pz_results_view_parent_class)->map (widget);
  if (self->evaluation != NULL)
    pz_evaluation_set_active (self->evaluation, TRUE);
}

static void
pz_results_view_unmap (GtkWidget *widget)
{
  PzResultsView *self = PZ_RESULTS_VIEW (widget);

  if (self->evaluation != NULL)
    pz_evaluation_set_active (self->evaluation, FALSE);
  GTK_WIDGET_CLASS (pz_results_view_parent_class)->unmap (widget);
}

/* It comes and goes with the project. */
static void
clear_evaluation (PzResultsView *self)
{
  g_signal_group_set_target (self->evaluation_signals, NULL);
  if (self->evaluation != NULL)
    pz_evaluation_set_active (self->evaluation, FALSE);
  g_clear_object (&self->evaluation);
}

static void
pz_results_view_project_changed (PzProjectWidget *widget)
{
  PzResultsView *self = PZ_RESULTS_VIEW (widget);

  clear_evaluation (self);
  if (widget->project != NULL)
    {
      self->evaluation = pz_evaluation_new (widget->project);
      g_signal_group_set_target (self->evaluation_signals, self->evaluation);
      pz_evaluation_set_active (self->evaluation, gtk_widget_get_mapped (GTK_WIDGET (self)));
    }

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (self->learning_page), widget->project);
  on_dataset_changed (self);
}

static void
pz_results_view_dispose (GObject *object)
{
  PzResultsView *self = PZ_RESULTS_VIEW (object);

  if (self->evaluation_signals != NULL)
    clear_evaluation (self);
  g_clear_object (&self->evaluation_signals);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_RESULTS_VIEW);

  g_clear_object (&self->targets);
  g_clear_pointer (&self->figures_of, pz_predictions_unref);

  G_OBJECT_CLASS (pz_results_view_parent_class)->dispose (object);
}

static void
pz_results_view_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  PzResultsView *self = PZ_RESULTS_VIEW (object);

  switch (prop_id)
    {
    case PROP_AVAILABLE:
      g_value_set_boolean (value, self->available);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_results_view_class_init (PzResultsViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_results_view_dispose;
  object_class->get_property = pz_results_view_get_property;

  widget_class->map = pz_results_view_map;
  widget_class->unmap = pz_results_view_unmap;

  project_class->project_changed = pz_results_view_project_changed;

  properties[PROP_AVAILABLE] =
    g_param_spec_boolean ("available", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "results.export", "s", on_export);
  gtk_widget_class_install_action (widget_class, "results.export-table", NULL, on_export_table);
  gtk_widget_class_install_action (widget_class, "results.ask", NULL, on_ask);
  gtk_widget_class_install_action (widget_class, "results.open-molecule", "u", on_open_molecule);

  /* The builder looks types up by name; this makes the name known. */
  g_type_ensure (PZ_TYPE_LEARNING_PAGE);
  g_type_ensure (PZ_TYPE_RESULT_PLOT);

  gtk_widget_class_set_css_name (widget_class, "resultsview");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/results/pz-results-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, target_box);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, target_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, part_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, kind_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, note_label);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, figures);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, stack);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, status_page);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, spinner);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, plot);
  gtk_widget_class_bind_template_child (widget_class, PzResultsView, learning_page);
  gtk_widget_class_bind_template_callback (widget_class, update_actions);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_part_changed);
  gtk_widget_class_bind_template_callback (widget_class, open_molecule);
}

static void
pz_results_view_init (PzResultsView *self)
{
  self->targets = gtk_string_list_new (NULL);

  self->updating = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->target_drop_down, G_LIST_MODEL (self->targets));
  self->updating = FALSE;

  self->evaluation_signals = g_signal_group_new (PZ_TYPE_EVALUATION);
  g_signal_group_connect_swapped (self->evaluation_signals, "changed", G_CALLBACK (on_evaluation_changed), self);

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (on_dataset_changed));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (update_actions));

  update_targets (self);
  update_view (self);
}
