/* mlp-choice-private.h: one thread or all, whichever is faster just now.
 *
 * Both give the same; what else the machine does decides which is faster. So a
 * job that comes again and again is timed: both ways take turns for a while, then
 * the faster one has the rest of the round.
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
  guint    n_round;       /* jobs in a round */

  guint    n_done;        /* of the round */
  gint64   time_alone;
  gint64   time_shared;
  gboolean is_alone;     /* what was chosen last */
} MlpChoice;

/* Before the first job, which is like no other: it is shared, and not timed. */
void     mlp_choice_init (MlpChoice *choice,
                          guint      n_turn,
                          guint      n_timed,
                          guint      n_round);

/* Before a job. Returns: whether one thread is to do it alone */
gboolean mlp_choice_make (MlpChoice *choice);

/* After it: how long it took. */
void     mlp_choice_add  (MlpChoice *choice,
                          gint64     time);

G_END_DECLS
