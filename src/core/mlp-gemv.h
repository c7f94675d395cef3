/* mlp-gemv.h: the product of a pass over one sample.
 *
 * Each weight is read once and used once, so that nothing is gained by packing
 * and tiles, as mlp-gemm.h has them: this is as fast as the weights can be read.
 * Those that sixteen zeros in a row would meet, as at the borders of a picture,
 * are not read at all.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* y = Aᵀ x + y; A is k × m, column-major, x has k numbers, y has m. The sums are
 * not in the order of k: the last bits are not those of mlp_gemm_tn(). */
void mlp_gemv_t (gsize        m,
                 gsize        k,
                 const float *A,
                 const float *x,
                 float       *y);

G_END_DECLS
