/* mlp-metrics-private.h: an evaluation that threads share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-metrics.h"
#include "core/mlp-workers.h"

G_BEGIN_DECLS

/* mlp_evaluate() by the workers (nullable: by the caller alone), with the same
 * figures, bit for bit. More than one thread count no confusion. */
gboolean mlp_evaluate_shared  (const MlpNet      *net,
                               const MlpSamples  *samples,
                               const guint32     *items,
                               gsize              n_items,
                               MlpLoss            loss,
                               guint             *confusion,
                               MlpWorkers        *workers,
                               MlpMetrics        *metrics,
                               GError           **error);

G_END_DECLS
