/* mol-source.c: where the molecules of a source are, and in which form.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-lines.h"
#include "molecules/mol-source.h"
#include "molecules/mol-open-private.h"
#include "io/io-sniff.h"
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
ds_place_clear (DsPlace *place)
{
  g_clear_pointer (&place->path, g_free);
  g_clear_pointer (&place->folder, g_free);
  g_clear_pointer (&place->table, g_free);
}

/* From the first bytes of a text, in whichever encoding. */
static DsForm
recognise_text (const char *bytes,
                gsize       n)
{
  DsEncoding encoding = ds_encoding_recognise (bytes, n);
  g_autofree char *text = ds_encoding_decode (encoding, bytes, n, &n);

  if (n == 0 || memchr (text, '\0', n) != NULL)
    return DS_FORM_NONE;
  if (ds_sdf_recognise (text, n))
    return DS_FORM_SDF;
  if (ds_table_recognise (text, n))
    return DS_FORM_TABLE;
  if (ds_xyz_recognise (text, n))
    return DS_FORM_XYZ;

  return DS_FORM_NONE;
}

/* What was packed in bzip2 or xz: a text, or else a tar archive, whose header has zeros. */
static DsForm
recognise_packed (const char *path)
{
  DsStream *stream = ds_stream_open (path, NULL);
  g_autoptr(DsUnpack) unpack = stream != NULL ? ds_unpack_new (stream, NULL) : NULL;
  char text[N_LOOK];
  DsForm form = DS_FORM_NONE;
  gsize n;

  if (unpack != NULL && ds_unpack_read (unpack, text, sizeof (text), &n, NULL))
    form = recognise_text (text, n);

  return form != DS_FORM_NONE ? form : DS_FORM_ARCHIVE;
}

DsForm
ds_form_recognise (DsStream   *stream,
                   const char *path)
{
  char text[N_LOOK];
  gsize n;

  g_return_val_if_fail (stream != NULL, DS_FORM_NONE);

  if (path != NULL && ds_unpack_recognise (stream))
    return recognise_packed (path);
  if (ds_archive_recognise (stream))
    return DS_FORM_ARCHIVE;

  n = ds_stream_peek (stream, text, sizeof (text));

  return recognise_text (text, n);
}

/* Whether one of the first files of an archive, or a folder, is a molecule; or the archive wants
 * more memory than it is trusted with, which its reader then says. */
static gboolean
holds_xyz (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsArchive) archive = ds_archive_open (path, &error);

  for (guint i = 0; i < MAX_ENTRIES && archive != NULL && ds_archive_next (archive, &error) != NULL; i++)
    {
      g_autoptr(GError) own_error = NULL;
      char text[N_LOOK];
      gsize n;

      if (ds_archive_read (archive, text, sizeof (text), &n, &own_error) && ds_xyz_recognise (text, n))
        return TRUE;
      if (g_error_matches (own_error, MLP_ERROR, MLP_ERROR_TOO_LARGE))
        return TRUE;
    }

  return g_error_matches (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
}

/* "gdb9.sdf.csv" belongs to "gdb9.sdf". */
static void
find_partner (DsPlace *place)
{
  static const char *const packed[] = { ".gz", ".bz2", ".xz" };
  g_autofree char *other = NULL;

  if (place->form == DS_FORM_SDF)
    {
      other = g_strdup (place->path);
      for (gsize i = 0; i < G_N_ELEMENTS (packed); i++)
        if (g_str_has_suffix (place->path, packed[i]))
          other[strlen (place->path) - strlen (packed[i])] = '\0';
      place->table = g_strconcat (other, ".csv", NULL);
      if (!g_file_test (place->table, G_FILE_TEST_IS_REGULAR))
        g_clear_pointer (&place->table, g_free);
    }
  else if (place->form == DS_FORM_TABLE && g_str_has_suffix (place->path, ".sdf.csv"))
    {
      other = g_strndup (place->path, strlen (place->path) - 4);
      if (g_file_test (other, G_FILE_TEST_IS_REGULAR))
        {
          place->form = DS_FORM_SDF;
          place->table = place->path;
          place->path = g_steal_pointer (&other);
        }
    }
}

static gboolean
find_file (DsPlace *place,
           GError **error)
{
  g_autoptr(DsStream) stream = ds_stream_open (place->path, error);
  DsKind kind;

  if (stream == NULL)
    return FALSE;

  place->form = ds_form_recognise (stream, place->path);
  if (place->form == DS_FORM_NONE && ds_sniff_is_xyz (place->path) && ds_sniff (stream) == DS_KIND_UNKNOWN)
    place->form = DS_FORM_XYZ;      /* its reader says what is wrong with it */
  if (place->form != DS_FORM_NONE)
    {
      find_partner (place);
      return TRUE;
    }

  kind = ds_sniff (stream);
  ds_sniff_refuse (stream, kind, get_expected (), error);

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
    if (!ds_sniff_is_hidden (name))
      g_ptr_array_add (names, g_strdup (name));
  if (names->len > MAX_FILES)
    return NULL;
  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

static DsForm
look_into_file (const char *path)
{
  g_autoptr(DsStream) stream = NULL;
  DsForm form;

  /* A file in a folder need not be ours to open. */
  if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return DS_FORM_NONE;
  stream = ds_stream_open (path, NULL);
  if (stream == NULL)
    return DS_FORM_NONE;

  form = ds_form_recognise (stream, path);

  return form != DS_FORM_ARCHIVE || holds_xyz (path) ? form : DS_FORM_NONE;
}

/* The best file of a folder without XYZ files: the first archive of them, else
 * the first SD file, else the first table. */
static gboolean
find_in_folder (DsPlace *place,
                GError **error)
{
  static const DsForm order[] = { DS_FORM_ARCHIVE, DS_FORM_SDF, DS_FORM_TABLE };
  g_autoptr(GPtrArray) names = list_files (place->folder);
  gsize best = G_N_ELEMENTS (order);

  for (guint i = 0; names != NULL && i < names->len && best > 0; i++)
    {
      g_autofree char *path = g_build_filename (place->folder, g_ptr_array_index (names, i), NULL);
      DsForm form = look_into_file (path);

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
    if (!ds_sniff_is_hidden (name) && ds_sniff_is_xyz (name))
      return TRUE;

  return FALSE;
}

gboolean
ds_place_find (const char *source,
               DsPlace    *place,
               GError    **error)
{
  g_return_val_if_fail (source != NULL && place != NULL, FALSE);

  *place = (DsPlace) { .path = g_canonicalize_filename (source, NULL) };
  if (!g_file_test (place->path, G_FILE_TEST_IS_DIR))
    {
      place->folder = g_path_get_dirname (place->path);
      return find_file (place, error);
    }

  place->folder = g_strdup (place->path);
  if (!has_xyz_files (place->folder))
    return find_in_folder (place, error);
  place->form = DS_FORM_FOLDER;

  return TRUE;
}

gboolean
ds_molecules_recognise (const char *path)
{
  g_auto(DsPlace) place = { 0 };

  g_return_val_if_fail (path != NULL, FALSE);

  if (!ds_place_find (path, &place, NULL))
    return FALSE;

  return (place.form != DS_FORM_ARCHIVE && place.form != DS_FORM_FOLDER) || holds_xyz (place.path);
}
