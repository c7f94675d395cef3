/* draw-scale-bar.c: the diverging scale with its numbers, for draw-heatmap.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-heatmap.h"

#define BAR_WIDTH 12.0
#define TICK_LENGTH 4.0
#define TICK_GAP 7.0

/* From one number to the next */
#define LINES_PER_TICK 2.2
#define MAX_TICKS 7

/* Pieces of the gradient; straight between them */
#define N_STOPS 32

static double *
make_ticks (cairo_t         *cr,
            const DrawTheme *theme,
            const DrawAxis  *axis,
            double           height,
            guint           *n_ticks)
{
  double line = draw_axes_get_line_height (cr, theme);
  double n = height / (LINES_PER_TICK * line);

  /* Zero always, and then a pair at least */
  return draw_axis_make_ticks (axis, n < 3 ? 1 : MIN ((guint) n, MAX_TICKS), n_ticks);
}

static double
get_step (const DrawAxis *axis,
          const double   *ticks,
          guint           n_ticks)
{
  return n_ticks > 1 ? ticks[1] - ticks[0] : axis->max;
}

double
draw_scale_bar_get_width (cairo_t         *cr,
                          const DrawTheme *theme,
                          double           height,
                          double           limit)
{
  const DrawAxis axis = { .min = -limit, .max = limit };
  g_autofree double *ticks = NULL;
  double widest = 0;
  guint n_ticks;

  g_return_val_if_fail (limit > 0, 0);

  if (height < LINES_PER_TICK * draw_axes_get_line_height (cr, theme))
    return 0;

  ticks = make_ticks (cr, theme, &axis, height, &n_ticks);
  for (guint i = 0; i < n_ticks; i++)
    {
      g_autofree char *text = draw_axis_format (&axis, ticks[i], get_step (&axis, ticks, n_ticks));
      double text_width;

      draw_text_measure (cr, theme, DRAW_TICK_SCALE, text, &text_width, NULL);
      widest = MAX (widest, text_width);
    }

  return BAR_WIDTH + TICK_GAP + widest;
}

void
draw_scale_bar (cairo_t         *cr,
                const DrawTheme *theme,
                const DrawArea  *area,
                double           limit)
{
  const DrawAxis axis = { .min = -limit, .max = limit };
  g_autofree double *ticks = NULL;
  cairo_pattern_t *gradient;
  guint n_ticks;

  g_return_if_fail (cr != NULL && theme != NULL && area != NULL);
  g_return_if_fail (limit > 0);

  cairo_save (cr);

  gradient = cairo_pattern_create_linear (0, area->y + area->height, 0, area->y);
  for (guint i = 0; i <= N_STOPS; i++)
    {
      double at = i / (double) N_STOPS;
      DrawColor color = draw_theme_get_diverging (theme, 2 * at - 1);

      cairo_pattern_add_color_stop_rgb (gradient, at, color.red, color.green, color.blue);
    }
  cairo_set_source (cr, gradient);
  cairo_rectangle (cr, area->x, area->y, BAR_WIDTH, area->height);
  cairo_fill (cr);
  cairo_pattern_destroy (gradient);

  draw_set_color (cr, draw_theme_get_faint (theme, 0.35));
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, area->x - 0.5, area->y - 0.5, BAR_WIDTH + 1, area->height + 1);
  cairo_stroke (cr);

  ticks = make_ticks (cr, theme, &axis, area->height, &n_ticks);
  for (guint i = 0; i < n_ticks; i++)
    {
      g_autofree char *text = draw_axis_format (&axis, ticks[i], get_step (&axis, ticks, n_ticks));
      double y = area->y + (1 - draw_axis_to_unit (&axis, ticks[i])) * area->height;

      draw_set_color (cr, draw_theme_get_faint (theme, 0.35));
      cairo_move_to (cr, area->x + BAR_WIDTH, CLAMP (floor (y), area->y, area->y + area->height) + 0.5);
      cairo_rel_line_to (cr, TICK_LENGTH, 0);
      cairo_stroke (cr);

      draw_set_color (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      draw_text (cr, theme, area->x + BAR_WIDTH + TICK_GAP, y, DRAW_START, DRAW_MIDDLE, DRAW_TICK_SCALE, text);
    }

  cairo_restore (cr);
}
