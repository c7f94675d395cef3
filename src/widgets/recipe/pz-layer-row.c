/* pz-layer-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/common/pz-number-entry.h"
#include "widgets/recipe/pz-layer-row.h"

struct _PzLayerRow
{
  AdwPreferencesRow parent_instance;

  gsize             place;
  gsize             n_layers;
  gboolean          updating;

  /* From the template */
  GtkWidget        *handle;
  PzNumberEntry    *width_entry;
  GtkDropDown      *activation;
  GtkLabel         *problem_label;
  GtkWidget        *up_button;
  GtkWidget        *down_button;
  GtkWidget        *remove_button;
};

enum {
  EDITED,
  MOVE_REQUESTED,
  REMOVE_REQUESTED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzLayerRow, pz_layer_row, ADW_TYPE_PREFERENCES_ROW)

static guint signals[N_SIGNALS];

static const char *const titles[MLP_N_ACTIVATIONS] = {
  [MLP_IDENTITY] = N_("Identity"),
  [MLP_SIGMOID] = N_("Sigmoid"),
  [MLP_TANH] = N_("Tanh"),
  [MLP_RELU] = N_("ReLU"),
  [MLP_LEAKY_RELU] = N_("Leaky ReLU"),
  [MLP_ELU] = N_("ELU"),
  [MLP_SOFTMAX] = N_("Softmax"),
};

static void set_label (gpointer    widget,
                       const char *format,
                       ...) G_GNUC_PRINTF (2, 3);

static void
set_label (gpointer    widget,
           const char *format,
           ...)
{
  g_autofree char *label = NULL;
  va_list args;

  va_start (args, format);
  label = g_strdup_vprintf (format, args);
  va_end (args);

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static void
name_parts (PzLayerRow *self)
{
  gsize number = self->place + 1;
  g_autofree char *title = g_strdup_printf (_("Hidden layer %zu"), number);
  g_autofree char *activation = g_strdup_printf (_("Activation function of hidden layer %zu"), number);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  set_label (self, _("Hidden layer %zu"), number);
  set_label (self->width_entry, _("Units of hidden layer %zu"), number);
  pz_layer_row_name_drop_down (self->activation, activation);
  set_label (self->up_button, _("Move hidden layer %zu up"), number);
  set_label (self->down_button, _("Move hidden layer %zu down"), number);
  set_label (self->remove_button, _("Remove hidden layer %zu"), number);
}

static void
on_edited (PzLayerRow *self)
{
  if (!self->updating)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
on_problem_changed (PzLayerRow *self)
{
  const char *problem = pz_number_entry_get_problem (self->width_entry);

  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), problem != NULL);
}

static void
move_to (PzLayerRow *self,
         gssize      place)
{
  if (place >= 0 && place < (gssize) self->n_layers && place != (gssize) self->place)
    g_signal_emit (self, signals[MOVE_REQUESTED], 0, (int) self->place, (int) place);
}

static void
on_move_up (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  move_to (PZ_LAYER_ROW (widget), (gssize) PZ_LAYER_ROW (widget)->place - 1);
}

static void
on_move_down (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  move_to (PZ_LAYER_ROW (widget), (gssize) PZ_LAYER_ROW (widget)->place + 1);
}

static void
on_remove (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  g_signal_emit (widget, signals[REMOVE_REQUESTED], 0);
}

static GdkContentProvider *
on_drag_prepare (PzLayerRow *self,
                 double      x,
                 double      y)
{
  return gdk_content_provider_new_typed (PZ_TYPE_LAYER_ROW, self);
}

static void
on_drag_begin (PzLayerRow    *self,
               GdkDrag       *drag,
               GtkDragSource *source)
{
  g_autoptr(GdkPaintable) icon = gtk_widget_paintable_new (GTK_WIDGET (self));

  gtk_widget_add_css_class (GTK_WIDGET (self), "dragged");
  gtk_drag_source_set_icon (source, icon, 8, gtk_widget_get_height (GTK_WIDGET (self)) / 2);
}

static void
on_drag_end (PzLayerRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "dragged");
}

static void
clear_drop_mark (PzLayerRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-above");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "drop-below");
}

static gboolean
is_below (PzLayerRow *self,
          double      y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
}

static GdkDragAction
on_drop_motion (PzLayerRow *self,
                double      x,
                double      y)
{
  clear_drop_mark (self);
  gtk_widget_add_css_class (GTK_WIDGET (self), is_below (self, y) ? "drop-below" : "drop-above");

  return GDK_ACTION_MOVE;
}

static gboolean
on_drop (PzLayerRow    *self,
         const GValue  *value,
         double         x,
         double         y,
         GtkDropTarget *target)
{
  PzLayerRow *other = g_value_get_object (value);
  gssize place = (gssize) self->place + (is_below (self, y) ? 1 : 0);

  clear_drop_mark (self);

  /* A row of another window is not ours to move. */
  if (other == NULL || gtk_widget_get_parent (GTK_WIDGET (other)) != gtk_widget_get_parent (GTK_WIDGET (self)))
    return FALSE;

  /* The place is counted without the row that moves. */
  if (other->place < (gsize) place)
    place--;

  move_to (other, place);
  return TRUE;
}

static void
pz_layer_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PZ_TYPE_LAYER_ROW);

  G_OBJECT_CLASS (pz_layer_row_parent_class)->dispose (object);
}

static void
pz_layer_row_class_init (PzLayerRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_layer_row_dispose;

  signals[EDITED] =
    g_signal_new ("edited",
                  PZ_TYPE_LAYER_ROW,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
  signals[MOVE_REQUESTED] =
    g_signal_new ("move-requested",
                  PZ_TYPE_LAYER_ROW,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_INT);
  signals[REMOVE_REQUESTED] =
    g_signal_new ("remove-requested",
                  PZ_TYPE_LAYER_ROW,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);

  gtk_widget_class_install_action (widget_class, "layer.move-up", NULL, on_move_up);
  gtk_widget_class_install_action (widget_class, "layer.move-down", NULL, on_move_down);
  gtk_widget_class_install_action (widget_class, "layer.remove", NULL, on_remove);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "layer.move-up", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK, "layer.move-down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "layer.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "layer.remove", NULL);

  g_type_ensure (PZ_TYPE_NUMBER_ENTRY);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-layer-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PzLayerRow, handle);
  gtk_widget_class_bind_template_child (widget_class, PzLayerRow, width_entry);
  gtk_widget_class_bind_template_child (widget_class, PzLayerRow, activation);
  gtk_widget_class_bind_template_child (widget_class, PzLayerRow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, PzLayerRow, up_button);
  gtk_widget_class_bind_template_child (widget_class, PzLayerRow, down_button);
  gtk_widget_class_bind_template_child (widget_class, PzLayerRow, remove_button);
  gtk_widget_class_bind_template_callback (widget_class, on_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_problem_changed);
}

static void
pz_layer_row_init (PzLayerRow *self)
{
  g_autoptr(GListModel) model = NULL;
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (PZ_TYPE_LAYER_ROW, GDK_ACTION_MOVE);

  gtk_widget_init_template (GTK_WIDGET (self));

  self->updating = TRUE;
  /* Softmax is for the output only. */
  model = pz_layer_row_create_activation_model (MLP_SOFTMAX);
  gtk_drop_down_set_model (self->activation, model);
  self->updating = FALSE;

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_drag_prepare), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_begin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (on_drag_end), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (self->handle, GTK_EVENT_CONTROLLER (source));

  g_signal_connect_swapped (target, "motion", G_CALLBACK (on_drop_motion), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (clear_drop_mark), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
pz_layer_row_new (void)
{
  return g_object_new (PZ_TYPE_LAYER_ROW, NULL);
}

void
pz_layer_row_set_layer (PzLayerRow     *self,
                        gsize           place,
                        gsize           n_layers,
                        const MlpLayer *layer)
{
  g_return_if_fail (PZ_IS_LAYER_ROW (self));
  g_return_if_fail (layer != NULL);

  self->place = place;
  self->n_layers = n_layers;

  self->updating = TRUE;
  pz_number_entry_set_value (self->width_entry, (double) layer->width);
  gtk_drop_down_set_selected (self->activation, layer->activation);
  self->updating = FALSE;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layer.move-up", place > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "layer.move-down", place + 1 < n_layers);
  name_parts (self);
}

MlpLayer
pz_layer_row_get_layer (PzLayerRow *self)
{
  MlpLayer layer = { 1, MLP_RELU };

  g_return_val_if_fail (PZ_IS_LAYER_ROW (self), layer);

  layer.width = (gsize) pz_number_entry_get_value (self->width_entry);
  layer.activation = (MlpActivation) gtk_drop_down_get_selected (self->activation);
  return layer;
}

gsize
pz_layer_row_get_place (PzLayerRow *self)
{
  g_return_val_if_fail (PZ_IS_LAYER_ROW (self), 0);

  return self->place;
}

const char *
pz_layer_row_get_activation_title (MlpActivation sigma)
{
  g_return_val_if_fail (sigma < MLP_N_ACTIVATIONS, "");

  return _(titles[sigma]);
}

GListModel *
pz_layer_row_create_activation_model (guint n)
{
  GtkStringList *list = gtk_string_list_new (NULL);

  g_return_val_if_fail (n <= MLP_N_ACTIVATIONS, NULL);

  for (guint i = 0; i < n; i++)
    gtk_string_list_append (list, _(titles[i]));

  return G_LIST_MODEL (list);
}

void
pz_layer_row_name_drop_down (GtkDropDown *drop_down,
                             const char  *label)
{
  GtkWidget *button;

  g_return_if_fail (GTK_IS_DROP_DOWN (drop_down));
  g_return_if_fail (label != NULL);

  set_label (drop_down, "%s", label);
  /* GTK 4.18 takes what is chosen for the name; the tooltip says of what it is. */
  gtk_widget_set_tooltip_text (GTK_WIDGET (drop_down), label);

  button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));
  if (GTK_IS_BUTTON (button))
    /* Translators: what is chosen, and what: "Activation of the output: Softmax" */
    set_label (button, _("%s: %s"), label,
               pz_layer_row_get_activation_title ((MlpActivation) gtk_drop_down_get_selected (drop_down)));
}
