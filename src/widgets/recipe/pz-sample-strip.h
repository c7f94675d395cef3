/* pz-sample-strip.h: strip of one training image per class, with its label.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "core/net/mlp-split.h"
#include "model/pz-dataset.h"

G_BEGIN_DECLS

#define PZ_TYPE_SAMPLE_STRIP (pz_sample_strip_get_type ())

G_DECLARE_FINAL_TYPE (PzSampleStrip, pz_sample_strip, PZ, SAMPLE_STRIP, GtkWidget)

/* @dataset, @split: (nullable): of images, or nothing is shown */
void pz_sample_strip_set_samples (PzSampleStrip  *self,
                                  PzDataset      *dataset,
                                  const MlpSplit *split);

/* Shows the next image of each class. */
void pz_sample_strip_next        (PzSampleStrip  *self);

G_END_DECLS
