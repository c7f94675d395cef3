/* ink-stroke.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "ink/ink-stroke.h"

/* A bend is rounded where both its sides are shorter than this and it is not a
 * corner: events come often while a hand moves on, seldom where it draws a
 * straight line. Of the side of the square; cosine of the turn.
 */
#define ROUND_LENGTH 0.15
#define ROUND_COSINE 0.5

/* How far the straight pieces of a rounded bend may lie beside it, in sides of the square. */
#define FLATNESS 4e-4
#define MAX_STEPS 16

static InkNib
make_nib (const InkPoint *point,
          double          pen)
{
  const double pressure = CLAMP ((double) point->pressure, 0.0, 1.0);

  return (InkNib) { (double) point->x, (double) point->y, 0.5 * pen * (0.5 + pressure), point->starts };
}

static InkNib
mix_nibs (const InkNib *a,
          const InkNib *b,
          double        share)
{
  return (InkNib) {
           a->x + share * (b->x - a->x),
           a->y + share * (b->y - a->y),
           a->radius + share * (b->radius - a->radius),
           FALSE
  };
}

static gboolean
is_round (const InkNib *before,
          const InkNib *here,
          const InkNib *after)
{
  const double ax = here->x - before->x, ay = here->y - before->y;
  const double bx = after->x - here->x, by = after->y - here->y;
  const double a = hypot (ax, ay), b = hypot (bx, by);

  return a < ROUND_LENGTH && b < ROUND_LENGTH && ax * bx + ay * by > ROUND_COSINE * a * b;
}

/* The nibs along the bend at @here, but for the first, which is there. */
static void
append_bend (GArray       *nibs,
             const InkNib *begin,
             const InkNib *here,
             const InkNib *end)
{
  /* A chord of 1/n of the parabola is a quarter of its second difference, over n², away from it. */
  const double bulge = 0.25 * hypot (begin->x - 2.0 * here->x + end->x, begin->y - 2.0 * here->y + end->y);
  const guint n_steps = (guint) CLAMP (ceil (sqrt (bulge / FLATNESS)), 1.0, MAX_STEPS);

  for (guint i = 1; i <= n_steps; i++)
    {
      const double t = i / (double) n_steps;
      const InkNib a = mix_nibs (begin, here, t);
      const InkNib b = mix_nibs (here, end, t);
      const InkNib nib = mix_nibs (&a, &b, t);

      g_array_append_val (nibs, nib);
    }
}

/* Nibs at the points of one stroke. */
static void
append_stroke (GArray       *nibs,
               const InkNib *stroke,
               gsize         n)
{
  gboolean in_middle = FALSE;         /* of the side before, where a bend ended */

  g_array_append_val (nibs, stroke[0]);

  for (gsize i = 1; i < n; i++)
    {
      InkNib begin, end;

      if (i + 1 == n || !is_round (&stroke[i - 1], &stroke[i], &stroke[i + 1]))
        {
          g_array_append_val (nibs, stroke[i]);
          in_middle = FALSE;
          continue;
        }

      begin = mix_nibs (&stroke[i - 1], &stroke[i], 0.5);
      end = mix_nibs (&stroke[i], &stroke[i + 1], 0.5);
      if (!in_middle)
        g_array_append_val (nibs, begin);
      append_bend (nibs, &begin, &stroke[i], &end);
      in_middle = TRUE;
    }
}

gboolean
ink_stroke_get_extents (const InkPoint *points,
                        gsize           n_points,
                        double         *x0,
                        double         *y0,
                        double         *x1,
                        double         *y1)
{
  g_return_val_if_fail (points != NULL || n_points == 0, FALSE);
  g_return_val_if_fail (x0 != NULL && y0 != NULL && x1 != NULL && y1 != NULL, FALSE);

  gsize n = 0;

  *x0 = *y0 = *x1 = *y1 = 0.0;

  for (gsize i = 0; i < n_points; i++)
    {
      const double x = (double) points[i].x;
      const double y = (double) points[i].y;

      if (!isfinite (x) || !isfinite (y) || !isfinite (points[i].pressure))
        continue;
      *x0 = n > 0 ? MIN (*x0, x) : x;
      *y0 = n > 0 ? MIN (*y0, y) : y;
      *x1 = n > 0 ? MAX (*x1, x) : x;
      *y1 = n > 0 ? MAX (*y1, y) : y;
      n++;
    }

  return n > 0;
}

GArray *
ink_stroke_trace (const InkPoint *points,
                  gsize           n_points,
                  double          pen)
{
  GArray *nibs = g_array_new (FALSE, FALSE, sizeof (InkNib));
  g_autofree InkNib *stroke = g_new (InkNib, n_points);
  gsize n = 0;

  g_return_val_if_fail (points != NULL || n_points == 0, nibs);

  for (gsize i = 0; i < n_points; i++)
    {
      InkNib nib = make_nib (&points[i], pen);

      if (nib.starts && n > 0)
        {
          append_stroke (nibs, stroke, n);
          n = 0;
        }
      if (!isfinite (nib.x) || !isfinite (nib.y) || !isfinite (nib.radius))
        continue;
      nib.starts = n == 0;
      stroke[n++] = nib;
    }
  if (n > 0)
    append_stroke (nibs, stroke, n);

  return nibs;
}

/* The pixels whose middles lie from @low to @high, as far as there are some. */
static void
choose_pixels (double low,
               double high,
               gsize  side,
               gsize *first,
               gsize *end)
{
  *first = (gsize) CLAMP (floor (low - 0.5), 0.0, (double) side);
  *end = (gsize) CLAMP (ceil (high + 0.5), (double) *first, (double) side);
}

void
ink_stroke_sweep (const InkNib *from,
                  const InkNib *to,
                  gsize         side,
                  guint8       *ink)
{
  const InkNib *large = from->radius > to->radius ? from : to;
  double dx = to->x - from->x;
  double dy = to->y - from->y;
  double growth = to->radius - from->radius;
  double square = dx * dx + dy * dy;
  double lead = 0.0;
  gsize left, right, top, bottom;

  g_return_if_fail (ink != NULL || side == 0);

  if (square > growth * growth)
    {
      /* The edge is tangent to both discs: the disc that reaches a point most leads
       * the point's foot on the way by this share of its distance from it. */
      lead = growth / sqrt (square - growth * growth);
    }
  else
    {
      /* One disc lies within the other. */
      from = to = large;
      dx = dy = growth = 0.0;
    }
  square = MAX (square, 1e-12);

  choose_pixels (MIN (from->x - from->radius, to->x - to->radius) - 0.5,
                 MAX (from->x + from->radius, to->x + to->radius) + 0.5, side, &left, &right);
  choose_pixels (MIN (from->y - from->radius, to->y - to->radius) - 0.5,
                 MAX (from->y + from->radius, to->y + to->radius) + 0.5, side, &top, &bottom);

  for (gsize row = top; row < bottom; row++)
    for (gsize column = left; column < right; column++)
      {
        guint8 *pixel = &ink[row * side + column];
        const double x = (double) column + 0.5 - from->x;
        const double y = (double) row + 0.5 - from->y;
        double t, away_x, away_y, away, radius, covered;
        guint8 value;

        if (*pixel == 255)
          continue;

        t = CLAMP ((x * dx + y * dy + lead * fabs (x * dy - y * dx)) / square, 0.0, 1.0);
        away_x = x - t * dx;
        away_y = y - t * dy;
        away = away_x * away_x + away_y * away_y;
        radius = from->radius + t * growth;

        if (away >= (radius + 0.5) * (radius + 0.5))
          continue;
        if (radius >= 0.5 && away <= (radius - 0.5) * (radius - 0.5))
          covered = 1.0;
        else
          covered = MIN (radius - sqrt (away) + 0.5, MIN (2.0 * radius, 1.0));
        value = (guint8) (255.0 * covered + 0.5);
        *pixel = MAX (*pixel, value);
      }
}

void
ink_stroke_render (const InkPoint      *points,
                   gsize                n_points,
                   const InkStrokeView *view,
                   gsize                side,
                   guint8              *ink)
{
  const double scale = (double) side / view->side;
  g_autoptr(GArray) nibs = NULL;

  g_return_if_fail (ink != NULL);
  g_return_if_fail (side > 0 && view->side > 0.0);

  memset (ink, 0, side * side);
  nibs = ink_stroke_trace (points, n_points, view->pen);

  for (guint i = 0; i < nibs->len; i++)
    {
      InkNib *nib = &g_array_index (nibs, InkNib, i);

      nib->x = (nib->x - view->x) * scale;
      nib->y = (nib->y - view->y) * scale;
      nib->radius *= scale;
      ink_stroke_sweep (nib->starts ? nib : nib - 1, nib, side, ink);
    }
}
