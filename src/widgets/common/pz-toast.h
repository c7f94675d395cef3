/* pz-toast.h: toast notification with an optional undo button.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * pz_toast_show:
 * @widget: what it is about; the nearest AdwToastOverlay around it shows it
 * @text: translated, plain
 * @undo: (nullable): called with @data when Undo is pressed
 * @data: for @undo; may be used long after @widget is gone
 * @free_data: (nullable): frees @data, when the toast is gone
 */
void pz_toast_show (GtkWidget     *widget,
                    const char    *text,
                    GCallback      undo,
                    gpointer       data,
                    GClosureNotify free_data);

G_END_DECLS
