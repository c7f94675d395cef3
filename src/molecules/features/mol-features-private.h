/* mol-features-private.h: the functions behind the table of features, each in
 * the file of its name. They write all of @x; where that holds numbers of several
 * kinds, …_BLOCKS are the lengths of those of one kind (mlp_samples_set_blocks()).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-atom-types-private.h"
#include "molecules/mol-element.h"

G_BEGIN_DECLS

#define MOL_COMPOSITION_LENGTH MOL_N_ELEMENTS
void mol_feature_composition            (const MolMolecule *molecule,
                                         float             *x);

#define MOL_COULOMB_EIGENVALUES_LENGTH MOL_MAX_ATOMS
void mol_feature_coulomb_eigenvalues    (const MolMolecule *molecule,
                                         float             *x);

#define MOL_COULOMB_EIGENVALUES_25_LENGTH 25
void mol_feature_coulomb_eigenvalues_25 (const MolMolecule *molecule,
                                         float             *x);

#define MOL_COULOMB_MATRIX_LENGTH (MOL_MAX_ATOMS * (MOL_MAX_ATOMS + 1) / 2)
void mol_feature_coulomb_matrix         (const MolMolecule *molecule,
                                         float             *x);

#define MOL_COULOMB_SPECTRA_MOST 8         /* p = 1, 2, 4, 8 */
#define MOL_COULOMB_SPECTRA_PARTS 5
#define MOL_COULOMB_SPECTRA_PART 9         /* eigenvalues of a part without H */
#define MOL_COULOMB_SPECTRA_POWER (MOL_MAX_ATOMS + 4 * MOL_COULOMB_SPECTRA_PART)
#define MOL_COULOMB_SPECTRA_LENGTH (4 * MOL_COULOMB_SPECTRA_POWER)
#define MOL_COULOMB_SPECTRA_BLOCKS MOL_COULOMB_SPECTRA_POWER, MOL_COULOMB_SPECTRA_POWER, \
                                  MOL_COULOMB_SPECTRA_POWER, MOL_COULOMB_SPECTRA_POWER
void mol_feature_coulomb_spectra        (const MolMolecule *molecule,
                                         float             *x);

#define MOL_BAG_OF_BONDS_LENGTH 1081
void mol_feature_bag_of_bonds           (const MolMolecule *molecule,
                                         float             *x);

#define MOL_PAIR_BINS 24
#define MOL_PAIR_HISTOGRAMS_LENGTH (MOL_N_ELEMENTS + MOL_N_PAIRS * MOL_PAIR_BINS)
#define MOL_PAIR_HISTOGRAMS_BLOCKS MOL_N_ELEMENTS, MOL_N_PAIRS * MOL_PAIR_BINS
void mol_feature_pair_histograms        (const MolMolecule *molecule,
                                         float             *x);

/* Kinds of angles: C, N or O in the middle, any two elements at the ends; kinds
 * of chains of four: six pairs of C, N, O in the middle, 15 kinds of ends where
 * the two are equal and 25 where they are not. */
#define MOL_HDAD_ANGLES (3 * MOL_N_PAIRS)
#define MOL_HDAD_ANGLE_BINS 13
#define MOL_HDAD_DIHEDRALS (3 * MOL_N_PAIRS + 3 * MOL_N_ELEMENTS * MOL_N_ELEMENTS)
#define MOL_HDAD_DIHEDRAL_BINS 7
#define MOL_HDAD_LENGTH (MOL_PAIR_HISTOGRAMS_LENGTH + MOL_HDAD_ANGLES * MOL_HDAD_ANGLE_BINS + \
                        MOL_HDAD_DIHEDRALS * MOL_HDAD_DIHEDRAL_BINS)
#define MOL_HDAD_BLOCKS MOL_PAIR_HISTOGRAMS_BLOCKS, MOL_HDAD_ANGLES * MOL_HDAD_ANGLE_BINS, \
                       MOL_HDAD_DIHEDRALS * MOL_HDAD_DIHEDRAL_BINS
void mol_feature_hdad                   (const MolMolecule *molecule,
                                         float             *x);

#define MOL_ORBITALS_LEVELS 8
#define MOL_ORBITALS_BINS 10
#define MOL_ORBITALS_LEVEL_BINS 12
#define MOL_ORBITALS_LENGTH (2 * MOL_ORBITALS_LEVELS + 3 + 3 + 5 + 3 * MOL_N_ATOM_TYPES + 2 * (MOL_N_ATOM_TYPES + 1) + \
                            2 * MOL_N_PAIRS + (MOL_N_PAIRS + MOL_N_ELEMENTS) * MOL_ORBITALS_BINS + \
                            2 * MOL_N_ELEMENTS * MOL_ORBITALS_LEVEL_BINS)

/* Levels; gap, its logarithm, sum; polarisability, anisotropy, moment; dipoles,
 * their squares; per kind q, q², v²; HOMO, LUMO; n, n²; and the histograms. */
#define MOL_ORBITALS_BLOCKS 2 * MOL_ORBITALS_LEVELS, 1, 1, 1, 2, 1, 3, 2, \
                           MOL_N_ATOM_TYPES, MOL_N_ATOM_TYPES, MOL_N_ATOM_TYPES, MOL_N_ATOM_TYPES + 1, MOL_N_ATOM_TYPES + 1, \
                           MOL_N_PAIRS, MOL_N_PAIRS, MOL_N_PAIRS * MOL_ORBITALS_BINS, \
                           MOL_N_ELEMENTS * MOL_ORBITALS_BINS, \
                           MOL_N_ELEMENTS * MOL_ORBITALS_LEVEL_BINS, MOL_N_ELEMENTS * MOL_ORBITALS_LEVEL_BINS
void mol_feature_orbitals               (const MolMolecule *molecule,
                                         float             *x);

#define MOL_HDAD_ORBITALS_LENGTH (MOL_HDAD_LENGTH + MOL_ORBITALS_LENGTH)
void mol_feature_hdad_orbitals          (const MolMolecule *molecule,
                                         float             *x);

G_END_DECLS
