/* pz-molecule-samples.h: sample molecules in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "model/pz-dataset.h"

G_BEGIN_DECLS

/**
 * pz_molecule_samples_describe:
 * @dataset: molecules
 * @split: how they are divided
 * @round: which of them, from 0; it goes round
 *
 * Three molecules that train, a line each: formula and targets.
 *
 * Returns: (transfer full): "C₇H₁₀O₂: Δε 6.31 eV\n…"
 */
char *pz_molecule_samples_describe (PzDataset      *dataset,
                                    const MlpSplit *split,
                                    guint           round);

G_END_DECLS
