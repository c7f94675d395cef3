/* mol-molecule.c: one molecule: its elements, its formula, its bounds.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-element.h"
#include "molecules/mol-molecule-private.h"

static const char *const property_names[MOL_N_PROPERTIES] = {
  "A", "B", "C", "mu", "alpha", "homo", "lumo", "gap", "r2", "zpve", "U0", "U", "H", "G", "Cv",
};

/* Hill's order, with carbon and without: by the indices above. */
static const guint8 hill[2][MOL_N_ELEMENTS] = {
  { 4, 0, 2, 3, 1 },      /* F H N O */
  { 1, 0, 4, 2, 3 },      /* C H F N O */
};

char *
mol_molecule_make_formula (const MolMolecule *molecule)
{
  g_autoptr(GString) formula = NULL;
  guint counts[MOL_N_ELEMENTS] = { 0 };

  g_return_val_if_fail (molecule != NULL, NULL);

  for (guint a = 0; a < molecule->n_atoms; a++)
    {
      int element = mol_element_from_number (molecule->z[a]);

      g_return_val_if_fail (element >= 0, NULL);
      counts[element]++;
    }

  formula = g_string_new (NULL);
  for (gsize i = 0; i < MOL_N_ELEMENTS; i++)
    {
      guint element = hill[counts[1] > 0][i];

      if (counts[element] > 0)
        g_string_append (formula, mol_element_get_symbol (element));
      if (counts[element] > 1)
        g_string_append_printf (formula, "%u", counts[element]);
    }

  return g_string_free (g_steal_pointer (&formula), FALSE);
}

void
mol_molecule_buffer_clear (MolMoleculeBuffer *buffer)
{
  g_return_if_fail (buffer != NULL);

  buffer->molecule = (MolMolecule) {
    .z = buffer->z,
    .smiles = buffer->smiles,
    .properties = buffer->properties,
  };
  buffer->smiles[0] = '\0';
  for (gsize i = 0; i < MOL_N_PROPERTIES; i++)
    buffer->properties[i] = (double) NAN;
}

gboolean
mol_molecule_buffer_add (MolMoleculeBuffer *buffer,
                         guint              element,
                         GError           **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  g_return_val_if_fail (element < MOL_N_ELEMENTS, FALSE);

  if (buffer->molecule.n_atoms == MOL_MAX_ATOMS)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("the molecule has more than %d atoms; the largest of QM9 has %d"), MOL_MAX_ATOMS, MOL_MAX_ATOMS);
      return FALSE;
    }

  buffer->z[buffer->molecule.n_atoms++] = (guint8) mol_element_get_number (element);

  return TRUE;
}

gboolean
mol_molecule_buffer_set_smiles (MolMoleculeBuffer *buffer,
                                const char        *smiles,
                                gsize              length,
                                GError           **error)
{
  g_return_val_if_fail (buffer != NULL, FALSE);
  g_return_val_if_fail (smiles != NULL || length == 0, FALSE);

  if (length >= MOL_MAX_SMILES)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("the SMILES string has %zu characters; the limit is %d"), length, MOL_MAX_SMILES - 1);
      return FALSE;
    }

  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (smiles[i]))
      {
        g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                     _("the SMILES string contains the byte %02x at character %zu; expected letters, digits and symbols"),
                     (guint8) smiles[i], i + 1);
        return FALSE;
      }

  memcpy (buffer->smiles, smiles, length);
  buffer->smiles[length] = '\0';

  return TRUE;
}

gboolean
mol_molecule_check_places (const MolMolecule *molecule,
                           GError           **error)
{
  const float *p;

  g_return_val_if_fail (molecule != NULL && molecule->xyz != NULL, FALSE);

  p = molecule->xyz;
  for (guint a = 0; a < molecule->n_atoms; a++)
    {
      for (guint k = 0; k < 3; k++)
        if (!(fabsf (p[3 * a + k]) <= MOL_MAX_PLACE))
          {
            g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                         _("atom %u is more than %g Å from the origin"), a + 1, (double) MOL_MAX_PLACE);
            return FALSE;
          }

      for (guint b = 0; b < a; b++)
        {
          float dx = p[3 * a] - p[3 * b];
          float dy = p[3 * a + 1] - p[3 * b + 1];
          float dz = p[3 * a + 2] - p[3 * b + 2];

          if (dx * dx + dy * dy + dz * dz < MOL_MIN_DISTANCE * MOL_MIN_DISTANCE)
            {
              g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                           _("atoms %u and %u have the same coordinates"), b + 1, a + 1);
              return FALSE;
            }
        }
    }

  return TRUE;
}

gboolean
mol_molecule_read_property (IoWord      word,
                            MolProperty property,
                            double     *value,
                            GError    **error)
{
  g_return_val_if_fail (property < MOL_N_PROPERTIES, FALSE);

  return io_text_word_to_double (word, value) || mol_molecule_refuse_property (word, property, error);
}

gboolean
mol_molecule_refuse_property (IoWord      word,
                              MolProperty property,
                              GError    **error)
{
  g_autofree char *expected = NULL;

  expected = g_strdup_printf (_("a number, property %d of %d (%s)"),
                              property + 1, MOL_N_PROPERTIES, property_names[property]);

  return io_text_word_refuse (word, expected, error);
}
