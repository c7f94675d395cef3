/* test-wrap-layout.c: where the children stand, by the width. Needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widget-util.h"
#include "widgets/try/pz-wrap-layout.h"

#define CHILD_WIDTH  40
#define CHILD_HEIGHT 50
#define MAX_WIDTH    100
#define SPACING      4

/* (transfer full): a box of @n children, the second one smaller than the others */
static GtkWidget *
make_box (int n)
{
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));

  gtk_widget_set_layout_manager (box, g_object_new (PZ_TYPE_WRAP_LAYOUT,
                                                    "max-child-width", MAX_WIDTH,
                                                    "row-spacing", SPACING,
                                                    NULL));
  for (int i = 0; i < n; i++)
    {
      GtkWidget *child = gtk_drawing_area_new ();

      gtk_widget_set_size_request (child, i == 1 ? CHILD_WIDTH / 2 : CHILD_WIDTH, i == 1 ? CHILD_HEIGHT / 2 : CHILD_HEIGHT);
      gtk_box_append (GTK_BOX (box), child);
    }

  return box;
}

/* (transfer none) */
static GtkWidget *
get_nth (GtkWidget *box,
         int        i)
{
  GtkWidget *child = gtk_widget_get_first_child (box);

  while (i-- > 0)
    child = gtk_widget_get_next_sibling (child);

  return child;
}

/* The box gets the height that it asks for at @width. */
static int
allocate (GtkWidget *box,
          int        width)
{
  int minimum, natural;

  gtk_widget_measure (box, GTK_ORIENTATION_VERTICAL, width, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, natural);
  gtk_widget_allocate (box, width, minimum, -1, NULL);

  return minimum;
}

static void
assert_place (GtkWidget *box,
              int        i,
              int        x,
              int        y,
              int        width,
              int        height)
{
  GtkAllocation place;

  gtk_widget_get_allocation (get_nth (box, i), &place);
  g_assert_cmpint (place.x, ==, x);
  g_assert_cmpint (place.y, ==, y);
  g_assert_cmpint (place.width, ==, width);
  g_assert_cmpint (place.height, ==, height);
}

static void
test_widths (void)
{
  g_autoptr(GtkWidget) box = make_box (5);
  int minimum, natural;

  g_assert_cmpint (gtk_widget_get_request_mode (box), ==, GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 2 * CHILD_WIDTH);
  g_assert_cmpint (natural, ==, 5 * MAX_WIDTH);

  /* One row, at the least width, wider, and no wider than the most. */
  g_assert_cmpint (allocate (box, 200), ==, 50);
  assert_place (box, 0, 0, 0, 40, 50);
  assert_place (box, 1, 40, 0, 40, 50);
  assert_place (box, 4, 160, 0, 40, 50);
  g_assert_cmpint (allocate (box, 300), ==, 70);
  assert_place (box, 4, 240, 0, 60, 70);
  g_assert_cmpint (allocate (box, 700), ==, 110);
  assert_place (box, 0, 100, 0, 100, 110);
  assert_place (box, 4, 500, 0, 100, 110);

  /* Two rows: 3 + 2 */
  g_assert_cmpint (allocate (box, 199), ==, 2 * 76 + SPACING);
  assert_place (box, 2, 132, 0, 66, 76);
  assert_place (box, 3, 0, 80, 66, 76);
  g_assert_cmpint (allocate (box, 120), ==, 2 * 50 + SPACING);

  /* Three: 2 + 2 + 1 */
  g_assert_cmpint (allocate (box, 119), ==, 3 * 69 + 2 * SPACING);
  assert_place (box, 1, 59, 0, 59, 69);
  assert_place (box, 4, 0, 2 * 73, 59, 69);
  g_assert_cmpint (allocate (box, 80), ==, 3 * 50 + 2 * SPACING);
}

static void
test_direction (void)
{
  g_autoptr(GtkWidget) box = make_box (5);

  gtk_widget_set_direction (box, GTK_TEXT_DIR_RTL);
  allocate (box, 120);
  assert_place (box, 0, 80, 0, 40, 50);
  assert_place (box, 2, 0, 0, 40, 50);
  assert_place (box, 3, 80, 54, 40, 50);
}

/* What is hidden takes no room; nothing at all is no trouble. */
static void
test_hidden (void)
{
  g_autoptr(GtkWidget) box = make_box (3);
  g_autoptr(GtkWidget) empty = make_box (0);
  int minimum, natural;

  gtk_widget_set_visible (get_nth (box, 1), FALSE);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 2 * MAX_WIDTH);
  g_assert_cmpint (allocate (box, 100), ==, 60);
  assert_place (box, 2, 50, 0, 50, 60);

  gtk_widget_measure (empty, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 0);
  g_assert_cmpint (natural, ==, 0);
  g_assert_cmpint (allocate (empty, 100), ==, 0);
}

/* A property that changes asks for another layout. */
static void
test_properties (void)
{
  g_autoptr(GtkWidget) box = make_box (5);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (box);
  int most, spacing, minimum, natural;

  g_object_set (layout, "max-child-width", 50, "row-spacing", 10, NULL);
  g_object_get (layout, "max-child-width", &most, "row-spacing", &spacing, NULL);
  g_assert_cmpint (most, ==, 50);
  g_assert_cmpint (spacing, ==, 10);
  gtk_widget_measure (box, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (natural, ==, 5 * 50);
  g_assert_cmpint (allocate (box, 120), ==, 2 * 50 + 10);
}

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  g_test_add_func ("/widgets/wrap-layout/widths", test_widths);
  g_test_add_func ("/widgets/wrap-layout/direction", test_direction);
  g_test_add_func ("/widgets/wrap-layout/hidden", test_hidden);
  g_test_add_func ("/widgets/wrap-layout/properties", test_properties);

  return g_test_run ();
}
