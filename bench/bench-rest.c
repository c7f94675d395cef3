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

#include "core/mlp-metrics.h"
#include "core/mlp-random.h"
#include "core/mlp-single.h"
#include "datasets/ds-digit.h"
#include "datasets/ds-set.h"
#include "draw/draw-bars.h"
#include "draw/draw-curve.h"
#include "draw/draw-gallery.h"
#include "draw/draw-heatmap.h"
#include "draw/draw-network.h"
#include "draw/draw-sketch.h"

#define WIDTH 900
#define HEIGHT 560
#define MOST_CALLS 101
#define MOST_USEC 1500000

#define INK_SIDE 112        /* as the window draws it for the network */
#define N_POINTS 120
#define LONGEST 100000
#define N_INPUTS 784
#define MOST_UNITS 2048

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
  g_autoptr(DsSet) set = ds_set_open (user_data, NULL, NULL, &error);

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
  cairo_t    *cr;
  DrawTheme   theme;
  const void *picture;
} Canvas;

static void
draw_one_curve (gpointer user_data)
{
  const Canvas *canvas = user_data;

  draw_curve (canvas->cr, &canvas->theme, WIDTH, HEIGHT, canvas->picture);
}

static void
draw_one_gallery (gpointer user_data)
{
  const Canvas *canvas = user_data;

  draw_gallery (canvas->cr, &canvas->theme, WIDTH, HEIGHT, canvas->picture);
}

static void
draw_one_heatmap (gpointer user_data)
{
  const Canvas *canvas = user_data;

  draw_heatmap (canvas->cr, &canvas->theme, WIDTH, HEIGHT, canvas->picture);
}

static void
draw_one_network (gpointer user_data)
{
  const Canvas *canvas = user_data;

  draw_network (canvas->cr, &canvas->theme, WIDTH, HEIGHT, canvas->picture);
}

static void
draw_some_bars (gpointer user_data)
{
  const Canvas *canvas = user_data;

  draw_bars (canvas->cr, &canvas->theme, WIDTH, HEIGHT, canvas->picture);
}

static void
time_curves (Canvas *canvas)
{
  static const gsize lengths[] = { 30, 1000, 10000, LONGEST };
  g_autofree double *values = g_new (double, LONGEST);
  MlpRandom random;

  mlp_random_seed (&random, 1, 0);
  for (gsize i = 0; i < LONGEST; i++)
    values[i] = exp (-(double) i / LONGEST) * (1.0 + 0.1 * mlp_random_uniform (&random));

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    {
      const DrawSeries series[] = {
        { "Training", values, lengths[i], 1.0, 0, FALSE, FALSE },
        { "Validation", values, lengths[i], 1.0, 1, TRUE, FALSE },
      };
      const DrawCurve curve = {
        series, G_N_ELEMENTS (series), "Epoch", "Loss", TRUE, FALSE, 0.5, NAN, NAN, NAN, NULL, NAN,
      };
      g_autofree char *what = g_strdup_printf ("Draw two curves of %" G_GSIZE_FORMAT " epochs", lengths[i]);

      canvas->picture = &curve;
      time_calls (what, draw_one_curve, canvas);
    }
}

static void
time_weights (Canvas *canvas)
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

      canvas->picture = &gallery;
      time_calls (tiles, draw_one_gallery, canvas);
      canvas->picture = &heatmap;
      time_calls (matrix, draw_one_heatmap, canvas);
    }
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
  Canvas canvas = { cairo_create (surface) };

  draw_theme_init_print (&canvas.theme);
  time_curves (&canvas);
  time_weights (&canvas);
  canvas.picture = &network;
  time_calls ("Draw the network 784-512-512-10", draw_one_network, &canvas);
  canvas.picture = &bars;
  time_calls ("Draw the answer as bars", draw_some_bars, &canvas);

  cairo_destroy (canvas.cr);
  cairo_surface_destroy (surface);
}

/* -- The canvas that people write on -- */

typedef struct
{
  MlpSingle *single;
  DrawPoint  points[N_POINTS];
  guint8     ink[INK_SIDE * INK_SIDE];
  cairo_t   *cr;
} Pad;

static void
make_ink (gpointer user_data)
{
  Pad *pad = user_data;

  draw_sketch_to_ink (pad->points, N_POINTS, INK_SIDE, pad->ink);
}

static void
answer_ink (gpointer user_data)
{
  Pad *pad = user_data;
  guint8 frame[DS_DIGIT_SIDE * DS_DIGIT_SIDE];
  float *x = mlp_single_get_input (pad->single);

  if (!ds_digit_from_ink (pad->ink, INK_SIDE, INK_SIDE, INK_SIDE, frame, NULL))
    g_error ("There is no ink");
  for (gsize i = 0; i < G_N_ELEMENTS (frame); i++)
    x[i] = (float) frame[i] / 256.0f;
  mlp_find_largest (mlp_single_forward (pad->single), 10);
}

static void
answer_strokes (gpointer user_data)
{
  make_ink (user_data);
  answer_ink (user_data);
}

static void
draw_pad (gpointer user_data)
{
  Pad *pad = user_data;

  cairo_set_source_rgb (pad->cr, 1, 1, 1);
  cairo_paint (pad->cr);
  cairo_set_source_rgb (pad->cr, 0, 0, 0);
  draw_sketch (pad->cr, HEIGHT, pad->points, N_POINTS);
}

static void
time_pad (void)
{
  static const MlpLayer layers[] = { { 512, MLP_RELU }, { 512, MLP_RELU }, { 10, MLP_SOFTMAX } };
  g_autoptr(MlpNet) net = mlp_net_new (N_INPUTS, layers, G_N_ELEMENTS (layers), NULL);
  g_autoptr(MlpSingle) single = NULL;
  g_autofree Pad *pad = g_new0 (Pad, 1);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, HEIGHT, HEIGHT);

  mlp_net_init (net, MLP_INIT_HE, FALSE, 1);
  pad->single = single = mlp_single_new (net, NULL);
  pad->cr = cairo_create (surface);
  /* An eight. */
  for (gsize i = 0; i < N_POINTS; i++)
    {
      const double t = 2.0 * G_PI * (double) i / (N_POINTS - 1);

      pad->points[i] = (DrawPoint) { 0.5f + 0.2f * (float) sin (2.0 * t), 0.5f + 0.35f * (float) cos (t), 0.5f, i == 0 };
    }

  time_calls ("Canvas: redraw 120 points", draw_pad, pad);
  time_calls ("Canvas: strokes to ink", make_ink, pad);
  time_calls ("Canvas: ink to answer, 784-512-512-10", answer_ink, pad);
  time_calls ("Canvas: event to answer, 784-512-512-10", answer_strokes, pad);

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
