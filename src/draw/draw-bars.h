/* draw-bars.h: bar chart of a value for each class.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"

G_BEGIN_DECLS

typedef struct
{
  const float       *values;      /* 0 … 1; NULL: no answer yet, empty bars */
  const char *const *labels;      /* one a bar */
  gsize              n_bars;
  gssize             chosen;      /* drawn strong and with a mark; −1: none */
} DrawBars;

/* One bar under the other: label, bar, number in percent. */
void draw_bars (const DrawCanvas *canvas,
                const DrawBars   *bars);

G_END_DECLS
