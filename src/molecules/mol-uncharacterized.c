/* mol-uncharacterized.c: molecules of QM9 that failed its authors' consistency
 * check: their relaxed structure is no longer that of their SMILES.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "io/io-lines.h"
#include "io/io-text.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-molecule-private.h"
#include "molecules/mol-uncharacterized-private.h"

/* ds-builtin-data.S */
extern const guint8 ds_builtin_uncharacterized[], ds_builtin_uncharacterized_end[];

/* The first word of a line, if it is a number, and the second, if that is one;
 * else 0. */
static void
read_line (const char *line,
           gsize       length,
           guint      *number,
           guint      *n_atoms)
{
  IoText text;

  *number = 0;
  *n_atoms = 0;
  io_text_start (&text, line, length);
  if (io_text_next_line (&text) && io_text_word_to_uint (io_text_next_word (&text), MOL_MAX_NUMBER, number))
    io_text_word_to_uint (io_text_next_word (&text), MOL_MAX_ATOMS, n_atoms);
}

GHashTable *
mol_uncharacterized_read (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "uncharacterized.txt", NULL);
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_direct_hash, g_direct_equal);
  g_autoptr(IoLines) lines = NULL;
  g_autoptr(GError) error = NULL;
  IoStream *stream;
  const char *line;
  gsize length;

  stream = io_stream_open (path, NULL);
  if (stream != NULL)
    lines = io_lines_new (stream);

  while (lines != NULL && io_lines_next (lines, &line, &length, &error))
    {
      guint number, ignored;

      read_line (line, length, &number, &ignored);
      if (number != 0)
        g_hash_table_add (numbers, GUINT_TO_POINTER (number));
    }

  /* One that is damaged, or a web page, is no list. */
  if (error != NULL || g_hash_table_size (numbers) == 0)
    return NULL;

  return g_steal_pointer (&numbers);
}

GHashTable *
mol_uncharacterized_shipped (const MolCollection *molecules)
{
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_direct_hash, g_direct_equal);
  gsize size = (gsize) (ds_builtin_uncharacterized_end - ds_builtin_uncharacterized);
  gsize n_found = 0, n_alike = 0;
  IoText text;

  io_text_start (&text, (const char *) ds_builtin_uncharacterized, size);
  while (io_text_next_line (&text))
    {
      guint number, n_atoms;

      read_line (text.at, (gsize) (text.line_end - text.at), &number, &n_atoms);
      if (number != 0)
        g_hash_table_insert (numbers, GUINT_TO_POINTER (number), GUINT_TO_POINTER (n_atoms));
    }

  for (gsize i = 0; i < mol_collection_get_n (molecules); i++)
    {
      MolMolecule molecule;
      guint n_atoms;

      mol_collection_get (molecules, i, &molecule);
      n_atoms = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, GUINT_TO_POINTER (molecule.number)));
      n_found += n_atoms != 0;
      n_alike += n_atoms == molecule.n_atoms;
    }

  /* In a table, one SMILES of theirs has other atoms. */
  if (n_alike == 0 || 10 * n_alike < 9 * n_found)
    return NULL;

  return g_steal_pointer (&numbers);
}
