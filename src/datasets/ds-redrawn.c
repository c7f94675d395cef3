/* ds-redrawn.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-random.h"
#include "core/mlp-workers.h"
#include "ink/ink-stroke-width.h"
#include "datasets/ds-redrawn.h"

/* A pixel of the frame, in the unit of dots. */
#define PIXEL (DS_PAD_SCALE * DS_DOT_UNIT)
#define SIDE  (DS_PAD_SIDE * DS_DOT_UNIT)

/* The thinnest pen leaves half a pixel of the frame. */
#define MIN_RADIUS (PIXEL / 4)

/* Digits a thread takes at a time, and between two looks at the progress. */
#define PIECE  32
#define STRIDE (16 * PIECE)

static const char *names[DS_N_SLOPPY] = { "none", "shifted", "small", "thin", "tilted", "sloppy" };

const char *
ds_sloppy_get_name (DsSloppy sloppy)
{
  g_return_val_if_fail ((guint) sloppy < DS_N_SLOPPY, NULL);

  return names[sloppy];
}

static double
draw_lot (MlpRandom *random,
          double     from,
          double     to)
{
  return from + (to - from) * mlp_random_uniform (random);
}

void
ds_sloppy_choose (DsSloppy      sloppy,
                  guint64       seed,
                  guint64       item,
                  DsSloppyForm *form)
{
  MlpRandom random;

  *form = (DsSloppyForm) { .size = 1.0 };

  switch (sloppy)
    {
    case DS_SLOPPY_NONE:
      break;

    case DS_SLOPPY_SHIFTED:
      form->x = 4.0;
      form->y = 4.0;
      break;

    case DS_SLOPPY_SMALL:
      form->size = 0.5;
      break;

    case DS_SLOPPY_THIN:
      form->thinner = 1.0;
      break;

    case DS_SLOPPY_TILTED:
      form->tilt = 15.0;
      break;

    case DS_SLOPPY_USER:
      mlp_random_seed (&random, seed, item);
      form->size = draw_lot (&random, 0.45, 1.25);
      form->tilt = draw_lot (&random, -11.0, 11.0);
      form->pen = draw_lot (&random, 1.6, 4.0);
      form->anywhere = TRUE;
      form->x = mlp_random_uniform (&random);
      form->y = mlp_random_uniform (&random);
      break;

    default:
      g_return_if_reached ();
    }
}

static int
choose_radius (const DsDot        *dot,
               const DsSloppyForm *form)
{
  if (form->pen > 0.0)
    return (int) lround (form->pen * PIXEL / 2.0);

  return MAX (dot->radius - (int) lround (form->thinner * PIXEL / 2.0), MIN (dot->radius, MIN_RADIUS));
}

/* A dot turned and made larger around the middle of the pad. */
static DsDot
place (const DsDot        *dot,
       const DsSloppyForm *form)
{
  const double angle = form->tilt * G_PI / 180.0;
  const double cosine = form->size * cos (angle);
  const double sine = form->size * sin (angle);
  const double x = dot->x - SIDE / 2.0;
  const double y = dot->y - SIDE / 2.0;

  return (DsDot) {
           .x = (int) lround (SIDE / 2.0 + cosine * x - sine * y),
           .y = (int) lround (SIDE / 2.0 + sine * x + cosine * y),
           .radius = choose_radius (dot, form),
  };
}

/* How far to move what reaches from @low to @high, so that @share of the room that
 * is left lies before it; what is too large for the pad is put in its middle. */
static int
find_way (int    low,
          int    high,
          double share)
{
  const int room = SIDE - (high - low);

  return (int) lround (room * (room > 0 ? share : 0.5)) - low;
}

/* All pixels whose middle lies in the disc. */
static void
stamp (guint8      *ink,
       const DsDot *dot)
{
  const int first_x = MAX ((dot->x - dot->radius) / DS_DOT_UNIT, 0);
  const int first_y = MAX ((dot->y - dot->radius) / DS_DOT_UNIT, 0);
  const int last_x = MIN ((dot->x + dot->radius) / DS_DOT_UNIT, DS_PAD_SIDE - 1);
  const int last_y = MIN ((dot->y + dot->radius) / DS_DOT_UNIT, DS_PAD_SIDE - 1);

  for (int y = first_y; y <= last_y; y++)
    for (int x = first_x; x <= last_x; x++)
      {
        const int dx = x * DS_DOT_UNIT + DS_DOT_UNIT / 2 - dot->x;
        const int dy = y * DS_DOT_UNIT + DS_DOT_UNIT / 2 - dot->y;

        if (dx * dx + dy * dy <= dot->radius * dot->radius)
          ink[y * DS_PAD_SIDE + x] = 255;
      }
}

void
ds_sloppy_draw (const DsMidline    *midline,
                const DsSloppyForm *form,
                guint8             *ink)
{
  int low_x = G_MAXINT, high_x = G_MININT;
  int low_y = G_MAXINT, high_y = G_MININT;
  int way_x = (int) lround (form->x * PIXEL);
  int way_y = (int) lround (form->y * PIXEL);

  g_return_if_fail (midline != NULL && form != NULL && ink != NULL);

  memset (ink, 0, DS_PAD_SIDE * DS_PAD_SIDE);
  if (midline->n_dots == 0)
    return;

  for (gsize i = 0; i < midline->n_dots && form->anywhere; i++)
    {
      DsDot dot = place (&midline->dots[i], form);

      low_x = MIN (low_x, dot.x - dot.radius);
      high_x = MAX (high_x, dot.x + dot.radius);
      low_y = MIN (low_y, dot.y - dot.radius);
      high_y = MAX (high_y, dot.y + dot.radius);
    }

  if (form->anywhere)
    {
      way_x = find_way (low_x, high_x, form->x);
      way_y = find_way (low_y, high_y, form->y);
    }

  for (gsize i = 0; i < midline->n_dots; i++)
    {
      DsDot dot = place (&midline->dots[i], form);

      dot.x += way_x;
      dot.y += way_y;
      stamp (ink, &dot);
    }
}

typedef struct
{
  const DsSet   *set;
  const guint32 *items;
  DsSloppy       sloppy;
  guint64        seed;
  gsize          begin, end;
  guint8        *x;
} Job;

/* In any thread. */
static void
draw_piece (guint    piece,
            guint    thread,
            gpointer user_data)
{
  const Job *job = user_data;
  const gsize begin = job->begin + (gsize) piece * PIECE;
  const gsize end = MIN (begin + PIECE, job->end);
  g_autofree DsMidline *midline = g_new (DsMidline, 1);
  guint8 ink[DS_PAD_SIDE * DS_PAD_SIDE];

  for (gsize i = begin; i < end; i++)
    {
      DsSloppyForm form;

      ds_midline_find (mlp_samples_peek_bytes (job->set->samples, job->items[i]), midline);
      ds_sloppy_choose (job->sloppy, job->seed, job->items[i], &form);
      ds_sloppy_draw (midline, &form, ink);
      ds_digit_from_any_pen (ink, DS_PAD_SIDE, DS_PAD_SIDE, DS_PAD_SIDE,
                             job->x + i * DS_DIGIT_SIDE * DS_DIGIT_SIDE);
    }
}

static gboolean
check_pictures (const DsSet *set,
                GError     **error)
{
  if (set->rows == DS_DIGIT_SIDE && set->columns == DS_DIGIT_SIDE &&
      mlp_samples_has_classes (set->samples) && mlp_samples_peek_bytes (set->samples, 0) != NULL)
    return TRUE;

  if (set->rows == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                 _("“%s” has no pictures; only those of digits, 28 × 28 pixels each, can be drawn again"),
                 set->name);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                 _("The pictures of “%s” have %u × %u pixels; only those of 28 × 28 can be drawn again"),
                 set->name, set->rows, set->columns);

  return FALSE;
}

MlpSamples *
ds_sloppy_make (const DsSet   *set,
                const guint32 *items,
                gsize          n_items,
                DsSloppy       sloppy,
                guint64        seed,
                DsProgressFunc progress,
                gpointer       user_data,
                GError       **error)
{
  const gsize n_inputs = DS_DIGIT_SIDE * DS_DIGIT_SIDE;
  g_autoptr(MlpWorkers) workers = NULL;
  g_autofree guint8 *x = NULL;
  guint8 *classes;
  gsize size;
  Job job;

  g_return_val_if_fail (set != NULL && items != NULL && n_items > 0, NULL);
  g_return_val_if_fail ((guint) sloppy < DS_N_SLOPPY, NULL);

  if (!check_pictures (set, error))
    return NULL;

  if (g_size_checked_mul (&size, n_items, n_inputs))
    x = g_try_malloc (size);
  if (x == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("%zu pictures do not fit into memory"), n_items);
      return NULL;
    }

  workers = mlp_workers_new (g_get_num_processors ());
  if (workers == NULL)
    workers = mlp_workers_new (1);

  job = (Job) { set, items, sloppy, seed, 0, 0, x };
  while (job.begin < n_items)
    {
      job.end = MIN (job.begin + STRIDE, n_items);
      mlp_workers_run (workers, (guint) ((job.end - job.begin + PIECE - 1) / PIECE), draw_piece, &job);
      job.begin = job.end;

      if (progress != NULL && !progress ((double) job.end / (double) n_items, user_data))
        {
          g_set_error_literal (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Drawing the digits again was cancelled"));
          return NULL;
        }
    }

  classes = g_malloc (n_items);
  for (gsize i = 0; i < n_items; i++)
    classes[i] = (guint8) mlp_samples_get_class (set->samples, items[i]);

  return mlp_samples_new_classes (g_steal_pointer (&x), mlp_samples_get_scale (set->samples), classes, n_inputs,
                                  mlp_samples_get_n_outputs (set->samples), n_items);
}
