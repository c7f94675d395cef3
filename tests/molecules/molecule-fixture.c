/* molecule-fixture.c: texts of molecules, and archives of them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-archive.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-report.h"
#include "molecule-fixture.h"

#define MAX_ARCHIVE (1024 * 1024)

const char *const fixture_archives[FIXTURE_N_ARCHIVES] = { "tar", "tar.gz", "tar.bz2", "tar.xz", "zip" };

char *
fixture_molecule_text (guint i)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "data", "samples", "molecules-xtb.xyz.tar.xz",
                                                 NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(IoArchive) archive = io_archive_open (path, &error);
  char *text = g_malloc0 (8192);
  gsize n;

  g_assert_no_error (error);
  for (guint k = 0; k <= i; k++)
    g_assert_nonnull (io_archive_next (archive, NULL));
  g_assert_true (io_archive_read (archive, text, 8191, &n, NULL));
  g_assert_cmpuint (strlen (text), ==, n);

  return text;
}

static void
start (struct archive *archive,
       const char     *form,
       GByteArray     *bytes,
       size_t         *used)
{
  g_byte_array_set_size (bytes, MAX_ARCHIVE);
  if (g_str_has_suffix (form, ".gz"))
    archive_write_add_filter_gzip (archive);
  else if (g_str_has_suffix (form, ".bz2"))
    archive_write_add_filter_bzip2 (archive);
  else if (g_str_has_suffix (form, ".xz"))
    archive_write_add_filter_xz (archive);
  archive_write_set_bytes_in_last_block (archive, 1);
  g_assert_cmpint (archive_write_open_memory (archive, bytes->data, MAX_ARCHIVE, used), ==, ARCHIVE_OK);
}

GByteArray *
fixture_packed (const char *form,
                const char *content,
                gsize       size)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  struct archive *archive = archive_write_new ();
  struct archive_entry *entry = archive_entry_new ();
  size_t used = 0;

  archive_write_set_format_raw (archive);
  start (archive, form, bytes, &used);
  archive_entry_set_filetype (entry, AE_IFREG);
  g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
  g_assert_cmpint (archive_write_data (archive, content, size), ==, size);
  archive_entry_free (entry);
  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  g_byte_array_set_size (bytes, (guint) used);

  return g_steal_pointer (&bytes);
}

GByteArray *
fixture_archive (const char        *form,
                 const char *const *names,
                 const char *const *texts,
                 gsize              n)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  struct archive *archive = archive_write_new ();
  size_t used = 0;

  if (g_str_equal (form, "zip"))
    archive_write_set_format_zip (archive);
  else
    archive_write_set_format_ustar (archive);
  start (archive, form, bytes, &used);

  for (gsize i = 0; i < n; i++)
    {
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, names[i]);
      archive_entry_set_filetype (entry, g_str_has_suffix (names[i], "/") ? AE_IFDIR : AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      archive_entry_set_size (entry, (la_int64_t) strlen (texts[i]));
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, texts[i], strlen (texts[i])), ==, strlen (texts[i]));
      archive_entry_free (entry);
    }

  g_assert_cmpint (archive_write_close (archive), ==, ARCHIVE_OK);
  archive_write_free (archive);
  g_byte_array_set_size (bytes, (guint) used);

  return g_steal_pointer (&bytes);
}

GByteArray *
fixture_molecules (const char *form,
                   gsize       n)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    {
      g_ptr_array_add (names, g_strdup_printf ("a/%u.xyz", i + 1));
      g_ptr_array_add (texts, fixture_molecule_text (i));
    }

  return fixture_archive (form, (const char *const *) names->pdata, (const char *const *) texts->pdata, n);
}

MolCollection *
fixture_open (const char *folder,
              const char *name,
              MolReport **report)
{
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  MolCollection *molecules = mol_open (path, &options, NULL, NULL, report, &error);

  g_assert_no_error (error);
  g_assert_nonnull (molecules);

  return molecules;
}

void
fixture_assert_no_molecules (const char *folder,
                             const char *name,
                             int         code,
                             const char *pattern)
{
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(MolReport) report = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (mol_open (path, &options, NULL, NULL, &report, &error));
  g_assert_null (report);
  g_assert_error (error, MLP_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” does not match “%s”", error->message, pattern);
}

void
fixture_assert_sound (const MolCollection *molecules)
{
  g_assert_cmpuint (mol_collection_get_n (molecules), >=, 1);

  for (gsize i = 0; i < mol_collection_get_n (molecules); i++)
    {
      g_autofree char *formula = NULL;
      MolMolecule molecule;

      mol_collection_get (molecules, i, &molecule);
      g_assert_cmpuint (molecule.n_atoms, >=, 1);
      g_assert_cmpuint (molecule.n_atoms, <=, MOL_MAX_ATOMS);
      formula = mol_molecule_make_formula (&molecule);
      g_assert_cmpuint (strlen (formula), >=, 1);
      g_assert_true (g_utf8_validate (molecule.smiles, -1, NULL));
      for (gsize k = 0; molecule.xyz != NULL && k < 3 * molecule.n_atoms; k++)
        g_assert_true (isfinite (molecule.xyz[k]));
    }
}
