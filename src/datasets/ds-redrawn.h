/* ds-redrawn.h: digits as people draw them on a pad: shifted, small, with another
 * pen, tilted, or all of that.
 *
 * A benchmark of what stands between a drawing and a network: the digits of a test
 * set, drawn again on 112 × 112 with a hard pen, go through
 * ds_digit_from_any_pen() as a picture of a digit does. With equal seeds the ink
 * is the same on every machine.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-samples.h"
#include "ink/ink-skeleton.h"
#include "datasets/ds-set.h"

G_BEGIN_DECLS

/**
 * DsSloppy:
 * @DS_SLOPPY_NONE: as it was
 * @DS_SLOPPY_SHIFTED: 4 of 28 pixels to the right and down
 * @DS_SLOPPY_SMALL: of half the size, with the same pen
 * @DS_SLOPPY_THIN: with a pen that is 1 of 28 pixels thinner
 * @DS_SLOPPY_TILTED: by 15° to the right
 * @DS_SLOPPY_USER: of 0.45 to 1.25 times the size, anywhere on the pad, tilted by
 *   up to 11° to either side, with a pen of 1.6 to 4 pixels
 *
 * What was done to a digit.
 */
typedef enum
{
  DS_SLOPPY_NONE,
  DS_SLOPPY_SHIFTED,
  DS_SLOPPY_SMALL,
  DS_SLOPPY_THIN,
  DS_SLOPPY_TILTED,
  DS_SLOPPY_USER,
} DsSloppy;

#define DS_N_SLOPPY (DS_SLOPPY_USER + 1)

/* How a digit is drawn. Lengths in pixels of the 28 × 28 frame. */
typedef struct
{
  double   size;       /* 1: as it was */
  double   tilt;       /* clockwise, in degrees */
  double   pen;        /* of this width everywhere; 0: as it was, */
  double   thinner;    /* … less this much, but not less than half a pixel */
  gboolean anywhere;   /* x and y are shares of the room on the pad, 0 to 1, otherwise a way */
  double   x, y;
} DsSloppyForm;

/* "none", "shifted", "small", "thin", "tilted", "sloppy" */
const char  *ds_sloppy_get_name      (DsSloppy            sloppy);

/**
 * ds_sloppy_choose:
 * @sloppy: what is done
 * @seed: equal seeds give equal forms
 * @item: number of the sample: each is drawn in its own way
 * @form: (out): how it is drawn
 */
void         ds_sloppy_choose        (DsSloppy            sloppy,
                                      guint64             seed,
                                      guint64             item,
                                      DsSloppyForm       *form);

/**
 * ds_sloppy_draw:
 * @midline: strokes of a digit
 * @form: how it is drawn
 * @ink: (out caller-allocates): 112 × 112 bytes, 0 or 255, row by row; what lies
 *   beyond the pad is cut off
 */
void         ds_sloppy_draw          (const DsMidline    *midline,
                                      const DsSloppyForm *form,
                                      guint8             *ink);

/**
 * ds_sloppy_make:
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
MlpSamples  *ds_sloppy_make          (const DsSet        *set,
                                      const guint32      *items,
                                      gsize               n_items,
                                      DsSloppy            sloppy,
                                      guint64             seed,
                                      DsProgressFunc      progress,
                                      gpointer            user_data,
                                      GError            **error);

G_END_DECLS
