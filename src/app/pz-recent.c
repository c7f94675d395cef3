/* pz-recent.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/pz-recent.h"
#include "model/pz-task.h"

#define MIME_TYPE "application/x-perzeptron"

/* As many as can be taken in at a glance. */
#define MAX_ITEMS 8

/* Some are gone. */
#define MAX_LOOKS 32

/* Data of the menu: whether a thread looks for its files, and whether another has to. */
#define LOOKING "pz-looking"
enum { LOOK_ONCE = 1, LOOK_AGAIN };

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

/* --- the menu --- */

/* One file of the program's. */
typedef struct
{
  char    *label;
  char    *uri;
  char    *path;
  gboolean is_gone;
} Item;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->label);
  g_free (item->uri);
  g_free (item->path);
  g_free (item);
}

/* (transfer full) (element-type Item): the newest first */
static GPtrArray *
list_items (void)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (item_free);
  GList *infos = gtk_recent_manager_get_items (gtk_recent_manager_get_default ());

  infos = g_list_sort (infos, compare_newest_first);
  for (GList *l = infos; l != NULL && items->len < MAX_LOOKS; l = l->next)
    {
      GtkRecentInfo *info = l->data;
      g_autofree char *path = g_filename_from_uri (gtk_recent_info_get_uri (info), NULL, NULL);
      Item *item;

      if (path == NULL || !gtk_recent_info_has_application (info, APP_ID))
        continue;

      item = g_new0 (Item, 1);
      item->label = escape_label (gtk_recent_info_get_display_name (info));
      item->uri = g_strdup (gtk_recent_info_get_uri (info));
      item->path = g_steal_pointer (&path);
      g_ptr_array_add (items, item);
    }
  g_list_free_full (infos, (GDestroyNotify) gtk_recent_info_unref);

  return items;
}

static void
show_items (GMenu           *menu,
            const GPtrArray *items)
{
  g_menu_remove_all (menu);
  for (guint i = 0; i < items->len && g_menu_model_get_n_items (G_MENU_MODEL (menu)) < MAX_ITEMS; i++)
    {
      const Item *item = g_ptr_array_index (items, i);
      g_autoptr(GMenuItem) entry = NULL;

      if (item->is_gone)
        continue;

      entry = g_menu_item_new (item->label, NULL);
      g_menu_item_set_action_and_target (entry, "win.open-file", "s", item->uri);
      g_menu_append_item (menu, entry);
    }
}

/* Worker thread: on a server that is gone this takes for ever. */
static void
check_worker (GTask        *worker,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  const GPtrArray *items = task_data;

  for (guint i = 0; i < items->len; i++)
    {
      Item *item = g_ptr_array_index (items, i);

      item->is_gone = !g_file_test (item->path, G_FILE_TEST_EXISTS);
    }

  pz_task_return_pointer (worker, NULL, NULL);
}

static void fill_menu (GMenu *menu);

/* Where the list has changed meanwhile, it is looked at again. */
static void
on_looked (gpointer data,
           gpointer owner)
{
  GMenu *menu = owner;
  const gboolean again = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (menu), LOOKING)) == LOOK_AGAIN;

  g_object_set_data (G_OBJECT (menu), LOOKING, NULL);
  if (again)
    fill_menu (menu);
  else
    show_items (menu, data);
}

/* At first with all that were used; without those that are gone as soon as that is known. */
static void
fill_menu (GMenu *menu)
{
  g_autoptr(GPtrArray) items = list_items ();

  show_items (menu, items);
  if (g_object_get_data (G_OBJECT (menu), LOOKING) != NULL)
    {
      g_object_set_data (G_OBJECT (menu), LOOKING, GINT_TO_POINTER (LOOK_AGAIN));
      return;
    }

  if (items->len == 0)
    return;

  g_object_set_data (G_OBJECT (menu), LOOKING, GINT_TO_POINTER (LOOK_ONCE));
  pz_task_run_urgent (g_task_new (menu, NULL, NULL, NULL), check_worker, g_steal_pointer (&items),
                      (GDestroyNotify) g_ptr_array_unref, on_looked, menu);
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
