/* test-heatmap.c: colours where they belong, in a matrix and in tiles.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-color.h"
#include "draw/draw-gallery.h"
#include "draw/draw-heatmap.h"
#include "picture.h"

#define WIDTH 500
#define HEIGHT 300

static void
test_limit (void)
{
  const float values[] = { 0.5f, -2.0f, NAN, INFINITY, 1.0f };
  const float zeros[] = { 0, 0 };

  assert_close (draw_heatmap_find_limit (values, 5), 2, 0);
  assert_close (draw_heatmap_find_limit (zeros, 2), 1, 0);
  assert_close (draw_heatmap_find_limit (NULL, 0), 1, 0);
}

/* What draw_heatmap_locate() says is at a pixel has that pixel's colour. */
static void
test_cells (void)
{
  enum { ROWS = 3, COLUMNS = 5 };
  gboolean seen[ROWS][COLUMNS] = { { FALSE } };
  float values[ROWS * COLUMNS];
  DrawTheme theme;

  for (int i = 0; i < ROWS * COLUMNS; i++)
    values[i] = (i - 7) / 7.0f;
  values[4] = NAN;

  for (int dark = 0; dark <= 1; dark++)
    {
      const DrawHeatmap heatmap = { values, ROWS, COLUMNS, 0, "Input", "Unit", -1, -1 };
      g_auto(Picture) picture = { 0 };

      if (dark)
        init_dark_theme (&theme);
      else
        init_light_theme (&theme);
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_heatmap (picture_get_canvas (&picture, &theme), &heatmap);

      for (int y = 3; y < HEIGHT; y += 7)
        {
          for (int x = 3; x < WIDTH; x += 7)
            {
              gsize row, column, row_beside, column_beside;
              DrawArea pixel = { x, y, 1, 1 };

              if (!draw_heatmap_locate (picture_get_canvas (&picture, &theme), &heatmap, x + 0.5, y + 0.5, &row,
                                        &column) ||
                  !draw_heatmap_locate (picture_get_canvas (&picture, &theme), &heatmap, x + 2, y + 2, &row_beside,
                                        &column_beside) ||
                  row != row_beside || column != column_beside)
                continue;

              g_assert_cmpuint (row, <, ROWS);
              g_assert_cmpuint (column, <, COLUMNS);
              if (!draw_heatmap_locate (picture_get_canvas (&picture, &theme), &heatmap, x - 2, y - 2, &row_beside,
                                        &column_beside) ||
                  row != row_beside || column != column_beside)
                continue;

              seen[row][column] = TRUE;
              g_assert_cmpuint (picture_count_color (&picture, pixel,
                                                     draw_theme_get_diverging (&theme, (double) values[row * COLUMNS + column]), 3), ==, 1);
            }
        }

      for (int r = 0; r < ROWS; r++)
        {
          for (int c = 0; c < COLUMNS; c++)
            g_assert_true (seen[r][c]);
        }
    }
}

/* One strong value among many is seen, though it has no pixel of its own. */
static void
test_strongest (void)
{
  enum { SIDE = 2000 };
  g_autofree float *values = g_new0 (float, SIDE * SIDE);
  const DrawHeatmap heatmap = { values, SIDE, SIDE, 1, NULL, NULL, -1, -1 };
  const DrawArea all = { 0, 0, WIDTH - 100, HEIGHT };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  values[777 * SIDE + 1234] = -1;
  values[1501 * SIDE + 333] = NAN;
  init_light_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_heatmap (picture_get_canvas (&picture, &theme), &heatmap);

  g_assert_cmpuint (picture_count_color (&picture, all, draw_theme_get_diverging (&theme, -1), 3), >=, 1);
  g_assert_cmpuint (picture_count_color (&picture, all, draw_theme_get_diverging (&theme, -1), 3), <=, 4);
  g_assert_cmpuint (picture_count_color (&picture, all, draw_theme_get_diverging (&theme, 0), 1), >, 50000);
}

static void
test_scale_bar (void)
{
  const DrawArea area = { 10, 20, 60, 200 };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, 100, 240);
  draw_canvas_paint_background (picture_get_canvas (&picture, &theme));
  draw_scale_bar (picture_get_canvas (&picture, &theme), &area, 2);

  /* The highest is above, zero is in the middle. */
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 15, 21, 1, 1 },
                                         draw_theme_get_diverging (&theme, 0.985), 4), ==, 1);
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 15, 119, 1, 1 }, draw_theme_get_diverging (&theme, 0),
                                         4), ==, 1);
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 15, 218, 1, 1 },
                                         draw_theme_get_diverging (&theme, -0.985), 4), ==, 1);

  g_assert_nonnull (picture_find_text ("−2"));
  g_assert_cmpfloat (picture_find_text ("−2")->area.y, >, 200);
  g_assert_cmpfloat (picture_find_text ("0")->area.y, >, 100);
  g_assert_cmpfloat (draw_scale_bar_get_width (picture_get_canvas (&picture, &theme), 200, 2), >, 15);
  assert_close (draw_scale_bar_get_width (picture_get_canvas (&picture, &theme), 5, 2), 0, 0);
}

/* Of counts: one below, most above, powers of ten evenly */
static void
test_count_bar (void)
{
  const DrawArea area = { 10, 20, 60, 200 };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, 100, 240);
  draw_canvas_paint_background (picture_get_canvas (&picture, &theme));
  draw_scale_bar_count (picture_get_canvas (&picture, &theme), &area, 10000);

  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 15, 21, 1, 1 },
                                         draw_scale_bar_get_count_color (&theme, 9500, 10000), 4), ==, 1);
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 15, 119, 1, 1 },
                                         draw_scale_bar_get_count_color (&theme, 100, 10000), 4), ==, 1);
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 15, 218, 1, 1 },
                                         draw_scale_bar_get_count_color (&theme, 1, 10000), 4), ==, 1);
  assert_close (picture_find_text ("100")->area.y - picture_find_text ("1000")->area.y, 50, 0.01);
  g_assert_cmpfloat (draw_scale_bar_get_count_width (picture_get_canvas (&picture, &theme), 200, 10000), >,
                     draw_scale_bar_get_count_width (picture_get_canvas (&picture, &theme), 200, 100));
  assert_close (draw_scale_bar_get_count_width (picture_get_canvas (&picture, &theme), 5, 2), 0, 0);
}

static void
test_pointer (void)
{
  const float values[4] = { 0, 0, 0, 0 };
  DrawHeatmap heatmap = { values, 2, 2, 1, NULL, NULL, -1, -1 };
  guint ink[2];
  DrawTheme theme;

  init_light_theme (&theme);
  for (int i = 0; i < 2; i++)
    {
      g_auto(Picture) picture = { 0 };

      heatmap.pointer_row = heatmap.pointer_column = i == 0 ? -1 : 1;
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_heatmap (picture_get_canvas (&picture, &theme), &heatmap);
      ink[i] = picture_count_color (&picture, (DrawArea) { 0, 0, WIDTH, HEIGHT }, theme.foreground, 10);
    }
  g_assert_cmpuint (ink[1], >, ink[0] + 400);
}

static void
test_heatmap_empty (void)
{
  const DrawHeatmap heatmap = { .pointer_row = -1, .pointer_column = -1 };
  const DrawArea all = { 0, 0, WIDTH, HEIGHT };
  g_auto(Picture) picture = { 0 };
  gsize row, column;
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_heatmap (picture_get_canvas (&picture, &theme), &heatmap);

  g_assert_cmpuint (picture_count_color (&picture, all, (DrawColor) { 1, 1, 1, 1 }, 0), ==, WIDTH * HEIGHT);
  g_assert_false (draw_heatmap_locate (picture_get_canvas (&picture, &theme), &heatmap, 50, 50, &row, &column));
}

static void
test_gallery_tiles (void)
{
  enum { TILES = 7, ROWS = 4, COLUMNS = 6 };
  gboolean seen[TILES] = { FALSE };
  float values[TILES * ROWS * COLUMNS];
  const char *const captions[TILES] = { "0", "1", "2", NULL, "4", "5", "6" };
  DrawGallery gallery = {
    .floats = values,
    .n_tiles = TILES,
    .rows = ROWS,
    .columns = COLUMNS,
    .limit = 1,
    .captions = captions,
    .pointer_tile = -1,
    .scale_bar = TRUE,
  };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = (float) sin ((double) i * 1.7);

  init_dark_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_gallery (picture_get_canvas (&picture, &theme), &gallery);

  for (int y = 0; y < HEIGHT; y += 9)
    {
      for (int x = 0; x < WIDTH; x += 17)
        {
          gsize tile, row, column, other[3];
          gboolean inner = TRUE;

          if (!draw_gallery_locate (picture_get_canvas (&picture, &theme), &gallery, x + 0.5, y + 0.5, &tile, &row,
                                    &column))
            continue;

          /* Borders of tiles and cells are mixed. */
          for (int k = 0; k < 4 && inner; k++)
            inner = draw_gallery_locate (picture_get_canvas (&picture, &theme), &gallery, x + 0.5 + (k & 1 ? 2 : -2),
                                         y + 0.5 + (k & 2 ? 2 : -2), &other[0], &other[1], &other[2]) &&
                    other[0] == tile && other[1] == row && other[2] == column;
          if (!inner)
            continue;

          seen[tile] = TRUE;
          g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { x, y, 1, 1 },
                                                 draw_theme_get_diverging (&theme, (double) values[(tile * ROWS + row) * COLUMNS + column]), 3), ==, 1);
        }
    }

  for (int t = 0; t < TILES; t++)
    {
      g_assert_true (seen[t]);
      if (captions[t] != NULL)
        g_assert_nonnull (picture_find_text (captions[t]));
    }
}

static void
test_gallery_height (void)
{
  const guint8 pixels[28 * 28] = { 0 };
  const guint8 *tiles[10];
  DrawGallery gallery = {
    .bytes = tiles,
    .n_tiles = 10,
    .rows = 28,
    .columns = 28,
    .tile_size = 56,
    .pointer_tile = -1,
  };
  g_auto(Picture) picture = { 0 };
  gsize tile = 0, row, column;
  double height;
  DrawTheme theme;

  for (gsize i = 0; i < 10; i++)
    tiles[i] = pixels;

  init_light_theme (&theme);
  picture_begin (&picture, 400, 400);

  /* 8 pixels between tiles: six in a row of 400, so two rows */
  height = draw_gallery_get_height (picture_get_canvas (&picture, &theme), 400, &gallery);
  assert_close (height, 2 * 56 + 8, 1e-9);
  assert_close (draw_gallery_get_height (picture_get_canvas (&picture, &theme), 60, &gallery), 10 * 56 + 9 * 8, 1e-9);

  /* At that height every tile is there. */
  g_assert_true (draw_gallery_locate (picture_get_canvas_part (&picture, &theme, 400, height), &gallery,
                                      12 + 3 * 64 + 20, height - 1, &tile, &row, &column));
  g_assert_cmpuint (tile, ==, 9);
  g_assert_cmpuint (row, ==, 27);

  /* The sixth ends where six tiles and five gaps do; a gap is no tile. */
  g_assert_true (draw_gallery_locate (picture_get_canvas_part (&picture, &theme, 400, height), &gallery,
                                      12 + 5 * 64 + 55, 5, &tile, &row, &column));
  g_assert_cmpuint (tile, ==, 5);
  g_assert_cmpuint (column, ==, 27);
  g_assert_false (draw_gallery_locate (picture_get_canvas_part (&picture, &theme, 400, height), &gallery, 12 + 60, 5,
                                       &tile, &row, &column));
  g_assert_false (draw_gallery_locate (picture_get_canvas_part (&picture, &theme, 400, height), &gallery, 30, 60, &tile,
                                       &row, &column));

  /* One row stays one. */
  gallery.one_row = TRUE;
  assert_close (draw_gallery_get_height (picture_get_canvas (&picture, &theme), 400, &gallery), 56, 1e-9);
  g_assert_false (draw_gallery_locate (picture_get_canvas_part (&picture, &theme, 400, 56), &gallery, 20, 70, &tile,
                                       &row, &column));
}

/* Paper is what is behind, ink is the text's colour. */
static void
test_gallery_bytes (void)
{
  const guint8 pixels[4] = { 0, 255, 128, 0 };
  const guint8 *const tiles[2] = { pixels, NULL };
  const DrawGallery gallery = {
    .bytes = tiles,
    .n_tiles = 2,
    .rows = 2,
    .columns = 2,
    .one_row = TRUE,
    .pointer_tile = -1,
  };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  init_dark_theme (&theme);
  picture_begin (&picture, 200, 80);
  draw_gallery (picture_get_canvas (&picture, &theme), &gallery);

  g_assert_cmphex (picture_get_pixel (&picture, 20, 20), ==, color_to_pixel (theme.background));
  g_assert_cmphex (picture_get_pixel (&picture, 60, 20), ==, 0xffffff);
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 20, 60, 1, 1 }, (DrawColor) { 0.597, 0.597, 0.597, 1 },
                                         2), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/heatmap/limit", test_limit);
  g_test_add_func ("/heatmap/cells", test_cells);
  g_test_add_func ("/heatmap/strongest", test_strongest);
  g_test_add_func ("/heatmap/scale-bar", test_scale_bar);
  g_test_add_func ("/heatmap/count-bar", test_count_bar);
  g_test_add_func ("/heatmap/pointer", test_pointer);
  g_test_add_func ("/heatmap/empty", test_heatmap_empty);
  g_test_add_func ("/gallery/tiles", test_gallery_tiles);
  g_test_add_func ("/gallery/height", test_gallery_height);
  g_test_add_func ("/gallery/bytes", test_gallery_bytes);

  return g_test_run ();
}
