/* pz-curve-view.c
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
#include "widgets/curves/pz-curve-input.h"
#include "widgets/curves/pz-curve-plot.h"
#include "widgets/curves/pz-curve-view.h"

/* A chart on paper, in pixels of 1/96 inch. */
#define EXPORT_WIDTH  720.0
#define EXPORT_HEIGHT 405.0

struct _PzCurveView
{
  PzProjectWidget  parent_instance;

  /* Owned */
  GtkMapListModel *histories;     /* of the project's runs */

  PzCurveShow      show;

  /* From the template */
  GtkStack        *stack;
  PzCurvePlot     *plot;
  PzCurveInput    *input;
  GtkButton       *accuracy_button;
};

enum {
  PROP_0,
  PROP_SHOW,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzCurveView, pz_curve_view, PZ_TYPE_PROJECT_WIDGET)

static GParamSpec *properties[N_PROPS];

/* The histories of the project's runs. */
static GListModel *
get_runs (PzCurveView *self)
{
  return G_LIST_MODEL (self->histories);
}

/* @run: (transfer full); returns: (transfer full) */
static gpointer
map_run (gpointer run,
         gpointer user_data)
{
  PzHistory *history = g_object_ref (pz_run_get_history (run));

  g_object_unref (run);

  return history;
}

static void
on_runs_changed (PzCurveView *self)
{
  GListModel *runs = get_runs (self);
  gboolean any = g_list_model_get_n_items (runs) > 0;
  const PzCurveKind kind = pz_curve_series_get_kind (runs);

  gtk_stack_set_visible_child_name (self->stack, any ? "curves" : "empty");
  gtk_button_set_label (self->accuracy_button, kind == PZ_CURVE_ACCURACY ? _("Accuracy") : _("MAE"));
  gtk_widget_set_sensitive (GTK_WIDGET (self->accuracy_button), kind != PZ_CURVE_LOSS);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->accuracy_button),
                               kind != PZ_CURVE_LOSS ? NULL
                               : _("The targets have different units, so their errors cannot be averaged. Results shows "
                                   "them one by one."));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "curves.export", any);
}

static void
on_zoomed (PzCurveView *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "curves.reset-zoom",
                                 pz_curve_plot_get_zoomed (self->plot));
}

static void
on_reset_zoom (GtkWidget  *widget,
               const char *action_name,
               GVariant   *parameter)
{
  pz_curve_plot_reset_zoom (PZ_CURVE_VIEW (widget)->plot);
}

typedef struct
{
  PzCurveView *view;
  char        *name;
} Export;

static void
end_export (Export       *export,
            const GError *error)
{
  g_autofree char *problem = mlp_display_error (error);
  g_autofree char *message = problem == NULL ? g_strdup_printf (_("Exported as “%s”"), export->name)
                                             : g_strdup_printf (_("Export failed: %s"), problem);

  pz_toast_show (GTK_WIDGET (export->view), message, NULL, NULL, NULL);
  g_object_unref (export->view);
  g_free (export->name);
  g_free (export);
}

/* Main thread. */
static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  pz_writer_write_finish (result, &error);
  end_export (user_data, error);
}

static void
on_file_chosen (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(PzCurveView) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(GBytes) contents = NULL;
  Export *export;

  file = pz_file_dialog_run_finish (GTK_WIDGET (object), result, NULL);
  if (file == NULL)
    return;

  export = g_new0 (Export, 1);
  export->view = g_object_ref (self);
  export->name = g_file_get_basename (file);
  contents = pz_curve_view_export (self, file, &error);
  if (contents != NULL)
    pz_writer_write_async (file, contents, on_written, export);
  else
    end_export (export, error);
}

static void
on_export (GtkWidget  *widget,
           const char *action_name,
           GVariant   *parameter)
{
  const char *suffix = g_variant_get_string (parameter, NULL);
  g_autofree char *name = g_strdup_printf ("%s.%s", _("curves"), suffix);
  PzFileType type = { NULL, suffix };

  if (g_str_equal (suffix, "png"))
    type.name = _("PNG Images");
  else if (g_str_equal (suffix, "svg"))
    type.name = _("SVG Images");
  else if (g_str_equal (suffix, "pdf"))
    type.name = _("PDF Documents");
  else
    type.name = _("CSV Tables");

  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_SAVE, _("Export Curves"), name, &type, 1,
                            on_file_chosen, g_object_ref (widget));
}

static void
pz_curve_view_project_changed (PzProjectWidget *widget)
{
  PzCurveView *self = PZ_CURVE_VIEW (widget);
  PzProject *project = self->parent_instance.project;

  gtk_map_list_model_set_model (self->histories, project != NULL ? pz_project_get_runs (project) : NULL);
  on_runs_changed (self);
}

static void
pz_curve_view_dispose (GObject *object)
{
  PzCurveView *self = PZ_CURVE_VIEW (object);

  g_clear_object (&self->histories);
  g_clear_pointer (&self->input, pz_curve_input_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_CURVE_VIEW);

  G_OBJECT_CLASS (pz_curve_view_parent_class)->dispose (object);
}

static void
pz_curve_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PzCurveView *self = PZ_CURVE_VIEW (object);

  switch (prop_id)
    {
    case PROP_SHOW:
      g_value_set_enum (value, self->show);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
set_show (PzCurveView *self,
          PzCurveShow  show)
{
  if (self->show == show)
    return;

  self->show = show;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW]);
}

static void
pz_curve_view_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PzCurveView *self = PZ_CURVE_VIEW (object);

  switch (prop_id)
    {
    case PROP_SHOW:
      set_show (self, g_value_get_enum (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_curve_view_class_init (PzCurveViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_curve_view_dispose;
  object_class->get_property = pz_curve_view_get_property;
  object_class->set_property = pz_curve_view_set_property;

  project_class->project_changed = pz_curve_view_project_changed;

  properties[PROP_SHOW] =
    g_param_spec_enum ("show", NULL, NULL,
                       PZ_TYPE_CURVE_SHOW, PZ_CURVE_SHOW_BOTH,
                       G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_property_action (widget_class, "curves.show", "show");
  gtk_widget_class_install_action (widget_class, "curves.reset-zoom", NULL, on_reset_zoom);
  gtk_widget_class_install_action (widget_class, "curves.export", "s", on_export);

  /* The builder looks types up by name; this makes the name known. */
  g_type_ensure (PZ_TYPE_CURVE_PLOT);

  gtk_widget_class_set_css_name (widget_class, "curveview");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/curves/pz-curve-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PzCurveView, stack);
  gtk_widget_class_bind_template_child (widget_class, PzCurveView, plot);
  gtk_widget_class_bind_template_child (widget_class, PzCurveView, accuracy_button);
}

static void
pz_curve_view_init (PzCurveView *self)
{
  self->show = PZ_CURVE_SHOW_BOTH;

  gtk_widget_init_template (GTK_WIDGET (self));

  self->histories = gtk_map_list_model_new (NULL, map_run, NULL, NULL);
  g_signal_connect_object (self->histories, "items-changed",
                           G_CALLBACK (on_runs_changed), self, G_CONNECT_SWAPPED);
  pz_curve_plot_set_runs (self->plot, G_LIST_MODEL (self->histories));
  self->input = pz_curve_input_new (self->plot);
  g_signal_connect_object (self->plot, "notify::zoomed",
                           G_CALLBACK (on_zoomed), self, G_CONNECT_SWAPPED);

  on_runs_changed (self);
  on_zoomed (self);
}

/* The newest run, as a table. */
static GBytes *
export_table (PzCurveView *self)
{
  GListModel *runs = get_runs (self);
  guint n = g_list_model_get_n_items (runs);
  g_autoptr(PzHistory) newest = g_list_model_get_item (runs, n - 1);
  char *table = pz_history_to_csv (newest);

  return g_bytes_new_take (table, strlen (table));
}

GBytes *
pz_curve_view_export (PzCurveView *self,
                      GFile       *file,
                      GError     **error)
{
  GListModel *runs = get_runs (self);
  g_autofree char *name = NULL;
  DrawTheme theme;

  g_return_val_if_fail (PZ_IS_CURVE_VIEW (self), NULL);
  g_return_val_if_fail (G_IS_FILE (file), NULL);
  g_return_val_if_fail (g_list_model_get_n_items (runs) > 0, NULL);

  name = g_file_get_basename (file);
  if (g_str_has_suffix (name, ".csv"))
    return export_table (self);

  draw_theme_init_print (&theme);

  return draw_export (name, &theme,
                      EXPORT_WIDTH,
                      self->show == PZ_CURVE_SHOW_BOTH ? 2.0 * EXPORT_HEIGHT : EXPORT_HEIGHT,
                      pz_curve_plot_draw, self->plot, error);
}
