/* pz-drawings-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/net/mlp-interval.h"
#include "ink/ink-frame.h"
#include "model/pz-drawing-answers.h"
#include "widgets/common/pz-number.h"
#include "widgets/try/pz-drawings-figures.h"

struct _PzDrawingsFigures
{
  PzProjectWidget parent_instance;

  PzDrawings     *drawings;          /* (nullable) */
  GSignalGroup   *drawings_signals;

  /* Of the present network on the validation samples. */
  GCancellable   *measuring;         /* (nullable) */
  MlpMetrics      validation;
  gboolean        has_validation;

  GtkLabel       *own_label;
  GtkLabel       *other_label;
};

G_DEFINE_FINAL_TYPE (PzDrawingsFigures, pz_drawings_figures, PZ_TYPE_PROJECT_WIDGET)

/* (transfer full): "93.5 % (82 to 98 %)", which stays on one line */
static char *
format_share (gsize n_right,
              gsize n)
{
  g_autofree char *share = pz_number_format_percent ((double) n_right / (double) n);
  GString *text = g_string_new (NULL);
  double low, high;

  mlp_interval_share (n_right, n, &low, &high);

  /* One says nothing of the others. */
  if (isfinite (low))
    /* Translators: a share, and its 95 % interval: "93.5 % (82 to 98 %)" */
    g_string_append_printf (text, _("%s (%.0f to %.0f %%)"), share, 100.0 * low, 100.0 * high);
  else
    g_string_append (text, share);
  g_string_replace (text, " ", "\302\240", 0);

  return g_string_free (text, FALSE);
}

static void
append_line (GString    *text,
             const char *line)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

/* Beside one's own: of the data's own samples. */
static void
append_measured (GString          *text,
                 gboolean          test,
                 const MlpMetrics *metrics)
{
  g_autofree char *share = format_share ((gsize) round (metrics->accuracy * (double) metrics->n), metrics->n);
  g_autofree char *line = g_strdup_printf (test ? _("Test: %s") : _("Validation: %s"), share);

  append_line (text, line);
}

static void
update_other (PzDrawingsFigures *self,
              const RecipeData  *data)
{
  PzProject *project = self->parent_instance.project;
  g_autoptr(GString) text = g_string_new (NULL);
  MlpMetrics test;
  guint n, n_right;

  if (self->drawings != NULL &&
      (n = pz_drawing_answers_count (G_LIST_MODEL (self->drawings), data, TRUE, &n_right)) > 0)
    {
      g_autofree char *line = g_strdup_printf (_("Used for training, not for testing: %u of %u"), n_right, n);

      append_line (text, line);
    }

  if (project != NULL && pz_project_get_tested (project, &test)
      && test.n > 0 && isfinite (test.accuracy))
    append_measured (text, TRUE, &test);
  else if (self->has_validation && self->validation.n > 0 && isfinite (self->validation.accuracy))
    append_measured (text, FALSE, &self->validation);

  gtk_label_set_label (self->other_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->other_label), text->len > 0);
}

static void
update_figures (PzDrawingsFigures *self)
{
  PzProject *project = self->parent_instance.project;
  const RecipeData *data = project != NULL ? pz_project_peek_net_data (project) : NULL;
  const guint n_all = self->drawings != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->drawings)) : 0;
  g_autofree char *text = NULL;
  guint n = 0;
  guint n_seen = 0;
  guint n_right, n_seen_right;

  if (n_all > 0)
    {
      n = pz_drawing_answers_count (G_LIST_MODEL (self->drawings), data, FALSE, &n_right);
      n_seen = pz_drawing_answers_count (G_LIST_MODEL (self->drawings), data, TRUE, &n_seen_right);
    }
  if (n_all == 0)
    {
      text = g_strdup (_("Draw a digit and press its key to label it: it is kept here as your own data."));
    }
  else if (n > 0)
    {
      g_autofree char *share = format_share (n_right, n);

      text = g_strdup_printf (n_seen > 0
                              /* Translators: drawings that the network was not trained on: how many are right
                               * of how many; the share with its interval */
                              ? _("My drawings, not trained on: %u of %u, %s")
                              : _("My drawings: %u of %u, %s"), n_right, n, share);
    }
  else if (n_seen > 0)
    {
      text = g_strdup (_("The network was trained on all of them; draw new ones to test it."));
    }
  else
    {
      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u drawing", "%u drawings", n_all), n_all);
    }

  gtk_label_set_label (self->own_label, text);
  update_other (self, data);
}

static void
on_measured (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(PzDrawingsFigures) self = user_data;
  PzProject *project = self->parent_instance.project;
  g_autoptr(GError) error = NULL;
  MlpMetrics metrics;
  gboolean ok = pz_project_evaluate_finish (PZ_PROJECT (object), result, &metrics, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || project != PZ_PROJECT (object))
    return;

  g_clear_object (&self->measuring);
  self->has_validation = ok;
  if (ok)
    self->validation = metrics;
  update_figures (self);
}

/* While it learns, every network is another: there is none to be measured. */
static void
measure_validation (PzDrawingsFigures *self)
{
  PzProject *project = self->parent_instance.project;

  if (self->measuring != NULL)
    g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  self->has_validation = FALSE;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || project == NULL || pz_project_peek_net (project) == NULL
      || pz_project_peek_net_data (project)->rows != INK_FRAME_SIDE
      || pz_trainer_get_busy (pz_project_get_trainer (project)))
    return;

  self->measuring = g_cancellable_new ();
  pz_project_evaluate_async (project, MLP_VALIDATION, self->measuring, on_measured, g_object_ref (self));
}

/* Asks the network about the drawings, if somebody looks. */
static void
query_network (PzDrawingsFigures *self)
{
  PzProject *project = self->parent_instance.project;
  const MlpNet *net = project != NULL ? pz_project_peek_net (project) : NULL;
  const RecipeData *data = net != NULL ? pz_project_peek_net_data (project) : NULL;
  const gboolean fits = data != NULL && data->rows == INK_FRAME_SIDE && data->columns == INK_FRAME_SIDE;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)) || self->drawings == NULL)
    return;

  pz_drawings_ask (self->drawings, project, fits ? net : NULL, fits ? data->scale : 0.0f);
}

static void
on_net_changed (PzDrawingsFigures *self)
{
  query_network (self);
  measure_validation (self);
  update_figures (self);
}

static void
on_answered (PzDrawingsFigures *self)
{
  if (pz_drawings_get_asker (self->drawings) == self->parent_instance.project)
    update_figures (self);
}

static void
pz_drawings_figures_map (GtkWidget *widget)
{
  PzDrawingsFigures *self = PZ_DRAWINGS_FIGURES (widget);

  GTK_WIDGET_CLASS (pz_drawings_figures_parent_class)->map (widget);

  on_net_changed (self);
}

/* Back to this window: its network is the one that is asked about. */
static void
on_active (PzDrawingsFigures *self)
{
  if (self->drawings != NULL && pz_drawings_get_asker (self->drawings) != self->parent_instance.project
      && gtk_window_is_active (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)))))
    query_network (self);
}

static void
pz_drawings_figures_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pz_drawings_figures_parent_class)->root (widget);

  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_swapped (gtk_widget_get_root (widget), "notify::is-active", G_CALLBACK (on_active), widget);
}

static void
pz_drawings_figures_unroot (GtkWidget *widget)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_root (widget), widget);

  GTK_WIDGET_CLASS (pz_drawings_figures_parent_class)->unroot (widget);
}

static void
pz_drawings_figures_project_changed (PzProjectWidget *widget)
{
  on_net_changed (PZ_DRAWINGS_FIGURES (widget));
}

static void
pz_drawings_figures_dispose (GObject *object)
{
  PzDrawingsFigures *self = PZ_DRAWINGS_FIGURES (object);

  if (self->measuring != NULL)
    g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  g_clear_object (&self->drawings_signals);
  g_clear_object (&self->drawings);

  G_OBJECT_CLASS (pz_drawings_figures_parent_class)->dispose (object);
}

static void
pz_drawings_figures_class_init (PzDrawingsFiguresClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_drawings_figures_dispose;
  widget_class->map = pz_drawings_figures_map;
  widget_class->root = pz_drawings_figures_root;
  widget_class->unroot = pz_drawings_figures_unroot;

  project_class->project_changed = pz_drawings_figures_project_changed;

  gtk_widget_class_set_css_name (widget_class, "drawingsfigures");
}

/* (transfer floating) */
static GtkLabel *
make_label (void)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0.0f);
  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_width_chars (label, 24);
  gtk_label_set_max_width_chars (label, 28);
  gtk_widget_add_css_class (GTK_WIDGET (label), "numeric");

  return label;
}

static void
pz_drawings_figures_init (PzDrawingsFigures *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  self->own_label = make_label ();
  self->other_label = make_label ();
  gtk_widget_add_css_class (GTK_WIDGET (self->other_label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->other_label), "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->own_label));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->other_label));
  gtk_widget_set_parent (box, GTK_WIDGET (self));

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (on_net_changed));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "train-ended", G_CALLBACK (measure_validation));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (measure_validation));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "tested", G_CALLBACK (update_figures));

  self->drawings_signals = g_signal_group_new (PZ_TYPE_DRAWINGS);
  g_signal_group_connect_swapped (self->drawings_signals, "answered", G_CALLBACK (on_answered), self);
  g_signal_group_connect_swapped (self->drawings_signals, "items-changed", G_CALLBACK (update_figures), self);
  g_signal_group_connect_swapped (self->drawings_signals, "saved", G_CALLBACK (update_figures), self);

  update_figures (self);
}

void
pz_drawings_figures_set_drawings (PzDrawingsFigures *self,
                                  PzDrawings        *drawings)
{
  g_return_if_fail (PZ_IS_DRAWINGS_FIGURES (self));
  g_return_if_fail (drawings == NULL || PZ_IS_DRAWINGS (drawings));

  if (!g_set_object (&self->drawings, drawings))
    return;

  g_signal_group_set_target (self->drawings_signals, drawings);
  on_net_changed (self);
}
