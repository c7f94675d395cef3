/* recipe-json-members.c: see recipe-json-private.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-json-private.h"

static gboolean
fail_member (const char *name,
             const char *expected,
             GError    **error)
{
  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("“%s” is not %s"), name, expected);

  return FALSE;
}

JsonObject *
recipe_json_as_object (JsonNode   *node,
                       const char *what,
                       GError    **error)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    return json_node_get_object (node);

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("%s is not a JSON object"), what);

  return NULL;
}

/* (nullable): the member's value if it is of @type */
static JsonNode *
find_value (JsonObject *object,
            const char *name,
            GType       type)
{
  JsonNode *node = json_object_get_member (object, name);

  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type ? node : NULL;
}

gboolean
recipe_json_get_object (JsonObject  *object,
                        const char  *name,
                        JsonObject **value,
                        GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);

  *value = NULL;

  if (node == NULL)
    return TRUE;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return fail_member (name, _("a JSON object"), error);

  *value = json_node_get_object (node);

  return TRUE;
}

gboolean
recipe_json_get_array (JsonObject *object,
                       const char *name,
                       JsonArray **value,
                       GError    **error)
{
  JsonNode *node = json_object_get_member (object, name);

  *value = NULL;

  if (node == NULL)
    return TRUE;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return fail_member (name, _("a JSON array"), error);

  *value = json_node_get_array (node);

  return TRUE;
}

gboolean
recipe_json_get_string (JsonObject  *object,
                        const char  *name,
                        const char **value,
                        GError     **error)
{
  JsonNode *node;

  if (!json_object_has_member (object, name))
    return TRUE;

  node = find_value (object, name, G_TYPE_STRING);
  if (node == NULL)
    return fail_member (name, _("a string"), error);

  *value = json_node_get_string (node);

  return TRUE;
}

gboolean
recipe_json_get_boolean (JsonObject *object,
                         const char *name,
                         gboolean   *value,
                         GError    **error)
{
  JsonNode *node;

  if (!json_object_has_member (object, name))
    return TRUE;

  node = find_value (object, name, G_TYPE_BOOLEAN);
  if (node == NULL)
    return fail_member (name, _("true or false"), error);

  *value = json_node_get_boolean (node);

  return TRUE;
}

gboolean
recipe_json_get_uint64 (JsonObject *object,
                        const char *name,
                        guint64     max,
                        guint64    *value,
                        GError    **error)
{
  g_autofree char *expected = NULL;
  JsonNode *node;

  if (!json_object_has_member (object, name))
    return TRUE;

  node = find_value (object, name, G_TYPE_INT64);
  if (node != NULL)
    {
      gint64 number = json_node_get_int (node);

      if (number >= 0 && (guint64) number <= max)
        {
          *value = (guint64) number;
          return TRUE;
        }
    }

  node = find_value (object, name, G_TYPE_STRING);
  if (node != NULL &&
      g_ascii_string_to_unsigned (json_node_get_string (node), 10, 0, max, value, NULL))
    return TRUE;

  expected = g_strdup_printf (_("an integer from 0 to %" PRIu64), max);

  return fail_member (name, expected, error);
}

gboolean
recipe_json_get_size (JsonObject *object,
                      const char *name,
                      gsize      *value,
                      GError    **error)
{
  guint64 number = *value;

  if (!recipe_json_get_uint64 (object, name, G_MAXSIZE, &number, error))
    return FALSE;

  *value = (gsize) number;

  return TRUE;
}

gboolean
recipe_json_get_uint (JsonObject *object,
                      const char *name,
                      guint      *value,
                      GError    **error)
{
  guint64 number = *value;

  if (!recipe_json_get_uint64 (object, name, G_MAXUINT, &number, error))
    return FALSE;

  *value = (guint) number;

  return TRUE;
}

gboolean
recipe_json_get_double (JsonObject *object,
                        const char *name,
                        double     *value,
                        GError    **error)
{
  JsonNode *node;
  double number;

  if (!json_object_has_member (object, name))
    return TRUE;

  node = find_value (object, name, G_TYPE_DOUBLE);
  if (node == NULL)
    node = find_value (object, name, G_TYPE_INT64);
  if (node == NULL)
    return fail_member (name, _("a number"), error);

  number = json_node_get_double (node);
  if (!isfinite (number))
    return fail_member (name, _("a finite number"), error);

  *value = number;

  return TRUE;
}

gboolean
recipe_json_get_float (JsonObject *object,
                       const char *name,
                       float      *value,
                       GError    **error)
{
  double number = (double) *value;

  if (!recipe_json_get_double (object, name, &number, error))
    return FALSE;

  if (json_object_has_member (object, name) && !isfinite ((float) number))
    return fail_member (name, _("within the range of a 32-bit float"), error);

  *value = (float) number;

  return TRUE;
}

void
recipe_json_set_uint64 (JsonObject *object,
                        const char *name,
                        guint64     value)
{
  if (value <= G_MAXINT64)
    {
      json_object_set_int_member (object, name, (gint64) value);
    }
  else
    {
      g_autofree char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, value);

      json_object_set_string_member (object, name, text);
    }
}

void
recipe_json_set_double (JsonObject *object,
                        const char *name,
                        double      value)
{
  if (isfinite (value))
    json_object_set_double_member (object, name, value);
}

void
recipe_json_set_float (JsonObject *object,
                       const char *name,
                       float       value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];
  double number = (double) value;

  /* 0.1, not 0.10000000149011612. Nine digits are always enough. */
  for (int digits = 6; digits <= 9; digits++)
    {
      char format[] = "%.0g";

      format[2] = (char) ('0' + digits);
      number = g_ascii_strtod (g_ascii_formatd (buffer, sizeof buffer, format, (double) value), NULL);
      if ((float) number == value)
        break;
    }

  recipe_json_set_double (object, name, number);
}

void
recipe_json_set_string (JsonObject *object,
                        const char *name,
                        const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  json_object_set_string_member (object, name, valid);
}
