/* io-sniff.h: file type detection from the first bytes or the name.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-stream.h"

G_BEGIN_DECLS

typedef enum
{
  IO_KIND_UNKNOWN,
  IO_KIND_EMPTY,          /* also a packed file with nothing in it */
  IO_KIND_HTML,
  IO_KIND_LFS_POINTER,
  IO_KIND_IDX,            /* of any type and rank */
  IO_KIND_PICKLE,         /* of protocol 2 or later */
  IO_KIND_ZIP,
  IO_KIND_TAR,
  IO_KIND_HDF5,
  IO_KIND_DAMAGED,        /* its packed data end or go wrong at once */
} IoKind;

/* Consumes nothing. */
IoKind io_sniff        (IoStream   *stream);

/**
 * io_sniff_refuse:
 * @kind: what it is, from io_sniff()
 * @expected: what it should be: "pictures in IDX format"
 * @error: return location for a #GError
 *
 * Says why the file is of no use, and what may be done.
 *
 * Errors: %MLP_ERROR_FORMAT always, or what reading the first byte says
 */
void   io_sniff_refuse (IoStream   *stream,
                        IoKind      kind,
                        const char *expected,
                        GError    **error);

/* Whether a file is called *.xyz, and called like what some systems put beside a file in an
 * archive: "a/.b". */
gboolean io_sniff_is_xyz    (const char *name);
gboolean io_sniff_is_hidden (const char *name);

G_END_DECLS
