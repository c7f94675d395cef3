/* test-curve.c: what a curve shows, reads, and where.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "draw/draw-color.h"
#include "draw/draw-curve.h"
#include "picture.h"

#define WIDTH 600
#define HEIGHT 360

static const double TRAIN[] = { 2.0, 1.0, 0.5, 0.25, 0.125 };
static const double VALIDATION[] = { 1.5, 0.9, 0.6, 0.7, 0.8 };

static const DrawCurveSeries SERIES[] = {
  { "Training", TRAIN, 5, 1, 0, FALSE, FALSE },
  { "Validation", VALIDATION, 5, 1, 1, TRUE, FALSE },
};

static void
init_curve (DrawCurve *curve)
{
  *curve = (DrawCurve) {
    .series = SERIES,
    .n_series = G_N_ELEMENTS (SERIES),
    .x_label = "Epoch",
    .y_label = "Loss",
    .x_min = NAN,
    .x_max = NAN,
    .mark_x = NAN,
    .pointer_x = NAN,
  };
}

static void
test_smooth (void)
{
  const double values[] = { 1, 3, NAN, 2, 2 };
  double out[5];

  /* By hand: m ← s m + (1 − s) v, divided by 1 − s^n */
  draw_curve_smooth (values, 5, 0.5, out);
  assert_close (out[0], 1, 1e-12);
  assert_close (out[1], (0.25 * 1 + 0.5 * 3) / 0.75, 1e-12);
  g_assert_true (isnan (out[2]));
  assert_close (out[3], (0.125 * 1 + 0.25 * 3 + 0.5 * 2) / 0.875, 1e-12);
  assert_close (out[4], (0.0625 * 1 + 0.125 * 3 + 0.25 * 2 + 0.5 * 2) / 0.9375, 1e-12);

  /* None changes nothing; in place. */
  memcpy (out, values, sizeof values);
  draw_curve_smooth (out, 5, 0, out);
  assert_close (out[1], 3, 1e-12);
  assert_close (out[4], 2, 1e-12);
}

static void
test_range (void)
{
  const DrawCurveSeries late = { "Late", TRAIN, 5, 10, 2, FALSE, FALSE };
  double low, high;
  DrawCurve curve;

  init_curve (&curve);
  draw_curve_get_range (&curve, &low, &high);
  assert_close (low, 1, 0);
  assert_close (high, 5, 0);

  curve.series = &late;
  curve.n_series = 1;
  draw_curve_get_range (&curve, &low, &high);
  assert_close (low, 10, 0);
  assert_close (high, 14, 0);

  curve.n_series = 0;
  draw_curve_get_range (&curve, &low, &high);
  g_assert_cmpfloat (low, <, high);
}

/* Where the crosshair is drawn is where a click is located. */
static void
test_locate (void)
{
  DrawTheme theme;
  DrawCurve curve;

  init_light_theme (&theme);
  init_curve (&curve);

  for (double x = 1; x <= 5; x++)
    {
      g_auto(Picture) picture = { 0 };
      guint best = 0;
      int best_column = -1;
      double located = NAN;

      curve.pointer_x = x + 0.3 < 5 ? x + 0.3 : x;      /* the nearest is read */
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_curve (picture_get_canvas (&picture, &theme), &curve);

      /* The crosshair is the column with the most that is not paper. */
      for (int column = 0; column < WIDTH; column++)
        {
          DrawArea area = { column, 0, 1, HEIGHT };
          guint n = HEIGHT - picture_count_color (&picture, area, (DrawColor) { 1, 1, 1, 1 }, 60);

          if (n > best)
            {
              best = n;
              best_column = column;
            }
        }

      /* Half of the line at an end is outside. */
      g_assert_true (draw_curve_locate (picture_get_canvas (&picture, &theme), &curve, best_column + 0.5, HEIGHT / 2,
                                        &located) ||
                     x == 1 || x == 5);
      g_assert_cmpfloat (fabs (located - x), <, 0.02);
    }
}

static void
test_locate_outside (void)
{
  g_auto(Picture) picture = { 0 };
  double x = NAN;
  DrawTheme theme;
  DrawCurve curve;

  init_light_theme (&theme);
  init_curve (&curve);
  picture_begin (&picture, WIDTH, HEIGHT);

  g_assert_false (draw_curve_locate (picture_get_canvas (&picture, &theme), &curve, 0, HEIGHT / 2, &x));
  assert_close (x, 1, 1e-9);
  g_assert_false (draw_curve_locate (picture_get_canvas (&picture, &theme), &curve, WIDTH, HEIGHT / 2, &x));
  assert_close (x, 5, 1e-9);
  g_assert_false (draw_curve_locate (picture_get_canvas (&picture, &theme), &curve, WIDTH / 2, HEIGHT - 1, &x));

  /* The part that is shown */
  curve.x_min = 2;
  curve.x_max = 3;
  g_assert_false (draw_curve_locate (picture_get_canvas (&picture, &theme), &curve, 0, HEIGHT / 2, &x));
  assert_close (x, 2, 1e-9);
  g_assert_false (draw_curve_locate (picture_get_canvas (&picture, &theme), &curve, WIDTH, HEIGHT / 2, &x));
  assert_close (x, 3, 1e-9);
}

static void
test_readout (void)
{
  DrawArea places[2];
  DrawTheme theme;
  DrawCurve curve;

  init_light_theme (&theme);
  init_curve (&curve);

  for (guint i = 0; i < 2; i++)
    {
      g_auto(Picture) picture = { 0 };

      curve.pointer_x = i == 0 ? 1.8 : 4.2;
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_curve (picture_get_canvas (&picture, &theme), &curve);

      g_assert_nonnull (picture_find_text (i == 0 ? "Epoch 2" : "Epoch 4"));
      g_assert_nonnull (picture_find_text (i == 0 ? "1.000" : "0.250"));
      g_assert_nonnull (picture_find_text (i == 0 ? "0.900" : "0.700"));

      places[i] = picture_find_text (i == 0 ? "0.900" : "0.700")->area;
    }

  /* It does not jump. */
  assert_close (places[0].x, places[1].x, 1e-9);
  assert_close (places[0].y, places[1].y, 1e-9);

  /* Without a pointer: the last values */
  {
    g_auto(Picture) picture = { 0 };

    curve.pointer_x = NAN;
    picture_begin (&picture, WIDTH, HEIGHT);
    draw_curve (picture_get_canvas (&picture, &theme), &curve);
    g_assert_nonnull (picture_find_text ("0.125"));
    g_assert_nonnull (picture_find_text ("0.800"));
    g_assert_null (picture_find_text ("Epoch "));
  }
}

/* What has no value there says so; the nearest x that has one is read. */
static void
test_readout_gap (void)
{
  const double values[] = { 0.5, NAN, 0.25 };
  const DrawCurveSeries series[] = {
    { "Training", values, 3, 1, 0, FALSE, FALSE },
    { "Validation", VALIDATION, 1, 1, 1, TRUE, FALSE },
  };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;
  DrawCurve curve;

  init_light_theme (&theme);
  init_curve (&curve);
  curve.series = series;
  curve.pointer_x = 2.4;
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_curve (picture_get_canvas (&picture, &theme), &curve);

  g_assert_nonnull (picture_find_text ("Epoch 3"));
  g_assert_nonnull (picture_find_text ("0.250"));
  g_assert_nonnull (picture_find_text ("–"));
}

static void
test_percent (void)
{
  const double values[] = { 0.8, 0.9, 0.9415 };
  const DrawCurveSeries series = { "Validation", values, 3, 1, 1, TRUE, FALSE };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;
  DrawCurve curve;

  init_light_theme (&theme);
  init_curve (&curve);
  curve.series = &series;
  curve.n_series = 1;
  curve.percent = TRUE;
  curve.y_label = "Accuracy";
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_curve (picture_get_canvas (&picture, &theme), &curve);

  g_assert_nonnull (picture_find_text ("94.15\302\240%"));
  g_assert_nonnull (picture_find_text ("90\302\240%"));
}

static void
test_mark (void)
{
  DrawTheme theme;
  DrawCurve curve;

  init_light_theme (&theme);
  init_curve (&curve);
  curve.mark_label = "Best epoch";

  for (double x = 0; x <= 6; x++)
    {
      g_auto(Picture) picture = { 0 };
      PictureText *label;

      curve.mark_x = x;
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_curve (picture_get_canvas (&picture, &theme), &curve);
      label = picture_find_text ("Best epoch");

      if (x >= 1 && x <= 5)
        g_assert_nonnull (label);
      else
        g_assert_null (label);
    }
}

/* Structure: each line is there in its colour, and the raw one under the smooth. */
static void
test_lines (void)
{
  const DrawArea all = { 0, 40, WIDTH, HEIGHT - 40 };
  g_autoptr(GRand) rand = g_rand_new_with_seed (2);
  g_autofree double *noise = g_new (double, 10000);
  guint solid, raw, smooth;
  DrawCurveSeries series = { NULL, noise, 10000, 1, 0, FALSE, FALSE };
  DrawColor color;
  DrawTheme theme;
  DrawCurve curve;

  for (gsize i = 0; i < 10000; i++)
    noise[i] = 0.5 + 0.3 * g_rand_double (rand);

  init_light_theme (&theme);
  init_curve (&curve);
  color = draw_theme_get_category (&theme, 0);

  {
    g_auto(Picture) picture = { 0 };

    picture_begin (&picture, WIDTH, HEIGHT);
    draw_curve (picture_get_canvas (&picture, &theme), &curve);
    g_assert_cmpuint (picture_count_color (&picture, all, color, 6), >, 400);
    g_assert_cmpuint (picture_count_color (&picture, all, draw_theme_get_category (&theme, 1), 6), >, 300);
    g_assert_cmpuint (picture_count_color (&picture, all, draw_theme_get_category (&theme, 2), 6), ==, 0);
  }

  curve.series = &series;
  curve.n_series = 1;

  {
    g_auto(Picture) picture = { 0 };

    picture_begin (&picture, WIDTH, HEIGHT);
    draw_curve (picture_get_canvas (&picture, &theme), &curve);
    solid = picture_count_color (&picture, all, color, 6);
  }

  curve.smoothing = 0.99;
  {
    g_auto(Picture) picture = { 0 };
    const double faint = 0.35;
    DrawColor mixed = { 1 + faint * (color.red - 1), 1 + faint * (color.green - 1), 1 + faint * (color.blue - 1), 1 };

    picture_begin (&picture, WIDTH, HEIGHT);
    draw_curve (picture_get_canvas (&picture, &theme), &curve);
    smooth = picture_count_color (&picture, all, color, 6);
    raw = picture_count_color (&picture, all, mixed, 12);
  }

  g_assert_cmpuint (solid, >, 30000);
  g_assert_cmpuint (smooth, <, solid / 10);
  g_assert_cmpuint (smooth, >, 400);
  g_assert_cmpuint (raw, >, solid / 2);
}

/* No values, nothing but gaps, no room: still a picture, or none. */
static void
test_empty (void)
{
  const double gaps[] = { NAN, NAN };
  const DrawCurveSeries series = { "Training", gaps, 2, 1, 0, FALSE, FALSE };
  const DrawArea all = { 0, 0, WIDTH, HEIGHT };
  DrawTheme theme;
  DrawCurve curve;

  init_light_theme (&theme);
  init_curve (&curve);

  for (guint i = 0; i < 4; i++)
    {
      g_auto(Picture) picture = { 0 };

      curve.series = i < 2 ? NULL : &series;
      curve.n_series = i < 2 ? 0 : 1;
      curve.log = i & 1;
      curve.pointer_x = 1;
      curve.mark_x = 1;
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_curve (picture_get_canvas (&picture, &theme), &curve);

      g_assert_nonnull (picture_find_text ("Epoch"));
      g_assert_cmpuint (picture_count_color (&picture, all, draw_theme_get_category (&theme, 0), 20), <, i < 2 ? 1 : 100);
      draw_curve (picture_get_canvas_part (&picture, &theme, 3, 2), &curve);
      draw_curve (picture_get_canvas_part (&picture, &theme, 0, 0), &curve);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/curve/smooth", test_smooth);
  g_test_add_func ("/curve/range", test_range);
  g_test_add_func ("/curve/locate", test_locate);
  g_test_add_func ("/curve/locate-outside", test_locate_outside);
  g_test_add_func ("/curve/readout", test_readout);
  g_test_add_func ("/curve/readout-gap", test_readout_gap);
  g_test_add_func ("/curve/percent", test_percent);
  g_test_add_func ("/curve/mark", test_mark);
  g_test_add_func ("/curve/lines", test_lines);
  g_test_add_func ("/curve/empty", test_empty);

  return g_test_run ();
}
