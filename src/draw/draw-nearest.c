/* draw-nearest.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-nearest.h"

/* So many points are looked at one by one. */
#define LEAF_SIZE 8

/* @across: the points of a run are one and the same. */
#define NEITHER 2

typedef struct
{
  double at[2];
  gsize  index;
} Point;

/* The tree is the order of the points: the middle of a run splits the rest of
 * it, and so on for both halves; @across[middle] says by which coordinate.
 */
struct _DrawNearest
{
  Point  *points;
  guint8 *across;
  gsize   n;
};

/* What has been found so far */
typedef struct
{
  double at[2];
  double distance;
  gssize found;
} Search;

static void
swap (Point *a,
      Point *b)
{
  Point c = *a;

  *a = *b;
  *b = c;
}

static double
median_of_three (double a,
                 double b,
                 double c)
{
  return MAX (MIN (a, b), MIN (MAX (a, b), c));
}

/* Puts at @middle what would stand there if begin … end − 1 were sorted, what is
 * less before it and what is more behind it (Hoare's find).
 */
static void
select_middle (Point *points,
               gsize  begin,
               gsize  end,
               gsize  middle,
               guint  k)
{
  gsize low = begin;
  gsize high = end - 1;

  while (low < high)
    {
      double pivot = median_of_three (points[low].at[k], points[(low + high) / 2].at[k], points[high].at[k]);
      gssize i = (gssize) low;
      gssize j = (gssize) high;

      while (i <= j)
        {
          while (points[i].at[k] < pivot)
            i++;
          while (points[j].at[k] > pivot)
            j--;
          if (i <= j)
            swap (&points[i++], &points[j--]);
        }

      if ((gssize) middle <= j)
        high = (gsize) j;
      else if ((gssize) middle >= i)
        low = (gsize) i;
      else
        return;
    }
}

/* The coordinate along which points lie farther apart, or NEITHER */
static guint
find_longer_side (const Point *points,
                  gsize        begin,
                  gsize        end)
{
  double length[2];

  for (guint k = 0; k < 2; k++)
    {
      double low = points[begin].at[k];
      double high = low;

      for (gsize i = begin + 1; i < end; i++)
        {
          low = MIN (low, points[i].at[k]);
          high = MAX (high, points[i].at[k]);
        }
      length[k] = high - low;
    }

  if (length[0] <= 0 && length[1] <= 0)
    return NEITHER;

  return length[1] > length[0] ? 1 : 0;
}

static void
split (DrawNearest *self,
       gsize        begin,
       gsize        end)
{
  gsize middle = begin + (end - begin) / 2;
  guint across;

  if (end - begin <= LEAF_SIZE)
    return;

  across = find_longer_side (self->points, begin, end);
  self->across[middle] = (guint8) across;
  if (across == NEITHER)
    return;

  select_middle (self->points, begin, end, middle, across);

  split (self, begin, middle);
  split (self, middle + 1, end);
}

DrawNearest *
draw_nearest_new (const double *x,
                  const double *y,
                  gsize         n_points)
{
  DrawNearest *self;

  g_return_val_if_fail ((x != NULL && y != NULL) || n_points == 0, NULL);

  self = g_new0 (DrawNearest, 1);
  self->points = g_new (Point, n_points);
  self->across = g_new0 (guint8, n_points);

  for (gsize i = 0; i < n_points; i++)
    {
      if (isfinite (x[i]) && isfinite (y[i]))
        self->points[self->n++] = (Point) { { x[i], y[i] }, i }
      ;
    }

  split (self, 0, self->n);

  return self;
}

void
draw_nearest_free (DrawNearest *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->points);
  g_free (self->across);
  g_free (self);
}

static void
look_at (Search      *search,
         const Point *point)
{
  double distance = hypot (point->at[0] - search->at[0], point->at[1] - search->at[1]);

  /* Of the first that is found, the limit itself is near enough. */
  if (distance < search->distance || (search->found < 0 && distance <= search->distance))
    {
      search->distance = distance;
      search->found = (gssize) point->index;
    }
}

static void
search_run (const DrawNearest *self,
            Search            *search,
            gsize              begin,
            gsize              end)
{
  gsize middle = begin + (end - begin) / 2;
  double beyond;

  if (end - begin <= LEAF_SIZE)
    {
      for (gsize i = begin; i < end; i++)
        look_at (search, &self->points[i]);
      return;
    }

  if (self->across[middle] == NEITHER)
    {
      look_at (search, &self->points[middle]);
      return;
    }

  beyond = search->at[self->across[middle]] - self->points[middle].at[self->across[middle]];

  if (beyond < 0)
    search_run (self, search, begin, middle);
  else
    search_run (self, search, middle + 1, end);

  if (search->found >= 0 ? fabs (beyond) >= search->distance : fabs (beyond) > search->distance)
    return;

  look_at (search, &self->points[middle]);
  if (beyond < 0)
    search_run (self, search, middle + 1, end);
  else
    search_run (self, search, begin, middle);
}

gssize
draw_nearest_find (const DrawNearest *self,
                   double             x,
                   double             y,
                   double             distance)
{
  Search search = { { x, y }, distance, -1 };

  g_return_val_if_fail (self != NULL, -1);

  if (isfinite (x) && isfinite (y) && distance >= 0)
    search_run (self, &search, 0, self->n);

  return search.found;
}
