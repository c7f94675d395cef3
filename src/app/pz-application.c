/* pz-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <signal.h>

#include "app/pz-application.h"
#include "app/pz-recovery.h"
#include "app/pz-window.h"
#include "model/pz-leftovers.h"
#include "widgets/photo/pz-photo-actions.h"
#include "widgets/photo/pz-photo-source.h"

/* In s: how long a person has to answer when the program was told to end, and how long what is
 * then kept may take. */
#define ANSWER_TIME 10
#define KEEP_TIME   5

struct _PzApplication
{
  AdwApplication parent_instance;

  gboolean       offered;      /* what an earlier program left */
  gboolean       ending;       /* a signal asked for it */
  gint64         deadline;     /* µs: then it ends, whatever is being kept */
};

G_DEFINE_FINAL_TYPE (PzApplication, pz_application, ADW_TYPE_APPLICATION)

/* The shortcuts window, ui/help-overlay.ui, shows the same. */
static const struct
{
  const char *action;
  const char *accels[3];
} keys[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "win.new", { "<Control>n" } },
  { "win.open", { "<Control>o" } },
  { "win.open-data", { "<Shift><Control>o" } },
  { "win.save", { "<Control>s" } },
  { "win.save-as", { "<Shift><Control>s" } },
  { "win.undo", { "<Control>z" } },
  { "win.redo", { "<Shift><Control>z", "<Control>y" } },
  { "win.train", { "<Control>t", "F5" } },
  { "win.continue", { "<Shift><Control>t" } },
  { "win.pause", { "<Control>p" } },
  { "win.stop", { "<Control>period" } },
  { "win.show-view::curves", { "<Alt>1" } },
  { "win.show-view::weights", { "<Alt>2" } },
  { "win.show-view::draw", { "<Alt>3" } },
  { "win.show-view::results", { "<Alt>4" } },
  { "window.close", { "<Control>w" } },
};

static PzWindow *
open_window (PzApplication *self)
{
  PzWindow *window = pz_window_new (ADW_APPLICATION (self));

  gtk_window_present (GTK_WINDOW (window));
  if (!self->offered)
    pz_recovery_offer (GTK_WINDOW (window), pz_window_get_project (window));
  self->offered = TRUE;

  return window;
}

static PzWindow *
get_window (PzApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  /* A window that belongs to it may be in front. */
  while (window != NULL && !PZ_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);

  return PZ_IS_WINDOW (window) ? PZ_WINDOW (window) : NULL;
}

/* Each asks what it has to ask; the program ends with the last. */
static void
close_windows (PzApplication *self)
{
  g_autoptr(GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    {
      if (PZ_IS_WINDOW (l->data))
        gtk_window_close (l->data);
    }
}

static void
on_quit (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  close_windows (user_data);
}

static void
on_preferences (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  pz_recovery_show_preferences (gtk_application_get_active_window (user_data));
}

/* --- signals that end the program --- */

/* Waits for what is kept, but not without end. */
static gboolean
on_keeping (gpointer user_data)
{
  PzApplication *self = user_data;

  if (g_get_monotonic_time () < self->deadline)
    {
      for (GList *l = gtk_application_get_windows (user_data); l != NULL; l = l->next)
        {
          if (PZ_IS_WINDOW (l->data) && !pz_recovery_is_done (pz_window_get_project (l->data)))
            return G_SOURCE_CONTINUE;
        }
    }

  g_application_quit (user_data);

  return G_SOURCE_REMOVE;
}

/* Nobody answered. */
static gboolean
on_no_answer (gpointer user_data)
{
  PzApplication *self = user_data;

  for (GList *l = gtk_application_get_windows (user_data); l != NULL; l = l->next)
    {
      if (PZ_IS_WINDOW (l->data))
        pz_recovery_keep_work (pz_window_get_project (l->data));
    }

  self->deadline = g_get_monotonic_time () + KEEP_TIME * G_TIME_SPAN_SECOND;
  g_timeout_add (20, on_keeping, self);

  return G_SOURCE_REMOVE;
}

/* As closing the windows; what is unsaved is kept at once, whatever comes. A second signal ends the
 * program as it would have without us. */
static gboolean
on_signal (PzApplication *self,
           int            number)
{
  if (self->ending)
    {
      signal (number, SIG_DFL);
      raise (number);
      return G_SOURCE_REMOVE;
    }

  self->ending = TRUE;
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      if (PZ_IS_WINDOW (l->data))
        pz_project_keep (pz_window_get_project (l->data));
    }

  g_timeout_add_seconds (ANSWER_TIME, on_no_answer, self);
  close_windows (self);

  return G_SOURCE_CONTINUE;
}

static gboolean
on_terminate (gpointer user_data)
{
  return on_signal (user_data, SIGTERM);
}

static gboolean
on_hang_up (gpointer user_data)
{
  /* A terminal that is closed says so more than once. */
  return PZ_APPLICATION (user_data)->ending ? G_SOURCE_CONTINUE : on_signal (user_data, SIGHUP);
}

static gboolean
on_interrupt (gpointer user_data)
{
  return on_signal (user_data, SIGINT);
}

static void
on_about (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", _("Perzeptron"),
                         "application-icon", APP_ID,
                         "version", PACKAGE_VERSION,
                         "comments", _("Build, train and explore multi-layer perceptrons"),
                         "license-type", GTK_LICENSE_GPL_3_0,
                         /* Translators: put the names of the translators here, one a line */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

static void
pz_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { "quit", on_quit },
    { "preferences", on_preferences },
    { "about", on_about },
  };

  G_APPLICATION_CLASS (pz_application_parent_class)->startup (application);

  pz_leftovers_clear ();

  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (application), keys[i].action, keys[i].accels);

  g_unix_signal_add (SIGTERM, on_terminate, application);
  g_unix_signal_add (SIGHUP, on_hang_up, application);
  g_unix_signal_add (SIGINT, on_interrupt, application);
}

static void
pz_application_activate (GApplication *application)
{
  PzApplication *self = PZ_APPLICATION (application);
  PzWindow *window = get_window (self);

  if (window != NULL)
    gtk_window_present (GTK_WINDOW (window));
  else
    open_window (self);
}

/* One window shows one project, so each file gets one; the first takes the
 * window that is there, which asks before it lets go of its project. Photos are
 * read by the network of the window before them, those that follow each other in one window. */
static void
pz_application_open (GApplication *application,
                     GFile       **files,
                     int           n_files,
                     const char   *hint)
{
  PzApplication *self = PZ_APPLICATION (application);
  PzWindow *window = get_window (self);
  PzWindow *last = window;

  for (int i = 0; i < n_files; i++)
    {
      g_autoptr(GSList) photos = NULL;

      if (last == NULL || !pz_photo_source_is_image (files[i]))
        {
          if (window == NULL)
            window = open_window (self);

          gtk_window_present (GTK_WINDOW (window));
          last = window;
          window = NULL;
        }

      while (i < n_files && pz_photo_source_is_image (files[i]))
        photos = g_slist_append (photos, files[i++]);
      if (photos != NULL)
        {
          pz_photo_actions_show_files (GTK_WIDGET (last), pz_window_get_project (last), photos);
          i--;
        }
      else
        {
          pz_window_open_file (last, files[i]);
        }
    }
}

static int
pz_application_handle_local_options (GApplication *application,
                                     GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("Perzeptron %s\n", PACKAGE_VERSION);
      return 0;
    }

  return -1;
}

static void
pz_application_class_init (PzApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->startup = pz_application_startup;
  application_class->activate = pz_application_activate;
  application_class->open = pz_application_open;
  application_class->handle_local_options = pz_application_handle_local_options;
}

static void
pz_application_init (PzApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "version", 'v', G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE, N_("Print the version and exit"), NULL);
  /* Translators: what can stand on the command line */
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _("[PROJECT.perz | DATA | IMAGE]"));
}

PzApplication *
pz_application_new (void)
{
  return g_object_new (PZ_TYPE_APPLICATION,
                       "application-id", APP_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
}
