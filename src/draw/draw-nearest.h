/* draw-nearest.h: which of many points is nearest to the pointer.
 *
 * A k-d tree (Bentley, Communications of the ACM 18, 509, 1975), split across
 * the longer side of what it holds: a question looks at a few dozens of 130,000
 * points, however they lie.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _DrawNearest DrawNearest;

/* Copies the points; those with a coordinate that is no finite number are left
 * out. Thread: any. */
DrawNearest *draw_nearest_new  (const double      *x,
                                const double      *y,
                                gsize              n_points);
void         draw_nearest_free (DrawNearest       *nearest);

/* The index of the point nearest to a place (one of them, if several are), or
 * −1 if none is within @distance. */
gssize       draw_nearest_find (const DrawNearest *nearest,
                                double             x,
                                double             y,
                                double             distance);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DrawNearest, draw_nearest_free)

G_END_DECLS
