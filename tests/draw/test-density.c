/* test-density.c: every point is counted once, and seen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-density-private.h"
#include "draw/draw-scale-bar.h"
#include "picture.h"

#define N 20000

/* A plot of 100 × 80 units whose edges are between whole ones */
static const DrawArea PLOT = { 10.25, 20.5, 100, 80 };
static const DrawArea AREA = { 10, 20, 101, 81 };
static const DrawAxis X_AXIS = { .min = 0, .max = 1 };
static const DrawAxis Y_AXIS = { .min = 0, .max = 1 };

static void
count (DrawDensity  *density,
       const double *x,
       const double *y,
       gsize         n,
       double        scale)
{
  draw_density_init (density, x, y, n, &X_AXIS, &Y_AXIS, &PLOT, &AREA, scale);
}

static guint64
add_up (const DrawDensity *density)
{
  guint64 sum = 0;

  for (gsize i = 0; i < density->columns * density->rows; i++)
    sum += density->counts[i];

  return sum;
}

/* Some are outside, or nowhere. */
static gsize
fill (double *x,
      double *y)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  gsize n_inside = 0;

  for (gsize i = 0; i < N; i++)
    {
      x[i] = g_rand_double_range (rand, -0.1, 1.1);
      y[i] = i % 3 == 0 ? x[i] : g_rand_double_range (rand, -0.1, 1.1);
      if (i % 50 == 0)
        x[i] = NAN;
      if (i % 77 == 0)
        y[i] = -INFINITY;
      n_inside += x[i] >= 0 && x[i] <= 1 && y[i] >= 0 && y[i] <= 1;
    }

  /* Corners are inside. */
  for (gsize i = 1; i <= 4; i++)
    {
      n_inside += !(x[i] >= 0 && x[i] <= 1 && y[i] >= 0 && y[i] <= 1);
      x[i] = i & 1;
      y[i] = i >> 1 & 1;
    }

  return n_inside;
}

static void
test_counts (void)
{
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);
  gsize n_inside = fill (x, y);

  for (guint s = 1; s <= 4; s++)
    {
      g_auto(DrawDensity) density = { 0 };

      count (&density, x, y, N, s);
      g_assert_cmpuint (density.columns, ==, 101 * s);
      g_assert_cmpuint (density.rows, ==, 81 * s);
      g_assert_cmpuint (add_up (&density), ==, n_inside);
    }
}

/* By hand: unit 37.25 right of the area's edge, 56.5 below */
static void
test_places (void)
{
  const double x[] = { 0.37, 0.37 }, y[] = { 0.3, 0.3 };

  for (guint s = 1; s <= 2; s++)
    {
      g_auto(DrawDensity) density = { 0 };

      count (&density, x, y, 2, s);
      g_assert_cmpuint (density.counts[(gsize) (56.5 * s) * density.columns + (gsize) (37.25 * s)], ==, 2);
      g_assert_cmpuint (add_up (&density), ==, 2);
    }
}

static void
test_sums (void)
{
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);
  g_auto(DrawDensity) density = { 0 };
  static const gssize reaches[] = { 0, 1, 2, 5, 300 };

  fill (x, y);
  count (&density, x, y, N, 1);

  for (guint r = 0; r < G_N_ELEMENTS (reaches); r++)
    {
      gssize reach = reaches[r];
      gssize columns = (gssize) density.columns, rows = (gssize) density.rows;
      g_autofree guint32 *sums = draw_density_sum (&density, (gsize) reach);

      for (gssize row = 0; row < rows; row += 7)
        {
          for (gssize column = 0; column < columns; column += 5)
            {
              guint32 sum = 0;

              for (gssize i = MAX (row - reach, 0); i <= MIN (row + reach, rows - 1); i++)
                {
                  for (gssize k = MAX (column - reach, 0); k <= MIN (column + reach, columns - 1); k++)
                    sum += density.counts[i * columns + k];
                }
              g_assert_cmpuint (sums[row * columns + column], ==, sum);
            }
        }
    }
}

static guint32
get_pixel (cairo_surface_t *image,
           int              x,
           int              y)
{
  const guint8 *data = cairo_image_surface_get_data (image);

  return *(const guint32 *) (gconstpointer) (data + y * cairo_image_surface_get_stride (image) + 4 * x);
}

/* One alone, ten in another place: the colours of one and of ten, and nothing
 * elsewhere
 */
static void
test_image (void)
{
  double x[11], y[11];
  g_auto(DrawDensity) density = { 0 };
  cairo_surface_t *image;
  guint n_seen = 0;
  double most;
  DrawTheme theme;

  for (guint i = 0; i < 11; i++)
    {
      x[i] = i == 0 ? 0.2 : 0.7;
      y[i] = 0.5;
    }

  for (guint dark = 0; dark < 2; dark++)
    {
      if (dark == 1)
        init_dark_theme (&theme);
      else
        init_light_theme (&theme);

      draw_density_clear (&density);
      count (&density, x, y, 11, 1);
      image = draw_density_make_image (&density, &theme, 3, 2, &most);
      assert_close (most, 10, 0);
      g_assert_cmphex (get_pixel (image, 20, 40) & 0xffffff, ==,
                       color_to_pixel (draw_scale_bar_get_count_color (&theme, 1, 10)));
      g_assert_cmphex (get_pixel (image, 70, 40) & 0xffffff, ==,
                       color_to_pixel (draw_scale_bar_get_count_color (&theme, 10, 10)));
      g_assert_cmphex (get_pixel (image, 20, 40) >> 24, ==, 0xff);
      g_assert_cmphex (get_pixel (image, 17, 40) >> 24, >, 0x70);      /* half of the edge */
      g_assert_cmphex (get_pixel (image, 16, 40), ==, 0);
      g_assert_cmphex (get_pixel (image, 23, 37), ==, 0);      /* round */
      cairo_surface_destroy (image);
    }

  /* A dot at the edge is cut off, not moved. */
  x[0] = 0;
  y[0] = 1;
  draw_density_clear (&density);
  count (&density, x, y, 1, 1);
  image = draw_density_make_image (&density, &theme, 3, 2, &most);
  assert_close (most, 1, 0);
  for (int row = 0; row < 81; row++)
    {
      for (int column = 0; column < 101; column++)
        n_seen += get_pixel (image, column, row) != 0;
    }
  g_assert_cmpuint (n_seen, >, 9);
  g_assert_cmpuint (n_seen, <, 16);
  g_assert_cmphex (get_pixel (image, 0, 0) >> 24, ==, 0xff);
  cairo_surface_destroy (image);
}

/* Where two dots meet, the one in the crowd is above. */
static void
test_above (void)
{
  const double x[] = { 0.50, 0.55, 0.56, 0.57, 0.57 }, y[] = { 0.5, 0.5, 0.5, 0.5, 0.5 };
  g_auto(DrawDensity) density = { 0 };
  cairo_surface_t *image;
  double most;
  DrawTheme theme;

  init_light_theme (&theme);
  count (&density, x, y, 5, 1);
  image = draw_density_make_image (&density, &theme, 3.5, 2, &most);
  assert_close (most, 4, 0);
  g_assert_cmphex (get_pixel (image, 52, 40) & 0xffffff, ==,
                   color_to_pixel (draw_scale_bar_get_count_color (&theme, 4, 4)));
  g_assert_cmphex (get_pixel (image, 50, 40) & 0xffffff, ==,
                   color_to_pixel (draw_scale_bar_get_count_color (&theme, 1, 4)));
  cairo_surface_destroy (image);
}

static void
test_nothing (void)
{
  const double gaps[] = { NAN, NAN };
  DrawTheme theme;

  init_light_theme (&theme);
  for (gsize n = 0; n <= 2; n += 2)
    {
      g_auto(DrawDensity) density = { 0 };
      cairo_surface_t *image;
      double most = 7;

      count (&density, gaps, gaps, n, 2);
      image = draw_density_make_image (&density, &theme, 2, 4, &most);
      assert_close (most, 0, 0);
      g_assert_cmphex (get_pixel (image, 50, 40), ==, 0);
      cairo_surface_destroy (image);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/density/counts", test_counts);
  g_test_add_func ("/density/places", test_places);
  g_test_add_func ("/density/sums", test_sums);
  g_test_add_func ("/density/image", test_image);
  g_test_add_func ("/density/above", test_above);
  g_test_add_func ("/density/nothing", test_nothing);

  return g_test_run ();
}
