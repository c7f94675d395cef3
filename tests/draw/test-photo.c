/* test-photo.c: boxes where the digits are, labels that stand free.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-random.h"
#include "draw/draw-color.h"
#include "draw/draw-photo.h"
#include "picture.h"

#define WIDTH 400
#define HEIGHT 300

/* (transfer full): of one shade */
static cairo_surface_t *
make_image (int    columns,
            int    rows,
            double shade)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, columns, rows);
  cairo_t *cr = cairo_create (image);

  cairo_set_source_rgb (cr, shade, shade, shade);
  cairo_paint (cr);
  cairo_destroy (cr);

  return image;
}

/* The picture keeps its shape, in the middle; the boxes follow it. */
static void
test_place (void)
{
  const DrawPhotoBox boxes[] = {
    { { 100, 50, 200, 100 }, NULL, NULL },
    { { 150, 60, 20, 20 }, NULL, NULL },
  };
  const DrawPhoto sheet = { NULL, 800, 400, boxes, 2, -1 };
  const DrawPhoto small = { NULL, 28, 28, NULL, 0, -1 };
  DrawArea area = draw_photo_place (WIDTH, HEIGHT, &sheet);
  gsize box = 9;

  assert_close (area.width, 400, 1e-9);
  assert_close (area.height, 200, 1e-9);
  assert_close (area.y, 50, 1e-9);
  area = draw_photo_place (WIDTH, HEIGHT, &small);
  assert_close (area.width, 56, 1e-9);
  assert_close (area.x, 172, 1e-9);

  /* In both, the smaller; in the larger only; beside them. */
  g_assert_true (draw_photo_locate (WIDTH, HEIGHT, &sheet, 80, 85, &box));
  g_assert_cmpuint (box, ==, 1);
  g_assert_true (draw_photo_locate (WIDTH, HEIGHT, &sheet, 140, 120, &box));
  g_assert_cmpuint (box, ==, 0);
  g_assert_false (draw_photo_locate (WIDTH, HEIGHT, &sheet, 20, 20, &box));
}

/* On black, white and grey ground, light and dark: the box is seen, and the label. */
static void
test_contrast (void)
{
  const DrawPhotoBox boxes[] = { { { 100, 100, 100, 100 }, "7  98 %", "7" } };

  for (gsize dark = 0; dark < 2; dark++)
    for (gsize k = 0; k < 3; k++)
      {
        const double shade = (double) k / 2;
        const DrawColor ground = { shade, shade, shade, 1 };
        DrawPhoto sheet = { make_image (40, 30, shade), WIDTH, HEIGHT, boxes, 1, -1 };
        g_auto(Picture) picture = { 0 };
        DrawTheme theme;
        PictureText *text;
        guint n;

        if (dark)
          init_dark_theme (&theme);
        else
          init_light_theme (&theme);
        picture_begin (&picture, WIDTH, HEIGHT);
        draw_photo (picture_get_canvas (&picture, &theme), &sheet);

        /* The left edge, across. */
        n = picture_count_color (&picture, (DrawArea) { 92, 150, 12, 1 }, ground, 40);
        g_assert_cmpuint (n, <=, 10);

        text = picture_find_text ("7  98 %");
        g_assert_nonnull (text);
        g_assert_cmpfloat (text->area.y + text->area.height, <=, 100);
        n = picture_count_color (&picture, text->area, draw_theme_get_paper (&theme), 10);
        g_assert_cmpfloat (n, >, 0.4 * text->area.width * text->area.height);
        g_assert_cmpuint (picture_count_color (&picture, text->area, theme.foreground, 60), >, 10);

        cairo_surface_destroy (sheet.image);
      }
}

/* Wherever the boxes are, and however many. */
static void
test_labels (void)
{
  MlpRandom random;

  mlp_random_seed (&random, 1, 0);
  for (gsize round = 0; round < 40; round++)
    {
      DrawPhotoBox boxes[60];
      gsize n = 1 + mlp_random_below (&random, G_N_ELEMENTS (boxes));
      g_auto(Picture) picture = { 0 };
      DrawPhoto sheet = { NULL, 1000, 1000, boxes, n, (gssize) mlp_random_below (&random, n) };
      double width = 120 + (double) mlp_random_below (&random, 600);
      double height = 120 + (double) mlp_random_below (&random, 600);
      DrawTheme theme;

      for (gsize i = 0; i < n; i++)
        {
          boxes[i].area.width = 5 + (double) mlp_random_below (&random, 200);
          boxes[i].area.height = 5 + (double) mlp_random_below (&random, 200);
          boxes[i].area.x = (double) mlp_random_below (&random, 800);
          boxes[i].area.y = (double) mlp_random_below (&random, 800);
          boxes[i].label = i == (gsize) sheet.chosen ? "chosen" : "4  100 %";
          boxes[i].short_label = i == (gsize) sheet.chosen ? NULL : "4";
        }

      init_light_theme (&theme);
      picture_begin (&picture, floor (width), floor (height));
      draw_photo (picture_get_canvas (&picture, &theme), &sheet);
      picture_assert_texts (&picture, "sheet");
      g_assert_nonnull (picture_find_text ("chosen"));
    }
}

/* Where there is little room the answer stays, without its share. */
static void
test_short (void)
{
  DrawPhotoBox boxes[12];
  const DrawPhoto sheet = { NULL, 240, 60, boxes, G_N_ELEMENTS (boxes), -1 };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;
  guint n = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (boxes); i++)
    {
      boxes[i] = (DrawPhotoBox) { { 20 * (double) i + 2, 20, 16, 20 }, "8  100 %", "8" };
    }

  init_light_theme (&theme);
  picture_begin (&picture, 240, 60);
  draw_photo (picture_get_canvas (&picture, &theme), &sheet);
  for (guint i = 0; i < picture_texts->len; i++)
    n += strcmp (g_array_index (picture_texts, PictureText, i).text, "8") == 0;
  g_assert_cmpuint (n, >=, 4);
}

static void
test_nothing (void)
{
  const DrawPhoto none = { NULL, 0, 0, NULL, 0, -1 };
  const DrawPhoto empty = { NULL, 10, 10, NULL, 0, 5 };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_photo (picture_get_canvas (&picture, &theme), &none);
  draw_photo (picture_get_canvas_part (&picture, &theme, 0, 0), &empty);
  draw_photo (picture_get_canvas (&picture, &theme), &empty);
  g_assert_cmpuint (picture_texts->len, ==, 0);
  g_assert_false (draw_photo_locate (WIDTH, HEIGHT, &none, 5, 5, NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sheet/place", test_place);
  g_test_add_func ("/sheet/contrast", test_contrast);
  g_test_add_func ("/sheet/labels", test_labels);
  g_test_add_func ("/sheet/short", test_short);
  g_test_add_func ("/sheet/nothing", test_nothing);

  return g_test_run ();
}
