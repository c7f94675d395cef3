/* ds-redrawn.h: redrawn digits: shifted, small, with another pen, tilted, or all of that.
 *
 * A benchmark of what stands between a drawing and a network: the digits of a test
 * set, drawn again on 112 × 112 with a hard pen, go through
 * ink_stroke_width_to_frame() as a picture of a digit does. With equal seeds the ink
 * is the same on every machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-samples.h"
#include "datasets/ds-set.h"
#include "ink/ink-skeleton.h"
#include "io/io-progress.h"

G_BEGIN_DECLS

/**
 * DsRedrawn:
 * @DS_REDRAWN_NONE: as it was
 * @DS_REDRAWN_SHIFTED: 4 of 28 pixels to the right and down
 * @DS_REDRAWN_SMALL: of half the size, with the same pen
 * @DS_REDRAWN_THIN: with a pen that is 1 of 28 pixels thinner
 * @DS_REDRAWN_TILTED: by 15° to the right
 * @DS_REDRAWN_USER: of 0.45 to 1.25 times the size, anywhere on the pad, tilted by
 *   up to 11° to either side, with a pen of 1.6 to 4 pixels
 *
 * What was done to a digit.
 */
typedef enum
{
  DS_REDRAWN_NONE,
  DS_REDRAWN_SHIFTED,
  DS_REDRAWN_SMALL,
  DS_REDRAWN_THIN,
  DS_REDRAWN_TILTED,
  DS_REDRAWN_USER,
} DsRedrawn;

#define DS_N_REDRAWN (DS_REDRAWN_USER + 1)

/* How a digit is drawn. Lengths in pixels of the 28 × 28 frame. */
typedef struct
{
  double   size;       /* 1: as it was */
  double   tilt;       /* clockwise, in degrees */
  double   pen;        /* of this width everywhere; 0: as it was, */
  double   thinner;    /* … less this much, but not less than half a pixel */
  gboolean anywhere;   /* x and y are shares of the room on the pad, 0 to 1, otherwise a way */
  double   x, y;
} DsRedrawnForm;

/* "none", "shifted", "small", "thin", "tilted", "sloppy" */
const char *ds_redrawn_get_name (DsRedrawn            sloppy);

/**
 * ds_redrawn_choose:
 * @sloppy: what is done
 * @seed: equal seeds give equal forms
 * @item: number of the sample: each is drawn in its own way
 * @form: (out): how it is drawn
 */
void        ds_redrawn_choose   (DsRedrawn            sloppy,
                                 guint64              seed,
                                 guint64              item,
                                 DsRedrawnForm       *form);

/**
 * ds_redrawn_draw:
 * @skeleton: strokes of a digit
 * @form: how it is drawn
 * @ink: (out caller-allocates): 112 × 112 bytes, 0 or 255, row by row; what lies
 *   beyond the pad is cut off
 */
void        ds_redrawn_draw     (const InkSkeleton   *skeleton,
                                 const DsRedrawnForm *form,
                                 guint8              *ink);

/**
 * ds_redrawn_make:
 * @set: pictures of 28 × 28 bytes in classes, 0 = paper
 * @items: (array length=n_items): which of them
 * @n_items: how many, at least 1
 * @sloppy: what is done to them
 * @seed: equal seeds give equal drawings
 * @progress: (nullable): told now and then
 * @user_data: for @progress
 * @error: return location for a #GError
 *
 * Draws digits again and brings them to the MNIST frame as drawings are: sample i
 * is that of @items[i]. Blocks; all processors work on it.
 *
 * Errors: %MLP_ERROR_SHAPE if these are no such pictures, %MLP_ERROR_TOO_LARGE,
 * %MLP_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the samples
 */
MlpSamples *ds_redrawn_make     (const DsSet         *set,
                                 const guint32       *items,
                                 gsize                n_items,
                                 DsRedrawn            sloppy,
                                 guint64              seed,
                                 IoProgressFunc       progress,
                                 gpointer             user_data,
                                 GError             **error);

G_END_DECLS
