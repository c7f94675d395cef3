/* draw-bonds.h: bonds of a molecule from its geometry.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  gsize first;
  gsize second;      /* > first */
  guint order;       /* 1 to 3 */
} DrawBond;

/**
 * draw_bonds_find:
 * @z: (array length=n_atoms): atomic numbers
 * @xyz: 3 × @n_atoms, Å
 * @n_atoms: how many
 * @n_bonds: (out): how many there are
 *
 * Atoms are bonded that are nearer than 1.3 times the sum of their covalent
 * radii (Cordero et al., Dalton Transactions 2008, 2832); an atom that has more
 * than its valence loses those longer than 1.12 times it. Bonds are double or
 * triple where that gives every atom its valence, if possible the shorter ones:
 * one Kekulé structure. Where there is none (ions, radicals, nitro groups) all
 * are single.
 *
 * Returns: (transfer full) (array length=n_bonds): by their first atoms
 */
DrawBond   *draw_bonds_find       (const guint8 *z,
                                   const float  *xyz,
                                   gsize         n_atoms,
                                   gsize        *n_bonds);

/* "C"; "?" for what is in no organic molecule */
const char *draw_bonds_get_symbol (guint         z);

/* Covalent, in Å */
double      draw_bonds_get_radius (guint         z);

/* The usual colour, as Jmol has it: 0xRRGGBB */
guint32     draw_bonds_get_color  (guint         z);

G_END_DECLS
