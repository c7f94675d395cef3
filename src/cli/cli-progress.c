/* cli-progress.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/cli-progress.h"
#include "cli/cli-stdout.h"
#include "cli/cli.h"

#define INTERVAL (G_TIME_SPAN_SECOND / 10)
#define WIDTH    24

struct _CliProgress
{
  char    *label;
  gboolean terminal;
  gboolean drawn;
  gint64   next;        /* µs: not before then */
};

CliProgress *
cli_progress_new (const char *label)
{
  CliProgress *progress = g_new0 (CliProgress, 1);

  progress->label = g_strdup (label);
  progress->terminal = cli_is_terminal ();

  return progress;
}

void
cli_progress_free (CliProgress *progress)
{
  if (progress == NULL)
    return;

  cli_progress_clear (progress);
  g_free (progress->label);
  g_free (progress);
}

void
cli_progress_set_label (CliProgress *progress,
                        const char  *label)
{
  g_free (progress->label);
  progress->label = g_strdup (label);
}

gboolean
cli_progress_is_due (CliProgress *progress)
{
  return progress->terminal && g_get_monotonic_time () >= progress->next;
}

void
cli_progress_set (CliProgress *progress,
                  double       fraction,
                  const char  *detail)
{
  g_autoptr(GString) bar = NULL;
  g_autofree char *line = NULL;
  gboolean utf8 = cli_is_utf8 ();
  int full = (int) (WIDTH * CLAMP (fraction, 0.0, 1.0) + 0.5);

  if (!cli_progress_is_due (progress))
    return;

  bar = g_string_new (NULL);
  for (int i = 0; i < WIDTH; i++)
    g_string_append (bar, utf8 ? (i < full ? "▓" : "░") : (i < full ? "#" : "-"));

  /* To the left, over what was there, and nothing behind. */
  line = g_strdup_printf ("\r%s %s %3d %%  %s\033[K", progress->label, bar->str, (int) (100.0 * fraction), detail);
  cli_stdout_write (line);

  progress->drawn = TRUE;
  progress->next = g_get_monotonic_time () + INTERVAL;
}

void
cli_progress_clear (CliProgress *progress)
{
  if (!progress->drawn)
    return;

  cli_stdout_write ("\r\033[K");
  progress->drawn = FALSE;
  progress->next = 0;
}
