/* io-target.h: target of a path to be written, through symbolic links.
 *
 * Thread: any.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <sys/stat.h>

G_BEGIN_DECLS

typedef enum
{
  IO_TARGET_NEW,         /* nothing is there */
  IO_TARGET_FILE,        /* a file: to be replaced */
  IO_TARGET_STREAM,      /* a terminal, a pipe, /dev/null, /dev/stdout: to be written to */
} IoTargetKind;

typedef struct
{
  IoTargetKind kind;
  int          folder;   /* opened with O_PATH: the folder that holds the file itself */
  char        *name;     /* its name there */
  struct stat  info;     /* of the file, where there is one */
} IoTarget;

/**
 * io_target_find:
 * @path: a path
 * @target: (out caller-allocates): to be cleared by io_target_clear() in any case
 * @error: return location for a #GError: a reason, such as “it is a folder”, without the
 *   name of the file
 *
 * Follows symbolic links to the file that they mean, one that does not exist yet
 * included.
 *
 * Errors: %MLP_ERROR_OPEN for a folder, a socket, a block device, any other device that
 * is not meant to be written to; where a folder on the way does not exist or cannot be
 * searched; for links that lead in a circle and names that are too long
 */
gboolean io_target_find (const char *path,
                         IoTarget   *target,
                         GError    **error);
void     io_target_clear (IoTarget *target);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (IoTarget, io_target_clear)

G_END_DECLS
