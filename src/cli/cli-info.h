/* cli-info.h: the parts of perzeptron-cli info.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/* "Samples      1,808": one line. */
void cli_info_print_row (const char *name,
                         const char *format,
                         ...) G_GNUC_PRINTF (2, 3);

/* Describes a data set, molecules or a table. Returns: the exit status */
int  cli_info_data      (const char *source,
                         gboolean    json);

G_END_DECLS
