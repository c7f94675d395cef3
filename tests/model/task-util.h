/* task-util.h: results, and where objects go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "test-util.h"

/* Training is at nice 19, so on a machine that others use it may take long. */
#define wait_patiently(condition)                                             \
  G_STMT_START {                                                              \
    gint64 end_ = g_get_monotonic_time () + 120 * G_TIME_SPAN_SECOND;         \
    while (!(condition))                                                      \
      {                                                                       \
        g_assert_cmpint (g_get_monotonic_time (), <, end_);                   \
        if (!g_main_context_iteration (NULL, FALSE))                          \
          g_usleep (1000);                                                    \
      }                                                                       \
  } G_STMT_END

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
