/* mlp-train-options.h: training options, their table and their validation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-loss.h"
#include "core/net/mlp-net.h"
#include "core/train/mlp-augment.h"
#include "core/train/mlp-option.h"
#include "core/train/mlp-optimizer.h"
#include "core/train/mlp-schedule.h"

G_BEGIN_DECLS

#define MLP_MAX_THREADS 64

typedef struct
{
  MlpLoss             loss;
  MlpOptimizerOptions optimizer;
  float               rate;            /* η, > 0 */
  MlpSchedule         schedule;
  guint               epochs;          /* at least 1 */
  gsize               batch_size;      /* at least 1; the last batch of an epoch may be shorter */
  float               l1;              /* adds λ₁ Σ|w| to the loss; weights, not biases */
  float               l2;              /* adds ½ λ₂ Σw² to the loss; weights, not biases */
  float               dropout;         /* of hidden units, [0, 1) */
  float               label_smoothing; /* ε of targets in training, [0, 1); of softmax with cross-entropy: see
                                        * mlp-train-step.c */
  float               max_norm;        /* ‖weights into a unit‖ ≤ this after each step; 0 = off */
  float               clip_norm;       /* ‖gradient‖ ≤ this before each step; 0 = off */
  MlpAugment          augment;         /* how training pictures are disturbed; validation samples never are */
  guint               patience;        /* stop after this many epochs without a better validation loss; 0 = off */
  MlpInit             init;            /* for whoever makes the network: mlp_net_init() */
  gboolean            random_biases;   /* the same */
  gboolean            standardise;     /* values: see mlp-scaler.h; pictures stay as they are */
  gboolean            linear_path;     /* and learn only what a linear law leaves over: see mlp-scaler.h */
  guint64             seed;            /* of shuffling, dropout, augmentation and the first weights */
  guint               threads;         /* 0 = choose */
} MlpTrainOptions;

/* A good start: ReLU networks with softmax and cross-entropy, Adam. */
#define MLP_TRAIN_OPTIONS_DEFAULT                                       \
  { .loss = MLP_LOSS_CROSS_ENTROPY,                                     \
    .optimizer = { MLP_ADAM, 0.9f, 0.99f, 0.9f, 0.999f, 1e-8f, 0.01f }, \
    .rate = 0.001f,                                                     \
    .schedule = MLP_SCHEDULE_DEFAULT,                                   \
    .epochs = 15,                                                       \
    .batch_size = 64,                                                   \
    .init = MLP_INIT_HE,                                                \
    .seed = 1 }

/* One for each field, in the order of files: a new one comes last. */
typedef enum
{
  MLP_OPTION_NONE,
  MLP_OPTION_LOSS,
  MLP_OPTION_OPTIMIZER,
  MLP_OPTION_MOMENTUM,
  MLP_OPTION_RHO,
  MLP_OPTION_BETA1,
  MLP_OPTION_BETA2,
  MLP_OPTION_EPSILON,
  MLP_OPTION_WEIGHT_DECAY,
  MLP_OPTION_RATE,
  MLP_OPTION_SCHEDULE,
  MLP_OPTION_SCHEDULE_FACTOR,
  MLP_OPTION_STEP_EPOCHS,
  MLP_OPTION_WARMUP_EPOCHS,
  MLP_OPTION_EPOCHS,
  MLP_OPTION_BATCH_SIZE,
  MLP_OPTION_L1,
  MLP_OPTION_L2,
  MLP_OPTION_DROPOUT,
  MLP_OPTION_MAX_NORM,
  MLP_OPTION_CLIP_NORM,
  MLP_OPTION_AUGMENT,
  MLP_OPTION_PATIENCE,
  MLP_OPTION_INIT,
  MLP_OPTION_RANDOM_BIASES,
  MLP_OPTION_STANDARDISE,
  MLP_OPTION_LINEAR_PATH,
  MLP_OPTION_SEED,
  MLP_OPTION_THREADS,
  MLP_OPTION_LABEL_SMOOTHING,
  MLP_N_OPTIONS                  /* with MLP_OPTION_NONE */
} MlpOption;

/* (transfer none): the row of the table that @option has; its struct is MlpTrainOptions. */
const MlpOptionRow *mlp_train_options_find  (MlpOption              option);

/* (transfer none): the rows one after the other, in the order in which a person meets
 * them; @i is below MLP_N_OPTIONS − 1 */
const MlpOptionRow *mlp_train_options_get   (guint                  i);

/* Whether a training with @options looks at the field of @row at all, as far as they say. */
gboolean            mlp_train_options_apply (const MlpTrainOptions *options,
                                             const MlpOptionRow    *row);

/**
 * mlp_train_options_check:
 * @options: what is asked for
 * @output: σ_L
 * @n_validation: how many samples validate
 * @which: (out) (optional): the option that is wrong, or %MLP_OPTION_NONE
 * @error: return location for a #GError
 *
 * Options that do not apply are not looked at.
 *
 * Errors: %MLP_ERROR_INVALID with a sentence that says what would work
 */
gboolean            mlp_train_options_check (const MlpTrainOptions *options,
                                             MlpActivation          output,
                                             gsize                  n_validation,
                                             MlpOption             *which,
                                             GError               **error);

G_END_DECLS
