/* ink-skeleton.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "ink/ink-skeleton.h"

/* The pad with a border of paper around it. */
#define SIDE (INK_PAD_SIDE + 2)

typedef guint8 Page[SIDE][SIDE];

/* Weights of four neighbours, in 1/1024, for a pixel @k eighths behind the
 * second of them. */
static void
get_cubic_weights (int k,
                   int weights[4])
{
  weights[0] = -k * k * k + 16 * k * k - 64 * k;
  weights[1] = 3 * k * k * k - 40 * k * k + 1024;
  weights[2] = -3 * k * k * k + 32 * k * k + 64 * k;
  weights[3] = k * k * k - 8 * k * k;
}

/* Middle of pixel @i of the pad, in pixels of the frame: the one whose middle lies
 * before it, and by how many eighths. */
static void
locate_pixel (int  i,
              int *pixel,
              int *eighths)
{
  int at = 2 * i + 1 - INK_PAD_SCALE + 2 * INK_PAD_SCALE;     /* one pixel on, so that it is not negative */

  *pixel = at / (2 * INK_PAD_SCALE) - 1;
  *eighths = at % (2 * INK_PAD_SCALE);
}

/* Along the rows first, then down the columns; what lies beyond the frame is paper. */
static gboolean
enlarge_frame (const guint8 *frame,
               Page          ink)
{
  const gint64 half = (gint64) 255 * 1024 * 1024 / 2;
  int rows[INK_FRAME_SIDE][INK_PAD_SIDE] = { { 0 } };
  gboolean any = FALSE;

  memset (ink, 0, sizeof (Page));

  for (int i = 0; i < INK_PAD_SIDE; i++)
    {
      int weights[4];
      int pixel, eighths;

      locate_pixel (i, &pixel, &eighths);
      get_cubic_weights (eighths, weights);

      for (int k = 0; k < 4; k++)
        for (int y = 0; y < INK_FRAME_SIDE && pixel + k >= 1 && pixel + k <= INK_FRAME_SIDE; y++)
          rows[y][i] += weights[k] * frame[y * INK_FRAME_SIDE + pixel + k - 1];
    }

  for (int i = 0; i < INK_PAD_SIDE; i++)
    {
      gint64 sums[INK_PAD_SIDE] = { 0 };
      int weights[4];
      int pixel, eighths;

      locate_pixel (i, &pixel, &eighths);
      get_cubic_weights (eighths, weights);

      for (int k = 0; k < 4; k++)
        for (int x = 0; x < INK_PAD_SIDE && pixel + k >= 1 && pixel + k <= INK_FRAME_SIDE; x++)
          sums[x] += (gint64) weights[k] * rows[pixel + k - 1][x];

      for (int x = 0; x < INK_PAD_SIDE; x++)
        {
          ink[i + 1][x + 1] = sums[x] > half;
          any = any || sums[x] > half;
        }
    }

  return any;
}

/* Whether pixel p1 may go; its neighbours p2 … p9 from the north on, clockwise. */
static gboolean
is_removable (Page     ink,
              int      x,
              int      y,
              gboolean odd)
{
  const gboolean p2 = ink[y - 1][x], p3 = ink[y - 1][x + 1], p4 = ink[y][x + 1];
  const gboolean p5 = ink[y + 1][x + 1], p6 = ink[y + 1][x], p7 = ink[y + 1][x - 1];
  const gboolean p8 = ink[y][x - 1], p9 = ink[y - 1][x - 1];
  int n_parts = (!p2 && (p3 || p4)) + (!p4 && (p5 || p6)) + (!p6 && (p7 || p8)) + (!p8 && (p9 || p2));
  int n_one = (p9 || p2) + (p3 || p4) + (p5 || p6) + (p7 || p8);
  int n_two = (p2 || p3) + (p4 || p5) + (p6 || p7) + (p8 || p9);
  int n = MIN (n_one, n_two);

  if (n_parts != 1 || n < 2 || n > 3)
    return FALSE;

  return odd ? !((p2 || p3 || !p5) && p4) : !((p6 || p7 || !p9) && p8);
}

/* Inside: none of the parts around it ends beside it. */
static gboolean
is_inside (Page ink,
           int  x,
           int  y)
{
  return ink[y - 1][x] && ink[y][x + 1] && ink[y + 1][x] && ink[y][x - 1];
}

static void
thin_strokes (Page ink)
{
  guint n_idle = 0;

  for (gboolean odd = TRUE; n_idle < 2; odd = !odd)
    {
      Page before;

      memcpy (before, ink, sizeof (Page));
      n_idle++;

      for (int y = 1; y <= INK_PAD_SIDE; y++)
        {
          if (memchr (before[y], 1, SIDE) == NULL)
            continue;
          for (int x = 1; x <= INK_PAD_SIDE; x++)
            if (before[y][x] && !is_inside (before, x, y) && is_removable (before, x, y, odd))
              {
                ink[y][x] = 0;
                n_idle = 0;
              }
        }
    }
}

/* From the middle of the pixel to the edge of the nearest paper, which is half a
 * pixel before its middle. Beyond the pad there is paper. */
static int
find_radius (Page ink,
             int  x,
             int  y)
{
  int best = G_MAXINT;

  /* Square rings around the pixel, as long as they can be nearer than what was found. */
  for (int reach = 1; reach * reach < best; reach++)
    for (int dy = -reach; dy <= reach; dy++)
      for (int dx = -reach; dx <= reach; dx += ABS (dy) == reach ? 1 : 2 * reach)
        if (x + dx >= 0 && x + dx < SIDE && y + dy >= 0 && y + dy < SIDE && !ink[y + dy][x + dx])
          best = MIN (best, dx * dx + dy * dy);

  return (int) lround (INK_DOT_UNIT * sqrt (best)) - INK_DOT_UNIT / 2;
}

void
ink_skeleton_find (const guint8 *frame,
                   InkSkeleton  *skeleton)
{
  Page ink, line;

  g_return_if_fail (frame != NULL && skeleton != NULL);

  skeleton->n_dots = 0;
  if (!enlarge_frame (frame, ink))
    return;

  memcpy (line, ink, sizeof (Page));
  thin_strokes (line);

  for (int y = 1; y <= INK_PAD_SIDE; y++)
    for (int x = 1; x <= INK_PAD_SIDE; x++)
      if (line[y][x])
        {
          skeleton->dots[skeleton->n_dots++] = (InkDot) {
            .x = (x - 1) * INK_DOT_UNIT + INK_DOT_UNIT / 2,
            .y = (y - 1) * INK_DOT_UNIT + INK_DOT_UNIT / 2,
            .radius = find_radius (ink, x, y),
          };
        }
}
