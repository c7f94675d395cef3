/* pz-project-private.h: internals of the project.
 *
 * pz-project.c has the object, pz-project-run.c training and evaluation, pz-project-file.c the file,
 * pz-project-checkpoint.c the checkpoints.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-split.h"
#include "model/pz-checkpoint.h"
#include "model/pz-data-loader.h"
#include "model/pz-project.h"
#include "model/pz-recipe-history.h"

G_BEGIN_DECLS

/* A run that waits for data. */
typedef enum
{
  PZ_PENDING_NONE,
  PZ_PENDING_TRAIN,
  PZ_PENDING_CONTINUE,
} PzPendingRun;

struct _PzProject
{
  GObject        parent_instance;

  PzRecipeHistory *recipes;

  PzDataLoader  *loader;
  PzPendingRun   pending_run;       /* when what is added to the data is loaded again */

  /* The network: of the trainer, or of a file. */
  PzTrainer     *trainer;
  PzPredictor   *predictor;
  GListStore    *runs;
  gboolean       has_net;
  MlpNet        *file_net;          /* (nullable): NULL, the trainer has it */
  MlpTrainingState *file_state;     /* (nullable): that its training is continued from */
  RecipeData     net_data;
  Recipe        *net_recipe;        /* (nullable): that it was trained with */
  PzHistory     *history;           /* (nullable): of the network */
  Recipe        *run_recipe;        /* (nullable): that the trainer's last run was started with */
  guint          n_nets;            /* counts networks, from 1 */
  guint          tested_net;        /* of which of them is … */
  MlpMetrics     test_metrics;      /* … what it does on the test samples */
  MlpSamples    *run_samples;       /* (nullable): and its data */

  /* The file. */
  GFile         *file;              /* (nullable) */
  char          *title;
  char          *rescued;           /* (nullable): a copy of what could not be saved, until it is */
  gboolean       modified;
  guint          n_changes;         /* counts what a save would have to write */
  guint          n_projects;        /* counts what this was, one after the other: a save is of one of them */
  guint          n_openings;        /* counts what was asked for: only the newest is opened */

  /* The checkpoint. */
  char          *checkpoint_folder; /* (nullable): where it would be; NULL: none is kept */
  PzCheckpoint  *checkpoint;        /* (nullable) */
  gboolean       keeping;           /* the run was asked for its state, to be kept */
  GPtrArray     *waiting_saves;     /* (nullable): of GTask: saves that wait for the run's state */

  /* What follows from all that. */
  char          *problem;           /* (nullable) */
  gboolean       can_train;
  gboolean       can_continue;
};

enum {
  PZ_PROJECT_PROP_0,
  PZ_PROJECT_PROP_DATASET,
  PZ_PROJECT_PROP_MOLECULES,
  PZ_PROJECT_PROP_LOADING,
  PZ_PROJECT_PROP_LOAD_FRACTION,
  PZ_PROJECT_PROP_LOAD_ERROR,
  PZ_PROJECT_PROP_TRAINER,
  PZ_PROJECT_PROP_PREDICTOR,
  PZ_PROJECT_PROP_RUNS,
  PZ_PROJECT_PROP_FILE,
  PZ_PROJECT_PROP_TITLE,
  PZ_PROJECT_PROP_MODIFIED,
  PZ_PROJECT_PROP_CAN_UNDO,
  PZ_PROJECT_PROP_CAN_REDO,
  PZ_PROJECT_PROP_PROBLEM,
  PZ_PROJECT_PROP_CAN_TRAIN,
  PZ_PROJECT_PROP_CAN_CONTINUE,
  PZ_PROJECT_N_PROPS
};

void pz_project_notify (PzProject *self,
                        guint      property);

/* Works out "problem", "can-train" and "can-continue" again. */
void     pz_project_update_state (PzProject *self);

/* There is something to save, or nothing any more. */
void     pz_project_set_modified (PzProject *self,
                                  gboolean   modified);

/* Whether the data of the network and those that are loaded are the same to learn,
 * apart from their widths. */
gboolean pz_project_data_fit_net (PzProject *self);

/* Another network: tells the predictor and everyone. */
void pz_project_net_changed (PzProject *self);

/* @net: (transfer full) (nullable); @history: (nullable): its past. Where @net
 * is NULL there is no network, or the trainer has it: @has_net. */
void pz_project_set_net (PzProject *self,
                         gboolean   has_net,
                         MlpNet    *net,
                         PzHistory *history);

/* The signals, for the parts that cannot name them by number. */
void pz_project_emit_tested (PzProject *self);
void pz_project_emit_train_ended (PzProject    *self,
                                  MlpStopReason end,
                                  const char   *message);
void pz_project_emit_checkpoint_failed (PzProject  *self,
                                        const char *message);

void pz_project_set_file (PzProject *self,
                          GFile     *file);

/* The checkpoint's part of what happens: the run ended; there is a state of it. */
void pz_project_checkpoint_run_ended (PzProject        *self);
void pz_project_on_checkpoint        (PzProject        *self);

/* (transfer full): everything there is to keep, copied */
RecipeFile *pz_project_make_contents    (PzProject        *self);

/* The same with this network and the history up to @epoch: of a run that is on. */
RecipeFile *pz_project_make_contents_of (PzProject        *self,
                                         const MlpNet     *net,
                                         MlpTrainingState *state,
                                         guint             epoch);

/* Becomes what a file says. @file: (nullable): its place; parts of @contents are taken */
void pz_project_apply_file           (PzProject        *self,
                                      GFile            *file,
                                      RecipeFile       *contents);

/* Saves that waited for the state of a run. @contents: (nullable): of it; NULL: it has ended */
void pz_project_start_waiting_saves  (PzProject        *self,
                                      const RecipeFile *contents);

/* Frees what @to has. */
void pz_project_copy_data (RecipeData       *to,
                           const RecipeData *from);

G_END_DECLS
