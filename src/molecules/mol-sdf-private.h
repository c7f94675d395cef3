/* mol-sdf-private.h: SD files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-csv.h"
#include "io/io-lines.h"
#include "molecules/mol-reader-private.h"

G_BEGIN_DECLS

/* An SD file; properties from the table beside it, by number, or none. */
gboolean mol_sdf_read      (MolReader  *reader,
                            IoLines    *lines,
                            IoCsv      *csv,
                            GError    **error);

/* Whether a text begins like an SD file. */
gboolean mol_sdf_recognise (const char *text,
                            gsize       size);

G_END_DECLS
