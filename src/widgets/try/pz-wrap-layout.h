/* pz-wrap-layout.h: wrapping layout of equal children that grow while they stand in one row.
 *
 * All children get one size. Where they do not fit side by side at their least width, they
 * stand in as few rows as possible, at least two in each, as even as can be: five become
 * 3 + 2, then 2 + 2 + 1. A child that gets wider gets as much higher.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PZ_TYPE_WRAP_LAYOUT (pz_wrap_layout_get_type ())

/* Properties: "max-child-width" (int): pixels of a child at most, unless it needs more;
 * "row-spacing" (int): pixels between two rows. */
G_DECLARE_FINAL_TYPE (PzWrapLayout, pz_wrap_layout, PZ, WRAP_LAYOUT, GtkLayoutManager)

G_END_DECLS
