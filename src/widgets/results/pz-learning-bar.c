/* pz-learning-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/results/pz-learning-bar.h"

/* Points of a curve. */
#define N_SIZES 5

struct _PzLearningBar
{
  GtkWidget       parent_instance;

  PzLearning     *learning;      /* (nullable) */
  GSignalGroup   *signals;

  /* Children */
  GtkButton      *button;
  GtkProgressBar *progress;
  GtkLabel       *label;
};

G_DEFINE_FINAL_TYPE (PzLearningBar, pz_learning_bar, GTK_TYPE_WIDGET)

static void
update_bar (PzLearningBar *self)
{
  gboolean busy = self->learning != NULL && pz_learning_get_busy (self->learning);
  g_autofree char *problem = NULL;
  g_autofree char *words = NULL;
  const char *error;
  guint n_points;

  if (self->learning == NULL)
    return;

  problem = busy ? NULL : pz_learning_dup_problem (self->learning);
  error = pz_learning_get_error (self->learning);
  n_points = pz_learning_peek_points (self->learning)->len;

  gtk_button_set_label (self->button, busy ? _("_Cancel") : _("_Compute Learning Curve"));
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
on_toggle (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  PzLearningBar *self = PZ_LEARNING_BAR (widget);

  if (pz_learning_get_busy (self->learning))
    pz_learning_cancel (self->learning);
  else
    pz_learning_run (self->learning, N_SIZES);
}

static void
pz_learning_bar_dispose (GObject *object)
{
  PzLearningBar *self = PZ_LEARNING_BAR (object);
  GtkWidget *child;

  g_clear_object (&self->signals);
  g_clear_object (&self->learning);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (pz_learning_bar_parent_class)->dispose (object);
}

static void
pz_learning_bar_class_init (PzLearningBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_learning_bar_dispose;

  gtk_widget_class_install_action (widget_class, "learning.toggle", NULL, on_toggle);
  gtk_widget_class_set_css_name (widget_class, "learningbar");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
pz_learning_bar_init (PzLearningBar *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_box_layout_set_spacing (layout, 12);

  self->button = GTK_BUTTON (gtk_button_new ());
  gtk_button_set_use_underline (self->button, TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "learning.toggle");
  gtk_widget_set_parent (GTK_WIDGET (self->button), GTK_WIDGET (self));

  self->progress = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_valign (GTK_WIDGET (self->progress), GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (GTK_WIDGET (self->progress), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->progress),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress of the Learning Curve"),
                                  -1);
  gtk_widget_set_parent (GTK_WIDGET (self->progress), GTK_WIDGET (self));

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->label, TRUE);
  gtk_label_set_xalign (self->label, 0.0f);
  gtk_widget_set_parent (GTK_WIDGET (self->label), GTK_WIDGET (self));

  self->signals = g_signal_group_new (PZ_TYPE_LEARNING);
  g_signal_group_connect_swapped (self->signals, "changed", G_CALLBACK (update_bar), self);
}

void
pz_learning_bar_set_learning (PzLearningBar *self,
                              PzLearning    *learning)
{
  g_return_if_fail (PZ_IS_LEARNING_BAR (self));
  g_return_if_fail (learning == NULL || PZ_IS_LEARNING (learning));

  g_set_object (&self->learning, learning);
  g_signal_group_set_target (self->signals, learning);
  update_bar (self);
}
