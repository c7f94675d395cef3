/* mol-xyz.c: the text of one molecule.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-text.h"
#include "molecules/mol-element.h"
#include "molecules/mol-xyz.h"

/* @expected: marked with N_ */
static gboolean
next_line (IoText     *text,
           const char *expected,
           GError    **error)
{
  if (io_text_next_line (text))
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("the text ends here; expected %s"), _(expected));
  text->line++;

  return FALSE;
}

static gboolean
end_line (IoText  *text,
          GError **error)
{
  IoWord word = io_text_next_word (text);

  return word.start == NULL || io_text_word_refuse (word, _("the end of the line"), error);
}

static gboolean
read_n_atoms (IoText  *text,
              guint   *n_atoms,
              GError **error)
{
  IoWord word;

  if (!next_line (text, N_("the number of atoms"), error))
    return FALSE;

  word = io_text_next_word (text);
  if (!io_text_word_to_uint (word, MOL_MAX_ATOMS, n_atoms) || *n_atoms == 0)
    {
      g_autofree char *expected = g_strdup_printf (_("the number of atoms, 1 to %d"), MOL_MAX_ATOMS);

      return io_text_word_refuse (word, expected, error);
    }

  return end_line (text, error);
}

/* What follows "gdb". */
static gboolean
read_properties (IoText            *text,
                 MolMoleculeBuffer *buffer,
                 GError           **error)
{
  IoWord word = io_text_next_word (text);

  if (!io_text_word_to_uint (word, MOL_MAX_NUMBER, &buffer->molecule.number) || buffer->molecule.number == 0)
    return io_text_word_refuse (word, _("the molecule’s number after “gdb”"), error);

  for (gsize i = 0; i < MOL_N_PROPERTIES; i++)
    {
      word = io_text_next_word (text);
      if (!mol_molecule_read_property (word, i, &buffer->properties[i], error))
        return FALSE;
    }

  return end_line (text, error);
}

static gboolean
read_atom (IoText            *text,
           gboolean           is_qm9,
           MolMoleculeBuffer *buffer,
           GError           **error)
{
  float *xyz = buffer->xyz + 3 * buffer->molecule.n_atoms;
  IoWord word;
  double value;
  int element;

  if (!next_line (text, N_("an atom: its element and coordinates"), error))
    return FALSE;

  word = io_text_next_word (text);
  element = word.start != NULL ? mol_element_from_symbol (word.start, word.length) : -1;
  if (element < 0)
    return io_text_word_refuse (word, _("an atom of one of the elements H, C, N, O, F"), error);

  for (gsize k = 0; k < 3; k++)
    {
      word = io_text_next_word (text);
      if (!io_text_word_to_double (word, &value))
        {
          g_autofree char *expected = g_strdup_printf (_("a number, the %c coordinate of the atom in Å"), "xyz"[k]);

          return io_text_word_refuse (word, expected, error);
        }
      xyz[k] = (float) value;
    }

  /* A plain file may have more columns, of whatever kind. */
  if (is_qm9)
    {
      word = io_text_next_word (text);
      if (!io_text_word_to_double (word, &value))
        return io_text_word_refuse (word, _("a number, the charge of the atom"), error);
      if (!end_line (text, error))
        return FALSE;
    }

  return mol_molecule_buffer_add (buffer, (guint) element, error);
}

/* Frequencies, SMILES and InChI. */
static gboolean
read_tail (IoText            *text,
           MolMoleculeBuffer *buffer,
           GError           **error)
{
  static const char inchi[] = "InChI=";
  IoWord word;

  if (!next_line (text, N_("the frequencies"), error) ||
      !next_line (text, N_("the SMILES string"), error))
    return FALSE;

  word = io_text_next_word (text);
  if (word.start == NULL)
    return io_text_word_refuse (word, _("the SMILES string"), error);
  if (!mol_molecule_buffer_set_smiles (buffer, word.start, word.length, error))
    return FALSE;

  if (!next_line (text, "“InChI=…”", error))
    return FALSE;
  word = io_text_next_word (text);
  if (word.start == NULL || word.length < strlen (inchi) || memcmp (word.start, inchi, strlen (inchi)) != 0)
    return io_text_word_refuse (word, "“InChI=…”", error);

  return TRUE;
}

static gboolean
read_text (IoText            *text,
           MolMoleculeBuffer *buffer,
           GError           **error)
{
  const char *line;
  gboolean is_qm9;
  guint n_atoms;

  if (!read_n_atoms (text, &n_atoms, error) ||
      !next_line (text, N_("“gdb”, the molecule’s number and its properties"), error))
    return FALSE;

  line = text->at;
  is_qm9 = io_text_word_is (io_text_next_word (text), "gdb");
  if (is_qm9)
    {
      if (!read_properties (text, buffer, error))
        return FALSE;
    }
  else
    text->at = line;

  for (guint a = 0; a < n_atoms; a++)
    if (!read_atom (text, is_qm9, buffer, error))
      return FALSE;

  if (!mol_molecule_check_places (&buffer->molecule, error) ||
      (is_qm9 && !read_tail (text, buffer, error)))
    return FALSE;

  if (!io_text_is_at_end (text))
    return io_text_word_refuse (io_text_next_word (text), _("the end of the molecule"), error);

  return TRUE;
}

gboolean
mol_xyz_read (const char        *text,
              gsize              size,
              MolMoleculeBuffer *buffer,
              guint             *line,
              GError           **error)
{
  IoText cursor;
  gboolean good;

  g_return_val_if_fail (text != NULL || size == 0, FALSE);
  g_return_val_if_fail (buffer != NULL && line != NULL, FALSE);

  mol_molecule_buffer_clear (buffer);
  buffer->molecule.xyz = buffer->xyz;
  io_text_start (&cursor, text, size);
  good = read_text (&cursor, buffer, error);
  *line = cursor.line;

  return good;
}

gboolean
mol_xyz_recognise (const char *text,
                   gsize       size)
{
  IoText cursor;
  IoWord word;
  guint n_atoms;
  double value;

  io_text_start (&cursor, text, size);
  if (!io_text_next_line (&cursor) ||
      !io_text_word_to_uint (io_text_next_word (&cursor), G_MAXINT, &n_atoms) ||
      io_text_next_word (&cursor).start != NULL || !io_text_next_line (&cursor))
    return FALSE;

  if (io_text_word_is (io_text_next_word (&cursor), "gdb"))
    return TRUE;

  if (!io_text_next_line (&cursor))
    return FALSE;
  word = io_text_next_word (&cursor);
  for (gsize k = 0; k < 3; k++)
    if (!io_text_word_to_double (io_text_next_word (&cursor), &value))
      return FALSE;

  return g_ascii_isalpha (word.start[0]);
}
