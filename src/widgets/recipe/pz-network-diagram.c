/* pz-network-diagram.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/common/pz-theme.h"
#include "widgets/recipe/pz-network-diagram.h"

struct _PzNetworkDiagram
{
  GtkWidget parent_instance;

  GArray   *layers;         /* of DrawNetworkLayer that own their strings */
  gssize    selected;
};

enum {
  LAYER_CLICKED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzNetworkDiagram, pz_network_diagram, GTK_TYPE_WIDGET)

static guint signals[N_SIGNALS];

static void
clear_layer (DrawNetworkLayer *layer)
{
  g_free ((char *) layer->name);
  g_free ((char *) layer->detail);
}

/* "Hidden 1: 128, ReLU" */
static void
append_words (GString                *words,
              const DrawNetworkLayer *layer)
{
  if (layer->width > 0)
    g_string_append_printf (words, "%s: %" G_GSIZE_FORMAT, layer->name, layer->width);
  else
    g_string_append_printf (words, "%s: ?", layer->name);
  if (layer->detail != NULL)
    g_string_append_printf (words, ", %s", layer->detail);
}

static DrawNetwork
get_network (PzNetworkDiagram *self)
{
  return (DrawNetwork) {
           (const DrawNetworkLayer *) self->layers->data, self->layers->len, self->selected
  };
}

static gboolean
locate_layer (PzNetworkDiagram *self,
              double            x,
              double            y,
              gsize            *layer)
{
  GtkWidget *widget = GTK_WIDGET (self);
  DrawNetwork network = get_network (self);
  DrawTheme theme;
  const DrawCanvas canvas = {
    pz_theme_create_measure (), &theme, gtk_widget_get_width (widget), gtk_widget_get_height (widget)
  };
  gboolean found;

  pz_theme_from_widget (widget, &theme);
  found = draw_network_locate (&canvas, &network, x, y, layer);
  cairo_destroy (canvas.cr);

  return found;
}

static void
on_released (PzNetworkDiagram *self,
             int               n_press,
             double            x,
             double            y)
{
  gsize layer;

  if (locate_layer (self, x, y, &layer))
    g_signal_emit (self, signals[LAYER_CLICKED], 0, (guint) layer);
}

/* What the label of a layer says in short, in full. */
static gboolean
on_query_tooltip (GtkWidget  *widget,
                  int         x,
                  int         y,
                  gboolean    keyboard,
                  GtkTooltip *tooltip)
{
  PzNetworkDiagram *self = PZ_NETWORK_DIAGRAM (widget);
  g_autoptr(GString) words = NULL;
  gsize i;

  if (keyboard || !locate_layer (self, x, y, &i))
    return FALSE;

  words = g_string_new (NULL);
  append_words (words, &g_array_index (self->layers, DrawNetworkLayer, i));
  gtk_tooltip_set_text (tooltip, words->str);

  return TRUE;
}

static void
pz_network_diagram_measure (GtkWidget     *widget,
                            GtkOrientation orientation,
                            int            for_size,
                            int           *minimum,
                            int           *natural,
                            int           *minimum_baseline,
                            int           *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 200 : 150;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 150;
}

static void
pz_network_diagram_snapshot (GtkWidget   *widget,
                             GtkSnapshot *snapshot)
{
  PzNetworkDiagram *self = PZ_NETWORK_DIAGRAM (widget);
  DrawNetwork network = get_network (self);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, width, height };

  if (network.n_layers == 0)
    return;

  pz_theme_from_widget (widget, &theme);
  canvas.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_network (&canvas, &network);
  cairo_destroy (canvas.cr);
}

static void
pz_network_diagram_finalize (GObject *object)
{
  PzNetworkDiagram *self = PZ_NETWORK_DIAGRAM (object);

  g_array_unref (self->layers);

  G_OBJECT_CLASS (pz_network_diagram_parent_class)->finalize (object);
}

static void
pz_network_diagram_class_init (PzNetworkDiagramClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = pz_network_diagram_finalize;

  widget_class->measure = pz_network_diagram_measure;
  widget_class->query_tooltip = on_query_tooltip;
  widget_class->snapshot = pz_network_diagram_snapshot;

  signals[LAYER_CLICKED] =
    g_signal_new ("layer-clicked",
                  PZ_TYPE_NETWORK_DIAGRAM,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_css_name (widget_class, "networkdiagram");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_network_diagram_init (PzNetworkDiagram *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->selected = -1;
  self->layers = g_array_new (FALSE, FALSE, sizeof (DrawNetworkLayer));
  g_array_set_clear_func (self->layers, (GDestroyNotify) clear_layer);

  g_signal_connect_swapped (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Network Diagram"),
                                  -1);
}

void
pz_network_diagram_set_layers (PzNetworkDiagram       *self,
                               const DrawNetworkLayer *layers,
                               gsize                   n_layers)
{
  g_autoptr(GString) words = g_string_new (NULL);

  g_return_if_fail (PZ_IS_NETWORK_DIAGRAM (self));
  g_return_if_fail (layers != NULL || n_layers == 0);

  g_array_set_size (self->layers, 0);
  for (gsize i = 0; i < n_layers; i++)
    {
      DrawNetworkLayer copy = layers[i];

      copy.name = g_strdup (layers[i].name);
      copy.detail = g_strdup (layers[i].detail);
      g_array_append_val (self->layers, copy);

      if (i > 0)
        g_string_append (words, "; ");

      append_words (words, &copy);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words->str,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
pz_network_diagram_set_selected (PzNetworkDiagram *self,
                                 gssize            layer)
{
  g_return_if_fail (PZ_IS_NETWORK_DIAGRAM (self));

  if (self->selected == layer)
    return;

  self->selected = layer;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
