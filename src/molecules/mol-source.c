/* mol-source.c: location and format of the molecules of a source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-lines.h"
#include "io/io-sniff.h"
#include "molecules/mol-sdf-private.h"
#include "molecules/mol-source.h"
#include "molecules/mol-table-private.h"
#include "molecules/mol-xyz.h"

#define N_LOOK 512

/* A folder with more files than that is not looked through. */
#define MAX_FILES 1000

/* Of an archive that is looked into. */
#define MAX_ENTRIES 20

static const char *
get_expected (void)
{
  return _("QM9 molecules in one of three forms: XYZ files in an archive or a folder, “gdb9.sdf” with “gdb9.sdf.csv”, or "
           "a table with SMILES");
}

void
mol_source_clear (MolSource *location)
{
  g_clear_pointer (&location->path, g_free);
  g_clear_pointer (&location->folder, g_free);
  g_clear_pointer (&location->table, g_free);
}

/* From the first bytes of a text, in whichever encoding. */
static MolForm
recognise_text (const char *bytes,
                gsize       n)
{
  IoEncoding encoding = io_lines_encoding_recognise (bytes, n);
  g_autofree char *text = io_lines_encoding_decode (encoding, bytes, n, &n);

  if (n == 0 || memchr (text, '\0', n) != NULL)
    return MOL_FORM_NONE;
  if (mol_sdf_recognise (text, n))
    return MOL_FORM_SDF;
  if (mol_table_recognise (text, n))
    return MOL_FORM_TABLE;
  if (mol_xyz_recognise (text, n))
    return MOL_FORM_XYZ;

  return MOL_FORM_NONE;
}

MolForm
mol_source_recognise_form (IoStream *stream)
{
  char text[N_LOOK];
  gsize n;

  g_return_val_if_fail (stream != NULL, MOL_FORM_NONE);

  if (io_archive_recognise (stream))
    return MOL_FORM_ARCHIVE;

  n = io_stream_peek (stream, text, sizeof (text));

  return recognise_text (text, n);
}

/* Whether one of the first files of an archive, or a folder, is a molecule; or the archive wants
 * more memory than it is trusted with, which its reader then says. */
static gboolean
holds_xyz (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IoArchive) archive = io_archive_open (path, &error);

  for (guint i = 0; i < MAX_ENTRIES && archive != NULL && io_archive_next (archive, &error) != NULL; i++)
    {
      g_autoptr(GError) own_error = NULL;
      char text[N_LOOK];
      gsize n;

      if (io_archive_read (archive, text, sizeof (text), &n, &own_error) && mol_xyz_recognise (text, n))
        return TRUE;
      if (g_error_matches (own_error, MLP_ERROR, MLP_ERROR_TOO_LARGE))
        return TRUE;
    }

  return g_error_matches (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
}

/* "gdb9.sdf.csv" belongs to "gdb9.sdf". */
static void
find_partner (MolSource *location)
{
  static const char *const packed[] = { ".gz", ".bz2", ".xz" };
  g_autofree char *other = NULL;

  if (location->form == MOL_FORM_SDF)
    {
      other = g_strdup (location->path);
      for (gsize i = 0; i < G_N_ELEMENTS (packed); i++)
        if (g_str_has_suffix (location->path, packed[i]))
          other[strlen (location->path) - strlen (packed[i])] = '\0';
      location->table = g_strconcat (other, ".csv", NULL);
      if (!g_file_test (location->table, G_FILE_TEST_IS_REGULAR))
        g_clear_pointer (&location->table, g_free);
    }
  else if (location->form == MOL_FORM_TABLE && g_str_has_suffix (location->path, ".sdf.csv"))
    {
      other = g_strndup (location->path, strlen (location->path) - 4);
      if (g_file_test (other, G_FILE_TEST_IS_REGULAR))
        {
          location->form = MOL_FORM_SDF;
          location->table = location->path;
          location->path = g_steal_pointer (&other);
        }
    }
}

static gboolean
find_file (MolSource *location,
           GError   **error)
{
  g_autoptr(IoStream) stream = io_stream_open (location->path, error);
  IoKind kind;

  if (stream == NULL)
    return FALSE;

  location->form = mol_source_recognise_form (stream);
  if (location->form == MOL_FORM_NONE && io_sniff_is_xyz (location->path) && io_sniff (stream) == IO_KIND_UNKNOWN)
    location->form = MOL_FORM_XYZ;      /* its reader says what is wrong with it */
  if (location->form != MOL_FORM_NONE)
    {
      find_partner (location);
      return TRUE;
    }

  kind = io_sniff (stream);
  io_sniff_refuse (stream, kind, get_expected (), error);

  return FALSE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the names in a folder, sorted; %NULL where there are too
 * many, or it cannot be read */
static GPtrArray *
list_files (const char *folder)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!io_sniff_is_hidden (name))
      g_ptr_array_add (names, g_strdup (name));
  if (names->len > MAX_FILES)
    return NULL;
  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static MolForm
look_into_file (const char *path)
{
  g_autoptr(IoStream) stream = NULL;
  MolForm form;

  /* A file in a folder need not be ours to open. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return MOL_FORM_NONE;
  stream = io_stream_open (path, NULL);
  if (stream == NULL)
    return MOL_FORM_NONE;

  form = mol_source_recognise_form (stream);

  return form != MOL_FORM_ARCHIVE || holds_xyz (path) ? form : MOL_FORM_NONE;
}

/* The best file of a folder without XYZ files: the first archive of them, else
 * the first SD file, else the first table. */
static gboolean
find_in_folder (MolSource *location,
                GError   **error)
{
  static const MolForm order[] = { MOL_FORM_ARCHIVE, MOL_FORM_SDF, MOL_FORM_TABLE };
  g_autoptr(GPtrArray) names = list_files (location->folder);
  gsize best = G_N_ELEMENTS (order);

  for (guint i = 0; names != NULL && i < names->len && best > 0; i++)
    {
      g_autofree char *path = g_build_filename (location->folder, g_ptr_array_index (names, i), NULL);
      MolForm form = look_into_file (path);

      for (gsize k = 0; k < best; k++)
        if (form == order[k])
          {
            best = k;
            location->form = form;
            g_free (location->path);
            location->path = g_steal_pointer (&path);
          }
    }

  if (best < G_N_ELEMENTS (order))
    {
      find_partner (location);
      return TRUE;
    }

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
               _("No molecules found in the folder “%s”; expected %s"), location->folder, get_expected ());

  return FALSE;
}

static gboolean
has_xyz_files (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!io_sniff_is_hidden (name) && io_sniff_is_xyz (name))
      return TRUE;

  return FALSE;
}

gboolean
mol_source_find (const char *source,
                 MolSource  *location,
                 GError    **error)
{
  g_return_val_if_fail (source != NULL && location != NULL, FALSE);

  *location = (MolSource) { .path = g_canonicalize_filename (source, NULL) };
  if (!g_file_test (location->path, G_FILE_TEST_IS_DIR))
    {
      location->folder = g_path_get_dirname (location->path);
      return find_file (location, error);
    }

  location->folder = g_strdup (location->path);
  if (!has_xyz_files (location->folder))
    return find_in_folder (location, error);
  location->form = MOL_FORM_FOLDER;

  return TRUE;
}

gboolean
mol_source_recognise (const char *path)
{
  g_auto(MolSource) location = { 0 };

  g_return_val_if_fail (path != NULL, FALSE);

  if (!mol_source_find (path, &location, NULL))
    return FALSE;

  return (location.form != MOL_FORM_ARCHIVE && location.form != MOL_FORM_FOLDER) || holds_xyz (location.path);
}
