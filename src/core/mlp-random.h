/* mlp-random.h: seeded random number generator, the same bits on every machine.
 *
 * xoshiro256** (Blackman and Vigna, 2018), seeded through splitmix64. There is
 * no global state: a generator belongs to whoever holds the struct.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 s[4];
} MlpRandom;

/**
 * mlp_random_seed:
 * @random: (out caller-allocates): the generator
 * @seed: equal seeds give equal sequences
 * @stream: which of the independent sequences of that seed; one use, one
 *   stream, so that (say) another width does not change the shuffling
 */
void    mlp_random_seed    (MlpRandom *random,
                            guint64    seed,
                            guint64    stream);

guint64 mlp_random_bits    (MlpRandom *random);

/* In [0, 1), 53 bits. */
double  mlp_random_uniform (MlpRandom *random);

/* Standard normal (Box and Muller, 1958; no state is kept between calls). */
double  mlp_random_normal  (MlpRandom *random);

/* In 0 … n − 1 without bias (Lemire, 2019); @n at least 1. */
gsize   mlp_random_below   (MlpRandom *random,
                            gsize      n);

/* Fisher and Yates. */
void    mlp_random_shuffle (MlpRandom *random,
                            guint32   *items,
                            gsize      n_items);

G_END_DECLS
