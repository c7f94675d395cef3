/* fuzz-ink.c: small pictures of whatever bytes, made ink, frames and digits of a sheet.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "ink/ink-binarise.h"
#include "ink/ink-frame.h"
#include "ink/ink-segments.h"
#include "ink/ink-stroke-width.h"
#include "fuzz-bytes.h"

#define MAX_SIDE 128

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
check_frame (const guint8 *frame,
             gboolean      has_ink)
{
  guint sum = 0;

  for (gsize i = 0; i < INK_FRAME_SIZE; i++)
    sum += frame[i];
  g_assert_true (has_ink || sum == 0);
}

static void
check_segments (const GArray *segments,
                gsize         width,
                gsize         height)
{
  g_assert_cmpuint (segments->len, <=, INK_SEGMENTS_MAX);
  for (guint i = 0; i < segments->len; i++)
    {
      const InkSegment *segment = &g_array_index (segments, InkSegment, i);

      g_assert_cmpuint (segment->width, >=, 1);
      g_assert_cmpuint (segment->height, >=, 1);
      g_assert_cmpuint (segment->x + segment->width, <=, width);
      g_assert_cmpuint (segment->y + segment->height, <=, height);
      g_assert_cmpuint (segment->line, <=, segments->len);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  FuzzBytes input = { bytes, n_bytes };
  const gsize width = 1 + fuzz_take_byte (&input) % MAX_SIDE;
  const gsize height = 1 + fuzz_take_byte (&input) % MAX_SIDE;
  const gsize stride = width + fuzz_take_byte (&input) % 4;
  InkFrameOptions options = { fuzz_take_byte (&input) % 16, fuzz_take_byte (&input) };
  const gboolean from_grey = fuzz_take_byte (&input) % 2 == 0;
  g_autofree guint8 *picture = g_malloc0 (stride * height);
  g_autofree guint8 *ink = g_malloc0 (width * height);
  g_autoptr(GArray) segments = NULL;
  const FuzzBytes pixels = fuzz_take (&input, stride * height);
  guint8 frame[INK_FRAME_SIZE];
  InkFrameSteps steps;

  if (pixels.n > 0)
    memcpy (picture, pixels.at, pixels.n);
  if (from_grey)
    ink_binarise (picture, width, height, stride, ink);
  else
    for (gsize y = 0; y < height; y++)
      memcpy (ink + y * width, picture + y * stride, width);

  if (ink_frame_from_ink_with_options (ink, width, height, width, &options, frame, &steps))
    {
      g_assert_true (isfinite (steps.x) && isfinite (steps.y) && steps.side > 0.0);
      g_assert_true (isfinite (steps.barycentre_x) && isfinite (steps.barycentre_y));
      check_frame (frame, TRUE);
    }
  else
    {
      check_frame (frame, FALSE);
    }
  check_frame (frame, ink_stroke_width_to_frame (ink, width, height, width, frame));
  g_assert_true (isfinite (ink_stroke_width_measure (frame, INK_FRAME_SIDE)));

  segments = ink_segments_find (ink, width, height, width);
  check_segments (segments, width, height);

  return 0;
}
