/* ds-drawings-private.h: the IDX files of the user's drawings, for the holder of the folder's lock.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-drawings.h"

G_BEGIN_DECLS

/* @state: (out) (optional): see ds_drawings_find_state(). Errors: those of ds_drawings_load()
 * Returns: (transfer full) (nullable) */
DsDrawings *ds_drawings_read_files    (const char       *folder,
                                       guint64          *state,
                                       GError          **error);

/* @rank: 3 for the pictures, 1 for the labels. Returns: (transfer full): an IDX file */
GByteArray *ds_drawings_make_file     (const DsDrawings *drawings,
                                       guint             rank);

/* What the two files hold, as a number that tells whether they are still the same; 0 where there
 * are none. */
guint64     ds_drawings_find_state    (const char       *folder);

/* The same of files with this content. */
guint64     ds_drawings_predict_state (const GByteArray *images,
                                       const GByteArray *labels);

G_END_DECLS
