/* pz-drawing-keeper.h: labelling of a drawing into the user's drawings, and undo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-drawings.h"
#include "model/pz-sketch.h"

G_BEGIN_DECLS

#define PZ_TYPE_DRAWING_KEEPER (pz_drawing_keeper_get_type ())

G_DECLARE_FINAL_TYPE (PzDrawingKeeper, pz_drawing_keeper, PZ, DRAWING_KEEPER, GObject)

/* @widget: around which messages are shown; not owned, outlives the keeper's use */
PzDrawingKeeper *pz_drawing_keeper_new  (PzSketch        *sketch,
                                         PzDrawings      *drawings,
                                         GtkWidget       *widget);

/* The strokes become a drawing of the set, and the pad is free for the next. What it
 * was kept as, @name, or why it was not, is said. Nothing where the pad is empty. */
void             pz_drawing_keeper_keep (PzDrawingKeeper *self,
                                         guint            label,
                                         const char      *name);

/* If nothing was drawn since a drawing was kept, it comes back to the pad and goes out
 * of the set: one step. Returns: whether that was so */
gboolean         pz_drawing_keeper_undo (PzDrawingKeeper *self);

G_END_DECLS
