/* test-learning-curve.c: points, the power law through them, what is said of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "draw/draw-color.h"
#include "draw/draw-learning-curve.h"
#include "picture.h"

#define WIDTH 700
#define HEIGHT 400

/* 8 / √n */
static const DrawLearningCurvePoint EXACT[] = {
  { 100, 0.8, 0.7, 0.9 }, { 400, 0.4, NAN, NAN }, { 10000, 0.08, NAN, NAN }, { 40000, 0.04, NAN, NAN },
};

static void
init_learning (DrawLearningCurve            *learning,
               const DrawLearningCurvePoint *points,
               gsize                         n)
{
  *learning = (DrawLearningCurve) {
    .points = points, .n_points = n, .x_label = "Training molecules", .y_label = "Mean absolute error (eV)", .unit = "eV",
    .pointer = -1,
  };
}

static void
test_fit (void)
{
  /* By hand: logarithms (base 2) of n 0, 1, 2 and of values 0, −1, −1: slope −1/2,
   * through their means 1 and −2/3
   */
  const DrawLearningCurvePoint rough[] = { { 1, 1, NAN, NAN }, { NAN, 1, NAN, NAN }, { 2, 0.5, NAN, NAN },
                                           { 4, 0.5, NAN, NAN }, { 8, 0, NAN, NAN } };
  const DrawLearningCurvePoint same[] = { { 5, 1, NAN, NAN }, { 5, 2, NAN, NAN } };
  double factor = 0, exponent = 0;
  DrawLearningCurve learning;

  init_learning (&learning, EXACT, 4);
  g_assert_true (draw_learning_curve_fit (&learning, &factor, &exponent));
  assert_close (exponent, -0.5, 1e-12);
  assert_close (factor, 8, 1e-12);

  init_learning (&learning, rough, 5);
  g_assert_true (draw_learning_curve_fit (&learning, &factor, &exponent));
  assert_close (exponent, -0.5, 1e-12);
  assert_close (factor, pow (2, -2.0 / 3 + 0.5), 1e-12);

  init_learning (&learning, same, 2);
  g_assert_false (draw_learning_curve_fit (&learning, &factor, &exponent));
  init_learning (&learning, EXACT, 1);
  g_assert_false (draw_learning_curve_fit (&learning, &factor, &exponent));
  init_learning (&learning, NULL, 0);
  g_assert_false (draw_learning_curve_fit (&learning, &factor, &exponent));
}

static gboolean
is_at (Picture                 *picture,
       const DrawTheme         *theme,
       const DrawLearningCurve *learning,
       double                   x,
       double                   y,
       gsize                    point)
{
  gsize located;

  return draw_learning_curve_locate (picture_get_canvas_part (picture, theme, WIDTH, HEIGHT), learning, x, y,
                                     &located) && located == point;
}

static gboolean
find_any (Picture                 *picture,
          const DrawTheme         *theme,
          const DrawLearningCurve *learning,
          gsize                    point,
          double                  *x,
          double                  *y)
{
  for (*y = 4; *y < HEIGHT; *y += 12)
    {
      for (*x = 4; *x < WIDTH; *x += 12)
        {
          if (is_at (picture, theme, learning, *x, *y, point))
            return TRUE;
        }
    }

  return FALSE;
}

/* The pixel of a point: the middle of where it is found, across and then down */
static void
find_point (Picture                 *picture,
            const DrawTheme         *theme,
            const DrawLearningCurve *learning,
            gsize                    point,
            double                  *x,
            double                  *y)
{
  double low, high;

  g_assert_true (find_any (picture, theme, learning, point, x, y));

  for (low = *x; is_at (picture, theme, learning, low - 1, *y, point);)
    low--;
  for (high = *x; is_at (picture, theme, learning, high + 1, *y, point);)
    high++;
  *x = (low + high) / 2;

  for (low = *y; is_at (picture, theme, learning, *x, low - 1, point);)
    low--;
  for (high = *y; is_at (picture, theme, learning, *x, high + 1, point);)
    high++;
  *y = (low + high) / 2;
  g_assert_cmpfloat (high - low, >, 20);
}

/* Straight in logarithms, under the numbers that say so, each drawn there */
static void
test_points (void)
{
  g_auto(Picture) picture = { 0 };
  double x[4], y[4];
  DrawLearningCurve learning;
  DrawTheme theme;
  DrawColor color;

  init_light_theme (&theme);
  init_learning (&learning, EXACT, 4);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_learning_curve (picture_get_canvas (&picture, &theme), &learning);
  picture_assert_texts (&picture, "learning");
  color = draw_theme_get_category (&theme, 0);

  for (gsize i = 0; i < 4; i++)
    {
      find_point (&picture, &theme, &learning, i, &x[i], &y[i]);
      g_assert_cmphex (picture_get_pixel (&picture, (int) x[i], (int) y[i]), ==, color_to_pixel (color));
    }
  for (gsize i = 1; i < 4; i++)
    {
      assert_close ((x[i] - x[0]) / (x[3] - x[0]), log (EXACT[i].n / 100) / log (400), 0.01);
      assert_close ((y[i] - y[0]) / (y[3] - y[0]), log (EXACT[i].value / 0.8) / log (0.05), 0.01);
    }

  g_assert_nonnull (picture_find_text ("Training molecules"));
  g_assert_nonnull (picture_find_text ("Mean absolute error (eV)"));
  g_assert_nonnull (picture_find_text ("Power law, exponent −0.50"));
  assert_close (picture_find_text ("10000")->area.x + picture_find_text ("10000")->area.width / 2, x[2], 0.01);

  /* The line goes through them: half of it is dashes. */
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { x[1] + 12, y[1], x[2] - x[1] - 24, y[2] - y[1] }, color,
                                         60), >, 150);
  g_assert_cmphex (picture_get_pixel (&picture, (int) x[3] + 8, (int) y[3] - 8), ==, 0xffffff);

  /* The interval: from 0.7 to 0.9 */
  {
    double per_log = (y[3] - y[0]) / log (0.05);
    DrawArea whisker = { floor (x[0]) - 1, 25, 3, HEIGHT - 80 };
    double length = fabs (per_log) * log (0.9 / 0.7);

    assert_close (picture_count_color (&picture, whisker, theme.foreground, 120) / length, 1, 0.4);
  }
}

static void
test_references (void)
{
  const DrawReference references[] = { { 0.107, "HDAD" }, { 0.02, "below all" } };
  g_auto(Picture) picture = { 0 };
  double x[2], y[2];
  DrawLearningCurve learning;
  DrawTheme theme;

  init_light_theme (&theme);
  init_learning (&learning, EXACT, 4);
  learning.references = references;
  learning.n_references = 2;
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_learning_curve (picture_get_canvas (&picture, &theme), &learning);
  picture_assert_texts (&picture, "learning");

  find_point (&picture, &theme, &learning, 2, &x[0], &y[0]);      /* 0.08 */
  find_point (&picture, &theme, &learning, 1, &x[1], &y[1]);      /* 0.4 */
  assert_close (picture_find_text ("HDAD 0.107")->area.y + picture_find_text ("HDAD 0.107")->area.height / 2,
                y[0] + (y[1] - y[0]) * log (0.107 / 0.08) / log (5), 0.01);
  g_assert_nonnull (picture_find_text ("below all 0.02"));      /* and inside the axis */
  g_assert_null (picture_find_text ("↓"));
}

static void
test_pointer (void)
{
  guint ink[2];
  DrawLearningCurve learning;
  DrawTheme theme;

  init_light_theme (&theme);
  for (guint i = 0; i < 2; i++)
    {
      g_auto(Picture) picture = { 0 };

      init_learning (&learning, EXACT, 4);
      learning.pointer = i == 0 ? -1 : 2;
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_learning_curve (picture_get_canvas (&picture, &theme), &learning);
      ink[i] = picture_count_color (&picture, (DrawArea) { 0, 25, WIDTH, HEIGHT - 25 },
                                    draw_theme_get_category (&theme, 0), 4);
    }
  g_assert_cmpuint (ink[1], >, ink[0] + 40);
}

static void
test_words (void)
{
  const DrawReference references[] = { { 0.107, "HDAD" } };
  const DrawLearningCurvePoint rising[] = { { 10, 1, NAN, NAN }, { 1000, 2, NAN, NAN } };
  DrawLearningCurve learning;

  init_learning (&learning, EXACT, 2);
  learning.references = references;
  learning.n_references = 1;
  {
    g_autofree char *words = draw_learning_curve_describe (&learning);

    g_assert_cmpstr (words, ==, "100 samples: 0.800\302\240eV (0.700 to 0.900); 400 samples: 0.400\302\240eV; HDAD: "
                     "0.107\302\240eV. The error scales with the number of samples to the power −0.50: ten "
                     "times as many samples divide it by 3.2.");
  }

  learning.pointer = 1;
  {
    g_autofree char *words = draw_learning_curve_describe (&learning);

    g_assert_cmpstr (words, ==, "400 samples: 0.400\302\240eV");
  }

  init_learning (&learning, rising, 2);
  {
    g_autofree char *words = draw_learning_curve_describe (&learning);

    g_assert_nonnull (strstr (words, "to the power 0.15"));
    g_assert_nonnull (strstr (words, "multiply it by 1.4."));
  }

  learning.n_points = 0;
  {
    g_autofree char *words = draw_learning_curve_describe (&learning);

    g_assert_cmpstr (words, ==, "No measurements yet");
  }
}

static void
test_odd (void)
{
  const DrawLearningCurvePoint odd[] = {
    { 0, 1, NAN, NAN }, { 100, 0, 0, 0 }, { 5, 5, 9, 1 }, { 5, 5, NAN, NAN }, { 1e300, 1e-300, 1e-301, INFINITY }, { NAN, NAN, NAN, NAN },
    { 1e-300, 1e300, 1e299, 1e301 },
  };
  DrawTheme theme;

  init_light_theme (&theme);
  for (gsize from = 0; from < 7; from++)
    {
      for (gsize n = 0; from + n <= 7; n++)
        {
          g_auto(Picture) picture = { 0 };
          g_autofree char *words = NULL;
          DrawLearningCurve learning;
          gsize point;

          init_learning (&learning, odd + from, n);
          learning.pointer = 0;
          picture_begin (&picture, WIDTH, HEIGHT);
          draw_learning_curve (picture_get_canvas (&picture, &theme), &learning);
          picture_assert_texts (&picture, "learning");
          draw_learning_curve (picture_get_canvas_part (&picture, &theme, 3, 2), &learning);
          draw_learning_curve (picture_get_canvas_part (&picture, &theme, 0, 0), &learning);
          draw_learning_curve_locate (picture_get_canvas (&picture, &theme), &learning, 300, 200, &point);
          words = draw_learning_curve_describe (&learning);
          g_assert_nonnull (words);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/learning/fit", test_fit);
  g_test_add_func ("/learning/points", test_points);
  g_test_add_func ("/learning/references", test_references);
  g_test_add_func ("/learning/pointer", test_pointer);
  g_test_add_func ("/learning/words", test_words);
  g_test_add_func ("/learning/odd", test_odd);

  return g_test_run ();
}
