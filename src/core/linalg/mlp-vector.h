/* mlp-vector.h: compiler attributes for vectorised loops.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#ifdef __SSE2__
#include <xmmintrin.h>
#endif

G_BEGIN_DECLS

/* Compiles a function for AVX-512 and for AVX2 with FMA, too, and lets the loader
 * choose by what the processor can do (a name of Intel's would mean that model).
 * ThreadSanitizer is not ready yet when the loader asks. */
#ifdef MLP_VECTOR_CLONES
/* A test has said for what it compiles. */
#elif defined (__x86_64__) && defined (__GLIBC__) && defined (__GNUC__) && \
  !defined (__clang__) && !defined (__SANITIZE_THREAD__)
#define MLP_VECTOR_CLONES __attribute__ ((target_clones ("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#else
#define MLP_VECTOR_CLONES
#endif

/* Where the width of the vectors matters, a kernel is a file of its own that is
 * included once for each kind of processor. Defined where there are several. */
#if defined (__x86_64__) && defined (__GNUC__) && !defined (__clang__)
#define MLP_VECTOR_KERNELS
#endif

/* Until mlp_vector_restore_denormals() this thread takes numbers below 10⁻³⁸ as 0:
 * moments that fade away would cost a hundred times the others. */
static inline guint
mlp_vector_flush_denormals (void)
{
#ifdef __SSE2__
  guint before = _mm_getcsr ();

  _mm_setcsr (before | 0x8040);

  return before;
#else
  return 0;
#endif
}

static inline void
mlp_vector_restore_denormals (guint before)
{
#ifdef __SSE2__
  _mm_setcsr (before);
#endif
}

G_END_DECLS
