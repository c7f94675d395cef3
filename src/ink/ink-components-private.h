/* ink-components-private.h: ink that touches: connected components.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* In pixels. */
typedef struct
{
  gsize x, y, width, height;
} DsBox;

typedef struct
{
  gsize    width, height;
  guint32 *labels;        /* width × height: 0, or 1 + the piece a pixel belongs to */
  guint    n;
  DsBox   *boxes;         /* n */
  gsize   *masses;        /* n: pixels */
  gsize   *full;          /* n: those of full ink */
} DsPieces;

/* Pixels of strong ink that are neighbours, also by a corner, are one piece; faint ink
 * within two pixels of one belongs to it. Of more than @max pieces the largest are kept,
 * the others are 0. The order is that of the top left corners' rows. */
void ds_pieces_init  (DsPieces     *pieces,
                      const guint8 *ink,
                      gsize         width,
                      gsize         height,
                      gsize         stride,
                      guint         max);
void ds_pieces_clear (DsPieces     *pieces);

G_END_DECLS
