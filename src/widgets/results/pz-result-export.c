/* pz-result-export.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "draw/draw-export.h"
#include "model/pz-writer.h"
#include "widgets/common/pz-file-dialog.h"
#include "widgets/common/pz-toast.h"
#include "widgets/results/pz-result-export.h"

/* A chart on paper, in pixels of 1/96 inch. */
#define WIDTH  720.0
#define HEIGHT 540.0

typedef struct
{
  GtkWidget        *view;
  GFile            *file;       /* (nullable): not chosen yet */
  PzResultChartFunc chart;    /* or */
  PzResultTableFunc table;
} Export;

static Export *
export_new (GtkWidget *view)
{
  Export *export = g_new0 (Export, 1);

  export->view = g_object_ref (view);

  return export;
}

static void
export_free (Export *export)
{
  g_object_unref (export->view);
  g_clear_object (&export->file);
  g_free (export);
}

static void
end_export (Export       *export,
            const GError *error)
{
  g_autofree char *name = g_file_get_basename (export->file);
  g_autofree char *problem = mlp_display_error (error);
  g_autofree char *message = problem == NULL ? g_strdup_printf (_("Exported as “%s”"), name)
                                             : g_strdup_printf (_("Export failed: %s"), problem);

  pz_toast_show (export->view, message, NULL, NULL, NULL);
  export_free (export);
}

/* Main thread. */
static void
on_chart_written (GObject      *object,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  pz_writer_write_finish (result, &error);
  end_export (user_data, error);
}

static void
on_chart_chosen (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Export *export = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GBytes) contents = NULL;
  PzResultChart *chart;

  export->file = pz_file_dialog_run_finish (GTK_WIDGET (object), result, NULL);
  chart = export->file != NULL ? export->chart (export->view) : NULL;
  if (chart == NULL)
    {
      export_free (export);
      return;
    }

  contents = pz_result_export_render (chart, export->file, &error);
  if (contents != NULL)
    pz_writer_write_async (export->file, contents, on_chart_written, export);
  else
    end_export (export, error);
}

/* Main thread. */
static void
on_table_exported (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  pz_predictions_export_finish (result, &error);
  end_export (user_data, error);
}

static void
on_table_chosen (GObject      *object,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Export *export = user_data;
  PzPredictions *predictions;

  export->file = pz_file_dialog_run_finish (GTK_WIDGET (object), result, NULL);
  predictions = export->file != NULL ? export->table (export->view) : NULL;
  if (predictions != NULL)
    pz_predictions_export_async (predictions, export->file, on_table_exported, export);
  else
    export_free (export);
}

void
pz_result_export_chart (GtkWidget        *view,
                        const char       *suffix,
                        PzResultChartFunc chart)
{
  g_autofree char *name = g_strdup_printf ("%s.%s", _("results"), suffix);
  PzFileType type = { _("PDF Documents"), suffix };
  Export *export = export_new (view);

  export->chart = chart;
  if (g_str_equal (suffix, "png"))
    type.name = _("PNG Images");
  else if (g_str_equal (suffix, "svg"))
    type.name = _("SVG Images");

  pz_file_dialog_run_async (view, PZ_FILE_DIALOG_SAVE, _("Export Chart"), name, &type, 1,
                            on_chart_chosen, export);
}

void
pz_result_export_table (GtkWidget        *view,
                        PzResultTableFunc table)
{
  const PzFileType type = { _("CSV Tables"), "csv" };
  g_autofree char *name = g_strdup_printf ("%s.csv", _("predictions"));
  Export *export = export_new (view);

  export->table = table;
  pz_file_dialog_run_async (view, PZ_FILE_DIALOG_SAVE, _("Export Predictions"), name, &type, 1,
                            on_table_chosen, export);
}

GBytes *
pz_result_export_render (PzResultChart *chart,
                         GFile         *file,
                         GError       **error)
{
  g_autofree char *name = NULL;
  DrawTheme theme;

  g_return_val_if_fail (chart != NULL, NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);

  name = g_file_get_basename (file);
  draw_theme_init_print (&theme);

  return draw_export (name, &theme, WIDTH, HEIGHT, pz_result_chart_export, chart, error);
}
