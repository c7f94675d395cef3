/* mlp-training-state.h: training state: all of a run that is not in its network, for checkpoints that continue to the
 * same bits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-random.h"
#include "core/net/mlp-net.h"

G_BEGIN_DECLS

/* First and second moment of Adam; the others have one or none. */
#define MLP_MAX_MOMENTS 2

/* Sequences of random numbers that dropout takes turns with. */
#define MLP_MAX_DROPOUT 16

/* Never changed once it is made, and so shared between threads by references. Vectors
 * of n_params floats are in the order of mlp_net_peek_params(). */
typedef struct
{
  gatomicrefcount ref_count;

  /* Where the run is. */
  guint           n_epochs;          /* that are done */
  gsize           n_done;            /* samples of the next one that are trained with already */
  double          loss;              /* of these: sum of the losses, … */
  double          absolute;          /* … of |h − y|, … */
  gsize           n_right;           /* … and how many were right */

  /* The learning rate. */
  float           rate;              /* η₀ */
  guint           schedule_epochs;   /* that the schedule was planned for */

  /* Early stopping. */
  guint           best_epoch;        /* 0: none yet */
  double          best_loss;         /* ∞ before the first epoch */
  guint           n_worse;           /* epochs since the best */
  float          *last;              /* (nullable): parameters of the last step, where the network is the best one */

  /* The optimizer. */
  guint64         n_steps;
  gsize           n_params;
  guint           n_moments;
  float          *moments[MLP_MAX_MOMENTS];

  /* Random numbers, and what they made of the order. */
  MlpRandom       shuffle;
  guint           n_dropout;
  MlpRandom       dropout[MLP_MAX_DROPOUT];
  gsize           n_train;
  guint32        *order;             /* the training items as the present epoch takes them */
} MlpTrainingState;

/**
 * mlp_training_state_new:
 * @n_params: of the network
 * @n_moments: at most MLP_MAX_MOMENTS
 * @has_last: whether there are parameters of the last step
 * @n_train: training items
 *
 * Everything else is 0, for the caller to fill before anybody else has it.
 *
 * Returns: (nullable): NULL without memory
 */
MlpTrainingState *mlp_training_state_new   (gsize             n_params,
                                            guint             n_moments,
                                            gboolean          has_last,
                                            gsize             n_train);
MlpTrainingState *mlp_training_state_ref   (MlpTrainingState *state);
void              mlp_training_state_unref (MlpTrainingState *state);

/**
 * mlp_training_state_check:
 * @state: from a file
 * @error: return location for a #GError
 *
 * Whether its numbers can be those of a run: finite, within their ranges.
 *
 * Errors: %MLP_ERROR_FORMAT
 */
gboolean          mlp_training_state_check (const MlpTrainingState *state,
                                            GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpTrainingState, mlp_training_state_unref)

G_END_DECLS
