/* pz-molecule-answer.h: asks the project's network about a molecule that is not
 * among its data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-project.h"

G_BEGIN_DECLS

/* A longer file is no molecule. */
#define PZ_MOLECULE_MAX_SIZE (1024 * 1024)

typedef struct
{
  DsMolecules *molecules;      /* at least one: the first is the one that was asked about */
  DsTask       task;           /* of the network: what @h is */
  gsize        n_targets;
  float       *h;              /* n_targets: predicted, in the units of the task */
  guint8      *extrapolates;   /* n_targets: as mlp_predict() says */
  double      *given;          /* n_targets: what the text says itself; NaN where it does not */
} PzMoleculeAnswer;

void              pz_molecule_answer_free (PzMoleculeAnswer *answer);

/**
 * pz_molecule_ask_text_async:
 * @project: whose network
 * @name: what the text is called, for messages
 * @text: a molecule, as ds_molecules_read_text() takes it
 * @callback: called in the main thread
 * @user_data: for @callback
 *
 * Reads the molecule, makes the features that the network learnt from, and asks
 * it, in a thread.
 *
 * Errors, from finish: those of ds_molecules_read_text() and
 * ds_features_compute(); %G_IO_ERROR_NOT_FOUND without a network, or with one
 * that has not learnt from molecules; all are sentences for people
 */
void              pz_molecule_ask_text_async (PzProject          *project,
                                              const char         *name,
                                              const char         *text,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);

/* The same of a file. Errors besides: those of reading it. */
void              pz_molecule_ask_file_async (PzProject          *project,
                                              GFile              *file,
                                              GAsyncReadyCallback callback,
                                              gpointer            user_data);

/* Returns: (transfer full) (nullable) */
PzMoleculeAnswer *pz_molecule_ask_finish (PzProject    *project,
                                          GAsyncResult *result,
                                          GError      **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzMoleculeAnswer, pz_molecule_answer_free)

G_END_DECLS
