/* mlp-interval.h: confidence intervals of 95 %.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The 97.5 % quantile of Student's t with @n_degrees of freedom, at least 1
 * (Student, Biometrika 6, 1 (1908)). */
double mlp_interval_student_quantile (gsize   n_degrees);

/**
 * mlp_interval_mean_half_width:
 * @sum: Σ x
 * @squares: Σ x²
 * @n: how many
 *
 * Half the interval of the mean of n independent numbers: t s / √n with Student's t,
 * which few numbers make wide.
 *
 * Returns: NaN where @n is below 2: one number says nothing of how they spread
 */
double mlp_interval_mean_half_width (double sum,
                                     double squares,
                                     gsize  n);

/**
 * mlp_interval_wilson:
 * @n_right: how many of @n are right
 * @n: of how many, at least 1
 * @low: (out): lower bound of the share
 * @high: (out): upper bound
 *
 * Wilson's score interval (Wilson, J. Am. Stat. Assoc. 22, 209 (1927)).
 */
void   mlp_interval_wilson           (gsize   n_right,
                                      gsize   n,
                                      double *low,
                                      double *high);

/**
 * mlp_interval_share:
 * @n_right: how many of @n are right
 * @n: of how many
 * @low: (out): lower bound of the share; NaN where @n is below 2
 * @high: (out): upper bound; the same
 *
 * Of up to 100 the exact interval (Clopper and Pearson, Biometrika 26, 404 (1934)):
 * the shares of which neither @n_right or more, nor @n_right or fewer, are less
 * likely than 2.5 %. Of more, Wilson's.
 */
void   mlp_interval_share            (gsize   n_right,
                                      gsize   n,
                                      double *low,
                                      double *high);

G_END_DECLS
