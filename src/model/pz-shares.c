/* pz-shares.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "model/pz-shares.h"

void
pz_shares_normalise (MlpActivation output,
                     float        *h,
                     gsize         n)
{
  double sum = 0.0;

  if (output == MLP_SOFTMAX)
    return;

  for (gsize i = 0; i < n; i++)
    {
      h[i] = h[i] > 0.0f ? h[i] : 0.0f;
      sum += (double) h[i];
    }
  for (gsize i = 0; i < n; i++)
    h[i] = sum > 0.0 && isfinite (sum) ? (float) ((double) h[i] / sum) : 1.0f / (float) n;
}
