/* draw-molecule-words.c: a molecule's formula and bonds, for draw-molecule.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "draw/draw-bonds.h"
#include "draw/draw-molecule.h"

static int
compare_symbols (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (draw_bonds_get_symbol (*(const guint8 *) a), draw_bonds_get_symbol (*(const guint8 *) b));
}

static void
append_count (GString *formula,
              guint    z,
              gsize    n)
{
  g_autofree char *digits = g_strdup_printf ("%zu", n);

  g_string_append (formula, draw_bonds_get_symbol (z));
  for (const char *c = digits; n > 1 && *c != '\0'; c++)
    g_string_append_unichar (formula, (gunichar) (0x2080 + *c - '0'));
}

/* (transfer full): in Hill's order, carbon and hydrogen first: "C₂H₆O" */
static char *
make_formula (const DrawMolecule *molecule)
{
  GString *formula = g_string_new (NULL);
  gsize counts[G_MAXUINT8 + 1] = { 0 };
  guint8 order[G_MAXUINT8 + 1];

  for (gsize i = 0; i < molecule->n_atoms; i++)
    counts[molecule->z[i]]++;

  if (counts[6] > 0)
    {
      append_count (formula, 6, counts[6]);
      if (counts[1] > 0)
        append_count (formula, 1, counts[1]);
      counts[6] = counts[1] = 0;
    }

  for (guint z = 0; z < G_N_ELEMENTS (order); z++)
    order[z] = (guint8) z;
  qsort (order, G_N_ELEMENTS (order), sizeof *order, compare_symbols);
  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      if (counts[order[i]] > 0)
        append_count (formula, order[i], counts[order[i]]);
    }

  return g_string_free (formula, FALSE);
}

static char *
describe_atom (const DrawMolecule *molecule,
               const DrawBond     *bonds,
               gsize               n_bonds,
               gsize               atom)
{
  g_autoptr(GString) others = g_string_new (NULL);

  for (gsize b = 0; b < n_bonds; b++)
    {
      gsize other = bonds[b].first == atom ? bonds[b].second : bonds[b].first;

      if (bonds[b].first != atom && bonds[b].second != atom)
        continue;

      g_string_append_printf (others, "%s%s %zu", others->len > 0 ? ", " : "",
                              draw_bonds_get_symbol (molecule->z[other]), other + 1);
    }

  if (others->len == 0)
    return g_strdup_printf ("%s %zu", draw_bonds_get_symbol (molecule->z[atom]), atom + 1);

  /* Translators: an atom and its neighbours: "N 3, bonded to C 2, H 9" */
  return g_strdup_printf (_("%s %zu, bonded to %s"),
                          draw_bonds_get_symbol (molecule->z[atom]), atom + 1, others->str);
}

char *
draw_molecule_describe (const DrawMolecule *molecule)
{
  g_autofree DrawBond *bonds = NULL;
  g_autofree char *formula = NULL;
  GString *words;
  gsize n_bonds;

  g_return_val_if_fail (molecule != NULL, NULL);

  if (molecule->n_atoms == 0)
    return g_strdup (_("No molecule"));

  bonds = draw_bonds_find (molecule->z, molecule->xyz, molecule->n_atoms, &n_bonds);
  if (molecule->pointer >= 0 && (gsize) molecule->pointer < molecule->n_atoms)
    return describe_atom (molecule, bonds, n_bonds, (gsize) molecule->pointer);

  formula = make_formula (molecule);
  words = g_string_new (NULL);
  g_string_append_printf (words, "%s: ", formula);
  g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%u atom", "%u atoms", molecule->n_atoms),
                          (guint) molecule->n_atoms);
  g_string_append (words, ", ");
  g_string_append_printf (words, g_dngettext (GETTEXT_PACKAGE, "%u bond", "%u bonds", n_bonds), (guint) n_bonds);

  return g_string_free (words, FALSE);
}
