/* pz-window.h: the main window of one project: its recipe, and views of its runs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_WINDOW (pz_window_get_type ())

/* Property "project" (PzProject, read-only). Actions, all "win.": new, open,
 * open-file (string: a URI), show-message (string), open-data, open-data-folder, save, save-as,
 * show-view (string: "curves", "weights", "draw", "results", where the data have it), and those of
 * pz-project-actions.h. */
G_DECLARE_FINAL_TYPE (PzWindow, pz_window, PZ, WINDOW, AdwApplicationWindow)

/* Begins to load the default recipe's data once it is on the screen. */
PzWindow *pz_window_new (AdwApplication *application);

PzProject *pz_window_get_project (PzWindow *self);

/* A project (by its name, *.perz), an image of digits (by its name as well), or
 * else data for the recipe. Asks first where something would be lost. */
void       pz_window_open_file (PzWindow *self,
                                GFile    *file);

/* Above the views, until it is closed or the next run begins. @text: (nullable): translated; NULL
 * or "" takes it away */
void       pz_window_show_message (PzWindow   *self,
                                   const char *text);

G_END_DECLS
