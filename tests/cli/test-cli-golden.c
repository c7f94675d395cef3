/* test-cli-golden.c: what earlier versions of the program wrote opens, and answers as it did.
 *
 * Each folder tests/golden/written-N holds files and answers.json: command lines, and what
 * the version that wrote the files answered to them. None is ever made anew.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cli-util.h"

/* Relative: another processor adds in another order. */
#define TOLERANCE 1e-3

static void assert_same (JsonNode   *expected,
                         JsonNode   *answer,
                         const char *place);

static void
assert_same_object (JsonObject *expected,
                    JsonObject *answer,
                    const char *place)
{
  g_autoptr(GList) names = json_object_get_members (expected);

  for (GList *item = names; item != NULL; item = item->next)
    {
      g_autofree char *inner = g_strconcat (place, ".", (const char *) item->data, NULL);

      if (!json_object_has_member (answer, item->data))
        g_error ("%s is missing", inner);
      assert_same (json_object_get_member (expected, item->data), json_object_get_member (answer, item->data), inner);
    }
}

static void
assert_same_value (JsonNode   *expected,
                   JsonNode   *answer,
                   const char *place)
{
  const GType type = json_node_get_value_type (expected);

  if (type == G_TYPE_STRING)
    {
      if (g_strcmp0 (json_node_get_string (expected), json_node_get_string (answer)) != 0)
        g_error ("%s is “%s”; expected “%s”", place, json_node_get_string (answer), json_node_get_string (expected));
      return;
    }

  if (type == G_TYPE_BOOLEAN)
    {
      if (json_node_get_boolean (expected) != json_node_get_boolean (answer))
        g_error ("%s has changed", place);
      return;
    }

  if (!(fabs (json_node_get_double (expected) - json_node_get_double (answer)) <= TOLERANCE * MAX (1e-3, fabs (json_node_get_double (expected)))))
    g_error ("%s is %g; expected %g", place, json_node_get_double (answer), json_node_get_double (expected));
}

/* Members may be added. */
static void
assert_same (JsonNode   *expected,
             JsonNode   *answer,
             const char *place)
{
  g_assert_cmpint (json_node_get_node_type (expected), ==, json_node_get_node_type (answer));

  if (JSON_NODE_HOLDS_OBJECT (expected))
    assert_same_object (json_node_get_object (expected), json_node_get_object (answer), place);
  else if (JSON_NODE_HOLDS_VALUE (expected))
    assert_same_value (expected, answer, place);
  else
    g_error ("%s: there is no such JSON in an answer", place);
}

static void
test_answers (Cli          *cli,
              gconstpointer data)
{
  const char *version = data;
  g_autofree char *golden = g_test_build_filename (G_TEST_DIST, "golden", version, NULL);
  g_autofree char *quoted = g_shell_quote (golden);
  g_autofree char *copy = g_strdup_printf ("cp -r %s/. . && chmod -R u+w .", quoted);
  g_autofree char *path = cli_path (cli, "answers.json");
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) error = NULL;
  JsonArray *cases;

  g_assert_cmpint (cli_shell (cli, copy), ==, 0);
  json_parser_load_from_file (parser, path, &error);
  g_assert_no_error (error);
  cases = json_node_get_array (json_parser_get_root (parser));

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *one = json_array_get_object_element (cases, i);
      JsonArray *answers = json_object_get_array_member (one, "answers");
      const char *arguments = json_object_get_string_member (one, "arguments");
      g_autoptr(GPtrArray) lines = NULL;

      g_assert_cmpint (cli_call (cli, "%s --json", arguments), ==, 0);
      lines = cli_read_lines (cli);
      g_assert_cmpuint (lines->len, ==, json_array_get_length (answers));
      for (guint k = 0; k < lines->len; k++)
        assert_same_object (json_array_get_object_element (answers, k), lines->pdata[k], arguments);
    }
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  g_test_add ("/cli/golden/written-2", Cli, "written-2", cli_set_up, test_answers, cli_tear_down);

  return g_test_run ();
}
