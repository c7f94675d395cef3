/* mlp-train-options.h: training options and their validation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-loss.h"
#include "core/net/mlp-net.h"
#include "core/train/mlp-augment.h"
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

/* Which option is wrong; a form marks its row with it. */
typedef enum
{
  MLP_OPTION_NONE,
  MLP_OPTION_LOSS,
  MLP_OPTION_OPTIMIZER,       /* one of its parameters */
  MLP_OPTION_RATE,
  MLP_OPTION_SCHEDULE,
  MLP_OPTION_EPOCHS,
  MLP_OPTION_BATCH_SIZE,
  MLP_OPTION_L1,
  MLP_OPTION_L2,
  MLP_OPTION_DROPOUT,
  MLP_OPTION_MAX_NORM,
  MLP_OPTION_CLIP_NORM,
  MLP_OPTION_AUGMENT,         /* also if the samples are no pictures: mlp_augment_check() */
  MLP_OPTION_PATIENCE,        /* needs validation samples */
  MLP_OPTION_THREADS,
} MlpOption;

/**
 * mlp_train_options_check:
 * @options: what is asked for
 * @output: σ_L
 * @n_validation: how many samples validate
 * @which: (out) (optional): the option that is wrong, or %MLP_OPTION_NONE
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_INVALID with a sentence that says what would work
 */
gboolean mlp_train_options_check (const MlpTrainOptions *options,
                                  MlpActivation          output,
                                  gsize                  n_validation,
                                  MlpOption             *which,
                                  GError               **error);

G_END_DECLS
