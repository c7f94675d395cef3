/* pz-session.h: window state kept between sessions.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

/* Its size, the width of the recipe, the view that is shown, the last folder, where data were opened from.
 * Where the settings' schema is not installed these do nothing. */
void  pz_session_restore (GtkWindow     *window,
                          GtkPaned      *paned,
                          AdwViewStack  *stack);
void  pz_session_keep    (GtkWindow     *window,
                          GtkPaned      *paned,
                          AdwViewStack  *stack);

/* Keeps where data were opened from whenever they were: what is recovered after a crash needs it. */
void  pz_session_watch   (PzProject     *project);

G_END_DECLS
