/* test-warp.c: pictures seen through a map, against the same in double; and the same bytes
 * whatever the processor. Built once for each kind of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-random.h"
#include "core/train/mlp-warp-private.h"
#include "test-util.h"

/* Neither is a whole number of vectors. */
#define ROWS 21
#define COLUMNS 29
#define N (ROWS * COLUMNS)

#define IDENTITY { { 1.0, 0.0 }, { 0.0, 1.0 } }

/* Blots: every third pixel is 0. */
static void
make_picture (guint64 seed,
              guint8 *picture)
{
  MlpRandom random;

  mlp_random_seed (&random, seed, 1);
  for (gsize i = 0; i < N; i++)
    picture[i] = mlp_random_below (&random, 3) == 0 ? 0 : (guint8) mlp_random_below (&random, 256);
}

static void
run (const MlpWarp *warp,
     gsize          rows,
     gsize          columns,
     const guint8  *picture,
     guint8        *out)
{
  g_autoptr(MlpWarpScratch) warper = mlp_warp_scratch_new (rows, columns);
  guint8 other[N];

  g_assert_nonnull (warper);

  /* Nothing of another picture may be left. */
  mlp_warp_run (warper, &(MlpWarp) { .matrix = IDENTITY, .thickness = 100 }, picture, other);
  mlp_warp_run (warper, warp, picture, out);
}

static double
get_pixel (const double *ink,
           int           row,
           int           column)
{
  return row >= 0 && row < ROWS && column >= 0 && column < COLUMNS ? ink[row * COLUMNS + column] : 0.0;
}

/* On the way from each pixel to the largest (or least) of the cross around it. */
static void
change_strokes (const guint8 *picture,
                int           thickness,
                double       *ink)
{
  double original[N];

  for (int i = 0; i < N; i++)
    original[i] = picture[i];

  for (int r = 0; r < ROWS; r++)
    {
      for (int c = 0; c < COLUMNS; c++)
        {
          const double cross[] = {
            get_pixel (original, r, c - 1), get_pixel (original, r, c + 1),
            get_pixel (original, r - 1, c), get_pixel (original, r + 1, c),
          };
          const double here = get_pixel (original, r, c);
          double extreme = here;

          for (int i = 0; i < 4; i++)
            extreme = thickness > 0 ? fmax (extreme, cross[i]) : fmin (extreme, cross[i]);

          ink[r * COLUMNS + c] = here + (extreme - here) * abs (thickness) / 256.0;
        }
    }
}

/* The header's formula. */
static double
look_up (const MlpWarp *warp,
         const double  *ink,
         int            row,
         int            column)
{
  const double middle[2] = { (COLUMNS - 1) / 2.0, (ROWS - 1) / 2.0 };
  double place[2];
  int x, y;

  for (int i = 0; i < 2; i++)
    {
      place[i] = warp->matrix[i][0] * (column - middle[0]) + warp->matrix[i][1] * (row - middle[1])
                 + middle[i] + warp->shift[i];
      if (warp->field[i] != NULL)
        place[i] += warp->field[i][row * (int) warp->field_stride + column] / 1024.0 * warp->gain[i] / 64.0;
    }

  x = (int) floor (place[0]);
  y = (int) floor (place[1]);

  return (y + 1 - place[1]) * ((x + 1 - place[0]) * get_pixel (ink, y, x) +
                               (place[0] - x) * get_pixel (ink, y, x + 1)) +
         (place[1] - y) * ((x + 1 - place[0]) * get_pixel (ink, y + 1, x) +
                           (place[0] - x) * get_pixel (ink, y + 1, x + 1));
}

/* Weights of 8 bits are at most 1/256 off in either direction, which is a grey level
 * each; rounding is half a level, and half of one more where strokes change. */
static void
check_against_double (const MlpWarp *warp)
{
  guint8 picture[N], out[N];
  double ink[N];

  make_picture (3, picture);
  change_strokes (picture, warp->thickness, ink);
  run (warp, ROWS, COLUMNS, picture, out);

  for (int r = 0; r < ROWS; r++)
    {
      for (int c = 0; c < COLUMNS; c++)
        {
          const double want = look_up (warp, ink, r, c);

          if (fabs (out[r * COLUMNS + c] - want) > 3.0)
            g_error ("row %d, column %d: %d, not %.2f", r, c, out[r * COLUMNS + c], want);
        }
    }
}

static void
test_reference (void)
{
  gint16 field[ROWS * 40 + MLP_WARP_BLOCK];
  MlpRandom random;

  mlp_random_seed (&random, 4, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (field); i++)
    field[i] = (gint16) ((int) mlp_random_below (&random, 8000) - 4000);

  check_against_double (&(MlpWarp) { .matrix = { { 0.9, 0.2 }, { -0.25, 1.1 } }, .shift = { 0.3, -1.7 } });
  check_against_double (&(MlpWarp) { .matrix = { { -1.9, 0.7 }, { 1.3, 2.0 } }, .shift = { 29.0, -21.0 } });
  check_against_double (&(MlpWarp) { .matrix = IDENTITY, .thickness = 77, .shift = { 0.5, 0.25 } });
  check_against_double (&(MlpWarp) { .matrix = IDENTITY, .thickness = -200, .shift = { -0.75, 0.5 } });
  check_against_double (&(MlpWarp) { .matrix = { { 1.0, 0.1 }, { 0.0, 0.9 } }, .thickness = 30,
                                     .field = { field, field + 11 }, .field_stride = 40, .gain = { 64, -37 } });
}

/* Nothing done is nothing changed, to the bit. */
static void
test_identity (void)
{
  guint8 picture[N], out[N];

  make_picture (5, picture);
  run (&(MlpWarp) { .matrix = IDENTITY }, ROWS, COLUMNS, picture, out);
  g_assert_cmpmem (out, N, picture, N);

  /* In place */
  run (&(MlpWarp) { .matrix = IDENTITY }, ROWS, COLUMNS, out, out);
  g_assert_cmpmem (out, N, picture, N);
}

static void
test_shift (void)
{
  guint8 picture[N], out[N];

  make_picture (6, picture);
  run (&(MlpWarp) { .matrix = IDENTITY, .shift = { 3.0, -2.0 } }, ROWS, COLUMNS, picture, out);

  for (int r = 0; r < ROWS; r++)
    {
      for (int c = 0; c < COLUMNS; c++)
        g_assert_cmpuint (out[r * COLUMNS + c], ==,
                          r >= 2 && c + 3 < COLUMNS ? picture[(r - 2) * COLUMNS + c + 3] : 0);
    }

  /* Out of sight */
  run (&(MlpWarp) { .matrix = IDENTITY, .shift = { COLUMNS, 0.0 } }, ROWS, COLUMNS, picture, out);
  for (int i = 0; i < N; i++)
    g_assert_cmpuint (out[i], ==, 0);
}

/* A quarter of a turn moves pixels; four of them move none. */
static void
test_quarter_turns (void)
{
  const MlpWarp quarter = { .matrix = { { 0.0, -1.0 }, { 1.0, 0.0 } } };
  const gsize side = ROWS;
  guint8 picture[N], out[N];

  make_picture (7, picture);
  run (&quarter, side, side, picture, out);
  for (gsize r = 0; r < side; r++)
    {
      for (gsize c = 0; c < side; c++)
        g_assert_cmpuint (out[r * side + c], ==, picture[c * side + (side - 1 - r)]);
    }

  for (int i = 0; i < 3; i++)
    run (&quarter, side, side, out, out);
  g_assert_cmpmem (out, side * side, picture, side * side);
}

/* A dot becomes a cross of five pixels, and nothing. */
static void
test_thickness (void)
{
  guint8 picture[N] = { 0 }, out[N];
  const int dot = 10 * COLUMNS + 10;
  guint sum = 0;

  picture[dot] = 200;
  run (&(MlpWarp) { .matrix = IDENTITY, .thickness = 256 }, ROWS, COLUMNS, picture, out);
  for (int i = 0; i < N; i++)
    sum += out[i];
  g_assert_cmpuint (sum, ==, 1000);
  g_assert_cmpuint (out[dot - COLUMNS], ==, 200);
  g_assert_cmpuint (out[dot + 1], ==, 200);

  run (&(MlpWarp) { .matrix = IDENTITY, .thickness = -128 }, ROWS, COLUMNS, picture, out);
  g_assert_cmpuint (out[dot], ==, 100);

  run (&(MlpWarp) { .matrix = IDENTITY, .thickness = -256 }, ROWS, COLUMNS, picture, out);
  g_assert_cmpuint (out[dot], ==, 0);
}

/* The smallest picture, and one of one row. */
static void
test_small (void)
{
  const guint8 picture[] = { 9, 8, 7, 6, 5 };
  guint8 out[5];

  run (&(MlpWarp) { .matrix = IDENTITY, .shift = { 0.5, 0.0 } }, 1, 1, picture, out);
  g_assert_cmpuint (out[0], ==, 5);

  run (&(MlpWarp) { .matrix = { { -1.0, 0.0 }, { 0.0, 1.0 } } }, 1, 5, picture, out);
  g_assert_cmpuint (out[0], ==, 5);
  g_assert_cmpuint (out[4], ==, 9);
}

/* What the plain code gave: every kind of processor gives it. */
static void
test_same_bytes (void)
{
  g_autoptr(MlpWarpScratch) warper = mlp_warp_scratch_new (ROWS, COLUMNS);
  gint16 field[ROWS * 40 + MLP_WARP_BLOCK];
  guint32 sum = 1;
  MlpRandom random;

  mlp_random_seed (&random, 8, 8);
  for (gsize i = 0; i < G_N_ELEMENTS (field); i++)
    field[i] = (gint16) ((int) mlp_random_below (&random, 3000) - 1500);

  for (guint64 n = 0; n < 200; n++)
    {
      guint8 picture[N];
      MlpWarp warp = {
        .thickness = (int) mlp_random_below (&random, 513) - 256,
        .field = { n % 2 == 0 ? field : NULL, n % 2 == 0 ? field + 9 : NULL },
        .field_stride = 40,
        .gain = { 64, -64 },
      };

      for (int i = 0; i < 2; i++)
        {
          warp.shift[i] = 4.0 * mlp_random_uniform (&random) - 2.0;
          for (int j = 0; j < 2; j++)
            warp.matrix[i][j] = 2.0 * mlp_random_uniform (&random) - 1.0;
        }

      make_picture (n, picture);
      mlp_warp_run (warper, &warp, picture, picture);
      for (gsize i = 0; i < N; i++)
        sum = sum * 31 + picture[i];
    }

  g_assert_cmphex (sum, ==, 0xf9af7426);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#ifdef NEEDS_AVX2
  if (!__builtin_cpu_supports ("x86-64-v3"))
    return 77;
#endif

  g_test_add_func ("/core/warp/reference", test_reference);
  g_test_add_func ("/core/warp/identity", test_identity);
  g_test_add_func ("/core/warp/shift", test_shift);
  g_test_add_func ("/core/warp/quarter-turns", test_quarter_turns);
  g_test_add_func ("/core/warp/thickness", test_thickness);
  g_test_add_func ("/core/warp/small", test_small);
  g_test_add_func ("/core/warp/same-bytes", test_same_bytes);

  return g_test_run ();
}
