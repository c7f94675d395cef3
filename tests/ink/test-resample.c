/* test-resample.c: pictures at another size.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-random.h"
#include "ink/ink-resample.h"

/* How much of pixel @k of @n_in lies in pixel @i of @n_out, along one axis. */
static double
get_share (gsize i,
           gsize n_out,
           gsize k,
           gsize n_in)
{
  const double begin = MAX ((double) i / (double) n_out, (double) k / (double) n_in);
  const double end = MIN ((double) (i + 1) / (double) n_out, (double) (k + 1) / (double) n_in);

  return MAX (0.0, end - begin) * (double) n_out;
}

/* Each pixel of the result from each of the picture, in double. */
static double
get_reference (const guint8 *grey,
               gsize         width,
               gsize         height,
               gsize         rows,
               gsize         columns,
               gsize         r,
               gsize         c)
{
  double sum = 0.0;

  for (gsize y = 0; y < height; y++)
    for (gsize x = 0; x < width; x++)
      sum += get_share (r, rows, y, height) * get_share (c, columns, x, width) * grey[y * width + x];

  return sum;
}

static void
test_reference (void)
{
  static const struct { gsize width, height; guint rows, columns; } sizes[] = {
    { 28, 28, 28, 28 }, { 56, 56, 28, 28 }, { 97, 97, 28, 28 }, { 13, 13, 28, 28 }, { 1, 1, 4, 4 }, { 40, 20, 10, 20 },
  };
  MlpRandom random;

  mlp_random_seed (&random, 7, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      const gsize n = sizes[i].width * sizes[i].height;
      g_autofree guint8 *grey = g_malloc (n);
      g_autofree guint8 *bytes = g_malloc (sizes[i].rows * sizes[i].columns);

      for (gsize k = 0; k < n; k++)
        grey[k] = (guint8) mlp_random_below (&random, 256);
      ink_resample (grey, sizes[i].width, sizes[i].height, sizes[i].rows, sizes[i].columns, bytes);

      for (guint r = 0; r < sizes[i].rows; r++)
        for (guint c = 0; c < sizes[i].columns; c++)
          {
            double expected = get_reference (grey, sizes[i].width, sizes[i].height, sizes[i].rows, sizes[i].columns, r,
                                             c);

            g_assert_cmpfloat_with_epsilon (bytes[r * sizes[i].columns + c], expected, 0.501);
          }
      if (sizes[i].width == sizes[i].columns && sizes[i].height == sizes[i].rows)
        g_assert_cmpmem (bytes, n, grey, n);
    }
}

/* Neither cut off nor distorted: what is left has the border's grey. */
static void
test_aspect (void)
{
  guint8 grey[20 * 10];
  guint8 bytes[8 * 8];

  memset (grey, 40, sizeof (grey));
  for (gsize y = 2; y < 8; y++)
    memset (grey + y * 20 + 2, 200, 16);
  ink_resample (grey, 20, 10, 8, 8, bytes);

  for (gsize y = 0; y < 8; y++)
    for (gsize x = 0; x < 8; x++)
      if (y < 2 || y >= 6)
        g_assert_cmpuint (bytes[y * 8 + x], ==, 40);
  g_assert_cmpuint (bytes[3 * 8 + 4], ==, 200);

  ink_resample (grey, 10, 20, 8, 8, bytes);
  for (gsize y = 0; y < 8; y++)
    g_assert_cmpuint (bytes[y * 8], ==, bytes[y * 8 + 7]);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ink/resample/reference", test_reference);
  g_test_add_func ("/ink/resample/aspect", test_aspect);

  return g_test_run ();
}
