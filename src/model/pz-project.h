/* pz-project.h: project: a recipe, its data and the runs that came of it, one of which is selected.
 *
 * Data flow one way. The forms show the recipe and send whole recipes back with
 * pz_project_edit(); the project checks, remembers for undo, and tells everyone
 * with "recipe-changed". Nothing else holds state of the recipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-metrics.h"
#include "core/net/mlp-split.h"
#include "model/pz-checkpoint.h"
#include "model/pz-data-loader.h"
#include "model/pz-net-view.h"
#include "model/pz-predictor.h"
#include "model/pz-run.h"
#include "model/pz-trainer.h"
#include "recipe/recipe-file.h"

G_BEGIN_DECLS

#define PZ_TYPE_PROJECT (pz_project_get_type ())

/* Properties, read-only, notified in the main thread:
 *   "dataset" (PzDataset, nullable)    the loader's, as are the next four
 *   "molecules" (boolean)              see pz_data_loader_has_molecules()
 *   "loading" (boolean), "load-fraction" (double)
 *   "load-error" (string, nullable)    translated sentence: why there are no data, or no others
 *   "trainer" (PzTrainer), "predictor" (PzPredictor)
 *   "runs" (GListStore of PzRun)       the newest last
 *   "run" (PzRun, nullable)            that is selected: a new one when it begins
 *   "file" (GFile, nullable), "title" (string), "modified" (boolean)
 *   "can-undo", "can-redo" (boolean)
 *   "problem" (string, nullable)       translated sentence: why Train cannot be pressed
 *   "can-train", "can-continue" (boolean)
 *
 * Signals:
 *   "recipe-changed"     another recipe: an edit, undo, redo, open
 *   "net-changed"        another run is selected, or other weights of it
 *   "tested"             the network was evaluated on the test samples
 *   "train-ended" (MlpStopReason end, const char *message)
 *                        a run ended; the message is NULL, or a translated
 *                        sentence that says why it ended badly
 *   "checkpoint-failed" (const char *message)
 *                        unsaved work could not be kept; said again only after it could; translated
 */
G_DECLARE_FINAL_TYPE (PzProject, pz_project, PZ, PROJECT, GObject)

/* The default recipe; nothing is loaded until pz_data_loader_load(). */
PzProject        *pz_project_new                (void);

/* --- the recipe --- */

/* (transfer none): valid until the next "recipe-changed" */
const Recipe     *pz_project_peek_recipe        (PzProject          *self);

/**
 * pz_project_edit:
 * @self: a project
 * @recipe: (transfer full): the new recipe
 * @what: (nullable): a static string: edits of the same @what within two
 *   seconds are one step of undo ("learning-rate"); %NULL: a step of its own
 *
 * A recipe equal to the present one changes nothing. Nonsense is taken too (the
 * form shows it): see pz_project_check(). If the source differs, or what is
 * learnt of molecules, the data are loaded; where images give way to molecules
 * or the other way round, the recipe gets a network that fits (recipe_fit()), as
 * part of the same step. While a run is on, edits are for the next run, but the learning rate
 * is also given to the running one.
 */
void              pz_project_edit               (PzProject          *self,
                                                 Recipe             *recipe,
                                                 const char         *what);
gboolean          pz_project_undo               (PzProject          *self);
gboolean          pz_project_redo               (PzProject          *self);

/* Whether the recipe can be run: recipe_check() with the data that are loaded.
 * @option: (out) (optional): the row to mark. Errors: translated */
gboolean          pz_project_check              (PzProject          *self,
                                                 MlpOption          *option,
                                                 GError            **error);

/* (nullable) (transfer none): why the layer's or split's row is wrong, by its
 * number from 0; translated */
const char       *pz_project_get_problem        (PzProject          *self);

/* --- the data --- */

/* Loads them, and says what becomes of it. */
PzDataLoader     *pz_project_get_loader         (PzProject          *self);

/* What the loader says. */
gboolean          pz_project_has_data           (PzProject          *self);
PzDataset        *pz_project_get_dataset        (PzProject          *self);
gboolean          pz_project_has_molecules      (PzProject          *self);
const MlpSplit   *pz_project_peek_split         (PzProject          *self);

/* n[0] and n[L] of the data, or 0 */
gsize             pz_project_get_n_inputs       (PzProject          *self);
gsize             pz_project_get_n_outputs      (PzProject          *self);

/* --- training --- */

PzTrainer        *pz_project_get_trainer        (PzProject          *self);
PzPredictor      *pz_project_get_predictor      (PzProject          *self);
GListModel       *pz_project_get_runs           (PzProject          *self);

/* (nullable) (transfer none): the selected one, whose network "net-changed", "tested" and all that follows are about */
PzRun            *pz_project_get_run            (PzProject          *self);

/* Selects another of the runs, also while one is training. */
void              pz_project_select_run         (PzProject          *self,
                                                 PzRun              *run);

/* A new network and a new run; nothing where "can-train" is false. */
void              pz_project_train              (PzProject          *self);

/* The network of the selected run goes on: a run that was interrupted does the rest of its epochs, any other as many
 * more as the recipe says. Where nothing but that number, the rate, patience or
 * threads were changed, moments and random numbers go on as well, also those of a file: to the
 * same bits as if it had not been interrupted. */
void              pz_project_continue           (PzProject          *self);
gboolean          pz_project_get_can_train      (PzProject          *self);
gboolean          pz_project_get_can_continue   (PzProject          *self);

/* (nullable) (transfer none): the network of the selected run; valid until the next "net-changed" */
const MlpNet     *pz_project_peek_net           (PzProject          *self);

/* What the network was trained on; fields are 0 or NULL without a network. */
const RecipeData *pz_project_peek_net_data      (PzProject          *self);

/* How the network sees the data that are loaded; only with a network. @view: (out): for pz_net_view_clear() */
void              pz_project_get_net_view       (PzProject          *self,
                                                 PzNetView          *view);

/**
 * pz_project_evaluate_async:
 * @part: which samples
 *
 * The network's figures on a part of the data, in a thread: the parts are those of its own
 * run, or where these are other data, of what it has seen and what not (recipe-seen.h).
 * Errors: %MLP_ERROR_SHAPE if network and data do not fit, %MLP_ERROR_INVALID if
 * the data have other features, targets or units than it learnt,
 * %G_IO_ERROR_NOT_FOUND if the part is empty; translated
 */
void              pz_project_evaluate_async     (PzProject          *self,
                                                 MlpPart             part,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
/* @parts: (out) (optional): what there is to say beside the figures */
gboolean          pz_project_evaluate_finish    (PzProject          *self,
                                                 GAsyncResult       *result,
                                                 MlpMetrics         *metrics,
                                                 RecipeParts        *parts,
                                                 GError            **error);

/* Whether the present network was evaluated on the test samples.
 * @metrics: (out) (optional): with this result */
gboolean          pz_project_get_tested         (PzProject          *self,
                                                 MlpMetrics         *metrics);

/* --- the file --- */

GFile            *pz_project_get_file           (PzProject          *self);
const char       *pz_project_get_title          (PzProject          *self);
gboolean          pz_project_get_modified       (PzProject          *self);

/* Writes recipe, network and history; on success the project's file is @file and
 * nothing is unsaved. Errors: translated; a network that cannot be written is kept elsewhere
 * (recipe_rescue()), and the message says where. */
void              pz_project_save_async         (PzProject          *self,
                                                 GFile              *file,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
gboolean          pz_project_save_finish        (PzProject          *self,
                                                 GAsyncResult       *result,
                                                 GError            **error);

/* Reads a file and becomes it: recipe, network, history; then loads its data.
 * Errors: translated; the project is then as it was. %G_IO_ERROR_BUSY while it
 * trains. */
void              pz_project_open_async         (PzProject          *self,
                                                 GFile              *file,
                                                 GCancellable       *cancellable,
                                                 GAsyncReadyCallback callback,
                                                 gpointer            user_data);
gboolean          pz_project_open_finish        (PzProject          *self,
                                                 GAsyncResult       *result,
                                                 GError            **error);

/* --- the checkpoint --- */

/**
 * pz_project_set_checkpoints:
 * @folder: (nullable): where checkpoints are kept; %NULL: none are
 * @n_epochs: a run is kept at each multiple of them; 0: only by pz_project_keep()
 * @interval: in µs: but no more often than that, and not before a run has lasted so long
 *
 * From the next run on. The checkpoint is removed when the project was saved with nothing unsaved
 * left, or becomes another one.
 */
void              pz_project_set_checkpoints    (PzProject          *self,
                                                 const char         *folder,
                                                 guint               n_epochs,
                                                 gint64              interval);

/* Keeps what is unsaved as it is now; of a run that is on after the batch at hand. */
void              pz_project_keep               (PzProject          *self);

/* Whether all that was to be kept is on the disk. */
gboolean          pz_project_is_kept            (PzProject          *self);

/* The person does not want what is unsaved, or there is nothing: removes the checkpoint. */
void              pz_project_discard_checkpoint (PzProject          *self);

/* Becomes what is in @checkpoint: unsaved and without a file; the checkpoint is the project's
 * from now on. @contents: (transfer full): of pz_checkpoint_find_finish(). Only while not training. */
void              pz_project_recover            (PzProject          *self,
                                                 PzCheckpoint       *checkpoint,
                                                 RecipeFile         *contents);

/* A new one with the default recipe; only while not training. */
void              pz_project_reset              (PzProject          *self);

/* For closing: cancels loads and runs. "busy" of the trainer falls when the
 * thread has ended. */
void              pz_project_shut_down          (PzProject          *self);

G_END_DECLS
