/* pz-drawing-keeper.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "datasets/ds-drawings.h"
#include "ink/ink-frame.h"
#include "widgets/common/pz-toast.h"
#include "widgets/try/pz-drawing-keeper.h"

struct _PzDrawingKeeper
{
  GObject       parent_instance;

  PzSketch     *sketch;
  GSignalGroup *sketch_signals;
  PzDrawings   *drawings;
  GtkWidget    *widget;     /* not owned */
  PzDrawing    *kept;       /* (nullable): what the pad was cleared for, just now */
};

G_DEFINE_FINAL_TYPE (PzDrawingKeeper, pz_drawing_keeper, G_TYPE_OBJECT)

/* What was kept: a toast outlives the keeper. */
typedef struct
{
  GWeakRef   keeper;
  PzDrawing *drawing;
} Kept;

static Kept *
kept_new (PzDrawingKeeper *self,
          PzDrawing       *drawing)
{
  Kept *kept = g_new0 (Kept, 1);

  g_weak_ref_init (&kept->keeper, self);
  kept->drawing = g_object_ref (drawing);

  return kept;
}

static void
kept_free (gpointer  data,
           GClosure *closure)
{
  Kept *kept = data;

  g_weak_ref_clear (&kept->keeper);
  g_object_unref (kept->drawing);
  g_free (kept);
}

/* Once another drawing was begun, the pad stays as it is. */
static void
remove_drawing (PzDrawingKeeper *self,
                PzDrawing       *drawing)
{
  const gboolean is_last = self->kept == drawing;

  if (pz_drawings_remove (self->drawings, drawing) != G_MAXUINT && is_last)
    pz_sketch_undo (self->sketch);
}

static void
on_undo (Kept *kept)
{
  g_autoptr(PzDrawingKeeper) self = g_weak_ref_get (&kept->keeper);

  if (self != NULL)
    remove_drawing (self, kept->drawing);
}

/* What comes now is another drawing. */
static void
on_sketch_changed (PzDrawingKeeper *self)
{
  g_clear_object (&self->kept);
}

static void
pz_drawing_keeper_dispose (GObject *object)
{
  PzDrawingKeeper *self = PZ_DRAWING_KEEPER (object);

  g_clear_object (&self->sketch_signals);
  g_clear_object (&self->sketch);
  g_clear_object (&self->drawings);
  g_clear_object (&self->kept);

  G_OBJECT_CLASS (pz_drawing_keeper_parent_class)->dispose (object);
}

static void
pz_drawing_keeper_class_init (PzDrawingKeeperClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_drawing_keeper_dispose;
}

static void
pz_drawing_keeper_init (PzDrawingKeeper *self)
{
  self->sketch_signals = g_signal_group_new (PZ_TYPE_SKETCH);
  g_signal_group_connect_swapped (self->sketch_signals, "changed", G_CALLBACK (on_sketch_changed), self);
}

PzDrawingKeeper *
pz_drawing_keeper_new (PzSketch   *sketch,
                       PzDrawings *drawings,
                       GtkWidget  *widget)
{
  PzDrawingKeeper *self;

  g_return_val_if_fail (PZ_IS_SKETCH (sketch), NULL);
  g_return_val_if_fail (PZ_IS_DRAWINGS (drawings), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  self = g_object_new (PZ_TYPE_DRAWING_KEEPER, NULL);
  self->sketch = g_object_ref (sketch);
  self->drawings = g_object_ref (drawings);
  self->widget = widget;
  g_signal_group_set_target (self->sketch_signals, sketch);

  return self;
}

void
pz_drawing_keeper_keep (PzDrawingKeeper *self,
                        guint            label,
                        const char      *name)
{
  guint8 frame[INK_FRAME_SIZE];
  g_autoptr(PzDrawing) drawing = NULL;
  g_autofree char *text = NULL;
  const InkPoint *points;
  gsize n_points;

  g_return_if_fail (PZ_IS_DRAWING_KEEPER (self));
  g_return_if_fail (name != NULL);

  points = pz_sketch_peek_points (self->sketch, &n_points);
  if (!ink_frame_from_strokes (points, n_points, 0, frame, NULL))
    return;

  /* The newest first: it is the one to be seen. */
  drawing = pz_drawing_new (frame, label);
  if (!pz_drawings_insert (self->drawings, drawing, 0))
    {
      text = pz_drawings_get_ready (self->drawings)
             ? g_strdup_printf (_("The limit of %d drawings is reached; no more can be kept"), DS_DRAWINGS_MAX)
             : g_strdup (_("Not kept: there is no folder for drawings; see the page “My Drawings”"));
      pz_toast_show (self->widget, text, NULL, NULL, NULL);
      return;
    }

  pz_sketch_clear (self->sketch);
  g_set_object (&self->kept, drawing);

  text = g_strdup_printf (_("Kept as %s"), name);
  pz_toast_show (self->widget, text, G_CALLBACK (on_undo), kept_new (self, drawing), kept_free);
}

gboolean
pz_drawing_keeper_undo (PzDrawingKeeper *self)
{
  g_autoptr(PzDrawing) drawing = NULL;

  g_return_val_if_fail (PZ_IS_DRAWING_KEEPER (self), FALSE);

  if (self->kept == NULL)
    return FALSE;

  drawing = g_object_ref (self->kept);
  remove_drawing (self, drawing);

  return TRUE;
}
