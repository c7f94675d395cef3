/* draw-legend.h: legend of a plot, with values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-axes.h"
#include "draw/draw-color.h"

G_BEGIN_DECLS

typedef struct
{
  const char *label;
  char       *value;        /* (nullable): beside the label */
  DrawColor   color;
  gboolean    dashed;
} DrawLegendEntry;

typedef struct
{
  const DrawLegendEntry *entries;
  gsize                  n_entries;
  gsize                  n_needed;         /* the first ones; the others give way where room is short */
  double                 value_width;      /* room for each value, whatever it is: nothing jumps; 0: no values */
  guint                  n_rows;           /* above the plot; 0: on the line of the y axis' label */
} DrawLegend;

/* Fits @legend into @width: beside @label, or else in at most @max_rows rows.
 * Where it does not fit, leaves out entries that are not needed, then the
 * values, then the last entries. */
void   draw_legend_layout     (const DrawCanvas *canvas,
                               double            width,
                               guint             max_rows,
                               const char       *label,
                               DrawLegend       *legend);

/* The height of its rows */
double draw_legend_get_height (const DrawCanvas *canvas,
                               const DrawLegend *legend);

/* With its upper edge at @y. */
void   draw_legend            (const DrawCanvas *canvas,
                               double            width,
                               double            y,
                               const DrawLegend *legend);

G_END_DECLS
