/* test-pickle.c: small pickles made like mnist.pkl.gz, and others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE     /* memmem () */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-open.h"
#include "datasets/fixture.h"
#include "datasets/mnist/ds-pickle.h"
#include "test-util.h"

/* tests/golden/make-pickle.py */
#define N_TRAIN      20
#define N_VALIDATION 10
#define N_TEST       10
#define N            (N_TRAIN + N_VALIDATION + N_TEST)
#define N_INPUTS     16

static GByteArray *
read_golden (const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "pickle", name, NULL);
  g_autoptr(GError) error = NULL;
  char *bytes;
  gsize size;

  g_file_get_contents (path, &bytes, &size, &error);
  g_assert_no_error (error);

  return g_byte_array_new_take ((guint8 *) bytes, size);
}

static gboolean
read_memory (const GByteArray *bytes,
             DsPickle         *pickle,
             GError          **error)
{
  g_autoptr(IoStream) stream = io_stream_new_memory ("test.pkl", bytes->data, bytes->len);

  return ds_pickle_read (stream, pickle, NULL, NULL, error);
}

static void
assert_refused (const GByteArray *bytes,
                int               code,
                const char       *pattern)
{
  g_autoptr(GError) error = NULL;
  g_auto(DsPickle) pickle = { 0 };

  g_assert_false (read_memory (bytes, &pickle, &error));
  g_assert_error (error, MLP_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” does not match “%s”", error->message, pattern);
}

static void
test_small (void)
{
  char *folder = fixture_make_folder ("pickle");
  g_autoptr(GByteArray) bytes = read_golden ("small.pkl");
  static const char *const names[] = { "mnist.pkl", "mnist.pkl.gz", "whatever" };

  for (gsize f = 0; f < G_N_ELEMENTS (names); f++)
    {
      g_autofree char *path = g_build_filename (folder, names[f], NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(DsSet) set = NULL;

      fixture_write (folder, names[f], bytes->data, bytes->len);
      set = ds_open (path, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (set->name, ==, names[f]);
      g_assert_cmpstr (set->source, ==, path);
      g_assert_cmpuint (set->n_train, ==, N_TRAIN);
      g_assert_cmpuint (set->n_validation, ==, N_VALIDATION);
      g_assert_cmpuint (set->n_test, ==, N_TEST);
      g_assert_cmpuint (set->rows, ==, 4);
      g_assert_cmpuint (set->columns, ==, 4);
      g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 10);
      g_assert_cmpfloat (mlp_samples_get_scale (set->samples), ==, 1.0f / 256.0f);

      for (gsize i = 0; i < N; i++)
        {
          const guint8 *x = mlp_samples_peek_bytes (set->samples, i);

          g_assert_cmpuint (mlp_samples_get_class (set->samples, i), ==, (7 * i + 3) % 10);
          for (gsize k = 0; k < N_INPUTS; k++)
            g_assert_cmpuint (x[k], ==, (37 * i + 11 * k * k) % 256);
        }
    }

  fixture_remove (folder);
}

/* A folder that holds it, and files of other kinds. */
static void
test_folder (void)
{
  char *folder = fixture_make_folder ("pickle");
  g_autoptr(GByteArray) bytes = read_golden ("small.pkl");
  g_autofree char *path = g_build_filename (folder, "whatever", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) set = NULL;

  fixture_write (folder, "whatever", bytes->data, bytes->len);
  fixture_write_text (folder, "README", "Something else");
  set = ds_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (set->source, ==, path);
  g_assert_cmpuint (set->n_validation, ==, N_VALIDATION);

  /* Which of two, one must say. */
  fixture_write (folder, "another", bytes->data, bytes->len);
  fixture_assert_refused (folder, "", MLP_ERROR_OPEN, "No data set found in *or “mnist.pkl.gz”*");

  /* IDX files come first. */
  fixture_write_bytes (folder, "train-images-idx3-ubyte", fixture_images (12, 2, 2));
  fixture_write_bytes (folder, "train-labels-idx1-ubyte", fixture_labels (12, 4, 0));
  ds_set_unref (set);
  set = ds_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (set->n_train, ==, 12);

  fixture_remove (folder);
}

/* The same samples as IDX have the same identity. */
static void
test_same_as_idx (void)
{
  char *folder = fixture_make_folder ("pickle");
  g_autoptr(GByteArray) bytes = read_golden ("small.pkl");
  GByteArray *images = fixture_images (N_TRAIN + N_VALIDATION, 4, 4);
  GByteArray *labels = fixture_labels (N_TRAIN + N_VALIDATION, 10, 0);
  GByteArray *test_images = fixture_images (N_TEST, 4, 4);
  GByteArray *test_labels = fixture_labels (N_TEST, 10, 0);
  g_autofree char *path = g_build_filename (folder, "mnist.pkl.gz", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) pickle = NULL;
  g_autoptr(DsSet) idx = NULL;

  for (gsize i = 0; i < N; i++)
    {
      gboolean test = i >= N_TRAIN + N_VALIDATION;
      gsize at = test ? i - N_TRAIN - N_VALIDATION : i;

      (test ? test_labels : labels)->data[8 + at] = (guint8) ((7 * i + 3) % 10);
      for (gsize k = 0; k < N_INPUTS; k++)
        (test ? test_images : images)->data[16 + at * N_INPUTS + k] = (guint8) (37 * i + 11 * k * k);
    }

  fixture_write_bytes (folder, "train-images-idx3-ubyte", images);
  fixture_write_bytes (folder, "train-labels-idx1-ubyte", labels);
  fixture_write_bytes (folder, "t10k-images-idx3-ubyte", test_images);
  fixture_write_bytes (folder, "t10k-labels-idx1-ubyte", test_labels);
  fixture_write (folder, "mnist.pkl.gz", bytes->data, bytes->len);

  idx = ds_open (folder, NULL, NULL, &error);
  g_assert_no_error (error);
  pickle = ds_open (path, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (idx->identity, ==, pickle->identity);

  fixture_remove (folder);
}

/* Sizes of more than a byte. */
static void
test_wide (void)
{
  g_autoptr(GByteArray) bytes = read_golden ("wide.pkl");
  g_autoptr(GError) error = NULL;
  g_auto(DsPickle) pickle = { 0 };

  g_assert_true (read_memory (bytes, &pickle, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (pickle.n_inputs, ==, 18 * 18);
  for (gsize i = 0; i < 3; i++)
    {
      g_assert_cmpuint (pickle.n[i], ==, 1);
      for (gsize k = 0; k < 18 * 18; k++)
        g_assert_cmpuint (pickle.pixels[i * 18 * 18 + k], ==, (37 * i + 11 * k * k) % 256);
    }
}

static const struct
{
  const char *name;
  const char *pattern;
} others[] = {
  { "keras", "*“mnist.pkl.gz” of Keras*three parts*" },
  { "python3-2", "*was rewritten by Python 3*" },
  { "python3-3", "*byte 2: this pickle has protocol 3: it was rewritten by Python 3*" },
  { "python3-4", "*protocol 4*Python 3*" },
  { "python3-5", "*protocol 5*Python 3*" },
  { "two-parts", "*has 2 parts; expected three*" },
  { "repeated", "*part 2 of the file is not*" },
  { "big-endian", "*big-endian*" },
  { "double", "*type “f8”; expected “f4”*" },
  { "by-255", "*not a multiple of 1/256*" },
  { "label-300", "*label before this position is 300; expected 0 to 9*" },
  { "label-77", "*has the label 77; expected 0 to 8*" },
  { "wrong-shape", "*the data of an array have 1280 bytes; expected 21 × 16 numbers of 4 bytes each*" },
};

static void
test_other (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *name = g_strconcat (others[i].name, ".pkl", NULL);
  g_autoptr(GByteArray) bytes = read_golden (name);

  assert_refused (bytes, MLP_ERROR_FORMAT, others[i].pattern);
}

/* @text stands for the first @from in the small pickle. */
static GByteArray *
replace (const char *from,
         const char *text)
{
  g_autoptr(GByteArray) bytes = read_golden ("small.pkl");
  const guint8 *at = memmem (bytes->data, bytes->len, from, strlen (from));
  GByteArray *changed = g_byte_array_new ();
  gsize start;

  g_assert_nonnull (at);
  start = (gsize) (at - bytes->data);
  g_byte_array_append (changed, bytes->data, (guint) start);
  g_byte_array_append (changed, (const guint8 *) text, (guint) strlen (text));
  g_byte_array_append (changed, at + strlen (from), (guint) (bytes->len - start - strlen (from)));

  return changed;
}

/* Nothing is called that is not known to be harmless. */
static void
test_forbidden (void)
{
  static const struct
  {
    const char *from;
    const char *to;
    const char *pattern;
  } cases[] = {
    { "numpy.core.multiarray\n_reconstruct", "os\nsystem", "*refers to the Python object “os.system”*no code is ever "
      "executed*" },
    { "numpy.core.multiarray\n_reconstruct", "numpy.core.multiarray\n_reconstruct_", "*“numpy.core.multiarray._reconstruct_”*" },
    { "numpy\nndarray", "builtins\neval", "*“builtins.eval”*" },
    { "numpy\ndtype", "numpy\nload", "*“numpy.load”*" },
    /* A harmless name of another module. */
    { "numpy.core.multiarray\n_reconstruct", "multiarray\n_reconstruct", "*“multiarray._reconstruct”*" },
    { "numpy\ndtype", "os\ndtype", "*“os.dtype”*" },
    { "numpy\ndtype", "numpy\nndarray", "*not the structure of “mnist.pkl.gz”*" },
    { "numpy\ndtype", "numpy\n\1", "*name of a Python object is invalid*" },
  };
  g_autoptr(GByteArray) renamed = replace ("numpy.core.multiarray\n_reconstruct",
                                           "numpy._core.multiarray\n_reconstruct");
  g_auto(DsPickle) pickle = { 0 };
  g_autoptr(GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GByteArray) bytes = replace (cases[i].from, cases[i].to);

      assert_refused (bytes, MLP_ERROR_FORMAT, cases[i].pattern);
    }

  g_assert_true (read_memory (renamed, &pickle, &error));
  g_assert_no_error (error);
}

/* Pickles that would keep a careless reader busy, or make it fall over. */
static void
test_hostile (void)
{
  g_autoptr(GByteArray) deep = g_byte_array_new ();
  g_autoptr(GByteArray) endless = g_byte_array_new ();
  g_autoptr(GByteArray) nested = g_byte_array_new ();
  static const struct
  {
    const char *bytes;
    gsize       size;
  } cases[] = {
    { "\x80\2.", 3 },
    { "\x80\2t.", 4 },
    { "\x80\2(t.", 5 },
    { "\x80\2h\1.", 5 },
    { "\x80\2q\1.", 5 },
    { "\x80\2R.", 4 },
    { "\x80\2b.", 4 },
    { "\x80\2\x87.", 4 },
    { "\x80\2((\x86.", 6 },
    { "\x80\2N\0", 4 },
    { "\x80\2cnumpy\ndtype\n)R.", 18 },
    { "\x80\2cnumpy\ndtype\n(tR.", 19 },
    { "\x80\2NNNNNNNNN\x87.", 13 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GByteArray) bytes = g_byte_array_new ();

      g_byte_array_append (bytes, (const guint8 *) cases[i].bytes, (guint) cases[i].size);
      assert_refused (bytes, MLP_ERROR_FORMAT, "“test.pkl”, byte *");
    }

  g_byte_array_append (deep, (const guint8 *) "\x80\2", 2);
  g_byte_array_append (nested, (const guint8 *) "\x80\2N", 3);
  g_byte_array_append (endless, (const guint8 *) "\x80\2N", 3);
  for (gsize i = 0; i < 100000; i++)
    {
      g_byte_array_append (deep, (const guint8 *) "N", 1);
      g_byte_array_append (nested, (const guint8 *) "\x85", 1);
      g_byte_array_append (endless, (const guint8 *) "q\1", 2);
    }
  assert_refused (deep, MLP_ERROR_FORMAT, "*byte 67: *");
  assert_refused (nested, MLP_ERROR_FORMAT, "*byte 1002: *");
  assert_refused (endless, MLP_ERROR_FORMAT, "*byte 2001: *");
}

/* Sizes are compared with the file before they are believed. */
static void
test_huge (void)
{
  g_autoptr(GByteArray) bytes = replace ("K\1K\x14K\x10\x86", "K\1J\xff\xff\xff\1K\x10\x86");
  g_autoptr(GByteArray) string = g_byte_array_new ();
  guint8 *at = memmem (bytes->data, bytes->len, "T\0\5\0\0", 5);

  g_assert_nonnull (at);
  assert_refused (bytes, MLP_ERROR_FORMAT, "*33554431 × 16 numbers*");
  memcpy (at + 1, "\xc0\xff\xff\x7f", 4);
  assert_refused (bytes, MLP_ERROR_TRUNCATED, "*declares 2147483584 bytes for an array*");

  g_byte_array_append (string, (const guint8 *) "\x80\2T\xff\xff\xff\x7f.", 8);
  assert_refused (string, MLP_ERROR_FORMAT, "*not the structure of “mnist.pkl.gz”*");
}

static void
test_truncation (void)
{
  g_autoptr(GByteArray) bytes = read_golden ("small.pkl");
  g_autoptr(GByteArray) packed = fixture_gzip (bytes->data, bytes->len);
  GByteArray *const forms[] = { bytes, packed };

  for (gsize f = 0; f < G_N_ELEMENTS (forms); f++)
    {
      guint size = forms[f]->len;

      for (guint n = 0; n < size; n++)
        {
          g_autoptr(GByteArray) part = g_byte_array_new ();

          g_byte_array_append (part, forms[f]->data, n);
          assert_refused (part, n == 0 ? MLP_ERROR_FORMAT : MLP_ERROR_TRUNCATED, "*test.pkl*");
        }
    }

  g_byte_array_append (bytes, (const guint8 *) ".", 1);
  assert_refused (bytes, MLP_ERROR_FORMAT, "*longer*the pickle ends at byte 3213*");
}

/* Each bit: an error, or a set of the same size. */
static void
test_bit_flips (void)
{
  g_autoptr(GByteArray) bytes = read_golden ("small.pkl");
  gsize n_accepted = 0;

  for (gsize bit = 0; bit < bytes->len * 8; bit++)
    {
      g_autoptr(GError) error = NULL;
      g_auto(DsPickle) pickle = { 0 };

      bytes->data[bit / 8] ^= 1 << bit % 8;
      if (read_memory (bytes, &pickle, &error))
        {
          g_assert_no_error (error);
          g_assert_cmpuint (pickle.n_inputs, ==, N_INPUTS);
          g_assert_cmpuint (pickle.n[0] + pickle.n[1] + pickle.n[2], ==, N);
          g_assert_cmpuint (pickle.n_classes, <=, 22);
          for (gsize i = 0; i < N; i++)
            g_assert_cmpuint (pickle.labels[i], <, pickle.n_classes);
          n_accepted++;
        }
      else
        g_assert_true (error->domain == MLP_ERROR);
      bytes->data[bit / 8] ^= 1 << bit % 8;
    }

  /* In most of the bits of a pixel's float the value is no 256th. */
  g_test_message ("%" G_GSIZE_FORMAT " of %u bits", n_accepted, bytes->len * 8);
  g_assert_cmpuint (n_accepted, <, bytes->len * 8 / 3);
}

static gboolean
on_progress_cancel (double   fraction,
                    gpointer user_data)
{
  g_assert_cmpfloat (fraction, >, 0.0);
  g_assert_cmpfloat (fraction, <=, 1.0);

  return FALSE;
}

static void
test_cancel (void)
{
  g_autoptr(GByteArray) bytes = read_golden ("small.pkl");
  g_autoptr(IoStream) stream = io_stream_new_memory ("test.pkl", bytes->data, bytes->len);
  g_autoptr(GError) error = NULL;
  g_auto(DsPickle) pickle = { 0 };

  g_assert_false (ds_pickle_read (stream, &pickle, on_progress_cancel, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/pickle/instead/%s", others[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_other);
    }

  g_test_add_func ("/datasets/pickle/small", test_small);
  g_test_add_func ("/datasets/pickle/folder", test_folder);
  g_test_add_func ("/datasets/pickle/wide", test_wide);
  g_test_add_func ("/datasets/pickle/same-as-idx", test_same_as_idx);
  g_test_add_func ("/datasets/pickle/forbidden", test_forbidden);
  g_test_add_func ("/datasets/pickle/hostile", test_hostile);
  g_test_add_func ("/datasets/pickle/huge", test_huge);
  g_test_add_func ("/datasets/pickle/truncation", test_truncation);
  g_test_add_func ("/datasets/pickle/bit-flips", test_bit_flips);
  g_test_add_func ("/datasets/pickle/cancel", test_cancel);

  return g_test_run ();
}
