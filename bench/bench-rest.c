/* bench-rest.c: how long loading, drawing and answering take.
 *
 * bench-rest [FOLDER]: FOLDER has the files of MNIST, as IDX and as pickle.
 * Prints a line for each: what it is, a tab, the median in seconds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "core/mlp-random.h"
#include "core/net/mlp-inference.h"
#include "datasets/ds-open.h"
#include "datasets/ds-set.h"
#include "draw/draw-bars.h"
#include "draw/draw-comparison.h"
#include "draw/draw-curve.h"
#include "draw/draw-error-by-group.h"
#include "draw/draw-gallery.h"
#include "draw/draw-heatmap.h"
#include "draw/draw-histogram.h"
#include "draw/draw-learning-curve.h"
#include "draw/draw-molecule.h"
#include "draw/draw-network.h"
#include "draw/draw-pipeline.h"
#include "draw/draw-scatter.h"
#include "draw/draw-sketch.h"
#include "ink/ink-frame.h"

#define WIDTH 900
#define HEIGHT 560
#define MOST_CALLS 101
#define MOST_USEC 1500000

#define STEP_SIZE 96        /* a small picture below the pad */
#define N_POINTS 120
#define LONGEST 100000
#define N_INPUTS 784
#define MOST_UNITS 2048
#define N_MOLECULES 130000
#define N_ATOMS 29

static int
compare_doubles (const void *a,
                 const void *b)
{
  const double x = *(const double *) a;
  const double y = *(const double *) b;

  return (x > y) - (x < y);
}

/* The median of up to MOST_CALLS calls; at least three. */
static void
time_calls (const char *what,
            void (     *call ) (gpointer user_data),
            gpointer    user_data)
{
  double seconds[MOST_CALLS];
  const gint64 start = g_get_monotonic_time ();
  int n = 0;

  call (user_data);
  do
    {
      const gint64 begin = g_get_monotonic_time ();

      call (user_data);
      seconds[n++] = (double) (g_get_monotonic_time () - begin) / G_USEC_PER_SEC;
    }
  while (n < 3 || (n < MOST_CALLS && g_get_monotonic_time () - start < MOST_USEC));

  qsort (seconds, (size_t) n, sizeof *seconds, compare_doubles);
  printf ("%s\t%.9g\n", what, seconds[n / 2]);
}

/* -- Loading -- */

static void
load (gpointer user_data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) set = ds_open (user_data, NULL, NULL, &error);

  if (set == NULL)
    g_error ("%s", error->message);
}

static void
time_loading (const char *folder)
{
  g_autofree char *pickle = NULL;

  time_calls ("Load the built-in digits", load, (gpointer) "builtin:digits");
  if (folder == NULL)
    return;

  time_calls ("Load MNIST, IDX gz", load, (gpointer) folder);
  pickle = g_build_filename (folder, "mnist.pkl.gz", NULL);
  if (g_file_test (pickle, G_FILE_TEST_EXISTS))
    time_calls ("Load mnist.pkl.gz", load, pickle);
}

/* -- Drawing -- */

typedef struct
{
  DrawTheme   theme;
  DrawCanvas  canvas;
  const void *picture;
} Page;

static void
draw_one_curve (gpointer user_data)
{
  const Page *page = user_data;

  draw_curve (&page->canvas, page->picture);
}

static void
draw_one_gallery (gpointer user_data)
{
  const Page *page = user_data;

  draw_gallery (&page->canvas, page->picture);
}

static void
draw_one_heatmap (gpointer user_data)
{
  const Page *page = user_data;

  draw_heatmap (&page->canvas, page->picture);
}

static void
draw_one_network (gpointer user_data)
{
  const Page *page = user_data;

  draw_network (&page->canvas, page->picture);
}

static void
draw_some_bars (gpointer user_data)
{
  const Page *page = user_data;

  draw_bars (&page->canvas, page->picture);
}

static void
time_curves (Page *page)
{
  static const gsize lengths[] = { 30, 1000, 10000, LONGEST };
  g_autofree double *values = g_new (double, LONGEST);
  MlpRandom random;

  mlp_random_seed (&random, 1, 0);
  for (gsize i = 0; i < LONGEST; i++)
    values[i] = exp (-(double) i / LONGEST) * (1.0 + 0.1 * mlp_random_uniform (&random));

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      const DrawCurveSeries series[] = {
        { "Training", values, lengths[i], 1.0, 0, FALSE, FALSE },
        { "Validation", values, lengths[i], 1.0, 1, TRUE, FALSE },
      };
      const DrawCurve curve = {
        series, G_N_ELEMENTS (series), "Epoch", "Loss", TRUE, FALSE, 0.5, NAN, NAN, NAN, NULL, NAN,
      };
      g_autofree char *what = g_strdup_printf ("Draw two curves of %" G_GSIZE_FORMAT " epochs", lengths[i]);

      page->picture = &curve;
      time_calls (what, draw_one_curve, page);
    }
}

static void
time_weights (Page *page)
{
  static const gsize units[] = { 30, 512, MOST_UNITS };
  g_autofree float *weights = g_new (float, N_INPUTS * MOST_UNITS);
  MlpRandom random;

  mlp_random_seed (&random, 1, 1);
  for (gsize i = 0; i < N_INPUTS * MOST_UNITS; i++)
    weights[i] = (float) mlp_random_normal (&random);

  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    {
      const DrawGallery gallery = {
        .floats = weights, .n_tiles = units[i], .rows = 28, .columns = 28, .pointer_tile = -1, .scale_bar = TRUE,
      };
      const DrawHeatmap heatmap = { weights, units[i], N_INPUTS, 0.0, "Input", "Unit", -1, -1 };
      g_autofree char *tiles = g_strdup_printf ("Draw the weights of %" G_GSIZE_FORMAT " units as pictures", units[i]);
      g_autofree char *matrix = g_strdup_printf ("Draw %" G_GSIZE_FORMAT " × 784 weights as a matrix", units[i]);

      page->picture = &gallery;
      time_calls (tiles, draw_one_gallery, page);
      page->picture = &heatmap;
      time_calls (matrix, draw_one_heatmap, page);
    }
}

/* -- Results of regression -- */

typedef struct
{
  const DrawCanvas *canvas;
  double           *truth;
  double           *predicted;
  double           *residuals;
  DrawScatter       scatter;
  DrawScatterPlot  *plot;
  DrawBins          bins;
  guint             n_finds;
} Results;

static void
prepare_scatter (gpointer user_data)
{
  Results *results = user_data;

  g_clear_pointer (&results->plot, draw_scatter_plot_free);
  results->plot = draw_scatter_plot_new (results->canvas, 1.0, &results->scatter);
}

static void
paint_scatter (gpointer user_data)
{
  const Results *results = user_data;

  draw_scatter_plot (results->canvas, results->plot, 0);
}

/* Another place each time */
static void
find_point (gpointer user_data)
{
  Results *results = user_data;

  results->n_finds++;
  draw_scatter_plot_find (results->plot, 200 + results->n_finds * 7 % 450, 60 + results->n_finds * 11 % 420);
}

static void
count_residuals (gpointer user_data)
{
  Results *results = user_data;

  draw_bins_clear (&results->bins);
  draw_bins_init (&results->bins, results->residuals, N_MOLECULES);
}

static void
draw_one_histogram (gpointer user_data)
{
  const Results *results = user_data;
  const DrawHistogram histogram = { &results->bins, "Residual (eV)", "Molecules", "eV", -1 };

  draw_histogram (results->canvas, &histogram);
}

static void
draw_some_groups (gpointer user_data)
{
  const Page *page = user_data;

  draw_error_by_group (&page->canvas, page->picture);
}

static void
draw_some_rows (gpointer user_data)
{
  const Page *page = user_data;

  draw_comparison (&page->canvas, page->picture);
}

static void
draw_one_learning (gpointer user_data)
{
  const Page *page = user_data;

  draw_learning_curve (&page->canvas, page->picture);
}

static void
draw_one_molecule (gpointer user_data)
{
  const Page *page = user_data;

  draw_molecule (&page->canvas, page->picture);
}

/* Errors with long tails, about values from 1 to 13 */
static void
time_points (const DrawCanvas *canvas)
{
  Results results = { .canvas = canvas };
  MlpRandom random;

  results.truth = g_new (double, N_MOLECULES);
  results.predicted = g_new (double, N_MOLECULES);
  results.residuals = g_new (double, N_MOLECULES);
  mlp_random_seed (&random, 1, 2);
  for (gsize i = 0; i < N_MOLECULES; i++)
    {
      const double normal = mlp_random_normal (&random);

      results.truth[i] = 7.0 + 1.3 * mlp_random_normal (&random);
      results.residuals[i] = 0.06 * normal * (1.0 + normal * normal);
      results.predicted[i] = results.truth[i] + results.residuals[i];
    }
  results.scatter = (DrawScatter) {
    .truth = results.truth, .predicted = results.predicted, .n_points = N_MOLECULES,
    .x_label = "Gap, true (eV)", .y_label = "Gap, predicted (eV)", .unit = "eV", .band = 0.043, .band_label = "chemical accuracy",
  };

  time_calls ("Prepare 130,000 points", prepare_scatter, &results);
  time_calls ("Draw 130,000 points", paint_scatter, &results);
  time_calls ("Find the nearest of 130,000 points", find_point, &results);
  time_calls ("Count 130,000 residuals", count_residuals, &results);
  time_calls ("Draw the histogram of residuals", draw_one_histogram, &results);

  draw_scatter_plot_free (results.plot);
  draw_bins_clear (&results.bins);
  g_free (results.truth);
  g_free (results.predicted);
  g_free (results.residuals);
}

static void
time_results (Page *page)
{
  static const char *const names[] = { "1", "2", "3", "4", "5", "6", "7", "8", "9" };
  static const DrawReference references[] = {
    { 0.043, "Chemical accuracy" }, { 0.229, "Coulomb matrix" }, { 0.147, "Bag of bonds" }, { 0.107, "HDAD" }, { 0.069, "enn-s2s" },
  };
  static const DrawLearningCurvePoint points[] = {
    { 1e3, 0.52, 0.5, 0.54 }, { 3e3, 0.38, 0.37, 0.39 }, { 1e4, 0.26, 0.25, 0.27 }, { 3e4, 0.19, 0.18, 0.2 }, { 1e5, 0.14, 0.13, 0.15 },
  };
  const DrawLearningCurve learning = {
    points, G_N_ELEMENTS (points), references, G_N_ELEMENTS (references), "Training molecules", "Error (eV)", "eV", -1,
  };
  DrawGroup some[G_N_ELEMENTS (names)];
  DrawRow published[G_N_ELEMENTS (names)];
  const DrawErrorByGroup groups = { some, G_N_ELEMENTS (some), references, 2, "Heavy atoms", "Error (eV)", "eV", -1 };
  const DrawComparison rows = { published, G_N_ELEMENTS (published), references, 1, "Error (eV)", "eV", -1 };
  guint8 z[N_ATOMS];
  float xyz[3 * N_ATOMS];
  const DrawMolecule molecule = { z, xyz, N_ATOMS, { 0.9, 0.3, 0.3, 0.1 }, -1 };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      some[i] = (DrawGroup) { names[i], 0.1 + 0.02 * (double) i, 0.09, 0.3, 1000 * i };
      published[i] = (DrawRow) {
        names[i], 0.1 + 0.02 * (double) i, 0.09, 0.3, "Faber et al. (2017)", i == 4 ? DRAW_ROW_OWN : DRAW_ROW_PUBLISHED,
      };
    }

  /* Nonane: a zigzag, two hydrogens beside each carbon, and one at each end */
  for (gsize i = 0; i < N_ATOMS; i++)
    {
      const gsize carbon = i < 27 ? i % 9 : i == 27 ? 0 : 8;
      const float up = carbon % 2 == 0 ? 1.0f : -1.0f;

      z[i] = i < 9 ? 6 : 1;
      xyz[3 * i] = 1.27f * ((float) carbon - 4.0f) + (i < 27 ? 0.0f : i == 27 ? -0.9f : 0.9f);
      xyz[3 * i + 1] = up * (i < 9 ? 0.43f : i < 27 ? 1.06f : -0.2f);
      xyz[3 * i + 2] = i < 9 || i >= 27 ? 0.0f : i < 18 ? 0.89f : -0.89f;
    }

  time_points (&page->canvas);
  page->picture = &groups;
  time_calls ("Draw nine groups", draw_some_groups, page);
  page->picture = &rows;
  time_calls ("Draw nine published errors", draw_some_rows, page);
  page->picture = &learning;
  time_calls ("Draw a learning curve", draw_one_learning, page);
  page->picture = &molecule;
  time_calls ("Draw a molecule of 29 atoms", draw_one_molecule, page);
}

static void
time_drawing (void)
{
  static const DrawNetworkLayer layers[] = {
    { 784, "Input", "28 × 28" }, { 512, "Hidden 1", "ReLU" }, { 512, "Hidden 2", "ReLU" }, { 10, "Output", "softmax" },
  };
  static const float answer[10] = { 0.01f, 0.02f, 0.9f, 0.07f };
  static const char *const labels[10] = { "0", "1", "2", "3", "4", "5", "6", "7", "8", "9" };
  const DrawNetwork network = { layers, G_N_ELEMENTS (layers), -1 };
  const DrawBars bars = { answer, labels, G_N_ELEMENTS (labels), 2 };
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, WIDTH, HEIGHT);
  Page page = { .canvas = { cairo_create (surface), &page.theme, WIDTH, HEIGHT } };

  draw_theme_init_print (&page.theme);
  time_curves (&page);
  time_weights (&page);
  page.picture = &network;
  time_calls ("Draw the network 784-512-512-10", draw_one_network, &page);
  page.picture = &bars;
  time_calls ("Draw the answer as bars", draw_some_bars, &page);
  time_results (&page);

  cairo_destroy (page.canvas.cr);
  cairo_surface_destroy (surface);
}

/* -- The canvas that people write on -- */

/* Directions of a class, as a training has them */
#define NOVELTY_RANK 12

typedef struct
{
  MlpInference *single;
  MlpNovelty   *novelty;
  InkPoint      points[N_POINTS];
  cairo_t      *cr;

  guint8        frame[INK_FRAME_SIZE];
  InkFrameSteps steps;
} Pad;

static void
make_frame (gpointer user_data)
{
  Pad *pad = user_data;

  if (!ink_frame_from_strokes (pad->points, N_POINTS, 0, pad->frame, &pad->steps))
    g_error ("No ink");
}

static void
answer_frame (gpointer user_data)
{
  Pad *pad = user_data;
  gsize class;

  if (!mlp_inference_classify (pad->single, pad->frame, 1.0f / 256.0f, &class, NULL, NULL))
    g_error ("There is no answer");
  mlp_novelty_score (pad->novelty, mlp_inference_get_input (pad->single));
}

static void
answer_strokes (gpointer user_data)
{
  make_frame (user_data);
  answer_frame (user_data);
}

static void
draw_pad (gpointer user_data)
{
  Pad *pad = user_data;

  cairo_set_source_rgb (pad->cr, 1, 1, 1);
  cairo_paint (pad->cr);
  cairo_set_source_rgb (pad->cr, 0, 0, 0);
  draw_sketch (pad->cr, HEIGHT, INK_STROKE_PEN, pad->points, N_POINTS);
}

/* What the strip below the pad draws, at twice its size */
static void
draw_steps (gpointer user_data)
{
  Pad *pad = user_data;
  const DrawArea box = { 0.3, 0.1, 0.4, 0.8 };
  const double barycentre[] = { pad->steps.barycentre_x, pad->steps.barycentre_y };
  DrawTheme theme;
  const DrawCanvas canvas = { pad->cr, &theme, STEP_SIZE, STEP_SIZE };

  draw_theme_init_print (&theme);
  draw_pipeline_strokes (&canvas, INK_STROKE_PEN, pad->points, N_POINTS, NULL);
  draw_pipeline_strokes (&canvas, INK_STROKE_PEN, pad->points, N_POINTS, &box);
  for (guint i = 0; i < 3; i++)
    draw_pipeline_pixels (&canvas, pad->steps.box, pad->steps.n, i == 2, i == 1 ? barycentre : NULL);
}

static void
time_pad (void)
{
  static const MlpLayer layers[] = { { 512, MLP_RELU }, { 512, MLP_RELU }, { 10, MLP_SOFTMAX } };
  g_autoptr(MlpNet) net = mlp_net_new (N_INPUTS, layers, G_N_ELEMENTS (layers), NULL);
  const float limits[] = { 1.0f, 1.0f };
  g_autofree float *zeros = g_new0 (float, N_INPUTS * 10 * NOVELTY_RANK);
  g_autoptr(MlpNovelty) novelty = NULL;
  g_autoptr(MlpInference) single = NULL;
  g_autofree Pad *pad = g_new0 (Pad, 1);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, HEIGHT, HEIGHT);

  mlp_net_init (net, MLP_INIT_HE, FALSE, 1);
  pad->novelty = novelty = mlp_novelty_new (N_INPUTS, 10, NOVELTY_RANK, zeros, zeros, limits, NULL);
  pad->single = single = mlp_inference_new (net, NULL);
  pad->cr = cairo_create (surface);
  /* An eight. */
  for (gsize i = 0; i < N_POINTS; i++)
    {
      const double t = 2.0 * G_PI * (double) i / (N_POINTS - 1);

      pad->points[i] = (InkPoint) { 0.5f + 0.2f * (float) sin (2.0 * t), 0.5f + 0.35f * (float) cos (t), 0.5f, i == 0 };
    }

  time_calls ("Canvas: redraw 120 points", draw_pad, pad);
  time_calls ("Canvas: strokes to frame", make_frame, pad);
  time_calls ("Canvas: frame to answer, 784-512-512-10", answer_frame, pad);
  time_calls ("Canvas: event to answer, 784-512-512-10", answer_strokes, pad);
  time_calls ("Canvas: redraw the five steps", draw_steps, pad);

  cairo_destroy (pad->cr);
  cairo_surface_destroy (surface);
}

int
main (int   argc,
      char *argv[])
{
  time_loading (argc > 1 ? argv[1] : NULL);
  time_drawing ();
  time_pad ();

  return EXIT_SUCCESS;
}
