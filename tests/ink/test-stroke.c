/* test-stroke.c: the ink of strokes, against geometry in double precision.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ink/ink-stroke.h"
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
render_whole (const InkPoint *points,
              gsize           n_points,
              guint8         *ink)
{
  ink_stroke_render (points, n_points, &INK_STROKE_VIEW_WHOLE, SIDE, ink);
}

static void
test_dot (void)
{
  const InkPoint point = { 0.5f, 0.25f, 0.5f, TRUE };
  const double radius = 0.5 * INK_STROKE_PEN * SIDE;
  guint8 ink[SIDE * SIDE];
  double x = 0, y = 0;

  render_whole (&point, 1, ink);

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
  const double radius = 0.5 * INK_STROKE_PEN * SIDE;

  for (guint n = 2; n <= 200; n += 33)
    {
      g_autofree InkPoint *points = g_new0 (InkPoint, n);
      guint8 ink[SIDE * SIDE];
      double length;

      for (guint i = 0; i < n; i++)
        {
          points[i] = (InkPoint) { 0.2f + 0.6f * i / (n - 1), 0.3f + 0.3f * i / (n - 1), 0.5f, i == 0 };
        }

      render_whole (points, n, ink);
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
  InkPoint points[] = { { 0.2f, 0.5f, 0.5f, TRUE }, { 0.5f, 0.5f, 0.5f, FALSE }, { 0.8f, 0.5f, 0.5f, FALSE } };
  static const double widths[] = { 0.5, 1.0, 1.5 };

  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      guint8 ink[SIDE * SIDE];
      double column = 0;

      for (guint k = 0; k < 3; k++)
        points[k].pressure = (float) i / 2;
      render_whole (points, 3, ink);
      for (gsize row = 0; row < SIDE; row++)
        column += ink[row * SIDE + SIDE / 2] / 255.0;

      assert_close (column, widths[i] * INK_STROKE_PEN * SIDE, 0.02);
    }

  /* From light to hard, in one stroke */
  {
    guint8 ink[SIDE * SIDE];
    double left = 0, right = 0;

    points[0].pressure = 0;
    points[1].pressure = 0.5f;
    points[2].pressure = 1;
    render_whole (points, 3, ink);

    /* A trapezium, with half a disc at each end */
    assert_close (sum_ink (ink), (0.6 * INK_STROKE_PEN + G_PI / 8 * (0.25 + 2.25) * INK_STROKE_PEN * INK_STROKE_PEN) * SIDE * SIDE, 0.02);
    for (gsize row = 0; row < SIDE; row++)
      {
        left += ink[row * SIDE + SIDE * 21 / 100] / 255.0;
        right += ink[row * SIDE + SIDE * 79 / 100] / 255.0;
      }
    assert_close (left, 0.5 * INK_STROKE_PEN * SIDE, 0.06);
    assert_close (right, 1.5 * INK_STROKE_PEN * SIDE, 0.06);
  }
}

/* A part of the square, with a pen of its own: what geometry says, wherever it is. */
static void
test_part (void)
{
  const InkPoint points[] = { { 0.2f, 0.3f, 0.5f, TRUE }, { 0.4f, 0.3f, 0.5f, FALSE } };
  const double pen = 0.04;
  guint8 ink[SIDE * SIDE], other[SIDE * SIDE];
  double sum = 0, x0, y0, x1, y1;

  g_assert_true (ink_stroke_get_extents (points, 2, &x0, &y0, &x1, &y1));
  assert_close (x0, 0.2, 1e-7);
  assert_close (y0, 0.3, 1e-7);
  assert_close (x1, 0.4, 1e-7);
  assert_close (y1, 0.3, 1e-7);
  g_assert_false (ink_stroke_get_extents (NULL, 0, &x0, &y0, &x1, &y1));

  /* Twice as large: a capsule of twice the length and width */
  ink_stroke_render (points, 2, &(InkStrokeView) { 0.1, 0.1, 0.5, pen }, SIDE, ink);
  sum = sum_ink (ink);
  assert_close (sum, (0.4 * 2 * pen + G_PI * pen * pen) * SIDE * SIDE, 0.01);
  g_assert_cmpuint (ink[(gsize) (0.4 * SIDE) * SIDE + (gsize) (0.21 * SIDE)], ==, 255);
  g_assert_cmpuint (ink[(gsize) (0.4 * SIDE) * SIDE + (gsize) (0.59 * SIDE)], ==, 255);
  g_assert_cmpuint (ink[(gsize) (0.4 * SIDE) * SIDE + (gsize) (0.15 * SIDE)], ==, 0);
  g_assert_cmpuint (ink[(gsize) (0.45 * SIDE) * SIDE + (gsize) (0.4 * SIDE)], ==, 0);

  /* A part beyond the edge, and all of it with the usual pen */
  ink_stroke_render (points, 2, &(InkStrokeView) { -0.2, -0.2, 1.4, INK_STROKE_PEN }, SIDE, ink);
  assert_close (sum_ink (ink),
                (0.2 * INK_STROKE_PEN + G_PI / 4 * INK_STROKE_PEN * INK_STROKE_PEN) * SIDE * SIDE / (1.4 * 1.4), 0.02);
  ink_stroke_render (points, 2, &INK_STROKE_VIEW_WHOLE, SIDE, ink);
  render_whole (points, 2, other);
  g_assert_cmpmem (ink, sizeof ink, other, sizeof other);
}

/* Two strokes are not joined, and the paper between them stays clean. */
static void
test_strokes (void)
{
  const InkPoint points[] = {
    { 0.2f, 0.2f, 0.5f, TRUE }, { 0.2f, 0.8f, 0.5f, FALSE },
    { 0.8f, 0.8f, 0.5f, TRUE }, { 0.8f, 0.2f, 0.5f, FALSE },
  };
  guint8 ink[SIDE * SIDE];

  render_whole (points, 4, ink);

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
  const InkPoint corner[] = {
    { 0.2f, 0.2f, 0.5f, TRUE }, { 0.8f, 0.2f, 0.5f, FALSE }, { 0.4f, 0.8f, 0.5f, FALSE },
  };
  const InkPoint hook[] = {
    { 0.4f, 0.5f, 0.5f, TRUE }, { 0.5f, 0.5f, 0.5f, FALSE }, { 0.5f, 0.6f, 0.5f, FALSE },
  };
  InkPoint circle[25];
  guint8 ink[SIDE * SIDE];

  render_whole (corner, 3, ink);
  g_assert_cmpuint (ink[(gsize) (0.2 * SIDE) * SIDE + (gsize) (0.8 * SIDE)], ==, 255);

  /* And one between short sides: its outer edge is inked. */
  render_whole (hook, 3, ink);
  g_assert_cmpuint (ink[(gsize) (0.484 * SIDE) * SIDE + (gsize) (0.516 * SIDE)], >, 100);

  for (guint i = 0; i < 25; i++)
    {
      circle[i] = (InkPoint) {
        0.5f + 0.25f * (float) cos (i * G_PI / 12), 0.5f + 0.25f * (float) sin (i * G_PI / 12), 0.5f, i == 0
      };
    }
  render_whole (circle, 25, ink);

  /* A ring, up to a pixel of the radius */
  for (gsize i = 0; i < SIDE * SIDE; i++)
    {
      double r = hypot ((double) (i % SIDE) + 0.5 - SIDE / 2, (double) (i / SIDE) + 0.5 - SIDE / 2);

      if (fabs (r - 0.2485 * SIDE) < INK_STROKE_PEN * SIDE / 2 - 1.7)
        g_assert_cmpuint (ink[i], >, 200);
      if (fabs (r - 0.2485 * SIDE) > INK_STROKE_PEN * SIDE / 2 + 1.7)
        g_assert_cmpuint (ink[i], ==, 0);
    }
}

static void
test_empty (void)
{
  guint8 ink[SIDE * SIDE];

  memset (ink, 7, sizeof ink);
  render_whole (NULL, 0, ink);

  assert_close (sum_ink (ink), 0, 0);
}

/* Whether a disc on the way from one nib to the other covers a point: all of them are
 * tried, one after the other. */
static gboolean
is_swept (const InkNib *from,
          const InkNib *to,
          double        x,
          double        y)
{
  for (guint i = 0; i <= 120; i++)
    {
      const double t = i / 120.0;
      const double dx = from->x + t * (to->x - from->x) - x;
      const double dy = from->y + t * (to->y - from->y) - y;
      const double radius = from->radius + t * (to->radius - from->radius);

      if (dx * dx + dy * dy <= radius * radius)
        return TRUE;
    }

  return FALSE;
}

/* Each pixel against the share of its points, 8 × 8, that the nib passes over: a sweep
 * of even width, ones that grow and shrink, steep ones, one disc in another, a dot, and
 * what reaches beyond the image. */
static void
test_sweep (void)
{
  static const struct
  {
    InkNib from, to;
  } cases[] = {
    { { 10.0, 12.3, 5.0, TRUE }, { 30.0, 25.6, 5.0, FALSE } },
    { { 10.0, 12.0, 5.0, TRUE }, { 31.0, 12.0, 5.0, FALSE } },
    { { 8.4, 20.0, 2.0, TRUE }, { 28.0, 16.0, 8.0, FALSE } },
    { { 25.0, 25.0, 9.0, TRUE }, { 14.0, 10.0, 1.5, FALSE } },
    { { 20.0, 20.0, 3.0, TRUE }, { 24.0, 22.0, 7.2, FALSE } },
    { { 20.0, 20.0, 10.0, TRUE }, { 22.0, 21.0, 4.0, FALSE } },
    { { 19.7, 20.2, 6.3, TRUE }, { 19.7, 20.2, 6.3, FALSE } },
    { { -9.0, 5.0, 6.0, TRUE }, { 60.0, 45.0, 6.0, FALSE } },
    { { 10.0, 10.3, 0.3, TRUE }, { 30.0, 10.3, 0.3, FALSE } },
    { { 90.0, -70.0, 6.0, TRUE }, { 95.0, -60.0, 6.0, FALSE } },
  };
  const gsize side = 40;

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      guint8 ink[40 * 40] = { 0 };
      double sum = 0.0, expected_sum = 0.0, worst = 0.0;

      ink_stroke_sweep (&cases[c].from, &cases[c].to, side, ink);
      for (gsize i = 0; i < side * side; i++)
        {
          guint n_covered = 0;
          double expected;

          for (guint k = 0; k < 64; k++)
            n_covered += is_swept (&cases[c].from, &cases[c].to,
                                   (double) (i % side) + (k % 8 + 0.5) / 8.0,
                                   (double) (i / side) + (k / 8 + 0.5) / 8.0);
          expected = n_covered / 64.0;
          sum += ink[i] / 255.0;
          expected_sum += expected;
          worst = MAX (worst, fabs (ink[i] / 255.0 - expected));
        }

      g_test_message ("case %" G_GSIZE_FORMAT ": at most %.3f beside it, in all %.2f instead of %.2f",
                      c, worst, sum, expected_sum);
      g_assert_cmpfloat (worst, <=, cases[c].from.radius < 1.0 ? 0.2 : 0.1);
      g_assert_cmpfloat (fabs (sum - expected_sum), <=, 0.05 + 0.02 * expected_sum);
    }
}

/* Ink is never made lighter, and strokes are the union of their sweeps. */
static void
test_union (void)
{
  const InkNib nibs[] = { { 10.0, 20.0, 4.0, TRUE }, { 30.0, 20.0, 4.0, FALSE }, { 20.0, 32.0, 6.0, FALSE } };
  guint8 ink[40 * 40], first[40 * 40] = { 0 }, second[40 * 40] = { 0 };
  InkPoint points[3];

  for (guint i = 0; i < 3; i++)
    {
      points[i] = (InkPoint) {
        (float) (nibs[i].x / 40.0), (float) (nibs[i].y / 40.0), (float) (nibs[i].radius / 4.0 - 0.5), nibs[i].starts
      };
    }
  ink_stroke_sweep (&nibs[0], &nibs[1], 40, first);
  ink_stroke_sweep (&nibs[1], &nibs[2], 40, second);
  ink_stroke_render (points, 3, &(InkStrokeView) { 0.0, 0.0, 1.0, 0.2 }, 40, ink);

  for (guint i = 0; i < 40 * 40; i++)
    g_assert_cmpint (ABS ((int) ink[i] - (int) MAX (first[i], second[i])), <=, 1);
}

/* A point that is no place is left out, and a stroke that begins with one still begins. */
static void
test_not_finite (void)
{
  const InkPoint points[] = {
    { 0.2f, 0.2f, 0.5f, TRUE }, { NAN, 0.5f, 0.5f, FALSE }, { 0.4f, 0.2f, 0.5f, FALSE },
    { 0.5f, INFINITY, 0.5f, TRUE }, { 0.8f, 0.8f, 0.5f, FALSE }, { 0.9f, 0.8f, NAN, FALSE },
  };
  const InkPoint finite[] = {
    { 0.2f, 0.2f, 0.5f, TRUE }, { 0.4f, 0.2f, 0.5f, FALSE }, { 0.8f, 0.8f, 0.5f, TRUE },
  };
  guint8 ink[SIDE * SIDE], other[SIDE * SIDE];

  render_whole (points, G_N_ELEMENTS (points), ink);
  render_whole (finite, G_N_ELEMENTS (finite), other);
  g_assert_cmpmem (ink, sizeof ink, other, sizeof other);
  render_whole (points + 1, 1, ink);
  assert_close (sum_ink (ink), 0, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ink/stroke/sweep", test_sweep);
  g_test_add_func ("/ink/stroke/union", test_union);
  g_test_add_func ("/ink/stroke/dot", test_dot);
  g_test_add_func ("/ink/stroke/line", test_line);
  g_test_add_func ("/ink/stroke/pressure", test_pressure);
  g_test_add_func ("/ink/stroke/part", test_part);
  g_test_add_func ("/ink/stroke/strokes", test_strokes);
  g_test_add_func ("/ink/stroke/bends", test_bends);
  g_test_add_func ("/ink/stroke/empty", test_empty);
  g_test_add_func ("/ink/stroke/not-finite", test_not_finite);

  return g_test_run ();
}
