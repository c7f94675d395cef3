/* pz-photo-list.h: image iterator over files, folders and archives.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Of the photos in archives no more bytes are kept in memory, and no more photos listed. */
#define PZ_PHOTO_LIST_MAX_BYTES (128u * 1024 * 1024)
#define PZ_PHOTO_LIST_MAX 10000

/* One of them. It has not been decoded: that it is a photo is found out later. */
typedef struct
{
  char   *name;       /* for people: "a.png", "ARCHIVE: a.png" */
  GFile  *file;       /* (nullable): where it is */
  GBytes *bytes;      /* (nullable): what it holds, where it is in an archive */
  char   *problem;    /* (nullable): why it cannot be read: then it has neither */
} PzPhotoItem;

/**
 * pz_photo_list_read:
 * @files: (element-type GFile): photos; folders and archives of some, as
 *   io_members_visit() takes them
 * @cancellable: (nullable): looked at between files
 *
 * Lists them in their order. What cannot be read has its place among the others. For any thread.
 *
 * Errors: %G_IO_ERROR_CANCELLED. Returns: (transfer full) (nullable) (element-type PzPhotoItem): one at least
 */
GPtrArray *pz_photo_list_read (GPtrArray    *files,
                               GCancellable *cancellable,
                               GError      **error);

G_END_DECLS
