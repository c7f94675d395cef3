/* mlp-eigenvalues-private.h: the eigenvalues and eigenvectors of a small symmetric
 * matrix.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mlp_eigenvalues:
 * @a: (inout): n × n, symmetric, finite; destroyed
 * @n: rows, at least 1
 * @values: (out caller-allocates): n eigenvalues, in no order
 * @vectors: (out caller-allocates) (nullable): n × n; row i is the eigenvector of
 *   values[i], of length 1
 *
 * Householder's reduction to a tridiagonal matrix, then the QL method with
 * implicit shifts (Wilkinson and Reinsch, Handbook for Automatic Computation II,
 * 1971); the error of a value is some 10⁻¹⁵ of the largest.
 *
 * For the matrices of molecules, 5 to 56 rows, on one thread: the faster of dsyev and dsyevd of
 * LAPACK (that of OpenBLAS 0.3.21) takes 1.0 to 1.5 times as long for the values alone, and 1.7 to
 * 2.5 times as long with the vectors.
 */
void mlp_eigenvalues (double *a,
                      guint   n,
                      double *values,
                      double *vectors);

G_END_DECLS
