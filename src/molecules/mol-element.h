/* mol-element.h: the elements that molecules are made of: H, C, N, O and F.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MOL_N_ELEMENTS 5

/* Index of an element in tables of MOL_N_ELEMENTS (H C N O F), -1 beyond the
 * frame. */
int         mol_element_from_number (guint       z);

/* "H", "C", … by that index, and the atomic number. */
const char *mol_element_get_symbol  (guint       element);
guint       mol_element_get_number  (guint       element);

/* Index of the element "C", -1 if there is none in the frame. */
int         mol_element_from_symbol (const char *symbol,
                                     gsize       length);

G_END_DECLS
