/* test-recipe-json.c: recipes and epochs as JSON and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-split.h"
#include "recipe/recipe-json-private.h"
#include "recipe/recipe-json.h"
#include "test-util.h"

/* Every member differs from the default. */
static Recipe *
make_recipe (void)
{
  Recipe *recipe = recipe_new ();

  g_free (recipe->source);
  recipe->source = g_strdup ("/data/“mnist”\n.pkl.gz");
  g_free (recipe->add);
  recipe->add = g_strdup ("/data/drawings");
  recipe->split = (DsSplitOptions) { 100, 200, TRUE, G_MAXUINT64 };
  g_assert_true (recipe_set_hidden (recipe, "30:sigmoid,20:tanh,10:elu", NULL));
  recipe->output = MLP_SIGMOID;
  recipe->training = (MlpTrainOptions) {
    .loss = MLP_LOSS_BINARY_CROSS_ENTROPY,
    .optimizer = { MLP_NESTEROV, 0.1f, 0.2f, 0.3f, 0.4f, 1e-30f, 1.0f / 3.0f },
    .rate = 3e-4f,
    .schedule = { MLP_SCHEDULE_STEP, 0.7f, 3, 2 },
    .epochs = G_MAXUINT,
    .batch_size = 7,
    .l1 = 1e-5f,
    .l2 = 1.17549435e-38f,
    .dropout = 0.25f,
    .max_norm = 3.40282347e38f,
    .clip_norm = 16777217.0f,
    .augment = MLP_AUGMENT_ELASTIC,
    .patience = 9,
    .init = MLP_INIT_UNIFORM,
    .random_biases = TRUE,
    .seed = G_MAXUINT64 - 1,
    .threads = 3,
    .label_smoothing = 0.0625f,
  };

  return recipe;
}

static void
assert_round_trip (const Recipe *recipe)
{
  g_autoptr(JsonNode) node = recipe_json_from_recipe (recipe);
  g_autoptr(JsonNode) parsed = NULL;
  g_autoptr(Recipe) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = recipe_json_to_text (node);

  parsed = recipe_json_parse (text, strlen (text), "the recipe", &error);
  g_assert_no_error (error);
  again = recipe_json_to_recipe (parsed, &error);
  g_assert_no_error (error);
  g_assert_true (recipe_equal (recipe, again));
}

static void
test_round_trip (void)
{
  g_autoptr(Recipe) recipe = make_recipe ();
  gsize n_presets;
  const RecipePreset *presets = recipe_get_presets (&n_presets);

  assert_round_trip (recipe);

  for (gsize i = 0; i < n_presets; i++)
    {
      g_autoptr(Recipe) preset = recipe_new ();

      g_assert_true (recipe_apply_preset (preset, presets[i].id, NULL));
      assert_round_trip (preset);
    }
}

/* A form may hold nonsense when it is saved. What has no JSON number comes back
 * as the default; a source that is no UTF-8 does not spoil the file. */
static void
test_nonsense (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(Recipe) again = NULL;
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  g_free (recipe->source);
  recipe->source = g_strdup ("/tmp/\xff.pkl");
  recipe->training.rate = NAN;
  recipe->training.l1 = INFINITY;
  recipe->training.l2 = -1.0f;
  recipe->split.european_share = 0.125f;
  recipe->training.epochs = 0;
  g_array_index (recipe->hidden, MlpLayer, 0).width = 0;

  node = recipe_json_from_recipe (recipe);
  again = recipe_json_to_recipe (node, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (again->source, ==, "/tmp/\357\277\275.pkl");
  g_assert_cmpfloat (again->training.rate, ==, 0.002f);
  g_assert_cmpfloat (again->training.l1, ==, 0.0f);
  g_assert_cmpfloat (again->training.l2, ==, -1.0f);
  g_assert_cmpfloat (again->split.european_share, ==, 0.125f);
  g_assert_cmpuint (again->training.epochs, ==, 0);
  g_assert_cmpuint (g_array_index (again->hidden, MlpLayer, 0).width, ==, 0);
}

static void
test_spelling (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(JsonNode) node = recipe_json_from_recipe (recipe);
  g_autofree char *text = recipe_json_to_text (node);

  g_assert_cmpstr (text, ==,
                   "{\"source\":\"builtin:digits\","
                   "\"split\":{\"limit\":0,\"shuffle\":false,\"seed\":1},"
                   "\"task\":{\"features\":\"coulomb-eigenvalues-25\",\"targets\":\"gap\","
                   "\"unit\":\"eV\",\"keep_uncharacterized\":false},"
                   "\"hidden\":[{\"width\":128,\"activation\":\"relu\"}],"
                   "\"output\":\"softmax\","
                   "\"training\":{\"loss\":\"cross-entropy\","
                   "\"optimizer\":{\"kind\":\"adam\",\"momentum\":0.9,"
                   "\"rho\":0.99,\"beta1\":0.9,\"beta2\":0.999,"
                   "\"epsilon\":1e-08,\"weight_decay\":0.01},"
                   "\"learning_rate\":0.002,"
                   "\"schedule\":{\"kind\":\"cosine\",\"factor\":0.5,\"step_epochs\":10,"
                   "\"warmup_epochs\":0},"
                   "\"epochs\":15,\"batch_size\":64,\"l1\":0.0,\"l2\":0.0,\"dropout\":0.0,"
                   "\"max_norm\":0.0,\"clip_norm\":0.0,\"augment\":\"none\",\"patience\":0,\"init\":\"he\","
                   "\"normal_biases\":false,\"standardise\":false,\"linear_path\":false,\"seed\":1,\"threads\":0}}");
}

/* Doubles of as many digits as it takes. */
static void
assert_digits (void)
{
  const MlpEpoch epoch = { 1, 0.1, 0.1 + 0.2, 0.5, NAN, 4.0 / 3.0, 0.875, NAN };
  g_autoptr(JsonNode) node = recipe_json_from_epoch (&epoch);
  g_autofree char *text = recipe_json_to_text (node);

  g_assert_cmpstr (text, ==,
                   "{\"epoch\":1,\"train_loss\":0.30000000000000004,"
                   "\"validation_loss\":1.3333333333333333,\"train_accuracy\":0.5,"
                   "\"validation_accuracy\":0.875,\"learning_rate\":0.1}");
}

static void
test_locale (void)
{
  static const char *const names[] = { "de_DE.UTF-8", "de_DE.utf8", "de_DE", "fr_FR.UTF-8" };
  g_autofree char *before = g_strdup (setlocale (LC_ALL, NULL));
  const char *found = NULL;

  assert_digits ();

  for (gsize i = 0; found == NULL && i < G_N_ELEMENTS (names); i++)
    found = setlocale (LC_ALL, names[i]);

  if (found == NULL)
    {
      g_test_skip ("No locale with a decimal comma is installed");
      return;
    }

  test_spelling ();
  test_round_trip ();
  assert_digits ();
  setlocale (LC_ALL, before);
}

static void
test_defaults (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"training\":{},\"split\":{},\"from_the_future\":[{}]}",
    "{\"training\":{\"optimizer\":{\"novel\":1},\"schedule\":{}}}",
    "{\"training\":{\"learning_rate\":2e-3,\"l2\":0}}",
    "{\"split\":{\"seed\":\"1\"},\"training\":{\"seed\":\"1\"}}",
  };
  g_autoptr(Recipe) fresh = recipe_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = recipe_json_parse (texts[i], strlen (texts[i]), "it", &error);
      g_autoptr(Recipe) recipe = recipe_json_to_recipe (node, &error);

      g_assert_no_error (error);
      g_assert_true (recipe_equal (recipe, fresh));
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    const char *message;     /* a part of it */
  } cases[] = {
    { "[]", "the recipe is not a JSON object" },
    { "1", "the recipe is not a JSON object" },
    { "null", "the recipe is not a JSON object" },
    { "{\"source\":1}", "“source” is not a string" },
    { "{\"add\":1}", "“add” is not a string" },
    { "{\"source\":null}", "“source” is not a string" },
    { "{\"split\":[]}", "“split” is not a JSON object" },
    { "{\"split\":{\"limit\":-1}}", "“limit” is not an integer from 0" },
    { "{\"split\":{\"limit\":1.5}}", "“limit” is not an integer from 0" },
    { "{\"split\":{\"shuffle\":1}}", "“shuffle” is not true or false" },
    { "{\"split\":{\"seed\":\"1x\"}}", "“seed” is not an integer from 0" },
    { "{\"split\":{\"seed\":\"18446744073709551616\"}}", "“seed” is not an integer from 0" },
    { "{\"hidden\":{}}", "“hidden” is not a JSON array" },
    { "{\"hidden\":[30]}", "a layer is not a JSON object" },
    { "{\"hidden\":[null]}", "a layer is not a JSON object" },
    { "{\"hidden\":[{\"width\":30}]}", "lacks “width” or “activation”" },
    { "{\"hidden\":[{\"activation\":\"relu\"}]}", "lacks “width” or “activation”" },
    { "{\"hidden\":[{\"width\":3,\"activation\":\"rulu\"}]}", "“rulu”" },
    { "{\"output\":\"best\"}", "“best”" },
    { "{\"training\":{\"loss\":\"0-1\"}}", "“0-1”" },
    { "{\"training\":{\"init\":\"zero\"}}", "“zero”" },
    { "{\"training\":{\"augment\":\"projective\"}}", "“projective”; expected none, affine or elastic" },
    { "{\"training\":{\"augment\":1}}", "“augment” is not a string" },
    { "{\"training\":{\"optimizer\":\"adam\"}}", "“optimizer” is not a JSON object" },
    { "{\"training\":{\"optimizer\":{\"kind\":\"sdg\"}}}", "“sdg”" },
    { "{\"training\":{\"schedule\":{\"kind\":\"zigzag\"}}}", "“zigzag”" },
    { "{\"training\":{\"learning_rate\":\"fast\"}}", "“learning_rate” is not a number" },
    { "{\"training\":{\"learning_rate\":1e39}}", "“learning_rate” is not within the range" },
    { "{\"training\":{\"epochs\":4294967296}}", "“epochs” is not an integer from 0 to 4294967295" },
    { "{\"training\":{\"threads\":true}}", "“threads” is not an integer" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(JsonNode) node = recipe_json_parse (cases[i].text, strlen (cases[i].text), "it", &error);

      g_test_message ("%s", cases[i].text);
      g_assert_no_error (error);
      g_assert_null (recipe_json_to_recipe (node, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

static void
test_too_many_layers (void)
{
  g_autoptr(GString) text = g_string_new ("{\"hidden\":[{\"width\":1,\"activation\":\"relu\"}");
  g_autoptr(JsonNode) node = NULL;
  g_autoptr(GError) error = NULL;

  for (int i = 0; i <= RECIPE_MAX_HIDDEN + 1; i++)
    g_string_append (text, ",{\"width\":1,\"activation\":\"relu\"}");

  g_string_append (text, "]}");
  node = recipe_json_parse (text->str, text->len, "it", &error);
  g_assert_null (recipe_json_to_recipe (node, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
}

/* json-glib follows nesting with the stack. */
static void
test_nested (void)
{
  static const char *const openers[] = { "[", "{\"a\":" };

  for (gsize i = 0; i < G_N_ELEMENTS (openers); i++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(GError) error = NULL;

      for (int depth = 0; depth < 1000000; depth++)
        g_string_append (text, openers[i]);

      g_assert_null (recipe_json_parse (text->str, text->len, "it", &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
      g_assert_cmpstr (error->message, ==, "it is nested more than 16 levels deep");
    }

  {
    /* Brackets in strings do not nest. */
    const char *text = "[\"[[[[[[[[[[[[[[[[[[[[\\\"[[[[[\"]";
    g_autoptr(JsonNode) node = recipe_json_parse (text, strlen (text), "it", NULL);

    g_assert_nonnull (node);
  }
}

static void
test_not_json (void)
{
  static const char *const texts[] = { "", " ", "{", "}", "{]", "{\"a\"}", "\xff", "{\"a\":\"\xff\"}", "hello", "[1e999]" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (recipe_json_parse (texts[i], strlen (texts[i]), "it", &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
      g_assert_true (g_str_has_prefix (error->message, "it "));
    }

  g_assert_null (recipe_json_parse ("{}\0 ", 4, "it", NULL));
}

static void
test_epoch (void)
{
  const MlpEpoch epoch = { 3, 0.001, 0.1, 0.9, NAN, 1.0 / 3.0, NAN, NAN };
  g_autoptr(JsonNode) node = recipe_json_from_epoch (&epoch);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = recipe_json_to_text (node);
  MlpEpoch again;

  g_assert_cmpstr (text, ==,
                   "{\"epoch\":3,\"train_loss\":0.1,"
                   "\"validation_loss\":0.3333333333333333,\"train_accuracy\":0.9,"
                   "\"learning_rate\":0.001}");

  g_assert_true (recipe_json_to_epoch (node, &again, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (again.epoch, ==, 3);
  g_assert_cmpfloat (again.rate, ==, 0.001);
  g_assert_cmpfloat (again.train_loss, ==, 0.1);
  g_assert_cmpfloat (again.train_accuracy, ==, 0.9);
  g_assert_cmpfloat (again.validation_loss, ==, 1.0 / 3.0);
  g_assert_true (isnan (again.train_mae));
  g_assert_true (isnan (again.validation_accuracy));
  g_assert_true (isnan (again.validation_mae));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe-json/round-trip", test_round_trip);
  g_test_add_func ("/recipe-json/nonsense", test_nonsense);
  g_test_add_func ("/recipe-json/spelling", test_spelling);
  g_test_add_func ("/recipe-json/locale", test_locale);
  g_test_add_func ("/recipe-json/defaults", test_defaults);
  g_test_add_func ("/recipe-json/refused", test_refused);
  g_test_add_func ("/recipe-json/too-many-layers", test_too_many_layers);
  g_test_add_func ("/recipe-json/nested", test_nested);
  g_test_add_func ("/recipe-json/not-json", test_not_json);
  g_test_add_func ("/recipe-json/epoch", test_epoch);

  return g_test_run ();
}
