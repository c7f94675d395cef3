/* bench-gemm.h: how fast this machine multiplies matrices.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Floating-point operations a second of the best of several square products in
 * single precision, by the BLAS and by what the core makes of it; each of
 * @n_threads multiplies matrices of its own. Takes about a quarter of a second. */
double bench_gemm_peak (guint n_threads);

G_END_DECLS
