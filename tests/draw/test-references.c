/* test-references.c: lines at their values, names beside them, none on another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "draw/draw-color.h"
#include "draw/draw-references.h"
#include "picture.h"

#define WIDTH 400
#define HEIGHT 300

static const DrawArea PLOT = { 40, 30, 200, 200 };

static double
get_cost (const double *places,
          const double *wanted,
          gsize         n)
{
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += (places[i] - wanted[i]) * (places[i] - wanted[i]);

  return sum;
}

static void
test_spread_by_hand (void)
{
  double apart[] = { 10, 30, 50 };
  double together[] = { 50, 50, 51, 90 };
  double below[] = { 98, 99 };
  double above[] = { -5, 3 };

  draw_references_spread (apart, 3, 10, 0, 100);
  assert_close (apart[0], 10, 1e-12);
  assert_close (apart[2], 50, 1e-12);

  /* Around their mean, 50.33 */
  draw_references_spread (together, 4, 10, 0, 100);
  assert_close (together[0], 151.0 / 3 - 10, 1e-12);
  assert_close (together[1], 151.0 / 3, 1e-12);
  assert_close (together[2], 151.0 / 3 + 10, 1e-12);
  assert_close (together[3], 90, 1e-12);

  draw_references_spread (below, 2, 10, 0, 100);
  assert_close (below[0], 90, 1e-12);
  assert_close (below[1], 100, 1e-12);
  draw_references_spread (above, 2, 10, 0, 100);
  assert_close (above[0], 0, 1e-12);
  assert_close (above[1], 10, 1e-12);

  draw_references_spread (NULL, 0, 10, 0, 100);
}

/* No small step of one or of several makes it better. */
static void
test_spread_is_best (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (4);

  for (guint turn = 0; turn < 200; turn++)
    {
      double wanted[12], places[12];
      gsize n = 1 + turn % 12;
      double cost;

      for (gsize i = 0; i < n; i++)
        wanted[i] = (i > 0 ? wanted[i - 1] : 0) + 15 * g_rand_double (rand) * g_rand_double (rand);
      for (gsize i = 0; i < n; i++)
        places[i] = wanted[i];
      draw_references_spread (places, n, 8, 0, 100);
      cost = get_cost (places, wanted, n);

      for (gsize i = 0; i < n; i++)
        {
          g_assert_cmpfloat (places[i], >=, -1e-9);
          g_assert_cmpfloat (places[i], <=, 100 + 1e-9);
          if (i > 0)
            g_assert_cmpfloat (places[i] - places[i - 1], >=, 8 - 1e-9);
        }

      for (guint k = 0; k < 100; k++)
        {
          double tried[12];
          gsize from = (gsize) g_rand_int_range (rand, 0, (gint32) n);
          gsize to = (gsize) g_rand_int_range (rand, (gint32) from, (gint32) n);
          double step = g_rand_double_range (rand, -1, 1);
          gboolean allowed = TRUE;

          for (gsize i = 0; i < n; i++)
            tried[i] = places[i] + (i >= from && i <= to ? step : 0);
          for (gsize i = 0; i < n; i++)
            allowed = allowed && tried[i] >= 0 && tried[i] <= 100 && (i == 0 || tried[i] - tried[i - 1] >= 8);
          if (allowed)
            g_assert_cmpfloat (get_cost (tried, wanted, n), >=, cost - 1e-9);
        }
    }
}

static void
draw_some (Picture             *picture,
           const DrawAxis      *axis,
           const DrawReference *references,
           gsize                n,
           double               most)
{
  DrawTheme theme;
  double width;

  init_light_theme (&theme);
  picture_begin (picture, WIDTH, HEIGHT);
  draw_canvas_paint_background (picture_get_canvas (picture, &theme));
  width = draw_references_get_width (picture_get_canvas (picture, &theme), references, n, most);
  g_assert_cmpfloat (width, <=, most);
  draw_references (picture_get_canvas (picture, &theme), &PLOT, axis, references, n, width);
  picture_assert_texts (picture, "references");
  for (guint i = 0; i < picture_texts->len; i++)
    {
      PictureText *text = &g_array_index (picture_texts, PictureText, i);

      g_assert_cmpfloat (text->area.x, >, PLOT.x + PLOT.width);
      g_assert_cmpfloat (text->area.x + text->area.width, <=, PLOT.x + PLOT.width + width + 0.5);
    }
}

/* The rows of the plot in which something is drawn */
static guint
find_lines (Picture *picture,
            int      rows[],
            guint    most)
{
  guint n = 0;

  for (int y = 0; y < HEIGHT; y++)
    {
      DrawArea area = { PLOT.x, y, PLOT.width, 1 };

      if (PLOT.width - picture_count_color (picture, area, (DrawColor) { 1, 1, 1, 1 }, 40) > 60 && n < most)
        rows[n++] = y;
    }

  return n;
}

static void
test_places (void)
{
  const DrawReference references[] = { { 0.25, "a" }, { 0.75, "b" }, { 2, "beyond" }, { -1, "below" }, { NAN, "nothing" } };
  const DrawAxis even = { .min = 0, .max = 1 };
  const DrawAxis log = { .min = 0.01, .max = 100, .log = TRUE };
  int rows[8];

  {
    g_auto(Picture) picture = { 0 };

    draw_some (&picture, &even, references, 5, 150);
    g_assert_cmpuint (find_lines (&picture, rows, 8), ==, 2);
    g_assert_cmpint (rows[0], ==, 30 + 50);
    g_assert_cmpint (rows[1], ==, 30 + 150);
    assert_close (picture_find_text ("a 0.25")->area.y + picture_find_text ("a 0.25")->area.height / 2, 180, 0.01);
    assert_close (picture_find_text ("beyond 2 ↑")->area.y, 30, 0.01);
    assert_close (picture_find_text ("below −1 ↓")->area.y + picture_find_text ("below −1 ↓")->area.height, 230, 0.01);
    g_assert_null (picture_find_text ("nothing"));
  }

  /* log10 (2) of the way from 1 to 10, which is a quarter of the axis */
  {
    g_auto(Picture) picture = { 0 };

    draw_some (&picture, &log, references + 2, 2, 150);
    g_assert_cmpuint (find_lines (&picture, rows, 8), ==, 1);
    g_assert_cmpint (abs (rows[0] - (int) (30 + 200 * (0.5 - 0.30103 / 4))), <=, 1);
    g_assert_nonnull (picture_find_text ("below −1 ↓"));
  }
}

/* Twenty names in the room of thirteen: the first have it. */
static void
test_many (void)
{
  static const char *const names[] = { "Coulomb matrix", "Bag of bonds", "HDAD", "enn-s2s" };
  const DrawAxis even = { .min = 0, .max = 1 };
  DrawReference references[20];

  for (guint i = 0; i < 20; i++)
    {
      references[i] = (DrawReference) { i < 10 ? 0.5 + 0.001 * i : 0.9, names[i % 4] };
    }

  for (double most = 0; most < 160; most += 10)
    {
      g_auto(Picture) picture = { 0 };
      int rows[8];

      draw_some (&picture, &even, references, 20, most);
      g_assert_cmpuint (find_lines (&picture, rows, 8), >=, 2);
      if (most < 60)
        {
          g_assert_cmpuint (picture_texts->len, ==, 0);
          continue;
        }

      g_assert_cmpuint (picture_texts->len, >, 10);
      g_assert_cmpuint (picture_texts->len, <, 20);
      g_assert_nonnull (picture_find_text ("0.501"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/references/spread-by-hand", test_spread_by_hand);
  g_test_add_func ("/references/spread-is-best", test_spread_is_best);
  g_test_add_func ("/references/places", test_places);
  g_test_add_func ("/references/many", test_many);

  return g_test_run ();
}
