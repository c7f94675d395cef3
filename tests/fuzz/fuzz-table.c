/* fuzz-table.c: SD files with their tables, and MoleculeNet's tables, of whatever
 * bytes.
 *
 * The first two bytes say where the SD file ends and the table begins; without an
 * SD file the table is one with SMILES.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "molecules/mol-collection.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-sdf-private.h"
#include "molecules/mol-table-private.h"


int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static IoLines *
make_lines (const char   *name,
            const guint8 *bytes,
            gsize         n_bytes)
{
  return io_lines_new (io_stream_new_memory (name, bytes, n_bytes));
}

static void
check_sound (const MolCollection *molecules)
{
  for (gsize i = 0; i < mol_collection_get_n (molecules); i++)
    {
      g_autofree char *formula = NULL;
      MolMolecule molecule;

      mol_collection_get (molecules, i, &molecule);
      formula = mol_molecule_make_formula (&molecule);
      g_assert_nonnull (formula);
      g_assert_true (g_utf8_validate (molecule.smiles, -1, NULL));
      g_assert_true (molecule.xyz == NULL || mol_molecule_check_places (&molecule, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_auto(MolReader) reading = { 0 };
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(IoLines) sdf = NULL;
  g_autoptr(IoCsv) csv = NULL;
  g_autoptr(GError) error = NULL;
  IoLines *lines;
  gboolean good = FALSE;
  gsize n_sdf;

  if (n_bytes < 2)
    return 0;

  n_sdf = MIN (bytes[0] | bytes[1] << 8, n_bytes - 2);
  mol_table_recognise ((const char *) bytes + 2, n_bytes - 2);
  mol_sdf_recognise ((const char *) bytes + 2, n_bytes - 2);
  sdf = make_lines ("file", bytes + 2, n_sdf);
  lines = make_lines ("table", bytes + 2 + n_sdf, n_bytes - 2 - n_sdf);
  csv = lines != NULL ? io_csv_new (lines, NULL) : NULL;

  mol_reader_init (&reading, NULL, NULL);
  if (n_sdf > 0 && sdf != NULL)
    good = mol_sdf_read (&reading, sdf, csv, &error);
  else if (csv != NULL)
    good = mol_table_read (&reading, csv, &error);
  else
    return 0;
  g_assert_true (good == (error == NULL));

  molecules = mol_collection_builder_end (g_steal_pointer (&reading.builder));
  if (molecules != NULL)
    check_sound (molecules);
  for (gsize i = 0; i < reading.report->n_named; i++)
    g_assert_true (g_utf8_validate (reading.report->unreadable[i].reason, -1, NULL));

  return 0;
}
