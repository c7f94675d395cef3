/* pz-draw-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "datasets/ds-digit.h"
#include "draw/draw-bars.h"
#include "draw/draw-sketch.h"
#include "widgets/pz-draw-view.h"
#include "widgets/pz-picture-source.h"
#include "widgets/pz-sketch-pad.h"
#include "widgets/pz-theme.h"

/* Pixels of the image that the rule of MNIST gets: four for one of its. */
#define INK_SIDE 112

/* More bars than these cannot be read beside a pad; then the best are shown. */
#define MAX_BARS 10

struct _PzDrawView
{
  GtkWidget       parent_instance;

  /* Owned */
  PzProject      *project;              /* (nullable) */
  PzSketch       *sketch;
  GSignalGroup   *project_signals;
  GSignalGroup   *predictor_signals;

  gboolean        erasing;
  guint           ask_id;               /* the drawing changed and was not yet asked about */

  /* From the template */
  GtkWidget      *empty_page;
  GtkWidget      *page;
  PzSketchPad    *pad;
  GtkWidget      *pad_hint;
  GtkLabel       *answer_label;
  GtkLabel       *detail_label;
  GtkDrawingArea *bars_area;
  GtkDrawingArea *frame_area;
};

enum {
  PROP_0,
  PROP_PROJECT,
  PROP_ERASING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzDrawView, pz_draw_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static PzPredictor *
get_predictor (PzDrawView *self)
{
  return self->project != NULL ? pz_project_get_predictor (self->project) : NULL;
}

/* Class @i of the network, by the name that its data had for it. (transfer full) */
static char *
dup_class_name (PzDrawView *self,
                gsize       i)
{
  const RecipeData *data = self->project != NULL ? pz_project_peek_net_data (self->project) : NULL;

  if (data != NULL && data->class_names != NULL && i < g_strv_length (data->class_names))
    return g_strdup (*data->class_names[i] != '\0' ? _(data->class_names[i]) : "");

  return g_strdup_printf ("%" G_GSIZE_FORMAT, i);
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

/* What to do so that there is an answer. */
static const char *
get_hint (PzDrawView *self)
{
  const RecipeData *data;

  if (self->project == NULL || pz_project_peek_net (self->project) == NULL)
    return _("Train a network, and it will answer here.");

  data = pz_project_peek_net_data (self->project);
  if (data->rows != DS_DIGIT_SIDE || data->columns != DS_DIGIT_SIDE)
    return _("This network does not take pictures of 28 × 28 pixels.");

  return _("Draw on the pad, and the network will answer.");
}

/* (transfer full): "7: 98 %, 9: 1 %, 4: 0 %", best first */
static char *
describe_outputs (PzDrawView  *self,
                  const float *outputs,
                  gsize        n)
{
  GString *words = g_string_new (NULL);
  g_autofree gboolean *told = g_new0 (gboolean, n);

  for (gsize k = 0; k < MIN (n, 3); k++)
    {
      g_autofree char *name = NULL;
      gsize best = n;

      for (gsize i = 0; i < n; i++)
        if (!told[i] && (best == n || outputs[i] > outputs[best]))
          best = i;
      told[best] = TRUE;
      name = dup_class_name (self, best);
      if (words->len > 0)
        g_string_append (words, ", ");
      /* Translators: a class and its share: "7: 98 %" */
      g_string_append_printf (words, _("%s: %.0f %%"), name, 100.0 * (double) outputs[best]);
    }

  return g_string_free (words, FALSE);
}

/* Whoever has chosen molecules has nothing to draw. */
static void
update_page (PzDrawView *self)
{
  const RecipeData *data = self->project != NULL ? pz_project_peek_net_data (self->project) : NULL;
  const gboolean has_net = self->project != NULL && pz_project_peek_net (self->project) != NULL;
  const gboolean molecules = has_net ? data->task != NULL
                             : self->project != NULL && pz_project_has_molecules (self->project);

  gtk_widget_set_visible (self->empty_page, molecules);
  gtk_widget_set_visible (self->page, !molecules);
}

static void
show_answer (PzDrawView *self)
{
  PzPredictor *predictor = get_predictor (self);
  const float *outputs = NULL;
  gsize n_outputs = 0;

  if (predictor != NULL)
    outputs = pz_predictor_peek_outputs (predictor, &n_outputs);

  if (outputs != NULL && n_outputs > 0)
    {
      guint answer = pz_predictor_get_answer (predictor);
      g_autofree char *name = dup_class_name (self, answer);
      g_autofree char *share = NULL;
      g_autofree char *label = NULL;
      g_autofree char *words = describe_outputs (self, outputs, n_outputs);

      share = g_strdup_printf (_("%.0f %%"), 100.0 * (double) outputs[answer]);
      /* Translators: the class that was recognised, and its share */
      label = g_strdup_printf (_("Answer: %s, %s"), name, share);

      gtk_label_set_label (self->answer_label, name);
      gtk_widget_remove_css_class (GTK_WIDGET (self->answer_label), "dim-label");
      gtk_label_set_label (self->detail_label, share);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->answer_label),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars_area),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                      -1);
    }
  else
    {
      gtk_label_set_label (self->answer_label, "–");
      gtk_widget_add_css_class (GTK_WIDGET (self->answer_label), "dim-label");
      gtk_label_set_label (self->detail_label, get_hint (self));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->answer_label),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, _("No answer yet"),
                                      -1);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars_area),
                                      GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, _("No answer yet"),
                                      -1);
    }

  gtk_widget_queue_draw (GTK_WIDGET (self->bars_area));
  gtk_widget_queue_draw (GTK_WIDGET (self->frame_area));
}

static void
ask (PzDrawView *self)
{
  PzPredictor *predictor = get_predictor (self);
  g_autofree guint8 *ink = NULL;
  const PzPoint *points;
  gsize n_points;

  if (predictor == NULL)
    return;

  points = pz_sketch_peek_points (self->sketch, &n_points);
  if (n_points == 0)
    {
      pz_predictor_set_ink (predictor, NULL, 0);
      return;
    }

  ink = g_malloc (INK_SIDE * INK_SIDE);
  draw_sketch_to_ink ((const DrawPoint *) (gconstpointer) points, n_points, INK_SIDE, ink);
  pz_predictor_set_ink (predictor, ink, INK_SIDE);
}

static gboolean
on_ask (gpointer user_data)
{
  PzDrawView *self = user_data;

  self->ask_id = 0;
  ask (self);

  return G_SOURCE_REMOVE;
}

/* One event may bring many points; they are one question. Not later than the
 * next frame.
 */
static void
on_sketch_changed (PzDrawView *self)
{
  gboolean empty = pz_sketch_get_empty (self->sketch);

  gtk_widget_set_visible (self->pad_hint, empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draw.undo", pz_sketch_get_can_undo (self->sketch));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draw.redo", pz_sketch_get_can_redo (self->sketch));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draw.clear", !empty);

  if (self->ask_id == 0)
    {
      self->ask_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_ask, self, NULL);
      g_source_set_name_by_id (self->ask_id, "[pz] ask about the drawing");
    }
}

static void
draw_bars_area (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  PzDrawView *self = user_data;
  PzPredictor *predictor = get_predictor (self);
  g_auto(GStrv) names = g_new0 (char *, MAX_BARS + 1);
  gsize order[MAX_BARS];
  float values[MAX_BARS];
  const float *outputs = NULL;
  gsize n_outputs = 0;
  DrawBars bars = { .chosen = -1 };
  DrawTheme theme;

  if (predictor != NULL)
    outputs = pz_predictor_peek_outputs (predictor, &n_outputs);
  if (outputs == NULL)
    {
      const MlpNet *net = self->project != NULL ? pz_project_peek_net (self->project) : NULL;

      n_outputs = net != NULL ? mlp_net_get_width (net, mlp_net_get_n_layers (net)) : 10;
    }

  bars.n_bars = order_classes (outputs, n_outputs, order);
  bars.labels = (const char *const *) names;
  for (gsize i = 0; i < bars.n_bars; i++)
    {
      names[i] = dup_class_name (self, order[i]);
      if (outputs == NULL)
        continue;
      values[i] = outputs[order[i]];
      if (order[i] == pz_predictor_get_answer (predictor))
        bars.chosen = (gssize) i;
    }
  bars.values = outputs != NULL ? values : NULL;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_bars (cr, &theme, width, height, &bars);
}

static void
draw_frame_area (GtkDrawingArea *area,
                 cairo_t        *cr,
                 int             width,
                 int             height,
                 gpointer        user_data)
{
  PzDrawView *self = user_data;
  PzPredictor *predictor = get_predictor (self);
  const guint8 *frame = predictor != NULL ? pz_predictor_peek_frame (predictor) : NULL;
  DrawTheme theme;

  if (frame == NULL)
    return;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_sketch_picture (cr, &theme, 0, 0, width, height, frame, DS_DIGIT_SIDE, DS_DIGIT_SIDE);
}

static void
on_undo (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  pz_sketch_undo (PZ_DRAW_VIEW (widget)->sketch);
}

static void
on_redo (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  pz_sketch_redo (PZ_DRAW_VIEW (widget)->sketch);
}

static void
on_clear (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  pz_sketch_clear (PZ_DRAW_VIEW (widget)->sketch);
}

static void
pz_draw_view_dispose (GObject *object)
{
  PzDrawView *self = PZ_DRAW_VIEW (object);
  GtkWidget *child;

  g_clear_handle_id (&self->ask_id, g_source_remove);
  if (self->sketch != NULL)
    g_signal_handlers_disconnect_by_data (self->sketch, self);
  g_clear_object (&self->project_signals);
  g_clear_object (&self->predictor_signals);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_DRAW_VIEW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  g_clear_object (&self->project);
  g_clear_object (&self->sketch);

  G_OBJECT_CLASS (pz_draw_view_parent_class)->dispose (object);
}

static void
pz_draw_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PzDrawView *self = PZ_DRAW_VIEW (object);

  switch (prop_id)
    {
    case PROP_PROJECT:
      g_value_set_object (value, pz_draw_view_get_project (self));
      break;

    case PROP_ERASING:
      g_value_set_boolean (value, pz_draw_view_get_erasing (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_draw_view_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  PzDrawView *self = PZ_DRAW_VIEW (object);

  switch (prop_id)
    {
    case PROP_PROJECT:
      pz_draw_view_set_project (self, g_value_get_object (value));
      break;

    case PROP_ERASING:
      pz_draw_view_set_erasing (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_draw_view_class_init (PzDrawViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_draw_view_dispose;
  object_class->get_property = pz_draw_view_get_property;
  object_class->set_property = pz_draw_view_set_property;

  properties[PROP_PROJECT] =
    g_param_spec_object ("project", NULL, NULL,
                         PZ_TYPE_PROJECT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_ERASING] =
    g_param_spec_boolean ("erasing", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "draw.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "draw.redo", NULL, on_redo);
  gtk_widget_class_install_action (widget_class, "draw.clear", NULL, on_clear);
  gtk_widget_class_install_property_action (widget_class, "draw.erase", "erasing");

  pz_picture_source_install_actions (widget_class);

  /* Not Ctrl+Z, which belongs to the recipe. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "draw.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "draw.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "draw.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, GDK_SHIFT_MASK, "draw.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "draw.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "draw.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, 0, "draw.erase", NULL);

  /* The builder looks types up by name; this makes the name known. */
  g_type_ensure (PZ_TYPE_SKETCH_PAD);

  gtk_widget_class_set_css_name (widget_class, "drawview");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/perzeptron/Perzeptron/ui/pz-draw-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, page);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, pad);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, pad_hint);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, answer_label);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, detail_label);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, bars_area);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, frame_area);
}

static void
pz_draw_view_init (PzDrawView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->sketch = pz_sketch_new ();
  g_signal_connect_swapped (self->sketch, "changed", G_CALLBACK (on_sketch_changed), self);
  pz_sketch_pad_set_sketch (self->pad, self->sketch);

  /* The predictor says itself when there is another answer; a network that came
   * or went changes the hint only.
   */
  self->project_signals = g_signal_group_new (PZ_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "net-changed",
                                  G_CALLBACK (show_answer), self);
  g_signal_group_connect_swapped (self->project_signals, "net-changed", G_CALLBACK (update_page), self);
  g_signal_group_connect_swapped (self->project_signals, "notify::molecules", G_CALLBACK (update_page), self);
  self->predictor_signals = g_signal_group_new (PZ_TYPE_PREDICTOR);
  g_signal_group_connect_swapped (self->predictor_signals, "changed",
                                  G_CALLBACK (show_answer), self);

  gtk_drawing_area_set_draw_func (self->bars_area, draw_bars_area, self, NULL);
  gtk_drawing_area_set_draw_func (self->frame_area, draw_frame_area, self, NULL);

  on_sketch_changed (self);
  show_answer (self);
}

GtkWidget *
pz_draw_view_new (void)
{
  return g_object_new (PZ_TYPE_DRAW_VIEW, NULL);
}

PzProject *
pz_draw_view_get_project (PzDrawView *self)
{
  g_return_val_if_fail (PZ_IS_DRAW_VIEW (self), NULL);

  return self->project;
}

void
pz_draw_view_set_project (PzDrawView *self,
                          PzProject  *project)
{
  g_return_if_fail (PZ_IS_DRAW_VIEW (self));
  g_return_if_fail (project == NULL || PZ_IS_PROJECT (project));

  if (!g_set_object (&self->project, project))
    return;

  g_signal_group_set_target (self->project_signals, project);
  g_signal_group_set_target (self->predictor_signals, get_predictor (self));
  ask (self);
  show_answer (self);
  update_page (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROJECT]);
}

gboolean
pz_draw_view_get_erasing (PzDrawView *self)
{
  g_return_val_if_fail (PZ_IS_DRAW_VIEW (self), FALSE);

  return self->erasing;
}

void
pz_draw_view_set_erasing (PzDrawView *self,
                          gboolean    erasing)
{
  g_return_if_fail (PZ_IS_DRAW_VIEW (self));

  erasing = !!erasing;
  if (self->erasing == erasing)
    return;

  self->erasing = erasing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERASING]);
}

PzSketch *
pz_draw_view_get_sketch (PzDrawView *self)
{
  g_return_val_if_fail (PZ_IS_DRAW_VIEW (self), NULL);

  return self->sketch;
}
