/* pz-number-entry.h: number entry.
 *
 * A spin button takes neither "1e-3" nor eight orders of magnitude, and swaps
 * nonsense for something else without a word. Here text that is no number stays,
 * marked, while it is being typed; when the focus leaves, the old number comes
 * back. Up and Down step through the numbers.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PZ_TYPE_NUMBER_ENTRY (pz_number_entry_get_type ())

/* Properties:
 *   "value" (double)
 *   "lower", "upper" (double)    what can be typed at all
 *   "integer" (boolean)
 *   "step" (double)              of Up and Down; 0: 1, 2, 5, 10 …
 *   "problem" (string, read-only, nullable)  translated: why the text is no number
 *
 * Signal "edited": the user gave another value: half a second after the last
 * key, at Enter, or when the focus leaves. Setting the value from the program
 * does not emit it. */
G_DECLARE_FINAL_TYPE (PzNumberEntry, pz_number_entry, PZ, NUMBER_ENTRY, GtkEntry)

GtkWidget  *pz_number_entry_new         (void);

double      pz_number_entry_get_value   (PzNumberEntry *self);

/* Leaves the text alone where it stands for the same number already. */
void        pz_number_entry_set_value   (PzNumberEntry *self,
                                         double         value);

/* Takes what is typed now. Returns: FALSE if it is no number */
gboolean    pz_number_entry_commit      (PzNumberEntry *self);

const char *pz_number_entry_get_problem (PzNumberEntry *self);

G_END_DECLS
