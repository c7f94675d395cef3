/* mol-open.c: opening QM9, and molecules in its formats.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "molecules/mol-cache-private.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-open-private.h"
#include "molecules/mol-reader-private.h"
#include "molecules/mol-report.h"
#include "molecules/mol-sdf-private.h"
#include "molecules/mol-table-private.h"
#include "molecules/mol-uncharacterized-private.h"
#include "molecules/mol-xyz.h"

#define BUILTIN "builtin:molecules"

/* ds-builtin-data.S */
extern const guint8 ds_builtin_molecules[], ds_builtin_molecules_end[];

/* Nothing at all could be used; always NULL. */
static MolCollection *
set_no_molecules (const char      *source,
                  MolForm          form,
                  const MolReport *report,
                  GError         **error)
{
  const MolUnreadable *first = &report->unreadable[0];

  if (report->n_unreadable == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("No molecules found in “%s”; expected QM9 as XYZ files in an archive or a folder"), source);
  else if (form == MOL_FORM_XYZ && first->line == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, "“%s”: %s", source, first->reason);
  else if (form == MOL_FORM_XYZ)
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
read_xyz (MolReader *reader,
          IoStream  *stream,
          GError   **error)
{
  g_autofree char *name = g_path_get_basename (io_stream_get_name (stream));
  g_autoptr(IoStream) owned = stream;
  g_autofree char *text = g_malloc (MOL_XYZ_MAX_SIZE + 1);
  gsize n;

  return io_stream_read_some (owned, text, MOL_XYZ_MAX_SIZE + 1, &n, error) &&
         mol_reader_read_xyz (reader, name, text, n, error);
}

/* Takes over @stream. @table: (nullable): of an SD file */
static gboolean
read_stream (MolReader  *reader,
             MolForm     form,
             IoStream   *stream,
             const char *table,
             GError    **error)
{
  g_autoptr(IoLines) lines = NULL;
  g_autoptr(IoCsv) csv = NULL;

  if (form == MOL_FORM_XYZ)
    return read_xyz (reader, stream, error);

  if (form == MOL_FORM_TABLE)
    {
      csv = io_csv_new (io_lines_new (stream), error);
      return csv != NULL && mol_table_read (reader, csv, error);
    }

  lines = io_lines_new (stream);
  if (table != NULL)
    {
      IoStream *table_stream = io_stream_open (table, error);

      if (table_stream == NULL)
        return FALSE;
      csv = io_csv_new (io_lines_new (table_stream), error);
      if (csv == NULL)
        return FALSE;
    }

  return mol_sdf_read (reader, lines, csv, error);
}

gboolean
mol_open_read_source (MolReader       *reader,
                      const MolSource *location,
                      GError         **error)
{
  g_autoptr(IoArchive) archive = NULL;
  IoStream *stream;

  if (location->form == MOL_FORM_ARCHIVE || location->form == MOL_FORM_FOLDER)
    {
      archive = io_archive_open (location->path, error);
      return archive != NULL && mol_reader_read_archive (reader, archive, error);
    }

  stream = io_stream_open (location->path, error);

  return stream != NULL && read_stream (reader, location->form, stream, location->table, error);
}

/* (transfer full): @molecules without those of the numbers */
static MolCollection *
remove_uncharacterized (MolCollection *molecules,
                        GHashTable    *numbers,
                        gsize         *n_left_out)
{
  MolCollectionBuilder *builder = mol_collection_builder_new ();

  *n_left_out = 0;
  for (gsize i = 0; i < mol_collection_get_n (molecules); i++)
    {
      MolMolecule molecule;

      mol_collection_get (molecules, i, &molecule);
      if (g_hash_table_contains (numbers, GUINT_TO_POINTER (molecule.number)))
        (*n_left_out)++;
      else
        mol_collection_builder_add (builder, &molecule);
    }

  return mol_collection_builder_end (builder);
}

/* (transfer full) (nullable): what is kept of what was read */
static MolCollection *
choose_molecules (MolReader       *reader,
                  const MolSource *location,
                  gboolean         keep_uncharacterized,
                  GError         **error)
{
  g_autoptr(MolCollection) all = mol_collection_builder_end (g_steal_pointer (&reader->builder));
  g_autoptr(GHashTable) numbers = NULL;
  MolCollection *some;

  if (all == NULL)
    return set_no_molecules (location->path, location->form, reader->report, error);

  /* Whoever opens one molecule means that one. */
  if (keep_uncharacterized || location->form == MOL_FORM_XYZ)
    return g_steal_pointer (&all);

  numbers = mol_uncharacterized_read (location->folder);
  if (numbers == NULL)
    numbers = mol_uncharacterized_shipped (all);
  if (numbers == NULL)
    return g_steal_pointer (&all);

  some = remove_uncharacterized (all, numbers, &reader->report->n_uncharacterized);
  if (some == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                 _("All %zu molecules in “%s” are uncharacterized and therefore excluded"),
                 mol_collection_get_n (all), location->path);

  return some;
}

static MolCollection *
open_builtin (MolReader *reader,
              GError   **error)
{
  g_autoptr(IoArchive) archive = io_archive_new_memory (BUILTIN, ds_builtin_molecules,
                                                        (gsize) (ds_builtin_molecules_end - ds_builtin_molecules),
                                                        error);

  if (archive == NULL || !mol_reader_read_archive (reader, archive, error))
    return NULL;

  return mol_collection_builder_end (g_steal_pointer (&reader->builder));
}

/* Bytes of its files as they are; 0: a folder */
static guint64
get_n_bytes (const MolSource *location)
{
  const char *const paths[] = { location->path, location->table };
  guint64 n = 0;

  if (location->form == MOL_FORM_FOLDER)
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
static MolCollection *
open_place (MolReader            *reader,
            const MolSource      *location,
            const MolOpenOptions *options,
            GError              **error)
{
  g_auto(MolCache) cache = { 0 };
  MolCollection *molecules = NULL;
  gboolean cached = options->cache_folder != NULL && location->form != MOL_FORM_XYZ;

  reader->report->n_bytes = get_n_bytes (location);
  if (cached)
    {
      if (!mol_cache_init (&cache, options->cache_folder, reader, location,
                           options->keep_uncharacterized, error))
        return NULL;
      molecules = mol_cache_load (&cache, reader->report);
      if (molecules != NULL)
        return molecules;
    }

  if (mol_open_read_source (reader, location, error))
    molecules = choose_molecules (reader, location, options->keep_uncharacterized, error);
  if (molecules != NULL && cached)
    mol_cache_store (&cache, molecules, reader->report);

  return molecules;
}

MolCollection *
mol_open (const char           *source,
          const MolOpenOptions *options,
          IoProgressFunc        progress,
          gpointer              user_data,
          MolReport           **report,
          GError              **error)
{
  g_auto(MolSource) location = { 0 };
  g_auto(MolReader) reader = { 0 };
  MolCollection *molecules = NULL;

  g_return_val_if_fail (source != NULL && options != NULL, NULL);

  mol_reader_init (&reader, progress, user_data);
  if (strcmp (source, BUILTIN) == 0)
    molecules = open_builtin (&reader, error);
  else if (mol_source_find (source, &location, error))
    molecules = open_place (&reader, &location, options, error);

  if (molecules == NULL)
    return NULL;

  /* All is done: it is too late to cancel. */
  mol_reader_report_progress (&reader, source, 1.0, NULL);
  reader.report->n = mol_collection_get_n (molecules);
  if (report != NULL)
    *report = g_steal_pointer (&reader.report);

  return molecules;
}

/* What a text is: XYZ, unless it is something else. */
static MolForm
recognise_text (const char *text,
                gsize       length)
{
  g_autoptr(IoStream) stream = io_stream_new_memory ("", (const guint8 *) text, length);
  MolForm form = mol_source_recognise_form (stream);

  return form == MOL_FORM_SDF || form == MOL_FORM_TABLE ? form : MOL_FORM_XYZ;
}

gboolean
mol_open_read_text (MolReader  *reader,
                    const char *name,
                    const char *text,
                    gsize       length,
                    GError    **error)
{
  return read_stream (reader, recognise_text (text, length),
                      io_stream_new_memory (name, (const guint8 *) text, length), NULL, error);
}

MolCollection *
mol_open_text (const char *name,
               const char *text,
               gsize       length,
               GError    **error)
{
  g_auto(MolReader) reader = { 0 };
  MolCollection *molecules;

  g_return_val_if_fail (name != NULL && (text != NULL || length == 0), NULL);

  mol_reader_init (&reader, NULL, NULL);
  if (!mol_open_read_text (&reader, name, text, length, error))
    return NULL;

  molecules = mol_collection_builder_end (g_steal_pointer (&reader.builder));

  return molecules != NULL ? molecules
         : set_no_molecules (name, recognise_text (text, length), reader.report, error);
}
