/* pz-explainer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/net/mlp-metrics.h"
#include "core/net/mlp-top-k.h"
#include "model/pz-explainer.h"
#include "model/pz-latest.h"
#include "model/pz-shared-net.h"

struct _PzExplainer
{
  GObject           parent_instance;

  PzSharedNet      *net;                        /* (nullable) */
  float             scale;
  gboolean          has_frame;
  guint8            frame[INK_FRAME_SIZE];
  gssize            class;

  PzLatest         *latest;

  PzAttribution    *attribution;                /* (nullable) */
  PzCounterfactual *counterfactual;             /* (nullable) */
};

/* What goes into the thread, and what comes back: an explanation, or a change that is
 * asked for afterwards.
 */
typedef struct
{
  PzSharedNet      *net;
  float             scale;
  guint8            frame[INK_FRAME_SIZE];
  gssize            class;                /* of the change: never −1 */
  gsize             next;                 /* the second most likely class */

  PzAttribution    *attribution;          /* (nullable) */
  PzCounterfactual *counterfactual;       /* (nullable) */
} Question;

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzExplainer, pz_explainer, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->net, pz_shared_net_unref);
  g_free (question->attribution);
  g_free (question->counterfactual);
  g_free (question);
}

/* The share of @class of the outputs @h. */
static float
get_share (const MlpNet *net,
           const float  *h,
           gsize         class)
{
  const gsize L = mlp_net_get_n_layers (net);
  const gsize n = mlp_net_get_width (net, L);
  g_autofree float *probabilities = g_memdup2 (h, n * sizeof *h);

  mlp_activation_to_probabilities (mlp_net_get_activation (net, L), probabilities, probabilities, n);

  return probabilities[class];
}

static void
find_units (PzAttribution *attribution,
            const float   *contributions,
            const float   *h,
            gsize          n)
{
  g_autofree float *sizes = g_new (float, n);

  for (gsize i = 0; i < n; i++)
    sizes[i] = fabsf (contributions[i]);

  attribution->n_units = mlp_top_k (sizes, n, PZ_EXPLAINER_N_UNITS, attribution->units);
  for (gsize k = 0; k < attribution->n_units; k++)
    {
      attribution->activations[k] = h[attribution->units[k]];
      attribution->contributions[k] = contributions[attribution->units[k]];
    }
}

/* Worker thread. Without memory there is no explanation. (transfer full) (nullable) */
static MlpExplain *
prepare_input (Question *question,
               float    *x)
{
  for (gsize i = 0; i < INK_FRAME_SIZE; i++)
    x[i] = question->scale * (float) question->frame[i];

  return mlp_explain_new (pz_shared_net_peek (question->net), NULL);
}

/* Worker thread. */
static gboolean
work_why (gpointer      data,
          GCancellable *cancellable,
          GError      **error)
{
  Question *question = data;
  const MlpNet *net = pz_shared_net_peek (question->net);
  const gsize L = mlp_net_get_n_layers (net);
  const gsize n_outputs = mlp_net_get_width (net, L);
  const gsize n_units = mlp_net_get_width (net, 1);
  float x[INK_FRAME_SIZE];
  g_autoptr(MlpExplain) explain = prepare_input (question, x);

  if (explain != NULL)
    {
      PzAttribution *attribution = question->attribution = g_new0 (PzAttribution, 1);
      g_autofree float *contributions = L > 1 ? g_new (float, n_units) : NULL;
      const float *h = mlp_explain_forward (explain, x);
      gsize likeliest[2];

      /* What is no number cannot be explained. */
      if (!mlp_metrics_check_outputs (h, n_outputs, NULL))
        {
          g_clear_pointer (&question->attribution, g_free);
          return TRUE;
        }

      memcpy (attribution->frame, question->frame, INK_FRAME_SIZE);
      attribution->scale = question->scale;
      question->next = likeliest[mlp_top_k (h, n_outputs, 2, likeliest) - 1];
      attribution->answer = likeliest[0];
      attribution->class = question->class >= 0 && (gsize) question->class < n_outputs ? (gsize) question->class : attribution->answer;
      attribution->probability = get_share (net, h, attribution->class);
      mlp_explain_gradient (explain, attribution->class, attribution->gradient, contributions);
      if (contributions != NULL)
        find_units (attribution, contributions, mlp_explain_peek_first (explain), n_units);
    }

  return TRUE;
}

static gboolean
is_cancelled (gpointer data)
{
  return g_cancellable_is_cancelled (data);
}

/* Worker thread. */
static gboolean
work_what_if (gpointer      data,
              GCancellable *cancellable,
              GError      **error)
{
  Question *question = data;
  const MlpNet *net = pz_shared_net_peek (question->net);
  const gsize n_outputs = mlp_net_get_width (net, mlp_net_get_n_layers (net));
  float x[INK_FRAME_SIZE];
  g_autoptr(MlpExplain) explain = prepare_input (question, x);

  if (explain != NULL)
    {
      PzCounterfactual *counterfactual = g_new0 (PzCounterfactual, 1);
      const float *h;

      memcpy (counterfactual->frame, question->frame, INK_FRAME_SIZE);
      counterfactual->class = (gsize) question->class;
      counterfactual->outcome = mlp_explain_change (explain, x, counterfactual->class, question->scale * 255.0f,
                                                    INK_FRAME_SIDE,
                                                    is_cancelled, cancellable, counterfactual->change);
      h = mlp_explain_forward (explain, counterfactual->change);
      counterfactual->answer = mlp_metrics_find_largest (h, n_outputs);
      counterfactual->probability = get_share (net, h, counterfactual->class);
      for (gsize i = 0; i < INK_FRAME_SIZE; i++)
        counterfactual->change[i] -= x[i];

      if (counterfactual->outcome == MLP_CHANGE_STOPPED || !mlp_metrics_check_outputs (h, n_outputs, NULL))
        g_clear_pointer (&counterfactual, g_free);
      question->counterfactual = counterfactual;
    }

  return TRUE;
}

static void
emit_changed (PzExplainer *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
drop_explanation (PzExplainer *self)
{
  const gboolean had = self->attribution != NULL || self->counterfactual != NULL;

  g_clear_pointer (&self->attribution, g_free);
  g_clear_pointer (&self->counterfactual, g_free);
  pz_latest_cancel (self->latest);
  if (had)
    emit_changed (self);
}

/* (transfer full) */
static Question *
question_new (PzSharedNet  *net,
              float         scale,
              const guint8 *frame,
              gssize        class)
{
  Question *question = g_new0 (Question, 1);

  question->net = pz_shared_net_ref (net);
  question->scale = scale;
  memcpy (question->frame, frame, INK_FRAME_SIZE);
  question->class = class;

  return question;
}

/* Main thread. */
static void
on_counterfactual (gpointer      data,
                   const GError *error,
                   gpointer      owner)
{
  Question *question = data;
  PzExplainer *self = owner;

  if (question->counterfactual == NULL)
    return;

  g_free (self->counterfactual);
  self->counterfactual = g_steal_pointer (&question->counterfactual);
  emit_changed (self);
}

/* Main thread. The change is asked for where there is nothing newer to be explained. */
static void
on_attribution (gpointer      data,
                const GError *error,
                gpointer      owner)
{
  Question *question = data;
  PzExplainer *self = owner;

  if (question->attribution == NULL)
    return;

  g_free (self->attribution);
  self->attribution = g_steal_pointer (&question->attribution);

  if (!pz_latest_get_busy (self->latest))
    {
      const gsize class = question->class >= 0 ? self->attribution->class : question->next;

      pz_latest_submit (self->latest, work_what_if,
                        question_new (question->net, question->scale, question->frame, (gssize) class),
                        question_free, on_counterfactual);
    }

  emit_changed (self);
}

/* What is asked just now is explained first, unless it was dropped. */
static void
ask_why (PzExplainer *self)
{
  if (self->net != NULL && self->has_frame)
    pz_latest_follow (self->latest, work_why, question_new (self->net, self->scale, self->frame, self->class),
                      question_free, on_attribution);
}

static void
pz_explainer_dispose (GObject *object)
{
  PzExplainer *self = PZ_EXPLAINER (object);

  g_clear_pointer (&self->latest, pz_latest_free);

  G_OBJECT_CLASS (pz_explainer_parent_class)->dispose (object);
}

static void
pz_explainer_finalize (GObject *object)
{
  PzExplainer *self = PZ_EXPLAINER (object);

  g_clear_pointer (&self->net, pz_shared_net_unref);
  g_clear_pointer (&self->attribution, g_free);
  g_clear_pointer (&self->counterfactual, g_free);

  G_OBJECT_CLASS (pz_explainer_parent_class)->finalize (object);
}

static void
pz_explainer_class_init (PzExplainerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_explainer_dispose;
  object_class->finalize = pz_explainer_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_explainer_init (PzExplainer *self)
{
  self->class = -1;
  self->latest = pz_latest_new (PZ_LATEST_URGENT, self);
}

PzExplainer *
pz_explainer_new (void)
{
  return g_object_new (PZ_TYPE_EXPLAINER, NULL);
}

void
pz_explainer_set_net (PzExplainer  *self,
                      const MlpNet *net,
                      float         scale)
{
  const gboolean fits = net != NULL && mlp_net_get_width (net, 0) == INK_FRAME_SIZE &&
                        mlp_net_get_width (net, mlp_net_get_n_layers (net)) > 1 &&
                        mlp_net_peek_scaler (net) == NULL && scale > 0.0f;

  g_return_if_fail (PZ_IS_EXPLAINER (self));

  if (!fits && self->net == NULL)
    return;

  /* With newer weights of the same network, what is asked just now is still worth hearing. */
  self->scale = scale;
  if (!pz_shared_net_replace (&self->net, fits ? net : NULL))
    drop_explanation (self);

  ask_why (self);
}

void
pz_explainer_set_frame (PzExplainer  *self,
                        const guint8 *frame)
{
  g_return_if_fail (PZ_IS_EXPLAINER (self));

  if (frame == NULL)
    {
      self->has_frame = FALSE;
      drop_explanation (self);
      return;
    }

  if (self->has_frame && memcmp (self->frame, frame, INK_FRAME_SIZE) == 0)
    return;

  self->has_frame = TRUE;
  memcpy (self->frame, frame, INK_FRAME_SIZE);
  pz_latest_cancel (self->latest);
  ask_why (self);
}

void
pz_explainer_set_class (PzExplainer *self,
                        gssize       class)
{
  g_return_if_fail (PZ_IS_EXPLAINER (self));
  g_return_if_fail (class >= -1);

  if (self->class == class)
    return;

  self->class = class;
  pz_latest_cancel (self->latest);
  ask_why (self);
}

gssize
pz_explainer_get_class (PzExplainer *self)
{
  g_return_val_if_fail (PZ_IS_EXPLAINER (self), -1);

  return self->class;
}

const PzAttribution *
pz_explainer_peek_attribution (PzExplainer *self)
{
  g_return_val_if_fail (PZ_IS_EXPLAINER (self), NULL);

  return self->attribution;
}

const PzCounterfactual *
pz_explainer_peek_counterfactual (PzExplainer *self)
{
  g_return_val_if_fail (PZ_IS_EXPLAINER (self), NULL);

  return self->counterfactual;
}
