/* pz-result-note.h: notes on the validity of the metrics.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "widgets/results/pz-result-chart.h"

G_BEGIN_DECLS

/**
 * pz_result_note_create:
 * @set: (nullable): the data
 * @t: the target
 * @kind: what is shown
 * @predictions: (nullable): of which part
 *
 * That the test is looked at once, that what is published does not compare, or
 * where it comes from.
 *
 * Returns: (transfer full): translated sentences; "" where there is nothing to say
 */
char *pz_result_note_create (const DsSet         *set,
                             gsize                t,
                             PzResultKind         kind,
                             const PzPredictions *predictions);

G_END_DECLS
