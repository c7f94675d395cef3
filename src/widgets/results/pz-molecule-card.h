/* pz-molecule-card.h: molecule card: structure, formula and predictions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "datasets/ds-set.h"
#include "model/pz-predictions.h"
#include "molecules/mol-collection.h"

G_BEGIN_DECLS

#define PZ_TYPE_MOLECULE_CARD (pz_molecule_card_get_type ())

G_DECLARE_FINAL_TYPE (PzMoleculeCard, pz_molecule_card, PZ, MOLECULE_CARD, GtkWidget)

GtkWidget *pz_molecule_card_new (void);

/**
 * pz_molecule_card_show:
 * @self: a card
 * @molecules: a reference is taken
 * @i: which of them
 * @task: what @predicted is of
 * @predicted: (array length=n_targets): in the units of the task
 * @extrapolates: (array length=n_targets): whether it is an extrapolation, which is said
 * @given: (array length=n_targets): the true values, NaN where they are not known
 * @n_targets: how many
 */
void pz_molecule_card_show (PzMoleculeCard *self,
                            MolCollection  *molecules,
                            gsize           i,
                            const DsTask   *task,
                            const float    *predicted,
                            const guint8   *extrapolates,
                            const double   *given,
                            gsize           n_targets);

/* A window with a card of sample @i of @predictions, which are of molecules; it
 * belongs to that of @parent, and closes with Escape. (transfer none) */
GtkWindow *pz_molecule_card_open_window (GtkWidget           *parent,
                                         const PzPredictions *predictions,
                                         gsize                i);

/* Escape closes @window. */
void pz_molecule_card_close_on_escape (GtkWindow *window);

G_END_DECLS
