/* pz-sheet-asker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "model/pz-latest.h"
#include "model/pz-sheet-asker.h"

struct _PzSheetAsker
{
  GObject         parent_instance;

  PzProject      *project;
  PzLatest       *latest;
  PzSheet        *sheet;         /* (nullable) */
  PzSheetAnswers *answers;       /* (nullable): to it */
  char           *problem;       /* (nullable) */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzSheetAsker, pz_sheet_asker, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What goes into the thread, and what comes back. */
typedef struct
{
  PzSheet        *sheet;
  MlpNet         *net;         /* (nullable) */
  RecipeData      data;
  PzSheetAnswers *answers;     /* (nullable) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  pz_sheet_unref (question->sheet);
  g_clear_pointer (&question->net, mlp_net_free);
  recipe_data_clear (&question->data);
  g_clear_pointer (&question->answers, pz_sheet_answers_free);
  g_free (question);
}

/* Worker thread. */
static gboolean
answer_question (gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  Question *question = data;

  question->answers = pz_sheet_ask (question->sheet, question->net, &question->data, cancellable, error);

  return question->answers != NULL;
}

/* @answers: (transfer full) (nullable) */
static void
set_answers (PzSheetAsker   *self,
             PzSheetAnswers *answers,
             const char     *problem)
{
  g_clear_pointer (&self->answers, pz_sheet_answers_free);
  g_free (self->problem);
  self->answers = answers;
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Main thread. */
static void
on_answered (gpointer      data,
             const GError *error,
             gpointer      owner)
{
  Question *question = data;
  g_autofree char *problem = mlp_display_error (error);

  set_answers (owner, g_steal_pointer (&question->answers), problem);
}

/* What is asked of an earlier network is answered first. */
static void
ask_network (PzSheetAsker *self)
{
  const MlpNet *net = pz_project_peek_net (self->project);
  Question *question;

  if (self->sheet == NULL)
    return;

  if (self->sheet->segments->len == 0 && !pz_sheet_asks_whole (self->project))
    {
      pz_latest_cancel (self->latest);
      set_answers (self, NULL, _("There is no ink on this picture to be read."));
      return;
    }

  question = g_new0 (Question, 1);
  question->sheet = pz_sheet_ref (self->sheet);
  question->net = net != NULL ? mlp_net_copy (net) : NULL;
  recipe_data_copy (pz_project_peek_net_data (self->project), &question->data);
  pz_latest_follow (self->latest, answer_question, question, question_free, on_answered);
}

static void
pz_sheet_asker_dispose (GObject *object)
{
  PzSheetAsker *self = PZ_SHEET_ASKER (object);

  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);
  g_clear_pointer (&self->latest, pz_latest_free);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_sheet_asker_parent_class)->dispose (object);
}

static void
pz_sheet_asker_finalize (GObject *object)
{
  PzSheetAsker *self = PZ_SHEET_ASKER (object);

  g_clear_pointer (&self->sheet, pz_sheet_unref);
  g_clear_pointer (&self->answers, pz_sheet_answers_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (pz_sheet_asker_parent_class)->finalize (object);
}

static void
pz_sheet_asker_class_init (PzSheetAskerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_sheet_asker_dispose;
  object_class->finalize = pz_sheet_asker_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_sheet_asker_init (PzSheetAsker *self)
{
  self->latest = pz_latest_new (PZ_LATEST_URGENT, self);
}

PzSheetAsker *
pz_sheet_asker_new (PzProject *project)
{
  PzSheetAsker *self;

  g_return_val_if_fail (PZ_IS_PROJECT (project), NULL);

  self = g_object_new (PZ_TYPE_SHEET_ASKER, NULL);
  self->project = g_object_ref (project);
  g_signal_connect_object (project, "net-changed", G_CALLBACK (ask_network), self, G_CONNECT_SWAPPED);

  return self;
}

void
pz_sheet_asker_set_sheet (PzSheetAsker *self,
                          PzSheet      *sheet)
{
  g_return_if_fail (PZ_IS_SHEET_ASKER (self));

  pz_latest_cancel (self->latest);
  g_clear_pointer (&self->sheet, pz_sheet_unref);
  self->sheet = sheet != NULL ? pz_sheet_ref (sheet) : NULL;
  set_answers (self, NULL, NULL);
  ask_network (self);
}

const PzSheet *
pz_sheet_asker_peek_sheet (PzSheetAsker *self)
{
  g_return_val_if_fail (PZ_IS_SHEET_ASKER (self), NULL);

  return self->sheet;
}

const PzSheetAnswers *
pz_sheet_asker_peek_answers (PzSheetAsker *self)
{
  g_return_val_if_fail (PZ_IS_SHEET_ASKER (self), NULL);

  return self->answers;
}

const GArray *
pz_sheet_asker_peek_segments (PzSheetAsker *self)
{
  g_return_val_if_fail (PZ_IS_SHEET_ASKER (self), NULL);

  if (self->answers != NULL)
    return self->answers->segments;

  return self->sheet != NULL && !pz_sheet_asks_whole (self->project) ? self->sheet->segments : NULL;
}

const char *
pz_sheet_asker_get_problem (PzSheetAsker *self)
{
  g_return_val_if_fail (PZ_IS_SHEET_ASKER (self), NULL);

  return self->problem;
}
