/* test-nearest.c: the tree finds what looking at every point finds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-nearest.h"
#include "test-util.h"

#define N 3000
#define N_QUESTIONS 400

/* How far the nearest point is; infinite if none is within @distance */
static double
look_at_all (const double *x,
             const double *y,
             gsize         n,
             double        from_x,
             double        from_y,
             double        distance)
{
  double least = INFINITY;

  for (gsize i = 0; i < n; i++)
    {
      double d = hypot (x[i] - from_x, y[i] - from_y);

      if (isfinite (x[i]) && isfinite (y[i]) && d <= distance)
        least = MIN (least, d);
    }

  return least;
}

static void
ask (const double *x,
     const double *y,
     gsize         n,
     GRand        *rand,
     double        low,
     double        high)
{
  g_autoptr(DrawNearest) nearest = draw_nearest_new (x, y, n);

  for (guint i = 0; i < N_QUESTIONS; i++)
    {
      double from_x = g_rand_double_range (rand, low, high);
      double from_y = g_rand_double_range (rand, low, high);
      double distance = i % 3 == 0 ? (double) INFINITY : (high - low) * g_rand_double (rand) * g_rand_double (rand);
      double least = look_at_all (x, y, n, from_x, from_y, distance);
      gssize found = draw_nearest_find (nearest, from_x, from_y, distance);

      if (isinf (least))
        {
          g_assert_cmpint (found, ==, -1);
          continue;
        }

      g_assert_cmpint (found, >=, 0);
      g_assert_cmpint (found, <, (gssize) n);
      assert_close (hypot (x[found] - from_x, y[found] - from_y) / least, 1, 0);
    }
}

static void
test_clouds (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autofree double *x = g_new (double, N);
  g_autofree double *y = g_new (double, N);

  for (guint kind = 0; kind < 6; kind++)
    {
      for (gsize i = 0; i < N; i++)
        {
          double a = g_rand_double (rand);
          double b = g_rand_double (rand);

          switch (kind)
            {
            case 0:      /* everywhere */
              x[i] = a;
              y[i] = b;
              break;
            case 1:      /* about a diagonal */
              x[i] = a;
              y[i] = a + 0.01 * (b - 0.5);
              break;
            case 2:      /* a level line */
              x[i] = a;
              y[i] = 0.5;
              break;
            case 3:      /* few places, many times */
              x[i] = floor (5 * a) / 5;
              y[i] = floor (3 * b) / 3;
              break;
            case 4:      /* holes */
              x[i] = i % 7 == 0 ? (double) NAN : a;
              y[i] = i % 11 == 0 ? (double) INFINITY : b;
              break;
            default:     /* nearly all in one place, some very far */
              x[i] = i % 100 == 0 ? a * 1e6 : a * 1e-6;
              y[i] = i % 100 == 0 ? b * 1e6 : b * 1e-6;
              break;
            }
        }

      ask (x, y, N, rand, -0.2, 1.2);
      if (kind == 5)
        ask (x, y, N, rand, -1e6, 2e6);
      for (gsize n = 0; n < 40; n += 3)
        ask (x, y, n, rand, -0.2, 1.2);
    }
}

static void
test_all_equal (void)
{
  g_autofree double *x = g_new0 (double, N);
  g_autofree double *y = g_new0 (double, N);
  g_autoptr(GRand) rand = g_rand_new_with_seed (8);

  ask (x, y, N, rand, -1, 1);
}

static void
test_limits (void)
{
  const double x[] = { 1, NAN, -G_MAXDOUBLE, G_MAXDOUBLE };
  const double y[] = { 2, 0, 0, 0 };
  g_autoptr(DrawNearest) none = draw_nearest_new (NULL, NULL, 0);
  g_autoptr(DrawNearest) one = draw_nearest_new (x, y, 2);
  g_autoptr(DrawNearest) far = draw_nearest_new (x, y, 4);

  g_assert_cmpint (draw_nearest_find (none, 0, 0, INFINITY), ==, -1);

  /* The limit itself is near enough. */
  g_assert_cmpint (draw_nearest_find (one, 1, 5, 3), ==, 0);
  g_assert_cmpint (draw_nearest_find (one, 1, 5, 2.999), ==, -1);
  g_assert_cmpint (draw_nearest_find (one, 1, 2, 0), ==, 0);
  g_assert_cmpint (draw_nearest_find (one, 1, 2, -1), ==, -1);
  g_assert_cmpint (draw_nearest_find (one, NAN, 2, INFINITY), ==, -1);

  g_assert_cmpint (draw_nearest_find (far, 0, 0, 10), ==, 0);
  g_assert_cmpint (draw_nearest_find (far, 0.9 * G_MAXDOUBLE, 0, G_MAXDOUBLE), ==, 3);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/nearest/clouds", test_clouds);
  g_test_add_func ("/nearest/all-equal", test_all_equal);
  g_test_add_func ("/nearest/limits", test_limits);

  return g_test_run ();
}
