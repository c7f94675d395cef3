/* ds-drawings.c: a person's own drawings in memory.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/ds-drawings.h"
#include "io/io-hash.h"

struct _DsDrawings
{
  GByteArray *pictures;      /* INK_FRAME_SIZE bytes each */
  GByteArray *labels;
};

DsDrawings *
ds_drawings_new (void)
{
  DsDrawings *self = g_new0 (DsDrawings, 1);

  self->pictures = g_byte_array_new ();
  self->labels = g_byte_array_new ();

  return self;
}

void
ds_drawings_free (DsDrawings *self)
{
  if (self == NULL)
    return;

  g_byte_array_unref (self->pictures);
  g_byte_array_unref (self->labels);
  g_free (self);
}

gsize
ds_drawings_get_n (const DsDrawings *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->labels->len;
}

guint8
ds_drawings_get_label (const DsDrawings *self,
                       gsize             i)
{
  g_return_val_if_fail (self != NULL && i < self->labels->len, 0);

  return self->labels->data[i];
}

const guint8 *
ds_drawings_peek_picture (const DsDrawings *self,
                          gsize             i)
{
  g_return_val_if_fail (self != NULL && i < self->labels->len, NULL);

  return self->pictures->data + i * INK_FRAME_SIZE;
}

gboolean
ds_drawings_add (DsDrawings   *self,
                 const guint8 *picture,
                 guint8        label)
{
  g_return_val_if_fail (self != NULL && picture != NULL, FALSE);

  if (self->labels->len >= DS_DRAWINGS_MAX)
    return FALSE;

  g_byte_array_append (self->pictures, picture, INK_FRAME_SIZE);
  g_byte_array_append (self->labels, &label, 1);

  return TRUE;
}

gint64
ds_drawings_hash (const guint8 *picture,
                  guint8        label)
{
  return (gint64) io_hash (picture, INK_FRAME_SIZE, label);
}

/* How often a drawing with its label is in each of the three sets. */
typedef struct
{
  int n_base;
  int n_mine;
  int n_theirs;
  int n_dropped;      /* of theirs, still to be left out */
  int n_passed;       /* of mine, still to be passed over */
} Count;

static Count *
get_count (GHashTable       *counts,
           const DsDrawings *drawings,
           gsize             i)
{
  gint64 key = ds_drawings_hash (ds_drawings_peek_picture (drawings, i), ds_drawings_get_label (drawings, i));
  Count *count = g_hash_table_lookup (counts, &key);

  if (count == NULL)
    {
      gint64 *own_key = g_new (gint64, 1);

      *own_key = key;
      count = g_new0 (Count, 1);
      g_hash_table_insert (counts, own_key, count);
    }

  return count;
}

static GHashTable *
count_all (const DsDrawings *base,
           const DsDrawings *mine,
           const DsDrawings *theirs)
{
  GHashTable *counts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer value;

  for (gsize i = 0; i < ds_drawings_get_n (base); i++)
    get_count (counts, base, i)->n_base++;
  for (gsize i = 0; i < ds_drawings_get_n (mine); i++)
    get_count (counts, mine, i)->n_mine++;
  for (gsize i = 0; i < ds_drawings_get_n (theirs); i++)
    get_count (counts, theirs, i)->n_theirs++;

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      Count *count = value;
      const int mine_more = count->n_mine - count->n_base;
      const int theirs_more = count->n_theirs - count->n_base;

      /* What both removed, or both added, was removed or added once. */
      if (mine_more < 0)
        count->n_dropped = MAX (0, -mine_more - MAX (0, -theirs_more));
      count->n_passed = count->n_mine - MAX (0, mine_more - MAX (0, theirs_more));
    }

  return counts;
}

DsDrawings *
ds_drawings_merge (const DsDrawings *base,
                   const DsDrawings *mine,
                   const DsDrawings *theirs)
{
  g_autoptr(GHashTable) counts = NULL;
  g_autoptr(DsDrawings) merged = ds_drawings_new ();

  g_return_val_if_fail (base != NULL && mine != NULL && theirs != NULL, NULL);

  counts = count_all (base, mine, theirs);

  for (gsize i = 0; i < ds_drawings_get_n (theirs); i++)
    {
      Count *count = get_count (counts, theirs, i);

      if (count->n_dropped > 0)
        count->n_dropped--;
      else if (!ds_drawings_add (merged, ds_drawings_peek_picture (theirs, i), ds_drawings_get_label (theirs, i)))
        return NULL;
    }

  for (gsize i = 0; i < ds_drawings_get_n (mine); i++)
    {
      Count *count = get_count (counts, mine, i);

      if (count->n_passed > 0)
        count->n_passed--;
      else if (!ds_drawings_add (merged, ds_drawings_peek_picture (mine, i), ds_drawings_get_label (mine, i)))
        return NULL;
    }

  return g_steal_pointer (&merged);
}
