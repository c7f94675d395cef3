/* mlp-top-k.c: an insertion into a short sorted list.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/net/mlp-top-k.h"

gsize
mlp_top_k (const float *values,
           gsize        n,
           gsize        k,
           gsize       *indices)
{
  gsize n_found = 0;

  g_return_val_if_fail (n == 0 || values != NULL, 0);
  g_return_val_if_fail (k == 0 || indices != NULL, 0);

  for (gsize i = 0; i < n && k > 0; i++)
    {
      gsize place;

      if (n_found == k && !(values[i] > values[indices[k - 1]]))
        continue;

      /* The last one falls out of a list that is full. */
      place = n_found < k ? n_found++ : k - 1;
      for (; place > 0 && values[i] > values[indices[place - 1]]; place--)
        indices[place] = indices[place - 1];
      indices[place] = i;
    }

  return n_found;
}
