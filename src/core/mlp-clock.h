/* mlp-clock.h: the clock that the core is lent, for it reads none itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The microseconds of a steady clock, such as g_get_monotonic_time(). Thread: any. */
typedef gint64 (*MlpClockFunc) (void);

G_END_DECLS
