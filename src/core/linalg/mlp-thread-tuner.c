/* mlp-thread-tuner.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/linalg/mlp-thread-tuner-private.h"

/* Of the time of one thread: all have to be clearly faster, they are in somebody's
 * way; and so long is far slower. */
#define MOST_TIME 0.95
#define FAR_SLOWER 2.0

/* The share of the time that may be lost by trying. */
#define MOST_LOSS 0.04

static void
begin_round (MlpThreadTuner *choice)
{
  choice->n_done = 0;
  choice->n_tried = 2 * choice->n_timed;
  choice->n_jobs = choice->n_round;
  choice->fastest_alone = choice->time_shared = choice->time_turn = 0;
}

void
mlp_thread_tuner_init (MlpThreadTuner *choice,
                       guint           n_turn,
                       guint           n_timed,
                       guint           n_round)
{
  *choice = (MlpThreadTuner) { .n_turn = n_turn, .n_timed = n_timed, .n_round = n_round };
  begin_round (choice);
  choice->n_done = n_round - 1;
}

/* A turn of all threads, as it was while both were tried. */
static double
get_shared_turn (const MlpThreadTuner *choice)
{
  return (double) choice->time_shared / (choice->n_tried / 2 / choice->n_turn);
}

/* After both were tried. */
static void
decide (MlpThreadTuner *choice)
{
  const double alone = (double) choice->fastest_alone;
  const double shared = get_shared_turn (choice);

  choice->is_alone = shared > MOST_TIME * alone;

  if (choice->is_alone && alone > 0.0)
    {
      const double lost = (shared - alone) / alone * choice->n_tried / 2.0;     /* jobs */

      choice->n_jobs = (guint) CLAMP (choice->n_tried + lost / MOST_LOSS, choice->n_round, G_MAXINT32);
    }
}

gboolean
mlp_thread_tuner_make (MlpThreadTuner *choice)
{
  if (choice->n_done < choice->n_tried)
    choice->is_alone = choice->n_done / choice->n_turn % 2 == 0;
  else if (choice->n_done == choice->n_tried)
    decide (choice);

  return choice->is_alone;
}

static gboolean
is_far_slower (const MlpThreadTuner *choice,
               double                time)
{
  return choice->fastest_alone > 0 && time > FAR_SLOWER * (double) choice->fastest_alone;
}

static void
end_turn (MlpThreadTuner *choice)
{
  const gint64 time = choice->time_turn;

  choice->time_turn = 0;

  if (choice->n_done > choice->n_tried)
    {
      if (!choice->is_alone && is_far_slower (choice, (double) time))
        choice->n_done = choice->n_jobs;
    }
  else if (choice->is_alone)
    {
      if (choice->fastest_alone == 0 || time < choice->fastest_alone)
        choice->fastest_alone = time;
    }
  else
    {
      choice->time_shared += time;
      if (is_far_slower (choice, (double) time))
        choice->n_tried = choice->n_done;
    }
}

void
mlp_thread_tuner_add (MlpThreadTuner *choice,
                      gint64          time)
{
  choice->n_done++;
  choice->time_turn += time;

  if (choice->n_done % choice->n_turn == 0)
    end_turn (choice);

  if (choice->n_done >= choice->n_jobs)
    begin_round (choice);
}
