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
  PzDataset    *dataset;
  GError       *error;
  gboolean      done;
  GCancellable *cancel_on_progress;     /* (nullable) */
  guint         n_progress;
  guint         n_after;
  double        fraction;
} Answer;

static void
on_progress (double   fraction,
             gpointer user_data)
{
  Answer *answer = user_data;

  g_assert_cmpfloat (fraction, >=, answer->fraction);
  g_assert_cmpfloat (fraction, <=, 1.0);
  answer->fraction = fraction;
  answer->n_progress++;
  answer->n_after += answer->done;
  if (answer->cancel_on_progress != NULL)
    g_cancellable_cancel (answer->cancel_on_progress);
}

static void
on_loaded (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Answer *answer = user_data;

  answer->dataset = pz_dataset_load_finish (result, &answer->error);
  g_assert_true ((answer->dataset != NULL) == (answer->error == NULL));
  answer->done = TRUE;
}

static void
load (const char   *source,
      GCancellable *cancellable,
      Answer       *answer)
{
  *answer = (Answer) { NULL };
  pz_dataset_load_async (source, NULL, cancellable, on_progress, answer, on_loaded, answer);
  wait_until (answer->done);
  run_for (80);
  g_assert_cmpuint (answer->n_after, ==, 0);
  pz_task_wait_all ();
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
                                   "/train-labels-idx1-ubyte.gz“ ist eine leere gzip-Datei; laden Sie die Datei erneut "
                                   "herunter. Erwartet: Labels im IDX-Format (erste Bytes 00 00 08 01)"));
  g_clear_error (&answer.error);
  fixture_remove (folder);

  setlocale (LC_ALL, "C.UTF-8");
}

static void
test_cancel (void)
{
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Answer answer = { NULL };

  pz_dataset_load_async ("builtin:digits", NULL, cancellable, on_progress, &answer, on_loaded, &answer);
  g_cancellable_cancel (cancellable);
  wait_until (answer.done);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&answer.error);
  pz_task_wait_all ();
  run_pending ();

  /* Without anyone to tell. */
  answer = (Answer) { NULL };
  pz_dataset_load_async ("builtin:digits", NULL, NULL, NULL, NULL, on_loaded, &answer);
  wait_until (answer.done);
  g_assert_no_error (answer.error);
  g_assert_finalize_object (answer.dataset);
  pz_task_wait_all ();
}

/* The real MNIST takes a second: progress is told on the way, and not after a load was
 * cancelled in the middle.
 */
static void
test_real (void)
{
  const char *data = g_getenv ("PERZEPTRON_TEST_DATA");
  g_autofree char *folder = data != NULL ? g_strdup (data)
                                         : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", NULL);
  g_autofree char *path = g_build_filename (folder, "mnist", "mnist.pkl.gz", NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Answer answer;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("mnist.pkl.gz is not at hand");
      return;
    }

  load (path, NULL, &answer);
  g_assert_no_error (answer.error);
  g_test_message ("told %u times", answer.n_progress);
  g_assert_cmpuint (answer.n_progress, >=, 1);
  g_assert_cmpuint (ds_set_get_n_own (pz_dataset_peek_set (answer.dataset)), ==, 70000);
  g_assert_finalize_object (answer.dataset);

  answer = (Answer) { .cancel_on_progress = cancellable };
  pz_dataset_load_async (path, NULL, cancellable, on_progress, &answer, on_loaded, &answer);
  wait_until (answer.done);
  g_assert_error (answer.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  /* What was on its way is not told. */
  g_assert_cmpuint (answer.n_progress, ==, 1);
  run_for (80);
  g_assert_cmpuint (answer.n_after, ==, 0);
  g_clear_error (&answer.error);
  pz_task_wait_all ();
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
  g_test_add_func ("/model/dataset/cancel", test_cancel);
  g_test_add_func ("/model/dataset/real", test_real);

  return g_test_run ();
}
