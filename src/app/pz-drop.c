/* pz-drop.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/pz-drop.h"
#include "widgets/pz-picture-source.h"

static gboolean
on_drop (PzWindow     *window,
         const GValue *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && g_value_get_boxed (value) != NULL)
    {
      g_autoptr(GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      if (files != NULL)
        pz_window_open_file (window, files->data);

      return files != NULL;
    }

  return pz_picture_source_show (GTK_WIDGET (window), pz_window_get_project (window), value);
}

void
pz_drop_accept (PzWindow *window)
{
  GtkDropTarget *target = pz_picture_source_new_target ();

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), window);
  gtk_widget_add_controller (GTK_WIDGET (window), GTK_EVENT_CONTROLLER (target));
}
