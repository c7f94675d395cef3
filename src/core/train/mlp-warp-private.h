/* mlp-warp-private.h: image warping by an affine map and a displacement field.
 *
 * The pixel of row r and column c becomes what the original has at
 *
 *   (x, y) = matrix (c − c₀, r − r₀)ᵀ + (c₀, r₀) + shift + field (r, c)
 *
 * between pixels, by bilinear interpolation; (c₀, r₀) is the middle of the picture, and
 * beyond its edge all is 0. Before that, strokes can be made thicker or thinner.
 *
 * Places are whole numbers of 2⁻¹⁶ pixels, so that each kind of processor gives the same
 * bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The largest side of a picture. */
#define MLP_WARP_MAX_SIDE 1024

/* Of a field: what one pixel is. */
#define MLP_WARP_FIELD_PIXEL 1024

/* Pixels are mapped so many at a time: rows of fields go on to a whole number of them. */
#define MLP_WARP_BLOCK 16

/* The largest gain of a field, for 1. */
#define MLP_WARP_GAIN 64

typedef struct
{
  double        matrix[2][2];   /* rows for x and y, columns for c and r; entries of at most 2 */
  double        shift[2];       /* x, y in pixels, at most a side */
  int           thickness;      /* −256: each pixel the least of itself and its four neighbours; 0: as it is;
                                 * 256: the largest; in between: on the way there */
  const gint16 *field[2];       /* (nullable): of x and of y: rows of field_stride, in pixels ×
                                 * MLP_WARP_FIELD_PIXEL; both or none */
  gsize         field_stride;
  int           gain[2];        /* of either field, −MLP_WARP_GAIN to MLP_WARP_GAIN */
} MlpWarp;

/* Scratch memory for pictures of one size: one for each thread. */
typedef struct _MlpWarpScratch MlpWarpScratch;

/* @rows, @columns: 1 to MLP_WARP_MAX_SIDE.
 * Returns: (nullable): %NULL if there is no memory */
MlpWarpScratch *mlp_warp_scratch_new  (gsize           rows,
                                       gsize           columns);
void            mlp_warp_scratch_free (MlpWarpScratch *warper);

/* @picture, @out: rows × columns bytes; they may be the same. */
void            mlp_warp_run          (MlpWarpScratch *warper,
                                       const MlpWarp  *warp,
                                       const guint8   *picture,
                                       guint8         *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpWarpScratch, mlp_warp_scratch_free)

G_END_DECLS
