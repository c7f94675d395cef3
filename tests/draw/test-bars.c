/* test-bars.c: bars as long as their values, one chosen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-bars.h"
#include "draw/draw-color.h"
#include "picture.h"

#define WIDTH 360
#define HEIGHT 300

static const char *const LABELS[] = { "0", "1", "2", "3" };

static guint
count_in_row (Picture  *picture,
              guint     row,
              DrawColor color)
{
  DrawArea area = { 0, 70 + row * 40, WIDTH, 40 };      /* rows are at most 40 high, in the middle */

  return picture_count_color (picture, area, color, 4);
}

static void
test_lengths (void)
{
  const float values[] = { 0.1f, 0.2f, 0.9f, 0 };
  const DrawBars bars = { values, LABELS, 4, 2 };
  g_auto(Picture) picture = { 0 };
  DrawColor strong, weak;
  DrawTheme theme;
  double first, second;

  init_light_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_bars (picture_get_canvas (&picture, &theme), &bars);
  picture_assert_texts (&picture, "bars");

  /* Over the track, over white: one faint shade, then another */
  strong = draw_theme_get_category (&theme, 0);
  weak = (DrawColor) {
    0.92 + 0.55 * (strong.red - 0.92), 0.92 + 0.55 * (strong.green - 0.92), 0.92 + 0.55 * (strong.blue - 0.92), 1
  };

  first = count_in_row (&picture, 0, weak);
  second = count_in_row (&picture, 1, weak);
  g_assert_cmpfloat (first, >, 200);
  assert_close (second / first, 2, 0.1);
  g_assert_cmpfloat (count_in_row (&picture, 2, strong), >, 8 * first);
  g_assert_cmpuint (count_in_row (&picture, 3, weak), ==, 0);

  g_assert_nonnull (picture_find_text ("10\302\240%"));
  g_assert_nonnull (picture_find_text ("20\302\240%"));
  g_assert_nonnull (picture_find_text ("90\302\240%"));

  /* The mark is left of the label, and nobody else has one. */
  for (guint row = 0; row < 4; row++)
    {
      DrawArea left = { 0, 70 + row * 40, picture_find_text (LABELS[row])->area.x - 2, 40 };
      guint n = picture_count_color (&picture, left, strong, 30);

      if (row == 2)
        g_assert_cmpuint (n, >, 10);
      else
        g_assert_cmpuint (n, ==, 0);
    }
}

/* An empty pad has no answer: no number, no bar. */
static void
test_no_answer (void)
{
  const DrawBars bars = { NULL, LABELS, 4, 2 };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_bars (picture_get_canvas (&picture, &theme), &bars);

  g_assert_null (picture_find_text ("%"));
  g_assert_nonnull (picture_find_text ("3"));
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 0, 0, WIDTH, HEIGHT },
                                         draw_theme_get_category (&theme, 0), 40), ==, 0);
}

static void
test_nonsense (void)
{
  const float values[] = { NAN, INFINITY, -1, 7 };
  const DrawBars bars = { values, LABELS, 4, -1 };
  const DrawBars none = { NULL, NULL, 0, -1 };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_bars (picture_get_canvas (&picture, &theme), &bars);
  g_assert_nonnull (picture_find_text ("–"));
  g_assert_nonnull (picture_find_text ("100"));
  g_assert_null (picture_find_text ("700"));

  draw_bars (picture_get_canvas (&picture, &theme), &none);
  draw_bars (picture_get_canvas_part (&picture, &theme, 0, 0), &bars);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bars/lengths", test_lengths);
  g_test_add_func ("/bars/no-answer", test_no_answer);
  g_test_add_func ("/bars/nonsense", test_nonsense);

  return g_test_run ();
}
