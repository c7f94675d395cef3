/* io-progress.h: progress reporting and cancellation of reading.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Called now and then while files are read, in the reading thread.
 * @fraction: 0 to 1. Returns: FALSE to cancel */
typedef gboolean (*IoProgressFunc) (double   fraction,
                                    gpointer user_data);

G_END_DECLS
