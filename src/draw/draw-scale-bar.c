/* draw-scale-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-scale-bar.h"
#include "draw/draw-text.h"

#define BAR_WIDTH 12.0
#define TICK_LENGTH 4.0
#define TICK_GAP 7.0

/* From one number to the next */
#define LINES_PER_TICK 2.2
#define MAX_TICKS 7

/* Pieces of the gradient; straight between them */
#define N_STOPS 32

/* Of the sequential scale, where counting begins: less is hard to see as a dot. */
#define FIRST_COLOR 0.47
#define FIRST_COLOR_CONTRAST 0.66

typedef struct
{
  DrawAxis axis;
  gboolean counts;
} Scale;

static Scale
get_values (double limit)
{
  return (Scale) { .axis = { .min = -limit, .max = limit } };
}

static Scale
get_counts (double most)
{
  return (Scale) { .axis = { .min = 1, .max = MAX (most, 1), .log = TRUE, .integer = TRUE }, .counts = TRUE };
}

static DrawColor
get_color (const DrawTheme *theme,
           const Scale     *scale,
           double           unit)
{
  if (scale->counts)
    return draw_scale_bar_get_count_color (theme, draw_axis_from_unit (&scale->axis, unit), scale->axis.max);

  return draw_theme_get_diverging (theme, 2 * unit - 1);
}

static double *
make_ticks (const DrawCanvas *canvas,
            const Scale      *scale,
            double            height,
            guint            *n_ticks)
{
  double line = draw_axes_get_line_height (canvas);
  double n = height / (LINES_PER_TICK * line);

  /* Zero, or one, always, and then a pair at least */
  return draw_axis_make_ticks (&scale->axis, n < 3 ? 1 : MIN ((guint) n, MAX_TICKS), n_ticks);
}

static double
get_step (const Scale  *scale,
          const double *ticks,
          guint         n_ticks)
{
  if (scale->counts)
    return 1;

  return n_ticks > 1 ? ticks[1] - ticks[0] : scale->axis.max;
}

static double
get_width (const DrawCanvas *canvas,
           double            height,
           const Scale      *scale)
{
  g_autofree double *ticks = NULL;
  double widest = 0;
  guint n_ticks;

  if (height < LINES_PER_TICK * draw_axes_get_line_height (canvas))
    return 0;

  ticks = make_ticks (canvas, scale, height, &n_ticks);
  for (guint i = 0; i < n_ticks; i++)
    {
      g_autofree char *text = draw_axis_format (&scale->axis, ticks[i], get_step (scale, ticks, n_ticks));
      double text_width;

      draw_text_measure (canvas, DRAW_TICK_SCALE, text, &text_width, NULL);
      widest = MAX (widest, text_width);
    }

  return BAR_WIDTH + TICK_GAP + widest;
}

static void
draw_bar (const DrawCanvas *canvas,
          const DrawArea   *area,
          const Scale      *scale)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  g_autofree double *ticks = NULL;
  cairo_pattern_t *gradient;
  guint n_ticks;

  cairo_save (cr);

  gradient = cairo_pattern_create_linear (0, area->y + area->height, 0, area->y);
  for (guint i = 0; i <= N_STOPS; i++)
    {
      double at = i / (double) N_STOPS;
      DrawColor color = get_color (theme, scale, at);

      cairo_pattern_add_color_stop_rgb (gradient, at, color.red, color.green, color.blue);
    }
  cairo_set_source (cr, gradient);
  cairo_rectangle (cr, area->x, area->y, BAR_WIDTH, area->height);
  cairo_fill (cr);
  cairo_pattern_destroy (gradient);

  draw_color_set_source (cr, draw_theme_get_faint (theme, 0.35));
  cairo_set_line_width (cr, 1);
  cairo_rectangle (cr, area->x - 0.5, area->y - 0.5, BAR_WIDTH + 1, area->height + 1);
  cairo_stroke (cr);

  ticks = make_ticks (canvas, scale, area->height, &n_ticks);
  for (guint i = 0; i < n_ticks; i++)
    {
      g_autofree char *text = draw_axis_format (&scale->axis, ticks[i], get_step (scale, ticks, n_ticks));
      double y = draw_axes_get_y (area, &scale->axis, ticks[i]);

      draw_color_set_source (cr, draw_theme_get_faint (theme, 0.35));
      cairo_move_to (cr, area->x + BAR_WIDTH, CLAMP (floor (y), area->y, area->y + area->height) + 0.5);
      cairo_rel_line_to (cr, TICK_LENGTH, 0);
      cairo_stroke (cr);

      draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      draw_text (canvas, area->x + BAR_WIDTH + TICK_GAP, y, DRAW_START, DRAW_MIDDLE, DRAW_TICK_SCALE, text);
    }

  cairo_restore (cr);
}

double
draw_scale_bar_get_width (const DrawCanvas *canvas,
                          double            height,
                          double            limit)
{
  const Scale scale = get_values (limit);

  g_return_val_if_fail (limit > 0, 0);

  return get_width (canvas, height, &scale);
}

void
draw_scale_bar (const DrawCanvas *canvas,
                const DrawArea   *area,
                double            limit)
{
  const Scale scale = get_values (limit);

  g_return_if_fail (canvas->cr != NULL && canvas->theme != NULL && area != NULL);
  g_return_if_fail (limit > 0);

  draw_bar (canvas, area, &scale);
}

gboolean
draw_scale_bar_place (const DrawCanvas *canvas,
                      const DrawArea   *plot,
                      double            x,
                      double            width,
                      double            height,
                      DrawArea         *bar)
{
  double half = draw_axes_get_line_height (canvas) / 2;
  double top = MAX (plot->y, half);
  double bottom = MIN (plot->y + plot->height, height - half);

  *bar = (DrawArea) { x, top, width, bottom - top };

  return bar->height >= 2 * half;
}

DrawColor
draw_scale_bar_get_count_color (const DrawTheme *theme,
                                double           count,
                                double           most)
{
  double first = theme->high_contrast ? FIRST_COLOR_CONTRAST : FIRST_COLOR;
  double unit = most > 1 ? log (MAX (count, 1)) / log (most) : 0;

  return draw_theme_get_sequential (theme, first + (1 - first) * MIN (unit, 1));
}

double
draw_scale_bar_get_count_width (const DrawCanvas *canvas,
                                double            height,
                                double            most)
{
  const Scale scale = get_counts (most);

  return get_width (canvas, height, &scale);
}

void
draw_scale_bar_count (const DrawCanvas *canvas,
                      const DrawArea   *area,
                      double            most)
{
  const Scale scale = get_counts (most);

  g_return_if_fail (canvas->cr != NULL && canvas->theme != NULL && area != NULL);

  draw_bar (canvas, area, &scale);
}
