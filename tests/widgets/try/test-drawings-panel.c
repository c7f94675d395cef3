/* test-drawings-panel.c: draws, presses a key, and has a drawing of one's own. Needs a
 * display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "datasets/ds-open.h"
#include "io/io-lock.h"
#include "config.h"

#include <string.h>

#include "widgets/try/pz-draw-view.h"
#include "widgets/try/pz-drawing-tile.h"
#include "widgets/try/pz-drawings-gallery.h"
#include "widgets/try/pz-drawings-panel.h"
#include "widgets/try/pz-sketch-pad.h"
#include "widgets/view-util.h"

typedef struct
{
  char              *folder;
  PzProject         *project;
  PzDrawView        *view;
  PzSketch          *sketch;
  PzDrawingsPanel   *panel;
  PzDrawingsGallery *gallery;
  PzDrawings        *drawings;
  GtkWidget         *figures;
  GtkWindow         *window;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  GtkWidget *view = g_object_new (PZ_TYPE_DRAW_VIEW, NULL);
  GtkWidget *overlay = adw_toast_overlay_new ();

  f->folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  f->project = pz_project_new ();
  f->view = PZ_DRAW_VIEW (view);
  f->sketch = pz_draw_view_get_sketch (f->view);
  f->panel = find_child (view, PZ_TYPE_DRAWINGS_PANEL, NULL);
  f->gallery = find_child (view, PZ_TYPE_DRAWINGS_GALLERY, NULL);
  f->figures = find_child (view, GTK_TYPE_WIDGET, "figures");
  f->drawings = g_object_ref (pz_drawings_panel_get_drawings (f->panel));
  pz_drawings_open (f->drawings, f->folder);
  wait_until (!pz_drawings_get_busy (f->drawings));

  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), view);
  f->window = show_view (overlay, 900, 700);
  pz_project_widget_set_project (PZ_PROJECT_WIDGET (f->view), f->project);
  gtk_stack_set_visible_child_name (find_child (view, GTK_TYPE_STACK, "side_stack"), "mine");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  static const char *const names[] = { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", IO_LOCK_NAME };

  wait_until (!pz_drawings_get_busy (f->drawings));
  close_view (f->window, f->view);
  close_project (f->project);
  wait_until (G_OBJECT (f->drawings)->ref_count == 1);
  g_assert_finalize_object (f->drawings);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (f->folder, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
}

static guint
count_drawings (Fixture *f)
{
  return g_list_model_get_n_items (G_LIST_MODEL (f->drawings));
}

/* (transfer none) */
static PzDrawing *
get (Fixture *f,
     guint    i)
{
  g_autoptr(PzDrawing) drawing = g_list_model_get_item (G_LIST_MODEL (f->drawings), i);

  return drawing;
}

/* A line from one place to another. */
static void
draw (Fixture *f,
      float    x0,
      float    y0,
      float    x1,
      float    y1)
{
  pz_sketch_begin_stroke (f->sketch, x0, y0, 0.5f);
  pz_sketch_add_point (f->sketch, x1, y1, 0.5f);
  pz_sketch_end_stroke (f->sketch);
}

static const char *
get_figures (Fixture *f)
{
  GtkWidget *label = find_child (f->figures, GTK_TYPE_LABEL, NULL);

  return gtk_label_get_label (GTK_LABEL (label));
}

static void
test_keep (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  gsize column = 0;

  g_assert_nonnull (strstr (get_figures (f), "press its key"));

  /* Nothing on the pad, nothing kept. */
  press_key (f->view, GDK_KEY_7, 0);
  g_assert_cmpuint (count_drawings (f), ==, 0);

  draw (f, 0.5f, 0.2f, 0.5f, 0.8f);
  g_assert_true (press_key (f->view, GDK_KEY_7, 0));
  g_assert_cmpuint (count_drawings (f), ==, 1);
  g_assert_cmpuint (pz_drawing_get_label (get (f, 0)), ==, 7);
  g_assert_true (pz_sketch_get_empty (f->sketch));
  g_assert_cmpstr (get_figures (f), ==, "1 drawing");

  /* It is a bar of MNIST's kind: 20 high, in the middle. */
  for (gsize y = 0; y < 28; y++)
    column += pz_drawing_peek_image (get (f, 0))[y * 28 + 14] > 128;
  g_assert_cmpuint (column, >=, 18);
  g_assert_cmpuint (column, <=, 20);

  /* And it lies in the folder, for every reader of MNIST. */
  wait_until (!pz_drawings_get_busy (f->drawings));
  set = ds_open (f->folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (set->n_train, ==, 1);
  g_assert_cmpuint (mlp_samples_get_class (set->samples, 0), ==, 7);
  g_assert_cmpmem (mlp_samples_peek_bytes (set->samples, 0), 784, pz_drawing_peek_image (get (f, 0)), 784);
}

/* The buttons do what the keys do, while there is something on the pad. */
static void
test_buttons (Fixture      *f,
              gconstpointer data)
{
  GtkGrid *grid = find_child (GTK_WIDGET (f->panel), GTK_TYPE_GRID, "grid");
  GtkWidget *button = gtk_grid_get_child_at (grid, 2, 1);

  g_assert_false (gtk_widget_is_sensitive (button));
  draw (f, 0.5f, 0.2f, 0.5f, 0.8f);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (count_drawings (f), ==, 1);
  g_assert_cmpuint (pz_drawing_get_label (get (f, 0)), ==, 7);
  g_assert_false (gtk_widget_is_sensitive (button));
}

/* One step back: the drawing is on the pad again, and not in the set. */
static void
test_undo (Fixture      *f,
           gconstpointer data)
{
  gsize n;

  draw (f, 0.2f, 0.2f, 0.8f, 0.2f);
  draw (f, 0.8f, 0.2f, 0.5f, 0.8f);
  press_key (f->view, GDK_KEY_KP_7, 0);
  g_assert_cmpuint (count_drawings (f), ==, 1);
  g_assert_true (press_key (f->view, GDK_KEY_BackSpace, 0));
  g_assert_cmpuint (count_drawings (f), ==, 0);
  pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 4);

  /* The next one takes a stroke away, as ever. */
  g_assert_true (press_key (f->view, GDK_KEY_BackSpace, 0));
  pz_sketch_peek_points (f->sketch, &n);
  g_assert_cmpuint (n, ==, 2);

  /* Once another drawing has begun, the key is for its strokes. */
  press_key (f->view, GDK_KEY_1, 0);
  draw (f, 0.5f, 0.2f, 0.5f, 0.8f);
  g_assert_true (press_key (f->view, GDK_KEY_BackSpace, 0));
  g_assert_cmpuint (count_drawings (f), ==, 1);
  g_assert_true (pz_sketch_get_empty (f->sketch));
}

/* The button of the message does the same, once. */
static void
test_toast (Fixture      *f,
            gconstpointer data)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (f->view), ADW_TYPE_TOAST_OVERLAY);
  GtkWidget *toast, *button;

  draw (f, 0.5f, 0.2f, 0.5f, 0.8f);
  press_key (f->view, GDK_KEY_7, 0);
  toast = gtk_widget_get_last_child (overlay);
  g_assert_true (toast != GTK_WIDGET (f->view));
  g_assert_cmpstr (gtk_label_get_label (find_child (toast, GTK_TYPE_LABEL, NULL)), ==, "Kept as 7");
  button = find_child (toast, GTK_TYPE_BUTTON, NULL);
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (count_drawings (f), ==, 0);
  g_assert_false (pz_sketch_get_empty (f->sketch));
}

static void
test_gallery (Fixture      *f,
              gconstpointer data)
{
  GtkSelectionModel *selection = pz_drawings_gallery_get_selection (f->gallery);
  g_autoptr(PzDrawing) second = NULL;

  for (guint i = 0; i < 4; i++)
    {
      draw (f, 0.2f + 0.1f * (float) i, 0.2f, 0.5f, 0.8f);
      press_key (f->view, GDK_KEY_0 + i, 0);
    }

  /* The newest is the first. */
  g_assert_cmpuint (pz_drawing_get_label (get (f, 0)), ==, 3);
  second = g_object_ref (get (f, 1));

  /* Nothing is selected: nothing to remove. */
  g_assert_false (press_key (f->gallery, GDK_KEY_Delete, 0));
  gtk_selection_model_select_item (selection, 1, TRUE);
  g_assert_true (press_key (f->gallery, GDK_KEY_9, 0));
  g_assert_cmpuint (pz_drawing_get_label (second), ==, 9);
  g_assert_cmpuint (count_drawings (f), ==, 4);

  gtk_selection_model_select_item (selection, 3, FALSE);
  g_assert_true (press_key (f->gallery, GDK_KEY_Delete, 0));
  g_assert_cmpuint (count_drawings (f), ==, 2);
  g_assert_cmpuint (pz_drawing_get_label (get (f, 0)), ==, 3);
  g_assert_cmpuint (pz_drawing_get_label (get (f, 1)), ==, 1);
}

/* Says 1 to a bar that stands, and 0 to everything else. */
static MlpNet *
make_net (void)
{
  const MlpLayer layers[] = { { 10, MLP_SOFTMAX } };
  MlpNet *net = mlp_net_new (784, layers, 1, NULL);
  float *params = mlp_net_get_params (net);

  for (gsize i = 0; i < 28; i++)
    for (gsize j = 0; j < 28; j++)
      params[1 * 784 + i * 28 + j] = j >= 12 && j < 16 ? 0.2f : -0.2f;

  return net;
}

static void
test_figures (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(MlpNet) net = make_net ();
  GtkWidget *tile;

  for (guint i = 0; i < 4; i++)
    {
      draw (f, 0.5f, 0.2f + 0.01f * (float) i, 0.5f, 0.8f);
      press_key (f->view, i < 3 ? GDK_KEY_1 : GDK_KEY_7, 0);
    }

  open_net (f->project, net);
  wait_until (g_str_has_prefix (get_figures (f), "My drawings: "));

  /* Clopper and Pearson's interval of three in four: 0.1941 to 0.9937. */
  g_assert_cmpstr (get_figures (f), ==, "My drawings: 3 of 4, 75.0\302\240%\302\240(19\302\240to\302\24099\302\240%)");

  /* What is wrong says so in words and signs. */
  tile = find_child (GTK_WIDGET (f->gallery), PZ_TYPE_DRAWING_TILE, NULL);
  wait_until (pz_drawing_tile_get_drawing (PZ_DRAWING_TILE (tile)) != NULL);
  while (pz_drawing_tile_get_drawing (PZ_DRAWING_TILE (tile)) != get (f, 0))
    {
      tile = gtk_widget_get_next_sibling (gtk_widget_get_parent (tile));
      g_assert_nonnull (tile);
      tile = find_child (tile, PZ_TYPE_DRAWING_TILE, NULL);
    }
  assert_words (tile, GTK_ACCESSIBLE_PROPERTY_LABEL, "7, predicted as 1");
  g_assert_true (gtk_widget_has_css_class (tile, "wrong"));

  /* Named right, it is right. */
  pz_drawings_relabel (f->drawings, get (f, 0), 1);
  wait_until (strstr (get_figures (f), "4 of 4") != NULL);
  assert_words (tile, GTK_ACCESSIBLE_PROPERTY_LABEL, "1");
}

static void
test_train (Fixture      *f,
            gconstpointer data)
{
  GtkCheckButton *button = find_child (GTK_WIDGET (f->panel), GTK_TYPE_CHECK_BUTTON, "train_button");

  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (button)));
  draw (f, 0.5f, 0.2f, 0.5f, 0.8f);
  press_key (f->view, GDK_KEY_1, 0);
  g_assert_true (gtk_widget_is_sensitive (GTK_WIDGET (button)));

  gtk_check_button_set_active (button, TRUE);
  g_assert_cmpstr (pz_project_peek_recipe (f->project)->add, ==, f->folder);
  pz_project_undo (f->project);
  g_assert_null (pz_project_peek_recipe (f->project)->add);
  g_assert_false (gtk_check_button_get_active (button));
  pz_project_redo (f->project);
  g_assert_true (gtk_check_button_get_active (button));

  /* Without drawings there is nothing to train on. */
  press_key (f->view, GDK_KEY_BackSpace, 0);
  wait_until (!pz_drawings_get_busy (f->drawings));
  g_assert_null (pz_project_peek_recipe (f->project)->add);
  g_assert_false (gtk_widget_is_sensitive (GTK_WIDGET (button)));
}

/* A folder that cannot be read says so and what to do; once it can, drawings are kept again. */
static void
test_damaged (Fixture      *f,
              gconstpointer data)
{
  GtkLabel *label = find_child (GTK_WIDGET (f->panel), GTK_TYPE_LABEL, "error_label");
  g_autofree char *path = g_build_filename (f->folder, "train-labels-idx1-ubyte", NULL);

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_true (g_file_set_contents (path, "x", -1, NULL));
  pz_drawings_open (f->drawings, f->folder);
  wait_until (!pz_drawings_get_busy (f->drawings));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_nonnull (strstr (gtk_label_get_label (label), "train-"));
  g_assert_nonnull (strstr (gtk_label_get_label (label), "choose a readable folder"));

  g_assert_cmpint (g_unlink (path), ==, 0);
  pz_drawings_open (f->drawings, f->folder);
  wait_until (!pz_drawings_get_busy (f->drawings));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (label)));
  g_assert_true (pz_drawings_get_ready (f->drawings));
}

#define ADD(name, func) g_test_add ("/widgets/drawings-panel/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("keep", test_keep);
  ADD ("buttons", test_buttons);
  ADD ("undo", test_undo);
  ADD ("toast", test_toast);
  ADD ("gallery", test_gallery);
  ADD ("figures", test_figures);
  ADD ("train", test_train);
  ADD ("damaged", test_damaged);

  return g_test_run ();
}
