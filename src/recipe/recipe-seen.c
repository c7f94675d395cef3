/* recipe-seen.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/net/mlp-split.h"
#include "datasets/ds-sample-hash.h"
#include "datasets/ds-split.h"
#include "recipe/recipe-seen.h"

#define N_SEEN MLP_TEST     /* training and validation */

struct _RecipeSeen
{
  guint64        *hashes[N_SEEN];   /* strictly increasing */
  gsize           n[N_SEEN];
  gboolean        complete;
  gatomicrefcount ref_count;
};

static int
compare_hashes (const void *a,
                const void *b)
{
  const guint64 x = *(const guint64 *) a;
  const guint64 y = *(const guint64 *) b;

  return (x > y) - (x < y);
}

static gboolean
contains_hash (const RecipeSeen *seen,
               MlpPart           part,
               guint64           hash)
{
  return seen->n[part] > 0 &&
         bsearch (&hash, seen->hashes[part], seen->n[part], sizeof hash, compare_hashes) != NULL;
}

/* Sorts; one of each is kept. */
static void
set_hashes (RecipeSeen *seen,
            MlpPart     part,
            guint64    *hashes,
            gsize       n)
{
  gsize kept = 0;

  if (n > 0)
    qsort (hashes, n, sizeof *hashes, compare_hashes);

  for (gsize i = 0; i < n; i++)
    {
      if (kept > 0 && hashes[kept - 1] == hashes[i])
        continue;
      if (part == MLP_VALIDATION && contains_hash (seen, MLP_TRAIN, hashes[i]))
        continue;

      hashes[kept++] = hashes[i];
    }

  seen->hashes[part] = hashes;
  seen->n[part] = kept;
}

static RecipeSeen *
new_empty (gboolean complete)
{
  RecipeSeen *seen = g_new0 (RecipeSeen, 1);

  seen->complete = complete;
  g_atomic_ref_count_init (&seen->ref_count);

  return seen;
}

RecipeSeen *
recipe_seen_new (const DsSet    *set,
                 const MlpSplit *split)
{
  const guint64 *of_set;
  RecipeSeen *seen;

  g_return_val_if_fail (set != NULL, NULL);
  g_return_val_if_fail (split != NULL, NULL);

  of_set = ds_sample_hash_peek_all (set);
  seen = new_empty (TRUE);

  for (int part = 0; part < N_SEEN; part++)
    {
      gsize n;
      const guint32 *items = mlp_split_peek (split, (MlpPart) part, &n);
      guint64 *hashes = g_new (guint64, n);

      for (gsize i = 0; i < n; i++)
        hashes[i] = of_set[items[i]];
      set_hashes (seen, (MlpPart) part, hashes, n);
    }

  return seen;
}

static gboolean
is_increasing (const guint64 *hashes,
               gsize          n)
{
  for (gsize i = 1; i < n; i++)
    if (hashes[i - 1] >= hashes[i])
      return FALSE;

  return TRUE;
}

RecipeSeen *
recipe_seen_new_from_hashes (const guint64 *train,
                             gsize          n_train,
                             const guint64 *validation,
                             gsize          n_validation,
                             gboolean       complete)
{
  g_autoptr(RecipeSeen) seen = NULL;

  if (!is_increasing (train, n_train) || !is_increasing (validation, n_validation))
    return NULL;

  seen = new_empty (complete);
  set_hashes (seen, MLP_TRAIN, g_memdup2 (train, n_train * sizeof *train), n_train);
  set_hashes (seen, MLP_VALIDATION, g_memdup2 (validation, n_validation * sizeof *validation), n_validation);

  return seen->n[MLP_VALIDATION] == n_validation ? g_steal_pointer (&seen) : NULL;
}

RecipeSeen *
recipe_seen_union (const RecipeSeen *earlier,
                   const RecipeSeen *now)
{
  RecipeSeen *seen;

  g_return_val_if_fail (now != NULL, NULL);

  seen = new_empty (now->complete && earlier != NULL && earlier->complete);

  for (int part = 0; part < N_SEEN; part++)
    {
      const gsize n_earlier = earlier != NULL ? earlier->n[part] : 0;
      guint64 *hashes = g_new (guint64, n_earlier + now->n[part]);

      if (n_earlier > 0)
        memcpy (hashes, earlier->hashes[part], n_earlier * sizeof *hashes);
      if (now->n[part] > 0)
        memcpy (hashes + n_earlier, now->hashes[part], now->n[part] * sizeof *hashes);
      set_hashes (seen, (MlpPart) part, hashes, n_earlier + now->n[part]);
    }

  return seen;
}

RecipeSeen *
recipe_seen_ref (const RecipeSeen *seen)
{
  RecipeSeen *self = (RecipeSeen *) seen;

  g_return_val_if_fail (seen != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
recipe_seen_unref (RecipeSeen *seen)
{
  if (seen == NULL || !g_atomic_ref_count_dec (&seen->ref_count))
    return;

  for (int part = 0; part < N_SEEN; part++)
    g_free (seen->hashes[part]);

  g_free (seen);
}

const guint64 *
recipe_seen_peek (const RecipeSeen *seen,
                  MlpPart           part,
                  gsize            *n)
{
  g_return_val_if_fail (seen != NULL && part < N_SEEN, NULL);

  *n = seen->n[part];

  return seen->hashes[part];
}

gboolean
recipe_seen_is_complete (const RecipeSeen *seen)
{
  return seen != NULL && seen->complete;
}

MlpPart
recipe_seen_find (const RecipeSeen *seen,
                  guint64           hash)
{
  for (int part = 0; seen != NULL && part < N_SEEN; part++)
    if (contains_hash (seen, (MlpPart) part, hash))
      return (MlpPart) part;

  return MLP_TEST;
}

gboolean
recipe_seen_covers (const RecipeSeen *all,
                    const RecipeSeen *seen)
{
  g_return_val_if_fail (all != NULL && seen != NULL, FALSE);

  for (int part = 0; part < N_SEEN; part++)
    {
      gsize n;
      const guint64 *hashes = recipe_seen_peek (seen, (MlpPart) part, &n);

      for (gsize i = 0; i < n; i++)
        if (recipe_seen_find (all, hashes[i]) != (MlpPart) part)
          return FALSE;
    }

  return TRUE;
}

/* Whether this division is that of the run: the network saw each sample in the part that it is in,
 * and nothing of the test part but what is in the other parts as well.
 */
static gboolean
is_of_run (const RecipeSeen *seen,
           const DsSet      *set,
           const MlpSplit   *split,
           gsize            *n_duplicates)
{
  const guint64 *hashes = ds_sample_hash_peek_all (set);
  g_autoptr(RecipeSeen) of_split = recipe_seen_new (set, split);

  *n_duplicates = 0;

  for (int part = 0; part < MLP_N_PARTS; part++)
    {
      gsize n;
      const guint32 *items = mlp_split_peek (split, (MlpPart) part, &n);

      for (gsize i = 0; i < n; i++)
        {
          const MlpPart found = recipe_seen_find (seen, hashes[items[i]]);

          if (found != recipe_seen_find (of_split, hashes[items[i]]))
            return FALSE;

          *n_duplicates += part == MLP_TEST && found != MLP_TEST;
        }
    }

  return TRUE;
}

static gboolean
has_own_test (const DsSet *set)
{
  return !set->draws_test && set->n_test > 0;
}

/* Each sample goes where the network saw it. */
static MlpSplit *
divide_by_sample (const RecipeSeen *seen,
                  const DsSet      *set,
                  RecipeParts      *parts)
{
  const guint64 *hashes = ds_sample_hash_peek_all (set);
  const gsize n = mlp_samples_get_n (set->samples);
  const gsize first_test = has_own_test (set) ? set->n_train + set->n_validation : 0;
  const gsize end_test = ds_set_get_n_own (set);
  guint32 *order = g_new (guint32, MAX (n, 1));
  gsize n_of[MLP_N_PARTS] = { 0 };
  gsize n_done = 0;

  for (int part = 0; part < MLP_N_PARTS; part++)
    for (gsize i = 0; i < n; i++)
      {
        const gboolean may_test = i >= first_test && i < end_test;

        if ((int) recipe_seen_find (seen, hashes[i]) != part || (part == MLP_TEST && !may_test))
          continue;

        order[n_done++] = (guint32) i;
        n_of[part]++;
        parts->n_trained_on += part == MLP_TRAIN && may_test;
        parts->n_validated_on += part == MLP_VALIDATION && may_test;
      }

  return mlp_split_new (order, n_of[MLP_TRAIN], n_of[MLP_VALIDATION], n_of[MLP_TEST]);
}

/* The division without those of its test samples that are known to be seen. */
static MlpSplit *
leave_out_seen (const RecipeSeen *seen,
                const DsSet      *set,
                const MlpSplit   *split,
                RecipeParts      *parts)
{
  const guint64 *hashes = ds_sample_hash_peek_all (set);
  GArray *order = g_array_new (FALSE, FALSE, sizeof (guint32));
  gsize n_of[MLP_N_PARTS] = { 0 };

  for (int part = 0; part < MLP_N_PARTS; part++)
    {
      gsize n;
      const guint32 *items = mlp_split_peek (split, (MlpPart) part, &n);

      for (gsize i = 0; i < n; i++)
        {
          const MlpPart found = part == MLP_TEST ? recipe_seen_find (seen, hashes[items[i]]) : MLP_TEST;

          if (found == MLP_TEST)
            {
              g_array_append_vals (order, items + i, 1);
              n_of[part]++;
            }
          parts->n_trained_on += found == MLP_TRAIN;
          parts->n_validated_on += found == MLP_VALIDATION;
        }
    }

  return mlp_split_new ((guint32 *) (void *) g_array_free (order, FALSE), n_of[MLP_TRAIN], n_of[MLP_VALIDATION],
                        n_of[MLP_TEST]);
}

MlpSplit *
recipe_seen_divide (const RecipeSeen     *seen,
                    gboolean              same_data,
                    const DsSet          *set,
                    const DsSplitOptions *options,
                    RecipeParts          *parts,
                    GError              **error)
{
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(GError) local_error = NULL;

  g_return_val_if_fail (set != NULL && options != NULL && parts != NULL, NULL);

  *parts = (RecipeParts) { RECIPE_PARTS_OF_RUN, 0, 0, 0 };
  split = ds_split_make (set, options, &local_error);

  if (seen != NULL && seen->complete)
    {
      if (split != NULL && is_of_run (seen, set, split, &parts->n_duplicates))
        return g_steal_pointer (&split);

      parts->origin = RECIPE_PARTS_BY_SAMPLE;
      parts->n_duplicates = 0;

      return divide_by_sample (seen, set, parts);
    }

  if (split == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }

  if (seen == NULL && same_data)
    return g_steal_pointer (&split);

  parts->origin = RECIPE_PARTS_UNKNOWN;

  return seen != NULL ? leave_out_seen (seen, set, split, parts) : g_steal_pointer (&split);
}

char *
recipe_seen_describe_parts (const RecipeParts *parts)
{
  const gsize n_left_out = parts->n_trained_on + parts->n_validated_on;

  g_return_val_if_fail (parts != NULL, NULL);

  if (parts->origin == RECIPE_PARTS_OF_RUN)
    return parts->n_duplicates == 0 ? NULL :
           g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%zu test sample is identical to a training or validation sample.",
                                         "%zu test samples are identical to training or validation samples.",
                                         parts->n_duplicates), parts->n_duplicates);

  if (parts->origin == RECIPE_PARTS_UNKNOWN)
    return g_strdup (_("Some of these samples may have been used for training: the network’s file does not record its "
                       "training samples."));

  return n_left_out == 0 ? NULL :
         g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%zu sample is excluded from the test: the network was trained on %zu and "
                                       "validated on %zu of them.",
                                       "%zu samples are excluded from the test: the network was trained on %zu and "
                                       "validated on %zu of them.",
                                       n_left_out), n_left_out, parts->n_trained_on, parts->n_validated_on);
}
