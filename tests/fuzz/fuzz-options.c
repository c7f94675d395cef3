/* fuzz-options.c: command lines of whatever words; each ends at a line end.
 *
 * A recipe that is made of one is the same once written as JSON and read again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/cli-options.h"
#include "cli/cli.h"
#include "recipe/recipe-json.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

/* That of cli-util.c, which comes with all commands. */
gboolean
cli_set_usage_error (GError    **error,
                     const char *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  g_propagate_error (error, g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args));
  va_end (args);

  return FALSE;
}

/* (transfer full): "train", and the words */
static char **
make_argv (const guint8 *bytes,
           gsize         n_bytes)
{
  g_autofree char *text = g_strndup ((const char *) bytes, n_bytes);
  g_autofree char *line = g_strconcat ("train\n", text, NULL);
  char **argv = g_strsplit (line, "\n", 64);

  return argv;
}

static void
check_recipe (const Recipe *recipe)
{
  g_autoptr(JsonNode) node = recipe_json_from_recipe (recipe);
  g_autoptr(Recipe) again = recipe_json_to_recipe (node, NULL);

  g_assert_true (again == NULL || recipe_equal (recipe, again));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  const GOptionEntry others[] = { { NULL } };
  g_autoptr(CliOptions) options = cli_options_new ();
  g_autofree GOptionEntry *entries = cli_options_make_entries (options, others);
  g_autoptr(GOptionContext) context = g_option_context_new (NULL);
  g_auto(GStrv) argv = make_argv (bytes, n_bytes);
  g_autoptr(Recipe) recipe = NULL;
  g_autoptr(GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (!g_option_context_parse_strv (context, &argv, &error))
    return 0;

  recipe = cli_options_make_recipe (options, n_bytes % 2 == 0 ? "builtin:digits" : "builtin:molecules", &error);
  g_assert_true ((recipe == NULL) == (error != NULL));
  if (recipe != NULL)
    check_recipe (recipe);

  return 0;
}
