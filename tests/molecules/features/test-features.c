/* test-features.c: features against NumPy (tests/golden/make-features.py), and
 * what all of them promise.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/linalg/mlp-eigenvalues-private.h"
#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"
#include "test-util.h"

/* An atom's place in float, and sums of floats. */
#define ROUNDING 2e-5

/* The molecules of the golden file. */
typedef struct
{
  char  *name;
  guint  n_atoms;
  guint8 z[MOL_MAX_ATOMS];
  float  xyz[3 * MOL_MAX_ATOMS];
  char **features;              /* as many lines as there are features */
} Golden;

static GPtrArray *goldens;

static void
golden_free (gpointer data)
{
  Golden *golden = data;

  g_strfreev (golden->features);
  g_free (golden->name);
  g_free (golden);
}

/* Reads one molecule from @lines on. Returns: the line behind it */
static char **
read_golden (char  **lines,
             gsize   n_features,
             Golden *golden)
{
  g_auto(GStrv) head = g_strsplit (*lines, " ", 0);
  g_autoptr(GPtrArray) features = g_ptr_array_new ();

  g_assert_cmpuint (g_strv_length (head), ==, 3);
  g_assert_cmpstr (head[0], ==, "molecule");
  golden->name = g_strdup (head[1]);
  golden->n_atoms = (guint) atoi (head[2]);
  g_assert_cmpuint (golden->n_atoms, <=, MOL_MAX_ATOMS);
  lines++;

  for (guint i = 0; i < golden->n_atoms; i++)
    {
      char *text = *lines++;

      golden->z[i] = (guint8) g_ascii_strtoull (text, &text, 10);
      for (guint k = 0; k < 3; k++)
        golden->xyz[3 * i + k] = (float) g_ascii_strtod (text, &text);
    }

  for (gsize i = 0; i < n_features; i++)
    g_ptr_array_add (features, g_strdup (*lines++));
  g_ptr_array_add (features, NULL);
  golden->features = (char **) g_ptr_array_steal (features, NULL);

  return lines;
}

static void
read_goldens (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "features.txt", NULL);
  g_autofree char *text = NULL;
  g_auto(GStrv) lines = NULL;
  gsize n_features;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (g_strchomp (text), "\n", 0);
  mol_features_get_all (&n_features);

  goldens = g_ptr_array_new_with_free_func (golden_free);
  for (char **line = lines; *line != NULL;)
    {
      Golden *golden = g_new0 (Golden, 1);

      line = read_golden (line, n_features, golden);
      g_ptr_array_add (goldens, golden);
    }
  g_assert_cmpuint (goldens->len, ==, 14);
}

static MolMolecule
get_molecule (const Golden *golden)
{
  static const double properties[MOL_N_PROPERTIES];

  return (MolMolecule) { 0, golden->n_atoms, golden->z, golden->xyz, "", properties };
}

/* Not set, so that what a feature forgets to write is seen. */
static float *
make_room (const MolFeature *feature)
{
  float *x = g_new (float, feature->length);

  for (gsize k = 0; k < feature->length; k++)
    x[k] = NAN;

  return x;
}

static void
test_golden (gconstpointer data)
{
  const MolFeature *feature = data;
  gsize n_features;
  gsize row = (gsize) (feature - mol_features_get_all (&n_features));

  for (guint i = 0; i < goldens->len; i++)
    {
      const Golden *golden = g_ptr_array_index (goldens, i);
      MolMolecule molecule = get_molecule (golden);
      g_autofree float *x = make_room (feature);
      g_autofree double *want = g_new0 (double, feature->length);
      g_auto(GStrv) words = g_strsplit (golden->features[row], " ", 0);

      g_test_message ("%s", golden->name);
      g_assert_cmpstr (words[0], ==, feature->id);
      for (char **word = words + 1; *word != NULL; word++)
        {
          char *end;
          guint64 k = g_ascii_strtoull (*word, &end, 10);

          g_assert_cmpuint (k, <, feature->length);
          want[k] = g_ascii_strtod (end + 1, NULL);
        }

      feature->compute (&molecule, x);
      for (gsize k = 0; k < feature->length; k++)
        assert_close ((double) x[k], want[k], ROUNDING);
    }
}

/* A random rotation: Gram and Schmidt on random vectors; now and then with a
 * reflection, which nothing sees either. */
static void
make_rotation (MlpRandom *random,
               double     q[3][3])
{
  for (guint i = 0; i < 3; i++)
    {
      double norm = 0.0;

      for (guint k = 0; k < 3; k++)
        q[i][k] = mlp_random_normal (random);
      for (guint j = 0; j < i; j++)
        {
          double dot = q[i][0] * q[j][0] + q[i][1] * q[j][1] + q[i][2] * q[j][2];

          for (guint k = 0; k < 3; k++)
            q[i][k] -= dot * q[j][k];
        }
      for (guint k = 0; k < 3; k++)
        norm += q[i][k] * q[i][k];
      for (guint k = 0; k < 3; k++)
        q[i][k] /= sqrt (norm);
    }
}

/* The same molecule, turned, moved, and its atoms in another order. */
static void
turn (const Golden *golden,
      MlpRandom    *random,
      Golden       *turned)
{
  guint32 order[MOL_MAX_ATOMS];
  double q[3][3];

  for (guint i = 0; i < golden->n_atoms; i++)
    order[i] = i;
  mlp_random_shuffle (random, order, golden->n_atoms);
  make_rotation (random, q);

  turned->n_atoms = golden->n_atoms;
  for (guint i = 0; i < golden->n_atoms; i++)
    {
      const float *p = golden->xyz + 3 * order[i];

      turned->z[i] = golden->z[order[i]];
      for (guint k = 0; k < 3; k++)
        turned->xyz[3 * i + k] = (float) (q[k][0] * (double) p[0] + q[k][1] * (double) p[1] +
                                          q[k][2] * (double) p[2] + 0.5 * k);
    }
}

static void
test_turning (gconstpointer data)
{
  const MolFeature *feature = data;
  MlpRandom random;

  mlp_random_seed (&random, 4, 1);
  for (guint i = 0; i < goldens->len; i++)
    {
      const Golden *golden = g_ptr_array_index (goldens, i);
      MolMolecule molecule = get_molecule (golden);
      g_autofree float *x = make_room (feature);

      g_test_message ("%s", golden->name);
      feature->compute (&molecule, x);

      for (guint t = 0; t < 10; t++)
        {
          g_autofree float *again = make_room (feature);
          Golden turned = { 0 };

          turn (golden, &random, &turned);
          molecule = get_molecule (&turned);
          feature->compute (&molecule, again);
          for (gsize k = 0; k < feature->length; k++)
            assert_close ((double) again[k], (double) x[k], 10.0 * ROUNDING);
        }
    }
}

/* Atoms anywhere, in one place, on one line; any elements. */
static void
test_finite (gconstpointer data)
{
  static const float scales[] = { 0.0f, 1e-30f, 0.01f, 0.5f, 2.0f, 1000.0f };
  static const guint8 numbers[] = { 1, 6, 7, 8, 9 };
  const MolFeature *feature = data;
  MlpRandom random;

  mlp_random_seed (&random, 5, 1);
  for (guint t = 0; t < 300; t++)
    {
      float scale = scales[t % G_N_ELEMENTS (scales)];
      g_autofree float *x = make_room (feature);
      Golden odd = { .n_atoms = (guint) mlp_random_below (&random, MOL_MAX_ATOMS) + 1 };
      MolMolecule molecule;

      for (guint i = 0; i < odd.n_atoms; i++)
        {
          odd.z[i] = numbers[mlp_random_below (&random, G_N_ELEMENTS (numbers))];
          for (guint k = 0; k < (t % 2 == 0 ? 3 : 1); k++)
            odd.xyz[3 * i + k] = scale * (float) mlp_random_normal (&random);
        }

      molecule = get_molecule (&odd);
      feature->compute (&molecule, x);
      for (gsize k = 0; k < feature->length; k++)
        g_assert_true (isfinite (x[k]));
    }
}

static gboolean
count_progress (double   fraction,
                gpointer user_data)
{
  double *last = user_data;

  g_assert_cmpfloat (fraction, >, *last);
  *last = fraction;

  return fraction < 1.0;
}

/* Many molecules at once: each is what it is alone. The last word of progress
 * cancels. */
static void
test_compute (gconstpointer data)
{
  const MolFeature *feature = data;
  MolCollectionBuilder *builder = mol_collection_builder_new ();
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree float *x = NULL;
  g_autofree float *some = NULL;
  const guint32 items[] = { 4999, 0, 7, 7, 1234 };
  const gsize n = 5000;
  double last = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      MolMolecule molecule = get_molecule (g_ptr_array_index (goldens, i % goldens->len));

      molecule.number = (guint) i + 1;
      mol_collection_builder_add (builder, &molecule);
    }
  molecules = mol_collection_builder_end (builder);

  x = mol_features_compute (feature, molecules, NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < n; i++)
    {
      g_autofree float *alone = make_room (feature);
      MolMolecule molecule = get_molecule (g_ptr_array_index (goldens, i % goldens->len));

      feature->compute (&molecule, alone);
      g_assert_cmpmem (x + i * feature->length, feature->length * sizeof (float),
                       alone, feature->length * sizeof (float));
    }

  some = mol_features_compute_items (feature, molecules, items, G_N_ELEMENTS (items), NULL, NULL, &error);
  g_assert_no_error (error);
  for (gsize i = 0; i < G_N_ELEMENTS (items); i++)
    g_assert_cmpmem (some + i * feature->length, feature->length * sizeof (float),
                     x + items[i] * feature->length, feature->length * sizeof (float));

  g_assert_null (mol_features_compute (feature, molecules, count_progress, &last, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
  g_assert_cmpfloat (last, ==, 1.0);
}

static void
test_formulas (void)
{
  static const double properties[MOL_N_PROPERTIES];
  MolCollectionBuilder *builder = mol_collection_builder_new ();
  g_autoptr(MolCollection) molecules = NULL;
  const MolFeature *features;
  gsize n_features;

  mol_collection_builder_add (builder, &(MolMolecule) { 1, 3, (const guint8 *) "\10\1\1", NULL, "O", properties });
  molecules = mol_collection_builder_end (builder);

  features = mol_features_get_all (&n_features);
  for (gsize i = 0; i < n_features; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree float *x = mol_features_compute (&features[i], molecules, NULL, NULL, &error);

      g_assert_true ((x == NULL) == features[i].needs_geometry);
      if (x == NULL)
        g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
    }
}

static void
test_find (void)
{
  g_autoptr(GError) error = NULL;
  const MolFeature *features;
  gsize n_features;

  features = mol_features_get_all (&n_features);
  for (gsize i = 0; i < n_features; i++)
    {
      g_assert_true (mol_features_find (features[i].id, &error) == &features[i]);
      g_assert_no_error (error);
    }

  g_assert_null (mol_features_find ("smells", &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "smells"));
  g_assert_nonnull (strstr (error->message, "hdad"));
}

/* A v = λ v, and the v are of length 1 and at right angles. */
static void
assert_vectors (const double *a,
                guint         n)
{
  g_autofree double *b = g_memdup2 (a, n * n * sizeof (double));
  g_autofree double *values = g_new (double, n);
  g_autofree double *vectors = g_new (double, n * n);

  mlp_eigenvalues (b, n, values, vectors);
  for (guint i = 0; i < n; i++)
    {
      const double *v = vectors + i * n;

      for (guint j = 0; j < n; j++)
        {
          double product = 0.0;
          double dot = 0.0;

          for (guint k = 0; k < n; k++)
            {
              product += a[j * n + k] * v[k];
              dot += vectors[j * n + k] * v[k];
            }
          assert_close (product, values[i] * v[j], 1e-13 * n);
          assert_close (dot, i == j ? 1.0 : 0.0, 1e-14 * n);
        }
    }
}

/* Sums of powers of the eigenvalues are traces of powers of the matrix. */
static void
test_eigenvalues (void)
{
  MlpRandom random;

  mlp_random_seed (&random, 6, 1);
  for (guint n = 1; n <= 40; n++)
    {
      g_autofree double *a = g_new (double, n * n);
      g_autofree double *b = NULL;
      g_autofree double *values = g_new (double, n);
      double traces[3] = { 0.0 };
      double sums[3] = { 0.0 };

      for (guint i = 0; i < n; i++)
        for (guint j = 0; j <= i; j++)
          a[i * n + j] = a[j * n + i] = n % 4 == 0 && j < i ? 0.0 : mlp_random_normal (&random);

      for (guint i = 0; i < n; i++)
        {
          traces[0] += a[i * n + i];
          for (guint j = 0; j < n; j++)
            {
              traces[1] += a[i * n + j] * a[j * n + i];
              for (guint k = 0; k < n; k++)
                traces[2] += a[i * n + j] * a[j * n + k] * a[k * n + i];
            }
        }

      b = g_memdup2 (a, n * n * sizeof (double));
      mlp_eigenvalues (b, n, values, NULL);
      assert_vectors (a, n);
      for (guint i = 0; i < n; i++)
        for (guint p = 0; p < 3; p++)
          sums[p] += pow (values[i], p + 1);
      for (guint p = 0; p < 3; p++)
        assert_close (sums[p], traces[p], 1e-12 * n);
    }
}

int
main (int   argc,
      char *argv[])
{
  static const struct
  {
    const char   *name;
    GTestDataFunc func;
  } tests[] = {
    { "golden", test_golden },
    { "turning", test_turning },
    { "finite", test_finite },
    { "compute", test_compute },
  };
  const MolFeature *features;
  gsize n_features;
  int status;

  g_test_init (&argc, &argv, NULL);
  read_goldens ();

  features = mol_features_get_all (&n_features);
  for (gsize i = 0; i < n_features; i++)
    for (gsize t = 0; t < G_N_ELEMENTS (tests); t++)
      {
        g_autofree char *path = g_strdup_printf ("/datasets/features/%s/%s", tests[t].name, features[i].id);

        g_test_add_data_func (path, &features[i], tests[t].func);
      }
  g_test_add_func ("/datasets/features/formulas", test_formulas);
  g_test_add_func ("/datasets/features/find", test_find);
  g_test_add_func ("/datasets/features/eigenvalues", test_eigenvalues);

  status = g_test_run ();
  g_ptr_array_unref (goldens);

  return status;
}
