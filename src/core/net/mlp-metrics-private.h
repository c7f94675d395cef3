/* mlp-metrics-private.h: parallel evaluation.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-workers.h"
#include "core/net/mlp-metrics.h"
#include "core/net/mlp-sparse-private.h"

G_BEGIN_DECLS

/* mlp_metrics_evaluate() by the workers (nullable: by the caller alone), with the same
 * figures, bit for bit. @net fits @samples. @sparse: (nullable): its first layer,
 * loaded, where mlp_sparse_new() gives one; it has another batch afterwards. More
 * than one thread count no confusion. Errors: those of mlp_metrics_evaluate() but of widths. */
gboolean mlp_metrics_evaluate_shared (const MlpNet     *net,
                                      MlpSparse        *sparse,
                                      const MlpSamples *samples,
                                      const guint32    *items,
                                      gsize             n_items,
                                      MlpLoss           loss,
                                      guint            *confusion,
                                      MlpWorkers       *workers,
                                      MlpMetrics       *metrics,
                                      GError          **error);

G_END_DECLS
