/* pz-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "app/pz-drop.h"
#include "app/pz-project-actions.h"
#include "app/pz-recent.h"
#include "app/pz-recovery.h"
#include "app/pz-saving.h"
#include "app/pz-session.h"
#include "app/pz-window.h"
#include "core/mlp-display.h"
#include "widgets/common/pz-file-dialog.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/common/pz-toast.h"
#include "widgets/curves/pz-curve-view.h"
#include "widgets/network/pz-weight-view.h"
#include "widgets/photo/pz-photo-actions.h"
#include "widgets/photo/pz-photo-source.h"
#include "widgets/recipe/pz-data-panel.h"
#include "widgets/recipe/pz-network-panel.h"
#include "widgets/recipe/pz-training-panel.h"
#include "widgets/results/pz-results-view.h"
#include "widgets/runs/pz-run-bar.h"
#include "widgets/try/pz-draw-view.h"

struct _PzWindow
{
  AdwApplicationWindow parent_instance;

  PzProject           *project;
  GFile               *next_file;       /* (nullable): to open once the project may be left */
  gboolean             leaving;         /* something is being asked */
  gboolean             may_close;       /* all was asked */

  /* From the template */
  AdwSplitButton      *open_button;
  AdwWindowTitle      *title;
  GtkWidget           *train_button;
  GtkWidget           *continue_button;
  GtkWidget           *pause_button;
  GtkRevealer         *message_revealer;
  GtkLabel            *message_label;
  GtkPaned            *paned;
  AdwViewStack        *stack;
  PzDataPanel         *data_panel;
  PzCurveView         *curve_view;
};

enum {
  PROP_0,
  PROP_PROJECT,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzWindow, pz_window, ADW_TYPE_APPLICATION_WINDOW)

static GParamSpec *properties[N_PROPS];

/* --- what is shown --- */

/* Stays until it is closed, or the next run begins. */
void
pz_window_show_message (PzWindow   *self,
                        const char *text)
{
  if (text != NULL && *text != '\0')
    {
      g_autofree char *shown = mlp_display_text (text, "\n");

      gtk_label_set_label (self->message_label, shown);
    }

  gtk_revealer_set_reveal_child (self->message_revealer, text != NULL && *text != '\0');
}

static void
on_message_closed (PzWindow *self)
{
  pz_window_show_message (self, NULL);
}

static void
update_title (PzWindow *self)
{
  const char *title = pz_project_get_title (self->project);
  gboolean modified = pz_project_get_modified (self->project);
  g_autofree char *marked = g_strdup_printf ("%s%s", modified ? "• " : "", title);
  g_autofree char *network = NULL;
  g_autofree char *name = NULL;

  network = recipe_describe_network (pz_project_peek_recipe (self->project),
                                     pz_project_get_n_inputs (self->project),
                                     pz_project_get_n_outputs (self->project));
  adw_window_title_set_title (self->title, marked);
  adw_window_title_set_subtitle (self->title, network);

  name = g_strdup_printf ("%s – %s", marked, _("Perzeptron"));
  gtk_window_set_title (GTK_WINDOW (self), name);
}

/* What cannot be done is insensitive, and its tooltip says why. */
static void
update_actions (PzWindow *self)
{
  PzTrainerState state = pz_trainer_get_state (pz_project_get_trainer (self->project));
  gboolean idle = state == PZ_TRAINER_IDLE;
  gboolean paused = state == PZ_TRAINER_PAUSED;
  const char *problem = pz_project_get_problem (self->project);

  pz_project_actions_update (GTK_WIDGET (self), self->project);

  gtk_widget_set_visible (self->continue_button, idle && pz_project_get_can_continue (self->project));
  gtk_button_set_icon_name (GTK_BUTTON (self->pause_button),
                            paused ? "media-playback-start-symbolic" : "media-playback-pause-symbolic");
  gtk_widget_set_tooltip_text (self->pause_button, paused ? _("Resume (Ctrl+P)") : _("Pause (Ctrl+P)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->pause_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, paused ? _("Resume") : _("Pause"),
                                  -1);

  if (!idle)
    gtk_widget_set_tooltip_text (self->train_button, _("Training in progress"));
  else if (problem != NULL)
    gtk_widget_set_tooltip_text (self->train_button, problem);
  else
    gtk_widget_set_tooltip_text (self->train_button, _("Train a New Network (Ctrl+T)"));
}

static void
on_recipe_changed (PzWindow *self)
{
  update_title (self);
  update_actions (self);
}

static void
on_train_ended (PzWindow     *self,
                MlpStopReason end,
                const char   *message)
{
  if (message != NULL)
    pz_window_show_message (self, message);
}

/* --- the project is replaced, saved, closed --- */

static void
on_opened (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(PzWindow) self = user_data;
  PzProject *project = PZ_PROJECT (object);
  g_autoptr(GError) error = NULL;

  if (pz_project_open_finish (project, result, &error))
    {
      if (pz_project_get_file (project) != NULL)
        pz_recent_add (pz_project_get_file (project));
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) && !self->may_close)
    {
      pz_saving_show_error (GTK_WINDOW (self), _("Could Not Open the Project"), error);
    }
}

/* The person agreed: a new project, the next file, or no window any more. */
static void
on_left (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  PzWindow *self = PZ_WINDOW (object);
  gboolean closes = GPOINTER_TO_INT (user_data);
  g_autoptr(GFile) file = g_steal_pointer (&self->next_file);

  self->leaving = FALSE;
  if (!pz_saving_leave_finish (GTK_WINDOW (self), result))
    return;

  if (closes)
    {
      self->may_close = TRUE;
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  pz_window_show_message (self, NULL);
  if (file != NULL)
    {
      pz_project_open_async (self->project, file, NULL, on_opened, g_object_ref (self));
    }
  else
    {
      pz_project_reset (self->project);
      pz_data_loader_load (pz_project_get_loader (self->project));
    }
}

static void
leave_project (PzWindow *self,
               GFile    *next_file,
               gboolean  closes)
{
  if (self->leaving)
    return;

  self->leaving = TRUE;
  g_set_object (&self->next_file, next_file);
  pz_saving_leave_async (GTK_WINDOW (self), self->project, on_left, GINT_TO_POINTER (closes));
}

static void
on_open_chosen (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GFile) file = pz_file_dialog_run_finish (GTK_WIDGET (object), result, NULL);

  if (file != NULL)
    pz_window_open_file (PZ_WINDOW (object), file);
}

static void
on_saved (GObject      *object,
          GAsyncResult *result,
          gpointer      user_data)
{
  PzWindow *self = PZ_WINDOW (object);
  g_autoptr(GError) error = NULL;

  if (pz_saving_save_finish (GTK_WINDOW (self), result, &error))
    pz_toast_show (GTK_WIDGET (self->stack), _("Project saved"), NULL, NULL, NULL);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    pz_saving_show_error (GTK_WINDOW (self), _("Could Not Save the Project"), error);
}

static void
on_new (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  leave_project (PZ_WINDOW (widget), NULL, FALSE);
}

static void
on_open (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  const PzFileType types[] = {
    { _("Perzeptron Projects"), "perz" },
    { _("All Files"), NULL },
  };

  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_OPEN, _("Open Project"), NULL,
                            types, G_N_ELEMENTS (types), on_open_chosen, NULL);
}

static void
on_show_message (GtkWidget  *widget,
                 const char *action_name,
                 GVariant   *parameter)
{
  pz_window_show_message (PZ_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_open_file (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  g_autoptr(GFile) file = g_file_new_for_uri (g_variant_get_string (parameter, NULL));

  pz_window_open_file (PZ_WINDOW (widget), file);
}

static void
on_open_data (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  gtk_widget_activate_action (GTK_WIDGET (PZ_WINDOW (widget)->data_panel),
                              g_str_has_suffix (name, "-folder") ? "data.open-folder" : "data.open-file",
                              NULL);
}

static void
on_save (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  PzWindow *self = PZ_WINDOW (widget);

  if (pz_number_row_commit_focus (GTK_ROOT (self)))
    pz_saving_save_async (GTK_WINDOW (self), self->project,
                          g_str_has_suffix (name, "-as"), on_saved, NULL);
}

static void
on_show_view (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  adw_view_stack_set_visible_child_name (PZ_WINDOW (widget)->stack, g_variant_get_string (parameter, NULL));
}

static gboolean
pz_window_close_request (GtkWindow *window)
{
  PzWindow *self = PZ_WINDOW (window);

  if (!self->may_close
      && (pz_trainer_get_busy (pz_project_get_trainer (self->project)) || pz_project_get_modified (self->project)))
    {
      leave_project (self, NULL, TRUE);
      return GDK_EVENT_STOP;
    }

  self->may_close = TRUE;
  pz_saving_close_dialogs (window);
  pz_session_keep (window, self->paned, self->stack);
  pz_project_discard_checkpoint (self->project);
  pz_project_shut_down (self->project);

  return GTK_WINDOW_CLASS (pz_window_parent_class)->close_request (window);
}

static void
pz_window_dispose (GObject *object)
{
  PzWindow *self = PZ_WINDOW (object);

  if (self->project != NULL)
    pz_project_shut_down (self->project);

  g_clear_object (&self->next_file);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_WINDOW);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_window_parent_class)->dispose (object);
}

static void
pz_window_get_property (GObject    *object,
                        guint       prop_id,
                        GValue     *value,
                        GParamSpec *pspec)
{
  PzWindow *self = PZ_WINDOW (object);

  switch (prop_id)
    {
    case PROP_PROJECT:
      g_value_set_object (value, self->project);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_window_class_init (PzWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GtkWindowClass *window_class = GTK_WINDOW_CLASS (klass);

  object_class->dispose = pz_window_dispose;
  object_class->get_property = pz_window_get_property;

  window_class->close_request = pz_window_close_request;

  properties[PROP_PROJECT] =
    g_param_spec_object ("project", NULL, NULL,
                         PZ_TYPE_PROJECT,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "win.new", NULL, on_new);
  gtk_widget_class_install_action (widget_class, "win.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "win.open-file", "s", on_open_file);
  gtk_widget_class_install_action (widget_class, "win.show-message", "s", on_show_message);
  gtk_widget_class_install_action (widget_class, "win.open-data", NULL, on_open_data);
  gtk_widget_class_install_action (widget_class, "win.open-data-folder", NULL, on_open_data);
  gtk_widget_class_install_action (widget_class, "win.save", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "win.save-as", NULL, on_save);
  gtk_widget_class_install_action (widget_class, "win.show-view", "s", on_show_view);
  pz_project_actions_install (widget_class);

  g_type_ensure (PZ_TYPE_CURVE_VIEW);
  g_type_ensure (PZ_TYPE_DATA_PANEL);
  g_type_ensure (PZ_TYPE_DRAW_VIEW);
  g_type_ensure (PZ_TYPE_NETWORK_PANEL);
  g_type_ensure (PZ_TYPE_RESULTS_VIEW);
  g_type_ensure (PZ_TYPE_RUN_BAR);
  g_type_ensure (PZ_TYPE_TRAINING_PANEL);
  g_type_ensure (PZ_TYPE_WEIGHT_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/pz-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PzWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, train_button);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, continue_button);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, pause_button);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, message_revealer);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, paned);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, data_panel);
  gtk_widget_class_bind_template_child (widget_class, PzWindow, curve_view);
  gtk_widget_class_bind_template_callback (widget_class, on_message_closed);
}

static void
watch_project (PzWindow *self)
{
  static const char *const titles[] = { "notify::title", "notify::modified", "notify::dataset" };
  static const char *const states[] = {
    "notify::can-train", "notify::can-continue", "notify::can-undo", "notify::can-redo", "notify::problem",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (titles); i++)
    g_signal_connect_object (self->project, titles[i], G_CALLBACK (update_title), self, G_CONNECT_SWAPPED);

  for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
    g_signal_connect_object (self->project, states[i], G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (self->project, "recipe-changed",
                           G_CALLBACK (on_recipe_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->project, "train-ended",
                           G_CALLBACK (on_train_ended), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pz_project_get_trainer (self->project), "notify::state",
                           G_CALLBACK (update_actions), self, G_CONNECT_SWAPPED);
}

static void
pz_window_init (PzWindow *self)
{
  g_autoptr(GMenuModel) recent = NULL;
  GMenuModel *open_menu;

  /* The template's lookups want it. */
  self->project = pz_project_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  recent = pz_recent_create_menu ();
  open_menu = adw_split_button_get_menu_model (self->open_button);
  g_menu_prepend_section (G_MENU (open_menu), NULL, recent);

  pz_drop_accept (GTK_WIDGET (self), self->project);

  pz_session_restore (GTK_WINDOW (self), self->paned, self->stack);
  pz_session_watch (self->project);
  watch_project (self);
  update_title (self);
  update_actions (self);

  pz_data_loader_load (pz_project_get_loader (self->project));
}

PzWindow *
pz_window_new (AdwApplication *application)
{
  PzWindow *self;

  g_return_val_if_fail (ADW_IS_APPLICATION (application), NULL);

  self = g_object_new (PZ_TYPE_WINDOW,
                       "application", application,
                       NULL);
  pz_recovery_watch (GTK_WINDOW (self), self->project);

  return self;
}

PzProject *
pz_window_get_project (PzWindow *self)
{
  g_return_val_if_fail (PZ_IS_WINDOW (self), NULL);

  return self->project;
}

void
pz_window_open_file (PzWindow *self,
                     GFile    *file)
{
  g_autofree char *name = NULL;

  g_return_if_fail (PZ_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  name = g_file_get_basename (file);
  if (g_str_has_suffix (name, ".perz"))
    leave_project (self, file, FALSE);
  else if (pz_photo_source_is_image (file))
    pz_photo_actions_show_file (GTK_WIDGET (self), self->project, file);
  else if (g_file_peek_path (file) != NULL)
    pz_data_panel_use (self->data_panel, g_file_peek_path (file));
}
