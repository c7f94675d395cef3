/* pz-augment-preview.h: preview of augmentation on some training images.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_AUGMENT_PREVIEW (pz_augment_preview_get_type ())

/* What is shown is what the recipe's seed gives in the epochs that are named. */
G_DECLARE_FINAL_TYPE (PzAugmentPreview, pz_augment_preview, PZ, AUGMENT_PREVIEW, PzProjectWidget)

/* Whether there is something to show: images of a usual size are loaded, and the recipe
 * augments them. */
gboolean   pz_augment_preview_can_show    (PzProject        *project);

G_END_DECLS
