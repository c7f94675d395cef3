/* fuzz-json.c: JSON of whatever bytes, as recipes and epochs.
 *
 * What the strict reader lets through, the parser behind it must read, without a warning and
 * without depth; what is then a recipe must be the same once written and read again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "io/io-json-check.h"
#include "recipe/recipe-json.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
check_recipe (JsonNode *node)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(Recipe) recipe = recipe_json_to_recipe (node, &error);
  g_autoptr(Recipe) again = NULL;
  g_autoptr(JsonNode) written = NULL;

  g_assert_true ((recipe == NULL) == (error != NULL));
  if (recipe == NULL)
    return;

  written = recipe_json_from_recipe (recipe);
  again = recipe_json_to_recipe (written, NULL);
  g_assert_nonnull (again);
  g_assert_true (recipe_equal (recipe, again));
}

static void
check_epoch (JsonNode *node)
{
  g_autoptr(GError) error = NULL;
  MlpEpoch epoch;

  if (recipe_json_to_epoch (node, &epoch, &error))
    {
      g_autoptr(JsonNode) written = recipe_json_from_epoch (&epoch);
      g_autofree char *text = recipe_json_to_text (written);

      g_assert_true (io_json_check (text, strlen (text), "an epoch", NULL));
    }
  else
    {
      g_assert_nonnull (error);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_autofree char *text = g_strndup ("", 0);
  g_autoptr(JsonParser) parser = NULL;
  g_autoptr(GError) error = NULL;
  JsonNode *root;

  /* A copy of just this size, so that a byte too many is noticed. */
  text = g_realloc (text, n_bytes + 1);
  if (n_bytes > 0)
    memcpy (text, bytes, n_bytes);
  text[n_bytes] = '\0';

  if (!io_json_check (text, n_bytes, "the text", &error))
    {
      g_assert_nonnull (error);
      g_assert_true (g_utf8_validate (error->message, -1, NULL));
      return 0;
    }

  g_assert_no_error (error);
  parser = json_parser_new ();
  g_assert_true (json_parser_load_from_data (parser, text, (gssize) n_bytes, &error));
  root = json_parser_get_root (parser);
  g_assert_nonnull (root);
  check_recipe (root);
  check_epoch (root);

  return 0;
}
