/* pz-drawings-panel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "model/pz-drawings-exchange.h"
#include "widgets/common/pz-file-dialog.h"
#include "widgets/common/pz-toast.h"
#include "widgets/try/pz-drawing-keeper.h"
#include "widgets/try/pz-drawings-figures.h"
#include "widgets/try/pz-drawings-gallery.h"
#include "widgets/try/pz-drawings-panel.h"
#include "widgets/try/pz-label-keys.h"

struct _PzDrawingsPanel
{
  PzProjectWidget    parent_instance;

  PzDrawings        *drawings;
  GSignalGroup      *drawings_signals;

  PzSketch          *sketch;              /* (nullable) */
  GSignalGroup      *sketch_signals;
  PzDrawingKeeper   *keeper;              /* (nullable) */
  gboolean           updating;            /* the button follows, it does not lead */

  /* From the template */
  PzLabelKeys       *keys;
  PzDrawingsFigures *figures;
  GtkLabel          *error_label;
  PzDrawingsGallery *gallery;
  GtkCheckButton    *train_button;
};

G_DEFINE_FINAL_TYPE (PzDrawingsPanel, pz_drawings_panel, PZ_TYPE_PROJECT_WIDGET)

/* --- training on them --- */

static gboolean
adds_these (PzDrawingsPanel *self)
{
  PzProject *project = self->parent_instance.project;
  const char *folder = pz_drawings_get_folder (self->drawings);

  return project != NULL && folder != NULL &&
         g_strcmp0 (pz_project_peek_recipe (project)->add, folder) == 0;
}

static void
update_train (PzDrawingsPanel *self)
{
  PzProject *project = self->parent_instance.project;
  const Recipe *recipe = project != NULL ? pz_project_peek_recipe (project) : NULL;
  const gboolean active = recipe != NULL && recipe->add != NULL;
  const gboolean has_some = g_list_model_get_n_items (G_LIST_MODEL (self->drawings)) > 0;
  g_autofree char *words = NULL;

  self->updating = TRUE;
  gtk_check_button_set_active (self->train_button, active);
  self->updating = FALSE;
  gtk_widget_set_sensitive (GTK_WIDGET (self->train_button), active || (recipe != NULL && has_some));

  if (active && !adds_these (self))
    words = g_strdup_printf (_("The recipe includes the drawings in “%s”."), recipe->add);
  else
    words = g_strdup (_("Four fifths of the drawings are added to the training set, repeated (at most 100 times each) to "
                        "make up a twentieth of an epoch; a fifth is reserved for testing. Continue trains the network "
                        "further with them."));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->train_button), words);
}

static void
set_add (PzDrawingsPanel *self,
         const char      *folder)
{
  PzProject *project = self->parent_instance.project;
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (project));

  g_free (recipe->add);
  recipe->add = g_strdup (folder);
  pz_project_edit (project, recipe, NULL);
}

static void
on_train_toggled (PzDrawingsPanel *self)
{
  if (self->updating || self->parent_instance.project == NULL)
    return;

  set_add (self, gtk_check_button_get_active (self->train_button)
                 ? pz_drawings_get_folder (self->drawings) : NULL);
}

/* Without drawings there is nothing to add. */
static void
on_saved (PzDrawingsPanel *self)
{
  if (!adds_these (self))
    return;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->drawings)) == 0)
    set_add (self, NULL);
  else
    pz_data_loader_added_changed (pz_project_get_loader (self->parent_instance.project));
}

/* --- the set --- */

static void
update_keep (PzDrawingsPanel *self)
{
  const gboolean has_drawing = self->sketch != NULL && !pz_sketch_get_empty (self->sketch);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "drawings.keep",
                                 has_drawing && pz_drawings_get_ready (self->drawings));
}

static void
on_folder_state (PzDrawingsPanel *self)
{
  const gboolean ready = pz_drawings_get_ready (self->drawings);
  const char *error = pz_drawings_get_error (self->drawings);
  g_autofree char *unread = NULL;

  /* A save that failed is tried again by itself; a message of whole sentences says what to do. */
  if (error != NULL && !ready && !g_str_has_suffix (error, "."))
    /* Translators: the error that is shown before it names a file or folder */
    unread = g_strdup_printf (_("%s. No drawings are kept: choose a readable folder in the menu below"), error);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "drawings.import", ready);
  gtk_label_set_label (self->error_label, unread != NULL ? unread : error != NULL ? error : "");
  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
  update_keep (self);
  update_train (self);
}

/* --- the folder --- */

static void
on_folder_chosen (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  PzDrawingsPanel *self = PZ_DRAWINGS_PANEL (object);
  g_autoptr(GFile) file = pz_file_dialog_run_finish (GTK_WIDGET (self), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    pz_drawings_open (self->drawings, g_file_peek_path (file));
}

static void
on_folder (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_FOLDER, _("Folder for My Drawings"), NULL,
                            NULL, 0, on_folder_chosen, NULL);
}

static void
on_usual_folder (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  g_autofree char *folder = pz_drawings_dup_usual_folder ();

  pz_drawings_open (PZ_DRAWINGS_PANEL (widget)->drawings, folder);
}

/* --- in and out --- */

static void
on_exported (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(PzDrawingsPanel) self = user_data;
  g_autoptr(GError) error = NULL;
  gboolean ok = pz_drawings_exchange_export_finish (PZ_DRAWINGS (object), result, &error);
  g_autofree char *problem = mlp_display_error (error);

  pz_toast_show (GTK_WIDGET (self), ok ? _("Drawings exported") : problem, NULL, NULL, NULL);
}

static void
on_export_chosen (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  PzDrawingsPanel *self = PZ_DRAWINGS_PANEL (object);
  g_autoptr(GFile) file = pz_file_dialog_run_finish (GTK_WIDGET (self), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    pz_drawings_exchange_export_async (self->drawings, g_file_peek_path (file), on_exported, g_object_ref (self));
}

static void
on_export (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_FOLDER, _("Export Drawings as Images"), NULL,
                            NULL, 0, on_export_chosen, NULL);
}

static void
on_imported (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(PzDrawingsPanel) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  guint n = 0;

  if (pz_drawings_exchange_import_finish (PZ_DRAWINGS (object), result, &n, &error))
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u drawing imported", "%u drawings imported", n), n);
  else
    text = mlp_display_error (error);

  pz_toast_show (GTK_WIDGET (self), text, NULL, NULL, NULL);
}

static void
on_import_chosen (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  PzDrawingsPanel *self = PZ_DRAWINGS_PANEL (object);
  g_autoptr(GFile) file = pz_file_dialog_run_finish (GTK_WIDGET (self), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    pz_drawings_exchange_import_async (self->drawings, g_file_peek_path (file), on_imported, g_object_ref (self));
}

static void
on_import (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_FOLDER, _("Import Drawings from a Folder of IDX Files"), NULL,
                            NULL, 0, on_import_chosen, NULL);
}

/* --- keeping --- */

static void
on_keep (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  pz_drawings_panel_keep (PZ_DRAWINGS_PANEL (widget), g_variant_get_uint32 (parameter));
}

static void
on_n_keys_changed (PzDrawingsPanel *self)
{
  pz_drawings_gallery_set_n_keys (self->gallery, pz_label_keys_get_n_keys (self->keys));
}

/* --- the widget --- */

/* The folder is read when it is looked at, not when the program begins. */
static void
pz_drawings_panel_map (GtkWidget *widget)
{
  PzDrawingsPanel *self = PZ_DRAWINGS_PANEL (widget);

  if (pz_drawings_get_folder (self->drawings) == NULL)
    on_usual_folder (widget, NULL, NULL);

  GTK_WIDGET_CLASS (pz_drawings_panel_parent_class)->map (widget);
}

static void
pz_drawings_panel_project_changed (PzProjectWidget *widget)
{
  PzDrawingsPanel *self = PZ_DRAWINGS_PANEL (widget);
  PzProject *project = widget->project;

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (self->keys), project);
  pz_project_widget_set_project (PZ_PROJECT_WIDGET (self->figures), project);
  update_train (self);
}

static void
pz_drawings_panel_dispose (GObject *object)
{
  PzDrawingsPanel *self = PZ_DRAWINGS_PANEL (object);

  g_clear_object (&self->drawings_signals);
  g_clear_object (&self->sketch_signals);
  g_clear_object (&self->sketch);
  g_clear_object (&self->keeper);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_DRAWINGS_PANEL);
  g_clear_object (&self->drawings);

  G_OBJECT_CLASS (pz_drawings_panel_parent_class)->dispose (object);
}

static void
pz_drawings_panel_class_init (PzDrawingsPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_drawings_panel_dispose;
  widget_class->map = pz_drawings_panel_map;

  project_class->project_changed = pz_drawings_panel_project_changed;

  gtk_widget_class_install_action (widget_class, "drawings.keep", "u", on_keep);
  gtk_widget_class_install_action (widget_class, "drawings.folder", NULL, on_folder);
  gtk_widget_class_install_action (widget_class, "drawings.usual-folder", NULL, on_usual_folder);
  gtk_widget_class_install_action (widget_class, "drawings.import", NULL, on_import);
  gtk_widget_class_install_action (widget_class, "drawings.export", NULL, on_export);

  /* The builder looks types up by name; this makes the names known. */
  g_type_ensure (PZ_TYPE_DRAWINGS_FIGURES);
  g_type_ensure (PZ_TYPE_DRAWINGS_GALLERY);
  g_type_ensure (PZ_TYPE_LABEL_KEYS);

  gtk_widget_class_set_css_name (widget_class, "drawingspanel");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/try/pz-drawings-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, keys);
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, figures);
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, error_label);
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, gallery);
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, train_button);
  gtk_widget_class_bind_template_callback (widget_class, on_n_keys_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_train_toggled);
}

static void
pz_drawings_panel_init (PzDrawingsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->drawings = pz_drawings_dup_shared ();
  pz_label_keys_set_drawings (self->keys, self->drawings);
  pz_drawings_figures_set_drawings (self->figures, self->drawings);
  pz_drawings_gallery_set_drawings (self->gallery, self->drawings);

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (update_train));

  self->drawings_signals = g_signal_group_new (PZ_TYPE_DRAWINGS);
  g_signal_group_connect_swapped (self->drawings_signals, "items-changed", G_CALLBACK (update_train), self);
  g_signal_group_connect_swapped (self->drawings_signals, "saved", G_CALLBACK (on_saved), self);
  g_signal_group_connect_swapped (self->drawings_signals, "notify", G_CALLBACK (on_folder_state), self);
  g_signal_group_set_target (self->drawings_signals, self->drawings);

  self->sketch_signals = g_signal_group_new (PZ_TYPE_SKETCH);
  g_signal_group_connect_swapped (self->sketch_signals, "changed", G_CALLBACK (update_keep), self);

  on_folder_state (self);
}

PzDrawings *
pz_drawings_panel_get_drawings (PzDrawingsPanel *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS_PANEL (self), NULL);

  return self->drawings;
}

void
pz_drawings_panel_set_sketch (PzDrawingsPanel *self,
                              PzSketch        *sketch)
{
  g_return_if_fail (PZ_IS_DRAWINGS_PANEL (self));
  g_return_if_fail (PZ_IS_SKETCH (sketch));
  g_return_if_fail (self->keeper == NULL);

  self->keeper = pz_drawing_keeper_new (sketch, self->drawings, GTK_WIDGET (self));
  self->sketch = g_object_ref (sketch);
  g_signal_group_set_target (self->sketch_signals, sketch);
  update_keep (self);
}

void
pz_drawings_panel_keep (PzDrawingsPanel *self,
                        guint            label)
{
  g_autofree char *name = NULL;

  g_return_if_fail (PZ_IS_DRAWINGS_PANEL (self));

  if (self->keeper == NULL || label >= pz_label_keys_get_n_keys (self->keys))
    return;

  name = pz_label_keys_dup_name (self->keys, label);
  pz_drawing_keeper_keep (self->keeper, label, name);
}

gboolean
pz_drawings_panel_undo (PzDrawingsPanel *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS_PANEL (self), FALSE);

  return self->keeper != NULL && pz_drawing_keeper_undo (self->keeper);
}
