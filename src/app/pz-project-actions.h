/* pz-project-actions.h: actions of a window on its project: undo, redo, train, continue, pause, stop.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

/* Adds "win.undo", "win.redo", "win.train", "win.continue", "win.pause" (and again: resumes)
 * and "win.stop" to a class of windows with a property "project" and an action
 * "win.show-message", which is given "" when a run begins. What is being typed counts. */
void pz_project_actions_install (GtkWidgetClass *widget_class);

/* Enables those of @widget that can be done now. */
void pz_project_actions_update  (GtkWidget      *widget,
                                 PzProject      *project);

G_END_DECLS
