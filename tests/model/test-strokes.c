/* test-strokes.c: strokes, their undo, and the eraser.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "task-util.h"
#include "model/pz-sketch.h"

static void
draw_line (PzSketch *sketch,
           float     x0,
           float     y0,
           float     x1,
           float     y1)
{
  pz_sketch_begin_stroke (sketch, x0, y0, 0.5f);
  pz_sketch_add_point (sketch, x1, y1, 0.5f);
  pz_sketch_end_stroke (sketch);
}

static void
assert_state (PzSketch *sketch,
              gsize     n_points,
              gboolean  can_undo,
              gboolean  can_redo)
{
  gboolean empty, undo, redo;
  gsize n;

  pz_sketch_peek_points (sketch, &n);
  g_object_get (sketch, "empty", &empty, "can-undo", &undo, "can-redo", &redo, NULL);
  g_assert_cmpuint (n, ==, n_points);
  g_assert_cmpint (empty, ==, n_points == 0);
  g_assert_cmpint (undo, ==, can_undo);
  g_assert_cmpint (redo, ==, can_redo);
  g_assert_cmpint (pz_sketch_get_empty (sketch), ==, empty);
}

static void
test_strokes (void)
{
  PzSketch *sketch = pz_sketch_new ();
  const InkPoint *points;
  gsize n;
  guint n_changes = 0;

  g_signal_connect_swapped (sketch, "changed", G_CALLBACK (count_calls), &n_changes);
  assert_state (sketch, 0, FALSE, FALSE);

  /* Without a stroke a point is nothing. */
  pz_sketch_add_point (sketch, 0.5f, 0.5f, 0.5f);
  pz_sketch_end_stroke (sketch);
  g_assert_cmpuint (n_changes, ==, 0);

  /* Seen while it is drawn, a step of undo when it is done. */
  pz_sketch_begin_stroke (sketch, 0.25f, 0.5f, 1.0f);
  assert_state (sketch, 1, FALSE, FALSE);
  g_assert_true (pz_sketch_get_drawing (sketch));
  g_assert_cmpuint (n_changes, ==, 1);
  pz_sketch_add_point (sketch, 0.75f, 0.5f, 0.25f);
  assert_state (sketch, 2, FALSE, FALSE);
  pz_sketch_end_stroke (sketch);
  assert_state (sketch, 2, TRUE, FALSE);
  g_assert_false (pz_sketch_get_drawing (sketch));

  /* A stroke that begins ends the one before. */
  pz_sketch_begin_stroke (sketch, 0.0f, 0.0f, 0.5f);
  pz_sketch_begin_stroke (sketch, 1.0f, 1.0f, 0.5f);
  pz_sketch_end_stroke (sketch);

  points = pz_sketch_peek_points (sketch, &n);
  g_assert_cmpuint (n, ==, 4);
  g_assert_true (points[0].starts && !points[1].starts && points[2].starts && points[3].starts);
  g_assert_cmpfloat (points[0].x, ==, 0.25f);
  g_assert_cmpfloat (points[0].pressure, ==, 1.0f);
  g_assert_cmpfloat (points[1].x, ==, 0.75f);
  g_assert_cmpfloat (points[3].y, ==, 1.0f);

  g_assert_finalize_object (sketch);
}

/* A pen that leaves the pad stays at its edge; nonsense is passed over. */
static void
test_nonsense (void)
{
  g_autoptr(PzSketch) sketch = pz_sketch_new ();
  const InkPoint *points;
  gsize n;

  pz_sketch_begin_stroke (sketch, NAN, 0.5f, 0.5f);
  pz_sketch_end_stroke (sketch);
  assert_state (sketch, 0, FALSE, FALSE);

  pz_sketch_begin_stroke (sketch, 0.5f, INFINITY, 0.5f);
  pz_sketch_add_point (sketch, -3.0f, 7.0f, NAN);
  pz_sketch_add_point (sketch, 0.5f, 0.5f, 9.0f);
  pz_sketch_end_stroke (sketch);

  points = pz_sketch_peek_points (sketch, &n);
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (points[0].starts && !points[1].starts);
  g_assert_cmpfloat (points[0].x, ==, 0.0f);
  g_assert_cmpfloat (points[0].y, ==, 1.0f);
  g_assert_cmpfloat (points[0].pressure, ==, 0.5f);
  g_assert_cmpfloat (points[1].pressure, ==, 1.0f);
}

static void
test_undo (void)
{
  g_autoptr(PzSketch) sketch = pz_sketch_new ();
  guint n_undo = 0;

  g_signal_connect_swapped (sketch, "notify::can-undo", G_CALLBACK (count_calls), &n_undo);

  for (guint i = 0; i < 5; i++)
    draw_line (sketch, 0.1f, 0.1f, 0.9f, 0.9f);
  assert_state (sketch, 10, TRUE, FALSE);
  g_assert_cmpuint (n_undo, ==, 1);

  g_assert_true (pz_sketch_undo (sketch));
  g_assert_true (pz_sketch_undo (sketch));
  assert_state (sketch, 6, TRUE, TRUE);
  g_assert_true (pz_sketch_redo (sketch));
  assert_state (sketch, 8, TRUE, TRUE);

  /* Not in the middle of a stroke. */
  pz_sketch_begin_stroke (sketch, 0.5f, 0.5f, 0.5f);
  g_assert_false (pz_sketch_undo (sketch));
  g_assert_false (pz_sketch_redo (sketch));
  assert_state (sketch, 9, TRUE, TRUE);
  pz_sketch_end_stroke (sketch);

  /* A new stroke leaves nothing to redo. */
  assert_state (sketch, 9, TRUE, FALSE);
  g_assert_false (pz_sketch_redo (sketch));

  for (guint i = 0; i < 5; i++)
    g_assert_true (pz_sketch_undo (sketch));
  assert_state (sketch, 0, FALSE, TRUE);
  g_assert_false (pz_sketch_undo (sketch));

  for (guint i = 0; i < 5; i++)
    g_assert_true (pz_sketch_redo (sketch));
  assert_state (sketch, 9, TRUE, FALSE);
}

static void
test_cancel (void)
{
  g_autoptr(PzSketch) sketch = pz_sketch_new ();

  draw_line (sketch, 0.1f, 0.1f, 0.9f, 0.9f);
  draw_line (sketch, 0.1f, 0.9f, 0.9f, 0.1f);
  pz_sketch_undo (sketch);

  /* As if it had never begun: what could be redone still can. */
  pz_sketch_begin_stroke (sketch, 0.5f, 0.5f, 0.5f);
  pz_sketch_add_point (sketch, 0.6f, 0.5f, 0.5f);
  pz_sketch_cancel_stroke (sketch);
  assert_state (sketch, 2, TRUE, TRUE);
  pz_sketch_cancel_stroke (sketch);
  pz_sketch_add_point (sketch, 0.6f, 0.5f, 0.5f);
  assert_state (sketch, 2, TRUE, TRUE);
  pz_sketch_redo (sketch);
  assert_state (sketch, 4, TRUE, FALSE);
}

static void
test_erase (void)
{
  g_autoptr(PzSketch) sketch = pz_sketch_new ();
  const InkPoint *points;

  draw_line (sketch, 0.1f, 0.1f, 0.9f, 0.1f);
  draw_line (sketch, 0.1f, 0.5f, 0.9f, 0.5f);
  draw_line (sketch, 0.5f, 0.9f, 0.5f, 0.9f);

  /* Between the points of a stroke, not on the way from one to the next. */
  g_assert_false (pz_sketch_erase (sketch, 0.5f, 0.3f, 0.5f, 0.3f, 0.1f));
  g_assert_false (pz_sketch_erase (sketch, 0.95f, 0.1f, 0.95f, 0.1f, 0.04f));
  assert_state (sketch, 6, TRUE, FALSE);
  g_assert_true (pz_sketch_erase (sketch, 0.5f, 0.15f, 0.5f, 0.15f, 0.06f));
  points = pz_sketch_peek_points (sketch, NULL);
  assert_state (sketch, 4, TRUE, FALSE);
  g_assert_cmpfloat (points[0].y, ==, 0.5f);

  /* A dot; several at once are one step. */
  g_assert_true (pz_sketch_erase (sketch, 0.5f, 0.7f, 0.5f, 0.7f, 0.25f));
  assert_state (sketch, 0, TRUE, FALSE);
  g_assert_true (pz_sketch_undo (sketch));
  assert_state (sketch, 4, TRUE, TRUE);
  g_assert_true (pz_sketch_undo (sketch));
  assert_state (sketch, 6, TRUE, TRUE);
  g_assert_cmpfloat (pz_sketch_peek_points (sketch, NULL)[0].y, ==, 0.1f);
}

/* A fast hand leaves wide gaps between the places that are told: across a stroke, along
 * one, and past the end of one.
 */
static void
test_erase_fast (void)
{
  const struct { float from[2], to[2]; gboolean hits; } ways[] = {
    { { 0.3f, 0.2f }, { 0.4f, 0.9f }, TRUE },
    { { 0.1f, 0.53f }, { 0.9f, 0.53f }, TRUE },
    { { 0.0f, 0.51f }, { 0.17f, 0.51f }, TRUE },
    { { 0.85f, 0.2f }, { 0.85f, 0.9f }, FALSE },
    { { 0.0f, 0.2f }, { 1.0f, 0.45f }, FALSE },
    { { 0.9f, 0.5f }, { 1.0f, 0.5f }, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr(PzSketch) sketch = pz_sketch_new ();

      draw_line (sketch, 0.2f, 0.5f, 0.8f, 0.5f);
      g_assert_cmpint (pz_sketch_erase (sketch, ways[i].from[0], ways[i].from[1],
                                        ways[i].to[0], ways[i].to[1], 0.04f), ==, ways[i].hits);
      g_assert_cmpint (pz_sketch_get_empty (sketch), ==, ways[i].hits);
    }
}

static void
test_clear (void)
{
  g_autoptr(PzSketch) sketch = pz_sketch_new ();

  pz_sketch_clear (sketch);
  assert_state (sketch, 0, FALSE, FALSE);

  draw_line (sketch, 0.1f, 0.1f, 0.9f, 0.1f);
  pz_sketch_begin_stroke (sketch, 0.5f, 0.5f, 0.5f);
  pz_sketch_clear (sketch);
  assert_state (sketch, 0, TRUE, FALSE);
  pz_sketch_undo (sketch);
  assert_state (sketch, 3, TRUE, TRUE);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/sketch/strokes", test_strokes);
  g_test_add_func ("/model/sketch/nonsense", test_nonsense);
  g_test_add_func ("/model/sketch/undo", test_undo);
  g_test_add_func ("/model/sketch/cancel", test_cancel);
  g_test_add_func ("/model/sketch/erase", test_erase);
  g_test_add_func ("/model/sketch/erase-fast", test_erase_fast);
  g_test_add_func ("/model/sketch/clear", test_clear);

  return g_test_run ();
}
