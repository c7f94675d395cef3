/* mol-features.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-workers.h"
#include "molecules/features/mol-features-private.h"
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"

/* Molecules that a thread takes at a time, and between two words of progress. */
#define PIECE  64
#define STRIDE 4096

static const guint composition_blocks[] = { MOL_COMPOSITION_LENGTH, 0 };
static const guint coulomb_eigenvalues_blocks[] = { MOL_COULOMB_EIGENVALUES_LENGTH, 0 };
static const guint coulomb_eigenvalues_25_blocks[] = { MOL_COULOMB_EIGENVALUES_25_LENGTH, 0 };
static const guint coulomb_matrix_blocks[] = { MOL_COULOMB_MATRIX_LENGTH, 0 };
static const guint coulomb_spectra_blocks[] = { MOL_COULOMB_SPECTRA_BLOCKS, 0 };
static const guint bag_of_bonds_blocks[] = { MOL_BAG_OF_BONDS_LENGTH, 0 };
static const guint pair_histograms_blocks[] = { MOL_PAIR_HISTOGRAMS_BLOCKS, 0 };
static const guint hdad_blocks[] = { MOL_HDAD_BLOCKS, 0 };
static const guint orbitals_blocks[] = { MOL_ORBITALS_BLOCKS, 0 };
static const guint hdad_orbitals_blocks[] = { MOL_HDAD_BLOCKS, MOL_ORBITALS_BLOCKS, 0 };

static const MolFeature features[] = {
  { "composition", N_("Atom counts"),
    N_("The number of H, C, N, O and F atoms; needs only the formula"),
    "",
    MOL_COMPOSITION_LENGTH, 1, FALSE, composition_blocks,
    mol_feature_composition },
  { "coulomb-eigenvalues", N_("Coulomb matrix, eigenvalues"),
    N_("Eigenvalues of the Coulomb matrix (nuclear charges over distances), sorted by descending magnitude"),
    "Rupp et al., Phys. Rev. Lett. 108, 058301 (2012)",
    MOL_COULOMB_EIGENVALUES_LENGTH, 1, TRUE, coulomb_eigenvalues_blocks,
    mol_feature_coulomb_eigenvalues },
  { "coulomb-eigenvalues-25", N_("Coulomb matrix, 25 eigenvalues"),
    N_("The 25 eigenvalues of largest magnitude: the inputs of a 25-12-6-1 network"),
    "Rupp et al., Phys. Rev. Lett. 108, 058301 (2012)",
    MOL_COULOMB_EIGENVALUES_25_LENGTH, 1, TRUE, coulomb_eigenvalues_25_blocks,
    mol_feature_coulomb_eigenvalues_25 },
  { "coulomb-matrix", N_("Coulomb matrix, sorted"),
    N_("Upper triangle of the Coulomb matrix, rows sorted by descending norm"),
    "Rupp et al., Phys. Rev. Lett. 108, 058301 (2012)",
    MOL_COULOMB_MATRIX_LENGTH, 1, TRUE, coulomb_matrix_blocks,
    mol_feature_coulomb_matrix },
  { "coulomb-spectra", N_("Coulomb matrix, spectra"),
    N_("Spectra of the Coulomb matrix, of submatrices, and of variants with faster decay"),
    "Rupp et al., Phys. Rev. Lett. 108, 058301 (2012)",
    MOL_COULOMB_SPECTRA_LENGTH, 1, TRUE, coulomb_spectra_blocks,
    mol_feature_coulomb_spectra },
  { "bag-of-bonds", N_("Bag of bonds"),
    N_("Coulomb matrix entries, sorted within a bag for each pair of elements"),
    "Hansen et al., J. Phys. Chem. Lett. 6, 2326 (2015)",
    MOL_BAG_OF_BONDS_LENGTH, 1, TRUE, bag_of_bonds_blocks,
    mol_feature_bag_of_bonds },
  { "pair-histograms", N_("Pair distances"),
    N_("Atom counts, and smooth histograms of the distances for each pair of elements"),
    "Faber et al., J. Chem. Theory Comput. 13, 5255 (2017)",
    MOL_PAIR_HISTOGRAMS_LENGTH, 1, TRUE, pair_histograms_blocks,
    mol_feature_pair_histograms },
  { "hdad", N_("Distances, angles and dihedrals"),
    N_("Smooth histograms of distances, and of angles and dihedrals along bonds, for each combination of elements (HDAD)"),
    "Faber et al., J. Chem. Theory Comput. 13, 5255 (2017)",
    MOL_HDAD_LENGTH, 1, TRUE, hdad_blocks,
    mol_feature_hdad },
  { "orbitals", N_("Orbitals"),
    N_("Orbital energies, charges, bond populations, dipole moment and polarisability from the extended Hückel method"),
    "Hoffmann, J. Chem. Phys. 39, 1397 (1963)",
    MOL_ORBITALS_LENGTH, 1, TRUE, orbitals_blocks,
    mol_feature_orbitals },
  { "hdad-orbitals", N_("Distances, angles, dihedrals and orbitals"),
    N_("Geometry and electronic structure: the two feature sets above combined"),
    "Faber et al. (2017), Hoffmann (1963)",
    MOL_HDAD_ORBITALS_LENGTH, 1, TRUE, hdad_orbitals_blocks,
    mol_feature_hdad_orbitals },
};

const MolFeature *
mol_features_get_all (gsize *n_features)
{
  g_return_val_if_fail (n_features != NULL, NULL);

  *n_features = G_N_ELEMENTS (features);

  return features;
}

const MolFeature *
mol_features_find (const char *id,
                   GError    **error)
{
  g_autoptr(GString) ids = NULL;

  g_return_val_if_fail (id != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (features); i++)
    if (strcmp (features[i].id, id) == 0)
      return &features[i];

  ids = g_string_new (features[0].id);
  for (gsize i = 1; i < G_N_ELEMENTS (features); i++)
    g_string_append_printf (ids, ", %s", features[i].id);
  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID, _("Unknown features “%s”; expected %s"), id, ids->str);

  return NULL;
}

/* Molecules begin … end − 1, in pieces. */
typedef struct
{
  const MolFeature    *feature;
  const MolCollection *molecules;
  const guint32       *items;     /* (nullable): these instead */
  gsize                begin;
  gsize                end;
  float               *x;
} Job;

/* In any thread. */
static void
compute_piece (guint    item,
               guint    thread,
               gpointer user_data)
{
  const Job *job = user_data;
  gsize begin = job->begin + (gsize) item * PIECE;
  gsize end = MIN (begin + PIECE, job->end);

  for (gsize i = begin; i < end; i++)
    {
      MolMolecule molecule;

      mol_collection_get (job->molecules, job->items != NULL ? job->items[i] : i, &molecule);
      job->feature->compute (&molecule, job->x + i * job->feature->length);
    }
}

static float *
allocate_features (const MolFeature *feature,
                   gsize             n,
                   GError          **error)
{
  float *x = NULL;
  gsize size;

  if (g_size_checked_mul (&size, n, feature->length * sizeof (float)))
    x = g_try_malloc (size);
  if (x == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                 _("%zu molecules of %zu features do not fit into memory"), n, feature->length);

  return x;
}

/* @items: (nullable) (array length=n): all */
static float *
compute_features (const MolFeature    *feature,
                  const MolCollection *molecules,
                  const guint32       *items,
                  gsize                n,
                  IoProgressFunc       progress,
                  gpointer             user_data,
                  GError             **error)
{
  g_autoptr(MlpWorkers) workers = NULL;
  g_autofree float *x = NULL;
  Job job;

  if (feature->needs_geometry && !mol_collection_has_geometry (molecules))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("The features “%s” need atomic coordinates; these molecules have only their formulas, which are "
                     "enough for “%s”"), feature->id, features[0].id);
      return NULL;
    }

  x = allocate_features (feature, n, error);
  if (x == NULL)
    return NULL;

  workers = mlp_workers_new (g_get_num_processors ());
  if (workers == NULL)
    workers = mlp_workers_new (1);

  job = (Job) { feature, molecules, items, 0, 0, x };
  while (job.begin < n)
    {
      job.end = MIN (job.begin + STRIDE, n);
      mlp_workers_run (workers, (guint) ((job.end - job.begin + PIECE - 1) / PIECE), compute_piece, &job);
      job.begin = job.end;

      if (progress != NULL && !progress ((double) job.end / (double) n, user_data))
        {
          g_set_error_literal (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Computing the features was cancelled"));
          return NULL;
        }
    }

  return g_steal_pointer (&x);
}

float *
mol_features_compute (const MolFeature    *feature,
                      const MolCollection *molecules,
                      IoProgressFunc       progress,
                      gpointer             user_data,
                      GError             **error)
{
  g_return_val_if_fail (feature != NULL && molecules != NULL, NULL);

  return compute_features (feature, molecules, NULL, mol_collection_get_n (molecules), progress, user_data, error);
}

float *
mol_features_compute_items (const MolFeature    *feature,
                            const MolCollection *molecules,
                            const guint32       *items,
                            gsize                n_items,
                            IoProgressFunc       progress,
                            gpointer             user_data,
                            GError             **error)
{
  g_return_val_if_fail (feature != NULL && molecules != NULL, NULL);
  g_return_val_if_fail (items != NULL || n_items == 0, NULL);

  return compute_features (feature, molecules, items, n_items, progress, user_data, error);
}
