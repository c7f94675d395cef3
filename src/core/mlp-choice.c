/* mlp-choice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-choice-private.h"

/* All threads have to be clearly faster: they are in somebody's way. */
#define MOST_TIME 0.95

void
mlp_choice_init (MlpChoice *choice,
                 guint      n_turn,
                 guint      n_timed,
                 guint      n_round)
{
  *choice = (MlpChoice) { .n_turn = n_turn, .n_timed = n_timed, .n_round = n_round, .n_done = n_round - 1 };
}

gboolean
mlp_choice_make (MlpChoice *choice)
{
  if (choice->n_done < 2 * choice->n_timed)
    choice->is_alone = choice->n_done / choice->n_turn % 2 == 0;
  else if (choice->n_done == 2 * choice->n_timed)
    choice->is_alone = (double) choice->time_shared > MOST_TIME * (double) choice->time_alone;

  return choice->is_alone;
}

void
mlp_choice_add (MlpChoice *choice,
                gint64     time)
{
  if (choice->n_done >= 2 * choice->n_timed)
    time = 0;

  if (choice->is_alone)
    choice->time_alone += time;
  else
    choice->time_shared += time;

  if (++choice->n_done == choice->n_round)
    choice->n_done = choice->time_alone = choice->time_shared = 0;
}
