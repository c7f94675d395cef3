/* test-recipe-file.c: .perz files, sound and hostile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#include "core/mlp-error.h"
#include "recipe/recipe-file-private.h"
#include "test-util.h"

#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__)
#define SANITIZED 1
#else
#define SANITIZED 0
#endif

typedef struct
{
  char       *folder;
  char       *path;
  RecipeFile *file;
} Fixture;

static DsSet *
make_set (void)
{
  MlpSamples *samples = mlp_samples_new_classes (g_new0 (guint8, 24), 1.0f / 256.0f,
                                                 g_new0 (guint8, 4), 6, 3, 4);
  DsSet *set = ds_set_new ("Four “pictures”", "four", samples);

  set->n_train = 4;
  set->rows = 2;
  set->columns = 3;
  set->class_names = g_strsplit ("a,ß,\"c\"", ",", -1);

  return set;
}

static RecipeFile *
make_file (void)
{
  const guint64 hashes[] = { 3, G_MAXINT64, G_MAXUINT64, 0, 7 };
  RecipeFile *file;
  const MlpEpoch epochs[] = {
    { 1, 0.1, 1.0 / 3.0, 0.5, NAN, 0.25, 0.75, NAN },
    { 2, 1e-08, 1e300, 1.0, NAN, 5e-324, 1.0, NAN },
  };
  g_autoptr(DsSet) set = make_set ();
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(MlpNet) net = NULL;

  recipe->training.random_biases = TRUE;
  g_assert_true (recipe_set_hidden (recipe, "4:sigmoid,4:elu", NULL));
  net = recipe_make_net (recipe, 6, 3, NULL);

  file = recipe_file_new (recipe, set, net, epochs, G_N_ELEMENTS (epochs), 2);
  file->data.seen = recipe_seen_new_from_hashes (hashes, 3, hashes + 3, 2, TRUE);
  file->trained = recipe_copy (recipe);
  file->trained->split.seed = 99;

  return file;
}

/* A network for values: it has a scaler, and its data a task. */
static RecipeFile *
make_values_file (void)
{
  const DsTask task = { (char *) "composition", (char *) "gap,mu", MOL_UNIT_KCAL, TRUE };
  g_autoptr(RecipeFile) pictures = make_file ();
  g_autoptr(MlpNet) net = recipe_make_net (pictures->recipe, 6, 3, NULL);
  const float means[] = { 1.0f, -2.5f, 0.0f, 1e-3f, 7.0f, 1e6f };
  const float deviations[] = { 1.0f, 0.5f, 3e-5f, 2.0f, 1e4f, 1.0f };
  g_autoptr(MlpScaler) scaler = mlp_scaler_new (6, 3, &(MlpScalerValues) { means, deviations, NULL, NULL, means,
                                                                           deviations }, NULL);
  RecipeFile *file;

  mlp_net_set_scaler (net, scaler);
  file = recipe_file_new (pictures->recipe, NULL, net, NULL, 0, 0);
  recipe_data_clear (&file->data);
  recipe_data_copy (&pictures->data, &file->data);
  file->data.rows = file->data.columns = 0;
  file->data.task = g_new (DsTask, 1);
  ds_task_copy (&task, file->data.task);

  return file;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "net.perz", NULL);
  f->file = data != NULL ? make_values_file () : make_file ();
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
  recipe_file_free (f->file);
}

static void
assert_same_double (double a,
                    double b)
{
  g_assert_true (a == b || (isnan (a) && isnan (b)));
}

static void
assert_same_scaler (const MlpScaler *a,
                    const MlpScaler *b)
{
  gsize x, y;

  g_assert_true ((a == NULL) == (b == NULL));
  if (a == NULL)
    return;

  x = mlp_scaler_get_n_inputs (a) * sizeof (float);
  y = mlp_scaler_get_n_outputs (a) * sizeof (float);
  g_assert_true (mlp_scaler_get_n_inputs (b) == mlp_scaler_get_n_inputs (a) &&
                 mlp_scaler_get_n_outputs (b) == mlp_scaler_get_n_outputs (a));
  g_assert_cmpmem (mlp_scaler_peek_x_mean (a), x, mlp_scaler_peek_x_mean (b), x);
  g_assert_cmpmem (mlp_scaler_peek_x_deviation (a), x, mlp_scaler_peek_x_deviation (b), x);
  g_assert_cmpmem (mlp_scaler_peek_y_mean (a), y, mlp_scaler_peek_y_mean (b), y);
  g_assert_cmpmem (mlp_scaler_peek_y_deviation (a), y, mlp_scaler_peek_y_deviation (b), y);
}

static void
assert_same_net (const MlpNet *a,
                 const MlpNet *b)
{
  gsize size = mlp_net_get_n_params (a) * sizeof (float);

  g_assert_true (mlp_net_same_shape (a, b));
  g_assert_cmpmem (mlp_net_peek_params (a), size, mlp_net_peek_params (b), size);
  assert_same_scaler (mlp_net_peek_scaler (a), mlp_net_peek_scaler (b));
}

static void
assert_same (const RecipeFile *a,
             const RecipeFile *b)
{
  g_assert_true (recipe_equal (a->recipe, b->recipe) &&
                 recipe_equal (recipe_file_peek_trained (a), recipe_file_peek_trained (b)));
  g_assert_cmpstr (a->data.name, ==, b->data.name);
  g_assert_cmpstr (a->data.identity, ==, b->data.identity);
  g_assert_cmpuint (a->data.n_inputs, ==, b->data.n_inputs);
  g_assert_cmpuint (a->data.n_outputs, ==, b->data.n_outputs);
  g_assert_cmpuint (a->data.rows, ==, b->data.rows);
  g_assert_cmpuint (a->data.columns, ==, b->data.columns);
  g_assert_cmpfloat (a->data.scale, ==, b->data.scale);
  g_assert_true ((a->data.class_names == NULL) == (b->data.class_names == NULL));
  if (a->data.class_names != NULL)
    g_assert_cmpstrv (a->data.class_names, b->data.class_names);

  g_assert_true ((a->data.task == NULL) == (b->data.task == NULL));
  if (a->data.task != NULL)
    g_assert_true (ds_task_equal (a->data.task, b->data.task));

  g_assert_true ((a->net == NULL) == (b->net == NULL));
  if (a->net != NULL)
    assert_same_net (a->net, b->net);
  g_assert_cmpuint (a->best_epoch, ==, b->best_epoch);
  g_assert_cmpuint (a->epochs->len, ==, b->epochs->len);

  for (guint i = 0; i < a->epochs->len; i++)
    {
      const MlpEpoch *x = &g_array_index (a->epochs, MlpEpoch, i);
      const MlpEpoch *y = &g_array_index (b->epochs, MlpEpoch, i);

      g_assert_cmpuint (x->epoch, ==, y->epoch);
      assert_same_double (x->rate, y->rate);
      assert_same_double (x->train_loss, y->train_loss);
      assert_same_double (x->train_accuracy, y->train_accuracy);
      assert_same_double (x->train_mae, y->train_mae);
      assert_same_double (x->validation_loss, y->validation_loss);
      assert_same_double (x->validation_accuracy, y->validation_accuracy);
      assert_same_double (x->validation_mae, y->validation_mae);
    }
}

static void
test_round_trip (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  gsize n_first, n_second;

  g_assert_true (recipe_file_save (f->file, f->path, &error));
  g_assert_no_error (error);
  again = recipe_file_load (f->path, &error);
  g_assert_no_error (error);
  assert_same (f->file, again);

  /* The same file again, byte for byte. */
  g_assert_true (g_file_get_contents (f->path, &first, &n_first, NULL));
  g_assert_true (recipe_file_save (again, f->path, &error));
  g_assert_true (g_file_get_contents (f->path, &second, &n_second, NULL));
  g_assert_cmpmem (first, n_first, second, n_second);
}

static void
test_without_net (Fixture      *f,
                  gconstpointer data)
{
  g_autoptr(RecipeFile) file = recipe_file_new (f->file->recipe, NULL, NULL, NULL, 0, 0);
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (recipe_file_save (file, f->path, &error));
  again = recipe_file_load (f->path, &error);
  g_assert_no_error (error);
  assert_same (file, again);
  g_assert_null (again->net);
  g_assert_cmpuint (again->data.n_inputs, ==, 0);
  g_assert_cmpstr (again->data.name, ==, "");
}

/* The form may be ahead of the network. */
static void
test_later_recipe (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (recipe_set_hidden (f->file->recipe, "77:tanh", NULL));
  f->file->recipe->output = MLP_IDENTITY;
  g_assert_true (recipe_file_save (f->file, f->path, &error));
  again = recipe_file_load (f->path, &error);
  g_assert_no_error (error);
  assert_same (f->file, again);
  g_assert_cmpuint (mlp_net_get_n_layers (again->net), ==, 3);
}

static void
test_save_fails (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *nowhere = g_build_filename (f->folder, "missing", "net.perz", NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) open_error = NULL;

  g_assert_false (recipe_file_save (f->file, nowhere, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, nowhere));
  g_clear_error (&error);

  g_assert_false (recipe_file_save (f->file, f->folder, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);

  g_assert_null (recipe_file_load (nowhere, &open_error));
  g_assert_error (open_error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (open_error->message, "No such file"));
  g_clear_error (&open_error);

  g_assert_null (recipe_file_load (f->folder, &open_error));
  g_assert_error (open_error, MLP_ERROR, MLP_ERROR_OPEN);
}

/* A file size limit is a disk that is full. */
static void
test_disk_full (Fixture      *f,
                gconstpointer data)
{
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(RecipeFile) other = recipe_file_new (f->file->recipe, NULL, NULL, NULL, 0, 0);
  g_autoptr(GError) error = NULL;
  g_autoptr(GDir) folder = NULL;
  struct rlimit before, limit;
  gboolean ok;

  g_assert_true (recipe_file_save (f->file, f->path, &error));
  g_assert_no_error (error);

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &before), ==, 0);
  limit = before;
  limit.rlim_cur = 100;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  ok = recipe_file_save (other, f->path, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &before), ==, 0);

  g_assert_false (ok);
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_clear_error (&error);

  /* The old file is as it was, and nothing lies beside it. */
  again = recipe_file_load (f->path, &error);
  g_assert_no_error (error);
  assert_same (f->file, again);

  folder = g_dir_open (f->folder, 0, NULL);
  g_assert_cmpstr (g_dir_read_name (folder), ==, "net.perz");
  g_assert_null (g_dir_read_name (folder));
}

/* The whole of a file that has a network must be there. */
static void
test_truncated (Fixture      *f,
                gconstpointer data)
{
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;

  bytes = recipe_file_to_bytes (f->file, &n_bytes);

  for (gsize n = 0; n < n_bytes; n++)
    {
      /* A copy of that length, so that a sanitiser sees reading beyond it. */
      g_autofree guint8 *part = g_memdup2 (bytes, n);
      g_autoptr(GError) error = NULL;
      RecipeFile *file = recipe_file_parse ("it", part, n, &error);

      g_assert_null (file);
      g_assert_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED);
      g_assert_true (g_str_has_prefix (error->message, "“it”: "));
    }

  {
    g_autofree guint8 *longer = g_malloc0 (n_bytes + 1);
    g_autoptr(GError) error = NULL;

    memcpy (longer, bytes, n_bytes);
    g_assert_null (recipe_file_parse ("it", longer, n_bytes + 1, &error));
    g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
  }
}

/* Every bit of the file, its network included. */
static void
test_flipped (Fixture      *f,
              gconstpointer data)
{
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;

  bytes = recipe_file_to_bytes (f->file, &n_bytes);

  for (gsize i = 0; i < 8 * n_bytes; i++)
    {
      g_autoptr(GError) error = NULL;
      RecipeFile *file;

      bytes[i / 8] ^= 1 << i % 8;
      file = recipe_file_parse ("it", bytes, n_bytes, &error);
      if (file != NULL || error == NULL)
        g_error ("Bit %u of byte %u (‘%c’ now) made no error", (guint) (i % 8), (guint) (i / 8), bytes[i / 8]);

      bytes[i / 8] ^= 1 << i % 8;
    }
}

/* The same behind the checksum: an error, or a file that can be used and saved. */
static void
test_flipped_unchecked (Fixture      *f,
                        gconstpointer data)
{
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;
  guint n_sane = 0;

  bytes = recipe_file_to_bytes (f->file, &n_bytes);

  for (gsize i = 0; i < 8 * n_bytes; i++)
    {
      g_autoptr(RecipeFile) file = NULL;
      g_autoptr(GError) error = NULL;

      bytes[i / 8] ^= 1 << i % 8;
      file = recipe_file_parse_checked ("it", bytes, n_bytes, FALSE, &error);
      g_assert_true ((file == NULL) == (error != NULL));

      if (file != NULL)
        {
          g_autofree guint8 *saved = NULL;
          g_autoptr(RecipeFile) again = NULL;
          gsize n_saved;

          n_sane++;
          g_assert_true (mlp_net_is_finite (file->net));
          g_assert_cmpuint (mlp_net_get_width (file->net, 0), ==, file->data.n_inputs);

          saved = recipe_file_to_bytes (file, &n_saved);
          again = recipe_file_parse ("it", saved, n_saved, &error);
          g_assert_no_error (error);
          assert_same (file, again);
        }

      bytes[i / 8] ^= 1 << i % 8;
    }

  g_test_message ("%u of %u files were sane", n_sane, (guint) (8 * n_bytes));
  g_assert_cmpuint (n_sane, >, 0);
}

/* A file of a header and @n_tensors zero bytes. */
static RecipeFile *
parse_text (const char *header,
            gsize       n_tensors,
            GError    **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (n_tensors + 1);
  guint64 length = GUINT64_TO_LE ((guint64) strlen (header));

  g_byte_array_append (bytes, (const guint8 *) &length, 8);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (bytes, zeros, (guint) n_tensors);

  return recipe_file_parse_checked ("it", bytes->data, bytes->len, FALSE, error);
}

#define META(network)                                                         \
  "{\"__metadata__\":{\"format\":\"perzeptron\",\"version\":\"1\"," network   \
  "\"recipe\":\"{}\",\"data\":\"{\\\"inputs\\\":2,\\\"outputs\\\":1}\",\"history\":\"{}\"}"
#define NETWORK(inputs, width)                                                \
  "\"network\":\"{\\\"inputs\\\":" inputs ",\\\"layers\\\":[{\\\"width\\\":" width "," \
  "\\\"activation\\\":\\\"relu\\\"}]}\","
#define TENSOR(name, shape, begin, end)                                       \
  ",\"" name "\":{\"dtype\":\"F32\",\"shape\":[" shape "],\"data_offsets\":[" begin "," end "]}"
#define W1 "layers.1.weight"
#define B1 "layers.1.bias"

static void
test_hostile (void)
{
  static const struct
  {
    const char *header;
    gsize       n_tensors;
    MlpError    code;
    const char *message;     /* a part of it; NULL: sound */
  } cases[] = {
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "8") TENSOR (B1, "1", "8", "12") "}", 12, 0, NULL },
    { META (NETWORK ("2", "1")) TENSOR (B1, "1", "0", "4") TENSOR (W1, "1,2", "4", "12") "}", 12, 0, NULL },
    { META ("") "}", 0, 0, NULL },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "8") TENSOR (B1, "1", "8", "12") "}", 8,
      MLP_ERROR_TRUNCATED, "ends 4 bytes before" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "8") TENSOR (B1, "1", "8", "12") "}", 16,
      MLP_ERROR_FORMAT, "4 bytes follow" },
    { META ("") "}", 4, MLP_ERROR_FORMAT, "4 bytes follow" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "8") TENSOR (B1, "1", "4", "8") "}", 12,
      MLP_ERROR_FORMAT, "none begins at byte 8" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "8") TENSOR (B1, "1", "12", "16") "}", 16,
      MLP_ERROR_FORMAT, "none begins at byte 8" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "4") TENSOR (B1, "1", "4", "8") "}", 8,
      MLP_ERROR_FORMAT, "but needs 8 bytes" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "8", "0") TENSOR (B1, "1", "8", "12") "}", 12,
      MLP_ERROR_FORMAT, "extends from byte 8 to 0" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "-8", "0") TENSOR (B1, "1", "0", "4") "}", 4,
      MLP_ERROR_FORMAT, "not an integer" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0.5", "8.5") TENSOR (B1, "1", "8", "12") "}", 12,
      MLP_ERROR_FORMAT, "not an integer" },
    { META (NETWORK ("2", "1"))
      TENSOR (W1, "1,2", "9223372036854775800", "9223372036854775807") TENSOR (B1, "1", "8", "12") "}",
      12, MLP_ERROR_FORMAT, "but needs 8 bytes" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "2,1", "0", "8") TENSOR (B1, "1", "8", "12") "}", 12,
      MLP_ERROR_SHAPE, "has shape 2 × 1; its network requires 1 × 2" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "2", "0", "8") TENSOR (B1, "1", "8", "12") "}", 12,
      MLP_ERROR_SHAPE, "does not contain 2 numbers" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "8") TENSOR (B1, "1,1", "8", "12") "}", 12,
      MLP_ERROR_SHAPE, "does not contain 1 numbers" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "8") "}", 8,
      MLP_ERROR_SHAPE, "there are 1 tensors, but its network has 2" },
    { META (NETWORK ("2", "1")) TENSOR (W1, "1,2", "0", "8") TENSOR ("bias", "1", "8", "12") "}", 12,
      MLP_ERROR_SHAPE, "the tensor “layers.1.bias” required" },
    { META ("") TENSOR (W1, "1,2", "0", "8") "}", 8, MLP_ERROR_SHAPE, "its network has 0" },
    { META (NETWORK ("2", "1")) ",\"" W1 "\":{\"dtype\":\"F16\",\"shape\":[1,2],\"data_offsets\":[0,8]}"
      TENSOR (B1, "1", "8", "12") "}", 12, MLP_ERROR_FORMAT, "has type F16" },
    { META (NETWORK ("2", "1")) ",\"" W1 "\":[]" TENSOR (B1, "1", "8", "12") "}", 12,
      MLP_ERROR_FORMAT, "is not a JSON object" },
    { META (NETWORK ("2", "0")) TENSOR (W1, "0,2", "0", "0") TENSOR (B1, "0", "0", "0") "}", 0,
      MLP_ERROR_SHAPE, "no units" },
    { META (NETWORK ("3", "1")) TENSOR (W1, "1,3", "0", "12") TENSOR (B1, "1", "12", "16") "}", 16,
      MLP_ERROR_SHAPE, "does not match its data" },
    { META (NETWORK ("4294967296", "4294967296")) TENSOR (W1, "4294967296,4294967296", "0", "0")
      TENSOR (B1, "4294967296", "0", "0") "}", 0, MLP_ERROR_TOO_LARGE, "" },
    { META (NETWORK ("46340", "46340")) TENSOR (W1, "46340,46340", "0", "8589582400")
      TENSOR (B1, "46340", "8589582400", "8589767760") "}", 0, MLP_ERROR_TRUNCATED, "" },
    { META (NETWORK ("2", "9223372036854775807")) TENSOR (W1, "1,2", "0", "8")
      TENSOR (B1, "1", "8", "12") "}", 12, MLP_ERROR_TOO_LARGE, "" },
    { "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}", 4,
      MLP_ERROR_FORMAT, "from another program" },
    { "{\"__metadata__\":{\"format\":\"pt\"}}", 0, MLP_ERROR_FORMAT, "from another program" },
    { "{\"__metadata__\":{\"format\":1}}", 0, MLP_ERROR_FORMAT, "not all strings" },
    { "{\"__metadata__\":[]}", 0, MLP_ERROR_FORMAT, "not a JSON object" },
    { "{\"__metadata__\":{\"format\":\"perzeptron\",\"version\":\"3\"}}", 0,
      MLP_ERROR_FORMAT, "of version 3" },
    { "{\"__metadata__\":{\"format\":\"perzeptron\"}}", 0, MLP_ERROR_FORMAT, "of version ?" },
    { "{\"__metadata__\":{\"format\":\"perzeptron\",\"version\":\"1\"}}", 0,
      MLP_ERROR_FORMAT, "lack “recipe”" },
    { "{}", 0, MLP_ERROR_FORMAT, "from another program" },
    { "{\"a\":[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]}", 0, MLP_ERROR_FORMAT, "is nested more" },
    { "{\"a\":", 0, MLP_ERROR_FORMAT, "not valid JSON" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(RecipeFile) file = parse_text (cases[i].header, cases[i].n_tensors, &error);

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, error != NULL ? error->message : "sound");

      if (cases[i].message == NULL)
        {
          g_assert_no_error (error);
          g_assert_nonnull (file);
        }
      else
        {
          g_assert_null (file);
          g_assert_error (error, MLP_ERROR, (int) cases[i].code);
          g_assert_nonnull (strstr (error->message, cases[i].message));
        }
    }
}

/* What people choose by mistake. */
static void
test_other_files (Fixture      *f,
                  gconstpointer data)
{
  static const struct
  {
    const char *bytes;
    gsize       n_bytes;
    MlpError    code;
  } cases[] = {
    { "", 0, MLP_ERROR_TRUNCATED },
    { "{}", 2, MLP_ERROR_TRUNCATED },
    { "<!DOCTYPE html><html>", 21, MLP_ERROR_FORMAT },
    { "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03", 10, MLP_ERROR_FORMAT },
    { "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR", 16, MLP_ERROR_FORMAT },
    { "\x00\x00\x08\x03\x00\x00\xea\x60\x00\x00\x00\x1c\x00\x00\x00\x1c", 16, MLP_ERROR_FORMAT },
    { "\x00\x00\x00\x00\x00\x00\x00\x00{}", 10, MLP_ERROR_FORMAT },
    { "\x02\x00\x00\x00\x00\x00\x00\x00[]", 10, MLP_ERROR_FORMAT },
    { "\xff\xff\xff\xff\xff\xff\xff\xff{}", 10, MLP_ERROR_FORMAT },
    { "\x00\xe1\xf5\x05\x00\x00\x00\x00{}", 10, MLP_ERROR_TRUNCATED },    /* 100,000,000 */
    { "\x01\xe1\xf5\x05\x00\x00\x00\x00{}", 10, MLP_ERROR_FORMAT },
    { "\x02\x00\x00\x00\x00\x00\x00\x00{}", 10, MLP_ERROR_FORMAT },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_true (g_file_set_contents (f->path, cases[i].bytes, (gssize) cases[i].n_bytes, NULL));
      g_assert_null (recipe_file_load (f->path, &error));
      g_test_message ("%s", error->message);
      g_assert_error (error, MLP_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, f->path));
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  /* Whoever believes a hostile size ends here. */
  const struct rlimit limit = { 512 << 20, 512 << 20 };

  if (!SANITIZED)
    setrlimit (RLIMIT_DATA, &limit);

  g_test_init (&argc, &argv, NULL);

  ADD ("/recipe-file/round-trip", test_round_trip);
  ADD ("/recipe-file/without-net", test_without_net);
  ADD ("/recipe-file/later-recipe", test_later_recipe);
  ADD ("/recipe-file/save-fails", test_save_fails);
  ADD ("/recipe-file/disk-full", test_disk_full);
  ADD ("/recipe-file/truncated", test_truncated);
  ADD ("/recipe-file/flipped", test_flipped);
  ADD ("/recipe-file/flipped-unchecked", test_flipped_unchecked);
  g_test_add ("/recipe-file/values/round-trip", Fixture, "values", set_up, test_round_trip, tear_down);
  g_test_add ("/recipe-file/values/truncated", Fixture, "values", set_up, test_truncated, tear_down);
  g_test_add ("/recipe-file/values/flipped", Fixture, "values", set_up, test_flipped, tear_down);
  g_test_add_func ("/recipe-file/hostile", test_hostile);
  ADD ("/recipe-file/other-files", test_other_files);

  return g_test_run ();
}
