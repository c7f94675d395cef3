/* pz-project-private.h: internals of the project.
 *
 * pz-project.c has the object, pz-project-run.c training, pz-project-evaluate.c evaluation, pz-project-file.c the
 * file, pz-project-checkpoint.c the checkpoints.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-split.h"
#include "model/pz-checkpoint.h"
#include "model/pz-data-loader.h"
#include "model/pz-project.h"
#include "model/pz-recipe-history.h"
#include "model/pz-run.h"

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

  /* The runs. */
  PzTrainer     *trainer;
  PzPredictor   *predictor;
  GListStore    *runs;              /* of PzRun */
  PzRun         *run;               /* (nullable): that is selected */
  GSignalGroup  *run_signals;       /* of it */
  PzRun         *trained;           /* (nullable): that the trainer has */

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
  PZ_PROJECT_PROP_RUN,
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

/* (nullable): the set that is loaded */
const DsSet *pz_project_peek_set (PzProject *self);

/* Another network is shown, or none: tells the predictor and everyone. */
void pz_project_net_changed (PzProject *self);

/* Shows @run: (nullable). Whoever calls tells of it with pz_project_net_changed(), or the trainer will. */
void pz_project_set_run (PzProject *self,
                         PzRun     *run);

/* No runs any more; only while not training. */
void pz_project_clear_runs (PzProject *self);

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

/* (transfer full): everything there is to keep, copied: the recipe, its data and the selected run */
RecipeFile *pz_project_make_contents    (PzProject        *self);

/* Becomes what a file says. @file: (nullable): its place; parts of @contents are taken */
void pz_project_apply_file           (PzProject        *self,
                                      GFile            *file,
                                      RecipeFile       *contents);

/* Saves that waited for the state of a run. @contents: (nullable): of it; NULL: it has ended */
void pz_project_start_waiting_saves  (PzProject        *self,
                                      const RecipeFile *contents);

G_END_DECLS
