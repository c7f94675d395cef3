/* pz-known-sources.h: list of data sources opened before.
 *
 * A .perz file names where its data lie. Opening such a path is not without effect (a file may wait
 * for a writer, or lie on a server), and the file may come from anybody. So the path of a file is
 * opened without asking only where data were opened from it before. One list for all windows; main
 * thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* So many are kept, those that were opened last. */
#define PZ_KNOWN_SOURCES_MAX 500

/* What is built in, or in the folders of what the program downloads, is known. @source: (nullable): %NULL is no source, and known */
gboolean pz_known_sources_contain (const char        *source);

/* Data were opened from there. */
void     pz_known_sources_add     (const char        *source);

/* (transfer full): as URIs, for the settings; the newest last */
char   **pz_known_sources_to_uris (void);

/* Adds to those that are known. What is no URI of a file is passed over. */
void     pz_known_sources_add_uris (const char *const *uris);

/* For tests. */
void     pz_known_sources_forget  (void);

G_END_DECLS
