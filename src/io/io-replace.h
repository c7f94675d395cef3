/* io-replace.h: atomic replacement of a file.
 *
 * The content is written to a temporary file in the same folder (io-part.h) and
 * synchronised to the disk; then it is renamed onto the old file, and the folder is
 * synchronised. Whatever happens meanwhile (a crash, a full disk, a killed process), the path
 * leads to the old content or to the new one, and never to a part of it.
 *
 * What an existing path can be:
 *   a symbolic link    is followed; the file at its end is replaced, or made
 *   a file             keeps its permissions, and where it is allowed its owner, group, access
 *                      control list and extended attributes
 *   one with further names (hard links)   gets the new content under this name; the other
 *                      names keep the old content, as backups that consist of links expect
 *   read-only          is refused, for the superuser as well where nobody may write
 *   a terminal, a pipe with a reader, /dev/null, /dev/stdout   is written to
 *   any other device, a socket, a folder   is refused
 *
 * Thread: any; several processes may replace one file, the last one wins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "io/io-part.h"

G_BEGIN_DECLS

/**
 * IoReplaceFlags:
 * @IO_REPLACE_NEW: fail where there is something already
 * @IO_REPLACE_PRIVATE: a new file is for its owner only; otherwise as the umask says
 * @IO_REPLACE_UNSYNCED: do not wait for the disk: after a crash of the system the file may
 *   have the wrong content; for caches, whose readers find that out, and for many files
 *   before io_part_sync_file_system()
 */
typedef enum
{
  IO_REPLACE_DEFAULT = 0,
  IO_REPLACE_NEW = 1 << 0,
  IO_REPLACE_PRIVATE = 1 << 1,
  IO_REPLACE_UNSYNCED = 1 << 2,
} IoReplaceFlags;

/**
 * io_replace:
 * @path: the file
 * @pieces: (array length=n_pieces): its new content, one piece after the other
 * @n_pieces: how many
 * @flags: see there
 * @error: return location for a #GError
 *
 * Blocks; at a pipe whose reader does not read, 10 seconds at most.
 *
 * Errors: %MLP_ERROR_OPEN, with the name and the reason; the file is as it was or,
 * where only its folder could not be synchronised, already the new one
 */
gboolean io_replace          (const char    *path,
                              const IoPiece *pieces,
                              gsize          n_pieces,
                              IoReplaceFlags flags,
                              GError       **error);

/* The same with one piece and no flags. */
gboolean io_replace_contents (const char    *path,
                              const void    *data,
                              gsize          size,
                              GError       **error);

/**
 * io_replace_open_part:
 * @part: %IO_PART_INIT
 * @folder: an open folder
 * @name: of a file in it
 * @error: return location for a #GError: the reason only, as “it is read-only”
 *
 * An empty part that has what io_replace() keeps of the file; for who replaces several files
 * at once.
 *
 * Errors: %MLP_ERROR_OPEN, also for anything that is not a file, a symbolic link included
 */
gboolean io_replace_open_part (IoPart     *part,
                               int         folder,
                               const char *name,
                               GError    **error);

/**
 * io_replace_check:
 * @path: a file that is to be replaced later
 * @n_names: (out) (optional): how many names the file has that is there now: with more than
 *   one the others will keep the old content; 0 where there is none
 * @error: return location for a #GError
 *
 * Tries what io_replace() will need, without changing @path: finds the file, opens it for
 * writing, makes and removes a temporary file of some kB in its folder. Removes temporary files
 * that ended processes left in that folder.
 *
 * Errors: as of io_replace()
 */
gboolean io_replace_check    (const char    *path,
                              guint         *n_names,
                              GError       **error);

G_END_DECLS
