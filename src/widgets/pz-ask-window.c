/* pz-ask-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "model/pz-molecule-answer.h"
#include "widgets/pz-ask-window.h"
#include "widgets/pz-file-dialog.h"
#include "widgets/pz-molecule-card.h"

struct _PzAskWindow
{
  AdwWindow       parent_instance;

  PzProject      *project;
  guint           question;      /* counts them: only the newest is answered */

  /* From the template */
  GtkTextView    *text_view;
  GtkLabel       *note_label;
  GtkStack       *stack;
  PzMoleculeCard *card;
  AdwStatusPage  *error_page;
};

G_DEFINE_FINAL_TYPE (PzAskWindow, pz_ask_window, ADW_TYPE_WINDOW)

/* Which window, if it is still there, and which of its questions. */
typedef struct
{
  GWeakRef window;
  guint    question;
} Asked;

static void
asked_free (Asked *asked)
{
  g_weak_ref_clear (&asked->window);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static Asked *
new_question (PzAskWindow *self)
{
  Asked *asked = g_new0 (Asked, 1);

  g_weak_ref_init (&asked->window, self);
  asked->question = ++self->question;

  return asked;
}

static void
show_answer (PzAskWindow      *self,
             PzMoleculeAnswer *answer)
{
  gsize n = ds_molecules_get_n (answer->molecules);

  pz_molecule_card_show (self->card, answer->molecules, 0, &answer->task, answer->h, answer->extrapolates,
                         answer->given, answer->n_targets);
  gtk_stack_set_visible_child_name (self->stack, "answer");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), n > 1);
  if (n > 1)
    {
      g_autofree char *note = g_strdup_printf (ngettext ("There is %u molecule; this is the first.",
                                                         "There are %u molecules; this is the first.", (gulong) n),
                                               (guint) n);

      gtk_label_set_label (self->note_label, note);
    }
}

/* Main thread. */
static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Asked) asked = user_data;
  g_autoptr(PzAskWindow) self = g_weak_ref_get (&asked->window);
  g_autoptr(GError) error = NULL;
  g_autoptr(PzMoleculeAnswer) answer = pz_molecule_ask_finish (PZ_PROJECT (object), result, &error);

  /* Closed meanwhile, or something newer was asked. */
  if (self == NULL || self->stack == NULL || asked->question != self->question)
    return;

  if (answer != NULL)
    {
      show_answer (self, answer);
    }
  else
    {
      g_autofree char *escaped = g_markup_escape_text (error->message, -1);

      gtk_widget_set_visible (GTK_WIDGET (self->note_label), FALSE);
      adw_status_page_set_description (self->error_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
}

static void
on_file_chosen (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  PzAskWindow *self = PZ_ASK_WINDOW (object);
  g_autoptr(GFile) file = pz_file_dialog_run_finish (GTK_WIDGET (object), result, NULL);

  if (file != NULL)
    pz_ask_window_ask_file (self, file);
}

static void
on_open (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  const PzFileType types[] = {
    { _("Molecules"), "xyz sdf mol csv" },
    { _("All Files"), NULL },
  };

  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_OPEN, _("Open a Molecule"), NULL,
                            types, G_N_ELEMENTS (types), on_file_chosen, NULL);
}

static void
on_ask (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  PzAskWindow *self = PZ_ASK_WINDOW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  g_autofree char *text = NULL;
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  pz_molecule_ask_text_async (self->project, _("the text"), text, on_answered, new_question (self));
}

static void
on_text_changed (PzAskWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ask.ask",
                                 gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->text_view)) > 0);
}

static gboolean
on_drop (PzAskWindow  *self,
         const GValue *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr(GSList) files = list != NULL ? gdk_file_list_get_files (list) : NULL;

  if (files == NULL)
    return FALSE;

  pz_ask_window_ask_file (self, files->data);

  return TRUE;
}

static void
pz_ask_window_dispose (GObject *object)
{
  PzAskWindow *self = PZ_ASK_WINDOW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_ASK_WINDOW);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_ask_window_parent_class)->dispose (object);
}

static void
pz_ask_window_class_init (PzAskWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_ask_window_dispose;

  gtk_widget_class_install_action (widget_class, "ask.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "ask.ask", NULL, on_ask);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "ask.open", NULL);

  g_type_ensure (PZ_TYPE_MOLECULE_CARD);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/perzeptron/Perzeptron/ui/pz-ask-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PzAskWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, PzAskWindow, note_label);
  gtk_widget_class_bind_template_child (widget_class, PzAskWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PzAskWindow, card);
  gtk_widget_class_bind_template_child (widget_class, PzAskWindow, error_page);
}

/* Before the text, which would take it for a new line. */
static void
add_ask_shortcut (PzAskWindow *self,
                  guint        key)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                                                          gtk_named_action_new ("ask.ask")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
pz_ask_window_init (PzAskWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));

  /* Before the text, which would take the file's name. */
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  g_signal_connect_object (gtk_text_view_get_buffer (self->text_view), "changed",
                           G_CALLBACK (on_text_changed), self, G_CONNECT_SWAPPED);
  add_ask_shortcut (self, GDK_KEY_Return);
  add_ask_shortcut (self, GDK_KEY_KP_Enter);
  pz_molecule_card_close_on_escape (GTK_WINDOW (self));
  on_text_changed (self);
}

GtkWindow *
pz_ask_window_new (PzProject *project)
{
  PzAskWindow *self;

  g_return_val_if_fail (PZ_IS_PROJECT (project), NULL);

  self = g_object_new (PZ_TYPE_ASK_WINDOW, NULL);
  self->project = g_object_ref (project);

  return GTK_WINDOW (self);
}

void
pz_ask_window_ask_file (PzAskWindow *self,
                        GFile       *file)
{
  g_return_if_fail (PZ_IS_ASK_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  pz_molecule_ask_file_async (self->project, file, on_answered, new_question (self));
}
