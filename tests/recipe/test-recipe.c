/* test-recipe.c: presets, the text form of hidden layers, what a check finds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe.h"
#include "test-util.h"

/* Eight samples of three inputs: classes 0 to 3, or one value. */
static DsSet *
make_set (gboolean classes)
{
  MlpSamples *samples;
  DsSet *set;

  if (classes)
    {
      guint8 *labels = g_new0 (guint8, 8);

      for (guint i = 0; i < 8; i++)
        labels[i] = i % 4;

      samples = mlp_samples_new_classes (g_new0 (guint8, 24), 1.0f / 256.0f, labels, 3, 4, 8);
    }
  else
    samples = mlp_samples_new_values (g_new0 (float, 24), g_new0 (float, 8), 3, 1, 8);

  set = ds_set_new ("Eight", "eight", samples);
  set->n_train = 6;
  set->n_test = 2;

  return set;
}

static void
test_default (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autofree char *hidden = mlp_option_layers_to_string (recipe->hidden);
  g_autofree char *network = recipe_describe_network (recipe, 784, 10);
  g_autofree char *unknown = recipe_describe_network (recipe, 0, 0);

  g_assert_cmpstr (recipe->source, ==, "builtin:digits");
  g_assert_cmpstr (hidden, ==, "128:relu");
  g_assert_cmpstr (network, ==, "784-128-10");
  g_assert_cmpstr (unknown, ==, "?-128-?");
  g_assert_cmpint (recipe->output, ==, MLP_SOFTMAX);
  g_assert_cmpint (recipe->training.loss, ==, MLP_LOSS_CROSS_ENTROPY);
  g_assert_cmpint (recipe->training.optimizer.kind, ==, MLP_ADAM);
  g_assert_cmpuint (recipe->training.epochs, <=, 20);
  g_assert_cmpuint (recipe->split.n_validation, ==, G_MAXSIZE);
  g_assert_true (recipe_check (recipe, NULL, NULL, NULL));
}

static void
test_course (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *hidden = NULL;

  recipe->training.seed = 42;
  recipe->training.threads = 2;
  recipe->training.patience = 3;
  recipe->training.l2 = 0.5f;
  g_free (recipe->source);
  recipe->source = g_strdup ("elsewhere");

  g_assert_true (recipe_apply_preset (recipe, "course-mnist", &error));
  g_assert_no_error (error);

  hidden = mlp_option_layers_to_string (recipe->hidden);
  g_assert_cmpstr (hidden, ==, "30:sigmoid");
  g_assert_cmpint (recipe->output, ==, MLP_SIGMOID);
  g_assert_cmpint (recipe->training.loss, ==, MLP_LOSS_SQUARED);
  g_assert_cmpint (recipe->training.optimizer.kind, ==, MLP_SGD);
  g_assert_cmpfloat (recipe->training.rate, ==, 1.0f);
  g_assert_cmpint (recipe->training.schedule.kind, ==, MLP_SCHEDULE_CONSTANT);
  g_assert_cmpuint (recipe->training.batch_size, ==, 10);
  g_assert_cmpuint (recipe->training.epochs, ==, 20);
  g_assert_cmpint (recipe->training.init, ==, MLP_INIT_NORMAL);
  g_assert_true (recipe->training.random_biases);
  g_assert_cmpfloat (recipe->training.l2, ==, 0.0f);
  g_assert_cmpuint (recipe->training.patience, ==, 0);

  /* What is not the preset's. */
  g_assert_cmpuint (recipe->training.seed, ==, 42);
  g_assert_cmpuint (recipe->training.threads, ==, 2);
  g_assert_cmpstr (recipe->source, ==, "elsewhere");

  g_assert_true (recipe_apply_preset (recipe, "course-softmax", &error));
  g_assert_cmpint (recipe->output, ==, MLP_SOFTMAX);
  g_assert_cmpint (recipe->training.loss, ==, MLP_LOSS_CROSS_ENTROPY);
  g_assert_cmpint (recipe->training.optimizer.kind, ==, MLP_SGD);
  g_assert_cmpuint (recipe->training.batch_size, ==, 10);
}

static void
test_presets (void)
{
  static const char *const ids[] = {
    "course-mnist", "course-softmax", "default", "linear", "mnist-affine", "mnist-elastic", "molecules",
    "course-qm9", "qm9-gap", "qm9-u0", "qm9-mu", "qm9-alpha", "qm9-gap-coulomb"
  };
  g_autoptr(Recipe) fresh = recipe_new ();
  const RecipePreset *presets;
  gsize n_presets;

  presets = recipe_get_presets (&n_presets);
  g_assert_cmpuint (n_presets, >=, G_N_ELEMENTS (ids));
  for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
    g_assert_cmpstr (presets[i].id, ==, ids[i]);

  for (gsize i = 0; i < n_presets; i++)
    {
      g_autoptr(Recipe) recipe = recipe_new ();
      g_autoptr(GError) error = NULL;

      g_assert_nonnull (presets[i].title);
      g_assert_nonnull (presets[i].description);

      g_assert_true (recipe_apply_preset (recipe, presets[i].id, &error));
      g_assert_no_error (error);
      g_assert_true (recipe_check (recipe, NULL, NULL, &error));
      g_assert_no_error (error);
      g_assert_true (recipe_equal (recipe, fresh) == (strcmp (presets[i].id, "default") == 0));
      g_assert_cmpint (recipe_fit (recipe, presets[i].for_molecules), ==, FALSE);

    }

  {
    g_autoptr(Recipe) recipe = recipe_new ();
    g_autoptr(GError) error = NULL;

    g_assert_false (recipe_apply_preset (recipe, "lenet", &error));
    g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
    g_assert_cmpstr (error->message, ==,
                     "Unknown preset “lenet”; expected course-mnist, course-softmax, default, linear, mnist-affine, "
                     "mnist-elastic, molecules, course-qm9, qm9-gap, qm9-u0, qm9-mu, qm9-alpha or qm9-gap-coulomb");
    g_assert_true (recipe_equal (recipe, fresh));
  }
}

static void
test_hidden (void)
{
  static const struct
  {
    const char *text;
    const char *again;       /* NULL: refused */
    const char *message;     /* a part of it */
  } cases[] = {
    { "30:sigmoid", "30:sigmoid", NULL },
    { "30:sigmoid,20:relu", "30:sigmoid,20:relu", NULL },
    { "100", "100:relu", NULL },
    { " 100 , 50 : tanh ", "100:relu,50:tanh", NULL },
    { "1:identity,2:leaky-relu,3:elu", "1:identity,2:leaky-relu,3:elu", NULL },
    { "2147483647", "2147483647:relu", NULL },
    { "", "none", NULL },
    { "none", "none", NULL },
    { "0", NULL, "“0”" },
    { "-1", NULL, "“-1”" },
    { "30:softmax", NULL, "output layer only" },
    { "30:sigmiod", NULL, "“sigmiod”" },
    { "30:", NULL, "“”" },
    { "30:relu:20", NULL, "“relu:20”" },
    { "30,", NULL, "“”" },
    { ",30", NULL, "“”" },
    { "30;20", NULL, "“30;20”" },
    { "1e3", NULL, "“1e3”" },
    { "2147483648", NULL, "“2147483648”" },
    { "99999999999999999999", NULL, "“99999999999999999999”" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(Recipe) recipe = recipe_new ();
      g_autoptr(GError) error = NULL;
      g_autofree char *again = NULL;
      gboolean ok = recipe_set_hidden (recipe, cases[i].text, &error);

      g_test_message ("“%s”", cases[i].text);
      again = mlp_option_layers_to_string (recipe->hidden);

      if (cases[i].again != NULL)
        {
          g_assert_no_error (error);
          g_assert_true (ok);
          g_assert_cmpstr (again, ==, cases[i].again);
        }
      else
        {
          g_assert_false (ok);
          g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
          g_assert_nonnull (strstr (error->message, cases[i].message));
          g_assert_cmpstr (again, ==, "128:relu");
        }
    }
}

static void
test_too_deep (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(GString) text = g_string_new ("2");
  g_autoptr(GError) error = NULL;

  for (int i = 1; i < RECIPE_MAX_HIDDEN; i++)
    g_string_append (text, ",2");

  g_assert_true (recipe_set_hidden (recipe, text->str, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (recipe->hidden->len, ==, RECIPE_MAX_HIDDEN);
  g_assert_true (recipe_check (recipe, NULL, NULL, NULL));

  g_string_append (text, ",2");
  g_assert_false (recipe_set_hidden (recipe, text->str, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_cmpuint (recipe->hidden->len, ==, RECIPE_MAX_HIDDEN);
}

#define CHANGE(statement)                                 \
  G_STMT_START {                                          \
    g_autoptr(Recipe) a = recipe_new ();                  \
    g_autoptr(Recipe) r = recipe_copy (a);                \
    g_assert_true (recipe_equal (a, r));                  \
    statement;                                            \
    g_assert_false (recipe_equal (a, r));                 \
    g_assert_false (recipe_equal (r, a));                 \
  } G_STMT_END

static void
test_equal (void)
{
  g_autoptr(Recipe) odd = recipe_new ();
  g_autoptr(Recipe) copy = NULL;

  CHANGE (g_free (r->source); r->source = g_strdup ("x"));
  CHANGE (g_free (r->add); r->add = g_strdup ("x"));
  CHANGE (r->split.n_validation = 1);
  CHANGE (r->split.limit = 1);
  CHANGE (r->split.shuffle = TRUE);
  CHANGE (r->split.seed = 2);
  CHANGE (g_array_index (r->hidden, MlpLayer, 0).width = 1);
  CHANGE (g_array_index (r->hidden, MlpLayer, 0).activation = MLP_TANH);
  CHANGE (g_array_set_size (r->hidden, 0));
  CHANGE (r->output = MLP_SIGMOID);
  CHANGE (r->training.loss = MLP_LOSS_HUBER);
  CHANGE (r->training.optimizer.kind = MLP_SGD);
  CHANGE (r->training.optimizer.momentum = 0.5f);
  CHANGE (r->training.optimizer.rho = 0.5f);
  CHANGE (r->training.optimizer.beta1 = 0.5f);
  CHANGE (r->training.optimizer.beta2 = 0.5f);
  CHANGE (r->training.optimizer.epsilon = 0.5f);
  CHANGE (r->training.optimizer.weight_decay = 0.5f);
  CHANGE (r->training.rate = 0.5f);
  CHANGE (r->training.rate = NAN);
  CHANGE (r->training.schedule.kind = MLP_SCHEDULE_STEP);
  CHANGE (r->training.schedule.factor = 0.25f);
  CHANGE (r->training.schedule.step_epochs = 1);
  CHANGE (r->training.schedule.warmup_epochs = 1);
  CHANGE (r->training.epochs = 1);
  CHANGE (r->training.batch_size = 1);
  CHANGE (r->training.l1 = 0.5f);
  CHANGE (r->training.l2 = 0.5f);
  CHANGE (r->training.dropout = 0.5f);
  CHANGE (r->training.max_norm = 0.5f);
  CHANGE (r->training.clip_norm = 0.5f);
  CHANGE (r->training.augment = MLP_AUGMENT_AFFINE);
  CHANGE (r->training.patience = 1);
  CHANGE (r->training.init = MLP_INIT_NORMAL);
  CHANGE (r->training.random_biases = TRUE);
  CHANGE (r->training.seed = 2);
  CHANGE (r->training.threads = 2);

  odd->training.rate = NAN;
  copy = recipe_copy (odd);
  g_assert_true (recipe_equal (odd, copy));
}

static void
test_net (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpNet) again = NULL;
  g_autoptr(MlpNet) other = NULL;
  g_autoptr(GError) error = NULL;
  gsize size;

  g_assert_true (recipe_set_hidden (recipe, "5:tanh,4:relu", NULL));
  recipe->training.random_biases = TRUE;
  net = recipe_make_net (recipe, 3, 2, &error);
  again = recipe_make_net (recipe, 3, 2, &error);
  recipe->training.seed = 2;
  other = recipe_make_net (recipe, 3, 2, &error);
  g_assert_no_error (error);

  g_assert_cmpuint (mlp_net_get_n_layers (net), ==, 3);
  g_assert_cmpuint (mlp_net_get_width (net, 0), ==, 3);
  g_assert_cmpuint (mlp_net_get_width (net, 1), ==, 5);
  g_assert_cmpuint (mlp_net_get_width (net, 2), ==, 4);
  g_assert_cmpuint (mlp_net_get_width (net, 3), ==, 2);
  g_assert_cmpint (mlp_net_get_activation (net, 1), ==, MLP_TANH);
  g_assert_cmpint (mlp_net_get_activation (net, 3), ==, MLP_SOFTMAX);

  size = mlp_net_get_n_params (net) * sizeof (float);
  g_assert_cmpmem (mlp_net_peek_params (net), size, mlp_net_peek_params (again), size);
  g_assert_cmpint (memcmp (mlp_net_peek_params (net), mlp_net_peek_params (other), size), !=, 0);
  g_assert_cmpfloat (mlp_net_peek_biases (net, 1)[0], !=, 0.0f);

  g_assert_null (recipe_make_net (recipe, 0, 2, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
}

/* Makes one thing wrong and looks who is blamed. */
#define REFUSE(with_set, blamed, the_code, statement)                              \
  G_STMT_START {                                                                   \
    g_autoptr(Recipe) r = recipe_new ();                                           \
    g_autoptr(GError) error = NULL;                                                \
    MlpOption option = MLP_OPTION_NONE;                                            \
    g_assert_true (recipe_check (r, with_set, &option, &error));                   \
    g_assert_cmpint (option, ==, MLP_OPTION_NONE);                                 \
    statement;                                                                     \
    g_assert_false (recipe_check (r, with_set, &option, &error));                  \
    g_assert_error (error, MLP_ERROR, the_code);                                   \
    g_assert_cmpint (option, ==, blamed);                                          \
  } G_STMT_END

static void
test_check (void)
{
  g_autoptr(DsSet) set = make_set (TRUE);

  REFUSE (NULL, MLP_OPTION_RATE, MLP_ERROR_INVALID, r->training.rate = 0.0f);
  REFUSE (set, MLP_OPTION_RATE, MLP_ERROR_INVALID, r->training.rate = NAN);
  REFUSE (NULL, MLP_OPTION_LOSS, MLP_ERROR_INVALID, r->output = MLP_RELU);
  REFUSE (NULL, MLP_OPTION_NONE, MLP_ERROR_SHAPE,
          g_array_index (r->hidden, MlpLayer, 0).width = 0);
  REFUSE (NULL, MLP_OPTION_NONE, MLP_ERROR_INVALID,
          g_array_index (r->hidden, MlpLayer, 0).activation = MLP_SOFTMAX);
  REFUSE (set, MLP_OPTION_NONE, MLP_ERROR_TOO_LARGE,
          g_array_index (r->hidden, MlpLayer, 0).width = G_MAXINT32);
  REFUSE (set, MLP_OPTION_NONE, MLP_ERROR_INVALID, r->split.n_validation = 6);

  /* Inputs that are not known to be pictures; without data they may be some. */
  REFUSE (NULL, MLP_OPTION_AUGMENT, MLP_ERROR_INVALID, r->training.augment = (MlpAugment) 77);
  REFUSE (set, MLP_OPTION_AUGMENT, MLP_ERROR_INVALID, r->training.augment = MLP_AUGMENT_ELASTIC);

  /* Patience needs someone who validates. */
  REFUSE (NULL, MLP_OPTION_PATIENCE, MLP_ERROR_INVALID,
          r->split.n_validation = 0; r->training.patience = 2);
  REFUSE (set, MLP_OPTION_PATIENCE, MLP_ERROR_INVALID,
          r->split.n_validation = 0; r->training.patience = 2);
}

static void
test_values (void)
{
  g_autoptr(DsSet) set = make_set (FALSE);
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(GError) error = NULL;
  MlpOption option;

  g_assert_false (recipe_check (recipe, set, &option, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "squared error or Huber"));
  g_assert_cmpint (option, ==, MLP_OPTION_LOSS);
  g_clear_error (&error);

  recipe->output = MLP_IDENTITY;
  recipe->training.loss = MLP_LOSS_SQUARED;
  g_assert_true (recipe_check (recipe, set, &option, &error));
  g_assert_no_error (error);
}

/* A network for one kind of data gives way to one for the other; one that fits
 * stays as it is.
 */
static void
test_fit (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(Recipe) before = NULL;
  g_autofree char *hidden = NULL;

  recipe->training.seed = 7;
  recipe->split.n_validation = 77;
  before = recipe_copy (recipe);
  g_assert_false (recipe_fit (recipe, FALSE));
  g_assert_true (recipe_equal (recipe, before));

  g_assert_true (recipe_fit (recipe, TRUE));
  hidden = mlp_option_layers_to_string (recipe->hidden);
  g_assert_cmpstr (hidden, ==, "256:relu,128:relu");
  g_assert_cmpint (recipe->output, ==, MLP_IDENTITY);
  g_assert_cmpint (recipe->training.loss, ==, MLP_LOSS_HUBER);
  g_assert_true (recipe->training.standardise);
  g_assert_cmpuint (recipe->training.seed, ==, 7);
  g_assert_cmpuint (recipe->split.n_validation, ==, G_MAXSIZE);
  g_assert_cmpstr (recipe->task.features, ==, "pair-histograms");

  /* Made by hand. */
  g_assert_true (recipe_set_hidden (recipe, "9:tanh", NULL));
  recipe->training.loss = MLP_LOSS_SQUARED;
  g_clear_pointer (&before, recipe_free);
  before = recipe_copy (recipe);
  g_assert_false (recipe_fit (recipe, TRUE));
  g_assert_true (recipe_equal (recipe, before));

  /* As it was made for pictures. */
  recipe->training.augment = MLP_AUGMENT_AFFINE;
  g_assert_true (recipe_fit (recipe, TRUE));
  g_assert_true (recipe_equal (recipe, before));

  g_assert_true (recipe_fit (recipe, FALSE));
  g_assert_cmpint (recipe->output, ==, MLP_SOFTMAX);
  g_assert_cmpint (recipe->training.loss, ==, MLP_LOSS_CROSS_ENTROPY);

  /* The course's: the loss would do, an output between 0 and 1 would not. */
  g_assert_true (recipe_apply_preset (recipe, "course-mnist", NULL));
  g_assert_false (recipe_fit (recipe, FALSE));
  g_assert_true (recipe_fit (recipe, TRUE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe/default", test_default);
  g_test_add_func ("/recipe/course", test_course);
  g_test_add_func ("/recipe/presets", test_presets);
  g_test_add_func ("/recipe/hidden", test_hidden);
  g_test_add_func ("/recipe/too-deep", test_too_deep);
  g_test_add_func ("/recipe/equal", test_equal);
  g_test_add_func ("/recipe/net", test_net);
  g_test_add_func ("/recipe/check", test_check);
  g_test_add_func ("/recipe/values", test_values);
  g_test_add_func ("/recipe/fit", test_fit);

  return g_test_run ();
}
