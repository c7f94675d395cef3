/* mol-features.h: molecular features: the table of descriptors.
 *
 * A feature is a function of one molecule alone, of fixed length, and does not
 * depend on how the molecule is turned or its atoms are numbered. A new one is
 * one file (mol-feature-….c) and one row of the table in mol-features.c.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-progress.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

typedef struct
{
  const char *id;               /* "coulomb-eigenvalues": in files and on the command line */
  const char *title;            /* English, marked with N_ */
  const char *explanation;      /* one line, English, marked with N_ */
  const char *paper;            /* "Rupp et al., Phys. Rev. Lett. 108, 058301 (2012)"; "" where there is none */
  gsize       length;           /* floats */
  guint       version;          /* raised when its numbers change: files of old caches are then made anew */
  gboolean    needs_geometry;   /* FALSE: the formula is enough */

  /* As mlp_samples_set_blocks() takes them: numbers of one kind and unit */
  const guint *blocks;

  /* Writes all of @x[length]; every value is finite. Thread: any. */
  void      (*compute) (const MolMolecule *molecule,
                        float            *x);
} MolFeature;

/* (array length=n_features) (transfer none): the table */
const MolFeature *mol_features_get_all (gsize               *n_features);

/* (nullable) (transfer none): by id. Errors: %MLP_ERROR_INVALID, with the ids
 * there are */
const MolFeature *mol_features_find    (const char          *id,
                                        GError             **error);

/**
 * mol_features_compute:
 * @feature: a row of the table
 * @molecules: molecules; with geometry where the feature needs it
 * @progress: (nullable): told now and then, in the calling thread
 * @user_data: for @progress
 * @error: return location for a #GError
 *
 * The feature of every molecule, by all processors (niced threads, joined
 * before it returns; the result does not depend on their number).
 *
 * Errors: %MLP_ERROR_CANCELLED, %MLP_ERROR_TOO_LARGE, %MLP_ERROR_INVALID if
 * the feature needs places of atoms and there are none
 *
 * Returns: (transfer full) (nullable): length × n floats, a molecule after the
 *   other, to be freed with g_free()
 */
float            *mol_features_compute (const MolFeature    *feature,
                                        const MolCollection *molecules,
                                        IoProgressFunc       progress,
                                        gpointer             user_data,
                                        GError             **error);

/* The same of the molecules @items (array length=n_items), in that order. */
float *mol_features_compute_items (const MolFeature    *feature,
                                   const MolCollection *molecules,
                                   const guint32       *items,
                                   gsize                n_items,
                                   IoProgressFunc       progress,
                                   gpointer             user_data,
                                   GError             **error);

G_END_DECLS
