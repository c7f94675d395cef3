/* test-augment.c: what chance does to pictures: how far, how often, how smoothly.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/train/mlp-augment-private.h"
#include "test-util.h"

#define SIDE 28
#define N (SIDE * SIDE)
#define N_LOTS 20000

static MlpAugmenter *
make (MlpAugment augment,
      gsize      side,
      guint64    seed)
{
  g_autoptr(GError) error = NULL;
  MlpAugmenter *augmenter = mlp_augmenter_new (augment, side, side, seed, 2, &error);

  g_assert_no_error (error);

  return augmenter;
}

/* A stroke of three pixels, and a dot. */
static void
make_picture (guint8 *picture)
{
  memset (picture, 0, N);
  for (int r = 6; r < 22; r++)
    memset (picture + r * SIDE + 13, 250, 3);
  picture[10 * SIDE + 20] = 255;
}

/* On how many pictures the plane moves, and how far: ±12° and shear, ±12 %, ±1.5 pixels,
 * evenly to both sides; strokes change on some. */
static void
test_lots (void)
{
  g_autoptr(MlpAugmenter) augmenter = make (MLP_AUGMENT_AFFINE, SIDE, 1);
  double largest_shift = 0.0, largest_angle = 0.0, largest_area = 0.0;
  double shift = 0.0, angle = 0.0, area = 0.0;
  int largest_thickness = 0;
  guint n_moved = 0, n_changed = 0, n_thicker = 0;

  for (guint32 i = 0; i < N_LOTS; i++)
    {
      MlpWarp warp;
      double turned, log_area;

      mlp_augmenter_draw_lots (augmenter, 1, i, &warp);
      g_assert_null (warp.field[0]);

      turned = atan2 (warp.matrix[1][0], warp.matrix[0][0]);
      log_area = log (warp.matrix[0][0] * warp.matrix[1][1] - warp.matrix[0][1] * warp.matrix[1][0]);
      n_moved += warp.shift[0] != 0.0;
      n_changed += warp.thickness != 0;
      n_thicker += warp.thickness > 0;
      shift += warp.shift[0] + warp.shift[1];
      angle += turned;
      area += log_area;
      largest_shift = fmax (largest_shift, fmax (fabs (warp.shift[0]), fabs (warp.shift[1])));
      largest_angle = fmax (largest_angle, fabs (turned));
      largest_area = fmax (largest_area, fabs (log_area));
      largest_thickness = MAX (largest_thickness, abs (warp.thickness));
    }

  /* Shares of 20,000 are ±0.3 points; means of them are near 0. */
  assert_close ((double) n_moved / N_LOTS, 0.8, 0.015);
  assert_close ((double) n_changed / N_LOTS, 0.3, 0.015);
  assert_close ((double) n_thicker / n_changed, 0.5, 0.03);
  assert_close (shift / N_LOTS, 0.0, 0.05);
  assert_close (angle / N_LOTS, 0.0, 0.005);
  assert_close (area / N_LOTS, 0.0, 0.005);
  assert_close (largest_shift, 1.5, 0.01);
  g_assert_cmpint (largest_thickness, ==, 128);

  /* Each direction is stretched by e^±0.12, which adds to the angle where they differ. */
  assert_close (largest_area, 0.24, 0.01);
  g_assert_cmpfloat (largest_angle, >, 12.0 * G_PI / 180.0);
  g_assert_cmpfloat (largest_angle, <, 12.0 * G_PI / 180.0 * exp (0.24) + 0.01);
}

/* Lengths grow with the picture. */
static void
test_size (void)
{
  g_autoptr(MlpAugmenter) augmenter = make (MLP_AUGMENT_AFFINE, 2 * SIDE, 1);
  double largest = 0.0;

  for (guint32 i = 0; i < N_LOTS; i++)
    {
      MlpWarp warp;

      mlp_augmenter_draw_lots (augmenter, 1, i, &warp);
      largest = fmax (largest, fabs (warp.shift[0]));
    }

  assert_close (largest, 3.0, 0.01);
}

static const gsize distances[] = { 1, 2, 4, 6, 8, 16 };

/* Over places of planes, in pixels */
typedef struct
{
  double n;
  double sum;
  double squares;
  double products[G_N_ELEMENTS (distances)];     /* with what is so far to the right and below */
} Sums;

/* The middle of a plane, which has neighbours on all sides. */
static void
add_plane (const gint16 *plane,
           gsize         rows,
           gsize         columns,
           Sums         *sums)
{
  for (gsize r = 12; r + 32 < rows; r++)
    {
      for (gsize c = 12; c + 32 < columns; c++)
        {
          const gint16 *p = plane + r * columns + c;
          const double here = p[0] / 1024.0;

          sums->n++;
          sums->sum += here;
          sums->squares += here * here;
          for (gsize d = 0; d < G_N_ELEMENTS (distances); d++)
            sums->products[d] += here * (p[distances[d]] + p[distances[d] * columns]) / 2048.0;
        }
    }
}

/* Noise smoothed by a Gaussian of σ = 4: at a distance of d its correlation is
 * exp (−d² / 4σ²). */
static void
test_plane (void)
{
  Sums sums = { 0.0 };

  for (guint64 seed = 1; seed <= 40; seed++)
    {
      g_autoptr(MlpAugmenter) augmenter = make (MLP_AUGMENT_ELASTIC, SIDE, seed);
      gsize rows, columns;
      const gint16 *plane = mlp_augmenter_peek_plane (augmenter, &rows, &columns);

      g_assert_cmpuint (rows, ==, columns);
      add_plane (plane, rows, columns, &sums);
    }

  assert_close (sums.sum / sums.n, 0.0, 0.05);
  assert_close (sqrt (sums.squares / sums.n), 0.9, 0.05);
  for (gsize d = 0; d < G_N_ELEMENTS (distances); d++)
    assert_close (sums.products[d] / sums.squares, exp (-(double) (distances[d] * distances[d]) / 64.0), 0.03);
}

/* Fields are windows inside the plane, as they are or with the other sign, and others for x
 * than for y. */
static void
test_fields (void)
{
  g_autoptr(MlpAugmenter) augmenter = make (MLP_AUGMENT_ELASTIC, SIDE, 1);
  guint n_turned = 0, n_same = 0;
  gsize rows, columns;
  const gint16 *plane = mlp_augmenter_peek_plane (augmenter, &rows, &columns);

  for (guint32 i = 0; i < N_LOTS; i++)
    {
      MlpWarp warp;

      mlp_augmenter_draw_lots (augmenter, 1, i, &warp);
      g_assert_cmpuint (warp.field_stride, ==, columns);

      for (int k = 0; k < 2; k++)
        {
          const gsize place = (gsize) (warp.field[k] - plane);

          g_assert_cmpuint (place / columns + SIDE, <=, rows);
          g_assert_cmpuint (place % columns + SIDE, <=, columns);
          g_assert_cmpint (abs (warp.gain[k]), ==, MLP_WARP_GAIN);
          n_turned += warp.gain[k] < 0;
        }

      n_same += warp.field[0] == warp.field[1];
    }

  assert_close (n_turned / (2.0 * N_LOTS), 0.5, 0.015);
  g_assert_cmpuint (n_same, <, 10);
}

/* The seed, the round and the sample say what becomes of a picture; the thread and what was
 * before do not. */
static void
test_same (void)
{
  for (guint augment = MLP_AUGMENT_AFFINE; augment < MLP_N_AUGMENTS; augment++)
    {
      g_autoptr(MlpAugmenter) a = make (augment, SIDE, 1);
      g_autoptr(MlpAugmenter) b = make (augment, SIDE, 1);
      g_autoptr(MlpAugmenter) c = make (augment, SIDE, 2);
      guint8 picture[N], first[N], other[N];
      guint n_seed = 0, n_round = 0, n_item = 0, n_same = 0;

      make_picture (picture);
      for (guint32 i = 0; i < 200; i++)
        {
          mlp_augmenter_run (a, 0, 3, i, picture, first);
          mlp_augmenter_run (b, 1, 3, 199 - i, picture, other);
          mlp_augmenter_run (b, 1, 3, i, picture, other);
          g_assert_cmpmem (first, N, other, N);

          n_same += memcmp (first, picture, N) == 0;
          mlp_augmenter_run (c, 0, 3, i, picture, other);
          n_seed += memcmp (first, other, N) == 0;
          mlp_augmenter_run (a, 0, 4, i, picture, other);
          n_round += memcmp (first, other, N) == 0;
          mlp_augmenter_run (a, 0, 3, i + 1, picture, other);
          n_item += memcmp (first, other, N) == 0;
        }

      /* Of a seventh nothing is changed where it is not bent: two such are equal. */
      g_assert_cmpint (n_same > 0, ==, augment == MLP_AUGMENT_AFFINE);
      g_assert_cmpuint (n_same, <, 50);
      g_assert_cmpuint (n_seed, <, 20);
      g_assert_cmpuint (n_round, <, 20);
      g_assert_cmpuint (n_item, <, 20);
    }
}

static void
test_names (void)
{
  g_autoptr(GError) error = NULL;
  MlpAugment augment;

  for (guint i = 0; i < MLP_N_AUGMENTS; i++)
    {
      g_assert_true (mlp_augment_from_name (mlp_augment_get_name (i), &augment, &error));
      g_assert_cmpuint (augment, ==, i);
    }

  g_assert_false (mlp_augment_from_name ("Affine", &augment, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "none, affine or elastic"));
}

/* Only what is known to be pictures can be disturbed. */
static void
test_check (void)
{
  g_autoptr(MlpSamples) pictures = mlp_samples_new_pictures (g_malloc0 (6), 1.0f, g_malloc0 (1), 2, 3, 2, 1);
  g_autoptr(MlpSamples) long_ones = mlp_samples_new_pictures (g_malloc0 (1025), 1.0f, g_malloc0 (1), 1, 1025, 2, 1);
  g_autoptr(MlpSamples) bytes = mlp_samples_new_classes (g_malloc0 (6), 1.0f, g_malloc0 (1), 6, 2, 1);
  g_autoptr(MlpSamples) values = mlp_samples_new_values (g_new0 (float, 6), g_new0 (float, 1), 6, 1, 1);
  const struct { const MlpSamples *samples; const char *word; } refused[] = {
    { long_ones, "1025 × 1 pixels" },
    { bytes, "needs images" },
    { values, "needs images" },
  };

  g_assert_true (mlp_augment_check (MLP_AUGMENT_AFFINE, pictures, NULL));

  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (mlp_augment_check (MLP_AUGMENT_NONE, refused[i].samples, NULL));
      g_assert_false (mlp_augment_check (MLP_AUGMENT_ELASTIC, refused[i].samples, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, refused[i].word));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/augment/lots", test_lots);
  g_test_add_func ("/core/augment/size", test_size);
  g_test_add_func ("/core/augment/plane", test_plane);
  g_test_add_func ("/core/augment/fields", test_fields);
  g_test_add_func ("/core/augment/same", test_same);
  g_test_add_func ("/core/augment/names", test_names);
  g_test_add_func ("/core/augment/check", test_check);

  return g_test_run ();
}
