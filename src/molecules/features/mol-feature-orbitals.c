/* mol-feature-orbitals.c: what a small quantum-chemical calculation says of the
 * molecule: the extended Hückel method (mol-orbitals-private.h) and what is usually
 * derived from it. With levels ε_i filled by f_i, C_μi, P = Σ 2 f_i c_i c_iᵀ:
 *
 *   levels      eight down from the HOMO, eight up from the LUMO, their gap and its
 *               logarithm, Σ 2 f_i ε_i less the same of the free atoms
 *   response    mean and anisotropy of the polarisability
 *               Σ_ij 2 (f_i − f_j) / (ε_j − ε_i) ⟨i|r|j⟩ ⟨j|r|i⟩
 *   dipole      |μ|, |μ_q|, |μ_h|, μ · μ_q, μ² with μ_q = Σ q_a R_a of the charges and μ_h
 *               of the s-p hybrids, μ = μ_q + μ_h; and |⟨HOMO|r|LUMO⟩|
 *   kinds       over the atoms of each kind (mol-atom-types-private.h): Σ q, Σ q², Σ v²
 *   frontier    how much of HOMO and LUMO is on each kind; Σ_a (share of a)²
 *   bonds       over the pairs of each two elements: Σ n_ab, Σ n_ab²
 *   histograms  of q per element, of n_ab per two elements, and of filled and empty
 *               levels, weighted by the element's share in them
 *
 * where q_a = Z_a − Σ_μ∈a (P S)_μμ and n_ab = 2 Σ_μ∈a,ν∈b P_μν S_μν are Mulliken's charges
 * and overlap populations (J. Chem. Phys. 23, 1833 (1955)), and v_a = Σ_b n_ab.
 * HOMO and LUMO stand for all levels near them, weighted by exp (−|ε_i − μ| / 0.25 eV).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "molecules/features/mol-features-private.h"
#include "molecules/features/mol-histogram-private.h"
#include "molecules/features/mol-orbitals-private.h"
#include "molecules/mol-atom-types-private.h"
#include "molecules/mol-element.h"

#define DEBYE    2.541746473    /* e bohr */
#define FRONTIER 0.25           /* eV */
#define LEAST_GAP 0.1           /* eV, under the logarithm */

/* A level that is less filled, or less empty, does not count. */
#define NOTHING 1e-7

/* Per element: where its charges are. */
static const MolHistogram charge_histograms[MOL_N_ELEMENTS] = {
  { MOL_ORBITALS_BINS, -0.03, 0.05, 0.04 },
  { MOL_ORBITALS_BINS, -0.40, 0.15, 0.12 },
  { MOL_ORBITALS_BINS, -1.20, 0.12, 0.096 },
  { MOL_ORBITALS_BINS, -1.25, 0.08, 0.064 },
  { MOL_ORBITALS_BINS, -0.66, 0.01, 0.008 },
};

/* Per two elements, in the order of mol_atoms_pair_from_elements(): where the populations
 * of their bonds are. */
static const MolHistogram bond_histograms[MOL_N_PAIRS] = {
  { MOL_ORBITALS_BINS, 0.600, 0.020, 0.0160 },
  { MOL_ORBITALS_BINS, 0.745, 0.008, 0.0064 },
  { MOL_ORBITALS_BINS, 0.660, 0.008, 0.0064 },
  { MOL_ORBITALS_BINS, 0.530, 0.007, 0.0056 },
  { MOL_ORBITALS_BINS, 0.500, 0.010, 0.0080 },
  { MOL_ORBITALS_BINS, 0.450, 0.140, 0.1120 },
  { MOL_ORBITALS_BINS, 0.420, 0.130, 0.1040 },
  { MOL_ORBITALS_BINS, 0.380, 0.065, 0.0520 },
  { MOL_ORBITALS_BINS, 0.420, 0.010, 0.0080 },
  { MOL_ORBITALS_BINS, 0.600, 0.070, 0.0560 },
  { MOL_ORBITALS_BINS, 0.370, 0.035, 0.0280 },
  { MOL_ORBITALS_BINS, 0.300, 0.050, 0.0400 },
  { MOL_ORBITALS_BINS, 0.300, 0.050, 0.0400 },
  { MOL_ORBITALS_BINS, 0.300, 0.050, 0.0400 },
  { MOL_ORBITALS_BINS, 0.300, 0.050, 0.0400 },
};

/* eV */
static const MolHistogram filled_histogram = { MOL_ORBITALS_LEVEL_BINS, -34.0, 2.2, 1.6 };
static const MolHistogram empty_histogram = { MOL_ORBITALS_LEVEL_BINS, -11.0, 1.2, 0.9 };

typedef struct
{
  const MolAtoms    *atoms;
  const MolOrbitals *orbitals;
  double             shares[MOL_MAX_ATOMS][MOL_N_ATOM_TYPES];
  double             charge[MOL_MAX_ATOMS];
  double             bond[MOL_MAX_ATOMS][MOL_MAX_ATOMS];     /* n_ab */
  double             hybrid[3];                              /* μ_h, e bohr */
  guint              n_filled;                               /* levels 0 … n_filled − 1 hold electrons */
  guint              first_empty;                            /* levels from there on have room */
  double            *homo;                                   /* weights of the levels, sum 1 */
  double            *lumo;
} Molecule;

/* Populations of atoms and pairs, from P without keeping it. */
static void
compute_populations (Molecule *molecule)
{
  const MolOrbitals *orbitals = molecule->orbitals;
  guint n = orbitals->n;

  for (guint a = 0; a < orbitals->n_atoms; a++)
    molecule->charge[a] = orbitals->valence[a];

  for (guint a = 0; a < orbitals->n_atoms; a++)
    for (guint i = orbitals->first[a]; i < orbitals->first[a + 1]; i++)
      {
        double row[4 * MOL_MAX_ATOMS];

        for (guint o = 0; o < molecule->n_filled; o++)
          row[o] = 2.0 * orbitals->filled[o] * orbitals->c[i * n + o];

        for (guint o = 0; o < molecule->n_filled; o++)
          molecule->charge[a] -= row[o] * orbitals->sc[i * n + o];

        /* ⟨s|r|p⟩ of the atom's own, twice: s-p and p-s */
        for (guint k = 0; k < 3 && orbitals->hybrid[a] > 0.0 && i == orbitals->first[a]; k++)
          for (guint o = 0; o < molecule->n_filled; o++)
            molecule->hybrid[k] -= 2.0 * orbitals->hybrid[a] * row[o] * orbitals->c[(i + 1 + k) * n + o];

        for (guint b = 0; b < a; b++)
          for (guint j = orbitals->first[b]; j < orbitals->first[b + 1]; j++)
            {
              const double *other = orbitals->c + j * n;
              double p = 0.0;

              for (guint o = 0; o < molecule->n_filled; o++)
                p += row[o] * other[o];
              molecule->bond[a][b] += 2.0 * p * orbitals->s[i * n + j];
            }
      }

  for (guint a = 0; a < orbitals->n_atoms; a++)
    for (guint b = 0; b < a; b++)
      molecule->bond[b][a] = molecule->bond[a][b];
}

/* Makes @weights, of which each is what @counts says, fall off from the gap. */
static void
weigh_frontier (const MolOrbitals *orbitals,
                gboolean           filled,
                double            *weights)
{
  guint homo = mol_orbitals_get_homo (orbitals);
  guint edge = filled ? homo : MIN (homo + 1, orbitals->n - 1);
  double sum = 0.0;

  for (guint o = 0; o < orbitals->n; o++)
    {
      double share = filled ? orbitals->filled[o] : 1.0 - orbitals->filled[o];

      weights[o] = share * exp (-fabs (orbitals->energies[o] - orbitals->energies[edge]) / FRONTIER);
      sum += weights[o];
    }
  for (guint o = 0; o < orbitals->n && sum > 0.0; o++)
    weights[o] /= sum;
}

static float *
write_levels (const Molecule *molecule,
              float          *x)
{
  const MolOrbitals *orbitals = molecule->orbitals;
  const double *energies = orbitals->energies;
  guint homo = mol_orbitals_get_homo (orbitals);
  guint last = orbitals->n - 1;
  double gap = energies[MIN (homo + 1, last)] - energies[homo];
  double sum = 0.0;

  for (guint k = 0; k < MOL_ORBITALS_LEVELS; k++)
    {
      x[k] = (float) energies[homo > k ? homo - k : 0];
      x[MOL_ORBITALS_LEVELS + k] = (float) energies[MIN (homo + 1 + k, last)];
    }
  x += 2 * MOL_ORBITALS_LEVELS;

  for (guint o = 0; o < orbitals->n; o++)
    sum += 2.0 * orbitals->filled[o] * energies[o];
  for (guint a = 0; a < orbitals->n_atoms; a++)
    sum -= mol_orbitals_get_atom_energy (molecule->atoms->element[a]);

  x[0] = (float) gap;
  x[1] = (float) log (MAX (gap, LEAST_GAP));
  x[2] = (float) sum;

  return x + 3;
}

/* ⟨i|r|j⟩ of one filled level with all @n_empty levels from first_empty on, in bohr:
 * ½ Σ_μ R_μ (c_μi (S c)_μj + (S c)_μi c_μj), and the hybrids' part. */
static void
get_moments (const Molecule *molecule,
             guint           filled,
             guint           n_empty,
             double        (*moments)[4 * MOL_MAX_ATOMS])
{
  const MolOrbitals *orbitals = molecule->orbitals;
  guint n = orbitals->n;

  memset (moments, 0, 3 * sizeof (moments[0]));

  for (guint a = 0; a < orbitals->n_atoms; a++)
    {
      guint first = orbitals->first[a];
      double overlap[4 * MOL_MAX_ATOMS] = { 0.0 };

      for (guint i = first; i < orbitals->first[a + 1]; i++)
        {
          const double *c = orbitals->c + i * n + molecule->first_empty;
          const double *sc = orbitals->sc + i * n + molecule->first_empty;
          double ci = 0.5 * orbitals->c[i * n + filled];
          double sci = 0.5 * orbitals->sc[i * n + filled];

          for (guint j = 0; j < n_empty; j++)
            overlap[j] += ci * sc[j] + sci * c[j];
        }

      for (guint k = 0; k < 3; k++)
        for (guint j = 0; j < n_empty; j++)
          moments[k][j] += orbitals->place[a][k] * overlap[j];

      for (guint k = 0; k < 3 && orbitals->hybrid[a] > 0.0; k++)
        {
          const double *s = orbitals->c + first * n + molecule->first_empty;
          const double *p = orbitals->c + (first + 1 + k) * n + molecule->first_empty;
          double si = orbitals->hybrid[a] * orbitals->c[first * n + filled];
          double pi = orbitals->hybrid[a] * orbitals->c[(first + 1 + k) * n + filled];

          for (guint j = 0; j < n_empty; j++)
            moments[k][j] += si * p[j] + pi * s[j];
        }
    }
}

/* 2 (f_i − f_j) / (ε_j − ε_i), for both orders of the two where only one is met;
 * in 1/eV. */
static double
get_response (const Molecule *molecule,
              guint           i,
              guint           j)
{
  const MolOrbitals *orbitals = molecule->orbitals;
  double distance = orbitals->energies[j] - orbitals->energies[i];
  double times = i >= molecule->first_empty && j < molecule->n_filled ? 2.0 : 4.0;

  /* Levels of one energy, partly filled: the derivative. */
  if (fabs (distance) < 1e-3 * MOL_ORBITALS_WARMTH)
    return times * orbitals->filled[i] * (1.0 - orbitals->filled[j]) / MOL_ORBITALS_WARMTH;

  return times * (orbitals->filled[i] - orbitals->filled[j]) / distance;
}

/* The polarisability, and from HOMO to LUMO the moment. */
static float *
write_response (const Molecule *molecule,
                float          *x)
{
  guint n_empty = molecule->orbitals->n - molecule->first_empty;
  double moments[3][4 * MOL_MAX_ATOMS];
  double alpha[3][3] = { { 0.0 } };
  double transition = 0.0;
  double trace, squares = 0.0;

  for (guint i = 0; i < molecule->n_filled; i++)
    {
      get_moments (molecule, i, n_empty, moments);
      for (guint j = 0; j < n_empty; j++)
        {
          double response = get_response (molecule, i, molecule->first_empty + j);
          double weight = molecule->homo[i] * molecule->lumo[molecule->first_empty + j];

          for (guint k = 0; k < 3; k++)
            {
              for (guint l = 0; l < 3; l++)
                alpha[k][l] += response * moments[k][j] * moments[l][j];
              transition += weight * moments[k][j] * moments[k][j];
            }
        }
    }

  trace = alpha[0][0] + alpha[1][1] + alpha[2][2];
  for (guint k = 0; k < 3; k++)
    for (guint l = 0; l < 3; l++)
      squares += alpha[k][l] * alpha[k][l];

  x[0] = (float) (trace / 3.0);
  x[1] = (float) sqrt (MAX (1.5 * squares - 0.5 * trace * trace, 0.0));
  x[2] = (float) sqrt (transition);

  return x + 3;
}

static float *
write_dipole (const Molecule *molecule,
              float          *x)
{
  double mm = 0.0, qq = 0.0, hh = 0.0, mq = 0.0;

  for (guint k = 0; k < 3; k++)
    {
      double h = DEBYE * molecule->hybrid[k];
      double q = 0.0;

      for (guint a = 0; a < molecule->atoms->n; a++)
        q += DEBYE * molecule->charge[a] * molecule->orbitals->place[a][k];
      mm += (q + h) * (q + h);
      qq += q * q;
      hh += h * h;
      mq += (q + h) * q;
    }

  x[0] = (float) sqrt (mm);
  x[1] = (float) sqrt (qq);
  x[2] = (float) sqrt (hh);
  x[3] = (float) mq;
  x[4] = (float) mm;

  return x + 5;
}

static float *
write_kinds (const Molecule *molecule,
             float          *x)
{
  for (guint a = 0; a < molecule->atoms->n; a++)
    {
      double q = molecule->charge[a];
      double valence = 0.0;

      for (guint b = 0; b < molecule->atoms->n; b++)
        valence += molecule->bond[a][b];

      for (guint kind = 0; kind < MOL_N_ATOM_TYPES; kind++)
        {
          double share = molecule->shares[a][kind];

          x[kind] += (float) (share * q);
          x[MOL_N_ATOM_TYPES + kind] += (float) (share * q * q);
          x[2 * MOL_N_ATOM_TYPES + kind] += (float) (share * valence * valence);
        }
    }

  return x + 3 * MOL_N_ATOM_TYPES;
}

static float *
write_frontier (const Molecule *molecule,
                const double   *weights,
                float          *x)
{
  const MolOrbitals *orbitals = molecule->orbitals;
  guint n = orbitals->n;
  double squares = 0.0;

  for (guint a = 0; a < orbitals->n_atoms; a++)
    {
      double on_atom = 0.0;

      for (guint i = orbitals->first[a]; i < orbitals->first[a + 1]; i++)
        for (guint o = 0; o < n; o++)
          on_atom += weights[o] * orbitals->c[i * n + o] * orbitals->sc[i * n + o];

      for (guint kind = 0; kind < MOL_N_ATOM_TYPES; kind++)
        x[kind] += (float) (molecule->shares[a][kind] * on_atom);
      squares += on_atom * on_atom;
    }
  x[MOL_N_ATOM_TYPES] = (float) squares;

  return x + MOL_N_ATOM_TYPES + 1;
}

static float *
write_bonds (const Molecule *molecule,
             float          *x)
{
  const MolAtoms *atoms = molecule->atoms;
  float *histograms = x + 2 * MOL_N_PAIRS;

  for (guint a = 0; a < atoms->n; a++)
    for (guint b = 0; b < a; b++)
      {
        guint pair = mol_atoms_pair_from_elements (atoms->element[a], atoms->element[b]);
        double bond = molecule->bond[a][b];

        x[pair] += (float) bond;
        x[MOL_N_PAIRS + pair] += (float) (bond * bond);
        mol_histogram_add (&bond_histograms[pair], bond, 1.0, histograms + pair * MOL_ORBITALS_BINS);
      }

  return histograms + MOL_N_PAIRS * MOL_ORBITALS_BINS;
}

static float *
write_charges (const Molecule *molecule,
               float          *x)
{
  for (guint a = 0; a < molecule->atoms->n; a++)
    {
      guint element = molecule->atoms->element[a];

      mol_histogram_add (&charge_histograms[element], molecule->charge[a], 1.0, x + element * MOL_ORBITALS_BINS);
    }

  return x + MOL_N_ELEMENTS * MOL_ORBITALS_BINS;
}

/* The densities of filled and of empty levels, by elements. */
static float *
write_densities (const Molecule *molecule,
                 float          *x)
{
  const MolOrbitals *orbitals = molecule->orbitals;
  float *empty = x + MOL_N_ELEMENTS * MOL_ORBITALS_LEVEL_BINS;
  guint n = orbitals->n;
  double shares[MOL_N_ELEMENTS][4 * MOL_MAX_ATOMS] = { { 0.0 } };

  for (guint a = 0; a < orbitals->n_atoms; a++)
    for (guint i = orbitals->first[a]; i < orbitals->first[a + 1]; i++)
      for (guint o = 0; o < n; o++)
        shares[molecule->atoms->element[a]][o] += orbitals->c[i * n + o] * orbitals->sc[i * n + o];

  for (guint e = 0; e < MOL_N_ELEMENTS; e++)
    for (guint o = 0; o < n; o++)
      {
        double energy = orbitals->energies[o];
        double filled = orbitals->filled[o];

        if (shares[e][o] != 0.0 && filled > NOTHING)
          mol_histogram_add (&filled_histogram, energy, filled * shares[e][o], x + e * MOL_ORBITALS_LEVEL_BINS);
        if (shares[e][o] != 0.0 && filled < 1.0 - NOTHING)
          mol_histogram_add (&empty_histogram, energy, (1.0 - filled) * shares[e][o],
                             empty + e * MOL_ORBITALS_LEVEL_BINS);
      }

  return empty + MOL_N_ELEMENTS * MOL_ORBITALS_LEVEL_BINS;
}

void
mol_feature_orbitals (const MolMolecule *molecule,
                      float             *x)
{
  g_autoptr(MolOrbitals) orbitals = NULL;
  g_autofree double *weights = NULL;
  Molecule m = { 0 };
  float *end = x;
  MolAtoms atoms;

  mol_atoms_init (&atoms, molecule);
  orbitals = mol_orbitals_new (&atoms);
  weights = g_new (double, 2 * orbitals->n);

  m.atoms = &atoms;
  m.orbitals = orbitals;
  m.homo = weights;
  m.lumo = weights + orbitals->n;
  mol_atom_types_init (m.shares, &atoms);
  weigh_frontier (orbitals, TRUE, m.homo);
  weigh_frontier (orbitals, FALSE, m.lumo);

  while (m.n_filled < orbitals->n && orbitals->filled[m.n_filled] > NOTHING)
    m.n_filled++;
  while (m.first_empty < orbitals->n && orbitals->filled[m.first_empty] >= 1.0 - NOTHING)
    m.first_empty++;
  compute_populations (&m);

  memset (x, 0, MOL_ORBITALS_LENGTH * sizeof (float));
  end = write_levels (&m, end);
  end = write_response (&m, end);
  end = write_dipole (&m, end);
  end = write_kinds (&m, end);
  end = write_frontier (&m, m.homo, end);
  end = write_frontier (&m, m.lumo, end);
  end = write_bonds (&m, end);
  end = write_charges (&m, end);
  end = write_densities (&m, end);

  g_assert (end == x + MOL_ORBITALS_LENGTH);
}
