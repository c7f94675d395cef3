/* ds-european.h: digits in European handwriting as extra samples for MNIST.
 *
 * MNIST's writers are American: networks read a 1 with a long upstroke as a 4 or a 7,
 * and a 0 with a stroke as an 8. data/samples/README.md says which forms the European
 * hands write.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"

G_BEGIN_DECLS

/* A hand wrote so many of the built-in digits, one after the other: each digit
 * once (data/samples/make-digits.c). */
#define DS_HAND_SIZE 10

/* The usual and the largest share of the training samples. */
#define DS_EUROPEAN_SHARE     0.05f
#define DS_EUROPEAN_MAX_SHARE 0.5f

/* Whether hand number @hand of a part writes as in Germany, France and Poland:
 * two in five do, and as many in any stretch of them. */
gboolean ds_european_is_hand (gsize         hand);

/* Whether European hands' digits can be added to @set: digits like MNIST's, other than
 * the built-in ones, which have them already. */
gboolean ds_european_fits    (const DsSet  *set);

/**
 * ds_european_add:
 * @set: data without added samples
 * @error: return location for a #GError
 *
 * All of @set, and behind them the digits that European hands wrote in the training
 * part of the built-in digits (n_european), of which ds_split_make() takes the share
 * that is asked for into the training part. @set's parts, name and identity stay.
 *
 * Errors: %MLP_ERROR_INVALID if @set is not of digits like MNIST's, or is the built-in
 * one; %MLP_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): a new set
 */
DsSet   *ds_european_add     (const DsSet  *set,
                              GError      **error);

/* How many make @share of all beside @n_train others. */
gsize    ds_european_count   (gsize         n_train,
                              float         share);

/**
 * ds_european_check:
 * @set: data
 * @share: what is asked for (DsSplitOptions)
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_INVALID if the share is not in [0, 0.5], or if it is above 0
 * and @set has no European hands' digits
 */
gboolean ds_european_check   (const DsSet  *set,
                              float         share,
                              GError      **error);

G_END_DECLS
