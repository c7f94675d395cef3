/* pz-recent.h: recently used projects.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Remembers @file, with the desktop's own list. */
void        pz_recent_add         (GFile *file);

/* (transfer full): the latest first; each activates "win.open-file" with the
 * file's URI. It follows the list as long as it lives. */
GMenuModel *pz_recent_create_menu (void);

G_END_DECLS
