/* cli-util.h: runs the program under test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "recipe/recipe-file.h"

G_BEGIN_DECLS

typedef struct
{
  char *folder;     /* of its own, removed in the end */
  char *out;        /* what the last run printed */
  char *err;
} Cli;

/* Takes the program's path from the command line of the test. */
void        cli_test_init     (int            *argc,
                               char          **argv);

void        cli_set_up        (Cli            *cli,
                               gconstpointer   data);
void        cli_tear_down     (Cli            *cli,
                               gconstpointer   data);

/* (transfer full): a name in the folder */
char       *cli_path          (const Cli      *cli,
                               const char     *name);

/* Runs it there with these arguments, a line that a shell would take.
 * Returns: the exit status */
int         cli_call          (Cli            *cli,
                               const char     *format,
                               ...) G_GNUC_PRINTF (2, 3);

/* The same on a terminal of 80 columns, whose bytes become the output; what goes
 * to stderr is thrown away. Returns: the exit status, or −1 where the system has
 * no terminals */
int         cli_call_terminal (Cli            *cli,
                               const char     *format,
                               ...) G_GNUC_PRINTF (2, 3);

/* Runs a line of the shell in the folder, in which "$CLI" is the program.
 * Returns: the exit status of the line */
int         cli_shell         (Cli            *cli,
                               const char     *line);

/* (transfer full): it is still running, its stdout is piped */
GSubprocess *cli_start        (Cli            *cli,
                               const char     *format,
                               ...) G_GNUC_PRINTF (2, 3);

/* (transfer full): one object a line */
GPtrArray  *cli_read_log      (const Cli      *cli,
                               const char     *name);

/* (transfer full): the last run's output, one object a line */
GPtrArray  *cli_read_lines    (const Cli      *cli);

/* (transfer full): the last run's output */
JsonObject *cli_read_json     (const Cli      *cli);

RecipeFile *cli_load          (const Cli      *cli,
                               const char     *name);

#define CLI_ADD(path, func) g_test_add (path, Cli, NULL, cli_set_up, func, cli_tear_down)

G_END_DECLS
