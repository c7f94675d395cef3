/* pz-drop.h: files dropped on the main window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

/* A file is opened as "win.open-file" does it, of several files that are no photos the first;
 * photos are read. @window: has the actions "win.open-file" and "win.show-message". */
void pz_drop_accept (GtkWidget *window,
                     PzProject *project);

G_END_DECLS
