/* test-explanation-panel.c: needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "model/pz-task.h"
#include "widgets/try/pz-draw-view.h"
#include "widgets/try/pz-explanation-panel.h"
#include "widgets/try/pz-explanation-words.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject          *project;
  PzDrawView         *view;
  PzExplanationPanel *panel;
  PzExplainer        *explainer;
  GtkStack           *stack;
  GtkLabel           *attribution_label;
  GtkLabel           *counterfactual_label;
  GtkWindow          *window;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->view = open_panel (PZ_TYPE_DRAW_VIEW, 800, 600, &f->project, &f->window);
  f->stack = find_child (GTK_WIDGET (f->view), GTK_TYPE_STACK, "side_stack");
  f->panel = find_child (GTK_WIDGET (f->view), PZ_TYPE_EXPLANATION_PANEL, "explanation_panel");
  f->explainer = pz_explanation_panel_get_explainer (f->panel);
  f->attribution_label = find_child (GTK_WIDGET (f->view), GTK_TYPE_LABEL, "attribution_label");
  f->counterfactual_label = find_child (GTK_WIDGET (f->view), GTK_TYPE_LABEL, "counterfactual_label");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_view (f->window, f->view);
  wait_until (pz_task_count () == 0);
  close_project (f->project);
}

/* Class 1 is ink in the middle columns, 2 in the middle rows; through a hidden layer of
 * one unit each, and one that is against both.
 */
static MlpNet *
make_net (void)
{
  const MlpLayer layers[] = { { 3, MLP_RELU }, { 10, MLP_SOFTMAX } };
  MlpNet *net = mlp_net_new (784, layers, 2, NULL);
  float *W1 = mlp_net_get_params (net);
  float *W2 = W1 + mlp_net_get_weight_offset (net, 2);

  for (gsize i = 0; i < 28; i++)
    for (gsize j = 12; j < 16; j++)
      {
        W1[i * 28 + j] += 0.1f;
        W1[784 + j * 28 + i] += 0.1f;
      }
  W2[1 * 3 + 0] = 1.0f;
  W2[2 * 3 + 1] = 1.0f;

  return net;
}

/* A stroke from top to bottom. */
static void
draw (Fixture *f)
{
  PzSketch *sketch = pz_draw_view_get_sketch (f->view);

  pz_sketch_begin_stroke (sketch, 0.5f, 0.1f, 0.5f);
  pz_sketch_add_point (sketch, 0.5f, 0.9f, 0.5f);
  pz_sketch_end_stroke (sketch);
}

static void
test_project (void)
{
  check_project_property (g_object_new (PZ_TYPE_EXPLANATION_PANEL, NULL));
}

/* Only while somebody looks; what it says is what the explainer says. */
static void
test_shows (Fixture      *f,
            gconstpointer data)
{
  PzPredictor *predictor = pz_project_get_predictor (f->project);
  GtkWidget *attribution_area = find_child (GTK_WIDGET (f->view), GTK_TYPE_DRAWING_AREA, "attribution_area");
  GtkWidget *counterfactual_area = find_child (GTK_WIDGET (f->view), GTK_TYPE_DRAWING_AREA, "counterfactual_area");
  GtkWidget *units_area = find_child (GTK_WIDGET (f->view), GTK_TYPE_DRAWING_AREA, "units_area");
  g_autoptr(MlpNet) net = make_net ();
  const PzAttribution *attribution;
  const PzCounterfactual *counterfactual;
  g_autofree char *title = NULL;
  g_autofree char *change = NULL;

  open_net (f->project, net);
  draw (f);
  wait_until (pz_predictor_get_has_answer (predictor));
  g_assert_null (pz_explainer_peek_attribution (f->explainer));
  g_assert_cmpstr (gtk_label_get_label (f->attribution_label), ==, "No explanation yet");

  gtk_stack_set_visible_child_name (f->stack, "explanation");
  wait_until (pz_explainer_peek_counterfactual (f->explainer) != NULL);
  attribution = pz_explainer_peek_attribution (f->explainer);
  counterfactual = pz_explainer_peek_counterfactual (f->explainer);
  g_assert_cmpmem (attribution->frame, 784, pz_predictor_peek_frame (predictor), 784);
  g_assert_cmpuint (attribution->class, ==, 1);
  g_assert_cmpuint (counterfactual->class, ==, 2);
  g_assert_cmpint (counterfactual->outcome, ==, MLP_CHANGE_FOUND);

  title = g_strdup_printf ("Evidence for 1, %.0f %%", 100.0 * (double) attribution->probability);
  g_assert_cmpstr (gtk_label_get_label (f->attribution_label), ==, title);
  assert_words (attribution_area, GTK_ACCESSIBLE_PROPERTY_LABEL, title);
  gtk_test_accessible_assert_role (attribution_area, GTK_ACCESSIBLE_ROLE_IMG);
  change = g_strdup_printf ("Becomes 2, %.0f %%", 100.0 * (double) counterfactual->probability);
  g_assert_cmpstr (gtk_label_get_label (f->counterfactual_label), ==, change);
  assert_words (counterfactual_area, GTK_ACCESSIBLE_PROPERTY_LABEL, change);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (units_area), "Unit 0: "));

  /* Nobody looks any more. */
  gtk_stack_set_visible_child_name (f->stack, "answer");
  wait_until (pz_explainer_peek_attribution (f->explainer) == NULL);
  g_assert_cmpstr (gtk_label_get_label (f->attribution_label), ==, "No explanation yet");
}

static GtkToggleButton *
get_button (Fixture *f,
            int      class)
{
  GtkFlowBox *box = find_child (GTK_WIDGET (f->view), GTK_TYPE_FLOW_BOX, "box");
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (box, class);

  return GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (child));
}

/* A class by its button, or by its key; and none again. */
static void
test_classes (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(MlpNet) net = make_net ();

  open_net (f->project, net);
  draw (f);
  gtk_stack_set_visible_child_name (f->stack, "explanation");
  wait_until (pz_explainer_peek_counterfactual (f->explainer) != NULL);

  gtk_toggle_button_set_active (get_button (f, 2), TRUE);
  g_assert_cmpint (pz_explainer_get_class (f->explainer), ==, 2);
  wait_until (pz_explainer_peek_attribution (f->explainer)->class == 2);
  g_assert_true (g_str_has_prefix (gtk_label_get_label (f->attribution_label), "Evidence for 2, "));

  gtk_toggle_button_set_active (get_button (f, 1), TRUE);
  g_assert_false (gtk_toggle_button_get_active (get_button (f, 2)));
  wait_until (pz_explainer_peek_counterfactual (f->explainer)->outcome == MLP_CHANGE_NOT_NEEDED);
  g_assert_cmpstr (gtk_label_get_label (f->counterfactual_label), ==, "Already predicted as 1");

  g_assert_true (press_key (f->panel, GDK_KEY_7, 0));
  g_assert_cmpint (pz_explainer_get_class (f->explainer), ==, 7);
  g_assert_true (gtk_toggle_button_get_active (get_button (f, 7)));
  wait_until (pz_explainer_peek_counterfactual (f->explainer)->class == 7);

  /* Nothing speaks for it, and nothing can. */
  g_assert_cmpint (pz_explainer_peek_counterfactual (f->explainer)->outcome, ==, MLP_CHANGE_NOT_FOUND);
  g_assert_cmpstr (gtk_label_get_label (f->counterfactual_label), ==, "After 100 steps, no change to 7 was found");

  g_assert_true (press_key (f->panel, GDK_KEY_7, 0));
  g_assert_cmpint (pz_explainer_get_class (f->explainer), ==, -1);
  g_assert_false (gtk_toggle_button_get_active (get_button (f, 7)));
  wait_until (pz_explainer_peek_attribution (f->explainer)->class == 1);
}

/* Another network has other classes; one of the same newer weights keeps the choice. */
static void
test_nets (Fixture      *f,
           gconstpointer data)
{
  const MlpLayer layers[] = { { 3, MLP_SOFTMAX } };
  GtkFlowBox *box = find_child (GTK_WIDGET (f->view), GTK_TYPE_FLOW_BOX, "box");
  GtkWidget *units = find_child (GTK_WIDGET (f->view), GTK_TYPE_BOX, "units_box");
  g_autoptr(MlpNet) net = make_net ();
  g_autoptr(MlpNet) linear = mlp_net_new (784, layers, 1, NULL);

  gtk_stack_set_visible_child_name (f->stack, "explanation");
  g_assert_null (gtk_flow_box_get_child_at_index (box, 0));
  open_net (f->project, net);
  draw (f);
  wait_until (pz_explainer_peek_counterfactual (f->explainer) != NULL);
  press_key (f->panel, GDK_KEY_2, 0);
  open_net (f->project, net);
  g_assert_cmpint (pz_explainer_get_class (f->explainer), ==, 2);
  g_assert_true (gtk_widget_get_visible (units));

  open_net (f->project, linear);
  g_assert_cmpint (pz_explainer_get_class (f->explainer), ==, -1);
  g_assert_nonnull (gtk_flow_box_get_child_at_index (box, 2));
  g_assert_null (gtk_flow_box_get_child_at_index (box, 3));
  wait_until (pz_explainer_peek_attribution (f->explainer) != NULL &&
              pz_explainer_peek_attribution (f->explainer)->n_units == 0);
  g_assert_false (gtk_widget_get_visible (units));
  press_key (f->panel, GDK_KEY_7, 0);
  g_assert_cmpint (pz_explainer_get_class (f->explainer), ==, -1);
}

static void
test_words (void)
{
  float values[INK_FRAME_SIZE] = { 0.0f };
  PzCounterfactual counterfactual = { .outcome = MLP_CHANGE_FOUND };
  g_autofree char *nothing = pz_explanation_words_describe_places (values);
  g_autofree char *more = NULL;
  g_autofree char *less = NULL;
  g_autofree char *both = NULL;
  g_autofree char *change = NULL;

  g_assert_cmpstr (nothing, ==, "No pixel is evidence for or against it");
  values[0] = 1.0f;
  more = pz_explanation_words_describe_places (values);
  g_assert_cmpstr (more, ==, "Strongest evidence for it at the top left");
  values[28 * 14 + 14] = -2.0f;
  both = pz_explanation_words_describe_places (values);
  g_assert_cmpstr (both, ==, "Strongest evidence for it at the top left, against it in the middle");
  values[0] = 0.0f;
  values[28 * 14 + 14] = 0.0f;
  values[783] = -1.0f;
  less = pz_explanation_words_describe_places (values);
  g_assert_cmpstr (less, ==, "Strongest evidence against it at the bottom right");

  counterfactual.change[3] = 0.5f;
  counterfactual.change[4] = -0.5f;
  counterfactual.change[5] = -1.0f;
  counterfactual.change[6] = 0.01f;
  change = pz_explanation_words_describe_counterfactual (&counterfactual);
  g_assert_cmpstr (change, ==, "1 pixel to add, 2 to remove");
}

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add_func ("/widgets/explanation-panel/project", test_project);
  g_test_add ("/widgets/explanation-panel/shows", Fixture, NULL, set_up, test_shows, tear_down);
  g_test_add ("/widgets/explanation-panel/classes", Fixture, NULL, set_up, test_classes, tear_down);
  g_test_add ("/widgets/explanation-panel/nets", Fixture, NULL, set_up, test_nets, tear_down);
  g_test_add_func ("/widgets/explanation-panel/words", test_words);

  return g_test_run ();
}
