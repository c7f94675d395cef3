/* pz-photo-source.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "widgets/common/pz-file-dialog.h"
#include "widgets/photo/pz-photo-source.h"

/* What photos of paper and drawings come in; a file that is not what it says is
 * found out when it is read. */
#define SUFFIXES "png jpg jpeg svg"
#define ARCHIVE_SUFFIXES "zip tar gz tgz bz2 xz"

/* More is not taken from another program: a photograph of %IMAGE_MAX_PIXELS in PNG. */
#define MAX_BYTES (256u * 1024 * 1024)

#define PIECE (256u * 1024)

/* --- what other programs hand over --- */

static void read_piece (GdkContentDeserializer *deserializer);

static void
on_piece (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  GdkContentDeserializer *deserializer = user_data;
  GByteArray *received = gdk_content_deserializer_get_task_data (deserializer);
  GError *error = NULL;
  g_autoptr(GBytes) piece = g_input_stream_read_bytes_finish (G_INPUT_STREAM (object), result, &error);

  if (piece == NULL)
    {
      gdk_content_deserializer_return_error (deserializer, error);
      return;
    }

  if (g_bytes_get_size (piece) == 0)
    {
      g_value_take_boxed (gdk_content_deserializer_get_value (deserializer),
                          g_bytes_new (received->data, received->len));
      gdk_content_deserializer_return_success (deserializer);
      return;
    }

  if (received->len + g_bytes_get_size (piece) > MAX_BYTES)
    {
      g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                           _("The image is too large; reduce its size, a few hundred pixels are enough for a digit"));
      gdk_content_deserializer_return_error (deserializer, error);
      return;
    }

  g_byte_array_append (received, g_bytes_get_data (piece, NULL), (guint) g_bytes_get_size (piece));
  read_piece (deserializer);
}

static void
read_piece (GdkContentDeserializer *deserializer)
{
  g_input_stream_read_bytes_async (gdk_content_deserializer_get_input_stream (deserializer), PIECE,
                                   gdk_content_deserializer_get_priority (deserializer),
                                   gdk_content_deserializer_get_cancellable (deserializer),
                                   on_piece, deserializer);
}

/* For GDK. */
static void
receive_photo (GdkContentDeserializer *deserializer)
{
  gdk_content_deserializer_set_task_data (deserializer, g_byte_array_new (), (GDestroyNotify) g_byte_array_unref);
  read_piece (deserializer);
}

GType
pz_image_bytes_get_type (void)
{
  static const char *const kinds[] = { "image/png", "image/jpeg", "image/svg+xml" };
  static gsize type;

  if (g_once_init_enter (&type))
    {
      GType new_type = g_boxed_type_register_static (g_intern_static_string ("PzImageBytes"),
                                                     (GBoxedCopyFunc) g_bytes_ref, (GBoxedFreeFunc) g_bytes_unref);

      /* The first that there is, is taken. */
      for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
        gdk_content_register_deserializer (kinds[i], new_type, receive_photo, NULL, NULL);
      g_once_init_leave (&type, new_type);
    }

  return type;
}

/* --- what is shown --- */

gboolean
pz_photo_source_is_image (GFile *file)
{
  g_autofree char *name = NULL;
  g_autofree char *lower = NULL;
  g_auto(GStrv) suffixes = g_strsplit (SUFFIXES, " ", -1);
  const char *dot;

  g_return_val_if_fail (G_IS_FILE (file), FALSE);

  name = g_file_get_basename (file);
  dot = name != NULL ? strrchr (name, '.') : NULL;
  if (dot == NULL)
    return FALSE;

  lower = g_ascii_strdown (dot + 1, -1);

  return g_strv_contains ((const char *const *) suffixes, lower);
}

GtkDropTarget *
pz_photo_source_new_target (void)
{
  GType types[] = { GDK_TYPE_FILE_LIST, PZ_TYPE_IMAGE_BYTES };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));

  return target;
}

static void
free_value (gpointer data)
{
  g_value_unset (data);
  g_free (data);
}

static void
on_pasted (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GTask) task = user_data;
  GError *error = NULL;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (object), result, &error);
  GValue *copy;

  if (value == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  copy = g_new0 (GValue, 1);
  g_value_init (copy, G_VALUE_TYPE (value));
  g_value_copy (value, copy);
  g_task_return_pointer (task, copy, free_value);
}

void
pz_photo_source_paste_async (GtkWidget          *widget,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  GType types[] = { GDK_TYPE_FILE_LIST, PZ_TYPE_IMAGE_BYTES };
  g_autoptr(GTask) task = g_task_new (widget, NULL, callback, user_data);

  g_task_set_source_tag (task, pz_photo_source_paste_async);

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr(GdkContentFormats) readable = gdk_content_formats_union_deserialize_gtypes (gdk_content_formats_ref (formats));

      if (!gdk_content_formats_contain_gtype (readable, types[i]))
        continue;
      gdk_clipboard_read_value_async (clipboard, types[i], G_PRIORITY_DEFAULT, NULL, on_pasted,
                                      g_steal_pointer (&task));
      return;
    }

  g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "%s",
                           _("There is no image on the clipboard."));
}

gboolean
pz_photo_source_paste_finish (GtkWidget    *widget,
                              GAsyncResult *result,
                              GValue       *value,
                              GError      **error)
{
  GValue *pasted;

  g_return_val_if_fail (g_task_is_valid (result, widget), FALSE);

  pasted = g_task_propagate_pointer (G_TASK (result), error);
  if (pasted == NULL)
    return FALSE;

  *value = *pasted;
  g_free (pasted);

  return TRUE;
}

void
pz_photo_source_choose_async (GtkWidget          *widget,
                              GAsyncReadyCallback callback,
                              gpointer            user_data)
{
  const PzFileType types[] = {
    { _("Images"), SUFFIXES },
    { _("Image Archives"), ARCHIVE_SUFFIXES },
    { _("All Files"), NULL },
  };

  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_OPEN_SEVERAL, _("Open Images"), NULL,
                            types, G_N_ELEMENTS (types), callback, user_data);
}

GSList *
pz_photo_source_choose_finish (GtkWidget    *widget,
                               GAsyncResult *result)
{
  g_autoptr(GListModel) model = pz_file_dialog_run_finish_several (widget, result, NULL);
  GSList *files = NULL;

  for (guint i = model != NULL ? g_list_model_get_n_items (model) : 0; i > 0; i--)
    files = g_slist_prepend (files, g_list_model_get_item (model, i - 1));

  return files;
}
