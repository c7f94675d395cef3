/* pz-sheet-view.h: a picture with the answer beside each digit; one of them is
 * selected.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-sheet.h"

G_BEGIN_DECLS

#define PZ_TYPE_SHEET_VIEW (pz_sheet_view_get_type ())

/* Property: "selected" (int, −1: none): which digit; a click, the arrow keys, Home, End
 * and Tab move it. */
G_DECLARE_FINAL_TYPE (PzSheetView, pz_sheet_view, PZ, SHEET_VIEW, GtkWidget)

/* (nullable): without answers; the first digit is selected. */
void       pz_sheet_view_set_sheet    (PzSheetView       *self,
                                       PzSheet           *sheet);

/* (transfer none) (element-type InkSegment): what is selected and answered instead of the sheet's
 * digits; %NULL: those. The first is selected. */
void       pz_sheet_view_set_segments (PzSheetView       *self,
                                       GArray            *segments);

/* One a digit, copied; @labels with the shares, @short_labels without; NULL: no answers. */
void       pz_sheet_view_set_answers  (PzSheetView       *self,
                                       const char *const *labels,
                                       const char *const *short_labels);

int        pz_sheet_view_get_selected (PzSheetView       *self);
void       pz_sheet_view_set_selected (PzSheetView       *self,
                                       int                selected);

G_END_DECLS
