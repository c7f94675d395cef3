/* ds-sample-hash.h: sample hashes, which identify a sample in other data sets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"

G_BEGIN_DECLS

/**
 * ds_sample_hash_peek_all:
 * @set: a set
 *
 * XXH64 (io-hash.h) of what each sample is asked by, without its target: the pixels of a
 * picture, the elements and places of a molecule's atoms (its SMILES where no places
 * are known), otherwise the inputs. It depends neither on the sample's place in
 * the set nor on the file it came from, nor on the features and targets that were chosen. A
 * corrected label leaves it as it is: a network that was trained on the picture has seen it.
 *
 * Computed at the first call, from whichever thread, and kept with the set; 60,000
 * pictures take some 10 ms.
 *
 * Returns: (array) (transfer none): a hash a sample, in the order of the samples
 */
const guint64 *ds_sample_hash_peek_all (const DsSet *set);

/* The hash of a picture of @size bytes, in a set or not. */
guint64 ds_sample_hash_picture (const guint8 *picture,
                                gsize         size);

G_END_DECLS
