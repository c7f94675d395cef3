/* ds-builtin.h: the data sets that lie in the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"

G_BEGIN_DECLS

/* The digits that ship inside the program. */
DsSet *ds_builtin_open_digits (GError **error);

G_END_DECLS
