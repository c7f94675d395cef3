/* draw-bars.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-axes.h"
#include "draw/draw-bars.h"
#include "draw/draw-color.h"
#include "draw/draw-markers.h"
#include "draw/draw-text.h"

/* Of a row's height, and at most */
#define BAR_SHARE 0.6
#define MAX_BAR_HEIGHT 16.0
#define MAX_ROW_HEIGHT 40.0

#define GAP 8.0
#define RADIUS 3.0

/* The mark beside the chosen one, of the text's height */
#define MARK_SHARE 0.45

/* Bars are wider than that, or have no numbers. */
#define MIN_BAR_WIDTH 40.0

#define WEAK_ALPHA 0.55

static double
measure_labels (const DrawCanvas *canvas,
                const DrawBars   *bars)
{
  double widest = 0;

  for (gsize i = 0; i < bars->n_bars; i++)
    {
      double width;

      draw_text_measure (canvas, 1, bars->labels[i], &width, NULL);
      widest = MAX (widest, width);
    }

  return widest;
}

static char *
format_percent (double value)
{
  const DrawAxis axis = { .min = 0, .max = 1, .percent = TRUE };

  return draw_axis_format (&axis, value, 0.01);
}

/* What a bar could be: a shade, or an edge where a shade would take contrast */
static void
draw_track (const DrawCanvas *canvas,
            double            x,
            double            y,
            double            width,
            double            height)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;

  if (theme->high_contrast)
    {
      draw_color_set_source (cr, draw_theme_get_faint (theme, 0.35));
      cairo_set_line_width (cr, 1);
      draw_canvas_rounded_rectangle (cr, x + 0.5, y + 0.5, width - 1, height - 1, RADIUS);
      cairo_stroke (cr);
    }
  else
    {
      draw_color_set_source (cr, draw_theme_get_faint (theme, 0.08));
      draw_canvas_rounded_rectangle (cr, x, y, width, height, RADIUS);
      cairo_fill (cr);
    }
}

void
draw_bars (const DrawCanvas *canvas,
           const DrawBars   *bars)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double width = canvas->width;
  const double height = canvas->height;
  g_autofree char *full = NULL;
  double row, bar_height, line, mark, label_width, number_width;
  double left, bar_width, top;
  double text_bottom = 0;      /* of the last label */
  gboolean has_chosen;

  g_return_if_fail (cr != NULL && theme != NULL && bars != NULL);

  draw_canvas_paint_background (canvas);
  if (bars->n_bars == 0 || !(width > 0) || !(height > 0))
    return;

  full = format_percent (1);
  draw_text_measure (canvas, 1, full, &number_width, &line);
  label_width = bars->labels != NULL ? measure_labels (canvas, bars) : 0;
  mark = line * MARK_SHARE;

  row = MIN (height / (double) bars->n_bars, MAX_ROW_HEIGHT);
  bar_height = MIN (row * BAR_SHARE, MAX_BAR_HEIGHT);
  top = (height - row * (double) bars->n_bars) / 2;

  left = mark + GAP / 2 + label_width + GAP;
  bar_width = width - left - GAP - number_width;
  if (bar_width < MIN_BAR_WIDTH)
    {
      number_width = 0;
      bar_width = width - left;
    }
  if (bar_width < MIN_BAR_WIDTH)
    {
      label_width = 0;
      left = mark + GAP / 2 + GAP;
      bar_width = width - left;
    }

  has_chosen = bars->values != NULL && bars->chosen >= 0 && (gsize) bars->chosen < bars->n_bars;

  cairo_save (cr);

  for (gsize i = 0; i < bars->n_bars; i++)
    {
      gboolean chosen = has_chosen && (gsize) bars->chosen == i;
      double value = bars->values != NULL ? (double) bars->values[i] : 0;
      double y = top + ((double) i + 0.5) * row;
      DrawColor color = draw_theme_get_category (theme, 0);
      gboolean text_fits = y - line / 2 >= text_bottom - 1 && y + line / 2 <= height + 1;

      /* A label that would touch the chosen one's gives way. */
      if (!chosen && has_chosen && fabs ((double) i - (double) bars->chosen) * row < line - 1)
        text_fits = FALSE;
      if (text_fits)
        text_bottom = y + line / 2;

      draw_track (canvas, left, y - bar_height / 2, bar_width, bar_height);

      if (isfinite (value) && value > 0)
        {
          color.alpha = chosen || theme->high_contrast ? 1 : WEAK_ALPHA;

          cairo_save (cr);
          draw_canvas_rounded_rectangle (cr, left, y - bar_height / 2, bar_width, bar_height, RADIUS);
          cairo_clip (cr);
          draw_color_set_source (cr, color);
          cairo_rectangle (cr, left, y - bar_height / 2, MIN (value, 1) * bar_width, bar_height);
          cairo_fill (cr);
          cairo_restore (cr);
        }

      if (chosen)
        {
          double own_width = 0;

          if (label_width > 0)
            draw_text_measure (canvas, 1, bars->labels[i], &own_width, NULL);

          color.alpha = 1;
          draw_color_set_source (cr, color);
          draw_markers_chosen (cr, left - GAP - own_width - GAP / 2 - mark, y, mark);
        }

      draw_color_set_source (cr, chosen ? theme->foreground : draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      if (label_width > 0 && text_fits)
        draw_text (canvas, left - GAP, y, DRAW_END, DRAW_MIDDLE, 1, bars->labels[i]);
      if (number_width > 0 && text_fits && bars->values != NULL)
        {
          g_autofree char *number = isfinite (value) ? format_percent (CLAMP (value, 0, 1)) : g_strdup ("–");

          draw_text (canvas, width, y, DRAW_END, DRAW_MIDDLE, 1, number);
        }
    }

  cairo_restore (cr);
}
