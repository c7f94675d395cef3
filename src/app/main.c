/* main.c: the window program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

#include "app/pz-application.h"
#include "image/image-read.h"
#include "model/pz-task.h"

/* For threads that were cancelled, at the end of the program. */
#define MAX_WAIT (3 * G_TIME_SPAN_SECOND / 2)

/* Without a graphics card OpenGL is worked out by the processors that are to train:
 * the window then opens in seconds and takes half as much memory again. Cairo draws the
 * same there. Whoever sets GSK_RENDERER decides.
 */
static void
choose_renderer (void)
{
#ifdef __linux__
  static const char *const cards[] = { "/dev/dri", "/dev/nvidiactl", "/dev/dxg" };

  for (gsize i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      if (g_file_test (cards[i], G_FILE_TEST_EXISTS))
        return;
    }

  g_setenv ("GSK_RENDERER", "cairo", FALSE);
#endif
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(PzApplication) application = NULL;
  /* Run from the build, the translations are not where they would be installed. */
  const char *locale_dir = g_getenv ("PERZEPTRON_LOCALE_DIR");
  int status;

  image_read_init (argc, argv);

  /* There are no threads yet. */
  choose_renderer ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_dir != NULL ? locale_dir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = pz_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, argv);

  /* What still runs was cancelled when its window closed. Without it what exit() does would
   * pull the ground from under a thread that is left behind. */
  if (pz_task_wait (MAX_WAIT) > 0)
    {
      g_settings_sync ();
      fflush (NULL);
      _exit (status);
    }

  return status;
}
