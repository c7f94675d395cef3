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
  assert_refused (augment, (MlpAugment) 3, AUGMENT, "augmentation number 3");
  assert_refused (augment, (MlpAugment) -1, AUGMENT, "augmentation number -1");
  assert_refused (loss, MLP_LOSS_BINARY_CROSS_ENTROPY, LOSS, "sigmoid");
  assert_refused (optimizer.beta1, 1.0f, OPTIMIZER, "Beta 1");
  assert_refused (rate, 0.0f, RATE, "learning rate is 0");
  assert_refused (rate, -0.1f, RATE, "learning rate is -0.1");
  assert_refused (rate, NAN, RATE, "learning rate is nan");
  assert_refused (rate, INFINITY, RATE, "learning rate is inf");
  assert_refused (epochs, 0, EPOCHS, "at least 1 epoch");
  assert_refused (schedule.warmup_epochs, 15, SCHEDULE, "warm-up");
  assert_refused (batch_size, 0, BATCH_SIZE, "at least 1 sample");
  assert_refused (l1, -1.0f, L1, "L1");
  assert_refused (l1, NAN, L1, "L1");
  assert_refused (l2, INFINITY, L2, "L2");
  assert_refused (dropout, 1.0f, DROPOUT, "dropout rate is 1");
  assert_refused (dropout, -0.1f, DROPOUT, "dropout rate is -0.1");
  assert_refused (dropout, NAN, DROPOUT, "dropout");
  assert_refused (max_norm, -3.0f, MAX_NORM, "max-norm constraint");
  assert_refused (clip_norm, NAN, CLIP_NORM, "gradient norm limit");
  assert_refused (threads, MLP_MAX_THREADS + 1, THREADS, "65 threads");
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
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/train-options/refused", test_refused);
  g_test_add_func ("/core/train-options/good", test_good);
  g_test_add_func ("/core/train-options/output", test_output);

  return g_test_run ();
}
