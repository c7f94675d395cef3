/* pz-latest.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/pz-latest.h"
#include "model/pz-task.h"

/* Of the main thread; but the work and its data are the thread's while it runs. */
typedef struct
{
  PzLatest      *latest;           /* (nullable): which waits for the end of the thread */
  gboolean       dropped;          /* nobody wants the answer */
  GCancellable  *cancellable;

  PzLatestWork   work;
  gpointer       data;
  GDestroyNotify free_data;
  PzLatestDone   done;
} Question;

struct _PzLatest
{
  PzLatestFlags flags;
  gpointer      owner;

  Question     *running;           /* (nullable) */
  Question     *waiting;           /* (nullable) */
};

static Question *
question_new (PzLatestWork   work,
              gpointer       data,
              GDestroyNotify free_data,
              PzLatestDone   done)
{
  Question *question = g_new0 (Question, 1);

  question->cancellable = g_cancellable_new ();
  question->work = work;
  question->data = data;
  question->free_data = free_data;
  question->done = done;

  return question;
}

static void
question_free (Question *question)
{
  if (question->free_data != NULL)
    question->free_data (question->data);
  g_object_unref (question->cancellable);
  g_free (question);
}

/* Worker thread. */
static void
run_question (GTask        *worker,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Question *question = task_data;
  GError *error = NULL;

  if (question->work (question->data, cancellable, &error))
    pz_task_return_pointer (worker, NULL, NULL);
  else if (error != NULL)
    g_task_return_error (worker, error);
  else
    g_task_return_new_error (worker, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
}

static void on_question_ended (GObject      *object,
                               GAsyncResult *result,
                               gpointer      user_data);

static void
start_question (PzLatest *self,
                Question *question)
{
  GTask *task = g_task_new (NULL, question->cancellable, on_question_ended, question);

  g_task_set_source_tag (task, pz_latest_submit);
  question->latest = self;
  self->running = question;
  if (self->flags & PZ_LATEST_URGENT)
    pz_task_run_urgent (task, run_question, question, NULL, NULL, NULL);
  else
    pz_task_run (task, run_question, question, NULL, NULL, NULL);
}

/* Main thread. What waits begins first: the answer's handler sees that, and may free all of it. */
static void
on_question_ended (GObject      *object,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  Question *question = user_data;
  PzLatest *self = question->latest;
  g_autoptr(GError) error = NULL;

  g_task_propagate_pointer (G_TASK (result), &error);

  if (self != NULL)
    {
      const gpointer owner = self->owner;

      self->running = NULL;
      if (self->waiting != NULL)
        start_question (self, g_steal_pointer (&self->waiting));
      if (!question->dropped && question->done != NULL)
        question->done (question->data, error, owner);
    }

  question_free (question);
}

PzLatest *
pz_latest_new (PzLatestFlags flags,
               gpointer      owner)
{
  PzLatest *self = g_new0 (PzLatest, 1);

  self->flags = flags;
  self->owner = owner;

  return self;
}

void
pz_latest_free (PzLatest *self)
{
  if (self == NULL)
    return;

  pz_latest_cancel (self);
  if (self->running != NULL)
    self->running->latest = NULL;
  g_free (self);
}

void
pz_latest_submit (PzLatest      *self,
                  PzLatestWork   work,
                  gpointer       data,
                  GDestroyNotify free_data,
                  PzLatestDone   done)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (work != NULL);

  pz_latest_cancel (self);
  pz_latest_follow (self, work, data, free_data, done);
}

void
pz_latest_follow (PzLatest      *self,
                  PzLatestWork   work,
                  gpointer       data,
                  GDestroyNotify free_data,
                  PzLatestDone   done)
{
  Question *question;

  g_return_if_fail (self != NULL);
  g_return_if_fail (work != NULL);

  question = question_new (work, data, free_data, done);
  if (self->running == NULL)
    {
      start_question (self, question);
      return;
    }

  g_clear_pointer (&self->waiting, question_free);
  self->waiting = question;
}

void
pz_latest_cancel (PzLatest *self)
{
  Question *running;

  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->waiting, question_free);
  running = self->running;
  if (running == NULL || running->dropped)
    return;

  running->dropped = TRUE;
  if (self->flags & PZ_LATEST_AT_ONCE)
    {
      running->latest = NULL;
      self->running = NULL;
    }
  g_cancellable_cancel (running->cancellable);
}

gboolean
pz_latest_get_busy (PzLatest *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->waiting != NULL || (self->running != NULL && !self->running->dropped);
}

gpointer
pz_latest_peek_data (PzLatest *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->running != NULL && !self->running->dropped ? self->running->data : NULL;
}
