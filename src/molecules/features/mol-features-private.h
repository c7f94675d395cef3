/* mol-features-private.h: the functions behind the table of features, each in
 * the file of its name. They write all of @x; where that holds numbers of several
 * kinds, …_BLOCKS are the lengths of those of one kind (mlp_samples_set_blocks()).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-atom-types-private.h"

G_BEGIN_DECLS

#define DS_COMPOSITION_LENGTH DS_N_ELEMENTS
void ds_feature_composition            (const DsMolecule *molecule,
                                        float            *x);

#define DS_COULOMB_EIGENVALUES_LENGTH DS_MAX_ATOMS
void ds_feature_coulomb_eigenvalues    (const DsMolecule *molecule,
                                        float            *x);

#define DS_COULOMB_EIGENVALUES_25_LENGTH 25
void ds_feature_coulomb_eigenvalues_25 (const DsMolecule *molecule,
                                        float            *x);

#define DS_COULOMB_MATRIX_LENGTH (DS_MAX_ATOMS * (DS_MAX_ATOMS + 1) / 2)
void ds_feature_coulomb_matrix         (const DsMolecule *molecule,
                                        float            *x);

#define DS_COULOMB_SPECTRA_MOST 8         /* p = 1, 2, 4, 8 */
#define DS_COULOMB_SPECTRA_PARTS 5
#define DS_COULOMB_SPECTRA_PART 9         /* eigenvalues of a part without H */
#define DS_COULOMB_SPECTRA_POWER (DS_MAX_ATOMS + 4 * DS_COULOMB_SPECTRA_PART)
#define DS_COULOMB_SPECTRA_LENGTH (4 * DS_COULOMB_SPECTRA_POWER)
#define DS_COULOMB_SPECTRA_BLOCKS DS_COULOMB_SPECTRA_POWER, DS_COULOMB_SPECTRA_POWER, \
                                  DS_COULOMB_SPECTRA_POWER, DS_COULOMB_SPECTRA_POWER
void ds_feature_coulomb_spectra        (const DsMolecule *molecule,
                                        float            *x);

#define DS_BAG_OF_BONDS_LENGTH 1081
void ds_feature_bag_of_bonds           (const DsMolecule *molecule,
                                        float            *x);

#define DS_PAIR_BINS 24
#define DS_PAIR_HISTOGRAMS_LENGTH (DS_N_ELEMENTS + DS_N_PAIRS * DS_PAIR_BINS)
#define DS_PAIR_HISTOGRAMS_BLOCKS DS_N_ELEMENTS, DS_N_PAIRS * DS_PAIR_BINS
void ds_feature_pair_histograms        (const DsMolecule *molecule,
                                        float            *x);

/* Kinds of angles: C, N or O in the middle, any two elements at the ends; kinds
 * of chains of four: six pairs of C, N, O in the middle, 15 kinds of ends where
 * the two are equal and 25 where they are not. */
#define DS_HDAD_ANGLES (3 * DS_N_PAIRS)
#define DS_HDAD_ANGLE_BINS 13
#define DS_HDAD_DIHEDRALS (3 * DS_N_PAIRS + 3 * DS_N_ELEMENTS * DS_N_ELEMENTS)
#define DS_HDAD_DIHEDRAL_BINS 7
#define DS_HDAD_LENGTH (DS_PAIR_HISTOGRAMS_LENGTH + DS_HDAD_ANGLES * DS_HDAD_ANGLE_BINS + \
                        DS_HDAD_DIHEDRALS * DS_HDAD_DIHEDRAL_BINS)
#define DS_HDAD_BLOCKS DS_PAIR_HISTOGRAMS_BLOCKS, DS_HDAD_ANGLES * DS_HDAD_ANGLE_BINS, \
                       DS_HDAD_DIHEDRALS * DS_HDAD_DIHEDRAL_BINS
void ds_feature_hdad                   (const DsMolecule *molecule,
                                        float            *x);

#define DS_ORBITALS_LEVELS 8
#define DS_ORBITALS_BINS 10
#define DS_ORBITALS_LEVEL_BINS 12
#define DS_ORBITALS_LENGTH (2 * DS_ORBITALS_LEVELS + 3 + 3 + 5 + 3 * DS_N_KINDS + 2 * (DS_N_KINDS + 1) + \
                            2 * DS_N_PAIRS + (DS_N_PAIRS + DS_N_ELEMENTS) * DS_ORBITALS_BINS + \
                            2 * DS_N_ELEMENTS * DS_ORBITALS_LEVEL_BINS)

/* Levels; gap, its logarithm, sum; polarisability, anisotropy, moment; dipoles,
 * their squares; per kind q, q², v²; HOMO, LUMO; n, n²; and the histograms. */
#define DS_ORBITALS_BLOCKS 2 * DS_ORBITALS_LEVELS, 1, 1, 1, 2, 1, 3, 2, \
                           DS_N_KINDS, DS_N_KINDS, DS_N_KINDS, DS_N_KINDS + 1, DS_N_KINDS + 1, \
                           DS_N_PAIRS, DS_N_PAIRS, DS_N_PAIRS * DS_ORBITALS_BINS, \
                           DS_N_ELEMENTS * DS_ORBITALS_BINS, \
                           DS_N_ELEMENTS * DS_ORBITALS_LEVEL_BINS, DS_N_ELEMENTS * DS_ORBITALS_LEVEL_BINS
void ds_feature_orbitals               (const DsMolecule *molecule,
                                        float            *x);

#define DS_HDAD_ORBITALS_LENGTH (DS_HDAD_LENGTH + DS_ORBITALS_LENGTH)
void ds_feature_hdad_orbitals          (const DsMolecule *molecule,
                                        float            *x);

G_END_DECLS
