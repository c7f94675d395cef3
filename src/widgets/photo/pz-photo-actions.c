/* pz-photo-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/photo/pz-photo-actions.h"
#include "widgets/photo/pz-photo-source.h"
#include "widgets/photo/pz-photo-window.h"

/* (transfer none): in the program's own window, which it closes with */
static PzPhotoWindow *
open_window (GtkWidget *parent,
             PzProject *project)
{
  GtkWindow *window = pz_photo_window_new (project);
  GtkRoot *root = gtk_widget_get_root (parent);

  if (GTK_IS_WINDOW (root))
    {
      gtk_window_set_transient_for (window, GTK_WINDOW (root));
      gtk_window_set_destroy_with_parent (window, TRUE);
    }
  gtk_window_present (window);

  return PZ_PHOTO_WINDOW (window);
}

gboolean
pz_photo_actions_show (GtkWidget    *parent,
                       PzProject    *project,
                       const GValue *value)
{
  g_return_val_if_fail (GTK_IS_WIDGET (parent), FALSE);
  g_return_val_if_fail (PZ_IS_PROJECT (project), FALSE);

  if (G_VALUE_HOLDS (value, PZ_TYPE_IMAGE_BYTES))
    {
      GBytes *bytes = g_value_get_boxed (value);

      if (bytes != NULL)
        pz_photo_window_show_bytes (open_window (parent, project), bytes, _("Image"));

      return bytes != NULL;
    }

  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      GdkFileList *list = g_value_get_boxed (value);
      g_autoptr(GSList) files = list != NULL ? gdk_file_list_get_files (list) : NULL;

      if (files != NULL)
        pz_photo_actions_show_files (parent, project, files);

      return files != NULL;
    }

  return FALSE;
}

void
pz_photo_actions_show_file (GtkWidget *parent,
                            PzProject *project,
                            GFile     *file)
{
  pz_photo_window_show_file (open_window (parent, project), file);
}

void
pz_photo_actions_show_files (GtkWidget *parent,
                             PzProject *project,
                             GSList    *files)
{
  pz_photo_window_show_files (open_window (parent, project), files);
}

/* (transfer none) (nullable) */
static PzProject *
get_project (gpointer widget)
{
  PzProject *project;

  g_object_get (widget, "project", &project, NULL);

  /* The widget holds it, too. */
  if (project != NULL)
    g_object_unref (project);

  return project;
}

static void
on_chosen (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  GSList *files = pz_photo_source_choose_finish (GTK_WIDGET (object), result);

  if (files != NULL && get_project (object) != NULL)
    pz_photo_actions_show_files (GTK_WIDGET (object), get_project (object), files);
  g_slist_free_full (files, g_object_unref);
}

static void
on_open (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  pz_photo_source_choose_async (widget, on_chosen, NULL);
}

static void
on_value (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GtkWidget *widget = GTK_WIDGET (object);
  g_auto(GValue) value = G_VALUE_INIT;

  if (!pz_photo_source_paste_finish (widget, result, &value, NULL) || get_project (widget) == NULL
      || !pz_photo_actions_show (widget, get_project (widget), &value))
    gtk_widget_error_bell (widget);
}

static void
on_paste (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  pz_photo_source_paste_async (widget, on_value, NULL);
}

void
pz_photo_actions_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "photo.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "photo.paste", NULL, on_paste);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "photo.paste", NULL);
}
