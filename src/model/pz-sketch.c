/* pz-sketch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "model/pz-sketch.h"

struct _PzSketch
{
  GObject    parent_instance;

  GPtrArray *strokes;       /* of GArray of InkPoint; shared with the mementos, never changed */
  GArray    *under_way;     /* (nullable): the stroke being drawn */
  GArray    *points;        /* all of them, one stroke after the other */
  GPtrArray *undo;          /* of GPtrArray: earlier strokes */
  GPtrArray *redo;
};

enum {
  PROP_0,
  PROP_EMPTY,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzSketch, pz_sketch, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* What the properties were before a change. */
typedef struct
{
  gboolean empty;
  gboolean can_undo;
  gboolean can_redo;
} Before;

static Before
get_state (PzSketch *self)
{
  return (Before) {
           pz_sketch_get_empty (self), pz_sketch_get_can_undo (self), pz_sketch_get_can_redo (self)
  };
}

static void
notify_changes (PzSketch *self,
                Before    before)
{
  if (before.empty != pz_sketch_get_empty (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EMPTY]);
  if (before.can_undo != pz_sketch_get_can_undo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  if (before.can_redo != pz_sketch_get_can_redo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GPtrArray *
strokes_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);
}

static GPtrArray *
strokes_copy (GPtrArray *strokes)
{
  GPtrArray *copy = strokes_new ();

  for (guint i = 0; i < strokes->len; i++)
    g_ptr_array_add (copy, g_array_ref (g_ptr_array_index (strokes, i)));

  return copy;
}

/* Before a change that can be undone. */
static void
push_undo (PzSketch *self)
{
  g_ptr_array_add (self->undo, strokes_copy (self->strokes));
  g_ptr_array_set_size (self->redo, 0);
}

static void
collect_points (PzSketch *self)
{
  g_array_set_size (self->points, 0);
  for (guint i = 0; i < self->strokes->len; i++)
    {
      GArray *stroke = g_ptr_array_index (self->strokes, i);

      g_array_append_vals (self->points, stroke->data, stroke->len);
    }
  if (self->under_way != NULL)
    g_array_append_vals (self->points, self->under_way->data, self->under_way->len);
}

static double
distance_to_segment (const InkPoint *a,
                     const InkPoint *b,
                     const InkPoint *p)
{
  double dx = (double) b->x - (double) a->x;
  double dy = (double) b->y - (double) a->y;
  double x = (double) p->x - (double) a->x;
  double y = (double) p->y - (double) a->y;
  double length2 = dx * dx + dy * dy;
  double t = length2 > 0.0 ? CLAMP ((x * dx + y * dy) / length2, 0.0, 1.0) : 0.0;

  return hypot (t * dx - x, t * dy - y);
}

/* On which side of the line from @a to @b it lies: > 0, < 0, or on it. */
static double
get_side (const InkPoint *a,
          const InkPoint *b,
          const InkPoint *p)
{
  return ((double) b->x - (double) a->x) * ((double) p->y - (double) a->y)
         - ((double) b->y - (double) a->y) * ((double) p->x - (double) a->x);
}

/* From a–b to p–q: they cross, or one of their ends is the nearest. */
static double
distance_between_segments (const InkPoint *a,
                           const InkPoint *b,
                           const InkPoint *p,
                           const InkPoint *q)
{
  if (get_side (a, b, p) * get_side (a, b, q) < 0.0 && get_side (p, q, a) * get_side (p, q, b) < 0.0)
    return 0.0;

  return MIN (MIN (distance_to_segment (a, b, p), distance_to_segment (a, b, q)),
              MIN (distance_to_segment (p, q, a), distance_to_segment (p, q, b)));
}

static gboolean
stroke_comes_within (GArray         *stroke,
                     const InkPoint *from,
                     const InkPoint *to,
                     double          radius)
{
  const InkPoint *points = (const InkPoint *) (gpointer) stroke->data;

  for (guint i = 0; i < stroke->len; i++)
    if (distance_between_segments (&points[i > 0 ? i - 1 : 0], &points[i], from, to) <= radius)
      return TRUE;

  return FALSE;
}

static void
append_point (PzSketch *self,
              float     x,
              float     y,
              float     pressure,
              gboolean  starts)
{
  InkPoint point;

  /* A pen may leave the pad; a broken one may report nonsense. */
  if (!isfinite (x) || !isfinite (y))
    return;

  point.x = CLAMP (x, 0.0f, 1.0f);
  point.y = CLAMP (y, 0.0f, 1.0f);
  point.pressure = isfinite (pressure) ? CLAMP (pressure, 0.0f, 1.0f) : 0.5f;
  point.starts = starts;
  g_array_append_val (self->under_way, point);
  g_array_append_val (self->points, point);
}

/* Undo and redo are each other's mirror image. */
static gboolean
step_history (PzSketch  *self,
              GPtrArray *from,
              GPtrArray *to)
{
  Before before = get_state (self);

  if (self->under_way != NULL || from->len == 0)
    return FALSE;

  g_ptr_array_add (to, g_steal_pointer (&self->strokes));
  self->strokes = g_ptr_array_steal_index (from, from->len - 1);
  collect_points (self);
  notify_changes (self, before);

  return TRUE;
}

static void
pz_sketch_finalize (GObject *object)
{
  PzSketch *self = PZ_SKETCH (object);

  g_clear_pointer (&self->strokes, g_ptr_array_unref);
  g_clear_pointer (&self->under_way, g_array_unref);
  g_clear_pointer (&self->points, g_array_unref);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);

  G_OBJECT_CLASS (pz_sketch_parent_class)->finalize (object);
}

static void
pz_sketch_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  PzSketch *self = PZ_SKETCH (object);

  switch (prop_id)
    {
    case PROP_EMPTY:
      g_value_set_boolean (value, pz_sketch_get_empty (self));
      break;

    case PROP_CAN_UNDO:
      g_value_set_boolean (value, pz_sketch_get_can_undo (self));
      break;

    case PROP_CAN_REDO:
      g_value_set_boolean (value, pz_sketch_get_can_redo (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_sketch_class_init (PzSketchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pz_sketch_finalize;
  object_class->get_property = pz_sketch_get_property;

  properties[PROP_EMPTY] =
    g_param_spec_boolean ("empty", NULL, NULL,
                          TRUE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_CAN_UNDO] =
    g_param_spec_boolean ("can-undo", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_CAN_REDO] =
    g_param_spec_boolean ("can-redo", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_sketch_init (PzSketch *self)
{
  self->strokes = strokes_new ();
  self->points = g_array_new (FALSE, FALSE, sizeof (InkPoint));
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
}

PzSketch *
pz_sketch_new (void)
{
  return g_object_new (PZ_TYPE_SKETCH, NULL);
}

void
pz_sketch_begin_stroke (PzSketch *self,
                        float     x,
                        float     y,
                        float     pressure)
{
  Before before;

  g_return_if_fail (PZ_IS_SKETCH (self));

  pz_sketch_end_stroke (self);

  before = get_state (self);
  self->under_way = g_array_new (FALSE, FALSE, sizeof (InkPoint));
  append_point (self, x, y, pressure, TRUE);
  notify_changes (self, before);
}

void
pz_sketch_add_point (PzSketch *self,
                     float     x,
                     float     y,
                     float     pressure)
{
  Before before;

  g_return_if_fail (PZ_IS_SKETCH (self));

  if (self->under_way == NULL)
    return;

  before = get_state (self);
  append_point (self, x, y, pressure, self->under_way->len == 0);
  notify_changes (self, before);
}

void
pz_sketch_end_stroke (PzSketch *self)
{
  Before before;

  g_return_if_fail (PZ_IS_SKETCH (self));

  if (self->under_way == NULL)
    return;

  before = get_state (self);
  if (self->under_way->len > 0)
    {
      push_undo (self);
      g_ptr_array_add (self->strokes, g_steal_pointer (&self->under_way));
    }
  else
    {
      g_clear_pointer (&self->under_way, g_array_unref);
    }
  notify_changes (self, before);
}

void
pz_sketch_cancel_stroke (PzSketch *self)
{
  Before before;

  g_return_if_fail (PZ_IS_SKETCH (self));

  if (self->under_way == NULL)
    return;

  before = get_state (self);
  g_clear_pointer (&self->under_way, g_array_unref);
  collect_points (self);
  notify_changes (self, before);
}

gboolean
pz_sketch_erase (PzSketch *self,
                 float     from_x,
                 float     from_y,
                 float     to_x,
                 float     to_y,
                 float     radius)
{
  const InkPoint from = { .x = from_x, .y = from_y };
  const InkPoint to = { .x = to_x, .y = to_y };
  g_autoptr(GPtrArray) kept = NULL;
  Before before;

  g_return_val_if_fail (PZ_IS_SKETCH (self), FALSE);

  pz_sketch_end_stroke (self);

  kept = strokes_new ();
  for (guint i = 0; i < self->strokes->len; i++)
    {
      GArray *stroke = g_ptr_array_index (self->strokes, i);

      if (!stroke_comes_within (stroke, &from, &to, (double) radius))
        g_ptr_array_add (kept, g_array_ref (stroke));
    }
  if (kept->len == self->strokes->len)
    return FALSE;

  before = get_state (self);
  push_undo (self);
  g_ptr_array_unref (self->strokes);
  self->strokes = g_steal_pointer (&kept);
  collect_points (self);
  notify_changes (self, before);

  return TRUE;
}

void
pz_sketch_clear (PzSketch *self)
{
  Before before;

  g_return_if_fail (PZ_IS_SKETCH (self));

  pz_sketch_end_stroke (self);
  if (self->strokes->len == 0)
    return;

  before = get_state (self);
  push_undo (self);
  g_ptr_array_unref (self->strokes);
  self->strokes = strokes_new ();
  collect_points (self);
  notify_changes (self, before);
}

gboolean
pz_sketch_undo (PzSketch *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH (self), FALSE);

  return step_history (self, self->undo, self->redo);
}

gboolean
pz_sketch_redo (PzSketch *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH (self), FALSE);

  return step_history (self, self->redo, self->undo);
}

gboolean
pz_sketch_get_can_undo (PzSketch *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH (self), FALSE);

  return self->undo->len > 0;
}

gboolean
pz_sketch_get_can_redo (PzSketch *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH (self), FALSE);

  return self->redo->len > 0;
}

gboolean
pz_sketch_get_empty (PzSketch *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH (self), TRUE);

  return self->points->len == 0;
}

gboolean
pz_sketch_get_drawing (PzSketch *self)
{
  g_return_val_if_fail (PZ_IS_SKETCH (self), FALSE);

  return self->under_way != NULL;
}

const InkPoint *
pz_sketch_peek_points (PzSketch *self,
                       gsize    *n_points)
{
  g_return_val_if_fail (PZ_IS_SKETCH (self), NULL);

  if (n_points != NULL)
    *n_points = self->points->len;

  return (const InkPoint *) (gpointer) self->points->data;
}
