/* pz-predictor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-inference.h"
#include "model/pz-latest.h"
#include "model/pz-predictor.h"
#include "model/pz-shared-net.h"

/* What a network is asked with, lent from one question to the next. The main thread counts; the thread
 * makes it and loads it, one question at a time.
 */
typedef struct
{
  MlpInference *inference;       /* (nullable): to be made */
  guint64       version;         /* of the weights in it */
} Lent;

struct _PzPredictor
{
  GObject       parent_instance;

  PzSharedNet  *net;               /* (nullable) */
  Lent         *lent;              /* (nullable) (counted): of the network's shape */
  float         scale;
  InkPoint     *points;            /* (nullable): the question */
  gsize         n_points;
  InkFrameSkip  skip;

  PzLatest     *latest;

  gboolean      has_frame;
  guint8        frame[INK_FRAME_SIZE];
  InkFrameSteps steps;
  float        *outputs;           /* (nullable) */
  gsize         n_outputs;
  guint         answer;
  gboolean      is_known;          /* whether the network knows what it was trained on */
  double        novelty;
  char         *problem;           /* (nullable) */
};

/* What goes into the thread, and what comes back. */
typedef struct
{
  PzSharedNet  *net;               /* (nullable): only the image is wanted */
  Lent         *lent;              /* (nullable) (counted): where there is a network */
  float         scale;
  InkPoint     *points;
  gsize         n_points;
  InkFrameSkip  skip;

  gboolean      has_ink;
  guint8        frame[INK_FRAME_SIZE];
  InkFrameSteps steps;
  float        *outputs;           /* (nullable) */
  gsize         n_outputs;
  guint         answer;
  gboolean      is_known;
  double        novelty;
} Question;

enum {
  PROP_0,
  PROP_HAS_ANSWER,
  PROP_ANSWER,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzPredictor, pz_predictor, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
lent_clear (gpointer data)
{
  Lent *lent = data;

  g_clear_pointer (&lent->inference, mlp_inference_free);
}

static void
lent_unref (Lent *lent)
{
  g_rc_box_release_full (lent, lent_clear);
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->net, pz_shared_net_unref);
  g_clear_pointer (&question->lent, lent_unref);
  g_free (question->points);
  g_free (question->outputs);
  g_free (question);
}

/* Worker thread. */
static gboolean
answer_question (gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  Question *question = data;
  Lent *lent = question->lent;
  const MlpNet *net = question->net != NULL ? pz_shared_net_peek (question->net) : NULL;

  question->has_ink = ink_frame_from_strokes (question->points, question->n_points, question->skip,
                                              question->frame, &question->steps);

  if (question->has_ink && net != NULL)
    {
      const guint64 version = pz_shared_net_get_version (question->net);

      if (lent->inference == NULL)
        lent->inference = mlp_inference_new (net, NULL);
      else if (lent->version != version)
        mlp_inference_load (lent->inference, net);
      lent->version = version;

      /* Without memory there is no answer, as without a network. */
      if (lent->inference != NULL)
        {
          const MlpNovelty *novelty = mlp_net_peek_novelty (net);
          gsize class;

          question->n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
          question->outputs = g_new (float, question->n_outputs);
          if (!mlp_inference_classify (lent->inference, question->frame, question->scale,
                                       &class, question->outputs, error))
            {
              g_clear_pointer (&question->outputs, g_free);
              return FALSE;
            }

          question->answer = (guint) class;
          question->is_known = novelty != NULL;
          if (novelty != NULL)
            question->novelty = mlp_novelty_score (novelty, mlp_inference_get_input (lent->inference));
        }
    }

  return TRUE;
}

/* Whether there was one. */
static gboolean
drop_answer (PzPredictor *self)
{
  gboolean had = self->outputs != NULL || self->problem != NULL;

  g_clear_pointer (&self->outputs, g_free);
  g_clear_pointer (&self->problem, g_free);
  self->n_outputs = 0;
  self->is_known = FALSE;

  return had;
}

static void
notify_answer (PzPredictor *self,
               gboolean     had_answer,
               guint        old_answer)
{
  if (had_answer != pz_predictor_get_has_answer (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_ANSWER]);
  if (old_answer != self->answer)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANSWER]);
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Main thread. */
static void
on_answered (gpointer      data,
             const GError *error,
             gpointer      owner)
{
  Question *question = data;
  g_autoptr(PzPredictor) self = g_object_ref (owner);      /* a handler may drop the last reference */
  gboolean had = self->outputs != NULL;
  guint old = self->answer;

  drop_answer (self);
  self->has_frame = question->has_ink;
  memcpy (self->frame, question->frame, INK_FRAME_SIZE);
  self->steps = question->steps;
  self->outputs = g_steal_pointer (&question->outputs);
  self->n_outputs = question->n_outputs;
  self->problem = error != NULL ? g_strdup (error->message) : NULL;
  if (self->outputs != NULL)
    {
      self->answer = question->answer;
      self->is_known = question->is_known;
      self->novelty = question->novelty;
    }
  notify_answer (self, had, old);
}

/* What was asked of older weights is answered first. */
static void
ask_network (PzPredictor *self)
{
  Question *question;

  if (self->points == NULL)
    return;

  question = g_new0 (Question, 1);
  question->net = self->net != NULL ? pz_shared_net_ref (self->net) : NULL;
  question->lent = self->lent != NULL ? g_rc_box_acquire (self->lent) : NULL;
  question->scale = self->scale;
  question->points = g_memdup2 (self->points, self->n_points * sizeof (InkPoint));
  question->n_points = self->n_points;
  question->skip = self->skip;
  pz_latest_follow (self->latest, answer_question, question, question_free, on_answered);
}

static void
pz_predictor_dispose (GObject *object)
{
  PzPredictor *self = PZ_PREDICTOR (object);

  g_clear_pointer (&self->latest, pz_latest_free);

  G_OBJECT_CLASS (pz_predictor_parent_class)->dispose (object);
}

static void
pz_predictor_finalize (GObject *object)
{
  PzPredictor *self = PZ_PREDICTOR (object);

  g_clear_pointer (&self->net, pz_shared_net_unref);
  g_clear_pointer (&self->lent, lent_unref);
  g_clear_pointer (&self->points, g_free);
  g_clear_pointer (&self->outputs, g_free);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (pz_predictor_parent_class)->finalize (object);
}

static void
pz_predictor_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PzPredictor *self = PZ_PREDICTOR (object);

  switch (prop_id)
    {
    case PROP_HAS_ANSWER:
      g_value_set_boolean (value, pz_predictor_get_has_answer (self));
      break;

    case PROP_ANSWER:
      g_value_set_uint (value, pz_predictor_get_answer (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_predictor_class_init (PzPredictorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_predictor_dispose;
  object_class->finalize = pz_predictor_finalize;
  object_class->get_property = pz_predictor_get_property;

  properties[PROP_HAS_ANSWER] =
    g_param_spec_boolean ("has-answer", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_ANSWER] =
    g_param_spec_uint ("answer", NULL, NULL,
                       0, G_MAXUINT, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_predictor_init (PzPredictor *self)
{
  self->latest = pz_latest_new (PZ_LATEST_URGENT, self);
}

PzPredictor *
pz_predictor_new (void)
{
  return g_object_new (PZ_TYPE_PREDICTOR, NULL);
}

void
pz_predictor_set_net (PzPredictor  *self,
                      const MlpNet *net,
                      guint         rows,
                      guint         columns,
                      float         scale)
{
  gboolean fits = net != NULL && rows == INK_FRAME_SIDE && columns == INK_FRAME_SIDE
                  && mlp_net_get_width (net, 0) == INK_FRAME_SIZE;

  g_return_if_fail (PZ_IS_PREDICTOR (self));

  if (!fits && self->net == NULL)
    return;

  /* With newer weights of the same network, what is asked just now is still worth hearing. */
  self->scale = scale;
  if (!pz_shared_net_replace (&self->net, fits ? net : NULL))
    {
      gboolean had = drop_answer (self);

      pz_latest_cancel (self->latest);
      g_clear_pointer (&self->lent, lent_unref);
      if (fits)
        self->lent = g_rc_box_new0 (Lent);
      if (had)
        notify_answer (self, TRUE, self->answer);
    }

  ask_network (self);
}

void
pz_predictor_set_strokes (PzPredictor    *self,
                          const InkPoint *points,
                          gsize           n_points,
                          InkFrameSkip    skip)
{
  g_return_if_fail (PZ_IS_PREDICTOR (self));
  g_return_if_fail (points != NULL || n_points == 0);

  pz_latest_cancel (self->latest);
  self->skip = skip;
  self->n_points = n_points;
  g_clear_pointer (&self->points, g_free);

  if (n_points == 0)
    {
      gboolean had_frame = self->has_frame;
      gboolean had = drop_answer (self);

      self->has_frame = FALSE;
      if (had || had_frame)
        notify_answer (self, had, self->answer);
      return;
    }

  self->points = g_memdup2 (points, n_points * sizeof (InkPoint));
  ask_network (self);
}

gboolean
pz_predictor_get_has_answer (PzPredictor *self)
{
  g_return_val_if_fail (PZ_IS_PREDICTOR (self), FALSE);

  return self->outputs != NULL;
}

guint
pz_predictor_get_answer (PzPredictor *self)
{
  g_return_val_if_fail (PZ_IS_PREDICTOR (self), 0);

  return self->answer;
}

gboolean
pz_predictor_get_is_novel (PzPredictor *self)
{
  g_return_val_if_fail (PZ_IS_PREDICTOR (self), FALSE);

  return self->is_known && self->novelty > 1.0;
}

InkFrameSkip
pz_predictor_get_skip (PzPredictor *self)
{
  g_return_val_if_fail (PZ_IS_PREDICTOR (self), 0);

  return self->skip;
}

const float *
pz_predictor_peek_outputs (PzPredictor *self,
                           gsize       *n_outputs)
{
  g_return_val_if_fail (PZ_IS_PREDICTOR (self), NULL);

  if (n_outputs != NULL)
    *n_outputs = self->n_outputs;

  return self->outputs;
}

const guint8 *
pz_predictor_peek_frame (PzPredictor *self)
{
  g_return_val_if_fail (PZ_IS_PREDICTOR (self), NULL);

  return self->has_frame ? self->frame : NULL;
}

const InkFrameSteps *
pz_predictor_peek_steps (PzPredictor *self)
{
  g_return_val_if_fail (PZ_IS_PREDICTOR (self), NULL);

  return self->has_frame ? &self->steps : NULL;
}

const char *
pz_predictor_get_problem (PzPredictor *self)
{
  g_return_val_if_fail (PZ_IS_PREDICTOR (self), NULL);

  return self->problem;
}
