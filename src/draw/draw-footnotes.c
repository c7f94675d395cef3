/* draw-footnotes.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-axes.h"
#include "draw/draw-color.h"
#include "draw/draw-footnotes.h"
#include "draw/draw-text.h"

#define SPACE "   "      /* between two on one line */

void
draw_footnotes_init (DrawFootnotes *footnotes)
{
  g_return_if_fail (footnotes != NULL);

  footnotes->sources = g_ptr_array_new ();
  footnotes->lines = g_ptr_array_new_with_free_func (g_free);
}

void
draw_footnotes_clear (DrawFootnotes *footnotes)
{
  g_clear_pointer (&footnotes->sources, g_ptr_array_unref);
  g_clear_pointer (&footnotes->lines, g_ptr_array_unref);
}

void
draw_footnotes_reset (DrawFootnotes *footnotes)
{
  g_ptr_array_set_size (footnotes->sources, 0);
  g_ptr_array_set_size (footnotes->lines, 0);
}

/* From 1; 0: none */
static guint
get_number (const DrawFootnotes *footnotes,
            const char          *source)
{
  for (guint i = 0; i < footnotes->sources->len && source != NULL; i++)
    {
      if (g_str_equal (g_ptr_array_index (footnotes->sources, i), source))
        return i + 1;
    }

  return 0;
}

/* (transfer full) */
static char *
format_mark (guint number)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autofree char *plain = g_strdup_printf ("%u", number);
  GString *raised = g_string_new (NULL);

  for (const char *c = plain; *c != '\0'; c++)
    g_string_append (raised, digits[*c - '0']);

  return g_string_free (raised, FALSE);
}

/* Writes @note behind the last line; FALSE: it does not fit there. */
static gboolean
append_to_line (DrawFootnotes    *footnotes,
                const DrawCanvas *canvas,
                const char       *note,
                double            width)
{
  guint n = footnotes->lines->len;
  char *together;
  double needed;

  if (n == 0)
    return FALSE;

  together = g_strconcat (g_ptr_array_index (footnotes->lines, n - 1), SPACE, note, NULL);
  draw_text_measure (canvas, DRAW_TICK_SCALE, together, &needed, NULL);
  if (needed > width)
    {
      g_free (together);
      return FALSE;
    }

  g_free (g_ptr_array_index (footnotes->lines, n - 1));
  g_ptr_array_index (footnotes->lines, n - 1) = together;

  return TRUE;
}

void
draw_footnotes_add (DrawFootnotes    *footnotes,
                    const DrawCanvas *canvas,
                    const char       *source,
                    double            width,
                    guint             max_lines)
{
  g_autofree char *mark = NULL;
  g_autofree char *note = NULL;

  g_return_if_fail (footnotes != NULL);

  if (source == NULL || source[0] == '\0' || get_number (footnotes, source) > 0)
    return;

  mark = format_mark (footnotes->sources->len + 1);
  note = g_strdup_printf ("%s %s", mark, source);

  if (!append_to_line (footnotes, canvas, note, width))
    {
      char *line = NULL;

      if (footnotes->lines->len < max_lines)
        line = draw_text_shorten (canvas, DRAW_TICK_SCALE, note, width);
      if (line == NULL)
        return;
      g_ptr_array_add (footnotes->lines, line);
    }

  g_ptr_array_add (footnotes->sources, (gpointer) source);
}

char *
draw_footnotes_get_mark (const DrawFootnotes *footnotes,
                         const char          *source)
{
  guint number = get_number (footnotes, source);

  return number > 0 ? format_mark (number) : g_strdup ("");
}

double
draw_footnotes_get_height (const DrawFootnotes *footnotes,
                           const DrawCanvas    *canvas)
{
  return footnotes->lines->len * draw_axes_get_line_height (canvas);
}

void
draw_footnotes (const DrawCanvas    *canvas,
                double               x,
                double               bottom,
                const DrawFootnotes *footnotes)
{
  double line = draw_axes_get_line_height (canvas);
  guint n = footnotes->lines->len;

  draw_color_set_source (canvas->cr, draw_theme_get_faint (canvas->theme, DRAW_TEXT_ALPHA));
  for (guint i = 0; i < n; i++)
    draw_text (canvas, x, bottom - (n - i) * line, DRAW_START, DRAW_START, DRAW_TICK_SCALE,
               g_ptr_array_index (footnotes->lines, i));
}
