/* task-util.h: results, and where objects go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "test-util.h"

/* The result of something asynchronous. */
typedef struct
{
  GAsyncResult *result;
  guint         n_calls;
} Answer;

/* A GAsyncReadyCallback; user_data is an Answer. */
void          answer_take        (GObject      *object,
                                  GAsyncResult *result,
                                  gpointer      user_data);

/* Waits for it and empties @answer. (transfer full) */
GAsyncResult *answer_wait        (Answer       *answer);

/* Counts objects that are finalized in the thread that watches, and in others. */
typedef struct
{
  GThread *thread;
  int      n_here;        /* atomic */
  int      n_elsewhere;
} FinalizeWatch;

void          finalize_watch_init (FinalizeWatch *watch);
void          finalize_watch_add  (FinalizeWatch *watch,
                                   gpointer       object);

/* For handlers: ++*user_data. */
void          count_calls         (gpointer       user_data);
