/* ds-mnist.h: MNIST and its variants in all their file formats.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"
#include "io/io-progress.h"
#include "io/io-stream.h"

G_BEGIN_DECLS

/* A byte of a picture is multiplied by this, whichever file it came from: IDX
 * and pickle then give the same numbers, and a network trained on one can be
 * asked about the other. */
#define DS_MNIST_SCALE (1.0f / 256.0f)

/* A folder with the four IDX files, plain or gzip'd, dash or dot names, mixed.
 * Without the test files (or the training files) the set has the other part
 * only; without any of them, the only pickle there is in the folder. Also Fashion-MNIST, KMNIST and EMNIST (its pictures are turned).
 * Errors: see ds_open() */
DsSet *ds_mnist_open_folder (const char    *folder,
                             IoProgressFunc progress,
                             gpointer       user_data,
                             GError       **error);

/* mnist.pkl.gz, or what is inside it. */
DsSet *ds_mnist_open_pickle (const char    *path,
                             IoProgressFunc progress,
                             gpointer       user_data,
                             GError       **error);

G_END_DECLS
