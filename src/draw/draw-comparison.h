/* draw-comparison.h: comparison of an error with published ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-references.h"

G_BEGIN_DECLS

typedef enum
{
  DRAW_ROW_PUBLISHED,
  DRAW_ROW_OWN,           /* strong, with a mark */
  DRAW_ROW_BASELINE,      /* hatched: the mean baseline */
} DrawRowKind;

typedef struct
{
  const char *name;
  double      value;       /* above 0; NaN: unknown */
  double      low;         /* 95 % interval; NaN: none */
  double      high;
  const char *source;      /* (nullable): a footnote; rows with the same one share it */
  DrawRowKind kind;
} DrawRow;

/* All borrowed. */
typedef struct
{
  const DrawRow       *rows;           /* in any order */
  gsize                n_rows;
  const DrawReference *references;     /* "chemical accuracy" */
  gsize                n_references;
  const char          *x_label;        /* "Mean absolute error of the gap (eV)" */
  const char          *unit;           /* (nullable): "eV" */
  gssize               pointer;        /* a row, outlined; −1: none */
} DrawComparison;

/* One bar under the other, the smallest value above, on a logarithmic axis; name
 * and footnote at the left, value at the right. Where there is no room for all,
 * published ones that are far from our own give way. */
void     draw_comparison          (const DrawCanvas     *canvas,
                                   const DrawComparison *rows);

/* The row at a pixel, by its number in @rows. */
gboolean draw_comparison_locate   (const DrawCanvas     *canvas,
                                   const DrawComparison *rows,
                                   double                pixel_x,
                                   double                pixel_y,
                                   gsize                *row);

/* (transfer full): in words; with a pointer about that row */
char    *draw_comparison_describe (const DrawComparison *rows);

G_END_DECLS
