/* pz-drawings-exchange.h: one's own drawings go out as pictures, and come in from other
 * data, in a thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-drawings.h"

G_BEGIN_DECLS

/* See ds_drawings_export(). Errors: its own, translated */
void     pz_drawings_export_async  (PzDrawings          *drawings,
                                    const char          *folder,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);
gboolean pz_drawings_export_finish (PzDrawings          *drawings,
                                    GAsyncResult        *result,
                                    GError             **error);

/* A data set, see ds_drawings_import(), or a folder of pictures for each class, see
 * pz-drawing-pictures.h. */
void     pz_drawings_import_async  (PzDrawings          *drawings,
                                    const char          *source,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data);

/* Adds what came, at the end, but nothing that is there already. Returns: whether it
 * could be read; @n_added (out): how many there are more */
gboolean pz_drawings_import_finish (PzDrawings          *drawings,
                                    GAsyncResult        *result,
                                    guint               *n_added,
                                    GError             **error);

G_END_DECLS
