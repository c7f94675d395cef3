/* image-pixels.h: pixel image in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A photograph of today. A picture that promises more is not decoded. */
#define IMAGE_MAX_PIXELS (100u * 1000 * 1000)

/* Larger pictures are made smaller: a sheet of digits needs no more. */
#define IMAGE_MAX_SIDE 2400

/* Row by row, 0x00RRGGBB, without padding; as Cairo's RGB24. */
typedef struct
{
  gsize    width;
  gsize    height;
  gsize    step;        /* each is the mean of step × step pixels of the picture */
  guint32 *rgb;
} ImagePixels;

void    image_pixels_free    (ImagePixels       *pixels);

/* (transfer full): width × height bytes, black 0 */
guint8 *image_pixels_to_grey (const ImagePixels *pixels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ImagePixels, image_pixels_free)

G_END_DECLS
