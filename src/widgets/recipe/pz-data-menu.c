/* pz-data-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "model/pz-catalog.h"
#include "widgets/recipe/pz-data-menu.h"

const PzCatalogEntry *
pz_data_menu_find_entry (const char *id)
{
  gsize n_entries;
  const PzCatalogEntry *entries = pz_catalog_get_entries (&n_entries);

  for (gsize i = 0; i < n_entries; i++)
    {
      if (g_str_equal (entries[i].id, id))
        return &entries[i];
    }

  return NULL;
}

static void
append_use (GMenu      *menu,
            const char *label,
            const char *source)
{
  g_autoptr(GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "data.use", "s", source);
  g_menu_append_item (menu, item);
}

static void
append_entry (GMenu                *menu,
              const PzCatalogEntry *entry)
{
  g_autoptr(GMenuItem) item = NULL;
  g_autofree char *size = NULL;
  g_autofree char *label = NULL;

  if (pz_catalog_entry_is_here (entry))
    {
      g_autofree char *folder = pz_catalog_entry_get_folder (entry);

      append_use (menu, _(entry->title), folder);
      return;
    }

  size = g_format_size (pz_catalog_entry_get_size (entry));
  /* Translators: a data set and its size: "Download MNIST (11.6 MB)…" */
  label = g_strdup_printf (_("Download %s (%s)…"), _(entry->title), size);
  item = g_menu_item_new (label, NULL);
  g_menu_item_set_action_and_target (item, "data.get", "s", entry->id);
  g_menu_append_item (menu, item);
}

GMenuModel *
pz_data_menu_create (void)
{
  g_autoptr(GMenu) own = g_menu_new ();
  g_autoptr(GMenu) published = g_menu_new ();
  GMenu *menu = g_menu_new ();
  gsize n_entries;
  const PzCatalogEntry *entries = pz_catalog_get_entries (&n_entries);

  append_use (own, _("_Built-In Digits"), PZ_DATA_DIGITS);
  append_use (own, _("Built-In _Molecules"), PZ_DATA_MOLECULES);
  g_menu_append (own, _("_File…"), "data.open-file");
  g_menu_append (own, _("F_older…"), "data.open-folder");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own));

  for (gsize i = 0; i < n_entries; i++)
    append_entry (published, &entries[i]);

  g_menu_append_section (menu, NULL, G_MENU_MODEL (published));

  return G_MENU_MODEL (menu);
}
