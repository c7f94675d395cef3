/* mol-orbitals-private.h: molecular orbitals by the extended Hückel method.
 *
 * One calculation, without iterations (Hoffmann, J. Chem. Phys. 39, 1397 (1963)):
 *
 *   basis      s of H; s, p_x, p_y, p_z of C, N, O, F: Slater's orbitals as three
 *              Gaussians each (Hehre, Stewart, Pople, J. Chem. Phys. 51, 2657 (1969))
 *   S          their overlaps, a fiftieth taken off: S is then positive definite
 *              wherever the atoms are
 *   H_μμ       minus the ionisation energy;  H_μν = ½ K S_μν (H_μμ + H_νν), K = 1.75
 *   H C = S C ε
 *
 * Electrons fill the levels with a little warmth (Fermi and Dirac, 0.1 eV), so that
 * what is made of them does not depend on how orbitals of one energy are mixed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/features/mol-atoms-private.h"

G_BEGIN_DECLS

/* Orbitals are columns: matrix[basis function · n + orbital]. */
typedef struct
{
  guint   n_atoms;
  guint   n;                             /* basis functions, and orbitals */
  guint   first[MOL_MAX_ATOMS + 1];      /* the functions of atom a: first[a] … first[a + 1] − 1, s before p */
  guint   n_electrons;
  double  valence[MOL_MAX_ATOMS];        /* electrons that an atom brings */
  double  place[MOL_MAX_ATOMS][3];       /* bohr, from the centre of these charges */
  double  hybrid[MOL_MAX_ATOMS];         /* ⟨s|r|p⟩ of the atom's own orbitals, bohr */
  double *energies;                      /* eV, rising */
  double *filled;                        /* 0 to 1, of two electrons */
  double *c;                             /* C, n × n */
  double *sc;                            /* S C, n × n */
  double *s;                             /* S, n × n */
} MolOrbitals;

MolOrbitals *mol_orbitals_new  (const MolAtoms *atoms);
void         mol_orbitals_free (MolOrbitals    *orbitals);

/* The warmth, in eV. */
#define MOL_ORBITALS_WARMTH 0.1

/* The highest level with an electron, were there no warmth. */
guint mol_orbitals_get_homo (const MolOrbitals *orbitals);

/* The energy of an atom by itself: s filled before p. In eV. */
double mol_orbitals_get_atom_energy (guint element);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MolOrbitals, mol_orbitals_free)

G_END_DECLS
