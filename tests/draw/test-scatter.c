/* test-scatter.c: where points stand, what is near, what is said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "draw/draw-color.h"
#include "draw/draw-scale-bar.h"
#include "draw/draw-scatter.h"
#include "picture.h"

#define WIDTH 900
#define HEIGHT 560
#define N 5000

static const DrawArea ALL = { 0, 0, WIDTH, HEIGHT };

static void
init_scatter (DrawScatter  *scatter,
              const double *truth,
              const double *predicted,
              gsize         n)
{
  *scatter = (DrawScatter) {
    .truth = truth,
    .predicted = predicted,
    .n_points = n,
    .x_label = "Gap, true (eV)",
    .y_label = "Gap, predicted (eV)",
    .unit = "eV",
  };
}

/* The pixel of two values, by asking for the values of pixels */
static void
find_pixel (const DrawScatterPlot *plot,
            double                 truth,
            double                 predicted,
            double                *x,
            double                *y)
{
  double origin_x, origin_y, to_x, to_y;

  draw_scatter_plot_locate (plot, 0, 0, &origin_x, &origin_y);
  draw_scatter_plot_locate (plot, 1, 1, &to_x, &to_y);
  *x = (truth - origin_x) / (to_x - origin_x);
  *y = (predicted - origin_y) / (to_y - origin_y);
}

/* Numbers beside the axes say the same as draw_scatter_plot_locate(); a unit is
 * as long on either.
 */
static void
test_axes (void)
{
  const double truth[] = { 1, 4, 7 }, predicted[] = { 2, 3, 9 };
  g_autoptr(DrawScatterPlot) plot = NULL;
  g_auto(Picture) picture = { 0 };
  DrawScatter scatter;
  DrawTheme theme;
  double x[2], y[2];
  guint n_found = 0;

  init_light_theme (&theme);
  init_scatter (&scatter, truth, predicted, 3);
  picture_begin (&picture, WIDTH, HEIGHT);
  plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);
  draw_scatter_plot (picture_get_canvas (&picture, &theme), plot, -1);
  picture_assert_texts (&picture, "scatter");

  find_pixel (plot, 2, 2, &x[0], &y[0]);
  find_pixel (plot, 8, 8, &x[1], &y[1]);
  assert_close (x[1] - x[0], y[0] - y[1], 1e-9);
  g_assert_cmpfloat (x[1] - x[0], >, 250);

  for (guint i = 0; i < picture_texts->len; i++)
    {
      PictureText *text = &g_array_index (picture_texts, PictureText, i);

      /* "2" stands at both axes. */
      if (g_str_equal (text->text, "2"))
        {
          double middle_x = text->area.x + text->area.width / 2;
          double middle_y = text->area.y + text->area.height / 2;

          n_found++;
          g_assert_true (fabs (middle_x - x[0]) < 0.1 || fabs (middle_y - y[0]) < 0.1);
        }
    }
  g_assert_cmpuint (n_found, ==, 2);

  g_assert_nonnull (picture_find_text ("Gap, true (eV)"));
  g_assert_nonnull (picture_find_text ("Gap, predicted (eV)"));
  g_assert_nonnull (picture_find_text ("Predicted = true"));
  g_assert_null (picture_find_text ("±"));
}

/* A dot is where its values are, in the colour of one. */
static void
test_dots (void)
{
  const double truth[] = { 1, 4, 7, NAN, 2 }, predicted[] = { 2, 3, 9, 3, INFINITY };
  DrawScatter scatter;
  DrawTheme theme;

  init_scatter (&scatter, truth, predicted, 5);

  for (guint dark = 0; dark < 2; dark++)
    {
      g_autoptr(DrawScatterPlot) plot = NULL;
      g_auto(Picture) picture = { 0 };
      DrawColor color;

      if (dark)
        init_dark_theme (&theme);
      else
        init_light_theme (&theme);
      color = draw_scale_bar_get_count_color (&theme, 1, 1);
      picture_begin (&picture, WIDTH, HEIGHT);
      plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);
      draw_scatter_plot (picture_get_canvas (&picture, &theme), plot, -1);

      for (guint i = 0; i < 3; i++)
        {
          double x, y;

          find_pixel (plot, truth[i], predicted[i], &x, &y);
          g_assert_cmphex (picture_get_pixel (&picture, (int) x, (int) y), ==, color_to_pixel (color));
        }

      /* And nothing else is */
      g_assert_cmpuint (picture_count_color (&picture, ALL, color, 2), <, 3 * 45);
      g_assert_cmpuint (picture_count_color (&picture, ALL, color, 2), >, 3 * 15);
    }
}

static void
make_points (double *truth,
             double *predicted)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (1);

  for (gsize i = 0; i < N; i++)
    {
      truth[i] = 3 + 5 * g_rand_double (rand) * g_rand_double (rand);
      predicted[i] = truth[i] + 0.5 * (g_rand_double (rand) - 0.5);
      if (i % 40 == 0)
        predicted[i] = 3 + 5 * g_rand_double (rand);
    }
  truth[17] = NAN;
}

/* How far the nearest is, in pixels, looking at all of them */
static double
find_distance (const DrawScatterPlot *plot,
               const double          *truth,
               const double          *predicted,
               double                 pixel_x,
               double                 pixel_y)
{
  double least = INFINITY;

  for (gsize i = 0; i < N; i++)
    {
      double x, y;

      find_pixel (plot, truth[i], predicted[i], &x, &y);
      if (hypot (x - pixel_x, y - pixel_y) < least)
        least = hypot (x - pixel_x, y - pixel_y);
    }

  return least;
}

static void
test_find (void)
{
  g_autofree double *truth = g_new (double, N);
  g_autofree double *predicted = g_new (double, N);
  g_autoptr(DrawScatterPlot) plot = NULL;
  g_auto(Picture) picture = { 0 };
  guint n_near = 0, n_far = 0;
  DrawScatter scatter;
  DrawTheme theme;

  make_points (truth, predicted);
  init_light_theme (&theme);
  init_scatter (&scatter, truth, predicted, N);
  picture_begin (&picture, WIDTH, HEIGHT);
  plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);

  for (int x = 0; x < WIDTH; x += 23)
    {
      for (int y = 0; y < HEIGHT; y += 19)
        {
          gssize found = draw_scatter_plot_find (plot, x, y);
          double least, found_x, found_y;

          if (!draw_scatter_plot_locate (plot, x, y, NULL, NULL))
            {
              g_assert_cmpint (found, ==, -1);
              continue;
            }

          least = find_distance (plot, truth, predicted, x, y);
          if (least > 12)
            {
              g_assert_cmpint (found, ==, -1);
              n_far++;
              continue;
            }

          n_near++;
          find_pixel (plot, truth[found], predicted[found], &found_x, &found_y);
          assert_close (hypot (found_x - x, found_y - y), least, 1e-6);
        }
    }
  g_assert_cmpuint (n_near, >, 20);
  g_assert_cmpuint (n_far, >, 100);
}

/* Only the part that is asked for, and no point beside it */
static void
test_part (void)
{
  const double truth[] = { 0, 5, 5.9, 10, 6.001 }, predicted[] = { 0, 3, 3.9, 10, 2.5 };
  g_autoptr(DrawScatterPlot) plot = NULL;
  g_auto(Picture) picture = { 0 };
  double x, y, low, high, min, span;
  DrawScatter scatter;
  DrawTheme theme;

  init_light_theme (&theme);
  init_scatter (&scatter, truth, predicted, 5);
  scatter.x_min = 4;
  scatter.y_min = 2;
  scatter.span = 2;
  picture_begin (&picture, WIDTH, HEIGHT);
  plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);
  draw_scatter_plot (picture_get_canvas (&picture, &theme), plot, -1);

  g_assert_nonnull (picture_find_text ("4.5"));
  g_assert_nonnull (picture_find_text ("2.5"));
  g_assert_null (picture_find_text ("7"));
  g_assert_cmpuint (picture_count_color (&picture, ALL, draw_scale_bar_get_count_color (&theme, 1, 1), 2), <, 2 * 45);

  find_pixel (plot, 5, 3, &x, &y);
  g_assert_cmpint (draw_scatter_plot_find (plot, x + 3, y), ==, 1);
  g_assert_true (draw_scatter_plot_locate (plot, x, y, &low, &high));
  assert_close (low, 5, 1e-9);
  assert_close (high, 3, 1e-9);

  /* Right beyond the axes a point is not found. */
  find_pixel (plot, 5.999, 2.5, &x, &y);
  g_assert_true (draw_scatter_plot_locate (plot, x, y, NULL, NULL));
  g_assert_cmpint (draw_scatter_plot_find (plot, x, y), ==, -1);
  find_pixel (plot, 6.0001, 3, &x, &y);
  g_assert_false (draw_scatter_plot_locate (plot, x, y, NULL, NULL));
  g_assert_cmpint (draw_scatter_plot_find (plot, x, y), ==, -1);

  draw_scatter_get_range (&scatter, &min, &span);
  assert_close (min, -0.3, 1e-9);
  assert_close (span, 10.6, 1e-9);
}

/* A point beyond the axes hides none that is shown; the limit counts to it. */
static void
test_find_shown (void)
{
  const double truth[] = { 5.98, 6.001, NAN }, predicted[] = { 2.5, 2.5, 2.5 };
  g_autoptr(DrawScatterPlot) plot = NULL;
  g_auto(Picture) picture = { 0 };
  DrawScatter scatter;
  DrawTheme theme;
  double x, y;

  init_light_theme (&theme);
  init_scatter (&scatter, truth, predicted, 3);
  scatter.x_min = 4;
  scatter.y_min = 2;
  scatter.span = 2;
  picture_begin (&picture, WIDTH, HEIGHT);
  plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);

  find_pixel (plot, 5.998, 2.5, &x, &y);
  g_assert_cmpint (draw_scatter_plot_find (plot, x, y), ==, 0);
  find_pixel (plot, 5.98, 2.5, &x, &y);
  g_assert_cmpint (draw_scatter_plot_find (plot, x - 11.99, y), ==, 0);
  g_assert_cmpint (draw_scatter_plot_find (plot, x, y - 12.01), ==, -1);
  g_assert_cmpint (draw_scatter_plot_find (plot, (double) NAN, y), ==, -1);
}

static void
test_pointer (void)
{
  const double truth[] = { 1, 4, 7 }, predicted[] = { 2, 3, 9 };
  DrawScatter scatter;
  DrawTheme theme;
  DrawColor color;

  init_light_theme (&theme);
  init_scatter (&scatter, truth, predicted, 3);
  color = draw_theme_get_category (&theme, 1);

  for (gssize pointer = -1; pointer <= 3; pointer++)
    {
      g_autoptr(DrawScatterPlot) plot = NULL;
      g_auto(Picture) picture = { 0 };
      double x, y;

      picture_begin (&picture, WIDTH, HEIGHT);
      plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);
      draw_scatter_plot (picture_get_canvas (&picture, &theme), plot, pointer);

      if (pointer < 0 || pointer > 2)
        {
          g_assert_cmpuint (picture_count_color (&picture, ALL, color, 2), ==, 0);
          continue;
        }

      find_pixel (plot, truth[pointer], predicted[pointer], &x, &y);
      g_assert_cmphex (picture_get_pixel (&picture, (int) x, (int) y), ==, color_to_pixel (color));
    }
}

/* The band is as wide as its figure says: twice it, up and down. */
static void
test_band (void)
{
  const double truth[] = { 0, 10 }, predicted[] = { 0, 10 };
  const double wide = 1, faint = 0.2;
  g_autoptr(DrawScatterPlot) plot = NULL;
  g_auto(Picture) picture = { 0 };
  DrawColor color, mixed;
  double x, y, low_x, low_y;
  DrawScatter scatter;
  DrawTheme theme;
  guint n;

  init_light_theme (&theme);
  init_scatter (&scatter, truth, predicted, 2);
  scatter.band = wide;
  scatter.band_label = "chemical accuracy";
  picture_begin (&picture, WIDTH, HEIGHT);
  plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);
  draw_scatter_plot (picture_get_canvas (&picture, &theme), plot, -1);
  g_assert_nonnull (picture_find_text ("±1\302\240eV chemical accuracy"));

  color = draw_theme_get_category (&theme, 1);
  mixed = draw_color_mix ((DrawColor) { 1, 1, 1, 1 }, color, faint);
  find_pixel (plot, 4.3, 4.3 + wide, &x, &y);
  find_pixel (plot, 4.3, 4.3 - wide, &low_x, &low_y);
  n = picture_count_color (&picture, (DrawArea) { floor (x), 0, 1, HEIGHT }, mixed, 3);
  g_assert_cmpfloat (n, >, low_y - y - 8);
  g_assert_cmpfloat (n, <, low_y - y + 2);

  /* Edges, and outside nothing */
  n = picture_count_color (&picture, (DrawArea) { floor (x), floor (y) - 3, 1, 7 }, mixed, 3);
  g_assert_cmpuint (n, >=, 2);
  g_assert_cmpuint (n, <=, 4);
  g_assert_cmphex (picture_get_pixel (&picture, (int) x, (int) y - 5), ==, 0xffffff);
}

/* Crowds have other colours than single points, and the bar says which. */
static void
test_bar (void)
{
  g_autofree double *truth = g_new (double, N);
  g_autofree double *predicted = g_new (double, N);
  DrawScatter scatter;
  DrawTheme theme;

  for (gsize i = 0; i < N; i++)
    {
      truth[i] = i == 0 ? 0 : i == 1 ? 10 : 5;
      predicted[i] = i == 0 ? 0 : i == 1 ? 10 : 7;
    }
  init_light_theme (&theme);

  /* Of three, each is alone: nothing to say */
  for (gsize n = 3; n <= N; n += N - 3)
    {
      g_auto(Picture) picture = { 0 };
      g_autoptr(DrawScatterPlot) plot = NULL;
      double left = WIDTH, right = 0;

      init_scatter (&scatter, truth, predicted, n);
      picture_begin (&picture, WIDTH, HEIGHT);
      plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);
      draw_scatter_plot (picture_get_canvas (&picture, &theme), plot, -1);
      picture_assert_texts (&picture, "scatter");

      if (n == 3)
        {
          g_assert_null (picture_find_text ("Points"));
          continue;
        }

      g_assert_nonnull (picture_find_text ("Points"));
      g_assert_nonnull (picture_find_text ("1000"));
      g_assert_cmpuint (picture_count_color (&picture, ALL, draw_scale_bar_get_count_color (&theme, N - 2, N - 2), 2),
                        >, 10);
      g_assert_cmpuint (picture_count_color (&picture, ALL, draw_scale_bar_get_count_color (&theme, 1, N - 2), 2), >,
                        10);

      /* In the middle of a picture that is wider than it needs */
      for (guint i = 0; i < picture_texts->len; i++)
        {
          const DrawArea *area = &g_array_index (picture_texts, PictureText, i).area;

          left = MIN (left, area->x);
          right = MAX (right, area->x + area->width);
        }
      g_assert_cmpfloat (left, >, 100);
      assert_close (left, WIDTH - right, 0.1);
    }
}

static void
test_words (void)
{
  static const struct
  {
    gsize       n;
    double      band;
    const char *words;
  } cases[] = {
    { 5, 0, "Predicted against true values of 4 samples. The mean absolute error is 0.438\302\240eV." },
    { 5, 0.25, "Predicted against true values of 4 samples. The mean absolute error is 0.438\302\240eV. "
      "50\302\240% are within ±0.25\302\240eV." },
    { 1, 0.25, "Predicted against true value of 1 sample. The mean absolute error is 0.500\302\240eV. "
      "0\302\240% are within ±0.25\302\240eV." },
    { 0, 0.25, "No predictions yet" },
  };
  const double truth[] = { 1, 2, 3, 4, NAN }, predicted[] = { 1.5, 2, 3.25, 3, 1 };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *words = NULL;
      DrawScatter scatter;

      init_scatter (&scatter, truth, predicted, cases[c].n);
      scatter.band = cases[c].band;
      words = draw_scatter_describe (&scatter);
      g_assert_cmpstr (words, ==, cases[c].words);
    }
}

/* None, one, all equal, no numbers, very far apart: still a plot. */
static void
test_odd (void)
{
  static const double sets[][4] = {
    { 0, 0, 0, 0 },
    { -3, -3, -3, -3 },
    { NAN, INFINITY, NAN, -INFINITY },
    { -G_MAXDOUBLE, G_MAXDOUBLE, 0, 1 },
    { 1e-300, 2e-300, 3e-300, 0 },
    { 1e6, 1e6 + 1e-9, 1e6, 1e6 },
    { 5, 1e9, 6, 7 },
  };
  DrawTheme theme;

  init_light_theme (&theme);

  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      for (gsize n = 0; n <= 4; n++)
        {
          g_autoptr(DrawScatterPlot) plot = NULL;
          g_auto(Picture) picture = { 0 };
          double x = NAN, y = NAN, min, span;
          DrawScatter scatter;

          init_scatter (&scatter, sets[s], sets[s], n);
          scatter.band = (double) n;
          draw_scatter_get_range (&scatter, &min, &span);
          g_assert_true (isfinite (min) && isfinite (span) && span > 0);

          picture_begin (&picture, WIDTH, HEIGHT);
          plot = draw_scatter_plot_new (picture_get_canvas (&picture, &theme), 1, &scatter);
          draw_scatter_plot (picture_get_canvas (&picture, &theme), plot, 0);
          picture_assert_texts (&picture, "scatter");
          g_assert_true (draw_scatter_plot_locate (plot, WIDTH / 2, HEIGHT / 2, &x, &y));
          g_assert_true (isfinite (x) && isfinite (y));
          draw_scatter (picture_get_canvas_part (&picture, &theme, 3, 2), &scatter);
          draw_scatter (picture_get_canvas_part (&picture, &theme, 0, 0), &scatter);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scatter/axes", test_axes);
  g_test_add_func ("/scatter/dots", test_dots);
  g_test_add_func ("/scatter/find", test_find);
  g_test_add_func ("/scatter/part", test_part);
  g_test_add_func ("/scatter/find-shown", test_find_shown);
  g_test_add_func ("/scatter/pointer", test_pointer);
  g_test_add_func ("/scatter/band", test_band);
  g_test_add_func ("/scatter/bar", test_bar);
  g_test_add_func ("/scatter/words", test_words);
  g_test_add_func ("/scatter/odd", test_odd);

  return g_test_run ();
}
