/* pz-drawings-panel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "ink/ink-frame.h"
#include "model/pz-drawings-exchange.h"
#include "widgets/common/pz-file-dialog.h"
#include "widgets/common/pz-toast.h"
#include "widgets/try/pz-drawing-keeper.h"
#include "widgets/try/pz-drawings-figures.h"
#include "widgets/try/pz-drawings-gallery.h"
#include "widgets/try/pz-drawings-panel.h"

/* The keys 0 to 9. */
#define N_KEYS 10

#define KEYS_IN_ROW 5

struct _PzDrawingsPanel
{
  PzProjectWidget    parent_instance;

  PzDrawings        *drawings;
  GSignalGroup      *drawings_signals;

  PzSketch          *sketch;              /* (nullable) */
  PzDrawingKeeper   *keeper;              /* (nullable) */
  gboolean           has_drawing;
  gboolean           rendering;

  /* From the template */
  GtkGrid           *keys;
  PzDrawingsFigures *figures;
  GtkLabel          *error_label;
  PzDrawingsGallery *gallery;
  GtkCheckButton    *train_button;
  GtkWidget         *key_buttons[N_KEYS];
};

G_DEFINE_FINAL_TYPE (PzDrawingsPanel, pz_drawings_panel, PZ_TYPE_PROJECT_WIDGET)

/* --- the classes --- */

static const DsSet *
peek_set (PzDrawingsPanel *self)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = project != NULL ? pz_project_get_dataset (project) : NULL;

  return dataset != NULL ? pz_dataset_peek_set (dataset) : NULL;
}

/* (nullable) */
static char **
peek_class_names (PzDrawingsPanel *self)
{
  PzProject *project = self->parent_instance.project;
  const RecipeData *data = project != NULL ? pz_project_peek_net_data (project) : NULL;
  const DsSet *set = peek_set (self);

  if (data != NULL && data->n_outputs > 0)
    return data->class_names;

  return set != NULL && set->rows == INK_FRAME_SIDE ? set->class_names : NULL;
}

guint
pz_drawings_panel_get_n_keys (PzDrawingsPanel *self)
{
  PzProject *project = self->parent_instance.project;
  const RecipeData *data;
  const DsSet *set;

  g_return_val_if_fail (PZ_IS_DRAWINGS_PANEL (self), 0);

  data = project != NULL ? pz_project_peek_net_data (project) : NULL;
  set = peek_set (self);

  if (data != NULL && data->n_outputs > 0)
    return (guint) MIN (data->n_outputs, N_KEYS);
  if (set != NULL && set->rows == INK_FRAME_SIDE)
    return (guint) MIN (mlp_samples_get_n_outputs (set->samples), N_KEYS);

  return N_KEYS;
}

/* (transfer full): "7", of other data "7, Sneaker" */
static char *
describe_class (PzDrawingsPanel *self,
                guint            i)
{
  char **names = peek_class_names (self);
  g_autofree char *number = g_strdup_printf ("%u", i);

  if (names == NULL || i >= g_strv_length (names) || g_str_equal (names[i], number) || *names[i] == '\0')
    return g_steal_pointer (&number);

  /* Translators: a key, and the class it stands for: "7, Sneaker" */
  return g_strdup_printf (_("%u, %s"), i, _(names[i]));
}

static guint
count_label (PzDrawingsPanel *self,
             guint            label)
{
  GListModel *list = G_LIST_MODEL (self->drawings);
  guint n = 0;

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(PzDrawing) drawing = g_list_model_get_item (list, i);

      n += pz_drawing_get_label (drawing) == label;
    }

  return n;
}

static void
render_keys (PzDrawingsPanel *self)
{
  guint n_keys = pz_drawings_panel_get_n_keys (self);

  pz_drawings_gallery_set_n_keys (self->gallery, n_keys);
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *name = describe_class (self, i);
      g_autofree char *words = NULL;
      guint n = count_label (self, i);

      words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                            /* Translators: a class, and how many drawings of it there are */
                                            "Keep as %s (key %u); there is %u",
                                            "Keep as %s (key %u); there are %u",
                                            n), name, i, n);
      gtk_widget_set_tooltip_text (self->key_buttons[i], words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->key_buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      gtk_widget_set_visible (self->key_buttons[i], i < n_keys);
      gtk_widget_set_sensitive (self->key_buttons[i], self->has_drawing && pz_drawings_get_ready (self->drawings));
    }
}

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
render_train (PzDrawingsPanel *self)
{
  PzProject *project = self->parent_instance.project;
  const Recipe *recipe = project != NULL ? pz_project_peek_recipe (project) : NULL;
  const gboolean active = recipe != NULL && recipe->add != NULL;
  const gboolean has_some = g_list_model_get_n_items (G_LIST_MODEL (self->drawings)) > 0;
  g_autofree char *words = NULL;

  self->rendering = TRUE;
  gtk_check_button_set_active (self->train_button, active);
  self->rendering = FALSE;
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
  if (self->rendering || self->parent_instance.project == NULL)
    return;

  set_add (self, gtk_check_button_get_active (self->train_button)
                 ? pz_drawings_get_folder (self->drawings) : NULL);
}

/* Without drawings there is nothing to add. */
static void
on_saved (PzDrawingsPanel *self)
{
  render_keys (self);

  if (!adds_these (self))
    return;

  if (g_list_model_get_n_items (G_LIST_MODEL (self->drawings)) == 0)
    set_add (self, NULL);
  else
    pz_data_loader_added_changed (pz_project_get_loader (self->parent_instance.project));
}

/* --- the set --- */

static void
on_changed (PzDrawingsPanel *self)
{
  render_keys (self);
  render_train (self);
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
  render_keys (self);
  render_train (self);
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
on_key_clicked (PzDrawingsPanel *self,
                GtkWidget       *button)
{
  for (guint i = 0; i < N_KEYS; i++)
    if (self->key_buttons[i] == button)
      pz_drawings_panel_keep (self, i);
}

static void
on_sketch_changed (PzDrawingsPanel *self)
{
  const gboolean has_drawing = !pz_sketch_get_empty (self->sketch);

  if (self->has_drawing == has_drawing)
    return;

  self->has_drawing = has_drawing;
  render_keys (self);
}

static void
make_keys (PzDrawingsPanel *self)
{
  for (guint i = 0; i < N_KEYS; i++)
    {
      const char digit[2] = { (char) ('0' + (int) i), '\0' };

      self->key_buttons[i] = gtk_button_new_with_label (digit);
      gtk_widget_add_css_class (self->key_buttons[i], "narrow");
      gtk_widget_add_css_class (self->key_buttons[i], "numeric");
      g_signal_connect_swapped (self->key_buttons[i], "clicked", G_CALLBACK (on_key_clicked), self);
      gtk_grid_attach (self->keys, self->key_buttons[i], (int) i % KEYS_IN_ROW, (int) i / KEYS_IN_ROW, 1, 1);
    }
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

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (self->figures), project);
  on_changed (self);
}

static void
pz_drawings_panel_dispose (GObject *object)
{
  PzDrawingsPanel *self = PZ_DRAWINGS_PANEL (object);

  g_clear_object (&self->drawings_signals);
  if (self->sketch != NULL)
    g_signal_handlers_disconnect_by_data (self->sketch, self);
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

  gtk_widget_class_install_action (widget_class, "drawings.folder", NULL, on_folder);
  gtk_widget_class_install_action (widget_class, "drawings.usual-folder", NULL, on_usual_folder);
  gtk_widget_class_install_action (widget_class, "drawings.import", NULL, on_import);
  gtk_widget_class_install_action (widget_class, "drawings.export", NULL, on_export);

  /* The builder looks types up by name; this makes the name known. */
  g_type_ensure (PZ_TYPE_DRAWINGS_FIGURES);
  g_type_ensure (PZ_TYPE_DRAWINGS_GALLERY);

  gtk_widget_class_set_css_name (widget_class, "drawingspanel");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/try/pz-drawings-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, keys);
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, figures);
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, error_label);
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, gallery);
  gtk_widget_class_bind_template_child (widget_class, PzDrawingsPanel, train_button);
  gtk_widget_class_bind_template_callback (widget_class, on_train_toggled);
}

static void
pz_drawings_panel_init (PzDrawingsPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->drawings = pz_drawings_dup_shared ();
  make_keys (self);
  pz_drawings_figures_set_drawings (self->figures, self->drawings);
  pz_drawings_gallery_set_drawings (self->gallery, self->drawings);

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (render_train));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (render_keys));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (render_keys));

  self->drawings_signals = g_signal_group_new (PZ_TYPE_DRAWINGS);
  g_signal_group_connect_swapped (self->drawings_signals, "items-changed", G_CALLBACK (on_changed), self);
  g_signal_group_connect_swapped (self->drawings_signals, "saved", G_CALLBACK (on_saved), self);
  g_signal_group_connect_swapped (self->drawings_signals, "notify", G_CALLBACK (on_folder_state), self);
  g_signal_group_set_target (self->drawings_signals, self->drawings);

  on_changed (self);
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
  g_signal_connect_swapped (sketch, "changed", G_CALLBACK (on_sketch_changed), self);
  on_sketch_changed (self);
}

void
pz_drawings_panel_keep (PzDrawingsPanel *self,
                        guint            label)
{
  g_autofree char *name = NULL;

  g_return_if_fail (PZ_IS_DRAWINGS_PANEL (self));

  if (self->keeper == NULL || label >= pz_drawings_panel_get_n_keys (self))
    return;

  name = describe_class (self, label);
  pz_drawing_keeper_keep (self->keeper, label, name);
}

gboolean
pz_drawings_panel_undo (PzDrawingsPanel *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS_PANEL (self), FALSE);

  return self->keeper != NULL && pz_drawing_keeper_undo (self->keeper);
}
