/* cli-progress.h: a progress bar on a terminal.
 *
 * Where stdout is no terminal nothing is drawn.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _CliProgress CliProgress;

/* @label: static, in front of the bar */
CliProgress *cli_progress_new       (const char  *label);
void         cli_progress_free      (CliProgress *progress);

/* (transfer none): another label */
void         cli_progress_set_label (CliProgress *progress,
                                     const char  *label);

/* Whether it is time to draw again: ten times a second. */
gboolean     cli_progress_is_due    (CliProgress *progress);

/* Draws the bar, if that is due. @fraction from 0 to 1; @detail stands behind. */
void         cli_progress_set       (CliProgress *progress,
                                     double       fraction,
                                     const char  *detail);

/* Takes the bar away, so that a line can be printed. */
void         cli_progress_clear     (CliProgress *progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CliProgress, cli_progress_free)

G_END_DECLS
