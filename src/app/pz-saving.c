/* pz-saving.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "app/pz-recent.h"
#include "app/pz-saving.h"
#include "core/mlp-display.h"
#include "widgets/common/pz-file-dialog.h"

/* --- save --- */

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  PzProject *project = PZ_PROJECT (object);
  g_autoptr(GError) error = NULL;

  if (!pz_project_save_finish (project, result, &error))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  if (pz_project_get_file (project) != NULL)
    pz_recent_add (pz_project_get_file (project));

  g_task_return_boolean (task, TRUE);
}

static void
on_file_chosen (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  PzProject *project = g_task_get_task_data (task);
  g_autoptr(GFile) file = NULL;
  g_autoptr(GError) error = NULL;

  file = pz_file_dialog_run_finish (GTK_WIDGET (object), result, &error);
  if (file == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    pz_project_save_async (project, file, NULL, on_saved, g_steal_pointer (&task));
}

/* "784-128-10.perz", or the name it has. */
static char *
suggest_name (PzProject *project)
{
  g_autofree char *network = NULL;

  if (pz_project_get_file (project) != NULL)
    return g_file_get_basename (pz_project_get_file (project));

  network = recipe_describe_network (pz_project_peek_recipe (project),
                                     pz_project_get_n_inputs (project),
                                     pz_project_get_n_outputs (project));
  return g_strdup_printf ("%s.perz", network);
}

void
pz_saving_save_async (GtkWindow          *window,
                      PzProject          *project,
                      gboolean            ask,
                      GAsyncReadyCallback callback,
                      gpointer            user_data)
{
  GFile *file;
  GTask *task;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (PZ_IS_PROJECT (project));

  task = g_task_new (window, NULL, callback, user_data);
  g_task_set_source_tag (task, pz_saving_save_async);
  g_task_set_task_data (task, g_object_ref (project), g_object_unref);

  file = pz_project_get_file (project);
  if (file != NULL && !ask)
    {
      pz_project_save_async (project, file, NULL, on_saved, task);
    }
  else
    {
      const PzFileType types[] = { { _("Perzeptron Projects"), "perz" } };
      g_autofree char *name = suggest_name (project);

      pz_file_dialog_run_async (GTK_WIDGET (window), PZ_FILE_DIALOG_SAVE, _("Save Project"), name,
                                types, G_N_ELEMENTS (types), on_file_chosen, task);
    }
}

gboolean
pz_saving_save_finish (GtkWindow    *window,
                       GAsyncResult *result,
                       GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_saving_save_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* --- leave --- */

static void
on_leave_saved (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  g_autoptr(GError) error = NULL;
  gboolean saved = pz_saving_save_finish (GTK_WINDOW (object), result, &error);

  if (!saved && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    pz_saving_show_error (GTK_WINDOW (object), _("Could Not Save the Project"), error);

  g_task_return_boolean (task, saved);
}

static void
on_save_response (AdwMessageDialog *dialog,
                  const char       *response,
                  gpointer          user_data)
{
  g_autoptr(GTask) task = user_data;

  /* The answer may end the window before the dialog is gone. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);

  if (g_str_equal (response, "save"))
    {
      GtkWindow *window = g_task_get_source_object (task);
      PzProject *project = g_task_get_task_data (task);

      pz_saving_save_async (window, project, FALSE, on_leave_saved, g_steal_pointer (&task));
      return;
    }

  g_task_return_boolean (task, g_str_equal (response, "discard"));
}

/* Takes over @task. */
static void
ask_to_save (GTask *task)
{
  PzProject *project = g_task_get_task_data (task);
  GtkWidget *dialog;

  if (!pz_project_get_modified (project))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }

  dialog = adw_message_dialog_new (g_task_get_source_object (task), _("Save Changes?"), NULL);
  /* Translators: the name of the project */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("“%s” has unsaved changes to its recipe or trained network. They will be lost if you "
                                    "do not save them."),
                                  pz_project_get_title (project));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "discard", _("_Discard"),
                                    "save", _("_Save"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_save_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* By now the project knows what the run has changed, which it does not when its trainer is free again. */
static void
on_train_ended (PzProject    *project,
                MlpStopReason end,
                const char   *message,
                GTask        *task)
{
  g_signal_handlers_disconnect_by_func (project, on_train_ended, task);
  ask_to_save (task);
}

static void
on_stop_response (AdwMessageDialog *dialog,
                  const char       *response,
                  gpointer          user_data)
{
  GTask *task = user_data;
  PzProject *project = g_task_get_task_data (task);
  PzTrainer *trainer = pz_project_get_trainer (project);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);

  if (!g_str_equal (response, "stop"))
    {
      g_task_return_boolean (task, FALSE);
      g_object_unref (task);
      return;
    }

  /* It may have ended while the person thought about it. */
  if (!pz_trainer_get_busy (trainer))
    {
      ask_to_save (task);
      return;
    }

  g_signal_connect (project, "train-ended", G_CALLBACK (on_train_ended), task);
  pz_trainer_stop (trainer);
}

void
pz_saving_leave_async (GtkWindow          *window,
                       PzProject          *project,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  GtkWidget *dialog;
  GTask *task;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (PZ_IS_PROJECT (project));

  task = g_task_new (window, NULL, callback, user_data);
  g_task_set_source_tag (task, pz_saving_leave_async);
  g_task_set_task_data (task, g_object_ref (project), g_object_unref);

  if (!pz_trainer_get_busy (pz_project_get_trainer (project)))
    {
      ask_to_save (task);
      return;
    }

  dialog = adw_message_dialog_new (window, _("Stop Training?"),
                                   _("The network is still being trained. "
                                     "What it has learned so far can be saved."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Keep Training"),
                                    "stop", _("_Stop Training"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "stop", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (on_stop_response), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
pz_saving_leave_finish (GtkWindow    *window,
                        GAsyncResult *result)
{
  g_return_val_if_fail (g_task_is_valid (result, window), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_saving_leave_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), NULL);
}

void
pz_saving_show_error (GtkWindow    *window,
                      const char   *heading,
                      const GError *error)
{
  g_autofree char *shown = NULL;
  GtkWidget *dialog;

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (heading != NULL);

  shown = mlp_display_error (error);
  dialog = adw_message_dialog_new (window, heading, shown);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"));

  /* There is nothing to be decided: the window can be used, and closed, before it is read. */
  gtk_window_set_modal (GTK_WINDOW (dialog), FALSE);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
pz_saving_close_dialogs (GtkWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();
  g_autoptr(GPtrArray) dialogs = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_if_fail (GTK_IS_WINDOW (window));

  /* The newest first. */
  for (guint i = g_list_model_get_n_items (toplevels); i > 0; i--)
    {
      g_autoptr(GtkWindow) other = g_list_model_get_item (toplevels, i - 1);
      GtkWindow *parent = other;

      while ((parent = gtk_window_get_transient_for (parent)) != NULL && parent != window)
        continue;
      if (parent == window)
        g_ptr_array_add (dialogs, g_steal_pointer (&other));
    }

  for (guint i = 0; i < dialogs->len; i++)
    gtk_window_close (g_ptr_array_index (dialogs, i));
}
