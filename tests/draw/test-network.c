/* test-network.c: layers from left to right, as many units as there are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-color.h"
#include "draw/draw-network.h"
#include "picture.h"

#define WIDTH 600
#define HEIGHT 300

/* Without names, so that the units can be counted */
static const DrawNetworkLayer LAYERS[] = { { 784, "", "" }, { 5, "", "" }, { 2, "", "" } };

static void
test_locate (void)
{
  const DrawNetwork network = { LAYERS, 3, -1 };
  g_auto(Picture) picture = { 0 };
  gsize before = 0, layer = 99;
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);

  for (int x = 0; x < WIDTH; x++)
    {
      g_assert_true (draw_network_locate (picture_get_canvas (&picture, &theme), &network, x, 50, &layer));
      g_assert_cmpuint (layer, >=, before);
      g_assert_cmpuint (layer, <=, before + 1);
      before = layer;
    }
  g_assert_cmpuint (before, ==, 2);

  draw_network_locate (picture_get_canvas (&picture, &theme), &network, WIDTH / 2, 50, &layer);
  g_assert_cmpuint (layer, ==, 1);
  g_assert_false (draw_network_locate (picture_get_canvas (&picture, &theme), &network, -1, 50, &layer));
  g_assert_false (draw_network_locate (picture_get_canvas (&picture, &theme), &network, 5, HEIGHT, &layer));
}

/* The selected layer is full of its colour; its runs along the middle of its
 * column are its units.
 */
static void
test_units (void)
{
  static const guint expected[] = { 0, 5, 2 };

  for (gsize selected = 1; selected < 3; selected++)
    {
      const DrawNetwork network = { LAYERS, 3, (gssize) selected };
      g_auto(Picture) picture = { 0 };
      guint n_units = 0, best = 0;
      int best_column = 0;
      gboolean in = FALSE;
      gsize layer = 99;
      DrawColor color;
      DrawTheme theme;

      init_light_theme (&theme);
      color = draw_theme_get_category (&theme, 0);
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_network (picture_get_canvas (&picture, &theme), &network);

      for (int x = 0; x < WIDTH; x++)
        {
          guint n = picture_count_color (&picture, (DrawArea) { x, 0, 1, HEIGHT }, color, 3);

          if (n > best)
            {
              best = n;
              best_column = x;
            }
        }

      for (int y = 0; y < HEIGHT; y++)
        {
          gboolean here = picture_count_color (&picture, (DrawArea) { best_column, y, 1, 1 }, color, 3) > 0;

          n_units += here && !in;
          in = here;
        }

      g_assert_cmpuint (n_units, ==, expected[selected]);
      g_assert_true (draw_network_locate (picture_get_canvas (&picture, &theme), &network, best_column, 50, &layer));
      g_assert_cmpuint (layer, ==, selected);
    }
}

static void
test_labels (void)
{
  const DrawNetworkLayer layers[] = {
    { 784, "Input", "28 × 28" }, { 30, "Hidden 1", "sigmoid" }, { 10, "Output", "softmax" },
  };
  const DrawNetwork network = { layers, 3, 1 };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_network (picture_get_canvas (&picture, &theme), &network);

  for (gsize l = 0; l < 3; l++)
    {
      g_autofree char *width = g_strdup_printf ("%" G_GSIZE_FORMAT, layers[l].width);
      PictureText *name = picture_find_text (layers[l].name);
      gsize located = 99;

      g_assert_nonnull (name);
      g_assert_nonnull (picture_find_text (width));
      g_assert_nonnull (picture_find_text (layers[l].detail));

      /* Each under its layer */
      draw_network_locate (picture_get_canvas (&picture, &theme), &network,
                           name->area.x + name->area.width / 2, 50, &located);
      g_assert_cmpuint (located, ==, l);
    }
}

/* Without data nobody knows how wide the ends are: dots and a question mark, not one
 * unit.
 */
static void
test_unknown (void)
{
  const DrawNetworkLayer layers[] = { { 0, "Input", NULL }, { 1, "Hidden", NULL }, { 0, "Output", NULL } };
  const DrawNetwork network = { layers, 3, 2 };
  g_auto(Picture) picture = { 0 };
  guint n_dots = 0;
  gboolean in = FALSE;
  DrawColor color;
  DrawTheme theme;

  init_light_theme (&theme);
  color = draw_theme_get_category (&theme, 0);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_network (picture_get_canvas (&picture, &theme), &network);

  g_assert_nonnull (picture_find_text ("?"));
  for (int y = 0; y < HEIGHT; y++)
    {
      gboolean here = picture_count_color (&picture, (DrawArea) { WIDTH * 0.7, y, WIDTH * 0.3, 1 }, color, 40) > 0;

      n_dots += here && !in;
      in = here;
    }
  g_assert_cmpuint (n_dots, ==, 3);
}

static void
test_deep (void)
{
  enum { N = 60 };
  DrawNetworkLayer layers[N];
  gboolean seen[N] = { FALSE };
  const DrawNetwork network = { layers, N, 30 };
  const DrawNetwork none = { NULL, 0, -1 };
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;
  gsize layer;

  for (gsize i = 0; i < N; i++)
    {
      layers[i] = (DrawNetworkLayer) { i == 5 ? 0 : 1 + i * 3, i == 30 ? "Chosen" : "Other", NULL };
    }

  init_dark_theme (&theme);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_network (picture_get_canvas (&picture, &theme), &network);
  g_assert_nonnull (picture_find_text ("Chosen"));
  picture_assert_texts (&picture, "deep network");

  for (double x = 0; x < WIDTH; x += 0.25)
    {
      g_assert_true (draw_network_locate (picture_get_canvas (&picture, &theme), &network, x, 50, &layer));
      seen[layer] = TRUE;
    }
  for (gsize i = 0; i < N; i++)
    g_assert_true (seen[i]);

  draw_network (picture_get_canvas (&picture, &theme), &none);
  g_assert_false (draw_network_locate (picture_get_canvas (&picture, &theme), &none, 5, 5, &layer));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/network/locate", test_locate);
  g_test_add_func ("/network/units", test_units);
  g_test_add_func ("/network/labels", test_labels);
  g_test_add_func ("/network/unknown", test_unknown);
  g_test_add_func ("/network/deep", test_deep);

  return g_test_run ();
}
