/* ds-split.c: the division into training, validation and test set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-european.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-split.h"

/* Of the training samples, where a set has none for validation: 10,000 of
 * MNIST's 60,000. */
#define VALIDATION_SHARE 6

/* Of all samples, where the test part is drawn: for validation, and for the test. */
#define DRAWN_SHARE 10

/* The stream of random numbers that a split uses. */
#define SPLIT_STREAM 0x73706c6974     /* "split" */

gboolean
ds_split_options_equal (const DsSplitOptions *a,
                        const DsSplitOptions *b)
{
  return a->n_validation == b->n_validation &&
         a->n_test == b->n_test &&
         a->validation_share == b->validation_share &&
         a->test_share == b->test_share &&
         a->european_share == b->european_share &&
         a->limit == b->limit &&
         !a->shuffle == !b->shuffle &&
         a->seed == b->seed;
}

/* What was asked for of @n samples: a share, a number, or else @usual. */
static gsize
count_part (float share,
            gsize asked,
            gsize n,
            gsize usual)
{
  if (share > 0.0f)
    return (gsize) ((double) share * (double) n + 0.5);

  return asked != G_MAXSIZE ? asked : usual;
}

static gboolean
check_split (const DsSet *set,
             gsize        n_pool,
             gsize        n_validation,
             gsize        n_test,
             GError     **error)
{
  if (n_pool == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("“%s” has no training samples: all %zu belong to the test set"), _(set->name), n_test);
      return FALSE;
    }

  if (n_validation >= n_pool)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("“%s” has %zu samples for training and validation; with %zu for validation, none are left for "
                     "training"),
                   _(set->name), n_pool, n_validation);
      return FALSE;
    }

  return TRUE;
}

static gsize
get_usual_validation (const DsSet *set,
                      gsize        n_all,
                      gsize        n_pool)
{
  if (set->draws_test)
    return n_all / DRAWN_SHARE;

  return set->n_validation > 0 ? set->n_validation : n_pool / VALIDATION_SHARE;
}

/* Puts @n_european European hands' digits and the added samples, each @repeats times,
 * behind the @n_train that train. */
static void
insert_added (const DsSet *set,
              guint32     *order,
              gsize        n_all,
              gsize        n_train,
              gsize        n_rest,
              gsize        n_european,
              gsize        repeats)
{
  guint32 *place = order + n_train;

  memmove (place + n_european + repeats * set->n_added, place, n_rest * sizeof (guint32));
  for (gsize i = 0; i < n_european; i++)
    *place++ = (guint32) (n_all + set->n_added + i % set->n_european);
  for (gsize r = 0; r < repeats; r++)
    for (gsize i = 0; i < set->n_added; i++)
      *place++ = (guint32) (n_all + i);
}

MlpSplit *
ds_split_make (const DsSet          *set,
               const DsSplitOptions *options,
               GError              **error)
{
  gsize n_all, n_pool, n_train, n_validation, n_test, n_european, n_besides, repeats;
  guint32 *order;

  g_return_val_if_fail (set != NULL, NULL);
  g_return_val_if_fail (options != NULL, NULL);

  n_all = set->n_train + set->n_validation + set->n_test;
  n_test = set->draws_test ? count_part (options->test_share, options->n_test, n_all, n_all / DRAWN_SHARE)
           : set->n_test;
  n_pool = n_all - MIN (n_test, n_all);
  n_validation = count_part (options->validation_share, options->n_validation,
                             set->draws_test ? n_all : n_pool, get_usual_validation (set, n_all, n_pool));

  if (!check_split (set, n_pool, n_validation, n_test, error))
    return NULL;

  n_train = n_pool - n_validation;
  if (options->limit > 0)
    n_train = MIN (n_train, options->limit);
  n_european = set->n_european > 0 ? ds_european_count (n_train, options->european_share) : 0;
  repeats = ds_extra_samples_get_repeats (n_train, set->n_added);
  n_besides = n_european + repeats * set->n_added;

  order = g_new (guint32, n_all + n_besides);
  for (gsize i = 0; i < n_all; i++)
    order[i] = (guint32) i;

  if (set->draws_test)
    {
      MlpRandom random;

      mlp_random_seed (&random, options->seed, SPLIT_STREAM);
      mlp_random_shuffle (&random, order, n_all);
    }
  else if (options->shuffle)
    {
      MlpRandom random;

      mlp_random_seed (&random, options->seed, SPLIT_STREAM);
      mlp_random_shuffle (&random, order, n_pool);
    }

  /* The limit leaves a gap between train and validation: close it. */
  memmove (order + n_train, order + n_pool - n_validation, (n_validation + n_test) * sizeof (guint32));
  insert_added (set, order, n_all, n_train, n_validation + n_test, n_european, repeats);

  return mlp_split_new (order, n_train + n_besides, n_validation, n_test);
}
