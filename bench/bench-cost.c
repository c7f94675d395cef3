/* bench-cost.c: what one training costs in time and memory.
 *
 * bench-cost BATCH SAMPLES WIDTH WIDTH…: a network of these widths, from the
 * inputs to the outputs, ReLU and softmax, Adam, one thread, random pictures.
 * Prints seconds per sample and bytes that the process needs. A process of its
 * own for each, so that memory is what this one takes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "bench-works.h"

#include "core/mlp-random.h"
#include "core/net/mlp-split.h"

#define MAX_WIDTHS 16
#define LEAST_USEC 400000

/* The share of MNIST's pixels that are not paper. */
#define INK 0.19

static gsize
get_number (const char *text)
{
  return (gsize) g_ascii_strtoull (text, NULL, 10);
}

/* Bytes in memory, of which some were never needed. */
static double
get_resident (void)
{
  long total = 0, resident = 0;
  FILE *file = fopen ("/proc/self/statm", "r");

  if (file != NULL && fscanf (file, "%ld %ld", &total, &resident) != 2)
    resident = 0;
  if (file != NULL)
    fclose (file);

  return (double) resident * (double) sysconf (_SC_PAGESIZE);
}

static MlpSamples *
make_pictures (gsize n_inputs,
               gsize n_classes,
               gsize n_samples)
{
  guint8 *x = g_malloc (n_inputs * n_samples);
  guint8 *y = g_malloc (n_samples);
  MlpRandom random;

  mlp_random_seed (&random, 1, 0);
  for (gsize i = 0; i < n_inputs * n_samples; i++)
    x[i] = mlp_random_uniform (&random) < INK ? (guint8) (mlp_random_bits (&random) | 1) : 0;
  for (gsize i = 0; i < n_samples; i++)
    y[i] = (guint8) mlp_random_below (&random, n_classes);

  return mlp_samples_new_classes (x, 1.0f / 256.0f, y, n_inputs, n_classes, n_samples);
}

int
main (int   argc,
      char *argv[])
{
  MlpTrainOptions options = MLP_TRAIN_OPTIONS_DEFAULT;
  MlpLayer layers[MAX_WIDTHS];
  g_autoptr(MlpSamples) samples = NULL;
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(MlpTraining) training = NULL;
  g_autoptr(GError) error = NULL;
  gsize n_layers, n_samples;
  double resident, best = G_MAXDOUBLE;
  gint64 start, begin;
  MlpStopReason end;

  if (argc < 5 || argc > 4 + MAX_WIDTHS)
    {
      g_printerr ("bench-cost BATCH SAMPLES WIDTH WIDTH…\n");
      return EXIT_FAILURE;
    }

  n_layers = (gsize) argc - 4;
  n_samples = get_number (argv[2]);
  for (gsize l = 0; l < n_layers; l++)
    {
      layers[l].width = get_number (argv[4 + l]);
      layers[l].activation = l + 1 < n_layers ? MLP_RELU : MLP_SOFTMAX;
    }
  options.batch_size = get_number (argv[1]);
  options.threads = 1;

  resident = get_resident ();
  samples = make_pictures (get_number (argv[3]), layers[n_layers - 1].width, n_samples);
  split = bench_make_split (n_samples, 0);
  net = mlp_net_new (get_number (argv[3]), layers, n_layers, &error);
  if (net != NULL)
    {
      mlp_net_init (net, MLP_INIT_HE, FALSE, 1);
      training = mlp_training_new (net, samples, split, &options, &error);
    }
  if (training == NULL)
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  /* The first epoch warms up. */
  start = g_get_monotonic_time ();
  for (guint epoch = 0; epoch < 3 || g_get_monotonic_time () - start < LEAST_USEC; epoch++)
    {
      begin = g_get_monotonic_time ();
      if (!mlp_training_run (training, 1, NULL, &end, &error))
        {
          g_printerr ("%s\n", error->message);
          return EXIT_FAILURE;
        }
      if (epoch > 0)
        best = MIN (best, (double) (g_get_monotonic_time () - begin));
    }

  printf ("%.9g %.0f\n", best / G_USEC_PER_SEC / (double) n_samples, get_resident () - resident);

  return EXIT_SUCCESS;
}
