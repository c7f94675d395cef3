/* pz-molecule-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "model/pz-latest.h"
#include "model/pz-molecule-answer.h"
#include "molecules/mol-report.h"
#include "widgets/common/pz-file-dialog.h"
#include "widgets/results/pz-molecule-card.h"
#include "widgets/results/pz-molecule-window.h"

struct _PzMoleculeWindow
{
  AdwWindow       parent_instance;

  PzProject      *project;
  PzLatest       *latest;
  GPtrArray      *answers;       /* of PzMoleculeAnswer */
  GString        *problems;      /* what could not be read, a line each */
  guint           n_problems;
  gsize           place;         /* which molecule of all answers is shown */

  /* From the template */
  GtkTextView    *text_view;
  GtkStack       *stack;
  PzMoleculeCard *card;
  GtkWidget      *place_box;
  GtkLabel       *place_label;
  GtkWidget      *problem_box;
  GtkLabel       *problem_title;
  GtkLabel       *problem_label;
  AdwStatusPage  *error_page;
};

G_DEFINE_FINAL_TYPE (PzMoleculeWindow, pz_molecule_window, ADW_TYPE_WINDOW)

/* A text, or files, and what came of them. */
typedef struct
{
  MlpNet     *net;             /* (nullable) */
  RecipeData  data;
  char       *text;            /* (nullable) */
  const char *text_name;
  GPtrArray  *files;           /* of GFile */

  GPtrArray  *answers;         /* of PzMoleculeAnswer */
  GString    *problems;        /* what could not be read, a line each */
  guint       n_problems;
} Question;

static Question *
question_new (PzMoleculeWindow *self)
{
  const MlpNet *net = pz_project_peek_net (self->project);
  Question *question = g_new0 (Question, 1);

  question->net = net != NULL ? mlp_net_copy (net) : NULL;
  recipe_data_copy (pz_project_peek_net_data (self->project), &question->data);
  question->text_name = _("the text");
  question->files = g_ptr_array_new_with_free_func (g_object_unref);
  question->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) pz_molecule_answer_free);
  question->problems = g_string_new (NULL);

  return question;
}

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->net, mlp_net_free);
  recipe_data_clear (&question->data);
  g_free (question->text);
  g_ptr_array_unref (question->files);
  g_ptr_array_unref (question->answers);
  g_string_free (question->problems, TRUE);
  g_free (question);
}

static void
add_problem (Question   *question,
             const char *text)
{
  /* What is wrong with each file is said once: that there is no network. */
  if (g_str_equal (question->problems->str, text))
    return;

  g_string_append_printf (question->problems, "%s%s", question->problems->len > 0 ? "\n" : "", text);
  question->n_problems++;
}

static void
add_unreadable (Question            *question,
                const MolUnreadable *unreadable)
{
  g_autofree char *text = NULL;

  if (unreadable->line > 0)
    text = g_strdup_printf (_("“%s”, line %u: %s"), unreadable->name, unreadable->line, unreadable->reason);
  else
    text = g_strdup_printf ("“%s”: %s", unreadable->name, unreadable->reason);
  add_problem (question, text);
}

/* @answer: (transfer full) (nullable) */
static void
add_answer (Question         *question,
            PzMoleculeAnswer *answer,
            const GError     *error)
{
  g_autofree char *problem = mlp_display_error (error);

  if (answer == NULL)
    {
      add_problem (question, problem);
      return;
    }

  for (gsize i = 0; i < answer->list->n_unreadable; i++)
    add_unreadable (question, &answer->list->unreadable[i]);
  if (answer->list->error != NULL)
    {
      g_autofree char *rest = mlp_display_error (answer->list->error);

      add_problem (question, rest);
    }
  g_ptr_array_add (question->answers, answer);
}

/* Worker thread. */
static gboolean
answer_question (gpointer      data,
                 GCancellable *cancellable,
                 GError      **error)
{
  Question *question = data;
  PzMoleculeAnswer *answer;

  if (question->text != NULL)
    {
      g_autoptr(GError) problem = NULL;

      answer = pz_molecule_answer_from_text (question->net, &question->data, question->text_name, question->text,
                                             &problem);
      add_answer (question, answer, problem);
    }

  for (guint i = 0; i < question->files->len && !g_cancellable_is_cancelled (cancellable); i++)
    {
      g_autoptr(GError) problem = NULL;

      answer = pz_molecule_answer_from_file (question->net, &question->data, g_ptr_array_index (question->files, i),
                                             &problem);
      add_answer (question, answer, problem);
    }

  return TRUE;
}

static gsize
count_molecules (PzMoleculeWindow *self)
{
  gsize n = 0;

  for (guint i = 0; i < self->answers->len; i++)
    n += ((const PzMoleculeAnswer *) g_ptr_array_index (self->answers, i))->list->n;

  return n;
}

/* The molecule at the place, and which it is. */
static void
update_molecule (PzMoleculeWindow *self)
{
  const gsize n = count_molecules (self);
  const PzMoleculeAnswer *answer = NULL;
  g_autofree char *origin = NULL;
  g_autofree char *text = NULL;
  gsize i = self->place;

  for (guint k = 0; k < self->answers->len; k++)
    {
      answer = g_ptr_array_index (self->answers, k);
      if (i < answer->list->n)
        break;
      i -= answer->list->n;
    }

  pz_molecule_card_show (self->card, answer->list->molecules, answer->list->items[i], &answer->task,
                         answer->h + i * answer->n_targets, answer->extrapolates + i * answer->n_targets,
                         answer->given + i * answer->n_targets, answer->n_targets);

  origin = mol_report_describe_origin (&answer->list->origins[i]);
  /* Translators: a molecule's file or row, and which one it is of how many */
  text = g_strdup_printf (_("%s (%zu of %zu)"), origin, self->place + 1, n);
  gtk_label_set_label (self->place_label, text);
  gtk_widget_set_visible (self->place_box, n > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ask.previous", self->place > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ask.next", self->place + 1 < n);
  gtk_stack_set_visible_child_name (self->stack, "answer");
}

/* Beside the answers; or instead of them, where there are none. */
static void
update_problems (PzMoleculeWindow *self)
{
  const gboolean alone = self->answers->len == 0;
  g_autofree char *title = g_strdup_printf (ngettext ("%u molecule could not be read", "%u molecules could not be read",
                                                      self->n_problems), self->n_problems);

  gtk_label_set_label (self->problem_title, title);
  gtk_label_set_label (self->problem_label, self->problems->str);
  gtk_widget_set_visible (self->problem_box, self->n_problems > 0 && !alone);
  if (alone && self->n_problems > 0)
    {
      g_autofree char *escaped = g_markup_escape_text (self->problems->str, -1);

      gtk_widget_set_visible (self->place_box, FALSE);
      adw_status_page_set_description (self->error_page, escaped);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
}

/* Main thread. */
static void
on_answered (gpointer      data,
             const GError *error,
             gpointer      owner)
{
  Question *question = data;
  PzMoleculeWindow *self = owner;

  if (error != NULL)
    add_answer (question, NULL, error);

  g_ptr_array_unref (self->answers);
  self->answers = g_ptr_array_ref (question->answers);
  g_string_assign (self->problems, question->problems->str);
  self->n_problems = question->n_problems;
  self->place = 0;

  if (self->answers->len > 0)
    update_molecule (self);
  update_problems (self);
}

/* @question: (transfer full) */
static void
ask_question (PzMoleculeWindow *self,
              Question         *question)
{
  pz_latest_submit (self->latest, answer_question, question, question_free, on_answered);
}

static void
on_step (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  PzMoleculeWindow *self = PZ_MOLECULE_WINDOW (widget);

  if (g_str_equal (action_name, "ask.next") && self->place + 1 < count_molecules (self))
    self->place++;
  else if (g_str_equal (action_name, "ask.previous") && self->place > 0)
    self->place--;
  else
    return;

  update_molecule (self);
}

static void
on_file_chosen (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  PzMoleculeWindow *self = PZ_MOLECULE_WINDOW (object);
  g_autoptr(GListModel) model = pz_file_dialog_run_finish_several (GTK_WIDGET (object), result, NULL);
  GSList *files = NULL;

  for (guint i = model != NULL ? g_list_model_get_n_items (model) : 0; i > 0; i--)
    files = g_slist_prepend (files, g_list_model_get_item (model, i - 1));
  if (files != NULL)
    pz_molecule_window_ask_files (self, files);
  g_slist_free_full (files, g_object_unref);
}

static void
on_open (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  const PzFileType types[] = {
    { _("Molecules"), "xyz sdf mol csv tsv txt gz bz2 xz zip tar" },
    { _("All Files"), NULL },
  };

  pz_file_dialog_run_async (widget, PZ_FILE_DIALOG_OPEN_SEVERAL, _("Open Molecules"), NULL,
                            types, G_N_ELEMENTS (types), on_file_chosen, NULL);
}

static void
on_ask (GtkWidget  *widget,
        const char *action_name,
        GVariant   *parameter)
{
  PzMoleculeWindow *self = PZ_MOLECULE_WINDOW (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  Question *question = question_new (self);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  question->text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  ask_question (self, question);
}

static void
on_text_changed (PzMoleculeWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "ask.ask",
                                 gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->text_view)) > 0);
}

static gboolean
on_drop (PzMoleculeWindow *self,
         const GValue     *value)
{
  GdkFileList *list = g_value_get_boxed (value);
  g_autoptr(GSList) files = list != NULL ? gdk_file_list_get_files (list) : NULL;

  if (files == NULL)
    return FALSE;

  pz_molecule_window_ask_files (self, files);

  return TRUE;
}

static void
pz_molecule_window_dispose (GObject *object)
{
  PzMoleculeWindow *self = PZ_MOLECULE_WINDOW (object);

  g_clear_pointer (&self->latest, pz_latest_free);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_MOLECULE_WINDOW);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  if (self->problems != NULL)
    g_string_free (self->problems, TRUE);
  self->problems = NULL;
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_molecule_window_parent_class)->dispose (object);
}

static void
pz_molecule_window_class_init (PzMoleculeWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_molecule_window_dispose;

  gtk_widget_class_install_action (widget_class, "ask.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "ask.ask", NULL, on_ask);
  gtk_widget_class_install_action (widget_class, "ask.previous", NULL, on_step);
  gtk_widget_class_install_action (widget_class, "ask.next", NULL, on_step);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, GDK_ALT_MASK, "ask.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, GDK_ALT_MASK, "ask.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "ask.open", NULL);

  g_type_ensure (PZ_TYPE_MOLECULE_CARD);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/results/pz-molecule-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, place_box);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, place_label);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, problem_box);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, problem_title);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, card);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeWindow, error_page);
}

/* Before the text, which would take it for a new line. */
static void
add_ask_shortcut (PzMoleculeWindow *self,
                  guint             key)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (key, GDK_CONTROL_MASK),
                                                          gtk_named_action_new ("ask.ask")));
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
pz_molecule_window_init (PzMoleculeWindow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  gtk_widget_init_template (GTK_WIDGET (self));
  self->latest = pz_latest_new (PZ_LATEST_URGENT | PZ_LATEST_AT_ONCE, self);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) pz_molecule_answer_free);
  self->problems = g_string_new (NULL);

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
pz_molecule_window_new (PzProject *project)
{
  PzMoleculeWindow *self;

  g_return_val_if_fail (PZ_IS_PROJECT (project), NULL);

  self = g_object_new (PZ_TYPE_MOLECULE_WINDOW, NULL);
  self->project = g_object_ref (project);

  return GTK_WINDOW (self);
}

void
pz_molecule_window_ask_files (PzMoleculeWindow *self,
                              GSList           *files)
{
  Question *question;

  g_return_if_fail (PZ_IS_MOLECULE_WINDOW (self));
  g_return_if_fail (files != NULL);

  question = question_new (self);
  for (; files != NULL; files = files->next)
    g_ptr_array_add (question->files, g_object_ref (files->data));
  ask_question (self, question);
}
