/* pz-session.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/pz-recovery.h"
#include "app/pz-session.h"
#include "model/pz-drawings.h"
#include "model/pz-known-sources.h"
#include "widgets/common/pz-file-dialog.h"

/* The range of the schema. */
#define MIN_SIDEBAR 300
#define MAX_SIDEBAR 800

/* The windows share them; the first one says where they are. */
static void
restore_drawings (GSettings *settings)
{
  g_autoptr(PzDrawings) drawings = pz_drawings_dup_shared ();
  g_autofree char *folder = g_settings_get_string (settings, "drawings-folder");

  if (*folder != '\0' && pz_drawings_get_folder (drawings) == NULL)
    pz_drawings_open (drawings, folder);
}

static void
keep_drawings (GSettings *settings)
{
  g_autoptr(PzDrawings) drawings = pz_drawings_dup_shared ();
  g_autofree char *usual = pz_drawings_dup_usual_folder ();
  const char *folder = pz_drawings_get_folder (drawings);

  /* Without one nobody looked at them. */
  if (folder != NULL)
    g_settings_set_string (settings, "drawings-folder", g_strcmp0 (folder, usual) == 0 ? "" : folder);
}

/* GSettings aborts where the schema that is installed is older than the program. */
static gboolean
has_sources (GSettings *settings)
{
  g_autoptr(GSettingsSchema) schema = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);

  return g_settings_schema_has_key (schema, "known-sources");
}

static void
restore_sources (GSettings *settings)
{
  g_auto(GStrv) uris = NULL;

  if (!has_sources (settings))
    return;

  uris = g_settings_get_strv (settings, "known-sources");
  pz_known_sources_add_uris ((const char *const *) uris);
}

void
pz_session_restore (GtkWindow    *window,
                    GtkPaned     *paned,
                    AdwViewStack *stack)
{
  g_autoptr(GSettings) settings = pz_recovery_get_settings ();
  g_autofree char *folder = NULL;
  g_autofree char *view = NULL;

  if (settings == NULL)
    return;

  gtk_window_set_default_size (window,
                               g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (window);

  gtk_paned_set_position (paned, g_settings_get_int (settings, "sidebar-width"));

  view = g_settings_get_string (settings, "last-view");
  if (adw_view_stack_get_child_by_name (stack, view) != NULL)
    adw_view_stack_set_visible_child_name (stack, view);

  folder = g_settings_get_string (settings, "last-folder");
  if (*folder != '\0' && pz_file_dialog_get_folder () == NULL)
    pz_file_dialog_set_folder (folder);

  restore_drawings (settings);
  restore_sources (settings);
}

void
pz_session_keep (GtkWindow    *window,
                 GtkPaned     *paned,
                 AdwViewStack *stack)
{
  g_autoptr(GSettings) settings = pz_recovery_get_settings ();
  const char *folder = pz_file_dialog_get_folder ();
  int width, height;

  if (settings == NULL)
    return;

  /* While it is maximized this is the size it will go back to. */
  gtk_window_get_default_size (window, &width, &height);
  g_settings_set_int (settings, "window-width", width);
  g_settings_set_int (settings, "window-height", height);
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (window));
  g_settings_set_int (settings, "sidebar-width",
                      CLAMP (gtk_paned_get_position (paned), MIN_SIDEBAR, MAX_SIDEBAR));
  g_settings_set_string (settings, "last-view", adw_view_stack_get_visible_child_name (stack));
  g_settings_set_string (settings, "last-folder", folder != NULL ? folder : "");
  keep_drawings (settings);
}

static void
keep_sources (void)
{
  g_autoptr(GSettings) settings = pz_recovery_get_settings ();
  g_auto(GStrv) uris = pz_known_sources_to_uris ();

  if (settings != NULL && has_sources (settings))
    g_settings_set_strv (settings, "known-sources", (const char *const *) uris);
}

void
pz_session_watch (PzProject *project)
{
  g_return_if_fail (PZ_IS_PROJECT (project));

  g_signal_connect (project, "notify::dataset", G_CALLBACK (keep_sources), NULL);
}
