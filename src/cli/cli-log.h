/* cli-log.h: a training log in JSON lines; replaces an older one when the run begins.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CliLog CliLog;

/**
 * cli_log_open:
 * @path: a file, which need not exist; or a device, or a FIFO somebody reads from
 * @append: whether it goes on with what @path has
 * @error: return location for a #GError
 *
 * Tries the place. What is there stays as it is until cli_log_start().
 *
 * Errors: %MLP_ERROR_OPEN
 */
CliLog  *cli_log_open   (const char  *path,
                         gboolean     append,
                         GError     **error);

/* A log that was not started leaves no new file behind. */
void     cli_log_free   (CliLog      *log);

/* Before the first line. Errors: %MLP_ERROR_OPEN */
gboolean cli_log_start  (CliLog      *log,
                         GError     **error);

/* Adds a line end. A failure is kept for cli_log_finish(); where the file may not
 * grow, or nobody reads any more, it is as Ctrl+C, too. */
void     cli_log_write  (CliLog      *log,
                         const char  *line);

/* Whether every line was written. Errors: %MLP_ERROR_OPEN */
gboolean cli_log_finish (CliLog      *log,
                         GError     **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliLog, cli_log_free)

G_END_DECLS
