/* image-ending.h: detection of truncated PNG and JPEG files while they are read.
 *
 * The loaders take a file that is cut off for a picture whose lower part is blank, in which digits
 * would be missing without a word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* All zero before the first byte. Private. */
typedef struct
{
  guint    state;
  guint64  n_left;       /* bytes to pass over */
  guint8   header[8];    /* of a PNG chunk */
  gsize    n_header;
  guint8   marker;       /* of a JPEG segment */
  gboolean reached;
} ImageEnding;

/* The next bytes of a file that image_decode() recognised: PNG (ISO/IEC 15948) is followed chunk by chunk up to
 * IEND, JPEG (ITU-T T.81, annex B) marker by marker up to EOI. What comes behind that is not looked at. */
void     image_ending_follow_png  (ImageEnding  *ending,
                                   const guint8 *bytes,
                                   gsize         n);
void     image_ending_follow_jpeg (ImageEnding  *ending,
                                   const guint8 *bytes,
                                   gsize         n);

G_END_DECLS
