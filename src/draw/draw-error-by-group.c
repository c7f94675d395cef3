/* draw-error-by-group.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-error-by-group.h"
#include "draw/draw-markers.h"
#include "draw/draw-number.h"
#include "draw/draw-text.h"

#define BAR_SHARE 0.62      /* of a group's part of the axis */
#define MAX_BAR 64.0

/* Intervals and references are not shown beyond so much of the largest bar. */
#define MOST_OF_LARGEST 1.5

/* Names of references take at most so much of the width. */
#define REFERENCE_SHARE 0.3

#define COUNT_SPACE 5.0
#define WHISKER_WIDTH 1.5
#define MAX_CAP 12.0
#define ARROW 7.0
#define DIGITS 3

typedef struct
{
  DrawAxis   x_axis;
  DrawAxis   y_axis;
  DrawArea   plot;
  double     reference_width;
  GPtrArray *names;
  GPtrArray *counts;
} Layout;

static void
layout_clear (Layout *layout)
{
  g_clear_pointer (&layout->names, g_ptr_array_unref);
  g_clear_pointer (&layout->counts, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Layout, layout_clear)

static gboolean
has_value (const DrawGroup *group)
{
  return isfinite (group->value) && group->value >= 0;
}

static gboolean
has_interval (const DrawGroup *group)
{
  return has_value (group) && isfinite (group->low) && group->high >= group->low;
}

static void
init_y_axis (DrawAxis               *axis,
             const DrawErrorByGroup *groups)
{
  double largest = 0;
  double most = 0;

  for (gsize i = 0; i < groups->n_groups; i++)
    {
      if (has_value (&groups->groups[i]))
        largest = MAX (largest, groups->groups[i].value);
    }

  most = largest;
  for (gsize i = 0; i < groups->n_groups; i++)
    {
      if (has_interval (&groups->groups[i]))
        most = MAX (most, MIN (groups->groups[i].high, MOST_OF_LARGEST * largest));
    }
  for (gsize i = 0; i < groups->n_references; i++)
    {
      double value = groups->references[i].value;

      if (isfinite (value) && (value <= MOST_OF_LARGEST * largest || !(largest > 0)))
        most = MAX (most, value);
    }

  *axis = (DrawAxis) { .min = 0, .max = most > 0 ? most : 1, .label = groups->y_label };
  draw_axis_widen (axis);
}

/* "134k" where "133885" has no room */
static char *
format_short (gsize n)
{
  g_autofree char *thousands = NULL;

  if (n < 1000)
    return draw_number_format_count (n);

  thousands = n < 9950 ? draw_number_format ((double) n / 1000, 2) : draw_number_format_count ((n + 500) / 1000);

  return g_strconcat (thousands, "k", NULL);
}

/* Fills in the counts; FALSE if they have no room beside each other. */
static gboolean
make_counts (Layout                 *layout,
             const DrawCanvas       *canvas,
             const DrawErrorByGroup *groups,
             gboolean                brief)
{
  double room = layout->plot.width / (double) groups->n_groups;

  g_ptr_array_set_size (layout->counts, 0);

  for (gsize i = 0; i < groups->n_groups; i++)
    {
      gsize n = groups->groups[i].n;
      char *count = brief ? format_short (n) : draw_number_format_count (n);
      double width;

      g_ptr_array_add (layout->counts, count);
      draw_text_measure (canvas, DRAW_TICK_SCALE, count, &width, NULL);
      if (width + COUNT_SPACE > room)
        return FALSE;
    }

  return TRUE;
}

static void
layout_init (Layout                 *layout,
             const DrawCanvas       *canvas,
             const DrawErrorByGroup *groups)
{
  const double width = canvas->width;
  static const char *const nothing[] = { NULL };
  gboolean counts;

  *layout = (Layout) {
    .names = g_ptr_array_new (),
    .counts = g_ptr_array_new_with_free_func (g_free),
  };

  for (gsize i = 0; i < groups->n_groups; i++)
    g_ptr_array_add (layout->names, (gpointer) groups->groups[i].label);

  layout->x_axis = (DrawAxis) {
    .min = -0.5,
    .max = (double) MAX (groups->n_groups, 1) - 0.5,
    .integer = TRUE,
    .label = groups->x_label,
    .names = (const char *const *) layout->names->pdata,
    .n_names = layout->names->len,
    .details = nothing,
    .details_label = "n",
  };
  if (layout->x_axis.names == NULL)
    layout->x_axis.names = nothing;
  init_y_axis (&layout->y_axis, groups);

  layout->reference_width = draw_references_get_width (canvas, groups->references, groups->n_references,
                                                       REFERENCE_SHARE * width);
  draw_axes_layout (canvas, width - layout->reference_width, canvas->height,
                    &layout->x_axis, &layout->y_axis, &layout->plot);
  if (layout->x_axis.details == NULL || groups->n_groups == 0)
    return;

  counts = make_counts (layout, canvas, groups, FALSE) || make_counts (layout, canvas, groups, TRUE);
  layout->x_axis.details = counts ? (const char *const *) layout->counts->pdata : NULL;
  if (!counts)
    draw_axes_layout (canvas, width - layout->reference_width, canvas->height,
                      &layout->x_axis, &layout->y_axis, &layout->plot);
}

static void
draw_whisker (const DrawCanvas *canvas,
              const Layout     *layout,
              const DrawGroup  *group,
              double            x,
              double            cap)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  double low = draw_axes_get_y (&layout->plot, &layout->y_axis, MAX (group->low, 0));
  double high = draw_axes_get_y (&layout->plot, &layout->y_axis, MIN (group->high, layout->y_axis.max));

  gboolean goes_on = group->high > layout->y_axis.max;

  /* Paper around it is seen on the bar. */
  for (guint turn = 0; turn < 2; turn++)
    {
      draw_color_set_source (cr, turn == 0 ? draw_theme_get_paper (theme) : theme->foreground);
      cairo_set_line_width (cr, turn == 0 ? WHISKER_WIDTH + 2 : WHISKER_WIDTH);
      draw_markers_interval (cr, x, low, x, high, cap, goes_on ? 0 : cap);
    }

  if (goes_on)
    {
      cairo_move_to (cr, x - ARROW / 2, high);
      cairo_line_to (cr, x, high - ARROW);
      cairo_line_to (cr, x + ARROW / 2, high);
      cairo_close_path (cr);
      cairo_fill (cr);
    }
}

static void
draw_group (const DrawCanvas       *canvas,
            const Layout           *layout,
            const DrawErrorByGroup *groups,
            gsize                   i)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const DrawGroup *group = &groups->groups[i];
  double slot = layout->plot.width / (double) groups->n_groups;
  double width = MIN (BAR_SHARE * slot, MAX_BAR);
  double bottom = layout->plot.y + layout->plot.height;
  double x = draw_axes_get_x (&layout->plot, &layout->x_axis, (double) i);
  double y;
  DrawArea area;

  if (!has_value (group))
    {
      draw_color_set_source (cr, draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      draw_text (canvas, x, bottom, DRAW_MIDDLE, DRAW_END, DRAW_TICK_SCALE, "–");
      return;
    }

  y = draw_axes_get_y (&layout->plot, &layout->y_axis, group->value);
  area = (DrawArea) { x - width / 2, y, width, bottom - y };
  draw_color_set_source (cr, draw_theme_get_category (theme, 0));
  cairo_rectangle (cr, area.x, area.y, area.width, area.height);
  cairo_fill (cr);

  if (groups->pointer >= 0 && (gsize) groups->pointer == i)
    draw_markers_outline (canvas, &area);
  if (has_interval (group))
    draw_whisker (canvas, layout, group, x, MIN (width / 2, MAX_CAP));
}

void
draw_error_by_group (const DrawCanvas       *canvas,
                     const DrawErrorByGroup *groups)
{
  cairo_t *cr = canvas->cr;
  g_auto(Layout) layout = { 0 };

  g_return_if_fail (cr != NULL && canvas->theme != NULL && groups != NULL);

  layout_init (&layout, canvas, groups);

  cairo_save (cr);
  draw_canvas_paint_background (canvas);
  draw_axes (canvas, &layout.plot, &layout.x_axis, &layout.y_axis);
  for (gsize i = 0; i < groups->n_groups; i++)
    draw_group (canvas, &layout, groups, i);
  draw_references (canvas, &layout.plot, &layout.y_axis, groups->references, groups->n_references,
                   layout.reference_width);
  cairo_restore (cr);
}

gboolean
draw_error_by_group_locate (const DrawCanvas       *canvas,
                            const DrawErrorByGroup *groups,
                            double                  pixel_x,
                            double                  pixel_y,
                            gsize                  *group)
{
  g_auto(Layout) layout = { 0 };
  double unit;

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL && groups != NULL, FALSE);

  layout_init (&layout, canvas, groups);
  unit = (pixel_x - layout.plot.x) / layout.plot.width;
  if (groups->n_groups == 0 || !(unit >= 0 && unit < 1) || pixel_y < layout.plot.y || pixel_y > canvas->height)
    return FALSE;

  if (group != NULL)
    *group = (gsize) (unit * (double) groups->n_groups);

  return TRUE;
}

static void
append_group (GString                *words,
              const DrawErrorByGroup *groups,
              const DrawGroup        *group)
{
  g_autofree char *count = draw_number_format_count (group->n);

  g_string_append_printf (words, "%s: ", group->label);
  if (has_value (group))
    {
      g_autofree char *value = draw_number_format_quantity (group->value, DIGITS, groups->unit);

      g_string_append (words, value);
    }
  else
    {
      g_string_append (words, _("unknown"));
    }

  if (has_interval (group))
    draw_markers_describe_interval (words, group->low, group->high);

  g_string_append (words, ", ");
  g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%s sample", "%s samples", group->n), count);
}

char *
draw_error_by_group_describe (const DrawErrorByGroup *groups)
{
  GString *words;

  g_return_val_if_fail (groups != NULL, NULL);

  if (groups->n_groups == 0)
    return g_strdup (_("No errors yet"));

  words = g_string_new (NULL);
  if (groups->pointer >= 0 && (gsize) groups->pointer < groups->n_groups)
    {
      append_group (words, groups, &groups->groups[groups->pointer]);
      return g_string_free (words, FALSE);
    }

  for (gsize i = 0; i < groups->n_groups; i++)
    {
      if (i > 0)
        g_string_append (words, "; ");
      append_group (words, groups, &groups->groups[i]);
    }
  draw_references_describe (words, groups->references, groups->n_references, groups->unit);

  return g_string_free (words, FALSE);
}
