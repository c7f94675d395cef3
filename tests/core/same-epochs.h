/* same-epochs.h: histories that are the same, bit for bit.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/train/mlp-train.h"

/* NaN is the same as NaN. */
static inline void
assert_same_number (double a,
                    double b)
{
  g_assert_cmpmem (&a, sizeof a, &b, sizeof b);
}

/* @a, @b: of MlpEpoch, whose padding may differ */
static inline void
assert_same_epochs (const GArray *a,
                    const GArray *b)
{
  g_assert_cmpuint (a->len, ==, b->len);

  for (guint i = 0; i < a->len; i++)
    {
      const MlpEpoch *x = &g_array_index (a, MlpEpoch, i);
      const MlpEpoch *y = &g_array_index (b, MlpEpoch, i);

      g_assert_cmpuint (x->epoch, ==, y->epoch);
      assert_same_number (x->rate, y->rate);
      assert_same_number (x->train_loss, y->train_loss);
      assert_same_number (x->train_accuracy, y->train_accuracy);
      assert_same_number (x->train_mae, y->train_mae);
      assert_same_number (x->validation_loss, y->validation_loss);
      assert_same_number (x->validation_accuracy, y->validation_accuracy);
      assert_same_number (x->validation_mae, y->validation_mae);
    }
}
