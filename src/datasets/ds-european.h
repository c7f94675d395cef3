/* ds-european.h: the European hands among the built-in digits.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "datasets/ds-set.h"

G_BEGIN_DECLS

/* A hand wrote so many of the built-in digits, one after the other: each digit
 * once (data/samples/make-digits.c). */
#define DS_HAND_SIZE 10

/* Whether hand number @hand of a part writes as in Germany, France and Poland:
 * two in five do, and as many in any stretch of them. */
gboolean ds_european_is_hand (gsize hand);

G_END_DECLS
