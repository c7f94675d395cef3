/* view-util.h: what the tests of the views share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>
#include <glib/gstdio.h>

#include "model/pz-project.h"
#include "widget-util.h"
#include "widgets/common/pz-project-widget.h"

/* The first widget of @type under @widget, itself included, with this id of its
 * template (NULL: any). */
static inline gpointer
find_child (GtkWidget  *widget,
            GType       type,
            const char *id)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type)
      && (id == NULL || g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer found = find_child (child, type, id);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* (transfer none): the @nth controller of @type. GTK 4 makes no synthetic events, so
 * the tests emit the controllers' own signals. */
static inline gpointer
find_controller (gpointer widget,
                 GType    type,
                 guint    nth)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      if (G_OBJECT_TYPE (controller) == type && nth-- == 0)
        return controller;
    }

  g_assert_not_reached ();
}

/* What the key does that the class of @widget binds. Returns whether it did
 * something. */
static inline gboolean
press_key (gpointer        widget,
           guint           key,
           GdkModifierType modifiers)
{
  g_autoptr(GListModel) controllers = gtk_widget_observe_controllers (widget);
  g_autoptr(GtkShortcutTrigger) wanted = gtk_keyval_trigger_new (key, modifiers);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr(GObject) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;

      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr(GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            return gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut),
                                                 GTK_SHORTCUT_ACTION_EXCLUSIVE, widget,
                                                 gtk_shortcut_get_arguments (shortcut));
        }
    }

  return FALSE;
}

/* (transfer none): a window of this size with @view in it, drawn once */
static inline GtkWindow *
show_view (GtkWidget *view,
           int        width,
           int        height)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), view);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (gtk_widget_get_width (view) > 0);

  return GTK_WINDOW (window);
}

/* gtk_test_accessible_assert_property() takes its arguments for a format. */
static inline gboolean
has_words (gpointer              widget,
           GtkAccessibleProperty property,
           const char           *words)
{
  g_autofree char *other = gtk_test_accessible_check_property (widget, property, words);

  if (other != NULL)
    g_test_message ("“%s”, not “%s”", other, words);

  return other == NULL;
}

#define assert_words(widget, property, words) \
  g_assert_true (has_words (widget, property, words))

/* Closes the window; the view in it must go, too: a weak reference would be gone
 * at dispose, this is told at finalize. */
static inline void
close_view (GtkWindow *window,
            gpointer   view)
{
  gboolean gone;

  watch_finalize (view, &gone);
  gtk_window_destroy (window);
  wait_until (gone);
}

/* "project" is told once for each change, and not for none. */
static inline void
check_project_property (GtkWidget *view)
{
  g_autoptr(GtkWidget) owned = g_object_ref_sink (view);
  g_autoptr(PzProject) project = pz_project_new ();
  g_autoptr(PzProject) got = NULL;
  guint n = 0;

  g_signal_connect_swapped (view, "notify::project", G_CALLBACK (count_call), &n);
  g_object_set (view, "project", project, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_object_set (view, "project", project, NULL);
  g_assert_cmpuint (n, ==, 1);
  g_object_get (view, "project", &got, NULL);
  g_assert_true (got == project);
  g_object_set (view, "project", NULL, NULL);
  g_assert_cmpuint (n, ==, 2);
}

static inline void
on_opened (GObject      *object,
           GAsyncResult *result,
           gpointer      opened)
{
  g_autoptr(GError) error = NULL;

  pz_project_open_finish (PZ_PROJECT (object), result, &error);
  g_assert_no_error (error);
  *(gboolean *) opened = TRUE;
}

/* Gives @project a network, by the one way there is without training: a file. It
 * says that its samples are images of 28 × 28 where the network takes 784; with
 * @task, that they are molecules. @class_names: (nullable) */
static inline void
open_described_net (PzProject         *project,
                    const MlpNet      *net,
                    const DsTask      *task,
                    const char *const *class_names)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "net.perz", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(GError) error = NULL;
  RecipeFile *content = recipe_file_new (recipe, NULL, net, NULL, 0, 0);
  gboolean opened = FALSE;

  content->data.n_inputs = mlp_net_get_width (net, 0);
  content->data.n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  content->data.rows = content->data.columns = content->data.n_inputs == 784 ? 28 : 0;
  content->data.scale = 1.0f / 255.0f;
  content->data.class_names = g_strdupv ((char **) class_names);
  if (task != NULL)
    {
      content->data.task = g_new (DsTask, 1);
      ds_task_copy (task, content->data.task);
    }

  recipe_file_save (content, path, &error);
  g_assert_no_error (error);
  recipe_file_free (content);

  pz_project_open_async (project, file, NULL, on_opened, &opened);
  wait_until (opened);
  g_assert_nonnull (pz_project_peek_net (project));

  g_unlink (path);
  g_rmdir (folder);
}

static inline void
open_net_of (PzProject    *project,
             const MlpNet *net,
             const DsTask *task)
{
  open_described_net (project, net, task, NULL);
}

static inline void
open_named_net (PzProject         *project,
                const MlpNet      *net,
                const char *const *class_names)
{
  open_described_net (project, net, NULL, class_names);
}

static inline void
open_net (PzProject    *project,
          const MlpNet *net)
{
  open_described_net (project, net, NULL, NULL);
}

/* Also for a project whose data are still on their way. Nobody else may hold it. */
static inline void
close_project (PzProject *project)
{
  gboolean gone;

  pz_project_shut_down (project);
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (project)));
  watch_finalize (project, &gone);
  g_object_unref (project);
  wait_until (gone);
}

/* (transfer none): a widget of @type with a new project, in a window of this size, drawn
 * once */
static inline gpointer
open_panel (GType       type,
            int         width,
            int         height,
            PzProject **project,
            GtkWindow **window)
{
  GtkWidget *panel = g_object_new (type, NULL);

  *project = pz_project_new ();
  *window = show_view (panel, width, height);
  pz_project_widget_set_project (PZ_PROJECT_WIDGET (panel), *project);

  return panel;
}

static inline void
close_panel (gpointer   panel,
             GtkWindow *window,
             PzProject *project)
{
  close_view (window, panel);
  close_project (project);
}
