/* test-histogram.c: bars as high as their counts, and the lines among them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-color.h"
#include "draw/draw-histogram.h"
#include "picture.h"

#define WIDTH 600
#define HEIGHT 400
#define N 100

static const DrawArea ALL = { 0, 0, WIDTH, HEIGHT };

/* 100 values: 20 in −0.4 … −0.2, 40 in −0.2 … 0, 30 in 0 … 0.2, 10 in 0.2 … 0.4 */
static gsize counts[] = { 20, 40, 30, 10 };

static const DrawBins BINS = {
  .low = -0.4, .width = 0.2, .n_bins = 4, .counts = counts, .n_values = N, .least = -0.39, .greatest = 0.39,
  .median = -0.05, .mean_absolute = 0.1234,
};

static void
init_histogram (DrawHistogram  *histogram,
                const DrawBins *bins)
{
  *histogram = (DrawHistogram) {
    .bins = bins, .x_label = "Residual (eV)", .y_label = "Molecules", .unit = "eV", .pointer = -1,
  };
}

/* The columns in which a bar is found, and how high it is in its colour */
static void
find_bar (Picture             *picture,
          const DrawTheme     *theme,
          const DrawHistogram *histogram,
          gsize                bar,
          DrawArea            *area)
{
  DrawColor color = draw_theme_get_category (theme, 0);
  int left = -1, right = -1;
  gsize located;

  for (int x = 0; x < WIDTH; x++)
    {
      if (draw_histogram_locate (picture_get_canvas_part (picture, theme, WIDTH, HEIGHT), histogram, x + 0.5,
                                 HEIGHT / 2, &located) && located == bar)
        {
          left = left < 0 ? x : left;
          right = x;
        }
    }
  g_assert_cmpint (left, >=, 0);

  *area = (DrawArea) { left, 0, right - left + 1, HEIGHT };
  area->height = picture_count_color (picture, (DrawArea) { left + 2, 60, 1, HEIGHT - 60 }, color, 4);
}

static void
test_bars (void)
{
  g_auto(Picture) picture = { 0 };
  DrawHistogram histogram;
  DrawArea area[6];
  DrawTheme theme;

  init_light_theme (&theme);
  init_histogram (&histogram, &BINS);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_histogram (picture_get_canvas (&picture, &theme), &histogram);
  picture_assert_texts (&picture, "histogram");

  for (gsize bar = 1; bar <= 4; bar++)
    find_bar (&picture, &theme, &histogram, bar, &area[bar]);
  for (gsize bar = 1; bar <= 4; bar++)
    {
      assert_close (area[bar].height / area[2].height, (double) counts[bar - 1] / 40, 0.02);
      assert_close (area[bar].width, area[1].width, 0.02);
      if (bar > 1)
        assert_close (area[bar].x, area[bar - 1].x + area[bar - 1].width, 0.001);
    }
  g_assert_cmpfloat (area[2].height, >, 200);
  g_assert_cmpfloat (4 * area[1].width, >, 500);

  /* No tails here */
  g_assert_null (picture_find_text ("←"));
  g_assert_null (picture_find_text ("→"));
  g_assert_nonnull (picture_find_text ("Residual (eV)"));
  g_assert_nonnull (picture_find_text ("Molecules"));
  g_assert_nonnull (picture_find_text ("0.123\302\240eV"));
  g_assert_nonnull (picture_find_text ("−0.050\302\240eV"));
}

/* The interval of the mean absolute error is as wide as it says. */
static void
test_interval (void)
{
  g_auto(Picture) picture = { 0 };
  DrawColor color;
  DrawHistogram histogram;
  DrawArea first, last;
  DrawTheme theme;
  double per_unit;
  guint n;

  init_light_theme (&theme);
  init_histogram (&histogram, &BINS);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_histogram (picture_get_canvas (&picture, &theme), &histogram);

  find_bar (&picture, &theme, &histogram, 1, &first);
  find_bar (&picture, &theme, &histogram, 4, &last);
  per_unit = (last.x + last.width - first.x) / 0.8;
  color = draw_theme_get_category (&theme, 1);

  /* Its line, two pixels of which are whole; the legend is above. */
  n = picture_count_color (&picture, (DrawArea) { 0, 20, WIDTH, 40 }, color, 4);
  g_assert_cmpfloat (n, >, 2 * (2 * 0.1234 * per_unit - 8));
  g_assert_cmpfloat (n, <, 2 * (2 * 0.1234 * per_unit + 20));
}

/* Hatched, beyond a gap, with its count */
static void
test_tails (void)
{
  g_auto(Picture) picture = { 0 };
  DrawBins bins = BINS;
  DrawHistogram histogram;
  DrawTheme theme;
  DrawColor color;
  gsize located = 99;
  DrawArea tail, bar, area;
  guint n_solid, n_inked;

  bins.n_below = 15;
  bins.n_above = 7;
  init_light_theme (&theme);
  init_histogram (&histogram, &bins);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_histogram (picture_get_canvas (&picture, &theme), &histogram);
  picture_assert_texts (&picture, "histogram");

  g_assert_nonnull (picture_find_text ("← 15"));
  g_assert_nonnull (picture_find_text ("7 →"));
  g_assert_cmpfloat (picture_find_text ("← 15")->area.x, <, 60);
  g_assert_cmpfloat (picture_find_text ("7 →")->area.x, >, WIDTH - 60);

  /* As high as its count; some of it is stripes, some between them. */
  find_bar (&picture, &theme, &histogram, 2, &bar);
  find_bar (&picture, &theme, &histogram, 0, &tail);
  color = draw_theme_get_category (&theme, 0);
  area = (DrawArea) { tail.x + 2, 60, tail.width - 4, HEIGHT - 60 };
  n_solid = picture_count_color (&picture, area, color, 40);
  n_inked = (guint) (area.width * area.height) - picture_count_color (&picture, area, (DrawColor) { 1, 1, 1, 1 }, 50);
  assert_close (n_inked / area.width, 15.0 / 40 * bar.height, 0.05);
  g_assert_cmpfloat (n_solid, >, 0.1 * n_inked);
  g_assert_cmpfloat (n_solid, <, 0.7 * n_inked);

  find_bar (&picture, &theme, &histogram, 5, &tail);
  g_assert_cmpfloat (tail.x, >, WIDTH - 60);

  /* Between tail and axis there is nothing. */
  g_assert_false (draw_histogram_locate (picture_get_canvas (&picture, &theme), &histogram, tail.x - 4, HEIGHT / 2,
                                         &located));
  g_assert_false (draw_histogram_locate (picture_get_canvas (&picture, &theme), &histogram, tail.x + 4, 1, &located));
  g_assert_false (draw_histogram_locate (picture_get_canvas (&picture, &theme), &histogram, tail.x + 4, HEIGHT - 1,
                                         &located));
}

static void
test_words (void)
{
  static const struct
  {
    gsize       n_below;
    gsize       n_above;
    gssize      pointer;
    const char *words;
  } cases[] = {
    { 0, 0, -1, "Residuals of 100 samples: median −0.050\302\240eV, mean absolute error 0.123\302\240eV" },
    { 1, 12, -1, "Residuals of 100 samples: median −0.050\302\240eV, mean absolute error 0.123\302\240eV; "
      "1 sample below −0.4\302\240eV; 12 samples above 0.4\302\240eV" },
    { 1, 12, 3, "30 samples from 0.0 to 0.2\302\240eV" },
    { 1, 12, 0, "1 sample below −0.4\302\240eV" },
    { 1, 12, 5, "12 samples above 0.4\302\240eV" },
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *words = NULL;
      DrawBins bins = BINS;
      DrawHistogram histogram;

      bins.n_below = cases[c].n_below;
      bins.n_above = cases[c].n_above;
      init_histogram (&histogram, &bins);
      histogram.pointer = cases[c].pointer;
      words = draw_histogram_describe (&histogram);
      g_assert_cmpstr (words, ==, cases[c].words);
    }
}

static void
test_pointer (void)
{
  guint ink[2];
  DrawTheme theme;
  DrawHistogram histogram;

  init_light_theme (&theme);
  init_histogram (&histogram, &BINS);
  for (guint i = 0; i < 2; i++)
    {
      g_auto(Picture) picture = { 0 };

      histogram.pointer = i == 0 ? -1 : 2;
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_histogram (picture_get_canvas (&picture, &theme), &histogram);
      ink[i] = picture_count_color (&picture, ALL, theme.foreground, 4);
    }
  g_assert_cmpuint (ink[1], >, ink[0] + 500);
}

static void
test_odd (void)
{
  static const double sets[][4] = {
    { 0, 0, 0, 0 }, { 5, 5, 5, 5 }, { NAN, NAN, NAN, NAN }, { -1e300, 1e300, 0, 1 }, { 3, 4, 5, 1000 }, { -9, -8, -8, -7 },
  };
  DrawTheme theme;

  init_light_theme (&theme);
  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      for (gsize n = 0; n <= 4; n++)
        {
          g_auto(Picture) picture = { 0 };
          g_auto(DrawBins) bins = { 0 };
          g_autofree char *words = NULL;
          DrawHistogram histogram;
          gsize bar;

          draw_bins_init (&bins, sets[s], n);
          init_histogram (&histogram, &bins);
          histogram.pointer = 0;
          picture_begin (&picture, WIDTH, HEIGHT);
          draw_histogram (picture_get_canvas (&picture, &theme), &histogram);
          picture_assert_texts (&picture, "histogram");
          draw_histogram (picture_get_canvas_part (&picture, &theme, 3, 2), &histogram);
          draw_histogram (picture_get_canvas_part (&picture, &theme, 0, 0), &histogram);
          draw_histogram_locate (picture_get_canvas (&picture, &theme), &histogram, 300, 200, &bar);
          words = draw_histogram_describe (&histogram);
          g_assert_nonnull (words);
          if (bins.n_values == 0)
            g_assert_cmpstr (words, ==, "No residuals yet");
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/histogram/bars", test_bars);
  g_test_add_func ("/histogram/interval", test_interval);
  g_test_add_func ("/histogram/tails", test_tails);
  g_test_add_func ("/histogram/words", test_words);
  g_test_add_func ("/histogram/pointer", test_pointer);
  g_test_add_func ("/histogram/odd", test_odd);

  return g_test_run ();
}
