/* recipe-presets.c: recipes worth starting from.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-split.h"
#include "recipe/recipe.h"

/* Nielsen (2015), chapter 1: plain descent, everything starts from N(0, 1). */
#define COURSE_TRAINING(course_loss)            \
  { .loss = (course_loss),                      \
    .optimizer = MLP_OPTIMIZER_OPTIONS_DEFAULT, \
    .rate = 1.0f,                               \
    .schedule = MLP_SCHEDULE_DEFAULT,           \
    .epochs = 20,                               \
    .batch_size = 10,                           \
    .init = MLP_INIT_NORMAL,                    \
    .random_biases = TRUE,                      \
    .seed = 1 }

/* On MNIST 98.0 to 98.2 % of the test digits, with a constant rate of 0.001
 * 97.5 to 97.8 %. */
#define GOOD_TRAINING                                                          \
  { .loss = MLP_LOSS_CROSS_ENTROPY,                                            \
    .optimizer = { MLP_ADAM, 0.9f, 0.99f, 0.9f, 0.999f, 1e-8f, 0.01f },        \
    .rate = 0.002f,                                                            \
    .schedule = { MLP_SCHEDULE_COSINE, 0.5f, 10, 0 },                          \
    .epochs = 15,                                                              \
    .batch_size = 64,                                                          \
    .init = MLP_INIT_HE,                                                       \
    .seed = 1 }

/* On MNIST, all of it training: with affine 99.06 % of the test digits (784-128-10, batches
 * of 64, 40 epochs), with elastic 99.35 % (784-800-10, batches of 128, 45 epochs). */
#define AUGMENTED_TRAINING(how, n_epochs, n_batch)                             \
  { .loss = MLP_LOSS_CROSS_ENTROPY,                                            \
    .optimizer = { MLP_ADAM, 0.9f, 0.99f, 0.9f, 0.999f, 1e-8f, 0.01f },        \
    .rate = 0.002f,                                                            \
    .schedule = { MLP_SCHEDULE_COSINE, 0.5f, 10, 0 },                          \
    .epochs = (n_epochs),                                                      \
    .batch_size = (n_batch),                                                   \
    .augment = (how),                                                          \
    .init = MLP_INIT_HE,                                                       \
    .seed = 1 }

/* 25 eigenvalues of the Coulomb matrix, two small sigmoid layers, plain descent. */
#define COURSE_MOLECULES_TRAINING                 \
  { .loss = MLP_LOSS_SQUARED,                     \
    .optimizer = MLP_OPTIMIZER_OPTIONS_DEFAULT,   \
    .rate = 0.01f,                                \
    .schedule = MLP_SCHEDULE_DEFAULT,             \
    .epochs = 20,                                 \
    .batch_size = 50,                             \
    .init = MLP_INIT_XAVIER,                      \
    .standardise = TRUE,                          \
    .seed = 1 }

/* Huber's loss: what counts is the mean absolute error. */
#define MOLECULES_TRAINING(n_epochs, n_batch, first_rate)                      \
  { .loss = MLP_LOSS_HUBER,                                                    \
    .optimizer = { MLP_ADAM, 0.9f, 0.99f, 0.9f, 0.999f, 1e-8f, 0.01f },        \
    .rate = (first_rate),                                                      \
    .schedule = { MLP_SCHEDULE_COSINE, 0.5f, 10, 0 },                          \
    .epochs = (n_epochs),                                                      \
    .batch_size = (n_batch),                                                   \
    .init = MLP_INIT_HE,                                                       \
    .standardise = TRUE,                                                       \
    .seed = 1 }

/* A linear path for what is additive, and weights that decay: there are more of
 * them than molecules. */
#define QM9_TRAINING(n_epochs, decay)                                          \
  { .loss = MLP_LOSS_HUBER,                                                    \
    .optimizer = { MLP_ADAMW, 0.9f, 0.99f, 0.9f, 0.999f, 1e-8f, (decay) },     \
    .rate = 0.001f,                                                            \
    .schedule = { MLP_SCHEDULE_COSINE, 0.5f, 10, 0 },                          \
    .epochs = (n_epochs),                                                      \
    .batch_size = 256,                                                         \
    .init = MLP_INIT_HE,                                                       \
    .standardise = TRUE,                                                       \
    .linear_path = TRUE,                                                       \
    .seed = 1 }

#define QM9_BEST QM9_TRAINING (25, 0.3f)

/* As a tenth validates and a tenth tests where nothing else is said. */
#define USUAL_SPLIT DS_SPLIT_OPTIONS_DEFAULT

/* The course's 80 : 20: what tests is a fifth, and nothing validates. */
#define COURSE_SPLIT { .n_validation = 0, .n_test = G_MAXSIZE, .test_share = 0.2f, .seed = 1 }

/* 110,000 train, 10,000 validate, the rest of QM9 tests. */
#define QM9_SPLIT { .n_validation = 10000, .n_test = 10831, .limit = 110000, .seed = 1 }

static const RecipePreset presets[] = {
  { "course-mnist", N_("Course"),
    N_("30 sigmoid units, squared error, plain gradient descent in batches of 10: a first network, as in many courses"), FALSE },
  { "course-softmax", N_("Course With Softmax"),
    N_("The course network with softmax and cross-entropy, which learns faster from its mistakes"), FALSE },
  { "default", N_("Good Default"),
    N_("128 ReLU units, softmax and cross-entropy, Adam: fast to train and accurate on digits"), FALSE },
  { "linear", N_("Linear"),
    N_("No hidden layer: softmax regression, one template per class; the baseline to beat"), FALSE },
  { "mnist-affine", N_("With Affine Augmentation"),
    N_("128 ReLU units; training images are randomly shifted, rotated and scaled in every epoch"), FALSE },
  { "mnist-elastic", N_("With Elastic Augmentation"),
    N_("800 ReLU units; training images are also distorted elastically: the most accurate of these on digits, and the "
       "slowest"), FALSE },
  { "molecules", N_("Molecules"),
    N_("Histograms of distances, 256 and 128 ReLU units, Adam: the HOMO–LUMO gap in a minute"), TRUE },
  { "course-qm9", N_("Course: QM9"),
    N_("25 eigenvalues, 12 and 6 sigmoid units, plain gradient descent in batches of 50: the regression task of a course"), TRUE },
  { "qm9-gap", N_("QM9: HOMO–LUMO Gap"),
    N_("Geometry and electronic structure, 512 and 256 ELU units, a linear baseline: for all of QM9"), TRUE },
  { "qm9-u0", N_("QM9: Atomisation Energy"),
    N_("The same for the atomisation energy at 0 K"), TRUE },
  { "qm9-mu", N_("QM9: Dipole Moment"),
    N_("The same for the dipole moment"), TRUE },
  { "qm9-alpha", N_("QM9: Polarisability"),
    N_("The same for the polarisability"), TRUE },
  { "qm9-gap-coulomb", N_("QM9: Gap from Coulomb Matrix"),
    N_("Eigenvalues of Coulomb matrices, 1024, 512 and 256 ReLU units, a linear baseline: for all of QM9"), TRUE },
};

/* What stands behind the preset of the same place. */
static const struct
{
  const char     *hidden;
  MlpActivation   output;
  MlpTrainOptions training;

  /* Of molecules. */
  const char     *features;
  const char     *targets;
  MolUnit         unit;
  DsSplitOptions  split;
} designs[] = {
  { "30:sigmoid", MLP_SIGMOID, COURSE_TRAINING (MLP_LOSS_SQUARED) },
  { "30:sigmoid", MLP_SOFTMAX, COURSE_TRAINING (MLP_LOSS_CROSS_ENTROPY) },
  { "128:relu", MLP_SOFTMAX, GOOD_TRAINING },
  { "", MLP_SOFTMAX, GOOD_TRAINING },
  { "128:relu", MLP_SOFTMAX, AUGMENTED_TRAINING (MLP_AUGMENT_AFFINE, 40, 64) },
  { "800:relu", MLP_SOFTMAX, AUGMENTED_TRAINING (MLP_AUGMENT_ELASTIC, 45, 128) },
  { "256:relu,128:relu", MLP_IDENTITY, MOLECULES_TRAINING (60, 64, 0.001f),
    "pair-histograms", "gap", MOL_UNIT_EV, USUAL_SPLIT },
  { "12:sigmoid,6:sigmoid", MLP_IDENTITY, COURSE_MOLECULES_TRAINING,
    "coulomb-eigenvalues-25", "gap", MOL_UNIT_EV, COURSE_SPLIT },
  { "512:elu,256:elu", MLP_IDENTITY, QM9_BEST, "hdad-orbitals", "gap", MOL_UNIT_EV, QM9_SPLIT },
  { "512:elu,256:elu", MLP_IDENTITY, QM9_BEST, "hdad-orbitals", "u0-atomisation", MOL_UNIT_EV, QM9_SPLIT },
  { "512:elu,256:elu", MLP_IDENTITY, QM9_BEST, "hdad-orbitals", "mu", MOL_UNIT_EV, QM9_SPLIT },
  { "512:elu,256:elu", MLP_IDENTITY, QM9_BEST, "hdad-orbitals", "alpha", MOL_UNIT_EV, QM9_SPLIT },
  { "1024:relu,512:relu,256:relu", MLP_IDENTITY, QM9_TRAINING (60, 0.1f),
    "coulomb-spectra", "gap", MOL_UNIT_EV, QM9_SPLIT },
};

G_STATIC_ASSERT (G_N_ELEMENTS (presets) == G_N_ELEMENTS (designs));

static void
set_design (Recipe *recipe,
            gsize   i)
{
  recipe_set_hidden (recipe, designs[i].hidden, NULL);
  recipe->output = designs[i].output;
  recipe->training = designs[i].training;

  if (!presets[i].for_molecules)
    return;

  ds_task_clear (&recipe->task);
  recipe->task.features = g_strdup (designs[i].features);
  recipe->task.targets = g_strdup (designs[i].targets);
  recipe->task.unit = designs[i].unit;
  recipe->split = designs[i].split;
}

/* Whether the network can say any number, and learns how far off it is. */
static gboolean
is_for_values (const Recipe *recipe)
{
  return (recipe->training.loss == MLP_LOSS_SQUARED || recipe->training.loss == MLP_LOSS_HUBER) &&
         recipe->output != MLP_SOFTMAX &&
         recipe->output != MLP_SIGMOID &&
         recipe->output != MLP_TANH;
}

gboolean
recipe_fit (Recipe  *recipe,
            gboolean molecules)
{
  g_return_val_if_fail (recipe != NULL, FALSE);

  if (is_for_values (recipe) == !!molecules)
    {
      const gboolean augments = molecules && recipe->training.augment != MLP_AUGMENT_NONE;

      if (augments)
        recipe->training.augment = MLP_AUGMENT_NONE;

      return augments;
    }

  /* What was drawn of one kind says nothing of the other. */
  recipe->split = (DsSplitOptions) DS_SPLIT_OPTIONS_DEFAULT;
  if (molecules)
    g_clear_pointer (&recipe->add, g_free);

  return recipe_apply_preset (recipe, molecules ? "molecules" : "default", NULL);
}

const RecipePreset *
recipe_get_presets (gsize *n_presets)
{
  g_return_val_if_fail (n_presets != NULL, NULL);

  *n_presets = G_N_ELEMENTS (presets);

  return presets;
}

gboolean
recipe_apply_preset (Recipe     *recipe,
                     const char *id,
                     GError    **error)
{
  g_autoptr(GString) names = NULL;

  g_return_val_if_fail (recipe != NULL, FALSE);
  g_return_val_if_fail (id != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (presets); i++)
    {
      guint64 seed = recipe->training.seed;
      guint threads = recipe->training.threads;

      if (strcmp (presets[i].id, id) != 0)
        continue;

      set_design (recipe, i);
      recipe->training.seed = seed;
      recipe->training.threads = threads;

      return TRUE;
    }

  names = g_string_new (presets[0].id);
  for (gsize i = 1; i + 1 < G_N_ELEMENTS (presets); i++)
    g_string_append_printf (names, ", %s", presets[i].id);

  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("Unknown preset “%s”; expected %s or %s"),
               id, names->str, presets[G_N_ELEMENTS (presets) - 1].id);
  return FALSE;
}
