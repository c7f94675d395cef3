/* pz-theme.h: drawing theme from a widget's style.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "draw/draw-theme.h"

G_BEGIN_DECLS

/* Colour and font of @widget's CSS; dark and high contrast as the desktop
 * wishes. The background is left to CSS. To be called anew for each drawing: it
 * is cheap, and then follows every change. */
void     pz_theme_from_widget    (GtkWidget *widget,
                                  DrawTheme *theme);

/* (transfer full): a surface of no size, for functions that measure text
 * outside of a drawing */
cairo_t *pz_theme_create_measure (void);

G_END_DECLS
