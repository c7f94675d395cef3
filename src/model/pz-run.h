/* pz-run.h: run: the recipe, the data, the history, the network and the test results of one training.
 *
 * A run has its weights itself, or the trainer has them: while it trains the run, and until it
 * trains another.
 *
 * Everything here belongs to the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-metrics.h"
#include "model/pz-history.h"
#include "model/pz-net-view.h"
#include "model/pz-trainer.h"
#include "recipe/recipe-file.h"

G_BEGIN_DECLS

#define PZ_TYPE_RUN (pz_run_get_type ())

/* Signal "net-changed": other weights. */
G_DECLARE_FINAL_TYPE (PzRun, pz_run, PZ, RUN, GObject)

/* A look at the test set. */
typedef struct
{
  guint      epoch;         /* how many the run had done */
  gint64     time;          /* µs since 1970 */
  MlpMetrics metrics;
} PzTestLook;

/* A run without weights. @recipe: that it trains with; @data: on which data, both copied; @history: its epochs */
PzRun            *pz_run_new                (const Recipe     *recipe,
                                             const RecipeData *data,
                                             PzHistory        *history);

/* (transfer none): valid until the run is extended */
const Recipe     *pz_run_peek_recipe        (PzRun            *self);
const RecipeData *pz_run_peek_data          (PzRun            *self);
PzHistory        *pz_run_get_history        (PzRun            *self);

/* --- the weights --- */

/* (nullable) (transfer none): valid until the next "net-changed" */
const MlpNet     *pz_run_peek_net           (PzRun            *self);

/* Counts its networks: other weights, another number. */
guint             pz_run_get_net_number     (PzRun            *self);

/* Weights of its own. @net: (transfer full); @state: (transfer full) (nullable): that its training is continued from */
void              pz_run_set_net            (PzRun            *self,
                                             MlpNet           *net,
                                             MlpTrainingState *state);

/* From now on the trainer, which is about to start, has its weights, and trains on @samples; its own are freed. */
void              pz_run_enter_trainer      (PzRun            *self,
                                             PzTrainer        *trainer,
                                             MlpSamples       *samples);

/* Takes its weights out of the trainer, which is about to train another run. What else its training could
 * be continued from is let go. */
void              pz_run_leave_trainer      (PzRun            *self);

/* --- going on with it --- */

/* It goes on with another recipe and other data, both copied. */
void              pz_run_extend             (PzRun            *self,
                                             const Recipe     *recipe,
                                             const RecipeData *data);

/* Whether @set: (nullable) has the features, targets and units that the network has learnt; widths
 * are not compared. */
gboolean          pz_run_has_learnt         (PzRun            *self,
                                             const DsSet      *set);

/* Whether the network is of the shape of @recipe for @set: (nullable). */
gboolean          pz_run_fits               (PzRun            *self,
                                             const Recipe     *recipe,
                                             const DsSet      *set);

/* Whether epochs with @recipe on @set belong to its curve, where its training cannot be continued: it has
 * weights of its own, and loss, split and data are the same. */
gboolean          pz_run_keeps_curve        (PzRun            *self,
                                             const Recipe     *recipe,
                                             const DsSet      *set);

/* Whether the trainer can simply go on: it has this run, and @recipe and @set differ in nothing
 * that it could not take. */
gboolean          pz_run_is_in_trainer      (PzRun            *self,
                                             const Recipe     *recipe,
                                             const DsSet      *set);

/* An interrupted run does the rest of its epochs, any other as many as @recipe says. */
guint             pz_run_count_epochs_to_do (PzRun            *self,
                                             const Recipe     *recipe);

/**
 * pz_run_dup_state:
 * @recipe: that it is to go on with
 * @set: on which data
 * @split: and which of their samples
 * @net: (out) (transfer full) (nullable): the network to go on with
 *
 * Returns: (transfer full) (nullable): the state of its training; %NULL, and no network, where the recipe differs
 *   in more than epochs, rate, patience and threads, or the data do, or there is none
 */
MlpTrainingState *pz_run_dup_state          (PzRun            *self,
                                             const Recipe     *recipe,
                                             const DsSet      *set,
                                             const MlpSplit   *split,
                                             MlpNet          **net);

/* --- its figures --- */

/* How its network sees the data @set: (nullable). @view: (out): for pz_net_view_clear() */
void              pz_run_get_net_view       (PzRun            *self,
                                             const DsSet      *set,
                                             PzNetView        *view);

/* The test set was looked at with the network of this number. */
void              pz_run_add_test_look      (PzRun            *self,
                                             guint             net_number,
                                             const MlpMetrics *metrics);

/* The test set is another one: no result is of the present network any more. */
void              pz_run_forget_test        (PzRun            *self);

/* Whether the present network was tested. @metrics: (out) (optional): with this result */
gboolean          pz_run_get_tested         (PzRun            *self,
                                             MlpMetrics       *metrics);

/* (array length=n_looks) (transfer none): all, the oldest first; valid until the next */
const PzTestLook *pz_run_peek_test_looks    (PzRun            *self,
                                             guint            *n_looks);

/* --- the file --- */

/**
 * pz_run_make_file:
 * @draft: the recipe of the form
 *
 * Everything there is to keep, copied; see pz_run_make_file_of().
 *
 * Returns: (transfer full): a run without a network gives a file without one
 */
RecipeFile       *pz_run_make_file          (PzRun            *self,
                                             const Recipe     *draft);

/* The same with this network, the state of its training: (nullable) and the history up to @epoch: of a run that
 * is on. %G_MAXUINT: up to its end */
RecipeFile       *pz_run_make_file_of       (PzRun            *self,
                                             const Recipe     *draft,
                                             const MlpNet     *net,
                                             MlpTrainingState *state,
                                             guint             epoch);

G_END_DECLS
