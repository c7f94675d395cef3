/* ds-qm9.c: QM9, and molecules in its formats.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-qm9-private.h"

/* Nothing at all could be used; always NULL. */
static DsMolecules *
set_no_molecules (const char              *source,
                  const DsMoleculesReport *report,
                  GError                 **error)
{
  const DsUnreadable *first = &report->unreadable[0];

  if (report->n_unreadable == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("There are no molecules in “%s”; expected QM9, as XYZ files in an archive or a folder"), source);
  else if (first->line == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("None of the %zu molecules in “%s” could be read. The first, “%s”: %s"),
                 report->n_unreadable, source, first->name, first->reason);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("None of the %zu molecules in “%s” could be read. The first, “%s”, in line %u: %s"),
                 report->n_unreadable, source, first->name, first->line, first->reason);

  return NULL;
}

DsMolecules *
ds_molecules_open (const char               *source,
                   const DsMoleculesOptions *options,
                   DsProgressFunc            progress,
                   gpointer                  user_data,
                   DsMoleculesReport       **report,
                   GError                  **error)
{
  g_autoptr(DsArchive) archive = NULL;
  g_auto(DsReading) reading = { 0 };
  DsMolecules *molecules;

  g_return_val_if_fail (source != NULL && options != NULL, NULL);

  archive = ds_archive_open (source, error);
  if (archive == NULL)
    return NULL;

  ds_reading_init (&reading);
  ds_archive_set_progress (archive, progress, user_data);
  if (!ds_reading_read_archive (&reading, archive, error))
    return NULL;

  molecules = ds_molecules_builder_end (g_steal_pointer (&reading.builder));
  if (molecules == NULL)
    return set_no_molecules (source, reading.report, error);

  reading.report->n = ds_molecules_get_n (molecules);
  if (report != NULL)
    *report = g_steal_pointer (&reading.report);

  return molecules;
}
