/* image-private.h: image decoding, and the process that does it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "image/image-pixels.h"

G_BEGIN_DECLS

/* Of a PNG, whose pixels are all in memory at a time, four bytes each; a JPEG is
 * decoded smaller. */
#define IMAGE_MAX_PNG_PIXELS (50u * 1000 * 1000)

/* What a picture may cost that is decoded in a process of its own. */
#define IMAGE_MAX_MEMORY (256u * 1024 * 1024)     /* bytes */
#define IMAGE_MAX_CPU    4                        /* seconds of the processor */
#define IMAGE_MAX_TIME   30                       /* seconds of the clock */

/* How far into a file its kind is looked for: an SVG may begin with comments. */
#define IMAGE_N_LOOK 4096

typedef enum
{
  IMAGE_DECODED,
  IMAGE_NO_PICTURE,       /* of a kind that is read */
  IMAGE_NO_LOADER,        /* GdkPixbuf has none for that kind here */
  IMAGE_DAMAGED,
  IMAGE_TOO_LARGE,        /* in pixels */
  IMAGE_NO_MEMORY,
} ImageVerdict;

/* What decoding came to. */
typedef struct
{
  guint32 verdict;        /* ImageVerdict */
  guint32 width;          /* as the file promises it; 0: nothing yet */
  guint32 height;
  char    reason[256];    /* the loader's words, or "" */
} ImageReport;

/* Puts at most @size bytes into @block. Returns: how many; 0 at the end */
typedef gsize (*ImageReadFunc) (guint8   *block,
                                gsize     size,
                                gpointer  user_data);

/* Decodes a picture in this very process, for want of which a hostile file may end it or take
 * any time: for the process that is there for it, and for tests. Any thread.
 *
 * Returns: (transfer full) (nullable): the picture; with NULL *@report says why not */
ImagePixels *image_decode          (ImageReadFunc  read,
                                    gpointer       user_data,
                                    ImageReport   *report);

/* (nullable): GdkPixbuf's name of the loader for a file that begins with these @n bytes, at
 * least %IMAGE_N_LOOK or all; %NULL if it is neither PNG, JPEG nor SVG. Any process. */
const char  *image_decode_recognise (const guint8 *bytes,
                                     gsize         n);

/* Keeps GdkPixbuf to the loaders of PNG, JPEG and SVG, in the whole process: a picture
 * inside an SVG might be of any kind. */
void         image_decode_restrict (void);

/**
 * image_child_decode:
 * @stream: the picture
 * @cancellable: (nullable): ends the process at once
 * @report: what decoding came to
 * @error: return location for a #GError
 *
 * image_decode() in a process of its own, this program started again, within
 * %IMAGE_MAX_MEMORY, %IMAGE_MAX_CPU and %IMAGE_MAX_TIME. It is kept for the next picture
 * where this one did it no harm; what is no picture at all is not handed to it. Blocks; any thread.
 *
 * Errors: as image_read(), where it is not the picture's verdict: %MLP_ERROR_OPEN,
 * %MLP_ERROR_TOO_LARGE, %MLP_ERROR_FORMAT, %MLP_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the picture; NULL with @error set or with a verdict
 */
ImagePixels *image_child_decode    (GInputStream  *stream,
                                    const char    *name,
                                    GCancellable  *cancellable,
                                    ImageReport   *report,
                                    GError       **error);

G_END_DECLS
