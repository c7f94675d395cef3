/* pz-pipeline-strip.h: preprocessing steps from a drawing to the network input.
 *
 * Strokes, box, 20 × 20, centre of mass, 28 × 28: a small image each, live
 * while one draws. Each step can be left out, to see the answer break.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "ink/ink-frame.h"
#include "model/pz-predictor.h"
#include "model/pz-sketch.h"

G_BEGIN_DECLS

#define PZ_TYPE_PIPELINE_STRIP (pz_pipeline_strip_get_type ())

/* Properties: "sketch" (PzSketch, nullable); "predictor" (PzPredictor, nullable):
 * whose steps are shown; "skip" (uint, of InkFrameSkip): the steps that are left
 * out, none at first. Whoever asks the predictor asks again when it changes. */
G_DECLARE_FINAL_TYPE (PzPipelineStrip, pz_pipeline_strip, PZ, PIPELINE_STRIP, GtkWidget)

void         pz_pipeline_strip_set_sketch    (PzPipelineStrip *self,
                                              PzSketch        *sketch);
void         pz_pipeline_strip_set_predictor (PzPipelineStrip *self,
                                              PzPredictor     *predictor);
InkFrameSkip pz_pipeline_strip_get_skip      (PzPipelineStrip *self);
void         pz_pipeline_strip_set_skip      (PzPipelineStrip *self,
                                              InkFrameSkip     skip);

G_END_DECLS
