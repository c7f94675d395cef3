/* pz-weight-view.h: page with the weights of the network, layer by layer.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_WEIGHT_VIEW (pz_weight_view_get_type ())

G_DECLARE_FINAL_TYPE (PzWeightView, pz_weight_view, PZ, WEIGHT_VIEW, PzProjectWidget)

G_END_DECLS
