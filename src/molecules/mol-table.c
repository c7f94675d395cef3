/* mol-table.c: QM9 as a table, as MoleculeNet distributes it.
 *
 * Z. Wu et al.: MoleculeNet: a benchmark for molecular machine learning. Chem.
 * Sci. 9, 513 (2018). Values and units are those of the XYZ files; the columns of
 * atomisation energies, "u0_atom" and so on, are in kcal/mol and not read.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-smiles.h"
#include "molecules/mol-table-private.h"

/* Between two calls of the progress function. */
#define ROWS_A_CALL 1000

static const char *const column_names[MOL_N_PROPERTIES] = {
  "A", "B", "C", "mu", "alpha", "homo", "lumo", "gap", "r2", "zpve", "u0", "u298", "h298", "g298", "cv",
};

guint
mol_table_number_from_name (const char *name,
                            gsize       length)
{
  guint number;

  g_return_val_if_fail (name != NULL || length == 0, 0);

  if (length > 4 && memcmp (name, "gdb", 3) == 0 && (name[3] == '_' || name[3] == ' '))
    {
      name += 4;
      length -= 4;
    }

  return io_text_word_to_uint ((IoWord) { name, length }, MOL_MAX_NUMBER, &number) ? number : 0;
}

void
mol_table_columns_find (MolColumns  *columns,
                        const IoCsv *csv)
{
  columns->number = io_csv_find (csv, "mol_id");
  columns->smiles = io_csv_find (csv, "smiles");
  for (gsize i = 0; i < MOL_N_PROPERTIES; i++)
    columns->properties[i] = io_csv_find (csv, column_names[i]);
}

void
mol_table_columns_read (const MolColumns *columns,
                        const IoCsv      *csv,
                        MolReader        *reader,
                        const char       *name,
                        double           *properties)
{
  for (gsize i = 0; i < MOL_N_PROPERTIES; i++)
    {
      const guint column = (guint) columns->properties[i];
      g_autoptr(GError) reason = NULL;

      properties[i] = (double) NAN;
      if (columns->properties[i] < 0 || io_csv_is_missing (csv, column) ||
          io_csv_get_number (csv, column, &properties[i]))
        continue;

      properties[i] = (double) NAN;
      mol_molecule_refuse_property (io_csv_get (csv, column), i, &reason);
      mol_reader_add_bad_value (reader, name, io_csv_get_line (csv), reason->message);
    }
}

guint
mol_table_columns_read_number (const MolColumns *columns,
                               const IoCsv      *csv)
{
  IoWord word;

  if (columns->number < 0)
    return 0;

  word = io_csv_get (csv, (guint) columns->number);

  return mol_table_number_from_name (word.start, word.length);
}

gboolean
mol_table_recognise (const char *text,
                     gsize       size)
{
  IoLines *lines = io_lines_new (io_stream_new_memory ("", (const guint8 *) text, size));
  g_autoptr(IoCsv) csv = lines != NULL ? io_csv_new (lines, NULL) : NULL;

  return csv != NULL &&
         (io_csv_find (csv, "smiles") >= 0 || io_csv_find (csv, "mol_id") >= 0);
}

static gboolean
read_row (MolReader         *reader,
          const char        *name,
          const MolColumns  *columns,
          const IoCsv       *csv,
          MolMoleculeBuffer *buffer,
          GError           **error)
{
  IoWord smiles = io_csv_get (csv, (guint) columns->smiles);

  mol_molecule_buffer_clear (buffer);
  buffer->molecule.number = mol_table_columns_read_number (columns, csv);
  if (io_csv_is_missing (csv, (guint) columns->smiles))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT, _("the SMILES string is missing"));
      return FALSE;
    }
  if (!mol_molecule_buffer_set_smiles (buffer, smiles.start, smiles.length, error) ||
      !mol_smiles_read_atoms (smiles.start, smiles.length, buffer, error))
    return FALSE;
  mol_table_columns_read (columns, csv, reader, name, buffer->properties);

  return TRUE;
}

gboolean
mol_table_read (MolReader *reader,
                IoCsv     *csv,
                GError   **error)
{
  g_autofree char *name = g_path_get_basename (io_csv_get_name (csv));
  g_autoptr(GError) local_error = NULL;
  g_autofree char *problem = NULL;
  MolColumns columns;
  gsize n = 0;

  mol_table_columns_find (&columns, csv);
  if (columns.smiles < 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("The table “%s” has no column “smiles” and therefore no molecules"), io_csv_get_name (csv));
      return FALSE;
    }

  while (io_csv_next (csv, &problem, &local_error))
    {
      g_autoptr(GError) reason = NULL;
      guint line = io_csv_get_line (csv);
      MolMoleculeBuffer buffer;

      reader->row = io_csv_get_row (csv);
      if (n++ % ROWS_A_CALL == 0 &&
          !mol_reader_report_progress (reader, io_csv_get_name (csv), io_csv_get_fraction (csv), error))
        return FALSE;

      if (problem != NULL)
        mol_reader_add_unreadable (reader, name, line, problem);
      else if (!read_row (reader, name, &columns, csv, &buffer, &reason))
        mol_reader_add_unreadable (reader, name, line, reason->message);
      else if (!mol_reader_add (reader, name, line, &buffer.molecule, error))
        return FALSE;
      g_clear_pointer (&problem, g_free);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}
