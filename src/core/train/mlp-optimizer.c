/* mlp-optimizer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/linalg/mlp-memory-private.h"
#include "core/linalg/mlp-vector.h"
#include "core/mlp-error.h"
#include "core/net/mlp-enum-names-private.h"
#include "core/train/mlp-optimizer.h"

struct _MlpOptimizer
{
  MlpOptimizerOptions options;
  gsize               n_params;
  guint64             t;
  float              *m;          /* first moment: Adam, AdamW */
  float              *v;          /* second moment; of momentum and Nesterov, the velocity */
  double              correct1;   /* 1 / (1 − β₁^t) */
  double              correct2;   /* 1 / √(1 − β₂^t) */
};

static const char *const optimizer_names[MLP_N_OPTIMIZERS] = {
  [MLP_SGD] = "sgd",
  [MLP_MOMENTUM] = "momentum",
  [MLP_NESTEROV] = "nesterov",
  [MLP_RMSPROP] = "rmsprop",
  [MLP_ADAM] = "adam",
  [MLP_ADAMW] = "adamw",
};

const char *
mlp_optimizer_get_name (MlpOptimizerKind kind)
{
  g_return_val_if_fail ((guint) kind < MLP_N_OPTIMIZERS, NULL);

  return optimizer_names[kind];
}

gboolean
mlp_optimizer_from_name (const char       *name,
                         MlpOptimizerKind *kind,
                         GError          **error)
{
  int i = mlp_enum_names_find (optimizer_names, MLP_N_OPTIMIZERS, _("optimiser"), name, error);

  if (i < 0)
    return FALSE;

  *kind = (MlpOptimizerKind) i;

  return TRUE;
}

MlpOptimizer *
mlp_optimizer_new (const MlpOptimizerOptions *options,
                   gsize                      n_params,
                   GError                   **error)
{
  g_autoptr(MlpOptimizer) optimizer = NULL;
  gboolean needs_m;
  gboolean needs_v;

  g_return_val_if_fail (options != NULL, NULL);
  g_return_val_if_fail ((guint) options->kind < MLP_N_OPTIMIZERS, NULL);
  g_return_val_if_fail (n_params >= 1, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  needs_m = options->kind == MLP_ADAM || options->kind == MLP_ADAMW;
  needs_v = options->kind != MLP_SGD;

  optimizer = g_new0 (MlpOptimizer, 1);
  optimizer->options = *options;
  optimizer->n_params = n_params;

  if (needs_m)
    optimizer->m = mlp_memory_new0 (n_params);

  if (needs_v)
    optimizer->v = mlp_memory_new0 (n_params);

  if ((needs_m && optimizer->m == NULL) || (needs_v && optimizer->v == NULL))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("Not enough memory for the optimiser moments of %zu parameters; sgd needs none"), n_params);
      return NULL;
    }

  return g_steal_pointer (&optimizer);
}

void
mlp_optimizer_free (MlpOptimizer *optimizer)
{
  if (optimizer == NULL)
    return;

  free (optimizer->m);
  free (optimizer->v);
  g_free (optimizer);
}

guint
mlp_optimizer_get_n_moments (MlpOptimizerKind kind)
{
  g_return_val_if_fail ((guint) kind < MLP_N_OPTIMIZERS, 0);

  if (kind == MLP_SGD)
    return 0;

  return kind == MLP_ADAM || kind == MLP_ADAMW ? 2 : 1;
}

float *
mlp_optimizer_get_moment (MlpOptimizer *optimizer,
                          guint         i)
{
  g_return_val_if_fail (optimizer != NULL, NULL);
  g_return_val_if_fail (i < mlp_optimizer_get_n_moments (optimizer->options.kind), NULL);

  return i == 0 && optimizer->m != NULL ? optimizer->m : optimizer->v;
}

guint64
mlp_optimizer_get_steps (const MlpOptimizer *optimizer)
{
  g_return_val_if_fail (optimizer != NULL, 0);

  return optimizer->t;
}

void
mlp_optimizer_set_steps (MlpOptimizer *optimizer,
                         guint64       n_steps)
{
  g_return_if_fail (optimizer != NULL);

  optimizer->t = n_steps;
}

void
mlp_optimizer_reset (MlpOptimizer *optimizer)
{
  g_return_if_fail (optimizer != NULL);

  optimizer->t = 0;

  if (optimizer->m != NULL)
    memset (optimizer->m, 0, optimizer->n_params * sizeof *optimizer->m);

  if (optimizer->v != NULL)
    memset (optimizer->v, 0, optimizer->n_params * sizeof *optimizer->v);
}

/* θ ← θ − η g */
MLP_VECTOR_CLONES static void
step_sgd (gsize                 n,
          float                 rate,
          const float *restrict g,
          float *restrict       theta)
{
  for (gsize i = 0; i < n; i++)
    theta[i] -= rate * g[i];
}

/* v ← μ v + g;  θ ← θ − η v */
MLP_VECTOR_CLONES static void
step_momentum (gsize                 n,
               float                 rate,
               float                 mu,
               const float *restrict g,
               float *restrict       v,
               float *restrict       theta)
{
  for (gsize i = 0; i < n; i++)
    {
      v[i] = mu * v[i] + g[i];
      theta[i] -= rate * v[i];
    }
}

/* v ← μ v + g;  θ ← θ − η (g + μ v) */
MLP_VECTOR_CLONES static void
step_nesterov (gsize                 n,
               float                 rate,
               float                 mu,
               const float *restrict g,
               float *restrict       v,
               float *restrict       theta)
{
  for (gsize i = 0; i < n; i++)
    {
      v[i] = mu * v[i] + g[i];
      theta[i] -= rate * (g[i] + mu * v[i]);
    }
}

/* v ← ρ v + (1 − ρ) g²;  θ ← θ − η g / (√v + ε) */
MLP_VECTOR_CLONES static void
step_rmsprop (gsize                 n,
              float                 rate,
              float                 rho,
              float                 epsilon,
              const float *restrict g,
              float *restrict       v,
              float *restrict       theta)
{
  const float rest = 1.0f - rho;

  for (gsize i = 0; i < n; i++)
    {
      v[i] = rho * v[i] + rest * (g[i] * g[i]);
      theta[i] -= rate * g[i] / (sqrtf (v[i]) + epsilon);
    }
}

/* m ← β₁ m + (1 − β₁) g;  v ← β₂ v + (1 − β₂) g²
 * θ ← keep θ − η c₁ m / (c₂ √v + ε),  c₁ and c₂ correct the bias towards 0
 */
MLP_VECTOR_CLONES static void
step_adam (gsize                 n,
           float                 rate,
           float                 keep,
           float                 beta1,
           float                 beta2,
           float                 correct2,
           float                 epsilon,
           const float *restrict g,
           float *restrict       m,
           float *restrict       v,
           float *restrict       theta)
{
  const float rest1 = 1.0f - beta1;
  const float rest2 = 1.0f - beta2;

  for (gsize i = 0; i < n; i++)
    {
      m[i] = beta1 * m[i] + rest1 * g[i];
      v[i] = beta2 * v[i] + rest2 * (g[i] * g[i]);
      theta[i] = keep * theta[i] - rate * m[i] / (correct2 * sqrtf (v[i]) + epsilon);
    }
}

void
mlp_optimizer_advance (MlpOptimizer *optimizer)
{
  const MlpOptimizerOptions *o;
  double t;

  g_return_if_fail (optimizer != NULL);

  o = &optimizer->options;
  t = (double) ++optimizer->t;
  if (o->kind != MLP_ADAM && o->kind != MLP_ADAMW)
    return;

  optimizer->correct1 = 1.0 / (1.0 - pow ((double) o->beta1, t));
  optimizer->correct2 = 1.0 / sqrt (1.0 - pow ((double) o->beta2, t));
}

void
mlp_optimizer_step_range (const MlpOptimizer *optimizer,
                          float               rate,
                          gsize               begin,
                          gsize               n,
                          gboolean            decays,
                          float              *theta,
                          const float        *g)
{
  const MlpOptimizerOptions *o = &optimizer->options;
  float *m = optimizer->m != NULL ? optimizer->m + begin : NULL;
  float *v = optimizer->v != NULL ? optimizer->v + begin : NULL;
  float keep = 1.0f;

  g_return_if_fail (begin <= optimizer->n_params && n <= optimizer->n_params - begin);
  g_return_if_fail (optimizer->t >= 1);

  switch (o->kind)
    {
    case MLP_SGD:
      step_sgd (n, rate, g, theta);
      break;

    case MLP_MOMENTUM:
      step_momentum (n, rate, o->momentum, g, v, theta);
      break;

    case MLP_NESTEROV:
      step_nesterov (n, rate, o->momentum, g, v, theta);
      break;

    case MLP_RMSPROP:
      step_rmsprop (n, rate, o->rho, o->epsilon, g, v, theta);
      break;

    case MLP_ADAMW:
      if (decays)
        keep = (float) (1.0 - (double) rate * (double) o->weight_decay);
      G_GNUC_FALLTHROUGH;

    case MLP_ADAM:
      step_adam (n, (float) ((double) rate * optimizer->correct1), keep, o->beta1, o->beta2,
                 (float) optimizer->correct2, o->epsilon, g, m, v, theta);
      break;

    default:
      g_assert_not_reached ();
    }
}

void
mlp_optimizer_step (MlpOptimizer *optimizer,
                    float         rate,
                    float        *params,
                    const float  *gradient,
                    const gsize  *decays)
{
  gsize begin = 0;

  g_return_if_fail (optimizer != NULL);
  g_return_if_fail (params != NULL);
  g_return_if_fail (gradient != NULL);

  mlp_optimizer_advance (optimizer);

  if (decays != NULL)
    {
      for (; decays[0] != G_MAXSIZE; decays += 2)
        {
          mlp_optimizer_step_range (optimizer, rate, begin, decays[0] - begin, FALSE,
                                    params + begin, gradient + begin);
          begin = decays[1];
          mlp_optimizer_step_range (optimizer, rate, decays[0], begin - decays[0], TRUE,
                                    params + decays[0], gradient + decays[0]);
        }
    }

  mlp_optimizer_step_range (optimizer, rate, begin, optimizer->n_params - begin, decays == NULL,
                            params + begin, gradient + begin);
}
