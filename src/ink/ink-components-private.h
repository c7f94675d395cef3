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
} InkBox;

typedef struct
{
  gsize    width, height;
  guint32 *labels;        /* width × height: 0, or 1 + the piece a pixel belongs to */
  guint    n;
  InkBox  *boxes;         /* n */
  gsize   *masses;        /* n: pixels */
  gsize   *full;          /* n: those of full ink */
} InkComponents;

/* Pixels of strong ink that are neighbours, also by a corner, are one piece; faint ink
 * within two pixels of one belongs to it. Of more than @max pieces the largest are kept,
 * the others are 0. The order is that of the top left corners' rows. */
void ink_components_init  (InkComponents *pieces,
                           const guint8  *ink,
                           gsize          width,
                           gsize          height,
                           gsize          stride,
                           guint          max);
void ink_components_clear (InkComponents *pieces);

G_END_DECLS
