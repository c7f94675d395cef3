/* pz-latest.h: background work of which only the newest counts.
 *
 * A network is asked about a drawing with every stroke, and another image is chosen while one
 * is read: of such questions one at most is to be answered, the newest. The work
 * runs in a thread of pz-task.h; the main thread asks, hears the answer and may do both as
 * often as it likes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where nothing else is said: at nice 19, and one thread at a time, so that what the threads
 * write into may be lent from one question to the next. */
typedef enum
{
  PZ_LATEST_NONE    = 0,
  PZ_LATEST_URGENT  = 1 << 0,   /* somebody waits for it: at the program's own nice value */
  PZ_LATEST_AT_ONCE = 1 << 1,   /* begins even while the thread of a dropped question still runs, as it may for
                                 * long in a file on a server that is gone */
} PzLatestFlags;

typedef struct _PzLatest PzLatest;

/**
 * PzLatestWork:
 * @data: the question's: of the thread alone while it runs. The answer is left in it, too
 * @cancellable: cancelled when nobody wants the answer any more
 *
 * Runs in the thread. What was cancelled may return anything.
 *
 * Returns: %FALSE with @error set, where there is no answer
 */
typedef gboolean (*PzLatestWork) (gpointer      data,
                                  GCancellable *cancellable,
                                  GError      **error);

/**
 * PzLatestDone:
 * @data: the question's: what is wanted of it is taken out, the rest is freed after the call
 * @error: (nullable): why there is no answer: what the work said, or that no thread could be started
 * @owner: whose question it was
 *
 * Called in the main context that the question was submitted in, for the answers that count. It may submit,
 * cancel and free; one that emits several signals holds @owner meanwhile.
 */
typedef void (*PzLatestDone) (gpointer      data,
                              const GError *error,
                              gpointer      owner);

/* @owner: for @done; borrowed: it frees the questions when it is disposed of, and nothing arrives after that */
PzLatest *pz_latest_new       (PzLatestFlags  flags,
                               gpointer       owner);

/* (nullable): cancels, too */
void      pz_latest_free      (PzLatest      *self);

/**
 * pz_latest_submit:
 * @work: runs in a thread
 * @data: (transfer full): for @work and @done
 * @free_data: (nullable): frees @data, once, in the main context, whatever becomes of the question
 * @done: (nullable): called with the answer
 *
 * Drops the questions before: the running one is cancelled, and its answer never arrives.
 */
void      pz_latest_submit    (PzLatest      *self,
                               PzLatestWork   work,
                               gpointer       data,
                               GDestroyNotify free_data,
                               PzLatestDone   done);

/* The same question again, about newer things: the running one goes on, and its answer arrives, too; then
 * this one begins. Of those that wait only the newest is kept. So answers arrive even where questions are
 * asked faster than they can be answered, as about a network in training. */
void      pz_latest_follow    (PzLatest      *self,
                               PzLatestWork   work,
                               gpointer       data,
                               GDestroyNotify free_data,
                               PzLatestDone   done);

/* Drops all questions. */
void      pz_latest_cancel    (PzLatest      *self);

/* Whether an answer is to come. */
gboolean  pz_latest_get_busy  (PzLatest      *self);

/* (nullable): the data of the question that runs and whose answer is to come, for what its thread tells of its
 * progress in atomic fields */
gpointer  pz_latest_peek_data (PzLatest      *self);

G_END_DECLS
