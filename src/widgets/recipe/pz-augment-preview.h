/* pz-augment-preview.h: what augmentation makes of some of the training pictures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_AUGMENT_PREVIEW (pz_augment_preview_get_type ())

/* Property "project" (PzProject, nullable). What is shown is what the recipe's seed
 * gives in the epochs that are named. */
G_DECLARE_FINAL_TYPE (PzAugmentPreview, pz_augment_preview, PZ, AUGMENT_PREVIEW, AdwBin)

GtkWidget *pz_augment_preview_new         (void);

PzProject *pz_augment_preview_get_project (PzAugmentPreview *self);
void       pz_augment_preview_set_project (PzAugmentPreview *self,
                                           PzProject        *project);

/* Whether there is something to show: pictures of a usual size are loaded, and the recipe
 * augments them. */
gboolean   pz_augment_preview_can_show    (PzProject        *project);

G_END_DECLS
