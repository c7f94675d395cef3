/* reference.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "reference.h"

#define MAX_WIDTH 2048
#define STEP 1e-4

double
reference_sigma (MlpActivation sigma,
                 double        a)
{
  switch (sigma)
    {
    case MLP_SIGMOID:
      return 1.0 / (1.0 + exp (-a));

    case MLP_TANH:
      return tanh (a);

    case MLP_RELU:
      return fmax (0.0, a);

    case MLP_LEAKY_RELU:
      return a >= 0.0 ? a : 0.01 * a;

    case MLP_ELU:
      return a >= 0.0 ? a : exp (a) - 1.0;

    case MLP_IDENTITY:
      return a;

    case MLP_SOFTMAX:
    default:
      g_assert_not_reached ();
    }
}

gsize
reference_n_params (const ReferenceNet *net)
{
  gsize n_params = 0;

  for (gsize l = 1; l <= net->L; l++)
    n_params += (net->n[l - 1] + 1) * net->n[l];

  return n_params;
}

static double
sample_loss (MlpLoss       loss,
             const double *h,
             const double *y,
             gsize         n)
{
  double sum = 0.0;

  for (gsize i = 0; i < n; i++)
    {
      double r = h[i] - y[i];

      switch (loss)
        {
        case MLP_LOSS_SQUARED:
          sum += 0.5 * r * r;
          break;

        case MLP_LOSS_HUBER:
          sum += fabs (r) <= 1.0 ? 0.5 * r * r : fabs (r) - 0.5;
          break;

        case MLP_LOSS_BINARY_CROSS_ENTROPY:
          sum -= y[i] * log (h[i]) + (1.0 - y[i]) * log (1.0 - h[i]);
          break;

        case MLP_LOSS_CROSS_ENTROPY:
          sum -= y[i] * log (h[i]);
          break;

        default:
          g_assert_not_reached ();
        }
    }

  return sum;
}

static void
layer_outputs (MlpActivation sigma,
               const double *a,
               double       *h,
               gsize         n,
               double       *margin)
{
  double sum = 0.0;

  for (gsize j = 0; j < n; j++)
    {
      sum += exp (a[j]);

      if (sigma != MLP_SOFTMAX)
        h[j] = reference_sigma (sigma, a[j]);

      if (margin != NULL && (sigma == MLP_RELU || sigma == MLP_LEAKY_RELU))
        *margin = fmin (*margin, fabs (a[j]));
    }

  for (gsize j = 0; sigma == MLP_SOFTMAX && j < n; j++)
    h[j] = exp (a[j]) / sum;
}

double
reference_loss (const ReferenceNet   *net,
                const double         *theta,
                const ReferenceBatch *batch,
                double               *out,
                double               *margin)
{
  const gsize L = net->L;
  double loss = 0.0;

  if (margin != NULL)
    *margin = (double) INFINITY;

  for (gsize s = 0; s < batch->B; s++)
    {
      const double *p = theta;
      double h[MAX_WIDTH];
      double a[MAX_WIDTH];

      memcpy (h, batch->x + s * net->n[0], net->n[0] * sizeof *h);

      for (gsize l = 1; l <= L; l++)
        {
          const gsize n = net->n[l];
          const gsize m = net->n[l - 1];

          for (gsize j = 0; j < n; j++)
            {
              a[j] = p[n * m + j];
              for (gsize i = 0; i < m; i++)
                a[j] += p[j * m + i] * h[i];
            }

          layer_outputs (net->sigma[l], a, h, n, margin);

          for (gsize j = 0; batch->masks[l] != NULL && j < n; j++)
            h[j] *= batch->masks[l][s * n + j];

          p += (m + 1) * n;
        }

      loss += sample_loss (net->loss, h, batch->y + s * net->n[L], net->n[L]);

      if (out != NULL)
        memcpy (out + s * net->n[L], h, net->n[L] * sizeof *h);
    }

  return loss;
}

double
reference_slope (const ReferenceNet   *net,
                 const double         *theta,
                 const ReferenceBatch *batch,
                 double               *variable)
{
  static const double steps[] = { -2.0, -1.0, 1.0, 2.0 };
  static const double factors[] = { 1.0, -8.0, 8.0, -1.0 };
  const double before = *variable;
  double sum = 0.0;

  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    {
      *variable = before + steps[k] * STEP;
      sum += factors[k] * reference_loss (net, theta, batch, NULL, NULL);
    }

  *variable = before;

  return sum / (12.0 * STEP);
}

void
reference_gradient (const ReferenceNet   *net,
                    double               *theta,
                    const ReferenceBatch *batch,
                    double               *gradient)
{
  const gsize n_params = reference_n_params (net);

  for (gsize i = 0; i < n_params; i++)
    gradient[i] = reference_slope (net, theta, batch, &theta[i]);
}

MlpNet *
reference_make_net (const ReferenceNet *net)
{
  g_autoptr(GError) error = NULL;
  MlpLayer layers[REFERENCE_MAX_LAYERS];
  MlpNet *made;

  for (gsize l = 1; l <= net->L; l++)
    {
      layers[l - 1] = (MlpLayer) { net->n[l], net->sigma[l] };
    }

  made = mlp_net_new (net->n[0], layers, net->L, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (mlp_net_get_n_params (made), ==, reference_n_params (net));

  return made;
}

double *
reference_widen (const float *x,
                 gsize        n)
{
  double *wide = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    wide[i] = (double) x[i];

  return wide;
}
