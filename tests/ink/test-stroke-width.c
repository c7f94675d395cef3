/* test-stroke-width.c: ink of any pen.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-random.h"
#include "ink/ink-stroke-width.h"
#include "golden-reader.h"
#include "test-util.h"

#define N_FRAME (INK_FRAME_SIZE)
#define SIDE    112

/* tests/golden/make-pen.py */
static void
test_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "pen.bin", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;
  Reader reader;
  guint64 n_cases;
  guint n_changed = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
  g_assert_no_error (error);
  reader = (Reader) { (guint8 *) bytes, (guint8 *) bytes + size };
  n_cases = take_number (&reader, 4);

  for (guint64 i = 0; i < n_cases; i++)
    {
      const gsize width = take_number (&reader, 2);
      const gsize height = take_number (&reader, 2);
      const guint8 *ink = take (&reader, width * height);
      const double pen = take_double (&reader);
      const gboolean changed = (gboolean) take_number (&reader, 1);
      const guint8 *frame = take (&reader, N_FRAME);
      const gsize stride = width + 5;
      g_autofree guint8 *padded = g_malloc (stride * height);
      guint8 own_frame[N_FRAME], rule_frame[N_FRAME];
      InkFrameSteps steps;

      g_test_message ("case %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT, i, width, height);
      memset (padded, 99, stride * height);
      for (gsize r = 0; r < height; r++)
        memcpy (padded + r * stride, ink + r * width, width);

      g_assert_cmpint (ink_stroke_width_to_frame (padded, width, height, stride, own_frame), ==, pen > 0.0);
      ink_frame_from_ink (padded, width, height, stride, rule_frame, &steps);
      assert_close (ink_stroke_width_measure (steps.box, INK_FRAME_BOX), pen, 1e-9);
      n_changed += changed;

      /* Both round distances to greys first. */
      for (gsize k = 0; k < N_FRAME; k++)
        g_assert_cmpint (ABS ((int) own_frame[k] - (int) frame[k]), <=, 1);
      if (!changed)
        g_assert_cmpmem (own_frame, N_FRAME, rule_frame, N_FRAME);
    }

  g_assert_true (reader.at == reader.end);
  g_assert_cmpuint (n_changed, >=, 10);
  g_assert_cmpuint (n_cases - n_changed, >=, 4);
}

/* A ring with a soft edge, in pixels. */
static void
draw_ring (guint8 *ink,
           double  radius,
           double  width)
{
  for (int y = 0; y < SIDE; y++)
    for (int x = 0; x < SIDE; x++)
      {
        double far = fabs (hypot (x - SIDE / 2.0 + 0.5, y - SIDE / 2.0 + 0.5) - radius);

        ink[y * SIDE + x] = (guint8) (CLAMP (width / 2.0 - far + 0.5, 0.0, 1.0) * 255.0 + 0.5);
      }
}

/* Of a ring it is exact, whatever its width is, from two pixels on; what is thinner
 * is blurred by the pixels and seems up to half a pixel wider than it is. */
static void
test_measure (void)
{
  guint8 ink[SIDE * SIDE];

  for (double width = 1.0; width < 20.0; width += 0.4)
    {
      double pen;

      draw_ring (ink, 40.0, width);
      pen = ink_stroke_width_measure (ink, SIDE);
      g_assert_cmpfloat (pen, >=, 0.97 * width);
      g_assert_cmpfloat (pen, <=, width < 2.0 ? width + 0.6 : 1.03 * width);
    }

  /* A bar of w × l: w l / (w + l). */
  memset (ink, 0, sizeof ink);
  for (int y = 10; y < 16; y++)
    memset (ink + y * SIDE + 5, 255, 90);
  g_assert_cmpfloat (fabs (ink_stroke_width_measure (ink, SIDE) / (6.0 * 90.0 / 96.0) - 1.0), <=, 0.03);

  memset (ink, 0, sizeof ink);
  g_assert_cmpfloat (ink_stroke_width_measure (ink, SIDE), ==, 0.0);
}

/* The frame of a ring whose diameter, pen included, is 20. */
static double
measure_frame (double width)
{
  guint8 ink[SIDE * SIDE], frame[N_FRAME];

  draw_ring (ink, 40.0, width);
  g_assert_true (ink_stroke_width_to_frame (ink, SIDE, SIDE, SIDE, frame));

  /* It fills the box, from pixel 4 or 5 on, and the hole stays open. */
  for (gsize i = 0; i < INK_FRAME_SIDE; i++)
    if (i < 4 || i > 24 || (i > 11 && i < 17))
      g_assert_cmpuint (frame[14 * INK_FRAME_SIDE + i], ==, 0);
    else if (i == 6 || i == 23)
      g_assert_cmpuint (frame[14 * INK_FRAME_SIDE + i], >=, 128);

  return ink_stroke_width_measure (frame, INK_FRAME_SIDE);
}

/* Thin ones become wider, wide ones thinner, the others stay. */
static void
test_widths (void)
{
  for (double width = 2.0; width < 40.0; width += 1.0)
    {
      /* 2 · (40 + width / 2) pixels become 20. */
      const double before = width * 20.0 / (80.0 + width);
      const double after = measure_frame (width);
      const double expected = CLAMP (before, INK_STROKE_WIDTH_LEAST, INK_STROKE_WIDTH_MOST);

      g_test_message ("%g: %g, %g", width, before, after);
      g_assert_cmpfloat (after, <=, expected + 0.15);
      g_assert_cmpfloat (after, >=, expected - (before < 2.0 ? 0.5 : 0.2));
    }
}

/* Where it is drawn does not matter: at the border, in the corner. */
static void
test_places (void)
{
  guint8 frames[3][N_FRAME];
  const gsize at[][2] = { { 30, 30 }, { 0, 0 }, { SIDE - 50, SIDE - 60 } };

  for (gsize i = 0; i < G_N_ELEMENTS (at); i++)
    {
      guint8 ink[SIDE * SIDE] = { 0 };

      for (gsize y = 0; y < 60; y++)
        for (gsize x = 0; x < 50; x++)
          if (x < 2 || y > 57)
            ink[(at[i][1] + y) * SIDE + at[i][0] + x] = 255;
      g_assert_true (ink_stroke_width_to_frame (ink, SIDE, SIDE, SIDE, frames[i]));
    }

  g_assert_cmpmem (frames[0], N_FRAME, frames[1], N_FRAME);
  g_assert_cmpmem (frames[0], N_FRAME, frames[2], N_FRAME);
}

/* A dot is a dot: not a blot that fills the frame. */
static void
test_dot (void)
{
  guint8 ink[SIDE * SIDE] = { 0 };
  guint8 frame[N_FRAME];
  guint sum = 0;

  ink[0] = 255;
  g_assert_true (ink_stroke_width_to_frame (ink, SIDE, SIDE, SIDE, frame));
  for (gsize i = 0; i < N_FRAME; i++)
    sum += frame[i];
  g_assert_cmpuint (sum, >=, 4 * 255);
  g_assert_cmpuint (sum, <=, 25 * 255);

  ink[0] = 0;
  memset (frame, 7, N_FRAME);
  g_assert_false (ink_stroke_width_to_frame (ink, SIDE, SIDE, SIDE, frame));
  for (gsize i = 0; i < N_FRAME; i++)
    g_assert_cmpuint (frame[i], ==, 0);
}

/* Whatever the ink is, there is an answer where the rule has one. */
static void
test_noise (void)
{
  MlpRandom random;

  mlp_random_seed (&random, 3, 0);
  for (gsize round = 0; round < 200; round++)
    {
      const gsize width = 1 + mlp_random_below (&random, 200);
      const gsize height = 1 + mlp_random_below (&random, 200);
      const gsize rarity = 1 + mlp_random_below (&random, 500);
      g_autofree guint8 *ink = g_malloc0 (width * height);
      guint8 frame[N_FRAME], rule_frame[N_FRAME];

      for (gsize i = 0; i < width * height; i++)
        if (mlp_random_below (&random, rarity) == 0)
          ink[i] = (guint8) mlp_random_below (&random, 256);
      g_assert_cmpint (ink_stroke_width_to_frame (ink, width, height, width, frame), ==,
                       ink_frame_from_ink (ink, width, height, width, rule_frame, NULL));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ink/stroke-width/golden", test_golden);
  g_test_add_func ("/ink/stroke-width/measure", test_measure);
  g_test_add_func ("/ink/stroke-width/widths", test_widths);
  g_test_add_func ("/ink/stroke-width/places", test_places);
  g_test_add_func ("/ink/stroke-width/dot", test_dot);
  g_test_add_func ("/ink/stroke-width/noise", test_noise);

  return g_test_run ();
}
