/* pz-data-panel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "core/net/mlp-split.h"
#include "model/pz-catalog.h"
#include "widgets/common/pz-file-dialog.h"
#include "widgets/common/pz-number.h"
#include "widgets/recipe/pz-data-menu.h"
#include "widgets/recipe/pz-data-panel.h"
#include "widgets/recipe/pz-download-row.h"
#include "widgets/recipe/pz-molecule-samples.h"
#include "widgets/recipe/pz-sample-strip.h"
#include "widgets/recipe/pz-split-row.h"
#include "widgets/results/pz-molecule-rows.h"

struct _PzDataPanel
{
  PzProjectWidget parent_instance;

  GPtrArray      *downloads;          /* of PzDownloadRow */
  guint           round;              /* which molecules are told */

  /* From the template */
  GtkMenuButton  *choose_button;
  GtkListBox     *list;
  AdwActionRow   *set_row;
  GtkWidget      *loading_row;
  GtkLabel       *loading_label;
  GtkProgressBar *loading_progress;
  GtkWidget      *error_row;
  GtkLabel       *error_label;
  GtkWidget      *open_button;
  GtkWidget      *retry_button;
  GtkWidget      *close_button;
  GtkWidget      *strip_row;
  PzSampleStrip  *strip;
  GtkLabel       *samples_label;
  PzSplitRow     *split_row;
  PzMoleculeRows *molecule_rows;
};

G_DEFINE_FINAL_TYPE (PzDataPanel, pz_data_panel, PZ_TYPE_PROJECT_WIDGET)

/* --- other data are chosen --- */

static void
on_file_chosen (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  PzDataPanel *self = PZ_DATA_PANEL (object);
  g_autoptr(GFile) file = pz_file_dialog_run_finish (GTK_WIDGET (self), result, NULL);

  if (file != NULL && g_file_peek_path (file) != NULL)
    pz_data_panel_use (self, g_file_peek_path (file));
}

static void
on_open_file (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  /* What a file is, its content says: there are no suffixes to go by. */
  const PzFileType types[] = {
    { _("All Files"), NULL },
    { _("Compressed Files"), "gz" },
    { _("Compressed Archives"), "bz2" },
  };

  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_OPEN, _("Open Data File"), NULL,
                            types, G_N_ELEMENTS (types), on_file_chosen, NULL);
}

static void
on_open_folder (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_FOLDER, _("Open Data Folder"), NULL,
                            NULL, 0, on_file_chosen, NULL);
}

static void
on_use (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  pz_data_panel_use (PZ_DATA_PANEL (widget), g_variant_get_string (parameter, NULL));
}

/* --- published sets --- */

static void
on_download_closed (PzDataPanel   *self,
                    PzDownloadRow *row)
{
  if (g_ptr_array_remove (self->downloads, row))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
on_download_finished (PzDataPanel   *self,
                      const char    *source,
                      PzDownloadRow *row)
{
  on_download_closed (self, row);
  pz_data_panel_use (self, source);
}

static void
start_download (PzDataPanel          *self,
                const PzCatalogEntry *entry)
{
  GtkWidget *row;

  for (guint i = 0; i < self->downloads->len; i++)
    {
      if (pz_download_row_get_entry (g_ptr_array_index (self->downloads, i)) == entry)
        {
          pz_download_row_start (g_ptr_array_index (self->downloads, i));
          return;
        }
    }

  row = pz_download_row_new (entry);
  g_signal_connect_object (row, "finished", G_CALLBACK (on_download_finished), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (row, "closed", G_CALLBACK (on_download_closed), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->downloads, row);
  gtk_list_box_insert (self->list, row, 1);
  pz_download_row_start (PZ_DOWNLOAD_ROW (row));
}

static void
on_get_response (PzDataPanel      *self,
                 const char       *response,
                 AdwMessageDialog *dialog)
{
  if (g_str_equal (response, "get"))
    start_download (self, g_object_get_data (G_OBJECT (dialog), "entry"));
}

static void
on_get (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  const PzCatalogEntry *entry = pz_data_menu_find_entry (g_variant_get_string (parameter, NULL));
  g_autofree char *heading = NULL;
  g_autofree char *size = NULL;
  g_autofree char *folder = NULL;
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *dialog;

  g_return_if_fail (entry != NULL);

  /* Translators: the name of a data set */
  heading = g_strdup_printf (_("Download %s?"), _(entry->title));
  size = g_format_size (pz_catalog_entry_get_size (entry));
  folder = pz_catalog_entry_get_folder (entry);

  dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, heading, NULL);
  /* Translators: size, folder, and where the data come from */
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("%s will be downloaded and stored in %s.\n"
                                    "\n"
                                    "%s"),
                                  size, folder, _(entry->licence));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"),
                                    "get", _("_Download"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "get", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "get");
  g_object_set_data (G_OBJECT (dialog), "entry", (gpointer) entry);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_get_response), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Made anew each time it is shown: what was downloaded is offered from then on. */
static void
on_create_menu (GtkMenuButton *button,
                gpointer       user_data)
{
  g_autoptr(GMenuModel) menu = pz_data_menu_create ();

  gtk_menu_button_set_menu_model (button, menu);
}

/* --- the recipe is shown --- */

/* "mnist.pkl.gz", of a source that is not loaded yet. */
static char *
dup_source_name (const char *source)
{
  if (g_str_equal (source, PZ_DATA_DIGITS))
    return g_strdup (_("Built-in digits"));
  if (g_str_equal (source, PZ_DATA_MOLECULES))
    return g_strdup (_("Built-in molecules"));

  return mlp_display_basename (source);
}

/* (transfer full): how many there are, and of which kind */
static char *
describe_set (const DsSet *set)
{
  g_autofree char *samples = pz_number_format_count (ds_set_get_n_own (set));

  if (set->n_added > 0)
    {
      g_autofree char *added = pz_number_format_count (set->n_added);

      /* Translators: number of images, their height, width, and number of classes; how
       * many of one's own drawings train besides */
      return g_strdup_printf (_("%s images of %u × %u, %zu classes, plus %s drawings"),
                              samples, set->rows, set->columns,
                              mlp_samples_get_n_outputs (set->samples), added);
    }

  if (set->rows > 0)
    /* Translators: number of images, their height, width, and number of classes */
    return g_strdup_printf (_("%s images of %u × %u, %zu classes"),
                            samples, set->rows, set->columns,
                            mlp_samples_get_n_outputs (set->samples));

  if (g_str_equal (set->source, PZ_DATA_MOLECULES))
    /* Translators: number of molecules; names of methods of quantum chemistry */
    return g_strdup_printf (_("%s molecules, computed with GFN2-xTB instead of B3LYP"), samples);

  if (set->task != NULL)
    return g_strdup_printf (_("%s molecules"), samples);

  /* Translators: number of samples, of their inputs and outputs */
  return g_strdup_printf (_("%s samples, %zu inputs, %zu outputs"),
                          samples, mlp_samples_get_n_inputs (set->samples),
                          mlp_samples_get_n_outputs (set->samples));
}

/* Other data are still there, but those of the recipe are not to be had. */
static gboolean
is_stale (PzDataPanel *self)
{
  PzProject *project = self->parent_instance.project;

  return !pz_project_has_data (project) && !pz_data_loader_get_loading (pz_project_get_loader (project));
}

static void
update_set (PzDataPanel *self)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = pz_project_get_dataset (project);
  g_autofree char *subtitle = NULL;
  const DsSet *set;

  if (dataset == NULL || is_stale (self))
    {
      g_autofree char *name = dup_source_name (pz_project_peek_recipe (project)->source);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->set_row), name);
      adw_action_row_set_subtitle (self->set_row, "");
      return;
    }

  set = pz_dataset_peek_set (dataset);
  subtitle = describe_set (set);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->set_row), pz_dataset_get_name (dataset));
  adw_action_row_set_subtitle (self->set_row, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->set_row), set->source);
}

static void
update_loading (PzDataPanel *self)
{
  PzProject *project = self->parent_instance.project;
  gboolean loading = pz_data_loader_get_loading (pz_project_get_loader (project));
  const char *error = loading ? NULL : pz_data_loader_get_error (pz_project_get_loader (project));
  const gboolean asks = !loading && pz_data_loader_get_asks (pz_project_get_loader (project));

  gtk_widget_set_visible (self->loading_row, loading);
  gtk_widget_set_visible (self->error_row, error != NULL);
  gtk_label_set_label (self->error_label, error != NULL ? error : "");

  /* With data there is nothing to try again: others were chosen, in vain. */
  gtk_widget_set_visible (self->open_button, asks);
  if (asks)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->error_label), "error");
      gtk_widget_remove_css_class (self->error_row, "problem");
      gtk_widget_add_css_class (self->error_row, "question");
    }
  else
    {
      gtk_widget_add_css_class (GTK_WIDGET (self->error_label), "error");
      gtk_widget_remove_css_class (self->error_row, "question");
      gtk_widget_add_css_class (self->error_row, "problem");
    }
  gtk_widget_set_visible (self->retry_button, !asks && !pz_project_has_data (project));
  gtk_widget_set_visible (self->close_button, !asks && pz_project_has_data (project));

  if (loading)
    {
      g_autofree char *name = dup_source_name (pz_data_loader_get_loading_source (pz_project_get_loader (project)));
      g_autofree char *text = NULL;

      /* Translators: the name of a file or folder */
      text = g_strdup_printf (_("Loading %s"), name);
      gtk_label_set_label (self->loading_label, text);
    }
}

/* A damaged copy that the program fetched itself is fetched again. */
static void
on_load_error (PzDataPanel *self)
{
  const char *source = pz_data_loader_get_damaged_source (pz_project_get_loader (self->parent_instance.project));
  const PzCatalogEntry *entry = source != NULL ? pz_catalog_find_source (source) : NULL;

  if (entry != NULL)
    start_download (self, entry);
}

static void
update_fraction (PzDataPanel *self)
{
  double fraction;

  g_object_get (self->parent_instance.project, "load-fraction", &fraction, NULL);
  gtk_progress_bar_set_fraction (self->loading_progress, CLAMP (fraction, 0.0, 1.0));
}

/* Images are shown, molecules are told. */
static void
update_strip (PzDataPanel *self)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = pz_project_get_dataset (project);
  const MlpSplit *split = pz_project_peek_split (project);
  const gboolean molecules = dataset != NULL && split != NULL && pz_dataset_is_molecules (dataset);
  const gboolean images = dataset != NULL && split != NULL && pz_dataset_peek_set (dataset)->rows > 0;

  pz_sample_strip_set_samples (self->strip, dataset, split);
  if (molecules)
    {
      g_autofree char *words = pz_molecule_samples_describe (dataset, split, self->round);

      gtk_label_set_label (self->samples_label, words);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->strip), images);
  gtk_widget_set_visible (GTK_WIDGET (self->samples_label), molecules);
  gtk_widget_set_visible (self->strip_row, (images || molecules) && !is_stale (self));
}

static void
update_panel (PzDataPanel *self)
{
  if (self->parent_instance.project == NULL)
    return;

  update_set (self);
  update_loading (self);
  update_strip (self);
}

static void
on_cancel_load (PzDataPanel *self)
{
  pz_data_loader_cancel (pz_project_get_loader (self->parent_instance.project));
}

static void
on_retry_load (PzDataPanel *self)
{
  pz_data_loader_load (pz_project_get_loader (self->parent_instance.project));
}

static void
on_open_source (PzDataPanel *self)
{
  pz_data_loader_allow (pz_project_get_loader (self->parent_instance.project));
}

static void
on_error_closed (PzDataPanel *self)
{
  pz_data_loader_forget_error (pz_project_get_loader (self->parent_instance.project));
}

static void
on_next_samples (PzDataPanel *self)
{
  pz_sample_strip_next (self->strip);
  self->round++;
  update_strip (self);
}

static void
pz_data_panel_project_changed (PzProjectWidget *widget)
{
  PzDataPanel *self = PZ_DATA_PANEL (widget);
  PzProject *project = widget->project;

  pz_split_row_set_project (self->split_row, project);
  pz_project_widget_set_project (PZ_PROJECT_WIDGET (self->molecule_rows), project);
  update_panel (self);
}

static void
pz_data_panel_dispose (GObject *object)
{
  PzDataPanel *self = PZ_DATA_PANEL (object);

  g_ptr_array_set_size (self->downloads, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_DATA_PANEL);

  G_OBJECT_CLASS (pz_data_panel_parent_class)->dispose (object);
}

static void
pz_data_panel_finalize (GObject *object)
{
  PzDataPanel *self = PZ_DATA_PANEL (object);

  g_ptr_array_unref (self->downloads);

  G_OBJECT_CLASS (pz_data_panel_parent_class)->finalize (object);
}

static void
pz_data_panel_class_init (PzDataPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_data_panel_dispose;
  object_class->finalize = pz_data_panel_finalize;

  project_class->project_changed = pz_data_panel_project_changed;

  gtk_widget_class_install_action (widget_class, "data.open-file", NULL, on_open_file);
  gtk_widget_class_install_action (widget_class, "data.open-folder", NULL, on_open_folder);
  gtk_widget_class_install_action (widget_class, "data.use", "s", on_use);
  gtk_widget_class_install_action (widget_class, "data.get", "s", on_get);

  g_type_ensure (PZ_TYPE_MOLECULE_ROWS);
  g_type_ensure (PZ_TYPE_SAMPLE_STRIP);
  g_type_ensure (PZ_TYPE_SPLIT_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-data-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, choose_button);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, list);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, set_row);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, loading_row);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, loading_label);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, loading_progress);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, error_row);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, error_label);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, open_button);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, retry_button);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, close_button);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, strip_row);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, strip);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, samples_label);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, split_row);
  gtk_widget_class_bind_template_child (widget_class, PzDataPanel, molecule_rows);
  gtk_widget_class_bind_template_callback (widget_class, on_cancel_load);
  gtk_widget_class_bind_template_callback (widget_class, on_open_source);
  gtk_widget_class_bind_template_callback (widget_class, on_retry_load);
  gtk_widget_class_bind_template_callback (widget_class, on_error_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_next_samples);
}

static void
pz_data_panel_init (PzDataPanel *self)
{
  self->downloads = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_menu_button_set_create_popup_func (self->choose_button, on_create_menu, NULL, NULL);

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (update_panel));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (update_panel));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::loading", G_CALLBACK (update_panel));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::load-error", G_CALLBACK (update_panel));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::load-error", G_CALLBACK (on_load_error));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::load-fraction", G_CALLBACK (update_fraction));
}

void
pz_data_panel_use (PzDataPanel *self,
                   const char  *source)
{
  g_return_if_fail (PZ_IS_DATA_PANEL (self));
  g_return_if_fail (source != NULL);

  if (self->parent_instance.project != NULL)
    pz_data_loader_choose (pz_project_get_loader (self->parent_instance.project), source);
}
