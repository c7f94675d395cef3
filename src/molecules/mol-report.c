/* mol-report.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "molecules/mol-report.h"

void
mol_report_free (MolReport *report)
{
  if (report == NULL)
    return;

  for (gsize i = 0; i < report->n_named; i++)
    {
      g_free (report->unreadable[i].name);
      g_free (report->unreadable[i].reason);
    }
  for (gsize i = 0; i < report->n_named_values; i++)
    {
      g_free (report->bad_values[i].name);
      g_free (report->bad_values[i].reason);
    }
  g_free (report);
}

char *
mol_report_describe_origin (const MolOrigin *origin)
{
  g_return_val_if_fail (origin != NULL, NULL);

  if (origin->row == 0)
    return g_strdup (origin->name);

  /* Translators: a file, and which of its rows or records */
  return g_strdup_printf (_("%s, row %u"), origin->name, origin->row);
}
