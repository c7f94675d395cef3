/* fann-peer.c: FANN, incremental training; see peer.py for the protocol.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <fann.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define MAX_LAYERS 4

typedef struct
{
  char         name;
  unsigned int n_layers;
  unsigned int widths[MAX_LAYERS];
  int          hidden;
  int          output;
  unsigned int max_samples;   /* it would take too long with more */
} Work;

static const Work works[] = {
  { 'S', 3, { 784, 30, 10 }, FANN_SIGMOID, FANN_SIGMOID, 60000 },
  { 'M', 3, { 784, 128, 10 }, FANN_LINEAR_PIECE, FANN_SIGMOID, 20000 },
  { 'L', 4, { 784, 512, 512, 10 }, FANN_LINEAR_PIECE, FANN_SIGMOID, 2000 },
  { 'X', 4, { 784, 2048, 2048, 10 }, FANN_LINEAR_PIECE, FANN_SIGMOID, 100 },
  { 'R', 4, { 435, 256, 128, 1 }, FANN_SIGMOID_SYMMETRIC, FANN_LINEAR, 10000 },
};

static double
now (void)
{
  struct timespec t;

  clock_gettime (CLOCK_MONOTONIC, &t);

  return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

static void *
read_file (const char *folder,
           const char *name,
           size_t      size)
{
  char path[4096];
  void *bytes = malloc (size);
  FILE *file;

  snprintf (path, sizeof path, "%s/%s", folder, name);
  file = fopen (path, "rb");
  if (bytes == NULL || file == NULL || fread (bytes, 1, size, file) != size)
    exit (1);
  fclose (file);

  return bytes;
}

static double
run (const Work *work,
     const char *folder,
     const char *order,
     unsigned    n)
{
  const unsigned n_in = work->widths[0];
  const unsigned n_out = work->widths[work->n_layers - 1];
  struct fann *net = fann_create_standard_array (work->n_layers, work->widths);
  fann_type *x = malloc (sizeof *x * n_in * n);
  fann_type *y = calloc ((size_t) n_out * n, sizeof *y);
  double begin, seconds;
  unsigned rounds = 1;

  fann_set_activation_function_hidden (net, (enum fann_activationfunc_enum) work->hidden);
  fann_set_activation_function_output (net, (enum fann_activationfunc_enum) work->output);
  fann_set_learning_rate (net, 0.01f);

  if (work->name == 'R')
    {
      float *fx = read_file (folder, "table-x.f32", sizeof (float) * n_in * n);
      float *fy = read_file (folder, "table-y.f32", sizeof (float) * n);

      for (unsigned i = 0; i < n_in * n; i++)
        x[i] = fx[i];
      for (unsigned i = 0; i < n; i++)
        y[i] = fy[i];
      free (fx);
      free (fy);
    }
  else
    {
      unsigned char *bx = read_file (folder, "digits-x.u8", (size_t) n_in * n);
      unsigned char *by = read_file (folder, "digits-y.u8", n);

      for (unsigned i = 0; i < n_in * n; i++)
        x[i] = (fann_type) bx[i] / 256;
      for (unsigned i = 0; i < n; i++)
        y[i * n_out + by[i]] = 1;
      free (bx);
      free (by);
    }

  begin = now ();
  if (strcmp (order, "train") == 0)
    {
      for (unsigned i = 0; i < n; i++)
        fann_train (net, x + (size_t) i * n_in, y + (size_t) i * n_out);
    }
  else
    {
      rounds = strcmp (order, "latency") == 0 ? 1000 : n;
      for (unsigned i = 0; i < rounds; i++)
        fann_run (net, x + (size_t) (i % n) * n_in);
    }
  seconds = now () - begin;

  fann_destroy (net);
  free (x);
  free (y);

  return strcmp (order, "latency") == 0 ? seconds / rounds :
         strcmp (order, "train") == 0 ? n / seconds : rounds / seconds;
}

int
main (int   argc,
      char *argv[])
{
  char line[256];

  while (argc == 2 && fgets (line, sizeof line, stdin) != NULL)
    {
      char order[32];
      char name;
      unsigned n = 10000;
      double answer = 0.0;

      if (sscanf (line, "%31s %c %u", order, &name, &n) >= 2 && n > 0)
        {
          for (size_t i = 0; i < sizeof works / sizeof *works; i++)
            {
              if (works[i].name == name)
                answer = run (&works[i], argv[1], order, n < works[i].max_samples ? n : works[i].max_samples);
            }
        }

      printf ("%.9g\n", answer);
      fflush (stdout);
    }

  return 0;
}
