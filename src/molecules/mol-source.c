/* mol-source.c: where the molecules of a source are, and in which form.
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
  return _("molecules in one of QM9’s forms: XYZ files in an archive or a folder, "
           "“gdb9.sdf” with “gdb9.sdf.csv”, or a table with SMILES");
}

void
mol_source_clear (MolSource *place)
{
  g_clear_pointer (&place->path, g_free);
  g_clear_pointer (&place->folder, g_free);
  g_clear_pointer (&place->table, g_free);
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

/* What was packed in bzip2 or xz: a text, or else a tar archive, whose header has zeros. */
static MolForm
recognise_packed (const char *path)
{
  IoStream *stream = io_stream_open (path, NULL);
  g_autoptr(IoUnpack) unpack = stream != NULL ? io_unpack_new (stream, NULL) : NULL;
  char text[N_LOOK];
  MolForm form = MOL_FORM_NONE;
  gsize n;

  if (unpack != NULL && io_unpack_read (unpack, text, sizeof (text), &n, NULL))
    form = recognise_text (text, n);

  return form != MOL_FORM_NONE ? form : MOL_FORM_ARCHIVE;
}

MolForm
mol_source_recognise_form (IoStream   *stream,
                           const char *path)
{
  char text[N_LOOK];
  gsize n;

  g_return_val_if_fail (stream != NULL, MOL_FORM_NONE);

  if (path != NULL && io_unpack_recognise (stream))
    return recognise_packed (path);
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
find_partner (MolSource *place)
{
  static const char *const packed[] = { ".gz", ".bz2", ".xz" };
  g_autofree char *other = NULL;

  if (place->form == MOL_FORM_SDF)
    {
      other = g_strdup (place->path);
      for (gsize i = 0; i < G_N_ELEMENTS (packed); i++)
        if (g_str_has_suffix (place->path, packed[i]))
          other[strlen (place->path) - strlen (packed[i])] = '\0';
      place->table = g_strconcat (other, ".csv", NULL);
      if (!g_file_test (place->table, G_FILE_TEST_IS_REGULAR))
        g_clear_pointer (&place->table, g_free);
    }
  else if (place->form == MOL_FORM_TABLE && g_str_has_suffix (place->path, ".sdf.csv"))
    {
      other = g_strndup (place->path, strlen (place->path) - 4);
      if (g_file_test (other, G_FILE_TEST_IS_REGULAR))
        {
          place->form = MOL_FORM_SDF;
          place->table = place->path;
          place->path = g_steal_pointer (&other);
        }
    }
}

static gboolean
find_file (MolSource *place,
           GError   **error)
{
  g_autoptr(IoStream) stream = io_stream_open (place->path, error);
  IoKind kind;

  if (stream == NULL)
    return FALSE;

  place->form = mol_source_recognise_form (stream, place->path);
  if (place->form == MOL_FORM_NONE && io_sniff_is_xyz (place->path) && io_sniff (stream) == IO_KIND_UNKNOWN)
    place->form = MOL_FORM_XYZ;      /* its reader says what is wrong with it */
  if (place->form != MOL_FORM_NONE)
    {
      find_partner (place);
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

  form = mol_source_recognise_form (stream, path);

  return form != MOL_FORM_ARCHIVE || holds_xyz (path) ? form : MOL_FORM_NONE;
}

/* The best file of a folder without XYZ files: the first archive of them, else
 * the first SD file, else the first table. */
static gboolean
find_in_folder (MolSource *place,
                GError   **error)
{
  static const MolForm order[] = { MOL_FORM_ARCHIVE, MOL_FORM_SDF, MOL_FORM_TABLE };
  g_autoptr(GPtrArray) names = list_files (place->folder);
  gsize best = G_N_ELEMENTS (order);

  for (guint i = 0; names != NULL && i < names->len && best > 0; i++)
    {
      g_autofree char *path = g_build_filename (place->folder, g_ptr_array_index (names, i), NULL);
      MolForm form = look_into_file (path);

      for (gsize k = 0; k < best; k++)
        if (form == order[k])
          {
            best = k;
            place->form = form;
            g_free (place->path);
            place->path = g_steal_pointer (&path);
          }
    }

  if (best < G_N_ELEMENTS (order))
    {
      find_partner (place);
      return TRUE;
    }

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
               _("There are no molecules in the folder “%s”; expected %s"), place->folder, get_expected ());

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
                 MolSource  *place,
                 GError    **error)
{
  g_return_val_if_fail (source != NULL && place != NULL, FALSE);

  *place = (MolSource) { .path = g_canonicalize_filename (source, NULL) };
  if (!g_file_test (place->path, G_FILE_TEST_IS_DIR))
    {
      place->folder = g_path_get_dirname (place->path);
      return find_file (place, error);
    }

  place->folder = g_strdup (place->path);
  if (!has_xyz_files (place->folder))
    return find_in_folder (place, error);
  place->form = MOL_FORM_FOLDER;

  return TRUE;
}

gboolean
mol_source_recognise (const char *path)
{
  g_auto(MolSource) place = { 0 };

  g_return_val_if_fail (path != NULL, FALSE);

  if (!mol_source_find (path, &place, NULL))
    return FALSE;

  return (place.form != MOL_FORM_ARCHIVE && place.form != MOL_FORM_FOLDER) || holds_xyz (place.path);
}
