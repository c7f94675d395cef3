/* main.c: perzeptron-cli: train, evaluate, predict, info.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "cli/cli-stdout.h"
#include "cli/cli.h"
#include "image/image-read.h"

static const struct
{
  const char *name;
  int         (*run)    (int         argc,
                         char       *argv[]);
  const char *usage;
} commands[] = {
  { "train", cli_train, "train    DATA [OPTIONS]          train a network" },
  { "evaluate", cli_evaluate, "evaluate MODEL.perz DATA         evaluate a network on a data set" },
  { "predict", cli_predict, "predict  MODEL.perz IMAGE.png…   predict from images or molecules" },
  { "info", cli_info, "info     DATA | MODEL.perz       describe a file" },
};

static char *
make_usage (void)
{
  GString *text = g_string_new ("Usage:\n");

  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    g_string_append_printf (text, "  perzeptron-cli %s\n", commands[i].usage);

  g_string_append (text,
                   "\n"
                   "DATA is builtin:digits, a file (MNIST as a pickle or IDX) or a folder of IDX files.\n"
                   "“perzeptron-cli COMMAND --help” lists the options of a command.\n");

  return g_string_free (text, FALSE);
}

int
main (int   argc,
      char *argv[])
{
  g_autofree char *usage = NULL;

  image_read_init (argc, argv);
  cli_stdout_init ();

  /* Letters are the terminal's, numbers keep their point. */
  setlocale (LC_CTYPE, "");

  if (argc > 1)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
        {
          if (strcmp (argv[1], commands[i].name) == 0)
            return commands[i].run (argc - 1, argv + 1);
        }

      if (strcmp (argv[1], "--version") == 0)
        {
          g_print ("perzeptron-cli %s\n", PACKAGE_VERSION);
          return CLI_OK;
        }
    }

  usage = make_usage ();

  if (argc > 1 && (strcmp (argv[1], "--help") == 0 || strcmp (argv[1], "-h") == 0 || strcmp (argv[1], "help") == 0))
    {
      g_print ("%s", usage);
      return CLI_OK;
    }

  if (argc > 1)
    g_printerr ("perzeptron-cli: Unknown command “%s”; expected train, evaluate, predict or info\n",
                argv[1]);
  else
    g_printerr ("%s", usage);

  return CLI_USAGE;
}
