/* pz-number-row.h: form row for one number, with its error message.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define PZ_TYPE_NUMBER_ROW (pz_number_row_get_type ())

/* Properties: "value", "lower", "upper", "step", "integer" as in PzNumberEntry;
 *   "hint" (string, nullable)      stands under the title
 *   "problem" (string, nullable)   in its place, marked; what cannot be read as
 *                                  a number comes before it
 *
 * Signal "edited", as in PzNumberEntry. */
G_DECLARE_FINAL_TYPE (PzNumberRow, pz_number_row, PZ, NUMBER_ROW, AdwActionRow)

GtkWidget *pz_number_row_new          (void);

double     pz_number_row_get_value    (PzNumberRow  *self);
void       pz_number_row_set_value    (PzNumberRow  *self,
                                       double        value);
void       pz_number_row_set_hint     (PzNumberRow  *self,
                                       const char   *hint);
void       pz_number_row_set_problem  (PzNumberRow  *self,
                                       const char   *problem);

/* For any row: @problem, marked, or else @hint under the title. Both may be
 * NULL. */
void       pz_number_row_mark         (AdwActionRow *row,
                                       const char   *hint,
                                       const char   *problem);

/**
 * pz_number_row_commit_focus:
 * @root: a window
 *
 * Takes what is typed in the entry that has the focus: before Train, Save and
 * the like, which do not move the focus.
 *
 * Returns: FALSE if that is no number; its row says so
 */
gboolean   pz_number_row_commit_focus (GtkRoot      *root);

G_END_DECLS
