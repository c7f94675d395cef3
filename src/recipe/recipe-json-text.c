/* recipe-json-text.c: JSON as text, both ways.
 *
 * Reading is json-glib's, behind a strict check; writing is done here, because the
 * generator of json-glib 1.6 writes 1e-08 as “1e-08.0”, which is no JSON.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "io/io-json-check.h"
#include "recipe/recipe-json-private.h"
#include "recipe/recipe-json.h"

JsonNode *
recipe_json_parse (const char *text,
                   gsize       length,
                   const char *what,
                   GError    **error)
{
  g_autoptr(JsonParser) parser = NULL;
  g_autoptr(GError) local_error = NULL;
  JsonNode *root;

  /* json-glib speaks of lengths as gssize, reads more than JSON, and recurses. */
  if (length > G_MAXINT32)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("%s is too long"), what);
      return NULL;
    }

  if (!io_json_check (text, length, what, error))
    return NULL;

  parser = json_parser_new_immutable ();

  if (!json_parser_load_from_data (parser, text, (gssize) length, &local_error))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("%s is not valid JSON: %s"), what, local_error->message);
      return NULL;
    }

  root = json_parser_steal_root (parser);
  if (root == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("%s is empty"), what);

  return root;
}

static void
append_string (GString    *text,
               const char *string)
{
  g_autofree char *valid = g_utf8_make_valid (string, -1);

  g_string_append_c (text, '"');

  /* What a terminal obeys is escaped beyond what JSON asks for: lines of JSON are printed. */
  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      const gunichar character = g_utf8_get_char (c);

      if (*c == '"' || *c == '\\')
        g_string_append_printf (text, "\\%c", *c);
      else if (character <= 0xffff && mlp_display_is_unsafe (character))
        g_string_append_printf (text, "\\u%04x", character);
      else
        g_string_append_len (text, c, g_utf8_next_char (c) - c);
    }

  g_string_append_c (text, '"');
}

/* As few digits as give the same number again; 17 are always enough. */
static void
append_double (GString *text,
               double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  if (!isfinite (number))
    {
      g_string_append (text, "null");
      return;
    }

  if (g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, "%.15g", number), NULL) != number &&
      g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, "%.16g", number), NULL) != number)
    g_ascii_formatd (buffer, sizeof buffer, "%.17g", number);

  g_string_append (text, buffer);
  if (strpbrk (buffer, ".e") == NULL)
    g_string_append (text, ".0");
}

static void
append_value (GString  *text,
              JsonNode *node)
{
  GType type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    append_string (text, json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    g_string_append_printf (text, "%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    append_double (text, json_node_get_double (node));
  else if (type == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "true" : "false");
  else
    g_string_append (text, "null");
}

static void
append_node (GString  *text,
             JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      JsonObjectIter iter;
      const char *name;
      JsonNode *member;
      const char *comma = "";

      g_string_append_c (text, '{');
      json_object_iter_init_ordered (&iter, json_node_get_object (node));

      while (json_object_iter_next_ordered (&iter, &name, &member))
        {
          g_string_append (text, comma);
          append_string (text, name);
          g_string_append_c (text, ':');
          append_node (text, member);
          comma = ",";
        }

      g_string_append_c (text, '}');
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      g_string_append_c (text, '[');

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          if (i > 0)
            g_string_append_c (text, ',');

          append_node (text, json_array_get_element (array, i));
        }

      g_string_append_c (text, ']');
    }
  else
    append_value (text, node);
}

char *
recipe_json_to_text (JsonNode *node)
{
  GString *text;

  g_return_val_if_fail (node != NULL, NULL);

  text = g_string_new (NULL);
  append_node (text, node);

  return g_string_free (text, FALSE);
}
