/* mol-cache.c: the molecules of a source, kept so that they need not be read
 * again.
 *
 * The payload: the sizes, the block of the molecules, what became of the others.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "io/io-cache.h"
#include "io/io-hash.h"
#include "io/io-sniff.h"
#include "molecules/mol-cache-private.h"
#include "molecules/mol-collection-private.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-report.h"

/* To be raised when a reader, or the layout of the payload, changes. */
#define VERSION 2

/* Bytes of a file at a time. */
#define PIECE (1024 * 1024)

/* The report, as GVariant: left out; unreadable, and the first of those; values that are
 * no numbers, and the first of those. */
#define REPORT_TYPE "(tta(sus)ta(sus))"

/* First in the payload. */
typedef struct
{
  guint64 block_size;
  guint64 report_size;
  guint64 unused[6];
} Sizes;

G_STATIC_ASSERT (sizeof (Sizes) == IO_CACHE_ALIGNMENT);

void
mol_cache_clear (MolCache *cache)
{
  g_clear_pointer (&cache->folder, g_free);
  g_clear_pointer (&cache->group, g_free);
  g_clear_pointer (&cache->key, g_free);
}

/* Adds the hash of a file's content, as it is. */
static gboolean
add_file (GString    *key,
          MolReader  *reader,
          const char *path,
          GError    **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  guint64 size = 0;
  gssize n = -1;
  g_autoptr(IoHash) hash = io_hash_new (0);

  while (fd >= 0 && ((n = read (fd, piece, PIECE)) > 0 || (n < 0 && errno == EINTR)))
    {
      size += (guint64) MAX (n, 0);
      io_hash_update (hash, piece, (gsize) MAX (n, 0));
      if (!mol_reader_report_progress (reader, path, 0.0, error))
        {
          close (fd);
          return FALSE;
        }
    }

  if (n < 0)
    {
      int code = errno;

      if (fd >= 0)
        close (fd);
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” could not be read: %s"), path, g_strerror (code));
      return FALSE;
    }
  close (fd);

  g_string_append_printf (key, "%016" PRIx64 " %" PRIu64 "\n", io_hash_get_value (hash), size);

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Adds names, sizes and times of a folder's XYZ files: to read all of them takes
 * as long as to read the molecules. */
static void
add_folder (GString    *key,
            const char *folder)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  g_autoptr(IoHash) hash = io_hash_new (0);

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!io_sniff_is_hidden (name) && io_sniff_is_xyz (name))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      gint64 facts[3] = { 0 };
      GStatBuf info;

      if (g_stat (path, &info) == 0)
        {
          facts[0] = info.st_size;
          facts[1] = info.st_mtim.tv_sec;
          facts[2] = info.st_mtim.tv_nsec;
        }
      io_hash_update (hash, g_ptr_array_index (names, i), strlen (g_ptr_array_index (names, i)) + 1);
      io_hash_update (hash, facts, sizeof (facts));
    }

  g_string_append_printf (key, "%016" PRIx64 " %u\n", io_hash_get_value (hash), names->len);
}

gboolean
mol_cache_init (MolCache        *cache,
                const char      *folder,
                MolReader       *reader,
                const MolSource *location,
                gboolean         keep_uncharacterized,
                GError         **error)
{
  g_autoptr(GString) key = g_string_new (NULL);
  g_autofree char *list = g_build_filename (location->folder, "uncharacterized.txt", NULL);
  g_autofree char *source = g_strconcat (location->path, keep_uncharacterized ? "\nall" : "\nsome", NULL);

  g_string_printf (key, "molecules %d, form %d, %s\n", VERSION, location->form, keep_uncharacterized ? "all" : "some");

  if (location->form == MOL_FORM_FOLDER)
    add_folder (key, location->path);
  else if (!add_file (key, reader, location->path, error))
    return FALSE;
  if (location->table != NULL && !add_file (key, reader, location->table, error))
    return FALSE;
  if (!keep_uncharacterized && g_file_test (list, G_FILE_TEST_IS_REGULAR) && !add_file (key, reader, list, error))
    return FALSE;

  /* A source has one file, two at most. */
  cache->folder = g_strdup (folder);
  cache->group = g_strdup_printf ("molecules-%016" PRIx64, io_hash (source, strlen (source), 0));
  cache->key = g_string_free (g_steal_pointer (&key), FALSE);

  return TRUE;
}

/* Returns: how many */
static gsize
restore_named (MolUnreadable *named,
               GVariantIter  *iter)
{
  const char *name, *reason;
  guint32 line;
  gsize n = 0;

  while (n < MOL_MAX_NAMED && g_variant_iter_next (iter, "(&su&s)", &name, &line, &reason))
    {
      named[n].name = g_strdup (name);
      named[n].line = line;
      named[n].reason = g_strdup (reason);
      n++;
    }

  return n;
}

static void
add_named (GVariantBuilder     *builder,
           const MolUnreadable *named,
           gsize                n)
{
  for (gsize i = 0; i < n; i++)
    g_variant_builder_add (builder, "(sus)", named[i].name, (guint32) named[i].line, named[i].reason);
}

static void
restore_report (MolReport *report,
                GVariant  *variant)
{
  g_autoptr(GVariantIter) molecules = NULL;
  g_autoptr(GVariantIter) values = NULL;
  guint64 n_uncharacterized, n_unreadable, n_bad_values;

  g_variant_get (variant, REPORT_TYPE, &n_uncharacterized, &n_unreadable, &molecules, &n_bad_values, &values);
  report->n_uncharacterized = n_uncharacterized;
  report->n_unreadable = n_unreadable;
  report->n_bad_values = n_bad_values;
  report->n_named = restore_named (report->unreadable, molecules);
  report->n_named_values = restore_named (report->bad_values, values);
}

MolCollection *
mol_cache_load (const MolCache *cache,
                MolReport      *report)
{
  g_autoptr(GBytes) payload = io_cache_load (cache->folder, cache->group, cache->key);
  g_autoptr(GBytes) block = NULL;
  g_autoptr(GBytes) rest = NULL;
  g_autoptr(GVariant) variant = NULL;
  MolCollection *molecules;
  Sizes sizes;
  gsize size;

  if (payload == NULL)
    return NULL;

  /* The checksum was right; but hold on to what keeps us within the map. */
  size = g_bytes_get_size (payload);
  if (size < sizeof (sizes))
    return NULL;
  memcpy (&sizes, g_bytes_get_data (payload, NULL), sizeof (sizes));
  size -= sizeof (sizes);
  if (sizes.block_size > size || sizes.report_size != size - sizes.block_size)
    return NULL;

  block = g_bytes_new_from_bytes (payload, sizeof (sizes), sizes.block_size);
  rest = g_bytes_new_from_bytes (payload, sizeof (sizes) + sizes.block_size, sizes.report_size);
  molecules = mol_collection_new_from_bytes (block);
  if (molecules == NULL)
    return NULL;

  variant = g_variant_ref_sink (g_variant_new_from_bytes (G_VARIANT_TYPE (REPORT_TYPE), rest, FALSE));
  restore_report (report, variant);
  report->from_cache = TRUE;

  return molecules;
}

void
mol_cache_store (const MolCache      *cache,
                 const MolCollection *molecules,
                 const MolReport     *report)
{
  g_auto(GVariantBuilder) unreadable = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sus)"));
  g_auto(GVariantBuilder) bad_values = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(sus)"));
  g_autoptr(GVariant) variant = NULL;
  GBytes *block = mol_collection_peek_bytes (molecules);
  Sizes sizes = { 0 };
  IoPiece parts[3];

  add_named (&unreadable, report->unreadable, report->n_named);
  add_named (&bad_values, report->bad_values, report->n_named_values);
  variant = g_variant_ref_sink (g_variant_new (REPORT_TYPE, (guint64) report->n_uncharacterized,
                                               (guint64) report->n_unreadable, &unreadable,
                                               (guint64) report->n_bad_values, &bad_values));

  sizes.block_size = g_bytes_get_size (block);
  sizes.report_size = g_variant_get_size (variant);
  parts[0] = (IoPiece) { &sizes, sizeof (sizes) };
  parts[1] = (IoPiece) { g_bytes_get_data (block, NULL), sizes.block_size };
  parts[2] = (IoPiece) { g_variant_get_data (variant), sizes.report_size };

  /* Without a cache it is slower the next time, and that is all. */
  io_cache_store (cache->folder, cache->group, cache->key, parts, G_N_ELEMENTS (parts), NULL);
}
