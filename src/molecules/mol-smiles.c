/* mol-smiles.c: the atoms of a SMILES, hydrogens included.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-element.h"
#include "molecules/mol-smiles.h"

#define N_RINGS 100           /* "%99" is the last */

typedef struct
{
  guint8   element;
  gboolean aromatic;
  gboolean bracket;           /* its hydrogens are written */
  guint    hydrogens;         /* those */
  guint    bonds;             /* sum of the orders; an aromatic bond counts as 1 */
} Atom;

/* An open ring bond. */
typedef struct
{
  int  atom;                  /* −1: not open */
  char bond;
} Ring;

typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  Atom        atoms[MOL_MAX_ATOMS];
  int         n_atoms;
  int         previous;       /* what the next atom is bound to; −1: nothing */
  char        bond;           /* written before the next atom or ring; 0: none */
  int         branches[MOL_MAX_SMILES];
  gsize       n_branches;
  Ring        rings[N_RINGS];
  guint       n_open_rings;
  GError    **error;
} Parser;

/* Always FALSE. */
static gboolean
refuse_smiles (Parser     *p,
               const char *reason)
{
  g_autofree char *text = g_utf8_make_valid (p->start, p->end - p->start);

  g_set_error (p->error, MLP_ERROR, MLP_ERROR_FORMAT,
               _("the SMILES string “%s” is invalid at character %zu: %s"),
               text, (gsize) (p->at - p->start) + 1, reason);

  return FALSE;
}

static char
peek_character (const Parser *p)
{
  return p->at < p->end ? *p->at : '\0';
}

static guint
get_order (char bond)
{
  return bond == '=' ? 2 : bond == '#' ? 3 : bond == '$' ? 4 : 1;
}

static gboolean
is_bond (char c)
{
  return c != '\0' && strchr ("-=#$:/\\", c) != NULL;
}

/* Binds the atom that was read last to the one before it. */
static void
bind_atom (Parser *p)
{
  int atom = p->n_atoms - 1;

  if (p->previous >= 0)
    {
      p->atoms[atom].bonds += get_order (p->bond);
      p->atoms[p->previous].bonds += get_order (p->bond);
    }
  p->previous = atom;
  p->bond = '\0';
}

/* Reads "C", "Cl", "c" into the next atom. */
static gboolean
read_element (Parser *p,
              Atom   *atom)
{
  char c = peek_character (p);
  char symbol = g_ascii_toupper (c);
  int element = mol_element_from_symbol (&symbol, 1);
  char next = p->at + 1 < p->end ? p->at[1] : '\0';

  atom->aromatic = g_ascii_islower (c);

  /* "Cl" is not carbon; "Cn" is, beside an aromatic nitrogen. */
  if (element < 0 || (atom->aromatic && c != 'c' && c != 'n' && c != 'o') ||
      (c == 'C' && next == 'l'))
    return refuse_smiles (p, _("expected one of the elements H, C, N, O, F"));

  atom->element = (guint8) element;
  p->at++;

  return TRUE;
}

/* Digits, at most @most of them; *@value is unchanged where there is none. */
static void
read_digits (Parser *p,
             guint   most,
             guint  *value)
{
  guint sum = 0, n = 0;

  for (; n < most && g_ascii_isdigit (peek_character (p)); n++)
    sum = 10 * sum + (guint) (*p->at++ - '0');
  if (n > 0)
    *value = sum;
}

/* "[13C@@H2+:7]", after the bracket. */
static gboolean
read_bracket (Parser *p,
              Atom   *atom)
{
  guint ignored;

  atom->bracket = TRUE;
  read_digits (p, 3, &ignored);
  if (g_ascii_islower (p->at + 1 < p->end ? p->at[1] : '\0'))
    return refuse_smiles (p, _("expected one of the elements H, C, N, O, F"));
  if (!read_element (p, atom))
    return FALSE;

  while (peek_character (p) == '@')
    p->at++;

  if (peek_character (p) == 'H')
    {
      p->at++;
      atom->hydrogens = 1;
      read_digits (p, 2, &atom->hydrogens);
    }

  while (peek_character (p) == '+' || peek_character (p) == '-')
    p->at++;
  read_digits (p, 2, &ignored);

  if (peek_character (p) == ':')
    {
      p->at++;
      read_digits (p, 4, &ignored);
    }

  if (peek_character (p) != ']')
    return refuse_smiles (p, _("expected “]”"));
  p->at++;

  return TRUE;
}

static gboolean
read_atom (Parser *p)
{
  Atom atom = { 0 };

  if (p->n_atoms == MOL_MAX_ATOMS)
    return refuse_smiles (p, _("there are too many atoms"));

  if (peek_character (p) == '[')
    {
      p->at++;
      if (!read_bracket (p, &atom))
        return FALSE;
    }
  else if (peek_character (p) == 'H')
    return refuse_smiles (p, _("hydrogen must be written in brackets"));
  else if (!read_element (p, &atom))
    return FALSE;

  p->atoms[p->n_atoms++] = atom;
  bind_atom (p);

  return TRUE;
}

/* "1" or "%12": opens a ring bond, or closes it. */
static gboolean
read_ring (Parser *p)
{
  const char *start = p->at;
  guint number = N_RINGS;
  Ring *ring;

  if (p->previous < 0)
    return refuse_smiles (p, _("there is no atom before the ring closure number"));

  if (peek_character (p) == '%')
    {
      p->at++;
      read_digits (p, 2, &number);
      if (p->at - start != 3)
        return refuse_smiles (p, _("expected two digits after “%”"));
    }
  else
    read_digits (p, 1, &number);

  ring = &p->rings[number];
  if (ring->atom < 0)
    {
      *ring = (Ring) { p->previous, p->bond };
      p->n_open_rings++;
    }
  else
    {
      guint order = get_order (p->bond != '\0' ? p->bond : ring->bond);

      if (ring->atom == p->previous)
        {
          p->at = start;
          return refuse_smiles (p, _("the ring closes on the atom that opened it"));
        }
      p->atoms[ring->atom].bonds += order;
      p->atoms[p->previous].bonds += order;
      ring->atom = -1;
      p->n_open_rings--;
    }
  p->bond = '\0';

  return TRUE;
}

static gboolean
read_branch (Parser *p)
{
  if (*p->at == '(')
    {
      if (p->previous < 0)
        return refuse_smiles (p, _("there is no atom before the branch"));
      if (p->n_branches == G_N_ELEMENTS (p->branches))
        return refuse_smiles (p, _("there are too many branches"));
      p->branches[p->n_branches++] = p->previous;
    }
  else
    {
      if (p->n_branches == 0)
        return refuse_smiles (p, _("the branch was not opened"));
      p->previous = p->branches[--p->n_branches];
    }
  p->at++;

  return TRUE;
}

static gboolean
read_all (Parser *p)
{
  while (p->at < p->end)
    {
      char c = *p->at;
      gboolean good = TRUE;

      if (p->bond != '\0' && (is_bond (c) || c == '(' || c == ')' || c == '.'))
        return refuse_smiles (p, _("expected an atom after the bond"));

      if (is_bond (c))
        {
          if (p->previous < 0)
            return refuse_smiles (p, _("there is no atom before the bond"));
          p->bond = c;
          p->at++;
        }
      else if (g_ascii_isdigit (c) || c == '%')
        good = read_ring (p);
      else if (c == '(' || c == ')')
        good = read_branch (p);
      else if (c == '.')
        {
          p->previous = -1;
          p->at++;
        }
      else
        good = read_atom (p);

      if (!good)
        return FALSE;
    }

  if (p->n_atoms == 0 || p->bond != '\0')
    return refuse_smiles (p, _("expected an atom"));
  if (p->n_branches > 0)
    return refuse_smiles (p, _("a branch was not closed"));
  if (p->n_open_rings > 0)
    return refuse_smiles (p, _("a ring was not closed"));

  return TRUE;
}

/* Hydrogens that are not written. */
static guint
count_hydrogens (const Atom *atom)
{
  /* In the order of the elements, H to F. */
  static const guint valences[MOL_N_ELEMENTS][2] = { { 1, 1 }, { 4, 4 }, { 3, 5 }, { 2, 2 }, { 1, 1 } };
  guint taken = atom->bonds + (atom->aromatic ? 1 : 0);

  if (atom->bracket)
    return atom->hydrogens;

  for (gsize i = 0; i < 2; i++)
    if (taken <= valences[atom->element][i])
      return atom->aromatic && i > 0 ? 0 : valences[atom->element][i] - taken;

  return 0;
}

gboolean
mol_smiles_read_atoms (const char        *smiles,
                       gsize              length,
                       MolMoleculeBuffer *buffer,
                       GError           **error)
{
  Parser p;

  g_return_val_if_fail (smiles != NULL || length == 0, FALSE);
  g_return_val_if_fail (buffer != NULL, FALSE);

  if (length == 0)
    smiles = "";
  p = (Parser) { .start = smiles, .at = smiles, .end = smiles + length, .previous = -1, .error = error };
  for (gsize i = 0; i < N_RINGS; i++)
    p.rings[i].atom = -1;

  if (!read_all (&p))
    return FALSE;

  for (int i = 0; i < p.n_atoms; i++)
    if (!mol_molecule_buffer_add (buffer, p.atoms[i].element, error))
      return FALSE;

  for (int i = 0; i < p.n_atoms; i++)
    for (guint n = count_hydrogens (&p.atoms[i]); n > 0; n--)
      if (!mol_molecule_buffer_add (buffer, (guint) mol_element_from_number (1), error))
        return FALSE;

  return TRUE;
}
