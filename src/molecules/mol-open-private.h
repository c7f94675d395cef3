/* mol-open-private.h: iteration over all molecules of a source or of a text.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-open.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-source.h"

G_BEGIN_DECLS

/* All of a source. */
gboolean mol_open_read_source (MolReader       *reader,
                               const MolSource *location,
                               GError         **error);

/* A text in one of the formats. */
gboolean mol_open_read_text   (MolReader       *reader,
                               const char      *name,
                               const char      *text,
                               gsize            length,
                               GError         **error);

G_END_DECLS
