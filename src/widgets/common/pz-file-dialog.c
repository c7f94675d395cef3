/* pz-file-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/common/pz-file-dialog.h"

static char *last_folder;

/* The first suffix of the type that was chosen. */
static char *
dup_chosen_suffix (GtkFileChooser *chooser)
{
  GtkFileFilter *filter = gtk_file_chooser_get_filter (chooser);
  const char *suffixes = filter != NULL ? g_object_get_data (G_OBJECT (filter), "suffixes") : NULL;

  if (suffixes == NULL)
    return NULL;

  return g_strndup (suffixes, strcspn (suffixes, " "));
}

static GFile *
complete_name (GtkFileChooser *chooser,
               GFile          *file)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *suffix = dup_chosen_suffix (chooser);
  g_autoptr(GFile) folder = g_file_get_parent (file);
  g_autofree char *full = NULL;

  if (suffix == NULL || folder == NULL || strchr (name, '.') != NULL)
    return g_object_ref (file);

  full = g_strdup_printf ("%s.%s", name, suffix);
  return g_file_get_child (folder, full);
}

static void
on_response (GtkNativeDialog *dialog,
             int              response,
             gpointer         user_data)
{
  g_autoptr(GTask) task = user_data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr(GListModel) files = gtk_file_chooser_get_files (chooser);

      file = g_list_model_get_item (files, 0);
    }

  if (file != NULL)
    {
      g_autoptr(GFile) folder = NULL;
      g_autofree char *uri = NULL;

      if (gtk_file_chooser_get_action (chooser) == GTK_FILE_CHOOSER_ACTION_SAVE)
        {
          GFile *complete = complete_name (chooser, file);

          g_object_unref (file);
          file = complete;
        }

      folder = g_file_get_parent (file);
      if (folder != NULL)
        uri = g_file_get_uri (folder);

      pz_file_dialog_set_folder (uri);
      if (gtk_file_chooser_get_select_multiple (chooser))
        g_task_return_pointer (task, gtk_file_chooser_get_files (chooser), g_object_unref);
      else
        g_task_return_pointer (task, g_steal_pointer (&file), g_object_unref);
    }
  else
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Nothing was chosen");
    }

  gtk_native_dialog_destroy (dialog);
  g_object_unref (dialog);
}

static void
add_types (GtkFileChooser   *chooser,
           const PzFileType *types,
           gsize             n_types)
{
  for (gsize i = 0; i < n_types; i++)
    {
      g_autoptr(GtkFileFilter) filter = gtk_file_filter_new ();

      gtk_file_filter_set_name (filter, types[i].name);
      if (types[i].suffixes != NULL)
        {
          g_auto(GStrv) suffixes = g_strsplit (types[i].suffixes, " ", -1);

          for (gsize j = 0; suffixes[j] != NULL; j++)
            gtk_file_filter_add_suffix (filter, suffixes[j]);

          g_object_set_data_full (G_OBJECT (filter), "suffixes",
                                  g_strdup (types[i].suffixes), g_free);
        }
      else
        {
          gtk_file_filter_add_pattern (filter, "*");
        }

      gtk_file_chooser_add_filter (chooser, filter);
      if (i == 0)
        gtk_file_chooser_set_filter (chooser, filter);
    }
}

void
pz_file_dialog_run_async (GtkWidget          *widget,
                          PzFileDialogMode    mode,
                          const char         *title,
                          const char         *name,
                          const PzFileType   *types,
                          gsize               n_types,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  static const GtkFileChooserAction actions[] = {
    [PZ_FILE_DIALOG_OPEN] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [PZ_FILE_DIALOG_OPEN_SEVERAL] = GTK_FILE_CHOOSER_ACTION_OPEN,
    [PZ_FILE_DIALOG_FOLDER] = GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
    [PZ_FILE_DIALOG_SAVE] = GTK_FILE_CHOOSER_ACTION_SAVE,
  };
  GtkFileChooserNative *dialog;
  GtkRoot *root;
  GTask *task;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (title != NULL);
  g_return_if_fail (types != NULL || n_types == 0);

  root = gtk_widget_get_root (widget);
  task = g_task_new (widget, NULL, callback, user_data);
  g_task_set_source_tag (task, pz_file_dialog_run_async);

  dialog = gtk_file_chooser_native_new (title,
                                        GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                        actions[mode],
                                        mode == PZ_FILE_DIALOG_SAVE ? _("_Save") : _("_Open"),
                                        _("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), mode == PZ_FILE_DIALOG_OPEN_SEVERAL);
  if (mode == PZ_FILE_DIALOG_SAVE && name != NULL)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (dialog), name);

  if (last_folder != NULL)
    {
      g_autoptr(GFile) folder = g_file_new_for_uri (last_folder);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (dialog), folder, NULL);
    }

  add_types (GTK_FILE_CHOOSER (dialog), types, n_types);

  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

GFile *
pz_file_dialog_run_finish (GtkWidget    *widget,
                           GAsyncResult *result,
                           GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, widget), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_file_dialog_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

GListModel *
pz_file_dialog_run_finish_several (GtkWidget    *widget,
                                   GAsyncResult *result,
                                   GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, widget), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_file_dialog_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
pz_file_dialog_set_folder (const char *uri)
{
  if (g_strcmp0 (last_folder, uri) == 0)
    return;

  g_free (last_folder);
  last_folder = g_strdup (uri);
}

const char *
pz_file_dialog_get_folder (void)
{
  return last_folder;
}
