/* mol-sdf.c: an SD file with molecules of QM9.
 *
 * CTFile Formats (BIOVIA 2016), V2000: three lines of heading, the counts, the
 * atoms, bonds and properties to "M  END", data to "$$$$"; numbers in fixed
 * columns. Bonds are looked at and not kept; charges and data are passed over.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-element.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-sdf-private.h"
#include "molecules/mol-table-private.h"

/* Between two calls of the progress function. */
#define MOLECULES_A_CALL 1000

/* Where it says "V2000" in the line of counts. */
#define VERSION_COLUMN 33

/* A row of the table beside the file. */
typedef struct
{
  guint    line;
  gboolean good;                          /* else it was counted already */
  double   properties[MOL_N_PROPERTIES];
} Row;

/* The rows that no molecule has claimed so far. */
typedef struct
{
  GArray     *rows;
  GHashTable *by_number;                  /* number → place in rows, + 1 */
} Table;

/* One molecule of the file. */
typedef struct
{
  guint    n_lines;         /* so far */
  guint    first_line;
  guint    n_atoms;
  guint    n_bonds;
  gboolean has_end;         /* "M  END" was there */
  guint    bad_line;
  GError  *reason;          /* (nullable): why it is of no use */
} Block;

static void
table_clear (Table *table)
{
  g_clear_pointer (&table->rows, g_array_unref);
  g_clear_pointer (&table->by_number, g_hash_table_unref);
}

static void
block_clear (Block *block)
{
  g_clear_error (&block->reason);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Block, block_clear)

static void
add_row (MolReader        *reader,
         const char       *name,
         const MolColumns *columns,
         const IoCsv      *csv,
         const char       *problem,
         Table            *table)
{
  Row row = { .line = io_csv_get_line (csv), .good = problem == NULL };
  guint number = mol_table_columns_read_number (columns, csv);

  if (row.good)
    mol_table_columns_read (columns, csv, reader, name, row.properties);
  else
    mol_reader_add_unreadable (reader, name, row.line, problem);

  g_array_append_val (table->rows, row);
  if (number != 0)
    g_hash_table_insert (table->by_number, GUINT_TO_POINTER (number), GUINT_TO_POINTER (table->rows->len));
}

static gboolean
read_table (MolReader *reader,
            IoCsv     *csv,
            Table     *table,
            GError   **error)
{
  g_autofree char *name = g_path_get_basename (io_csv_get_name (csv));
  g_autoptr(GError) local_error = NULL;
  char *problem;
  MolColumns columns;

  table->rows = g_array_new (FALSE, FALSE, sizeof (Row));
  table->by_number = g_hash_table_new (g_direct_hash, g_direct_equal);

  mol_table_columns_find (&columns, csv);
  if (columns.number < 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("The table “%s” has no column “mol_id” to assign its properties to molecules"),
                   io_csv_get_name (csv));
      return FALSE;
    }

  while (table->rows->len < MOL_MAX_MOLECULES && io_csv_next (csv, &problem, &local_error))
    {
      add_row (reader, name, &columns, csv, problem, table);
      g_free (problem);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  return TRUE;
}

/* Rows whose molecule is not in the file. */
static void
count_unclaimed (MolReader   *reader,
                 const char  *table_name,
                 const char  *sdf_name,
                 const Table *table)
{
  g_autofree char *reason = g_strdup_printf (_("its molecule is not in “%s”"), sdf_name);
  g_autofree char *name = g_path_get_basename (table_name);
  g_autofree gboolean *unclaimed = g_new0 (gboolean, table->rows->len);
  GHashTableIter iter;
  gpointer place;

  g_hash_table_iter_init (&iter, table->by_number);
  while (g_hash_table_iter_next (&iter, NULL, &place))
    unclaimed[GPOINTER_TO_UINT (place) - 1] = TRUE;

  for (guint i = 0; i < table->rows->len; i++)
    {
      const Row *row = &g_array_index (table->rows, Row, i);

      if (unclaimed[i] && row->good)
        mol_reader_add_unreadable (reader, name, row->line, reason);
    }
}

/* A field of fixed columns, without the spaces around it. */
static IoWord
get_field (const char *line,
           gsize       length,
           gsize       column,
           gsize       width)
{
  const char *start = line + MIN (column, length);
  const char *end = line + MIN (column + width, length);

  while (start < end && *start == ' ')
    start++;
  while (start < end && end[-1] == ' ')
    end--;

  return (IoWord) { start, (gsize) (end - start) };
}

static gboolean
read_counts (const char *line,
             gsize       length,
             Block      *block,
             GError    **error)
{
  IoWord n_atoms = get_field (line, length, 0, 3);
  IoWord n_bonds = get_field (line, length, 3, 3);
  IoWord version = get_field (line, length, VERSION_COLUMN, 6);

  if (!io_text_word_is (version, "V2000"))
    return io_text_word_refuse (version, _("“V2000” at the end of the counts line"), error);

  if (!io_text_word_to_uint (n_atoms, MOL_MAX_ATOMS, &block->n_atoms) || block->n_atoms == 0)
    {
      g_autofree char *expected = g_strdup_printf (_("the number of atoms, 1 to %d"), MOL_MAX_ATOMS);

      return io_text_word_refuse (n_atoms, expected, error);
    }

  return io_text_word_to_uint (n_bonds, 999, &block->n_bonds) ||
         io_text_word_refuse (n_bonds, _("the number of bonds"), error);
}

/* "    0.0022   -0.0060    0.0020 H   0 …" */
static gboolean
read_atom (const char        *line,
           gsize              length,
           MolMoleculeBuffer *buffer,
           GError           **error)
{
  IoWord symbol = get_field (line, length, 31, 3);
  int element = mol_element_from_symbol (symbol.start, symbol.length);
  float *xyz = buffer->xyz + 3 * buffer->molecule.n_atoms;

  if (element < 0)
    return io_text_word_refuse (symbol, _("an atom of one of the elements H, C, N, O, F"), error);

  for (gsize k = 0; k < 3; k++)
    {
      IoWord word = get_field (line, length, 10 * k, 10);
      double value;

      if (!io_text_word_to_double (word, &value))
        {
          g_autofree char *expected = g_strdup_printf (_("a number, the %c coordinate of the atom in Å"), "xyz"[k]);

          return io_text_word_refuse (word, expected, error);
        }
      xyz[k] = (float) value;
    }

  return mol_molecule_buffer_add (buffer, (guint) element, error);
}

/* "  1  2  1  0  0  0  0" */
static gboolean
check_bond (const char  *line,
            gsize        length,
            const Block *block,
            GError     **error)
{
  for (gsize i = 0; i < 2; i++)
    {
      IoWord word = get_field (line, length, 3 * i, 3);
      guint atom;

      if (!io_text_word_to_uint (word, block->n_atoms, &atom) || atom == 0)
        return io_text_word_refuse (word, _("a bond between two of the atoms"), error);
    }

  return TRUE;
}

/* One more line of a molecule; what is wrong with it is kept in @block. */
static void
add_line (Block             *block,
          MolMoleculeBuffer *buffer,
          const char        *line,
          gsize              length)
{
  gboolean good = TRUE;

  block->n_lines++;
  if (block->n_lines == 1)
    buffer->molecule.number = mol_table_number_from_name (line, length);
  else if (block->n_lines > 4 + block->n_atoms + block->n_bonds && length >= 6 && memcmp (line, "M  END", 6) == 0)
    block->has_end = TRUE;

  if (block->reason != NULL)
    return;

  if (block->n_lines == 4)
    good = read_counts (line, length, block, &block->reason);
  else if (block->n_lines > 4 && block->n_lines <= 4 + block->n_atoms)
    good = read_atom (line, length, buffer, &block->reason) &&
           (block->n_lines < 4 + block->n_atoms || mol_molecule_check_places (&buffer->molecule, &block->reason));
  else if (block->n_lines > 4 && block->n_lines <= 4 + block->n_atoms + block->n_bonds)
    good = check_bond (line, length, block, &block->reason);

  if (!good)
    block->bad_line = block->first_line + block->n_lines - 1;
}

/* The end of a molecule: keeps it, if it is of use. */
static gboolean
end_block (MolReader         *reader,
           const char        *name,
           Block             *block,
           MolMoleculeBuffer *buffer,
           Table             *table,
           GError           **error)
{
  gpointer number = GUINT_TO_POINTER (buffer->molecule.number);
  guint place;

  if (block->reason == NULL && !block->has_end)
    {
      block->bad_line = block->first_line + block->n_lines - 1;
      g_set_error (&block->reason, MLP_ERROR, MLP_ERROR_FORMAT, _("expected “M  END” before the end of the molecule"));
    }

  place = table->by_number != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (table->by_number, number)) : 0;
  if (place != 0)
    {
      const Row *row = &g_array_index (table->rows, Row, place - 1);

      g_hash_table_remove (table->by_number, number);
      if (!row->good)
        return TRUE;
      memcpy (buffer->properties, row->properties, sizeof (row->properties));
    }
  else if (table->by_number != NULL && block->reason == NULL)
    {
      block->bad_line = block->first_line;
      g_set_error (&block->reason, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("the molecule has no row in the accompanying table"));
    }

  if (block->reason != NULL)
    {
      mol_reader_add_unreadable (reader, name, block->bad_line, block->reason->message);
      return TRUE;
    }

  return mol_reader_add (reader, name, block->first_line, &buffer->molecule, error);
}

static void
start_block (Block             *block,
             MolMoleculeBuffer *buffer,
             guint              first_line)
{
  block_clear (block);
  *block = (Block) { .first_line = first_line };
  mol_molecule_buffer_clear (buffer);
  buffer->molecule.xyz = buffer->xyz;
}

static gboolean
read_blocks (MolReader *reader,
             IoLines   *lines,
             Table     *table,
             GError   **error)
{
  g_autofree char *name = g_path_get_basename (io_lines_get_name (lines));
  g_autoptr(GError) local_error = NULL;
  g_auto(Block) block = { 0 };
  MolMoleculeBuffer buffer;
  const char *line;
  gsize length, n = 0;
  gboolean empty = TRUE;        /* but for white space */

  start_block (&block, &buffer, 1);
  while (io_lines_next (lines, &line, &length, &local_error))
    {
      if (length >= 4 && memcmp (line, "$$$$", 4) == 0)
        {
          reader->row = (guint) n + 1;
          if (!end_block (reader, name, &block, &buffer, table, error) ||
              (n++ % MOLECULES_A_CALL == 0 &&
               !mol_reader_report_progress (reader, io_lines_get_name (lines), io_lines_get_fraction (lines), error)))
            return FALSE;
          start_block (&block, &buffer, io_lines_get_number (lines) + 1);
          empty = TRUE;
          continue;
        }

      for (gsize i = 0; i < length && empty; i++)
        empty = g_ascii_isspace (line[i]);
      add_line (&block, &buffer, line, length);
    }

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }

  /* A file of one molecule may do without "$$$$". */
  reader->row = (guint) n + 1;
  if (empty || (block.has_end && n == 0))
    return empty || end_block (reader, name, &block, &buffer, table, error);

  g_set_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED,
               _("“%s” is truncated: the molecule that starts in line %u is incomplete"),
               io_lines_get_name (lines), block.first_line);

  return FALSE;
}

gboolean
mol_sdf_read (MolReader *reader,
              IoLines   *lines,
              IoCsv     *csv,
              GError   **error)
{
  g_auto(Table) table = { 0 };

  if ((csv != NULL && !read_table (reader, csv, &table, error)) ||
      !read_blocks (reader, lines, &table, error))
    return FALSE;

  if (csv != NULL)
    count_unclaimed (reader, io_csv_get_name (csv), io_lines_get_name (lines), &table);

  return TRUE;
}

gboolean
mol_sdf_recognise (const char *text,
                   gsize       size)
{
  IoText cursor;

  io_text_start (&cursor, text, size);
  for (guint i = 0; i < 4; i++)
    if (!io_text_next_line (&cursor))
      return FALSE;

  return cursor.line_end - cursor.at >= VERSION_COLUMN + 6 &&
         (memcmp (cursor.at + VERSION_COLUMN, " V2000", 6) == 0 ||
          memcmp (cursor.at + VERSION_COLUMN, " V3000", 6) == 0);
}
