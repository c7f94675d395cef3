/* test-error-by-group.c: bars as high as the errors, whiskers, counts, lines.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-error-by-group.h"
#include "picture.h"

#define WIDTH 600
#define HEIGHT 400

static const DrawArea ALL = { 0, 0, WIDTH, HEIGHT };

static const DrawGroup GROUPS[] = {
  { "H", 0.1, NAN, NAN, 130831 },
  { "C", 0.2, 0.15, 0.25, 1204 },
  { "N", 0.3, NAN, NAN, 7 },
  { "O", NAN, NAN, NAN, 0 },
};

static void
init_groups (DrawErrorByGroup *groups,
             const DrawGroup  *group,
             gsize             n)
{
  *groups = (DrawErrorByGroup) {
    .groups = group, .n_groups = n, .x_label = "Molecules with", .y_label = "Mean absolute error (eV)", .unit = "eV",
    .pointer = -1,
  };
}

/* The columns of a group */
static DrawArea
find_group (Picture                *picture,
            const DrawTheme        *theme,
            const DrawErrorByGroup *groups,
            gsize                   group)
{
  int left = -1, right = -1;
  gsize located;

  for (int x = 0; x < WIDTH; x++)
    {
      if (draw_error_by_group_locate (picture_get_canvas_part (picture, theme, WIDTH, HEIGHT), groups, x + 0.5,
                                      HEIGHT / 2, &located) && located == group)
        {
          left = left < 0 ? x : left;
          right = x;
        }
    }
  g_assert_cmpint (left, >=, 0);

  return (DrawArea) { left, 0, right - left + 1, HEIGHT };
}

static guint
get_bar_height (Picture         *picture,
                const DrawTheme *theme,
                DrawArea         group,
                double           aside)
{
  DrawArea column = { floor (group.x + group.width / 2 + aside), 20, 1, HEIGHT - 20 };

  return picture_count_color (picture, column, draw_theme_get_category (theme, 0), 4);
}

static void
test_bars (void)
{
  DrawTheme theme;
  DrawErrorByGroup groups;

  init_groups (&groups, GROUPS, 4);

  for (guint dark = 0; dark < 2; dark++)
    {
      g_auto(Picture) picture = { 0 };
      guint heights[3];

      if (dark)
        init_dark_theme (&theme);
      else
        init_light_theme (&theme);
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_error_by_group (picture_get_canvas (&picture, &theme), &groups);
      picture_assert_texts (&picture, "groups");

      for (gsize i = 0; i < 3; i++)
        heights[i] = get_bar_height (&picture, &theme, find_group (&picture, &theme, &groups, i), 12);
      assert_close (heights[0] / (double) heights[2], 1.0 / 3, 0.02);
      assert_close (heights[1] / (double) heights[2], 2.0 / 3, 0.02);
      g_assert_cmpuint (heights[2], >, 200);
      g_assert_cmpuint (get_bar_height (&picture, &theme, find_group (&picture, &theme, &groups, 3), 0), ==, 0);

      g_assert_nonnull (picture_find_text ("130831"));
      g_assert_nonnull (picture_find_text ("1204"));
      g_assert_nonnull (picture_find_text ("–"));
      g_assert_nonnull (picture_find_text ("Molecules with"));
      g_assert_nonnull (picture_find_text ("Mean absolute error (eV)"));
      assert_close (picture_find_text ("130831")->area.x + picture_find_text ("130831")->area.width / 2,
                    picture_find_text ("H")->area.x + picture_find_text ("H")->area.width / 2, 0.001);
    }
}

/* From low to high: half as long as a bar of 0.2, half of it above */
static void
test_whisker (void)
{
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;
  DrawErrorByGroup groups;
  DrawArea column;
  guint bar, n_rows = 0;

  init_light_theme (&theme);
  init_groups (&groups, GROUPS, 4);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_error_by_group (picture_get_canvas (&picture, &theme), &groups);

  column = find_group (&picture, &theme, &groups, 1);
  bar = get_bar_height (&picture, &theme, column, 12);
  for (int y = 20; y < HEIGHT - 70; y++)
    {
      const DrawArea across = { floor (column.x + column.width / 2) - 1, y, 3, 1 };

      n_rows += picture_count_color (&picture, across, theme.foreground, 90) > 0;
    }
  assert_close (n_rows, bar * 0.1 / 0.2, 0.03);
  assert_close (get_bar_height (&picture, &theme, column, 0), bar * 0.75, 0.05);
}

/* An interval, or a line, that would flatten the bars leaves with an arrow. */
static void
test_beyond (void)
{
  const DrawGroup small[] = { { "1", 0.1, 0.01, 3, 2 }, { "2", 0.2, 0.19, 0.21, 900 } };
  const DrawReference references[] = { { 1.05, "Mean baseline" }, { 0.043, "Chemical accuracy" } };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;
  DrawErrorByGroup groups;

  init_light_theme (&theme);
  init_groups (&groups, small, 2);
  groups.references = references;
  groups.n_references = 2;
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_error_by_group (picture_get_canvas (&picture, &theme), &groups);
  picture_assert_texts (&picture, "groups");

  g_assert_cmpuint (get_bar_height (&picture, &theme, find_group (&picture, &theme, &groups, 1), 12), >, 150);
  g_assert_nonnull (picture_find_text ("Mean baseline 1.05 ↑"));
  g_assert_nonnull (picture_find_text ("Chemical accuracy 0.043"));
  g_assert_null (picture_find_text ("0.043 ↓"));
}

/* Counts that have no room are said shorter, or not at all; all of them alike. */
static void
test_counts (void)
{
  DrawGroup many[9];
  DrawTheme theme;
  DrawErrorByGroup groups;

  for (guint i = 0; i < 9; i++)
    {
      many[i] = (DrawGroup) { "C", 0.1 + 0.01 * i, NAN, NAN, i == 8 ? 133885 : 9949 + i };
    }
  init_light_theme (&theme);
  init_groups (&groups, many, 9);

  for (double width = 100; width <= 600; width += 20)
    {
      g_auto(Picture) picture = { 0 };
      gboolean full, brief;

      picture_begin (&picture, width, HEIGHT);
      draw_error_by_group (picture_get_canvas (&picture, &theme), &groups);
      picture_assert_texts (&picture, "groups");
      full = picture_find_text ("133885") != NULL;
      brief = picture_find_text ("134k") != NULL;
      g_assert_false (full && brief);
      g_assert_true (full == (picture_find_text ("9949") != NULL));
      g_assert_true (brief == (picture_find_text ("9.9k") != NULL && picture_find_text ("10k") != NULL));
      if (width > 500)
        g_assert_true (full);
      if (width < 200)
        g_assert_false (full || brief);
      if (width > 400 && width < 440)
        g_assert_true (brief);
    }
}

static void
test_pointer (void)
{
  guint ink[2];
  DrawTheme theme;
  DrawErrorByGroup groups;

  init_light_theme (&theme);
  for (guint i = 0; i < 2; i++)
    {
      g_auto(Picture) picture = { 0 };

      init_groups (&groups, GROUPS, 3);
      groups.pointer = i == 0 ? -1 : 1;
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_error_by_group (picture_get_canvas (&picture, &theme), &groups);
      ink[i] = picture_count_color (&picture, ALL, theme.foreground, 4);
    }
  g_assert_cmpuint (ink[1], >, ink[0] + 500);
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
    { 4, -1, "H: 0.100\302\240eV, 130831 samples; C: 0.200\302\240eV (0.150 to 0.250), 1204 samples; "
      "N: 0.300\302\240eV, 7 samples; O: unknown, 0 samples; always the mean: 1.05\302\240eV" },
    { 4, 1, "C: 0.200\302\240eV (0.150 to 0.250), 1204 samples" },
    { 0, 1, "No errors yet" },
  };
  const DrawReference references[] = { { 1.05, "always the mean" } };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *words = NULL;
      DrawErrorByGroup groups;

      init_groups (&groups, GROUPS, cases[c].n);
      groups.references = references;
      groups.n_references = 1;
      groups.pointer = cases[c].pointer;
      words = draw_error_by_group_describe (&groups);
      g_assert_cmpstr (words, ==, cases[c].words);
    }
}

static void
test_odd (void)
{
  const DrawGroup odd[] = {
    { "a", 0, 0, 0, 0 }, { "b", -1, NAN, NAN, 5 }, { "c", INFINITY, 0, 1, 5 }, { "d", 1e300, 1e299, INFINITY, 5 }, { "e", 1e-300, 5, 2, 5 },
  };
  DrawTheme theme;

  init_light_theme (&theme);
  for (gsize from = 0; from < 5; from++)
    {
      for (gsize n = 0; from + n <= 5; n++)
        {
          g_auto(Picture) picture = { 0 };
          g_autofree char *words = NULL;
          DrawErrorByGroup groups;
          gsize group;

          init_groups (&groups, odd + from, n);
          groups.pointer = 0;
          picture_begin (&picture, WIDTH, HEIGHT);
          draw_error_by_group (picture_get_canvas (&picture, &theme), &groups);
          picture_assert_texts (&picture, "groups");
          draw_error_by_group (picture_get_canvas_part (&picture, &theme, 3, 2), &groups);
          draw_error_by_group (picture_get_canvas_part (&picture, &theme, 0, 0), &groups);
          draw_error_by_group_locate (picture_get_canvas (&picture, &theme), &groups, 300, 200, &group);
          words = draw_error_by_group_describe (&groups);
          g_assert_nonnull (words);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/groups/bars", test_bars);
  g_test_add_func ("/groups/whisker", test_whisker);
  g_test_add_func ("/groups/beyond", test_beyond);
  g_test_add_func ("/groups/counts", test_counts);
  g_test_add_func ("/groups/pointer", test_pointer);
  g_test_add_func ("/groups/words", test_words);
  g_test_add_func ("/groups/odd", test_odd);

  return g_test_run ();
}
