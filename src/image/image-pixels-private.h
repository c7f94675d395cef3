/* image-pixels-private.h: pixel rows and EXIF orientation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "image/image-pixels.h"

G_BEGIN_DECLS

/* Writes row @y of a picture: values 0xAARRGGBB, premultiplied, as Cairo's ARGB32 and GDK's
 * textures have them. */
typedef void (*ImageRowFunc)       (guint32       *row,
                                    gsize          y,
                                    gpointer       user_data);

/* (transfer full) (nullable): the picture as image_read() gives it, with one row in memory at a time;
 * %NULL where there is no memory. */
ImagePixels *image_pixels_new_rows (gsize          width,
                                    gsize          height,
                                    ImageRowFunc   get_row,
                                    gpointer       user_data);

/* As EXIF numbers them (Exif 2.3, tag 0x0112): 1 is upright, 6 is turned a quarter clockwise
 * to be so. */
void         image_pixels_orient   (ImagePixels   *pixels,
                                    guint          orientation);

G_END_DECLS
