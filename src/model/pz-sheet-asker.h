/* pz-sheet-asker.h: the answers of the project's network to the picture at hand.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-sheet.h"

G_BEGIN_DECLS

#define PZ_TYPE_SHEET_ASKER (pz_sheet_asker_get_type ())

/* Asks again whenever the project's network is another. Signal "changed": other answers, or why there are none. */
G_DECLARE_FINAL_TYPE (PzSheetAsker, pz_sheet_asker, PZ, SHEET_ASKER, GObject)

PzSheetAsker         *pz_sheet_asker_new           (PzProject    *project);

/* (nullable) (transfer none): of the one before nothing is asked or answered any more */
void                  pz_sheet_asker_set_sheet     (PzSheetAsker *self,
                                                    PzSheet      *sheet);

/* (nullable) */
const PzSheet        *pz_sheet_asker_peek_sheet    (PzSheetAsker *self);

/* (nullable): until "changed" */
const PzSheetAnswers *pz_sheet_asker_peek_answers  (PzSheetAsker *self);

/* (nullable) (element-type InkSegment): what is answered, or will be */
const GArray         *pz_sheet_asker_peek_segments (PzSheetAsker *self);

/* (nullable): translated: why there are no answers */
const char           *pz_sheet_asker_get_problem   (PzSheetAsker *self);

G_END_DECLS
