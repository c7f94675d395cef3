/* io-cache.c: disk cache for results computed from large files.
 *
 * A file: a header, the key, the payload, each from a multiple of 64 bytes on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <time.h>
#include <utime.h>

#include "core/mlp-error.h"
#include "io/io-cache.h"
#include "io/io-hash.h"
#include "io/io-read.h"
#include "io/io-replace.h"

#define MAGIC "PZCACHE\n"
#define BYTE_ORDER_MARK 0x01020304
#define VERSION 1
#define SUFFIX ".cache"

/* Of a file that an earlier version of the program did not finish; after so many seconds
 * nobody will. */
#define OLD_PART_SUFFIX ".part"
#define OLD_PART_AGE (24 * 60 * 60)

/* No key is longer. */
#define MAX_KEY 4096

typedef struct
{
  char    magic[8];
  guint32 byte_order;
  guint32 version;
  guint64 payload_size;
  guint64 payload_hash;
  guint64 key_size;
  guint64 key_hash;
  guint64 unused;
  guint64 header_hash;              /* of what is before it */
} Header;

G_STATIC_ASSERT (sizeof (Header) == IO_CACHE_ALIGNMENT);

static gsize
align_size (gsize size)
{
  return (size + IO_CACHE_ALIGNMENT - 1) / IO_CACHE_ALIGNMENT * IO_CACHE_ALIGNMENT;
}

static char *
make_name (const char *group,
           const char *key)
{
  return g_strdup_printf ("%s.%016" PRIx64 SUFFIX, group, io_hash (key, strlen (key), 0));
}

static Header
make_header (const char    *key,
             const IoPiece *parts,
             gsize          n_parts)
{
  Header header = {
    .byte_order = BYTE_ORDER_MARK,
    .version = VERSION,
    .key_size = strlen (key),
    .key_hash = io_hash (key, strlen (key), 0),
  };
  g_autoptr(IoHash) hash = io_hash_new (0);

  memcpy (header.magic, MAGIC, sizeof (header.magic));
  for (gsize i = 0; i < n_parts; i++)
    {
      header.payload_size += parts[i].size;
      io_hash_update (hash, parts[i].data, parts[i].size);
    }
  header.payload_hash = io_hash_get_value (hash);
  header.header_hash = io_hash (&header, G_STRUCT_OFFSET (Header, header_hash), 0);

  return header;
}

/* Whether the file of @size can be one of ours, with this key. */
static gboolean
check_header (const Header *header,
              guint64       size,
              const char   *key)
{
  const gsize key_size = strlen (key);
  const guint64 start = sizeof (*header) + align_size (key_size);

  return memcmp (header->magic, MAGIC, sizeof (header->magic)) == 0 &&
         header->byte_order == BYTE_ORDER_MARK && header->version == VERSION &&
         header->header_hash == io_hash (header, G_STRUCT_OFFSET (Header, header_hash), 0) &&
         header->key_size == key_size && header->key_hash == io_hash (key, key_size, 0) &&
         size >= start && size - start == header->payload_size;
}

/* Of io_read_file(). Nobody sees the message: without a file there is no cache. */
static gboolean
check_start (const guint8 *start,
             gsize         n_start,
             guint64       size,
             gpointer      user_data,
             GError      **error)
{
  Header header;

  if (n_start == sizeof (header))
    {
      memcpy (&header, start, sizeof (header));
      if (check_header (&header, size, user_data))
        return TRUE;
    }

  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT, "-");

  return FALSE;
}

/* Where the payload starts; 0 if the file is none of ours, or of another key. */
static gsize
check_file (const char   *key,
            const guint8 *data,
            gsize         size)
{
  Header header;
  gsize start;

  if (size < sizeof (header))
    return 0;

  memcpy (&header, data, sizeof (header));
  if (!check_header (&header, size, key))
    return 0;

  start = sizeof (header) + align_size (header.key_size);

  return memcmp (data + sizeof (header), key, header.key_size) == 0 &&
         header.payload_hash == io_hash (data + start, header.payload_size, 0) ? start : 0;
}

GBytes *
io_cache_load (const char *folder,
               const char *group,
               const char *key)
{
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GBytes) bytes = NULL;
  gsize size, start;
  const guint8 *data;

  g_return_val_if_fail (folder != NULL && group != NULL && key != NULL, NULL);

  name = make_name (group, key);
  path = g_build_filename (folder, name, NULL);
  bytes = io_read_file (path, check_start, (gpointer) key, NULL);
  if (bytes == NULL)
    return NULL;

  data = g_bytes_get_data (bytes, &size);
  start = check_file (key, data, size);
  if (start == 0)
    return NULL;

  /* So that it counts as used. */
  g_utime (path, NULL);

  return g_bytes_new_from_bytes (bytes, start, size - start);
}

/* Removes what else is kept for the group. */
static void
remove_others (const char *folder,
               const char *group,
               const char *name)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *prefix = g_strconcat (group, ".", NULL);
  const char *other;

  while (dir != NULL && (other = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (other, prefix) && strcmp (other, name) != 0 && g_str_has_suffix (other, SUFFIX))
      {
        g_autofree char *path = g_build_filename (folder, other, NULL);

        g_remove (path);
      }
}

gboolean
io_cache_store (const char    *folder,
                const char    *group,
                const char    *key,
                const IoPiece *parts,
                gsize          n_parts,
                GError       **error)
{
  static const guint8 zeros[IO_CACHE_ALIGNMENT] = { 0 };
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  g_autofree IoPiece *pieces = NULL;
  Header header;

  g_return_val_if_fail (folder != NULL && group != NULL && key != NULL, FALSE);
  g_return_val_if_fail (strchr (group, '/') == NULL && strlen (key) <= MAX_KEY, FALSE);
  g_return_val_if_fail (parts != NULL || n_parts == 0, FALSE);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("The folder “%s” could not be created: %s"), folder, g_strerror (code));
      return FALSE;
    }

  io_part_clear_stale (folder);

  name = make_name (group, key);
  path = g_build_filename (folder, name, NULL);
  header = make_header (key, parts, n_parts);
  pieces = g_new (IoPiece, 3 + n_parts);
  pieces[0] = (IoPiece) { &header, sizeof (header) };
  pieces[1] = (IoPiece) { key, header.key_size };
  pieces[2] = (IoPiece) { zeros, align_size (header.key_size) - header.key_size };
  for (gsize i = 0; i < n_parts; i++)
    pieces[3 + i] = parts[i];

  /* Not synchronised: a file that a crash left without its content is found out. */
  if (!io_replace (path, pieces, 3 + n_parts, IO_REPLACE_PRIVATE | IO_REPLACE_UNSYNCED, error))
    return FALSE;

  remove_others (folder, group, name);
  io_cache_trim (folder, IO_CACHE_LIMIT);

  return TRUE;
}

typedef struct
{
  char   *path;
  guint64 size;
  gint64  used;                     /* ns */
} File;

static void
file_clear (gpointer data)
{
  File *file = data;

  g_free (file->path);
}

/* The newest first. */
static int
compare_files (gconstpointer a,
               gconstpointer b)
{
  const File *p = a;
  const File *q = b;

  return p->used > q->used ? -1 : p->used < q->used;
}

void
io_cache_trim (const char *folder,
               guint64     limit)
{
  g_autoptr(GArray) files = g_array_new (FALSE, FALSE, sizeof (File));
  g_autoptr(GDir) dir = NULL;
  const char *name;
  guint64 sum = 0;

  g_return_if_fail (folder != NULL);

  g_array_set_clear_func (files, file_clear);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_stat (path, &info) != 0)
        continue;

      if (g_str_has_suffix (name, OLD_PART_SUFFIX) && name[0] != '.' && info.st_mtime < time (NULL) - OLD_PART_AGE)
        {
          g_remove (path);
        }
      else if (g_str_has_suffix (name, SUFFIX))
        {
          File file = {
            g_steal_pointer (&path), (guint64) info.st_size,
            (gint64) info.st_mtim.tv_sec * G_GINT64_CONSTANT (1000000000) + info.st_mtim.tv_nsec
          };

          g_array_append_val (files, file);
        }
    }
  g_array_sort (files, compare_files);

  for (guint i = 0; i < files->len; i++)
    {
      const File *file = &g_array_index (files, File, i);

      if (i > 0 && sum + file->size > limit)
        g_remove (file->path);
      else
        sum += file->size;
    }
}
