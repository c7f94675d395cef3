/* test-segments.c: the digits on a sheet, and sheets under uneven light.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-random.h"
#include "datasets/ds-open.h"
#include "datasets/ds-set.h"
#include "ink/ink-binarise.h"
#include "ink/ink-segments.h"
#include "test-util.h"

#define SIDE INK_FRAME_SIDE
#define N_FRAME (SIDE * SIDE)
#define WIDTH 640
#define HEIGHT 420
#define MAX_PLACES 200

typedef struct
{
  gsize         x, y, width, height;
  const guint8 *digit;
} Place;

typedef struct
{
  guint8 ink[WIDTH * HEIGHT];
  Place  places[MAX_PLACES];
  gsize  n;
} Sheet;

/* Bilinear; 0 outside. */
static double
get_ink (const guint8 *digit,
         double        x,
         double        y)
{
  double sum = 0.0;

  for (int k = 0; k < 4; k++)
    {
      int column = (int) floor (x) + k % 2;
      int row = (int) floor (y) + k / 2;

      if (column >= 0 && row >= 0 && column < SIDE && row < SIDE)
        sum += digit[row * SIDE + column] * (1.0 - fabs (x - column)) * (1.0 - fabs (y - row));
    }

  return sum;
}

/* A digit, @scale times as large, sharpened, turned by @angle, its frame's corner at
 * (@left, @top): and where its ink is. */
static void
write_digit (Sheet        *sheet,
             const guint8 *digit,
             double        scale,
             double        angle,
             gsize         left,
             gsize         top)
{
  const gsize side = (gsize) (scale * SIDE);
  Place place = { G_MAXSIZE, G_MAXSIZE, 0, 0, digit };
  gsize right = 0, bottom = 0;

  for (gsize y = 0; y < side; y++)
    for (gsize x = 0; x < side; x++)
      {
        double dx = (double) x / scale - 13.5, dy = (double) y / scale - 13.5;
        double ink = get_ink (digit, dx * cos (angle) - dy * sin (angle) + 13.5,
                              dx * sin (angle) + dy * cos (angle) + 13.5);
        guint8 value = (guint8) CLAMP ((ink - 128.0) * scale + 128.0, 0.0, 255.0);
        guint8 *at = sheet->ink + (top + y) * WIDTH + left + x;

        if (value == 0)
          continue;
        *at = MAX (*at, value);
        place.x = MIN (place.x, left + x);
        place.y = MIN (place.y, top + y);
        right = MAX (right, left + x + 1);
        bottom = MAX (bottom, top + y + 1);
      }

  place.width = right - place.x;
  place.height = bottom - place.y;
  sheet->places[sheet->n++] = place;
}

/* Rows of digits of the built-in set. */
static void
write_sheet (Sheet       *sheet,
             const DsSet *set,
             MlpRandom   *random)
{
  memset (sheet, 0, sizeof (*sheet));
  for (gsize top = 10; top + 110 < HEIGHT; top += 110)
    {
      gsize left = 10;

      while (left + 110 < WIDTH)
        {
          const guint8 *digit = mlp_samples_peek_bytes (set->samples, mlp_random_below (random, set->n_train));
          double scale = 2.4 + mlp_random_uniform (random);

          write_digit (sheet, digit, scale, 0.3 * (mlp_random_uniform (random) - 0.5), left,
                       top + mlp_random_below (random, 10));
          left = sheet->places[sheet->n - 1].x + sheet->places[sheet->n - 1].width + mlp_random_below (random, 12);
        }
    }
}

/* Intersection over union */
static double
compare (const InkSegment *segment,
         const Place      *place)
{
  double across = (double) MIN (segment->x + segment->width, place->x + place->width) - (double) MAX (segment->x,
                                                                                                      place->x);
  double down = (double) MIN (segment->y + segment->height, place->y + place->height) - (double) MAX (segment->y,
                                                                                                      place->y);
  double both = MAX (across, 0.0) * MAX (down, 0.0);

  return both / ((double) (segment->width * segment->height + place->width * place->height) - both);
}

/* How many of a sheet's digits were found; @n_in_order: and follow the one before. */
static gsize
count_found (const Sheet *sheet,
             GArray      *segments,
             gsize       *n_in_order)
{
  gsize n = 0;
  gssize before = -1;

  for (gsize i = 0; i < sheet->n; i++)
    for (guint k = 0; k < segments->len; k++)
      {
        if (compare (&g_array_index (segments, InkSegment, k), &sheet->places[i]) <= 0.7)
          continue;
        n++;
        *n_in_order += (gssize) k > before;
        before = k;
        break;
      }

  return n;
}

static void
test_rows (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, &error);
  g_autofree Sheet *sheet = g_new (Sheet, 1);
  gsize n = 0, n_found = 0, n_segments = 0, n_in_order = 0;
  MlpRandom random;

  g_assert_no_error (error);
  mlp_random_seed (&random, 1, 0);
  for (gsize round = 0; round < 20; round++)
    {
      g_autoptr(GArray) segments = NULL;

      write_sheet (sheet, set, &random);
      segments = ink_segments_find (sheet->ink, WIDTH, HEIGHT, WIDTH);
      n += sheet->n;
      n_segments += segments->len;
      n_found += count_found (sheet, segments, &n_in_order);
    }

  g_test_message ("%u of %u digits found, %u segments, %u in order", (guint) n_found, (guint) n, (guint) n_segments,
                  (guint) n_in_order);
  g_assert_cmpuint (n, >, 400);
  g_assert_cmpuint (n_found * 100, >=, n * 97);
  g_assert_cmpuint (n_segments * 100, <=, n * 103);
  g_assert_cmpuint (n_in_order, ==, n_found);
}

/* The frame is that of the digit alone, whatever stands beside it. */
static void
test_frame (void)
{
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autofree Sheet *sheet = g_new0 (Sheet, 1);
  g_autofree Sheet *alone = g_new0 (Sheet, 1);
  g_autoptr(GArray) segments = NULL;
  guint8 frame[N_FRAME];

  write_digit (alone, mlp_samples_peek_bytes (set->samples, 3), 3.0, 0.2, 100, 100);
  g_assert_true (ink_frame_from_ink (alone->ink, WIDTH, HEIGHT, WIDTH, frame, NULL));

  write_digit (sheet, mlp_samples_peek_bytes (set->samples, 3), 3.0, 0.2, 100, 100);
  write_digit (sheet, mlp_samples_peek_bytes (set->samples, 4), 3.0, 0.0, 170, 105);
  segments = ink_segments_find (sheet->ink, WIDTH, HEIGHT, WIDTH);
  g_assert_cmpuint (segments->len, ==, 2);
  g_assert_cmpmem (g_array_index (segments, InkSegment, 0).frame, N_FRAME, frame, N_FRAME);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 0).x, ==, sheet->places[0].x);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 0).height, ==, sheet->places[0].height);
}

static void
fill (guint8 *ink,
      gsize   x,
      gsize   y,
      gsize   width,
      gsize   height)
{
  for (gsize row = y; row < y + height; row++)
    memset (ink + row * WIDTH + x, 255, width);
}

static void
test_parts (void)
{
  g_autofree guint8 *ink = g_malloc0 (WIDTH * HEIGHT);
  g_autoptr(GArray) segments = NULL;
  const InkSegment *segment;

  fill (ink, 100, 100, 40, 8);      /* a bar and what it belongs to */
  fill (ink, 102, 114, 8, 66);
  fill (ink, 200, 100, 8, 80);      /* a neighbour that is nearer than the bar */
  fill (ink, 212, 100, 8, 80);
  fill (ink, 300, 100, 8, 80);      /* two that touch */
  fill (ink, 300, 172, 130, 8);
  fill (ink, 422, 100, 8, 80);
  fill (ink, 500, 120, 6, 6);       /* a speck, and a line */
  fill (ink, 500, 150, 90, 3);
  fill (ink, 100, 260, 8, 80);      /* another line of digits */

  segments = ink_segments_find (ink, WIDTH, HEIGHT, WIDTH);
  g_assert_cmpuint (segments->len, ==, 6);

  segment = &g_array_index (segments, InkSegment, 0);
  g_assert_cmpuint (segment->x, ==, 100);
  g_assert_cmpuint (segment->y, ==, 100);
  g_assert_cmpuint (segment->width, ==, 40);
  g_assert_cmpuint (segment->height, ==, 80);
  for (guint i = 0; i < 5; i++)
    g_assert_cmpuint (g_array_index (segments, InkSegment, i).line, ==, 0);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 1).x, ==, 200);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 2).x, ==, 212);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 3).x, ==, 300);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 4).x, ==,
                    300 + g_array_index (segments, InkSegment, 3).width);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 4).x + g_array_index (segments, InkSegment, 4).width, ==, 430);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 5).line, ==, 1);
}

static void
test_little (void)
{
  g_autofree guint8 *ink = g_malloc0 (WIDTH * HEIGHT);
  g_autoptr(GArray) none = ink_segments_find (ink, WIDTH, HEIGHT, WIDTH);
  g_autoptr(GArray) one = NULL;
  g_autoptr(GArray) many = NULL;
  g_autoptr(GArray) nothing = ink_segments_find (ink, 0, 0, 0);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (nothing->len, ==, 0);

  ink[WIDTH * HEIGHT - 1] = 255;
  one = ink_segments_find (ink, WIDTH, HEIGHT, WIDTH);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpuint (g_array_index (one, InkSegment, 0).x, ==, WIDTH - 1);
  g_assert_cmpuint (g_array_index (one, InkSegment, 0).height, ==, 1);

  /* Every second pixel of every second row. */
  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    ink[i] = i % 2 == 0 && i / WIDTH % 2 == 0 ? 255 : 0;
  many = ink_segments_find (ink, WIDTH, HEIGHT, WIDTH);
  g_assert_cmpuint (many->len, >, 0);
  g_assert_cmpuint (many->len, <=, INK_SEGMENTS_MAX);
}

/* Every row may be longer than the picture: what is behind it does not count. */
static void
test_stride (void)
{
  guint8 ink[20 * 30];
  g_autoptr(GArray) segments = NULL;

  memset (ink, 255, sizeof ink);
  for (gsize y = 0; y < 20; y++)
    memset (ink + y * 30, y == 4 ? 255 : 0, 21);
  segments = ink_segments_find (ink, 21, 20, 30);
  g_assert_cmpuint (segments->len, ==, 1);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 0).width, ==, 21);
  g_assert_cmpuint (g_array_index (segments, InkSegment, 0).y, ==, 4);
}

/* How light falls on a sheet; x and y from 0 to 1 */
typedef double (*Light) (double x,
                         double y);

static double
light_even (double x,
            double y)
{
  return 1.0;
}

static double
light_gradient (double x,
                double y)
{
  return 1.0 - 0.35 * x - 0.25 * y;
}

static double
light_vignette (double x,
                double y)
{
  return 1.0 - ((x - 0.5) * (x - 0.5) + (y - 0.5) * (y - 0.5));
}

/* A shadow with a hard edge, and half the light in it. */
static double
light_shadow (double x,
              double y)
{
  return x + 0.4 * y < 0.7 ? 0.5 : 1.0;
}

typedef struct
{
  const char *name;
  Light       light;
  int         paper, ink;
  int         noise;
} Case;

static const Case cases[] = {
  { "paper", light_even, 255, 0, 0 },
  { "screen", light_even, 0, 255, 0 },
  { "gradient", light_gradient, 230, 50, 6 },
  { "vignette", light_vignette, 230, 50, 6 },
  { "shadow", light_shadow, 230, 50, 6 },
  { "pencil", light_shadow, 240, 130, 4 },
  { "board", light_gradient, 60, 200, 6 },
  { "board-shadow", light_shadow, 60, 220, 6 },
};

/* The digits are found as well as on the ink itself, and their frames are those of the
 * ink but for a little. */
static void
test_light (gconstpointer data)
{
  const Case *c = data;
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, NULL);
  g_autofree Sheet *sheet = g_new (Sheet, 1);
  g_autofree guint8 *grey = g_malloc (WIDTH * HEIGHT);
  g_autofree guint8 *ink = g_malloc (WIDTH * HEIGHT);
  gsize n = 0, n_found = 0, n_segments = 0, n_in_order = 0;
  double difference = 0.0;
  MlpRandom random;

  mlp_random_seed (&random, 2, 0);
  for (gsize round = 0; round < 5; round++)
    {
      g_autoptr(GArray) expected = NULL;
      g_autoptr(GArray) segments = NULL;

      write_sheet (sheet, set, &random);
      for (gsize i = 0; i < WIDTH * HEIGHT; i++)
        {
          double share = sheet->ink[i] / 255.0;
          double value = (c->paper + share * (c->ink - c->paper))
                         * c->light ((double) (i % WIDTH) / WIDTH, (double) (i / WIDTH) / HEIGHT);

          grey[i] = (guint8) CLAMP (value + c->noise * (mlp_random_uniform (&random) - 0.5), 0.0, 255.0);
        }

      ink_binarise (grey, WIDTH, HEIGHT, WIDTH, ink);
      expected = ink_segments_find (sheet->ink, WIDTH, HEIGHT, WIDTH);
      segments = ink_segments_find (ink, WIDTH, HEIGHT, WIDTH);
      n += sheet->n;
      n_segments += segments->len;
      n_found += count_found (sheet, segments, &n_in_order);

      if (segments->len == expected->len)
        for (guint k = 0; k < segments->len; k++)
          for (gsize i = 0; i < N_FRAME; i++)
            difference += abs (g_array_index (segments, InkSegment, k).frame[i] -
                               g_array_index (expected, InkSegment, k).frame[i]) / 255.0 / N_FRAME;
    }

  g_test_message ("%u of %u digits found, %u segments, frames differ by %.2f %%", (guint) n_found, (guint) n,
                  (guint) n_segments, 100.0 * difference / (double) n);
  g_assert_cmpuint (n_found * 100, >=, n * 95);
  g_assert_cmpuint (n_segments * 100, <=, n * 104);
  g_assert_cmpfloat (difference / (double) n, <, 0.03);
}

/* One digit less than there may be, and then a piece that would be cut into four. */
static void
test_too_many (void)
{
  const gsize n_columns = 50, n_rows = 10, cell = 12;
  g_autofree guint8 *ink = g_malloc0 (WIDTH * HEIGHT);
  g_autoptr(GArray) segments = NULL;

  for (gsize i = 0; i < INK_SEGMENTS_MAX - 1; i++)
    fill (ink, i % n_columns * cell + 2, i / n_columns * 2 * cell + 2, 7, 14);
  for (gsize i = 0; i < 4; i++)
    fill (ink, 10 + 12 * i, n_rows * 2 * cell + 2, 7, 14);
  fill (ink, 10, n_rows * 2 * cell + 9, 43, 1);

  segments = ink_segments_find (ink, WIDTH, HEIGHT, WIDTH);
  g_assert_cmpuint (segments->len, ==, INK_SEGMENTS_MAX);

  /* It is, where there is room. */
  memset (ink, 0, WIDTH * 2 * cell);
  g_clear_pointer (&segments, g_array_unref);
  segments = ink_segments_find (ink, WIDTH, HEIGHT, WIDTH);
  g_assert_cmpuint (segments->len, ==, INK_SEGMENTS_MAX - 1 - n_columns + 4);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ink/segments/rows", test_rows);
  g_test_add_func ("/ink/segments/frame", test_frame);
  g_test_add_func ("/ink/segments/parts", test_parts);
  g_test_add_func ("/ink/segments/little", test_little);
  g_test_add_func ("/ink/segments/stride", test_stride);
  g_test_add_func ("/ink/segments/too-many", test_too_many);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ink/segments/light/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_light);
    }

  return g_test_run ();
}
