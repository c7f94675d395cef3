/* test-train-options.c: each nonsense is named, with the option it is in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/train/mlp-train.h"
#include "test-util.h"

#define GOOD MLP_TRAIN_OPTIONS_DEFAULT

static void
check (const MlpTrainOptions *options,
       MlpActivation          output,
       gsize                  n_validation,
       MlpOption              want,
       const char            *word)
{
  g_autoptr(GError) error = NULL;
  MlpOption which = MLP_OPTION_THREADS;
  gboolean ok = mlp_train_options_check (options, output, n_validation, &which, &error);

  g_assert_cmpuint (which, ==, want);
  g_assert_cmpint (ok, ==, want == MLP_OPTION_NONE);
  g_assert_cmpint (mlp_train_options_check (options, output, n_validation, NULL, NULL), ==, ok);

  if (ok)
    {
      g_assert_no_error (error);
      return;
    }

  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  if (strstr (error->message, word) == NULL)
    g_error ("“%s” does not speak of “%s”", error->message, word);
}

#define assert_refused(field, value, option, word)            \
  G_STMT_START {                                              \
    MlpTrainOptions o_ = GOOD;                                \
    o_.field = (value);                                       \
    check (&o_, MLP_SOFTMAX, 100, MLP_OPTION_ ## option, word); \
  } G_STMT_END

static void
test_refused (void)
{
  assert_refused (augment, (MlpAugment) 3, AUGMENT, "“Augmentation” has no choice number 3");
  assert_refused (augment, (MlpAugment) -1, AUGMENT, "there are 0 to 2");
  assert_refused (optimizer.kind, MLP_N_OPTIMIZERS, OPTIMIZER, "“Optimiser” has no choice");
  assert_refused (schedule.kind, MLP_N_SCHEDULES, SCHEDULE, "“Schedule” has no choice");
  assert_refused (loss, MLP_LOSS_BINARY_CROSS_ENTROPY, LOSS, "sigmoid");
  assert_refused (rate, 0.0f, RATE, "“Learning Rate” is 0; it must be a number above 0, such as 0.001");
  assert_refused (rate, -0.1f, RATE, "“Learning Rate” is -0.1");
  assert_refused (rate, NAN, RATE, "“Learning Rate” is nan");
  assert_refused (rate, INFINITY, RATE, "“Learning Rate” is inf");
  assert_refused (epochs, 0, EPOCHS, "“Epochs” is 0; it must be at least 1");
  assert_refused (schedule.warmup_epochs, 15, WARMUP_EPOCHS, "warm-up takes 15");
  assert_refused (batch_size, 0, BATCH_SIZE, "“Batch Size” is 0; it must be at least 1");
  assert_refused (l1, -1.0f, L1, "L1");
  assert_refused (l1, NAN, L1, "L1");
  assert_refused (l2, INFINITY, L2, "L2");
  assert_refused (dropout, 1.0f, DROPOUT, "“Dropout” is 1; it must be at least 0 and less than 1, such as 0.2");
  assert_refused (dropout, -0.1f, DROPOUT, "“Dropout” is -0.1");
  assert_refused (dropout, NAN, DROPOUT, "“Dropout” is nan");
  assert_refused (label_smoothing, 1.0f, LABEL_SMOOTHING,
                  "“Label Smoothing” is 1; it must be at least 0 and less than 1");
  assert_refused (label_smoothing, NAN, LABEL_SMOOTHING, "“Label Smoothing” is nan");
  assert_refused (max_norm, -3.0f, MAX_NORM, "“Max-Norm” is -3; it must be at least 0, such as 3");
  assert_refused (clip_norm, NAN, CLIP_NORM, "“Gradient Clipping” is nan");
  assert_refused (threads, MLP_MAX_THREADS + 1, THREADS, "“Threads” is 65; it must be 0 to 64");
}

typedef struct
{
  MlpOptimizerOptions optimizer;
  MlpSchedule         schedule;
  MlpOption           want;
} Numbers;

#define STEADY MLP_SCHEDULE_DEFAULT
#define SGD { .kind = MLP_SGD }

/* Of the optimiser's and the schedule's numbers the wrong one is named; those that the
 * kind does not use are not looked at. */
static const Numbers numbers[] = {
  { { MLP_SGD, NAN, NAN, NAN, NAN, NAN, NAN }, STEADY, MLP_OPTION_NONE },
  { { .kind = MLP_MOMENTUM, .momentum = 0.0f }, STEADY, MLP_OPTION_NONE },
  { { .kind = MLP_MOMENTUM, .momentum = 1.0f }, STEADY, MLP_OPTION_MOMENTUM },
  { { .kind = MLP_NESTEROV, .momentum = -0.5f }, STEADY, MLP_OPTION_MOMENTUM },
  { { .kind = MLP_NESTEROV, .momentum = NAN }, STEADY, MLP_OPTION_MOMENTUM },
  { { .kind = MLP_RMSPROP, .rho = 0.9f, .epsilon = 1e-8f }, STEADY, MLP_OPTION_NONE },
  { { .kind = MLP_RMSPROP, .rho = 1.0f, .epsilon = 1e-8f }, STEADY, MLP_OPTION_RHO },
  { { .kind = MLP_RMSPROP, .rho = 0.9f }, STEADY, MLP_OPTION_EPSILON },
  { { .kind = MLP_ADAM, .beta1 = 1.0f, .beta2 = 0.9f, .epsilon = 1.0f }, STEADY, MLP_OPTION_BETA1 },
  { { .kind = MLP_ADAM, .beta1 = 0.9f, .beta2 = 1.5f, .epsilon = 1.0f }, STEADY, MLP_OPTION_BETA2 },
  { { .kind = MLP_ADAM, .beta1 = 0.9f, .beta2 = 0.9f, .epsilon = INFINITY }, STEADY, MLP_OPTION_EPSILON },
  { { .kind = MLP_ADAM, .beta1 = 0.9f, .beta2 = 0.9f, .epsilon = 1.0f, .weight_decay = -1.0f }, STEADY, MLP_OPTION_NONE },
  { { .kind = MLP_ADAMW, .beta1 = 0.9f, .beta2 = 0.9f, .epsilon = 1.0f, .weight_decay = -1.0f }, STEADY,
    MLP_OPTION_WEIGHT_DECAY },
  { SGD, { MLP_SCHEDULE_CONSTANT, NAN, 0, 9 }, MLP_OPTION_NONE },
  { SGD, { MLP_SCHEDULE_COSINE, NAN, 0, 15 }, MLP_OPTION_WARMUP_EPOCHS },
  { SGD, { MLP_SCHEDULE_STEP, 1.0f, 1, 0 }, MLP_OPTION_NONE },
  { SGD, { MLP_SCHEDULE_STEP, 0.0f, 1, 0 }, MLP_OPTION_SCHEDULE_FACTOR },
  { SGD, { MLP_SCHEDULE_STEP, 1.1f, 1, 0 }, MLP_OPTION_SCHEDULE_FACTOR },
  { SGD, { MLP_SCHEDULE_STEP, NAN, 1, 0 }, MLP_OPTION_SCHEDULE_FACTOR },
  { SGD, { MLP_SCHEDULE_STEP, 0.5f, 0, 0 }, MLP_OPTION_STEP_EPOCHS },
};

static void
test_numbers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      MlpTrainOptions o = GOOD;

      o.optimizer = numbers[i].optimizer;
      o.schedule = numbers[i].schedule;
      check (&o, MLP_SOFTMAX, 100, numbers[i].want, "");
    }
}

/* Each field has one row, each row a field, a name and words of its own, and the defaults are
 * in their ranges. */
static void
test_table (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr(GHashTable) members = g_hash_table_new (g_str_hash, g_str_equal);
  const MlpTrainOptions defaults = MLP_TRAIN_OPTIONS_DEFAULT;
  guint8 covered[sizeof (MlpTrainOptions)] = { 0 };
  gsize n_covered = 0;

  for (guint i = 0; i < MLP_N_OPTIONS - 1; i++)
    {
      const MlpOptionRow *row = mlp_train_options_get (i);
      const gsize size = row->kind == MLP_KIND_SIZE || row->kind == MLP_KIND_UINT64 ? 8 : 4;

      g_assert_true (mlp_train_options_find (row->id) == row);
      g_assert_true (g_hash_table_add (names, (gpointer) row->name));
      g_assert_true (g_hash_table_add (members, (gpointer) row->member));
      g_assert_true (row->title != NULL && row->help != NULL);
      g_assert_true (mlp_option_check (row, &defaults, NULL));
      if (row->kind == MLP_KIND_CHOICE)
        g_assert_nonnull (row->choices);
      else if (mlp_option_is_number (row) && row->scale == MLP_SCALE_LINEAR)
        g_assert_cmpfloat (row->step, >, 0.0);

      for (gsize k = 0; k < size; k++)
        g_assert_cmpuint (covered[row->offset + k]++, ==, 0);
      n_covered += size;
    }

  /* What is not covered is padding between the fields. */
  g_assert_cmpuint (n_covered + 8, >=, sizeof (MlpTrainOptions));
}

/* A change of any field is a difference, and of no other row. */
static void
test_equal (void)
{
  for (guint i = 0; i < MLP_N_OPTIONS - 1; i++)
    {
      const MlpOptionRow *row = mlp_train_options_get (i);
      const MlpTrainOptions before = MLP_TRAIN_OPTIONS_DEFAULT;
      MlpTrainOptions after = before;

      mlp_option_write (row, &after, mlp_option_read (row, &before) == 0.0 ? 1.0 : 0.0);
      for (guint j = 0; j < MLP_N_OPTIONS - 1; j++)
        g_assert_cmpint (mlp_option_equal (mlp_train_options_get (j), &before, &after), ==, i != j);
    }
}

static void
test_good (void)
{
  MlpTrainOptions o = GOOD;

  check (&o, MLP_SOFTMAX, 0, MLP_OPTION_NONE, NULL);
  o.threads = MLP_MAX_THREADS;
  o.dropout = 0.99f;
  o.epochs = G_MAXUINT;
  o.batch_size = G_MAXSIZE;
  o.patience = 1;
  check (&o, MLP_SOFTMAX, 1, MLP_OPTION_NONE, NULL);

  /* Patience needs something to look at. */
  check (&o, MLP_SOFTMAX, 0, MLP_OPTION_PATIENCE, "validation set");
}

/* The output is the network's word. */
static void
test_output (void)
{
  MlpTrainOptions o = GOOD;

  check (&o, MLP_RELU, 0, MLP_OPTION_LOSS, "softmax");
  o.loss = MLP_LOSS_SQUARED;
  check (&o, MLP_RELU, 0, MLP_OPTION_NONE, NULL);

  /* What is smoothed are probabilities of classes. */
  o.label_smoothing = 0.1f;
  check (&o, MLP_RELU, 0, MLP_OPTION_LABEL_SMOOTHING, "cross-entropy loss with softmax");
  o.loss = MLP_LOSS_BINARY_CROSS_ENTROPY;
  check (&o, MLP_SIGMOID, 0, MLP_OPTION_LABEL_SMOOTHING, "instead of binary-cross-entropy");
  o.loss = MLP_LOSS_CROSS_ENTROPY;
  check (&o, MLP_SOFTMAX, 0, MLP_OPTION_NONE, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/train-options/refused", test_refused);
  g_test_add_func ("/core/train-options/numbers", test_numbers);
  g_test_add_func ("/core/train-options/table", test_table);
  g_test_add_func ("/core/train-options/equal", test_equal);
  g_test_add_func ("/core/train-options/good", test_good);
  g_test_add_func ("/core/train-options/output", test_output);

  return g_test_run ();
}
