/* test-recipe-molecules.c: files of networks that learn molecules: the task, the
 * scaler, sound and hostile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <json-glib/json-glib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-regression-metrics.h"
#include "datasets/ds-open.h"
#include "recipe/recipe-file-private.h"
#include "test-util.h"

static MlpScaler *
make_scaler (gsize n_inputs,
             gsize n_outputs)
{
  const gsize n = 2 * (n_inputs + n_outputs) + n_inputs * n_outputs;
  g_autofree float *values = g_new (float, n);
  float *y = values + 2 * n_inputs;

  for (gsize i = 0; i < n; i++)
    values[i] = 0.25f + (float) i / 3.0f;

  return mlp_scaler_new (n_inputs, n_outputs,
                         &(MlpScalerValues) { .x_mean = values, .x_deviation = values + n_inputs,
                                              .y_mean = y, .y_deviation = y + n_outputs,
                                              .linear = y + 2 * n_outputs }, NULL);
}

static RecipeFile *
make_file (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(DsSet) set = NULL;
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpScaler) scaler = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (recipe_apply_preset (recipe, "course-qm9", NULL));
  g_free (recipe->task.features);
  recipe->task.features = g_strdup ("composition");
  g_free (recipe->task.targets);
  recipe->task.targets = g_strdup ("u0-atomisation,mu");
  recipe->task.unit = MOL_UNIT_KCAL;
  recipe->task.keep_uncharacterized = TRUE;
  recipe->split.validation_share = 0.125f;

  set = ds_open_full ("builtin:molecules", &recipe->task, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  net = recipe_make_net (recipe, 5, 2, NULL);
  scaler = make_scaler (5, 2);
  mlp_net_set_scaler (net, scaler);

  return recipe_file_new (recipe, set, net, NULL, 0, 0);
}

static void
test_round_trip (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = NULL;
  const MlpScaler *scaler, *expected;
  gsize n;

  bytes = recipe_file_to_bytes (file, &n);
  g_assert_nonnull (g_strstr_len ((const char *) bytes + 8, (gssize) n - 8, "mol, D"));
  again = recipe_file_parse ("test", bytes, n, &error);
  g_assert_no_error (error);

  g_assert_true (recipe_equal (file->recipe, again->recipe));
  g_assert_nonnull (again->data.task);
  g_assert_true (ds_task_equal (again->data.task, &file->recipe->task));
  g_assert_cmpstr (again->data.class_names[1], ==, "mu");

  scaler = mlp_net_peek_scaler (again->net);
  expected = mlp_net_peek_scaler (file->net);
  g_assert_nonnull (scaler);
  g_assert_cmpmem (mlp_scaler_peek_x_mean (scaler), 5 * sizeof (float),
                   mlp_scaler_peek_x_mean (expected), 5 * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_x_deviation (scaler), 5 * sizeof (float),
                   mlp_scaler_peek_x_deviation (expected), 5 * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_y_mean (scaler), 2 * sizeof (float),
                   mlp_scaler_peek_y_mean (expected), 2 * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_y_deviation (scaler), 2 * sizeof (float),
                   mlp_scaler_peek_y_deviation (expected), 2 * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_x_low (scaler), 5 * sizeof (float),
                   mlp_scaler_peek_x_low (expected), 5 * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_x_high (scaler), 5 * sizeof (float),
                   mlp_scaler_peek_x_high (expected), 5 * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_y_low (scaler), 2 * sizeof (float),
                   mlp_scaler_peek_y_low (expected), 2 * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_y_high (scaler), 2 * sizeof (float),
                   mlp_scaler_peek_y_high (expected), 2 * sizeof (float));
  g_assert_cmpmem (mlp_scaler_peek_linear (scaler), 10 * sizeof (float),
                   mlp_scaler_peek_linear (expected), 10 * sizeof (float));
}

static void
test_truncated (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autofree guint8 *bytes = NULL;
  gsize n;

  bytes = recipe_file_to_bytes (file, &n);

  for (gsize length = 0; length < n; length += length + 300 < n ? 7 : 1)
    {
      g_autofree guint8 *part = g_memdup2 (bytes, length);
      g_autoptr(GError) error = NULL;

      g_assert_null (recipe_file_parse ("test", part, length, &error));
      g_assert_nonnull (error);
    }
}

/* Behind the checksum, every byte of the header and of the scaler, turned
 * round: an error, or a file that still is one. */
static void
test_flipped (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autofree guint8 *bytes = NULL;
  gsize n, n_errors = 0;

  bytes = recipe_file_to_bytes (file, &n);

  for (gsize i = 0; i < n; i += 3)
    {
      g_autoptr(RecipeFile) read = NULL;
      g_autoptr(GError) error = NULL;

      bytes[i] ^= 0x80;
      read = recipe_file_parse_checked ("test", bytes, n, FALSE, &error);
      bytes[i] ^= 0x80;
      g_assert_true ((read == NULL) == (error != NULL));
      n_errors += read == NULL;
    }

  g_assert_cmpuint (n_errors, >, 0);
}

/* Replaces @from by @to, as long as it, in a sound file. */
static RecipeFile *
parse_with (const char *from,
            const char *to,
            GError    **error)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autofree guint8 *bytes = NULL;
  char *place;
  gsize n;

  g_assert_cmpuint (strlen (from), ==, strlen (to));
  bytes = recipe_file_to_bytes (file, &n);

  for (gsize n_places = 0;; n_places++)
    {
      place = g_strstr_len ((const char *) bytes + 8, (gssize) n - 8, from);
      if (place == NULL)
        {
          g_assert_cmpuint (n_places, >, 0);
          break;
        }

      memcpy (place, to, strlen (to));
    }

  return recipe_file_parse_checked ("test", bytes, n, FALSE, error);
}

static void
test_hostile (void)
{
  static const struct
  {
    const char *from, *to, *message;
  } cases[] = {
    { "scaler.input.mean", "scaler.input.mode", "scaler.input.mean" },
    { "\\\"composition\\\"", "\\\"compositors\\\"", "compositors" },
    { "u0-atomisation,mu", "u0-atomisation,mo", "“mo”" },
    { "\\\"unit\\\":\\\"kcal", "\\\"unit\\\":\\\"kilo", "kilo" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse_with (cases[i].from, cases[i].to, &error));
      g_assert_nonnull (error);
      if (strstr (error->message, cases[i].message) == NULL)
        g_error ("%s", error->message);
    }
}

/* A deviation of 0 would divide by it; a range has its lower end first. */
static void
test_bad_scaler (void)
{
  /* Before the path of 10 numbers and the ranges of 2 × 5 and 2 × 2. */
  static const struct
  {
    gsize place;     /* from the end */
    float number;
  } cases[] = { { 25, 0.0f }, { 11, -1e30f } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(RecipeFile) file = make_file ();
      g_autoptr(GError) error = NULL;
      g_autofree guint8 *bytes = NULL;
      gsize n;

      bytes = recipe_file_to_bytes (file, &n);
      memcpy (bytes + n - cases[i].place * sizeof (float), &cases[i].number, sizeof (float));
      g_assert_null (recipe_file_parse_checked ("test", bytes, n, FALSE, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
      g_assert_nonnull (strstr (error->message, "scaler"));
    }
}

/* The bytes of a file of before ranges were kept: without their tensors, which are the
 * last of a scaler without a path. */
static guint8 *
make_old_bytes (const RecipeFile *file,
                gsize            *n)
{
  static const char *const ranges[] = { "scaler.input.low", "scaler.input.high",
                                        "scaler.output.low", "scaler.output.high" };
  g_autofree guint8 *bytes = recipe_file_to_bytes (file, n);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *text = NULL;
  g_autofree char *with = NULL;
  g_autoptr(GString) network = NULL;
  JsonObject *header, *metadata;
  guint64 length;
  gsize n_tensors;
  guint8 *old;

  memcpy (&length, bytes, sizeof length);
  length = GUINT64_FROM_LE (length);
  g_assert_true (json_parser_load_from_data (parser, (const char *) bytes + 8, (gssize) length, NULL));
  header = json_node_get_object (json_parser_get_root (parser));
  for (gsize i = 0; i < G_N_ELEMENTS (ranges); i++)
    json_object_remove_member (header, ranges[i]);

  metadata = json_object_get_object_member (header, "__metadata__");
  network = g_string_new (json_object_get_string_member (metadata, "network"));
  g_assert_cmpuint (g_string_replace (network, "\"ranges\":true", "\"ranges\":false", 0), ==, 1);
  json_object_set_string_member (metadata, "network", network->str);
  text = json_to_string (json_parser_get_root (parser), FALSE);

  n_tensors = *n - 8 - length - 2 * (5 + 2) * sizeof (float);
  *n = 8 + strlen (text) + n_tensors;
  old = g_malloc (*n);
  memcpy (old + 8, text, strlen (text));
  memcpy (old + 8 + strlen (text), bytes + 8 + length, n_tensors);
  length = GUINT64_TO_LE (strlen (text));
  memcpy (old, &length, sizeof length);

  return old;
}

/* What was trained on rounding is held at its mean when an old file is opened, and
 * stays so when it is saved again. */
static void
test_old_scaler (void)
{
  static const float means[] = { 8.0f, 6.0f, 1e-9f, 1.0f, 0.0f };
  static const float deviations[] = { 3.0f, 1.2f, 1e-8f, 0.8f, 1.0f };
  g_autoptr(RecipeFile) file = make_file ();
  g_autoptr(RecipeFile) old = NULL;
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(MlpScaler) scaler = mlp_scaler_new (5, 2, &(MlpScalerValues) { .x_mean = means,
                                                                           .x_deviation = deviations,
                                                                           .y_mean = means,
                                                                           .y_deviation = deviations }, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = NULL;
  g_autofree guint8 *bytes_again = NULL;
  gsize n;

  mlp_net_set_scaler (file->net, scaler);
  bytes = make_old_bytes (file, &n);
  old = recipe_file_parse_checked ("old", bytes, n, FALSE, &error);
  g_assert_no_error (error);

  bytes_again = recipe_file_to_bytes (old, &n);
  again = recipe_file_parse ("again", bytes_again, n, &error);
  g_assert_no_error (error);

  for (int i = 0; i < 2; i++)
    {
      const MlpScaler *found = mlp_net_peek_scaler (i == 0 ? old->net : again->net);
      float x[] = { 8.0f + 300.0f, 6.0f, 1.0f, 1.8f, 2.0f };

      mlp_scaler_scale_inputs (found, x, 1);
      g_assert_cmpfloat (x[0], ==, 20.0f);
      g_assert_cmpfloat (x[1], ==, 0.0f);
      g_assert_cmpfloat (x[2], ==, 0.0f);
      g_assert_cmpfloat (fabsf (x[3] - 1.0f), <, 1e-6f);
      g_assert_cmpfloat (x[4], ==, 0.0f);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe-molecules/round-trip", test_round_trip);
  g_test_add_func ("/recipe-molecules/truncated", test_truncated);
  g_test_add_func ("/recipe-molecules/flipped", test_flipped);
  g_test_add_func ("/recipe-molecules/hostile", test_hostile);
  g_test_add_func ("/recipe-molecules/bad-scaler", test_bad_scaler);
  g_test_add_func ("/recipe-molecules/old-scaler", test_old_scaler);

  return g_test_run ();
}
