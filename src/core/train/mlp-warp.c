/* mlp-warp.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/linalg/mlp-vector.h"
#include "core/train/mlp-warp-private.h"

/* 1 pixel, in the units of a place. */
#define BITS 16
#define PIXEL (1 << BITS)

/* gain × field is in these units. */
G_STATIC_ASSERT (MLP_WARP_FIELD_PIXEL * MLP_WARP_GAIN == PIXEL);

/* Pixels are mapped so many at a time, which suits every kind of vector. */
#define BLOCK MLP_WARP_BLOCK
#define ROUND_UP(n) (((n) + BLOCK - 1) / BLOCK * BLOCK)

#define INLINE static inline __attribute__ ((always_inline))

/* Zeros around a picture: one before it; and two after it, since a place at the edge
 * looks at the pixel beyond, too. */
#define BEFORE 1
#define AROUND 3

/* Four pixels that are neighbours, in one word: a place is one look-up. */
#define QUAD(a, b, c, d) ((guint32) (a) | (guint32) (b) << 8 | (guint32) (c) << 16 | (guint32) (d) << 24)

struct _MlpWarpScratch
{
  gsize    rows;
  gsize    columns;
  gsize    width;      /* of a row of ink: columns + AROUND */
  guint8  *ink;        /* the picture in its zeros */
  guint8  *changed;    /* the same with other strokes */
  guint8  *mapped;     /* a row of whole blocks */
  guint32 *quads;      /* rows of width: those to the right of and below each pixel, itself included */
};

/* What a row of the result needs to know, in units of a place. */
typedef struct
{
  gint32        start[2];     /* of column 0, zeros before the picture included */
  gint32        step[2];      /* from column to column */
  gint32        limit[2];     /* the furthest place */
  const gint16 *field[2];
  gint32        gain[2];
} Row;

MlpWarpScratch *
mlp_warp_scratch_new (gsize rows,
                      gsize columns)
{
  g_autoptr(MlpWarpScratch) warper = g_new0 (MlpWarpScratch, 1);
  const gsize n = (rows + AROUND) * (columns + AROUND);

  g_return_val_if_fail (rows >= 1 && rows <= MLP_WARP_MAX_SIDE, NULL);
  g_return_val_if_fail (columns >= 1 && columns <= MLP_WARP_MAX_SIDE, NULL);

  warper->rows = rows;
  warper->columns = columns;
  warper->width = columns + AROUND;
  warper->ink = g_try_new0 (guint8, n);
  warper->changed = g_try_new0 (guint8, n);
  warper->mapped = g_try_new0 (guint8, ROUND_UP (columns));
  warper->quads = g_try_new0 (guint32, n);

  if (warper->ink == NULL || warper->changed == NULL || warper->mapped == NULL || warper->quads == NULL)
    return NULL;

  return g_steal_pointer (&warper);
}

void
mlp_warp_scratch_free (MlpWarpScratch *warper)
{
  if (warper == NULL)
    return;

  g_free (warper->ink);
  g_free (warper->changed);
  g_free (warper->mapped);
  g_free (warper->quads);
  g_free (warper);
}

/* @weight: 0 to 256, the way to the largest of the cross. @width: from row to row */
MLP_VECTOR_CLONES static void
thicken_row (const guint8 *in,
             gsize         width,
             guint         weight,
             guint8       *out,
             gsize         n)
{
  for (gsize c = 0; c < n; c++)
    {
      const guint8 *p = in + c;
      const guint8 across = MAX (p[-1], p[1]);
      const guint8 down = MAX (*(p - width), p[width]);
      const guint16 way = (guint16) (MAX (MAX (across, down), p[0]) - p[0]);

      out[c] = (guint8) (p[0] + (guint8) ((way * weight + 128) >> 8));
    }
}

/* The same to the least of the cross. */
MLP_VECTOR_CLONES static void
thin_row (const guint8 *in,
          gsize         width,
          guint         weight,
          guint8       *out,
          gsize         n)
{
  for (gsize c = 0; c < n; c++)
    {
      const guint8 *p = in + c;
      const guint8 across = MIN (p[-1], p[1]);
      const guint8 down = MIN (*(p - width), p[width]);
      const guint16 way = (guint16) (p[0] - MIN (MIN (across, down), p[0]));

      out[c] = (guint8) (p[0] - (guint8) ((way * weight + 128) >> 8));
    }
}

MLP_VECTOR_CLONES static void
make_quads (const guint8 *ink,
            gsize         width,
            guint32      *quads,
            gsize         n)
{
  for (gsize i = 0; i < n; i++)
    quads[i] = QUAD (ink[i], ink[i + 1], ink[i + width], ink[i + width + 1]);
}

/* One block of a row, from column @begin on. Bilinear, with weights of 8 bits: at a whole
 * place the pixel itself. The loops are apart so that the compiler makes vector code of
 * all but the one that looks up. */
INLINE void
map_block (const guint32 *quads,
           gint32         width,
           const Row     *row,
           gboolean       has_field,
           gint32         begin,
           guint8        *out)
{
  gint32 places[BLOCK];
  guint32 across[BLOCK], down[BLOCK], quad[BLOCK];

  for (gint32 k = 0; k < BLOCK; k++)
    {
      const gint32 c = begin + k;
      gint32 x = row->start[0] + row->step[0] * c;
      gint32 y = row->start[1] + row->step[1] * c;

      if (has_field)
        {
          x += row->gain[0] * row->field[0][c];
          y += row->gain[1] * row->field[1][c];
        }

      x = CLAMP (x, 0, row->limit[0]);
      y = CLAMP (y, 0, row->limit[1]);
      places[k] = (y >> BITS) * width + (x >> BITS);
      across[k] = (guint32) (x >> (BITS - 8)) & 0xff;
      down[k] = (guint32) (y >> (BITS - 8)) & 0xff;
    }

  for (gint32 k = 0; k < BLOCK; k++)
    quad[k] = quads[places[k]];

  for (gint32 k = 0; k < BLOCK; k++)
    {
      const guint32 above = (quad[k] & 0xff) * (256 - across[k]) + (quad[k] >> 8 & 0xff) * across[k];
      const guint32 below = (quad[k] >> 16 & 0xff) * (256 - across[k]) + (quad[k] >> 24) * across[k];

      out[k] = (guint8) ((above * (256 - down[k]) + below * down[k] + (1 << 15)) >> 16);
    }
}

/* Whole blocks: what is beyond the row is mapped, too. */
MLP_VECTOR_CLONES static void
map_row (const guint32 *quads,
         gint32         width,
         const Row     *row,
         guint8        *out,
         gint32         n)
{
  const Row r = *row;

  if (r.field[0] != NULL)
    for (gint32 begin = 0; begin < n; begin += BLOCK)
      map_block (quads, width, &r, TRUE, begin, out + begin);
  else
    for (gint32 begin = 0; begin < n; begin += BLOCK)
      map_block (quads, width, &r, FALSE, begin, out + begin);
}

/* Returns: the ink that is to be mapped */
static const guint8 *
prepare_ink (MlpWarpScratch *warper,
             int             thickness,
             const guint8   *picture)
{
  const gsize columns = warper->columns;
  const gsize width = warper->width;

  for (gsize r = 0; r < warper->rows; r++)
    memcpy (warper->ink + (r + BEFORE) * width + BEFORE, picture + r * columns, columns);

  if (thickness == 0)
    return warper->ink;

  for (gsize r = 0; r < warper->rows; r++)
    {
      const gsize place = (r + BEFORE) * width + BEFORE;

      if (thickness > 0)
        thicken_row (warper->ink + place, width, (guint) thickness, warper->changed + place, columns);
      else
        thin_row (warper->ink + place, width, (guint) -thickness, warper->changed + place, columns);
    }

  return warper->changed;
}

static gint32
to_fixed_point (double pixels)
{
  return (gint32) lrint (pixels * PIXEL);
}

void
mlp_warp_run (MlpWarpScratch *warper,
              const MlpWarp  *warp,
              const guint8   *picture,
              guint8         *out)
{
  const double middle[2] = { ((double) warper->columns - 1.0) / 2.0, ((double) warper->rows - 1.0) / 2.0 };
  const gsize width = warper->width;
  gint32 origin[2], down[2];
  Row row;

  g_return_if_fail (warp->thickness >= -256 && warp->thickness <= 256);
  g_return_if_fail ((warp->field[0] == NULL) == (warp->field[1] == NULL));

  make_quads (prepare_ink (warper, warp->thickness, picture), width,
              warper->quads, (warper->rows + AROUND - 1) * width - 1);

  row.limit[0] = (gint32) (warper->columns + BEFORE) * PIXEL;
  row.limit[1] = (gint32) (warper->rows + BEFORE) * PIXEL;

  for (int i = 0; i < 2; i++)
    {
      row.step[i] = to_fixed_point (warp->matrix[i][0]);
      down[i] = to_fixed_point (warp->matrix[i][1]);
      row.gain[i] = warp->gain[i];
      origin[i] = to_fixed_point (middle[i] + BEFORE + warp->shift[i]
                                  - warp->matrix[i][0] * middle[0] - warp->matrix[i][1] * middle[1]);
    }

  for (gsize r = 0; r < warper->rows; r++)
    {
      for (int i = 0; i < 2; i++)
        {
          row.start[i] = origin[i] + down[i] * (gint32) r;
          row.field[i] = warp->field[i] != NULL ? warp->field[i] + r * warp->field_stride : NULL;
        }

      map_row (warper->quads, (gint32) width, &row, warper->mapped, (gint32) warper->columns);
      memcpy (out + r * warper->columns, warper->mapped, warper->columns);
    }
}
