/* cli-interrupt.c: signals that ask the program to end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <signal.h>

#include "cli/cli.h"

static volatile sig_atomic_t interrupted;

/* A terminal that is closed sends SIGHUP more than once: only those that somebody
 * sends again on purpose end the program at once. */
static void
on_signal (int number)
{
  if (interrupted && (number == SIGINT || number == SIGTERM))
    {
      signal (number, SIG_DFL);
      raise (number);
    }

  interrupted = 1;
}

void
cli_catch_interrupt (void)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGXCPU };
  static gboolean caught;

  if (caught)
    return;

  caught = TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (numbers); i++)
    {
      const struct sigaction action = { .sa_handler = on_signal };
      struct sigaction old;

      /* nohup, and shells that put a command into the background */
      if (sigaction (numbers[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN)
        sigaction (numbers[i], &action, NULL);
    }
}

void
cli_interrupt (void)
{
  interrupted = 1;
}

gboolean
cli_is_interrupted (void)
{
  return interrupted != 0;
}
