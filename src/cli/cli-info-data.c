/* cli-info-data.c: what perzeptron-cli info says of data: sets of samples, molecules, tables.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "cli/cli-info.h"
#include "cli/cli-progress.h"
#include "core/mlp-display.h"
#include "datasets/ds-open.h"
#include "io/io-csv-summary.h"
#include "io/io-sniff.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-element.h"
#include "molecules/mol-open.h"
#include "molecules/mol-report.h"

/* (transfer full): how many samples there are of each class */
static gsize *
count_classes (const DsSet *set)
{
  gsize *counts = g_new0 (gsize, mlp_samples_get_n_outputs (set->samples));

  for (gsize i = 0; i < mlp_samples_get_n (set->samples); i++)
    counts[mlp_samples_get_class (set->samples, i)]++;

  return counts;
}

static char *
get_class_name (char **names,
                gsize  i)
{
  return names != NULL ? g_strdup (names[i]) : g_strdup_printf ("%" G_GSIZE_FORMAT, i);
}

static void
print_set_json (const DsSet *set)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "name", set->name);
  json_object_set_string_member (object, "source", set->source);
  json_object_set_string_member (object, "identity", set->identity);
  json_object_set_int_member (object, "train", (gint64) set->n_train);
  json_object_set_int_member (object, "validation", (gint64) set->n_validation);
  json_object_set_int_member (object, "test", (gint64) set->n_test);
  json_object_set_int_member (object, "inputs", (gint64) mlp_samples_get_n_inputs (set->samples));
  json_object_set_int_member (object, "outputs", (gint64) mlp_samples_get_n_outputs (set->samples));
  json_object_set_int_member (object, "rows", set->rows);
  json_object_set_int_member (object, "columns", set->columns);

  if (mlp_samples_has_classes (set->samples))
    {
      g_autofree gsize *counts = count_classes (set);
      JsonObject *classes = json_object_new ();

      for (gsize i = 0; i < mlp_samples_get_n_outputs (set->samples); i++)
        {
          g_autofree char *name = get_class_name (set->class_names, i);

          json_object_set_int_member (classes, name, (gint64) counts[i]);
        }

      json_object_set_object_member (object, "classes", classes);
    }

  cli_print_json (object);
}

static void
print_classes (const DsSet *set)
{
  g_autofree gsize *counts = count_classes (set);

  for (gsize i = 0; i < mlp_samples_get_n_outputs (set->samples); i++)
    {
      g_autofree char *name = get_class_name (set->class_names, i);
      g_autofree char *count = cli_format_count (counts[i]);

      cli_info_print_row (i == 0 ? "Classes" : "", "%-12s %8s", name, count);
    }
}

/* How many atoms there are of each element, and how many a molecule has. */
typedef struct
{
  guint64 of_element[MOL_N_ELEMENTS];
  guint   least;
  guint   most;
} Atoms;

static void
count_atoms (const MolCollection *molecules,
             Atoms               *atoms)
{
  *atoms = (Atoms) { .least = G_MAXUINT };
  for (gsize i = 0; i < mol_collection_get_n (molecules); i++)
    {
      MolMolecule molecule;

      mol_collection_get (molecules, i, &molecule);
      atoms->least = MIN (atoms->least, molecule.n_atoms);
      atoms->most = MAX (atoms->most, molecule.n_atoms);
      for (guint a = 0; a < molecule.n_atoms; a++)
        atoms->of_element[mol_element_from_number (molecule.z[a])]++;
    }
}

static void
print_molecules (const MolCollection *molecules,
                 const MolReport     *report)
{
  g_autofree char *count = cli_format_count (mol_collection_get_n (molecules));
  g_autofree char *uncharacterized = cli_format_count (report->n_uncharacterized);
  g_autofree char *unreadable = cli_format_count (report->n_unreadable);
  g_autoptr(GString) elements = g_string_new (NULL);
  Atoms atoms;

  count_atoms (molecules, &atoms);
  for (guint e = 0; e < MOL_N_ELEMENTS; e++)
    {
      g_autofree char *number = cli_format_count (atoms.of_element[e]);

      if (atoms.of_element[e] > 0)
        g_string_append_printf (elements, "%s%s %s", elements->len > 0 ? ", " : "", mol_element_get_symbol (e), number);
    }

  cli_info_print_row ("Molecules", "%s, %s", count, mol_collection_has_geometry (molecules)
             ? "with atomic coordinates" : "formulas only, from SMILES: no atomic coordinates");
  if (atoms.least == atoms.most)
    cli_info_print_row ("Atoms", "%u a molecule: %s", atoms.least, elements->str);
  else
    cli_info_print_row ("Atoms", "%u to %u a molecule: %s", atoms.least, atoms.most, elements->str);
  cli_info_print_row ("Left out", "%s uncharacterized, %s unreadable", uncharacterized, unreadable);
}

/* Mean, deviation and range over the molecules, in the file's unit, and how far off
 * the mean baseline is. */
static void
print_properties (const MolCollection *molecules)
{
  gsize n_targets;
  const MolTarget *targets = mol_target_get_all (&n_targets);
  const gsize n = mol_collection_get_n (molecules);

  for (gsize t = 0; t < n_targets; t++)
    {
      double sum = 0.0, squares = 0.0, absolute = 0.0;
      double least = INFINITY, greatest = -INFINITY;
      g_autofree char *missing = NULL;
      g_autofree char *least_text = NULL;
      g_autofree char *greatest_text = NULL;
      g_autofree char *mean_text = NULL;
      g_autofree char *deviation_text = NULL;
      g_autofree char *absolute_text = NULL;
      double mean;
      gsize n_with = 0;

      if (targets[t].atomisation)
        continue;

      for (gsize i = 0; i < n; i++)
        {
          MolMolecule molecule;
          double value;

          mol_collection_get (molecules, i, &molecule);
          value = molecule.properties[targets[t].property];
          if (!isfinite (value))
            continue;

          sum += value;
          squares += value * value;
          least = MIN (least, value);
          greatest = MAX (greatest, value);
          n_with++;
        }

      if (n_with == 0)
        continue;

      mean = sum / (double) n_with;
      for (gsize i = 0; i < n; i++)
        {
          MolMolecule molecule;
          double value;

          mol_collection_get (molecules, i, &molecule);
          value = molecule.properties[targets[t].property];
          if (isfinite (value))
            absolute += fabs (value - mean) / (double) n_with;
        }

      mean_text = cli_format_number ("%.5g", mean);
      deviation_text = cli_format_number ("%.4g", sqrt (MAX (0.0, squares / (double) n_with - mean * mean)));
      absolute_text = cli_format_number ("%.4g", absolute);
      least_text = cli_format_number ("%.5g", least);
      greatest_text = cli_format_number ("%.5g", greatest);
      missing = n_with < n ? g_strdup_printf ("; %" G_GSIZE_FORMAT " missing", n - n_with) : g_strdup ("");
      cli_info_print_row (targets[t].id, "%s ± %s %s, %s to %s; baseline (mean) MAE %s%s", mean_text, deviation_text,
                          targets[t].unit, least_text, greatest_text, absolute_text, missing);
    }
}

static void
print_set (const DsSet *set)
{
  g_autofree char *train = cli_format_count (set->n_train);
  g_autofree char *validation = cli_format_count (set->n_validation);
  g_autofree char *test = cli_format_count (set->n_test);

  cli_info_print_row ("Data", "%s", set->name);
  cli_info_print_row ("Source", "%s", set->source);

  if (set->draws_test)
    cli_info_print_row ("Samples", "%s, of which some validate and test", train);
  else
    cli_info_print_row ("Samples", "%s to train, %s to validate, %s to test", train, validation, test);

  if (set->rows > 0)
    cli_info_print_row ("Pictures", "%u × %u pixels", set->columns, set->rows);
  else
    cli_info_print_row ("Inputs", "%" G_GSIZE_FORMAT, mlp_samples_get_n_inputs (set->samples));

  cli_info_print_row ("Identity", "%s", set->identity);

  if (mlp_samples_has_classes (set->samples))
    print_classes (set);
  else
    cli_info_print_row ("Outputs", "%" G_GSIZE_FORMAT, mlp_samples_get_n_outputs (set->samples));
}

static JsonObject *
molecules_to_json (const MolCollection *molecules,
                   const MolReport     *report)
{
  JsonObject *object = json_object_new ();
  JsonObject *elements = json_object_new ();
  JsonObject *properties = json_object_new ();
  gsize n_targets;
  const MolTarget *targets = mol_target_get_all (&n_targets);
  const gsize n = mol_collection_get_n (molecules);
  Atoms atoms;

  count_atoms (molecules, &atoms);
  json_object_set_int_member (object, "n", (gint64) n);
  json_object_set_boolean_member (object, "places", mol_collection_has_geometry (molecules));
  json_object_set_int_member (object, "least_atoms", atoms.least);
  json_object_set_int_member (object, "most_atoms", atoms.most);
  for (guint e = 0; e < MOL_N_ELEMENTS; e++)
    if (atoms.of_element[e] > 0)
      json_object_set_int_member (elements, mol_element_get_symbol (e), (gint64) atoms.of_element[e]);
  json_object_set_object_member (object, "elements", elements);
  json_object_set_int_member (object, "uncharacterized", (gint64) report->n_uncharacterized);
  json_object_set_int_member (object, "unreadable", (gint64) report->n_unreadable);

  for (gsize t = 0; t < n_targets; t++)
    {
      double least = INFINITY, greatest = -INFINITY, sum = 0.0;
      JsonObject *property;
      gsize n_with = 0;

      for (gsize i = 0; i < n && !targets[t].atomisation; i++)
        {
          MolMolecule molecule;
          double value;

          mol_collection_get (molecules, i, &molecule);
          value = molecule.properties[targets[t].property];
          if (!isfinite (value))
            continue;
          n_with++;
          sum += value;
          least = MIN (least, value);
          greatest = MAX (greatest, value);
        }
      if (n_with == 0)
        continue;

      property = json_object_new ();
      json_object_set_int_member (property, "missing", (gint64) (n - n_with));
      cli_set_number (property, "least", least);
      cli_set_number (property, "greatest", greatest);
      cli_set_number (property, "mean", sum / (double) n_with);
      json_object_set_string_member (property, "unit", targets[t].unit);
      json_object_set_object_member (properties, targets[t].id, property);
    }
  json_object_set_object_member (object, "properties", properties);

  return object;
}

static int
info_set (const char *source,
          gboolean    json)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsSet) set = cli_open_set (source, NULL, &error);

  if (set == NULL)
    return cli_fail ("info", error);

  if (json)
    print_set_json (set);
  else
    print_set (set);

  return CLI_OK;
}

static JsonObject *
table_to_json (const IoCsvSummary *summary)
{
  const char delimiter[] = { summary->settings.delimiter, '\0' };
  const char decimal[] = { summary->settings.decimal, '\0' };
  JsonObject *object = json_object_new ();
  JsonArray *columns = json_array_new ();

  json_object_set_int_member (object, "rows", (gint64) summary->n_rows);
  json_object_set_int_member (object, "bad_rows", (gint64) summary->n_bad);
  json_object_set_string_member (object, "encoding", io_lines_encoding_get_name (summary->settings.encoding));
  json_object_set_string_member (object, "delimiter", delimiter);
  json_object_set_string_member (object, "decimal", decimal);
  json_object_set_boolean_member (object, "header", summary->settings.header);

  for (guint i = 0; i < summary->n_columns; i++)
    {
      const IoColumnSummary *column = &summary->columns[i];
      JsonObject *member = json_object_new ();

      json_object_set_string_member (member, "name", column->name);
      json_object_set_string_member (member, "kind", io_csv_summary_get_kind_name (column->kind));
      json_object_set_int_member (member, "missing", (gint64) column->n_missing);
      json_object_set_int_member (member, "distinct", (gint64) column->n_distinct);
      if (column->kind != IO_COLUMN_TEXT)
        {
          cli_set_number (member, "least", column->least);
          cli_set_number (member, "greatest", column->greatest);
          cli_set_number (member, "mean", column->mean);
        }
      json_array_add_object_element (columns, member);
    }
  json_object_set_array_member (object, "columns", columns);

  return object;
}

static void
print_column (const IoColumnSummary *column)
{
  g_autofree char *distinct = cli_format_count (column->n_distinct);
  g_autofree char *missing = cli_format_count (column->n_missing);
  g_autofree char *least = cli_format_number ("%.5g", column->least);
  g_autofree char *greatest = cli_format_number ("%.5g", column->greatest);
  g_autofree char *mean = cli_format_number ("%.5g", column->mean);
  g_autofree char *numbers = cli_format_count (column->n_numbers);
  g_autoptr(GString) text = g_string_new (io_csv_summary_get_kind_name (column->kind));

  if (column->kind == IO_COLUMN_TEXT)
    g_string_append_printf (text, ", %s%s different", distinct,
                            column->n_distinct == IO_COLUMN_MAX_DISTINCT ? " or more" : "");
  else if (column->kind != IO_COLUMN_EMPTY)
    g_string_append_printf (text, ", %s to %s, mean %s", least, greatest, mean);
  if (column->kind == IO_COLUMN_TEXT && column->n_numbers > 0)
    g_string_append_printf (text, ", %s numbers", numbers);
  if (column->n_missing > 0)
    g_string_append_printf (text, ", %s missing", missing);

  cli_info_print_row (*column->name != '\0' ? column->name : "(no name)", "%s", text->str);
}

static void
print_table (const IoCsvSummary *summary)
{
  static const struct { char character; const char *name; } names[] = {
    { ',', "commas" }, { ';', "semicolons" }, { '\t', "tabs" }, { '|', "bars" },
  };
  g_autofree char *rows = cli_format_count (summary->n_rows);
  const char *delimiter = "";

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (names[i].character == summary->settings.delimiter)
      delimiter = names[i].name;

  cli_info_print_row ("Table", "%s rows, %u columns%s", rows, summary->n_columns,
                      summary->settings.header ? "" : ", without a header");
  cli_info_print_row ("Written", "%s between values, decimal %s, %s", delimiter,
                      summary->settings.decimal == ',' ? "comma" : "point", io_lines_encoding_get_name (summary->settings.encoding));
  for (guint i = 0; i < summary->n_columns; i++)
    print_column (&summary->columns[i]);
}

/* Goes to stderr: results stay results. */
static void
print_bad_rows (const IoCsvSummary *summary)
{
  if (summary->n_bad > 0)
    g_printerr ("perzeptron-cli: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " rows could not be read:\n",
                summary->n_bad, summary->n_rows);
  for (gsize i = 0; i < summary->n_named; i++)
    g_printerr ("  line %u: %s\n", summary->bad[i].line, summary->bad[i].problem);
  if (summary->n_bad > summary->n_named)
    g_printerr ("  … and %" G_GSIZE_FORMAT " more\n", summary->n_bad - summary->n_named);
}

static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  cli_progress_set (user_data, fraction, "");

  return !cli_is_interrupted ();
}

/* Molecules as they are, whatever could be learnt of them. @table: (nullable): they are in */
static int
info_molecules (const char         *source,
                const IoCsvSummary *table,
                gboolean            json)
{
  g_autoptr(CliProgress) progress = cli_progress_new ("Reading");
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "perzeptron", NULL);
  const MolOpenOptions options = { FALSE, cache };
  const gboolean builtin = g_str_has_prefix (source, "builtin:");
  g_autofree char *base = g_path_get_basename (source);
  g_autofree char *name = builtin ? g_strdup ("Built-in molecules") : mlp_display_filename (base);
  g_autofree char *path = builtin ? g_strdup (source) : g_canonicalize_filename (source, NULL);
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolReport) report = NULL;
  g_autoptr(GError) error = NULL;

  molecules = mol_open (source, &options, on_progress, progress, &report, &error);
  cli_progress_clear (progress);
  if (molecules == NULL)
    return cli_fail ("info", error);

  cli_print_report (report);
  if (json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", name);
      json_object_set_string_member (object, "source", path);
      json_object_set_string_member (object, "identity", mol_collection_get_key (molecules));
      json_object_set_object_member (object, "molecules", molecules_to_json (molecules, report));
      if (table != NULL)
        json_object_set_object_member (object, "table", table_to_json (table));
      cli_print_json (object);
    }
  else
    {
      cli_info_print_row ("Data", "%s", name);
      cli_info_print_row ("Source", "%s", path);
      print_molecules (molecules, report);
      cli_info_print_row ("Identity", "%s", mol_collection_get_key (molecules));
      print_properties (molecules);
      if (table != NULL)
        print_table (table);
    }

  return CLI_OK;
}

/* Whether @source is one file that looks like a table. */
static gboolean
is_table (const char *source)
{
  g_autoptr(IoStream) stream = NULL;

  if (!g_file_test (source, G_FILE_TEST_IS_REGULAR))
    return FALSE;

  stream = io_stream_open (source, NULL);

  return stream != NULL && io_sniff (stream) == IO_KIND_UNKNOWN && io_csv_summary_recognise_file (source);
}

/* A table, and the molecules in it if there are some. */
static int
info_table (const char *source,
            gboolean    json)
{
  g_autoptr(CliProgress) progress = cli_progress_new ("Reading");
  g_autofree char *base = g_path_get_basename (source);
  g_autofree char *name = mlp_display_filename (base);
  g_autofree char *path = g_canonicalize_filename (source, NULL);
  g_autoptr(IoCsvSummary) summary = NULL;
  g_autoptr(GError) error = NULL;

  summary = io_csv_summary_read (source, on_progress, progress, &error);
  cli_progress_clear (progress);
  if (summary == NULL)
    return cli_fail ("info", error);

  if (ds_open_is_molecules (source))
    return info_molecules (source, summary, json);

  print_bad_rows (summary);
  if (json)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "name", name);
      json_object_set_string_member (object, "source", path);
      json_object_set_object_member (object, "table", table_to_json (summary));
      cli_print_json (object);
    }
  else
    {
      cli_info_print_row ("Data", "%s", name);
      cli_info_print_row ("Source", "%s", path);
      print_table (summary);
    }

  return CLI_OK;
}

int
cli_info_data (const char *source,
               gboolean    json)
{
  if (is_table (source))
    return info_table (source, json);
  if (ds_open_is_molecules (source))
    return info_molecules (source, NULL, json);

  return info_set (source, json);
}
