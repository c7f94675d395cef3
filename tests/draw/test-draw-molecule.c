/* test-draw-molecule.c: atoms where they are, the nearer ones above.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>

#include "draw/draw-bonds.h"
#include "draw/draw-color.h"
#include "draw/draw-molecule.h"
#include "molecules.h"
#include "picture.h"

#define WIDTH 400
#define HEIGHT 300

static void
init_molecule (DrawMolecule *molecule,
               const guint8 *z,
               const float  *xyz,
               gsize         n)
{
  *molecule = (DrawMolecule) { .z = z, .xyz = xyz, .n_atoms = n, .rotation = DRAW_ROTATION_NONE, .pointer = -1 };
}

/* The middle and the radius of where an atom is found */
static guint
find_atom (const DrawMolecule *molecule,
           gsize               atom,
           double             *x,
           double             *y,
           double             *radius)
{
  guint n = 0;

  *x = *y = *radius = 0;
  for (int row = 0; row < HEIGHT; row++)
    {
      for (int column = 0; column < WIDTH; column++)
        {
          gsize located;

          if (draw_molecule_locate (WIDTH, HEIGHT, molecule, column + 0.5, row + 0.5, &located) && located == atom)
            {
              n++;
              *x += (column + 0.5 - *x) / n;
              *y += (row + 0.5 - *y) / n;
            }
        }
    }
  *radius = sqrt (n / G_PI);

  return n;
}

/* Formaldehyde in its plane: right is right, up is up, lengths keep their ratio. */
static void
test_places (void)
{
  double x[4], y[4], radius[4];
  DrawMolecule molecule;

  init_molecule (&molecule, FORMALDEHYDE_Z, FORMALDEHYDE, 4);
  for (gsize i = 0; i < 4; i++)
    g_assert_cmpuint (find_atom (&molecule, i, &x[i], &y[i], &radius[i]), >, 100);

  g_assert_cmpfloat (x[1], >, x[0] + 40);
  assert_close (y[1], y[0], 0.01);
  g_assert_cmpfloat (y[2], <, y[0] - 30);
  g_assert_cmpfloat (y[3], >, y[0] + 30);
  assert_close (x[2], x[3], 0.01);
  assert_close ((y[3] - y[2]) / (x[1] - x[0]), 1.9 / 1.21, 0.01);
  g_assert_cmpfloat (radius[0], >, radius[1]);
  g_assert_cmpfloat (radius[1], >, radius[2]);
}

/* However it is turned, all of it is inside, and it stays large. */
static void
test_fits (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);
  DrawMolecule molecule;
  DrawTheme theme;

  init_light_theme (&theme);
  init_molecule (&molecule, BENZENE_Z, BENZENE, 12);

  for (guint turn = 0; turn < 30; turn++)
    {
      static const DrawArea edges[] = { { 0, 0, WIDTH, 1 }, { 0, HEIGHT - 1, WIDTH, 1 }, { 0, 0, 1, HEIGHT }, { WIDTH - 1, 0, 1, HEIGHT } };
      g_auto(Picture) picture = { 0 };
      const DrawArea all = { 0, 0, WIDTH, HEIGHT };
      guint n_inked;

      picture_begin (&picture, WIDTH, HEIGHT);
      draw_molecule (picture_get_canvas (&picture, &theme), &molecule);
      for (guint e = 0; e < G_N_ELEMENTS (edges); e++)
        g_assert_cmpuint (picture_count_color (&picture, edges[e], (DrawColor) { 1, 1, 1, 1 }, 1), ==,
                          edges[e].width * edges[e].height);
      n_inked = WIDTH * HEIGHT - picture_count_color (&picture, all, (DrawColor) { 1, 1, 1, 1 }, 1);
      g_assert_cmpuint (n_inked, >, 4000);

      molecule.rotation = draw_rotation_turn (&molecule.rotation, g_rand_double (rand), g_rand_double (rand),
                                              g_rand_double (rand), 1);
    }
}

static gboolean
is_like (guint32   pixel,
         DrawColor color,
         int       tolerance)
{
  guint32 wanted = color_to_pixel (color);

  for (guint shift = 0; shift < 24; shift += 8)
    {
      if (abs ((int) (pixel >> shift & 0xff) - (int) (wanted >> shift & 0xff)) > tolerance)
        return FALSE;
    }

  return TRUE;
}

static DrawColor
get_color (guint z)
{
  guint32 color = draw_bonds_get_color (z);

  return (DrawColor) { (color >> 16) / 255.0, (color >> 8 & 0xff) / 255.0, (color & 0xff) / 255.0, 1 };
}

/* Beside its letter, an atom has its colour; letters say the same. */
static void
test_colors (void)
{
  DrawMolecule molecule;
  DrawTheme theme;

  init_molecule (&molecule, HYDROGEN_CYANIDE_Z, HYDROGEN_CYANIDE, 3);
  for (guint dark = 0; dark < 2; dark++)
    {
      g_auto(Picture) picture = { 0 };

      if (dark)
        init_dark_theme (&theme);
      else
        init_light_theme (&theme);
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_molecule (picture_get_canvas (&picture, &theme), &molecule);

      for (gsize i = 0; i < 3; i++)
        {
          PictureText *letter = picture_find_text (draw_bonds_get_symbol (molecule.z[i]));
          double x, y, radius;

          find_atom (&molecule, i, &x, &y, &radius);
          g_assert_true (is_like (picture_get_pixel (&picture, (int) (x - 0.55 * radius), (int) (y + 0.1 * radius)),
                                  get_color (molecule.z[i]), 50));
          assert_close (letter->area.x + letter->area.width / 2, x, 0.01);
          assert_close (letter->area.y + letter->area.height / 2, y, 0.01);
        }
    }
}

/* One behind the other: the nearer one is found, and seen, and larger. */
static void
test_depth (void)
{
  const guint8 z[] = { 8, 7, 6, 6 };
  const float xyz[] = { 0, 0, -2, 0, 0, 2, 2, 0, 2, -2, 0, -2 };
  g_auto(Picture) picture = { 0 };
  double x, y, near, far;
  DrawMolecule molecule;
  DrawTheme theme;
  gsize located = 99;

  init_light_theme (&theme);
  init_molecule (&molecule, z, xyz, 4);
  picture_begin (&picture, WIDTH, HEIGHT);
  draw_molecule (picture_get_canvas (&picture, &theme), &molecule);

  g_assert_true (draw_molecule_locate (WIDTH, HEIGHT, &molecule, WIDTH / 2, HEIGHT / 2, &located));
  g_assert_cmpuint (located, ==, 1);
  find_atom (&molecule, 1, &x, &y, &near);
  g_assert_true (is_like (picture_get_pixel (&picture, (int) (x - 0.7 * near), (int) (y + 0.1 * near)), get_color (7),
                          50));

  find_atom (&molecule, 2, &x, &y, &near);
  find_atom (&molecule, 3, &x, &y, &far);
  g_assert_cmpfloat (near, >, 1.2 * far);

  /* What is far is fainter: nearer to paper. */
  g_assert_cmpuint (picture_get_pixel (&picture, (int) (x - 0.5 * far), (int) y) & 0xff, >, 0x90 + 20);

  /* Turned around, it is the other way. */
  molecule.rotation = draw_rotation_turn (&molecule.rotation, 0, 1, 0, G_PI);
  g_assert_true (draw_molecule_locate (WIDTH, HEIGHT, &molecule, WIDTH / 2, HEIGHT / 2, &located));
  g_assert_cmpuint (located, ==, 0);
  g_assert_false (draw_molecule_locate (WIDTH, HEIGHT, &molecule, 1, 1, &located));
}

/* A small atom before a large one is not hidden by it, and behind it is. */
static void
test_order (void)
{
  const guint8 z[] = { 1, 17 };
  const float xyz[] = { 0, 0, 2, 0, 0, -2 };
  DrawMolecule molecule;
  DrawTheme theme;

  init_light_theme (&theme);
  init_molecule (&molecule, z, xyz, 2);
  for (guint turn = 0; turn < 2; turn++)
    {
      g_auto(Picture) picture = { 0 };
      guint n_white;

      picture_begin (&picture, WIDTH, HEIGHT);
      draw_molecule (picture_get_canvas (&picture, &theme), &molecule);
      n_white = picture_count_color (&picture, (DrawArea) { WIDTH / 2 - 12, HEIGHT / 2 - 12, 24, 24 }, get_color (1),
                                     60);
      if (turn == 0)
        g_assert_cmpuint (n_white, >, 100);
      else
        g_assert_cmpuint (n_white, ==, 0);
      molecule.rotation = draw_rotation_turn (&molecule.rotation, 0, 1, 0, G_PI);
    }
}

/* Sticks: one, two or three beside each other across the middle of a bond */
static void
test_sticks (void)
{
  static const struct
  {
    const guint8 *z;
    const float  *xyz;
    gsize         n;
    gsize         first;
    gsize         second;
    guint         n_sticks;
  } cases[] = {
    { HYDROGEN_CYANIDE_Z, HYDROGEN_CYANIDE, 3, 0, 1, 1 },
    { CARBON_DIOXIDE_Z, CARBON_DIOXIDE, 3, 1, 2, 2 },
    { HYDROGEN_CYANIDE_Z, HYDROGEN_CYANIDE, 3, 1, 2, 3 },
  };
  DrawTheme theme;

  init_light_theme (&theme);
  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_auto(Picture) picture = { 0 };
      double x[2], y[2], r[2];
      DrawMolecule molecule;
      guint n = 0;
      gboolean inside = FALSE;
      int column;

      init_molecule (&molecule, cases[c].z, cases[c].xyz, cases[c].n);
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_molecule (picture_get_canvas (&picture, &theme), &molecule);
      find_atom (&molecule, cases[c].first, &x[0], &y[0], &r[0]);
      find_atom (&molecule, cases[c].second, &x[1], &y[1], &r[1]);

      /* Between the balls */
      column = (int) ((x[0] + r[0] + x[1] - r[1]) / 2);
      for (int row = 0; row < HEIGHT; row++)
        {
          gboolean now = (picture_get_pixel (&picture, column, row) & 0xff) < 0xe0;

          n += now && !inside;
          inside = now;
        }
      g_assert_cmpuint (n, ==, cases[c].n_sticks);
    }
}

static void
test_pointer (void)
{
  guint ink[2];
  DrawMolecule molecule;
  DrawTheme theme;

  init_light_theme (&theme);
  for (guint i = 0; i < 2; i++)
    {
      g_auto(Picture) picture = { 0 };

      init_molecule (&molecule, WATER_Z, WATER, 3);
      molecule.pointer = i == 0 ? -1 : 0;
      picture_begin (&picture, WIDTH, HEIGHT);
      draw_molecule (picture_get_canvas (&picture, &theme), &molecule);
      ink[i] = picture_count_color (&picture, (DrawArea) { 0, 0, WIDTH, HEIGHT }, theme.foreground, 20);
    }
  g_assert_cmpuint (ink[1], >, ink[0] + 100);
}

static void
test_words (void)
{
  static const struct
  {
    const guint8 *z;
    const float  *xyz;
    gsize         n;
    gssize        pointer;
    const char   *words;
  } cases[] = {
    { BENZENE_Z, BENZENE, 12, -1, "C₆H₆: 12 atoms, 12 bonds" },
    { NITROMETHANE_Z, NITROMETHANE, 7, -1, "CH₃NO₂: 7 atoms, 6 bonds" },
    { WATER_Z, WATER, 3, -1, "H₂O: 3 atoms, 2 bonds" },
    { WATER_Z, WATER, 1, -1, "O: 1 atom, 0 bonds" },
    { WATER_Z, WATER, 1, 0, "O 1" },
    { FORMALDEHYDE_Z, FORMALDEHYDE, 4, 0, "C 1, bonded to O 2, H 3, H 4" },
    { WATER_Z, WATER, 0, -1, "No molecule" },
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *words = NULL;
      DrawMolecule molecule;

      init_molecule (&molecule, cases[c].z, cases[c].xyz, cases[c].n);
      molecule.pointer = cases[c].pointer;
      words = draw_molecule_describe (&molecule);
      g_assert_cmpstr (words, ==, cases[c].words);
    }
}

static void
test_odd (void)
{
  const guint8 z[] = { 0, 255, 6, 1, 1 };
  const float xyz[] = { 0, 0, 0, NAN, 0, 0, 1e30f, 0, 0, 5, 5, 5, 5, 5, 5 };
  DrawTheme theme;

  init_light_theme (&theme);
  for (gsize from = 0; from < 5; from++)
    {
      for (gsize n = 0; from + n <= 5; n++)
        {
          g_auto(Picture) picture = { 0 };
          g_autofree char *words = NULL;
          DrawMolecule molecule;
          gsize atom;

          init_molecule (&molecule, z + from, xyz + 3 * from, n);
          molecule.rotation = draw_rotation_from_points (molecule.xyz, n);
          molecule.pointer = 0;
          picture_begin (&picture, WIDTH, HEIGHT);
          draw_molecule (picture_get_canvas (&picture, &theme), &molecule);
          draw_molecule (picture_get_canvas_part (&picture, &theme, 3, 2), &molecule);
          draw_molecule (picture_get_canvas_part (&picture, &theme, 0, 0), &molecule);
          draw_molecule_locate (WIDTH, HEIGHT, &molecule, 200, 150, &atom);
          g_assert_false (draw_molecule_locate (0, 0, &molecule, 0, 0, &atom));
          words = draw_molecule_describe (&molecule);
          g_assert_nonnull (words);
        }
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/molecule/places", test_places);
  g_test_add_func ("/molecule/fits", test_fits);
  g_test_add_func ("/molecule/colors", test_colors);
  g_test_add_func ("/molecule/depth", test_depth);
  g_test_add_func ("/molecule/order", test_order);
  g_test_add_func ("/molecule/sticks", test_sticks);
  g_test_add_func ("/molecule/pointer", test_pointer);
  g_test_add_func ("/molecule/words", test_words);
  g_test_add_func ("/molecule/odd", test_odd);

  return g_test_run ();
}
