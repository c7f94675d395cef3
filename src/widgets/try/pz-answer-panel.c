/* pz-answer-panel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/net/mlp-top-k.h"
#include "draw/draw-sketch.h"
#include "ink/ink-frame.h"
#include "widgets/common/pz-class-words.h"
#include "widgets/common/pz-theme.h"
#include "widgets/try/pz-answer-panel.h"

struct _PzAnswerPanel
{
  PzProjectWidget parent_instance;

  /* Owned */
  GSignalGroup   *predictor_signals;

  /* From the template */
  GtkLabel       *answer_label;
  GtkLabel       *detail_label;
  GtkWidget      *doubt_box;
  GtkLabel       *doubt_label;
  GtkDrawingArea *frame_area;
};

G_DEFINE_FINAL_TYPE (PzAnswerPanel, pz_answer_panel, PZ_TYPE_PROJECT_WIDGET)

static PzPredictor *
get_predictor (PzAnswerPanel *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_get_predictor (project) : NULL;
}

/* What to do so that there is an answer. */
static const char *
get_hint (PzAnswerPanel *self)
{
  PzProject *project = self->parent_instance.project;
  const RecipeData *data;

  if (project == NULL || pz_project_peek_net (project) == NULL)
    return _("Train a network to see its prediction here.");

  if (pz_predictor_get_problem (get_predictor (self)) != NULL)
    return pz_predictor_get_problem (get_predictor (self));

  data = pz_project_peek_net_data (project);
  if (data->rows != INK_FRAME_SIDE || data->columns != INK_FRAME_SIDE)
    return _("This network does not take images of 28 × 28 pixels.");

  return _("Draw a digit to see the network’s prediction.");
}

/* (transfer full): how sure it is: "98 %, runner-up 9 (1 %)" */
static char *
describe_margin (const RecipeData *data,
                 const float      *probabilities,
                 gsize             n,
                 guint             answer)
{
  g_autofree char *share = pz_class_words_dup_probability ((double) probabilities[answer]);
  g_autofree char *name = NULL;
  g_autofree char *next_share = NULL;
  gsize likeliest[2];
  gsize next;

  if (mlp_top_k (probabilities, n, 2, likeliest) < 2)
    return g_steal_pointer (&share);

  next = likeliest[likeliest[0] == answer];
  name = pz_class_words_dup_name (data, next);
  next_share = pz_class_words_dup_probability ((double) probabilities[next]);

  /* Translators: the probability of the answer; the second most likely class and its probability */
  return g_strdup_printf (_("%s, runner-up %s (%s)"), share, name, next_share);
}

static void
update_doubt (PzAnswerPanel *self,
              gboolean       doubt)
{
  PzProject *project = self->parent_instance.project;

  if (doubt)
    gtk_label_set_label (self->doubt_label, pz_class_words_get_doubt (pz_project_peek_net_data (project)));

  /* The box around it has the height of both, so that nothing below jumps. */
  gtk_widget_set_visible (self->doubt_box, doubt);
}

static void
update_answer (PzAnswerPanel *self)
{
  PzPredictor *predictor = get_predictor (self);
  const float *probabilities = NULL;
  gsize n = 0;

  if (predictor != NULL)
    probabilities = pz_predictor_peek_outputs (predictor, &n);

  if (probabilities != NULL && n > 0)
    {
      const RecipeData *data = pz_project_peek_net_data (self->parent_instance.project);
      const guint answer = pz_predictor_get_answer (predictor);
      const gboolean doubt = pz_predictor_get_is_novel (predictor);
      g_autofree char *name = pz_class_words_dup_name (data, answer);
      g_autofree char *share = pz_class_words_dup_probability ((double) probabilities[answer]);
      g_autofree char *detail = describe_margin (data, probabilities, n, answer);
      g_autofree char *words = NULL;

      /* Translators: the class that was recognised, and its share */
      words = g_strdup_printf (_("Prediction: %s, %s"), name, share);
      if (doubt)
        {
          g_autofree char *answer_alone = g_steal_pointer (&words);

          words = g_strdup_printf ("%s. %s", answer_alone, pz_class_words_get_doubt (data));
        }

      gtk_label_set_label (self->answer_label, name);
      if (pz_predictor_get_skip (predictor) != 0)
        {
          g_autofree char *alone = g_steal_pointer (&detail);

          /* Translators: the share of the answer, where steps of the rule are switched off */
          detail = g_strdup_printf (_("%s, with incomplete preprocessing"), alone);
        }
      gtk_label_set_label (self->detail_label, detail);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->answer_label),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      update_doubt (self, doubt);
      if (doubt)
        gtk_widget_add_css_class (GTK_WIDGET (self->answer_label), "dim-label");
      else
        gtk_widget_remove_css_class (GTK_WIDGET (self->answer_label), "dim-label");
    }
  else
    {
      gtk_label_set_label (self->answer_label, "–");
      gtk_widget_add_css_class (GTK_WIDGET (self->answer_label), "dim-label");
      gtk_label_set_label (self->detail_label, get_hint (self));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->answer_label),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _("No prediction yet"),
                                      -1);
      update_doubt (self, FALSE);
    }

  gtk_widget_queue_draw (GTK_WIDGET (self->frame_area));
}

static void
draw_frame_area (GtkDrawingArea *area,
                 cairo_t        *cr,
                 int             width,
                 int             height,
                 gpointer        user_data)
{
  PzAnswerPanel *self = user_data;
  PzPredictor *predictor = get_predictor (self);
  const guint8 *frame = predictor != NULL ? pz_predictor_peek_frame (predictor) : NULL;
  DrawTheme theme;
  const DrawCanvas canvas = { cr, &theme, width, height };
  const DrawArea whole = { 0, 0, width, height };

  if (frame == NULL)
    return;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_sketch_image (&canvas, &whole, frame, INK_FRAME_SIDE, INK_FRAME_SIDE);
}

static void
pz_answer_panel_project_changed (PzProjectWidget *widget)
{
  PzAnswerPanel *self = PZ_ANSWER_PANEL (widget);

  g_signal_group_set_target (self->predictor_signals, get_predictor (self));
  update_answer (self);
}

static void
pz_answer_panel_dispose (GObject *object)
{
  PzAnswerPanel *self = PZ_ANSWER_PANEL (object);

  g_clear_object (&self->predictor_signals);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_ANSWER_PANEL);

  G_OBJECT_CLASS (pz_answer_panel_parent_class)->dispose (object);
}

static void
pz_answer_panel_class_init (PzAnswerPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_answer_panel_dispose;

  project_class->project_changed = pz_answer_panel_project_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/try/pz-answer-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PzAnswerPanel, answer_label);
  gtk_widget_class_bind_template_child (widget_class, PzAnswerPanel, detail_label);
  gtk_widget_class_bind_template_child (widget_class, PzAnswerPanel, doubt_box);
  gtk_widget_class_bind_template_child (widget_class, PzAnswerPanel, doubt_label);
  gtk_widget_class_bind_template_child (widget_class, PzAnswerPanel, frame_area);
}

static void
pz_answer_panel_init (PzAnswerPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* The predictor says itself when there is another answer; a network that came
   * or went changes the hint only.
   */
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (update_answer));
  self->predictor_signals = g_signal_group_new (PZ_TYPE_PREDICTOR);
  g_signal_group_connect_swapped (self->predictor_signals, "changed",
                                  G_CALLBACK (update_answer), self);

  gtk_drawing_area_set_draw_func (self->frame_area, draw_frame_area, self, NULL);
  update_answer (self);
}
