/* test-network-panel.c: the list of layers follows the recipe, and edits of it
 * reach the recipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/common/pz-number-entry.h"
#include "widgets/common/pz-number.h"
#include "widgets/recipe/pz-layer-row.h"
#include "widgets/recipe/pz-network-diagram.h"
#include "widgets/recipe/pz-network-panel.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject *project;
  GtkWindow *window;
  GtkWidget *panel;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->panel = open_panel (PZ_TYPE_NETWORK_PANEL, 800, 600, &f->project, &f->window);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->panel, f->window, f->project);
}

static void
assert_hidden (Fixture    *f,
               const char *expected)
{
  g_autofree char *text = mlp_option_layers_to_string (pz_project_peek_recipe (f->project)->hidden);

  g_assert_cmpstr (text, ==, expected);
}

static void
set_hidden (Fixture    *f,
            const char *text)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));

  g_assert_true (recipe_set_hidden (recipe, text, NULL));
  pz_project_edit (f->project, recipe, NULL);
}

/* (nullable): the row of hidden layer @place, in the order of the list */
static GtkWidget *
get_row (Fixture *f,
         guint    place)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (get_child (f->panel, "list")),
                                                      (int) place + 1);

  return PZ_IS_LAYER_ROW (row) ? GTK_WIDGET (row) : NULL;
}

/* The rows say what the recipe says, in its order. */
static void
assert_rows (Fixture *f)
{
  const GArray *hidden = pz_project_peek_recipe (f->project)->hidden;

  for (guint i = 0; i < hidden->len; i++)
    {
      const MlpLayer *expected = &g_array_index (hidden, MlpLayer, i);
      MlpLayer layer = pz_layer_row_get_layer (PZ_LAYER_ROW (get_row (f, i)));

      g_assert_cmpuint (pz_layer_row_get_place (PZ_LAYER_ROW (get_row (f, i))), ==, i);
      g_assert_cmpuint (layer.width, ==, expected->width);
      g_assert_cmpint (layer.activation, ==, expected->activation);
    }

  g_assert_null (get_row (f, hidden->len));
}

static void
test_rows (Fixture      *f,
           gconstpointer data)
{
  const char *const nets[] = { "30:sigmoid", "30:sigmoid,20:relu,20:tanh", "none", "64:elu,64:elu" };

  for (gsize i = 0; i < G_N_ELEMENTS (nets); i++)
    {
      set_hidden (f, nets[i]);
      assert_rows (f);
    }

  while (pz_project_undo (f->project))
    assert_rows (f);
}

static void
test_add (Fixture      *f,
          gconstpointer data)
{
  set_hidden (f, "30:sigmoid");
  g_assert_true (gtk_widget_activate_action (f->panel, "network.add-layer", NULL));
  assert_hidden (f, "30:sigmoid,30:sigmoid");
  assert_rows (f);

  set_hidden (f, "");
  g_assert_true (gtk_widget_activate_action (f->panel, "network.add-layer", NULL));
  assert_hidden (f, "30:relu");
  assert_rows (f);

  g_assert_true (pz_project_undo (f->project));
  assert_hidden (f, "none");
  assert_rows (f);
}

static void
test_edit (Fixture      *f,
           gconstpointer data)
{
  GtkWidget *entry;
  GtkWidget *row;

  set_hidden (f, "30:sigmoid,20:relu");
  row = get_row (f, 1);
  entry = get_child (row, "width_entry");

  gtk_editable_set_text (GTK_EDITABLE (entry), "55");
  g_assert_true (pz_number_entry_commit (PZ_NUMBER_ENTRY (entry)));
  assert_hidden (f, "30:sigmoid,55:relu");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_child (row, "activation")), MLP_LEAKY_RELU);
  assert_hidden (f, "30:sigmoid,55:leaky-relu");

  /* Softmax is not offered to a hidden layer. */
  g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (GTK_DROP_DOWN (get_child (row, "activation")))),
                    ==, MLP_SOFTMAX);

  /* A layer without units is none. */
  gtk_editable_set_text (GTK_EDITABLE (entry), "0");
  g_assert_false (pz_number_entry_commit (PZ_NUMBER_ENTRY (entry)));
  g_assert_true (gtk_widget_get_visible (get_child (row, "problem_label")));
  assert_hidden (f, "30:sigmoid,55:leaky-relu");
}

static void
test_move_and_remove (Fixture      *f,
                      gconstpointer data)
{
  set_hidden (f, "1:relu,2:tanh,3:elu");

  g_assert_true (gtk_widget_activate_action (get_row (f, 0), "layer.move-down", NULL));
  assert_hidden (f, "2:tanh,1:relu,3:elu");
  assert_rows (f);

  /* The focus goes with the layer, so that the keys move it on. */
  g_assert_true (gtk_widget_activate_action (gtk_root_get_focus (GTK_ROOT (f->window)), "layer.move-down", NULL));
  assert_hidden (f, "2:tanh,3:elu,1:relu");

  /* Not beyond the ends. */
  gtk_widget_activate_action (get_row (f, 2), "layer.move-down", NULL);
  gtk_widget_activate_action (get_row (f, 0), "layer.move-up", NULL);
  assert_hidden (f, "2:tanh,3:elu,1:relu");
  g_assert_false (gtk_widget_get_sensitive (get_child (get_row (f, 0), "up_button")));
  g_assert_true (gtk_widget_get_sensitive (get_child (get_row (f, 0), "down_button")));

  g_assert_true (gtk_widget_activate_action (get_row (f, 1), "layer.remove", NULL));
  assert_hidden (f, "2:tanh,1:relu");
  assert_rows (f);

  /* As a drag would ask. */
  g_signal_emit_by_name (get_row (f, 1), "move-requested", 1, 0);
  assert_hidden (f, "1:relu,2:tanh");
  assert_rows (f);

  g_assert_true (gtk_widget_activate_action (get_row (f, 0), "layer.remove", NULL));
  g_assert_true (gtk_widget_activate_action (get_row (f, 0), "layer.remove", NULL));
  assert_hidden (f, "none");
}

static void
test_output_and_presets (Fixture      *f,
                         gconstpointer data)
{
  GtkDropDown *output = GTK_DROP_DOWN (get_child (f->panel, "output_activation"));

  gtk_drop_down_set_selected (output, MLP_SIGMOID);
  g_assert_cmpint (pz_project_peek_recipe (f->project)->output, ==, MLP_SIGMOID);

  g_assert_true (gtk_widget_activate_action (f->panel, "network.preset", "s", "course-mnist"));
  assert_hidden (f, "30:sigmoid");
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->training.rate, ==, 1.0f);
  g_assert_cmpuint (gtk_drop_down_get_selected (output), ==, MLP_SIGMOID);

  g_assert_true (gtk_widget_activate_action (f->panel, "network.preset", "s", "default"));
  g_assert_cmpuint (gtk_drop_down_get_selected (output), ==, MLP_SOFTMAX);
  assert_rows (f);
}

/* The diagram in words, and the number of parameters. */
static void
test_diagram (Fixture      *f,
              gconstpointer data)
{
  GtkWidget *diagram = get_child (f->panel, "diagram");
  g_autofree char *count = pz_number_format_count (784 * 30 + 30 + 30 * 10 + 10);
  g_autofree char *parameters = g_strdup_printf ("%s parameters", count);

  gtk_test_accessible_assert_role (GTK_ACCESSIBLE (diagram), GTK_ACCESSIBLE_ROLE_IMG);
  set_hidden (f, "30:sigmoid");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (diagram), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Input: ?; Hidden 1: 30, Sigmoid; Output: ?, Softmax");
  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (pz_project_get_dataset (f->project) != NULL);

  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (diagram), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "Input: 784, 28 × 28; Hidden 1: 30, Sigmoid; Output: 10, Softmax");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_child (f->panel, "parameters_label"))), ==,
                   parameters);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_child (f->panel, "input_width"))), ==, "784");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (get_child (get_row (f, 0), "width_entry")),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Units of hidden layer 1");

  /* The drop-downs' buttons, which have the focus, say what is chosen. */
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (get_child (get_row (f, 0),
                                                                                              "activation"))),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Activation function of hidden layer 1: Sigmoid");
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (gtk_widget_get_first_child (get_child (f->panel,
                                                                                              "output_activation"))),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Output activation function: Softmax");

  gtk_test_widget_wait_for_draw (f->panel);
  assert_icons_exist (f->panel);

  /* A network that no memory holds is refused in words. */
  set_hidden (f, "1000000000:relu,1000000000:relu");
  g_assert_true (gtk_widget_get_visible (get_child (f->panel, "problem_label")));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_child (f->panel, "parameters_label"))), ==, "");
}

/* The ids that the menu offers, with commas between. */
static char *
list_presets (Fixture *f)
{
  GMenuModel *menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (get_child (f->panel, "presets_button")));
  GString *ids = g_string_new (NULL);

  for (int i = 0; i < g_menu_model_get_n_items (menu); i++)
    {
      g_autofree char *id = NULL;

      g_assert_true (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_TARGET, "s", &id));
      g_string_append_printf (ids, "%s,", id);
    }

  return g_string_free (ids, FALSE);
}

/* Molecules have presets of their own, and ends that say what goes in and out. */
static void
test_molecules (Fixture      *f,
                gconstpointer data)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));
  g_autofree char *before = list_presets (f);
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "course-mnist,course-softmax,default,linear,mnist-affine,mnist-elastic,");

  g_free (recipe->source);
  recipe->source = g_strdup ("builtin:molecules");
  pz_project_edit (f->project, recipe, NULL);
  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  after = list_presets (f);
  g_assert_true (g_str_has_prefix (after, "molecules,course-qm9,"));
  g_assert_null (strstr (after, "mnist"));

  g_assert_true (gtk_widget_activate_action (f->panel, "network.preset", "s", "course-qm9"));
  assert_hidden (f, "12:sigmoid,6:sigmoid");
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_cmpuint (pz_project_get_n_inputs (f->project), ==, 25);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_child (f->panel, "input_row"))), ==,
                   "Coulomb matrix, 25 eigenvalues");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (get_child (f->panel, "output_row"))), ==, "Δε");
}

#define add(path, func) \
  g_test_add ("/widgets/network-panel/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  add ("rows", test_rows);
  add ("add", test_add);
  add ("edit", test_edit);
  add ("move-and-remove", test_move_and_remove);
  add ("output-and-presets", test_output_and_presets);
  add ("diagram", test_diagram);
  add ("molecules", test_molecules);

  return g_test_run ();
}
