/* pz-drawings-exchange.h: import and export of the user's drawings.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-drawings.h"
#include "model/pz-drawings.h"

G_BEGIN_DECLS

/**
 * pz_drawings_exchange_write:
 * @self: drawings
 * @folder: made if it is missing
 * @error: return location for a #GError
 *
 * Each as an image of its own, white on black as in MNIST, in a folder for each
 * class: "7/0001.png". Never writes over a file. Blocks; any thread.
 *
 * Errors: %MLP_ERROR_OPEN; what was written until then stays
 */
gboolean    pz_drawings_exchange_write         (const DsDrawings   *self,
                                                const char         *folder,
                                                GError            **error);

/**
 * pz_drawings_exchange_read:
 * @source: any data set of 28 × 28 images that ds_open() opens: a folder or a
 *   file in IDX, plain or gzip'd, a pickle, other drawings
 * @error: return location for a #GError
 *
 * All of its parts, one after the other. Blocks; any thread.
 *
 * Errors: those of ds_open(), %MLP_ERROR_SHAPE for other images,
 * %MLP_ERROR_TOO_LARGE for more than %DS_DRAWINGS_MAX
 *
 * Returns: (transfer full) (nullable)
 */
DsDrawings *pz_drawings_exchange_read          (const char         *source,
                                                GError            **error);

/* pz_drawings_exchange_write(), in a thread, of the drawings as they are now. Errors: its own, translated */
void        pz_drawings_exchange_export_async  (PzDrawings         *drawings,
                                                const char         *folder,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);
gboolean    pz_drawings_exchange_export_finish (PzDrawings         *drawings,
                                                GAsyncResult       *result,
                                                GError            **error);

/* A data set, see pz_drawings_exchange_read(), or a folder of images for each class, see
 * pz-drawing-images.h; read in a thread. What came is added, but nothing that is there already.
 * Errors: those of the two, translated; nothing is added then */
void        pz_drawings_exchange_import_async  (PzDrawings         *drawings,
                                                const char         *source,
                                                GAsyncReadyCallback callback,
                                                gpointer            user_data);

/* Returns: whether it could be read; @n_added (out): how many there are more */
gboolean    pz_drawings_exchange_import_finish (PzDrawings         *drawings,
                                                GAsyncResult       *result,
                                                guint              *n_added,
                                                GError            **error);

G_END_DECLS
