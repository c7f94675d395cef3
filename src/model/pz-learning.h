/* pz-learning.h: learning curve: the recipe trained with training sets of increasing size.
 *
 * Each point is a run of its own, from the same first weights, with the first so
 * many of the same training samples, and is measured on the same validation
 * samples; the test samples are not looked at. The project's trainer and
 * network are left alone. Everything here belongs to the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-regression-metrics.h"
#include "model/pz-project.h"

G_BEGIN_DECLS

typedef struct
{
  gsize                 n_train;
  gsize                 n_targets;
  MlpRegressionMetrics *target_metrics;         /* n_targets: of the validation samples */
} PzLearningPoint;

#define PZ_TYPE_LEARNING (pz_learning_get_type ())

/* Signal "changed": a point more, another progress, begun, ended, forgotten;
 * or another problem. */
G_DECLARE_FINAL_TYPE (PzLearning, pz_learning, PZ, LEARNING, GObject)

PzLearning *pz_learning_new (PzProject *project);

/**
 * pz_learning_run:
 * @self: not busy
 * @n_sizes: how many points, at least 2
 *
 * Forgets the points there are, and trains the recipe as it is now, once for
 * each of pz_learning_get_sizes(), the smallest first. Nothing where
 * pz_learning_dup_problem() has a reason.
 */
void pz_learning_run (PzLearning *self,
                      guint       n_sizes);

/* Ends the run at hand; what was finished stays. */
void pz_learning_cancel (PzLearning *self);

gboolean     pz_learning_get_busy (PzLearning *self);

/* 0 … 1, by the samples of all points. */
double pz_learning_get_progress (PzLearning *self);

/* How many points there are to be, when all are finished; 0 before the first run */
guint       pz_learning_get_n_sizes (PzLearning *self);

/* (nullable): translated: why the last run ended before its last point */
const char *pz_learning_get_error (PzLearning *self);

/* (nullable) (transfer full): translated: why it cannot be run now */
char       *pz_learning_dup_problem (PzLearning *self);

/* (element-type PzLearningPoint) (transfer none): those that are finished */
GPtrArray  *pz_learning_peek_points (PzLearning *self);

/* (nullable) (transfer none): the data of the points */
const DsSet *pz_learning_peek_set (PzLearning *self);

/* (nullable): "25-12-6-1": the network of the points */
const char *pz_learning_get_network (PzLearning *self);

/* (transfer full) (element-type gsize): at most @n_sizes sizes that rise by the same
 * factor up to @n_train, which is the last; the first is a thirty-second of
 * it, but no less than 8. */
GArray     *pz_learning_get_sizes (gsize       n_train,
                                   guint       n_sizes);

G_END_DECLS
