/* mol-overlap-private.h: overlap integrals of Slater-type s and p orbitals, each as three Gaussians (STO-3G: Hehre,
 * Stewart, Pople, J. Chem. Phys. 51, 2657 (1969)).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-element.h"
#include "molecules/mol-molecule.h"

G_BEGIN_DECLS

#define MOL_N_GAUSSIANS 3

/* The shells of the elements: exponents in 1/bohr², and what an s and a p
 * function has of each Gaussian, normalised. p is 0 for H. */
typedef struct
{
  double exponent[MOL_N_ELEMENTS][MOL_N_GAUSSIANS];
  double s[MOL_N_ELEMENTS][MOL_N_GAUSSIANS];
  double p[MOL_N_ELEMENTS][MOL_N_GAUSSIANS];
} MolShells;

void   mol_overlap_shells_init (MolShells       *shells);

/**
 * mol_overlap:
 * @shells: the shells
 * @a: element of the one atom
 * @b: element of the other
 * @place_a: bohr
 * @place_b: bohr
 * @block: (out): ⟨i of a|j of b⟩ for s, p_x, p_y, p_z
 */
void   mol_overlap             (const MolShells *shells,
                                guint            a,
                                guint            b,
                                const double     place_a[3],
                                const double     place_b[3],
                                double           block[4][4]);

/* ⟨s|x|p_x⟩ of Slater's orbitals of one atom, in bohr: 5 / (2 √3 ζ); 0 for H */
double mol_overlap_get_hybrid  (guint            element);

G_END_DECLS
