/* pz-download.h: download of a published data set.
 *
 * The environment variable PERZEPTRON_MIRROR, the address of a folder that holds
 * ID/NAME for each file ("http://server/sets/" with "mnist/train-images-idx3-ubyte.gz"
 * below it), takes the place of the mirrors: for a classroom with a server of
 * its own, and for tests. It may be without TLS, for what comes is checked; the mirrors of the
 * table are all over TLS.
 *
 * Main thread; files are fetched in a thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "datasets/ds-published.h"
#include "model/pz-catalog.h"

G_BEGIN_DECLS

#define PZ_TYPE_DOWNLOAD (pz_download_get_type ())

/* Properties, read-only: "busy" (boolean), "fraction" (double, 0 … 1),
 * "status" (string, translated: "2.1 of 11.6 MB from …"). */
G_DECLARE_FINAL_TYPE (PzDownload, pz_download, PZ, DOWNLOAD, GObject)

/* @entry: of pz_catalog_get_entries() */
PzDownload *pz_download_new          (const PzCatalogEntry *entry);

/* Seconds without a byte after which a server counts as gone; 30 otherwise. */
void        pz_download_set_timeout  (PzDownload           *self,
                                      guint                 seconds);

/**
 * pz_download_run_async:
 * @self: an idle download
 * @cancellable: (nullable): cancelling keeps what has come, for the next time
 * @callback: called in the main thread
 * @user_data: for @callback
 *
 * Fetches each file that is not here yet into NAME.part, going on where an
 * earlier try ended (HTTP ranges), tries the mirrors in order, checks size and
 * SHA-256, and renames it when it is on the disk. Files that are here are checked, too, and
 * damaged ones fetched again. Every failure is one translated sentence that says what
 * to do: no network, not found, wrong checksum, disk full, cannot write.
 *
 * Errors, from finish: %G_IO_ERROR with such a message
 */
void        pz_download_run_async    (PzDownload           *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);

/* Returns: (transfer full) (nullable): the folder, a source for
 * pz_dataset_load_new() */
char       *pz_download_run_finish   (PzDownload           *self,
                                      GAsyncResult         *result,
                                      GError              **error);

double      pz_download_get_fraction (PzDownload           *self);
const char *pz_download_get_status   (PzDownload           *self);

G_END_DECLS
