/* mlp-option.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-net.h"
#include "core/train/mlp-option.h"

gboolean
mlp_option_is_number (const MlpOptionRow *row)
{
  return row->kind == MLP_KIND_FLOAT || row->kind == MLP_KIND_UINT ||
         row->kind == MLP_KIND_SIZE || row->kind == MLP_KIND_UINT64;
}

double
mlp_option_read (const MlpOptionRow *row,
                 gconstpointer       data)
{
  gconstpointer field = G_STRUCT_MEMBER_P (data, row->offset);

  switch (row->kind)
    {
    case MLP_KIND_FLOAT:
      return (double) *(const float *) field;

    case MLP_KIND_SIZE:
      return (double) *(const gsize *) field;

    case MLP_KIND_UINT64:
      return (double) *(const guint64 *) field;

    case MLP_KIND_UINT:
    case MLP_KIND_CHOICE:
    case MLP_KIND_SWITCH:
      return *(const guint *) field;

    case MLP_KIND_STRING:
    case MLP_KIND_LAYERS:
    default:
      g_return_val_if_reached (0.0);
    }
}

void
mlp_option_write (const MlpOptionRow *row,
                  gpointer            data,
                  double              value)
{
  gpointer field = G_STRUCT_MEMBER_P (data, row->offset);

  switch (row->kind)
    {
    case MLP_KIND_FLOAT:
      *(float *) field = (float) value;
      break;

    case MLP_KIND_SIZE:
      *(gsize *) field = (gsize) value;
      break;

    case MLP_KIND_UINT64:
      *(guint64 *) field = (guint64) value;
      break;

    case MLP_KIND_UINT:
    case MLP_KIND_CHOICE:
    case MLP_KIND_SWITCH:
      *(guint *) field = (guint) value;
      break;

    case MLP_KIND_STRING:
    case MLP_KIND_LAYERS:
    default:
      g_return_if_reached ();
    }
}

static gboolean
layers_equal (const GArray *a,
              const GArray *b)
{
  if (a->len != b->len)
    return FALSE;

  for (guint i = 0; i < a->len; i++)
    {
      const MlpLayer *layer_a = &g_array_index (a, MlpLayer, i);
      const MlpLayer *layer_b = &g_array_index (b, MlpLayer, i);

      if (layer_a->width != layer_b->width || layer_a->activation != layer_b->activation)
        return FALSE;
    }

  return TRUE;
}

gboolean
mlp_option_equal (const MlpOptionRow *row,
                  gconstpointer       a,
                  gconstpointer       b)
{
  gconstpointer field_a = G_STRUCT_MEMBER_P (a, row->offset);
  gconstpointer field_b = G_STRUCT_MEMBER_P (b, row->offset);

  switch (row->kind)
    {
    case MLP_KIND_FLOAT:
      {
        const float x = *(const float *) field_a;
        const float y = *(const float *) field_b;

        return x == y || (isnan (x) && isnan (y));
      }

    case MLP_KIND_SIZE:
      return *(const gsize *) field_a == *(const gsize *) field_b;

    case MLP_KIND_UINT64:
      return *(const guint64 *) field_a == *(const guint64 *) field_b;

    case MLP_KIND_UINT:
    case MLP_KIND_CHOICE:
      return *(const guint *) field_a == *(const guint *) field_b;

    case MLP_KIND_SWITCH:
      return !*(const gboolean *) field_a == !*(const gboolean *) field_b;

    case MLP_KIND_STRING:
      return g_strcmp0 (*(char *const *) field_a, *(char *const *) field_b) == 0;

    case MLP_KIND_LAYERS:
      return layers_equal (*(GArray *const *) field_a, *(GArray *const *) field_b);

    default:
      g_return_val_if_reached (FALSE);
    }
}

static gboolean
is_in_range (const MlpOptionRow *row,
             double              value)
{
  if (!(row->flags & MLP_RANGE_OPEN_LOWER ? value > row->lower : value >= row->lower))
    return FALSE;

  if (row->upper == 0.0)
    return isfinite (value);

  return row->flags & MLP_RANGE_OPEN_UPPER ? value < row->upper : value <= row->upper;
}

/* (transfer full): "at least 0 and less than 1" */
static char *
describe_range (const MlpOptionRow *row)
{
  g_autofree char *lower = g_strdup_printf ("%g", row->lower);
  g_autofree char *upper = g_strdup_printf ("%g", row->upper);

  if (row->upper == 0.0)
    return g_strdup_printf (row->flags & MLP_RANGE_OPEN_LOWER ? _("a number above %s") : _("at least %s"), lower);

  if (row->flags & MLP_RANGE_OPEN_LOWER)
    return g_strdup_printf (_("above %s and at most %s"), lower, upper);

  if (row->flags & MLP_RANGE_OPEN_UPPER)
    return g_strdup_printf (_("at least %s and less than %s"), lower, upper);

  return g_strdup_printf (_("%s to %s"), lower, upper);
}

gboolean
mlp_option_check (const MlpOptionRow *row,
                  gconstpointer       data,
                  GError            **error)
{
  g_autofree char *title = NULL;
  g_autofree char *range = NULL;
  g_autofree char *number = NULL;
  double value;

  if (row->kind == MLP_KIND_CHOICE)
    {
      value = mlp_option_read (row, data);
      if (value < row->choices->n)
        return TRUE;

      title = mlp_option_dup_title (row);
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   /* Translators: the title of an option */
                   _("“%s” has no choice number %.0f; there are 0 to %u"), title, value, row->choices->n - 1);
      return FALSE;
    }

  if (!mlp_option_is_number (row))
    return TRUE;

  value = mlp_option_read (row, data);
  if (is_in_range (row, value))
    return TRUE;

  title = mlp_option_dup_title (row);
  range = describe_range (row);
  number = g_strdup_printf (row->kind == MLP_KIND_FLOAT ? "%g" : "%.0f", value);

  if (row->example != NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                 /* Translators: the title of an option, its value, its range, a good value:
                  * “Learning Rate” is 0; it must be a number above 0, such as 0.001 */
                 _("“%s” is %s; it must be %s, such as %s"), title, number, range, row->example);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                 /* Translators: the title of an option, its value, its range:
                  * “Dropout” is 1; it must be at least 0 and less than 1 */
                 _("“%s” is %s; it must be %s"), title, number, range);

  return FALSE;
}

static char *
float_to_string (float value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  /* 0.1, not 0.100000001. Nine digits are always enough. */
  for (int digits = 6; digits <= 9; digits++)
    {
      char format[] = "%.0g";

      format[2] = (char) ('0' + digits);
      g_ascii_formatd (buffer, sizeof buffer, format, (double) value);
      if ((float) g_ascii_strtod (buffer, NULL) == value)
        break;
    }

  return g_strdup (buffer);
}

char *
mlp_option_layers_to_string (const GArray *layers)
{
  GString *text = g_string_new (layers->len > 0 ? NULL : "none");

  for (guint i = 0; i < layers->len; i++)
    {
      const MlpLayer *layer = &g_array_index (layers, MlpLayer, i);

      g_string_append_printf (text, "%s%" G_GSIZE_FORMAT ":%s", i > 0 ? "," : "",
                              layer->width, mlp_activation_get_name (layer->activation));
    }

  return g_string_free (text, FALSE);
}

char *
mlp_option_to_string (const MlpOptionRow *row,
                      gconstpointer       data)
{
  gconstpointer field = G_STRUCT_MEMBER_P (data, row->offset);

  switch (row->kind)
    {
    case MLP_KIND_CHOICE:
      return g_strdup (row->choices->get_name (*(const guint *) field));

    case MLP_KIND_SWITCH:
      if (row->choices != NULL)
        return g_strdup (row->choices->get_name (*(const gboolean *) field));

      return g_strdup (*(const gboolean *) field ? "on" : "off");

    case MLP_KIND_FLOAT:
      return float_to_string (*(const float *) field);

    case MLP_KIND_UINT:
      return g_strdup_printf ("%u", *(const guint *) field);

    case MLP_KIND_SIZE:
      if (*(const gsize *) field == G_MAXSIZE)
        return g_strdup ("default");

      return g_strdup_printf ("%" G_GSIZE_FORMAT, *(const gsize *) field);

    case MLP_KIND_UINT64:
      return g_strdup_printf ("%" G_GUINT64_FORMAT, *(const guint64 *) field);

    case MLP_KIND_STRING:
      return g_strdup (*(char *const *) field != NULL ? *(char *const *) field : "none");

    case MLP_KIND_LAYERS:
      return mlp_option_layers_to_string (*(GArray *const *) field);

    default:
      g_return_val_if_reached (NULL);
    }
}

char *
mlp_option_dup_title (const MlpOptionRow *row)
{
  g_auto(GStrv) parts = g_strsplit (_(row->title), "_", 2);

  return g_strjoinv (NULL, parts);
}
