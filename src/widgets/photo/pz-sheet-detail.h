/* pz-sheet-detail.h: one digit of a picture: what the network sees of it, and its outputs as bars.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-sheet.h"

G_BEGIN_DECLS

#define PZ_TYPE_SHEET_DETAIL (pz_sheet_detail_get_type ())

G_DECLARE_FINAL_TYPE (PzSheetDetail, pz_sheet_detail, PZ, SHEET_DETAIL, GtkBox)

/* Nothing of it is looked at later. @data: what the network was trained on; @segments: (nullable)
 * (element-type InkSegment); @answers: (nullable): to them; @selected: which of them, −1: none */
void pz_sheet_detail_show (PzSheetDetail        *self,
                           const RecipeData     *data,
                           const GArray         *segments,
                           const PzSheetAnswers *answers,
                           int                   selected);

G_END_DECLS
