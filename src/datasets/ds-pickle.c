/* ds-pickle.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-error.h"
#include "datasets/ds-mnist.h"

DsSet *
ds_mnist_open_pickle (const char    *path,
                      DsProgressFunc progress,
                      gpointer       user_data,
                      GError       **error)
{
  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, "“%s” is a pickle", path);
  return NULL;
}
