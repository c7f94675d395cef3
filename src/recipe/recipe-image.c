/* recipe-image.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-novelty.h"
#include "ink/ink-frame.h"
#include "ink/ink-resample.h"
#include "recipe/recipe-image.h"

/* The margin of MNIST's frame that no ink of the 20 × 20 box reaches, in 28ths of the side: it is
 * 4 where the barycentre is the box's middle. */
#define MARGIN 2

/* In the margin of digits there is less than so much of the ink a pixel that there is elsewhere. */
#define MARGIN_INK 0.05

/* Of the samples so many are looked at. */
#define MAX_SAMPLES 2000

/* How much ink there is in the margin of pictures, and elsewhere. */
typedef struct
{
  double sums[2];
  gsize  n[2];
} Margin;

static void
add_pixel (Margin *margin,
           guint   rows,
           guint   columns,
           guint   i,
           double  ink)
{
  const guint y = i / columns, x = i % columns;
  const guint high = MAX (1, MARGIN * rows / INK_FRAME_SIDE);
  const guint wide = MAX (1, MARGIN * columns / INK_FRAME_SIDE);
  const gboolean inside = y < high || y + high >= rows || x < wide || x + wide >= columns;

  margin->sums[inside] += ink;
  margin->n[inside]++;
}

/* Whether the margin has ink as the rest has. */
static gboolean
is_filled (const Margin *margin)
{
  return margin->n[0] == 0 || margin->n[1] == 0 ||
         margin->sums[1] / (double) margin->n[1] > MARGIN_INK * margin->sums[0] / (double) margin->n[0];
}

gboolean
recipe_image_fills_frame (const DsSet *set)
{
  Margin margin = { { 0.0 } };
  gsize n, step;

  g_return_val_if_fail (set != NULL, FALSE);

  if (set->rows == 0 || mlp_samples_peek_bytes (set->samples, 0) == NULL)
    return FALSE;

  n = set->n_train > 0 ? set->n_train : mlp_samples_get_n (set->samples);
  step = MAX (1, n / MAX_SAMPLES);
  for (gsize s = 0; s < n; s += step)
    {
      const guint8 *bytes = mlp_samples_peek_bytes (set->samples, s);

      for (guint i = 0; i < set->rows * set->columns; i++)
        add_pixel (&margin, set->rows, set->columns, i, (double) bytes[i]);
    }

  return is_filled (&margin);
}

gboolean
recipe_image_is_whole (const RecipeData *data,
                       const MlpNet     *net)
{
  const MlpNovelty *novelty = net != NULL ? mlp_net_peek_novelty (net) : NULL;
  Margin margin = { { 0.0 } };
  const float *means;

  g_return_val_if_fail (data != NULL, FALSE);

  if (data->whole_pictures)
    return TRUE;

  if (novelty == NULL || mlp_novelty_get_n_inputs (novelty) != (gsize) data->rows * data->columns)
    return g_strcmp0 (data->name, "Fashion-MNIST") == 0;

  means = mlp_novelty_peek_means (novelty);
  for (gsize k = 0; k < mlp_novelty_get_n_classes (novelty); k++)
    for (guint i = 0; i < data->rows * data->columns; i++)
      add_pixel (&margin, data->rows, data->columns, i,
                 (double) means[k * mlp_novelty_get_n_inputs (novelty) + i]);

  return is_filled (&margin);
}

/* How unlike the training pictures it is. */
static double
measure_novelty (const RecipeData *data,
                 const MlpNovelty *novelty,
                 const guint8     *bytes)
{
  const gsize n = (gsize) data->rows * data->columns;
  g_autofree float *x = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    x[i] = data->scale * (float) bytes[i];

  return mlp_novelty_score (novelty, x);
}

void
recipe_image_scale (const RecipeData *data,
                    const MlpNet     *net,
                    const guint8     *grey,
                    gsize             width,
                    gsize             height,
                    guint8           *bytes)
{
  const MlpNovelty *novelty = net != NULL ? mlp_net_peek_novelty (net) : NULL;
  const gsize n = (gsize) data->rows * data->columns;
  g_autofree guint8 *negative = NULL;
  double as_it_is;

  g_return_if_fail (data != NULL && grey != NULL && bytes != NULL);

  ink_resample (grey, width, height, data->rows, data->columns, bytes);
  if (novelty == NULL || mlp_novelty_get_n_inputs (novelty) != n)
    return;

  as_it_is = measure_novelty (data, novelty, bytes);
  if (as_it_is <= 1.0)
    return;

  negative = g_malloc (n);
  for (gsize i = 0; i < n; i++)
    negative[i] = (guint8) (255 - bytes[i]);
  if (measure_novelty (data, novelty, negative) < as_it_is)
    memcpy (bytes, negative, n);
}
