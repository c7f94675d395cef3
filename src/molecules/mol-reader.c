/* mol-reader.c: the molecules of one source, while they are read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "io/io-sniff.h"
#include "molecules/mol-collection-private.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-report.h"
#include "molecules/mol-xyz.h"

void
mol_reader_init (MolReader     *reader,
                 IoProgressFunc progress,
                 gpointer       user_data)
{
  reader->progress = progress;
  reader->user_data = user_data;
  reader->builder = mol_collection_builder_new ();
  reader->numbers = g_hash_table_new (g_direct_hash, g_direct_equal);
  reader->report = g_new0 (MolReport, 1);
}

void
mol_reader_clear (MolReader *reader)
{
  g_clear_pointer (&reader->builder, mol_collection_builder_free);
  g_clear_pointer (&reader->numbers, g_hash_table_unref);
  g_clear_pointer (&reader->report, mol_report_free);
  g_clear_pointer (&reader->origins, g_array_unref);
  g_clear_pointer (&reader->unreadable, g_array_unref);
}

void
mol_reader_add_unreadable (MolReader  *reader,
                           const char *name,
                           guint       line,
                           const char *reason)
{
  MolReport *report = reader->report;

  if (reader->unreadable != NULL)
    {
      MolUnreadable unreadable = { mlp_display_text (name, NULL), line, mlp_display_text (reason, NULL) };

      g_array_append_val (reader->unreadable, unreadable);
    }

  report->n_unreadable++;
  if (report->n_named < MOL_MAX_NAMED)
    {
      report->unreadable[report->n_named++] = (MolUnreadable) { mlp_display_text (name, NULL), line,
                                                                mlp_display_text (reason, NULL) };
    }
}

void
mol_reader_add_bad_value (MolReader  *reader,
                          const char *name,
                          guint       line,
                          const char *reason)
{
  MolReport *report = reader->report;

  report->n_bad_values++;
  if (report->n_named_values < MOL_MAX_NAMED)
    {
      report->bad_values[report->n_named_values++] = (MolUnreadable) { mlp_display_text (name, NULL), line,
                                                                       mlp_display_text (reason, NULL) };
    }
}

gboolean
mol_reader_add (MolReader         *reader,
                const char        *name,
                guint              line,
                const MolMolecule *molecule,
                GError           **error)
{
  if (mol_collection_builder_get_n (reader->builder) == MOL_MAX_MOLECULES)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("there are more than %d molecules, the limit for one data set"), MOL_MAX_MOLECULES);
      return FALSE;
    }

  if (reader->origins != NULL)
    {
      MolOrigin origin = { mlp_display_text (name, NULL), reader->row > 0 ? line : 0, reader->row };

      g_array_append_val (reader->origins, origin);
    }
  else if (molecule->number != 0 && !g_hash_table_add (reader->numbers, GUINT_TO_POINTER (molecule->number)))
    {
      g_autofree char *reason = g_strdup_printf (_("number %u occurs more than once"), molecule->number);

      mol_reader_add_unreadable (reader, name, line, reason);
      return TRUE;
    }

  mol_collection_builder_add (reader->builder, molecule);

  return TRUE;
}

gboolean
mol_reader_report_progress (MolReader  *reader,
                            const char *name,
                            double      fraction,
                            GError    **error)
{
  if (reader->progress == NULL || reader->progress (fraction, reader->user_data))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Reading “%s” was cancelled"), name);

  return FALSE;
}

gboolean
mol_reader_read_xyz (MolReader  *reader,
                     const char *name,
                     const char *text,
                     gsize       size,
                     GError    **error)
{
  g_autoptr(GError) reason = NULL;
  MolMoleculeBuffer buffer;
  guint line;

  if (size > MOL_XYZ_MAX_SIZE)
    {
      mol_reader_add_unreadable (reader, name, 0, _("the file is larger than 64 KiB, the limit for one molecule"));
      return TRUE;
    }

  if (!mol_xyz_read (text, size, &buffer, &line, &reason))
    {
      mol_reader_add_unreadable (reader, name, line, reason->message);
      return TRUE;
    }

  /* The number is in the second. */
  return mol_reader_add (reader, name, 2, &buffer.molecule, error);
}

gboolean
mol_reader_read_archive (MolReader *reader,
                         IoArchive *archive,
                         GError   **error)
{
  g_autofree char *text = g_malloc (MOL_XYZ_MAX_SIZE + 1);
  g_autoptr(GError) local_error = NULL;
  const char *name;

  io_archive_set_progress (archive, reader->progress, reader->user_data);
  while ((name = io_archive_next (archive, &local_error)) != NULL)
    {
      gsize size;

      if (io_sniff_is_hidden (name))
        continue;

      if (!io_archive_read (archive, text, MOL_XYZ_MAX_SIZE + 1, &size, &local_error))
        {
          /* Of a folder's files each stands for itself. */
          if (!io_archive_is_folder (archive))
            break;
          mol_reader_add_unreadable (reader, name, 0, local_error->message);
          g_clear_error (&local_error);
          continue;
        }

      /* Not every file of an archive claims to be a molecule. */
      if (!io_sniff_is_xyz (name) && !mol_xyz_recognise (text, size))
        continue;

      if (!mol_reader_read_xyz (reader, name, text, size, error))
        {
          g_prefix_error (error, "“%s”: ", io_archive_get_name (archive));
          return FALSE;
        }
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}
