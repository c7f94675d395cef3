/* pz-sketch-pad.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-color.h"
#include "draw/draw-sketch.h"
#include "widgets/common/pz-hold-page.h"
#include "widgets/common/pz-theme.h"
#include "widgets/try/pz-sketch-pad.h"
#include "widgets/try/pz-sketch-pen.h"

struct _PzSketchPad
{
  GtkWidget     parent_instance;

  PzSketch     *sketch;             /* (nullable) */
  GSignalGroup *sketch_signals;
  gboolean      erasing;

  gboolean      stroke_erases;      /* as it began */
  float         last_u;             /* of the stroke, in the unit square */
  float         last_v;

  PzSketchPen   pen;                /* of the keyboard */
  gboolean      is_pointed;         /* a mouse, finger or pen was last in use, not the keyboard */
};

enum {
  PROP_0,
  PROP_SKETCH,
  PROP_ERASING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzSketchPad, pz_sketch_pad, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

/* The unit square lies in the middle of the widget. */
static double
get_square (PzSketchPad *self,
            double      *x,
            double      *y)
{
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  int height = gtk_widget_get_height (GTK_WIDGET (self));
  double side = MAX (MIN (width, height), 1);

  *x = (width - side) / 2.0;
  *y = (height - side) / 2.0;

  return side;
}

static void
to_unit (PzSketchPad *self,
         double       x,
         double       y,
         float       *u,
         float       *v)
{
  double left, top;
  double side = get_square (self, &left, &top);

  *u = (float) ((x - left) / side);
  *v = (float) ((y - top) / side);
}

static void
update_description (PzSketchPad *self)
{
  g_autofree char *words = pz_sketch_pen_describe (&self->pen, self->sketch);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_sketch_changed (PzSketchPad *self)
{
  if (self->sketch != NULL)
    pz_sketch_pen_follow (&self->pen, self->sketch);
  update_description (self);
}

static gboolean
on_pen_key (GtkWidget *widget,
            GVariant  *arguments,
            gpointer   user_data)
{
  PzSketchPad *self = PZ_SKETCH_PAD (widget);
  gboolean done;

  if (self->sketch == NULL)
    return FALSE;

  self->is_pointed = FALSE;
  done = pz_sketch_pen_act (&self->pen, self->sketch, self->erasing, arguments);
  update_description (self);

  return done;
}

/* The keyboard's cross is seen as long as the focus is, and when it comes again. */
static void
on_focus_left (PzSketchPad *self)
{
  self->is_pointed = FALSE;
  if (self->sketch != NULL)
    pz_sketch_pen_lift (&self->pen, self->sketch);
  update_description (self);
}

static void
pz_sketch_pad_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PzSketchPad *self = PZ_SKETCH_PAD (widget);
  const InkPoint *points;
  gsize n_points;
  double x, y, side;
  gboolean has_cross = gtk_widget_has_visible_focus (widget) && !self->is_pointed;
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, 0.0, 0.0 };

  if (self->sketch == NULL || (pz_sketch_get_empty (self->sketch) && !has_cross))
    return;

  side = canvas.width = canvas.height = get_square (self, &x, &y);
  points = pz_sketch_peek_points (self->sketch, &n_points);
  pz_theme_from_widget (widget, &theme);

  canvas.cr = gtk_snapshot_append_cairo (snapshot,
                                         &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) side, (float) side));
  cairo_translate (canvas.cr, x, y);
  draw_color_set_source (canvas.cr, theme.foreground);
  draw_sketch (canvas.cr, side, INK_STROKE_PEN, points, n_points);
  if (has_cross)
    draw_sketch_cross (&canvas, (double) self->pen.x, (double) self->pen.y, self->pen.is_down);
  cairo_destroy (canvas.cr);
}

/* At least four pixels for one of the network's. */
static void
pz_sketch_pad_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = 168;
  *natural = 520;
}

static void
pz_sketch_pad_dispose (GObject *object)
{
  PzSketchPad *self = PZ_SKETCH_PAD (object);

  g_clear_object (&self->sketch_signals);
  g_clear_object (&self->sketch);

  G_OBJECT_CLASS (pz_sketch_pad_parent_class)->dispose (object);
}

static void
pz_sketch_pad_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PzSketchPad *self = PZ_SKETCH_PAD (object);

  switch (prop_id)
    {
    case PROP_SKETCH:
      g_value_set_object (value, pz_sketch_pad_get_sketch (self));
      break;

    case PROP_ERASING:
      g_value_set_boolean (value, pz_sketch_pad_get_erasing (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_sketch_pad_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PzSketchPad *self = PZ_SKETCH_PAD (object);

  switch (prop_id)
    {
    case PROP_SKETCH:
      pz_sketch_pad_set_sketch (self, g_value_get_object (value));
      break;

    case PROP_ERASING:
      pz_sketch_pad_set_erasing (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_sketch_pad_class_init (PzSketchPadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_sketch_pad_dispose;
  object_class->get_property = pz_sketch_pad_get_property;
  object_class->set_property = pz_sketch_pad_set_property;

  widget_class->measure = pz_sketch_pad_measure;
  widget_class->snapshot = pz_sketch_pad_snapshot;

  properties[PROP_SKETCH] =
    g_param_spec_object ("sketch", NULL, NULL,
                         PZ_TYPE_SKETCH,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_ERASING] =
    g_param_spec_boolean ("erasing", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  pz_sketch_pen_bind (widget_class, on_pen_key);

  gtk_widget_class_set_css_name (widget_class, "sketchpad");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_sketch_pad_init (PzSketchPad *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkEventController *focus = gtk_event_controller_focus_new ();

  pz_sketch_pen_init (&self->pen);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_left), self);
  gtk_widget_add_controller (widget, focus);

  self->sketch_signals = g_signal_group_new (PZ_TYPE_SKETCH);
  g_signal_group_connect_swapped (self->sketch_signals, "changed",
                                  G_CALLBACK (on_sketch_changed), self);

  gtk_widget_set_focusable (widget, TRUE);
  gtk_widget_set_overflow (widget, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_cursor_from_name (widget, "crosshair");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Drawing Pad"),
                                  -1);
}

PzSketch *
pz_sketch_pad_get_sketch (PzSketchPad *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH_PAD (self), NULL);

  return self->sketch;
}

void
pz_sketch_pad_set_sketch (PzSketchPad *self,
                          PzSketch    *sketch)
{
  g_return_if_fail (PZ_IS_SKETCH_PAD (self));
  g_return_if_fail (sketch == NULL || PZ_IS_SKETCH (sketch));

  if (!g_set_object (&self->sketch, sketch))
    return;

  g_signal_group_set_target (self->sketch_signals, sketch);
  on_sketch_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SKETCH]);
}

gboolean
pz_sketch_pad_get_erasing (PzSketchPad *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH_PAD (self), FALSE);

  return self->erasing;
}

void
pz_sketch_pad_set_erasing (PzSketchPad *self,
                           gboolean     erasing)
{
  g_return_if_fail (PZ_IS_SKETCH_PAD (self));

  erasing = !!erasing;
  if (self->erasing == erasing)
    return;

  self->erasing = erasing;
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), erasing ? "cell" : "crosshair");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERASING]);
}

void
pz_sketch_pad_begin_stroke (PzSketchPad *self,
                            double       x,
                            double       y,
                            float        pressure,
                            gboolean     erase)
{
  g_return_if_fail (PZ_IS_SKETCH_PAD (self));

  if (self->sketch == NULL)
    return;

  self->is_pointed = TRUE;
  self->stroke_erases = erase;
  pz_hold_page (GTK_WIDGET (self), TRUE);
  pz_sketch_pen_lift (&self->pen, self->sketch);
  to_unit (self, x, y, &self->last_u, &self->last_v);
  if (erase)
    pz_sketch_erase (self->sketch, self->last_u, self->last_v, self->last_u, self->last_v, PZ_ERASER_RADIUS);
  else
    pz_sketch_begin_stroke (self->sketch, self->last_u, self->last_v, pressure);
}

void
pz_sketch_pad_move_stroke (PzSketchPad *self,
                           double       x,
                           double       y,
                           float        pressure)
{
  float u, v;

  g_return_if_fail (PZ_IS_SKETCH_PAD (self));

  if (self->sketch == NULL)
    return;

  to_unit (self, x, y, &u, &v);
  if (self->stroke_erases)
    pz_sketch_erase (self->sketch, self->last_u, self->last_v, u, v, PZ_ERASER_RADIUS);
  else
    pz_sketch_add_point (self->sketch, u, v, pressure);

  self->last_u = u;
  self->last_v = v;
}

void
pz_sketch_pad_end_stroke (PzSketchPad *self)
{
  g_return_if_fail (PZ_IS_SKETCH_PAD (self));

  pz_hold_page (GTK_WIDGET (self), FALSE);
  if (self->sketch != NULL)
    pz_sketch_end_stroke (self->sketch);
}

void
pz_sketch_pad_cancel_stroke (PzSketchPad *self)
{
  g_return_if_fail (PZ_IS_SKETCH_PAD (self));

  pz_hold_page (GTK_WIDGET (self), FALSE);
  if (self->sketch != NULL)
    pz_sketch_cancel_stroke (self->sketch);
}
