/* ink-segments.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "ink/ink-components-private.h"
#include "ink/ink-segments.h"
#include "ink/ink-stroke-width.h"

/* All shares are of the height that most of the ink has. */
#define MIN_HEIGHT    0.3       /* less high is a speck, or a piece of a line */
#define MAX_GAP       0.25      /* from one part of a digit down to the next */
#define MAX_HEIGHT    1.5       /* parts together */
#define MIN_CUT       0.6       /* less high: not digits that touch */

/* Of its own height, in ink, in the column that it is cut at. */
#define MAX_THIN      0.5

/* Of a digit's pixels, that are full ink; the rest of a shadow is nowhere. */
#define MIN_FULL      0.15

/* Of the width of the narrower part, that is over or under the other. */
#define MIN_OVERLAP   0.5

/* Of its own height: so much wider, and it is more than one; each has at least so
 * much of it. */
#define MAX_WIDTH     1.4
#define MAX_ALONE     1.8       /* where there is nothing else on the sheet */
#define MIN_PART      0.3

/* Of the lower of two digits in a line, that is beside the other. */
#define MIN_BESIDE    0.4

/* Pieces that make up one digit, or a part of one that is to be cut. */
typedef struct
{
  InkBox box;
  gsize  mass;        /* pixels of ink */
  gsize  full;        /* those of full ink */
  guint  into;        /* the digit it became part of; itself, if none */
} Part;

static int
compare_heights (gconstpointer a,
                 gconstpointer b)
{
  const Part *first = a;
  const Part *second = b;

  return first->box.height < second->box.height ? -1 : first->box.height > second->box.height;
}

/* Half of the ink is in components that are not higher. */
static double
find_height (const Part *parts,
             gsize       n)
{
  g_autofree Part *sorted = g_memdup2 (parts, n * sizeof (Part));
  gsize all = 0, below = 0;

  qsort (sorted, n, sizeof (Part), compare_heights);
  for (gsize i = 0; i < n; i++)
    all += sorted[i].mass;
  for (gsize i = 0; i < n; i++)
    {
      below += sorted[i].mass;
      if (2 * below >= all)
        return (double) sorted[i].box.height;
    }

  return 0.0;
}

/* How much two stretches have in common; less than 0: how far they are apart. */
static double
overlap_intervals (gsize a,
                   gsize a_length,
                   gsize b,
                   gsize b_length)
{
  return (double) MIN (a + a_length, b + b_length) - (double) MAX (a, b);
}

static InkBox
unite_boxes (const InkBox *a,
             const InkBox *b)
{
  InkBox box = { MIN (a->x, b->x), MIN (a->y, b->y), 0, 0 };

  box.width = MAX (a->x + a->width, b->x + b->width) - box.x;
  box.height = MAX (a->y + a->height, b->y + b->height) - box.y;

  return box;
}

/* The rest of a shadow, a stain: it is nowhere full ink. */
static gboolean
is_faint (const Part *part)
{
  return (double) part->full < MIN_FULL * (double) part->mass;
}

static gboolean
belong_together (const InkBox *a,
                 const InkBox *b,
                 double        height)
{
  const InkBox both = unite_boxes (a, b);
  const double across = overlap_intervals (a->x, a->width, b->x, b->width);
  const double down = overlap_intervals (a->y, a->height, b->y, b->height);

  return across >= MIN_OVERLAP * (double) MIN (a->width, b->width) && -down <= MAX_GAP * height &&
         (double) both.height <= MAX_HEIGHT * height;
}

/* Over and over, for a digit in three parts. */
static void
join_parts (Part  *parts,
            gsize  n,
            double height)
{
  gboolean again = TRUE;

  while (again)
    {
      again = FALSE;
      for (gsize i = 0; i < n; i++)
        for (gsize k = i + 1; k < n && parts[i].into == i; k++)
          {
            if (parts[k].into != k || is_faint (&parts[i]) || is_faint (&parts[k]) ||
                !belong_together (&parts[i].box, &parts[k].box, height))
              continue;
            parts[k].into = (guint) i;
            parts[i].box = unite_boxes (&parts[i].box, &parts[k].box);
            parts[i].mass += parts[k].mass;
            parts[i].full += parts[k].full;
            again = TRUE;
          }
    }
}

/* One, or some that touch; not a part of another, nor a speck. */
static gboolean
is_digit (const Part *parts,
          guint       i,
          double      height)
{
  return parts[i].into == i && (double) parts[i].box.height >= MIN_HEIGHT * height && !is_faint (&parts[i]);
}

/* Which one it is at last. */
static guint
find_joined (const Part *parts,
             guint       i)
{
  while (parts[i].into != i)
    i = parts[i].into;

  return i;
}

/* The ink of one digit alone, as large as its box. */
static guint8 *
cut_out (const InkComponents *components,
         const guint32       *digit_of,
         guint32              digit,
         const InkBox        *box,
         const guint8        *ink,
         gsize                stride)
{
  guint8 *own = g_malloc0 (box->width * box->height);

  for (gsize y = 0; y < box->height; y++)
    for (gsize x = 0; x < box->width; x++)
      {
        guint32 label = components->labels[(box->y + y) * components->width + box->x + x];

        if (label > 0 && digit_of[label - 1] == digit)
          own[y * box->width + x] = ink[(box->y + y) * stride + box->x + x];
      }

  return own;
}

/* Appends what columns @from … @to of a digit's own ink give. */
static void
add_segment (GArray       *segments,
             const InkBox *box,
             const guint8 *own,
             gsize         from,
             gsize         to)
{
  InkSegment segment = { .x = G_MAXSIZE };
  gsize left = to, right = from, top = box->height, bottom = 0;

  for (gsize y = 0; y < box->height; y++)
    for (gsize x = from; x < to; x++)
      if (own[y * box->width + x] > 0)
        {
          left = MIN (left, x);
          right = MAX (right, x + 1);
          top = MIN (top, y);
          bottom = MAX (bottom, y + 1);
        }

  if (bottom == 0 || !ink_stroke_width_to_frame (own + from, to - from, box->height, box->width, segment.frame))
    return;

  segment.x = box->x + left;
  segment.y = box->y + top;
  segment.width = right - left;
  segment.height = bottom - top;
  g_array_append_val (segments, segment);
}

/* The column between @from and @to with the least ink; of several, the one nearest
 * to the middle. @ink: how high that is, in pixels */
static gsize
find_thinnest (const InkBox *box,
               const guint8 *own,
               gsize         from,
               gsize         to,
               double       *ink)
{
  gsize best = (from + to) / 2;
  gsize least = G_MAXSIZE;

  for (gsize i = 0; i < to - from; i++)
    {
      gsize x = (from + to) / 2 + (i % 2 == 0 ? i / 2 : 0) - (i % 2 == 1 ? (i + 1) / 2 : 0);
      gsize sum = 0;

      for (gsize y = 0; y < box->height; y++)
        sum += own[y * box->width + x];
      if (sum < least)
        {
          least = sum;
          best = x;
        }
    }

  *ink = (double) least / 255.0;

  return best;
}

/* Whether columns @from … @to have ink over much of the height, and so may be a digit. */
static gboolean
is_high (const InkBox *box,
         const guint8 *own,
         gsize         from,
         gsize         to)
{
  gsize top = box->height, bottom = 0;

  for (gsize y = 0; y < box->height; y++)
    for (gsize x = from; x < to; x++)
      if (own[y * box->width + x] > 0)
        {
          top = MIN (top, y);
          bottom = y + 1;
        }

  return (double) bottom - (double) top >= MIN_CUT * (double) box->height;
}

/* Columns @from … @to, in as many parts as they need. @widest: a digit, of its height */
static void
split_columns (GArray       *segments,
               const InkBox *box,
               const guint8 *own,
               gsize         from,
               gsize         to,
               double        widest)
{
  const double part = MIN_PART * (double) box->height;
  double thin = 0.0;
  gsize cut;

  /* Its left part may have been the last. */
  if (segments->len >= INK_SEGMENTS_MAX)
    return;

  if ((double) (to - from) <= widest * (double) box->height)
    cut = from;
  else
    cut = find_thinnest (box, own, from + (gsize) part, to - (gsize) part, &thin);

  if (cut == from || thin > MAX_THIN * (double) box->height || !is_high (box, own, from, cut) ||
      !is_high (box, own, cut, to))
    {
      add_segment (segments, box, own, from, to);
      return;
    }

  split_columns (segments, box, own, from, cut, widest);
  split_columns (segments, box, own, cut, to, widest);
}

static int
compare_x (gconstpointer a,
           gconstpointer b)
{
  const InkSegment *first = a;
  const InkSegment *second = b;

  if (first->x != second->x)
    return first->x < second->x ? -1 : 1;

  return first->y < second->y ? -1 : first->y > second->y;
}

static int
compare_reading (gconstpointer a,
                 gconstpointer b)
{
  const InkSegment *first = a;
  const InkSegment *second = b;

  if (first->line != second->line)
    return first->line < second->line ? -1 : 1;

  return compare_x (a, b);
}

/* A line of digits; the last that was found is the next one's neighbour, so that a
 * line may climb. */
typedef struct
{
  guint  id;
  gsize  last;
  double y_sum;
  guint  n;
} Line;

static int
compare_lines (gconstpointer a,
               gconstpointer b)
{
  const Line *first = a;
  const Line *second = b;
  const double difference = first->y_sum / first->n - second->y_sum / second->n;

  return difference < 0.0 ? -1 : difference > 0.0;
}

static void
find_lines (GArray *segments)
{
  g_autoptr(GArray) lines = g_array_new (FALSE, FALSE, sizeof (Line));
  g_autofree guint *rank = NULL;

  g_array_sort (segments, compare_x);
  for (gsize i = 0; i < segments->len; i++)
    {
      InkSegment *segment = &g_array_index (segments, InkSegment, i);
      double most = MIN_BESIDE;
      Line *line = NULL;

      for (guint k = 0; k < lines->len; k++)
        {
          Line *other = &g_array_index (lines, Line, k);
          InkSegment *last = &g_array_index (segments, InkSegment, other->last);
          double beside = overlap_intervals (segment->y, segment->height, last->y, last->height)
                          / (double) MIN (segment->height, last->height);

          if (beside >= most)
            {
              most = beside;
              line = other;
            }
        }

      if (line == NULL)
        {
          g_array_append_val (lines, ((Line) { .id = lines->len }));
          line = &g_array_index (lines, Line, lines->len - 1);
        }

      segment->line = line->id;
      line->last = i;
      line->y_sum += (double) segment->y + (double) segment->height / 2.0;
      line->n++;
    }

  g_array_sort (lines, compare_lines);
  rank = g_new (guint, MAX (1, lines->len));
  for (guint k = 0; k < lines->len; k++)
    rank[g_array_index (lines, Line, k).id] = k;
  for (gsize i = 0; i < segments->len; i++)
    {
      InkSegment *segment = &g_array_index (segments, InkSegment, i);

      segment->line = rank[segment->line];
    }

  g_array_sort (segments, compare_reading);
}

GArray *
ink_segments_find (const guint8 *ink,
                   gsize         width,
                   gsize         height,
                   gsize         stride)
{
  g_autoptr(GArray) segments = g_array_new (FALSE, FALSE, sizeof (InkSegment));
  g_autofree Part *parts = NULL;
  g_autofree guint32 *digit_of = NULL;
  InkComponents components;
  guint n_digits = 0;
  double typical;

  g_return_val_if_fail (ink != NULL && stride >= width, NULL);
  g_return_val_if_fail (width <= G_MAXUINT32 && height <= G_MAXUINT32 / MAX (width, 1), NULL);

  if (width == 0 || height == 0)
    return g_steal_pointer (&segments);

  ink_components_init (&components, ink, width, height, stride, 4 * INK_SEGMENTS_MAX);
  if (components.n == 0)
    {
      ink_components_clear (&components);
      return g_steal_pointer (&segments);
    }

  parts = g_new (Part, components.n);
  digit_of = g_new (guint32, components.n);
  for (guint i = 0; i < components.n; i++)
    {
      parts[i] = (Part) { components.boxes[i], components.masses[i], components.full[i], i };
    }

  typical = find_height (parts, components.n);
  join_parts (parts, components.n, typical);
  for (guint i = 0; i < components.n; i++)
    digit_of[i] = find_joined (parts, i);

  for (guint i = 0; i < components.n; i++)
    n_digits += is_digit (parts, i, typical);
  for (guint i = 0; i < components.n && segments->len < INK_SEGMENTS_MAX; i++)
    {
      const gboolean low = (double) parts[i].box.height < MIN_CUT * typical;
      g_autofree guint8 *own = NULL;

      if (!is_digit (parts, i, typical))
        continue;

      own = cut_out (&components, digit_of, i, &parts[i].box, ink, stride);
      split_columns (segments, &parts[i].box, own, 0, parts[i].box.width,
                     low ? (double) INFINITY : n_digits > 1 ? MAX_WIDTH : MAX_ALONE);
    }

  ink_components_clear (&components);
  find_lines (segments);

  return g_steal_pointer (&segments);
}
