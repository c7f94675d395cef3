/* cli.h: the commands of perzeptron-cli, and their common helpers.
 *
 * Exit status: 0, also of a run that a signal stopped and whose network was kept; 1 for an
 * error of the data or the run, or where standard output cannot be written; 2 for wrong usage.
 * Results go to stdout, an error is one line on stderr that says what to do.
 * Numbers have a point in every locale.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "core/net/mlp-metrics.h"
#include "molecules/mol-open.h"
#include "molecules/mol-report.h"
#include "recipe/recipe-file.h"

G_BEGIN_DECLS

#define CLI_OK    0
#define CLI_ERROR 1
#define CLI_USAGE 2

/* One command: @argv[0] is its name. Returns: the exit status */
int         cli_train             (int                 argc,
                                   char               *argv[]);
int         cli_evaluate          (int                 argc,
                                   char               *argv[]);
int         cli_predict           (int                 argc,
                                   char               *argv[]);
int         cli_info              (int                 argc,
                                   char               *argv[]);

/* Prints @error in one line and returns the exit status for it. */
int         cli_fail              (const char         *command,
                                   const GError       *error);

/* For wrong usage: sets a %G_OPTION_ERROR. Returns: FALSE */
gboolean    cli_set_usage_error   (GError            **error,
                                   const char         *format,
                                   ...) G_GNUC_PRINTF (2, 3);

/**
 * cli_parse:
 * @usage: "MODEL.perz DATA": what stands after the command
 * @summary: one sentence: what the command does
 * @description: (nullable): what --help says below the options
 * @entries: the options
 * @n_min: how many arguments there must be
 * @n_max: how many there may be
 * @argc: (inout): afterwards that of the arguments
 * @argv: (inout): afterwards the command's name and the arguments
 *
 * Errors: %G_OPTION_ERROR
 */
gboolean    cli_parse             (const char         *usage,
                                   const char         *summary,
                                   const char         *description,
                                   const GOptionEntry *entries,
                                   int                 n_min,
                                   int                 n_max,
                                   int                *argc,
                                   char             ***argv,
                                   GError            **error);

/* Opens DATA, with a bar where stdout is a terminal. @task:
 * (nullable): as in ds_open_full() */
DsSet      *cli_open_set          (const char         *source,
                                   const DsTask       *task,
                                   GError            **error);

/* Names on stderr what could not be read, a line each. */
void        cli_print_unreadable  (const MolUnreadable *unreadable,
                                   gsize                n);

/* Says on stderr which molecules could not be read, and which values. */
void        cli_print_report      (const MolReport *report);

/* Loads MODEL; fails where it holds no network. */
RecipeFile *cli_load_model        (const char         *path,
                                   GError            **error);

/* From the first call on Ctrl+C (SIGINT), SIGTERM, SIGHUP and SIGXCPU set a flag, unless
 * the program was started with them ignored; a second Ctrl+C or SIGTERM kills. To be called
 * when there is something to save: until then, and in commands that only read, they end the
 * program at once, whatever it is doing. */
void        cli_catch_interrupt   (void);

/* Sets it: nobody reads the output any more. */
void        cli_interrupt         (void);
gboolean    cli_is_interrupted    (void);

/* Whether stdout is a terminal; whether it takes letters beyond ASCII. */
gboolean    cli_is_terminal       (void);
gboolean    cli_is_utf8           (void);

/* (transfer full): "10,000" */
char       *cli_format_count      (gsize               count);

/* (transfer full): "97.93 %" of a share, "–" of NaN */
char       *cli_format_percent    (double              share,
                                   int                 decimals);

/* (transfer full): as printf() of a "%…g" or "%….…f" format, with a point */
char       *cli_format_number     (const char         *format,
                                   double              number);

/* (transfer full): ", R² 0.9134"; "" where it is not defined, as of one sample */
char       *cli_describe_r2       (double              r2);

/* (transfer full): "97.93 % right (95 % interval 97.63 to 98.19 %), loss 0.0712" */
char       *cli_describe_metrics  (const MlpMetrics   *metrics);

/* (transfer full): " (95 % interval 0.12 to 0.34)"; "" where there is none, as of one
 * sample. @format is cli_format_number()'s */
char       *cli_describe_interval (const char         *format,
                                   double              low,
                                   double              high,
                                   const char         *unit);
char *cli_describe_accuracy_interval (const MlpMetrics *metrics);

/* 95 % of the accuracy, as shares. */
void        cli_get_interval      (const MlpMetrics   *metrics,
                                   double             *low,
                                   double             *high);

/* Prints @object, which it takes, as one line of JSON. */
void        cli_print_json        (JsonObject         *object);

/* As json_object_set_double_member(), but leaves out NaN. */
void        cli_set_number        (JsonObject         *object,
                                   const char         *name,
                                   double              number);

G_END_DECLS
