/* test-pipeline.c: the pictures of a drawing on its way to the network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-pipeline.h"
#include "test-util.h"

#define SIZE 280

typedef struct
{
  cairo_surface_t *surface;
  DrawTheme        theme;
  DrawCanvas       canvas;
} Page;

static void
open_page (Page *page)
{
  page->surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIZE, SIZE);
  page->canvas = (DrawCanvas) { cairo_create (page->surface), &page->theme, SIZE, SIZE };
  draw_theme_init_print (&page->theme);
}

static void
close_page (Page *page)
{
  cairo_destroy (page->canvas.cr);
  cairo_surface_destroy (page->surface);
}

static guint32
get_pixel (const Page *page,
           double      x,
           double      y)
{
  const guint8 *data;
  gsize stride = (gsize) cairo_image_surface_get_stride (page->surface);

  cairo_surface_flush (page->surface);
  data = cairo_image_surface_get_data (page->surface);

  return ((const guint32 *) (gconstpointer) (data + (gsize) y * stride))[(gsize) x] & 0xffffff;
}

/* Ink and paper are grey; marks are not. */
static gboolean
is_mark (const Page *page,
         double      x,
         double      y)
{
  guint32 pixel = get_pixel (page, x, y);
  int red = (int) (pixel >> 16), blue = (int) (pixel & 0xff);

  return ABS (red - blue) > 60;
}

static void
test_strokes (void)
{
  const InkPoint points[] = { { 0.2f, 0.5f, 0.5f, TRUE }, { 0.8f, 0.5f, 0.5f, FALSE } };
  const DrawArea box = { 0.1, 0.2, 0.7, 0.6 };
  Page page;
  guint width = 0;

  open_page (&page);
  draw_pipeline_strokes (&page.canvas, 0.1, points, 2, NULL);
  for (guint y = 0; y < SIZE; y++)
    width += get_pixel (&page, SIZE / 2, y) < 0x808080;
  g_assert_cmpuint (width, ==, SIZE / 10);
  g_assert_cmpuint (get_pixel (&page, 20, 20), ==, 0xffffff);
  g_assert_false (is_mark (&page, 0.1 * SIZE, SIZE / 2));

  draw_pipeline_strokes (&page.canvas, INK_STROKE_PEN, points, 2, &box);
  width = 0;
  for (guint y = 0; y < SIZE; y++)
    width += get_pixel (&page, SIZE / 2, y) < 0x808080;
  g_assert_cmpuint (width, ==, SIZE / 20);
  g_assert_true (is_mark (&page, 0.1 * SIZE, SIZE / 2 + 30));
  g_assert_true (is_mark (&page, 0.8 * SIZE, SIZE / 2 + 30));
  g_assert_true (is_mark (&page, SIZE / 2, 0.2 * SIZE));
  g_assert_true (is_mark (&page, SIZE / 2, 0.8 * SIZE));
  g_assert_false (is_mark (&page, 0.5 * SIZE, 0.35 * SIZE));

  /* An empty pad */
  draw_pipeline_strokes (&page.canvas, INK_STROKE_PEN, NULL, 0, NULL);
  g_assert_cmpuint (get_pixel (&page, SIZE / 2, SIZE / 2), ==, 0xffffff);
  close_page (&page);
}

static void
test_pixels (void)
{
  const double barycentre[] = { 5.5, 7.0 };
  guint8 bytes[100] = { 0 };
  Page page;

  bytes[2 * 10 + 3] = 255;
  open_page (&page);
  draw_pipeline_pixels (&page.canvas, bytes, 10, FALSE, NULL);
  for (guint row = 0; row < 10; row++)
    for (guint column = 0; column < 10; column++)
      g_assert_cmpint (get_pixel (&page, column * 28 + 14, row * 28 + 14) != 0xffffff, ==, row == 2 && column == 3);

  draw_pipeline_pixels (&page.canvas, bytes, 10, FALSE, barycentre);
  g_assert_true (is_mark (&page, 5.5 * 28, 7.0 * 28));
  g_assert_true (is_mark (&page, 5.5 * 28 + 4, 7.0 * 28));
  g_assert_false (is_mark (&page, 5.5 * 28 + 9, 7.0 * 28));

  /* The middle is that of pixel n / 2, as in MNIST; nothing but lines without bytes. */
  draw_pipeline_pixels (&page.canvas, NULL, 28, TRUE, NULL);
  g_assert_cmpuint (get_pixel (&page, 14.5 * 10, 30), !=, 0xffffff);
  g_assert_cmpuint (get_pixel (&page, 30, 14.5 * 10), !=, 0xffffff);
  g_assert_cmpuint (get_pixel (&page, 14.0 * 10, 30), ==, 0xffffff);
  g_assert_cmpuint (get_pixel (&page, 30, 50), ==, 0xffffff);
  close_page (&page);
}

/* Seen as left out by its form, not by its colour alone */
static void
test_left_out (void)
{
  const guint8 ink = 255;
  Page page;

  open_page (&page);
  draw_pipeline_pixels (&page.canvas, &ink, 1, FALSE, NULL);
  draw_pipeline_left_out (&page.canvas);
  for (guint i = 10; i < SIZE - 10; i += 20)
    g_assert_true (is_mark (&page, i, SIZE - i));
  g_assert_false (is_mark (&page, 30, 30));
  g_assert_cmpuint (get_pixel (&page, 30, 30), >, 0x808080);
  close_page (&page);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/pipeline/strokes", test_strokes);
  g_test_add_func ("/pipeline/pixels", test_pixels);
  g_test_add_func ("/pipeline/left-out", test_left_out);

  return g_test_run ();
}
