/* io-archive.h: iteration over the files in an archive or a folder.
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

typedef struct _IoArchive IoArchive;

/**
 * io_archive_open:
 * @path: an archive, or a folder; of that the files "*.xyz" are taken, by name
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_FORMAT if it is no archive or damaged,
 * %MLP_ERROR_TRUNCATED if it is cut off
 */
IoArchive  *io_archive_open         (const char    *path,
                                     GError       **error);

/* @name stands in messages. @data is borrowed and outlives the archive. */
IoArchive  *io_archive_new_memory   (const char    *name,
                                     const guint8  *data,
                                     gsize          size,
                                     GError       **error);
void        io_archive_close        (IoArchive     *archive);

/* @progress is told where the reading is, now and then, by the functions below;
 * if it answers FALSE they fail with %MLP_ERROR_CANCELLED. */
void        io_archive_set_progress (IoArchive     *archive,
                                     IoProgressFunc progress,
                                     gpointer       user_data);

/**
 * io_archive_next:
 * @error: return location for a #GError
 *
 * Goes to the next regular file. At the end the rest of the archive is checked.
 *
 * Errors: as io_archive_open(); the message names the archive, and the last
 * file that was come to
 *
 * Returns: (transfer none) (nullable): its name, for people; %NULL at the end,
 *   or with @error set
 */
const char *io_archive_next         (IoArchive     *archive,
                                     GError       **error);

/**
 * io_archive_read:
 * @buffer: (out caller-allocates): room for @size bytes
 * @n_read: (out): @size, unless the file ends before; then what there was
 *
 * The next bytes of the file that io_archive_next() went to. Bytes that are
 * not asked for are passed over by the next call of that.
 *
 * Errors: as io_archive_open(). In a folder they are of that file only, and
 * the next can be gone to.
 */
gboolean    io_archive_read         (IoArchive     *archive,
                                     void          *buffer,
                                     gsize          size,
                                     gsize         *n_read,
                                     GError       **error);

/* The archive's or folder's. */
const char *io_archive_get_name     (const IoArchive *archive);
gboolean    io_archive_is_folder    (const IoArchive *archive);

/* Where the reading is, 0 to 1. */
double      io_archive_get_fraction (const IoArchive *archive);

/* Whether @stream begins like an archive, or cannot be unpacked. Consumes nothing. */
gboolean    io_archive_recognise    (IoStream      *stream);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (IoArchive, io_archive_close)

G_END_DECLS
