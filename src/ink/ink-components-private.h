/* ink-components-private.h: connected components of ink.
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
  guint32 *labels;        /* width × height: 0, or 1 + the component a pixel belongs to */
  guint    n;
  InkBox  *boxes;         /* n */
  gsize   *masses;        /* n: pixels */
  gsize   *full;          /* n: those of full ink */
} InkComponents;

/* Pixels of strong ink that are neighbours, also by a corner, are one component; faint ink
 * within two pixels of one belongs to it. Of more than @max components the largest are kept,
 * the others are 0. The order is that of the top left corners' rows. */
void ink_components_init  (InkComponents *components,
                           const guint8  *ink,
                           gsize          width,
                           gsize          height,
                           gsize          stride,
                           guint          max);
void ink_components_clear (InkComponents *components);

G_END_DECLS
