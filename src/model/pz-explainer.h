/* pz-explainer.h: explanations of a network's predictions: attribution and counterfactual.
 *
 * The newest question wins. First comes the attribution, of a millisecond; then the
 * counterfactual is looked for, which a newer image interrupts. Main thread; the work is
 * done in a thread (pz-latest.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-explain.h"
#include "ink/ink-frame.h"

G_BEGIN_DECLS

#define PZ_TYPE_EXPLAINER (pz_explainer_get_type ())

/* Signal "changed": another explanation, or none any more. */
G_DECLARE_FINAL_TYPE (PzExplainer, pz_explainer, PZ, EXPLAINER, GObject)

/* The units of the first layer that are told. */
#define PZ_EXPLAINER_N_UNITS 5

/* Of the answer, or of the class that was chosen. */
typedef struct
{
  guint8  frame[INK_FRAME_SIZE];     /* what it is about */
  gsize   answer;
  gsize   class;                     /* whose slopes these are */
  float   probability;               /* of it: as pz_predictor_peek_outputs() */
  float   gradient[INK_FRAME_SIZE];  /* ∂a_L[class] / ∂x */
  float   scale;                     /* x is it times the byte */

  /* Of hidden units those that add most to a_L[class], up or down; none where there is
   * no hidden layer */
  gsize   n_units;
  gsize   units[PZ_EXPLAINER_N_UNITS];
  float   activations[PZ_EXPLAINER_N_UNITS];
  float   contributions[PZ_EXPLAINER_N_UNITS];
} PzAttribution;

/* What would make it another class: the one that was chosen, or else the next likely. */
typedef struct
{
  guint8            frame[INK_FRAME_SIZE];
  gsize             class;
  MlpCounterfactual outcome;                 /* never that it was stopped */
  float             change[INK_FRAME_SIZE];  /* of x: above 0 is ink to add */
  gsize             answer;                  /* to the changed image */
  float             probability;             /* of @class then */
} PzCounterfactual;

PzExplainer            *pz_explainer_new                 (void);

/* (nullable): copied, as pz_predictor_set_net() takes it. The last question is asked
 * again. A network that takes no 28 × 28 images, or scaled values, has no
 * explanation. */
void                    pz_explainer_set_net             (PzExplainer  *self,
                                                          const MlpNet *net,
                                                          float         scale);

/* (nullable) (array fixed-size=784): the image as the network sees it, copied */
void                    pz_explainer_set_frame           (PzExplainer  *self,
                                                          const guint8 *frame);

/* The class that is asked about; −1: the answer, and what would make it the next. */
void                    pz_explainer_set_class           (PzExplainer  *self,
                                                          gssize        class);
gssize                  pz_explainer_get_class           (PzExplainer  *self);

/* (nullable) (transfer none): until the next "changed" */
const PzAttribution    *pz_explainer_peek_attribution    (PzExplainer  *self);

/* The same; NULL while it is looked for the first time. It may be of an older
 * image until the new one is there. */
const PzCounterfactual *pz_explainer_peek_counterfactual (PzExplainer  *self);

G_END_DECLS
