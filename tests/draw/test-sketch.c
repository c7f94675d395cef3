/* test-sketch.c: the ink that strokes leave, against what geometry says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "draw/draw-sketch.h"
#include "test-util.h"

#define SIDE 280

static double
sum_ink (const guint8 *ink)
{
  double sum = 0;

  for (gsize i = 0; i < SIDE * SIDE; i++)
    sum += ink[i] / 255.0;

  return sum;
}

static void
test_dot (void)
{
  const DrawPoint point = { 0.5f, 0.25f, 0.5f, TRUE };
  const double radius = 0.5 * DRAW_PEN_WIDTH * SIDE;
  guint8 ink[SIDE * SIDE];
  double x = 0, y = 0;

  draw_sketch_to_ink (&point, 1, SIDE, ink);

  /* A disc: its area, and its middle */
  assert_close (sum_ink (ink), G_PI * radius * radius, 0.03);
  for (gsize i = 0; i < SIDE * SIDE; i++)
    {
      x += ink[i] / 255.0 * ((double) (i % SIDE) + 0.5);
      y += ink[i] / 255.0 * ((double) (i / SIDE) + 0.5);
    }
  assert_close (x / sum_ink (ink), 0.5 * SIDE, 0.002);
  assert_close (y / sum_ink (ink), 0.25 * SIDE, 0.002);
  g_assert_cmpuint (ink[70 * SIDE + 140], ==, 255);
}

/* A straight line of any kind: a capsule */
static void
test_line (void)
{
  const double radius = 0.5 * DRAW_PEN_WIDTH * SIDE;

  for (guint n = 2; n <= 200; n += 33)
    {
      g_autofree DrawPoint *points = g_new0 (DrawPoint, n);
      guint8 ink[SIDE * SIDE];
      double length;

      for (guint i = 0; i < n; i++)
        points[i] = (DrawPoint) { 0.2f + 0.6f * i / (n - 1), 0.3f + 0.3f * i / (n - 1), 0.5f, i == 0 }
      ;

      draw_sketch_to_ink (points, n, SIDE, ink);
      length = hypot (0.6, 0.3) * SIDE;

      assert_close (sum_ink (ink), 2 * radius * length + G_PI * radius * radius, 0.01);
      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (ink[(gsize) (points[i].y * SIDE) * SIDE + (gsize) (points[i].x * SIDE)], ==, 255);
    }
}

/* A pen that is pressed harder leaves a wider line: 0.5 … 1.5 of the width. */
static void
test_pressure (void)
{
  DrawPoint points[] = { { 0.2f, 0.5f, 0.5f, TRUE }, { 0.5f, 0.5f, 0.5f, FALSE }, { 0.8f, 0.5f, 0.5f, FALSE } };
  static const double widths[] = { 0.5, 1.0, 1.5 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      guint8 ink[SIDE * SIDE];
      double column = 0;

      for (guint k = 0; k < 3; k++)
        points[k].pressure = (float) i / 2;
      draw_sketch_to_ink (points, 3, SIDE, ink);
      for (gsize row = 0; row < SIDE; row++)
        column += ink[row * SIDE + SIDE / 2] / 255.0;

      assert_close (column, widths[i] * DRAW_PEN_WIDTH * SIDE, 0.02);
    }

  /* From light to hard, in one stroke */
  {
    guint8 ink[SIDE * SIDE];
    double left = 0, right = 0;

    points[0].pressure = 0;
    points[1].pressure = 0.5f;
    points[2].pressure = 1;
    draw_sketch_to_ink (points, 3, SIDE, ink);

    /* A trapezium, with half a disc at each end */
    assert_close (sum_ink (ink), (0.6 * DRAW_PEN_WIDTH + G_PI / 8 * (0.25 + 2.25) * DRAW_PEN_WIDTH * DRAW_PEN_WIDTH) * SIDE * SIDE, 0.02);
    for (gsize row = 0; row < SIDE; row++)
      {
        left += ink[row * SIDE + SIDE * 21 / 100] / 255.0;
        right += ink[row * SIDE + SIDE * 79 / 100] / 255.0;
      }
    assert_close (left, 0.5 * DRAW_PEN_WIDTH * SIDE, 0.06);
    assert_close (right, 1.5 * DRAW_PEN_WIDTH * SIDE, 0.06);
  }
}

/* A part of the square, with a pen of its own: what geometry says, wherever it is. */
static void
test_part (void)
{
  const DrawPoint points[] = { { 0.2f, 0.3f, 0.5f, TRUE }, { 0.4f, 0.3f, 0.5f, FALSE } };
  const double pen = 0.04;
  guint8 ink[SIDE * SIDE], other[SIDE * SIDE];
  double sum = 0, x0, y0, x1, y1;

  g_assert_true (draw_sketch_get_extents (points, 2, &x0, &y0, &x1, &y1));
  assert_close (x0, 0.2, 1e-7);
  assert_close (y0, 0.3, 1e-7);
  assert_close (x1, 0.4, 1e-7);
  assert_close (y1, 0.3, 1e-7);
  g_assert_false (draw_sketch_get_extents (NULL, 0, &x0, &y0, &x1, &y1));

  /* Twice as large: a capsule of twice the length and width */
  draw_sketch_part_to_ink (points, 2, 0.1, 0.1, 0.5, pen, SIDE, ink);
  sum = sum_ink (ink);
  assert_close (sum, (0.4 * 2 * pen + G_PI * pen * pen) * SIDE * SIDE, 0.01);
  g_assert_cmpuint (ink[(gsize) (0.4 * SIDE) * SIDE + (gsize) (0.21 * SIDE)], ==, 255);
  g_assert_cmpuint (ink[(gsize) (0.4 * SIDE) * SIDE + (gsize) (0.59 * SIDE)], ==, 255);
  g_assert_cmpuint (ink[(gsize) (0.4 * SIDE) * SIDE + (gsize) (0.15 * SIDE)], ==, 0);
  g_assert_cmpuint (ink[(gsize) (0.45 * SIDE) * SIDE + (gsize) (0.4 * SIDE)], ==, 0);

  /* A part beyond the edge, and all of it with the usual pen */
  draw_sketch_part_to_ink (points, 2, -0.2, -0.2, 1.4, 0.0, SIDE, ink);
  assert_close (sum_ink (ink), (0.2 * DRAW_PEN_WIDTH + G_PI / 4 * DRAW_PEN_WIDTH * DRAW_PEN_WIDTH) * SIDE * SIDE / (1.4 * 1.4), 0.02);
  draw_sketch_part_to_ink (points, 2, 0.0, 0.0, 1.0, 0.0, SIDE, ink);
  draw_sketch_to_ink (points, 2, SIDE, other);
  g_assert_cmpmem (ink, sizeof ink, other, sizeof other);
}

/* Two strokes are not joined, and the paper between them stays clean. */
static void
test_strokes (void)
{
  const DrawPoint points[] = {
    { 0.2f, 0.2f, 0.5f, TRUE }, { 0.2f, 0.8f, 0.5f, FALSE },
    { 0.8f, 0.8f, 0.5f, TRUE }, { 0.8f, 0.2f, 0.5f, FALSE },
  };
  guint8 ink[SIDE * SIDE];

  draw_sketch_to_ink (points, 4, SIDE, ink);

  for (gsize row = 0; row < SIDE; row++)
    {
      for (gsize column = 80; column < 200; column++)
        g_assert_cmpuint (ink[row * SIDE + column], ==, 0);
    }
  g_assert_cmpuint (ink[140 * SIDE + 56], ==, 255);
  g_assert_cmpuint (ink[140 * SIDE + 224], ==, 255);
}

/* A circle of few points looks like one; a corner stays a corner. */
static void
test_bends (void)
{
  const DrawPoint corner[] = {
    { 0.2f, 0.2f, 0.5f, TRUE }, { 0.8f, 0.2f, 0.5f, FALSE }, { 0.4f, 0.8f, 0.5f, FALSE },
  };
  const DrawPoint hook[] = {
    { 0.4f, 0.5f, 0.5f, TRUE }, { 0.5f, 0.5f, 0.5f, FALSE }, { 0.5f, 0.6f, 0.5f, FALSE },
  };
  DrawPoint circle[25];
  guint8 ink[SIDE * SIDE];

  draw_sketch_to_ink (corner, 3, SIDE, ink);
  g_assert_cmpuint (ink[(gsize) (0.2 * SIDE) * SIDE + (gsize) (0.8 * SIDE)], ==, 255);

  /* And one between short sides: its outer edge is inked. */
  draw_sketch_to_ink (hook, 3, SIDE, ink);
  g_assert_cmpuint (ink[(gsize) (0.484 * SIDE) * SIDE + (gsize) (0.516 * SIDE)], >, 100);

  for (guint i = 0; i < 25; i++)
    circle[i] = (DrawPoint) {
      0.5f + 0.25f * (float) cos (i * G_PI / 12), 0.5f + 0.25f * (float) sin (i * G_PI / 12), 0.5f, i == 0
    }
  ;
  draw_sketch_to_ink (circle, 25, SIDE, ink);

  /* A ring, up to a pixel of the radius */
  for (gsize i = 0; i < SIDE * SIDE; i++)
    {
      double r = hypot ((double) (i % SIDE) + 0.5 - SIDE / 2, (double) (i / SIDE) + 0.5 - SIDE / 2);

      if (fabs (r - 0.2485 * SIDE) < DRAW_PEN_WIDTH * SIDE / 2 - 1.7)
        g_assert_cmpuint (ink[i], >, 200);
      if (fabs (r - 0.2485 * SIDE) > DRAW_PEN_WIDTH * SIDE / 2 + 1.7)
        g_assert_cmpuint (ink[i], ==, 0);
    }
}

/* The keyboard's pen: seen on ink and on paper, and down by its form. */
static void
test_cross (void)
{
  const double radius = 0.5 * DRAW_PEN_WIDTH * SIDE;

  for (guint on_ink = 0; on_ink < 2; on_ink++)
    for (guint is_down = 0; is_down < 2; is_down++)
      {
        const guint32 ground = on_ink ? 0x000000 : 0xffffff;
        cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
        cairo_t *cr = cairo_create (surface);
        const guint32 *pixels;
        gsize stride;
        DrawTheme theme;

        draw_theme_init_print (&theme);
        cairo_set_source_rgb (cr, !on_ink, !on_ink, !on_ink);
        cairo_paint (cr);
        draw_sketch_cross (cr, &theme, SIDE, 0.25, 0.5, is_down);
        cairo_destroy (cr);

        cairo_surface_flush (surface);
        pixels = (const guint32 *) (gconstpointer) cairo_image_surface_get_data (surface);
        stride = (gsize) cairo_image_surface_get_stride (surface) / 4;

        g_assert_cmpint ((pixels[140 * stride + 70] & 0xffffff) != ground, ==, is_down);
        g_assert_cmpuint (pixels[140 * stride + 70 + (gsize) (radius + 6)] & 0xffffff, !=, ground);
        g_assert_cmpuint (pixels[(140 - (gsize) (radius + 6)) * stride + 70] & 0xffffff, !=, ground);
        g_assert_cmpuint (pixels[140 * stride + 70 + (gsize) (radius + 20)] & 0xffffff, ==, ground);
        cairo_surface_destroy (surface);
      }
}

static void
test_empty (void)
{
  guint8 ink[SIDE * SIDE];

  memset (ink, 7, sizeof ink);
  draw_sketch_to_ink (NULL, 0, SIDE, ink);

  assert_close (sum_ink (ink), 0, 0);
}

/* Where translucent strokes cross, they are not darker. */
static void
test_translucent (void)
{
  const DrawPoint points[] = {
    { 0.1f, 0.5f, 0.5f, TRUE }, { 0.9f, 0.5f, 0.5f, FALSE },
    { 0.5f, 0.1f, 0.5f, TRUE }, { 0.5f, 0.9f, 0.5f, FALSE },
  };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 100, 100);
  cairo_t *cr = cairo_create (surface);
  const guint8 *data;

  cairo_set_source_rgba (cr, 0, 0, 0, 0.5);
  draw_sketch (cr, 100, points, 4);
  cairo_destroy (cr);

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  g_assert_cmpint (data[50 * cairo_image_surface_get_stride (surface) + 50], <=, 129);
  g_assert_cmpint (data[50 * cairo_image_surface_get_stride (surface) + 50], >=, 126);
  g_assert_cmpint (data[50 * cairo_image_surface_get_stride (surface) + 20], >=, 126);

  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sketch/dot", test_dot);
  g_test_add_func ("/sketch/line", test_line);
  g_test_add_func ("/sketch/pressure", test_pressure);
  g_test_add_func ("/sketch/part", test_part);
  g_test_add_func ("/sketch/strokes", test_strokes);
  g_test_add_func ("/sketch/bends", test_bends);
  g_test_add_func ("/sketch/cross", test_cross);
  g_test_add_func ("/sketch/empty", test_empty);
  g_test_add_func ("/sketch/translucent", test_translucent);

  return g_test_run ();
}
