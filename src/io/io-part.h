/* io-part.h: temporary files written beside a file before they replace it.
 *
 * A part is named ".perzeptron-", twelve random letters, ".part", however long the
 * name of the file is. As long as it is open its process holds a lock on it (flock);
 * the system lets go of the lock when the process ends, however that happens. So
 * a part that can be locked is one that nobody writes any more, and
 * io_part_clear_stale() removes it.
 *
 * Functions that return a gboolean and take no GError say in errno why they failed.
 * Thread: any.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define IO_PART_PREFIX ".perzeptron-"
#define IO_PART_SUFFIX ".part"

/* Of a part's name, with the zero at its end. */
#define IO_PART_NAME_SIZE 32

/* A piece of what is written. */
typedef struct
{
  const void *data;
  gsize       size;      /* bytes */
} IoPiece;

typedef struct
{
  int  fd;                           /* for writing; −1: there is no part */
  int  folder;                       /* borrowed: of the folder, perhaps opened with O_PATH */
  char name[IO_PART_NAME_SIZE];      /* in the folder */
} IoPart;

#define IO_PART_INIT { .fd = -1 }

/* Makes an empty part in @folder with the permissions @mode, less those of the umask. */
gboolean io_part_open             (IoPart        *part,
                                   int            folder,
                                   guint          mode);
gboolean io_part_write            (IoPart        *part,
                                   const IoPiece *pieces,
                                   gsize          n_pieces);

/* What was written is on the disk (where @durable), and every error of writing was
 * reported. */
gboolean io_part_finish           (IoPart        *part,
                                   gboolean       durable);

/* Gives it the name @name in its folder, in place of a file that is there; the part
 * is closed then. On failure it is as before. */
gboolean io_part_rename           (IoPart        *part,
                                   const char    *name);

/* The same, but fails with EEXIST where there is a file. */
gboolean io_part_rename_new       (IoPart        *part,
                                   const char    *name);

/* Removes it, if it is still there. Keeps errno. */
void     io_part_discard          (IoPart        *part);

/* Waits until names in @folder that were given or removed are on the disk. */
gboolean io_part_sync_folder      (int            folder);

/* The same for all files of the file system that holds the folder of that path. */
gboolean io_part_sync_file_system (const char    *folder);

/* Removes the parts in the folder of that path whose processes are gone, of the same
 * user only. Returns: how many */
guint    io_part_clear_stale      (const char    *folder);

G_END_DECLS
