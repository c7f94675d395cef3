/* ds-set.h: a data set in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-samples.h"
#include "datasets/ds-task.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-molecule.h"
#include "molecules/mol-report.h"

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
  MolReport     *report;      /* … and what became of those that were read; see mol-report.h */

  gatomicrefcount ref_count;   /* private */
  guint64        *hashes;      /* private: of ds_sample_hash_peek_all() */
} DsSet;

/* How many samples came with the set: without those that are there to train besides. */
gsize  ds_set_get_n_own (const DsSet *set);

DsSet *ds_set_ref       (const DsSet *set);
void   ds_set_unref     (DsSet       *set);

/* For loaders: takes over @samples; name, source are copied; computes the
 * identity. The other fields are zero, for the loader to fill. */
DsSet *ds_set_new       (const char  *name,
                         const char  *source,
                         MlpSamples  *samples);

/* As above, where the loader knows a shorter way to an identity. */
DsSet *ds_set_new_identified (const char *name,
                              const char *source,
                              const char *identity,
                              MlpSamples *samples);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsSet, ds_set_unref)

G_END_DECLS
