/* test-catalog.c: the table of what can be fetched.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "model/pz-catalog.h"
#include "model/pz-download.h"

/* The table: addresses, sizes and checksums that can be what they should be. */
static void
test_table (void)
{
  gsize n_entries;
  const PzCatalogEntry *entries = pz_catalog_get_entries (&n_entries);

  g_assert_cmpuint (n_entries, >=, 3);
  for (gsize i = 0; i < n_entries; i++)
    {
      g_autofree char *folder = pz_catalog_entry_get_folder (&entries[i]);

      g_assert_true (g_path_is_absolute (folder));
      g_assert_true (g_str_has_suffix (folder, entries[i].id));
      g_assert_false (pz_catalog_entry_is_here (&entries[i]));
      g_assert_cmpuint (entries[i].n_files, >=, 3);
      g_assert_cmpuint (g_strv_length ((char **) entries[i].mirrors), >=, 2);

      for (gsize j = 0; entries[i].mirrors[j] != NULL; j++)
        {
          g_autoptr(GUri) uri = g_uri_parse (entries[i].mirrors[j], G_URI_FLAGS_NONE, NULL);

          g_assert_nonnull (uri);
          g_assert_cmpstr (g_uri_get_scheme (uri), ==, "https");
          g_assert_true (g_str_has_suffix (entries[i].mirrors[j], "/"));
        }

      for (gsize j = 0; j < entries[i].n_files; j++)
        {
          const DsPublishedFile *file = &entries[i].files[j];

          g_assert_cmpuint (file->size, >, 900);
          g_assert_cmpuint (strlen (file->sha256), ==, 64);
          g_assert_cmpuint (strspn (file->sha256, "0123456789abcdef"), ==, 64);
        }
    }
}

/* The published files, where they are at hand, are those of the table. */
static void
test_real (gconstpointer data)
{
  const char *id = data;
  const char *where = g_getenv ("PERZEPTRON_TEST_DATA");
  g_autofree char *folder = where != NULL ? g_build_filename (where, id, NULL)
                                          : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", id, NULL);
  gsize n_entries;
  const PzCatalogEntry *entry = pz_catalog_get_entries (&n_entries);
  gsize n_found = 0;

  while (!g_str_equal (entry->id, id))
    entry++;

  for (gsize i = 0; i < entry->n_files; i++)
    {
      const DsPublishedFile *file = &entry->files[i];
      g_autofree char *path = g_build_filename (folder, file->name, NULL);
      g_autofree char *bytes = NULL;
      g_autofree char *checksum = NULL;
      gsize n_bytes;

      if (!g_file_get_contents (path, &bytes, &n_bytes, NULL))
        continue;

      n_found++;
      checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) bytes, n_bytes);
      g_assert_cmpuint (n_bytes, ==, file->size);
      g_assert_cmpstr (checksum, ==, file->sha256);
    }

  if (n_found == 0)
    g_test_skip ("the real files are not at hand");
}

int
main (int   argc,
      char *argv[])
{
  /* Where nothing has been fetched yet. */
  g_setenv ("XDG_DATA_HOME", "/nonexistent", TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/catalog/table", test_table);
  g_test_add_data_func ("/model/catalog/real/mnist", "mnist", test_real);
  g_test_add_data_func ("/model/catalog/real/qm9", "qm9", test_real);

  return g_test_run ();
}
