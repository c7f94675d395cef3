/* pz-photo-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "io/io-members.h"
#include "model/pz-photo-list.h"

/* Of one photo in an archive: no photograph is larger. */
#define MAX_MEMBER (64u * 1024 * 1024)

static void
item_free (gpointer data)
{
  PzPhotoItem *item = data;

  g_clear_object (&item->file);
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_free (item->name);
  g_free (item->problem);
  g_free (item);
}

typedef struct
{
  GCancellable *cancellable;    /* (nullable) */
  GPtrArray    *items;          /* of PzPhotoItem */
  gsize         n_bytes;        /* of those in archives */
} Listing;

static PzPhotoItem *
add_item (Listing    *listing,
          const char *path,
          const char *member)
{
  PzPhotoItem *item = g_new0 (PzPhotoItem, 1);
  g_autofree char *name = mlp_display_basename (path);

  item->name = member != NULL ? g_strdup_printf ("%s: %s", name, member) : g_steal_pointer (&name);
  g_ptr_array_add (listing->items, item);

  return item;
}

static gboolean
on_member (const char   *path,
           const char   *member,
           GBytes       *bytes,
           const GError *error,
           gpointer      user_data)
{
  Listing *listing = user_data;
  const gsize n = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  PzPhotoItem *item;

  if (g_cancellable_is_cancelled (listing->cancellable))
    return FALSE;

  item = add_item (listing, path, member);
  if (listing->items->len > PZ_PHOTO_LIST_MAX || n > PZ_PHOTO_LIST_MAX_BYTES - listing->n_bytes)
    {
      item->problem = g_strdup (_("There are too many images here; the remaining ones are skipped."));
      return FALSE;
    }

  listing->n_bytes += n;
  if (error != NULL)
    item->problem = mlp_display_error (error);
  else if (bytes != NULL)
    item->bytes = g_bytes_ref (bytes);
  else
    item->file = g_file_new_for_path (path);

  return TRUE;
}

GPtrArray *
pz_photo_list_read (GPtrArray    *files,
                    GCancellable *cancellable,
                    GError      **error)
{
  g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func (item_free);
  Listing listing = { cancellable, items, 0 };

  g_return_val_if_fail (files != NULL && files->len > 0, NULL);

  for (guint i = 0; i < files->len && items->len <= PZ_PHOTO_LIST_MAX; i++)
    {
      GFile *file = g_ptr_array_index (files, i);

      if (g_file_peek_path (file) != NULL)
        {
          io_members_visit (g_file_peek_path (file), MAX_MEMBER, on_member, &listing);
        }
      else
        {
          g_autofree char *base = g_file_get_basename (file);

          add_item (&listing, base, NULL)->file = g_object_ref (file);
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
    }

  return g_steal_pointer (&items);
}
