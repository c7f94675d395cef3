/* pz-recovery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "app/pz-recovery.h"
#include "model/pz-checkpoint.h"

/* A run that is shorter need not be kept, nor anything more often. */
#define INTERVAL (10 * G_TIME_SPAN_SECOND)

/* Of the schema. */
#define EPOCHS_KEY     "checkpoint-epochs"
#define DEFAULT_EPOCHS 10

GSettings *
pz_recovery_get_settings (void)
{
  GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
  g_autoptr(GSettingsSchema) schema = NULL;

  if (source != NULL)
    schema = g_settings_schema_source_lookup (source, APP_ID, TRUE);

  /* GSettings aborts where the schema that is installed is older than the program. */
  return schema != NULL && g_settings_schema_has_key (schema, EPOCHS_KEY) ? g_settings_new (APP_ID) : NULL;
}

/* --- while it is unsaved --- */

typedef struct
{
  GtkApplication *application;   /* borrowed */
  GtkWindow      *window;        /* borrowed: it owns this */
  PzProject      *project;
  GSettings      *settings;      /* (nullable) */
  guint           cookie;        /* of the inhibition, or 0 */
} Watch;

static void
watch_free (gpointer data)
{
  Watch *watch = data;

  if (watch->cookie != 0)
    gtk_application_uninhibit (watch->application, watch->cookie);

  g_signal_handlers_disconnect_by_data (watch->project, watch);
  g_signal_handlers_disconnect_by_data (pz_project_get_trainer (watch->project), watch);
  if (watch->settings != NULL)
    g_signal_handlers_disconnect_by_data (watch->settings, watch);

  g_clear_object (&watch->settings);
  g_clear_object (&watch->project);
  g_free (watch);
}

static void
update_inhibition (Watch *watch)
{
  const gboolean trains = pz_trainer_get_busy (pz_project_get_trainer (watch->project));
  const gboolean unsaved = trains || pz_project_get_modified (watch->project);

  if (unsaved && watch->cookie == 0)
    watch->cookie = gtk_application_inhibit (watch->application, watch->window, GTK_APPLICATION_INHIBIT_LOGOUT,
                                             trains ? _("A network is being trained.")
                                                    : _("There are unsaved changes."));

  if (!unsaved && watch->cookie != 0)
    {
      gtk_application_uninhibit (watch->application, watch->cookie);
      watch->cookie = 0;
    }
}

static void
update_checkpoints (Watch *watch)
{
  g_autofree char *folder = pz_checkpoint_dup_folder ();

  pz_project_set_checkpoints (watch->project, folder,
                              watch->settings != NULL ? g_settings_get_uint (watch->settings, EPOCHS_KEY)
                                                      : DEFAULT_EPOCHS,
                              INTERVAL);
}

static void
on_failed (Watch      *watch,
           const char *message)
{
  /* Translators: why a file could not be written, a sentence without its full stop */
  g_autofree char *text = g_strdup_printf (_("No checkpoint could be saved: a crash would lose unsaved work. %s. Free up "
                                             "disk space, make the folder writable, or save the project elsewhere."), message);

  gtk_widget_activate_action (GTK_WIDGET (watch->window), "win.show-message", "s", text);
}

void
pz_recovery_watch (GtkWindow *window,
                   PzProject *project)
{
  Watch *watch = g_new0 (Watch, 1);

  g_return_if_fail (GTK_IS_WINDOW (window));
  g_return_if_fail (gtk_window_get_application (window) != NULL);

  watch->application = gtk_window_get_application (window);
  watch->window = window;
  watch->project = g_object_ref (project);
  watch->settings = pz_recovery_get_settings ();

  g_signal_connect_swapped (project, "notify::modified", G_CALLBACK (update_inhibition), watch);
  g_signal_connect_swapped (pz_project_get_trainer (project), "notify::busy", G_CALLBACK (update_inhibition), watch);
  g_signal_connect_swapped (project, "checkpoint-failed", G_CALLBACK (on_failed), watch);
  if (watch->settings != NULL)
    g_signal_connect_swapped (watch->settings, "changed::" EPOCHS_KEY, G_CALLBACK (update_checkpoints), watch);

  update_checkpoints (watch);
  g_object_set_data_full (G_OBJECT (window), "pz-recovery", watch, watch_free);
}

void
pz_recovery_keep_work (PzProject *project)
{
  g_return_if_fail (PZ_IS_PROJECT (project));

  pz_project_keep (project);
  pz_trainer_stop (pz_project_get_trainer (project));
}

gboolean
pz_recovery_is_done (PzProject *project)
{
  g_return_val_if_fail (PZ_IS_PROJECT (project), TRUE);

  return !pz_trainer_get_busy (pz_project_get_trainer (project)) && pz_project_is_kept (project);
}

/* --- what is left of a program that did not end well --- */

typedef struct
{
  GtkWindow    *window;      /* weak */
  PzProject    *project;
  PzCheckpoint *checkpoint;
  RecipeFile   *contents;
} Offer;

static void
offer_free (Offer *offer)
{
  g_clear_weak_pointer (&offer->window);
  g_clear_object (&offer->project);
  g_clear_object (&offer->checkpoint);
  g_clear_pointer (&offer->contents, recipe_file_free);
  g_free (offer);
}

static void
on_offer_response (AdwMessageDialog *dialog,
                   const char       *response,
                   gpointer          user_data)
{
  Offer *offer = user_data;

  if (g_str_equal (response, "recover") && !pz_trainer_get_busy (pz_project_get_trainer (offer->project)))
    pz_project_recover (offer->project, offer->checkpoint, g_steal_pointer (&offer->contents));
  else if (g_str_equal (response, "discard"))
    pz_checkpoint_remove (offer->checkpoint);

  offer_free (offer);
}

/* (transfer full) */
static char *
describe_kept_project (const RecipeFile *contents)
{
  const guint n = contents->epochs->len;
  const guint epoch = n > 0 ? g_array_index (contents->epochs, MlpEpoch, n - 1).epoch : 0;
  const Recipe *recipe = recipe_file_peek_trained (contents);
  g_autofree char *network = recipe_describe_network (recipe, contents->data.n_inputs, contents->data.n_outputs);

  if (contents->net == NULL)
    return g_strdup (_("Perzeptron closed unexpectedly. Its last project was not saved, but can be recovered."));

  /* Translators: a network such as 784-128-10, the name of its data, the last epoch and how many were planned */
  return g_strdup_printf (_("Perzeptron closed unexpectedly. The network %s, trained on “%s” up to epoch %u of %u, was "
                            "not saved, but can be recovered and trained further."),
                          network, contents->data.name, epoch, MAX (recipe->training.epochs, epoch));
}

static void
on_found (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  Offer *offer = user_data;
  g_autofree char *body = NULL;
  GtkWidget *dialog;

  offer->checkpoint = pz_checkpoint_find_finish (result, &offer->contents);
  if (offer->checkpoint == NULL || offer->window == NULL)
    {
      offer_free (offer);
      return;
    }

  body = describe_kept_project (offer->contents);
  dialog = adw_message_dialog_new (offer->window, _("Recover Unsaved Work?"), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "later", _("_Later"),
                                    "discard", _("_Discard"),
                                    "recover", _("_Recover"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "recover", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "recover");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "later");
  g_signal_connect (dialog, "response", G_CALLBACK (on_offer_response), offer);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
pz_recovery_offer (GtkWindow *window,
                   PzProject *project)
{
  g_autofree char *folder = pz_checkpoint_dup_folder ();
  Offer *offer = g_new0 (Offer, 1);

  g_set_weak_pointer (&offer->window, window);
  offer->project = g_object_ref (project);
  pz_checkpoint_find_async (folder, NULL, on_found, offer);
}

/* --- preferences --- */

void
pz_recovery_show_preferences (GtkWindow *parent)
{
  g_autoptr(GSettings) settings = pz_recovery_get_settings ();
  GtkWidget *window = adw_preferences_window_new ();
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *spin = gtk_spin_button_new_with_range (0.0, 10000.0, 1.0);

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Checkpoints"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _("Long runs are saved regularly during training, so that they can be continued "
                                           "after a crash. The checkpoint is removed when the project is saved."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Epochs between checkpoints"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("0: none during training"));

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Epochs between checkpoints"), -1);
  if (settings != NULL)
    g_settings_bind (settings, EPOCHS_KEY, spin, "value", G_SETTINGS_BIND_DEFAULT);
  else
    gtk_widget_set_sensitive (row, FALSE);

  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (window), ADW_PREFERENCES_PAGE (page));
  adw_preferences_window_set_search_enabled (ADW_PREFERENCES_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), 480, 260);
  gtk_window_set_modal (GTK_WINDOW (window), TRUE);
  gtk_window_set_transient_for (GTK_WINDOW (window), parent);
  gtk_window_present (GTK_WINDOW (window));
}
