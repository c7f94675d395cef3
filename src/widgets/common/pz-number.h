/* pz-number.h: number formatting and parsing in the locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * pz_number_parse:
 * @text: what was typed: "0.001", "1e-3", in a German locale "0,001" as well
 * @integer: only whole numbers will do; then "10,000" or "10.000" is read with
 *   the locale's thousands separator
 * @value: (out): the number
 * @problem: (out) (optional) (transfer full): a translated sentence, if it is none
 *
 * Returns: whether all of @text is one finite number
 */
gboolean  pz_number_parse           (const char  *text,
                                     gboolean     integer,
                                     double      *value,
                                     char       **problem);

/* (transfer full): the shortest text that gives the same float again: "0.001",
 * "1e-8"; a whole number without separators */
char     *pz_number_format          (double       value,
                                     gboolean     integer);

/* (transfer full): "60,000" */
char     *pz_number_format_count    (guint64      n);

/* (transfer full): of a share, "94.1 %" */
char     *pz_number_format_percent  (double       share);

/* (transfer full): "1.2 M samples/s" */
char     *pz_number_format_speed    (double       samples_per_second);

/* (transfer full): "3 s left", "2 min left" */
char     *pz_number_format_time_left (double      seconds);

G_END_DECLS
