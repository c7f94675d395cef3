/* pz-drawings-figures.h: accuracy on the user's drawings, compared with the network's data.
 *
 * What was trained on is no test: it is counted apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-drawings.h"
#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_DRAWINGS_FIGURES (pz_drawings_figures_get_type ())

/* While it is on the screen it asks the project's network about the drawings, and
 * measures it on the validation samples. */
G_DECLARE_FINAL_TYPE (PzDrawingsFigures, pz_drawings_figures, PZ, DRAWINGS_FIGURES, PzProjectWidget)

/* @drawings: (nullable) */
void pz_drawings_figures_set_drawings (PzDrawingsFigures *self,
                                       PzDrawings        *drawings);

G_END_DECLS
