/* pz-weight-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/network/pz-weight-plot.h"
#include "widgets/network/pz-weight-view.h"

struct _PzWeightView
{
  PzProjectWidget parent_instance;

  /* Owned */
  GtkStringList  *layers;           /* their names, in the drop-down */

  /* From the template */
  GtkStack       *stack;
  GtkDropDown    *layer_drop_down;
  PzWeightPlot   *plot;
};

G_DEFINE_FINAL_TYPE (PzWeightView, pz_weight_view, PZ_TYPE_PROJECT_WIDGET)

/* (transfer full): "Layer 1: 784 → 30" */
static char *
dup_layer_name (const MlpNet *net,
                gsize l)
{
  guint n_inputs = (guint) mlp_net_get_width (net, l - 1);
  guint n_units = (guint) mlp_net_get_width (net, l);

  if (l == mlp_net_get_n_layers (net))
    return g_strdup_printf (_("Output: %u → %u"), n_inputs, n_units);

  return g_strdup_printf (_("Layer %u: %u → %u"), (guint) l, n_inputs, n_units);
}

/* The names change with the network's shape only. The list keeps what was chosen,
 * or the last, if there are fewer.
 */
static void
on_net_changed (PzWeightView *self)
{
  PzProject *project = self->parent_instance.project;
  const MlpNet *net = project != NULL ? pz_project_peek_net (project) : NULL;
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (self->layers));
  gboolean same;

  gtk_stack_set_visible_child_name (self->stack, net != NULL ? "weights" : "empty");
  if (net == NULL)
    return;

  for (gsize l = 1; l <= mlp_net_get_n_layers (net); l++)
    g_ptr_array_add (names, dup_layer_name (net, l));

  same = names->len == n_old;
  for (guint i = 0; same && i < n_old; i++)
    same = g_str_equal (names->pdata[i], gtk_string_list_get_string (self->layers, i));
  if (same)
    return;

  g_ptr_array_add (names, NULL);
  gtk_string_list_splice (self->layers, 0, n_old, (const char *const *) names->pdata);
}

static void
on_layer_selected (PzWeightView *self)
{
  guint selected = gtk_drop_down_get_selected (self->layer_drop_down);

  /* The plot may have gone before the list. */
  if (self->plot != NULL && selected != GTK_INVALID_LIST_POSITION)
    g_object_set (self->plot, "layer", selected + 1, NULL);
}

static void
pz_weight_view_project_changed (PzProjectWidget *widget)
{
  PzWeightView *self = PZ_WEIGHT_VIEW (widget);

  on_net_changed (self);
}

static void
pz_weight_view_dispose (GObject *object)
{
  PzWeightView *self = PZ_WEIGHT_VIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_WEIGHT_VIEW);

  g_clear_object (&self->layers);

  G_OBJECT_CLASS (pz_weight_view_parent_class)->dispose (object);
}

static void
pz_weight_view_class_init (PzWeightViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_weight_view_dispose;

  project_class->project_changed = pz_weight_view_project_changed;

  /* The builder looks types up by name; this makes the name known. */
  g_type_ensure (PZ_TYPE_WEIGHT_PLOT);

  gtk_widget_class_set_css_name (widget_class, "weightview");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/network/pz-weight-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PzWeightView, stack);
  gtk_widget_class_bind_template_child (widget_class, PzWeightView, layer_drop_down);
  gtk_widget_class_bind_template_child (widget_class, PzWeightView, plot);
  gtk_widget_class_bind_template_callback (widget_class, on_layer_selected);
}

static void
pz_weight_view_init (PzWeightView *self)
{
  self->layers = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_drop_down_set_model (self->layer_drop_down, G_LIST_MODEL (self->layers));

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (on_net_changed));
  on_net_changed (self);
}
