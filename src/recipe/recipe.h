/* recipe.h: recipe: all that is needed to reproduce a run: data, network, training.
 *
 * Plain data, shared by the window, the command line and (later) sweeps. A
 * recipe says what is wanted; recipe_check() says whether it can be had.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/train/mlp-train.h"
#include "datasets/ds-set.h"
#include "datasets/ds-split.h"

G_BEGIN_DECLS

/* Deeper ones do not learn without other means, and a form has to show them. */
#define RECIPE_MAX_HIDDEN 100

typedef struct
{
  char           *source;      /* as in DsSet: "builtin:digits" or an absolute path */
  char           *add;         /* (nullable): more to train with, the same: see ds-extra-samples.h */
  DsSplitOptions  split;
  DsTask          task;        /* what is learnt where the data are molecules */
  GArray         *hidden;      /* of MlpLayer, layers 1 … L−1 */
  MlpActivation   output;      /* σ_L; its width follows the data */
  MlpTrainOptions training;
} Recipe;

/* The built-in digits, 784-128-10 ReLU with softmax and Adam. */
Recipe  *recipe_new              (void);
Recipe  *recipe_copy             (const Recipe *recipe);
void     recipe_free             (Recipe       *recipe);
gboolean recipe_equal            (const Recipe *a,
                                  const Recipe *b);

/**
 * recipe_set_hidden:
 * @recipe: (inout): a recipe
 * @text: "30:sigmoid,20:relu", or "" or "none" for a linear model; without
 *   ":…" a layer is ReLU
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_INVALID that names the part of @text and what was
 * expected; @recipe is then as it was
 */
gboolean recipe_set_hidden       (Recipe       *recipe,
                                  const char   *text,
                                  GError      **error);

/* (transfer full): "784-30-10"; a width that is not known (0) is "?" */
char    *recipe_describe_network (const Recipe *recipe,
                                  gsize         n_inputs,
                                  gsize         n_outputs);

/* recipe_make_net() without the drawing, which takes its time for a large
 * network: every parameter is zero. */
MlpNet  *recipe_make_zero_net    (const Recipe *recipe,
                                  gsize         n_inputs,
                                  gsize         n_outputs,
                                  GError      **error);

/**
 * recipe_make_net:
 * @recipe: a recipe
 * @n_inputs: n[0], of the data
 * @n_outputs: n[L], of the data
 * @error: return location for a #GError
 *
 * A network of that design with its first weights, drawn as the recipe says.
 *
 * Errors: those of mlp_net_new()
 */
MlpNet  *recipe_make_net         (const Recipe *recipe,
                                  gsize         n_inputs,
                                  gsize         n_outputs,
                                  GError      **error);

/**
 * recipe_check:
 * @recipe: a recipe
 * @set: (nullable): its data, where they are loaded
 * @option: (out) (optional): the training option that is wrong
 * @error: return location for a #GError
 *
 * Everything that can be known before the run: the shape of the network, its
 * loss with its output, its options, and with @set the split, whether the
 * targets suit the loss (classes or values), and whether the samples can be disturbed.
 */
gboolean recipe_check            (const Recipe *recipe,
                                  const DsSet  *set,
                                  MlpOption    *option,
                                  GError      **error);

/* A recipe worth starting from. */
typedef struct
{
  const char *id;             /* "course-mnist": on the command line */
  const char *title;          /* English; translated where it is shown (marked with N_) */
  const char *description;    /* one sentence, the same */
  gboolean    for_molecules;  /* it has a task of its own; the others are for pictures */
} RecipePreset;

/* (array length=n_presets) (transfer none): "course-mnist" (784-30-10 sigmoid, squared
 * error, rate 1.0, batch 10, 20 epochs, N(0,1)), "course-softmax" (the same with
 * softmax and cross-entropy), "default" (784-128-10 ReLU, Adam), "linear";
 * with augmentation "mnist-affine" and "mnist-elastic" (784-800-10);
 * for molecules "molecules", "course-qm9" (25-12-6-1), … */
const RecipePreset *recipe_get_presets (gsize *n_presets);

/**
 * recipe_apply_preset:
 * @recipe: (inout): its network and training become the preset's, and with one
 *   for molecules its task and its split; its data, seed and threads stay
 * @id: which
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_INVALID, with the names there are
 */
gboolean recipe_apply_preset     (Recipe       *recipe,
                                  const char   *id,
                                  GError      **error);

/**
 * recipe_fit:
 * @recipe: (inout): a recipe
 * @molecules: whether its data are molecules; else they are pictures
 *
 * Where its network and loss are for the other kind (softmax for values, an
 * unbounded output with squared error for classes), the recipe takes the first
 * preset of this kind, and divides the data as usual. Molecules are not augmented.
 *
 * Returns: whether something was changed
 */
gboolean recipe_fit              (Recipe       *recipe,
                                  gboolean      molecules);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Recipe, recipe_free)

G_END_DECLS
