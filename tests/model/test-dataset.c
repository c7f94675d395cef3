/* test-dataset.c: data sets are read in a thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/fixture.h"
#include "model-util.h"
#include "model/pz-dataset.h"
#include "model/pz-task.h"

typedef struct
{
  PzDataset *dataset;
  GError    *error;
} Answer;

static void
load (const char   *source,
      GCancellable *cancellable,
      Answer       *answer)
{
  PzDatasetLoad *job = pz_dataset_load_new (NULL, source, NULL, NULL);
  gboolean ok;

  *answer = (Answer) { NULL };
  g_assert_cmpfloat (pz_dataset_load_get_fraction (job), ==, 0.0);
  ok = pz_dataset_load_run (job, cancellable, &answer->error);
  answer->dataset = pz_dataset_load_take (job);
  g_assert_true (ok == (answer->error == NULL));
  g_assert_true (ok == (answer->dataset != NULL));
  g_assert_null (pz_dataset_load_take (job));
  pz_dataset_load_free (job);
}

static void
test_builtin (void)
{
  Answer answer;
  const DsSet *set;

  load ("builtin:digits", NULL, &answer);
  g_assert_no_error (answer.error);
  set = pz_dataset_peek_set (answer.dataset);
  g_assert_cmpstr (pz_dataset_get_name (answer.dataset), ==, "Built-in digits");
  g_assert_cmpuint (set->n_train + set->n_validation + set->n_test, ==, mlp_samples_get_n (set->samples));

  for (guint i = 0; i < 10; i++)
    {
      const char expected[] = { (char) ('0' + i), '\0' };

      g_assert_cmpstr (pz_dataset_get_class_name (answer.dataset, i), ==, expected);
    }

  g_assert_finalize_object (answer.dataset);
}

/* Names of classes: those of the set, or their numbers. */
static void
test_class_names (void)
{
  MlpSamples *samples = make_pictures (20);
  g_autoptr(DsSet) set = ds_set_new ("Some", "some", samples);
  PzDataset *numbered = pz_dataset_new (set);
  PzDataset *named;

  g_assert_cmpstr (pz_dataset_get_name (numbered), ==, "Some");
  g_assert_cmpstr (pz_dataset_get_class_name (numbered, 9), ==, "9");
  g_assert_finalize_object (numbered);

  set->class_names = g_strsplit ("a b c d e f g h i Bag", " ", 0);
  named = pz_dataset_new (set);
  g_assert_cmpstr (pz_dataset_get_class_name (named, 0), ==, "a");
  g_assert_cmpstr (pz_dataset_get_class_name (named, 9), ==, "Bag");
  g_assert_finalize_object (named);
}

static void
test_errors (void)
{
  Answer answer;
  g_autofree char *folder = fixture_make_folder ("empty");

  load ("/no/such/file", NULL, &answer);
  g_assert_error (answer.error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (answer.error->message, "/no/such/file"));
  g_clear_error (&answer.error);

  load (folder, NULL, &answer);
  g_assert_nonnull (answer.error);
  g_assert_nonnull (strstr (answer.error->message, folder));
  g_clear_error (&answer.error);
  fixture_remove (g_steal_pointer (&folder));
}

/* Names and errors, whichever layer they come from, in the person's language. */
static void
test_german (void)
{
  static const guint8 labels[] = { 0, 0, 8, 1, 0, 0, 0, 12, 9, 0, 0, 3, 0, 2, 7, 2, 5, 5, 1, 4 };
  static const char *const names[] = {
    "T-Shirt", "Hose", "Pullover", "Kleid", "Mantel", "Sandale", "Hemd", "Turnschuh", "Tasche", "Stiefelette",
  };
  g_autofree char *catalogues = g_test_build_filename (G_TEST_BUILT, "..", "po", NULL);
  char *folder;
  Answer answer;

  g_unsetenv ("LANGUAGE");
  if (setlocale (LC_ALL, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("The German locale is not at hand");
      return;
    }
  bindtextdomain (GETTEXT_PACKAGE, catalogues);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  load ("builtin:digits", NULL, &answer);
  g_assert_cmpstr (pz_dataset_get_name (answer.dataset), ==, "Mitgelieferte Ziffern");
  g_assert_finalize_object (answer.dataset);

  folder = fixture_make_folder ("set");
  fixture_write_bytes (folder, "train-images-idx3-ubyte", fixture_images (12, 2, 2));
  fixture_write (folder, "train-labels-idx1-ubyte", labels, sizeof labels);
  load (folder, NULL, &answer);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_cmpstr (pz_dataset_get_class_name (answer.dataset, i), ==, names[i]);
  g_assert_finalize_object (answer.dataset);

  fixture_write (folder, "train-labels-idx1-ubyte.gz", labels, 0);
  fixture_delete (folder, "train-labels-idx1-ubyte");
  load (folder, NULL, &answer);
  g_assert_true (g_str_has_suffix (answer.error->message,
                                   "/train-labels-idx1-ubyte.gz“ ist eine leere komprimierte Datei; laden Sie die Datei erneut "
                                   "herunter. Erwartet: Labels im IDX-Format (erste Bytes 00 00 08 01)"));
  g_clear_error (&answer.error);
  fixture_remove (folder);

  setlocale (LC_ALL, "C.UTF-8");
}

typedef struct
{
  PzDatasetLoad *job;
  GCancellable  *cancellable;
  GError        *error;
  int            ended;        /* atomic */
} Running;

static gpointer
run_load (gpointer data)
{
  Running *running = data;

  g_assert_true (pz_dataset_load_run (running->job, running->cancellable, &running->error) ==
                 (running->error == NULL));
  g_atomic_int_set (&running->ended, 1);

  return NULL;
}

/* Follows a load from another thread. Returns: how many fractions between 0 and 1 were seen; with @cancel only the
 * first */
static guint
follow_load (Running *running,
             gboolean cancel)
{
  GThread *thread = g_thread_new ("load", run_load, running);
  double last = 0.0;
  guint n_seen = 0;

  while (!g_atomic_int_get (&running->ended))
    {
      const double fraction = pz_dataset_load_get_fraction (running->job);

      g_assert_cmpfloat (fraction, >=, last);
      g_assert_cmpfloat (fraction, <=, 1.0);
      n_seen += fraction > last && fraction < 1.0;
      last = fraction;
      if (cancel && n_seen > 0)
        g_cancellable_cancel (running->cancellable);
      g_thread_yield ();
    }
  g_thread_join (thread);

  return n_seen;
}

/* The real MNIST takes a second: how far it is can be seen meanwhile, and it can be cancelled in the middle. */
static void
test_real (void)
{
  const char *data = g_getenv ("PERZEPTRON_TEST_DATA");
  g_autofree char *folder = data != NULL ? g_strdup (data)
                                         : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", NULL);
  g_autofree char *path = g_build_filename (folder, "mnist", "mnist.pkl.gz", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Running running = { NULL };
  PzDataset *dataset;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("mnist.pkl.gz is not at hand");
      return;
    }

  running.job = pz_dataset_load_new (NULL, path, NULL, NULL);
  g_assert_cmpuint (follow_load (&running, FALSE), >, 1);
  g_assert_no_error (running.error);
  dataset = pz_dataset_load_take (running.job);
  pz_dataset_load_free (running.job);
  g_assert_cmpuint (ds_set_get_n_own (pz_dataset_peek_set (dataset)), ==, 70000);
  g_assert_finalize_object (dataset);

  running = (Running) { pz_dataset_load_new (NULL, path, NULL, NULL), cancellable, NULL, 0 };
  follow_load (&running, TRUE);
  g_assert_error (running.error, MLP_ERROR, MLP_ERROR_CANCELLED);
  g_assert_null (pz_dataset_load_take (running.job));
  pz_dataset_load_free (running.job);
  g_clear_error (&running.error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/dataset/builtin", test_builtin);
  g_test_add_func ("/model/dataset/class-names", test_class_names);
  g_test_add_func ("/model/dataset/errors", test_errors);
  g_test_add_func ("/model/dataset/german", test_german);
  g_test_add_func ("/model/dataset/real", test_real);

  return g_test_run ();
}
