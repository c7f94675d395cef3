/* cli-stdout.h: standard output with error checking.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* First thing in main(): from here on g_print() writes through
 * cli_stdout_write(), and so does g_printerr() to stderr, without control characters but line ends and
 * tabs (mlp-display.h); and at exit, whichever way the program ends, a write that
 * failed is one line on stderr and exit status 1. A standard stream that is closed
 * is held by /dev/null, opened so that using it fails: otherwise the next file that
 * is opened would take its place and be printed into. SIGPIPE and SIGXFSZ are
 * ignored, so that the write fails instead. */
void     cli_stdout_init  (void);

/* Writes @text as it is. Where nobody reads any more, or the file may not grow, this
 * is as Ctrl+C: see cli_is_interrupted(). After a failure nothing is written. */
void     cli_stdout_write (const char *text);

/* Whether standard output goes to the file at @path. */
gboolean cli_stdout_is    (const char *path);

G_END_DECLS
