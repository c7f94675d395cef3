/* mol-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-list.h"
#include "molecules/mol-open-private.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-report.h"

static void
clear_origin (gpointer data)
{
  MolOrigin *origin = data;

  g_free (origin->name);
}

static void
clear_unreadable (gpointer data)
{
  MolUnreadable *unreadable = data;

  g_free (unreadable->name);
  g_free (unreadable->reason);
}

void
mol_list_free (MolList *list)
{
  if (list == NULL)
    return;

  for (gsize i = 0; i < list->n; i++)
    clear_origin (&list->origins[i]);
  for (gsize i = 0; i < list->n_unreadable; i++)
    clear_unreadable (&list->unreadable[i]);
  g_clear_pointer (&list->molecules, mol_collection_unref);
  g_free (list->items);
  g_free (list->origins);
  g_free (list->unreadable);
  g_clear_error (&list->error);
  g_free (list);
}

/* A reading that keeps where each molecule is. */
static void
init_reader (MolReader     *reader,
             IoProgressFunc progress,
             gpointer       user_data)
{
  mol_reader_init (reader, progress, user_data);
  reader->origins = g_array_new (FALSE, FALSE, sizeof (MolOrigin));
  g_array_set_clear_func (reader->origins, clear_origin);
  reader->unreadable = g_array_new (FALSE, FALSE, sizeof (MolUnreadable));
  g_array_set_clear_func (reader->unreadable, clear_unreadable);
}

/* (transfer full): what was read */
static MolList *
end_reader (MolReader *reader)
{
  MolList *list = g_new0 (MolList, 1);

  list->molecules = mol_collection_builder_end_with_items (g_steal_pointer (&reader->builder), &list->items);
  list->origins = g_array_steal (reader->origins, &list->n);
  list->unreadable = g_array_steal (reader->unreadable, &list->n_unreadable);

  return list;
}

MolList *
mol_list_open (const char    *source,
               IoProgressFunc progress,
               gpointer       user_data,
               GError       **error)
{
  g_auto(MolSource) location = { 0 };
  g_auto(MolReader) reader = { 0 };
  g_autoptr(GError) local_error = NULL;
  MolList *list;

  g_return_val_if_fail (source != NULL, NULL);

  if (!mol_source_find (source, &location, error))
    return NULL;

  init_reader (&reader, progress, user_data);
  if (!mol_open_read_source (&reader, &location, &local_error))
    {
      if (g_error_matches (local_error, MLP_ERROR, MLP_ERROR_CANCELLED) ||
          (reader.origins->len == 0 && reader.unreadable->len == 0))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }
  else if (reader.origins->len == 0 && reader.unreadable->len == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("No molecules found in “%s”"), source);
      return NULL;
    }

  list = end_reader (&reader);
  list->error = g_steal_pointer (&local_error);

  return list;
}

MolList *
mol_list_read (const char *name,
               const char *text,
               gsize       length,
               GError    **error)
{
  g_auto(MolReader) reader = { 0 };

  g_return_val_if_fail (name != NULL && (text != NULL || length == 0), NULL);

  init_reader (&reader, NULL, NULL);
  if (!mol_open_read_text (&reader, name, text, length, error))
    return NULL;

  if (reader.origins->len == 0 && reader.unreadable->len == 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("No molecules found in “%s”"), name);
      return NULL;
    }

  return end_reader (&reader);
}
