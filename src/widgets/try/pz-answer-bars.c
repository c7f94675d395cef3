/* pz-answer-bars.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-bars.h"
#include "widgets/common/pz-class-words.h"
#include "widgets/common/pz-theme.h"
#include "widgets/try/pz-answer-bars.h"

/* More bars than these cannot be read beside a pad; then the best are shown. */
#define MAX_BARS 10

struct _PzAnswerBars
{
  PzProjectWidget parent_instance;

  /* Owned */
  GSignalGroup   *predictor_signals;

  /* From the template */
  GtkDrawingArea *bars_area;
};

G_DEFINE_FINAL_TYPE (PzAnswerBars, pz_answer_bars, PZ_TYPE_PROJECT_WIDGET)

static PzPredictor *
get_predictor (PzAnswerBars *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_get_predictor (project) : NULL;
}

/* The classes in the order of the bars: their own, or the best first where there
 * are too many. Returns how many.
 */
static gsize
order_classes (const float *values,
               gsize        n,
               gsize        order[MAX_BARS])
{
  gsize n_bars = MIN (n, MAX_BARS);
  gsize n_taken = 0;

  if (n <= MAX_BARS || values == NULL)
    {
      for (gsize i = 0; i < n_bars; i++)
        order[i] = i;
      return n_bars;
    }

  for (gsize i = 0; i < n; i++)
    {
      gsize place = n_taken;

      while (place > 0 && values[order[place - 1]] < values[i])
        place--;
      if (place == n_bars)
        continue;

      if (n_taken < n_bars)
        n_taken++;
      for (gsize j = n_taken - 1; j > place; j--)
        order[j] = order[j - 1];
      order[place] = i;
    }

  return n_bars;
}

static void
draw_bars_area (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  PzAnswerBars *self = user_data;
  PzProject *project = self->parent_instance.project;
  PzPredictor *predictor = get_predictor (self);
  g_auto(GStrv) names = g_new0 (char *, MAX_BARS + 1);
  gsize order[MAX_BARS];
  float values[MAX_BARS];
  const float *outputs = NULL;
  gsize n_outputs = 0;
  DrawBars bars = { .chosen = -1 };
  const RecipeData *data = project != NULL ? pz_project_peek_net_data (project) : NULL;
  DrawTheme theme;
  const DrawCanvas canvas = { cr, &theme, width, height };

  if (predictor != NULL)
    outputs = pz_predictor_peek_outputs (predictor, &n_outputs);
  if (outputs == NULL)
    {
      const MlpNet *net = project != NULL ? pz_project_peek_net (project) : NULL;

      n_outputs = net != NULL ? mlp_net_get_width (net, mlp_net_get_n_layers (net)) : 10;
    }

  bars.n_bars = order_classes (outputs, n_outputs, order);
  bars.labels = (const char *const *) names;
  for (gsize i = 0; i < bars.n_bars; i++)
    {
      names[i] = pz_class_words_dup_name (data, order[i]);
      if (outputs == NULL)
        continue;
      values[i] = outputs[order[i]];
      if (order[i] == pz_predictor_get_answer (predictor))
        bars.chosen = (gssize) i;
    }
  bars.values = outputs != NULL ? values : NULL;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_bars (&canvas, &bars);
}

static void
update_answer (PzAnswerBars *self)
{
  PzProject *project = self->parent_instance.project;
  PzPredictor *predictor = get_predictor (self);
  const float *outputs = NULL;
  g_autofree char *words = NULL;
  gsize n_outputs = 0;

  if (predictor != NULL)
    outputs = pz_predictor_peek_outputs (predictor, &n_outputs);
  if (outputs != NULL)
    words = pz_class_words_describe_probabilities (pz_project_peek_net_data (project), outputs, n_outputs);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars_area),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : _("No prediction yet"),
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self->bars_area));
}

static void
pz_answer_bars_project_changed (PzProjectWidget *widget)
{
  PzAnswerBars *self = PZ_ANSWER_BARS (widget);

  g_signal_group_set_target (self->predictor_signals, get_predictor (self));
  update_answer (self);
}

static void
pz_answer_bars_dispose (GObject *object)
{
  PzAnswerBars *self = PZ_ANSWER_BARS (object);

  g_clear_object (&self->predictor_signals);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_ANSWER_BARS);

  G_OBJECT_CLASS (pz_answer_bars_parent_class)->dispose (object);
}

static void
pz_answer_bars_class_init (PzAnswerBarsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_answer_bars_dispose;

  project_class->project_changed = pz_answer_bars_project_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/try/pz-answer-bars.ui");
  gtk_widget_class_bind_template_child (widget_class, PzAnswerBars, bars_area);
}

static void
pz_answer_bars_init (PzAnswerBars *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  /* A network that came or went may have other classes. */
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (update_answer));
  self->predictor_signals = g_signal_group_new (PZ_TYPE_PREDICTOR);
  g_signal_group_connect_swapped (self->predictor_signals, "changed",
                                  G_CALLBACK (update_answer), self);

  gtk_drawing_area_set_draw_func (self->bars_area, draw_bars_area, self, NULL);
  update_answer (self);
}
