/* test-line.c: what is left of a long line, against all of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "draw/draw-line.h"
#include "test-util.h"

#define N 10000

static const DrawArea PLOT = { 10, 20, 300, 100 };

static double *
make_noise (gsize n)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (5);
  double *values = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    values[i] = g_rand_double (rand);

  return values;
}

static double
to_y (double value)
{
  return PLOT.y + (1 - value) * PLOT.height;
}

/* Each column of pixels spans just what the whole line spans there. */
static void
test_extremes (void)
{
  const DrawAxis x_axis = { .min = 1, .max = N }, y_axis = { .min = 0, .max = 1 };
  g_autofree double *values = make_noise (N);
  g_autoptr(GArray) line = NULL;
  double low[512], high[512];
  gboolean used[512] = { FALSE };
  double before = -INFINITY;

  values[3333] = 0.0;
  values[7777] = 1.0;
  line = draw_line_reduce (values, N, 1, &x_axis, &y_axis, &PLOT);

  g_assert_cmpuint (line->len, <=, 4 * 301);

  for (guint i = 0; i < G_N_ELEMENTS (low); i++)
    {
      low[i] = INFINITY;
      high[i] = -INFINITY;
    }
  for (guint i = 0; i < line->len; i++)
    {
      const DrawVertex *v = &g_array_index (line, DrawVertex, i);
      int column = (int) floor (v->x);

      g_assert_cmpfloat (v->x, >=, before);
      before = v->x;
      low[column] = MIN (low[column], v->y);
      high[column] = MAX (high[column], v->y);
    }

  for (gsize i = 0; i < N; i++)
    {
      int column = (int) floor (PLOT.x + (double) i / (N - 1) * PLOT.width);

      used[column] = TRUE;
      g_assert_cmpfloat (to_y (values[i]), >=, low[column] - 1e-9);
      g_assert_cmpfloat (to_y (values[i]), <=, high[column] + 1e-9);
    }
  for (guint i = 0; i < G_N_ELEMENTS (low); i++)
    g_assert_cmpint (used[i], ==, low[i] <= high[i]);
}

/* A slow line needs few points, and they lie on it. */
static void
test_smooth (void)
{
  const DrawAxis x_axis = { .min = 0, .max = N - 1 }, y_axis = { .min = 0, .max = 1 };
  g_autofree double *values = g_new (double, N);
  g_autoptr(GArray) line = NULL;

  for (gsize i = 0; i < N; i++)
    values[i] = 0.5 + 0.4 * sin ((double) i / N * 6);

  line = draw_line_reduce (values, N, 0, &x_axis, &y_axis, &PLOT);

  g_assert_cmpuint (line->len, <=, 2 * 301);
  g_assert_cmpuint (line->len, >=, 299);
  for (guint i = 0; i < line->len; i++)
    {
      const DrawVertex *v = &g_array_index (line, DrawVertex, i);
      double at = (v->x - PLOT.x) / PLOT.width * (N - 1);

      assert_close (v->y, to_y (0.5 + 0.4 * sin (at / N * 6)), 1e-3);
    }
}

static void
test_short (void)
{
  const DrawAxis x_axis = { .min = 1, .max = 3 }, y_axis = { .min = 0, .max = 1 };
  const double values[] = { 0.25, NAN, 0.75 };
  g_autoptr(GArray) line = draw_line_reduce (values, 3, 1, &x_axis, &y_axis, &PLOT);
  const DrawVertex *v = (const DrawVertex *) (gpointer) line->data;

  g_assert_cmpuint (line->len, ==, 3);
  assert_close (v[0].x, 10, 1e-12);
  assert_close (v[0].y, 95, 1e-12);
  g_assert_true (isnan (v[1].y));
  assert_close (v[2].x, 310, 1e-12);
  assert_close (v[2].y, 45, 1e-12);
}

/* Zoomed in, the line goes on to the neighbours outside. */
static void
test_part (void)
{
  const DrawAxis x_axis = { .min = 100.5, .max = 110.5 }, y_axis = { .min = 0, .max = 1 };
  g_autofree double *values = make_noise (N);
  g_autoptr(GArray) line = draw_line_reduce (values, N, 0, &x_axis, &y_axis, &PLOT);
  g_autoptr(GArray) none = NULL;
  const DrawVertex *v = (const DrawVertex *) (gpointer) line->data;

  g_assert_cmpuint (line->len, ==, 12);
  assert_close (v[0].y, to_y (values[100]), 1e-9);
  assert_close (v[11].y, to_y (values[111]), 1e-9);
  g_assert_cmpfloat (v[0].x, <, PLOT.x);
  g_assert_cmpfloat (v[11].x, >, PLOT.x + PLOT.width);

  none = draw_line_reduce (values, 5, 0, &x_axis, &y_axis, &PLOT);
  g_assert_cmpuint (none->len, ==, 0);
}

static void
test_gaps (void)
{
  const DrawAxis x_axis = { .min = 0, .max = 3 }, log_axis = { .min = 0.01, .max = 1, .log = TRUE };
  const double values[] = { 0.1, 0, -1, INFINITY };
  g_autoptr(GArray) line = draw_line_reduce (values, 4, 0, &x_axis, &log_axis, &PLOT);
  const DrawVertex *v = (const DrawVertex *) (gpointer) line->data;

  assert_close (v[0].y, to_y (0.5), 1e-9);
  g_assert_true (isnan (v[1].y));
  g_assert_true (isnan (v[2].y));
  g_assert_true (isnan (v[3].y));
}

static guint
count_ink (cairo_surface_t *surface,
           int              x,
           int              width)
{
  const guint8 *data;
  guint n = 0;

  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);

  for (int row = 0; row < cairo_image_surface_get_height (surface); row++)
    {
      for (int column = x; column < x + width; column++)
        n += data[row * cairo_image_surface_get_stride (surface) + column] > 127;
    }

  return n;
}

static cairo_surface_t *
draw_reduced (const double *values,
              gsize         n)
{
  const DrawAxis x_axis = { .min = 0, .max = (double) n - 1 }, y_axis = { .min = 0, .max = 1 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 320, 140);
  g_autoptr(GArray) line = draw_line_reduce (values, n, 0, &x_axis, &y_axis, &PLOT);
  cairo_t *cr = cairo_create (surface);

  draw_line (cr, line, 2, FALSE, FALSE);
  cairo_destroy (cr);

  return surface;
}

static cairo_surface_t *
stroke_all (const double *values,
            gsize         n)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 320, 140);
  cairo_t *cr = cairo_create (surface);

  cairo_set_line_width (cr, 2);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (gsize i = 0; i < n; i++)
    cairo_line_to (cr, PLOT.x + (double) i / ((double) n - 1) * PLOT.width, to_y (values[i]));
  cairo_stroke (cr);
  cairo_destroy (cr);

  return surface;
}

/* The quick way covers what Cairo's stroke of every value covers. */
static void
test_columns (void)
{
  static const gsize lengths[] = { 300, 600, N };

  for (gsize k = 0; k < G_N_ELEMENTS (lengths); k++)
    {
      gsize n = lengths[k];
      g_autofree double *values = make_noise (n);
      cairo_surface_t *quick, *slow;

      for (gsize i = 0; i < n; i++)
        values[i] = 0.3 + 0.3 * values[i] + 0.2 * sin ((double) i / (double) n * 5);

      quick = draw_reduced (values, n);
      slow = stroke_all (values, n);

      g_assert_cmpuint (count_ink (slow, 20, 280), >, 280 * 10);
      for (int x = 20; x < 300; x += 20)
        g_assert_cmpint (abs ((int) count_ink (quick, x, 20) - (int) count_ink (slow, x, 20)), <=,
                         (int) count_ink (slow, x, 20) / 10);

      cairo_surface_destroy (quick);
      cairo_surface_destroy (slow);
    }
}

/* A line that does not run up and down is stroked, however many points it has. */
static void
test_stroke (void)
{
  g_autofree double *values = g_new (double, 600);
  cairo_surface_t *quick, *slow;

  for (gsize i = 0; i < 600; i++)
    values[i] = exp (-(double) i / 40);

  quick = draw_reduced (values, 600);
  slow = stroke_all (values, 600);
  g_assert_cmpmem (cairo_image_surface_get_data (quick), 320 * 140,
                   cairo_image_surface_get_data (slow), 320 * 140);

  cairo_surface_destroy (quick);
  cairo_surface_destroy (slow);
}

/* One value alone is a dot, not nothing. */
static void
test_alone (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 320, 140);
  const DrawAxis x_axis = { .min = 1, .max = 3 }, y_axis = { .min = 0, .max = 1 };
  const double values[] = { NAN, 0.5, NAN };
  g_autoptr(GArray) line = draw_line_reduce (values, 3, 1, &x_axis, &y_axis, &PLOT);
  cairo_t *cr = cairo_create (surface);

  draw_line (cr, line, 2, FALSE, FALSE);
  cairo_destroy (cr);

  g_assert_cmpuint (count_ink (surface, 155, 10), >=, 20);
  g_assert_cmpuint (count_ink (surface, 0, 150), ==, 0);

  cairo_surface_destroy (surface);
}

/* A dashed line is told apart from a solid one, dense or not. */
static void
test_dashed (void)
{
  for (gsize n = 10; n <= N; n *= N / 10)
    {
      const DrawAxis x_axis = { .min = 0, .max = (double) n - 1 }, y_axis = { .min = 0, .max = 1 };
      g_autofree double *values = make_noise (n);
      g_autoptr(GArray) line = NULL;
      guint ink[2];

      for (gsize i = 0; i < n; i++)
        values[i] = 0.5 + 0.1 * values[i];
      line = draw_line_reduce (values, n, 0, &x_axis, &y_axis, &PLOT);

      for (int dashed = 0; dashed <= 1; dashed++)
        {
          cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 320, 140);
          cairo_t *cr = cairo_create (surface);

          draw_line (cr, line, 2, dashed, FALSE);
          cairo_destroy (cr);
          ink[dashed] = count_ink (surface, 0, 320);
          cairo_surface_destroy (surface);
        }

      g_assert_cmpfloat (ink[1], <, 0.75 * ink[0]);
      g_assert_cmpfloat (ink[1], >, 0.4 * ink[0]);
    }
}

/* Values at places of their own are drawn there; from column to column as those at every place. */
static void
test_places (void)
{
  const DrawAxis x_axis = { .min = 100, .max = 9000 }, y_axis = { .min = 0, .max = 1 };
  g_autofree double *values = make_noise (N);
  g_autofree double *x = g_new (double, N);
  g_autoptr(GArray) regular = draw_line_reduce (values, N, 0, &x_axis, &y_axis, &PLOT);
  g_autoptr(GArray) placed = NULL;
  g_autoptr(GArray) few = NULL;
  const double places[] = { 1, 128, 4096, 10000 };

  for (guint i = 0; i < N; i++)
    x[i] = i;
  placed = draw_line_reduce_at (values, x, N, &x_axis, &y_axis, &PLOT);
  g_assert_cmpmem (placed->data, placed->len * sizeof (DrawVertex), regular->data, regular->len * sizeof (DrawVertex));

  few = draw_line_reduce_at (values, places, 4, &x_axis, &y_axis, &PLOT);
  g_assert_cmpuint (few->len, ==, 4);
  for (guint i = 0; i < few->len; i++)
    {
      const DrawVertex *v = &g_array_index (few, DrawVertex, i);

      g_assert_cmpfloat_with_epsilon (v->x, PLOT.x + PLOT.width * (places[i] - 100) / 8900, 1e-9);
      g_assert_cmpfloat_with_epsilon (v->y, to_y (values[i]), 1e-9);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/line/extremes", test_extremes);
  g_test_add_func ("/line/places", test_places);
  g_test_add_func ("/line/smooth", test_smooth);
  g_test_add_func ("/line/short", test_short);
  g_test_add_func ("/line/part", test_part);
  g_test_add_func ("/line/gaps", test_gaps);
  g_test_add_func ("/line/columns", test_columns);
  g_test_add_func ("/line/stroke", test_stroke);
  g_test_add_func ("/line/alone", test_alone);
  g_test_add_func ("/line/dashed", test_dashed);

  return g_test_run ();
}
