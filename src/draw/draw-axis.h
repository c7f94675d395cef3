/* draw-axis.h: ticks and number format of an axis.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  double             min;
  double             max;
  gboolean           log;    /* base 10; min > 0 */
  gboolean           integer; /* ticks at whole numbers only: epochs */
  gboolean           percent; /* values are shares, labels say "94 %" */
  const char        *label;  /* (nullable): with its unit */
  guint              n_ticks; /* at most; draw_axes_layout() says how many there is room for */
  gboolean           grid;   /* x: lines across the plot, as y always has */

  /* (nullable): what stands at 0, 1 …, instead of these numbers */
  const char *const *names;
  guint              n_names;
  const char *const *details;      /* (nullable): x: a second line below them */
  const char        *details_label;      /* (nullable): what that is, beside it */
} DrawAxis;

/* (transfer full) (array length=n_ticks) (nullable): places at 1-2-5 steps, or
 * powers of ten, at most @n_max, inside min … max, rising; NULL if none */
double *draw_axis_make_ticks (const DrawAxis *axis,
                              guint           n_max,
                              guint          *n_ticks);

/* (transfer full): with the locale's decimal sign, a true minus, and only the
 * digits that the step needs; @step 0 for the powers of a logarithmic axis */
char   *draw_axis_format     (const DrawAxis *axis,
                              double          value,
                              double          step);

/* Moves both ends out to the next tick, on an axis that is not logarithmic. */
void    draw_axis_widen      (DrawAxis       *axis);

/* 0 … 1 along the axis; and back. An axis may run down, min > max. */
double  draw_axis_to_unit    (const DrawAxis *axis,
                              double          value);
double  draw_axis_from_unit  (const DrawAxis *axis,
                              double          unit);

G_END_DECLS
