/* test-axis.c: ticks against known ones, numbers, and the way there and back.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "draw/draw-axis.h"
#include "draw/draw-number.h"
#include "test-util.h"

typedef struct
{
  DrawAxis axis;
  guint    n_max;
  guint    n;
  double   ticks[12];
} TickCase;

static void
test_ticks_known (void)
{
  static const TickCase cases[] = {
    { { .min = 0, .max = 1 }, 6, 6, { 0, 0.2, 0.4, 0.6, 0.8, 1 } },
    { { .min = 0, .max = 1 }, 5, 3, { 0, 0.5, 1 } },
    { { .min = 0, .max = 10 }, 11, 11, { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 } },
    { { .min = 0, .max = 10 }, 10, 6, { 0, 2, 4, 6, 8, 10 } },
    { { .min = -1.37, .max = 1.37 }, 5, 5, { -1, -0.5, 0, 0.5, 1 } },
    { { .min = 0.13, .max = 0.29 }, 5, 3, { 0.15, 0.2, 0.25 } },
    { { .min = 1e-7, .max = 9e-7 }, 5, 4, { 2e-7, 4e-7, 6e-7, 8e-7 } },
    { { .min = 0, .max = 3e9 }, 4, 4, { 0, 1e9, 2e9, 3e9 } },
    { { .min = 1, .max = 3, .integer = TRUE }, 10, 3, { 1, 2, 3 } },
    { { .min = 1, .max = 20, .integer = TRUE }, 5, 4, { 5, 10, 15, 20 } },
    { { .min = 9.5, .max = -0.5, .integer = TRUE }, 5, 5, { 0, 2, 4, 6, 8 } },
    { { .min = 0.8, .max = 1, .percent = TRUE }, 5, 5, { 0.8, 0.85, 0.9, 0.95, 1 } },
    { { .min = 0.001, .max = 100, .log = TRUE }, 10, 6, { 0.001, 0.01, 0.1, 1, 10, 100 } },
    { { .min = 0.001, .max = 100, .log = TRUE }, 3, 3, { 0.01, 1, 100 } },
    { { .min = 0.15, .max = 3, .log = TRUE }, 6, 4, { 0.2, 0.5, 1, 2 } },
    { { .min = 0.3, .max = 0.45, .log = TRUE }, 5, 4, { 0.3, 0.35, 0.4, 0.45 } },
    { { .min = 4, .max = 4 }, 5, 1, { 4 } },
    { { .min = 0, .max = 1 }, 0, 0, { 0 } },
    { { .min = 0, .max = INFINITY }, 5, 0, { 0 } },
    { { .min = 0, .max = 1, .log = TRUE }, 5, 0, { 0 } },
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree double *ticks = NULL;
      guint n;

      ticks = draw_axis_make_ticks (&cases[c].axis, cases[c].n_max, &n);
      g_test_message ("case %u", c);
      g_assert_cmpuint (n, ==, cases[c].n);
      for (guint i = 0; i < n; i++)
        g_assert_cmpfloat (fabs (ticks[i] - cases[c].ticks[i]), <=, 1e-12 * fabs (cases[c].ticks[i]));
    }
}

/* What must hold for any axis, tried on many */
static void
test_ticks_any (void)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);

  for (guint c = 0; c < 2000; c++)
    {
      double scale = pow (10, g_rand_double_range (rand, -9, 9));
      DrawAxis axis = { .min = scale * g_rand_double_range (rand, -1, 1) };
      guint n_max = (guint) g_rand_int_range (rand, 2, 12);
      g_autofree double *ticks = NULL;
      double mantissa;
      guint n;

      axis.max = axis.min + scale * g_rand_double_range (rand, 0.01, 2);
      ticks = draw_axis_make_ticks (&axis, n_max, &n);

      g_assert_cmpuint (n, <=, n_max);
      if (n_max >= 5)
        g_assert_cmpuint (n, >=, 2);

      for (guint i = 0; i < n; i++)
        {
          g_assert_cmpfloat (ticks[i], >=, axis.min - 1e-9 * scale);
          g_assert_cmpfloat (ticks[i], <=, axis.max + 1e-9 * scale);
        }

      if (n < 2)
        continue;

      /* The step is 1, 2 or 5 times a power of ten. */
      mantissa = (ticks[n - 1] - ticks[0]) / (n - 1);
      mantissa /= pow (10, floor (log10 (mantissa) + 1e-6));
      g_assert_true (fabs (mantissa - 1) < 1e-6 || fabs (mantissa - 2) < 1e-6 || fabs (mantissa - 5) < 1e-6);
    }
}

typedef struct
{
  DrawAxis    axis;
  double      value;
  double      step;
  const char *text;
} FormatCase;

static void
test_format (void)
{
  static const FormatCase cases[] = {
    { { .min = 0, .max = 1 }, 0.2, 0.2, "0.2" },
    { { .min = 0, .max = 1 }, 1, 0.5, "1.0" },
    { { .min = 0, .max = 1 }, 0.25, 0.05, "0.25" },
    { { .min = -1, .max = 1 }, -0.5, 0.5, "−0.5" },
    { { .min = -1, .max = 1 }, -1e-17, 0.5, "0.0" },
    { { .min = 0, .max = 100 }, 20, 20, "20" },
    { { .min = 0, .max = 1, .percent = TRUE }, 0.94, 0.02, "94 %" },
    { { .min = 0, .max = 1, .percent = TRUE }, 0.945, 0.005, "94.5 %" },
    { { .min = 0, .max = 3e9 }, 2e9, 1e9, "2×10⁹" },
    { { .min = 0, .max = 3e9 }, 0, 1e9, "0" },
    { { .min = 0, .max = 9e-7 }, 4e-7, 2e-7, "4×10⁻⁷" },
    { { .min = 1e-6, .max = 1e3, .log = TRUE }, 1e-6, 0, "10⁻⁶" },
    { { .min = 1e-6, .max = 1e3, .log = TRUE }, 0.01, 0, "0.01" },
    { { .min = 1e-6, .max = 1e3, .log = TRUE }, 100, 0, "100" },
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *text = draw_axis_format (&cases[c].axis, cases[c].value, cases[c].step);
      g_auto(GStrv) parts = g_strsplit (text, "\302\240", -1);      /* the space does not break */
      g_autofree char *plain = g_strjoinv (" ", parts);

      g_assert_cmpstr (plain, ==, cases[c].text);
    }
}

static void
test_format_number (void)
{
  static const struct
  {
    double      value;
    int         digits;
    const char *text;
  } cases[] = {
    { 0, 3, "0" },
    { 0.21345, 3, "0.213" },
    { -0.21345, 3, "−0.213" },
    { 9.996, 3, "10.0" },
    { 12345, 3, "12345" },
    { 0.000123, 2, "0.00012" },
    { 1.234e-7, 3, "1.23×10⁻⁷" },
    { 1e-9, 1, "10⁻⁹" },
    { 2.5e12, 2, "2.5×10¹²" },
    { NAN, 3, "–" },
    { -INFINITY, 3, "−∞" },
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *text = draw_number_format (cases[c].value, cases[c].digits);

      g_assert_cmpstr (text, ==, cases[c].text);
    }
}

/* Pictures speak the language of their reader. */
static void
test_format_locale (void)
{
  static const char *const names[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "es_ES.UTF-8" };
  const DrawAxis axis = { .min = 0, .max = 1 };
  g_autofree char *text = NULL;
  g_autofree char *given = NULL;
  g_autofree char *count = NULL;
  gboolean found = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (names) && !found; i++)
    found = setlocale (LC_NUMERIC, names[i]) != NULL;

  if (!found || strcmp (localeconv ()->decimal_point, ",") != 0)
    {
      g_test_skip ("no locale with a decimal comma is installed");
      return;
    }

  text = draw_axis_format (&axis, 0.25, 0.05);
  given = draw_number_format_given (0.043);
  count = draw_number_format_count (133885);
  setlocale (LC_NUMERIC, "C");

  g_assert_cmpstr (text, ==, "0,25");
  g_assert_cmpstr (given, ==, "0,043");
  g_assert_cmpuint (g_utf8_strlen (count, -1), ==, 7);      /* grouped */
}

/* Named places, and how they are told apart from numbers */
static void
test_names (void)
{
  static const char *const names[] = { "H", "C", "N" };
  const DrawAxis axis = { .min = -0.5, .max = 2.5, .integer = TRUE, .names = names, .n_names = 3 };
  g_autofree double *ticks = NULL;
  guint n;

  ticks = draw_axis_make_ticks (&axis, 3, &n);
  g_assert_cmpuint (n, ==, 3);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *text = draw_axis_format (&axis, ticks[i], 1);

      g_assert_cmpstr (text, ==, names[i]);
    }

  for (double value = -1; value <= 3; value += 4)
    {
      g_autofree char *text = draw_axis_format (&axis, value, 1);

      g_assert_cmpstr (text, ==, "");
    }
}

static void
test_format_given (void)
{
  static const struct
  {
    double      value;
    const char *text;
  } cases[] = {
    { 0.043, "0.043" }, { 0.107, "0.107" }, { 3.4, "3.4" }, { 100, "100" }, { 0, "0" }, { -0.5, "−0.5" },
    { 0.0433634, "0.04336" }, { 1.0 / 3, "0.3333" }, { 1e-9, "10⁻⁹" }, { NAN, "–" }, { INFINITY, "∞" },
  };
  g_autofree char *quantity = draw_number_format_quantity (0.1437, 3, "eV");
  g_autofree char *bare = draw_number_format_quantity (0.1437, 3, NULL);
  g_autofree char *empty = draw_number_append_unit (g_strdup ("5"), "");
  g_autofree char *count = draw_number_format_count (9999);

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *text = draw_number_format_given (cases[c].value);

      g_assert_cmpstr (text, ==, cases[c].text);
    }

  g_assert_cmpstr (quantity, ==, "0.144\302\240eV");
  g_assert_cmpstr (bare, ==, "0.144");
  g_assert_cmpstr (empty, ==, "5");
  g_assert_cmpstr (count, ==, "9999");
}

static void
test_widen (void)
{
  static const double cases[][4] = {
    { 0, 0.93, 0, 1 }, { 0, 1, 0, 1 }, { -0.37, 0.41, -0.4, 0.6 }, { 12, 47, 10, 50 }, { 5, 5, 5, 5 },
  };

  for (guint c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      DrawAxis axis = { .min = cases[c][0], .max = cases[c][1] };

      draw_axis_widen (&axis);
      assert_close (axis.min, cases[c][2], 1e-12);
      assert_close (axis.max, cases[c][3], 1e-12);
    }
}

static void
test_unit (void)
{
  static const DrawAxis axes[] = {
    { .min = 1, .max = 20 },
    { .min = 9.5, .max = -0.5 },
    { .min = -3e5, .max = 1e-3 },
    { .min = 0.001, .max = 50, .log = TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (axes); i++)
    {
      assert_close (draw_axis_to_unit (&axes[i], axes[i].min), 0, 1e-12);
      assert_close (draw_axis_to_unit (&axes[i], axes[i].max), 1, 1e-12);

      for (double unit = -0.5; unit <= 1.5; unit += 0.125)
        assert_close (draw_axis_to_unit (&axes[i], draw_axis_from_unit (&axes[i], unit)), unit, 1e-9);
    }

  /* Known places */
  assert_close (draw_axis_to_unit (&axes[0], 10.5), 0.5, 1e-12);
  assert_close (draw_axis_to_unit (&(DrawAxis) { .min = 0.01, .max = 100, .log = TRUE }, 0.1), 0.25, 1e-12);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/axis/ticks/known", test_ticks_known);
  g_test_add_func ("/axis/ticks/any", test_ticks_any);
  g_test_add_func ("/axis/format", test_format);
  g_test_add_func ("/axis/format-number", test_format_number);
  g_test_add_func ("/axis/format-locale", test_format_locale);
  g_test_add_func ("/axis/names", test_names);
  g_test_add_func ("/axis/format-given", test_format_given);
  g_test_add_func ("/axis/widen", test_widen);
  g_test_add_func ("/axis/unit", test_unit);

  return g_test_run ();
}
