/* bench-gemm.h: how fast this machine multiplies matrices.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Floating-point operations a second, on average over a fifth of a second, of
 * square products in single precision: the best of two sizes, each by the BLAS
 * and by what the core makes of it. Each thread has matrices of its own. */
double bench_gemm (guint n_threads);

G_END_DECLS
