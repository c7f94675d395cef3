/* test-frame-steps.c: MNIST's rule with steps left out, and where strokes are looked at.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "ink/ink-frame.h"
#include "golden-reader.h"
#include "test-util.h"

#define N_FRAME (INK_FRAME_SIDE * INK_FRAME_SIDE)

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

/* The pen is 2.7 pixels of the frame, whatever the digit's size; the strokes and
 * half of it on either side are 20. */
static void
test_view (void)
{
  static const double sizes[] = { 0.1, 0.3, 0.6, 1.0 };
  InkFrameView view;

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const double w = sizes[i];

      /* Wider than high, in a corner */
      ink_frame_choose_view (0.0, 0.0, w, 0.5 * w, 0, &view);
      assert_close ((w + view.pen) / view.pen, 20.0 / 2.7, 1e-12);
      assert_close (view.x + view.side / 2.0, w / 2.0, 1e-12);
      assert_close (view.y + view.side / 2.0, w / 4.0, 1e-12);

      /* Half as wide again there is still room. */
      g_assert_cmpfloat (view.x, <, -0.75 * view.pen);
      g_assert_cmpfloat (view.side, <, 1.2 * (w + view.pen));
      assert_close (view.least_side, 10.0 / 112.0, 0.0);
    }

  /* A dot is no larger than the rule makes it. */
  ink_frame_choose_view (0.4, 0.7, 0.4, 0.7, 0, &view);
  assert_close (view.pen, 2.7 / 20.0 * 10.0 / 112.0, 1e-12);
  g_assert_cmpfloat (view.side, >, 10.0 / 112.0);
  g_assert_cmpuint (ink_frame_view_get_options (&view, 0, 112).least_side, ==, 100);

  /* Where the digit has another size in the frame the pen has, too. */
  ink_frame_choose_view (0.1, 0.1, 0.4, 0.4, INK_FRAME_SKIP_SIZE, &view);
  assert_close (view.pen * 28.0, 2.7, 1e-12);
  assert_close (view.side, 1.0, 0.0);
  ink_frame_choose_view (0.1, 0.1, 0.4, 0.4, INK_FRAME_SKIP_BOX, &view);
  assert_close (view.pen * 20.0, 2.7, 1e-12);
  assert_close (view.side, 1.0, 0.0);

  /* As it was drawn */
  ink_frame_choose_view (0.1, 0.1, 0.4, 0.4, INK_FRAME_SKIP_PEN, &view);
  assert_close (view.pen, 0.0, 0.0);
  assert_close (view.side, 1.0, 0.0);
  assert_close (view.x, 0.0, 0.0);
  g_assert_cmpuint (ink_frame_view_get_options (&view, 0, 112).least_side, ==, 10);
  g_assert_cmpint (ink_frame_view_get_options (&view, INK_FRAME_SKIP_CENTRE, 112).skip, ==, INK_FRAME_SKIP_CENTRE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/digit-steps/golden", test_golden);
  g_test_add_func ("/datasets/digit-steps/view", test_view);

  return g_test_run ();
}
