/* ds-set.h: a data set in memory, and how one is opened.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-samples.h"
#include "datasets/ds-task.h"
#include "io/io-progress.h"
#include "molecules/mol-open.h"

G_BEGIN_DECLS

/* What a data set is, besides its samples. Immutable once made, counted, and
 * therefore shared between threads. The fields are for reading. */
typedef struct
{
  char        *name;           /* for people: "Built-in digits", "MNIST (mnist.pkl.gz)" */
  char        *source;         /* how to open it again: "builtin:digits" or an absolute path */
  char        *identity;       /* "sha256:…" over sizes, samples and targets: the same samples have the
                                * same identity, whichever file they came from */
  MlpSamples  *samples;        /* all of them: train, validation, test, in the files' order */
  gsize        n_train;        /* as distributed, validation not yet taken off */
  gsize        n_validation;   /* as distributed: 10,000 in the pickle, 0 in IDX */
  gsize        n_test;
  guint        rows;           /* of a picture, 0 where inputs are no pictures */
  guint        columns;
  char       **class_names;    /* (nullable): n_outputs names, NULL-terminated: "0" … "9", "T-shirt" …,
                                * or the ids of the targets */
  gboolean     draws_test;     /* it came without a test part: one is drawn from all */
  gsize        n_added;        /* behind these, for training only: see ds-extra-samples.h */
  gsize        n_european;     /* behind all others, digits by European hands, for training only: see ds-european.h */

  DsTask        *task;        /* (nullable): where the samples are molecules: what is learnt of them, */
  MolCollection *molecules;   /* … molecule i is sample i, */
  MolOpenReport *report;      /* … and what became of those that were read; see mol-open.h */

  gatomicrefcount ref_count;   /* private */
  guint64        *hashes;      /* private: of ds_set_peek_hashes() */
} DsSet;

/**
 * ds_set_open:
 * @source: "builtin:digits", a file or a folder
 * @progress: (nullable): told now and then
 * @user_data: for @progress
 * @error: return location for a #GError
 *
 * Recognises what @source is by its content, not by its name: a folder with
 * IDX files or with one pickle, one of these IDX files (its partners are looked
 * for beside it), a pickle (gzip'd or plain); molecules in each form of mol-open.h. Blocks.
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED,
 * %MLP_ERROR_TOO_LARGE, %MLP_ERROR_CANCELLED; the message names the file, the
 * offset and what was expected, in a sentence for people.
 *
 * Returns: (transfer full) (nullable): the set
 */
DsSet    *ds_set_open      (const char    *source,
                            IoProgressFunc progress,
                            gpointer       user_data,
                            GError       **error);

/**
 * ds_set_open_full:
 * @source: as above
 * @task: (nullable): what is to be learnt where these are molecules; %NULL is
 *   ds_task_init()'s
 * @cache_folder: (nullable): where what takes long is kept for the next time
 *
 * ds_set_open() with all that can be told.
 */
DsSet    *ds_set_open_full (const char    *source,
                            const DsTask  *task,
                            const char    *cache_folder,
                            IoProgressFunc progress,
                            gpointer       user_data,
                            GError       **error);

/* Whether ds_set_open() would take @source for molecules: a look at its first
 * bytes, or at what lies in a folder. */
gboolean ds_set_is_molecules (const char *source);

/* How many samples came with the set: without those that are there to train besides. */
gsize     ds_set_get_n_own (const DsSet   *set);

DsSet    *ds_set_ref       (const DsSet   *set);
void      ds_set_unref     (DsSet         *set);

/* For loaders: takes over @samples; name, source are copied; computes the
 * identity. The other fields are zero, for the loader to fill. */
DsSet    *ds_set_new       (const char    *name,
                            const char    *source,
                            MlpSamples    *samples);

/* As above, where the loader knows a shorter way to an identity. */
DsSet *ds_set_new_identified (const char *name,
                              const char *source,
                              const char *identity,
                              MlpSamples *samples);

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

gboolean ds_split_options_equal (const DsSplitOptions *a,
                                 const DsSplitOptions *b);

/**
 * ds_set_split:
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
MlpSplit *ds_set_split     (const DsSet          *set,
                            const DsSplitOptions *options,
                            GError              **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsSet, ds_set_unref)

G_END_DECLS
