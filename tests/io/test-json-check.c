/* test-json-check.c: what is read as JSON, against Python's json module.
 *
 * The cases are those of tests/golden/make-json.py.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "io/io-json-check.h"
#include "recipe/recipe-json-private.h"

static void
append_hex (GString    *tree,
            const char *string)
{
  for (const char *c = string; *c != '\0'; c++)
    g_string_append_printf (tree, "%02x", (guchar) *c);
}

static void
append_scalar (GString  *tree,
               JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (JSON_NODE_HOLDS_NULL (node))
    g_string_append_c (tree, 'n');
  else if (type == G_TYPE_BOOLEAN)
    g_string_append_c (tree, json_node_get_boolean (node) ? 't' : 'f');
  else if (type == G_TYPE_INT64)
    g_string_append_printf (tree, "i%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    {
      double number = json_node_get_double (node);
      guint64 bits;

      memcpy (&bits, &number, sizeof bits);
      g_string_append_printf (tree, "d%016" G_GINT64_MODIFIER "x", bits);
    }
  else
    {
      g_string_append_c (tree, 's');
      append_hex (tree, json_node_get_string (node));
    }
}

/* As the script writes it. */
static void
append_tree (GString  *tree,
             JsonNode *node)
{
  const char *comma = "";

  if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append_c (tree, '[');
      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          g_string_append (tree, i > 0 ? "," : "");
          append_tree (tree, json_array_get_element (array, i));
        }
      g_string_append_c (tree, ']');
    }
  else if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;

      g_string_append_c (tree, '{');
      json_object_iter_init_ordered (&iter, json_node_get_object (node));
      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_string_append (tree, comma);
          append_hex (tree, name);
          g_string_append_c (tree, ':');
          append_tree (tree, member);
          comma = ",";
        }
      g_string_append_c (tree, '}');
    }
  else
    append_scalar (tree, node);
}

/* From memory of its very size, so that reading beyond is found. */
static JsonNode *
parse (const char *text,
       GError    **error)
{
  const gsize n = strlen (text);
  g_autofree char *bytes = g_memdup2 (text, n);

  return recipe_json_parse (bytes != NULL ? bytes : "", n, "it", error);
}

static void
test_golden (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "golden", "json.txt", NULL);
  g_autofree char *contents = NULL;
  g_auto(GStrv) lines = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), >, 1000);

  for (gsize i = 0; lines[i][0] != '\0'; i++)
    {
      g_auto(GStrv) fields = g_strsplit (lines[i], "\t", 2);
      g_autofree char *text = g_strcompress (fields[0]);
      g_autoptr(GError) parse_error = NULL;
      g_autoptr(JsonNode) node = parse (text, &parse_error);
      g_autoptr(GString) tree = g_string_new (NULL);

      g_test_message ("%s", lines[i]);
      if (node != NULL)
        append_tree (tree, node);
      else
        {
          g_assert_nonnull (parse_error);
          g_assert_true (g_str_has_prefix (parse_error->message, "it "));
          g_string_append_c (tree, '-');
        }

      g_assert_cmpstr (tree->str, ==, fields[1]);
    }
}

static void
test_messages (void)
{
  static const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "it is not valid JSON: at byte 0, expected a value" },
    { "{\"a\" 1}", "it is not valid JSON: at byte 5, expected “:”" },
    { "{/*\"*/\"a\":1}", "it is not valid JSON: at byte 1, expected a name in double quotes" },
    { "{}{}", "it is not valid JSON: at byte 2, expected nothing after the value" },
    { "{\"a\":1,\"b\":2,\"\\u0061\":3}", "it is not valid JSON: at byte 13, expected a name not already used in the "
      "object" },
    { "[1;2]", "it is not valid JSON: at byte 2, expected “,” or “]”" },
    { "{\"a\":1", "it is not valid JSON: at byte 6, expected “,” or “}”" },
    { "[1.]", "it is not valid JSON: at byte 3, expected a digit" },
    { "[9223372036854775808]", "it is not valid JSON: at byte 1, expected an integer of at most 64 bits" },
    { "[1e999]", "it is not valid JSON: at byte 1, expected a double-precision number" },
    { "[\"\\777\"]", "it is not valid JSON: at byte 2, expected a JSON escape sequence: \\\" \\\\ \\/ \\b \\f \\n \\r \\t "
      "\\u" },
    { "[\"a\\ud83d\"]", "it is not valid JSON: at byte 3, expected both halves of a surrogate pair" },
    { "[\"a\\u0000\"]", "it is not valid JSON: at byte 3, expected a character other than \\u0000" },
    { "[\"\n\"]", "it is not valid JSON: at byte 2, expected an escape sequence instead of a control character" },
    { "[\"\xff\"]", "it is not valid JSON: at byte 2, expected text in UTF-8" },
    { "[\"a", "it is not valid JSON: at byte 3, expected the end of the string" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_null (parse (cases[i].text, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
      g_assert_cmpstr (error->message, ==, cases[i].message);
    }
}

/* Of depth 0 to 80,000, in every disguise: json-glib would follow by recursion. */
static void
test_hidden_depth (void)
{
  static const char *const begins[] = { "{/*\"*/\"a\":", "{//\"\n\"a\":", "{'\"':", "['\"',", "{#\"\n\"a\":", "[\"\\\\\"," };

  for (gsize i = 0; i < G_N_ELEMENTS (begins); i++)
    {
      g_autoptr(GString) text = g_string_new (begins[i]);
      g_autoptr(GError) error = NULL;

      for (int depth = 0; depth < 80000; depth++)
        g_string_append_c (text, '[');

      g_assert_null (parse (text->str, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
    }
}

/* 2^16 names that g_str_hash() finds equal: “Ez” and “FY” are, whatever comes before and
 * after. Refused by their number, and that before they are compared. */
static void
test_equal_hashes (void)
{
  g_autoptr(GString) text = g_string_new ("{");
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (g_str_hash ("Ez"), ==, g_str_hash ("FY"));

  for (guint i = 0; i < 1u << 16; i++)
    {
      g_string_append (text, i > 0 ? ",\"" : "\"");
      for (int bit = 15; bit >= 0; bit--)
        g_string_append (text, i >> bit & 1 ? "FY" : "Ez");
      g_string_append (text, "\":0");
    }
  g_string_append_c (text, '}');

  g_assert_null (parse (text->str, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
  g_assert_cmpstr (error->message, ==, "it has an object of more than 1024 members");
}

static void
test_too_many_values (void)
{
  g_autoptr(GString) text = g_string_sized_new (2 * IO_JSON_MAX_VALUES + 2);
  g_autoptr(GError) error = NULL;

  g_string_append_c (text, '[');
  for (guint i = 1; i < IO_JSON_MAX_VALUES; i++)
    g_string_append (text, i > 1 ? ",1" : "1");
  g_string_append_c (text, ']');

  g_assert_true (io_json_check (text->str, text->len, "it", &error));
  g_assert_no_error (error);

  g_string_insert (text, 1, "1,");
  g_assert_false (io_json_check (text->str, text->len, "it", &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
}

/* The beginning of a text is none, and is found to end there. */
static void
test_truncated (void)
{
  const char *text = "{\"a\":[1.5e-3,\"\\u00e9\\ud83d\\ude00é\",{\"b\":null,\"c\":true}],\"d\":{\"e\":[[],{},false]}}";

  for (gsize n = 0; n < strlen (text); n++)
    {
      g_autofree char *exact = g_memdup2 (text, MAX (n, 1));
      g_autoptr(GError) error = NULL;

      g_assert_false (io_json_check (exact, n, "it", &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
    }

  g_assert_true (io_json_check (text, strlen (text), "it", NULL));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/json-check/golden", test_golden);
  g_test_add_func ("/json-check/messages", test_messages);
  g_test_add_func ("/json-check/hidden-depth", test_hidden_depth);
  g_test_add_func ("/json-check/equal-hashes", test_equal_hashes);
  g_test_add_func ("/json-check/too-many-values", test_too_many_values);
  g_test_add_func ("/json-check/truncated", test_truncated);

  return g_test_run ();
}
