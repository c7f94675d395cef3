/* test-redrawn.c: strokes found again, and drawn in another way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-open.h"
#include "datasets/ds-redrawn.h"
#include "ink/ink-stroke-width.h"
#include "test-util.h"

#define N_FRAME (INK_FRAME_SIZE)
#define N_PAD   (INK_PAD_SIDE * INK_PAD_SIDE)

/* What there is on a pad; in its pixels, x1 and y1 behind it. */
typedef struct
{
  int    x0, y0, x1, y1;
  int    area;
  double x, y;      /* middle */
  double angle;     /* of the longest axis, clockwise from the right, in degrees */
} Look;

static Look
look_at (const guint8 *ink)
{
  Look look = { INK_PAD_SIDE, INK_PAD_SIDE, 0, 0 };
  double xx = 0.0, xy = 0.0, yy = 0.0;

  for (int i = 0; i < N_PAD; i++)
    {
      const int x = i % INK_PAD_SIDE;
      const int y = i / INK_PAD_SIDE;

      if (ink[i] == 0)
        continue;

      g_assert_cmpuint (ink[i], ==, 255);
      look.x0 = MIN (look.x0, x);
      look.x1 = MAX (look.x1, x + 1);
      look.y0 = MIN (look.y0, y);
      look.y1 = MAX (look.y1, y + 1);
      look.area++;
      look.x += x + 0.5;
      look.y += y + 0.5;
      xx += (x + 0.5) * (x + 0.5);
      xy += (x + 0.5) * (y + 0.5);
      yy += (y + 0.5) * (y + 0.5);
    }

  g_assert_cmpint (look.area, >, 0);
  look.x /= look.area;
  look.y /= look.area;
  xx = xx / look.area - look.x * look.x;
  xy = xy / look.area - look.x * look.y;
  yy = yy / look.area - look.y * look.y;
  look.angle = 0.5 * atan2 (2.0 * xy, xx - yy) * 180.0 / G_PI;

  return look;
}

static void
fill (guint8 *frame,
      int     x,
      int     y,
      int     width,
      int     height)
{
  for (int r = y; r < y + height; r++)
    memset (frame + r * INK_FRAME_SIDE + x, 255, (gsize) width);
}

/* A bar of 16 × 3 pixels in the middle: 64 × 12 on the pad, its middle at 56, 54. */
static InkSkeleton *
make_bar (void)
{
  InkSkeleton *skeleton = g_new (InkSkeleton, 1);
  guint8 frame[N_FRAME] = { 0 };

  fill (frame, 6, 12, 16, 3);
  ink_skeleton_find (frame, skeleton);

  return skeleton;
}

static Look
draw (const InkSkeleton *skeleton,
      DsRedrawn          sloppy)
{
  DsRedrawnForm form;
  guint8 ink[N_PAD];

  ds_redrawn_choose (sloppy, 1, 0, &form);
  ds_redrawn_draw (skeleton, &form, ink);

  return look_at (ink);
}

static void
assert_about (double value,
              double expected,
              double tolerance)
{
  if (!(fabs (value - expected) <= tolerance))
    g_error ("%g is not %g ± %g", value, expected, tolerance);
}

/* One line along the middle, its discs as wide as the bar. */
static void
test_midline (void)
{
  g_autofree InkSkeleton *skeleton = make_bar ();
  int first = G_MAXINT, last = 0;

  g_assert_cmpuint (skeleton->n_dots, >=, 52);
  g_assert_cmpuint (skeleton->n_dots, <=, 64);

  for (gsize i = 0; i < skeleton->n_dots; i++)
    {
      const InkDot *dot = &skeleton->dots[i];

      first = MIN (first, dot->x);
      last = MAX (last, dot->x);

      /* But where it ends it may lead into a corner. */
      if (dot->x < 30 * INK_DOT_UNIT || dot->x > 82 * INK_DOT_UNIT)
        continue;
      assert_about (dot->y, 54.0 * INK_DOT_UNIT, 0.5 * INK_DOT_UNIT);
      assert_about (dot->radius, 6.0 * INK_DOT_UNIT, 0.6 * INK_DOT_UNIT);
    }

  assert_about ((first + last) / 2.0, 56.0 * INK_DOT_UNIT, 2.0 * INK_DOT_UNIT);
  g_assert_cmpint (last - first, >=, 50 * INK_DOT_UNIT);
}

static void
test_dots (void)
{
  g_autofree InkSkeleton *skeleton = g_new (InkSkeleton, 1);
  guint8 frame[N_FRAME] = { 0 };
  Look look;

  ink_skeleton_find (frame, skeleton);
  g_assert_cmpuint (skeleton->n_dots, ==, 0);

  /* Less than half of full ink is paper. */
  frame[5 * INK_FRAME_SIDE + 9] = 100;
  ink_skeleton_find (frame, skeleton);
  g_assert_cmpuint (skeleton->n_dots, ==, 0);

  /* A dot does not vanish when it is thinned, not in the corner either. */
  for (int size = 1; size <= 6; size++)
    for (int at = 0; at <= INK_FRAME_SIDE - size; at += INK_FRAME_SIDE - size)
      {
        memset (frame, 0, N_FRAME);
        fill (frame, at, at, size, size);
        ink_skeleton_find (frame, skeleton);
        g_assert_cmpuint (skeleton->n_dots, >=, 1);
        look = draw (skeleton, DS_REDRAWN_NONE);
        assert_about (look.x, 4.0 * at + 2.0 * size, 1.0);
        assert_about (look.y, 4.0 * at + 2.0 * size, 1.0);
        g_assert_cmpint (look.area, <=, 16 * size * size);
        g_assert_cmpint (look.area, >=, 8 * size * size);
      }
}

/* The ink is what it was, to the roundness of the pen, whatever the digit: at most
 * one pixel of the pad is missing or too much around it. */
static void
test_none (void)
{
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autofree InkSkeleton *skeleton = g_new (InkSkeleton, 1);
  const DsRedrawnForm form = { .size = 1.0 };

  for (gsize i = 0; i < 200; i++)
    {
      const guint8 *frame = mlp_samples_peek_bytes (set->samples, i);
      guint8 ink[N_PAD];
      double off = 0.0, mass = 0.0;

      ink_skeleton_find (frame, skeleton);
      ds_redrawn_draw (skeleton, &form, ink);

      /* Sixteen pixels of the pad on one of the frame: its grey. */
      for (gsize y = 0; y < INK_FRAME_SIDE; y++)
        for (gsize x = 0; x < INK_FRAME_SIDE; x++)
          {
            int sum = 0;

            for (gsize k = 0; k < 16; k++)
              sum += ink[(4 * y + k / 4) * INK_PAD_SIDE + 4 * x + k % 4];
            off += fabs (sum / 16.0 - frame[y * INK_FRAME_SIDE + x]);
            mass += frame[y * INK_FRAME_SIDE + x];
          }

      /* A pen of 2.5 pixels, an eighth of a pixel off on both sides, is off by a tenth. */
      g_assert_cmpfloat (off, <=, 0.25 * mass);
    }
}

static void
test_shifted (void)
{
  g_autofree InkSkeleton *skeleton = make_bar ();
  DsRedrawnForm form;
  guint8 before[N_PAD], after[N_PAD];

  ds_redrawn_choose (DS_REDRAWN_NONE, 1, 0, &form);
  ds_redrawn_draw (skeleton, &form, before);
  ds_redrawn_choose (DS_REDRAWN_SHIFTED, 1, 0, &form);
  ds_redrawn_draw (skeleton, &form, after);

  for (int y = 0; y < INK_PAD_SIDE; y++)
    for (int x = 0; x < INK_PAD_SIDE; x++)
      g_assert_cmpuint (after[y * INK_PAD_SIDE + x], ==,
                        x < 16 || y < 16 ? 0 : before[(y - 16) * INK_PAD_SIDE + x - 16]);

  /* What leaves the pad is cut off. */
  form.x = 12.0;
  form.y = -13.0;
  ds_redrawn_draw (skeleton, &form, after);
  g_assert_cmpint (look_at (after).x1, ==, INK_PAD_SIDE);
  g_assert_cmpint (look_at (after).y0, ==, 0);
  form.x = 100.0;
  ds_redrawn_draw (skeleton, &form, after);
  for (gsize i = 0; i < N_PAD; i++)
    g_assert_cmpuint (after[i], ==, 0);
}

/* The line shrinks around the middle of the pad, the pen does not. */
static void
test_small (void)
{
  g_autofree InkSkeleton *skeleton = make_bar ();
  Look before = draw (skeleton, DS_REDRAWN_NONE);
  Look after = draw (skeleton, DS_REDRAWN_SMALL);

  assert_about (before.y1 - before.y0, 12.0, 1.0);
  assert_about (after.y1 - after.y0, 12.0, 1.0);
  assert_about (after.x1 - after.x0, (before.x1 - before.x0 - 12) / 2.0 + 12.0, 1.0);
  assert_about (after.x, 56.0, 1.0);
  assert_about (after.y, 55.0, 1.0);
}

static void
test_thin (void)
{
  g_autofree InkSkeleton *skeleton = make_bar ();
  Look before = draw (skeleton, DS_REDRAWN_NONE);
  Look after = draw (skeleton, DS_REDRAWN_THIN);
  DsRedrawnForm form;
  guint8 ink[N_PAD];

  g_assert_cmpint (before.y1 - before.y0 - (after.y1 - after.y0), ==, 4);
  assert_about (before.x1 - before.x0 - (after.x1 - after.x0), 4.0, 2.0);

  /* Never less than half a pixel. */
  ds_redrawn_choose (DS_REDRAWN_THIN, 1, 0, &form);
  form.thinner = 9.0;
  ds_redrawn_draw (skeleton, &form, ink);
  after = look_at (ink);
  g_assert_cmpint (after.y1 - after.y0, >=, 2);
  g_assert_cmpint (after.y1 - after.y0, <=, 3);
}

static void
test_tilted (void)
{
  g_autofree InkSkeleton *skeleton = make_bar ();
  Look before = draw (skeleton, DS_REDRAWN_NONE);
  Look after = draw (skeleton, DS_REDRAWN_TILTED);

  assert_about (before.angle, 0.0, 0.5);
  assert_about (after.angle, 15.0, 0.7);
  assert_about (after.area, before.area, 0.04 * before.area);
  assert_about (hypot (after.x - 56.0, after.y - 56.0), hypot (before.x - 56.0, before.y - 56.0), 0.5);
}

/* A quarter of a turn is exact: clockwise, and of no mirror image. */
static void
test_turned (void)
{
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autofree InkSkeleton *skeleton = g_new (InkSkeleton, 1);
  const DsRedrawnForm upright = { .size = 1.0 };
  const DsRedrawnForm turned = { .size = 1.0, .tilt = 90.0 };

  for (gsize i = 0; i < 20; i++)
    {
      guint8 before[N_PAD], after[N_PAD];

      ink_skeleton_find (mlp_samples_peek_bytes (set->samples, i), skeleton);
      ds_redrawn_draw (skeleton, &upright, before);
      ds_redrawn_draw (skeleton, &turned, after);

      for (int y = 0; y < INK_PAD_SIDE; y++)
        for (int x = 0; x < INK_PAD_SIDE; x++)
          g_assert_cmpuint (after[x * INK_PAD_SIDE + INK_PAD_SIDE - 1 - y], ==, before[y * INK_PAD_SIDE + x]);
    }
}

/* Within its bounds, up to them, and all of it on the pad. */
static void
test_user (void)
{
  g_autofree InkSkeleton *skeleton = make_bar ();
  DsRedrawnForm low = { 9, 99, 99, 0, TRUE, 9, 9 }, high = { .tilt = -99 };
  double sum_x = 0.0, sum_y = 0.0;
  const guint n = 1000;

  for (guint i = 0; i < n; i++)
    {
      DsRedrawnForm form;
      guint8 ink[N_PAD];
      Look look;
      double thick;

      ds_redrawn_choose (DS_REDRAWN_USER, 1, i, &form);
      low = (DsRedrawnForm) {
        MIN (low.size, form.size), MIN (low.tilt, form.tilt), MIN (low.pen, form.pen), 0, TRUE,
        MIN (low.x, form.x), MIN (low.y, form.y),
      };
      high = (DsRedrawnForm) {
        MAX (high.size, form.size), MAX (high.tilt, form.tilt), MAX (high.pen, form.pen), 0, TRUE,
        MAX (high.x, form.x), MAX (high.y, form.y),
      };

      ds_redrawn_draw (skeleton, &form, ink);
      look = look_at (ink);
      sum_x += look.x;
      sum_y += look.y;
      thick = 4.0 * form.pen;
      assert_about (look.angle, form.tilt, 2.0);

      /* A line of 52 pixels that was turned, and half a pen on each side. */
      assert_about (look.x1 - look.x0, 52.0 * form.size * cos (form.tilt * G_PI / 180.0) + thick, 4.0);
      assert_about (look.y1 - look.y0, 52.0 * form.size * fabs (sin (form.tilt * G_PI / 180.0)) + thick, 4.0);

      /* At its share of the room. */
      assert_about (look.x0, form.x * (INK_PAD_SIDE - (look.x1 - look.x0)), 2.0);
      assert_about (look.y0, form.y * (INK_PAD_SIDE - (look.y1 - look.y0)), 2.0);
    }

  g_assert_cmpfloat (low.size, >=, 0.45);
  g_assert_cmpfloat (low.size, <, 0.46);
  g_assert_cmpfloat (high.size, <=, 1.25);
  g_assert_cmpfloat (high.size, >, 1.24);
  g_assert_cmpfloat (low.tilt, >=, -11.0);
  g_assert_cmpfloat (low.tilt, <, -10.8);
  g_assert_cmpfloat (high.tilt, <=, 11.0);
  g_assert_cmpfloat (high.tilt, >, 10.8);
  g_assert_cmpfloat (low.pen, >=, 1.6);
  g_assert_cmpfloat (low.pen, <, 1.63);
  g_assert_cmpfloat (high.pen, <=, 4.0);
  g_assert_cmpfloat (high.pen, >, 3.97);
  assert_about (sum_x / n, 56.0, 3.0);
  assert_about (sum_y / n, 56.0, 3.0);
}

static void
test_seeds (void)
{
  DsRedrawnForm a, b;

  ds_redrawn_choose (DS_REDRAWN_USER, 1, 7, &a);
  ds_redrawn_choose (DS_REDRAWN_USER, 1, 7, &b);
  g_assert_true (a.size == b.size && a.tilt == b.tilt && a.pen == b.pen && a.x == b.x && a.y == b.y);
  ds_redrawn_choose (DS_REDRAWN_USER, 2, 7, &b);
  g_assert_true (a.size != b.size && a.tilt != b.tilt && a.pen != b.pen && a.x != b.x && a.y != b.y);
  ds_redrawn_choose (DS_REDRAWN_USER, 1, 8, &b);
  g_assert_true (a.size != b.size && a.tilt != b.tilt && a.pen != b.pen && a.x != b.x && a.y != b.y);
}

/* Figures are compared across versions and machines: the drawings must stay the
 * same. Whoever means to change them changes this, and says so. */
static void
test_pinned (void)
{
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree InkSkeleton *skeleton = g_new (InkSkeleton, 1);

  for (gsize i = 0; i < 50; i++)
    for (guint k = 0; k < DS_N_REDRAWN; k++)
      {
        DsRedrawnForm form;
        guint8 ink[N_PAD];

        ink_skeleton_find (mlp_samples_peek_bytes (set->samples, i), skeleton);
        ds_redrawn_choose ((DsRedrawn) k, 1, i, &form);
        ds_redrawn_draw (skeleton, &form, ink);
        g_checksum_update (checksum, ink, N_PAD);
      }

  g_assert_cmpstr (g_checksum_get_string (checksum), ==,
                   "173dffbe802d75ed10d2bdce4646dbd4e28567fb227200b8a3e1dce0e5eb8063");
}

static gboolean
cancel (double   fraction,
        gpointer user_data)
{
  guint *n_calls = user_data;

  return ++*n_calls < 2;
}

static void
test_make (void)
{
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autofree InkSkeleton *skeleton = g_new (InkSkeleton, 1);
  g_autofree guint32 *items = g_new (guint32, 1100);
  g_autoptr(MlpSamples) samples = NULL;
  g_autoptr(GError) error = NULL;
  guint n_calls = 0;

  for (guint32 i = 0; i < 1100; i++)
    items[i] = 9000 - 7 * i;

  samples = ds_redrawn_make (set, items, 1100, DS_REDRAWN_USER, 5, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mlp_samples_get_n (samples), ==, 1100);
  g_assert_cmpuint (mlp_samples_get_n_inputs (samples), ==, N_FRAME);
  g_assert_cmpuint (mlp_samples_get_n_outputs (samples), ==, 10);
  g_assert_cmpfloat ((double) mlp_samples_get_scale (samples), ==, 1.0 / 256.0);

  for (gsize i = 0; i < 1100; i += 31)
    {
      DsRedrawnForm form;
      guint8 ink[N_PAD], frame[N_FRAME];

      ink_skeleton_find (mlp_samples_peek_bytes (set->samples, items[i]), skeleton);
      ds_redrawn_choose (DS_REDRAWN_USER, 5, items[i], &form);
      ds_redrawn_draw (skeleton, &form, ink);
      ink_stroke_width_to_frame (ink, INK_PAD_SIDE, INK_PAD_SIDE, INK_PAD_SIDE, frame);
      g_assert_cmpmem (mlp_samples_peek_bytes (samples, i), N_FRAME, frame, N_FRAME);
      g_assert_cmpuint (mlp_samples_get_class (samples, i), ==, mlp_samples_get_class (set->samples, items[i]));
    }

  g_assert_null (ds_redrawn_make (set, items, 1100, DS_REDRAWN_NONE, 5, cancel, &n_calls, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
  g_assert_cmpuint (n_calls, ==, 2);
}

static void
test_misfits (void)
{
  guint8 *x = g_malloc0 (2 * 16);
  guint8 *classes = g_malloc0 (2);
  g_autoptr(DsSet) molecules = ds_open ("builtin:molecules", NULL, NULL, NULL);
  g_autoptr(DsSet) small = ds_set_new ("Small", "small", mlp_samples_new_classes (x, 1.0f, classes, 16, 2, 2));
  g_autoptr(GError) error = NULL;
  const guint32 item = 0;

  g_assert_null (ds_redrawn_make (molecules, &item, 1, DS_REDRAWN_NONE, 1, NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "has no images"));
  g_clear_error (&error);

  small->rows = 4;
  small->columns = 4;
  g_assert_null (ds_redrawn_make (small, &item, 1, DS_REDRAWN_NONE, 1, NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
  g_assert_nonnull (strstr (error->message, "4 × 4"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/sloppy/midline", test_midline);
  g_test_add_func ("/datasets/sloppy/dots", test_dots);
  g_test_add_func ("/datasets/sloppy/none", test_none);
  g_test_add_func ("/datasets/sloppy/shifted", test_shifted);
  g_test_add_func ("/datasets/sloppy/small", test_small);
  g_test_add_func ("/datasets/sloppy/thin", test_thin);
  g_test_add_func ("/datasets/sloppy/tilted", test_tilted);
  g_test_add_func ("/datasets/sloppy/turned", test_turned);
  g_test_add_func ("/datasets/sloppy/user", test_user);
  g_test_add_func ("/datasets/sloppy/seeds", test_seeds);
  g_test_add_func ("/datasets/sloppy/pinned", test_pinned);
  g_test_add_func ("/datasets/sloppy/make", test_make);
  g_test_add_func ("/datasets/sloppy/misfits", test_misfits);

  return g_test_run ();
}
