/* pz-recent.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/pz-recent.h"

#define MIME_TYPE "application/x-perzeptron"

/* As many as can be taken in at a glance. */
#define MAX_ITEMS 8

void
pz_recent_add (GFile *file)
{
  g_autofree char *uri = NULL;
  GtkRecentData data = {
    .mime_type = (char *) MIME_TYPE,
    .app_name = (char *) APP_ID,
    .app_exec = (char *) "perzeptron %u",
  };

  g_return_if_fail (G_IS_FILE (file));

  uri = g_file_get_uri (file);
  gtk_recent_manager_add_full (gtk_recent_manager_get_default (), uri, &data);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  GDateTime *first = gtk_recent_info_get_modified ((GtkRecentInfo *) a);
  GDateTime *second = gtk_recent_info_get_modified ((GtkRecentInfo *) b);

  return g_date_time_compare (second, first);
}

/* An underscore in a menu makes a mnemonic. */
static char *
escape_label (const char *name)
{
  g_autoptr(GString) label = g_string_new (name);

  g_string_replace (label, "_", "__", 0);
  return g_string_free (g_steal_pointer (&label), FALSE);
}

static void
fill_menu (GMenu *menu)
{
  GList *infos;
  guint n_items = 0;

  g_menu_remove_all (menu);
  infos = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());
  infos = g_list_sort (infos, compare_newest_first);

  for (GList *l = infos; l != NULL && n_items < MAX_ITEMS; l = l->next)
    {
      GtkRecentInfo *info = l->data;
      g_autoptr(GMenuItem) item = NULL;
      g_autofree char *label = NULL;

      if (!gtk_recent_info_has_application (info, APP_ID) || !gtk_recent_info_exists (info))
        continue;

      label = escape_label (gtk_recent_info_get_display_name (info));
      item = g_menu_item_new (label, NULL);
      g_menu_item_set_action_and_target (item, "win.open-file", "s", gtk_recent_info_get_uri (info));
      g_menu_append_item (menu, item);
      n_items++;
    }

  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);
}

GMenuModel *
pz_recent_create_menu (void)
{
  GMenu *menu = g_menu_new ();

  g_signal_connect_object (gtk_recent_manager_get_default (), "changed",
                           G_CALLBACK (fill_menu), menu, G_CONNECT_SWAPPED);
  fill_menu (menu);

  return G_MENU_MODEL (menu);
}
