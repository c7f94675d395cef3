/* draw-molecule.h: ball-and-stick model of a molecule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "draw/draw-canvas.h"
#include "draw/draw-rotation.h"

G_BEGIN_DECLS

/* All borrowed. An atom whose place is no number is left out. */
typedef struct
{
  const guint8 *z;             /* atomic numbers */
  const float  *xyz;           /* 3 × n_atoms, Å */
  gsize         n_atoms;
  DrawRotation  rotation;      /* draw_rotation_from_points() to begin with */
  gssize        pointer;       /* an atom to mark; −1: none */
} DrawMolecule;

/* In perspective, as large as fits however it is turned; what is farther off is
 * fainter. Colours are the usual ones of the elements; letters say the same. */
void     draw_molecule          (const DrawCanvas   *canvas,
                                 const DrawMolecule *molecule);

/* The foremost atom at a pixel. */
gboolean draw_molecule_locate   (double              width,
                                 double              height,
                                 const DrawMolecule *molecule,
                                 double              pixel_x,
                                 double              pixel_y,
                                 gsize              *atom);

/* (transfer full): in words: formula, atoms, bonds; with a pointer that atom and
 * what it is bonded to */
char    *draw_molecule_describe (const DrawMolecule *molecule);

G_END_DECLS
