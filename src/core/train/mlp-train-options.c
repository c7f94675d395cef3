/* mlp-train-options.c: the table of training options, and what a run may be asked for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/mlp-error.h"
#include "core/train/mlp-train-options.h"

/* The choices of an enumeration, which is a guint: its functions for names, and what a form
 * calls the values. */
#define DEFINE_CHOICES(word, Type, n_values, get_name, from_name, ...)                   \
  static const char *get_ ## word ## _name (guint value)                                 \
  {                                                                                      \
    return get_name ((Type) value);                                                      \
  }                                                                                      \
                                                                                         \
  static gboolean find_ ## word (const char *name, guint *value, GError **error)         \
  {                                                                                      \
    return from_name (name, (Type *) value, error);                                      \
  }                                                                                      \
                                                                                         \
  static const char *const word ## _titles[n_values] = { __VA_ARGS__ };                  \
  static const MlpOptionChoices word ## _choices = {                                     \
    n_values, get_ ## word ## _name, find_ ## word, word ## _titles                      \
  };

DEFINE_CHOICES (loss, MlpLoss, MLP_N_LOSSES, mlp_loss_get_name, mlp_loss_from_name,
                [MLP_LOSS_SQUARED] = N_("Squared Error"),
                [MLP_LOSS_HUBER] = N_("Huber"),
                [MLP_LOSS_BINARY_CROSS_ENTROPY] = N_("Binary Cross-Entropy"),
                [MLP_LOSS_CROSS_ENTROPY] = N_("Cross-Entropy"))

DEFINE_CHOICES (optimizer, MlpOptimizerKind, MLP_N_OPTIMIZERS, mlp_optimizer_get_name, mlp_optimizer_from_name,
                [MLP_SGD] = N_("SGD"),
                [MLP_MOMENTUM] = N_("Momentum"),
                [MLP_NESTEROV] = N_("Nesterov"),
                [MLP_RMSPROP] = N_("RMSprop"),
                [MLP_ADAM] = N_("Adam"),
                [MLP_ADAMW] = N_("AdamW"))

DEFINE_CHOICES (schedule, MlpScheduleKind, MLP_N_SCHEDULES, mlp_schedule_get_name, mlp_schedule_from_name,
                [MLP_SCHEDULE_CONSTANT] = N_("Constant"),
                [MLP_SCHEDULE_STEP] = N_("Step"),
                [MLP_SCHEDULE_COSINE] = N_("Cosine"))

DEFINE_CHOICES (augment, MlpAugment, MLP_N_AUGMENTS, mlp_augment_get_name, mlp_augment_from_name,
                /* Translators: no augmentation */
                [MLP_AUGMENT_NONE] = N_("None"),
                [MLP_AUGMENT_AFFINE] = N_("Affine"),
                [MLP_AUGMENT_ELASTIC] = N_("Elastic"))

DEFINE_CHOICES (init, MlpInit, MLP_N_INITS, mlp_net_get_init_name, mlp_net_init_from_name,
                [MLP_INIT_NORMAL] = N_("Normal"),
                [MLP_INIT_XAVIER] = N_("Xavier"),
                [MLP_INIT_HE] = N_("He"),
                [MLP_INIT_UNIFORM] = N_("Uniform"))

static const char *
get_bias_name (guint value)
{
  return value ? "normal" : "zero";
}

static gboolean
find_bias (const char *name,
           guint      *value,
           GError    **error)
{
  if (!g_str_equal (name, get_bias_name (FALSE)) && !g_str_equal (name, get_bias_name (TRUE)))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("Unknown bias initialisation “%s”; expected zero or normal"), name);
      return FALSE;
    }

  *value = g_str_equal (name, get_bias_name (TRUE));

  return TRUE;
}

static const MlpOptionChoices bias_choices = { 2, get_bias_name, find_bias, NULL };

#define FIELD(the_id, field, the_name, the_member, the_kind)                             \
  .id = MLP_OPTION_ ## the_id, .name = the_name, .member = the_member,                   \
  .kind = MLP_KIND_ ## the_kind, .offset = G_STRUCT_OFFSET (MlpTrainOptions, field)

/* Which optimisers look at it */
#define OPTIMIZERS(...) .parent = MLP_OPTION_OPTIMIZER, .parent_values = __VA_ARGS__
#define IS(value) (1 << (value))

/* At least 0, less than 1 */
#define IN_SHARES .upper = 1.0, .flags = MLP_RANGE_OPEN_UPPER

#define LINEAR(the_step) .scale = MLP_SCALE_LINEAR, .step = the_step
#define LOG .scale = MLP_SCALE_LOG

#define REGULARIZATION .group = MLP_GROUP_REGULARIZATION
#define INITIALIZATION .group = MLP_GROUP_INITIALIZATION

/* In the order in which a person meets them. */
static const MlpOptionRow rows[] = {
  { FIELD (LOSS, loss, "loss", "loss", CHOICE), .choices = &loss_choices,
    .title = N_("_Loss"),
    .help = N_("Loss function, which training minimises") },

  { FIELD (OPTIMIZER, optimizer.kind, "optimizer", "optimizer.kind", CHOICE), .choices = &optimizer_choices,
    .title = N_("_Optimiser"),
    .help = N_("Optimiser: how a step follows from the gradient") },

  { FIELD (RATE, rate, "learning-rate", "learning_rate", FLOAT),
    .flags = MLP_RANGE_OPEN_LOWER, .example = "0.001", LOG,
    .title = N_("Learning _Rate"),
    .help = N_("Learning rate, such as 0.001 for Adam or 0.1 for SGD") },

  { FIELD (MOMENTUM, optimizer.momentum, "momentum", "optimizer.momentum", FLOAT),
    OPTIMIZERS (IS (MLP_MOMENTUM) | IS (MLP_NESTEROV)), IN_SHARES, LINEAR (0.05), .example = "0.9",
    .title = N_("Momentum, μ"),
    .help = N_("Momentum of momentum and Nesterov, usually 0.9") },

  { FIELD (RHO, optimizer.rho, "rho", "optimizer.rho", FLOAT),
    OPTIMIZERS (IS (MLP_RMSPROP)), IN_SHARES | MLP_OPTION_NO_ARGUMENT, LINEAR (0.01), .example = "0.99",
    .title = N_("Decay Rate, ρ"),
    .help = N_("Decay rate of the mean squared gradient of RMSprop, usually 0.99") },

  { FIELD (BETA1, optimizer.beta1, "beta1", "optimizer.beta1", FLOAT),
    OPTIMIZERS (IS (MLP_ADAM) | IS (MLP_ADAMW)), IN_SHARES | MLP_OPTION_NO_ARGUMENT, LINEAR (0.01), .example = "0.9",
    .title = N_("First Moment Decay, β₁"),
    .help = N_("Decay rate of the mean gradient of Adam and AdamW, usually 0.9") },

  { FIELD (BETA2, optimizer.beta2, "beta2", "optimizer.beta2", FLOAT),
    OPTIMIZERS (IS (MLP_ADAM) | IS (MLP_ADAMW)), IN_SHARES | MLP_OPTION_NO_ARGUMENT, LINEAR (0.001), .example = "0.999",
    .title = N_("Second Moment Decay, β₂"),
    .help = N_("Decay rate of the mean squared gradient of Adam and AdamW, usually 0.999") },

  { FIELD (EPSILON, optimizer.epsilon, "epsilon", "optimizer.epsilon", FLOAT),
    OPTIMIZERS (IS (MLP_RMSPROP) | IS (MLP_ADAM) | IS (MLP_ADAMW)),
    .flags = MLP_RANGE_OPEN_LOWER | MLP_OPTION_NO_ARGUMENT, LOG, .example = "1e-8",
    .title = N_("Epsilon, ε"),
    .help = N_("Small number that keeps RMSprop, Adam and AdamW from dividing by 0") },

  { FIELD (WEIGHT_DECAY, optimizer.weight_decay, "weight-decay", "optimizer.weight_decay", FLOAT),
    OPTIMIZERS (IS (MLP_ADAMW)), LOG, .example = "0.01",
    .title = N_("Weight Decay"),
    .help = N_("Weight decay of AdamW, usually 0.01") },

  { FIELD (SCHEDULE, schedule.kind, "schedule", "schedule.kind", CHOICE), .choices = &schedule_choices,
    .title = N_("S_chedule"),
    .help = N_("Learning rate schedule over the run") },

  { FIELD (SCHEDULE_FACTOR, schedule.factor, "schedule-factor", "schedule.factor", FLOAT),
    .parent = MLP_OPTION_SCHEDULE, .parent_values = IS (MLP_SCHEDULE_STEP),
    .upper = 1.0, .flags = MLP_RANGE_OPEN_LOWER | MLP_OPTION_NO_ARGUMENT, LINEAR (0.1), .example = "0.5",
    .title = N_("Factor per Step"),
    .help = N_("Factor of the learning rate at each step of the schedule") },

  { FIELD (STEP_EPOCHS, schedule.step_epochs, "step-epochs", "schedule.step_epochs", UINT),
    .parent = MLP_OPTION_SCHEDULE, .parent_values = IS (MLP_SCHEDULE_STEP),
    .lower = 1.0, .flags = MLP_OPTION_NO_ARGUMENT, LINEAR (1.0), .unit = "epochs",
    .title = N_("Epochs per Step"),
    .help = N_("Epochs between two steps of the schedule") },

  { FIELD (WARMUP_EPOCHS, schedule.warmup_epochs, "warmup", "schedule.warmup_epochs", UINT),
    LINEAR (1.0), .unit = "epochs",
    .title = N_("Warm-_Up Epochs"),
    .help = N_("Increase the learning rate linearly over the first epochs") },

  { FIELD (BATCH_SIZE, batch_size, "batch-size", "batch_size", SIZE), .lower = 1.0, LOG,
    .title = N_("_Batch Size"),
    .help = N_("Batch size in samples") },

  { FIELD (EPOCHS, epochs, "epochs", "epochs", UINT), .lower = 1.0, LINEAR (1.0),
    .title = N_("_Epochs"),
    .help = N_("Passes over the training set; in total if a run is continued") },

  { FIELD (PATIENCE, patience, "patience", "patience", UINT), LINEAR (1.0), .unit = "epochs",
    .title = N_("Early Stopping"),
    .hint = N_("Patience in epochs; 0: off"),
    .help = N_("Early stopping: epochs without a better validation loss; keeps the best") },

  { FIELD (AUGMENT, augment, "augment", "augment", CHOICE), .choices = &augment_choices,
    .title = N_("Augmentation"),
    .help = N_("Random variations of the training images in every epoch: shift, rotate, scale (affine), distort as well (elastic)") },

  { FIELD (L1, l1, "l1", "l1", FLOAT), LOG, .example = "0.00001", REGULARIZATION,
    .title = N_("L1 Penalty"),
    .help = N_("L1 penalty: adds this times the sum of |weight| to the loss") },

  { FIELD (L2, l2, "l2", "l2", FLOAT), LOG, .example = "0.0001", REGULARIZATION,
    .title = N_("L2 Penalty"),
    .help = N_("L2 penalty: adds half of this times the sum of weight² to the loss") },

  { FIELD (DROPOUT, dropout, "dropout", "dropout", FLOAT),
    IN_SHARES | MLP_OPTION_NEEDS_HIDDEN, LINEAR (0.05), .example = "0.2", REGULARIZATION,
    .title = N_("Dropout"),
    .hint = N_("Fraction of hidden units dropped; 0: off"),
    .help = N_("Dropout rate: fraction of hidden units set to 0 in each step") },

  { FIELD (LABEL_SMOOTHING, label_smoothing, "label-smoothing", "label_smoothing", FLOAT),
    .parent = MLP_OPTION_LOSS, .parent_values = IS (MLP_LOSS_CROSS_ENTROPY),
    IN_SHARES | MLP_OPTION_OMIT_DEFAULT, LINEAR (0.05), .example = "0.1", REGULARIZATION,
    .title = N_("Label Smoothing"),
    .hint = N_("Share spread over all classes; 0: off"),
    .help = N_("Label smoothing: share of the target probability spread over all classes; in the training loss only") },

  { FIELD (MAX_NORM, max_norm, "max-norm", "max_norm", FLOAT), LOG, .example = "3", REGULARIZATION,
    .title = N_("Max-Norm"),
    .hint = N_("Maximum norm of each unit’s weights; 0: off"),
    .help = N_("Max-norm constraint on the weights of each unit") },

  { FIELD (CLIP_NORM, clip_norm, "clip-norm", "clip_norm", FLOAT), LOG, .example = "1", REGULARIZATION,
    .title = N_("Gradient Clipping"),
    .hint = N_("Maximum norm of the gradient; 0: off"),
    .help = N_("Clip the gradient norm to this") },

  { FIELD (INIT, init, "init", "init", CHOICE), .choices = &init_choices, INITIALIZATION,
    .title = N_("Initialisation"),
    .help = N_("Weight initialisation") },

  { FIELD (RANDOM_BIASES, random_biases, "bias-init", "normal_biases", SWITCH),
    .choices = &bias_choices, INITIALIZATION,
    .title = N_("Random Biases"),
    .hint = N_("Normally distributed instead of zero"),
    .help = N_("Bias initialisation") },

  { FIELD (STANDARDISE, standardise, "standardise", "standardise", SWITCH),
    .flags = MLP_OPTION_NEEDS_VALUES | MLP_OPTION_NO_ARGUMENT, INITIALIZATION,
    .title = N_("Standardise"),
    .hint = N_("Scale inputs and targets to zero mean and unit variance over the training set"),
    .help = N_("Regression: standardise inputs and targets") },

  { FIELD (LINEAR_PATH, linear_path, "linear-path", "linear_path", SWITCH),
    .parent = MLP_OPTION_STANDARDISE, .parent_values = IS (TRUE), .flags = MLP_OPTION_NEEDS_VALUES, INITIALIZATION,
    .title = N_("Linear Baseline"),
    .hint = N_("Fit a linear model first; the network is trained on its residuals"),
    .help = N_("Regression: fit a linear model, train the network on the residual") },

  { FIELD (SEED, seed, "seed", "seed", UINT64), LINEAR (1.0), INITIALIZATION,
    .title = N_("Seed"),
    .hint = N_("The same seed reproduces the run"),
    .help = N_("Random seed for weight initialisation, shuffling, dropout, augmentation") },

  { FIELD (THREADS, threads, "threads", "threads", UINT), .upper = MLP_MAX_THREADS, LINEAR (1.0), INITIALIZATION,
    .title = N_("Threads"),
    .hint = N_("0: automatic"),
    .help = N_("Number of threads; does not affect the result") },
};

G_STATIC_ASSERT (G_N_ELEMENTS (rows) == MLP_N_OPTIONS - 1);

const MlpOptionRow *
mlp_train_options_find (MlpOption option)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      if (rows[i].id == option)
        return &rows[i];
    }

  g_return_val_if_reached (NULL);
}

const MlpOptionRow *
mlp_train_options_get (guint i)
{
  g_return_val_if_fail (i < G_N_ELEMENTS (rows), NULL);

  return &rows[i];
}

gboolean
mlp_train_options_apply (const MlpTrainOptions *options,
                         const MlpOptionRow    *row)
{
  const MlpOptionRow *parent;
  guint value;

  if (row->parent == MLP_OPTION_NONE)
    return TRUE;

  parent = mlp_train_options_find (row->parent);
  value = (guint) mlp_option_read (parent, options);
  if (parent->kind == MLP_KIND_SWITCH)
    value = value != 0;

  return value < 32 && (row->parent_values >> value & 1) != 0 && mlp_train_options_apply (options, parent);
}

static gboolean
check_loss (const MlpTrainOptions *options,
            MlpActivation          output,
            gsize                  n_validation,
            GError               **error)
{
  return mlp_loss_check (options->loss, output, error);
}

static gboolean
check_warmup (const MlpTrainOptions *options,
              MlpActivation          output,
              gsize                  n_validation,
              GError               **error)
{
  if (options->schedule.warmup_epochs == 0 || options->schedule.warmup_epochs < options->epochs)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("The warm-up takes %u epochs; it must be shorter than the run of %u epochs"),
               options->schedule.warmup_epochs, options->epochs);
  return FALSE;
}

static gboolean
check_patience (const MlpTrainOptions *options,
                MlpActivation          output,
                gsize                  n_validation,
                GError               **error)
{
  if (options->patience == 0 || n_validation > 0)
    return TRUE;

  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_INVALID,
                       _("Early stopping needs a validation set; increase its size, or set the patience to 0"));
  return FALSE;
}

static gboolean
check_label_smoothing (const MlpTrainOptions *options,
                       MlpActivation          output,
                       gsize                  n_validation,
                       GError               **error)
{
  if (options->label_smoothing == 0.0f || options->loss == MLP_LOSS_CROSS_ENTROPY)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("Label smoothing is for the cross-entropy loss with softmax; set it to 0, or use that loss "
                 "instead of %s"), mlp_loss_get_name (options->loss));
  return FALSE;
}

typedef gboolean (*CheckFunc) (const MlpTrainOptions *options,
                               MlpActivation          output,
                               gsize                  n_validation,
                               GError               **error);

/* What is in its range may still make no sense with something else. */
static const struct
{
  MlpOption option;
  CheckFunc check;
} relations[] = {
  { MLP_OPTION_LOSS, check_loss },
  { MLP_OPTION_WARMUP_EPOCHS, check_warmup },
  { MLP_OPTION_PATIENCE, check_patience },
  { MLP_OPTION_LABEL_SMOOTHING, check_label_smoothing },
};

gboolean
mlp_train_options_check (const MlpTrainOptions *options,
                         MlpActivation          output,
                         gsize                  n_validation,
                         MlpOption             *which,
                         GError               **error)
{
  MlpOption wrong = MLP_OPTION_NONE;

  g_return_val_if_fail (options != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (gsize i = 0; wrong == MLP_OPTION_NONE && i < G_N_ELEMENTS (rows); i++)
    {
      if (mlp_train_options_apply (options, &rows[i]) && !mlp_option_check (&rows[i], options, error))
        wrong = rows[i].id;
    }

  for (gsize i = 0; wrong == MLP_OPTION_NONE && i < G_N_ELEMENTS (relations); i++)
    {
      if (!relations[i].check (options, output, n_validation, error))
        wrong = relations[i].option;
    }

  if (which != NULL)
    *which = wrong;

  return wrong == MLP_OPTION_NONE;
}
