/* mlp-memory-private.h: allocation of aligned float arrays.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (nullable): @n floats, at least one, not set, for free(). They begin with a
 * cache line, so that no block shares one with another thread's; large ones are
 * in huge pages where the system has some. %NULL if there is no memory. */
float *mlp_memory_new    (gsize  n);

/* The same, all zero. */
float *mlp_memory_new0   (gsize  n);

/* Asks for huge pages for a block that comes from elsewhere. */
void   mlp_memory_advise (float *block,
                          gsize  n);

G_END_DECLS
