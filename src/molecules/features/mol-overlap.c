/* mol-overlap.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "molecules/features/mol-overlap-private.h"
#include "molecules/mol-element.h"

/* Slater's ζ of the valence shell; H C N O F */
static const double zetas[MOL_N_ELEMENTS] = { 1.3, 1.625, 1.95, 2.275, 2.425 };

/* For ζ = 1: 1s, and 2s and 2p, which share their exponents. */
static const struct
{
  double exponent[MOL_N_GAUSSIANS];
  double s[MOL_N_GAUSSIANS];
  double p[MOL_N_GAUSSIANS];
} expansions[2] = {
  { { 2.227660584, 0.405771156, 0.109818036 },
    { 0.154328967, 0.535328142, 0.444634542 },
    { 0.0, 0.0, 0.0 } },
  { { 0.994203, 0.231031, 0.0751386 },
    { -0.0999672292, 0.399512826, 0.700115469 },
    { 0.155916275, 0.607683719, 0.391957393 } },
};

/* Beyond this the exponential is nothing: 10⁻¹¹. */
#define FAR 25.0

void
mol_overlap_shells_init (MolShells *shells)
{
  for (guint e = 0; e < MOL_N_ELEMENTS; e++)
    for (guint g = 0; g < MOL_N_GAUSSIANS; g++)
      {
        double exponent = expansions[e > 0].exponent[g] * zetas[e] * zetas[e];
        double norm = pow (2.0 * exponent / G_PI, 0.75);

        shells->exponent[e][g] = exponent;
        shells->s[e][g] = expansions[e > 0].s[g] * norm;
        shells->p[e][g] = expansions[e > 0].p[g] * norm * 2.0 * sqrt (exponent);
      }
}

/* With Gaussians α at a and β at b, p = α + β, R = b − a: their product is one
 * Gaussian at a + β R / p, and
 *
 *   ⟨s|s⟩ = S = (π / p)^(3/2) exp (−α β R² / p)
 *   ⟨p_k|s⟩ = S β R_k / p,  ⟨s|p_l⟩ = −S α R_l / p
 *   ⟨p_k|p_l⟩ = S (δ_kl / 2p − α β R_k R_l / p²)
 *
 * so that five sums make the block. */
void
mol_overlap (const MolShells *shells,
             guint            a,
             guint            b,
             const double     place_a[3],
             const double     place_b[3],
             double           block[4][4])
{
  const double R[3] = { place_b[0] - place_a[0], place_b[1] - place_a[1], place_b[2] - place_a[2] };
  double R2 = R[0] * R[0] + R[1] * R[1] + R[2] * R[2];
  double ss = 0.0, ps = 0.0, sp = 0.0, pp = 0.0, along = 0.0;

  for (guint i = 0; i < MOL_N_GAUSSIANS; i++)
    for (guint j = 0; j < MOL_N_GAUSSIANS; j++)
      {
        double alpha = shells->exponent[a][i];
        double beta = shells->exponent[b][j];
        double p = alpha + beta;
        double damping = alpha * beta * R2 / p;
        double S;

        if (damping > FAR)
          continue;

        S = G_PI / p * sqrt (G_PI / p) * exp (-damping);
        ss += shells->s[a][i] * shells->s[b][j] * S;
        ps += shells->p[a][i] * shells->s[b][j] * S * beta / p;
        sp -= shells->s[a][i] * shells->p[b][j] * S * alpha / p;
        pp += shells->p[a][i] * shells->p[b][j] * S / (2.0 * p);
        along -= shells->p[a][i] * shells->p[b][j] * S * alpha * beta / (p * p);
      }

  block[0][0] = ss;
  for (guint k = 0; k < 3; k++)
    {
      block[k + 1][0] = ps * R[k];
      block[0][k + 1] = sp * R[k];
      for (guint l = 0; l < 3; l++)
        block[k + 1][l + 1] = along * R[k] * R[l] + (k == l ? pp : 0.0);
    }
}

double
mol_overlap_get_hybrid (guint element)
{
  return element == 0 ? 0.0 : 5.0 / (2.0 * sqrt (3.0) * zetas[element]);
}
