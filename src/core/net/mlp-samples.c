/* mlp-samples.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <pthread.h>
#include <string.h>

#include "core/linalg/mlp-vector.h"
#include "core/net/mlp-samples-private.h"

struct _MlpSamples
{
  gsize           n;
  gsize           n_inputs;
  gsize           n_outputs;

  guint8         *bytes;      /* n_inputs × n, or NULL: floats */
  float           scale;
  gsize           rows;       /* of a picture, or 0 */
  gsize           columns;
  const float    *values;     /* n_inputs × n, or NULL: bytes */
  GBytes         *values_in;  /* what holds them */
  guint          *blocks;     /* (nullable): lengths, ended by a 0 */

  guint8         *classes;    /* n, or NULL: targets are values */
  float          *targets;    /* n_outputs × n, or NULL: classes */
  gboolean        mixes_units;

  pthread_mutex_t mutex;
  gboolean        has_lists;  /* or it was found that they do not pay */
  MlpSparseInput *sparse_input;

  gatomicrefcount ref_count;
};

static MlpSamples *
new_samples (gsize n_inputs,
             gsize n_outputs,
             gsize n_samples)
{
  MlpSamples *samples = g_new0 (MlpSamples, 1);

  samples->n = n_samples;
  samples->n_inputs = n_inputs;
  samples->n_outputs = n_outputs;
  pthread_mutex_init (&samples->mutex, NULL);
  g_atomic_ref_count_init (&samples->ref_count);

  return samples;
}

MlpSamples *
mlp_samples_new_classes (guint8 *x,
                         float   scale,
                         guint8 *classes,
                         gsize   n_inputs,
                         gsize   n_classes,
                         gsize   n_samples)
{
  MlpSamples *samples;

  g_return_val_if_fail (x != NULL && classes != NULL, NULL);
  g_return_val_if_fail (n_inputs > 0 && n_samples > 0, NULL);
  g_return_val_if_fail (n_classes >= 2 && n_classes <= 256, NULL);

  samples = new_samples (n_inputs, n_classes, n_samples);
  samples->bytes = x;
  samples->scale = scale;
  samples->classes = classes;

  return samples;
}

MlpSamples *
mlp_samples_new_pictures (guint8 *x,
                          float   scale,
                          guint8 *classes,
                          gsize   rows,
                          gsize   columns,
                          gsize   n_classes,
                          gsize   n_samples)
{
  MlpSamples *samples = mlp_samples_new_classes (x, scale, classes, rows * columns, n_classes, n_samples);

  g_return_val_if_fail (samples != NULL, NULL);

  samples->rows = rows;
  samples->columns = columns;

  return samples;
}

MlpSamples *
mlp_samples_new_values (float *x,
                        float *y,
                        gsize  n_inputs,
                        gsize  n_outputs,
                        gsize  n_samples)
{
  g_return_val_if_fail (x != NULL && y != NULL, NULL);
  g_return_val_if_fail (n_inputs > 0 && n_outputs > 0 && n_samples > 0, NULL);

  return mlp_samples_new_values_in_bytes (g_bytes_new_take (x, n_inputs * n_samples * sizeof *x),
                                          y, n_inputs, n_outputs, n_samples);
}

MlpSamples *
mlp_samples_new_values_in_bytes (GBytes *x,
                                 float  *y,
                                 gsize   n_inputs,
                                 gsize   n_outputs,
                                 gsize   n_samples)
{
  MlpSamples *samples;

  g_return_val_if_fail (x != NULL && y != NULL, NULL);
  g_return_val_if_fail (n_inputs > 0 && n_outputs > 0 && n_samples > 0, NULL);
  g_return_val_if_fail (g_bytes_get_size (x) == n_inputs * n_samples * sizeof (float), NULL);

  samples = new_samples (n_inputs, n_outputs, n_samples);
  samples->values = g_bytes_get_data (x, NULL);
  samples->values_in = x;
  samples->targets = y;

  return samples;
}

void
mlp_samples_set_blocks (MlpSamples  *samples,
                        const guint *lengths)
{
  gsize n_blocks = 0;
  gsize n_inputs = 0;

  g_return_if_fail (samples->values != NULL);

  for (; lengths != NULL && lengths[n_blocks] > 0; n_blocks++)
    n_inputs += lengths[n_blocks];

  g_return_if_fail (lengths == NULL || n_inputs == samples->n_inputs);

  g_free (samples->blocks);
  samples->blocks = lengths != NULL ? g_memdup2 (lengths, (n_blocks + 1) * sizeof *lengths) : NULL;
}

const guint *
mlp_samples_peek_blocks (const MlpSamples *samples)
{
  return samples->blocks;
}

void
mlp_samples_set_mixes_units (MlpSamples *samples,
                             gboolean    mixes_units)
{
  samples->mixes_units = mixes_units;
}

gboolean
mlp_samples_get_mixes_units (const MlpSamples *samples)
{
  return samples->mixes_units;
}

MlpSamples *
mlp_samples_ref (const MlpSamples *samples)
{
  MlpSamples *self = (MlpSamples *) samples;

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
mlp_samples_unref (MlpSamples *samples)
{
  if (samples == NULL || !g_atomic_ref_count_dec (&samples->ref_count))
    return;

  g_free (samples->bytes);
  g_clear_pointer (&samples->values_in, g_bytes_unref);
  g_free (samples->blocks);
  g_free (samples->classes);
  g_free (samples->targets);
  g_clear_pointer (&samples->sparse_input, mlp_sparse_input_free);
  pthread_mutex_destroy (&samples->mutex);
  g_free (samples);
}

gsize
mlp_samples_get_n (const MlpSamples *samples)
{
  return samples->n;
}

gsize
mlp_samples_get_n_inputs (const MlpSamples *samples)
{
  return samples->n_inputs;
}

gsize
mlp_samples_get_n_outputs (const MlpSamples *samples)
{
  return samples->n_outputs;
}

gboolean
mlp_samples_has_classes (const MlpSamples *samples)
{
  return samples->classes != NULL;
}

const guint8 *
mlp_samples_peek_bytes (const MlpSamples *samples,
                        gsize             i)
{
  g_return_val_if_fail (i < samples->n, NULL);

  return samples->bytes != NULL ? samples->bytes + i * samples->n_inputs : NULL;
}

float
mlp_samples_get_scale (const MlpSamples *samples)
{
  return samples->scale;
}

gboolean
mlp_samples_get_picture (const MlpSamples *samples,
                         gsize            *rows,
                         gsize            *columns)
{
  *rows = samples->rows;
  *columns = samples->columns;

  return samples->rows > 0;
}

guint
mlp_samples_get_class (const MlpSamples *samples,
                       gsize             i)
{
  g_return_val_if_fail (samples->classes != NULL && i < samples->n, 0);

  return samples->classes[i];
}

const MlpSparseInput *
mlp_samples_peek_sparse_input (const MlpSamples *samples)
{
  MlpSamples *self = (MlpSamples *) samples;

  pthread_mutex_lock (&self->mutex);
  if (!self->has_lists)
    {
      self->sparse_input = mlp_sparse_input_new (samples->bytes, samples->n, samples->n_inputs, samples->scale);
      self->has_lists = TRUE;
    }
  pthread_mutex_unlock (&self->mutex);

  return self->sparse_input;
}

MLP_VECTOR_CLONES
static void
scale_bytes (const guint8 *bytes,
             float         scale,
             float        *x,
             gsize         n)
{
  for (gsize i = 0; i < n; i++)
    x[i] = scale * (float) bytes[i];
}

void
mlp_samples_get_batch (const MlpSamples *samples,
                       const guint32    *items,
                       gsize             B,
                       float            *x,
                       float            *y)
{
  const gsize n_inputs = samples->n_inputs;
  const gsize n_outputs = samples->n_outputs;

  for (gsize s = 0; s < B && x != NULL; s++)
    {
      const gsize from = items[s] * n_inputs;

      if (samples->bytes != NULL)
        scale_bytes (samples->bytes + from, samples->scale, x + s * n_inputs, n_inputs);
      else
        memcpy (x + s * n_inputs, samples->values + from, n_inputs * sizeof *x);
    }

  for (gsize s = 0; s < B && y != NULL; s++)
    {
      float *column = y + s * n_outputs;

      if (samples->classes != NULL)
        {
          memset (column, 0, n_outputs * sizeof *y);
          column[samples->classes[items[s]]] = 1.0f;
        }
      else
        {
          memcpy (column, samples->targets + items[s] * n_outputs, n_outputs * sizeof *y);
        }
    }
}
