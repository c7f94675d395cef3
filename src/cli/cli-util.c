/* cli-util.c: see cli.h.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli-progress.h"
#include "cli/cli-stdout.h"
#include "cli/cli.h"
#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "core/net/mlp-interval.h"
#include "datasets/ds-open.h"
#include "datasets/ds-published.h"
#include "io/io-part.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-open.h"
#include "molecules/mol-report.h"
#include "recipe/recipe-json.h"

int
cli_fail (const char   *command,
          const GError *error)
{
  gboolean usage = error->domain == G_OPTION_ERROR ||
                   g_error_matches (error, MLP_ERROR, MLP_ERROR_INVALID);
  g_autofree char *message = mlp_display_text (error->message, NULL);

  if (error->domain == G_OPTION_ERROR)
    g_printerr ("perzeptron-cli: %s; see perzeptron-cli %s --help\n", message, command);
  else
    g_printerr ("perzeptron-cli: %s\n", message);

  return usage ? CLI_USAGE : CLI_ERROR;
}

gboolean
cli_set_usage_error (GError    **error,
                     const char *format,
                     ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, format, args);
  va_end (args);

  return FALSE;
}

gboolean
cli_parse (const char         *usage,
           const char         *summary,
           const char         *description,
           const GOptionEntry *entries,
           int                 n_min,
           int                 n_max,
           int                *argc,
           char             ***argv,
           GError            **error)
{
  g_autoptr(GOptionContext) context = g_option_context_new (usage);
  g_autofree char *program = g_strconcat ("perzeptron-cli ", (*argv)[0], NULL);
  int n;

  g_set_prgname (program);
  g_option_context_set_summary (context, summary);
  g_option_context_set_description (context, description);
  g_option_context_add_main_entries (context, entries, NULL);

  if (!g_option_context_parse (context, argc, argv, error))
    return FALSE;

  /* “--” has done its work. */
  if (*argc > 1 && strcmp ((*argv)[1], "--") == 0)
    {
      (*argv)[1] = (*argv)[0];
      (*argv)++;
      (*argc)--;
    }

  n = *argc - 1;
  if (n < n_min)
    return cli_set_usage_error (error, "Something is missing: %s %s", program, usage);

  if (n > n_max)
    return cli_set_usage_error (error, "Unexpected argument “%s”: %s %s",
                                (*argv)[n_max + 1], program, usage);

  return TRUE;
}

gboolean
cli_is_terminal (void)
{
  return isatty (STDOUT_FILENO) != 0;
}

gboolean
cli_is_utf8 (void)
{
  return g_get_charset (NULL);
}

static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  CliProgress *progress = user_data;

  cli_progress_set (progress, fraction, "");

  return !cli_is_interrupted ();
}

void
cli_print_unreadable (const MolUnreadable *named,
                      gsize                n)
{
  for (gsize i = 0; i < n; i++)
    if (named[i].line > 0)
      g_printerr ("  %s, line %u: %s\n", named[i].name, named[i].line, named[i].reason);
    else
      g_printerr ("  %s: %s\n", named[i].name, named[i].reason);
}

static void
print_named (const MolUnreadable *named,
             gsize                n_named,
             gsize                n)
{
  cli_print_unreadable (named, n_named);
  if (n > n_named)
    g_printerr ("  … and %" G_GSIZE_FORMAT " more\n", n - n_named);
}

void
cli_print_report (const MolReport *report)
{
  g_autofree char *unreadable = cli_format_count (report->n_unreadable);
  g_autofree char *values = cli_format_count (report->n_bad_values);

  if (report->n_unreadable > 0)
    g_printerr ("perzeptron-cli: %s %s could not be read and %s left out:\n", unreadable,
                report->n_unreadable == 1 ? "molecule" : "molecules", report->n_unreadable == 1 ? "is" : "are");
  print_named (report->unreadable, report->n_named, report->n_unreadable);

  if (report->n_bad_values > 0)
    g_printerr ("perzeptron-cli: %s %s:\n", values,
                report->n_bad_values == 1 ? "value is not a number and counts as missing"
                                          : "values are not numbers and count as missing");
  print_named (report->bad_values, report->n_named_values, report->n_bad_values);
}

/* What is not used goes to stderr: results stay results. */
static void
print_left_out (const DsSet *set)
{
  const gsize n_incomplete = set->report->n - mol_collection_get_n (set->molecules);
  g_autofree char *count = cli_format_count (n_incomplete);

  cli_print_report (set->report);
  if (n_incomplete > 0)
    g_printerr ("perzeptron-cli: %s %s a value of %s and %s left out\n", count,
                n_incomplete == 1 ? "molecule lacks" : "molecules lack", set->task->targets,
                n_incomplete == 1 ? "is" : "are");
}

/* The shell’s “>>” would write into what is read. */
static gboolean
check_not_stdout (const char *path,
                  GError    **error)
{
  return !cli_stdout_is (path) ||
         cli_set_usage_error (error, "“%s” is read, and standard output goes to it; choose another place for the output", path);
}

/* Copies of published data sets that the window fetched. */
static gboolean
check_published (const char *root,
                 const char *source,
                 GError    **error)
{
  if (ds_published_check (root, source, error))
    return TRUE;

  if (error != NULL)
    {
      g_autofree char *message = g_steal_pointer (&(*error)->message);

      (*error)->message = g_strconcat (message,
                                       "; open it in the window, which downloads it again, or replace it with an "
                                       "intact copy", NULL);
    }

  return FALSE;
}

DsSet *
cli_open_set (const char   *source,
              const DsTask *task,
              GError      **error)
{
  g_autoptr(CliProgress) progress = cli_progress_new ("Reading");
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "perzeptron", NULL);
  g_autofree char *root = g_build_filename (g_get_user_data_dir (), "perzeptron", NULL);
  DsSet *set;

  if (!check_not_stdout (source, error))
    return NULL;

  if (!check_published (root, source, error))
    return NULL;

  io_part_clear_stale (cache);
  set = ds_open_full (source, task, cache, on_progress, progress, error);
  cli_progress_clear (progress);

  if (set != NULL && set->report != NULL)
    print_left_out (set);

  return set;
}

RecipeFile *
cli_load_model (const char *path,
                GError    **error)
{
  g_autoptr(RecipeFile) file = NULL;

  if (!check_not_stdout (path, error) || (file = recipe_file_load (path, error)) == NULL)
    return NULL;

  if (file->net == NULL)
    {
      g_autofree char *name = mlp_display_filename (path);

      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   "“%s” contains a recipe but no network yet; train it first", name);
      return NULL;
    }

  return g_steal_pointer (&file);
}

char *
cli_format_count (gsize count)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "%" G_GSIZE_FORMAT, count);

  for (gssize i = (gssize) text->len - 3; i > 0; i -= 3)
    g_string_insert_c (text, i, ',');

  return g_string_free (text, FALSE);
}

char *
cli_format_number (const char *format,
                   double      number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  return g_strdup (g_ascii_formatd (buffer, sizeof buffer, format, number));
}

char *
cli_format_percent (double share,
                    int    decimals)
{
  const char *formats[] = { "%.0f", "%.1f", "%.2f" };
  g_autofree char *number = NULL;

  g_return_val_if_fail (decimals >= 0 && decimals < (int) G_N_ELEMENTS (formats), NULL);

  if (isnan (share))
    return g_strdup ("–");

  number = cli_format_number (formats[decimals], 100.0 * share);

  return g_strconcat (number, " %", NULL);
}

void
cli_get_interval (const MlpMetrics *metrics,
                  double           *low,
                  double           *high)
{
  mlp_interval_share ((gsize) (metrics->accuracy * (double) metrics->n + 0.5), metrics->n, low, high);
}

char *
cli_describe_interval (const char *format,
                       double      low,
                       double      high,
                       const char *unit)
{
  g_autofree char *from = cli_format_number (format, low);
  g_autofree char *to = cli_format_number (format, high);

  return isfinite (low) && isfinite (high) ? g_strdup_printf (" (95 %% interval %s to %s%s)", from, to, unit)
                                           : g_strdup ("");
}

char *
cli_describe_accuracy_interval (const MlpMetrics *metrics)
{
  double low, high;

  cli_get_interval (metrics, &low, &high);

  return cli_describe_interval ("%.2f", 100.0 * low, 100.0 * high, " %");
}

char *
cli_describe_r2 (double r2)
{
  g_autofree char *number = cli_format_number ("%.4f", r2);

  return isfinite (r2) ? g_strdup_printf (", R² %s", number) : g_strdup ("");
}

char *
cli_describe_metrics (const MlpMetrics *metrics)
{
  g_autofree char *loss = cli_format_number ("%.4f", metrics->loss);

  if (!isnan (metrics->accuracy))
    {
      g_autofree char *accuracy = cli_format_percent (metrics->accuracy, 2);
      g_autofree char *interval = cli_describe_accuracy_interval (metrics);

      return g_strdup_printf ("%s right%s, loss %s", accuracy, interval, loss);
    }
  else
    {
      g_autofree char *mae = cli_format_number ("%.4g", metrics->mae);
      g_autofree char *rmse = cli_format_number ("%.4g", metrics->rmse);
      g_autofree char *r2 = cli_describe_r2 (metrics->r2);

      return g_strdup_printf ("MAE %s, RMSE %s%s, loss %s", mae, rmse, r2, loss);
    }
}

void
cli_print_json (JsonObject *object)
{
  g_autoptr(JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;

  json_node_take_object (node, object);
  text = recipe_json_to_text (node);
  line = g_strconcat (text, "\n", NULL);

  /* JSON is UTF-8 whatever the terminal is. */
  cli_stdout_write (line);
}

void
cli_set_number (JsonObject *object,
                const char *name,
                double      number)
{
  if (isfinite (number))
    json_object_set_double_member (object, name, number);
}
