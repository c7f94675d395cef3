/* mlp-thread-tuner-private.h: automatic choice between one thread and all, by timing.
 *
 * Both give the same; what else the machine does decides which is faster. So a
 * job that comes again and again is timed: both ways take turns for a while, then
 * the faster one has the rest of the round.
 *
 * One thread is judged by its fastest turn and all by their mean: others who take a
 * processor away for a while make one look slow that is not, but whoever shares has
 * to wait for the slowest.
 *
 * Trying must not cost much. Where all threads are far slower, because others have
 * the processors, they are not tried to the end, and the more it cost, the longer
 * it is until the next round. Where they become so, the round ends.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint    n_turn;        /* jobs in a row that one way has while both are timed */
  guint    n_timed;       /* jobs of each way that are timed, a multiple of n_turn */
  guint    n_round;       /* jobs in a round, unless trying cost much */

  guint    n_done;        /* jobs of this round */
  guint    n_tried;       /* of those, while both ways are timed */
  gint64   fastest_alone; /* turn of the tried ones */
  gint64   time_shared;   /* of the tried ones */
  gint64   time_turn;     /* of the running turn */
  guint    n_jobs;        /* in this round */
  gboolean is_alone;      /* what was chosen last */
} MlpThreadTuner;

/* Before the first job, which is like no other: it is shared, and not timed. */
void     mlp_thread_tuner_init (MlpThreadTuner *tuner,
                                guint           n_turn,
                                guint           n_timed,
                                guint           n_round);

/* Before a job. Returns: whether one thread is to do it alone */
gboolean mlp_thread_tuner_make (MlpThreadTuner *tuner);

/* After it: how long it took. */
void     mlp_thread_tuner_add  (MlpThreadTuner *tuner,
                                gint64          time);

G_END_DECLS
