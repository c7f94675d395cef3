/* fuzz-open.c: whatever bytes as a file of any name, opened as data and as a network.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/ds-open.h"
#include "datasets/ds-set.h"
#include "fuzz-bytes.h"
#include "fuzz-folder.h"
#include "recipe/recipe-file.h"

static const char *const names[] = {
  "file", "train-images-idx3-ubyte", "train-labels-idx1-ubyte.gz", "mnist.pkl.gz", "mnist.pkl", "qm9.csv", "qm9.csv.bz2",
  "gdb9.sdf", "gdb9.sdf.csv", "molecule.xyz", "dsgdb9nsd.xyz.tar.bz2", "molecules.zip", "net.perz", "picture.png",
};

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

/* Reading goes on for no longer than a moment: what would take long is as what takes short. */
static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  guint *n_calls = user_data;

  g_assert_true (fraction >= 0.0 && fraction <= 1.0);

  return ++*n_calls < 100;
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  FuzzBytes input = { bytes, n_bytes };
  const char *folder = fuzz_folder_get ();
  const char *name = names[fuzz_take_byte (&input) % G_N_ELEMENTS (names)];
  g_autofree char *path = fuzz_folder_write (folder, name, input.at, input.n);
  DsTask task;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(GError) error = NULL;
  guint n_calls = 0;

  ds_task_init (&task);
  g_free (task.features);
  task.features = g_strdup ("composition");

  ds_open_is_molecules (path);
  set = ds_open_full (path, &task, NULL, on_progress, &n_calls, &error);
  g_assert_true ((set == NULL) == (error != NULL));
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
  if (set != NULL)
    g_assert_cmpuint (mlp_samples_get_n (set->samples), ==, set->n_train + set->n_validation + set->n_test);

  g_clear_error (&error);
  file = recipe_file_load (path, &error);
  g_assert_true ((file == NULL) == (error != NULL));
  ds_task_clear (&task);

  return 0;
}
