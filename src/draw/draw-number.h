/* draw-number.h: numbers as text: significant digits, powers, units, in the locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* (transfer full): a value to read, @digits significant ones */
char *draw_number_format          (double      value,
                                   int         digits);

/* (transfer full): a given number, which has as few digits as say it: "0.043" */
char *draw_number_format_given    (double      value);

/* (transfer full): @number, which it takes, and its unit; @unit (nullable) */
char *draw_number_append_unit     (char       *number,
                                   const char *unit);

/* (transfer full): a value to read with its unit; @unit (nullable) */
char *draw_number_format_quantity (double      value,
                                   int         digits,
                                   const char *unit);

/* (transfer full): a number of things */
char *draw_number_format_count    (gsize       n);

/* (transfer full): with so many decimals, in groups of three from 10,000 on */
char *draw_number_format_fixed    (double      value,
                                   int         decimals);

/* (transfer full): @value, which is finite, as a power of ten: "1.5×10⁻⁷" */
char *draw_number_format_power    (double      value,
                                   int         decimals);

G_END_DECLS
