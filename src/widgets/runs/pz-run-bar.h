/* pz-run-bar.h: status bar of a run: progress, metrics and speed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "widgets/common/pz-project-widget.h"

G_BEGIN_DECLS

#define PZ_TYPE_RUN_BAR (pz_run_bar_get_type ())

/* Action "run.test": the network's figures on the test samples. */
G_DECLARE_FINAL_TYPE (PzRunBar, pz_run_bar, PZ, RUN_BAR, PzProjectWidget)

G_END_DECLS
