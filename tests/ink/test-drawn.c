/* test-drawn.c: strokes on a pad through the rule: the smallest and the oddest.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "ink/ink-stroke-width.h"
#include "ink/ink-stroke.h"
#include "test-util.h"

#define N_FRAME (INK_FRAME_SIZE)
#define SIDE    224

/* What there is in a frame, in its pixels. */
typedef struct
{
  double mass;        /* pixels of full ink */
  double x, y;        /* centre of mass, as an index */
  gsize  x0, y0, x1, y1;
} Look;

static Look
look_at (const guint8 *frame)
{
  Look look = { .x0 = INK_FRAME_SIDE, .y0 = INK_FRAME_SIDE };

  for (gsize i = 0; i < N_FRAME; i++)
    {
      const gsize x = i % INK_FRAME_SIDE;
      const gsize y = i / INK_FRAME_SIDE;

      if (frame[i] == 0)
        continue;
      look.mass += frame[i] / 255.0;
      look.x += (double) x * frame[i] / 255.0;
      look.y += (double) y * frame[i] / 255.0;
      look.x0 = MIN (look.x0, x);
      look.x1 = MAX (look.x1, x + 1);
      look.y0 = MIN (look.y0, y);
      look.y1 = MAX (look.y1, y + 1);
    }

  look.x /= look.mass;
  look.y /= look.mass;

  return look;
}

/* One stroke, by the rule or with another pen. */
static void
draw (const InkPoint *points,
      gsize           n,
      gboolean        any_pen,
      guint8         *frame)
{
  g_autofree guint8 *ink = g_malloc (SIDE * SIDE);

  ink_stroke_render (points, n, &INK_STROKE_VIEW_WHOLE, SIDE, ink);

  if (any_pen)
    g_assert_true (ink_stroke_width_to_frame (ink, SIDE, SIDE, SIDE, frame));
  else
    g_assert_true (ink_frame_from_ink (ink, SIDE, SIDE, SIDE, frame, NULL));
}

static void
assert_centred (const Look *look)
{
  /* ⌊15 − b⌋ puts it between 13.5 and 14.5. */
  g_assert_cmpfloat (fabs (look->x - 14.0), <=, 0.5 + 1e-9);
  g_assert_cmpfloat (fabs (look->y - 14.0), <=, 0.5 + 1e-9);
}

/* A pen that came down and went up: a disc of the pen's width, 11.2 pixels, which
 * is the longest side and so becomes 20, cut in half at the border; of a quarter in the
 * corner both sides are shorter than 10 pixels, which become 20. */
static void
test_one_point (void)
{
  static const struct
  {
    float  x, y;
    double share;
    double width, height;
  } cases[] = {
    { 0.5f, 0.5f, 1.0, 20.0, 20.0 },
    { 0.0f, 0.5f, 0.5, 10.0, 20.0 },
    { 0.5f, 1.0f, 0.5, 20.0, 10.0 },
    { 1.0f, 0.0f, 0.25 * 1.12 * 1.12, 11.2, 11.2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint any_pen = 0; any_pen < 2; any_pen++)
      {
        const InkPoint point = { cases[i].x, cases[i].y, 0.5f, TRUE };
        guint8 frame[N_FRAME];
        Look look;

        draw (&point, 1, FALSE, frame);
        look = look_at (frame);
        assert_centred (&look);
        g_assert_cmpfloat (fabs (look.mass / (G_PI * 100.0 * cases[i].share) - 1.0), <=, 0.2);
        g_assert_cmpfloat (fabs ((double) (look.x1 - look.x0) - cases[i].width), <=, 2.0);
        g_assert_cmpfloat (fabs ((double) (look.y1 - look.y0) - cases[i].height), <=, 2.0);

        /* Whatever pen, it is in the frame. */
        draw (&point, 1, any_pen, frame);
        look = look_at (frame);
        assert_centred (&look);
      }
}

/* A stroke of two points: 0.6 of the pad and a pen long are 20 pixels. */
static void
test_line (void)
{
  static const float cases[][4] = {
    { 0.5f, 0.2f, 0.5f, 0.8f },
    { 0.9f, 0.3f, 0.9f, 0.9f },
  };
  const double width = 20.0 * INK_STROKE_PEN / 0.6;     /* its ends are flat or round: at most a pen longer */

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const InkPoint points[] = {
        { cases[i][0], cases[i][1], 0.5f, TRUE },
        { cases[i][2], cases[i][3], 0.5f, FALSE },
      };
      guint8 frame[N_FRAME];
      double before;
      Look look;

      draw (points, 2, FALSE, frame);
      look = look_at (frame);
      assert_centred (&look);
      g_assert_cmpuint (look.y1 - look.y0, ==, 20);
      g_assert_cmpuint (look.x1 - look.x0, <=, 3);
      g_assert_cmpfloat (look.mass, <=, 20.0 * width);
      g_assert_cmpfloat (look.mass, >=, 18.0 * width * 0.6 / 0.65);

      before = look.mass;

      /* Too thin for MNIST: it becomes wider, and not longer. */
      draw (points, 2, TRUE, frame);
      look = look_at (frame);
      assert_centred (&look);
      g_assert_cmpuint (look.y1 - look.y0, ==, 20);
      g_assert_cmpfloat (look.mass, >=, 1.1 * before);
      g_assert_cmpfloat (look.mass, <=, 20.0 * INK_STROKE_WIDTH_LEAST * 1.1);
    }
}

/* The same strokes in the middle and in two corners, by whole pixels. */
static void
test_corner (void)
{
  const float places[][2] = { { 80, 80 }, { 6, 6 }, { SIDE - 86, SIDE - 66 } };
  guint8 frames[2][G_N_ELEMENTS (places)][N_FRAME];

  for (gsize i = 0; i < G_N_ELEMENTS (places); i++)
    {
      const float x = places[i][0];
      const float y = places[i][1];
      const InkPoint points[] = {
        { x / SIDE, y / SIDE, 0.5f, TRUE },
        { (x + 80) / SIDE, y / SIDE, 0.5f, FALSE },
        { (x + 30) / SIDE, (y + 60) / SIDE, 0.5f, FALSE },
      };

      for (guint any_pen = 0; any_pen < 2; any_pen++)
        draw (points, 3, any_pen, frames[any_pen][i]);
    }

  for (guint any_pen = 0; any_pen < 2; any_pen++)
    for (gsize i = 1; i < G_N_ELEMENTS (places); i++)
      for (gsize k = 0; k < N_FRAME; k++)
        g_assert_cmpint (ABS ((int) frames[any_pen][i][k] - (int) frames[any_pen][0][k]), <=, 2);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ink/drawn/one-point", test_one_point);
  g_test_add_func ("/ink/drawn/line", test_line);
  g_test_add_func ("/ink/drawn/corner", test_corner);

  return g_test_run ();
}
