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
begin_round (MlpThreadTuner *tuner)
{
  tuner->n_done = 0;
  tuner->n_tried = 2 * tuner->n_timed;
  tuner->n_jobs = tuner->n_round;
  tuner->fastest_alone = tuner->time_shared = tuner->time_turn = 0;
}

void
mlp_thread_tuner_init (MlpThreadTuner *tuner,
                       guint           n_turn,
                       guint           n_timed,
                       guint           n_round)
{
  *tuner = (MlpThreadTuner) { .n_turn = n_turn, .n_timed = n_timed, .n_round = n_round };
  begin_round (tuner);
  tuner->n_done = n_round - 1;
}

/* A turn of all threads, as it was while both were tried. */
static double
get_shared_turn (const MlpThreadTuner *tuner)
{
  return (double) tuner->time_shared / (tuner->n_tried / 2 / tuner->n_turn);
}

/* After both were tried. */
static void
choose_threads (MlpThreadTuner *tuner)
{
  const double alone = (double) tuner->fastest_alone;
  const double shared = get_shared_turn (tuner);

  tuner->is_alone = shared > MOST_TIME * alone;

  if (tuner->is_alone && alone > 0.0)
    {
      const double lost = (shared - alone) / alone * tuner->n_tried / 2.0;     /* jobs */

      tuner->n_jobs = (guint) CLAMP (tuner->n_tried + lost / MOST_LOSS, tuner->n_round, G_MAXINT32);
    }
}

gboolean
mlp_thread_tuner_make (MlpThreadTuner *tuner)
{
  if (tuner->n_done < tuner->n_tried)
    tuner->is_alone = tuner->n_done / tuner->n_turn % 2 == 0;
  else if (tuner->n_done == tuner->n_tried)
    choose_threads (tuner);

  return tuner->is_alone;
}

static gboolean
is_far_slower (const MlpThreadTuner *tuner,
               double                time)
{
  return tuner->fastest_alone > 0 && time > FAR_SLOWER * (double) tuner->fastest_alone;
}

static void
end_turn (MlpThreadTuner *tuner)
{
  const gint64 time = tuner->time_turn;

  tuner->time_turn = 0;

  if (tuner->n_done > tuner->n_tried)
    {
      if (!tuner->is_alone && is_far_slower (tuner, (double) time))
        tuner->n_done = tuner->n_jobs;
    }
  else if (tuner->is_alone)
    {
      if (tuner->fastest_alone == 0 || time < tuner->fastest_alone)
        tuner->fastest_alone = time;
    }
  else
    {
      tuner->time_shared += time;
      if (is_far_slower (tuner, (double) time))
        tuner->n_tried = tuner->n_done;
    }
}

void
mlp_thread_tuner_add (MlpThreadTuner *tuner,
                      gint64          time)
{
  tuner->n_done++;
  tuner->time_turn += time;

  if (tuner->n_done % tuner->n_turn == 0)
    end_turn (tuner);

  if (tuner->n_done >= tuner->n_jobs)
    begin_round (tuner);
}
