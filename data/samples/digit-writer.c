/* digit-writer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "datasets/ds-european.h"
#include "ink/ink-frame.h"
#include "digit-writer.h"

/* How hands differ: standard deviations, of the slant itself, of other numbers'
 * logarithms. The skeletons of European hands differ by themselves, so that these
 * hands need to do less. */
typedef struct
{
  double slant;
  double aspect;
  double halves;              /* the size of the upper part, and its width, by the lower one's */
  double unsteady;            /* no deviation: the median of the factor */
} Variety;

static const Variety american_variety = { 0.24, 0.16, 0.22, 1.0 };
static const Variety european_variety = { 0.16, 0.13, 0.15, 0.50 };

/* Of the canvas, in pixels: of the written digit, and room around it. */
#define DIGIT_SIZE     100.0
#define CANVAS         230

/* Of the pen, in pixels of the 20 × 20 box: like MNIST's, whose quartiles are
 * 2.26, 2.67 and 3.31. */
#define PEN_MEDIAN     2.35
#define PEN_SPREAD     0.25   /* of its logarithm */
#define PEN_LEAST      1.2
#define PEN_MOST       6.0

#define MAX_POINTS     64     /* of a curve */
#define N_WAVES        3
#define STEPS          8      /* of a curve from one point to the next */
#define STEP           2.0    /* of a stroke on the canvas, in pixels */

typedef struct
{
  double   x, y;
  gboolean starts;
} Point;

typedef struct
{
  double amplitude_x, amplitude_y, kx, ky, phase;
} Wave;

/* x with P (X < x) = @p for a standard normal X, by bisection. */
static double
normal_quantile (double p)
{
  double low = -6.0;
  double high = 6.0;

  for (guint i = 0; i < 60; i++)
    {
      const double middle = 0.5 * (low + high);

      if (0.5 * erfc (-middle / sqrt (2.0)) < p)
        low = middle;
      else
        high = middle;
    }

  return 0.5 * (low + high);
}

/* (transfer full): @n numbers, one in each of @n equal slices of 0 … 1, in any order. */
static double *
draw_slices (gsize      n,
             MlpRandom *random)
{
  g_autofree guint32 *order = g_new (guint32, n);
  double *slices = g_new (double, n);

  for (gsize i = 0; i < n; i++)
    order[i] = (guint32) i;
  mlp_random_shuffle (random, order, n);
  for (gsize i = 0; i < n; i++)
    slices[i] = (order[i] + mlp_random_uniform (random)) / (double) n;

  return slices;
}

/* The skeleton of @digit at @share, 0 to 1, of all that such hands write. */
static const DigitSkeleton *
choose_skeleton (guint    digit,
                 gboolean european,
                 double   share)
{
  const DigitSkeleton *last = NULL;
  double left = 0.0;

  for (gsize i = 0; i < digit_n_skeletons; i++)
    if (digit_skeletons[i].digit == digit)
      left += share * (european ? digit_skeletons[i].european : digit_skeletons[i].american);

  for (gsize i = 0; i < digit_n_skeletons; i++)
    {
      const double weight = european ? digit_skeletons[i].european : digit_skeletons[i].american;

      if (digit_skeletons[i].digit != digit || !(weight > 0.0))
        continue;
      last = &digit_skeletons[i];
      left -= weight;
      if (left < 0.0)
        break;
    }

  return last;
}

/* For each digit, the forms of the European hands or of the others. */
static void
choose_forms (DigitHand *hands,
              gsize      n_hands,
              gboolean   european,
              MlpRandom *random)
{
  gsize n = 0;

  for (gsize h = 0; h < n_hands; h++)
    n += hands[h].european == european;

  for (guint digit = 0; digit < 10; digit++)
    {
      g_autofree double *shares = draw_slices (n, random);
      gsize k = 0;

      for (gsize h = 0; h < n_hands; h++)
        if (hands[h].european == european)
          hands[h].skeletons[digit] = choose_skeleton (digit, european, shares[k++]);
    }
}

void
digit_hands_make (DigitHand *hands,
                  gsize      n_hands,
                  gboolean   all_european,
                  double     spread,
                  MlpRandom *random)
{
  g_autofree double *slant = draw_slices (n_hands, random);
  g_autofree double *aspect = draw_slices (n_hands, random);
  g_autofree double *pen = draw_slices (n_hands, random);
  g_autofree double *unsteady = draw_slices (n_hands, random);
  g_autofree double *rounding = draw_slices (n_hands, random);
  g_autofree double *tremor = draw_slices (n_hands, random);

  for (gsize h = 0; h < n_hands; h++)
    {
      const gboolean european = all_european || ds_european_is_hand (h);
      const Variety *variety = european ? &european_variety : &american_variety;

      hands[h] = (DigitHand) {
        .european = european,
        .slant = 0.12 + variety->slant * spread * normal_quantile (slant[h]),
        .aspect = exp (variety->aspect * spread * normal_quantile (aspect[h])),
        .halves = variety->halves * spread,
        .pen = PEN_MEDIAN * exp (PEN_SPREAD * spread * normal_quantile (pen[h])),
        .unsteady = variety->unsteady * fmin (exp (0.3 * spread * normal_quantile (unsteady[h])), 1.6),
        .rounding = 5.0 * spread * rounding[h],
        .tremor = fmin (0.3 * exp (0.5 * spread * normal_quantile (tremor[h])), 0.7),
        .stretch = 1.1 * spread,
      };
    }

  choose_forms (hands, n_hands, FALSE, random);
  choose_forms (hands, n_hands, TRUE, random);
}

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

/* What each of a skeleton's paths counts: evenly distributed over all mixtures, and
 * stretched away from their middle. */
static gsize
mix_paths (const DigitSkeleton *skeleton,
           double               stretch,
           double               shares[DIGIT_MAX_PATHS],
           MlpRandom           *random)
{
  double sum = 0.0;
  gsize n = 0;

  for (; n < DIGIT_MAX_PATHS && skeleton->paths[n] != NULL; n++)
    {
      shares[n] = -log (1.0 - mlp_random_uniform (random));
      sum += shares[n];
    }
  for (gsize i = 0; i < n; i++)
    shares[i] = 1.0 / n + stretch * (shares[i] / sum - 1.0 / n);

  return n;
}

/* (transfer full): the path of a skeleton, between its extremes, with its points
 * moved a little. */
static GArray *
trace (const DigitSkeleton *skeleton,
       const DigitHand     *hand,
       MlpRandom           *random)
{
  const double jitter = 0.035 * hand->unsteady;
  GArray *points = g_array_new (FALSE, FALSE, sizeof (Point));
  double shares[DIGIT_MAX_PATHS];
  const gsize n_paths = mix_paths (skeleton, hand->stretch, shares, random);
  char **words[DIGIT_MAX_PATHS] = { NULL };
  Point run[MAX_POINTS];
  gsize n_run = 0;
  char mode = 'M';

  for (gsize k = 0; k < n_paths; k++)
    {
      words[k] = g_strsplit (skeleton->paths[k], " ", -1);
      g_assert (g_strv_length (words[k]) == g_strv_length (words[0]));
    }

  for (gsize i = 0; words[0][i] != NULL; i++)
    {
      Point point = { 0 };

      if (g_ascii_isalpha (words[0][i][0]))
        {
          if (mode == 'C')
            add_curve (points, run, n_run);
          if (n_run > 0)
            run[0] = run[n_run - 1];
          n_run = n_run > 0;
          mode = words[0][i][0];
          continue;
        }

      point.x = jitter * mlp_random_normal (random);
      point.y = 0.6 * jitter * mlp_random_normal (random);
      for (gsize k = 0; k < n_paths; k++)
        {
          point.x += shares[k] * g_ascii_strtod (words[k][i], NULL);
          point.y += shares[k] * g_ascii_strtod (words[k][i + 1], NULL);
        }
      i++;

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
  for (gsize k = 0; k < n_paths; k++)
    g_strfreev (words[k]);

  return points;
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
place (GArray              *points,
       const DigitSkeleton *skeleton,
       const DigitHand     *hand,
       MlpRandom           *random)
{
  const double aspect = skeleton->aspect * hand->aspect * exp (0.14 * mlp_random_normal (random));
  const double slant = hand->slant + 0.08 * mlp_random_normal (random);
  const double angle = 0.08 * mlp_random_normal (random);
  double x0 = G_MAXDOUBLE, y0 = G_MAXDOUBLE;
  double x1 = -G_MAXDOUBLE, y1 = -G_MAXDOUBLE;
  const double power = exp (hand->halves * mlp_random_normal (random));
  const double taper = hand->halves * mlp_random_normal (random);
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

/* (transfer full): the same strokes, in equal steps. */
static GArray *
resample (const GArray *points)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (Point));
  double left = 0.0;

  for (gsize i = 0; i < points->len; i++)
    {
      const Point *q = &g_array_index (points, Point, i);
      const Point *p = q - 1;
      double length;

      if (q->starts)
        {
          add_point (steps, q->x, q->y, TRUE);
          left = STEP;
          continue;
        }

      length = hypot (q->x - p->x, q->y - p->y);
      for (; left <= length; left += STEP)
        add_point (steps, p->x + left / length * (q->x - p->x), p->y + left / length * (q->y - p->y), FALSE);
      left -= length;
    }

  return steps;
}

/* Rounds corners: averages along the stroke, with a standard deviation of @sigma
 * pixels. The ends stay, mirrored. */
static void
round_stroke (Point *stroke,
              gsize  n,
              double sigma)
{
  const gssize reach = MIN ((gssize) ceil (2.5 * sigma / STEP), (gssize) n - 1);
  g_autofree Point *old = g_memdup2 (stroke, n * sizeof (Point));

  for (gssize i = 0; i < (gssize) n; i++)
    {
      double x = 0.0;
      double y = 0.0;
      double sum = 0.0;

      for (gssize k = -reach; k <= reach; k++)
        {
          const double weight = exp (-0.5 * k * k * STEP * STEP / (sigma * sigma));
          const gssize j = i + k;
          const gssize last = (gssize) n - 1;
          const Point *p = &old[j < 0 ? -j : j > last ? 2 * last - j : j];
          const Point *end = j < 0 ? &old[0] : &old[last];
          const gboolean outside = j < 0 || j > last;

          x += weight * (outside ? 2.0 * end->x - p->x : p->x);
          y += weight * (outside ? 2.0 * end->y - p->y : p->y);
          sum += weight;
        }

      stroke[i].x = x / sum;
      stroke[i].y = y / sum;
    }
}

/* Waves of 9 to 32 pixels along the stroke, in x and in y. */
static void
shake_stroke (Point     *stroke,
              gsize      n,
              double     amplitude,
              MlpRandom *random)
{
  for (guint wave = 0; wave < N_WAVES; wave++)
    {
      const double k = 2.0 * G_PI / (9.0 + 23.0 * mlp_random_uniform (random));
      const double phase_x = 2.0 * G_PI * mlp_random_uniform (random);
      const double phase_y = 2.0 * G_PI * mlp_random_uniform (random);

      for (gsize i = 0; i < n; i++)
        {
          stroke[i].x += amplitude * sin (k * STEP * i + phase_x);
          stroke[i].y += amplitude * sin (k * STEP * i + phase_y);
        }
    }
}

static void
finish_strokes (GArray          *points,
                const DigitHand *hand,
                MlpRandom       *random)
{
  for (gsize from = 0; from < points->len;)
    {
      Point *stroke = &g_array_index (points, Point, from);
      gsize n = 1;

      while (from + n < points->len && !stroke[n].starts)
        n++;
      if (hand->rounding > 0.5 && n > 2)
        round_stroke (stroke, n, hand->rounding);
      shake_stroke (stroke, n, hand->tremor, random);
      from += n;
    }
}

/* A piece of a line by a round pen; what lies at the edge of a pixel is grey. */
static void
ink_line (guint8      *ink,
          const Point *p,
          const Point *q,
          double       pen)
{
  const double radius = pen / 2.0;
  const double inner = MAX (radius - 0.5, 0.0);
  const double outer = radius + 0.5;
  const double dx = q->x - p->x;
  const double dy = q->y - p->y;
  const double square = MAX (dx * dx + dy * dy, 1e-12);
  const int x0 = (int) CLAMP (floor (MIN (p->x, q->x) - radius - 1.0), 0, CANVAS - 1);
  const int x1 = (int) CLAMP (ceil (MAX (p->x, q->x) + radius + 1.0), 0, CANVAS - 1);
  const int y0 = (int) CLAMP (floor (MIN (p->y, q->y) - radius - 1.0), 0, CANVAS - 1);
  const int y1 = (int) CLAMP (ceil (MAX (p->y, q->y) + radius + 1.0), 0, CANVAS - 1);

  for (int y = y0; y <= y1; y++)
    for (int x = x0; x <= x1; x++)
      {
        const double px = x + 0.5 - p->x;
        const double py = y + 0.5 - p->y;
        const double t = CLAMP ((px * dx + py * dy) / square, 0.0, 1.0);
        const double away_x = px - t * dx;
        const double away_y = py - t * dy;
        const double away = away_x * away_x + away_y * away_y;
        double covered;
        guint8 value;

        if (away >= outer * outer)
          continue;
        covered = away <= inner * inner ? 1.0 : radius - sqrt (away) + 0.5;
        value = (guint8) (255.0 * covered + 0.5);
        if (value > ink[y * CANVAS + x])
          ink[y * CANVAS + x] = value;
      }
}

/* The pen presses more and less along its way. */
static void
ink_strokes (guint8       *ink,
             const GArray *points,
             double        pen,
             MlpRandom    *random)
{
  const double amplitude = 0.10 * mlp_random_normal (random);
  const double frequency = 0.07 * mlp_random_uniform (random);
  const double phase = 2.0 * G_PI * mlp_random_uniform (random);

  for (gsize i = 1; i < points->len; i++)
    {
      const Point *q = &g_array_index (points, Point, i);

      if (!q->starts)
        ink_line (ink, q - 1, q, pen * (1.0 + amplitude * sin (frequency * STEP * i + phase)));
    }
}

void
digit_hand_write (const DigitHand     *hand,
                  const DigitSkeleton *skeleton,
                  guint8              *frame,
                  MlpRandom           *random)
{
  g_autofree guint8 *ink = g_malloc0 (CANVAS * CANVAS);
  g_autoptr(GArray) points = trace (skeleton, hand, random);
  g_autoptr(GArray) steps = NULL;
  const double pen = CLAMP (hand->pen * exp (0.10 * mlp_random_normal (random)), PEN_LEAST, PEN_MOST);

  place (points, skeleton, hand, random);
  steps = resample (points);
  finish_strokes (steps, hand, random);

  /* The box is the path and half a pen on each side. */
  ink_strokes (ink, steps, pen * DIGIT_SIZE / (INK_FRAME_BOX - pen), random);
  ink_frame_from_ink (ink, CANVAS, CANVAS, CANVAS, frame, NULL);
}
