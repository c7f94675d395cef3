/* fuzz-table.c: SD files with their tables, and MoleculeNet's tables, of whatever
 * bytes.
 *
 * The first two bytes say where the SD file ends and the table begins; without an
 * SD file the table is one with SMILES.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "molecules/mol-open-private.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static DsLines *
make_lines (const char   *name,
            const guint8 *bytes,
            gsize         n_bytes)
{
  return ds_lines_new (ds_stream_new_memory (name, bytes, n_bytes), NULL);
}

static void
check_sound (const DsMolecules *molecules)
{
  for (gsize i = 0; i < ds_molecules_get_n (molecules); i++)
    {
      g_autofree char *formula = NULL;
      DsMolecule molecule;

      ds_molecules_get (molecules, i, &molecule);
      formula = ds_molecule_make_formula (&molecule);
      g_assert_nonnull (formula);
      g_assert_true (g_utf8_validate (molecule.smiles, -1, NULL));
      g_assert_true (molecule.xyz == NULL || ds_molecule_check_places (&molecule, NULL));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_auto(DsReading) reading = { 0 };
  g_autoptr(DsMolecules) molecules = NULL;
  g_autoptr(DsLines) sdf = NULL;
  g_autoptr(DsCsv) csv = NULL;
  g_autoptr(GError) error = NULL;
  DsLines *lines;
  gboolean good = FALSE;
  gsize n_sdf;

  if (n_bytes < 2)
    return 0;

  n_sdf = MIN (bytes[0] | bytes[1] << 8, n_bytes - 2);
  ds_table_recognise ((const char *) bytes + 2, n_bytes - 2);
  ds_sdf_recognise ((const char *) bytes + 2, n_bytes - 2);
  sdf = make_lines ("file", bytes + 2, n_sdf);
  lines = make_lines ("table", bytes + 2 + n_sdf, n_bytes - 2 - n_sdf);
  csv = lines != NULL ? ds_csv_new (lines, NULL) : NULL;

  ds_reading_init (&reading, NULL, NULL);
  if (n_sdf > 0 && sdf != NULL)
    good = ds_reading_read_sdf (&reading, sdf, csv, &error);
  else if (csv != NULL)
    good = ds_reading_read_table (&reading, csv, &error);
  else
    return 0;
  g_assert_true (good == (error == NULL));

  molecules = ds_molecules_builder_end (g_steal_pointer (&reading.builder));
  if (molecules != NULL)
    check_sound (molecules);
  for (gsize i = 0; i < reading.report->n_named; i++)
    g_assert_true (g_utf8_validate (reading.report->unreadable[i].reason, -1, NULL));

  return 0;
}
