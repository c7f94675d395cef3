/* mol-feature-hdad.c: histograms of distances, angles and dihedrals, after Faber
 * et al., J. Chem. Theory Comput. 13, 5255 (2017), with smooth bins at fixed
 * centres:
 *
 *   x = the pair histograms (mol-feature-pair-histograms.c); then, per kind of
 *   chain A–B–C,    Σ w_ab w_bc exp (−½ ((θ_abc − c_k) / σ)²),  and per kind of
 *   chain A–B–C–D,  Σ w_ab w_bc w_cd sin θ_abc sin θ_bcd exp (−½ ((|φ_abcd| − c_k) / σ)²)
 *
 * over the bonded chains of the molecule. w is the bond of two atoms (see
 * mol_atoms_bond()); the sines take care of chains that are nearly straight,
 * whose dihedral means little, and nothing where they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "molecules/features/mol-features-private.h"
#include "molecules/features/mol-histogram-private.h"
#include "molecules/mol-element.h"

#define DEGREE (G_PI / 180.0)

/* 60° to 180° */
static const MolHistogram angle_histogram = { MOL_HDAD_ANGLE_BINS, 60 * DEGREE, 10 * DEGREE, 8 * DEGREE };

/* 0° to 180° */
static const MolHistogram dihedral_histogram = { MOL_HDAD_DIHEDRAL_BINS, 0.0, 30 * DEGREE, 20 * DEGREE };

typedef struct
{
  MolAtoms atoms;
  double   bond[MOL_MAX_ATOMS][MOL_MAX_ATOMS];
} Chains;

/* 0, 1, 2 for C, N, O, which make chains; −1 for H and F, which end them. */
static int
get_middle (const MolAtoms *atoms,
            guint           i)
{
  return atoms->element[i] == MOL_N_ELEMENTS - 1 ? -1 : (int) atoms->element[i] - 1;
}

static void
add_angles (const Chains *chains,
            float        *bins)
{
  const MolAtoms *atoms = &chains->atoms;

  for (guint b = 0; b < atoms->n; b++)
    {
      int middle = get_middle (atoms, b);

      if (middle < 0)
        continue;

      for (guint a = 0; a < atoms->n; a++)
        for (guint c = 0; c < a; c++)
          {
            double weight = chains->bond[a][b] * chains->bond[b][c];
            guint kind = (guint) middle * MOL_N_PAIRS + mol_atoms_pair_from_elements (atoms->element[a],
                                                                                      atoms->element[c]);

            if (weight > 0.0)
              mol_histogram_add (&angle_histogram, mol_atoms_angle (atoms, a, b, c), weight,
                                 bins + kind * MOL_HDAD_ANGLE_BINS);
          }
    }
}

/* The kind of a chain, the same from both ends. */
static guint
get_dihedral_kind (const MolAtoms *atoms,
                   guint           a,
                   guint           b,
                   guint           c,
                   guint           d)
{
  int first = get_middle (atoms, b);
  int second = get_middle (atoms, c);

  if (first == second)
    return (guint) first * MOL_N_PAIRS + mol_atoms_pair_from_elements (atoms->element[a], atoms->element[d]);
  if (first > second)
    return get_dihedral_kind (atoms, d, c, b, a);

  /* C–N, C–O, N–O: 0, 1, 2 */
  return 3 * MOL_N_PAIRS + (guint) (first + second - 1) * MOL_N_ELEMENTS * MOL_N_ELEMENTS +
         atoms->element[a] * MOL_N_ELEMENTS + atoms->element[d];
}

/* The normal of the plane of @a, @b, @c: its length is |ab| |bc| sin θ. */
static void
get_normal (const MolAtoms *atoms,
            guint           a,
            guint           b,
            guint           c,
            double          normal[3])
{
  double u[3], v[3];

  for (guint k = 0; k < 3; k++)
    {
      u[k] = atoms->place[b][k] - atoms->place[a][k];
      v[k] = atoms->place[c][k] - atoms->place[b][k];
    }
  for (guint k = 0; k < 3; k++)
    normal[k] = u[(k + 1) % 3] * v[(k + 2) % 3] - u[(k + 2) % 3] * v[(k + 1) % 3];
}

static void
add_dihedral (const Chains *chains,
              guint         a,
              guint         b,
              guint         c,
              guint         d,
              float        *bins)
{
  const MolAtoms *atoms = &chains->atoms;
  double bc = atoms->distance[b][c];
  double mm = 0.0, nn = 0.0, mn = 0.0;
  double m[3], n[3];
  double sines, weight;

  get_normal (atoms, a, b, c, m);
  get_normal (atoms, b, c, d, n);
  for (guint k = 0; k < 3; k++)
    {
      mm += m[k] * m[k];
      nn += n[k] * n[k];
      mn += m[k] * n[k];
    }

  sines = sqrt (mm * nn) / (atoms->distance[a][b] * bc * bc * atoms->distance[c][d]);
  weight = chains->bond[a][b] * chains->bond[b][c] * chains->bond[c][d] * sines;
  if (weight > 0.0)
    mol_histogram_add (&dihedral_histogram, acos (CLAMP (mn / sqrt (mm * nn), -1.0, 1.0)), weight,
                       bins + get_dihedral_kind (atoms, a, b, c, d) * MOL_HDAD_DIHEDRAL_BINS);
}

static void
add_dihedrals (const Chains *chains,
               float        *bins)
{
  const MolAtoms *atoms = &chains->atoms;

  for (guint b = 0; b < atoms->n; b++)
    for (guint c = 0; c < b; c++)
      {
        if (chains->bond[b][c] == 0.0 || get_middle (atoms, b) < 0 || get_middle (atoms, c) < 0)
          continue;

        for (guint a = 0; a < atoms->n; a++)
          for (guint d = 0; d < atoms->n; d++)
            if (a != c && d != b && a != d && chains->bond[a][b] > 0.0 && chains->bond[c][d] > 0.0)
              add_dihedral (chains, a, b, c, d, bins);
      }
}

void
mol_feature_hdad (const MolMolecule *molecule,
                  float             *x)
{
  float *angles = x + MOL_PAIR_HISTOGRAMS_LENGTH;
  float *dihedrals = angles + MOL_HDAD_ANGLES * MOL_HDAD_ANGLE_BINS;
  Chains chains;

  mol_feature_pair_histograms (molecule, x);
  memset (angles, 0, (MOL_HDAD_LENGTH - MOL_PAIR_HISTOGRAMS_LENGTH) * sizeof (float));

  mol_atoms_init (&chains.atoms, molecule);
  for (guint i = 0; i < chains.atoms.n; i++)
    for (guint j = 0; j < chains.atoms.n; j++)
      chains.bond[i][j] = i == j ? 0.0 : mol_atoms_bond (&chains.atoms, i, j);

  add_angles (&chains, angles);
  add_dihedrals (&chains, dihedrals);
}
