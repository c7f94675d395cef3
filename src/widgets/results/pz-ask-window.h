/* pz-ask-window.h: asks the network about molecules: files that are opened or
 * dropped, or a text that is pasted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_ASK_WINDOW (pz_ask_window_get_type ())

/* Actions: "ask.open", "ask.ask" (what was pasted; Ctrl+Enter), "ask.previous", "ask.next" of
 * several molecules (Alt+Page Up, Alt+Page Down). */
G_DECLARE_FINAL_TYPE (PzAskWindow, pz_ask_window, PZ, ASK_WINDOW, AdwWindow)

GtkWindow *pz_ask_window_new (PzProject   *project);

/* The same of several: (element-type GFile), one at least. What cannot be read is named. */
void       pz_ask_window_ask_files (PzAskWindow *self,
                                    GSList      *files);

G_END_DECLS
