/* pz-molecule-answer.h: prediction of a molecule outside the project's data.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-net.h"
#include "molecules/mol-list.h"
#include "recipe/recipe-data.h"

G_BEGIN_DECLS

/* A longer file is no molecule. */
#define PZ_MOLECULE_MAX_SIZE (1024 * 1024)

typedef struct
{
  MolList *list;        /* at least one, each of them answered; and what could not be read */
  DsTask   task;        /* of the network: what @h is */
  gsize    n_targets;
  float   *h;           /* n_targets × list->n: predicted, in the units of the task */
  guint8  *extrapolates;   /* n_targets × list->n: as mlp_regression_metrics_predict() says */
  double  *given;       /* n_targets × list->n: what the source says itself; NaN where it does not */
} PzMoleculeAnswer;

void              pz_molecule_answer_free      (PzMoleculeAnswer *answer);

/**
 * pz_molecule_answer_from_text:
 * @net: (nullable): which is asked
 * @data: what it was trained on
 * @name: what the text is called, for messages
 * @text: molecules, as mol_list_read() takes them
 *
 * Reads the molecules, makes the features that the network learnt from, and asks it. For any thread.
 *
 * Errors: those of mol_list_read(), or why the first could not be read where none could; those of
 * mol_features_compute(); %G_IO_ERROR_NOT_FOUND without a network, or with one
 * that has not learnt from molecules; all are sentences for people. Returns: (transfer full) (nullable)
 */
PzMoleculeAnswer *pz_molecule_answer_from_text (const MlpNet     *net,
                                                const RecipeData *data,
                                                const char       *name,
                                                const char       *text,
                                                GError          **error);

/* The same of a file or a folder, as mol_list_open() takes it. Errors besides: those of
 * reading it; %MLP_ERROR_TOO_LARGE. */
PzMoleculeAnswer *pz_molecule_answer_from_file (const MlpNet     *net,
                                                const RecipeData *data,
                                                GFile            *file,
                                                GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzMoleculeAnswer, pz_molecule_answer_free)

G_END_DECLS
