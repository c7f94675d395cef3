/* ds-idx.h: one IDX file of bytes: images or labels.
 *
 * Big-endian: 0, 0, type (0x08: bytes), rank; one guint32 per dimension; bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"
#include "io/io-progress.h"
#include "io/io-stream.h"

G_BEGIN_DECLS

typedef struct
{
  guint   rank;           /* 1: labels, 3: pictures */
  guint32 n;
  guint32 rows;           /* 1 for labels */
  guint32 columns;
} DsIdxHeader;

/* Reads 16 or 8 bytes and checks that they make sense. Allocates nothing.
 * Errors: %MLP_ERROR_FORMAT for anything that is not IDX of that rank,
 * %MLP_ERROR_TRUNCATED, %MLP_ERROR_TOO_LARGE */
gboolean ds_idx_read_header (IoStream    *stream,
                             guint        rank,
                             DsIdxHeader *header,
                             GError     **error);

/**
 * ds_idx_read_bytes:
 * @stream: a stream behind its header
 * @header: that header
 * @bytes: (out caller-allocates): n × rows × columns bytes
 * @progress: (nullable): told now and then; the fraction is that of this file
 *
 * Reads the rest, and checks that nothing follows.
 *
 * Errors: %MLP_ERROR_TRUNCATED, %MLP_ERROR_FORMAT, %MLP_ERROR_CANCELLED
 */
gboolean ds_idx_read_bytes  (IoStream          *stream,
                             const DsIdxHeader *header,
                             guint8            *bytes,
                             IoProgressFunc     progress,
                             gpointer           user_data,
                             GError           **error);

G_END_DECLS
