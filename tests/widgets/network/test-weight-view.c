/* test-weight-view.c: needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "draw/draw-axes.h"
#include "draw/draw-number.h"
#include "widgets/network/pz-shown-weights.h"
#include "widgets/network/pz-weight-plot.h"
#include "widgets/network/pz-weight-view.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject    *project;
  PzWeightView *view;
  PzWeightPlot *plot;
  GtkStack     *stack;
  GtkDropDown  *layers;
  GtkWindow    *window;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->view = open_panel (PZ_TYPE_WEIGHT_VIEW, 800, 600, &f->project, &f->window);
  f->plot = find_child (GTK_WIDGET (f->view), PZ_TYPE_WEIGHT_PLOT, "plot");
  f->stack = find_child (GTK_WIDGET (f->view), GTK_TYPE_STACK, "stack");
  f->layers = find_child (GTK_WIDGET (f->view), GTK_TYPE_DROP_DOWN, "layer_drop_down");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->view, f->window, f->project);
}

/* Weight i of the network is i / 1000, and every third is negative: no two are the
 * same.
 */
static MlpNet *
make_net (gsize n_inputs,
          gsize n_hidden)
{
  const MlpLayer layers[] = { { n_hidden, MLP_RELU }, { 10, MLP_SOFTMAX } };
  MlpNet *net = mlp_net_new (n_inputs, layers, 2, NULL);
  float *params = mlp_net_get_params (net);

  for (gsize i = 0; i < mlp_net_get_n_params (net); i++)
    params[i] = (i % 3 == 0 ? -1.0f : 1.0f) * (float) i / 1000.0f;

  return net;
}

static void
open_and_draw (Fixture *f,
               gsize    n_inputs,
               gsize    n_hidden)
{
  g_autoptr(MlpNet) net = make_net (n_inputs, n_hidden);

  open_net (f->project, net);
  wait_until (gtk_widget_get_width (GTK_WIDGET (f->plot)) > 0);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->plot));
}

static const char *
hover (Fixture *f,
       double   x,
       double   y)
{
  g_signal_emit_by_name (find_controller (f->plot, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0), "motion", x, y);

  return pz_weight_plot_get_readout (f->plot);
}

static void
test_project (void)
{
  check_project_property (g_object_new (PZ_TYPE_WEIGHT_VIEW, NULL));
}

static void
test_empty (Fixture      *f,
            gconstpointer data)
{
  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->stack), ==, "empty");
  open_and_draw (f, 784, 12);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->stack), ==, "weights");
  gtk_test_accessible_assert_role (f->plot, GTK_ACCESSIBLE_ROLE_IMG);
  pz_project_widget_set_project (PZ_PROJECT_WIDGET (f->view), NULL);
  g_assert_cmpstr (gtk_stack_get_visible_child_name (f->stack), ==, "empty");
}

static void
check_layers (Fixture    *f,
              const char *first,
              const char *second)
{
  GListModel *names = gtk_drop_down_get_model (f->layers);

  g_assert_cmpuint (g_list_model_get_n_items (names), ==, 2);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (names), 0), ==, first);
  g_assert_cmpstr (gtk_string_list_get_string (GTK_STRING_LIST (names), 1), ==, second);
}

/* The list follows the network; the choice stays. */
static void
test_layers (Fixture      *f,
             gconstpointer data)
{
  guint layer;

  open_and_draw (f, 784, 12);
  check_layers (f, "Layer 1: 784 → 12", "Output: 12 → 10");
  wait_until (has_words (f->plot, GTK_ACCESSIBLE_PROPERTY_LABEL, "Weights of layer 1"));

  gtk_drop_down_set_selected (f->layers, 1);
  g_object_get (f->plot, "layer", &layer, NULL);
  g_assert_cmpuint (layer, ==, 2);
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_LABEL, "Weights of layer 2");

  open_and_draw (f, 784, 20);
  check_layers (f, "Layer 1: 784 → 20", "Output: 20 → 10");
  g_object_get (f->plot, "layer", &layer, NULL);
  g_assert_cmpuint (layer, ==, 2);
  g_assert_cmpuint (gtk_drop_down_get_selected (f->layers), ==, 1);

  {
    const MlpLayer linear = { 10, MLP_SOFTMAX };
    g_autoptr(MlpNet) net = mlp_net_new (784, &linear, 1, NULL);

    open_net (f->project, net);
    g_assert_cmpuint (g_list_model_get_n_items (gtk_drop_down_get_model (f->layers)), ==, 1);
    g_assert_cmpuint (gtk_drop_down_get_selected (f->layers), ==, 0);
    g_object_get (f->plot, "layer", &layer, NULL);
    g_assert_cmpuint (layer, ==, 1);
  }
}

/* The whole numbers of a readout: unit, then input or pixel. */
static guint
read_numbers (const char *text,
              guint       numbers[3])
{
  guint n = 0;

  while (n < 3 && *text != '\0' && *text != ':')
    if (g_ascii_isdigit (*text))
      numbers[n++] = (guint) g_ascii_strtoull (text, (char **) &text, 10);
    else
      text++;

  return n;
}

/* Whatever the mouse is over, the readout is that weight of the network. */
static guint
check_readouts (Fixture    *f,
                guint       layer,
                const char *word,
                guint       n_numbers)
{
  const MlpNet *net = pz_project_peek_net (f->project);
  const float *weights = mlp_net_peek_weights (net, layer);
  gsize n_inputs = mlp_net_get_width (net, layer - 1);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (double y = 5.0; y < 500.0; y += 21.0)
    for (double x = 5.0; x < 780.0; x += 17.0)
      {
        const char *readout = hover (f, x, y);
        g_autofree char *value = NULL;
        guint at[3] = { 0 };
        const char *colon;

        if (*readout == '\0')
          continue;

        g_assert_nonnull (strstr (readout, word));
        g_assert_cmpuint (read_numbers (readout, at), ==, n_numbers);

        colon = strrchr (readout, ':');
        g_assert_nonnull (colon);
        value = draw_number_format ((double) weights[at[0] * n_inputs + at[1] + 28 * at[2]], 3);
        g_assert_cmpstr (colon + 2, ==, value);
        g_hash_table_add (seen, GUINT_TO_POINTER (at[0]));
      }

  return g_hash_table_size (seen);
}

static void
test_readout (Fixture      *f,
              gconstpointer data)
{
  GtkLabel *label = find_child (GTK_WIDGET (f->view), GTK_TYPE_LABEL, "readout_label");
  guint from[3], to[3];

  open_and_draw (f, 784, 12);
  g_assert_cmpuint (check_readouts (f, 1, ", pixel ", 3), ==, 12);

  /* Right is right, and down is down. */
  read_numbers (hover (f, 30.0, 30.0), from);
  read_numbers (hover (f, 60.0, 50.0), to);
  g_assert_cmpuint (from[0], ==, 0);
  g_assert_cmpuint (to[0], ==, 0);
  g_assert_cmpuint (to[2], >, from[2]);
  g_assert_cmpuint (to[1] - from[1], >, to[2] - from[2]);
  g_assert_cmpstr (gtk_label_get_label (label), ==, pz_weight_plot_get_readout (f->plot));

  g_signal_emit_by_name (find_controller (f->plot, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0), "leave");
  g_assert_cmpstr (gtk_label_get_label (label), ==, "");

  gtk_drop_down_set_selected (f->layers, 1);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (f->plot));
  g_assert_cmpuint (check_readouts (f, 2, ", from unit ", 2), ==, 10);
}

/* Inputs that are no picture. */
static void
test_matrix (Fixture      *f,
             gconstpointer data)
{
  open_and_draw (f, 9, 5);
  g_assert_cmpuint (check_readouts (f, 1, ", input ", 2), ==, 5);
  g_signal_emit_by_name (find_controller (f->plot, GTK_TYPE_EVENT_CONTROLLER_MOTION, 0), "leave");
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "5 units with 9 weights each; the largest magnitude is 0.0440");
}

static void
test_keys (Fixture      *f,
           gconstpointer data)
{
  GtkAdjustment *adjustment;
  guint below[3], there[3];

  open_and_draw (f, 784, 500);
  g_object_get (f->plot, "vadjustment", &adjustment, NULL);
  g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, gtk_adjustment_get_page_size (adjustment));
  assert_close (gtk_adjustment_get_value (adjustment), 0.0, 0.0);

  g_assert_false (press_key (f->plot, GDK_KEY_Escape, 0));
  g_assert_true (press_key (f->plot, GDK_KEY_Right, 0));
  g_assert_cmpstr (pz_weight_plot_get_readout (f->plot), ==, "Unit 0: weights −0.783 to 0.782, bias 392");
  assert_words (f->plot, GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, pz_weight_plot_get_readout (f->plot));

  /* There is nothing before the first. */
  g_assert_true (press_key (f->plot, GDK_KEY_Left, 0));
  g_assert_true (g_str_has_prefix (pz_weight_plot_get_readout (f->plot), "Unit 0:"));
  press_key (f->plot, GDK_KEY_Right, 0);
  g_assert_true (g_str_has_prefix (pz_weight_plot_get_readout (f->plot), "Unit 1:"));

  /* Down is the unit below: what the mouse finds there. */
  press_key (f->plot, GDK_KEY_Home, 0);
  press_key (f->plot, GDK_KEY_Down, 0);
  read_numbers (pz_weight_plot_get_readout (f->plot), below);
  read_numbers (hover (f, 30.0, 90.0), there);
  g_assert_cmpuint (below[0], ==, there[0]);
  g_assert_cmpuint (below[0], >, 1);

  /* The last one is scrolled into sight. */
  press_key (f->plot, GDK_KEY_End, 0);
  g_assert_true (g_str_has_prefix (pz_weight_plot_get_readout (f->plot), "Unit 499:"));
  assert_close (gtk_adjustment_get_value (adjustment),
                gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_page_size (adjustment), 0.02);
  g_assert_true (press_key (f->plot, GDK_KEY_Escape, 0));
  g_assert_cmpstr (pz_weight_plot_get_readout (f->plot), ==, "");

  /* Scrolled, the mouse finds what is in sight there. */
  check_readouts (f, 1, ", pixel ", 3);
  read_numbers (hover (f, 30.0, gtk_widget_get_height (GTK_WIDGET (f->plot)) - 30.0), there);
  g_assert_cmpuint (there[0], ==, 499 - 499 % below[0]);
  g_object_unref (adjustment);
}

/* A unit that is gone is selected no more. */
static void
test_smaller (Fixture      *f,
              gconstpointer data)
{
  open_and_draw (f, 784, 40);
  press_key (f->plot, GDK_KEY_Home, 0);
  press_key (f->plot, GDK_KEY_End, 0);
  g_assert_true (g_str_has_prefix (pz_weight_plot_get_readout (f->plot), "Unit 39:"));
  open_and_draw (f, 784, 4);
  wait_until (*pz_weight_plot_get_readout (f->plot) == '\0');
}

/* Inputs that are no pixels are features, however many. */
static void
test_features (Fixture      *f,
               gconstpointer data)
{
  const DsTask task = { (char *) "composition", (char *) "gap", MOL_UNIT_EV, FALSE };
  const gsize n_inputs[] = { 5, 25, 365, 1500, 784 };

  for (gsize i = 0; i < G_N_ELEMENTS (n_inputs); i++)
    {
      g_autoptr(MlpNet) net = make_net (n_inputs[i], 12);
      g_autofree char *words = g_strdup_printf ("12 units with %" G_GSIZE_FORMAT " weights each; the largest magnitude is ",
                                                n_inputs[i]);
      g_autofree char *weight = NULL;
      g_autofree char *all = NULL;
      g_autofree char *other = NULL;
      PzShownWeights shown;

      open_net_of (f->project, net, &task);
      wait_until (gtk_widget_get_width (GTK_WIDGET (f->plot)) > 0);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (f->plot));

      g_assert_true (pz_shown_weights_init (&shown, f->project, 1));
      g_assert_cmpuint (shown.n_inputs, ==, n_inputs[i]);
      if (n_inputs[i] == 784)
        continue;

      weight = pz_shown_weights_describe_weight (&shown, 11, 4);
      all = pz_shown_weights_describe (&shown);
      g_assert_true (g_str_has_prefix (weight, "Unit 11, feature 4: "));
      g_assert_true (g_str_has_prefix (all, words));
      g_assert_true (pz_shown_weights_init (&shown, f->project, 2));
      other = pz_shown_weights_describe_weight (&shown, 0, 4);
      g_assert_true (g_str_has_prefix (other, "Unit 0, from unit 4: "));
    }
}

/* From a layer that scrolls to one that does not and back, and from a network to
 * another: the scrollbar comes and goes. GTK warns where that comes too late for the
 * picture, and a warning ends the test.
 */
static void
test_scrollbar (Fixture      *f,
                gconstpointer data)
{
  GtkAdjustment *adjustment;

  open_and_draw (f, 784, 500);
  g_object_get (f->plot, "vadjustment", &adjustment, NULL);

  for (int i = 0; i < 3; i++)
    {
      g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), >, gtk_adjustment_get_page_size (adjustment));
      gtk_drop_down_set_selected (f->layers, 1);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (f->plot));
      g_assert_cmpfloat (gtk_adjustment_get_upper (adjustment), ==, gtk_adjustment_get_page_size (adjustment));
      gtk_drop_down_set_selected (f->layers, 0);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (f->plot));
    }

  open_and_draw (f, 784, 4);
  wait_until (gtk_adjustment_get_upper (adjustment) == gtk_adjustment_get_page_size (adjustment));
  open_and_draw (f, 784, 500);
  wait_until (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment));
  g_object_unref (adjustment);
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/widgets/weight-view/project", test_project);
  g_test_add ("/widgets/weight-view/empty", Fixture, NULL, set_up, test_empty, tear_down);
  g_test_add ("/widgets/weight-view/layers", Fixture, NULL, set_up, test_layers, tear_down);
  g_test_add ("/widgets/weight-view/readout", Fixture, NULL, set_up, test_readout, tear_down);
  g_test_add ("/widgets/weight-view/matrix", Fixture, NULL, set_up, test_matrix, tear_down);
  g_test_add ("/widgets/weight-view/features", Fixture, NULL, set_up, test_features, tear_down);
  g_test_add ("/widgets/weight-view/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/widgets/weight-view/smaller", Fixture, NULL, set_up, test_smaller, tear_down);
  g_test_add ("/widgets/weight-view/scrollbar", Fixture, NULL, set_up, test_scrollbar, tear_down);

  return g_test_run ();
}
