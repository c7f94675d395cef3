/* pz-drawing.h: drawing of the user: its image, its label and its prediction.
 *
 * Main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* No answer: nobody was asked, or the network is being changed. */
#define PZ_DRAWING_NO_ANSWER (-1)

#define PZ_TYPE_DRAWING (pz_drawing_get_type ())

/* Properties: "label" (uint): the class it shows; "answer" (int): the class the
 * network sees, or %PZ_DRAWING_NO_ANSWER. Its set changes them. */
G_DECLARE_FINAL_TYPE (PzDrawing, pz_drawing, PZ, DRAWING, GObject)

/* @image: 28 × 28 bytes, copied */
PzDrawing    *pz_drawing_new          (const guint8 *image,
                                       guint         label);

/* (array fixed-size=784): row by row, 0 = paper */
const guint8 *pz_drawing_peek_image   (PzDrawing    *self);
guint         pz_drawing_get_label    (PzDrawing    *self);
void          pz_drawing_set_label    (PzDrawing    *self,
                                       guint         label);
int           pz_drawing_get_answer   (PzDrawing    *self);
void          pz_drawing_set_answer   (PzDrawing    *self,
                                       int           answer);

/* Whether there is an answer, and it is another class. */
gboolean      pz_drawing_get_wrong    (PzDrawing    *self);

/* Whether it is one of the fifth that is never trained on: see ds-extra-samples.h. */
gboolean      pz_drawing_get_for_test (PzDrawing    *self);

G_END_DECLS
