/* mol-open-private.h: all molecules of a source or of a text, for those who keep them otherwise.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "molecules/mol-open.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-source.h"

G_BEGIN_DECLS

/* All of a source. */
gboolean mol_open_read_source (MolReader       *reading,
                               const MolSource *place,
                               GError         **error);

/* A text in one of the formats. */
gboolean mol_open_read_text   (MolReader       *reading,
                               const char      *name,
                               const char      *text,
                               gsize            length,
                               GError         **error);

G_END_DECLS
