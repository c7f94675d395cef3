/* test-sketch.c: strokes and the keyboard's pen on a canvas.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-sketch.h"
#include "test-util.h"

#define SIDE 280

/* What Cairo covers is what the rasteriser for the network does: a mouse's strokes, a
 * pen's whose pressure changes, crossings, corners and dots. */
static void
test_same_as_ink (void)
{
  guint8 ink[SIDE * SIDE];
  InkPoint points[64];

  for (guint kind = 0; kind < 4; kind++)
    {
      cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, SIDE, SIDE);
      cairo_t *cr = cairo_create (surface);
      const guint8 *data;
      gsize stride;
      double sum = 0.0, difference = 0.0;
      guint n_far = 0;

      for (guint i = 0; i < G_N_ELEMENTS (points); i++)
        {
          const double t = 2.0 * G_PI * i / (G_N_ELEMENTS (points) - 1);

          points[i].x = (float) (0.5 + (kind < 2 ? 0.2 * sin (2.0 * t) : 0.3 * sin (5.0 * t)));
          points[i].y = (float) (0.5 + 0.35 * cos (t));
          points[i].pressure = kind % 2 == 0 ? 0.5f : (float) (0.5 + 0.5 * sin (3.0 * t));
          points[i].starts = i % 40 == 0 || i == 63;
        }

      draw_sketch (cr, SIDE, INK_STROKE_PEN, points, G_N_ELEMENTS (points));
      cairo_destroy (cr);
      cairo_surface_flush (surface);
      data = cairo_image_surface_get_data (surface);
      stride = (gsize) cairo_image_surface_get_stride (surface);
      ink_stroke_render (points, G_N_ELEMENTS (points), &INK_STROKE_VIEW_WHOLE, SIDE, ink);

      for (gsize i = 0; i < SIDE * SIDE; i++)
        {
          const int drawn = data[i / SIDE * stride + i % SIDE];

          sum += drawn / 255.0;
          difference += (ink[i] - drawn) / 255.0;
          n_far += ABS (ink[i] - drawn) > 40;
        }
      cairo_surface_destroy (surface);

      g_test_message ("kind %u: %.1f pixels of ink, %.1f more in the other, %u pixels differ much",
                      kind, sum, difference, n_far);
      g_assert_cmpfloat (sum, >, 1000.0);
      assert_close (sum + difference, sum, 0.005);
      g_assert_cmpuint (n_far, <=, SIDE * SIDE / 2000);
    }
}

/* The keyboard's pen: seen on ink and on paper, and down by its form. */
static void
test_cross (void)
{
  const double radius = 0.5 * INK_STROKE_PEN * SIDE;

  for (guint on_ink = 0; on_ink < 2; on_ink++)
    for (guint is_down = 0; is_down < 2; is_down++)
      {
        const guint32 ground = on_ink ? 0x000000 : 0xffffff;
        cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIDE, SIDE);
        DrawTheme theme;
        const DrawCanvas canvas = { cairo_create (surface), &theme, SIDE, SIDE };
        const guint32 *pixels;
        gsize stride;

        draw_theme_init_print (&theme);
        cairo_set_source_rgb (canvas.cr, !on_ink, !on_ink, !on_ink);
        cairo_paint (canvas.cr);
        draw_sketch_cross (&canvas, 0.25, 0.5, is_down);
        cairo_destroy (canvas.cr);

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

/* Where translucent strokes cross, they are not darker. */
static void
test_translucent (void)
{
  const InkPoint points[] = {
    { 0.1f, 0.5f, 0.5f, TRUE }, { 0.9f, 0.5f, 0.5f, FALSE },
    { 0.5f, 0.1f, 0.5f, TRUE }, { 0.5f, 0.9f, 0.5f, FALSE },
  };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 100, 100);
  cairo_t *cr = cairo_create (surface);
  const guint8 *data;

  cairo_set_source_rgba (cr, 0, 0, 0, 0.5);
  draw_sketch (cr, 100, INK_STROKE_PEN, points, 4);
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

  g_test_add_func ("/sketch/same-as-ink", test_same_as_ink);
  g_test_add_func ("/sketch/cross", test_cross);
  g_test_add_func ("/sketch/translucent", test_translucent);

  return g_test_run ();
}
