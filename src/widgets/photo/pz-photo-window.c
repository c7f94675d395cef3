/* pz-photo-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "model/pz-photo-asker.h"
#include "model/pz-photo-reader.h"
#include "widgets/common/pz-file-dialog.h"
#include "widgets/photo/pz-photo-source.h"
#include "widgets/photo/pz-photo-view.h"
#include "widgets/photo/pz-photo-window.h"
#include "widgets/photo/pz-photo-words.h"
#include "widgets/photo/pz-photo-detail.h"
#include "widgets/results/pz-molecule-card.h"

/* Waiting that is shorter than this, in milliseconds, is not worth a spinner. */
#define PATIENCE 200

struct _PzPhotoWindow
{
  AdwWindow       parent_instance;

  PzProject      *project;
  PzPhotoReader  *reader;
  GSignalGroup   *reader_signals;
  guint           spinner_id;
  PzPhotoAsker   *asker;
  GSignalGroup   *asker_signals;
  const GArray   *shown;          /* the segments that the view has: compared, not looked into */

  /* From the template */
  AdwWindowTitle *title;
  GtkWidget      *place_box;
  GtkStack       *stack;
  GtkSpinner     *spinner;
  AdwStatusPage  *error_page;
  PzPhotoView    *view;
  GtkLabel       *note_label;
  GtkWidget      *read_box;
  GtkLabel       *read_label;
  PzPhotoDetail  *detail;
};

G_DEFINE_FINAL_TYPE (PzPhotoWindow, pz_photo_window, ADW_TYPE_WINDOW)

static void
on_selected (PzPhotoWindow *self)
{
  pz_photo_detail_show (self->detail, pz_project_peek_net_data (self->project),
                        pz_photo_asker_peek_segments (self->asker), pz_photo_asker_peek_answers (self->asker),
                        pz_photo_view_get_selected (self->view));
}

/* The answers, or why there are none. */
static void
on_answers_changed (PzPhotoWindow *self)
{
  const PzPhoto *photo = pz_photo_asker_peek_photo (self->asker);
  const PzPhotoAnswers *answers = pz_photo_asker_peek_answers (self->asker);
  const char *note = pz_photo_asker_get_problem (self->asker);
  const gboolean any = answers != NULL && answers->n > 0;

  if (answers != NULL)
    {
      const RecipeData *data = pz_project_peek_net_data (self->project);
      g_auto(GStrv) names = pz_photo_words_make_names (data, answers);
      g_auto(GStrv) labels = pz_photo_words_make_labels (data, answers);
      g_autofree char *text = pz_photo_words_join_answers (answers, (const char *const *) names);

      if (answers->segments != self->shown)
        pz_photo_view_set_segments (self->view, answers->segments);
      self->shown = answers->segments;
      pz_photo_view_set_answers (self->view, (const char *const *) labels, (const char *const *) names);

      /* Not while somebody marks a part of it, and it is the same. */
      if (strcmp (gtk_label_get_label (self->read_label), text) != 0)
        gtk_label_set_label (self->read_label, text);
    }
  else
    {
      if (photo != NULL && self->shown != photo->segments)
        pz_photo_view_set_segments (self->view, NULL);
      self->shown = photo != NULL ? photo->segments : NULL;
      pz_photo_view_set_answers (self->view, NULL, NULL);
      gtk_label_set_label (self->read_label, "");
    }

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
  gtk_widget_set_visible (self->read_box, any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.copy", any);
  on_selected (self);
}

static gboolean
on_patience_ended (gpointer user_data)
{
  PzPhotoWindow *self = user_data;

  self->spinner_id = 0;
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "waiting");

  return G_SOURCE_REMOVE;
}

static void
show_error (PzPhotoWindow *self,
            const char    *message)
{
  g_autofree char *escaped = g_markup_escape_text (message, -1);

  pz_photo_asker_set_photo (self->asker, NULL);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static void
show_photo (PzPhotoWindow *self,
            PzPhoto       *photo)
{
  pz_photo_view_set_photo (self->view, photo);
  self->shown = photo->segments;
  pz_photo_asker_set_photo (self->asker, photo);
  gtk_stack_set_visible_child_name (self->stack, "photo");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Which photo it is, and which others can be gone to. */
static void
update_place (PzPhotoWindow *self)
{
  const char *name = pz_photo_reader_get_name (self->reader);
  const guint n = pz_photo_reader_get_n (self->reader);
  g_autofree char *subtitle = NULL;

  if (n > 1)
    /* Translators: which photo it is of how many, and its name, the end of which may be cut off */
    subtitle = g_strdup_printf (_("%u of %u: %s"), pz_photo_reader_get_place (self->reader) + 1, n, name);
  adw_window_title_set_subtitle (self->title, subtitle != NULL ? subtitle : name);
  gtk_widget_set_visible (self->place_box, n > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.previous", pz_photo_reader_get_can_go (self->reader, -1));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.next", pz_photo_reader_get_can_go (self->reader, 1));
}

/* The photo before stays while the next one is on its way, but not for long. */
static void
on_reader_changed (PzPhotoWindow *self)
{
  update_place (self);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  if (pz_photo_reader_get_busy (self->reader))
    {
      self->spinner_id = g_timeout_add (PATIENCE, on_patience_ended, self);
      g_source_set_name_by_id (self->spinner_id, "[pz] show that a photo is being read");
      return;
    }

  gtk_spinner_stop (self->spinner);
  if (pz_photo_reader_get_problem (self->reader) != NULL)
    show_error (self, pz_photo_reader_get_problem (self->reader));
  else
    show_photo (self, pz_photo_reader_peek_photo (self->reader));
}

/* What was dropped, or pasted. */
static gboolean
on_drop (PzPhotoWindow *self,
         const GValue  *value)
{
  g_autoptr(GSList) files = NULL;

  if (G_VALUE_HOLDS (value, PZ_TYPE_IMAGE_BYTES))
    pz_photo_window_show_bytes (self, g_value_get_boxed (value), _("Image"));
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && g_value_get_boxed (value) != NULL)
    files = gdk_file_list_get_files (g_value_get_boxed (value));
  if (files != NULL)
    pz_photo_window_show_files (self, files);

  return TRUE;
}

static void
on_file_chosen (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  GSList *files = pz_photo_source_choose_finish (GTK_WIDGET (object), result);

  if (files != NULL)
    pz_photo_window_show_files (PZ_PHOTO_WINDOW (object), files);
  g_slist_free_full (files, g_object_unref);
}

static void
on_open (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  pz_photo_source_choose_async (widget, on_file_chosen, NULL);
}

static void
on_step (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  PzPhotoWindow *self = PZ_PHOTO_WINDOW (widget);

  pz_photo_reader_go (self->reader, g_str_equal (action_name, "photo.next") ? 1 : -1);
}

static void
on_pasted (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  PzPhotoWindow *self = PZ_PHOTO_WINDOW (object);
  g_autoptr(GError) error = NULL;
  g_auto(GValue) value = G_VALUE_INIT;

  if (pz_photo_source_paste_finish (GTK_WIDGET (object), result, &value, &error))
    on_drop (self, &value);
  else if (self->stack != NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_paste (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  pz_photo_source_paste_async (widget, on_pasted, NULL);
}

static void
on_copy (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          gtk_label_get_label (PZ_PHOTO_WINDOW (widget)->read_label));
}

static void
pz_photo_window_dispose (GObject *object)
{
  PzPhotoWindow *self = PZ_PHOTO_WINDOW (object);

  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_object (&self->reader_signals);
  g_clear_object (&self->reader);
  g_clear_object (&self->asker_signals);
  g_clear_object (&self->asker);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_PHOTO_WINDOW);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_photo_window_parent_class)->dispose (object);
}

static void
pz_photo_window_class_init (PzPhotoWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_photo_window_dispose;

  gtk_widget_class_install_action (widget_class, "photo.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "photo.paste", NULL, on_paste);
  gtk_widget_class_install_action (widget_class, "photo.copy", NULL, on_copy);
  gtk_widget_class_install_action (widget_class, "photo.previous", NULL, on_step);
  gtk_widget_class_install_action (widget_class, "photo.next", NULL, on_step);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "photo.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "photo.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "photo.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "photo.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "photo.copy", NULL);

  g_type_ensure (PZ_TYPE_PHOTO_DETAIL);
  g_type_ensure (PZ_TYPE_PHOTO_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/photo/pz-photo-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, place_box);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, view);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, note_label);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, read_box);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, read_label);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoWindow, detail);
  gtk_widget_class_bind_template_callback (widget_class, on_selected);
}

static void
pz_photo_window_init (PzPhotoWindow *self)
{
  GtkDropTarget *target = pz_photo_source_new_target ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->reader = pz_photo_reader_new ();
  self->reader_signals = g_signal_group_new (PZ_TYPE_PHOTO_READER);
  g_signal_group_connect_swapped (self->reader_signals, "changed", G_CALLBACK (on_reader_changed), self);
  g_signal_group_set_target (self->reader_signals, self->reader);
  update_place (self);

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  self->asker_signals = g_signal_group_new (PZ_TYPE_PHOTO_ASKER);
  g_signal_group_connect_swapped (self->asker_signals, "changed", G_CALLBACK (on_answers_changed), self);
  pz_molecule_card_close_on_escape (GTK_WINDOW (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.copy", FALSE);
}

GtkWindow *
pz_photo_window_new (PzProject *project)
{
  PzPhotoWindow *self;

  g_return_val_if_fail (PZ_IS_PROJECT (project), NULL);

  self = g_object_new (PZ_TYPE_PHOTO_WINDOW, NULL);
  self->project = g_object_ref (project);
  self->asker = pz_photo_asker_new (project);
  g_signal_group_set_target (self->asker_signals, self->asker);

  return GTK_WINDOW (self);
}

void
pz_photo_window_show_file (PzPhotoWindow *self,
                           GFile         *file)
{
  GSList list = { file, NULL };

  g_return_if_fail (G_IS_FILE (file));

  pz_photo_window_show_files (self, &list);
}

void
pz_photo_window_show_files (PzPhotoWindow *self,
                            GSList        *files)
{
  g_return_if_fail (PZ_IS_PHOTO_WINDOW (self));
  g_return_if_fail (files != NULL);

  pz_photo_reader_read_files (self->reader, files);
}

void
pz_photo_window_show_bytes (PzPhotoWindow *self,
                            GBytes        *bytes,
                            const char    *name)
{
  g_return_if_fail (PZ_IS_PHOTO_WINDOW (self));
  g_return_if_fail (bytes != NULL);

  pz_photo_reader_read_bytes (self->reader, bytes, name);
}
