/* mlp-samples.h: training samples: inputs and targets, immutable once made.
 *
 * Inputs are bytes (pictures: value = byte × scale) or floats; targets are
 * classes or floats. A sample's inputs are contiguous. Bytes become floats only
 * when they are in a batch.
 *
 * Samples are shared between threads by counting references; nothing in them
 * changes after they were made. (The core keeps lists of inputs with them, made when
 * they are first needed: mlp-sparse-input-private.h.)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _MlpSamples MlpSamples;

/**
 * mlp_samples_new_classes:
 * @x: (transfer full): n_inputs × n_samples bytes, from g_malloc()
 * @scale: what a byte is multiplied by, 1/256 for MNIST
 * @classes: (transfer full): n_samples classes, from g_malloc()
 * @n_inputs: n[0], at least 1
 * @n_classes: n[L], 2 to 256; every class is below it
 * @n_samples: how many, at least 1
 *
 * Pictures and what they show. The sizes are the caller's word: a loader has
 * checked them.
 *
 * Returns: (transfer full): the samples
 */
MlpSamples   *mlp_samples_new_classes         (guint8           *x,
                                               float             scale,
                                               guint8           *classes,
                                               gsize             n_inputs,
                                               gsize             n_classes,
                                               gsize             n_samples);

/* The same, where it is known that the inputs are pictures: @rows × @columns bytes,
 * row by row. */
MlpSamples   *mlp_samples_new_pictures        (guint8           *x,
                                               float             scale,
                                               guint8           *classes,
                                               gsize             rows,
                                               gsize             columns,
                                               gsize             n_classes,
                                               gsize             n_samples);

/**
 * mlp_samples_new_values:
 * @x: (transfer full): n_inputs × n_samples floats, from g_malloc()
 * @y: (transfer full): n_outputs × n_samples floats, from g_malloc()
 *
 * Tables: regression, or targets of one's own.
 */
MlpSamples   *mlp_samples_new_values          (float            *x,
                                               float            *y,
                                               gsize             n_inputs,
                                               gsize             n_outputs,
                                               gsize             n_samples);

/* The same with @x: (transfer full): n_inputs × n_samples floats that lie in
 * bytes, such as those of a mapped file. */
MlpSamples   *mlp_samples_new_values_in_bytes (GBytes           *x,
                                               float            *y,
                                               gsize             n_inputs,
                                               gsize             n_outputs,
                                               gsize             n_samples);

/**
 * mlp_samples_set_blocks:
 * @samples: samples whose inputs are values, just made: not yet shared
 * @lengths: (nullable): how many inputs each block has, one block after the other, up
 *   to a 0; together all of them. Copied
 *
 * A block holds inputs that mean the same kind of thing in the same unit, such as
 * the bins of a histogram: what is small beside the others of its block is next to
 * nothing (mlp-scaler.h). %NULL, as at first: each input is a block of its own.
 */
void          mlp_samples_set_blocks          (MlpSamples       *samples,
                                               const guint      *lengths);

/* (nullable) (transfer none): ended by a 0 */
const guint  *mlp_samples_peek_blocks         (const MlpSamples *samples);

/* Whether the targets are in several units, so that a mean over them means nothing:
 * it is then not given (NaN). For samples just made; FALSE at first. */
void          mlp_samples_set_mixes_units     (MlpSamples       *samples,
                                               gboolean          mixes_units);
gboolean      mlp_samples_get_mixes_units     (const MlpSamples *samples);

MlpSamples   *mlp_samples_ref                 (const MlpSamples *samples);
void          mlp_samples_unref               (MlpSamples       *samples);

gsize         mlp_samples_get_n               (const MlpSamples *samples);
gsize         mlp_samples_get_n_inputs        (const MlpSamples *samples);

/* Classes, or target values. */
gsize         mlp_samples_get_n_outputs       (const MlpSamples *samples);
gboolean      mlp_samples_has_classes         (const MlpSamples *samples);

/* The inputs of sample @i as bytes, or %NULL where they are floats. */
const guint8 *mlp_samples_peek_bytes          (const MlpSamples *samples,
                                               gsize             i);
float         mlp_samples_get_scale           (const MlpSamples *samples);

/* @rows, @columns: (out): those of mlp_samples_new_pictures().
 * Returns: FALSE, and 0 and 0, where the inputs are not known to be pictures */
gboolean      mlp_samples_get_picture         (const MlpSamples *samples,
                                               gsize            *rows,
                                               gsize            *columns);

/* Only where mlp_samples_has_classes(). */
guint         mlp_samples_get_class           (const MlpSamples *samples,
                                               gsize             i);

/**
 * mlp_samples_get_batch:
 * @samples: samples
 * @items: (array length=B): which
 * @B: how many
 * @x: (out caller-allocates) (nullable): n[0] × B
 * @y: (out caller-allocates) (nullable): n[L] × B; classes as one-hot columns
 *
 * Copies samples into the columns of a batch.
 */
void          mlp_samples_get_batch           (const MlpSamples *samples,
                                               const guint32    *items,
                                               gsize             B,
                                               float            *x,
                                               float            *y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpSamples, mlp_samples_unref)

G_END_DECLS
