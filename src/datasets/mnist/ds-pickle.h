/* ds-pickle.h: reader of mnist.pkl.gz, as a stream.
 *
 * The file is a Python 2 pickle of protocol 2 whose value is ((x, y), (x, y),
 * (x, y)): train, validation, test; x is n × inputs of float32, y is n of
 * int64. A pickle is a program for a stack machine. This is that machine with
 * the 19 instructions the file uses and the NumPy objects it names; nothing
 * else is known here, so nothing can be run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"
#include "io/io-progress.h"
#include "io/io-stream.h"

G_BEGIN_DECLS

#define DS_PICKLE_N_PARTS 3

typedef struct
{
  guint8 *pixels;                       /* n_inputs × (n[0] + n[1] + n[2]): value × 256 */
  guint8 *labels;                       /* n[0] + n[1] + n[2] */
  gsize   n[DS_PICKLE_N_PARTS];         /* train, validation, test */
  gsize   n_inputs;
  guint   n_classes;
} DsPickle;

/**
 * ds_pickle_read:
 * @stream: a stream at its start
 * @pickle: (out caller-allocates): what was in it; to be cleared in any case
 * @progress: (nullable): told now and then
 *
 * Numbers become bytes on the way: the 220 MB of the file are never held.
 *
 * Errors: %MLP_ERROR_FORMAT, %MLP_ERROR_TRUNCATED, %MLP_ERROR_TOO_LARGE,
 * %MLP_ERROR_CANCELLED; the message names the file, the byte of its unpacked
 * content and what was expected
 */
gboolean ds_pickle_read  (IoStream      *stream,
                          DsPickle      *pickle,
                          IoProgressFunc progress,
                          gpointer       user_data,
                          GError       **error);
void     ds_pickle_clear (DsPickle      *pickle);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DsPickle, ds_pickle_clear)

G_END_DECLS
