/* test-draw-explain.c: saliency and changes, pixel by pixel.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-color.h"
#include "draw/draw-explain.h"
#include "draw/draw-heatmap.h"
#include "draw/draw-sketch.h"
#include "picture.h"

#define ROWS 4
#define COLUMNS 4
#define SIZE 160

/* The colour in the middle of a cell of the square at the left. */
static guint32
get_cell (Picture *picture,
          int      row,
          int      column,
          int      off)
{
  return picture_get_pixel (picture, column * SIZE / COLUMNS + SIZE / COLUMNS / 2 + off,
                            row * SIZE / ROWS + SIZE / ROWS / 2 + off);
}

static void
test_saliency (void)
{
  static const float values[ROWS * COLUMNS] = { 2.0f, -1.0f, 0.0f, -2.0f };
  static const guint8 bytes[ROWS * COLUMNS] = {[5] = 255, [6] = 128, [9] = 127 };
  const DrawAttribution saliency = { values, bytes, ROWS, COLUMNS };
  const DrawAttribution without = { values, NULL, ROWS, COLUMNS };
  void (*const themes[]) (DrawTheme *theme) = { init_light_theme, init_dark_theme };

  for (gsize i = 0; i < G_N_ELEMENTS (themes); i++)
    {
      g_auto(Picture) picture = { NULL };
      DrawTheme theme;

      themes[i] (&theme);

      /* No room for a scale bar: the square fills the picture. */
      picture_begin (&picture, SIZE, SIZE);
      draw_explain_attribution (picture_get_canvas_part (&picture, &theme, SIZE, SIZE), &without);
      if (picture_texts->len == 0)
        {
          g_assert_cmphex (get_cell (&picture, 0, 0, 0), ==, color_to_pixel (draw_theme_get_diverging (&theme, 1)));
          g_assert_cmphex (get_cell (&picture, 0, 1, 0), ==, color_to_pixel (draw_theme_get_diverging (&theme, -0.5)));
          g_assert_cmphex (get_cell (&picture, 0, 3, 0), ==, color_to_pixel (draw_theme_get_diverging (&theme, -1)));
          g_assert_cmphex (get_cell (&picture, 3, 3, 0), ==, color_to_pixel (draw_theme_get_diverging (&theme, 0)));
        }

      /* With one its numbers are there, and none is cut. */
      picture_clear (&picture);
      picture_begin (&picture, 260, SIZE);
      draw_explain_attribution (picture_get_canvas_part (&picture, &theme, 260, SIZE), &saliency);
      g_assert_cmpuint (picture_texts->len, >, 1);
      g_assert_nonnull (picture_find_text ("2"));
      picture_assert_texts (&picture, "saliency");
    }
}

/* The outline is around ink, and nowhere else. */
static void
test_outline (void)
{
  static const float values[ROWS * COLUMNS] = { 0.0f };
  static const guint8 bytes[ROWS * COLUMNS] = {[5] = 255, [9] = 128, [10] = 127 };
  const DrawAttribution saliency = { values, bytes, ROWS, COLUMNS };
  const DrawAttribution plain = { values, NULL, ROWS, COLUMNS };
  g_auto(Picture) with = { NULL };
  g_auto(Picture) without = { NULL };
  DrawTheme theme;
  guint n_other = 0;

  init_light_theme (&theme);
  picture_begin (&with, 300, SIZE);
  draw_explain_attribution (picture_get_canvas (&with, &theme), &saliency);
  picture_begin (&without, 300, SIZE);
  draw_explain_attribution (picture_get_canvas (&without, &theme), &plain);

  for (int y = 0; y < SIZE; y++)
    for (int x = 0; x < 300; x++)
      n_other += picture_get_pixel (&with, x, y) != picture_get_pixel (&without, x, y);

  /* Two cells, one above the other: six sides of 40, one or two pixels wide. */
  g_assert_cmpuint (n_other, >=, 6 * 40 - 20);
  g_assert_cmpuint (n_other, <=, 2 * 6 * 40 + 40);
}

static void
test_change (void)
{
  static const guint8 bytes[ROWS * COLUMNS] = { 255, 0, 255, 255 };
  static const float values[ROWS * COLUMNS] = { -1.0f, 1.0f, 0.0f, 0.03f, 0.5f };
  const DrawCounterfactual change = { bytes, values, ROWS, COLUMNS };
  const DrawColor black = { 0, 0, 0, 1 };
  g_auto(Picture) picture = { NULL };
  DrawTheme theme;
  guint32 minus, plus;

  init_light_theme (&theme);
  picture_begin (&picture, SIZE, SIZE);
  draw_explain_counterfactual (picture_get_canvas (&picture, &theme), &change);

  /* In a cell's corner its colour, in the middle the mark. */
  g_assert_cmphex (get_cell (&picture, 0, 0, 16), ==, color_to_pixel (draw_theme_get_diverging (&theme, -1)));
  g_assert_cmphex (get_cell (&picture, 0, 1, 16), ==, color_to_pixel (draw_theme_get_diverging (&theme, 1)));
  minus = get_cell (&picture, 0, 0, 0);
  plus = get_cell (&picture, 0, 1, 0);
  g_assert_true (minus == 0 || minus == 0xffffff);
  g_assert_true (plus == 0 || plus == 0xffffff);

  /* Above the middle there is a stroke in a plus only. */
  g_assert_cmphex (picture_get_pixel (&picture, 60, 12), ==, plus);
  g_assert_cmphex (picture_get_pixel (&picture, 20, 12), ==, get_cell (&picture, 0, 0, 16));

  /* What stays is the drawing, fainter; a hair is not marked. */
  g_assert_cmphex (get_cell (&picture, 0, 2, 0), ==, get_cell (&picture, 0, 3, 0));
  g_assert_cmphex (get_cell (&picture, 0, 2, 0), !=, color_to_pixel (black));
  g_assert_cmphex (get_cell (&picture, 0, 2, 0), !=, get_cell (&picture, 3, 3, 0));
}

/* Nothing to show, no room: nothing happens. */
static void
test_nothing (void)
{
  static const float values[ROWS * COLUMNS] = {[3] = NAN };
  static const guint8 bytes[ROWS * COLUMNS] = { 0 };
  const DrawAttribution empty = { NULL, NULL, ROWS, COLUMNS }, saliency = { values, bytes, ROWS, COLUMNS };
  const DrawCounterfactual nothing = { NULL, NULL, ROWS, COLUMNS }, change = { bytes, values, ROWS, COLUMNS };
  g_auto(Picture) picture = { NULL };
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, 40, 40);
  draw_explain_attribution (picture_get_canvas (&picture, &theme), &empty);
  draw_explain_counterfactual (picture_get_canvas (&picture, &theme), &nothing);
  g_assert_cmpint (cairo_status (picture.cr), ==, CAIRO_STATUS_SUCCESS);

  for (double size = 0; size < 40; size += 0.7)
    {
      draw_explain_attribution (picture_get_canvas_part (&picture, &theme, size, 40 - size), &saliency);
      draw_explain_counterfactual (picture_get_canvas_part (&picture, &theme, size, 40 - size), &change);
      g_assert_cmpint (cairo_status (picture.cr), ==, CAIRO_STATUS_SUCCESS);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/draw/explain/saliency", test_saliency);
  g_test_add_func ("/draw/explain/outline", test_outline);
  g_test_add_func ("/draw/explain/change", test_change);
  g_test_add_func ("/draw/explain/nothing", test_nothing);

  return g_test_run ();
}
