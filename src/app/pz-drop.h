/* pz-drop.h: what is dropped on the program's window.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "app/pz-window.h"

G_BEGIN_DECLS

/* A file is opened as pz_window_open_file() does it, of several files that are no pictures the first;
 * pictures are read. */
void pz_drop_accept (PzWindow *window);

G_END_DECLS
