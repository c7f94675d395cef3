/* pz-net-view.h: the parts of data as a network sees them: what it was trained on,
 * validated on, and has not seen (recipe-seen.h).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "recipe/recipe-seen.h"

G_BEGIN_DECLS

/* What is needed to divide data so, in whichever thread. */
typedef struct
{
  RecipeSeen     *seen;         /* (nullable) */
  gboolean        same_data;
  DsSplitOptions  split;
} PzNetView;

void      pz_net_view_clear  (PzNetView       *view);

/**
 * pz_net_view_divide:
 * @part: that is wanted
 *
 * recipe_seen_divide(). Blocks. Thread: any.
 *
 * Errors: those of it; %G_IO_ERROR_NOT_FOUND where @part is empty: translated
 */
MlpSplit *pz_net_view_divide (const PzNetView *view,
                              const DsSet     *set,
                              MlpPart          part,
                              RecipeParts     *parts,
                              GError         **error);

G_END_DECLS
