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
#include "datasets/ds-redrawn.h"
#include "ink/ink-stroke-width.h"

/* A pixel of the frame, in the unit of dots. */
#define PIXEL (INK_PAD_SCALE * INK_DOT_UNIT)
#define SIDE  (INK_PAD_SIDE * INK_DOT_UNIT)

/* The thinnest pen leaves half a pixel of the frame. */
#define MIN_RADIUS (PIXEL / 4)

/* Digits a thread takes at a time, and between two looks at the progress. */
#define PIECE  32
#define STRIDE (16 * PIECE)

static const char *names[DS_N_REDRAWN] = { "none", "shifted", "small", "thin", "tilted", "sloppy" };

const char *
ds_redrawn_get_name (DsRedrawn sloppy)
{
  g_return_val_if_fail ((guint) sloppy < DS_N_REDRAWN, NULL);

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
ds_redrawn_choose (DsRedrawn      sloppy,
                   guint64        seed,
                   guint64        item,
                   DsRedrawnForm *form)
{
  MlpRandom random;

  *form = (DsRedrawnForm) { .size = 1.0 };

  switch (sloppy)
    {
    case DS_REDRAWN_NONE:
      break;

    case DS_REDRAWN_SHIFTED:
      form->x = 4.0;
      form->y = 4.0;
      break;

    case DS_REDRAWN_SMALL:
      form->size = 0.5;
      break;

    case DS_REDRAWN_THIN:
      form->thinner = 1.0;
      break;

    case DS_REDRAWN_TILTED:
      form->tilt = 15.0;
      break;

    case DS_REDRAWN_USER:
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
choose_radius (const InkDot        *dot,
               const DsRedrawnForm *form)
{
  if (form->pen > 0.0)
    return (int) lround (form->pen * PIXEL / 2.0);

  return MAX (dot->radius - (int) lround (form->thinner * PIXEL / 2.0), MIN (dot->radius, MIN_RADIUS));
}

/* A dot turned and made larger around the middle of the pad. */
static InkDot
place_dot (const InkDot        *dot,
           const DsRedrawnForm *form)
{
  const double angle = form->tilt * G_PI / 180.0;
  const double cosine = form->size * cos (angle);
  const double sine = form->size * sin (angle);
  const double x = dot->x - SIDE / 2.0;
  const double y = dot->y - SIDE / 2.0;

  return (InkDot) {
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
stamp_dot (guint8       *ink,
           const InkDot *dot)
{
  const int first_x = MAX ((dot->x - dot->radius) / INK_DOT_UNIT, 0);
  const int first_y = MAX ((dot->y - dot->radius) / INK_DOT_UNIT, 0);
  const int last_x = MIN ((dot->x + dot->radius) / INK_DOT_UNIT, INK_PAD_SIDE - 1);
  const int last_y = MIN ((dot->y + dot->radius) / INK_DOT_UNIT, INK_PAD_SIDE - 1);

  for (int y = first_y; y <= last_y; y++)
    for (int x = first_x; x <= last_x; x++)
      {
        const int dx = x * INK_DOT_UNIT + INK_DOT_UNIT / 2 - dot->x;
        const int dy = y * INK_DOT_UNIT + INK_DOT_UNIT / 2 - dot->y;

        if (dx * dx + dy * dy <= dot->radius * dot->radius)
          ink[y * INK_PAD_SIDE + x] = 255;
      }
}

void
ds_redrawn_draw (const InkSkeleton   *skeleton,
                 const DsRedrawnForm *form,
                 guint8              *ink)
{
  int low_x = G_MAXINT, high_x = G_MININT;
  int low_y = G_MAXINT, high_y = G_MININT;
  int way_x = (int) lround (form->x * PIXEL);
  int way_y = (int) lround (form->y * PIXEL);

  g_return_if_fail (skeleton != NULL && form != NULL && ink != NULL);

  memset (ink, 0, INK_PAD_SIDE * INK_PAD_SIDE);
  if (skeleton->n_dots == 0)
    return;

  for (gsize i = 0; i < skeleton->n_dots && form->anywhere; i++)
    {
      InkDot dot = place_dot (&skeleton->dots[i], form);

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

  for (gsize i = 0; i < skeleton->n_dots; i++)
    {
      InkDot dot = place_dot (&skeleton->dots[i], form);

      dot.x += way_x;
      dot.y += way_y;
      stamp_dot (ink, &dot);
    }
}

typedef struct
{
  const DsSet   *set;
  const guint32 *items;
  DsRedrawn      sloppy;
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
  g_autofree InkSkeleton *skeleton = g_new (InkSkeleton, 1);
  guint8 ink[INK_PAD_SIDE * INK_PAD_SIDE];

  for (gsize i = begin; i < end; i++)
    {
      DsRedrawnForm form;

      ink_skeleton_find (mlp_samples_peek_bytes (job->set->samples, job->items[i]), skeleton);
      ds_redrawn_choose (job->sloppy, job->seed, job->items[i], &form);
      ds_redrawn_draw (skeleton, &form, ink);
      ink_stroke_width_to_frame (ink, INK_PAD_SIDE, INK_PAD_SIDE, INK_PAD_SIDE,
                                 job->x + i * INK_FRAME_SIZE);
    }
}

static gboolean
check_pictures (const DsSet *set,
                GError     **error)
{
  if (set->rows == INK_FRAME_SIDE && set->columns == INK_FRAME_SIDE &&
      mlp_samples_has_classes (set->samples) && mlp_samples_peek_bytes (set->samples, 0) != NULL)
    return TRUE;

  if (set->rows == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                 _("“%s” has no images; only digits of 28 × 28 pixels can be redrawn"),
                 set->name);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                 _("The images in “%s” have %u × %u pixels; only images of 28 × 28 can be redrawn"),
                 set->name, set->rows, set->columns);

  return FALSE;
}

MlpSamples *
ds_redrawn_make (const DsSet   *set,
                 const guint32 *items,
                 gsize          n_items,
                 DsRedrawn      sloppy,
                 guint64        seed,
                 IoProgressFunc progress,
                 gpointer       user_data,
                 GError       **error)
{
  const gsize n_inputs = INK_FRAME_SIZE;
  g_autoptr(MlpWorkers) workers = NULL;
  g_autofree guint8 *x = NULL;
  guint8 *classes;
  gsize size;
  Job job;

  g_return_val_if_fail (set != NULL && items != NULL && n_items > 0, NULL);
  g_return_val_if_fail ((guint) sloppy < DS_N_REDRAWN, NULL);

  if (!check_pictures (set, error))
    return NULL;

  if (g_size_checked_mul (&size, n_items, n_inputs))
    x = g_try_malloc (size);
  if (x == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE, _("%zu images do not fit into memory"), n_items);
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
          g_set_error_literal (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Redrawing the digits was cancelled"));
          return NULL;
        }
    }

  classes = g_malloc (n_items);
  for (gsize i = 0; i < n_items; i++)
    classes[i] = (guint8) mlp_samples_get_class (set->samples, items[i]);

  return mlp_samples_new_classes (g_steal_pointer (&x), mlp_samples_get_scale (set->samples), classes, n_inputs,
                                  mlp_samples_get_n_outputs (set->samples), n_items);
}
