/* make-digits.c: makes the digits that ship with the program.
 *
 *   make-digits FOLDER [SEED]     writes the four IDX files, gzip'd
 *   make-digits --sheet FILE.png  draws 20 of each digit, to look at
 *
 * Each digit has skeletons: strokes through a few points. A hand is slant,
 * proportions, pen, unsteadiness and which skeletons it likes. Each image
 * moves the points, bends the plane, strokes the path with Cairo and takes the
 * ink through the rule that MNIST was made by.
 *
 * Equal seeds give equal pictures with one version of Cairo.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "core/mlp-random.h"
#include "datasets/ds-digit.h"

/* A hand writes each digit that often, and is in one part only, as in MNIST:
 * who is tested on did not train. */
#define N_OF_EACH      2
#define N_TRAIN_HANDS  450    /* the last 50 of them validate: ds-builtin.c */
#define N_TEST_HANDS   50

#define N_PIXELS       (DS_DIGIT_SIDE * DS_DIGIT_SIDE)

/* Of the canvas, in pixels: of the written digit, and room around it. */
#define DIGIT_SIZE     140.0
#define CANVAS         320

/* Of the pen, in pixels of the 20 × 20 box: like MNIST's, whose quartiles are
 * 2.26, 2.67 and 3.31. */
#define PEN_MEDIAN     2.35
#define PEN_SPREAD     0.25   /* of its logarithm */

#define MAX_POINTS     64
#define N_WAVES        3
#define STEPS          8      /* of a curve from one point to the next */

/* In a unit square that is squeezed to @aspect; y points down. "M" begins a
 * stroke, "C" goes on in a curve through the points that follow, "L" in
 * straight lines. */
typedef struct
{
  guint       digit;
  double      weight;         /* how often, among those of the digit */
  double      aspect;         /* width by height */
  const char *path;
} Skeleton;

static const Skeleton skeletons[] = {
  { 0, 4, 0.70, "M .6 .02 C .3 .06 .05 .35 .05 .65 .25 .95 .55 1 .85 .8 1 .45 .85 .12 .55 0 .4 .05" },
  { 0, 2, 0.95, "M .5 0 C .15 .12 0 .5 .15 .88 .5 1 .85 .88 1 .5 .85 .12 .5 0" },
  { 0, 2, 0.45, "M .45 0 C .1 .2 0 .6 .2 .95 .6 1 .95 .7 1 .3 .75 .03 .45 .02" },
  { 0, 1.5, 0.75, "M .75 .15 C .45 0 .1 .25 0 .65 .3 1 .7 .9 1 .55 .95 .2 .65 .02 .5 .1" },
  { 0, 1, 0.80, "M .35 .2 C .1 .4 0 .75 .3 1 .75 .95 1 .55 .9 .2 .55 0 .3 .15 .45 .3" },

  { 1, 7, 0.10, "M .5 0 L .5 1" },
  { 1, 3, 0.10, "M .4 0 C .5 .5 .5 1" },
  { 1, 1.2, 0.35, "M 0 .25 L .6 0 .6 1" },
  { 1, 1.2, 0.60, "M .1 .25 L .5 0 .5 1 M 0 1 L 1 1" },

  { 2, 3, 0.80, "M .05 .25 C .2 .05 .55 0 .85 .2 .75 .5 .4 .8 .05 1 L 1 .97" },
  { 2, 3, 0.85, "M .1 .2 C .35 0 .7 .05 .75 .3 .55 .65 .2 .95 .05 .88 .2 .75 .5 .88 1 .95" },
  { 2, 3, 0.95, "M .1 .15 C .4 0 .75 .1 .7 .4 .4 .8 .12 1 .02 .88 .15 .78 .45 .92 .7 1 1 .85" },
  { 2, 2, 0.85, "M .05 .3 C .15 .05 .5 0 .8 .15 .85 .45 .6 .8 .25 1 .05 .85 .3 .68 .65 .82 1 1" },
  { 2, 2, 0.80, "M 0 .35 C .1 .08 .5 0 .75 .25 .65 .65 .3 .98 .08 .95 .1 .7 .4 .65 .7 .85 1 .9" },
  { 2, 1.5, 1.20, "M .15 .15 C .35 0 .6 .05 .6 .3 .4 .7 .05 .98 L .05 .98 C .4 .92 .7 .9 1 .85" },
  { 2, 1.5, 0.75, "M 0 .15 C .4 0 .8 .05 .85 .35 .5 .7 0 1 L .4 .95 1 1" },
  { 2, 1.5, 0.70, "M .05 .1 C .4 0 .75 .1 .8 .35 .6 .65 .3 .9 .15 1 .1 .9 .3 .82 .6 .92 1 1" },
  { 2, 1, 0.70, "M .2 .25 C .3 .05 .7 0 .8 .25 .65 .55 .35 .8 .05 .97 L .9 .9" },

  { 3, 4, 0.70, "M .1 .12 C .45 0 .85 .15 .7 .38 .35 .48 M .35 .48 C .75 .52 .95 .75 .6 .98 .05 .92" },
  { 3, 1.5, 0.70, "M .05 .02 L .85 .02 .4 .42 C .8 .48 .95 .75 .6 .98 .05 .9" },
  { 3, 2.5, 0.65, "M 0 .2 C .3 0 .75 .02 .8 .25 .55 .44 .35 .45 .5 .48 .9 .6 .85 .88 .4 1 0 .85" },
  { 3, 2, 0.95, "M .05 .1 C .4 0 .8 .05 .7 .3 .3 .45 M .3 .45 C .75 .42 1 .6 .85 .88 .4 1 0 .92" },
  { 3, 1.5, 0.70, "M .2 .08 C .55 0 .8 .12 .6 .35 .35 .42 .3 .48 .45 .45 .8 .5 .8 .75 .5 .95 .05 1" },
  { 3, 1, 0.60, "M .2 .05 C .5 0 .95 .1 .75 .35 .45 .45 M .45 .45 C .85 .55 1 .75 .75 1 .3 .98 0 .8" },
  { 3, 2, 0.65, "M .1 .1 C .4 0 .75 .05 .75 .22 .5 .4 .25 .48 M .25 .48 C .6 .45 .85 .6 .75 .85 .4 .98 .05 1" },
  { 3, 1.5, 0.75, "M 0 .08 C .3 0 .7 0 .75 .15 .55 .35 .35 .45 .7 .5 .9 .65 .8 .88 .4 1 .1 .95" },

  { 4, 4, 0.75, "M .15 0 C .05 .3 .1 .55 L .95 .5 M .85 .05 C .75 .5 .7 1" },
  { 4, 4, 0.75, "M .15 .02 C .02 .35 .15 .52 .5 .52 .8 .4 L .9 0 C .8 .5 .75 1" },
  { 4, 2, 0.80, "M .65 0 C .35 .3 0 .6 L 1 .6 M .7 .02 L .68 1" },
  { 4, 1.5, 0.65, "M .75 0 C .4 .25 .05 .5 L .9 .55 M .8 .02 L .7 1" },
  { 4, 3, 0.70, "M .1 .15 C .0 .4 .15 .5 .45 .46 .8 .35 M .95 0 C .75 .4 .55 1" },
  { 4, 2, 0.85, "M .3 .1 C .15 .3 0 .55 .25 .58 L 1 .48 M .75 .0 C .65 .5 .55 1" },
  { 4, 1.2, 0.60, "M .05 0 C 0 .25 .1 .4 .4 .42 .85 .35 M .95 .02 C .95 .3 .9 .6 .9 1" },

  { 5, 3, 0.75, "M .25 .05 L .15 .45 C .5 .36 .9 .6 .7 .92 .35 1 0 .9 M .25 .05 L .95 0" },
  { 5, 3, 0.80, "M 1 .02 L .3 .05 .2 .42 C .5 .36 .8 .55 .7 .85 .4 1 0 .92" },
  { 5, 2, 0.85, "M 1 0 C .6 .03 .35 .1 .25 .35 .55 .5 .75 .75 .5 .97 0 .95" },
  { 5, 2.5, 0.90, "M .3 .12 C .2 .3 .18 .42 L .2 .42 C .5 .4 .7 .6 .6 .85 .3 1 0 .95 M .28 .12 C .6 .12 .8 .05 1 0" },
  { 5, 2, 0.80, "M 1 .1 L .45 .1 C .35 .3 .3 .45 L .3 .45 C .6 .45 .75 .65 .55 .9 .2 1 0 .85 .1 .8" },
  { 5, 1.5, 0.65, "M .15 .0 L .1 .4 C .45 .3 .95 .45 .95 .75 .6 1 .2 .98 0 .85 M .15 .02 L .85 .04" },
  { 5, 1.5, 0.60, "M .95 .08 C .6 0 .2 .1 .2 .35 .6 .5 .8 .7 .6 .98 .2 .95 0 .8" },

  { 6, 4, 0.60, "M .7 0 C .3 .25 .05 .65 .2 .95 .65 .98 .95 .75 .75 .55 .35 .62 .12 .8" },
  { 6, 3, 0.50, "M .5 0 C .2 .35 .05 .75 .35 1 .85 .92 .9 .68 .55 .58 .2 .75" },
  { 6, 2, 0.75, "M 1 .02 C .55 .1 .1 .5 .08 .8 .4 1 .8 .85 .8 .6 .45 .52 .12 .7" },
  { 6, 3, 0.80, "M .35 0 C .12 .2 0 .6 .15 .9 .5 1 .9 .92 1 .65 .75 .42 .45 .5 .25 .75 .35 .95" },
  { 6, 2, 0.75, "M .2 0 C .05 .3 0 .7 .2 .98 .65 1 1 .8 .9 .55 .55 .5 .3 .7 .35 .92" },
  { 6, 1.5, 0.90, "M .45 .05 C .15 .2 0 .5 .05 .8 .4 1 .8 .95 1 .7 .85 .45 .5 .45 .3 .7" },
  { 6, 1.5, 0.55, "M .55 0 C .3 .2 .0 .65 .1 .9 .4 1 .7 .85 .75 .65 .5 .6 .3 .75 .25 .95" },

  { 7, 4, 0.70, "M 0 .1 L .95 .05 C .7 .45 .5 1" },
  { 7, 2, 0.70, "M 0 .05 L .95 .03 .4 1" },
  { 7, 2, 0.75, "M .02 .22 L .05 .05 .95 .05 C .65 .5 .5 1" },
  { 7, 1.5, 0.75, "M 0 .06 L .95 .03 C .6 .5 .45 1 M .25 .5 L .95 .46" },
  { 7, 1.5, 0.75, "M 0 .15 C .3 .02 .6 .12 .95 .05 .7 .45 .6 1" },
  { 7, 2, 0.55, "M 0 .25 C .1 .05 .4 0 .85 .05 L .9 .05 C .85 .4 .75 .7 .7 1" },
  { 7, 1.5, 0.60, "M .05 .3 C 0 .12 .2 .1 .55 .1 .9 0 L .9 0 C .7 .35 .4 .7 .3 1" },
  { 7, 1, 0.90, "M 0 .15 L .9 0 C .85 .3 .55 .7 .55 1 M .3 .45 L 1 .5" },

  { 8, 4, 0.60, "M .8 .12 C .45 0 .12 .2 .45 .48 .85 .75 .5 1 .1 .8 .45 .5 .85 .22 .75 .08" },
  { 8, 2, 0.60, "M .5 .45 C .15 .25 .45 0 .85 .2 .5 .48 .1 .75 .45 1 .85 .8 .5 .45" },
  { 8, 2, 0.60, "M .5 0 C .12 .12 .3 .42 .6 .45 .88 .25 .5 0 M .5 .46 C .1 .65 .3 .98 .7 .98 .9 .7 .5 .46" },
  { 8, 2.5, 0.75, "M .9 .2 C .6 0 .15 .02 .1 .25 .4 .45 .7 .6 .75 .85 .4 1 .2 .85 .45 .55 .8 .35 1 .1" },
  { 8, 2, 0.65, "M .75 .05 C .35 0 .05 .15 .15 .38 .55 .52 .7 .75 .5 1 .25 .95 .3 .7 .6 .4 .9 .15" },
  { 8, 2, 0.70, "M .65 .05 C .3 0 .1 .2 .25 .4 .75 .55 1 .75 .75 .98 .25 1 .0 .8 .2 .55 .65 .4 .8 .2 .6 .05" },
  { 8, 1.5, 0.50, "M .6 .02 C .15 .1 .1 .4 .5 .5 .9 .65 .85 .95 .4 1 .1 .8 .4 .55 .8 .35 .85 .1 .55 .02" },

  { 9, 4, 0.60, "M .85 .15 C .5 0 .1 .2 .2 .45 .6 .42 .85 .15 L .75 1" },
  { 9, 3, 0.60, "M .8 .2 C .5 0 .1 .15 .15 .42 .55 .45 .82 .2 .85 .6 .7 1" },
  { 9, 2, 0.65, "M .85 .12 C .5 0 .1 .2 .2 .45 .65 .4 .9 .15 .88 .6 .6 .95 .1 .95" },
  { 9, 2.5, 0.65, "M .7 .1 C .3 0 .0 .2 .05 .45 .4 .5 .75 .3 .85 .05 L .85 .05 C .75 .45 .55 1" },
  { 9, 2, 0.80, "M .75 .05 C .35 0 .0 .2 .1 .4 .5 .45 .85 .25 .9 .08 .85 .5 .8 1" },
  { 9, 2, 0.60, "M .6 .05 C .2 .05 0 .3 .15 .5 .55 .5 .85 .25 .75 .02 .6 .05 .85 .2 .9 .6 .8 1" },
  { 9, 1.5, 0.60, "M .9 .02 C .5 .02 .1 .15 .1 .35 .4 .45 .75 .3 .85 .1 .8 .5 .6 1" },
  { 9, 1.5, 0.75, "M .8 .1 C .5 0 .05 .1 .05 .3 .35 .42 .8 .25 .85 .08 .8 .5 .5 1" },
  { 9, 1.5, 0.55, "M .8 .05 C .4 .0 .05 .2 .1 .4 .4 .48 .75 .3 M .85 .1 C .65 .5 .45 1" },
};

typedef struct
{
  double   x, y;
  gboolean starts;
} Point;

typedef struct
{
  double slant;               /* x per y */
  double aspect;              /* factor */
  double pen;                 /* pixels of the box */
  double unsteady;            /* factor */
  double liking[G_N_ELEMENTS (skeletons)];
} Hand;

typedef struct
{
  double amplitude_x, amplitude_y, kx, ky, phase;
} Wave;

/* A point between p[1] and p[2], where @t is 0 … 1, on the curve of Catmull
 * and Rom with centripetal parameters: it does not overshoot. */
static Point
on_curve (const Point p[4],
          double      t)
{
  double knots[4] = { 0.0 };
  Point level[4];
  double u;

  for (gsize i = 1; i < 4; i++)
    {
      double distance = hypot (p[i].x - p[i - 1].x, p[i].y - p[i - 1].y);

      knots[i] = knots[i - 1] + sqrt (MAX (distance, 1e-6));
    }
  u = knots[1] + t * (knots[2] - knots[1]);

  memcpy (level, p, sizeof (level));
  for (gsize k = 1; k <= 3; k++)
    for (gsize i = 0; i + k < 4; i++)
      {
        /* Barry and Goldman (1988): the last step stays between the middle
         * knots. */
        gsize from = k < 3 ? i : 1;
        gsize to = k < 3 ? i + k : 2;
        double w = (u - knots[from]) / (knots[to] - knots[from]);

        level[i].x = (1.0 - w) * level[i].x + w * level[i + 1].x;
        level[i].y = (1.0 - w) * level[i].y + w * level[i + 1].y;
      }

  return level[0];
}

static void
add_point (GArray  *points,
           double   x,
           double   y,
           gboolean starts)
{
  Point point = { x, y, starts };

  g_array_append_val (points, point);
}

/* Takes the curve through @n points, the first of which is there already. */
static void
add_curve (GArray      *points,
           const Point *p,
           gsize        n)
{
  for (gsize i = 0; i + 1 < n; i++)
    {
      const Point around[4] = {
        i > 0 ? p[i - 1] : (Point) { 2 * p[0].x - p[1].x, 2 * p[0].y - p[1].y, FALSE },
        p[i],
        p[i + 1],
        i + 2 < n ? p[i + 2] : (Point) { 2 * p[n - 1].x - p[n - 2].x, 2 * p[n - 1].y - p[n - 2].y, FALSE },
      };

      for (gsize s = 1; s <= STEPS; s++)
        {
          Point point = on_curve (around, (double) s / STEPS);

          add_point (points, point.x, point.y, FALSE);
        }
    }
}

/* (transfer full): the path of a skeleton whose points were moved a little. */
static GArray *
trace (const Skeleton *skeleton,
       double          jitter,
       MlpRandom      *random)
{
  GArray *points = g_array_new (FALSE, FALSE, sizeof (Point));
  g_auto(GStrv) words = g_strsplit (skeleton->path, " ", -1);
  Point run[MAX_POINTS];
  gsize n_run = 0;
  char mode = 'M';

  for (gsize i = 0; words[i] != NULL; i++)
    {
      Point point = { 0 };

      if (g_ascii_isalpha (words[i][0]))
        {
          if (mode == 'C')
            add_curve (points, run, n_run);
          if (n_run > 0)
            run[0] = run[n_run - 1];
          n_run = n_run > 0;
          mode = words[i][0];
          continue;
        }

      point.x = g_ascii_strtod (words[i], NULL) + jitter * mlp_random_normal (random);
      point.y = g_ascii_strtod (words[++i], NULL) + 0.6 * jitter * mlp_random_normal (random);

      if (mode == 'M')
        n_run = 0;
      if (mode == 'M' || mode == 'L')
        add_point (points, point.x, point.y, mode == 'M');
      if (mode == 'L')
        n_run = 0;
      g_assert (n_run < MAX_POINTS);
      run[n_run++] = point;
    }

  if (mode == 'C')
    add_curve (points, run, n_run);

  return points;
}

static void
make_hand (Hand      *hand,
           MlpRandom *random)
{
  hand->slant = 0.12 + 0.24 * mlp_random_normal (random);
  hand->aspect = exp (0.16 * mlp_random_normal (random));
  hand->pen = PEN_MEDIAN * exp (PEN_SPREAD * mlp_random_normal (random));
  hand->unsteady = fmin (exp (0.3 * mlp_random_normal (random)), 1.6);
  for (gsize i = 0; i < G_N_ELEMENTS (skeletons); i++)
    hand->liking[i] = skeletons[i].weight * exp (0.8 * mlp_random_normal (random));
}

static const Skeleton *
choose_skeleton (const Hand *hand,
                 guint       digit,
                 MlpRandom  *random)
{
  double sum = 0.0;
  double left;
  gsize last = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (skeletons); i++)
    if (skeletons[i].digit == digit)
      sum += hand->liking[i];

  left = sum * mlp_random_uniform (random);
  for (gsize i = 0; i < G_N_ELEMENTS (skeletons); i++)
    if (skeletons[i].digit == digit)
      {
        last = i;
        left -= hand->liking[i];
        if (left < 0.0)
          break;
      }

  return &skeletons[last];
}

static void
make_waves (Wave      *waves,
            double     amplitude,
            MlpRandom *random)
{
  for (gsize i = 0; i < N_WAVES; i++)
    {
      waves[i].amplitude_x = amplitude * mlp_random_normal (random);
      waves[i].amplitude_y = amplitude * mlp_random_normal (random);
      waves[i].kx = 4.0 * mlp_random_normal (random);
      waves[i].ky = 4.0 * mlp_random_normal (random);
      waves[i].phase = 2.0 * G_PI * mlp_random_uniform (random);
    }
}

/* From the unit square to the canvas: with a large or a small upper part, bent, squeezed, slanted, turned, and
 * scaled to size. */
static void
place (GArray         *points,
       const Skeleton *skeleton,
       const Hand     *hand,
       MlpRandom      *random)
{
  const double aspect = skeleton->aspect * hand->aspect * exp (0.14 * mlp_random_normal (random));
  const double slant = hand->slant + 0.08 * mlp_random_normal (random);
  const double angle = 0.08 * mlp_random_normal (random);
  double x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE;
  double x1 = -G_MAXDOUBLE, y1 = -G_MAXDOUBLE;
  const double power = exp (0.22 * mlp_random_normal (random));
  const double taper = 0.22 * mlp_random_normal (random);
  double scale;
  Wave waves[N_WAVES];

  make_waves (waves, 0.035 * hand->unsteady, random);

  for (gsize i = 0; i < points->len; i++)
    {
      Point *p = &g_array_index (points, Point, i);
      double y = pow (CLAMP (p->y, 0.0, 1.0), power) + p->y - CLAMP (p->y, 0.0, 1.0) - 0.5;
      double x = (p->x - 0.5) * aspect * exp (taper * y);
      double bent_x = x, bent_y = y;

      for (gsize w = 0; w < N_WAVES; w++)
        {
          double wave = sin (waves[w].kx * x + waves[w].ky * y + waves[w].phase);

          bent_x += waves[w].amplitude_x * wave;
          bent_y += waves[w].amplitude_y * wave;
        }

      x = bent_x - slant * bent_y;
      y = bent_y;
      p->x = cos (angle) * x - sin (angle) * y;
      p->y = sin (angle) * x + cos (angle) * y;
      x0 = MIN (x0, p->x);
      x1 = MAX (x1, p->x);
      y0 = MIN (y0, p->y);
      y1 = MAX (y1, p->y);
    }

  scale = DIGIT_SIZE / MAX (x1 - x0, y1 - y0);
  for (gsize i = 0; i < points->len; i++)
    {
      Point *p = &g_array_index (points, Point, i);

      p->x = CANVAS / 2.0 + scale * (p->x - (x0 + x1) / 2.0);
      p->y = CANVAS / 2.0 + scale * (p->y - (y0 + y1) / 2.0);
    }
}

/* The pen presses more and less along its way. */
static void
stroke (cairo_t      *cr,
        const GArray *points,
        double        pen,
        MlpRandom    *random)
{
  double amplitude = 0.10 * mlp_random_normal (random);
  double frequency = 0.05 * mlp_random_uniform (random);
  double phase = 2.0 * G_PI * mlp_random_uniform (random);
  double way = 0.0;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);

  for (gsize i = 1; i < points->len; i++)
    {
      const Point *p = &g_array_index (points, Point, i - 1);
      const Point *q = &g_array_index (points, Point, i);
      double length = hypot (q->x - p->x, q->y - p->y);
      gsize n = (gsize) ceil (length / 4.0) + 1;

      if (q->starts)
        continue;

      for (gsize s = 0; s < n; s++)
        {
          double from = (double) s / n;
          double to = (double) (s + 1) / n;

          cairo_set_line_width (cr, pen * (1.0 + amplitude * sin (frequency * way + phase)));
          cairo_move_to (cr, p->x + from * (q->x - p->x), p->y + from * (q->y - p->y));
          cairo_line_to (cr, p->x + to * (q->x - p->x), p->y + to * (q->y - p->y));
          cairo_stroke (cr);
          way += length / n;
        }
    }
}

static void
draw_digit (cairo_surface_t *canvas,
            const Hand      *hand,
            guint            digit,
            guint8          *frame,
            MlpRandom       *random)
{
  const Skeleton *skeleton = choose_skeleton (hand, digit, random);
  g_autoptr(GArray) points = trace (skeleton, 0.035 * hand->unsteady, random);
  double pen = hand->pen * exp (0.10 * mlp_random_normal (random));
  cairo_t *cr = cairo_create (canvas);

  place (points, skeleton, hand, random);

  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);

  /* The box is the path and half a pen on each side. */
  pen = CLAMP (pen, 1.2, 6.0);
  stroke (cr, points, pen * DIGIT_SIZE / (DS_DIGIT_BOX - pen), random);
  cairo_destroy (cr);
  cairo_surface_flush (canvas);

  ds_digit_from_ink (cairo_image_surface_get_data (canvas), CANVAS, CANVAS,
                     (gsize) cairo_image_surface_get_stride (canvas), frame, NULL);
}

static void
add_big_endian (GByteArray *bytes,
                guint32     number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof (number));
}

static gboolean
write_idx (const char    *folder,
           const char    *name,
           const guint32 *header,
           gsize          n_header,
           const guint8  *data,
           gsize          size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gzFile file = gzopen (path, "wb9");
  gboolean good;

  for (gsize i = 0; i < n_header; i++)
    add_big_endian (bytes, header[i]);
  g_byte_array_append (bytes, data, (guint) size);

  good = file != NULL && gzwrite (file, bytes->data, bytes->len) == (int) bytes->len;
  good = file != NULL && gzclose (file) == Z_OK && good;
  if (!good)
    g_printerr ("“%s” could not be written\n", path);

  return good;
}

/* The hands' images in groups of a hand's, shuffled within the part's groups
 * that validate and those that train: so the last hands stay last. */
static gboolean
write_part (const char      *folder,
            const char      *part,
            guint            n_hands,
            cairo_surface_t *canvas,
            MlpRandom       *random)
{
  const gsize n_of_hand = 10 * N_OF_EACH;
  const gsize n = n_hands * n_of_hand;
  g_autofree guint8 *x = g_malloc (n * N_PIXELS);
  g_autofree guint8 *y = g_malloc (n);
  g_autofree char *images = g_strdup_printf ("%s-images-idx3-ubyte.gz", part);
  g_autofree char *labels = g_strdup_printf ("%s-labels-idx1-ubyte.gz", part);

  for (guint h = 0; h < n_hands; h++)
    {
      guint32 order[10 * N_OF_EACH];
      Hand hand;

      make_hand (&hand, random);
      for (guint i = 0; i < n_of_hand; i++)
        order[i] = i;
      mlp_random_shuffle (random, order, n_of_hand);

      for (gsize i = 0; i < n_of_hand; i++)
        {
          gsize item = h * n_of_hand + order[i];

          y[item] = i % 10;
          draw_digit (canvas, &hand, i % 10, x + item * N_PIXELS, random);
        }
    }

  return write_idx (folder, images, (guint32[]) { 0x803, n, DS_DIGIT_SIDE, DS_DIGIT_SIDE }, 4, x, n * N_PIXELS) &&
         write_idx (folder, labels, (guint32[]) { 0x801, n }, 2, y, n);
}

/* A row a digit, 20 hands. */
static gboolean
write_sheet (const char      *path,
             cairo_surface_t *canvas,
             MlpRandom       *random)
{
  cairo_surface_t *sheet = cairo_image_surface_create (CAIRO_FORMAT_A8, 20 * DS_DIGIT_SIDE, 10 * DS_DIGIT_SIDE);
  cairo_surface_t *large = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 40 * DS_DIGIT_SIDE, 20 * DS_DIGIT_SIDE);
  guint8 *data = cairo_image_surface_get_data (sheet);
  gsize stride = (gsize) cairo_image_surface_get_stride (sheet);
  guint8 frame[N_PIXELS];
  cairo_t *cr;
  gboolean good;

  for (guint h = 0; h < 20; h++)
    {
      Hand hand;

      make_hand (&hand, random);
      for (guint digit = 0; digit < 10; digit++)
        {
          draw_digit (canvas, &hand, digit, frame, random);
          for (gsize y = 0; y < DS_DIGIT_SIDE; y++)
            memcpy (data + (digit * DS_DIGIT_SIDE + y) * stride + h * DS_DIGIT_SIDE,
                    frame + y * DS_DIGIT_SIDE, DS_DIGIT_SIDE);
        }
    }
  cairo_surface_mark_dirty (sheet);

  cr = cairo_create (large);
  cairo_scale (cr, 2.0, 2.0);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_mask_surface (cr, sheet, 0.0, 0.0);
  cairo_destroy (cr);
  good = cairo_surface_write_to_png (large, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (large);
  cairo_surface_destroy (sheet);

  return good;
}

int
main (int   argc,
      char *argv[])
{
  cairo_surface_t *canvas = cairo_image_surface_create (CAIRO_FORMAT_A8, CANVAS, CANVAS);
  gboolean sheet = argc == 3 && strcmp (argv[1], "--sheet") == 0;
  MlpRandom random;
  gboolean good;

  if (argc < 2 || argc > 3)
    {
      g_printerr ("Usage: make-digits FOLDER [SEED]\n       make-digits --sheet FILE.png\n");
      return 2;
    }

  mlp_random_seed (&random, argc == 3 && !sheet ? g_ascii_strtoull (argv[2], NULL, 10) : 1, 0);
  if (sheet)
    good = write_sheet (argv[2], canvas, &random);
  else
    good = write_part (argv[1], "train", N_TRAIN_HANDS, canvas, &random) &&
           write_part (argv[1], "t10k", N_TEST_HANDS, canvas, &random);
  cairo_surface_destroy (canvas);

  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
