/* mlp-memory.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdlib.h>
#include <string.h>

#ifdef __linux__
#include <sys/mman.h>
#endif

#include "core/linalg/mlp-memory-private.h"

#define CACHE_LINE 64
#define HUGE_PAGE ((gsize) 2 << 20)

/* From here on it is worth a huge page: more small ones than a processor keeps
 * the addresses of. */
#define LARGE ((gsize) 256 << 10)

void
mlp_memory_advise (float *block,
                   gsize  n)
{
#ifdef __linux__
  const guintptr begin = ((guintptr) block + HUGE_PAGE - 1) / HUGE_PAGE * HUGE_PAGE;
  const guintptr end = ((guintptr) block + n * sizeof *block) / HUGE_PAGE * HUGE_PAGE;

  /* It is a hint: no matter if it is refused. */
  if (begin < end)
    (void) madvise ((void *) begin, end - begin, MADV_HUGEPAGE);
#endif
}

float *
mlp_memory_new (gsize n)
{
  gsize n_bytes;
  gsize alignment;
  float *block;

  if (!g_size_checked_mul (&n_bytes, MAX (n, 1), sizeof (float)) ||
      n_bytes > G_MAXSSIZE - HUGE_PAGE)
    return NULL;

  alignment = n_bytes >= LARGE ? HUGE_PAGE : CACHE_LINE;
  n_bytes = (n_bytes + alignment - 1) / alignment * alignment;
  block = aligned_alloc (alignment, n_bytes);

  if (block != NULL)
    mlp_memory_advise (block, n_bytes / sizeof (float));

  return block;
}

float *
mlp_memory_new0 (gsize n)
{
  float *block = mlp_memory_new (n);

  if (block != NULL)
    memset (block, 0, n * sizeof *block);

  return block;
}
