/* bench-data.c: the samples that everybody is timed on, as files of plain numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-works.h"

#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "datasets/ds-open.h"
#include "datasets/mnist/ds-mnist.h"

#define N_DIGITS 60000
#define SIDE 28
#define N_PIXELS (SIDE * SIDE)
#define N_CLASSES 10
#define N_ROWS 100000
#define N_COLUMNS 435

static gboolean
write_file (const char *folder,
            const char *name,
            const void *bytes,
            gsize       size,
            GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_set_contents (path, bytes, (gssize) size, error);
}

static gboolean
has_file (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static void *
read_file (const char *folder,
           const char *name,
           gsize       size,
           GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &bytes, &length, error))
    return NULL;
  if (length != size)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, "%s has %" G_GSIZE_FORMAT " bytes instead of %" G_GSIZE_FORMAT,
                   path, length, size);
      return NULL;
    }

  return g_steal_pointer (&bytes);
}

static gboolean
export_digits (const char *source,
               const char *folder,
               GError    **error)
{
  g_autoptr(DsSet) set = ds_open (source, NULL, NULL, error);
  g_autofree guint8 *x = g_malloc (N_DIGITS * N_PIXELS);
  g_autofree guint8 *y = g_malloc (N_DIGITS);

  if (set == NULL)
    return FALSE;
  if (mlp_samples_get_n_inputs (set->samples) != N_PIXELS || mlp_samples_get_n_outputs (set->samples) != N_CLASSES
      || mlp_samples_peek_bytes (set->samples, 0) == NULL || set->n_train == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE, "%s holds no pictures of digits", source);
      return FALSE;
    }

  for (gsize i = 0; i < N_DIGITS; i++)
    {
      const gsize item = i % set->n_train;

      memcpy (x + i * N_PIXELS, mlp_samples_peek_bytes (set->samples, item), N_PIXELS);
      y[i] = (guint8) mlp_samples_get_class (set->samples, item);
    }

  return write_file (folder, "digits-x.u8", x, N_DIGITS * N_PIXELS, error) &&
         write_file (folder, "digits-y.u8", y, N_DIGITS, error);
}

/* A value that depends on a few of the columns, and not linearly. */
static gboolean
export_table (const char *folder,
              GError    **error)
{
  g_autofree float *x = g_new (float, (gsize) N_ROWS * N_COLUMNS);
  g_autofree float *y = g_new (float, N_ROWS);
  MlpRandom random;

  mlp_random_seed (&random, 1, 0);
  for (gsize i = 0; i < (gsize) N_ROWS * N_COLUMNS; i++)
    x[i] = 2.0f * (float) mlp_random_uniform (&random) - 1.0f;
  for (gsize i = 0; i < N_ROWS; i++)
    {
      const float *row = x + i * N_COLUMNS;

      y[i] = row[0] * row[1] + 0.5f * row[2] - row[3] * row[3];
    }

  return write_file (folder, "table-x.f32", x, sizeof *x * N_ROWS * N_COLUMNS, error) &&
         write_file (folder, "table-y.f32", y, sizeof *y * N_ROWS, error);
}

gboolean
bench_data_export (const char *source,
                   const char *folder,
                   GError    **error)
{
  return (has_file (folder, "digits-y.u8") || export_digits (source, folder, error)) &&
         (has_file (folder, "table-y.f32") || export_table (folder, error));
}

MlpSamples *
bench_data_load (const BenchWork *work,
                 const char      *folder,
                 GError         **error)
{
  if (work->n_inputs == N_COLUMNS)
    {
      g_autofree float *x = read_file (folder, "table-x.f32", sizeof *x * N_ROWS * N_COLUMNS, error);
      g_autofree float *y = x == NULL ? NULL : read_file (folder, "table-y.f32", sizeof *y * N_ROWS, error);

      if (y == NULL)
        return NULL;

      return mlp_samples_new_values (g_steal_pointer (&x), g_steal_pointer (&y), N_COLUMNS, 1, N_ROWS);
    }
  else
    {
      g_autofree guint8 *x = read_file (folder, "digits-x.u8", N_DIGITS * N_PIXELS, error);
      g_autofree guint8 *y = x == NULL ? NULL : read_file (folder, "digits-y.u8", N_DIGITS, error);

      if (y == NULL)
        return NULL;

      return mlp_samples_new_pictures (g_steal_pointer (&x), DS_MNIST_SCALE, g_steal_pointer (&y),
                                       SIDE, SIDE, N_CLASSES, N_DIGITS);
    }
}
