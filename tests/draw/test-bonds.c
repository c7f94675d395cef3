/* test-bonds.c: bonds as the textbook has them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "draw/draw-bonds.h"
#include "molecules.h"
#include "test-util.h"

/* As "0-1 2 0-2 1": first, second, order */
static void
check (const guint8 *z,
       const float  *xyz,
       gsize         n,
       const char   *expected)
{
  g_autofree DrawBond *bonds = NULL;
  g_autoptr(GString) found = g_string_new (NULL);
  gsize n_bonds;

  bonds = draw_bonds_find (z, xyz, n, &n_bonds);
  for (gsize i = 0; i < n_bonds; i++)
    g_string_append_printf (found, "%s%zu-%zu %u", i > 0 ? " " : "", bonds[i].first, bonds[i].second, bonds[i].order);

  g_assert_cmpstr (found->str, ==, expected);
}

static void
test_orders (void)
{
  check (WATER_Z, WATER, 3, "0-1 1 0-2 1");
  check (FORMALDEHYDE_Z, FORMALDEHYDE, 4, "0-1 2 0-2 1 0-3 1");
  check (HYDROGEN_CYANIDE_Z, HYDROGEN_CYANIDE, 3, "0-1 1 1-2 3");
  check (CARBON_DIOXIDE_Z, CARBON_DIOXIDE, 3, "0-1 2 1-2 2");

  /* No structure without charges: all are single. */
  check (NITROMETHANE_Z, NITROMETHANE, 7, "0-1 1 0-4 1 0-5 1 0-6 1 1-2 1 1-3 1");
}

/* One of both structures: three double bonds, no two of which share an atom */
static void
test_ring (void)
{
  g_autofree DrawBond *bonds = NULL;
  guint valences[12] = { 0 }, n_double = 0;
  gsize n_bonds;

  bonds = draw_bonds_find (BENZENE_Z, BENZENE, 12, &n_bonds);
  g_assert_cmpuint (n_bonds, ==, 12);
  for (gsize i = 0; i < n_bonds; i++)
    {
      valences[bonds[i].first] += bonds[i].order;
      valences[bonds[i].second] += bonds[i].order;
      n_double += bonds[i].order == 2;
      g_assert_cmpuint (bonds[i].order, <=, bonds[i].second < 6 ? 2 : 1);
    }

  g_assert_cmpuint (n_double, ==, 3);
  for (guint i = 0; i < 12; i++)
    g_assert_cmpuint (valences[i], ==, i < 6 ? 4 : 1);
}

/* CH2=CH-CH=CH2 */
static void
test_chain (void)
{
  const guint8 z[] = { 6, 6, 6, 6, 1, 1, 1, 1, 1, 1 };
  const float xyz[] = {
    -1.85f, -0.12f, 0, -0.62f, 0.40f, 0, 0.62f, -0.40f, 0, 1.85f, 0.12f, 0,
    -2.05f, -1.19f, 0, -2.72f, 0.54f, 0, -0.51f, 1.48f, 0, 0.51f, -1.48f, 0, 2.05f, 1.19f, 0, 2.72f, -0.54f, 0,
  };

  check (z, xyz, 10, "0-1 2 0-4 1 0-5 1 1-2 1 1-6 1 2-3 2 2-7 1 3-8 1 3-9 1");
}

/* Two rings of three, joined: in each the bonds to the joint are shorter, but a
 * double one there would leave an atom alone, and is taken back.
 */
static void
test_taken_back (void)
{
  const guint8 z[] = { 6, 6, 6, 6, 6, 6, 1, 1, 1, 1 };
  const float xyz[] = {
    -1.12f, 0.70f, 0, -1.12f, -0.70f, 0, 0, 0, 0, 2.45f, 0.70f, 0, 2.45f, -0.70f, 0, 1.33f, 0, 0,
    -1.85f, 1.5f, 0, -1.85f, -1.5f, 0, 3.18f, 1.5f, 0, 3.18f, -1.5f, 0,
  };

  check (z, xyz, 10, "0-1 2 0-2 1 0-6 1 1-2 1 1-7 1 2-5 2 3-4 2 3-5 1 3-8 1 4-5 1 4-9 1");
}

/* Distances at the limits: carbon is 0.76 Å, hydrogen 0.31. */
static void
test_distances (void)
{
  const guint8 z[] = { 6, 1 };

  check (z, (const float[]) { 0, 0, 0, 1.390f, 0, 0 }, 2, "0-1 1");
  check (z, (const float[]) { 0, 0, 0, 1.392f, 0, 0 }, 2, "");
  check (z, (const float[]) { 0, 0, 0, 0.1f, 0, 0 }, 2, "");
  check (z, (const float[]) { 0, 0, 0, NAN, 0, 0 }, 2, "");
  check (z, (const float[]) { 0, 0, 0, 1e30f, 0, 0 }, 2, "");
  check (NULL, NULL, 0, "");
}

/* Two carbons alone would like four bonds; three are the most, and do not do. */
static void
test_radicals (void)
{
  check ((const guint8[]) { 6, 6 }, (const float[]) { 0, 0, 0, 1.24f, 0, 0 }, 2, "0-1 1");
  check ((const guint8[]) { 8, 1 }, (const float[]) { 0, 0, 0, 0.97f, 0, 0 }, 2, "0-1 1");
  check ((const guint8[]) { 7, 7 }, (const float[]) { 0, 0, 0, 1.10f, 0, 0 }, 2, "0-1 3");
  check ((const guint8[]) { 8, 8 }, (const float[]) { 0, 0, 0, 1.21f, 0, 0 }, 2, "0-1 2");

  /* Long ones are not double. */
  check ((const guint8[]) { 8, 8 }, (const float[]) { 0, 0, 0, 1.45f, 0, 0 }, 2, "0-1 1");
}

/* Bicyclo[1.1.1]pentane: opposite corners are 1.87 Å apart, which is less than
 * 1.3 times two radii, and not bonded: they have their four bonds.
 */
static void
test_cage (void)
{
  guint8 z[13] = { 6, 6, 6, 6, 6 };
  float xyz[3 * 13] = { 0, 0, 0.935f, 0, 0, -0.935f };
  g_autofree DrawBond *bonds = NULL;
  gsize n_bonds;

  for (guint i = 0; i < 3; i++)
    {
      float c = (float) cos (2 * G_PI * i / 3), s = (float) sin (2 * G_PI * i / 3);

      memcpy (xyz + 3 * (2 + i), (float[]) { 1.23f * c, 1.23f * s, 0 }, 3 * sizeof (float));
      memcpy (xyz + 3 * (5 + 2 * i), (float[]) { 1.86f * c - 0.89f * s, 1.86f * s + 0.89f * c, 0 }, 3 * sizeof (float));
      memcpy (xyz + 3 * (6 + 2 * i), (float[]) { 1.86f * c + 0.89f * s, 1.86f * s - 0.89f * c, 0 }, 3 * sizeof (float));
    }
  memcpy (xyz + 3 * 11, (float[]) { 0, 0, 2.03f, 0, 0, -2.03f }, 6 * sizeof (float));
  memset (z + 5, 1, 8);

  bonds = draw_bonds_find (z, xyz, 13, &n_bonds);
  g_assert_cmpuint (n_bonds, ==, 6 + 8);
  for (gsize i = 0; i < n_bonds; i++)
    {
      g_assert_cmpuint (bonds[i].order, ==, 1);
      g_assert_false (bonds[i].first == 0 && bonds[i].second == 1);
    }
}

/* A sheet of graphite without hydrogen has no end of ways: it is given up. */
static void
test_gives_up (void)
{
  g_autofree float *xyz = g_new0 (float, 3 * 300);
  g_autofree guint8 *z = g_new (guint8, 300);
  g_autofree DrawBond *bonds = NULL;
  gsize n_bonds;

  for (gsize i = 0; i < 300; i++)
    {
      gsize cell = i / 2;

      z[i] = 6;
      xyz[3 * i] = 2.46f * ((float) (cell % 15) + 0.5f * (float) (cell / 15));
      xyz[3 * i + 1] = 2.13f * (float) (cell / 15) + (i % 2 == 0 ? 0 : 1.42f);
    }

  bonds = draw_bonds_find (z, xyz, 300, &n_bonds);
  g_assert_cmpuint (n_bonds, >, 400);
  for (gsize i = 0; i < n_bonds; i++)
    g_assert_cmpuint (bonds[i].order, ==, 1);
}

static void
test_elements (void)
{
  g_assert_cmpstr (draw_bonds_get_symbol (1), ==, "H");
  g_assert_cmpstr (draw_bonds_get_symbol (9), ==, "F");
  g_assert_cmpstr (draw_bonds_get_symbol (17), ==, "Cl");
  g_assert_cmpstr (draw_bonds_get_symbol (0), ==, "?");
  g_assert_cmpstr (draw_bonds_get_symbol (92), ==, "?");
  assert_close (draw_bonds_get_radius (7), 0.71, 0);
  g_assert_cmpfloat (draw_bonds_get_radius (200), >, 1);
  g_assert_cmphex (draw_bonds_get_color (8), ==, 0xff0d0d);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/bonds/orders", test_orders);
  g_test_add_func ("/bonds/ring", test_ring);
  g_test_add_func ("/bonds/chain", test_chain);
  g_test_add_func ("/bonds/taken-back", test_taken_back);
  g_test_add_func ("/bonds/distances", test_distances);
  g_test_add_func ("/bonds/radicals", test_radicals);
  g_test_add_func ("/bonds/cage", test_cage);
  g_test_add_func ("/bonds/gives-up", test_gives_up);
  g_test_add_func ("/bonds/elements", test_elements);

  return g_test_run ();
}
