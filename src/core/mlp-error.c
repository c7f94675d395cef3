/* mlp-error.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-error.h"

G_DEFINE_QUARK (mlp-error-quark, mlp_error)
