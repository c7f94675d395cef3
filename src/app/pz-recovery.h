/* pz-recovery.h: recovery of unsaved work after a crash, the end of the session, or a signal.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

/* (nullable) (transfer full): the settings; GSettings would abort where the program is run from
 * the build without its environment */
GSettings *pz_recovery_get_settings (void);

/* From now on checkpoints of @project are kept as the settings say, and the session's end is
 * inhibited while there is unsaved work or a training. @window: has the action "win.show-message". */
void       pz_recovery_watch        (GtkWindow *window,
                                     PzProject *project);

/* Nobody answers what is asked at closing: stops a run and keeps the work as a checkpoint. */
void       pz_recovery_keep_work    (PzProject *project);

/* Whether that is done. */
gboolean   pz_recovery_is_done      (PzProject *project);

/* Looks for the work of a program that did not end well, and asks whether it is to be recovered.
 * @window: has a new project, which becomes that work */
void       pz_recovery_offer        (GtkWindow *window,
                                     PzProject *project);

/* The program's preferences, over @parent. */
void pz_recovery_show_preferences (GtkWindow *parent);

G_END_DECLS
