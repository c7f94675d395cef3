/* draw-axes.h: ticks, numbers and the frame of a plot.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-theme.h"

G_BEGIN_DECLS

typedef struct
{
  double min;
  double max;
  gboolean log;           /* base 10; min > 0 */
  gboolean integer;       /* ticks at whole numbers only: epochs */
  gboolean percent;       /* values are shares, labels say "94 %" */
  const char *label;      /* (nullable): with its unit */
} DrawAxis;

/* (transfer full) (array length=n_ticks): places at 1-2-5 steps, or powers of
 * ten, at most @n_max, inside min … max */
double   *draw_axis_make_ticks   (const DrawAxis  *axis,
                                  guint            n_max,
                                  guint           *n_ticks);

/* (transfer full): with the locale's decimal sign, a true minus, and only the
 * digits that the step needs */
char     *draw_axis_format       (const DrawAxis  *axis,
                                  double           value,
                                  double           step);

/* (transfer full): a value to read, @digits significant ones */
char     *draw_format_number     (double           value,
                                  int              digits);

/* 0 … 1 along the axis; and back */
double    draw_axis_to_unit      (const DrawAxis  *axis,
                                  double           value);
double    draw_axis_from_unit    (const DrawAxis  *axis,
                                  double           unit);

/* A rectangle in user units. */
typedef struct
{
  double x;
  double y;
  double width;
  double height;
} DrawArea;

/* Where the plot lies when both axes and their labels have their room. */
void      draw_axes_layout       (cairo_t         *cr,
                                  const DrawTheme *theme,
                                  double           width,
                                  double           height,
                                  const DrawAxis  *x_axis,
                                  const DrawAxis  *y_axis,
                                  DrawArea        *plot);

/* Grid, ticks, numbers, labels. */
void      draw_axes              (cairo_t         *cr,
                                  const DrawTheme *theme,
                                  const DrawArea  *plot,
                                  const DrawAxis  *x_axis,
                                  const DrawAxis  *y_axis);

G_END_DECLS
