/* io-sniff.h: what a file is, from its first bytes or its name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-stream.h"

G_BEGIN_DECLS

typedef enum
{
  DS_KIND_UNKNOWN,
  DS_KIND_EMPTY,          /* also a gzip file with nothing in it */
  DS_KIND_HTML,
  DS_KIND_LFS_POINTER,
  DS_KIND_IDX,            /* of any type and rank */
  DS_KIND_PICKLE,         /* of protocol 2 or later */
  DS_KIND_ZIP,
  DS_KIND_TAR,
  DS_KIND_HDF5,
  DS_KIND_DAMAGED,        /* its gzip data end or go wrong at once */
} DsKind;

/* Consumes nothing. */
DsKind ds_sniff        (DsStream    *stream);

/**
 * ds_sniff_refuse:
 * @kind: what it is, from ds_sniff()
 * @expected: what it should be: "pictures in IDX format"
 * @error: return location for a #GError
 *
 * Says why the file is of no use, and what may be done.
 *
 * Errors: %MLP_ERROR_FORMAT always, or what reading the first byte says
 */
void   ds_sniff_refuse (DsStream    *stream,
                        DsKind       kind,
                        const char  *expected,
                        GError     **error);

/* Whether a file is called *.xyz, and called like what some systems put beside a file in an
 * archive: "a/.b". */
gboolean ds_sniff_is_xyz    (const char *name);
gboolean ds_sniff_is_hidden (const char *name);

G_END_DECLS
