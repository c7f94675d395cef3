/* mol-orbitals.c: the matrices, the eigenproblem, the electrons.
 *
 * The inner loops run along rows, so that the compiler makes vector code of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/linalg/mlp-eigenvalues-private.h"
#include "core/linalg/mlp-vector.h"
#include "molecules/features/mol-orbitals-private.h"
#include "molecules/features/mol-overlap-private.h"
#include "molecules/mol-element.h"

#define BOHR 0.529177210903     /* Å */

/* Of Wolfsberg and Helmholz. */
#define K 1.75

/* The share of an overlap that is kept. */
#define KEPT 0.98

/* eV; H C N O F */
static const double s_energies[MOL_N_ELEMENTS] = { -13.6, -21.4, -26.0, -32.3, -40.0 };
static const double p_energies[MOL_N_ELEMENTS] = { 0.0, -11.4, -13.4, -14.8, -18.1 };

/* y ← y + f x */
static inline void
add_scaled (double       *y,
            const double *x,
            double        f,
            guint         n)
{
  for (guint i = 0; i < n; i++)
    y[i] += f * x[i];
}

/* Basis, electrons, places. */
static void
set_up (MolOrbitals    *orbitals,
        const MolAtoms *atoms)
{
  double centre[3] = { 0.0 };

  orbitals->n_atoms = atoms->n;
  for (guint a = 0; a < atoms->n; a++)
    {
      guint element = atoms->element[a];
      guint valence = element == 0 ? 1 : element + 3;

      orbitals->first[a] = orbitals->n;
      orbitals->n += element == 0 ? 1 : 4;
      orbitals->n_electrons += valence;
      orbitals->valence[a] = valence;
      orbitals->hybrid[a] = mol_overlap_get_hybrid (element);
      for (guint k = 0; k < 3; k++)
        centre[k] += valence * atoms->place[a][k];
    }
  orbitals->first[atoms->n] = orbitals->n;

  for (guint a = 0; a < atoms->n; a++)
    for (guint k = 0; k < 3; k++)
      orbitals->place[a][k] = (atoms->place[a][k] - centre[k] / orbitals->n_electrons) / BOHR;
}

static void
fill_overlaps (MolOrbitals    *orbitals,
               const MolAtoms *atoms)
{
  guint n = orbitals->n;
  MolShells shells;

  mol_overlap_shells_init (&shells);
  memset (orbitals->s, 0, n * n * sizeof (double));
  for (guint i = 0; i < n; i++)
    orbitals->s[i * n + i] = 1.0;

  for (guint a = 0; a < atoms->n; a++)
    for (guint b = 0; b < a; b++)
      {
        guint i = orbitals->first[a];
        guint j = orbitals->first[b];
        double block[4][4];

        mol_overlap (&shells, atoms->element[a], atoms->element[b], orbitals->place[a], orbitals->place[b], block);
        for (guint k = 0; i + k < orbitals->first[a + 1]; k++)
          for (guint l = 0; j + l < orbitals->first[b + 1]; l++)
            {
              orbitals->s[(i + k) * n + j + l] = KEPT * block[k][l];
              orbitals->s[(j + l) * n + i + k] = KEPT * block[k][l];
            }
      }
}

static void
fill_energies (const MolOrbitals *orbitals,
               const MolAtoms    *atoms,
               double            *h)
{
  guint n = orbitals->n;
  g_autofree double *own = g_new (double, n);

  for (guint a = 0; a < atoms->n; a++)
    for (guint i = orbitals->first[a]; i < orbitals->first[a + 1]; i++)
      own[i] = i == orbitals->first[a] ? s_energies[atoms->element[a]] : p_energies[atoms->element[a]];

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < n; j++)
      h[i * n + j] = i == j ? own[i] : 0.5 * K * orbitals->s[i * n + j] * (own[i] + own[j]);
}

/* S = Uᵀ U (Cholesky); @u: S, becomes U above and on the diagonal. */
MLP_VECTOR_CLONES
static void
factorise_cholesky (double *u,
                    guint   n)
{
  for (guint k = 0; k < n; k++)
    {
      double *row = u + k * n;
      double scale = 1.0 / sqrt (row[k]);

      for (guint j = k; j < n; j++)
        row[j] *= scale;
      for (guint i = k + 1; i < n; i++)
        add_scaled (u + i * n + i, row + i, -row[i], n - i);
    }
}

/* X ← U⁻ᵀ X */
MLP_VECTOR_CLONES
static void
divide_by_factor (const double *u,
                  guint         n,
                  double       *x)
{
  for (guint k = 0; k < n; k++)
    {
      double scale = 1.0 / u[k * n + k];

      for (guint j = 0; j < n; j++)
        x[k * n + j] *= scale;
      for (guint i = k + 1; i < n; i++)
        add_scaled (x + i * n, x + k * n, -u[k * n + i], n);
    }
}

static void
transpose_matrix (double *x,
                  guint   n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < i; j++)
      {
        double t = x[i * n + j];

        x[i * n + j] = x[j * n + i];
        x[j * n + i] = t;
      }
}

/* Sorts the levels, and writes their vectors, rows of @y, into the columns of
 * @sorted. */
static void
sort_levels (guint         n,
             double       *energies,
             const double *y,
             double       *sorted)
{
  g_autofree guint *order = g_new (guint, n);
  g_autofree double *unsorted = g_memdup2 (energies, n * sizeof (double));

  for (guint i = 0; i < n; i++)
    {
      guint at = i;

      for (; at > 0 && unsorted[order[at - 1]] > unsorted[i]; at--)
        order[at] = order[at - 1];
      order[at] = i;
    }

  for (guint o = 0; o < n; o++)
    {
      energies[o] = unsorted[order[o]];
      for (guint i = 0; i < n; i++)
        sorted[i * n + o] = y[order[o] * n + i];
    }
}

/* (U⁻ᵀ H U⁻¹) Y = Y ε,  C = U⁻¹ Y,  S C = Uᵀ Y; @h is destroyed. */
MLP_VECTOR_CLONES
static void
solve_eigenproblem (MolOrbitals *orbitals,
                    double      *h)
{
  guint n = orbitals->n;
  g_autofree double *u = g_memdup2 (orbitals->s, n * n * sizeof (double));

  factorise_cholesky (u, n);
  divide_by_factor (u, n, h);
  transpose_matrix (h, n);
  divide_by_factor (u, n, h);
  mlp_eigenvalues (h, n, orbitals->energies, orbitals->sc);
  sort_levels (n, orbitals->energies, orbitals->sc, orbitals->c);

  memset (orbitals->sc, 0, n * n * sizeof (double));
  for (guint i = 0; i < n; i++)
    for (guint k = 0; k <= i; k++)
      add_scaled (orbitals->sc + i * n, orbitals->c + k * n, u[k * n + i], n);

  for (guint i = n; i-- > 0;)
    {
      double *row = orbitals->c + i * n;
      double scale = 1.0 / u[i * n + i];

      for (guint k = i + 1; k < n; k++)
        add_scaled (row, orbitals->c + k * n, -u[i * n + k], n);
      for (guint o = 0; o < n; o++)
        row[o] *= scale;
    }
}

/* 1 / (1 + exp ((ε − μ) / T)) */
static double
get_filling (double energy,
             double mu)
{
  return 1.0 / (1.0 + exp (CLAMP ((energy - mu) / MOL_ORBITALS_WARMTH, -700.0, 700.0)));
}

/* Finds μ, where the levels hold all electrons. */
static void
fill_levels (MolOrbitals *orbitals)
{
  guint homo = mol_orbitals_get_homo (orbitals);
  double low = orbitals->energies[0] - 100.0 * MOL_ORBITALS_WARMTH;
  double high = orbitals->energies[orbitals->n - 1] + 100.0 * MOL_ORBITALS_WARMTH;
  double mu = 0.0;

  /* Where the gap is wide, as nearly always, μ is in its middle. */
  if (orbitals->n_electrons % 2 == 0 && homo + 1 < orbitals->n &&
      orbitals->energies[homo + 1] - orbitals->energies[homo] > 50.0 * MOL_ORBITALS_WARMTH)
    low = high = 0.5 * (orbitals->energies[homo] + orbitals->energies[homo + 1]);

  do
    {
      double sum = 0.0;

      mu = 0.5 * (low + high);
      for (guint o = 0; o < orbitals->n; o++)
        {
          orbitals->filled[o] = get_filling (orbitals->energies[o], mu);
          sum += 2.0 * orbitals->filled[o];
        }
      if (sum < orbitals->n_electrons)
        low = mu;
      else
        high = mu;
    }
  while (high - low > 1e-9 * (1.0 + fabs (mu)));
}

MolOrbitals *
mol_orbitals_new (const MolAtoms *atoms)
{
  MolOrbitals *orbitals = g_new0 (MolOrbitals, 1);
  g_autofree double *h = NULL;
  gsize n;

  set_up (orbitals, atoms);
  n = orbitals->n;
  orbitals->energies = g_new (double, n);
  orbitals->filled = g_new (double, n);
  orbitals->c = g_new (double, n * n);
  orbitals->sc = g_new (double, n * n);
  orbitals->s = g_new (double, n * n);
  h = g_new (double, n * n);

  fill_overlaps (orbitals, atoms);
  fill_energies (orbitals, atoms, h);
  solve_eigenproblem (orbitals, h);
  fill_levels (orbitals);

  return orbitals;
}

void
mol_orbitals_free (MolOrbitals *orbitals)
{
  if (orbitals == NULL)
    return;

  g_free (orbitals->energies);
  g_free (orbitals->filled);
  g_free (orbitals->c);
  g_free (orbitals->sc);
  g_free (orbitals->s);
  g_free (orbitals);
}

guint
mol_orbitals_get_homo (const MolOrbitals *orbitals)
{
  return (orbitals->n_electrons - 1) / 2;
}

double
mol_orbitals_get_atom_energy (guint element)
{
  if (element == 0)
    return s_energies[0];

  return 2.0 * s_energies[element] + (element + 1.0) * p_energies[element];
}
