/* pz-molecule-area.h: rotatable molecule view.
 *
 * The mouse drags it around; with the keyboard the arrows turn it, Page Up and
 * Page Down roll it, Home sets it back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "molecules/mol-collection.h"
#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

#define PZ_TYPE_MOLECULE_AREA (pz_molecule_area_get_type ())

G_DECLARE_FINAL_TYPE (PzMoleculeArea, pz_molecule_area, PZ, MOLECULE_AREA, GtkWidget)

GtkWidget *pz_molecule_area_new (void);

/* Molecule @i of @molecules (nullable), to which a reference is taken; one
 * without places shows nothing. */
void pz_molecule_area_set_molecule (PzMoleculeArea *self,
                                    MolCollection  *molecules,
                                    gsize           i);

G_END_DECLS
