/* pz-known-sources.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "model/pz-catalog.h"
#include "model/pz-known-sources.h"

/* Of paths, the newest last. */
static GPtrArray *known;

static gboolean
find_source (const char *source,
             guint      *place)
{
  return known != NULL && g_ptr_array_find_with_equal_func (known, source, g_str_equal, place);
}

/* What the program downloads itself, whoever asked for it. */
static gboolean
is_downloaded (const char *source)
{
  g_autofree char *path = g_canonicalize_filename (source, "/");
  gsize n;
  const PzCatalogEntry *entries = pz_catalog_get_entries (&n);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *folder = pz_catalog_entry_get_folder (&entries[i]);
      const char *rest = g_str_has_prefix (path, folder) ? path + strlen (folder) : NULL;

      if (rest != NULL && (*rest == '\0' || *rest == G_DIR_SEPARATOR))
        return TRUE;
    }

  return FALSE;
}

gboolean
pz_known_sources_contain (const char *source)
{
  return source == NULL || g_str_has_prefix (source, "builtin:") || is_downloaded (source) || find_source (source,
                                                                                                           NULL);
}

void
pz_known_sources_add (const char *source)
{
  guint place;

  if (source == NULL || !g_path_is_absolute (source))
    return;

  if (known == NULL)
    known = g_ptr_array_new_with_free_func (g_free);

  if (find_source (source, &place))
    g_ptr_array_remove_index (known, place);
  else if (known->len == PZ_KNOWN_SOURCES_MAX)
    g_ptr_array_remove_index (known, 0);

  g_ptr_array_add (known, g_strdup (source));
}

char **
pz_known_sources_to_uris (void)
{
  g_autoptr(GPtrArray) uris = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; known != NULL && i < known->len; i++)
    {
      char *uri = g_filename_to_uri (g_ptr_array_index (known, i), NULL, NULL);

      if (uri != NULL)
        g_ptr_array_add (uris, uri);
    }

  g_ptr_array_add (uris, NULL);

  return (char **) g_ptr_array_free (g_steal_pointer (&uris), FALSE);
}

void
pz_known_sources_add_uris (const char *const *uris)
{
  for (gsize i = 0; uris[i] != NULL; i++)
    {
      g_autofree char *path = g_filename_from_uri (uris[i], NULL, NULL);

      pz_known_sources_add (path);
    }
}

void
pz_known_sources_forget (void)
{
  g_clear_pointer (&known, g_ptr_array_unref);
}
