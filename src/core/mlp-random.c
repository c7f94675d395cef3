/* mlp-random.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/mlp-random.h"

#define SPLITMIX_STEP G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)

static guint64
rotate_left (guint64 x,
             guint   k)
{
  return (x << k) | (x >> (64 - k));
}

/* Steele, Lea and Flood, 2014. */
static guint64
splitmix_next (guint64 *x)
{
  guint64 z = *x += SPLITMIX_STEP;

  z = (z ^ (z >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  z = (z ^ (z >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);

  return z ^ (z >> 31);
}

void
mlp_random_seed (MlpRandom *random,
                 guint64    seed,
                 guint64    stream)
{
  /* Each stream takes four numbers of its own of one splitmix64 sequence. */
  guint64 x = seed + stream * G_N_ELEMENTS (random->s) * SPLITMIX_STEP;

  for (guint i = 0; i < G_N_ELEMENTS (random->s); i++)
    random->s[i] = splitmix_next (&x);
}

guint64
mlp_random_bits (MlpRandom *random)
{
  guint64 *s = random->s;
  const guint64 result = rotate_left (s[1] * 5, 7) * 9;
  const guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left (s[3], 45);

  return result;
}

double
mlp_random_uniform (MlpRandom *random)
{
  return (double) (mlp_random_bits (random) >> 11) * 0x1p-53;
}

double
mlp_random_normal (MlpRandom *random)
{
  /* 1 − u is in (0, 1], so that the logarithm is finite. */
  const double radius = sqrt (-2.0 * log (1.0 - mlp_random_uniform (random)));

  return radius * cos (2.0 * G_PI * mlp_random_uniform (random));
}

gsize
mlp_random_below (MlpRandom *random,
                  gsize      n)
{
  unsigned __int128 product;

  g_return_val_if_fail (n > 0, 0);

  product = (unsigned __int128) mlp_random_bits (random) * n;

  if ((guint64) product < n)
    {
      const guint64 threshold = -(guint64) n % n;

      while ((guint64) product < threshold)
        product = (unsigned __int128) mlp_random_bits (random) * n;
    }

  return (gsize) (product >> 64);
}

void
mlp_random_shuffle (MlpRandom *random,
                    guint32   *items,
                    gsize      n_items)
{
  for (gsize i = n_items; i > 1; i--)
    {
      const gsize j = mlp_random_below (random, i);
      const guint32 item = items[i - 1];

      items[i - 1] = items[j];
      items[j] = item;
    }
}
