/* pz-leftovers.h: removal of temporary files left by a killed program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In a thread, for the start of the program: removes from the program's own folders the temporary
 * files of processes that are gone (io_part_clear_stale()), and parts of downloads that nobody went
 * on with for a month. Folders of projects are cleared when one is opened or saved there. */
void pz_leftovers_clear (void);

G_END_DECLS
