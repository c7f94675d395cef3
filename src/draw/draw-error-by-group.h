/* draw-error-by-group.h: error by group of samples, with confidence intervals.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-references.h"

G_BEGIN_DECLS

typedef struct
{
  const char *label;       /* "7", "N" */
  double      value;       /* at least 0; NaN: unknown */
  double      low;         /* 95 % interval; NaN: none */
  double      high;
  gsize       n;           /* samples in the group */
} DrawGroup;

/* All borrowed. */
typedef struct
{
  const DrawGroup     *groups;
  gsize                n_groups;
  const DrawReference *references;      /* of all samples: the mean baseline */
  gsize                n_references;
  const char          *x_label;         /* "Heavy atoms" */
  const char          *y_label;         /* "Mean absolute error (eV)" */
  const char          *unit;            /* (nullable): "eV" */
  gssize               pointer;         /* outlined; −1: none */
} DrawErrorByGroup;

/* Bars beside each other, with whiskers, from zero; below each its name and how
 * many samples it is. An interval or a reference that would make the bars small
 * leaves the plot with an arrow. */
void     draw_error_by_group          (const DrawCanvas       *canvas,
                                       const DrawErrorByGroup *groups);

/* The group that a pixel is above of. */
gboolean draw_error_by_group_locate   (const DrawCanvas       *canvas,
                                       const DrawErrorByGroup *groups,
                                       double                  pixel_x,
                                       double                  pixel_y,
                                       gsize                  *group);

/* (transfer full): in words; with a pointer about that group */
char    *draw_error_by_group_describe (const DrawErrorByGroup *groups);

G_END_DECLS
