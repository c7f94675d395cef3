/* ds-split.h: the split of a data set into training, validation and test set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "datasets/ds-set.h"

G_BEGIN_DECLS

/* How a set is divided for a run. */
typedef struct
{
  gsize    n_validation;   /* taken off the end of the training samples; G_MAXSIZE: as the set
                            * comes, or a sixth of the training samples (10,000 of 60,000);
                            * a tenth of all where the set draws its test part */
  gsize    limit;          /* use at most this many for training; 0 = all */
  gboolean shuffle;        /* draw train and validation anew from both, with @seed, instead of
                            * taking them in the files' order; test stays test */
  guint64  seed;
  gsize    n_test;         /* where the set draws its test part; G_MAXSIZE: a tenth of all */
  float    validation_share;   /* of all that are divided, in (0, 1); 0: n_validation counts */
  float    test_share;         /* the same for n_test */
  float    european_share;     /* of the training samples that are European hands' (n_european), [0, 0.5]; 0: none */
} DsSplitOptions;

#define DS_SPLIT_OPTIONS_DEFAULT { G_MAXSIZE, 0, FALSE, 1, G_MAXSIZE, 0.0f, 0.0f, 0.0f }

gboolean  ds_split_options_equal (const DsSplitOptions *a,
                                  const DsSplitOptions *b);

/**
 * ds_split_make:
 * @set: a set
 * @options: how
 * @error: return location for a #GError
 *
 * The test samples are always those that the set came with. A set that came
 * without is shuffled with the seed; the test part is then that of the seed
 * and its own size, whatever the other numbers are, and so is the validation part
 * after it. European hands' digits (n_european) train besides, so many that they have
 * the share that is asked for, one after the other and again from the first; where there
 * are none the share does not count (ds_european_check()). So do samples that were added (n_added), each as often as ds_extra_samples_get_repeats() says, whatever
 * the limit is.
 *
 * Errors: %MLP_ERROR_INVALID if fewer than one sample would train, with the
 * numbers
 *
 * Returns: (transfer full) (nullable): the split
 */
MlpSplit *ds_split_make          (const DsSet          *set,
                                  const DsSplitOptions *options,
                                  GError              **error);

G_END_DECLS
