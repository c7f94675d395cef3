/* draw-bonds.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-bonds.h"

/* Of the sum of both radii: bonded; and perhaps more than once */
#define BONDED 1.3
#define SHORT 0.98

/* So long is none, if an atom has more than its valence: opposite corners of a
 * small cage are that near.
 */
#define LONG 1.12

/* Å: two atoms of one place are a mistake. */
#define LEAST_DISTANCE 0.2

#define MAX_ORDER 3
#define MAX_STEPS 2000

typedef struct
{
  guint       z;
  const char *symbol;
  double      radius;      /* Å */
  guint32     color;
  guint       valence;     /* 0: none that is always the same */
} Element;

static const Element elements[] = {
  { 1, "H", 0.31, 0xffffff, 1 },
  { 2, "He", 0.28, 0xd9ffff, 0 },
  { 3, "Li", 1.28, 0xcc80ff, 0 },
  { 4, "Be", 0.96, 0xc2ff00, 0 },
  { 5, "B", 0.84, 0xffb5b5, 3 },
  { 6, "C", 0.76, 0x909090, 4 },
  { 7, "N", 0.71, 0x3050f8, 3 },
  { 8, "O", 0.66, 0xff0d0d, 2 },
  { 9, "F", 0.57, 0x90e050, 1 },
  { 10, "Ne", 0.58, 0xb3e3f5, 0 },
  { 11, "Na", 1.66, 0xab5cf2, 0 },
  { 12, "Mg", 1.41, 0x8aff00, 0 },
  { 13, "Al", 1.21, 0xbfa6a6, 0 },
  { 14, "Si", 1.11, 0xf0c8a0, 4 },
  { 15, "P", 1.07, 0xff8000, 0 },
  { 16, "S", 1.05, 0xffff30, 0 },
  { 17, "Cl", 1.02, 0x1ff01f, 1 },
  { 18, "Ar", 1.06, 0x80d1e3, 0 },
  { 35, "Br", 1.20, 0xa62929, 1 },
  { 53, "I", 1.39, 0x940094, 1 },
};

static const Element *
find_element (guint z)
{
  static const Element unknown = { 0, "?", 1.2, 0xff1493, 0 };

  for (guint i = 0; i < G_N_ELEMENTS (elements); i++)
    {
      if (elements[i].z == z)
        return &elements[i];
    }

  return &unknown;
}

const char *
draw_bonds_get_symbol (guint z)
{
  return find_element (z)->symbol;
}

double
draw_bonds_get_radius (guint z)
{
  return find_element (z)->radius;
}

guint32
draw_bonds_get_color (guint z)
{
  return find_element (z)->color;
}

/* Valences to be filled, and the bonds that can do it */
typedef struct
{
  DrawBond *bonds;
  double   *lengths;      /* of the sum of both radii */
  gsize     n_bonds;
  gint     *missing;      /* of each atom's valence */
  gsize    *ways;         /* for find_tightest() */
  gsize     n_atoms;
  guint     n_steps;
} Search;

static gboolean
can_rise (const Search *search,
          gsize         bond)
{
  const DrawBond *b = &search->bonds[bond];

  return b->order < MAX_ORDER && search->lengths[bond] < SHORT &&
         search->missing[b->first] > 0 && search->missing[b->second] > 0;
}

static void
raise_bond (Search *search,
            gsize   bond,
            int     by)
{
  DrawBond *b = &search->bonds[bond];

  b->order = (guint) ((int) b->order + by);
  search->missing[b->first] -= by;
  search->missing[b->second] -= by;
}

/* An atom that has the fewest ways to get what it misses; FALSE: none misses any */
static gboolean
find_tightest (Search *search,
               gsize  *tightest)
{
  gsize fewest = G_MAXSIZE;

  for (gsize i = 0; i < search->n_atoms; i++)
    search->ways[i] = 0;
  for (gsize b = 0; b < search->n_bonds; b++)
    {
      gboolean can = can_rise (search, b);

      search->ways[search->bonds[b].first] += can;
      search->ways[search->bonds[b].second] += can;
    }

  for (gsize i = 0; i < search->n_atoms; i++)
    {
      if (search->missing[i] <= 0 || search->ways[i] >= fewest)
        continue;

      fewest = search->ways[i];
      *tightest = i;
    }

  return fewest < G_MAXSIZE;
}

/* Of the bonds of @atom that can rise, the shortest after @before (G_MAXSIZE: of
 * all) in the order of their lengths
 */
static gboolean
find_next_bond (const Search *search,
                gsize         atom,
                gsize         before,
                gsize        *next)
{
  gboolean found = FALSE;

  for (gsize b = 0; b < search->n_bonds; b++)
    {
      double length = search->lengths[b];

      if ((search->bonds[b].first != atom && search->bonds[b].second != atom) || !can_rise (search, b))
        continue;
      if (before != G_MAXSIZE &&
          (length < search->lengths[before] || (length <= search->lengths[before] && b <= before)))
        continue;

      if (!found || length < search->lengths[*next])
        *next = b;
      found = TRUE;
    }

  return found;
}

static gboolean
fill_valences (Search *search)
{
  gsize before = G_MAXSIZE;
  gsize atom = 0;
  gsize bond = 0;

  if (!find_tightest (search, &atom))
    return TRUE;
  if (++search->n_steps > MAX_STEPS)
    return FALSE;

  while (find_next_bond (search, atom, before, &bond))
    {
      before = bond;
      raise_bond (search, bond, 1);
      if (fill_valences (search))
        return TRUE;
      raise_bond (search, bond, -1);
    }

  return FALSE;
}

/* (transfer full): what each atom misses of its valence if all bonds are single;
 * less than nothing for an element whose valence is not known
 */
static gint *
count_missing (const guint8 *z,
               gsize         n_atoms,
               const GArray *bonds)
{
  gint *missing = g_new (gint, n_atoms);

  for (gsize i = 0; i < n_atoms; i++)
    missing[i] = (gint) find_element (z[i])->valence;
  for (guint b = 0; b < bonds->len; b++)
    {
      missing[g_array_index (bonds, DrawBond, b).first]--;
      missing[g_array_index (bonds, DrawBond, b).second]--;
    }

  return missing;
}

/* Takes the longest bonds away from atoms that have too many. */
static void
drop_long_bonds (const guint8 *z,
                 gsize         n_atoms,
                 GArray       *bonds,
                 GArray       *lengths)
{
  g_autofree gint *missing = count_missing (z, n_atoms, bonds);

  for (;;)
    {
      double longest = LONG;
      guint found = bonds->len;

      for (guint b = 0; b < bonds->len; b++)
        {
          const DrawBond *bond = &g_array_index (bonds, DrawBond, b);
          gboolean first = missing[bond->first] < 0 && find_element (z[bond->first])->valence > 0;
          gboolean second = missing[bond->second] < 0 && find_element (z[bond->second])->valence > 0;

          if ((first || second) && g_array_index (lengths, double, b) > longest)
            {
              longest = g_array_index (lengths, double, b);
              found = b;
            }
        }
      if (found == bonds->len)
        return;

      missing[g_array_index (bonds, DrawBond, found).first]++;
      missing[g_array_index (bonds, DrawBond, found).second]++;
      g_array_remove_index (bonds, found);
      g_array_remove_index (lengths, found);
    }
}

static void
find_orders (const guint8 *z,
             gsize         n_atoms,
             GArray       *bonds,
             GArray       *lengths)
{
  g_autofree gint *missing = count_missing (z, n_atoms, bonds);
  g_autofree gsize *ways = g_new (gsize, n_atoms);
  Search search = {
    .bonds = (DrawBond *) (gpointer) bonds->data,
    .lengths = (double *) (gpointer) lengths->data,
    .n_bonds = bonds->len,
    .missing = missing,
    .ways = ways,
    .n_atoms = n_atoms,
  };

  /* More than it can have, or an element that can have many: nothing is known. */
  for (gsize i = 0; i < n_atoms; i++)
    {
      if (missing[i] < 0)
        return;
    }

  if (!fill_valences (&search))
    {
      for (gsize b = 0; b < bonds->len; b++)
        search.bonds[b].order = 1;
    }
}

DrawBond *
draw_bonds_find (const guint8 *z,
                 const float  *xyz,
                 gsize         n_atoms,
                 gsize        *n_bonds)
{
  GArray *bonds;
  g_autoptr(GArray) lengths = g_array_new (FALSE, FALSE, sizeof (double));

  g_return_val_if_fail ((z != NULL && xyz != NULL) || n_atoms == 0, NULL);
  g_return_val_if_fail (n_bonds != NULL, NULL);

  bonds = g_array_new (FALSE, FALSE, sizeof (DrawBond));

  for (gsize i = 0; i < n_atoms; i++)
    {
      for (gsize k = i + 1; k < n_atoms; k++)
        {
          const DrawBond bond = { i, k, 1 };
          double squared = 0;
          double distance, length;

          for (guint c = 0; c < 3; c++)
            {
              double difference = (double) xyz[3 * i + c] - (double) xyz[3 * k + c];

              squared += difference * difference;
            }
          distance = sqrt (squared);
          length = distance / (draw_bonds_get_radius (z[i]) + draw_bonds_get_radius (z[k]));

          if (distance >= LEAST_DISTANCE && length < BONDED)
            {
              g_array_append_val (bonds, bond);
              g_array_append_val (lengths, length);
            }
        }
    }

  drop_long_bonds (z, n_atoms, bonds, lengths);
  find_orders (z, n_atoms, bonds, lengths);
  *n_bonds = bonds->len;

  return (DrawBond *) (gpointer) g_array_free (bonds, FALSE);
}
