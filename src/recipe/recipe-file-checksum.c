/* recipe-file-checksum.c: the checksum of a .perz file, of each version.
 *
 * Of version 2 it is over what the tensors and the metadata are called, so that it holds
 * wherever another program puts them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "recipe/recipe-file-private.h"

/* The metadata of version 1. */
static const char *const version_1_names[] = {
  "data", "format", "history", "network", "program", "recipe", "units", "version",
};

static void
add_text (GChecksum  *checksum,
          const char *name,
          const char *value)
{
  g_checksum_update (checksum, (const guchar *) name, -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
  g_checksum_update (checksum, (const guchar *) value, -1);
  g_checksum_update (checksum, (const guchar *) "\n", 1);
}

/* GLib counts in gssize. */
static void
add_bytes (GChecksum    *checksum,
           const guint8 *bytes,
           gsize         n_bytes)
{
  for (gsize done = 0; done < n_bytes;)
    {
      gsize step = MIN (n_bytes - done, G_MAXINT32);

      g_checksum_update (checksum, bytes + done, (gssize) step);
      done += step;
    }
}

/* FALSE where there is no such member. */
static gboolean
add_member (GChecksum  *checksum,
            JsonObject *metadata,
            const char *name)
{
  if (!json_object_has_member (metadata, name))
    return FALSE;

  add_text (checksum, name, json_object_get_string_member (metadata, name));

  return TRUE;
}

/* (transfer full): "data format …", of all that is there */
char *
recipe_file_list_checked (JsonObject *metadata)
{
  g_autoptr(GList) names = g_list_sort (json_object_get_members (metadata), (GCompareFunc) strcmp);
  GString *list = g_string_new (NULL);

  for (GList *item = names; item != NULL; item = item->next)
    {
      if (strcmp (item->data, "checksum") == 0 || strcmp (item->data, "checked") == 0)
        continue;

      g_string_append_printf (list, "%s%s", list->len > 0 ? " " : "", (const char *) item->data);
    }

  return g_string_free (list, FALSE);
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const RecipeFileTensor *tensors = user_data;

  return strcmp (tensors[*(const guint *) a].name, tensors[*(const guint *) b].name);
}

/* What makes a file of version 2 what it is stands in it: the list must have that. */
static gboolean
has_all (char **names)
{
  static const char *const needed[] = { "data", "history", "recipe", "version" };

  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (!g_strv_contains ((const char *const *) names, needed[i]))
      return FALSE;

  return TRUE;
}

char *
recipe_file_checksum (JsonObject   *metadata,
                      const GArray *tensors,
                      const guint8 *bytes)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint *order = g_new (guint, tensors->len);
  g_auto(GStrv) names = NULL;

  if (!add_member (checksum, metadata, "checked"))
    return NULL;

  names = g_strsplit (json_object_get_string_member (metadata, "checked"), " ", -1);
  if (!has_all (names))
    return NULL;

  for (gsize i = 0; names[i] != NULL; i++)
    if (!add_member (checksum, metadata, names[i]))
      return NULL;

  for (guint i = 0; i < tensors->len; i++)
    order[i] = i;
  if (tensors->len > 0)
    g_qsort_with_data (order, (int) tensors->len, sizeof *order, compare_names, tensors->data);

  for (guint i = 0; i < tensors->len; i++)
    {
      const RecipeFileTensor *tensor = &g_array_index (tensors, RecipeFileTensor, order[i]);
      g_autofree char *line = g_strdup_printf ("%s %s %" G_GSIZE_FORMAT " %" G_GSIZE_FORMAT "\n", tensor->name,
                                               tensor->type, tensor->rows, tensor->columns);

      g_checksum_update (checksum, (const guchar *) line, -1);
      add_bytes (checksum, bytes + tensor->begin, tensor->size);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

/* As the file is. */
static char *
make_version_1_as_is (JsonObject   *metadata,
                      const guint8 *bytes,
                      gsize         n_bytes)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GList) names = g_list_sort (json_object_get_members (metadata), (GCompareFunc) strcmp);

  for (GList *item = names; item != NULL; item = item->next)
    if (strcmp (item->data, "checksum") != 0)
      add_member (checksum, metadata, item->data);

  add_bytes (checksum, bytes, n_bytes);

  return g_strdup (g_checksum_get_string (checksum));
}

/* As this program wrote it: its metadata, and the tensors in the order of @tensors. */
static char *
make_version_1_as_written (JsonObject   *metadata,
                           const GArray *tensors,
                           const guint8 *bytes)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (gsize i = 0; i < G_N_ELEMENTS (version_1_names); i++)
    add_member (checksum, metadata, version_1_names[i]);

  for (guint i = 0; i < tensors->len; i++)
    {
      const RecipeFileTensor *tensor = &g_array_index (tensors, RecipeFileTensor, i);

      add_bytes (checksum, bytes + tensor->begin, tensor->size);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

gboolean
recipe_file_check_version_1 (JsonObject   *metadata,
                             const GArray *tensors,
                             const guint8 *bytes,
                             gsize         n_bytes,
                             const char   *expected)
{
  g_autofree char *as_is = make_version_1_as_is (metadata, bytes, n_bytes);
  g_autofree char *as_written = NULL;

  if (g_strcmp0 (as_is, expected) == 0)
    return TRUE;

  as_written = make_version_1_as_written (metadata, tensors, bytes);

  return g_strcmp0 (as_written, expected) == 0;
}
