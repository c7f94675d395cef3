/* pz-photo-asker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "model/pz-latest.h"
#include "model/pz-photo-asker.h"

struct _PzPhotoAsker
{
  GObject         parent_instance;

  PzProject      *project;
  PzLatest       *latest;
  PzPhoto        *photo;         /* (nullable) */
  PzPhotoAnswers *answers;       /* (nullable): to it */
  char           *problem;       /* (nullable) */
  gboolean        ask_again;     /* a newer network, once the present answer is there */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzPhotoAsker, pz_photo_asker, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What goes into the thread, and what comes back. */
typedef struct
{
  PzPhoto        *photo;
  MlpNet         *net;         /* (nullable) */
  RecipeData      data;
  PzPhotoAnswers *answers;     /* (nullable) */
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  pz_photo_unref (question->photo);
  g_clear_pointer (&question->net, mlp_net_free);
  recipe_data_clear (&question->data);
  g_clear_pointer (&question->answers, pz_photo_answers_free);
  g_free (question);
}

/* Worker thread. */
static gboolean
answer_question (gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  Question *question = data;

  question->answers = pz_photo_ask (question->photo, question->net, &question->data, cancellable, error);

  return question->answers != NULL;
}

/* @answers: (transfer full) (nullable) */
static void
set_answers (PzPhotoAsker   *self,
             PzPhotoAnswers *answers,
             const char     *problem)
{
  g_clear_pointer (&self->answers, pz_photo_answers_free);
  g_free (self->problem);
  self->answers = answers;
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void ask_network (PzPhotoAsker *self);

/* Main thread. */
static void
on_answered (gpointer      data,
             const GError *error,
             gpointer      owner)
{
  Question *question = data;
  g_autoptr(PzPhotoAsker) self = g_object_ref (owner);      /* a handler may drop the last reference */
  g_autofree char *problem = mlp_display_error (error);

  set_answers (self, g_steal_pointer (&question->answers), problem);
  if (self->ask_again && self->latest != NULL)
    ask_network (self);
}

/* What is asked of an earlier network is answered first. */
static void
ask_network (PzPhotoAsker *self)
{
  const MlpNet *net = pz_project_peek_net (self->project);
  Question *question;

  /* A question copies the network: none is made that the next would replace. */
  self->ask_again = pz_latest_get_busy (self->latest);
  if (self->ask_again || self->photo == NULL)
    return;

  if (self->photo->segments->len == 0 && !pz_photo_asks_whole (self->project))
    {
      set_answers (self, NULL, _("No ink was found in this image."));
      return;
    }

  question = g_new0 (Question, 1);
  question->photo = pz_photo_ref (self->photo);
  question->net = net != NULL ? mlp_net_copy (net) : NULL;
  recipe_data_copy (pz_project_peek_net_data (self->project), &question->data);
  pz_latest_follow (self->latest, answer_question, question, question_free, on_answered);
}

static void
pz_photo_asker_dispose (GObject *object)
{
  PzPhotoAsker *self = PZ_PHOTO_ASKER (object);

  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);
  g_clear_pointer (&self->latest, pz_latest_free);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_photo_asker_parent_class)->dispose (object);
}

static void
pz_photo_asker_finalize (GObject *object)
{
  PzPhotoAsker *self = PZ_PHOTO_ASKER (object);

  g_clear_pointer (&self->photo, pz_photo_unref);
  g_clear_pointer (&self->answers, pz_photo_answers_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (pz_photo_asker_parent_class)->finalize (object);
}

static void
pz_photo_asker_class_init (PzPhotoAskerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_photo_asker_dispose;
  object_class->finalize = pz_photo_asker_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_photo_asker_init (PzPhotoAsker *self)
{
  self->latest = pz_latest_new (PZ_LATEST_URGENT, self);
}

PzPhotoAsker *
pz_photo_asker_new (PzProject *project)
{
  PzPhotoAsker *self;

  g_return_val_if_fail (PZ_IS_PROJECT (project), NULL);

  self = g_object_new (PZ_TYPE_PHOTO_ASKER, NULL);
  self->project = g_object_ref (project);
  g_signal_connect_object (project, "net-changed", G_CALLBACK (ask_network), self, G_CONNECT_SWAPPED);

  return self;
}

void
pz_photo_asker_set_photo (PzPhotoAsker *self,
                          PzPhoto      *photo)
{
  g_return_if_fail (PZ_IS_PHOTO_ASKER (self));

  pz_latest_cancel (self->latest);
  self->ask_again = FALSE;
  if (photo != NULL)
    pz_photo_ref (photo);      /* first: it may be the one at hand */
  g_clear_pointer (&self->photo, pz_photo_unref);
  self->photo = photo;
  set_answers (self, NULL, NULL);
  ask_network (self);
}

const PzPhoto *
pz_photo_asker_peek_photo (PzPhotoAsker *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_ASKER (self), NULL);

  return self->photo;
}

const PzPhotoAnswers *
pz_photo_asker_peek_answers (PzPhotoAsker *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_ASKER (self), NULL);

  return self->answers;
}

const GArray *
pz_photo_asker_peek_segments (PzPhotoAsker *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_ASKER (self), NULL);

  if (self->answers != NULL)
    return self->answers->segments;

  return self->photo != NULL && !pz_photo_asks_whole (self->project) ? self->photo->segments : NULL;
}

const char *
pz_photo_asker_get_problem (PzPhotoAsker *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_ASKER (self), NULL);

  return self->problem;
}
