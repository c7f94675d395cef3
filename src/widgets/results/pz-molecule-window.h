/* pz-molecule-window.h: prediction window for new molecules: opened, dropped or pasted.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_MOLECULE_WINDOW (pz_molecule_window_get_type ())

/* Actions: "ask.open", "ask.ask" (what was pasted; Ctrl+Enter), "ask.previous", "ask.next" of
 * several molecules (Alt+Page Up, Alt+Page Down). */
G_DECLARE_FINAL_TYPE (PzMoleculeWindow, pz_molecule_window, PZ, MOLECULE_WINDOW, AdwWindow)

GtkWindow *pz_molecule_window_new (PzProject *project);

/* Predicts from @files: (element-type GFile), one at least. What cannot be read is named. */
void pz_molecule_window_ask_files (PzMoleculeWindow *self,
                                   GSList           *files);

G_END_DECLS
