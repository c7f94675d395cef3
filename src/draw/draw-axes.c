/* draw-axes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-axes.h"
#include "draw/draw-color.h"
#include "draw/draw-text.h"

/* From the plot to the numbers beside it; to those below it half a line, as
 * much as the lowest number beside it stands out; and on to the label
 */
#define TICK_GAP 6.0
#define X_TICK_GAP(line) (0.5 * (line))
#define LABEL_GAP 4.0
#define TICK_LENGTH 4.0

/* At the chart's edge */
#define MARGIN 2.0

/* An axis breathes: this many lines from one number to the next above it, and
 * this many between two beside each other. */
#define LINES_PER_TICK 2.0
#define TICK_SPACE 1.6
#define NAME_SPACE 0.4
#define MAX_X_TICKS 10
#define MAX_Y_TICKS 7

/* A plot that is lower has no labels; or no numbers either. */
#define MIN_LINES_FOR_LABELS 5.0
#define MIN_LINES_FOR_TICKS 2.0

/* What draw_axis_format() wants to know of ticks: 0 where they are not even */
static double
get_step (const DrawAxis *axis,
          const double   *ticks,
          guint           n_ticks)
{
  if (n_ticks < 2)
    return axis->log || axis->min == axis->max ? 0 : fabs (axis->max - axis->min);

  /* Powers of ten, or 1-2-5 */
  if (axis->log)
    {
      for (guint i = 2; i < n_ticks; i++)
        {
          if (fabs ((ticks[i] - ticks[i - 1]) / (ticks[1] - ticks[0]) - 1) > 1e-6)
            return 0;
        }
      if (n_ticks == 2 && ticks[1] / ticks[0] > 1.9)
        return 0;
    }

  return fabs (ticks[1] - ticks[0]);
}

/* The width of the widest number */
static double
measure_ticks (const DrawCanvas *canvas,
               const DrawAxis   *axis,
               guint             n_max)
{
  g_autofree double *ticks = NULL;
  double width = 0;
  guint n_ticks;
  double step;

  ticks = draw_axis_make_ticks (axis, n_max, &n_ticks);
  step = get_step (axis, ticks, n_ticks);

  for (guint i = 0; i < n_ticks; i++)
    {
      g_autofree char *text = draw_axis_format (axis, ticks[i], step);
      double w;

      draw_text_measure (canvas, DRAW_TICK_SCALE, text, &w, NULL);
      width = MAX (width, w);
    }

  return width;
}

static gboolean
label_fits (const DrawCanvas *canvas,
            const char       *label,
            double            room)
{
  double width;

  if (label == NULL)
    return FALSE;

  draw_text_measure (canvas, DRAW_TICK_SCALE, label, &width, NULL);

  return width <= room - 2 * MARGIN;
}

double
draw_axes_get_x (const DrawArea *plot,
                 const DrawAxis *x_axis,
                 double          value)
{
  return plot->x + draw_axis_to_unit (x_axis, value) * plot->width;
}

double
draw_axes_get_y (const DrawArea *plot,
                 const DrawAxis *y_axis,
                 double          value)
{
  return plot->y + (1 - draw_axis_to_unit (y_axis, value)) * plot->height;
}

double
draw_axes_get_line_height (const DrawCanvas *canvas)
{
  double height;

  draw_text_measure (canvas, DRAW_TICK_SCALE, "0", NULL, &height);

  return height;
}

/* How near two ticks come to each other, of the axis' length */
static double
find_least_distance (const DrawAxis *axis,
                     guint           n_max)
{
  g_autofree double *ticks = NULL;
  double least = 1;
  guint n_ticks;

  ticks = draw_axis_make_ticks (axis, n_max, &n_ticks);
  for (guint i = 1; i < n_ticks; i++)
    {
      double distance = draw_axis_to_unit (axis, ticks[i]) - draw_axis_to_unit (axis, ticks[i - 1]);

      least = MIN (least, fabs (distance));
    }

  return least;
}

/* How many numbers fit beside each other in @room, with half a number beyond
 * each end of the plot.
 */
static guint
count_x_ticks (const DrawCanvas *canvas,
               const DrawAxis   *axis,
               double            line,
               double            room)
{
  guint n = axis->names != NULL ? axis->n_names : (guint) CLAMP (room / (3 * line), 0, MAX_X_TICKS);
  double space = line * (axis->names != NULL ? NAME_SPACE : TICK_SPACE);

  /* Fewer of them may be shorter: try. */
  for (; n > 1; n--)
    {
      double width = measure_ticks (canvas, axis, n);

      if (width + space <= find_least_distance (axis, n) * (room - width))
        break;
    }

  return n;
}

void
draw_axes_layout (const DrawCanvas *canvas,
                  double            width,
                  double            height,
                  DrawAxis         *x_axis,
                  DrawAxis         *y_axis,
                  DrawArea         *plot)
{
  double line = draw_axes_get_line_height (canvas);
  double top, bottom, left, right, number;

  g_return_if_fail (x_axis != NULL && y_axis != NULL && plot != NULL);

  /* The uppermost number stands half above the plot. */
  top = MARGIN + line / 2;
  bottom = MARGIN + line + X_TICK_GAP (line);

  if (height - top - bottom < MIN_LINES_FOR_TICKS * line || width < MIN_LINES_FOR_LABELS * line)
    {
      *plot = (DrawArea) { MARGIN, MARGIN, MAX (0, width - 2 * MARGIN), MAX (0, height - 2 * MARGIN) };
      x_axis->n_ticks = y_axis->n_ticks = 0;
      x_axis->label = y_axis->label = NULL;
      x_axis->details = NULL;
      return;
    }

  /* The label of y stands above its numbers, that of x below its own. */
  if (!label_fits (canvas, y_axis->label, width) ||
      height - top - bottom < (MIN_LINES_FOR_LABELS + 1) * line)
    y_axis->label = NULL;
  if (y_axis->label != NULL)
    top += line + LABEL_GAP;

  if (!label_fits (canvas, x_axis->label, width) ||
      height - top - bottom < (MIN_LINES_FOR_LABELS + 1) * line)
    x_axis->label = NULL;
  if (x_axis->label != NULL)
    bottom += line + LABEL_GAP;

  if (height - top - bottom < (MIN_LINES_FOR_LABELS + 1) * line)
    x_axis->details = NULL;
  if (x_axis->details != NULL)
    bottom += line;

  plot->y = top;
  plot->height = height - top - bottom;

  y_axis->n_ticks = (guint) CLAMP (plot->height / (LINES_PER_TICK * line), 2, MAX_Y_TICKS);
  left = MARGIN + measure_ticks (canvas, y_axis, y_axis->n_ticks) + TICK_GAP;
  if (left > width / 3)
    {
      y_axis->n_ticks = 0;
      left = MARGIN;
    }

  /* Half of the outermost numbers of x stands beside the plot. */
  x_axis->n_ticks = count_x_ticks (canvas, x_axis, line, width - left - MARGIN);
  number = measure_ticks (canvas, x_axis, x_axis->n_ticks);
  left = MAX (left, MARGIN + number / 2);
  right = MARGIN + number / 2;

  plot->x = left;
  plot->width = MAX (0, width - left - right);

  /* The label of x stands in the middle of the plot, not of the chart. */
  if (x_axis->label != NULL)
    {
      double middle = plot->x + plot->width / 2;

      if (!label_fits (canvas, x_axis->label, 2 * MIN (middle, width - middle)))
        {
          x_axis->label = NULL;
          draw_axes_layout (canvas, width, height, x_axis, y_axis, plot);
        }
    }
}

/* Lines of one pixel are sharp on its middle. */
static double
snap_to_pixel (double at)
{
  return floor (at) + 0.5;
}

static void
draw_details (const DrawCanvas *canvas,
              const DrawArea   *plot,
              const DrawAxis   *axis,
              double            y)
{
  draw_color_set_source (canvas->cr, draw_theme_get_faint (canvas->theme, DRAW_TEXT_ALPHA));
  if (label_fits (canvas, axis->details_label, plot->x - TICK_GAP))
    draw_text (canvas, plot->x - TICK_GAP, y, DRAW_END, DRAW_START, DRAW_TICK_SCALE, axis->details_label);

  for (guint i = 0; i < axis->n_names; i++)
    draw_text (canvas, draw_axes_get_x (plot, axis, i), y, DRAW_MIDDLE, DRAW_START, DRAW_TICK_SCALE, axis->details[i]);
}

static void
draw_x_axis (const DrawCanvas *canvas,
             const DrawArea   *plot,
             const DrawAxis   *axis,
             double            line)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  g_autofree double *ticks = NULL;
  double bottom = plot->y + plot->height;
  double label_y = bottom + X_TICK_GAP (line) + line + LABEL_GAP;
  guint n_ticks;
  double step;

  ticks = draw_axis_make_ticks (axis, axis->n_ticks, &n_ticks);
  step = get_step (axis, ticks, n_ticks);
  if (axis->details != NULL)
    {
      draw_details (canvas, plot, axis, bottom + X_TICK_GAP (line) + line);
      label_y += line;
    }

  for (guint i = 0; i < n_ticks; i++)
    {
      g_autofree char *text = draw_axis_format (axis, ticks[i], step);
      double x = draw_axes_get_x (plot, axis, ticks[i]);

      if (axis->grid)
        {
          draw_color_set_source (cr, draw_theme_get_faint (theme, 0.10));
          cairo_move_to (cr, snap_to_pixel (x), plot->y);
          cairo_line_to (cr, snap_to_pixel (x), bottom);
          cairo_stroke (cr);
        }

      draw_color_set_source (cr, draw_theme_get_faint (theme, 0.35));
      cairo_move_to (cr, snap_to_pixel (x), bottom);
      cairo_line_to (cr, snap_to_pixel (x), bottom + TICK_LENGTH);
      cairo_stroke (cr);

      draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      draw_text (canvas, x, bottom + X_TICK_GAP (line), DRAW_MIDDLE, DRAW_START, DRAW_TICK_SCALE, text);
    }

  draw_color_set_source (cr, draw_theme_get_faint (theme, 0.35));
  cairo_move_to (cr, plot->x, snap_to_pixel (bottom));
  cairo_line_to (cr, plot->x + plot->width, snap_to_pixel (bottom));
  cairo_stroke (cr);

  draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
  draw_text (canvas, plot->x + plot->width / 2, label_y, DRAW_MIDDLE, DRAW_START, DRAW_TICK_SCALE, axis->label);
}

static void
draw_y_axis (const DrawCanvas *canvas,
             const DrawArea   *plot,
             const DrawAxis   *axis,
             double            line)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  g_autofree double *ticks = NULL;
  guint n_ticks;
  double step;

  ticks = draw_axis_make_ticks (axis, axis->n_ticks, &n_ticks);
  step = get_step (axis, ticks, n_ticks);

  for (guint i = 0; i < n_ticks; i++)
    {
      g_autofree char *text = draw_axis_format (axis, ticks[i], step);
      double y = draw_axes_get_y (plot, axis, ticks[i]);

      draw_color_set_source (cr, draw_theme_get_faint (theme, 0.10));
      cairo_move_to (cr, plot->x, snap_to_pixel (y));
      cairo_line_to (cr, plot->x + plot->width, snap_to_pixel (y));
      cairo_stroke (cr);

      draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      draw_text (canvas, plot->x - TICK_GAP, y, DRAW_END, DRAW_MIDDLE, DRAW_TICK_SCALE, text);
    }

  draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
  draw_text (canvas, MARGIN, plot->y - line / 2 - LABEL_GAP, DRAW_START, DRAW_END, DRAW_TICK_SCALE, axis->label);
}

void
draw_axes (const DrawCanvas *canvas,
           const DrawArea   *plot,
           const DrawAxis   *x_axis,
           const DrawAxis   *y_axis)
{
  cairo_t *cr = canvas->cr;
  double line = draw_axes_get_line_height (canvas);

  g_return_if_fail (plot != NULL && x_axis != NULL && y_axis != NULL);

  cairo_save (cr);
  cairo_set_line_width (cr, 1);

  draw_y_axis (canvas, plot, y_axis, line);
  draw_x_axis (canvas, plot, x_axis, line);

  cairo_restore (cr);
}
