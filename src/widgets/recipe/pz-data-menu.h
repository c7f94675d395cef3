/* pz-data-menu.h: menu of data sources.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/pz-catalog.h"
#include "model/pz-download.h"

G_BEGIN_DECLS

#define PZ_DATA_DIGITS "builtin:digits"
#define PZ_DATA_MOLECULES "builtin:molecules"

/* (transfer full): the built-in sets, files, and what was or can be downloaded;
 * by the actions "data.use" and "data.get", "data.open-file" and
 * "data.open-folder". */
GMenuModel           *pz_data_menu_create     (void);

/* (nullable) (transfer none): what "data.get" names */
const PzCatalogEntry *pz_data_menu_find_entry (const char *id);

G_END_DECLS
