/* test-comparison.c: bars in order, as long as the logarithms of their values.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-color.h"
#include "draw/draw-comparison.h"
#include "picture.h"

#define WIDTH 700
#define HEIGHT 400
#define PAPER_A "Faber et al., J. Chem. Theory Comput. 13, 5255 (2017)"
#define PAPER_B "Gilmer et al., Proc. ICML (2017)"

static const DrawRow ROWS[] = {
  { "Coulomb matrix", 0.229, NAN, NAN, PAPER_A, DRAW_ROW_PUBLISHED },
  { "This network", 0.1437, 0.14, 0.15, NULL, DRAW_ROW_OWN },
  { "Mean baseline", 1, NAN, NAN, NULL, DRAW_ROW_BASELINE },
  { "enn-s2s", 0.069, NAN, NAN, PAPER_B, DRAW_ROW_PUBLISHED },
  { "HDAD", 0.107, NAN, NAN, PAPER_A, DRAW_ROW_PUBLISHED },
};

/* From above */
static const gsize ORDER[] = { 3, 4, 1, 0, 2 };

static void
init_rows (DrawComparison *rows,
           const DrawRow  *row,
           gsize           n)
{
  *rows = (DrawComparison) { .rows = row, .n_rows = n, .x_label = "Mean absolute error (eV)", .unit = "eV", .pointer = -1 };
}

static double
get_middle (const char *text)
{
  PictureText *found = picture_find_text (text);

  g_assert_nonnull (found);

  return found->area.y + found->area.height / 2;
}

/* How long a filled bar is, in a line of it that no whisker reaches */
static int
get_length (Picture    *picture,
            const char *name)
{
  PictureText *text = picture_find_text (name);
  int y = (int) get_middle (name) - 7;
  int left = (int) (text->area.x + text->area.width) + 10;
  int end = left;

  while (picture_get_pixel (picture, end, y) != 0xffffff)
    end++;

  return end - left;
}

static void
test_order (void)
{
  g_auto(Picture) picture = { 0 };
  DrawComparison rows;
  DrawTheme theme;
  double before = 0;

  init_light_theme (&theme);
  init_rows (&rows, ROWS, 5);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_comparison (picture_get_canvas (&picture, &theme), &rows);
  picture_assert_texts (&picture, "rows");

  for (guint i = 0; i < 5; i++)
    {
      double y = get_middle (ROWS[ORDER[i]].name);
      gsize located = 99;

      g_assert_cmpfloat (y, >, before);
      before = y;
      g_assert_true (draw_comparison_locate (picture_get_canvas (&picture, &theme), &rows, 300, y, &located));
      g_assert_cmpuint (located, ==, ORDER[i]);
    }
  g_assert_false (draw_comparison_locate (picture_get_canvas (&picture, &theme), &rows, 300, HEIGHT - 5, NULL));
  g_assert_false (draw_comparison_locate (picture_get_canvas (&picture, &theme), &rows, -1, before, NULL));

  /* Numbers beside them, each with as many decimals */
  assert_close (get_middle ("0.144"), get_middle ("This network"), 0.01);
  assert_close (get_middle ("1.000"), get_middle ("Mean baseline"), 0.01);
  assert_close (get_middle ("0.069"), get_middle ("enn-s2s"), 0.01);
}

static void
test_lengths (void)
{
  g_auto(Picture) picture = { 0 };
  DrawComparison rows;
  DrawTheme theme;
  int least, most;

  init_light_theme (&theme);
  init_rows (&rows, ROWS, 5);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_comparison (picture_get_canvas (&picture, &theme), &rows);

  /* Straight in the logarithm from the least to the most */
  least = get_length (&picture, "enn-s2s");
  most = get_length (&picture, "Coulomb matrix");
  g_assert_cmpint (least, >, 30);
  g_assert_cmpint (most - least, >, 100);
  assert_close ((get_length (&picture, "HDAD") - least) / (double) (most - least),
                log (0.107 / 0.069) / log (0.229 / 0.069), 0.02);
  assert_close ((get_length (&picture, "This network") - least) / (double) (most - least),
                log (0.1437 / 0.069) / log (0.229 / 0.069), 0.02);
}

/* Ours has a mark and its own colour; the baseline is hatched. */
static void
test_own (void)
{
  g_auto(Picture) picture = { 0 };
  DrawComparison rows;
  DrawTheme theme;
  DrawColor color;
  double y;

  init_light_theme (&theme);
  init_rows (&rows, ROWS, 5);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_comparison (picture_get_canvas (&picture, &theme), &rows);

  color = draw_theme_get_category (&theme, 0);
  for (guint i = 0; i < 5; i++)
    {
      PictureText *text = picture_find_text (ROWS[i].name);
      const DrawArea before = { 0, text->area.y, 11, text->area.height };
      const DrawArea beside = { text->area.x + text->area.width, text->area.y, WIDTH - text->area.x - text->area.width, text->area.height };

      if (ROWS[i].kind == DRAW_ROW_OWN)
        {
          g_assert_cmpuint (picture_count_color (&picture, before, color, 40), >, 15);
          g_assert_cmpuint (picture_count_color (&picture, beside, color, 4), >, 1000);
        }
      else
        {
          g_assert_cmpuint (picture_count_color (&picture, before, color, 40), ==, 0);
          g_assert_cmpuint (picture_count_color (&picture, beside, color, 40), ==, 0);
        }
    }

  /* Much of the hatched bar is paper; none of a filled one. */
  y = get_middle ("Mean baseline");
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 200, y - 4, 100, 8 }, (DrawColor) { 1, 1, 1, 1 }, 10),
                    >, 200);
  y = get_middle ("Coulomb matrix");
  g_assert_cmpuint (picture_count_color (&picture, (DrawArea) { 200, y - 4, 40, 8 }, (DrawColor) { 1, 1, 1, 1 }, 10),
                    ==, 0);
}

static void
test_footnotes (void)
{
  g_auto(Picture) picture = { 0 };
  DrawComparison rows;
  DrawTheme theme;

  init_light_theme (&theme);
  init_rows (&rows, ROWS, 5);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_comparison (picture_get_canvas (&picture, &theme), &rows);

  /* In the order of the rows; those of one source share it. */
  g_assert_nonnull (picture_find_text ("enn-s2s¹"));
  g_assert_nonnull (picture_find_text ("HDAD²"));
  g_assert_nonnull (picture_find_text ("Coulomb matrix²"));
  g_assert_nonnull (picture_find_text ("¹ " PAPER_B));
  g_assert_nonnull (picture_find_text ("² " PAPER_A));
  g_assert_null (picture_find_text ("This network¹"));
  g_assert_null (picture_find_text ("³"));
}

static void
test_line (void)
{
  const DrawReference references[] = { { 0.0437, "Chemical accuracy" }, { 0.5, "Half" }, { NAN, "nothing" } };
  g_auto(Picture) picture = { 0 };
  DrawComparison rows;
  DrawTheme theme;
  double x;
  guint n_found = 0;

  init_light_theme (&theme);
  init_rows (&rows, ROWS, 5);
  rows.references = references;
  rows.n_references = 3;
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_comparison (picture_get_canvas (&picture, &theme), &rows);
  picture_assert_texts (&picture, "rows");

  /* The name is above the line, which stands where the axis says 0.5. */
  x = picture_find_text ("Half 0.5")->area.x + picture_find_text ("Half 0.5")->area.width / 2;
  for (guint i = 0; i < picture_texts->len; i++)
    {
      PictureText *text = &g_array_index (picture_texts, PictureText, i);

      if (g_str_equal (text->text, "0.5"))
        {
          n_found++;
          assert_close (text->area.x + text->area.width / 2, x, 0.005);
        }
    }
  g_assert_cmpuint (n_found, ==, 1);
  g_assert_nonnull (picture_find_text ("Chemical accuracy 0.0437"));
  g_assert_null (picture_find_text ("nothing"));
}

/* Our own row and the baseline stay when others have no room, and of those the
 * nearest do, and no source of the others.
 */
static void
test_room (void)
{
  g_auto(Picture) picture = { 0 };
  DrawComparison rows;
  DrawTheme theme;

  init_light_theme (&theme);
  init_rows (&rows, ROWS, 5);
  picture_begin (&picture, WIDTH, 92);
  draw_comparison (picture_get_canvas (&picture, &theme), &rows);
  picture_assert_texts (&picture, "rows");

  g_assert_nonnull (picture_find_text ("This network"));
  g_assert_nonnull (picture_find_text ("Mean baseline"));
  g_assert_nonnull (picture_find_text ("HDAD¹"));
  g_assert_nonnull (picture_find_text ("¹ " PAPER_A));
  g_assert_null (picture_find_text ("Coulomb"));
  g_assert_null (picture_find_text ("enn"));
  g_assert_null (picture_find_text (PAPER_B));
}

static void
test_words (void)
{
  static const struct
  {
    gsize       n;
    gssize      pointer;
    const char *words;
  } cases[] = {
    { 5, -1, "enn-s2s: 0.069\302\240eV; HDAD: 0.107\302\240eV; This network: 0.144\302\240eV (0.140 to 0.150); Coulomb "
      "matrix: 0.229\302\240eV; Mean baseline: 1\302\240eV; chemical accuracy: 0.043\302\240eV" },
    { 5, 4, "HDAD: 0.107\302\240eV, " PAPER_A },
    { 0, 4, "Nothing to compare yet" },
  };
  const DrawReference references[] = { { 0.043, "chemical accuracy" } };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *words = NULL;
      DrawComparison rows;

      init_rows (&rows, ROWS, cases[c].n);
      rows.references = references;
      rows.n_references = 1;
      rows.pointer = cases[c].pointer;
      words = draw_comparison_describe (&rows);
      g_assert_cmpstr (words, ==, cases[c].words);
    }
}

static void
test_odd (void)
{
  const DrawRow odd[] = {
    { "a", NAN, NAN, NAN, NULL, DRAW_ROW_OWN }, { "b", 0, 0, 0, "", DRAW_ROW_PUBLISHED },
    { "c", 1e-300, 1e-301, 1e-299, "x", DRAW_ROW_OWN }, { "d", 1e300, NAN, NAN, NULL, DRAW_ROW_BASELINE },
    { "e", INFINITY, 1, 2, NULL, DRAW_ROW_PUBLISHED }, { "f", 5, 9, 1, NULL, DRAW_ROW_PUBLISHED },
  };
  DrawTheme theme;

  init_light_theme (&theme);
  for (gsize from = 0; from < 6; from++)
    {
      for (gsize n = 0; from + n <= 6; n++)
        {
          g_auto(Picture) picture = { 0 };
          g_autofree char *words = NULL;
          DrawComparison rows;
          gsize row;

          init_rows (&rows, odd + from, n);
          rows.pointer = 0;
          picture_begin (&picture, WIDTH, HEIGHT);
          draw_comparison (picture_get_canvas (&picture, &theme), &rows);
          picture_assert_texts (&picture, "rows");
          draw_comparison (picture_get_canvas_part (&picture, &theme, 3, 2), &rows);
          draw_comparison (picture_get_canvas_part (&picture, &theme, 0, 0), &rows);
          draw_comparison_locate (picture_get_canvas (&picture, &theme), &rows, 300, 200, &row);
          words = draw_comparison_describe (&rows);
          g_assert_nonnull (words);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/rows/order", test_order);
  g_test_add_func ("/rows/lengths", test_lengths);
  g_test_add_func ("/rows/own", test_own);
  g_test_add_func ("/rows/footnotes", test_footnotes);
  g_test_add_func ("/rows/line", test_line);
  g_test_add_func ("/rows/room", test_room);
  g_test_add_func ("/rows/words", test_words);
  g_test_add_func ("/rows/odd", test_odd);

  return g_test_run ();
}
