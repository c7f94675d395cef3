/* pz-sketch-ask.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-sketch.h"
#include "widgets/try/pz-sketch-ask.h"

/* PzPoint and DrawPoint are one layout in two layers that may not know each
 * other.
 */
G_STATIC_ASSERT (sizeof (PzPoint) == sizeof (DrawPoint));
G_STATIC_ASSERT (G_STRUCT_OFFSET (PzPoint, pressure) == G_STRUCT_OFFSET (DrawPoint, pressure));
G_STATIC_ASSERT (G_STRUCT_OFFSET (PzPoint, starts) == G_STRUCT_OFFSET (DrawPoint, starts));

gboolean
pz_sketch_get_view (PzSketch     *sketch,
                    InkFrameSkip  skip,
                    InkFrameView *view)
{
  const PzPoint *points;
  gsize n_points;
  double x0, y0, x1, y1;

  points = pz_sketch_peek_points (sketch, &n_points);
  if (!draw_sketch_get_extents ((const DrawPoint *) (gconstpointer) points, n_points, &x0, &y0, &x1, &y1))
    return FALSE;

  ink_frame_choose_view (x0, y0, x1, y1, skip, view);

  return TRUE;
}

/* (transfer full) (nullable): PZ_INK_SIDE × PZ_INK_SIDE bytes, or none on an empty
 * pad. @options: (out): what goes with them */
static guint8 *
make_ink (PzSketch        *sketch,
          InkFrameSkip     skip,
          InkFrameOptions *options)
{
  const PzPoint *points;
  InkFrameView view;
  gsize n_points;
  guint8 *ink;

  if (!pz_sketch_get_view (sketch, skip, &view))
    return NULL;

  points = pz_sketch_peek_points (sketch, &n_points);
  ink = g_malloc (PZ_INK_SIDE * PZ_INK_SIDE);
  draw_sketch_part_to_ink ((const DrawPoint *) (gconstpointer) points, n_points,
                           view.x, view.y, view.side, view.pen, PZ_INK_SIDE, ink);
  *options = ink_frame_view_get_options (&view, skip, PZ_INK_SIDE);

  return ink;
}

void
pz_sketch_ask (PzSketch    *sketch,
               PzPredictor *predictor,
               InkFrameSkip skip)
{
  InkFrameOptions options;
  g_autofree guint8 *ink = make_ink (sketch, skip, &options);

  if (ink == NULL)
    pz_predictor_set_ink (predictor, NULL, 0);
  else
    pz_predictor_set_ink_with_options (predictor, ink, PZ_INK_SIDE, &options);
}

gboolean
pz_sketch_make_frame (PzSketch *sketch,
                      guint8   *frame)
{
  InkFrameOptions options;
  g_autofree guint8 *ink = make_ink (sketch, 0, &options);

  return ink != NULL &&
         ink_frame_from_ink_with_options (ink, PZ_INK_SIDE, PZ_INK_SIDE, PZ_INK_SIDE, &options, frame, NULL);
}
