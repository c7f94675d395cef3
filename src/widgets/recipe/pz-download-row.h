/* pz-download-row.h: download row: progress, cancel and errors.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-catalog.h"
#include "model/pz-download.h"

G_BEGIN_DECLS

#define PZ_TYPE_DOWNLOAD_ROW (pz_download_row_get_type ())

/* Signals: "finished" (string: the folder, a data source); "closed": the user
 * cancelled it, or dismissed why it failed. */
G_DECLARE_FINAL_TYPE (PzDownloadRow, pz_download_row, PZ, DOWNLOAD_ROW, AdwPreferencesRow)

GtkWidget            *pz_download_row_new       (const PzCatalogEntry *entry);
const PzCatalogEntry *pz_download_row_get_entry (PzDownloadRow        *self);

/* Begins, or begins again after a failure. */
void                  pz_download_row_start     (PzDownloadRow        *self);

G_END_DECLS
