/* main.c: the window program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>

#include "app/pz-application.h"
#include "model/pz-task.h"

int
main (int   argc,
      char *argv[])
{
  g_autoptr(PzApplication) application = NULL;
  /* Run from the build, the translations are not where they would be installed. */
  const char *locale_dir = g_getenv ("PERZEPTRON_LOCALE_DIR");
  int status;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = pz_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);

  /* What still runs was cancelled when its window closed. */
  pz_task_wait_all ();
  return status;
}
