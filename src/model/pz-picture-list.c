/* pz-picture-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "io/io-members.h"
#include "model/pz-picture-list.h"
#include "model/pz-task.h"

/* Of one picture in an archive: no photograph is larger. */
#define MAX_MEMBER (64u * 1024 * 1024)

static void
item_free (gpointer data)
{
  PzPictureItem *item = data;

  g_clear_object (&item->file);
  g_clear_pointer (&item->bytes, g_bytes_unref);
  g_free (item->name);
  g_free (item->problem);
  g_free (item);
}

/* What goes into the thread. */
typedef struct
{
  GPtrArray    *files;          /* of GFile */
  GCancellable *cancellable;    /* (nullable) */
  GPtrArray    *items;          /* of PzPictureItem */
  gsize         n_bytes;        /* of those in archives */
} Listing;

static void
listing_free (gpointer data)
{
  Listing *listing = data;

  g_clear_object (&listing->cancellable);
  g_clear_pointer (&listing->items, g_ptr_array_unref);
  g_clear_pointer (&listing->files, g_ptr_array_unref);
  g_free (listing);
}

/* Worker thread. */
static PzPictureItem *
add_item (Listing    *listing,
          const char *path,
          const char *member)
{
  PzPictureItem *item = g_new0 (PzPictureItem, 1);
  g_autofree char *name = mlp_display_basename (path);

  item->name = member != NULL ? g_strdup_printf ("%s: %s", name, member) : g_steal_pointer (&name);
  g_ptr_array_add (listing->items, item);

  return item;
}

/* Worker thread. */
static gboolean
on_member (const char   *path,
           const char   *member,
           GBytes       *bytes,
           const GError *error,
           gpointer      user_data)
{
  Listing *listing = user_data;
  const gsize n = bytes != NULL ? g_bytes_get_size (bytes) : 0;
  PzPictureItem *item;

  if (g_cancellable_is_cancelled (listing->cancellable))
    return FALSE;

  item = add_item (listing, path, member);
  if (listing->items->len > PZ_PICTURE_LIST_MAX || n > PZ_PICTURE_LIST_MAX_BYTES - listing->n_bytes)
    {
      item->problem = g_strdup (_("There are more pictures here than can be gone through; the rest is left out."));
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

/* Worker thread. */
static void
list_worker (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Listing *listing = task_data;

  for (guint i = 0; i < listing->files->len && listing->items->len <= PZ_PICTURE_LIST_MAX; i++)
    {
      GFile *file = g_ptr_array_index (listing->files, i);

      if (g_file_peek_path (file) != NULL)
        {
          io_members_visit (g_file_peek_path (file), MAX_MEMBER, on_member, listing);
        }
      else
        {
          g_autofree char *base = g_file_get_basename (file);

          add_item (listing, base, NULL)->file = g_object_ref (file);
        }
      if (g_task_return_error_if_cancelled (worker))
        return;
    }

  pz_task_return_pointer (worker, g_steal_pointer (&listing->items), (GDestroyNotify) g_ptr_array_unref);
}

void
pz_picture_list_async (GSList             *files,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  Listing *listing;
  GTask *task;

  g_return_if_fail (files != NULL);

  listing = g_new0 (Listing, 1);
  listing->files = g_ptr_array_new_with_free_func (g_object_unref);
  listing->items = g_ptr_array_new_with_free_func (item_free);
  listing->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  for (; files != NULL; files = files->next)
    g_ptr_array_add (listing->files, g_object_ref (files->data));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, pz_picture_list_async);
  pz_task_run_urgent (task, list_worker, listing, listing_free, NULL, NULL);
}

GPtrArray *
pz_picture_list_finish (GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
