/* draw-references.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "draw/draw-color.h"
#include "draw/draw-number.h"
#include "draw/draw-references.h"
#include "draw/draw-text.h"

/* From the plot to the names; threads run through it. */
#define LABEL_GAP 16.0
#define THREAD_END 4.0
#define MIN_WIDTH 44.0
#define LINE_ALPHA 0.5

/* A name and where it stands */
typedef struct
{
  char  *text;
  double at;         /* of its line */
  double place;      /* of the name */
} Label;

static void
label_clear (gpointer data)
{
  Label *label = data;

  g_free (label->text);
}

static int
compare_places (gconstpointer a,
                gconstpointer b)
{
  const Label *x = a, *y = b;

  return (x->at > y->at) - (x->at < y->at);
}

/* "… ↑" where the value is above the axis */
static const char *
get_arrow (const DrawAxis *axis,
           double          value)
{
  if (value > MAX (axis->min, axis->max))
    return " ↑";

  return value < MIN (axis->min, axis->max) ? " ↓" : "";
}

/* (nullable): the name, shortened, and the value, which is not */
static char *
make_text (const DrawCanvas    *canvas,
           const DrawReference *reference,
           const char          *arrow,
           double               width)
{
  g_autofree char *number = draw_number_format_given (reference->value);
  g_autofree char *end = g_strconcat (" ", number, arrow, NULL);
  g_autofree char *name = NULL;
  double end_width;

  draw_text_measure (canvas, DRAW_TICK_SCALE, end, &end_width, NULL);
  if (reference->label != NULL && reference->label[0] != '\0')
    name = draw_text_shorten (canvas, DRAW_TICK_SCALE, reference->label, width - end_width);
  if (name == NULL)
    return end_width <= width ? g_strdup (end + 1) : NULL;

  return g_strconcat (name, end, NULL);
}

double
draw_references_get_width (const DrawCanvas    *canvas,
                           const DrawReference *references,
                           gsize                n_references,
                           double               most)
{
  double widest = 0;

  for (gsize i = 0; i < n_references; i++)
    {
      g_autofree char *text = NULL;
      double width;

      if (!isfinite (references[i].value))
        continue;

      /* As if beyond the axis, which nobody knows yet */
      text = make_text (canvas, &references[i], " ↑", INFINITY);
      draw_text_measure (canvas, DRAW_TICK_SCALE, text, &width, NULL);
      widest = MAX (widest, width);
    }

  if (!(widest > 0) || most < MIN_WIDTH + LABEL_GAP)
    return 0;

  return MIN (LABEL_GAP + widest, most);
}

/* Pools places that violate the order, as in isotonic regression (Barlow et
 * al., 1972): each block stands at the mean of what it holds.
 */
void
draw_references_spread (double *places,
                        gsize   n,
                        double  distance,
                        double  low,
                        double  high)
{
  g_autofree double *means = g_new (double, n);
  g_autofree gsize *sizes = g_new (gsize, n);
  gsize n_blocks = 0;
  gsize at = 0;

  g_return_if_fail (places != NULL || n == 0);

  for (gsize i = 0; i < n; i++)
    {
      double mean = places[i] - (double) i * distance;
      gsize size = 1;

      for (; n_blocks > 0 && means[n_blocks - 1] > mean; n_blocks--)
        {
          gsize before = sizes[n_blocks - 1];

          mean = (mean * (double) size + means[n_blocks - 1] * (double) before) / (double) (size + before);
          size += before;
        }
      means[n_blocks] = mean;
      sizes[n_blocks++] = size;
    }

  for (gsize b = 0; b < n_blocks; b++)
    {
      double place = CLAMP (means[b], low, high - (double) (n - 1) * distance);

      for (gsize i = 0; i < sizes[b]; i++, at++)
        places[at] = place + (double) at * distance;
    }
}

/* At an end of the plot where it is beyond */
static double
to_y (const DrawArea *plot,
      const DrawAxis *axis,
      double          value)
{
  if (axis->log && value <= 0)
    return plot->y + plot->height;

  return CLAMP (draw_axes_get_y (plot, axis, value), plot->y, plot->y + plot->height);
}

/* (transfer full): those that have one, from above; no more than have room */
static GArray *
make_labels (const DrawCanvas    *canvas,
             const DrawArea      *plot,
             const DrawAxis      *axis,
             const DrawReference *references,
             gsize                n_references,
             double               width)
{
  double line = draw_axes_get_line_height (canvas);
  guint most = (guint) (plot->height / line);
  GArray *labels = g_array_new (FALSE, FALSE, sizeof (Label));
  g_autofree double *places = NULL;

  g_array_set_clear_func (labels, label_clear);
  if (width <= LABEL_GAP || plot->height < line)
    return labels;

  for (gsize i = 0; i < n_references && labels->len < most; i++)
    {
      Label label = { NULL };

      if (!isfinite (references[i].value))
        continue;

      label.text = make_text (canvas, &references[i], get_arrow (axis, references[i].value), width - LABEL_GAP);
      label.at = to_y (plot, axis, references[i].value);
      if (label.text != NULL)
        g_array_append_val (labels, label);
    }

  g_array_sort (labels, compare_places);

  places = g_new (double, labels->len);
  for (guint i = 0; i < labels->len; i++)
    places[i] = g_array_index (labels, Label, i).at;
  draw_references_spread (places, labels->len, line, plot->y + line / 2, plot->y + plot->height - line / 2);
  for (guint i = 0; i < labels->len; i++)
    g_array_index (labels, Label, i).place = places[i];

  return labels;
}

void
draw_references (const DrawCanvas    *canvas,
                 const DrawArea      *plot,
                 const DrawAxis      *axis,
                 const DrawReference *references,
                 gsize                n_references,
                 double               width)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double dashes[] = { 5, 3 };
  double right = plot->x + plot->width;
  g_autoptr(GArray) labels = NULL;

  g_return_if_fail (cr != NULL && theme != NULL && plot != NULL && axis != NULL);
  g_return_if_fail (references != NULL || n_references == 0);

  cairo_save (cr);
  cairo_set_line_width (cr, 1);
  for (gsize i = 0; i < n_references; i++)
    {
      double y;

      if (!isfinite (references[i].value) || get_arrow (axis, references[i].value)[0] != '\0')
        continue;

      y = floor (to_y (plot, axis, references[i].value)) + 0.5;
      cairo_move_to (cr, plot->x, y);
      cairo_line_to (cr, right, y);
    }

  /* Dashes are seen on paper, what is between them on whatever is drawn there. */
  draw_color_set_source (cr, draw_theme_get_paper (theme));
  cairo_stroke_preserve (cr);
  cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
  draw_color_set_source (cr, draw_theme_get_faint (theme, LINE_ALPHA));
  cairo_stroke (cr);
  cairo_set_dash (cr, NULL, 0, 0);

  labels = make_labels (canvas, plot, axis, references, n_references, width);
  for (guint i = 0; i < labels->len; i++)
    {
      const Label *label = &g_array_index (labels, Label, i);

      cairo_move_to (cr, right, floor (label->at) + 0.5);
      cairo_line_to (cr, right + LABEL_GAP - THREAD_END, label->place);
      draw_color_set_source (cr, draw_theme_get_faint (theme, LINE_ALPHA));
      cairo_stroke (cr);

      draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      draw_text (canvas, right + LABEL_GAP, label->place, DRAW_START, DRAW_MIDDLE, DRAW_TICK_SCALE, label->text);
    }

  cairo_restore (cr);
}

void
draw_references_describe (GString             *words,
                          const DrawReference *references,
                          gsize                n_references,
                          const char          *unit)
{
  g_return_if_fail (words != NULL);
  g_return_if_fail (references != NULL || n_references == 0);

  for (gsize i = 0; i < n_references; i++)
    {
      g_autofree char *value = draw_number_append_unit (draw_number_format_given (references[i].value), unit);

      g_string_append_printf (words, "; %s: %s", references[i].label != NULL ? references[i].label : "", value);
    }
}
