/* test-cache.c: what is kept is what was stored, or nothing.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "core/mlp-error.h"
#include "io/io-cache.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-report.h"
#include "molecules/molecule-fixture.h"
#include "test-util.h"

typedef struct
{
  char *folder;         /* with the data */
  char *cache;          /* inside */
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("cache");
  f->cache = g_build_filename (f->folder, "user", "cache", NULL);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
  g_free (f->cache);
}

static void
store (Fixture    *f,
       const char *group,
       const char *key,
       const char *payload)
{
  /* In two pieces. */
  gsize size = strlen (payload);
  const IoPiece parts[] = { { payload, size / 2 }, { payload + size / 2, size - size / 2 } };
  g_autoptr(GError) error = NULL;

  g_assert_true (io_cache_store (f->cache, group, key, parts, G_N_ELEMENTS (parts), &error));
  g_assert_no_error (error);
}

static void
assert_kept (Fixture    *f,
             const char *group,
             const char *key,
             const char *payload)
{
  g_autoptr(GBytes) bytes = io_cache_load (f->cache, group, key);
  gsize size;
  const void *data;

  if (payload == NULL)
    {
      g_assert_null (bytes);
      return;
    }

  g_assert_nonnull (bytes);
  data = g_bytes_get_data (bytes, &size);
  g_assert_cmpmem (data, size, payload, strlen (payload));
  g_assert_true (size == 0 || GPOINTER_TO_SIZE (data) % IO_CACHE_ALIGNMENT == 0);
}

/* (transfer full) (element-type filename): the files in the cache */
static GPtrArray *
list_cache (Fixture *f)
{
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (f->cache, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (paths, g_build_filename (f->cache, name, NULL));

  return paths;
}

static void
test_keep (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (100001, 'x');
  g_autofree char *long_key = g_strnfill (1000, 'k');

  assert_kept (f, "a", "key", NULL);
  store (f, "a", "key", "payload");
  assert_kept (f, "a", "key", "payload");
  assert_kept (f, "a", "other key", NULL);
  assert_kept (f, "b", "key", NULL);

  store (f, "b", "key", long_text);
  store (f, "c", long_key, "");
  assert_kept (f, "a", "key", "payload");
  assert_kept (f, "b", "key", long_text);
  assert_kept (f, "c", long_key, "");
  g_assert_cmpuint (count_files (f->cache), ==, 3);
}

/* A group keeps one key, and nothing half-written stays: of this version, or of an older one
 * that named it otherwise. */
static void
test_groups (Fixture      *f,
             gconstpointer data)
{
  const struct utimbuf long_ago = { 1600000000, 1600000000 };
  g_autofree char *left = g_build_filename (f->cache, IO_PART_PREFIX "abcdefabcdef" IO_PART_SUFFIX, NULL);
  g_autofree char *old_left = g_build_filename (f->cache, "a.abcdef.part", NULL);
  g_autofree char *new_left = g_build_filename (f->cache, "a.ghijkl.part", NULL);
  g_autofree char *foreign = g_build_filename (f->cache, "a.letter", NULL);

  store (f, "a", "old", "1");
  store (f, "ab", "old", "2");
  fixture_write_text (f->cache, IO_PART_PREFIX "abcdefabcdef" IO_PART_SUFFIX, "half");
  fixture_write_text (f->cache, "a.abcdef.part", "half");
  fixture_write_text (f->cache, "a.ghijkl.part", "perhaps being written");
  g_assert_cmpint (g_utime (old_left, (struct utimbuf *) &long_ago), ==, 0);
  fixture_write_text (f->cache, "a.letter", "not ours");
  store (f, "a", "new", "3");

  assert_kept (f, "a", "old", NULL);
  assert_kept (f, "a", "new", "3");
  assert_kept (f, "ab", "old", "2");
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (old_left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (new_left, G_FILE_TEST_EXISTS));
  g_unlink (new_left);
  g_assert_true (g_file_test (foreign, G_FILE_TEST_EXISTS));

  /* The same anew. */
  store (f, "a", "new", "4");
  assert_kept (f, "a", "new", "4");
  g_assert_cmpuint (count_files (f->cache), ==, 3);
}

/* Whatever becomes of a file: what is in it is as it was, or as if it were not
 * there. */
static void
test_damage (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(GPtrArray) paths = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *name = NULL;
  gsize size;

  store (f, "a", "key", "some payload");
  paths = list_cache (f);
  name = g_path_get_basename (paths->pdata[0]);
  g_assert_true (g_file_get_contents (paths->pdata[0], &bytes, &size, NULL));
  g_assert_cmpuint (size, ==, 64 + 64 + strlen ("some payload"));

  for (gsize n = 0; n < size; n++)
    {
      fixture_write_raw (f->cache, name, (const guint8 *) bytes, n);
      assert_kept (f, "a", "key", NULL);
    }

  for (gsize bit = 0; bit < 8 * size; bit++)
    {
      /* What fills the key's block up means nothing. */
      gboolean filling = bit / 8 >= 64 + strlen ("key") && bit / 8 < 128;

      bytes[bit / 8] ^= (char) (1 << bit % 8);
      fixture_write_raw (f->cache, name, (const guint8 *) bytes, size);
      assert_kept (f, "a", "key", filling ? "some payload" : NULL);
      bytes[bit / 8] ^= (char) (1 << bit % 8);
    }

  fixture_write_raw (f->cache, name, (const guint8 *) bytes, size);
  assert_kept (f, "a", "key", "some payload");
  g_free (g_steal_pointer (&bytes));
  bytes = g_malloc0 (4096);
  fixture_write_raw (f->cache, name, (const guint8 *) bytes, 4096);
  assert_kept (f, "a", "key", NULL);

  store (f, "a", "key", "anew");
  assert_kept (f, "a", "key", "anew");
}

/* What was not used for longest goes first; loading is using. */
static void
test_trim (Fixture      *f,
           gconstpointer data)
{
  static const char *const groups[] = { "a", "b", "c", "d" };
  g_autofree char *payload = g_strnfill (1000, 'p');

  for (gsize i = 0; i < G_N_ELEMENTS (groups); i++)
    store (f, groups[i], "key", payload);

  /* An hour ago, two, three, four. */
  {
    g_autoptr(GPtrArray) paths = list_cache (f);

    for (guint i = 0; i < paths->len; i++)
      {
        g_autofree char *name = g_path_get_basename (paths->pdata[i]);
        time_t time = 1600000000 - 3600 * (name[0] - 'a' + 1);
        struct utimbuf times = { time, time };

        g_assert_cmpint (g_utime (paths->pdata[i], &times), ==, 0);
      }
  }
  assert_kept (f, "d", "key", payload);

  io_cache_trim (f->cache, 4 * 1128);
  g_assert_cmpuint (count_files (f->cache), ==, 4);
  io_cache_trim (f->cache, 4 * 1128 - 1);
  assert_kept (f, "c", "key", NULL);
  g_assert_cmpuint (count_files (f->cache), ==, 3);
  io_cache_trim (f->cache, 2 * 1128);
  assert_kept (f, "b", "key", NULL);
  assert_kept (f, "a", "key", payload);

  /* The newest stays. */
  assert_kept (f, "d", "key", payload);
  io_cache_trim (f->cache, 0);
  g_assert_cmpuint (count_files (f->cache), ==, 1);
}

static void
test_no_folder (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *below = g_build_filename (f->folder, "file", "cache", NULL);
  g_autoptr(GError) error = NULL;

  fixture_write_text (f->folder, "file", "in the way");
  g_assert_null (io_cache_load (below, "a", "key"));
  g_assert_false (io_cache_store (below, "a", "key", NULL, 0, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_true (g_pattern_match_simple ("The folder * could not be created: *", error->message));
  io_cache_trim (below, 0);
}

static MolCollection *
open_cached (Fixture    *f,
             const char *name,
             gboolean    keep,
             gboolean    from_cache,
             MolReport **report)
{
  const MolOpenOptions options = { keep, f->cache };
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(MolReport) own_report = NULL;
  g_autoptr(GError) error = NULL;
  MolCollection *molecules = mol_open (path, &options, NULL, NULL, &own_report, &error);

  g_assert_no_error (error);
  g_assert_cmpint (own_report->from_cache, ==, from_cache);
  g_assert_cmpuint (own_report->n, ==, mol_collection_get_n (molecules));
  fixture_assert_sound (molecules);
  if (report != NULL)
    *report = g_steal_pointer (&own_report);

  return molecules;
}

static void
reopen (Fixture    *f,
        const char *name,
        gboolean    keep,
        gboolean    from_cache,
        gsize       n)
{
  g_autoptr(MolCollection) molecules = open_cached (f, name, keep, from_cache, NULL);

  g_assert_cmpuint (mol_collection_get_n (molecules), ==, n);
}

/* The second time nothing is read, and all is as the first time. */
static void
test_molecules (Fixture      *f,
                gconstpointer form)
{
  g_autofree char *good = fixture_molecule_text (0);
  g_autofree char *second = fixture_molecule_text (1);
  const char *const names[] = { "a.xyz", "b.xyz", "c.xyz" };
  const char *const texts[] = { good, "3\n", second };
  g_autoptr(GByteArray) bytes = fixture_archive (form, names, texts, 3);
  g_autoptr(MolCollection) first = NULL;
  g_autoptr(MolCollection) again = NULL;
  g_autoptr(MolReport) report = NULL;

  fixture_write_raw (f->folder, "data", bytes->data, bytes->len);
  fixture_write_text (f->folder, "uncharacterized.txt", "2\n");
  first = open_cached (f, "data", FALSE, FALSE, NULL);
  again = open_cached (f, "data", FALSE, TRUE, &report);
  g_assert_cmpstr (mol_collection_get_key (first), ==, mol_collection_get_key (again));
  g_assert_cmpuint (report->n, ==, 1);
  g_assert_cmpuint (report->n_uncharacterized, ==, 1);
  g_assert_cmpuint (report->n_unreadable, ==, 1);
  g_assert_cmpuint (report->n_named, ==, 1);
  g_assert_cmpstr (report->unreadable[0].name, ==, "b.xyz");
  g_assert_cmpuint (report->unreadable[0].line, ==, 2);
  g_assert_cmpstr (report->unreadable[0].reason, ==,
                   "the text ends here; expected “gdb”, the molecule’s number and its properties");

  /* With all of them it is another set, and both are kept. */
  reopen (f, "data", TRUE, FALSE, 2);
  reopen (f, "data", TRUE, TRUE, 2);
  reopen (f, "data", FALSE, TRUE, 1);
  g_assert_cmpuint (count_files (f->cache), ==, 2);
}

/* Another content, another list: read anew, and the old file goes. */
static void
test_changes (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(GByteArray) two = fixture_molecules ("tar", 2);
  g_autoptr(GByteArray) three = fixture_molecules ("tar", 3);

  fixture_write_raw (f->folder, "data", two->data, two->len);
  reopen (f, "data", FALSE, FALSE, 2);
  fixture_write_raw (f->folder, "data", three->data, three->len);
  reopen (f, "data", FALSE, FALSE, 3);
  reopen (f, "data", FALSE, TRUE, 3);
  fixture_write_text (f->folder, "uncharacterized.txt", "2\n");
  reopen (f, "data", FALSE, FALSE, 2);
  fixture_write_text (f->folder, "uncharacterized.txt", "4\n");
  reopen (f, "data", FALSE, FALSE, 3);
  reopen (f, "data", FALSE, TRUE, 3);
  g_assert_cmpuint (count_files (f->cache), ==, 1);

  /* Not even a molecule of the same size, at the same time. */
  three->data[512 + 40] ^= 1;
  fixture_write_raw (f->folder, "data", three->data, three->len);
  reopen (f, "data", FALSE, FALSE, 3);
}

static void
test_folder_changes (Fixture      *f,
                     gconstpointer data)
{
  g_autofree char *a = fixture_molecule_text (0);
  g_autofree char *b = fixture_molecule_text (1);
  g_autofree char *path = g_build_filename (f->folder, "a.xyz", NULL);
  struct utimbuf times = { 1600000000, 1600000000 };

  fixture_write_text (f->folder, "a.xyz", a);
  reopen (f, "", FALSE, FALSE, 1);
  reopen (f, "", FALSE, TRUE, 1);
  fixture_write_text (f->folder, "b.xyz", b);
  reopen (f, "", FALSE, FALSE, 2);
  reopen (f, "", FALSE, TRUE, 2);
  for (gsize i = 0; i < 2; i++)
    {
      g_assert_cmpint (g_utime (path, &times), ==, 0);
      reopen (f, "", FALSE, FALSE, 2);
      reopen (f, "", FALSE, TRUE, 2);
      times.modtime++;
    }
}

/* An SD file's table belongs to it. */
static void
test_table_changes (Fixture      *f,
                    gconstpointer data)
{
  static const char text[] =
    "gdb_1\n\n\n  1  0  0     0  0  0  0  0  0999 V2000\n    0.0000    0.0000    0.0000 C   0\nM  END\n$$$$\n";

  fixture_write_text (f->folder, "x.sdf", text);
  reopen (f, "x.sdf", FALSE, FALSE, 1);
  reopen (f, "x.sdf", FALSE, TRUE, 1);
  fixture_write_text (f->folder, "x.sdf.csv", "mol_id,gap\ngdb_1,2\n");
  reopen (f, "x.sdf", FALSE, FALSE, 1);
  fixture_write_text (f->folder, "x.sdf.csv", "mol_id,gap\ngdb_1,3\n");
  reopen (f, "x.sdf", FALSE, FALSE, 1);
  reopen (f, "x.sdf", FALSE, TRUE, 1);
}

/* A damaged file is made anew. */
static void
test_molecules_damage (Fixture      *f,
                       gconstpointer data)
{
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", 2);
  g_autoptr(MolCollection) right = NULL;
  g_autoptr(GPtrArray) paths = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *name = NULL;
  gsize size;

  fixture_write_raw (f->folder, "data", tar->data, tar->len);
  right = open_cached (f, "data", FALSE, FALSE, NULL);
  paths = list_cache (f);
  name = g_path_get_basename (paths->pdata[0]);
  g_assert_true (g_file_get_contents (paths->pdata[0], &bytes, &size, NULL));

  for (gsize at = 0; at < size; at += 37)
    {
      g_autoptr(MolCollection) molecules = NULL;

      bytes[at] ^= 0x10;
      fixture_write_raw (f->cache, name, (const guint8 *) bytes, size);
      bytes[at] ^= 0x10;
      /* The key is in words, and what fills its block up is not looked at. */
      if (at >= 64 && at < 192)
        continue;
      molecules = open_cached (f, "data", FALSE, FALSE, NULL);
      g_assert_cmpstr (mol_collection_get_key (molecules), ==, mol_collection_get_key (right));

      fixture_write_raw (f->cache, name, (const guint8 *) bytes, at);
      g_clear_pointer (&molecules, mol_collection_unref);
      molecules = open_cached (f, "data", FALSE, FALSE, NULL);
    }
  reopen (f, "data", FALSE, TRUE, 2);
}

/* A payload whose checksum is right is still not believed. */
static void
test_false_payload (Fixture      *f,
                    gconstpointer data)
{
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", 2);
  g_autoptr(GPtrArray) paths = NULL;
  g_autofree char *bytes = NULL;
  g_autofree char *name = NULL;
  g_autofree char *key = NULL;
  gsize size, start;
  guint64 key_size;

  fixture_write_raw (f->folder, "data", tar->data, tar->len);
  reopen (f, "data", FALSE, FALSE, 2);
  paths = list_cache (f);
  name = g_path_get_basename (paths->pdata[0]);
  *strchr (name, '.') = '\0';
  g_assert_true (g_file_get_contents (paths->pdata[0], &bytes, &size, NULL));
  memcpy (&key_size, bytes + 32, sizeof (key_size));
  key = g_strndup (bytes + 64, key_size);
  start = 64 + (key_size + 63) / 64 * 64;
  assert_kept (f, name, "another key", NULL);

  for (gsize bit = 0; bit < 8 * (size - start); bit += 3)
    {
      const IoPiece part = { bytes + start, bit % 2 == 0 ? size - start : bit / 8 };
      const MolOpenOptions options = { FALSE, f->cache };
      g_autofree char *path = g_build_filename (f->folder, "data", NULL);
      g_autoptr(MolCollection) molecules = NULL;

      bytes[start + bit / 8] ^= (char) (1 << bit % 8);
      g_assert_true (io_cache_store (f->cache, name, key, &part, 1, NULL));
      bytes[start + bit / 8] ^= (char) (1 << bit % 8);
      molecules = mol_open (path, &options, NULL, NULL, NULL, NULL);
      g_assert_nonnull (molecules);
    }
}

/* Where nothing can be kept, all else works. */
static void
test_no_cache (Fixture      *f,
               gconstpointer data)
{
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", 2);

  fixture_write_raw (f->folder, "data", tar->data, tar->len);
  fixture_write_text (f->folder, "user", "in the way");
  reopen (f, "data", FALSE, FALSE, 2);
  reopen (f, "data", FALSE, FALSE, 2);
}

static gboolean
cancel (double   fraction,
        gpointer user_data)
{
  return FALSE;
}

/* Nothing is kept of what was cancelled, or failed. */
static void
test_cancel (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", 2);
  const MolOpenOptions options = { FALSE, f->cache };
  g_autofree char *path = g_build_filename (f->folder, "data", NULL);
  g_autoptr(GError) error = NULL;

  fixture_write_raw (f->folder, "data", tar->data, tar->len);
  g_assert_null (mol_open (path, &options, cancel, NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
  fixture_write_raw (f->folder, "data", tar->data, tar->len - 1024);
  g_assert_null (mol_open (path, &options, NULL, NULL, NULL, NULL));
  g_assert_cmpuint (count_files (f->cache), ==, 0);
}

static void
add (const char *path,
     gconstpointer data,
     void (*test)(Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, data, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add ("/datasets/cache/keep", NULL, test_keep);
  add ("/datasets/cache/groups", NULL, test_groups);
  add ("/datasets/cache/damage", NULL, test_damage);
  add ("/datasets/cache/trim", NULL, test_trim);
  add ("/datasets/cache/no-folder", NULL, test_no_folder);
  for (gsize i = 0; i < FIXTURE_N_ARCHIVES; i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/cache/molecules/%s", fixture_archives[i]);

      add (path, fixture_archives[i], test_molecules);
    }
  add ("/datasets/cache/changes", NULL, test_changes);
  add ("/datasets/cache/folder-changes", NULL, test_folder_changes);
  add ("/datasets/cache/table-changes", NULL, test_table_changes);
  add ("/datasets/cache/molecules-damage", NULL, test_molecules_damage);
  add ("/datasets/cache/false-payload", NULL, test_false_payload);
  add ("/datasets/cache/no-cache", NULL, test_no_cache);
  add ("/datasets/cache/cancel", NULL, test_cancel);

  return g_test_run ();
}
