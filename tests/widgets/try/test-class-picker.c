/* test-class-picker.c: one button active, or none. Needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/try/pz-class-picker.h"
#include "widgets/view-util.h"

typedef struct
{
  PzClassPicker *picker;
  GtkFlowBox    *box;
  GtkWindow     *window;
  guint          n_notified;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  static const char *const names[] = { "0", "1", "2", NULL };

  f->picker = g_object_new (PZ_TYPE_CLASS_PICKER, NULL);
  f->box = find_child (GTK_WIDGET (f->picker), GTK_TYPE_FLOW_BOX, "box");
  f->window = show_view (GTK_WIDGET (f->picker), 400, 100);
  g_signal_connect_swapped (f->picker, "notify::selected", G_CALLBACK (count_call), &f->n_notified);
  pz_class_picker_set_names (f->picker, names);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_view (f->window, f->picker);
}

/* (transfer none) (nullable) */
static GtkToggleButton *
get_button (Fixture *f,
            int      i)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (f->box, i);

  return child != NULL ? GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (child)) : NULL;
}

/* It is @selected, the buttons say so, and it was told @n_notified times. */
static void
assert_selected (Fixture *f,
                 int      selected,
                 guint    n_notified)
{
  gint64 got;

  g_object_get (f->picker, "selected", &got, NULL);
  g_assert_cmpint (got, ==, selected);
  g_assert_cmpint (pz_class_picker_get_selected (f->picker), ==, selected);
  for (int i = 0; get_button (f, i) != NULL; i++)
    g_assert_cmpint (gtk_toggle_button_get_active (get_button (f, i)), ==, i == selected);
  g_assert_cmpuint (f->n_notified, ==, n_notified);
}

static void
test_buttons (Fixture      *f,
              gconstpointer data)
{
  assert_selected (f, -1, 0);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (get_button (f, 2))), ==, "2");
  g_assert_null (get_button (f, 3));

  gtk_toggle_button_set_active (get_button (f, 1), TRUE);
  assert_selected (f, 1, 1);
  gtk_toggle_button_set_active (get_button (f, 2), TRUE);
  assert_selected (f, 2, 2);
  gtk_toggle_button_set_active (get_button (f, 2), FALSE);
  assert_selected (f, -1, 3);

  g_object_set (f->picker, "selected", (gint64) 0, NULL);
  assert_selected (f, 0, 4);
}

static void
test_toggle (Fixture      *f,
             gconstpointer data)
{
  g_assert_true (pz_class_picker_toggle (f->picker, 2));
  assert_selected (f, 2, 1);
  g_assert_false (pz_class_picker_toggle (f->picker, 3));
  assert_selected (f, 2, 1);
  g_assert_true (pz_class_picker_toggle (f->picker, 0));
  assert_selected (f, 0, 2);
  g_assert_true (pz_class_picker_toggle (f->picker, 0));
  assert_selected (f, -1, 3);
}

/* The same names keep the buttons and the choice, others do not. */
static void
test_names (Fixture      *f,
            gconstpointer data)
{
  static const char *const same[] = { "0", "1", "2", NULL };
  static const char *const fewer[] = { "0", "1", NULL };
  static const char *const others[] = { "Trouser", "Coat", NULL };
  static const char *const none[] = { NULL };
  GtkToggleButton *button = get_button (f, 1);

  g_assert_cmpuint (gtk_flow_box_get_min_children_per_line (f->box), ==, 3);
  pz_class_picker_set_selected (f->picker, 1);
  pz_class_picker_set_names (f->picker, same);
  g_assert_true (get_button (f, 1) == button);
  assert_selected (f, 1, 1);

  pz_class_picker_set_names (f->picker, fewer);
  g_assert_nonnull (get_button (f, 1));
  g_assert_null (get_button (f, 2));
  assert_selected (f, -1, 2);

  /* Words need more room than digits. */
  pz_class_picker_set_selected (f->picker, 1);
  pz_class_picker_set_names (f->picker, others);
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (get_button (f, 1))), ==, "Coat");
  g_assert_cmpuint (gtk_flow_box_get_min_children_per_line (f->box), ==, 1);
  assert_selected (f, -1, 4);

  pz_class_picker_set_names (f->picker, none);
  g_assert_null (get_button (f, 0));
  assert_selected (f, -1, 4);
}

#define ADD(name, func) g_test_add ("/widgets/class-picker/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  ADD ("buttons", test_buttons);
  ADD ("toggle", test_toggle);
  ADD ("names", test_names);

  return g_test_run ();
}
