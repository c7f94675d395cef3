/* recipe-file.h: .perz file: a network, its recipe and its history.
 *
 * The layout is that of safetensors: eight bytes, the length N of the header
 * as a little-endian integer; N bytes of JSON; then the tensors, little-endian
 * float32. The header maps "layers.1.weight" (shape [n[l], n[l-1]]),
 * "layers.1.bias", … to their place, for a network that takes standardised values
 * also "scaler.input.mean", "scaler.input.deviation", "scaler.output.mean" and
 * "scaler.output.deviation", the ranges of the training samples "scaler.input.low",
 * "scaler.input.high", "scaler.output.low" and "scaler.output.high" (and with a linear
 * path "scaler.linear", shape [n[L], n[0]]), for one that knows what its training pictures look like
 * (mlp-novelty.h) "novelty.mean" ([n[L], n[0]]), "novelty.axes" ([n[L] · rank, n[0]]) and
 * "novelty.limits" ([2]), for one whose training samples are known (recipe-seen.h)
 * "samples.train" and "samples.validation" (type U8, [n, 8]: little-endian hashes, strictly
 * increasing; not there where n is 0), for one whose training can be continued the moments of
 * the optimizer, "optimizer.moments.1.layers.1.weight", … (of Adam also 2; the shapes of the
 * layers), where the network is the best one also the weights of the last step,
 * "training.last.layers.1.weight", …, and "training.order" (type I32: the training samples as
 * the present epoch takes them, as indices into the data), and "__metadata__" to strings:
 *
 *   format          "perzeptron"
 *   version         "2"
 *   recipe          JSON: the recipe
 *   trained         JSON: the recipe that the network was trained with, where that is
 *                   another one
 *   network         JSON: the number of inputs and the layers of the tensors,
 *                   which may be those of an earlier recipe; whether there are a
 *                   scaler, its ranges, its linear path; the rank of the novelty; only with tensors
 *   training        JSON: the state of a training that can be continued (mlp-training-state.h):
 *                   epochs done and samples of the next one, their loss, steps, rate, what the
 *                   schedule was planned for, early stopping, random numbers (64 hexadecimal digits
 *                   each), how many moments and training samples there are, whether there are
 *                   weights of the last step; only with a network
 *   data            JSON: name, identity, widths, picture size, class names, scale,
 *                   of molecules the task, how many samples were added; how many were
 *                   seen in training and validation, and whether these are all; whether
 *                   pictures fill their frame
 *   history         JSON: the epochs, the best one; of more than RECIPE_FILE_MAX_EPOCHS the first,
 *                   the best, the last, and those whose number is a multiple of 2, 4, 8, …
 *   units           JSON: of inputs and outputs
 *   program         "Perzeptron 0.1.0"
 *   checked         the names of the metadata that the checksum covers, sorted, with
 *                   spaces between them: all but itself and the checksum
 *   checksum        SHA-256 in hex over "checked" and those that it names, in this order,
 *                   each as its name, a line end, its value, a line end; and then
 *                   over the tensors in the order of their names' bytes, each as its
 *                   name, its type and its numbers of rows and columns (0: a vector) with
 *                   spaces between them, a line end, its bytes
 *
 * Any safetensors reader opens it, and what another program writes of it again (tensors and
 * metadata in another order, further metadata) is read.
 *
 * Version 1 has no "trained", no "training", no "checked" and no "samples" tensors; its checksum is over all
 * other metadata in the order of their names' bytes, each as above, and then over the
 * bytes of the tensors as they lie. It is read forever.
 *
 * Whoever computes with the tensors limits an input x first, as was done in training:
 * x = min (max (x, low − half), high + half), half = (high − low) / 2; then
 * (x − mean) / deviation. An output outside such limits of its own is an
 * extrapolation. Files of before ranges were kept get wide ones when they are read,
 * and those of molecules inputs of next to no deviation are held at their mean
 * (mlp_scaler_new_floored()).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "recipe/recipe-data.h"
#include "recipe/recipe-seen.h"
#include "recipe/recipe.h"

G_BEGIN_DECLS

/* That a file has at most: each takes 200 bytes in it, and 2,000 while it is read. */
#define RECIPE_FILE_MAX_EPOCHS 100000

typedef struct
{
  Recipe     *recipe;
  RecipeData  data;
  MlpNet     *net;          /* (nullable): not trained yet */
  Recipe     *trained;      /* (nullable): that @net was trained with; NULL: @recipe, as far as is known */
  MlpTrainingState *state;  /* (nullable): that @net's training is continued from */
  GArray     *epochs;       /* of MlpEpoch; the history */
  guint       best_epoch;   /* 0 where there is none */
} RecipeFile;

/**
 * recipe_file_new:
 * @recipe: what the form says
 * @set: (nullable): the data; %NULL where they could not be had
 * @net: (nullable): what was trained; fits the widths of @set, but its hidden
 *   layers may be those of an earlier recipe
 * @epochs: (nullable) (array length=n_epochs): its history
 * @n_epochs: how many
 * @best_epoch: the best of them, or 0
 *
 * Takes nothing over: all is copied.
 */
RecipeFile *recipe_file_new   (const Recipe   *recipe,
                               const DsSet    *set,
                               const MlpNet   *net,
                               const MlpEpoch *epochs,
                               gsize           n_epochs,
                               guint           best_epoch);
void        recipe_file_free  (RecipeFile     *file);

/* (transfer none): what the network was trained with, as far as is known */
const Recipe *recipe_file_peek_trained (const RecipeFile *file);

/**
 * recipe_file_divide:
 * @file: with a network
 * @set: the data to score it on
 *
 * recipe_seen_divide() with what the file knows: its samples, its data, the split of
 * its training.
 */
MlpSplit *recipe_file_divide (const RecipeFile *file,
                              const DsSet      *set,
                              RecipeParts      *parts,
                              GError          **error);

/**
 * recipe_file_save:
 * @file: what to save
 * @path: where
 * @error: return location for a #GError
 *
 * As io_replace(): a crash or a full disk leaves the old file as it was. Blocks.
 *
 * Errors: %MLP_ERROR_OPEN
 */
gboolean    recipe_file_save  (const RecipeFile *file,
                               const char       *path,
                               GError          **error);

/**
 * recipe_file_load:
 * @path: a .perz file
 * @error: return location for a #GError
 *
 * Every length is checked before anything is allocated. Blocks.
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED,
 * %MLP_ERROR_SHAPE
 */
RecipeFile *recipe_file_load  (const char       *path,
                               GError          **error);

/* The same from memory, for tests and fuzzing; @name stands in messages. */
RecipeFile *recipe_file_parse (const char       *name,
                               const guint8     *bytes,
                               gsize             n_bytes,
                               GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RecipeFile, recipe_file_free)

G_END_DECLS
