/* mlp-gemm-product-private.h: matrix product kernel with tiles of 2 × LANES rows and TILE_COLUMNS columns.
 *
 * Included by mlp-gemm.c once for each kind of processor, with these defined:
 * NAME (x), what x is called for it; LANES, the floats of its vectors;
 * TILE_COLUMNS.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

typedef float NAME (Vector)
  __attribute__ ((vector_size (LANES * sizeof (float)), aligned (4), may_alias));

/* C ← α a b (+ C), a: k rows of 2 × LANES, b: k rows of TILE_COLUMNS; of these
 * two vectors the tile has @h, of the columns @w; @m × @n of it are kept. */
INLINE void
NAME (tile) (const gsize  h,
             const gsize  w,
             gsize        k,
             const float *a,
             const float *b,
             float        alpha,
             gboolean     adds,
             float       *C,
             gsize        ldc,
             gsize        m,
             gsize        n)
{
  NAME (Vector) sums[TILE_COLUMNS][2];
  float rest[2 * LANES];

#pragma GCC unroll 16
  for (gsize j = 0; j < w; j++)
    sums[j][0] = sums[j][1] = (NAME (Vector)) { 0.0f };

  for (gsize kk = 0; kk < k; kk++)
    {
      const NAME (Vector) *v = (const NAME (Vector) *) (a + kk * 2 * LANES);
      const float *x = b + kk * TILE_COLUMNS;

#pragma GCC unroll 16
      for (gsize j = 0; j < w; j++)
        {
          sums[j][0] += v[0] * x[j];
          if (h == 2)
            sums[j][1] += v[1] * x[j];
        }
    }

#pragma GCC unroll 16
  for (gsize j = 0; j < w; j++)
    {
      float *c = C + j * ldc;

      if (j >= n)
        break;

      if (m == h * LANES)
        {
          for (gsize i = 0; i < h; i++)
            {
              NAME (Vector) *to = (NAME (Vector) *) c + i;

              *to = adds ? *to + alpha * sums[j][i] : alpha * sums[j][i];
            }
          continue;
        }

      for (gsize i = 0; i < h; i++)
        ((NAME (Vector) *) rest)[i] = sums[j][i];
      for (gsize i = 0; i < m; i++)
        c[i] = adds ? c[i] + alpha * rest[i] : alpha * rest[i];
    }
}

/* A tile of few columns does not do the work of a full one. */
INLINE void
NAME (fit_tile) (gsize        k,
                 const float *a,
                 const float *b,
                 float        alpha,
                 gboolean     adds,
                 float       *C,
                 gsize        ldc,
                 gsize        m,
                 gsize        n)
{
  if (m > LANES && n > TILE_COLUMNS / 2)
    NAME (tile) (2, TILE_COLUMNS, k, a, b, alpha, adds, C, ldc, m, n);
  else if (m > LANES)
    NAME (tile) (2, TILE_COLUMNS / 2, k, a, b, alpha, adds, C, ldc, m, n);
  else if (n > TILE_COLUMNS / 2)
    NAME (tile) (1, TILE_COLUMNS, k, a, b, alpha, adds, C, ldc, m, n);
  else
    NAME (tile) (1, TILE_COLUMNS / 2, k, a, b, alpha, adds, C, ldc, m, n);
}

INLINE void
NAME (run) (const Product *p)
{
  float a[KC * ROWS + SLACK] __attribute__ ((aligned (ALIGNMENT)));
  float b[KC * COLUMNS + SLACK] __attribute__ ((aligned (ALIGNMENT)));
  const gsize n_slices = (p->k + KC - 1) / KC;
  const gsize slice = ((p->k + n_slices - 1) / n_slices + 7) / 8 * 8;
  const gsize rows = 2 * LANES;

  for (gsize jj = 0; jj < p->n; jj += COLUMNS)
    {
      const gsize j_end = MIN (jj + COLUMNS, p->n);

      for (gsize kk = 0; kk < p->k; kk += slice)
        {
          const gsize k = MIN (slice, p->k - kk);
          const gboolean adds = p->adds || kk > 0;

          for (gsize j = jj; j < j_end; j += TILE_COLUMNS)
            pack_panel (&p->B, j, MIN (TILE_COLUMNS, j_end - j), kk, k, TILE_COLUMNS, b + (j - jj) * k);

          for (gsize ii = 0; ii < p->m; ii += ROWS)
            {
              const gsize i_end = MIN (ii + ROWS, p->m);

              pack_panels (&p->A, ii, i_end, kk, k, rows, a);

              for (gsize i = ii; i < i_end; i += rows)
                {
                  const gsize m = MIN (rows, i_end - i);

                  for (gsize j = jj; j < j_end; j += TILE_COLUMNS)
                    {
                      NAME (fit_tile) (k, a + (i - ii) * k, b + (j - jj) * k, p->alpha, adds,
                                       p->C + j * p->m + i, p->m, m, MIN (TILE_COLUMNS, j_end - j));
                    }
                }
            }
        }
    }
}
