/* pz-catalog.h: table of the published data sets that can be downloaded, and where they are kept.
 *
 * For any thread. Strings and entries without another word are static.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-published.h"

G_BEGIN_DECLS

/* A data set of the table. */
typedef struct
{
  const char         *id;          /* "mnist", "fashion-mnist": also the folder's name */
  const char         *title;       /* marked with N_ */
  const char         *licence;     /* and where it comes from, N_ */
  const char *const  *mirrors;     /* folders, with a slash at the end, NULL-terminated; tried in order */
  const DsPublishedFile *files;
  gsize               n_files;
} PzCatalogEntry;

/* (array length=n_entries) (transfer none) */
const PzCatalogEntry *pz_catalog_get_entries      (gsize                *n_entries);

/* Sum of the files, in bytes. */
guint64               pz_catalog_entry_get_size   (const PzCatalogEntry *entry);

/* (transfer full): the folder under the user's data folder that holds the folders of all */
char                 *pz_catalog_get_root         (void);

/* (nullable) (transfer none): of which set of these @source is the folder, or a file in it */
const PzCatalogEntry *pz_catalog_find_source      (const char           *source);

/* (transfer full): the folder under the user's data folder where it is kept */
char                 *pz_catalog_entry_get_folder (const PzCatalogEntry *entry);

/* Whether every file is there with its right size: looks at the disk, and does not read the files. */
gboolean              pz_catalog_entry_is_here    (const PzCatalogEntry *entry);

G_END_DECLS
