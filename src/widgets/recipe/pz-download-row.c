/* pz-download-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "model/pz-catalog.h"
#include "widgets/recipe/pz-download-row.h"

struct _PzDownloadRow
{
  AdwPreferencesRow     parent_instance;

  const PzCatalogEntry *entry;
  PzDownload           *download;
  GCancellable         *cancellable;      /* (nullable): of a download that is on */

  /* From the template */
  GtkLabel             *title_label;
  GtkLabel             *status_label;
  GtkProgressBar       *progress;
  GtkWidget            *retry_button;
  GtkWidget            *close_button;
};

enum {
  FINISHED,
  CLOSED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzDownloadRow, pz_download_row, ADW_TYPE_PREFERENCES_ROW)

static guint signals[N_SIGNALS];

static void
show_error (PzDownloadRow *self,
            const char    *message)
{
  gtk_label_set_label (self->status_label, message);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_visible (self->retry_button, TRUE);
  gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (self->status_label), "error");
}

static void
on_status_changed (PzDownloadRow *self)
{
  const char *status = pz_download_get_status (self->download);

  if (self->cancellable != NULL)
    gtk_label_set_label (self->status_label, status != NULL ? status : "");
}

static void
on_download_done (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(PzDownloadRow) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = NULL;
  g_autofree char *problem = NULL;
  gboolean is_gone = gtk_widget_get_root (GTK_WIDGET (self)) == NULL;

  folder = pz_download_run_finish (PZ_DOWNLOAD (object), result, &error);
  problem = mlp_display_error (error);
  g_clear_object (&self->cancellable);

  if (is_gone)
    return;

  if (folder != NULL)
    g_signal_emit (self, signals[FINISHED], 0, folder);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[CLOSED], 0);
  else
    show_error (self, problem);
}

static void
on_close_clicked (PzDownloadRow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    g_signal_emit (self, signals[CLOSED], 0);
}

static void
pz_download_row_dispose (GObject *object)
{
  PzDownloadRow *self = PZ_DOWNLOAD_ROW (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  g_clear_object (&self->download);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_DOWNLOAD_ROW);

  G_OBJECT_CLASS (pz_download_row_parent_class)->dispose (object);
}

static void
pz_download_row_unroot (GtkWidget *widget)
{
  PzDownloadRow *self = PZ_DOWNLOAD_ROW (widget);

  /* The download holds this row until it has ended. */
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);

  GTK_WIDGET_CLASS (pz_download_row_parent_class)->unroot (widget);
}

static void
pz_download_row_finalize (GObject *object)
{
  PzDownloadRow *self = PZ_DOWNLOAD_ROW (object);

  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (pz_download_row_parent_class)->finalize (object);
}

static void
pz_download_row_class_init (PzDownloadRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_download_row_dispose;
  object_class->finalize = pz_download_row_finalize;

  widget_class->unroot = pz_download_row_unroot;

  signals[FINISHED] =
    g_signal_new ("finished",
                  PZ_TYPE_DOWNLOAD_ROW,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CLOSED] =
    g_signal_new ("closed",
                  PZ_TYPE_DOWNLOAD_ROW,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-download-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PzDownloadRow, title_label);
  gtk_widget_class_bind_template_child (widget_class, PzDownloadRow, status_label);
  gtk_widget_class_bind_template_child (widget_class, PzDownloadRow, progress);
  gtk_widget_class_bind_template_child (widget_class, PzDownloadRow, retry_button);
  gtk_widget_class_bind_template_child (widget_class, PzDownloadRow, close_button);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, pz_download_row_start);
}

static void
pz_download_row_init (PzDownloadRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
pz_download_row_new (const PzCatalogEntry *entry)
{
  PzDownloadRow *self;
  g_autofree char *title = NULL;

  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (PZ_TYPE_DOWNLOAD_ROW, NULL);
  self->entry = entry;
  self->download = pz_download_new (entry);

  /* Translators: a data set is being downloaded */
  title = g_strdup_printf (_("Downloading %s"), _(entry->title));
  gtk_label_set_label (self->title_label, title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  g_object_bind_property (self->download, "fraction", self->progress, "fraction", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (self->download, "notify::status",
                           G_CALLBACK (on_status_changed), self, G_CONNECT_SWAPPED);

  return GTK_WIDGET (self);
}

const PzCatalogEntry *
pz_download_row_get_entry (PzDownloadRow *self)
{
  g_return_val_if_fail (PZ_IS_DOWNLOAD_ROW (self), NULL);

  return self->entry;
}

void
pz_download_row_start (PzDownloadRow *self)
{
  g_return_if_fail (PZ_IS_DOWNLOAD_ROW (self));

  if (self->cancellable != NULL)
    return;

  self->cancellable = g_cancellable_new ();
  gtk_label_set_label (self->status_label, _("Connecting…"));
  gtk_widget_add_css_class (GTK_WIDGET (self->status_label), "dim-label");
  gtk_widget_remove_css_class (GTK_WIDGET (self->status_label), "error");
  gtk_widget_set_visible (GTK_WIDGET (self->progress), TRUE);
  gtk_widget_set_visible (self->retry_button, FALSE);

  pz_download_run_async (self->download, self->cancellable, on_download_done, g_object_ref (self));
}
