/* pz-hold-page.h: gesture that keeps a page from scrolling under a finger.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* While @hold, what @widget lies in cannot be panned with a finger, whoever saw
 * the finger first; the wheel and the scroll bars go on working. */
void pz_hold_page (GtkWidget *widget,
                   gboolean   hold);

G_END_DECLS
