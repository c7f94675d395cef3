/* mlp-ridge.h: ridge regression: least squares with a penalty on the coefficients.
 *
 *   W = (X Xᵀ + λ 1)⁻¹ X Yᵀ
 *
 * Hoerl and Kennard, Technometrics 12, 55 (1970); solved by Cholesky's
 * factorisation in double.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sums over samples, from which the law follows. */
typedef struct _MlpRidge MlpRidge;

/* @p inputs, @q outputs. Errors: %MLP_ERROR_TOO_LARGE if there is no memory for
 * p × p numbers */
MlpRidge *mlp_ridge_new   (gsize         p,
                           gsize         q,
                           GError      **error);
void      mlp_ridge_free  (MlpRidge     *ridge);

/* Adds the samples of a batch: @x is p × B, @y is q × B. */
void      mlp_ridge_add   (MlpRidge     *ridge,
                           const float  *x,
                           const float  *y,
                           gsize         B);

/**
 * mlp_ridge_solve:
 * @ridge: the sums, of no use afterwards
 * @lambda: λ, above 0
 * @w: (out caller-allocates): p × q: column t is the law for output t
 *
 * Returns: FALSE if what was added was not finite
 */
gboolean  mlp_ridge_solve (MlpRidge     *ridge,
                           double        lambda,
                           float        *w);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MlpRidge, mlp_ridge_free)

G_END_DECLS
