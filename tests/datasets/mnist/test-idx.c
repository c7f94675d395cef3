/* test-idx.c: folders of IDX files in each form they come in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-open.h"
#include "datasets/ds-split.h"
#include "datasets/fixture.h"
#include "molecules/molecule-fixture.h"
#include "test-util.h"

#define N_INPUTS (FIXTURE_ROWS * FIXTURE_COLUMNS)

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("set");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
}

static void
write_usual (Fixture *f)
{
  fixture_write_mnist (f->folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
}

static DsSet *
open_set (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  DsSet *set = ds_open (path, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (set);

  return set;
}

static void
assert_part (const DsSet *set,
             gsize        start,
             gsize        n)
{
  for (gsize i = 0; i < n; i++)
    {
      const guint8 *x = mlp_samples_peek_bytes (set->samples, start + i);

      g_assert_cmpuint (mlp_samples_get_class (set->samples, start + i), ==, i % 10);
      for (gsize k = 0; k < N_INPUTS; k++)
        g_assert_cmpuint (x[k], ==, fixture_pixel (i, k));
    }
}

static void
assert_whole (const DsSet *set)
{
  g_assert_cmpuint (set->n_train, ==, FIXTURE_N_TRAIN);
  g_assert_cmpuint (set->n_validation, ==, 0);
  g_assert_cmpuint (set->n_test, ==, FIXTURE_N_TEST);
  g_assert_cmpuint (set->rows, ==, FIXTURE_ROWS);
  g_assert_cmpuint (set->columns, ==, FIXTURE_COLUMNS);
  g_assert_cmpuint (mlp_samples_get_n (set->samples), ==, FIXTURE_N_TRAIN + FIXTURE_N_TEST);
  g_assert_cmpuint (mlp_samples_get_n_inputs (set->samples), ==, N_INPUTS);
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 10);
  g_assert_cmpfloat (mlp_samples_get_scale (set->samples), ==, 1.0f / 256.0f);
  assert_part (set, 0, FIXTURE_N_TRAIN);
  assert_part (set, FIXTURE_N_TRAIN, FIXTURE_N_TEST);
}

static const struct
{
  const char *name;
  const char *files[4];
} forms[] = {
  { "plain", { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte" } },
  { "gzip", { "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte.gz", "t10k-labels-idx1-ubyte.gz" } },
  { "dot", { "train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte" } },
  { "dot-gzip", { "train-images.idx3-ubyte.gz", "train-labels.idx1-ubyte.gz", "t10k-images.idx3-ubyte.gz", "t10k-labels.idx1-ubyte.gz" } },
  { "mixed", { "train-images.idx3-ubyte.gz", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels.idx1-ubyte.gz" } },
  { "prefix", { "my-train-images-idx3-ubyte", "my-train-labels-idx1-ubyte", "my-test-images-idx3-ubyte", "my-test-labels-idx1-ubyte" } },
  { "content", { "a.bin", "b.bin", "c.bin", "d.bin.gz" } },
};

static void
test_form (Fixture      *f,
           gconstpointer data)
{
  const char *const *files = forms[GPOINTER_TO_SIZE (data)].files;
  g_autoptr(DsSet) set = NULL;

  fixture_write_mnist (f->folder, files[0], files[1], files[2], files[3]);
  fixture_write_text (f->folder, "README", "Something else");
  set = open_set (f->folder, "");
  assert_whole (set);
  g_assert_cmpstr (set->source, ==, f->folder);

  /* Each of the files alone leads to the same set, where their names tell. */
  for (gsize i = 0; i < 4 && g_strcmp0 (forms[GPOINTER_TO_SIZE (data)].name, "content") != 0; i++)
    {
      g_autoptr(DsSet) same = open_set (f->folder, files[i]);

      assert_whole (same);
      g_assert_cmpstr (same->identity, ==, set->identity);
    }
}

/* bzip2 and xz are unpacked as gzip is. */
static void
test_packed (Fixture      *f,
             gconstpointer data)
{
  static const char *const forms_of_packing[] = { ".xz", ".bz2", ".bz2", ".xz" };
  const char *const *files = forms[0].files;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(DsSet) same = NULL;

  fixture_write_mnist (f->folder, files[0], files[1], files[2], files[3]);
  for (gsize i = 0; i < 4; i++)
    {
      g_autofree char *path = g_build_filename (f->folder, files[i], NULL);
      g_autofree char *name = g_strconcat (files[i], forms_of_packing[i], NULL);
      g_autoptr(GByteArray) packed = NULL;
      g_autofree char *bytes = NULL;
      gsize size;

      g_assert_true (g_file_get_contents (path, &bytes, &size, NULL));
      packed = fixture_packed (forms_of_packing[i], bytes, size);
      fixture_write_raw (f->folder, name, packed->data, packed->len);
      g_remove (path);
    }

  set = open_set (f->folder, "");
  assert_whole (set);
  same = open_set (f->folder, "train-images-idx3-ubyte.xz");
  assert_whole (same);
}

static void
test_chosen_file (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr(DsSet) set = NULL;

  /* Two files for one purpose: the chosen one is read. */
  write_usual (f);
  fixture_write_text (f->folder, "train-images-idx3-ubyte", "damaged");
  fixture_write_bytes (f->folder, "train-images.idx3-ubyte.gz",
                       fixture_images (FIXTURE_N_TRAIN, FIXTURE_ROWS, FIXTURE_COLUMNS));

  set = open_set (f->folder, "train-images.idx3-ubyte.gz");
  assert_whole (set);
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT, "*train-images-idx3-ubyte”*");
}

static void
test_other_names (Fixture      *f,
                  gconstpointer data)
{
  static const guint8 matrix[] = { 0, 0, 0x08, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7 };
  g_autoptr(DsSet) set = NULL;
  g_autoptr(DsSet) labels_set = NULL;

  fixture_write_bytes (f->folder, "pictures.dat", fixture_images (12, FIXTURE_ROWS, FIXTURE_COLUMNS));
  fixture_write_bytes (f->folder, "answers.dat", fixture_labels (12, 10, 0));
  fixture_write_bytes (f->folder, "other.dat", fixture_labels (13, 10, 0));
  /* IDX of two dimensions is none of them. */
  fixture_write_raw (f->folder, "matrix.dat", matrix, sizeof (matrix));

  set = open_set (f->folder, "pictures.dat");
  g_assert_cmpuint (set->n_train, ==, 12);
  g_assert_cmpuint (set->n_test, ==, 0);
  assert_part (set, 0, 12);
  labels_set = open_set (f->folder, "answers.dat");
  g_assert_cmpstr (labels_set->identity, ==, set->identity);

  fixture_assert_refused (f->folder, "other.dat", MLP_ERROR_OPEN, "The images for *other.dat” are missing*");
  fixture_assert_refused (f->folder, "matrix.dat", MLP_ERROR_FORMAT, "*matrix.dat” is a different kind of IDX file*");
}

static void
test_parts (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(DsSet) test = NULL;
  g_autoptr(DsSet) train = NULL;

  write_usual (f);
  fixture_delete (f->folder, "train-images-idx3-ubyte");
  fixture_delete (f->folder, "train-labels-idx1-ubyte");
  test = open_set (f->folder, "");
  g_assert_cmpuint (test->n_train, ==, 0);
  g_assert_cmpuint (test->n_test, ==, FIXTURE_N_TEST);
  assert_part (test, 0, FIXTURE_N_TEST);

  write_usual (f);
  fixture_delete (f->folder, "t10k-images-idx3-ubyte");
  fixture_delete (f->folder, "t10k-labels-idx1-ubyte");
  train = open_set (f->folder, "");
  g_assert_cmpuint (train->n_train, ==, FIXTURE_N_TRAIN);
  g_assert_cmpuint (train->n_test, ==, 0);
}

static void
test_inner_folder (Fixture      *f,
                   gconstpointer data)
{
  g_autofree char *inner = g_build_filename (f->folder, "raw", NULL);
  g_autoptr(DsSet) set = NULL;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  fixture_write_mnist (inner, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  set = open_set (f->folder, "");
  assert_whole (set);
}

/* As Kaggle's archive is unpacked: each file in a folder of its own name, a dot for a dash, the
 * files beside them once more. */
static void
test_folders_like_files (Fixture      *f,
                         gconstpointer data)
{
  static const char *const names[] = {
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  };
  static const char *const dots[] = {
    "train-images.idx3-ubyte", "train-labels.idx1-ubyte", "t10k-images.idx3-ubyte", "t10k-labels.idx1-ubyte",
  };

  fixture_write_mnist (f->folder, dots[0], dots[1], dots[2], dots[3]);
  for (guint round = 0; round < 3; round++)
    {
      g_autoptr(DsSet) set = NULL;
      g_autoptr(DsSet) by_file = NULL;

      for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
        {
          g_autofree char *folder = g_build_filename (f->folder, names[i], NULL);
          g_autofree char *beside = g_build_filename (f->folder, dots[i], NULL);
          g_autofree char *inside = g_build_filename (folder, round == 1 ? names[i] : dots[i], NULL);
          g_autofree char *bytes = NULL;
          gsize size;

          /* Empty folders beside the files; then the files in them too; then only there. */
          g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
          if (round == 1)
            {
              g_assert_true (g_file_get_contents (beside, &bytes, &size, NULL));
              g_assert_true (g_file_set_contents (inside, bytes, (gssize) size, NULL));
            }
          if (round == 2)
            g_assert_cmpint (g_remove (beside), ==, 0);
        }

      set = open_set (f->folder, "");
      assert_whole (set);
      by_file = open_set (f->folder, round == 0 ? dots[2] : "t10k-images-idx3-ubyte/t10k-images-idx3-ubyte");
      g_assert_cmpstr (by_file->identity, ==, set->identity);
    }
}

/* MNIST's first labels, so that it is known by them, and some of an eleventh class. */
static GByteArray *
make_mnist_labels (guint n,
                   guint n_more)
{
  static const guint8 first[] = { 5, 0, 4, 1, 9, 2, 1, 3, 1, 4 };
  GByteArray *labels = fixture_labels (n, 10, 0);

  memcpy (labels->data + 8, first, sizeof (first));
  for (guint i = 0; i < n_more; i++)
    labels->data[8 + n - 1 - i] = 10;

  return labels;
}

static void
test_class_more (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr(GByteArray) labels = make_mnist_labels (5000, 3);
  g_autoptr(GByteArray) damaged = make_mnist_labels (5000, 1);
  g_autoptr(DsSet) set = NULL;
  gsize n_eleventh = 0;

  fixture_write_bytes (f->folder, "train-images-idx3-ubyte", fixture_images (5000, 2, 2));
  fixture_write (f->folder, "train-labels-idx1-ubyte", labels->data, labels->len);
  set = open_set (f->folder, "");
  g_assert_cmpstr (set->name, ==, "MNIST");
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 11);
  g_assert_cmpuint (g_strv_length (set->class_names), ==, 11);
  g_assert_cmpstr (set->class_names[9], ==, "9");
  g_assert_cmpstr (set->class_names[10], ==, "10");
  for (gsize i = 0; i < 5000; i++)
    n_eleventh += mlp_samples_get_class (set->samples, i) == 10;
  g_assert_cmpuint (n_eleventh, ==, 3);

  /* One is a byte that is wrong. */
  fixture_write (f->folder, "train-labels-idx1-ubyte", damaged->data, damaged->len);
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT, "*has the label 10 at byte 5007; expected 0 to 9");
}

/* Twenty classes, each rarer than the one before; the last two in one part only. */
static void
test_long_tail (Fixture      *f,
                gconstpointer data)
{
  g_autoptr(GByteArray) train = fixture_labels (4096, 1, 0);
  g_autoptr(GByteArray) test = fixture_labels (64, 1, 0);
  const DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(MlpSplit) split = NULL;

  for (guint c = 1; c < 19; c++)
    for (guint i = 0; i < MAX (1, 1000 >> c); i++)
      train->data[8 + 200 * c + i] = (guint8) c;
  test->data[8 + 60] = 19;

  fixture_write_bytes (f->folder, "train-images-idx3-ubyte", fixture_images (4096, 2, 2));
  fixture_write (f->folder, "train-labels-idx1-ubyte", train->data, train->len);
  fixture_write_bytes (f->folder, "t10k-images-idx3-ubyte", fixture_images (64, 2, 2));
  fixture_write (f->folder, "t10k-labels-idx1-ubyte", test->data, test->len);
  set = open_set (f->folder, "");
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 20);
  g_assert_cmpuint (mlp_samples_get_class (set->samples, 4096 + 60), ==, 19);
  split = ds_split_make (set, &options, NULL);
  g_assert_nonnull (split);
}

/* EMNIST's pictures have their rows where others have columns. */
static void
test_emnist (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(DsSet) set = NULL;
  const guint8 *x;

  fixture_write_bytes (f->folder, "emnist-letters-train-images-idx3-ubyte.gz", fixture_images (52, 3, 3));
  fixture_write_bytes (f->folder, "emnist-letters-train-labels-idx1-ubyte.gz", fixture_labels (52, 26, 1));
  set = open_set (f->folder, "");
  g_assert_cmpstr (set->name, ==, "EMNIST letters");
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 27);
  g_assert_cmpuint (g_strv_length (set->class_names), ==, 27);
  g_assert_cmpstr (set->class_names[26], ==, "Z");
  x = mlp_samples_peek_bytes (set->samples, 7);
  for (gsize r = 0; r < 3; r++)
    for (gsize c = 0; c < 3; c++)
      g_assert_cmpuint (x[3 * r + c], ==, fixture_pixel (7, 3 * c + r));

  /* Another of its sets in the folder: one must choose. */
  fixture_write_bytes (f->folder, "emnist-digits-train-images-idx3-ubyte", fixture_images (20, 3, 3));
  fixture_write_bytes (f->folder, "emnist-digits-train-labels-idx1-ubyte", fixture_labels (20, 10, 0));
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT, "*several data sets*“emnist-digits-…”*choose*");
  ds_set_unref (set);
  set = open_set (f->folder, "emnist-digits-train-labels-idx1-ubyte");
  g_assert_cmpstr (set->name, ==, "EMNIST digits");
  g_assert_cmpuint (set->n_train, ==, 20);
  ds_set_unref (set);
  set = open_set (f->folder, "emnist-letters-train-images-idx3-ubyte.gz");
  g_assert_cmpuint (set->n_train, ==, 52);

  fixture_write_bytes (f->folder, "emnist-digits-train-labels-idx1-ubyte", fixture_labels (20, 20, 0));
  fixture_assert_refused (f->folder, "emnist-digits-train-labels-idx1-ubyte", MLP_ERROR_FORMAT,
                          "*label 10 at byte 18; expected 0 to 9");
}

static void
test_relatives (Fixture      *f,
                gconstpointer data)
{
  static const guint8 clothes[] = { 0, 0, 8, 1, 0, 0, 0, 12, 9, 0, 0, 3, 0, 2, 7, 2, 5, 5, 1, 4 };
  char *folder = fixture_make_folder ("kmnist");
  g_autoptr(DsSet) set = NULL;

  fixture_write_mnist (folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
  set = open_set (folder, "");
  g_assert_cmpstr (set->name, ==, "KMNIST");
  g_assert_cmpstr (set->class_names[3], ==, "tsu");
  fixture_remove (folder);

  /* By its first labels. */
  fixture_write_bytes (f->folder, "train-images-idx3-ubyte", fixture_images (12, 2, 2));
  fixture_write (f->folder, "train-labels-idx1-ubyte", clothes, sizeof (clothes));
  ds_set_unref (set);
  set = open_set (f->folder, "");
  g_assert_cmpstr (set->name, ==, "Fashion-MNIST");
  g_assert_cmpstr (set->class_names[9], ==, "Ankle boot");
  g_assert_cmpuint (mlp_samples_peek_bytes (set->samples, 3)[1], ==, fixture_pixel (3, 1));

  /* Of unknown origin. */
  fixture_write_bytes (f->folder, "train-labels-idx1-ubyte", fixture_labels (12, 4, 0));
  ds_set_unref (set);
  set = open_set (f->folder, "");
  g_assert_true (g_str_has_suffix (f->folder, set->name));
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 4);
  g_assert_cmpstr (set->class_names[3], ==, "3");
}

static gboolean
on_progress_cancel (double   fraction,
                    gpointer user_data)
{
  return FALSE;
}

static void
test_cancel (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  DsSet *set;

  write_usual (f);
  set = ds_open (f->folder, on_progress_cancel, NULL, &error);
  g_assert_null (set);
  g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
}

static void
test_nothing (Fixture      *f,
              gconstpointer data)
{
  fixture_assert_refused (f->folder, "", MLP_ERROR_OPEN, "No data set found in *expected*train-images-idx3-ubyte*");
  fixture_assert_refused (f->folder, "not-there", MLP_ERROR_OPEN, "*not-there” could not be opened: *");
  fixture_assert_refused ("/dev", "null", MLP_ERROR_OPEN, "*not a file");
}

static void
add (const char *path,
     gsize i,
     void (*test)(Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/idx/form/%s", forms[i].name);

      add (path, i, test_form);
    }
  add ("/datasets/idx/packed", 0, test_packed);
  add ("/datasets/idx/chosen-file", 0, test_chosen_file);
  add ("/datasets/idx/other-names", 0, test_other_names);
  add ("/datasets/idx/parts", 0, test_parts);
  add ("/datasets/idx/inner-folder", 0, test_inner_folder);
  add ("/datasets/idx/folders-like-files", 0, test_folders_like_files);
  add ("/datasets/idx/class-more", 0, test_class_more);
  add ("/datasets/idx/long-tail", 0, test_long_tail);
  add ("/datasets/idx/emnist", 0, test_emnist);
  add ("/datasets/idx/relatives", 0, test_relatives);
  add ("/datasets/idx/cancel", 0, test_cancel);
  add ("/datasets/idx/nothing", 0, test_nothing);

  return g_test_run ();
}
