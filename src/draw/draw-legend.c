/* draw-legend.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-color.h"
#include "draw/draw-legend.h"
#include "draw/draw-text.h"

#define SWATCH_WIDTH 18.0
#define SWATCH_LINE 2.5
#define SWATCH_GAP 6.0
#define ENTRY_SPACE 18.0
#define ROW_GAP 4.0
#define MARGIN 2.0

static double
measure_entry (const DrawCanvas      *canvas,
               const DrawLegendEntry *entry,
               double                 value_width)
{
  double width;

  draw_text_measure (canvas, DRAW_TICK_SCALE, entry->label, &width, NULL);

  width += SWATCH_WIDTH + SWATCH_GAP;
  if (value_width > 0)
    width += SWATCH_GAP + value_width;

  return width;
}

/* How many rows of @width the entries take; @n_fitting of them are in the
 * first @max_rows. An entry that is wider than a row fits in none.
 */
static guint
flow_entries (const DrawCanvas *canvas,
              const DrawLegend *legend,
              double            width,
              guint             max_rows,
              gsize            *n_fitting)
{
  double x = 0;
  guint n_rows = 1;

  *n_fitting = 0;

  for (gsize i = 0; i < legend->n_entries; i++)
    {
      double entry = measure_entry (canvas, &legend->entries[i], legend->value_width);

      if (entry > width)
        return G_MAXUINT;

      if (x > 0 && x + entry > width)
        {
          n_rows++;
          x = 0;
        }
      if (n_rows <= max_rows)
        (*n_fitting)++;

      x += entry + ENTRY_SPACE;
    }

  return n_rows;
}

void
draw_legend_layout (const DrawCanvas *canvas,
                    double            width,
                    guint             max_rows,
                    const char       *label,
                    DrawLegend       *legend)
{
  const double value_widths[] = { legend->value_width, 0 };
  double room = width - 2 * MARGIN;
  double beside = 0;

  g_return_if_fail (legend != NULL);

  legend->n_rows = 0;

  if (max_rows == 0 || legend->n_entries == 0)
    {
      legend->n_entries = 0;
      return;
    }

  if (label != NULL)
    {
      draw_text_measure (canvas, DRAW_TICK_SCALE, label, &beside, NULL);
      beside = room - beside - ENTRY_SPACE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (value_widths); i++)
    {
      gsize n_beside, n_in_rows;
      guint n_rows;

      legend->value_width = value_widths[i];

      flow_entries (canvas, legend, beside, 1, &n_beside);
      n_rows = flow_entries (canvas, legend, room, max_rows, &n_in_rows);

      if (n_beside == legend->n_entries)
        return;

      if (n_rows <= max_rows)
        {
          legend->n_rows = n_rows;
          return;
        }

      if (n_beside >= legend->n_needed)
        {
          legend->n_entries = n_beside;
          return;
        }

      if (n_in_rows >= legend->n_needed || legend->value_width <= 0)
        {
          legend->n_entries = n_in_rows;
          legend->n_rows = n_in_rows > 0 ? max_rows : 0;
          return;
        }
    }
}

double
draw_legend_get_height (const DrawCanvas *canvas,
                        const DrawLegend *legend)
{
  return legend->n_rows * (draw_axes_get_line_height (canvas) + ROW_GAP);
}

static void
draw_entry (const DrawCanvas      *canvas,
            double                 x,
            double                 y,
            double                 line,
            const DrawLegendEntry *entry,
            double                 value_width)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double dashes[] = { 7, 4 };
  double width;

  cairo_save (cr);
  draw_color_set_source (cr, entry->color);
  cairo_set_line_width (cr, SWATCH_LINE);
  cairo_set_line_cap (cr, entry->dashed ? CAIRO_LINE_CAP_BUTT : CAIRO_LINE_CAP_ROUND);
  if (entry->dashed)
    cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  cairo_move_to (cr, x, y + line / 2);
  cairo_line_to (cr, x + SWATCH_WIDTH, y + line / 2);
  cairo_stroke (cr);
  cairo_restore (cr);

  x += SWATCH_WIDTH + SWATCH_GAP;
  draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
  draw_text (canvas, x, y, DRAW_START, DRAW_START, DRAW_TICK_SCALE, entry->label);

  if (value_width > 0 && entry->value != NULL)
    {
      draw_text_measure (canvas, DRAW_TICK_SCALE, entry->label, &width, NULL);
      draw_color_set_source (cr, theme->foreground);
      draw_text (canvas, x + width + SWATCH_GAP, y, DRAW_START, DRAW_START, DRAW_TICK_SCALE, entry->value);
    }
}

void
draw_legend (const DrawCanvas *canvas,
             double            width,
             double            y,
             const DrawLegend *legend)
{
  double line = draw_axes_get_line_height (canvas);
  double x = MARGIN;

  if (legend->n_rows == 0)
    {
      /* One row, at the right */
      x = width - MARGIN + ENTRY_SPACE;
      for (gsize i = 0; i < legend->n_entries; i++)
        x -= measure_entry (canvas, &legend->entries[i], legend->value_width) + ENTRY_SPACE;
    }

  for (gsize i = 0; i < legend->n_entries; i++)
    {
      double entry = measure_entry (canvas, &legend->entries[i], legend->value_width);

      if (legend->n_rows > 0 && x > MARGIN && x + entry > width - MARGIN)
        {
          x = MARGIN;
          y += line + ROW_GAP;
        }

      draw_entry (canvas, x, y, line, &legend->entries[i], legend->value_width);
      x += entry + ENTRY_SPACE;
    }
}
