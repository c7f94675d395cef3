/* test-rotation.c: turning keeps shapes, and goes where it should.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-rotation.h"
#include "test-util.h"

#define N 30

static void
apply (const DrawRotation *rotation,
       double              x,
       double              y,
       double              z,
       double              to[3])
{
  const double from[3] = { x, y, z };

  draw_rotation_apply (rotation, from, to);
}

/* As a matrix: rows at right angles, of length 1, right-handed */
static void
check (const DrawRotation *rotation)
{
  double m[3][3];

  for (guint k = 0; k < 3; k++)
    apply (rotation, k == 0, k == 1, k == 2, m[k]);

  for (guint i = 0; i < 3; i++)
    {
      for (guint k = 0; k < 3; k++)
        assert_close (m[i][0] * m[k][0] + m[i][1] * m[k][1] + m[i][2] * m[k][2], i == k, 1e-12);
      assert_close (m[i][0], m[(i + 1) % 3][1] * m[(i + 2) % 3][2] - m[(i + 1) % 3][2] * m[(i + 2) % 3][1], 1e-12);
    }
}

static void
test_turn (void)
{
  const DrawRotation none = DRAW_ROTATION_NONE;
  DrawRotation rotation;
  double to[3];

  apply (&none, 1, 2, 3, to);
  assert_close (to[0], 1, 0);
  assert_close (to[1], 2, 0);
  assert_close (to[2], 3, 0);

  /* A quarter around z, then one around x, by hand */
  rotation = draw_rotation_turn (&none, 0, 0, 5, G_PI / 2);
  check (&rotation);
  apply (&rotation, 1, 2, 3, to);
  assert_close (to[0], -2, 1e-12);
  assert_close (to[1], 1, 1e-12);
  assert_close (to[2], 3, 1e-12);

  rotation = draw_rotation_turn (&rotation, 1, 0, 0, G_PI / 2);
  check (&rotation);
  apply (&rotation, 1, 2, 3, to);
  assert_close (to[0], -2, 1e-12);
  assert_close (to[1], -3, 1e-12);
  assert_close (to[2], 1, 1e-12);

  /* Thousands of small ones do not wear it out. */
  for (guint i = 0; i < 36000; i++)
    rotation = draw_rotation_turn (&rotation, 1, 2, -3, G_PI / 18000);
  check (&rotation);
  apply (&rotation, 1, 2, 3, to);
  assert_close (to[0], -2, 1e-8);
  assert_close (to[1], -3, 1e-8);

  /* No axis, no turn */
  rotation = draw_rotation_turn (&none, 0, 0, 0, 1);
  assert_close (rotation.w, 1, 0);
}

/* What is under the pointer goes with it: on the ball, of a radius of 100. */
static void
test_drag (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (6);
  DrawRotation rotation = DRAW_ROTATION_NONE;

  for (guint turn = 0; turn < 300; turn++)
    {
      double from_x = g_rand_double_range (rand, -0.5, 0.5), from_y = g_rand_double_range (rand, -0.5, 0.5);
      double to_x = g_rand_double_range (rand, -0.5, 0.5), to_y = g_rand_double_range (rand, -0.5, 0.5);
      const DrawRotation none = DRAW_ROTATION_NONE;
      DrawRotation alone = draw_rotation_drag (&none, 320, 200, 160 + 100 * from_x, 100 - 100 * from_y,
                                               160 + 100 * to_x, 100 - 100 * to_y);
      double place[3], once[3], both[3];

      check (&alone);
      apply (&alone, from_x, from_y, sqrt (1 - from_x * from_x - from_y * from_y), place);
      assert_close (place[0], to_x, 1e-9);
      assert_close (place[1], to_y, 1e-9);
      assert_close (place[2], sqrt (1 - to_x * to_x - to_y * to_y), 1e-9);

      /* It comes after what was before. */
      apply (&rotation, 1, 2, 3, once);
      apply (&alone, once[0], once[1], once[2], once);
      rotation = draw_rotation_drag (&rotation, 320, 200, 160 + 100 * from_x, 100 - 100 * from_y,
                                     160 + 100 * to_x, 100 - 100 * to_y);
      check (&rotation);
      apply (&rotation, 1, 2, 3, both);
      for (guint k = 0; k < 3; k++)
        assert_close (both[k], once[k], 1e-9);
    }

  /* A small step across the edge of the ball, or far outside, is a small turn. */
  for (double x = 0; x < 500; x += 0.5)
    {
      const DrawRotation none = DRAW_ROTATION_NONE;

      rotation = draw_rotation_drag (&none, 200, 200, 100 + x, 100, 100.5 + x, 100);
      g_assert_cmpfloat (rotation.w, >, 0.9999);
      g_assert_cmpfloat (rotation.y, >, 0);
    }

  /* No room, or half a turn from nowhere */
  rotation = draw_rotation_drag (&(DrawRotation) DRAW_ROTATION_NONE, 0, 0, 1, 2, 3, 4);
  assert_close (rotation.w, 1, 0);
  rotation = draw_rotation_drag (&(DrawRotation) DRAW_ROTATION_NONE, 2, 2, -1e9, 1, 1e9, 1);
  check (&rotation);
}

/* A flat, long cloud, turned any way, lies along x with y across. */
static void
test_axes (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (9);
  double first[N][3];

  for (guint turn = 0; turn < 100; turn++)
    {
      DrawRotation any = DRAW_ROTATION_NONE, back;
      g_autoptr(GRand) shape = g_rand_new_with_seed (2);
      double spread[3][3] = { { 0 } }, middle[3] = { 0 };
      float xyz[3 * N + 3];
      double placed[N][3];

      for (guint i = 0; i < 3; i++)
        any = draw_rotation_turn (&any, i == 0, i == 1, i == 2, g_rand_double_range (rand, 0, 7));
      for (guint i = 0; i < N; i++)
        {
          double u = g_rand_double (shape), v = g_rand_double (shape);
          double to[3];

          apply (&any, 5 * u * u, 2 * v * v * v, 0.3 * g_rand_double (shape), to);
          for (guint k = 0; k < 3; k++)
            xyz[3 * i + k] = (float) (to[k] + 10);
        }
      for (guint k = 0; k < 3; k++)
        xyz[3 * N + k] = k == 1 ? NAN : 1000;

      back = draw_rotation_from_points (xyz, N + 1);
      check (&back);
      for (guint i = 0; i < N; i++)
        {
          apply (&back, (double) xyz[3 * i], (double) xyz[3 * i + 1], (double) xyz[3 * i + 2], placed[i]);
          for (guint k = 0; k < 3; k++)
            middle[k] += placed[i][k] / N;
        }
      for (guint i = 0; i < N; i++)
        {
          for (guint k = 0; k < 3; k++)
            {
              for (guint l = 0; l < 3; l++)
                spread[k][l] += (placed[i][k] - middle[k]) * (placed[i][l] - middle[l]);
            }
        }

      g_assert_cmpfloat (spread[0][0], >, 2 * spread[1][1]);
      g_assert_cmpfloat (spread[1][1], >, 2 * spread[2][2]);
      for (guint k = 0; k < 3; k++)
        assert_close (spread[k][(k + 1) % 3] / spread[0][0], 0, 1e-5);

      /* However it was turned, it is seen alike. */
      for (guint i = 0; i < N; i++)
        {
          for (guint k = 0; k < 3; k++)
            {
              if (turn == 0)
                first[i][k] = placed[i][k] - middle[k];
              else
                assert_close (placed[i][k] - middle[k], first[i][k], 1e-4);
            }
        }
    }
}

static void
test_odd (void)
{
  const float one[] = { 5, 6, 7 };
  const float two[] = { 0, 0, 0, 0, 0, 2 };
  const float gaps[] = { NAN, 0, 0, 0, INFINITY, 0 };
  const float same[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
  DrawRotation rotation;
  double to[3];

  rotation = draw_rotation_from_points (NULL, 0);
  check (&rotation);
  rotation = draw_rotation_from_points (one, 1);
  check (&rotation);
  rotation = draw_rotation_from_points (same, 3);
  check (&rotation);
  rotation = draw_rotation_from_points (gaps, 2);
  check (&rotation);

  rotation = draw_rotation_from_points (two, 2);
  check (&rotation);
  apply (&rotation, 0, 0, 1, to);
  assert_close (fabs (to[0]), 1, 1e-9);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rotation/turn", test_turn);
  g_test_add_func ("/rotation/drag", test_drag);
  g_test_add_func ("/rotation/axes", test_axes);
  g_test_add_func ("/rotation/odd", test_odd);

  return g_test_run ();
}
