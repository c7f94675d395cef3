/* ds-extra-samples.h: extra training samples added to a data set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"

G_BEGIN_DECLS

/* Added samples are drawn so often in an epoch that they are this share of the
 * set's own, … */
#define DS_EXTRA_SAMPLES_SHARE       0.05

/* … but not oftener than that each: a handful would be learnt by heart. */
#define DS_EXTRA_SAMPLES_MAX_REPEATS 100

/**
 * ds_extra_samples_is_for_test:
 * @picture: (array length=size): its bytes
 *
 * Whether a picture of a set that is added is kept for testing: a fifth of them,
 * chosen by their bytes, so that the choice is the same wherever the picture
 * lies and whatever comes or goes around it. The others train.
 */
gboolean ds_extra_samples_is_for_test (const guint8  *picture,
                                       gsize          size);

/**
 * ds_extra_samples_add:
 * @set: pictures
 * @added: more of the same kind, such as a person's own drawings
 * @error: return location for a #GError
 *
 * All of @set, and behind its own samples, before digits by European hands, those samples of @added that are there to train or
 * validate and are not kept for testing (n_added). @set's parts, name and
 * identity stay: validation and test are the same. ds_split_make() puts each added
 * sample into the training part, as often as ds_extra_samples_get_repeats() says. Classes that
 * only @added has come behind those of @set, which then has no test sample of them.
 *
 * Errors: %MLP_ERROR_SHAPE if the pictures of @added have another size than
 * @set's, with both; %MLP_ERROR_TOO_LARGE
 *
 * Returns: (transfer full) (nullable): a new set
 */
DsSet   *ds_extra_samples_add         (const DsSet   *set,
                                       const DsSet   *added,
                                       GError       **error);

/* For ds_european_add(): all of @set, and behind them these items of @added (n_european). The
 * errors are those of ds_extra_samples_add(). */
DsSet   *ds_extra_samples_european    (const DsSet   *set,
                                       const DsSet   *added,
                                       const guint32 *items,
                                       gsize          n_items,
                                       GError       **error);

/* How often each of @n_added samples is drawn in an epoch beside @n_train others. */
gsize    ds_extra_samples_get_repeats (gsize          n_train,
                                       gsize          n_added);

/**
 * ds_extra_samples_widen:
 * @set: pictures
 * @n_classes: at least as many as @set has
 * @class_names: (nullable): n_classes names
 *
 * The same samples as ones of @n_classes classes: whoever has drawn no 9 yet has a
 * set of nine classes, which a network of ten can be asked about.
 *
 * Returns: (transfer full): a new set with the same parts
 */
DsSet   *ds_extra_samples_widen       (const DsSet   *set,
                                       gsize          n_classes,
                                       char         **class_names);

G_END_DECLS
