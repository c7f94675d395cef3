/* mol-collection.c: many molecules, in one block of bytes.
 *
 * The block is the same in memory and in a file: a header and arrays, each
 * aligned to 64 bytes, in the order of the places in Layout.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "io/io-hash.h"
#include "molecules/mol-collection-private.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-element.h"
#include "molecules/mol-molecule-private.h"

#define ALIGNMENT 64

/* First in the block. */
typedef struct
{
  guint32 n;                /* molecules */
  guint32 n_atoms;          /* of all */
  guint32 smiles_size;      /* bytes of all SMILES, with what ends them */
  guint32 has_geometry;
} Header;

/* Bytes from the block's start. */
typedef struct
{
  gsize properties;         /* double[n × MOL_N_PROPERTIES] */
  gsize numbers;            /* guint32[n] */
  gsize atom_starts;        /* guint32[n + 1]: the atoms of molecule i are those from its start to the next */
  gsize smiles_starts;      /* guint32[n + 1] */
  gsize xyz;                /* float[3 × n_atoms], or nothing */
  gsize z;                  /* guint8[n_atoms] */
  gsize smiles;             /* char[smiles_size] */
  gsize end;
} Layout;

struct _MolCollection
{
  GBytes         *bytes;
  Header          header;
  const double   *properties;
  const guint32  *numbers;
  const guint32  *atom_starts;
  const guint32  *smiles_starts;
  const float    *xyz;
  const guint8   *z;
  const char     *smiles;
  char           *key;
  gatomicrefcount ref_count;
};

struct _MolCollectionBuilder
{
  GArray     *numbers;
  GArray     *properties;
  GArray     *atom_starts;
  GArray     *smiles_starts;
  GArray     *xyz;
  GByteArray *z;
  GByteArray *smiles;
  gboolean    has_geometry;
  gboolean    sorted;
};

static gsize
place_array (gsize *end,
             gsize  size)
{
  gsize start = *end;

  *end = (start + size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

  return start;
}

/* The bounds of a header keep every product far below 2⁶⁴. */
static Layout
lay_out (const Header *header)
{
  gsize n = header->n;
  gsize end = ALIGNMENT;
  Layout layout;

  layout.properties = place_array (&end, n * MOL_N_PROPERTIES * sizeof (double));
  layout.numbers = place_array (&end, n * sizeof (guint32));
  layout.atom_starts = place_array (&end, (n + 1) * sizeof (guint32));
  layout.smiles_starts = place_array (&end, (n + 1) * sizeof (guint32));
  layout.xyz = place_array (&end, header->has_geometry ? 3 * (gsize) header->n_atoms * sizeof (float) : 0);
  layout.z = place_array (&end, header->n_atoms);
  layout.smiles = place_array (&end, header->smiles_size);
  layout.end = end;

  return layout;
}

/* Whether starts rise from 0 to @end, by @least to @most each. */
static gboolean
starts_are_sound (const guint32 *starts,
                  gsize          n,
                  guint32        end,
                  guint32        least,
                  guint32        most)
{
  if (starts[0] != 0 || starts[n] != end)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    if (starts[i + 1] < starts[i] || starts[i + 1] - starts[i] < least || starts[i + 1] - starts[i] > most)
      return FALSE;

  return TRUE;
}

/* Whether nothing leads out of the block, or out of the frame. */
static gboolean
is_sound (const MolCollection *molecules)
{
  const Header *header = &molecules->header;

  if (!starts_are_sound (molecules->atom_starts, header->n, header->n_atoms, 1, MOL_MAX_ATOMS) ||
      !starts_are_sound (molecules->smiles_starts, header->n, header->smiles_size, 1, MOL_MAX_SMILES))
    return FALSE;

  for (gsize i = 0; i < header->n; i++)
    if (molecules->smiles[molecules->smiles_starts[i + 1] - 1] != '\0' ||
        (i > 0 && molecules->numbers[i] < molecules->numbers[i - 1]))
      return FALSE;

  for (gsize a = 0; a < header->n_atoms; a++)
    if (mol_element_from_number (molecules->z[a]) < 0)
      return FALSE;

  return TRUE;
}

MolCollection *
mol_collection_new_from_bytes (GBytes *bytes)
{
  g_autoptr(MolCollection) molecules = NULL;
  gsize size;
  const guint8 *data;
  Layout layout;

  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size < ALIGNMENT || GPOINTER_TO_SIZE (data) % ALIGNMENT != 0)
    return NULL;

  molecules = g_new0 (MolCollection, 1);
  g_atomic_ref_count_init (&molecules->ref_count);
  molecules->bytes = g_bytes_ref (bytes);
  memcpy (&molecules->header, data, sizeof (Header));
  if (molecules->header.n == 0 || molecules->header.n > MOL_MAX_MOLECULES ||
      molecules->header.has_geometry > 1)
    return NULL;

  layout = lay_out (&molecules->header);
  if (layout.end != size)
    return NULL;

  molecules->properties = (const double *) (data + layout.properties);
  molecules->numbers = (const guint32 *) (data + layout.numbers);
  molecules->atom_starts = (const guint32 *) (data + layout.atom_starts);
  molecules->smiles_starts = (const guint32 *) (data + layout.smiles_starts);
  molecules->xyz = molecules->header.has_geometry ? (const float *) (data + layout.xyz) : NULL;
  molecules->z = data + layout.z;
  molecules->smiles = (const char *) data + layout.smiles;
  if (!is_sound (molecules))
    return NULL;

  molecules->key = io_hash_to_string (io_hash (data, size, 0));

  return g_steal_pointer (&molecules);
}

MolCollection *
mol_collection_ref (const MolCollection *molecules)
{
  MolCollection *counted = (MolCollection *) molecules;

  g_return_val_if_fail (molecules != NULL, NULL);

  g_atomic_ref_count_inc (&counted->ref_count);

  return counted;
}

void
mol_collection_unref (MolCollection *molecules)
{
  g_return_if_fail (molecules != NULL);

  if (!g_atomic_ref_count_dec (&molecules->ref_count))
    return;

  g_bytes_unref (molecules->bytes);
  g_free (molecules->key);
  g_free (molecules);
}

gsize
mol_collection_get_n (const MolCollection *molecules)
{
  g_return_val_if_fail (molecules != NULL, 0);

  return molecules->header.n;
}

void
mol_collection_get (const MolCollection *molecules,
                    gsize                i,
                    MolMolecule         *molecule)
{
  guint32 start;

  g_return_if_fail (molecules != NULL && molecule != NULL);
  g_return_if_fail (i < molecules->header.n);

  start = molecules->atom_starts[i];
  molecule->number = molecules->numbers[i];
  molecule->n_atoms = molecules->atom_starts[i + 1] - start;
  molecule->z = molecules->z + start;
  molecule->xyz = molecules->xyz != NULL ? molecules->xyz + 3 * (gsize) start : NULL;
  molecule->smiles = molecules->smiles + molecules->smiles_starts[i];
  molecule->properties = molecules->properties + i * MOL_N_PROPERTIES;
}

gboolean
mol_collection_has_geometry (const MolCollection *molecules)
{
  g_return_val_if_fail (molecules != NULL, FALSE);

  return molecules->header.has_geometry;
}

const char *
mol_collection_get_key (const MolCollection *molecules)
{
  g_return_val_if_fail (molecules != NULL, NULL);

  return molecules->key;
}

GBytes *
mol_collection_peek_bytes (const MolCollection *molecules)
{
  g_return_val_if_fail (molecules != NULL, NULL);

  return molecules->bytes;
}

MolCollectionBuilder *
mol_collection_builder_new (void)
{
  MolCollectionBuilder *builder = g_new0 (MolCollectionBuilder, 1);

  builder->numbers = g_array_new (FALSE, FALSE, sizeof (guint32));
  builder->properties = g_array_new (FALSE, FALSE, MOL_N_PROPERTIES * sizeof (double));
  builder->atom_starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  builder->smiles_starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  builder->xyz = g_array_new (FALSE, FALSE, 3 * sizeof (float));
  builder->z = g_byte_array_new ();
  builder->smiles = g_byte_array_new ();
  builder->sorted = TRUE;

  return builder;
}

void
mol_collection_builder_free (MolCollectionBuilder *builder)
{
  if (builder == NULL)
    return;

  g_array_unref (builder->numbers);
  g_array_unref (builder->properties);
  g_array_unref (builder->atom_starts);
  g_array_unref (builder->smiles_starts);
  g_array_unref (builder->xyz);
  g_byte_array_unref (builder->z);
  g_byte_array_unref (builder->smiles);
  g_free (builder);
}

gsize
mol_collection_builder_get_n (const MolCollectionBuilder *builder)
{
  g_return_val_if_fail (builder != NULL, 0);

  return builder->numbers->len;
}

void
mol_collection_builder_add (MolCollectionBuilder *builder,
                            const MolMolecule    *molecule)
{
  guint32 number, n;
  gsize smiles_size;

  g_return_if_fail (builder != NULL && molecule != NULL);
  g_return_if_fail (molecule->n_atoms >= 1 && molecule->n_atoms <= MOL_MAX_ATOMS);
  g_return_if_fail (molecule->z != NULL && molecule->smiles != NULL && molecule->properties != NULL);

  n = builder->numbers->len;
  smiles_size = strlen (molecule->smiles) + 1;
  g_return_if_fail (n < MOL_MAX_MOLECULES && smiles_size <= MOL_MAX_SMILES);
  g_return_if_fail (n == 0 || builder->has_geometry == (molecule->xyz != NULL));

  number = molecule->number;
  if (n > 0 && number < g_array_index (builder->numbers, guint32, n - 1))
    builder->sorted = FALSE;
  builder->has_geometry = molecule->xyz != NULL;

  g_array_append_val (builder->numbers, number);
  g_array_append_vals (builder->properties, molecule->properties, 1);
  g_array_append_val (builder->atom_starts, builder->z->len);
  g_array_append_val (builder->smiles_starts, builder->smiles->len);
  if (builder->has_geometry)
    g_array_append_vals (builder->xyz, molecule->xyz, molecule->n_atoms);
  g_byte_array_append (builder->z, molecule->z, molecule->n_atoms);
  g_byte_array_append (builder->smiles, (const guint8 *) molecule->smiles, (guint) smiles_size);
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b,
                 gpointer      data)
{
  const GArray *numbers = data;
  guint32 i = *(const guint32 *) a;
  guint32 k = *(const guint32 *) b;
  guint32 of_i = g_array_index (numbers, guint32, i);
  guint32 of_k = g_array_index (numbers, guint32, k);

  if (of_i != of_k)
    return of_i < of_k ? -1 : 1;

  return i < k ? -1 : i > k;
}

/* (transfer full): molecule i of the block is order[i] of the builder */
static guint32 *
make_order (const MolCollectionBuilder *builder)
{
  guint n = builder->numbers->len;
  guint32 *order = g_new (guint32, n);

  for (guint i = 0; i < n; i++)
    order[i] = i;
  if (!builder->sorted)
    g_qsort_with_data (order, (int) n, sizeof (guint32), compare_numbers, builder->numbers);

  return order;
}

/* Writes all of the block but its header. */
static void
fill_block (const MolCollectionBuilder *builder,
            const guint32              *order,
            const Layout               *layout,
            guint8                     *block)
{
  guint n = builder->numbers->len;
  double *properties = (double *) (block + layout->properties);
  guint32 *numbers = (guint32 *) (block + layout->numbers);
  guint32 *atom_starts = (guint32 *) (block + layout->atom_starts);
  guint32 *smiles_starts = (guint32 *) (block + layout->smiles_starts);
  float *xyz = (float *) (block + layout->xyz);
  guint8 *z = block + layout->z;
  guint8 *smiles = block + layout->smiles;
  guint32 atom = 0, character = 0;

  for (guint i = 0; i < n; i++)
    {
      guint from = order[i];
      guint32 atom_start = g_array_index (builder->atom_starts, guint32, from);
      guint32 smiles_start = g_array_index (builder->smiles_starts, guint32, from);
      guint32 n_atoms = g_array_index (builder->atom_starts, guint32, from + 1) - atom_start;
      guint32 smiles_size = g_array_index (builder->smiles_starts, guint32, from + 1) - smiles_start;

      numbers[i] = g_array_index (builder->numbers, guint32, from);
      memcpy (properties + (gsize) i * MOL_N_PROPERTIES,
              builder->properties->data + (gsize) from * MOL_N_PROPERTIES * sizeof (double),
              MOL_N_PROPERTIES * sizeof (double));
      if (builder->has_geometry)
        memcpy (xyz + 3 * (gsize) atom,
                builder->xyz->data + 3 * (gsize) atom_start * sizeof (float), 3 * n_atoms * sizeof (float));
      memcpy (z + atom, builder->z->data + atom_start, n_atoms);
      memcpy (smiles + character, builder->smiles->data + smiles_start, smiles_size);

      atom_starts[i] = atom;
      smiles_starts[i] = character;
      atom += n_atoms;
      character += smiles_size;
    }
  atom_starts[n] = atom;
  smiles_starts[n] = character;
}

MolCollection *
mol_collection_builder_end (MolCollectionBuilder *builder)
{
  return mol_collection_builder_end_with_items (builder, NULL);
}

MolCollection *
mol_collection_builder_end_with_items (MolCollectionBuilder *builder,
                                       guint32             **items)
{
  g_autoptr(GBytes) bytes = NULL;
  g_autofree guint32 *order = NULL;
  Header header;
  Layout layout;
  guint8 *block;

  g_return_val_if_fail (builder != NULL, NULL);

  if (items != NULL)
    *items = g_new0 (guint32, builder->numbers->len);
  if (builder->numbers->len == 0)
    {
      mol_collection_builder_free (builder);
      return NULL;
    }

  header = (Header) {
    builder->numbers->len, builder->z->len, builder->smiles->len, builder->has_geometry
  };
  layout = lay_out (&header);

  /* Where the last molecule ends. */
  g_array_append_val (builder->atom_starts, header.n_atoms);
  g_array_append_val (builder->smiles_starts, header.smiles_size);

  block = g_aligned_alloc0 (layout.end, 1, ALIGNMENT);
  memcpy (block, &header, sizeof (header));
  order = make_order (builder);
  for (guint32 i = 0; i < header.n && items != NULL; i++)
    (*items)[order[i]] = i;
  fill_block (builder, order, &layout, block);
  mol_collection_builder_free (builder);
  bytes = g_bytes_new_with_free_func (block, layout.end, (GDestroyNotify) g_aligned_free, block);

  return mol_collection_new_from_bytes (bytes);
}
