/* pz-drop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "app/pz-drop.h"
#include "core/mlp-display.h"
#include "widgets/photo/pz-photo-actions.h"
#include "widgets/photo/pz-photo-source.h"

/* Photos are read together; of other files the window takes one, and says so. */
static void
open_files (GtkWidget *window,
            PzProject *project,
            GSList    *files)
{
  g_autoptr(GSList) photos = NULL;
  GFile *first = NULL;
  guint n_others = 0;

  for (; files != NULL; files = files->next)
    if (pz_photo_source_is_image (files->data))
      photos = g_slist_append (photos, files->data);
    else if (n_others++ == 0)
      first = files->data;

  if (first != NULL)
    {
      g_autofree char *uri = g_file_get_uri (first);

      gtk_widget_activate_action (window, "win.open-file", "s", uri);
    }
  if (photos != NULL)
    pz_photo_actions_show_files (window, project, photos);

  if (n_others > 1)
    {
      g_autofree char *base = g_file_get_basename (first);
      g_autofree char *name = mlp_display_filename (base);
      g_autofree char *text = g_strdup_printf (_("Only “%s” was opened: only one data file or project can be opened at a "
                                                 "time"), name);

      gtk_widget_activate_action (window, "win.show-message", "s", text);
    }
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         PzProject     *project)
{
  GtkWidget *window = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && g_value_get_boxed (value) != NULL)
    {
      g_autoptr(GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      open_files (window, project, files);

      return files != NULL;
    }

  return pz_photo_actions_show (window, project, value);
}

void
pz_drop_accept (GtkWidget *window,
                PzProject *project)
{
  GtkDropTarget *target = pz_photo_source_new_target ();

  g_signal_connect_object (target, "drop", G_CALLBACK (on_drop), project, 0);
  gtk_widget_add_controller (window, GTK_EVENT_CONTROLLER (target));
}
