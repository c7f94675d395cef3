/* io-archive.h: the files in an archive or a folder, one after the other.
 *
 * A tar archive, plain, in gzip, bzip2 or xz, is read as a stream and never
 * unpacked; a ZIP archive by its directory. Whatever protects the content is
 * checked: an archive that is damaged or cut off is an error, even where all of
 * its files so far were sound.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-progress.h"
#include "io/io-stream.h"

G_BEGIN_DECLS

typedef struct _DsArchive DsArchive;

/**
 * ds_archive_open:
 * @path: an archive, or a folder; of that the files "*.xyz" are taken, by name
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT if it is no archive or damaged,
 * %MLP_ERROR_TRUNCATED if it is cut off
 */
DsArchive  *ds_archive_open         (const char    *path,
                                     GError       **error);

/* @name stands in messages. @data is borrowed and outlives the archive. */
DsArchive  *ds_archive_new_memory   (const char    *name,
                                     const guint8  *data,
                                     gsize          size,
                                     GError       **error);
void        ds_archive_close        (DsArchive     *archive);

/* @progress is told where the reading is, now and then, by the functions below;
 * if it answers FALSE they fail with %MLP_ERROR_CANCELLED. */
void        ds_archive_set_progress (DsArchive     *archive,
                                     DsProgressFunc progress,
                                     gpointer       user_data);

/**
 * ds_archive_next:
 * @error: return location for a #GError
 *
 * Goes to the next regular file. At the end the rest of the archive is checked.
 *
 * Errors: as ds_archive_open(); the message names the archive, and the last
 * file that was come to
 *
 * Returns: (transfer none) (nullable): its name, for people; %NULL at the end,
 *   or with @error set
 */
const char *ds_archive_next         (DsArchive     *archive,
                                     GError       **error);

/**
 * ds_archive_read:
 * @buffer: (out caller-allocates): room for @size bytes
 * @n_read: (out): @size, unless the file ends before; then what there was
 *
 * The next bytes of the file that ds_archive_next() went to. Bytes that are
 * not asked for are passed over by the next call of that.
 *
 * Errors: as ds_archive_open(). In a folder they are of that file only, and
 * the next can be gone to.
 */
gboolean    ds_archive_read         (DsArchive     *archive,
                                     void          *buffer,
                                     gsize          size,
                                     gsize         *n_read,
                                     GError       **error);

/* The archive's or folder's. */
const char *ds_archive_get_name     (const DsArchive *archive);
gboolean    ds_archive_is_folder    (const DsArchive *archive);

/* Where the reading is, 0 to 1. */
double      ds_archive_get_fraction (const DsArchive *archive);

/* Whether @stream begins like an archive. Consumes nothing. */
gboolean    ds_archive_recognise    (DsStream      *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsArchive, ds_archive_close)

G_END_DECLS
