/* pz-learning-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "model/pz-learning.h"
#include "widgets/results/pz-learning-page.h"
#include "widgets/results/pz-result-plot.h"

/* Points of a curve. */
#define N_SIZES 5

struct _PzLearningPage
{
  PzProjectWidget parent_instance;

  PzLearning     *learning;      /* (nullable): as the project */
  GSignalGroup   *learning_signals;
  gsize           target;

  /* From the template */
  GtkButton      *button;
  GtkProgressBar *progress;
  GtkLabel       *label;
  GtkStack       *stack;
  PzResultPlot   *plot;
};

enum {
  PROP_0,
  PROP_HAS_CHART,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzLearningPage, pz_learning_page, PZ_TYPE_PROJECT_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
update_controls (PzLearningPage *self)
{
  gboolean busy = pz_learning_get_busy (self->learning);
  g_autofree char *problem = busy ? NULL : pz_learning_dup_problem (self->learning);
  g_autofree char *words = NULL;
  const char *error = pz_learning_get_error (self->learning);
  guint n_points = pz_learning_peek_points (self->learning)->len;

  gtk_button_set_label (self->button, busy ? _("C_ancel") : _("Compute Le_arning Curve"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "learning.toggle", busy || problem == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  gtk_progress_bar_set_fraction (self->progress, pz_learning_get_progress (self->learning));

  if (busy)
    /* Translators: finished points of the learning curve, of how many */
    words = g_strdup_printf (_("%u of %u points"), n_points, pz_learning_get_n_sizes (self->learning));
  else if (error != NULL)
    words = g_strdup (error);
  else if (problem != NULL)
    words = g_strdup (problem);
  else if (n_points > 0)
    /* Translators: a network: 25-12-6-1 */
    words = g_strdup_printf (_("Network %s, validation set"), pz_learning_get_network (self->learning));

  gtk_label_set_label (self->label, words != NULL ? words : "");
}

static void
update_chart (PzLearningPage *self)
{
  const gboolean had_chart = pz_result_plot_peek_chart (self->plot) != NULL;
  PzResultChart *chart = self->learning != NULL ? pz_result_chart_new_learning (self->learning, self->target) : NULL;

  pz_result_plot_set_chart (self->plot, chart, _("Learning Curve"));
  gtk_stack_set_visible_child_name (self->stack, chart != NULL ? "plot" : "status");
  if (had_chart != (chart != NULL))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_CHART]);
}

/* Its progress comes often, a point now and then. */
static void
on_learning_changed (PzLearningPage *self)
{
  PzResultChart *chart = pz_result_plot_peek_chart (self->plot);
  guint n_points = pz_learning_peek_points (self->learning)->len;

  update_controls (self);
  if ((chart == NULL ? 0 : pz_result_chart_get_n_items (chart)) != n_points)
    update_chart (self);
}

static void
on_toggle (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  PzLearningPage *self = PZ_LEARNING_PAGE (widget);

  if (pz_learning_get_busy (self->learning))
    pz_learning_cancel (self->learning);
  else
    pz_learning_run (self->learning, N_SIZES);
}

static void
clear_learning (PzLearningPage *self)
{
  g_signal_group_set_target (self->learning_signals, NULL);
  if (self->learning != NULL)
    pz_learning_cancel (self->learning);
  g_clear_object (&self->learning);
}

static void
pz_learning_page_project_changed (PzProjectWidget *widget)
{
  PzLearningPage *self = PZ_LEARNING_PAGE (widget);

  clear_learning (self);
  if (widget->project != NULL)
    {
      self->learning = pz_learning_new (widget->project);
      g_signal_group_set_target (self->learning_signals, self->learning);
      update_controls (self);
    }
  else
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "learning.toggle", FALSE);
    }

  update_chart (self);
}

static void
pz_learning_page_dispose (GObject *object)
{
  PzLearningPage *self = PZ_LEARNING_PAGE (object);

  if (self->learning_signals != NULL)
    clear_learning (self);
  g_clear_object (&self->learning_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_LEARNING_PAGE);

  G_OBJECT_CLASS (pz_learning_page_parent_class)->dispose (object);
}

static void
pz_learning_page_get_property (GObject    *object,
                               guint       prop_id,
                               GValue     *value,
                               GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_HAS_CHART:
      g_value_set_boolean (value, pz_learning_page_peek_chart (PZ_LEARNING_PAGE (object)) != NULL);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_learning_page_class_init (PzLearningPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_learning_page_dispose;
  object_class->get_property = pz_learning_page_get_property;

  project_class->project_changed = pz_learning_page_project_changed;

  properties[PROP_HAS_CHART] =
    g_param_spec_boolean ("has-chart", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "learning.toggle", NULL, on_toggle);

  /* The builder looks types up by name; this makes the name known. */
  g_type_ensure (PZ_TYPE_RESULT_PLOT);

  gtk_widget_class_set_css_name (widget_class, "learningpage");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/results/pz-learning-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PzLearningPage, button);
  gtk_widget_class_bind_template_child (widget_class, PzLearningPage, progress);
  gtk_widget_class_bind_template_child (widget_class, PzLearningPage, label);
  gtk_widget_class_bind_template_child (widget_class, PzLearningPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PzLearningPage, plot);
}

static void
pz_learning_page_init (PzLearningPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->learning_signals = g_signal_group_new (PZ_TYPE_LEARNING);
  g_signal_group_connect_swapped (self->learning_signals, "changed", G_CALLBACK (on_learning_changed), self);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "learning.toggle", FALSE);
}

void
pz_learning_page_set_target (PzLearningPage *self,
                             gsize           target)
{
  g_return_if_fail (PZ_IS_LEARNING_PAGE (self));

  if (self->target == target)
    return;

  self->target = target;
  update_chart (self);
}

PzResultChart *
pz_learning_page_peek_chart (PzLearningPage *self)
{
  g_return_val_if_fail (PZ_IS_LEARNING_PAGE (self), NULL);

  return self->plot != NULL ? pz_result_plot_peek_chart (self->plot) : NULL;
}
