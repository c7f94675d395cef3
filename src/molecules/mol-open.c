/* mol-open.c: QM9, and molecules in its formats.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-open-private.h"
#include "molecules/mol-xyz.h"

#define BUILTIN "builtin:molecules"

/* ds-builtin-data.S */
extern const guint8 ds_builtin_molecules[], ds_builtin_molecules_end[];

/* Nothing at all could be used; always NULL. */
static DsMolecules *
set_no_molecules (const char              *source,
                  DsForm                   form,
                  const DsMoleculesReport *report,
                  GError                 **error)
{
  const DsUnreadable *first = &report->unreadable[0];

  if (report->n_unreadable == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("There are no molecules in “%s”; expected QM9, as XYZ files in an archive or a folder"), source);
  else if (form == DS_FORM_XYZ && first->line == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, "“%s”: %s", source, first->reason);
  else if (form == DS_FORM_XYZ)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("“%s”, line %u: %s"), source, first->line, first->reason);
  else if (first->line == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("None of the %zu molecules in “%s” could be read. The first, “%s”: %s"),
                 report->n_unreadable, source, first->name, first->reason);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("None of the %zu molecules in “%s” could be read. The first, “%s”, line %u: %s"),
                 report->n_unreadable, source, first->name, first->line, first->reason);

  return NULL;
}

/* Takes over @stream. */
static gboolean
read_xyz (DsReading *reading,
          DsStream  *stream,
          GError   **error)
{
  g_autofree char *name = g_path_get_basename (ds_stream_get_name (stream));
  g_autoptr(DsUnpack) unpack = ds_unpack_new (stream, error);
  g_autofree char *text = g_malloc (DS_XYZ_MAX_SIZE + 1);
  gsize n;

  return unpack != NULL && ds_unpack_read (unpack, text, DS_XYZ_MAX_SIZE + 1, &n, error) &&
         ds_reading_read_xyz (reading, name, text, n, error);
}

/* Takes over @stream. (transfer full) */
static DsCsv *
open_table (DsStream *stream,
            GError  **error)
{
  DsLines *lines = ds_lines_new (stream, error);

  return lines != NULL ? ds_csv_new (lines, error) : NULL;
}

/* Takes over @stream. @table: (nullable): of an SD file */
static gboolean
read_stream (DsReading  *reading,
             DsForm      form,
             DsStream   *stream,
             const char *table,
             GError    **error)
{
  g_autoptr(DsLines) lines = NULL;
  g_autoptr(DsCsv) csv = NULL;

  if (form == DS_FORM_XYZ)
    return read_xyz (reading, stream, error);

  if (form == DS_FORM_TABLE)
    {
      csv = open_table (stream, error);
      return csv != NULL && ds_reading_read_table (reading, csv, error);
    }

  lines = ds_lines_new (stream, error);
  if (lines == NULL)
    return FALSE;

  if (table != NULL)
    {
      DsStream *table_stream = ds_stream_open (table, error);

      if (table_stream == NULL)
        return FALSE;
      csv = open_table (table_stream, error);
      if (csv == NULL)
        return FALSE;
    }

  return ds_reading_read_sdf (reading, lines, csv, error);
}

gboolean
ds_reading_read_place (DsReading     *reading,
                       const DsPlace *place,
                       GError       **error)
{
  g_autoptr(DsArchive) archive = NULL;
  DsStream *stream;

  if (place->form == DS_FORM_ARCHIVE || place->form == DS_FORM_FOLDER)
    {
      archive = ds_archive_open (place->path, error);
      return archive != NULL && ds_reading_read_archive (reading, archive, error);
    }

  stream = ds_stream_open (place->path, error);

  return stream != NULL && read_stream (reading, place->form, stream, place->table, error);
}

/* (transfer full): @molecules without those of the numbers */
static DsMolecules *
leave_out (DsMolecules *molecules,
           GHashTable  *numbers,
           gsize       *n_left_out)
{
  DsMoleculesBuilder *builder = ds_molecules_builder_new ();

  *n_left_out = 0;
  for (gsize i = 0; i < ds_molecules_get_n (molecules); i++)
    {
      DsMolecule molecule;

      ds_molecules_get (molecules, i, &molecule);
      if (g_hash_table_contains (numbers, GUINT_TO_POINTER (molecule.number)))
        (*n_left_out)++;
      else
        ds_molecules_builder_add (builder, &molecule);
    }

  return ds_molecules_builder_end (builder);
}

/* (transfer full) (nullable): what is kept of what was read */
static DsMolecules *
choose (DsReading     *reading,
        const DsPlace *place,
        gboolean       keep_uncharacterized,
        GError       **error)
{
  g_autoptr(DsMolecules) all = ds_molecules_builder_end (g_steal_pointer (&reading->builder));
  g_autoptr(GHashTable) numbers = NULL;
  DsMolecules *some;

  if (all == NULL)
    return set_no_molecules (place->path, place->form, reading->report, error);

  /* Whoever opens one molecule means that one. */
  if (keep_uncharacterized || place->form == DS_FORM_XYZ)
    return g_steal_pointer (&all);

  numbers = ds_uncharacterized_read (place->folder);
  if (numbers == NULL)
    numbers = ds_uncharacterized_shipped (all);
  if (numbers == NULL)
    return g_steal_pointer (&all);

  some = leave_out (all, numbers, &reading->report->n_uncharacterized);
  if (some == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("All %zu molecules in “%s” are uncharacterized, that is, left out"),
                 ds_molecules_get_n (all), place->path);

  return some;
}

static DsMolecules *
open_builtin (DsReading *reading,
              GError   **error)
{
  g_autoptr(DsArchive) archive = ds_archive_new_memory (BUILTIN, ds_builtin_molecules,
                                                        (gsize) (ds_builtin_molecules_end - ds_builtin_molecules),
                                                        error);

  if (archive == NULL || !ds_reading_read_archive (reading, archive, error))
    return NULL;

  return ds_molecules_builder_end (g_steal_pointer (&reading->builder));
}

/* Bytes of its files as they are; 0: a folder */
static guint64
get_n_bytes (const DsPlace *place)
{
  const char *const paths[] = { place->path, place->table };
  guint64 n = 0;

  if (place->form == DS_FORM_FOLDER)
    return 0;

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      GStatBuf info;

      if (paths[i] != NULL && g_stat (paths[i], &info) == 0)
        n += (guint64) info.st_size;
    }

  return n;
}

/* (transfer full) (nullable) */
static DsMolecules *
open_place (DsReading                *reading,
            const DsPlace            *place,
            const DsMoleculesOptions *options,
            GError                  **error)
{
  g_auto(DsMoleculesCache) cache = { 0 };
  DsMolecules *molecules = NULL;
  gboolean cached = options->cache_folder != NULL && place->form != DS_FORM_XYZ;

  reading->report->n_bytes = get_n_bytes (place);
  if (cached)
    {
      if (!ds_molecules_cache_init (&cache, options->cache_folder, reading, place,
                                    options->keep_uncharacterized, error))
        return NULL;
      molecules = ds_molecules_cache_load (&cache, reading->report);
      if (molecules != NULL)
        return molecules;
    }

  if (ds_reading_read_place (reading, place, error))
    molecules = choose (reading, place, options->keep_uncharacterized, error);
  if (molecules != NULL && cached)
    ds_molecules_cache_store (&cache, molecules, reading->report);

  return molecules;
}

DsMolecules *
ds_molecules_open (const char               *source,
                   const DsMoleculesOptions *options,
                   DsProgressFunc            progress,
                   gpointer                  user_data,
                   DsMoleculesReport       **report,
                   GError                  **error)
{
  g_auto(DsPlace) place = { 0 };
  g_auto(DsReading) reading = { 0 };
  DsMolecules *molecules = NULL;

  g_return_val_if_fail (source != NULL && options != NULL, NULL);

  ds_reading_init (&reading, progress, user_data);
  if (strcmp (source, BUILTIN) == 0)
    molecules = open_builtin (&reading, error);
  else if (ds_place_find (source, &place, error))
    molecules = open_place (&reading, &place, options, error);

  if (molecules == NULL)
    return NULL;

  /* All is done: it is too late to cancel. */
  ds_reading_tell (&reading, source, 1.0, NULL);
  reading.report->n = ds_molecules_get_n (molecules);
  if (report != NULL)
    *report = g_steal_pointer (&reading.report);

  return molecules;
}

/* What a text is: XYZ, unless it is something else. */
static DsForm
recognise_text (const char *text,
                gsize       length)
{
  g_autoptr(DsStream) stream = ds_stream_new_memory ("", (const guint8 *) text, length);
  DsForm form = ds_form_recognise (stream, NULL);

  return form == DS_FORM_SDF || form == DS_FORM_TABLE ? form : DS_FORM_XYZ;
}

gboolean
ds_reading_read_text (DsReading  *reading,
                      const char *name,
                      const char *text,
                      gsize       length,
                      GError    **error)
{
  return read_stream (reading, recognise_text (text, length),
                      ds_stream_new_memory (name, (const guint8 *) text, length), NULL, error);
}

DsMolecules *
ds_molecules_read_text (const char *name,
                        const char *text,
                        gsize       length,
                        GError    **error)
{
  g_auto(DsReading) reading = { 0 };
  DsMolecules *molecules;

  g_return_val_if_fail (name != NULL && (text != NULL || length == 0), NULL);

  ds_reading_init (&reading, NULL, NULL);
  if (!ds_reading_read_text (&reading, name, text, length, error))
    return NULL;

  molecules = ds_molecules_builder_end (g_steal_pointer (&reading.builder));

  return molecules != NULL ? molecules
         : set_no_molecules (name, recognise_text (text, length), reading.report, error);
}
