/* mlp-sparse-input-private.h: sparse inputs (CSR): the non-zero inputs of each sample.
 *
 * Four of five pixels of a drawn digit are zero. Where samples are bytes and
 * most of those are zero, a list for each sample says which inputs are not, and
 * what they are: 4 bytes for each. The samples themselves stay as they are.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A place, and the byte that is there. */
typedef guint32 MlpEntry;

#define MLP_ENTRY(place, byte) ((MlpEntry) (place) | (MlpEntry) (byte) << 16)
#define MLP_ENTRY_PLACE(entry) ((gsize) ((entry) & 0xffff))
#define MLP_ENTRY_BYTE(entry)  ((entry) >> 16)

/* The value of a byte b is levels[b]. */
typedef struct
{
  const MlpEntry *entries;
  gsize           n;
} MlpList;

typedef struct _MlpSparseInput MlpSparseInput;

/* Of @n samples of @n_inputs bytes each, one behind the other; @scale: of a byte. Returns: (nullable): %NULL if it
 * does not pay (too many are not zero, or there are no bytes: %NULL) or there is no memory */
MlpSparseInput *mlp_sparse_input_new         (const guint8         *bytes,
                                              gsize                 n,
                                              gsize                 n_inputs,
                                              float                 scale);

/* For pictures that are made when they are needed: empty lists of @n samples of
 * @n_inputs bytes, at most G_MAXUINT16. Returns: (nullable): %NULL if there is no memory */
MlpSparseInput *mlp_sparse_input_new_empty   (gsize                 n,
                                              gsize                 n_inputs,
                                              float                 scale);
void            mlp_sparse_input_free        (MlpSparseInput       *sparse_input);

/* Of lists that were made empty, in any thread: others may set another one at the
 * same time. */
void            mlp_sparse_input_set         (MlpSparseInput       *sparse_input,
                                              gsize                 item,
                                              const guint8         *bytes);

/* The inputs of a sample, in ascending order. */
MlpList         mlp_sparse_input_get         (const MlpSparseInput *sparse_input,
                                              gsize                 item);

/* Asks for it, so that it is in the cache a little later. */
void            mlp_sparse_input_prefetch    (const MlpSparseInput *sparse_input,
                                              gsize                 item);

/* (array fixed-size=256): what the bytes stand for */
const float    *mlp_sparse_input_peek_levels (const MlpSparseInput *sparse_input);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpSparseInput, mlp_sparse_input_free)

G_END_DECLS
