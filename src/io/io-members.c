/* io-members.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "io/io-archive.h"
#include "io/io-members.h"

/* Read of a member at a time. */
#define PIECE (256 * 1024)

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
visit_child (const char  *path,
             IoMemberFunc func,
             gpointer     user_data)
{
  g_autoptr(GError) error = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *shown = mlp_display_filename (path);

      g_set_error (&error, MLP_ERROR, MLP_ERROR_FORMAT, _("“%s” is a nested folder; it is not searched"), shown);
    }

  return func (path, NULL, NULL, error, user_data);
}

static void
visit_folder (const char  *path,
              IoMemberFunc func,
              gpointer     user_data)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) dir_error = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *shown = mlp_display_filename (path);
  g_autoptr(GDir) dir = g_dir_open (path, 0, &dir_error);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  if (dir_error != NULL)
    g_set_error (&error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be opened: %s"), shown, dir_error->message);
  else if (names->len == 0)
    g_set_error (&error, MLP_ERROR, MLP_ERROR_FORMAT, _("No files found in “%s”"), shown);
  if (error != NULL)
    func (path, NULL, NULL, error, user_data);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, g_ptr_array_index (names, i), NULL);

      if (!visit_child (child, func, user_data))
        return;
    }
}

/* (transfer full) (nullable): the bytes of the file that was come to */
static GBytes *
read_member (IoArchive  *archive,
             const char *member,
             gsize       max_size,
             GError    **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *piece = g_malloc (PIECE);
  gsize n;

  do
    {
      if (!io_archive_read (archive, piece, PIECE, &n, error))
        return NULL;
      if (n > max_size - MIN (bytes->len, max_size))
        {
          g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                       _("“%s” in “%s” is larger than %zu MiB, the limit for one "
                         "file"),
                       member, io_archive_get_name (archive), max_size / 1024 / 1024);
          return NULL;
        }
      g_byte_array_append (bytes, piece, (guint) n);
    }
  while (n == PIECE);

  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

static void
visit_archive (const char  *path,
               gsize        max_size,
               IoMemberFunc func,
               gpointer     user_data)
{
  g_autofree char *shown = mlp_display_filename (path);
  g_autoptr(GError) error = NULL;
  g_autoptr(IoArchive) archive = io_archive_open (path, &error);
  const char *member;
  gsize n = 0;

  while (archive != NULL && (member = io_archive_next (archive, &error)) != NULL)
    {
      g_autofree char *base = g_path_get_basename (member);
      g_autoptr(GBytes) bytes = NULL;
      g_autoptr(GError) own_error = NULL;

      if (base[0] == '.')
        continue;

      n++;
      bytes = read_member (archive, member, max_size, &own_error);
      if (!func (path, member, bytes, own_error, user_data))
        return;
    }

  if (error == NULL && n == 0)
    g_set_error (&error, MLP_ERROR, MLP_ERROR_FORMAT, _("No files found in “%s”"), shown);
  if (error != NULL)
    func (path, NULL, NULL, error, user_data);
}

static gboolean
is_archive (const char *path)
{
  g_autoptr(IoStream) stream = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return FALSE;

  stream = io_stream_open (path, NULL);

  return stream != NULL && io_archive_recognise (stream);
}

void
io_members_visit (const char  *path,
                  gsize        max_size,
                  IoMemberFunc func,
                  gpointer     user_data)
{
  g_return_if_fail (path != NULL && func != NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    visit_folder (path, func, user_data);
  else if (is_archive (path))
    visit_archive (path, max_size, func, user_data);
  else
    func (path, NULL, NULL, NULL, user_data);
}
