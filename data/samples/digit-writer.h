/* digit-writer.h: handwriting by hands that nobody has: from a skeleton to a
 * picture as in MNIST.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/mlp-random.h"
#include "digit-forms.h"

G_BEGIN_DECLS

#define DIGIT_N_PIXELS (28 * 28)

/* Somebody's handwriting, with one form for each digit. */
typedef struct
{
  gboolean european;
  double   slant;            /* x per y, to the right */
  double   aspect;           /* factor */
  double   halves;           /* how much the upper part differs from the lower one */
  double   pen;              /* pixels of the 20 × 20 box */
  double   unsteady;         /* factor of what moves points and bends the plane */
  double   rounding;         /* of corners, in pixels of the canvas */
  double   tremor;           /* the same */
  double   stretch;          /* how far beyond a skeleton's extremes: 1 to none */
  const DigitSkeleton *skeletons[10];
} DigitHand;

/**
 * digit_hands_make:
 * @hands: (out caller-allocates) (array length=n_hands): hands
 * @n_hands: how many
 * @share_european: of them, 0 to 1
 * @spread: 1; more for hands that differ more from each other
 * @random: where they come from
 *
 * Makes hands that are, as a group, a fair sample of all: each of their numbers
 * takes each of @n_hands equal slices of its distribution once (Latin hypercube
 * sampling: McKay, Beckman and Conover, 1979), and each form has its share.
 */
void     digit_hands_make       (DigitHand           *hands,
                                 gsize                n_hands,
                                 gboolean             all_european,
                                 double               spread,
                                 MlpRandom           *random);

/**
 * digit_hand_write:
 * @hand: a hand
 * @skeleton: what it writes
 * @frame: (out caller-allocates) (array fixed-size=784): a picture by the rule of
 *   MNIST
 * @random: what chance decides
 *
 * Writes a digit: points between a skeleton's extremes, moved a little; the upper
 * part made larger or smaller than the lower one, the plane bent; corners rounded;
 * stroked by a pen whose pressure varies. All in plain arithmetic, so that equal
 * seeds give equal pictures.
 */
void     digit_hand_write       (const DigitHand     *hand,
                                 const DigitSkeleton *skeleton,
                                 guint8              *frame,
                                 MlpRandom           *random);

G_END_DECLS
