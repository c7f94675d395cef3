/* draw-comparison.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-comparison.h"
#include "draw/draw-footnotes.h"
#include "draw/draw-markers.h"
#include "draw/draw-number.h"
#include "draw/draw-text.h"

/* Beyond the least and the largest value: a bar of the least one is seen. */
#define ROOM_BELOW 1.7
#define ROOM_ABOVE 1.12

/* Names take at most so much of the width. */
#define NAME_SHARE 0.38
#define NAME_GAP 8.0
#define NUMBER_GAP 8.0
#define MIN_PLOT 60.0           /* numbers give way to the bars */

/* Of a row's height, and at most */
#define BAR_SHARE 0.58
#define MAX_BAR 22.0
#define MAX_ROW 56.0
#define LINES_PER_ROW 1.05

#define MARK_SHARE 0.6          /* of a line */
#define CAP 9.0
#define MARGIN 2.0
#define LINE_GAP 2.0

/* Footnotes take at most so much of the height. */
#define FOOTNOTE_SHARE 0.2

#define DIGITS 3

typedef struct
{
  const DrawComparison *rows;
  GArray               *shown;           /* gsize: from above */
  DrawFootnotes         footnotes;
  DrawAxis              x_axis;
  DrawArea              plot;
  double                line;
  double                mark;            /* 0: nobody has one */
  double                name_width;
  double                number_width;    /* 0: no numbers */
  double                row_height;
  double                step;            /* of the numbers */
} Layout;

static void
layout_clear (Layout *layout)
{
  g_clear_pointer (&layout->shown, g_array_unref);
  draw_footnotes_clear (&layout->footnotes);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

static gboolean
has_value (const DrawRow *row)
{
  return isfinite (row->value) && row->value > 0;
}

static gboolean
has_interval (const DrawRow *row)
{
  return has_value (row) && row->low > 0 && isfinite (row->high) && row->high >= row->low;
}

static const DrawRow *
get_row (const Layout *layout,
         guint         place)
{
  return &layout->rows->rows[g_array_index (layout->shown, gsize, place)];
}

/* From the smallest; those without a value at the end, in their order */
static int
compare_rows (gconstpointer a,
              gconstpointer b,
              gpointer      user_data)
{
  const gsize i = *(const gsize *) a, k = *(const gsize *) b;
  const DrawRow *x = (const DrawRow *) user_data + i;
  const DrawRow *y = (const DrawRow *) user_data + k;

  if (has_value (x) && has_value (y) && x->value != y->value)
    return x->value < y->value ? -1 : 1;
  if (has_value (x) != has_value (y))
    return has_value (x) ? -1 : 1;

  return i < k ? -1 : 1;
}

/* (transfer full) (element-type gsize) */
static GArray *
sort_rows (const DrawComparison *rows)
{
  GArray *order = g_array_new (FALSE, FALSE, sizeof (gsize));

  for (gsize i = 0; i < rows->n_rows; i++)
    g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_rows, (gpointer) rows->rows);

  return order;
}

/* How little a row would be missed; our own least of all */
static double
get_distance (const Layout *layout,
              guint         place,
              double        own)
{
  const DrawRow *row = get_row (layout, place);

  if (row->kind != DRAW_ROW_PUBLISHED)
    return row->kind == DRAW_ROW_OWN ? -2 : -1;

  return has_value (row) && own > 0 ? fabs (log (row->value / own)) : (double) place + 1000;
}

static void
leave_out_rows (Layout *layout,
                guint   n_fitting)
{
  double own = 0;

  for (guint i = 0; i < layout->shown->len && !(own > 0); i++)
    {
      if (get_row (layout, i)->kind == DRAW_ROW_OWN && has_value (get_row (layout, i)))
        own = get_row (layout, i)->value;
    }

  while (layout->shown->len > n_fitting)
    {
      guint farthest = 0;

      for (guint i = 1; i < layout->shown->len; i++)
        {
          if (get_distance (layout, i, own) >= get_distance (layout, farthest, own))
            farthest = i;
        }
      g_array_remove_index (layout->shown, farthest);
    }
}

static void
include_value (DrawAxis *axis,
               double    value)
{
  if (isfinite (value) && value > 0)
    {
      axis->min = MIN (axis->min, value);
      axis->max = MAX (axis->max, value);
    }
}

/* Returns the least value, which has the finest digits. */
static double
init_axis (DrawAxis             *axis,
           const DrawComparison *rows)
{
  double least;

  *axis = (DrawAxis) { .min = INFINITY, .max = 0, .log = TRUE, .grid = TRUE, .label = rows->x_label };
  for (gsize i = 0; i < rows->n_rows; i++)
    include_value (axis, rows->rows[i].value);
  least = axis->min;

  for (gsize i = 0; i < rows->n_rows; i++)
    {
      if (has_interval (&rows->rows[i]))
        {
          include_value (axis, rows->rows[i].low);
          include_value (axis, rows->rows[i].high);
        }
    }
  for (gsize i = 0; i < rows->n_references; i++)
    include_value (axis, rows->references[i].value);

  if (axis->min <= axis->max)
    {
      axis->min = MAX (axis->min / ROOM_BELOW, G_MINDOUBLE);
      axis->max = MIN (axis->max * ROOM_ABOVE, G_MAXDOUBLE);
    }
  else
    {
      axis->min = 0.1;
      axis->max = 10;
    }

  return isfinite (least) ? least : 1;
}

static void
make_footnotes (Layout           *layout,
                const DrawCanvas *canvas)
{
  guint max_lines = (guint) (FOOTNOTE_SHARE * canvas->height / layout->line);

  draw_footnotes_reset (&layout->footnotes);
  for (guint i = 0; i < layout->shown->len; i++)
    draw_footnotes_add (&layout->footnotes, canvas, get_row (layout, i)->source, canvas->width - 2 * MARGIN, max_lines);
}

static char *
format_value (const Layout  *layout,
              const DrawRow *row)
{
  if (!has_value (row))
    return g_strdup ("–");

  return draw_axis_format (&(DrawAxis) { .min = 0, .max = layout->x_axis.max }, row->value, layout->step);
}

/* (transfer full) (nullable): as much of it as fits, with the footnote's number */
static char *
make_name (const Layout     *layout,
           const DrawCanvas *canvas,
           const DrawRow    *row,
           double            width)
{
  g_autofree char *mark = draw_footnotes_get_mark (&layout->footnotes, row->source);
  g_autofree char *name = NULL;
  double mark_width;

  draw_text_measure (canvas, DRAW_TICK_SCALE, mark, &mark_width, NULL);
  name = draw_text_shorten (canvas, DRAW_TICK_SCALE, row->name, width - mark_width);

  return name != NULL ? g_strconcat (name, mark, NULL) : NULL;
}

static void
measure_columns (Layout           *layout,
                 const DrawCanvas *canvas,
                 double            width)
{
  double most = NAME_SHARE * width - NAME_GAP;

  for (guint i = 0; i < layout->shown->len; i++)
    {
      const DrawRow *row = get_row (layout, i);
      g_autofree char *name = make_name (layout, canvas, row, most);
      g_autofree char *number = format_value (layout, row);
      double w;

      if (row->kind == DRAW_ROW_OWN)
        layout->mark = MARK_SHARE * layout->line;
      if (name != NULL)
        {
          draw_text_measure (canvas, DRAW_TICK_SCALE, name, &w, NULL);
          layout->name_width = MAX (layout->name_width, w);
        }
      draw_text_measure (canvas, DRAW_TICK_SCALE, number, &w, NULL);
      layout->number_width = MAX (layout->number_width, w);
    }

  if (width - layout->mark - layout->name_width - NAME_GAP - layout->number_width - NUMBER_GAP < MIN_PLOT)
    layout->number_width = 0;
}

static gboolean
layout_init (Layout               *layout,
             const DrawCanvas     *canvas,
             const DrawComparison *rows)
{
  DrawAxis y_axis = { .min = NAN, .max = NAN };
  double above, below, left, right;

  *layout = (Layout) {
    .rows = rows,
    .shown = sort_rows (rows),
    .line = draw_axes_get_line_height (canvas),
  };
  draw_footnotes_init (&layout->footnotes);

  layout->step = pow (10, floor (log10 (init_axis (&layout->x_axis, rows)) + 1e-9) - 1);

  above = (double) rows->n_references * layout->line;
  if (above > canvas->height / 4)
    above = 0;
  make_footnotes (layout, canvas);
  below = draw_footnotes_get_height (&layout->footnotes, canvas) + LINE_GAP;

  measure_columns (layout, canvas, canvas->width);
  left = MARGIN + layout->mark + layout->name_width + NAME_GAP;
  right = layout->number_width > 0 ? layout->number_width + NUMBER_GAP + MARGIN : 0;
  draw_axes_layout (canvas, canvas->width - left - right, canvas->height - above - below,
                    &layout->x_axis, &y_axis, &layout->plot);

  /* There is no y axis beside it, though half of a number may be, and nothing above. */
  right = left + layout->plot.x + layout->plot.width;
  layout->plot.x = MAX (layout->plot.x, left);
  layout->plot.width = right - layout->plot.x;
  layout->plot.height += layout->plot.y;
  layout->plot.y = above;

  /* As many rows as fit, and of these the sources */
  leave_out_rows (layout, (guint) MAX (0, layout->plot.height / (LINES_PER_ROW * layout->line)));
  make_footnotes (layout, canvas);
  if (layout->shown->len > 0)
    layout->row_height = MIN (layout->plot.height / layout->shown->len, MAX_ROW);

  return layout->plot.width >= 1 && layout->plot.height >= 1;
}

static double
get_middle (const Layout *layout,
            guint         place)
{
  double top = layout->plot.y + (layout->plot.height - layout->row_height * layout->shown->len) / 2;

  return top + (place + 0.5) * layout->row_height;
}

static void
draw_row_bar (const DrawCanvas *canvas,
              const Layout     *layout,
              const DrawRow    *row,
              const DrawArea   *area)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  double y = area->y + area->height / 2;

  if (row->kind == DRAW_ROW_OWN)
    draw_color_set_source (cr, draw_theme_get_category (theme, 0));
  else
    draw_color_set_source (cr, draw_theme_get_faint (theme, row->kind == DRAW_ROW_BASELINE ? 0.45 : 0.32));

  if (row->kind == DRAW_ROW_BASELINE)
    {
      draw_markers_hatch (cr, area->x, area->y, area->width, area->height);
      cairo_set_line_width (cr, 1);
      cairo_rectangle (cr, area->x + 0.5, area->y + 0.5, area->width - 1, area->height - 1);
      cairo_stroke (cr);
    }
  else
    {
      cairo_rectangle (cr, area->x, area->y, area->width, area->height);
      cairo_fill (cr);
    }

  if (has_interval (row))
    {
      double low = draw_axes_get_x (&layout->plot, &layout->x_axis, row->low);
      double high = draw_axes_get_x (&layout->plot, &layout->x_axis, row->high);

      for (guint turn = 0; turn < 2; turn++)
        {
          draw_color_set_source (cr, turn == 0 ? draw_theme_get_paper (theme) : theme->foreground);
          cairo_set_line_width (cr, turn == 0 ? 3.5 : 1.5);
          draw_markers_interval (cr, low, y, high, y, MIN (CAP, area->height), MIN (CAP, area->height));
        }
    }
}

static void
draw_row (const DrawCanvas *canvas,
          const Layout     *layout,
          guint             place)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const DrawRow *row = get_row (layout, place);
  gsize index = g_array_index (layout->shown, gsize, place);
  g_autofree char *name = make_name (layout, canvas, row, layout->name_width + 0.5);
  double y = get_middle (layout, place);
  double bar = round (MIN (BAR_SHARE * layout->row_height, MAX_BAR));
  double right = layout->plot.x + layout->plot.width;

  if (row->kind == DRAW_ROW_OWN)
    {
      draw_color_set_source (cr, draw_theme_get_category (theme, 0));
      draw_markers_chosen (cr, MARGIN, y, layout->mark);
    }

  draw_color_set_source (cr, row->kind == DRAW_ROW_OWN ? theme->foreground : draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
  draw_text (canvas, layout->plot.x - NAME_GAP, y, DRAW_END, DRAW_MIDDLE, DRAW_TICK_SCALE, name);
  if (layout->number_width > 0)
    {
      g_autofree char *number = format_value (layout, row);

      draw_text (canvas, right + NUMBER_GAP + layout->number_width, y, DRAW_END, DRAW_MIDDLE, DRAW_TICK_SCALE, number);
    }

  if (has_value (row))
    {
      double to = draw_axes_get_x (&layout->plot, &layout->x_axis, row->value);
      const DrawArea area = { layout->plot.x, round (y - bar / 2), to - layout->plot.x, bar };

      draw_row_bar (canvas, layout, row, &area);
      if (layout->rows->pointer >= 0 && (gsize) layout->rows->pointer == index)
        draw_markers_outline (canvas, &area);
    }
}

/* Each with its name on a line of its own above the plot */
static void
draw_lines (const DrawCanvas *canvas,
            const Layout     *layout)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const double dashes[] = { 5, 3 };
  const DrawArea *plot = &layout->plot;

  for (gsize i = 0; i < layout->rows->n_references; i++)
    {
      const DrawReference *reference = &layout->rows->references[i];
      g_autofree char *number = draw_number_format_given (reference->value);
      g_autofree char *text = g_strjoin (" ", reference->label != NULL ? reference->label : "", number, NULL);
      double top = plot->y > 0 ? plot->y - (double) (layout->rows->n_references - i - 1) * layout->line : 0;
      double x, text_width;

      if (!(reference->value >= layout->x_axis.min && reference->value <= layout->x_axis.max))
        continue;

      x = floor (draw_axes_get_x (plot, &layout->x_axis, reference->value)) + 0.5;
      cairo_move_to (cr, x, top);
      cairo_line_to (cr, x, plot->y + plot->height);
      cairo_set_line_width (cr, 1);
      draw_color_set_source (cr, draw_theme_get_paper (theme));
      cairo_stroke_preserve (cr);
      cairo_set_dash (cr, dashes, G_N_ELEMENTS (dashes), 0);
      draw_color_set_source (cr, draw_theme_get_faint (theme, 0.6));
      cairo_stroke (cr);
      cairo_set_dash (cr, NULL, 0, 0);

      draw_text_measure (canvas, DRAW_TICK_SCALE, text, &text_width, NULL);
      if (!(plot->y > 0) || text_width > canvas->width)
        continue;

      draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      draw_text (canvas, CLAMP (x - text_width / 2, 0, canvas->width - text_width), top,
                 DRAW_START, DRAW_END, DRAW_TICK_SCALE, text);
    }
}

void
draw_comparison (const DrawCanvas     *canvas,
                 const DrawComparison *rows)
{
  cairo_t *cr = canvas->cr;
  const DrawAxis nothing = { .min = NAN, .max = NAN };
  g_auto(Layout) layout = { 0 };

  g_return_if_fail (cr != NULL && canvas->theme != NULL && rows != NULL);

  draw_canvas_paint_background (canvas);
  if (!layout_init (&layout, canvas, rows))
    return;

  cairo_save (cr);
  draw_axes (canvas, &layout.plot, &layout.x_axis, &nothing);
  for (guint i = 0; i < layout.shown->len; i++)
    draw_row (canvas, &layout, i);
  draw_lines (canvas, &layout);
  draw_footnotes (canvas, MARGIN, canvas->height, &layout.footnotes);
  cairo_restore (cr);
}

gboolean
draw_comparison_locate (const DrawCanvas     *canvas,
                        const DrawComparison *rows,
                        double                pixel_x,
                        double                pixel_y,
                        gsize                *row)
{
  g_auto(Layout) layout = { 0 };

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL && rows != NULL, FALSE);

  if (!layout_init (&layout, canvas, rows) || pixel_x < 0 || pixel_x >= canvas->width)
    return FALSE;

  for (guint i = 0; i < layout.shown->len; i++)
    {
      if (fabs (pixel_y - get_middle (&layout, i)) > layout.row_height / 2)
        continue;

      if (row != NULL)
        *row = g_array_index (layout.shown, gsize, i);
      return TRUE;
    }

  return FALSE;
}

static void
append_row (GString              *words,
            const DrawComparison *rows,
            gsize                 i,
            gboolean              source)
{
  const DrawRow *row = &rows->rows[i];

  g_string_append_printf (words, "%s: ", row->name);
  if (has_value (row))
    {
      char *number = has_interval (row) ? draw_number_format (row->value, DIGITS) : draw_number_format_given (row->value);
      g_autofree char *value = draw_number_append_unit (number, rows->unit);

      g_string_append (words, value);
    }
  else
    {
      g_string_append (words, _("unknown"));
    }

  if (has_interval (row))
    draw_markers_describe_interval (words, row->low, row->high);
  if (source && row->source != NULL)
    g_string_append_printf (words, ", %s", row->source);
}

char *
draw_comparison_describe (const DrawComparison *rows)
{
  g_autoptr(GArray) order = NULL;
  GString *words;

  g_return_val_if_fail (rows != NULL, NULL);

  if (rows->n_rows == 0)
    return g_strdup (_("Nothing to compare yet"));

  words = g_string_new (NULL);
  if (rows->pointer >= 0 && (gsize) rows->pointer < rows->n_rows)
    {
      append_row (words, rows, (gsize) rows->pointer, TRUE);
      return g_string_free (words, FALSE);
    }

  order = sort_rows (rows);
  for (guint i = 0; i < order->len; i++)
    {
      if (i > 0)
        g_string_append (words, "; ");
      append_row (words, rows, g_array_index (order, gsize, i), FALSE);
    }
  draw_references_describe (words, rows->references, rows->n_references, rows->unit);

  return g_string_free (words, FALSE);
}
