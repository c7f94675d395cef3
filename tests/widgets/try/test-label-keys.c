/* test-label-keys.c: what the buttons are called, count and do. Needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "io/io-lock.h"
#include "widgets/try/pz-label-keys.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject     *project;
  PzLabelKeys   *keys;
  GtkWindow     *window;
  GSimpleAction *keep;
  guint          kept;          /* the label; G_MAXUINT: none */
} Fixture;

static void
on_keep (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  *(guint *) user_data = g_variant_get_uint32 (parameter);
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();

  f->keys = open_panel (PZ_TYPE_LABEL_KEYS, 400, 200, &f->project, &f->window);
  f->keep = g_simple_action_new ("keep", G_VARIANT_TYPE_UINT32);
  f->kept = G_MAXUINT;
  g_signal_connect (f->keep, "activate", G_CALLBACK (on_keep), &f->kept);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (f->keep));
  gtk_widget_insert_action_group (GTK_WIDGET (f->window), "drawings", G_ACTION_GROUP (group));
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->keys, f->window, f->project);
  g_object_unref (f->keep);
}

/* (transfer none) */
static GtkWidget *
get_key (Fixture *f,
         int      i)
{
  GtkGrid *grid = find_child (GTK_WIDGET (f->keys), GTK_TYPE_GRID, "grid");

  return gtk_grid_get_child_at (grid, i % 5, i / 5);
}

/* A button does the action with its label, and is as sensitive as the action. */
static void
test_action (Fixture      *f,
             gconstpointer data)
{
  g_signal_emit_by_name (get_key (f, 7), "clicked");
  g_assert_cmpuint (f->kept, ==, 7);
  g_signal_emit_by_name (get_key (f, 0), "clicked");
  g_assert_cmpuint (f->kept, ==, 0);

  g_assert_true (gtk_widget_is_sensitive (get_key (f, 3)));
  g_simple_action_set_enabled (f->keep, FALSE);
  g_assert_false (gtk_widget_is_sensitive (get_key (f, 3)));
}

/* As many keys as the network has classes, ten at most; told once for each change. */
static void
test_classes (Fixture      *f,
              gconstpointer data)
{
  const MlpLayer few[] = { { 3, MLP_SOFTMAX } };
  const MlpLayer many[] = { { 26, MLP_SOFTMAX } };
  g_autoptr(MlpNet) small = mlp_net_new (784, few, 1, NULL);
  g_autoptr(MlpNet) large = mlp_net_new (784, many, 1, NULL);
  guint n = 0;

  g_signal_connect_swapped (f->keys, "notify::n-keys", G_CALLBACK (count_call), &n);
  g_assert_cmpuint (pz_label_keys_get_n_keys (f->keys), ==, 10);
  g_assert_true (gtk_widget_get_visible (get_key (f, 9)));

  open_net (f->project, small);
  g_assert_cmpuint (pz_label_keys_get_n_keys (f->keys), ==, 3);
  g_assert_cmpuint (n, ==, 1);
  g_assert_true (gtk_widget_get_visible (get_key (f, 2)));
  g_assert_false (gtk_widget_get_visible (get_key (f, 3)));

  open_net (f->project, large);
  g_assert_cmpuint (pz_label_keys_get_n_keys (f->keys), ==, 10);
  g_assert_cmpuint (n, ==, 2);

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (f->keys), NULL);
  g_assert_cmpuint (n, ==, 2);
}

/* A class that has a name says it beside its number. */
static void
test_names (Fixture      *f,
            gconstpointer data)
{
  static const char *const names[] = { "0", "Trouser", "", NULL };
  static const char *const expected[] = { "0", "1, Trouser", "2", "3" };
  const MlpLayer layers[] = { { 3, MLP_SOFTMAX } };
  g_autoptr(MlpNet) net = mlp_net_new (784, layers, 1, NULL);

  open_named_net (f->project, net, names);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *name = pz_label_keys_dup_name (f->keys, i);

      g_assert_cmpstr (name, ==, expected[i]);
    }
  assert_words (get_key (f, 1), GTK_ACCESSIBLE_PROPERTY_LABEL, "Keep as 1, Trouser (key 1); there are 0");
}

static void
test_counts (Fixture      *f,
             gconstpointer data)
{
  static const char *const files[] = { "train-images-idx3-ubyte", "train-labels-idx1-ubyte", IO_LOCK_NAME };
  const guint8 picture[784] = { 0 };
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autoptr(PzDrawings) drawings = pz_drawings_new ();
  g_autoptr(PzDrawing) moved = NULL;

  pz_drawings_open (drawings, folder);
  wait_until (pz_drawings_get_ready (drawings));
  pz_label_keys_set_drawings (f->keys, drawings);
  assert_words (get_key (f, 4), GTK_ACCESSIBLE_PROPERTY_LABEL, "Keep as 4 (key 4); there are 0");

  for (guint i = 0; i < 3; i++)
    {
      g_autoptr(PzDrawing) drawing = pz_drawing_new (picture, i < 2 ? 4 : 5);

      g_set_object (&moved, drawing);
      g_assert_true (pz_drawings_insert (drawings, drawing, 0));
    }
  assert_words (get_key (f, 4), GTK_ACCESSIBLE_PROPERTY_LABEL, "Keep as 4 (key 4); there are 2");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (get_key (f, 5)), ==, "Keep as 5 (key 5); there is 1");

  pz_drawings_relabel (drawings, moved, 4);
  wait_until (!pz_drawings_get_busy (drawings));
  assert_words (get_key (f, 4), GTK_ACCESSIBLE_PROPERTY_LABEL, "Keep as 4 (key 4); there are 3");
  g_assert_cmpstr (gtk_widget_get_tooltip_text (get_key (f, 5)), ==, "Keep as 5 (key 5); there are 0");

  pz_label_keys_set_drawings (f->keys, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (folder, files[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

#define ADD(name, func) g_test_add ("/widgets/label-keys/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  ADD ("action", test_action);
  ADD ("classes", test_classes);
  ADD ("names", test_names);
  ADD ("counts", test_counts);

  return g_test_run ();
}
