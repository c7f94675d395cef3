/* task-util.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "task-util.h"

void
answer_take (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  Answer *answer = user_data;

  g_assert_null (answer->result);
  answer->result = g_object_ref (result);
  answer->n_calls++;
}

GAsyncResult *
answer_wait (Answer *answer)
{
  wait_until (answer->result != NULL);

  return g_steal_pointer (&answer->result);
}

void
finalize_watch_init (FinalizeWatch *watch)
{
  *watch = (FinalizeWatch) { g_thread_self (), 0, 0 };
}

/* Called by whichever thread drops the last reference. */
static void
on_gone (gpointer user_data)
{
  FinalizeWatch *watch = user_data;

  g_atomic_int_inc (g_thread_self () == watch->thread ? &watch->n_here : &watch->n_elsewhere);
}

void
finalize_watch_add (FinalizeWatch *watch,
                    gpointer       object)
{
  g_object_set_data_full (G_OBJECT (object), "finalize-watch", watch, on_gone);
}

void
count_calls (gpointer user_data)
{
  guint *n_calls = user_data;

  ++*n_calls;
}
