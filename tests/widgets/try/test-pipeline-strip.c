/* test-pipeline-strip.c: the steps to the network, shown and left out. Needs a display.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/sketch-util.h"
#include "widgets/try/pz-draw-view.h"
#include "widgets/try/pz-pipeline-strip.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject       *project;
  PzDrawView      *view;
  PzPipelineStrip *strip;
  PzPredictor     *predictor;
  PzSketch        *sketch;
  GtkWindow       *window;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->view = open_panel (PZ_TYPE_DRAW_VIEW, 800, 600, &f->project, &f->window);
  f->strip = find_child (GTK_WIDGET (f->view), PZ_TYPE_PIPELINE_STRIP, "strip");
  f->sketch = pz_draw_view_get_sketch (f->view);
  f->predictor = pz_project_get_predictor (f->project);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->view, f->window, f->project);
}

/* (transfer none): the button of the step, by its caption */
static GtkToggleButton *
find_step (GtkWidget  *widget,
           const char *caption)
{
  if (GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), caption) == 0)
    return GTK_TOGGLE_BUTTON (gtk_widget_get_ancestor (widget, GTK_TYPE_TOGGLE_BUTTON));

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkToggleButton *found = find_step (child, caption);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
draw_line (Fixture *f,
           float    x0,
           float    y0,
           float    x1,
           float    y1)
{
  pz_sketch_begin_stroke (f->sketch, x0, y0, 0.5f);
  pz_sketch_add_point (f->sketch, x1, y1, 0.5f);
  pz_sketch_end_stroke (f->sketch);
}

/* Columns and rows of the frame with ink in them, and the ink of a row in pixels */
static void
measure (Fixture *f,
         guint   *x,
         guint   *y,
         guint   *width,
         guint   *height,
         double  *row_ink)
{
  const guint8 *frame = pz_predictor_peek_frame (f->predictor);
  guint x1 = 0, y1 = 0;

  g_assert_nonnull (frame);
  *x = *y = INK_FRAME_SIDE;
  for (guint i = 0; i < INK_FRAME_SIZE; i++)
    if (frame[i] > 0)
      {
        *x = MIN (*x, i % INK_FRAME_SIDE);
        *y = MIN (*y, i / INK_FRAME_SIDE);
        x1 = MAX (x1, i % INK_FRAME_SIDE);
        y1 = MAX (y1, i / INK_FRAME_SIDE);
      }
  *width = x1 + 1 - *x;
  *height = y1 + 1 - *y;

  *row_ink = 0.0;
  for (guint i = 0; i < INK_FRAME_SIDE; i++)
    *row_ink += frame[(*y + *height / 2) * INK_FRAME_SIDE + i] / 255.0;
}

static void
settle (Fixture *f)
{
  wait_for_answer (f->sketch, f->predictor, pz_pipeline_strip_get_skip (f->strip));
}

/* A small stroke near the corner: what each step makes of it. */
static void
test_steps (Fixture      *f,
            gconstpointer data)
{
  guint x, y, width, height;
  double pen;

  /* A fifth of the pad high */
  draw_line (f, 0.15f, 0.1f, 0.15f, 0.3f);
  settle (f);
  measure (f, &x, &y, &width, &height, &pen);
  g_assert_cmpuint (height, ==, 20);
  assert_close (pen, 2.7, 0.03);
  g_assert_cmpint (ABS ((int) (x + width / 2) - 14), <=, 1);
  g_assert_cmpint (ABS ((int) (y + height / 2) - 14), <=, 1);

  /* The pen of the pad: 0.05 of it, of 0.25 */
  pz_pipeline_strip_set_skip (f->strip, INK_FRAME_SKIP_PEN);
  settle (f);
  measure (f, &x, &y, &width, &height, &pen);
  g_assert_cmpuint (height, ==, 20);
  assert_close (pen, 20.0 * 0.05 / 0.25, 0.05);

  /* The whole pad: as small as it was drawn, in the middle all the same */
  pz_pipeline_strip_set_skip (f->strip, INK_FRAME_SKIP_BOX);
  settle (f);
  measure (f, &x, &y, &width, &height, &pen);
  g_assert_cmpint (ABS ((int) height - 7), <=, 1);
  assert_close (pen, 2.7, 0.03);
  g_assert_cmpint (ABS ((int) (y + height / 2) - 14), <=, 1);

  /* Its own size, 0.2 · 28 and a pen */
  pz_pipeline_strip_set_skip (f->strip, INK_FRAME_SKIP_SIZE);
  settle (f);
  measure (f, &x, &y, &width, &height, &pen);
  g_assert_cmpint (ABS ((int) height - 9), <=, 1);
  assert_close (pen, 2.7, 0.03);

  /* Nothing at all: where it was drawn */
  pz_pipeline_strip_set_skip (f->strip,
                              INK_FRAME_SKIP_BOX | INK_FRAME_SKIP_SIZE | INK_FRAME_SKIP_CENTRE | INK_FRAME_SKIP_PEN);
  settle (f);
  measure (f, &x, &y, &width, &height, &pen);
  assert_close (pen, 28.0 * 0.05, 0.05);
  g_assert_cmpuint (y, ==, (guint) (28.0 * 0.075));
  g_assert_cmpuint (x, ==, (guint) (28.0 * 0.125));
}

/* A dot is not blown up, stroked again or not; a tilted L's centre of mass is not that of
 * its box.
 */
static void
test_dot (Fixture      *f,
          gconstpointer data)
{
  guint x, y, width, height;
  double pen;

  draw_line (f, 0.9f, 0.9f, 0.9f, 0.9f);
  settle (f);
  measure (f, &x, &y, &width, &height, &pen);
  g_assert_cmpfloat (pen, >, 2.2);
  g_assert_cmpfloat (pen, <=, 2.7);
  g_assert_cmpuint (width, <=, 4);

  pz_sketch_clear (f->sketch);
  draw_line (f, 0.2f, 0.2f, 0.2f, 0.8f);
  draw_line (f, 0.2f, 0.8f, 0.8f, 0.8f);
  settle (f);
  measure (f, &x, &y, &width, &height, &pen);
  g_assert_cmpuint (x, >, 5);
  g_assert_cmpuint (y, <, 3);
  pz_pipeline_strip_set_skip (f->strip, INK_FRAME_SKIP_CENTRE);
  settle (f);
  measure (f, &x, &y, &width, &height, &pen);
  g_assert_cmpuint (x, ==, 4);
  g_assert_cmpuint (y, ==, 4);
}

static void
test_switches (Fixture      *f,
               gconstpointer data)
{
  static const struct
  {
    const char  *caption;
    const char  *name;
    InkFrameSkip skip;
  } cases[] = {
    { "Strokes", "Redraw strokes", INK_FRAME_SKIP_PEN },
    { "Box", "Bounding box of the ink", INK_FRAME_SKIP_BOX },
    { "20 × 20", "Scale to 20 × 20 pixels", INK_FRAME_SKIP_SIZE },
    { "Centre", "Centre by centre of mass", INK_FRAME_SKIP_CENTRE },
  };
  GtkWidget *note = find_child (GTK_WIDGET (f->strip), GTK_TYPE_BOX, "note");
  GtkWidget *all_on = find_child (GTK_WIDGET (f->strip), GTK_TYPE_BUTTON, "all_on_button");
  InkFrameSkip skip = 0;
  guint n = 0;

  g_signal_connect_swapped (f->strip, "notify::skip", G_CALLBACK (count_call), &n);
  g_assert_false (gtk_widget_get_visible (note));
  g_assert_null (find_step (GTK_WIDGET (f->strip), "28 × 28"));

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      GtkToggleButton *button = find_step (GTK_WIDGET (f->strip), cases[i].caption);

      g_assert_true (gtk_toggle_button_get_active (button));
      assert_words (button, GTK_ACCESSIBLE_PROPERTY_LABEL, cases[i].name);
      g_assert_nonnull (gtk_widget_get_tooltip_text (GTK_WIDGET (button)));
      g_signal_emit_by_name (button, "clicked");
      skip |= cases[i].skip;
      g_assert_cmpuint (pz_pipeline_strip_get_skip (f->strip), ==, skip);
      g_assert_cmpuint (n, ==, i + 1);
      g_assert_true (gtk_widget_get_visible (note));
    }

  g_signal_emit_by_name (find_step (GTK_WIDGET (f->strip), "Box"), "clicked");
  g_assert_cmpuint (pz_pipeline_strip_get_skip (f->strip), ==, skip & ~INK_FRAME_SKIP_BOX);

  g_signal_emit_by_name (all_on, "clicked");
  g_assert_cmpuint (pz_pipeline_strip_get_skip (f->strip), ==, 0);
  g_assert_false (gtk_widget_get_visible (note));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_true (gtk_toggle_button_get_active (find_step (GTK_WIDGET (f->strip), cases[i].caption)));
  g_assert_cmpuint (n, ==, 6);
}

/* The answer says that it is not the rule's. */
static void
test_note (Fixture      *f,
           gconstpointer data)
{
  const MlpLayer layers[] = { { 10, MLP_SOFTMAX } };
  g_autoptr(MlpNet) net = mlp_net_new (784, layers, 1, NULL);
  GtkLabel *detail = find_child (GTK_WIDGET (f->view), GTK_TYPE_LABEL, "detail_label");

  open_net (f->project, net);
  draw_line (f, 0.2f, 0.2f, 0.4f, 0.4f);
  wait_until (pz_predictor_get_has_answer (f->predictor));
  g_assert_true (g_str_has_prefix (gtk_label_get_label (detail), "10 %, "));
  g_assert_false (g_str_has_suffix (gtk_label_get_label (detail), ", with incomplete preprocessing"));
  pz_pipeline_strip_set_skip (f->strip, INK_FRAME_SKIP_BOX);
  settle (f);
  g_assert_true (g_str_has_suffix (gtk_label_get_label (detail), ", with incomplete preprocessing"));
  pz_pipeline_strip_set_skip (f->strip, 0);
  settle (f);
  g_assert_false (g_str_has_suffix (gtk_label_get_label (detail), ", with incomplete preprocessing"));
}

/* It asks for no more room than the pad: where the pictures cannot shrink the row breaks. */
static void
test_narrow (Fixture      *f,
             gconstpointer data)
{
  static const int widths[] = { 168, 200, 260, 320, 400, 520, 900 };
  GtkWidget *row = find_child (GTK_WIDGET (f->strip), GTK_TYPE_BOX, "row");
  int minimum, last = G_MAXINT;

  gtk_widget_measure (GTK_WIDGET (f->strip), GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, <=, 168);

  for (gsize i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      int height, natural, y = -1, n_rows = 0;

      gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, widths[i], &height, &natural, NULL, NULL);
      g_assert_cmpint (height, ==, natural);
      gtk_widget_allocate (row, widths[i], height, -1, NULL);
      for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL; child = gtk_widget_get_next_sibling (child))
        {
          GtkAllocation at;

          gtk_widget_get_allocation (child, &at);
          g_assert_cmpint (at.x, >=, 0);
          g_assert_cmpint (at.x + at.width, <=, widths[i]);
          g_assert_cmpint (at.y + at.height, <=, height);
          n_rows += at.y > y;
          y = at.y;
        }
      g_assert_cmpint (n_rows, <=, last);
      last = n_rows;
    }

  g_assert_cmpint (last, ==, 1);
}

#define ADD(path, func) g_test_add ("/widgets/pipeline-strip/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  ADD ("steps", test_steps);
  ADD ("dot", test_dot);
  ADD ("switches", test_switches);
  ADD ("note", test_note);
  ADD ("narrow", test_narrow);

  return g_test_run ();
}
