/* ds-lines.h: a file of text, line by line, of which one is in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-unpack.h"

G_BEGIN_DECLS

typedef struct _DsLines DsLines;

/* A longer line is refused. */
#define DS_LINES_MAX (64 * 1024)

/* Takes over @stream, which may be packed. Errors: as ds_unpack_new() */
DsLines    *ds_lines_new          (DsStream       *stream,
                                   GError        **error);
void        ds_lines_close        (DsLines        *lines);

/**
 * ds_lines_next:
 * @line: (out): the line, without what ends it (LF or CR LF); until the next call
 * @length: (out): its bytes
 * @error: return location for a #GError
 *
 * Errors: as ds_unpack_read(); %MLP_ERROR_FORMAT if the line is too long
 *
 * Returns: FALSE at the end, or with @error set
 */
gboolean    ds_lines_next         (DsLines        *lines,
                                   const char    **line,
                                   gsize          *length,
                                   GError        **error);

/* Of the line that was read last, from 1. */
guint       ds_lines_get_number   (const DsLines  *lines);

/* Of the file. */
const char *ds_lines_get_name     (const DsLines  *lines);
double      ds_lines_get_fraction (const DsLines  *lines);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsLines, ds_lines_close)

G_END_DECLS
