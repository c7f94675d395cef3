/* mlp-top-k.h: the largest of many values, such as the likeliest classes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mlp_top_k:
 * @values: (array length=n): not NaN
 * @n: how many
 * @k: how many are wanted
 * @indices: (out caller-allocates) (array length=k): where the largest are, in
 *   descending order of their values; of equal values the first is first
 *
 * Takes O(n k) comparisons at most, and about n where k is small.
 *
 * Returns: how many there are: @k, or @n if that is less
 */
gsize mlp_top_k (const float *values,
                 gsize        n,
                 gsize        k,
                 gsize       *indices);

G_END_DECLS
