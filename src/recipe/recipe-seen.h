/* recipe-seen.h: seen samples: those a network was trained or validated on, excluded from its evaluation.
 *
 * A score on samples that a network was trained on says little about new ones. So a network
 * carries a hash of each sample that it was trained or validated on (ds-sample-hash.h), in
 * the window and in its file, and whatever is scored is divided by them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "datasets/ds-set.h"
#include "datasets/ds-split.h"

G_BEGIN_DECLS

/* Immutable and counted. */
typedef struct _RecipeSeen RecipeSeen;

/* The training and validation samples of a run on @set divided by @split, the added ones
 * included. What is in both counts as trained on. (transfer full) */
RecipeSeen    *recipe_seen_new            (const DsSet      *set,
                                           const MlpSplit   *split);

/**
 * recipe_seen_new_from_hashes:
 * @train: (array length=n_train): hashes, strictly increasing
 * @validation: (array length=n_validation): the same, none of them in @train
 * @complete: FALSE where the network was trained on others, too, which are not known
 *
 * Returns: (transfer full) (nullable): %NULL if the hashes are in another order
 */
RecipeSeen *recipe_seen_new_from_hashes (const guint64 *train,
                                         gsize          n_train,
                                         const guint64 *validation,
                                         gsize          n_validation,
                                         gboolean       complete);

/* A network that has seen @earlier and is trained further on @now. Where nothing is known of
 * the earlier run (%NULL), the union is not complete. (transfer full) */
RecipeSeen    *recipe_seen_union          (const RecipeSeen *earlier,
                                           const RecipeSeen *now);

RecipeSeen    *recipe_seen_ref            (const RecipeSeen *seen);
void           recipe_seen_unref          (RecipeSeen       *seen);

/* (array length=n) (transfer none): those of MLP_TRAIN or MLP_VALIDATION, strictly increasing */
const guint64 *recipe_seen_peek           (const RecipeSeen *seen,
                                           MlpPart           part,
                                           gsize            *n);
gboolean       recipe_seen_is_complete    (const RecipeSeen *seen);

/* MLP_TRAIN: the network was trained on the sample of this hash; MLP_VALIDATION: it was
 * validated on it; MLP_TEST: it has not seen it. */
MlpPart        recipe_seen_find           (const RecipeSeen *seen,
                                           guint64           hash);

/* Whether each sample that @seen has in a part is in the same part of @all. */
gboolean       recipe_seen_covers         (const RecipeSeen *all,
                                           const RecipeSeen *seen);

/* Where the parts of a set come from that a network is scored on. */
typedef enum
{
  RECIPE_PARTS_OF_RUN,    /* the data and their division are those of its training */
  RECIPE_PARTS_BY_SAMPLE, /* other data, or divided otherwise: each sample was looked up */
  RECIPE_PARTS_UNKNOWN,   /* it is not known what the network has seen: divided as the recipe says */
} RecipePartsOrigin;

/* What there is to say beside a score on these parts. */
typedef struct
{
  RecipePartsOrigin origin;
  gsize             n_trained_on;    /* by sample: left out of the test part because the network was trained … */
  gsize             n_validated_on;  /* … or validated on them */
  gsize             n_duplicates;    /* of the run: test samples that equal a training or validation sample */
} RecipeParts;

/**
 * recipe_seen_divide:
 * @seen: (nullable): what the network has seen; %NULL where that is not known
 * @same_data: whether @set has the identity of the data that the network was trained on; counts
 *   only where @seen is %NULL
 * @set: the data to score it on
 * @options: how the recipe divides them
 * @parts: (out): what these parts are
 * @error: return location for a #GError
 *
 * The parts of @set as this network sees them. Where @options divide @set into just what it was
 * trained and validated on, that is the division. Elsewhere the training part is what it
 * was trained on, the validation part what it was validated on, and the test part all that it has
 * not seen: of a set that comes with a test part, of that part only. A part may be empty.
 *
 * Where it is not complete what is known, @parts says so (%RECIPE_PARTS_UNKNOWN), and what is known
 * to be seen is left out all the same.
 *
 * Errors: those of ds_split_make()
 *
 * Returns: (transfer full) (nullable): the parts
 */
MlpSplit      *recipe_seen_divide         (const RecipeSeen     *seen,
                                           gboolean              same_data,
                                           const DsSet          *set,
                                           const DsSplitOptions *options,
                                           RecipeParts          *parts,
                                           GError              **error);

/* (transfer full) (nullable): a translated sentence about what stands in @parts, or %NULL where
 * there is nothing to say: "340 samples are excluded from the test: the network was trained on 300 and
 * validated on 40 of them." */
char          *recipe_seen_describe_parts (const RecipeParts    *parts);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RecipeSeen, recipe_seen_unref)

G_END_DECLS
