/* test-theme.c: colours that can be seen and told apart, computed here afresh.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "draw/draw-color.h"
#include "draw/draw-scale-bar.h"
#include "draw/draw-text.h"
#include "draw/draw-theme.h"
#include "test-util.h"

typedef struct
{
  double L;
  double a;
  double b;
} Lab;

static double
to_linear (double c)
{
  return c <= 0.04045 ? c / 12.92 : pow ((c + 0.055) / 1.055, 2.4);
}

static double
lab_f (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (24389.0 / 27 * t + 16) / 116;
}

/* IEC 61966-2-1 to CIE 1931 XYZ, D65, to CIE 1976 L*a*b* */
static Lab
linear_to_lab (const double rgb[3])
{
  double x = (0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047;
  double y = 0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2];
  double z = (0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883;

  return (Lab) { 116 * lab_f (y) - 16, 500 * (lab_f (x) - lab_f (y)), 200 * (lab_f (y) - lab_f (z)) };
}

static Lab
to_lab (DrawColor color)
{
  const double rgb[3] = { to_linear (color.red), to_linear (color.green), to_linear (color.blue) };

  return linear_to_lab (rgb);
}

static double
distance (Lab p,
          Lab q)
{
  return sqrt ((p.L - q.L) * (p.L - q.L) + (p.a - q.a) * (p.a - q.a) + (p.b - q.b) * (p.b - q.b));
}

/* WCAG 2.1 */
static double
contrast (DrawColor a,
          DrawColor b)
{
  double ya = 0.2126 * to_linear (a.red) + 0.7152 * to_linear (a.green) + 0.0722 * to_linear (a.blue);
  double yb = 0.2126 * to_linear (b.red) + 0.7152 * to_linear (b.green) + 0.0722 * to_linear (b.blue);

  return (MAX (ya, yb) + 0.05) / (MIN (ya, yb) + 0.05);
}

/* Machado, Oliveira and Fernandes (2009), severity 1: what protanopes,
 * deuteranopes and tritanopes see of linear RGB
 */
static const double BLINDNESS[3][3][3] = {
  { { 0.152286, 1.052583, -0.204868 }, { 0.114503, 0.786281, 0.099216 }, { -0.003882, -0.048116, 1.051998 } },
  { { 0.367322, 0.860646, -0.227968 }, { 0.280085, 0.672501, 0.047413 }, { -0.011820, 0.042940, 0.968881 } },
  { { 1.255528, -0.076749, -0.178779 }, { -0.078411, 0.930809, 0.147602 }, { 0.004733, 0.691367, 0.303900 } },
};

static Lab
to_blind_lab (DrawColor color,
              guint     kind)
{
  const double rgb[3] = { to_linear (color.red), to_linear (color.green), to_linear (color.blue) };
  double seen[3];

  for (guint i = 0; i < 3; i++)
    seen[i] = CLAMP (BLINDNESS[kind][i][0] * rgb[0] + BLINDNESS[kind][i][1] * rgb[1] + BLINDNESS[kind][i][2] * rgb[2],
                     0, 1);

  return linear_to_lab (seen);
}

static const DrawColor BLACK = { 0, 0, 0, 1 };
static const DrawColor WHITE = { 1, 1, 1, 1 };
static const DrawColor DARK = { 0.19, 0.19, 0.19, 1 };

static void
init_theme (DrawTheme *theme,
            gboolean   dark,
            gboolean   high_contrast)
{
  draw_theme_init (theme, dark ? &WHITE : &BLACK, dark ? &DARK : &WHITE, high_contrast, "Sans", 11);
}

static void
test_init (void)
{
  const DrawColor light_text = { 0.9, 0.9, 0.9, 1 };
  DrawTheme theme;

  /* Without a background, the text tells. */
  draw_theme_init (&theme, &light_text, NULL, FALSE, NULL, 4);
  g_assert_true (theme.dark);
  g_assert_cmpfloat (theme.font_size, >=, 9);
  g_assert_cmpfloat (theme.background.alpha, ==, 0);
  g_assert_cmpint (theme.font_family[0], !=, '\0');

  draw_theme_init (&theme, &BLACK, NULL, FALSE, "Cantarell", 12);
  g_assert_false (theme.dark);
  g_assert_cmpstr (theme.font_family, ==, "Cantarell");

  draw_theme_init_print (&theme);
  g_assert_false (theme.dark);
  g_assert_cmpfloat (theme.background.red, ==, 1);
  g_assert_cmpfloat (theme.background.alpha, ==, 1);
}

/* Zero is neutral, both arms get away from it evenly and equally far. */
static void
test_diverging (void)
{
  for (int dark = 0; dark <= 1; dark++)
    {
      double shortest = INFINITY, longest = 0;
      Lab before[2], neutral;
      DrawTheme theme;

      init_theme (&theme, dark, FALSE);
      neutral = to_lab (draw_theme_get_diverging (&theme, 0));
      before[0] = before[1] = neutral;

      g_assert_cmpfloat (hypot (neutral.a, neutral.b), <, 2);
      if (dark)
        g_assert_cmpfloat (neutral.L, <, 22);
      else
        g_assert_cmpfloat (neutral.L, >, 94);

      for (guint i = 1; i <= 20; i++)
        {
          Lab minus = to_lab (draw_theme_get_diverging (&theme, -0.05 * i));
          Lab plus = to_lab (draw_theme_get_diverging (&theme, 0.05 * i));
          double steps[2] = { distance (minus, before[0]), distance (plus, before[1]) };

          /* Lightness never turns round, and says how much, whatever the sign. */
          if (dark)
            {
              g_assert_cmpfloat (minus.L, >, before[0].L);
              g_assert_cmpfloat (plus.L, >, before[1].L);
            }
          else
            {
              g_assert_cmpfloat (minus.L, <, before[0].L);
              g_assert_cmpfloat (plus.L, <, before[1].L);
            }
          g_assert_cmpfloat (fabs (minus.L - plus.L), <, 4);

          /* Blue below, orange above */
          g_assert_cmpfloat (minus.b, <, neutral.b);
          g_assert_cmpfloat (plus.b, >, neutral.b);

          for (guint k = 0; k < 2; k++)
            {
              shortest = MIN (shortest, steps[k]);
              longest = MAX (longest, steps[k]);
            }
          before[0] = minus;
          before[1] = plus;
        }

      g_assert_cmpfloat (longest / shortest, <, 1.25);

      /* All the same for colour-blind eyes */
      for (guint kind = 0; kind < 3; kind++)
        {
          for (guint i = 5; i <= 20; i += 5)
            g_assert_cmpfloat (distance (to_blind_lab (draw_theme_get_diverging (&theme, -0.05 * i), kind),
                                         to_blind_lab (draw_theme_get_diverging (&theme, 0.05 * i), kind)), >, i * 1.0);
        }
    }
}

static void
test_diverging_outside (void)
{
  DrawTheme theme;
  Lab nan_lab;

  init_theme (&theme, FALSE, FALSE);

  assert_close (draw_theme_get_diverging (&theme, 7).red, draw_theme_get_diverging (&theme, 1).red, 0);
  assert_close (draw_theme_get_diverging (&theme, -7).blue, draw_theme_get_diverging (&theme, -1).blue, 0);

  /* What is no number looks like none of the others. */
  nan_lab = to_lab (draw_theme_get_diverging (&theme, NAN));
  for (int i = -20; i <= 20; i++)
    g_assert_cmpfloat (distance (nan_lab, to_lab (draw_theme_get_diverging (&theme, 0.05 * i))), >, 20);
}

static void
test_sequential (void)
{
  for (int dark = 0; dark <= 1; dark++)
    {
      double shortest = INFINITY, longest = 0;
      DrawTheme theme;
      Lab before;

      init_theme (&theme, dark, FALSE);
      before = to_lab (draw_theme_get_sequential (&theme, 0));

      for (guint i = 1; i <= 20; i++)
        {
          Lab here = to_lab (draw_theme_get_sequential (&theme, 0.05 * i));
          double step = distance (here, before);

          if (dark)
            g_assert_cmpfloat (here.L, >, before.L);
          else
            g_assert_cmpfloat (here.L, <, before.L);
          shortest = MIN (shortest, step);
          longest = MAX (longest, step);
          before = here;
        }

      g_assert_cmpfloat (longest / shortest, <, 1.25);
    }
}

static void
test_categories (void)
{
  for (int style = 0; style < 4; style++)
    {
      gboolean dark = style & 1;
      gboolean high_contrast = style & 2;
      DrawTheme theme;

      init_theme (&theme, dark, high_contrast);

      for (guint i = 0; i < 8; i++)
        {
          DrawColor color = draw_theme_get_category (&theme, i);

          /* WCAG 2.1, 1.4.11: graphics; and as text for high contrast */
          g_assert_cmpfloat (contrast (color, dark ? DARK : WHITE), >=, high_contrast ? 4.5 : 3);

          for (guint k = 0; k < i; k++)
            {
              DrawColor other = draw_theme_get_category (&theme, k);

              g_assert_cmpfloat (distance (to_lab (color), to_lab (other)), >, 15);
              for (guint kind = 0; kind < 3; kind++)
                g_assert_cmpfloat (distance (to_blind_lab (color, kind), to_blind_lab (other, kind)), >, i < 4 ? 12 : 8);
            }
        }

      assert_close (draw_theme_get_category (&theme, 8).red, draw_theme_get_category (&theme, 0).red, 0);
    }
}

static void
test_text (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 10, 10);
  double narrow, wide, small, large, floor_height;
  DrawTheme theme;
  const DrawCanvas canvas = { cairo_create (surface), &theme, 10, 10 };

  init_theme (&theme, FALSE, FALSE);
  draw_text_measure (&canvas, 1, "0.111", &narrow, &large);
  draw_text_measure (&canvas, 1, "0.888", &wide, NULL);
  draw_text_measure (&canvas, 0.9, "0", NULL, &small);
  draw_text_measure (&canvas, 0.1, "0", NULL, &floor_height);

  g_assert_cmpfloat (narrow, >, 0);
  assert_close (narrow, wide, 1e-6);
  g_assert_cmpfloat (small, <, large);
  g_assert_cmpfloat (floor_height, >=, 9.0 / 11 * large * 0.95);

  cairo_destroy (canvas.cr);
  cairo_surface_destroy (surface);
}

static void
test_shorten (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 10, 10);
  const char *text = "Größe der Kugel";
  g_autofree char *whole = NULL;
  gsize before = 0;
  double width;
  DrawTheme theme;
  const DrawCanvas canvas = { cairo_create (surface), &theme, 10, 10 };

  init_theme (&theme, FALSE, FALSE);
  draw_text_measure (&canvas, 1, text, &width, NULL);
  whole = draw_text_shorten (&canvas, 1, text, width);
  g_assert_cmpstr (whole, ==, text);

  for (double room = 0; room < width; room += 2)
    {
      g_autofree char *shorter = draw_text_shorten (&canvas, 1, text, room);
      double needed;

      if (shorter == NULL)
        {
          g_assert_cmpuint (before, ==, 0);
          continue;
        }

      g_assert_true (g_utf8_validate (shorter, -1, NULL));
      g_assert_true (g_str_has_suffix (shorter, "…"));
      g_assert_cmpmem (shorter, strlen (shorter) - strlen ("…"), text, strlen (shorter) - strlen ("…"));
      draw_text_measure (&canvas, 1, shorter, &needed, NULL);
      g_assert_cmpfloat (needed, <=, room);
      g_assert_cmpuint (strlen (shorter), >=, before);
      before = strlen (shorter);
    }
  g_assert_cmpuint (before, >, strlen (text) - 4);

  cairo_destroy (canvas.cr);
  cairo_surface_destroy (surface);
}

/* Every count is seen, on paper of either kind; more is more so. */
static void
test_counts (void)
{
  for (guint style = 0; style < 4; style++)
    {
      gboolean dark = style & 1;
      gboolean high_contrast = style & 2;
      DrawTheme theme;
      double before;

      init_theme (&theme, dark, high_contrast);
      before = contrast (draw_scale_bar_get_count_color (&theme, 1, 1000), dark ? DARK : WHITE);
      g_assert_cmpfloat (before, >=, high_contrast ? 4.5 : 3);

      for (double count = 2; count <= 1000; count *= 1.5)
        {
          double now = contrast (draw_scale_bar_get_count_color (&theme, count, 1000), dark ? DARK : WHITE);

          g_assert_cmpfloat (now, >, before);
          before = now;
        }

      /* One alone is as one of a thousand; nothing is beyond the scale. */
      assert_close (draw_scale_bar_get_count_color (&theme, 1, 1).red,
                    draw_scale_bar_get_count_color (&theme, 1, 1000).red, 1e-12);
      assert_close (draw_scale_bar_get_count_color (&theme, 5000, 1000).red, draw_theme_get_sequential (&theme, 1).red,
                    1e-12);
      assert_close (draw_scale_bar_get_count_color (&theme, 0, 1000).red,
                    draw_scale_bar_get_count_color (&theme, 1, 1000).red, 1e-12);
    }
}

static void
test_paper (void)
{
  const DrawColor grey = { 0.5, 0.5, 0.5, 1 };
  DrawColor mixed;
  DrawTheme theme;

  draw_theme_init (&theme, &BLACK, &grey, FALSE, NULL, 11);
  assert_close (draw_theme_get_paper (&theme).red, 0.5, 0);
  draw_theme_init (&theme, &BLACK, NULL, FALSE, NULL, 11);
  assert_close (draw_theme_get_paper (&theme).red, 1, 0);
  draw_theme_init (&theme, &WHITE, NULL, FALSE, NULL, 11);
  g_assert_cmpfloat (draw_theme_get_paper (&theme).red, <, 0.3);
  assert_close (draw_theme_get_paper (&theme).alpha, 1, 0);

  mixed = draw_color_mix ((DrawColor) { 0, 1, 0.5, 1 }, (DrawColor) { 1, 0, 0.5, 0 }, 0.25);
  assert_close (mixed.red, 0.25, 1e-12);
  assert_close (mixed.green, 0.75, 1e-12);
  assert_close (mixed.blue, 0.5, 1e-12);
  assert_close (mixed.alpha, 0.75, 1e-12);

  /* WCAG's definition, by hand */
  assert_close (draw_color_get_luminance (WHITE), 1, 1e-12);
  assert_close (draw_color_get_luminance ((DrawColor) { 1, 0, 0, 1 }), 0.2126, 1e-12);
  assert_close (draw_color_get_luminance ((DrawColor) { 0, 0.5, 0, 1 }), 0.7152 * pow (0.555 / 1.055, 2.4), 1e-12);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/theme/init", test_init);
  g_test_add_func ("/theme/diverging", test_diverging);
  g_test_add_func ("/theme/diverging-outside", test_diverging_outside);
  g_test_add_func ("/theme/sequential", test_sequential);
  g_test_add_func ("/theme/categories", test_categories);
  g_test_add_func ("/theme/text", test_text);
  g_test_add_func ("/theme/shorten", test_shorten);
  g_test_add_func ("/theme/counts", test_counts);
  g_test_add_func ("/theme/paper", test_paper);

  return g_test_run ();
}
