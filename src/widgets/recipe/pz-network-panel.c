/* pz-network-panel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "molecules/features/mol-features.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/common/pz-number.h"
#include "widgets/recipe/pz-layer-row.h"
#include "widgets/recipe/pz-network-diagram.h"
#include "widgets/recipe/pz-network-panel.h"

/* Of a layer that is added where there is none to follow. */
#define FIRST_WIDTH 30

struct _PzNetworkPanel
{
  PzProjectWidget   parent_instance;

  GPtrArray        *rows;             /* of PzLayerRow, in the list's order */
  gboolean          updating;         /* the form follows the recipe: nobody edits */

  /* From the template */
  GtkMenuButton    *presets_button;
  PzNetworkDiagram *diagram;
  GtkListBox       *list;
  AdwActionRow     *input_row;
  GtkLabel         *input_width;
  AdwActionRow     *output_row;
  GtkLabel         *output_width;
  GtkDropDown      *output_activation;
  GtkLabel         *parameters_label;
  GtkLabel         *problem_label;
};

G_DEFINE_FINAL_TYPE (PzNetworkPanel, pz_network_panel, PZ_TYPE_PROJECT_WIDGET)

/* --- the recipe is edited --- */

static Recipe *
copy_recipe (PzNetworkPanel *self)
{
  return recipe_copy (pz_project_peek_recipe (self->parent_instance.project));
}

static void
on_layer_edited (PzNetworkPanel *self,
                 PzLayerRow     *row)
{
  PzProject *project = self->parent_instance.project;
  g_autofree char *what = NULL;
  Recipe *recipe;

  if (self->updating || project == NULL)
    return;

  /* Edits of one layer are one step of undo, those of two are two. */
  what = g_strdup_printf ("layer-%zu", pz_layer_row_get_place (row));
  recipe = copy_recipe (self);
  g_array_index (recipe->hidden, MlpLayer, pz_layer_row_get_place (row)) = pz_layer_row_get_layer (row);
  pz_project_edit (project, recipe, g_intern_string (what));
}

static void
focus_layer (PzNetworkPanel *self,
             gssize          place)
{
  if (place >= 0 && place < (gssize) self->rows->len)
    gtk_widget_grab_focus (g_ptr_array_index (self->rows, place));
}

static void
on_layer_move_requested (PzNetworkPanel *self,
                         int             from,
                         int             to,
                         PzLayerRow     *row)
{
  Recipe *recipe;
  MlpLayer layer;

  recipe = copy_recipe (self);
  layer = g_array_index (recipe->hidden, MlpLayer, from);
  g_array_remove_index (recipe->hidden, from);
  g_array_insert_val (recipe->hidden, to, layer);
  pz_project_edit (self->parent_instance.project, recipe, NULL);

  /* The keys that moved it go on moving it. */
  focus_layer (self, to);
}

static void
on_layer_remove_requested (PzNetworkPanel *self,
                           PzLayerRow     *row)
{
  Recipe *recipe = copy_recipe (self);
  gsize place = pz_layer_row_get_place (row);

  g_array_remove_index (recipe->hidden, place);
  pz_project_edit (self->parent_instance.project, recipe, NULL);

  focus_layer (self, MIN ((gssize) place, (gssize) self->rows->len - 1));
}

static void
on_add_layer (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  PzNetworkPanel *self = PZ_NETWORK_PANEL (widget);
  PzProject *project = self->parent_instance.project;
  MlpLayer layer = { FIRST_WIDTH, MLP_RELU };
  Recipe *recipe;

  if (project == NULL)
    return;

  /* Another one like the last. */
  recipe = copy_recipe (self);
  if (recipe->hidden->len > 0)
    layer = g_array_index (recipe->hidden, MlpLayer, recipe->hidden->len - 1);

  g_array_append_val (recipe->hidden, layer);
  pz_project_edit (project, recipe, NULL);
  focus_layer (self, (gssize) self->rows->len - 1);
}

static void
on_preset (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  PzNetworkPanel *self = PZ_NETWORK_PANEL (widget);
  PzProject *project = self->parent_instance.project;
  g_autoptr(Recipe) recipe = NULL;
  g_autoptr(GError) error = NULL;

  if (project == NULL)
    return;

  recipe = copy_recipe (self);
  if (recipe_apply_preset (recipe, g_variant_get_string (parameter, NULL), &error))
    pz_project_edit (project, g_steal_pointer (&recipe), NULL);
  else
    g_critical ("a preset of the menu is missing");
}

static void
on_output_changed (PzNetworkPanel *self)
{
  PzProject *project = self->parent_instance.project;
  Recipe *recipe;

  if (self->updating || project == NULL)
    return;

  recipe = copy_recipe (self);
  recipe->output = (MlpActivation) gtk_drop_down_get_selected (self->output_activation);
  pz_project_edit (project, recipe, NULL);
}

/* --- the recipe is shown --- */

static void
on_focus_child_changed (PzNetworkPanel *self)
{
  GtkWidget *child = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  gssize selected = -1;

  if (child == GTK_WIDGET (self->input_row))
    selected = 0;
  else if (child == GTK_WIDGET (self->output_row))
    selected = self->rows->len + 1;
  else if (PZ_IS_LAYER_ROW (child))
    selected = (gssize) pz_layer_row_get_place (PZ_LAYER_ROW (child)) + 1;

  pz_network_diagram_set_selected (self->diagram, selected);
}

static void
on_layer_clicked (PzNetworkPanel *self,
                  guint           layer)
{
  if (layer == 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->input_row));
  else if (layer <= self->rows->len)
    focus_layer (self, (gssize) layer - 1);
  else
    gtk_widget_grab_focus (GTK_WIDGET (self->output_row));
}

/* As many rows as layers; those that are there already keep focus and text. */
static void
update_rows (PzNetworkPanel *self,
             const GArray   *hidden)
{
  while (self->rows->len > hidden->len)
    {
      gtk_list_box_remove (self->list, g_ptr_array_index (self->rows, self->rows->len - 1));
      g_ptr_array_set_size (self->rows, (int) self->rows->len - 1);
    }

  while (self->rows->len < hidden->len)
    {
      GtkWidget *row = pz_layer_row_new ();

      g_signal_connect_object (row, "edited",
                               G_CALLBACK (on_layer_edited), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "move-requested",
                               G_CALLBACK (on_layer_move_requested), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (row, "remove-requested",
                               G_CALLBACK (on_layer_remove_requested), self, G_CONNECT_SWAPPED);

      /* After the input. */
      gtk_list_box_insert (self->list, row, (int) self->rows->len + 1);
      g_ptr_array_add (self->rows, row);
    }

  for (guint i = 0; i < hidden->len; i++)
    pz_layer_row_set_layer (g_ptr_array_index (self->rows, i), i, hidden->len,
                            &g_array_index (hidden, MlpLayer, i));
}

/* (transfer full): "Δε, μ" */
static char *
describe_targets (PzDataset *dataset)
{
  GString *words = g_string_new (NULL);

  for (gsize t = 0; t < mlp_samples_get_n_outputs (pz_dataset_peek_set (dataset)->samples); t++)
    g_string_append_printf (words, "%s%s", t > 0 ? ", " : "", pz_dataset_get_class_name (dataset, t));

  return g_string_free (words, FALSE);
}

static void
update_ends (PzNetworkPanel *self,
             const Recipe   *recipe)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = pz_project_get_dataset (project);
  gsize n_inputs = pz_project_get_n_inputs (project);
  gsize n_outputs = pz_project_get_n_outputs (project);
  g_autofree char *inputs = pz_number_format_count (n_inputs);
  g_autofree char *outputs = pz_number_format_count (n_outputs);
  g_autofree char *subtitle = NULL;
  g_autofree char *learnt = NULL;

  if (dataset != NULL)
    {
      const DsSet *set = pz_dataset_peek_set (dataset);

      if (set->rows > 0)
        subtitle = g_strdup_printf (_("%u × %u pixels"), set->rows, set->columns);
      else if (set->task != NULL)
        subtitle = g_strdup (_(mol_features_find (set->task->features, NULL)->title));

      if (mlp_samples_has_classes (set->samples))
        learnt = g_strdup (_("Classes"));
      else if (set->task != NULL)
        learnt = describe_targets (dataset);
    }

  adw_action_row_set_subtitle (self->input_row, subtitle != NULL ? subtitle : "");
  adw_action_row_set_subtitle (self->output_row, learnt != NULL ? learnt : "");
  gtk_label_set_label (self->input_width, n_inputs > 0 ? inputs : "?");
  gtk_label_set_label (self->output_width, n_outputs > 0 ? outputs : "?");
  gtk_drop_down_set_selected (self->output_activation, recipe->output);
  pz_layer_row_name_drop_down (self->output_activation, _("Output activation function"));
}

static void
update_diagram (PzNetworkPanel *self,
                const Recipe   *recipe)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = pz_project_get_dataset (project);
  g_autoptr(GArray) layers = g_array_new (FALSE, TRUE, sizeof (DrawNetworkLayer));
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  DrawNetworkLayer layer = { 0 };

  layer.name = _("Input");
  layer.width = pz_project_get_n_inputs (project);
  if (dataset != NULL && pz_dataset_peek_set (dataset)->rows > 0)
    {
      const DsSet *set = pz_dataset_peek_set (dataset);

      layer.detail = g_strdup_printf ("%u × %u", set->rows, set->columns);
      g_ptr_array_add (names, (char *) layer.detail);
    }

  g_array_append_val (layers, layer);

  for (guint i = 0; i < recipe->hidden->len; i++)
    {
      const MlpLayer *hidden = &g_array_index (recipe->hidden, MlpLayer, i);

      layer.name = g_strdup_printf (_("Hidden %u"), i + 1);
      layer.width = hidden->width;
      layer.detail = pz_layer_row_get_activation_title (hidden->activation);
      g_ptr_array_add (names, (char *) layer.name);
      g_array_append_val (layers, layer);
    }

  layer.name = _("Output");
  layer.width = pz_project_get_n_outputs (project);
  layer.detail = pz_layer_row_get_activation_title (recipe->output);
  g_array_append_val (layers, layer);

  pz_network_diagram_set_layers (self->diagram, (const DrawNetworkLayer *) layers->data, layers->len);
}

/* How many parameters it has, or why it cannot be made. */
static void
update_parameters (PzNetworkPanel *self,
                   const Recipe   *recipe)
{
  PzProject *project = self->parent_instance.project;
  gsize n_inputs = pz_project_get_n_inputs (project);
  MlpLayer output = { pz_project_get_n_outputs (project), recipe->output };
  g_autoptr(GArray) layers = g_array_copy (recipe->hidden);
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *problem = NULL;
  gsize n_params = 0;

  g_array_append_val (layers, output);

  if (n_inputs > 0
      && mlp_net_check (n_inputs, (const MlpLayer *) layers->data, layers->len, &n_params, &error))
    {
      g_autofree char *count = pz_number_format_count (n_params);

      text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s parameter", "%s parameters", n_params), count);
    }

  gtk_label_set_label (self->parameters_label, text != NULL ? text : "");
  problem = mlp_display_error (error);
  gtk_label_set_label (self->problem_label, problem != NULL ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), error != NULL);
}

/* Those for the kind of the data. */
static void
update_presets (PzNetworkPanel *self)
{
  const gboolean molecules = pz_project_has_molecules (self->parent_instance.project);
  g_autoptr(GMenu) menu = g_menu_new ();
  gsize n_presets;
  const RecipePreset *presets = recipe_get_presets (&n_presets);

  for (gsize i = 0; i < n_presets; i++)
    {
      g_autoptr(GMenuItem) item = NULL;

      if (!presets[i].for_molecules != !molecules)
        continue;

      item = g_menu_item_new (_(presets[i].title), NULL);
      g_menu_item_set_action_and_target (item, "network.preset", "s", presets[i].id);
      g_menu_append_item (menu, item);
    }

  gtk_menu_button_set_menu_model (self->presets_button, G_MENU_MODEL (menu));
}

static void
update_panel (PzNetworkPanel *self)
{
  PzProject *project = self->parent_instance.project;
  const Recipe *recipe;

  if (project == NULL)
    return;

  recipe = pz_project_peek_recipe (project);

  self->updating = TRUE;
  update_rows (self, recipe->hidden);
  update_ends (self, recipe);
  update_diagram (self, recipe);
  update_parameters (self, recipe);
  self->updating = FALSE;

  on_focus_child_changed (self);
}

static void
pz_network_panel_project_changed (PzProjectWidget *widget)
{
  PzNetworkPanel *self = PZ_NETWORK_PANEL (widget);
  PzProject *project = widget->project;

  if (project != NULL)
    update_presets (self);

  update_panel (self);
}

static void
pz_network_panel_dispose (GObject *object)
{
  PzNetworkPanel *self = PZ_NETWORK_PANEL (object);

  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_NETWORK_PANEL);

  G_OBJECT_CLASS (pz_network_panel_parent_class)->dispose (object);
}

static void
pz_network_panel_finalize (GObject *object)
{
  PzNetworkPanel *self = PZ_NETWORK_PANEL (object);

  g_ptr_array_unref (self->rows);

  G_OBJECT_CLASS (pz_network_panel_parent_class)->finalize (object);
}

static void
pz_network_panel_class_init (PzNetworkPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_network_panel_dispose;
  object_class->finalize = pz_network_panel_finalize;

  project_class->project_changed = pz_network_panel_project_changed;

  gtk_widget_class_install_action (widget_class, "network.add-layer", NULL, on_add_layer);
  gtk_widget_class_install_action (widget_class, "network.preset", "s", on_preset);

  g_type_ensure (PZ_TYPE_NETWORK_DIAGRAM);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-network-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, presets_button);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, diagram);
  gtk_widget_class_bind_template_callback (widget_class, on_focus_child_changed);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, list);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, input_row);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, input_width);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, output_row);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, output_width);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, output_activation);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, parameters_label);
  gtk_widget_class_bind_template_child (widget_class, PzNetworkPanel, problem_label);
  gtk_widget_class_bind_template_callback (widget_class, on_output_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_layer_clicked);
}

static void
pz_network_panel_init (PzNetworkPanel *self)
{
  g_autoptr(GListModel) activations = pz_layer_row_create_activation_model (MLP_N_ACTIVATIONS);

  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_drop_down_set_model (self->output_activation, activations);
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (update_panel));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (update_panel));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::molecules", G_CALLBACK (update_presets));
}
