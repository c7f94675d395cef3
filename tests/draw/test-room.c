/* test-room.c: at every size, no text is cut off and none touches another.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "draw/draw-bars.h"
#include "draw/draw-comparison.h"
#include "draw/draw-curve.h"
#include "draw/draw-error-by-group.h"
#include "draw/draw-gallery.h"
#include "draw/draw-heatmap.h"
#include "draw/draw-histogram.h"
#include "draw/draw-learning-curve.h"
#include "draw/draw-network.h"
#include "draw/draw-scatter.h"
#include "picture.h"

#define N 400

static double values[4][N];
static float weights[40 * 30];

static void
curve_at (const DrawCanvas *canvas,
          guint             variant)
{
  static const double pointers[] = { NAN, 1, 3.2, 200, N };
  const gsize n = variant % 2 == 0 ? N : 5;
  const double first_x = variant % 7 == 0 ? 123456 : 1;
  const DrawCurveSeries series[] = {
    { "Run 1, 784-30-10", values[2], n, first_x, 2, FALSE, TRUE },
    { "Run 2, 784-100-10", values[3], n, first_x, 3, TRUE, TRUE },
    { "Training", values[0], n, first_x, 0, FALSE, FALSE },
    { "Validation", values[1], n, first_x, 1, TRUE, FALSE },
  };
  const DrawCurve curve = {
    .series = series + (variant % 3 == 0 ? 0 : 2),
    .n_series = variant % 3 == 0 ? 4 : 2,
    .x_label = "Epoch",
    .y_label = variant % 4 == 3 ? NULL : variant % 4 == 2 ? "Validation accuracy" : "Loss",
    .log = variant % 4 == 1,
    .percent = variant % 4 == 2,
    .smoothing = variant % 5 == 0 ? 0.9 : 0,
    .x_min = NAN,
    .x_max = NAN,
    .mark_x = variant % 3 == 1 ? 4 : NAN,
    .mark_label = "Best epoch: 4",
    .pointer_x = pointers[variant % 5],
  };

  draw_curve (canvas, &curve);
}

static void
heatmap_at (const DrawCanvas *canvas,
            guint             variant)
{
  const DrawHeatmap heatmap = {
    weights, variant % 2 == 0 ? 40 : 1, 30, variant % 3 == 0 ? 1234567 : variant % 3 == 1 ? 0 : 3e-7,
    "Unit of hidden layer 1", "Unit of hidden layer 2", -1, -1,
  };

  draw_heatmap (canvas, &heatmap);
}

static void
gallery_at (const DrawCanvas *canvas,
            guint             variant)
{
  static const char *const captions[] = { "0", "Ankle boot", "784", NULL, "T-shirt/top", "5", "6", "7", "8", "9" };
  const DrawGallery gallery = {
    .floats = weights,
    .n_tiles = 10,
    .rows = 12,
    .columns = 10,
    .captions = variant % 2 == 0 ? captions : NULL,
    .one_row = variant % 3 == 1,
    .tile_size = variant % 3 == 2 ? 48 : 0,
    .pointer_tile = 2,
    .scale_bar = variant % 4 < 2,
  };

  draw_gallery (canvas, &gallery);
}

static void
bars_at (const DrawCanvas *canvas,
         guint             variant)
{
  static const char *const digits[] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
  static const char *const clothes[] = { "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot" };
  static const float shares[] = { 0.01f, 0, 0, 0.9f, 0.02f, 0, 0.07f, 0, 0, 1 };
  const DrawBars bars = {
    variant % 5 == 4 ? NULL : shares, variant % 2 == 0 ? digits : clothes, 10, (gssize) (variant % 11) - 1,
  };

  draw_bars (canvas, &bars);
}

static void
network_at (const DrawCanvas *canvas,
            guint             variant)
{
  static const gsize counts[] = { 1, 2, 3, 5, 8, 12, 13, 40 };
  DrawNetworkLayer layers[40];
  const DrawNetwork network = { layers, counts[variant % 8], (gssize) (variant % 5) - 1 };
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < network.n_layers; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("Hidden layer %" G_GSIZE_FORMAT, i));
      layers[i] = (DrawNetworkLayer) {
        i == 0 ? 784 : i * 7, g_ptr_array_index (names, i), i == 0 ? "28 × 28 pixels" : i % 2 ? "leaky ReLU" : NULL,
      };
    }

  draw_network (canvas, &network);
}

static void
scatter_at (const DrawCanvas *canvas,
            guint             variant)
{
  static const double scales[] = { 1, 1e-6, 12345, 1e9 };
  g_autofree double *truth = g_new (double, N);
  DrawScatter scatter = {
    .truth = truth, .predicted = values[1], .n_points = variant % 5 == 4 ? 1 : N,
    .x_label = "Internal energy at 0 K, true (kcal/mol)", .y_label = "Internal energy at 0 K, predicted (kcal/mol)",
    .unit = "kcal/mol", .band = variant % 3 == 0 ? 0 : 0.043 * scales[variant % 4], .band_label = "chemical accuracy",
  };

  for (gsize i = 0; i < N; i++)
    truth[i] = scales[variant % 4] * values[0][i];
  if (variant % 7 == 6)
    scatter.span = 0.01;
  draw_scatter (canvas, &scatter);
}

static void
histogram_at (const DrawCanvas *canvas,
              guint             variant)
{
  g_auto(DrawBins) bins = { 0 };
  const DrawHistogram histogram = {
    .bins = &bins, .x_label = "Residual, predicted − true (kcal/mol)", .y_label = "Molecules",
    .unit = variant % 2 == 0 ? "kcal/mol" : NULL, .pointer = (gssize) (variant % 9) - 1,
  };
  g_autofree double *residuals = g_new (double, N);

  for (gsize i = 0; i < N; i++)
    residuals[i] = (values[variant % 4][i] - 0.6) * (i % 50 == 0 ? 40 : 1) * (variant % 3 == 0 ? 1e-5 : 1);
  draw_bins_init (&bins, residuals, variant % 5 == 4 ? 1 : N);
  draw_histogram (canvas, &histogram);
}

static const DrawReference references[] = {
  { 1.05, "Mean baseline" }, { 0.043, "Chemical accuracy" }, { 0.229, "Coulomb matrix" }, { 0.147, "Bag of bonds" },
  { 0.141, "BAML" }, { 0.107, "HDAD" }, { 0.166, "ECFP4" }, { 0.077, "GC" }, { 0.073, "GG-NN" }, { 0.069, "enn-s2s" },
};

static void
groups_at (const DrawCanvas *canvas,
           guint             variant)
{
  static const char *const names[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15" };
  static const gsize counts[] = { 1, 4, 5, 9, 15 };
  DrawGroup some[15];
  const DrawErrorByGroup groups = {
    .groups = some, .n_groups = counts[variant % 5], .references = references, .n_references = variant % 4,
    .x_label = "Heavy atoms", .y_label = "Mean absolute error (kcal/mol)", .unit = "kcal/mol", .pointer = (gssize) (variant % 7) - 1,
  };

  for (gsize i = 0; i < 15; i++)
    {
      some[i] = (DrawGroup) { names[i], 0.1 + 0.03 * (double) i, 0.05, 0.2 + 0.1 * (double) i, i *i *i * 100 };
    }
  draw_error_by_group (canvas, &groups);
}

static void
rows_at (const DrawCanvas *canvas,
         guint             variant)
{
  static const char *const sources[] = { "Faber et al., J. Chem. Theory Comput. 13, 5255 (2017)", NULL, "Gilmer et al. (2017)" };
  DrawRow some[10];
  const DrawComparison rows = {
    .rows = some, .n_rows = variant % 11, .references = references + 1, .n_references = variant % 3,
    .x_label = "Mean absolute error of the gap (eV)", .unit = "eV", .pointer = (gssize) (variant % 7) - 1,
  };

  for (gsize i = 0; i < 10; i++)
    {
      some[i] = (DrawRow) {
        references[i].label, references[i].value * (variant % 6 == 0 ? 1e-7 : 1), NAN, NAN, sources[(i + variant) % 3],
        i == 3 ? DRAW_ROW_OWN : i == 0 ? DRAW_ROW_BASELINE : DRAW_ROW_PUBLISHED,
      };
    }
  draw_comparison (canvas, &rows);
}

static void
learning_at (const DrawCanvas *canvas,
             guint             variant)
{
  static const DrawLearningCurvePoint points[] = {
    { 1000, 0.52, 0.5, 0.54 }, { 3000, 0.38, 0.37, 0.39 }, { 10000, 0.262, 0.258, 0.266 }, { 110000, 0.1437, 0.141, 0.1465 },
  };
  const DrawLearningCurve learning = {
    .points = points, .n_points = variant % 5, .references = references, .n_references = variant % 11,
    .x_label = "Training molecules", .y_label = "Mean absolute error (eV)", .unit = "eV", .pointer = (gssize) (variant % 5) - 1,
  };

  draw_learning_curve (canvas, &learning);
}

typedef void (*Painter) (const DrawCanvas *canvas,
                         guint             variant);

typedef struct
{
  const char *name;
  Painter     paint;
} Subject;

static void
test_room (gconstpointer data)
{
  static const double widths[] = { 10, 48, 90, 140, 200, 320, 477, 800 };
  static const double heights[] = { 10, 36, 60, 90, 128, 200, 310, 600 };
  static const double font_sizes[] = { 9, 11, 18 };
  const Subject *subject = data;
  guint variant = 0, n_texts = 0;

  for (guint f = 0; f < G_N_ELEMENTS (font_sizes); f++)
    {
      for (guint w = 0; w < G_N_ELEMENTS (widths); w++)
        {
          for (guint h = 0; h < G_N_ELEMENTS (heights); h++)
            {
              for (guint k = 0; k < 4; k++)
                {
                  g_auto(Picture) picture = { 0 };
                  DrawTheme theme;

                  init_light_theme (&theme);
                  theme.font_size = font_sizes[f];
                  picture_begin (&picture, widths[w], heights[h]);
                  subject->paint (picture_get_canvas (&picture, &theme), variant++);
                  picture_assert_texts (&picture, subject->name);
                  n_texts += picture_texts->len;
                }
            }
        }
    }

  g_assert_cmpuint (n_texts, >, 300);
}

/* Room that is there is used. */
static void
test_used (void)
{
  g_auto(Picture) picture = { 0 };
  DrawTheme theme;

  init_light_theme (&theme);
  picture_begin (&picture, 320, 200);
  curve_at (picture_get_canvas (&picture, &theme), 4);
  g_assert_nonnull (picture_find_text ("Epoch"));
  g_assert_nonnull (picture_find_text ("Loss"));
  g_assert_nonnull (picture_find_text ("Training"));
  g_assert_nonnull (picture_find_text ("Validation"));
}

int
main (int   argc,
      char *argv[])
{
  static const Subject subjects[] = {
    { "curve", curve_at },
    { "heatmap", heatmap_at },
    { "gallery", gallery_at },
    { "bars", bars_at },
    { "network", network_at },
    { "scatter", scatter_at },
    { "histogram", histogram_at },
    { "groups", groups_at },
    { "rows", rows_at },
    { "learning", learning_at },
  };

  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < N; i++)
    {
      for (gsize s = 0; s < 4; s++)
        values[s][i] = 0.5 + 0.4 * exp (-(double) i / 40) + 0.02 * (double) s + 0.01 * sin ((double) (i * (s + 1)));
    }
  for (gsize i = 0; i < G_N_ELEMENTS (weights); i++)
    weights[i] = (float) sin ((double) i);

  for (gsize i = 0; i < G_N_ELEMENTS (subjects); i++)
    {
      g_autofree char *path = g_strconcat ("/room/", subjects[i].name, NULL);

      g_test_add_data_func (path, &subjects[i], test_room);
    }
  g_test_add_func ("/room/used", test_used);

  return g_test_run ();
}
