/* test-frame-steps.c: MNIST's rule with steps left out, and where strokes are looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ink/ink-frame.h"
#include "golden-reader.h"
#include "test-util.h"

#define N_FRAME (INK_FRAME_SIZE)

static void
check_case (Reader       *reader,
            const guint8 *ink,
            gsize         width,
            gsize         height)
{
  const InkFrameSkip skip = (InkFrameSkip) take_number (reader, 1);
  const InkFrameOptions options = { skip, take_number (reader, 2) };
  const gboolean found = (gboolean) take_number (reader, 1);
  const gsize n = take_number (reader, 1);
  const gint16 offset_x = (gint16) take_number (reader, 2);
  const gint16 offset_y = (gint16) take_number (reader, 2);
  const double x = take_double (reader);
  const double y = take_double (reader);
  const double side = take_double (reader);
  const guint8 *expected = take (reader, N_FRAME);
  guint8 frame[N_FRAME];
  InkFrameSteps steps;

  g_test_message ("skip %u, least %" G_GSIZE_FORMAT, skip, options.least_side);
  g_assert_cmpint (ink_frame_from_ink_with_options (ink, width, height, width, &options, frame, &steps), ==, found);
  g_assert_cmpmem (frame, N_FRAME, expected, N_FRAME);
  g_assert_cmpuint (steps.n, ==, n);
  g_assert_cmpint (steps.offset_x, ==, offset_x);
  g_assert_cmpint (steps.offset_y, ==, offset_y);
  assert_close (steps.x, x, 0.0);
  assert_close (steps.y, y, 0.0);
  assert_close (steps.side, side, 0.0);

  /* Nothing left out: the rule. */
  if (skip == 0 && options.least_side == 0)
    {
      g_assert_cmpint (ink_frame_from_ink (ink, width, height, width, frame, NULL), ==, found);
      g_assert_cmpmem (frame, N_FRAME, expected, N_FRAME);
    }
}

/* tests/golden/make-digit-steps.py */
static void
test_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "digit-steps.bin", NULL);
  g_autofree char *bytes = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;
  Reader reader;
  guint64 n_cases;

  g_assert_true (g_file_get_contents (path, &bytes, &size, &error));
  g_assert_no_error (error);
  reader = (Reader) { (guint8 *) bytes, (guint8 *) bytes + size };
  n_cases = take_number (&reader, 4);
  g_assert_cmpuint (n_cases, >=, 7);

  for (guint64 i = 0; i < n_cases; i++)
    {
      const gsize width = take_number (&reader, 2);
      const gsize height = take_number (&reader, 2);
      const guint8 *ink = take (&reader, width * height);

      g_test_message ("case %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT " × %" G_GSIZE_FORMAT, i, width, height);
      for (guint k = 0; k < 16; k++)
        check_case (&reader, ink, width, height);
    }

  g_assert_true (reader.at == reader.end);
}

/* For the strokes whose middle lines fill this rectangle. */
static void
choose_view (float         x0,
             float         y0,
             float         x1,
             float         y1,
             InkFrameSkip  skip,
             InkFrameView *view)
{
  const InkPoint points[] = { { x0, y1, 0.5f, TRUE }, { x1, y1, 0.5f, FALSE }, { x0, y0, 1.0f, TRUE } };

  g_assert_true (ink_frame_choose_view (points, G_N_ELEMENTS (points), skip, view));
}

/* The pen is 2.7 pixels of the frame, whatever the digit's size; the strokes and
 * half of it on either side are 20. */
static void
test_view (void)
{
  static const float sizes[] = { 0.1f, 0.3f, 0.6f, 1.0f };
  InkFrameView view;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const double w = (double) sizes[i];

      /* Wider than high, in a corner */
      choose_view (0.0f, 0.0f, sizes[i], 0.5f * sizes[i], 0, &view);
      assert_close ((w + view.part.pen) / view.part.pen, 20.0 / 2.7, 1e-12);
      assert_close (view.part.x + view.part.side / 2.0, w / 2.0, 1e-12);
      assert_close (view.part.y + view.part.side / 2.0, w / 4.0, 1e-12);

      /* Half as wide again there is still room. */
      g_assert_cmpfloat (view.part.x, <, -0.75 * view.part.pen);
      g_assert_cmpfloat (view.part.side, <, 1.2 * (w + view.part.pen));
      assert_close (view.least_side, 10.0 / 112.0, 0.0);
    }

  /* A dot is no larger than the rule makes it. */
  choose_view (0.4f, 0.7f, 0.4f, 0.7f, 0, &view);
  assert_close (view.part.pen, 2.7 / 20.0 * 10.0 / 112.0, 1e-12);
  g_assert_cmpfloat (view.part.side, >, 10.0 / 112.0);

  /* Where the digit has another size in the frame the pen has, too. */
  choose_view (0.1f, 0.1f, 0.4f, 0.4f, INK_FRAME_SKIP_SIZE, &view);
  assert_close (view.part.pen * 28.0, 2.7, 1e-12);
  assert_close (view.part.side, 1.0, 0.0);
  choose_view (0.1f, 0.1f, 0.4f, 0.4f, INK_FRAME_SKIP_BOX, &view);
  assert_close (view.part.pen * 20.0, 2.7, 1e-12);
  assert_close (view.part.side, 1.0, 0.0);

  /* As it was drawn */
  choose_view (0.1f, 0.1f, 0.4f, 0.4f, INK_FRAME_SKIP_PEN, &view);
  assert_close (view.part.pen, 0.05, 1e-12);
  assert_close (view.part.side, 1.0, 0.0);
  assert_close (view.part.x, 0.0, 0.0);

  g_assert_false (ink_frame_choose_view (NULL, 0, 0, &view));
  assert_close (view.part.side, 1.0, 0.0);
}

/* A bar of any length anywhere is the same in the frame: 20 pixels high and as wide as
 * MNIST's pen, its ends round. With its own size left it is what it is on the pad. */
static void
test_strokes (void)
{
  static const float lengths[] = { 0.1f, 0.25f, 0.8f };
  guint8 frame[N_FRAME];
  InkFrameSteps steps;

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      const InkPoint points[] = { { 0.2f, 0.15f, 0.5f, TRUE }, { 0.2f, 0.15f + lengths[i], 0.5f, FALSE } };
      double sum = 0.0, moment = 0.0;

      g_assert_true (ink_frame_from_strokes (points, 2, 0, frame, &steps));
      for (gsize k = 0; k < N_FRAME; k++)
        {
          sum += frame[k] / 255.0;
          moment += frame[k] / 255.0 * ((double) (k / 28) + 0.5);
        }
      assert_close (sum, 2.7 * (20.0 - 2.7) + G_PI / 4.0 * 2.7 * 2.7, 0.02);
      g_assert_cmpfloat (fabs (moment / sum - 14.5), <=, 0.5 + 1e-9);
      assert_close (steps.side, INK_PAD_SIDE / 1.12, 0.02);

      sum = 0.0;
      g_assert_true (ink_frame_from_strokes (points, 2,
                                             INK_FRAME_SKIP_PEN | INK_FRAME_SKIP_BOX | INK_FRAME_SKIP_SIZE
                                             | INK_FRAME_SKIP_CENTRE, frame, &steps));
      for (gsize k = 0; k < N_FRAME; k++)
        sum += frame[k] / 255.0;
      assert_close (sum, 28.0 * 28.0 * (0.05 * (double) lengths[i] + G_PI / 4.0 * 0.05 * 0.05), 0.02);
    }

  /* A dot is not blown up: a disc of MNIST's pen. */
  {
    const InkPoint dot = { 0.9f, 0.4f, 0.5f, TRUE };
    double sum = 0.0;

    g_assert_true (ink_frame_from_strokes (&dot, 1, 0, frame, &steps));
    for (gsize k = 0; k < N_FRAME; k++)
      sum += frame[k] / 255.0;
    assert_close (sum, G_PI / 4.0 * 2.7 * 2.7, 0.02);
  }

  /* A point that is nowhere leaves the others as they are. */
  {
    const InkPoint line[] = { { 0.2f, 0.3f, 0.5f, TRUE }, { 0.6f, 0.7f, 0.5f, FALSE } };
    const InkPoint with_nan[] = { line[0], { NAN, 0.5f, 0.5f, FALSE }, { 0.5f, INFINITY, 0.5f, FALSE }, line[1] };
    guint8 clean[N_FRAME];

    g_assert_true (ink_frame_from_strokes (line, 2, 0, clean, &steps));
    g_assert_true (ink_frame_from_strokes (with_nan, 4, 0, frame, &steps));
    g_assert_cmpmem (frame, N_FRAME, clean, N_FRAME);
  }

  memset (frame, 1, N_FRAME);
  g_assert_false (ink_frame_from_strokes (NULL, 0, 0, frame, &steps));
  for (gsize k = 0; k < N_FRAME; k++)
    g_assert_cmpuint (frame[k], ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ink/frame-steps/golden", test_golden);
  g_test_add_func ("/ink/frame-steps/view", test_view);
  g_test_add_func ("/ink/frame-steps/strokes", test_strokes);

  return g_test_run ();
}
