/* pz-drawings-panel.h: panel of the user's drawings: labels, gallery, training and accuracy.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-drawings.h"
#include "model/pz-sketch.h"
#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_DRAWINGS_PANEL (pz_drawings_panel_get_type ())

/* Messages are toasts of the overlay around it. */
G_DECLARE_FINAL_TYPE (PzDrawingsPanel, pz_drawings_panel, PZ, DRAWINGS_PANEL, PzProjectWidget)

/* The set that all windows share. */
PzDrawings *pz_drawings_panel_get_drawings (PzDrawingsPanel *self);

/* What is on the pad; once. */
void        pz_drawings_panel_set_sketch   (PzDrawingsPanel *self,
                                            PzSketch        *sketch);

/* What is on the pad is one of class @label. Nothing where it is empty, or there is no
 * such class. */
void        pz_drawings_panel_keep         (PzDrawingsPanel *self,
                                            guint            label);

/* See pz_drawing_keeper_undo(). */
gboolean    pz_drawings_panel_undo         (PzDrawingsPanel *self);

G_END_DECLS
