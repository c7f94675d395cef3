/* digit-forms.h: the forms in which digits are written, as skeletons.
 *
 * A skeleton is the strokes of one construction through a few points, in a unit
 * square that is squeezed to @aspect; y points down. "M" begins a stroke, "C"
 * goes on in a curve through the points that follow, "L" in straight lines; a
 * second "C" makes a corner. Several paths of one skeleton are its extremes:
 * the same construction, as differently as people write it. What is written lies
 * between them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define DIGIT_MAX_PATHS 5

typedef struct
{
  guint       digit;
  const char *form;         /* "long-upstroke"; several skeletons may have one form */
  double      american;     /* how often, among those of the digit: by hands as in MNIST, */
  double      european;     /* … and by hands as in Germany, France and Poland */
  double      aspect;       /* width by height */
  const char *paths[DIGIT_MAX_PATHS];
} DigitSkeleton;

/* Those of a digit stand together, and those of a form need not. */
extern const DigitSkeleton digit_skeletons[];
extern const gsize digit_n_skeletons;

/* "1-long-upstroke". Returns: (transfer full) */
char    *digit_skeleton_dup_name  (const DigitSkeleton *skeleton);

/* The share of a form, digit and name as of @skeleton, among the digits of that
 * kind that such hands write. */
double   digit_skeleton_get_share (const DigitSkeleton *skeleton,
                                   gboolean             european);

/* Whether it is the first one of its form. */
gboolean digit_skeleton_is_first  (const DigitSkeleton *skeleton);

G_END_DECLS
