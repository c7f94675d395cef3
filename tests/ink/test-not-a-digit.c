/* test-not-a-digit.c: what is known of the built-in digits tells letters, scribbles and a
 * blank from them (mlp-novelty.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "core/mlp-random.h"
#include "core/net/mlp-novelty.h"
#include "datasets/ds-builtin.h"
#include "ink/ink-frame.h"

#define SIDE 112
#define PEN 5.0
#define SIZE (INK_FRAME_SIZE)

typedef struct
{
  DsSet      *set;
  MlpNovelty *novelty;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autofree guint32 *items = NULL;

  f->set = ds_builtin_open_digits (NULL);
  items = g_new (guint32, f->set->n_train);
  for (guint32 i = 0; i < f->set->n_train; i++)
    items[i] = i;
  f->novelty = mlp_novelty_new_fit (f->set->samples, items, f->set->n_train);
  g_assert_nonnull (f->novelty);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  mlp_novelty_unref (f->novelty);
  ds_set_unref (f->set);
}

static double
score_bytes (const Fixture *f,
             const guint8  *bytes)
{
  float x[SIZE];

  for (gsize i = 0; i < SIZE; i++)
    x[i] = mlp_samples_get_scale (f->set->samples) * (float) bytes[i];

  return mlp_novelty_score (f->novelty, x);
}

/* A line of a round pen; in 0 … 1 of the pad. */
static void
draw_line (guint8 *ink,
           double  x0,
           double  y0,
           double  x1,
           double  y1)
{
  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      {
        const double px = x + 0.5 - x0 * SIDE;
        const double py = y + 0.5 - y0 * SIDE;
        const double dx = (x1 - x0) * SIDE;
        const double dy = (y1 - y0) * SIDE;
        const double t = CLAMP ((px * dx + py * dy) / MAX (dx * dx + dy * dy, 1e-9), 0.0, 1.0);

        if (hypot (px - t * dx, py - t * dy) <= 0.5 * PEN)
          ink[y * SIDE + x] = 255;
      }
}

/* Strokes as pairs of digits, x and y in tenths; a blank lifts the pen. */
static double
score_strokes (const Fixture *f,
               const char    *strokes)
{
  guint8 ink[SIDE * SIDE] = { 0 };
  guint8 frame[SIZE];

  for (const char *p = strokes; p[0] != '\0' && p[1] != '\0' && p[2] != '\0';)
    {
      if (p[2] == ' ')
        {
          p += 3;
          continue;
        }

      draw_line (ink, (p[0] - '0') / 10.0, (p[1] - '0') / 10.0, (p[2] - '0') / 10.0, (p[3] - '0') / 10.0);
      p += 2;
    }
  g_assert_true (ink_frame_from_ink (ink, SIDE, SIDE, SIDE, frame, NULL));

  return score_bytes (f, frame);
}

/* Digits that nothing was fitted to are hardly ever doubted. */
static void
test_digits (Fixture      *f,
             gconstpointer data)
{
  const gsize first = f->set->n_train + f->set->n_validation;
  guint n_doubted = 0;

  for (gsize i = 0; i < f->set->n_test; i++)
    n_doubted += score_bytes (f, mlp_samples_peek_bytes (f->set->samples, first + i)) > 1.0;

  g_assert_cmpuint (n_doubted, <, 4 * f->set->n_test / 100);
}

/* A E F H K M N R T W X Y, which no digit looks like. */
static void
test_letters (Fixture      *f,
              gconstpointer data)
{
  static const char *const letters[] = {
    "285288 3676", "82222888 2575", "822228 2575", "2228 8288 2585", "2228 822588", "2822558288", "28228882",
    "2822727525 4588", "2282 5258", "2238556882", "2288 8228", "225582 5558",
  };
  guint n_doubted = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (letters); i++)
    n_doubted += score_strokes (f, letters[i]) > 1.0;

  g_assert_cmpuint (n_doubted, >=, 9);
}

/* Random walks of twelve lines, and a net of six. */
static void
test_scribbles (Fixture      *f,
                gconstpointer data)
{
  MlpRandom random;
  guint n_doubted = 0;

  mlp_random_seed (&random, 7, 0);
  for (guint i = 0; i < 40; i++)
    {
      char strokes[27];

      for (guint k = 0; k < 26; k++)
        strokes[k] = (char) ('1' + mlp_random_below (&random, 8));
      strokes[26] = '\0';
      n_doubted += score_strokes (f, strokes) > 1.0;
    }

  g_assert_cmpuint (n_doubted, >=, 24);
  g_assert_cmpfloat (score_strokes (f, "2228 5258 8288 2282 2585 2888"), >, 1.0);
}

static void
test_blank (Fixture      *f,
            gconstpointer data)
{
  const guint8 blank[SIZE] = { 0 };

  g_assert_true (isinf (score_bytes (f, blank)));
}

#define ADD(name, func) g_test_add ("/ink/not-a-digit/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("digits", test_digits);
  ADD ("letters", test_letters);
  ADD ("scribbles", test_scribbles);
  ADD ("blank", test_blank);

  return g_test_run ();
}
