/* pz-picture-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/mlp-display.h"
#include "draw/draw-bars.h"
#include "draw/draw-sketch.h"
#include "model/pz-sheet.h"
#include "widgets/pz-file-dialog.h"
#include "widgets/pz-molecule-card.h"
#include "widgets/pz-picture-source.h"
#include "widgets/pz-picture-window.h"
#include "widgets/pz-sheet-view.h"
#include "widgets/pz-theme.h"

/* Waiting that is shorter than this, in milliseconds, is not worth a spinner. */
#define PATIENCE 200

/* Of the selected digit, the most likely classes. */
#define MAX_BARS 5

struct _PzPictureWindow
{
  AdwWindow       parent_instance;

  PzProject      *project;
  GCancellable   *reading;        /* (nullable): of the picture that is being read */
  guint           spinner_id;
  PzSheet        *sheet;          /* (nullable) */
  PzSheetAnswers *answers;        /* (nullable): of the sheet's segments */
  gboolean        asking;
  gboolean        again;          /* the network or the sheet is newer than the question */

  /* From the template */
  AdwWindowTitle *title;
  GtkStack       *stack;
  GtkSpinner     *spinner;
  AdwStatusPage  *error_page;
  PzSheetView    *view;
  GtkLabel       *note_label;
  GtkWidget      *read_box;
  GtkLabel       *read_label;
  GtkWidget      *detail_box;
  GtkDrawingArea *frame_area;
  GtkDrawingArea *bars_area;
};

G_DEFINE_FINAL_TYPE (PzPictureWindow, pz_picture_window, ADW_TYPE_WINDOW)

/* What is under way does not keep the window: closed, it is gone, and with it what it
 * waited for. A window that outlived its parent would still want to tell it.
 */
typedef struct
{
  GWeakRef window;
  PzSheet *sheet;       /* (nullable): that is asked about */
} Asked;

static Asked *
asked_new (PzPictureWindow *window,
           PzSheet         *sheet)
{
  Asked *asked = g_new0 (Asked, 1);

  g_weak_ref_init (&asked->window, window);
  asked->sheet = sheet != NULL ? pz_sheet_ref (sheet) : NULL;

  return asked;
}

static void
asked_free (Asked *asked)
{
  g_weak_ref_clear (&asked->window);
  g_clear_pointer (&asked->sheet, pz_sheet_unref);
  g_free (asked);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asked, asked_free)

static void ask (PzPictureWindow *self);

/* By the name that the network's data had for it. (transfer full) */
static char *
dup_class_name (PzPictureWindow *self,
                gsize            i)
{
  const RecipeData *data = pz_project_peek_net_data (self->project);

  if (data->class_names != NULL && i < g_strv_length (data->class_names))
    return g_strdup (*data->class_names[i] != '\0' ? _(data->class_names[i]) : "");

  return g_strdup_printf ("%" G_GSIZE_FORMAT, i);
}

/* (transfer full): the answers as they are read, a line a line */
static char *
join_answers (PzPictureWindow   *self,
              const char *const *names)
{
  GString *text = g_string_new (NULL);
  gboolean short_names = TRUE;

  for (gsize i = 0; names[i] != NULL; i++)
    short_names = short_names && g_utf8_strlen (names[i], -1) <= 2;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (i > 0 && g_array_index (self->sheet->segments, DsSegment, i).line
          != g_array_index (self->sheet->segments, DsSegment, i - 1).line)
        g_string_append_c (text, '\n');
      else if (i > 0)
        g_string_append (text, short_names ? " " : ", ");
      g_string_append (text, names[i]);
    }

  return g_string_free (text, FALSE);
}

/* The classes of the selected digit, the likeliest first. Returns how many. */
static gsize
find_best (PzPictureWindow *self,
           gsize           *classes)
{
  const int selected = pz_sheet_view_get_selected (self->view);
  const float *shares;
  gsize n;

  if (self->answers == NULL || selected < 0)
    return 0;

  shares = self->answers->shares + (gsize) selected * self->answers->n_classes;
  for (n = 0; n < MIN (MAX_BARS, self->answers->n_classes); n++)
    {
      gsize best = G_MAXSIZE;

      for (gsize k = 0; k < self->answers->n_classes; k++)
        {
          gboolean taken = FALSE;

          for (gsize i = 0; i < n; i++)
            taken = taken || classes[i] == k;
          if (!taken && (best == G_MAXSIZE || shares[k] > shares[best]))
            best = k;
        }
      classes[n] = best;
    }

  return n;
}

static void
draw_bars_area (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  PzPictureWindow *self = user_data;
  g_auto(GStrv) names = g_new0 (char *, MAX_BARS + 1);
  float values[MAX_BARS];
  gsize classes[MAX_BARS];
  DrawBars bars = { .values = values, .labels = (const char *const *) names, .chosen = 0 };
  DrawTheme theme;

  bars.n_bars = find_best (self, classes);
  for (gsize i = 0; i < bars.n_bars; i++)
    {
      names[i] = dup_class_name (self, classes[i]);
      values[i] = self->answers->shares[(gsize) pz_sheet_view_get_selected (self->view) * self->answers->n_classes + classes[i]];
    }

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_bars (cr, &theme, width, height, &bars);
}

static void
draw_frame_area (GtkDrawingArea *area,
                 cairo_t        *cr,
                 int             width,
                 int             height,
                 gpointer        user_data)
{
  PzPictureWindow *self = user_data;
  const int selected = pz_sheet_view_get_selected (self->view);
  DrawTheme theme;

  if (self->sheet == NULL || selected < 0)
    return;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_sketch_picture (cr, &theme, 0, 0, width, height,
                       g_array_index (self->sheet->segments, DsSegment, (guint) selected).frame,
                       DS_DIGIT_SIDE, DS_DIGIT_SIDE);
}

/* What a screen reader says of the bars. */
static void
on_selected (PzPictureWindow *self)
{
  g_autoptr(GString) words = g_string_new (NULL);
  gsize classes[MAX_BARS];
  gsize n = find_best (self, classes);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = dup_class_name (self, classes[i]);
      float share = self->answers->shares[(gsize) pz_sheet_view_get_selected (self->view) * self->answers->n_classes + classes[i]];

      if (i > 0)
        g_string_append (words, ", ");
      /* Translators: a class and its share: "7: 98 %" */
      g_string_append_printf (words, _("%s: %.0f %%"), name, 100.0 * (double) share);
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars_area),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, n > 0 ? words->str : _("No answer yet"),
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self->frame_area));
  gtk_widget_queue_draw (GTK_WIDGET (self->bars_area));
}

/* @note: (nullable): why there are no answers */
static void
show_answers (PzPictureWindow *self,
              const char      *note)
{
  const gboolean has_digits = self->sheet != NULL && self->sheet->segments->len > 0;
  const gsize n = self->answers != NULL ? self->answers->n : 0;

  if (self->answers != NULL)
    {
      g_auto(GStrv) names = g_new0 (char *, n + 1);
      g_auto(GStrv) labels = g_new0 (char *, n + 1);
      g_autofree char *text = NULL;

      for (gsize i = 0; i < n; i++)
        {
          const float share = self->answers->shares[i * self->answers->n_classes + self->answers->best[i]];

          names[i] = dup_class_name (self, self->answers->best[i]);
          /* Translators: beside a digit on a picture, the answer and its share: "7  98 %" */
          labels[i] = g_strdup_printf (_("%s  %.0f %%"), names[i], 100.0 * (double) share);
        }
      text = join_answers (self, (const char *const *) names);
      pz_sheet_view_set_answers (self->view, (const char *const *) labels, (const char *const *) names);

      /* Not while somebody marks a part of it, and it is the same. */
      if (strcmp (gtk_label_get_label (self->read_label), text) != 0)
        gtk_label_set_label (self->read_label, text);
    }
  else
    {
      pz_sheet_view_set_answers (self->view, NULL, NULL);
      gtk_label_set_label (self->read_label, "");
    }

  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
  gtk_widget_set_visible (self->read_box, n > 0);
  gtk_widget_set_visible (self->detail_box, has_digits);
  gtk_widget_set_visible (GTK_WIDGET (self->bars_area), n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.copy", n > 0);
  on_selected (self);
}

/* --- asking --- */

/* Main thread. */
static void
on_answered (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(Asked) asked = user_data;
  g_autoptr(PzPictureWindow) self = g_weak_ref_get (&asked->window);
  g_autoptr(GError) error = NULL;
  g_autoptr(PzSheetAnswers) answers = pz_sheet_ask_finish (PZ_PROJECT (object), result, &error);

  if (self == NULL)
    return;

  self->asking = FALSE;
  if (asked->sheet == self->sheet)
    {
      g_clear_pointer (&self->answers, pz_sheet_answers_free);
      self->answers = g_steal_pointer (&answers);
      show_answers (self, error != NULL ? error->message : NULL);
    }
  if (self->again)
    ask (self);
}

static void
ask (PzPictureWindow *self)
{
  self->again = self->asking;
  if (self->asking || self->sheet == NULL || self->sheet->segments->len == 0)
    return;

  self->asking = TRUE;
  pz_sheet_ask_async (self->project, self->sheet, NULL, on_answered, asked_new (self, self->sheet));
}

/* --- reading --- */

static gboolean
on_patience_ended (gpointer user_data)
{
  PzPictureWindow *self = user_data;

  self->spinner_id = 0;
  gtk_spinner_start (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "waiting");

  return G_SOURCE_REMOVE;
}

static void
end_reading (PzPictureWindow *self)
{
  g_clear_handle_id (&self->spinner_id, g_source_remove);
  g_clear_object (&self->reading);
  if (self->spinner != NULL)
    gtk_spinner_stop (self->spinner);
}

static void
show_error (PzPictureWindow *self,
            const char      *message)
{
  g_autofree char *shown = mlp_display_text (message, NULL);
  g_autofree char *escaped = g_markup_escape_text (shown, -1);

  adw_status_page_set_description (self->error_page, escaped);
  gtk_stack_set_visible_child_name (self->stack, "error");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.copy", FALSE);
}

/* Main thread. */
static void
on_read (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr(Asked) asked = user_data;
  g_autoptr(PzPictureWindow) self = g_weak_ref_get (&asked->window);
  g_autoptr(GError) error = NULL;
  g_autoptr(PzSheet) sheet = pz_sheet_read_finish (result, &error);

  /* Closed meanwhile, or another picture is wanted by now. */
  if (self == NULL || g_task_get_cancellable (G_TASK (result)) != self->reading)
    return;

  end_reading (self);
  if (sheet == NULL)
    {
      show_error (self, error->message);
      return;
    }

  g_clear_pointer (&self->answers, pz_sheet_answers_free);
  g_clear_pointer (&self->sheet, pz_sheet_unref);
  self->sheet = g_steal_pointer (&sheet);
  adw_window_title_set_subtitle (self->title, self->sheet->name);
  pz_sheet_view_set_sheet (self->view, self->sheet);
  show_answers (self, self->sheet->segments->len == 0 ? _("There is no ink on this picture to be read.") : NULL);
  gtk_stack_set_visible_child_name (self->stack, "picture");
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  ask (self);
}

/* The picture before it is not waited for any more. */
static GCancellable *
begin_reading (PzPictureWindow *self)
{
  g_cancellable_cancel (self->reading);
  end_reading (self);
  self->reading = g_cancellable_new ();
  self->spinner_id = g_timeout_add (PATIENCE, on_patience_ended, self);
  g_source_set_name_by_id (self->spinner_id, "[pz] show that a picture is being read");

  return self->reading;
}

/* --- actions --- */

static void
show_value (PzPictureWindow *self,
            const GValue    *value)
{
  if (G_VALUE_HOLDS (value, PZ_TYPE_PICTURE))
    {
      pz_picture_window_show_bytes (self, g_value_get_boxed (value), _("Picture"));
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST) && g_value_get_boxed (value) != NULL)
    {
      g_autoptr(GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      if (files != NULL)
        pz_picture_window_show_file (self, files->data);
    }
}

static void
on_file_chosen (GObject      *object,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr(GFile) file = pz_file_dialog_run_finish (GTK_WIDGET (object), result, NULL);

  if (file != NULL)
    pz_picture_window_show_file (PZ_PICTURE_WINDOW (object), file);
}

static void
on_open (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  pz_picture_source_choose_async (widget, on_file_chosen, NULL);
}

static void
on_pasted (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  PzPictureWindow *self = PZ_PICTURE_WINDOW (object);
  g_autoptr(GError) error = NULL;
  g_auto(GValue) value = G_VALUE_INIT;

  if (pz_picture_source_paste_finish (GTK_WIDGET (object), result, &value, &error))
    show_value (self, &value);
  else if (self->stack != NULL)
    gtk_widget_error_bell (GTK_WIDGET (self));
}

static void
on_paste (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  pz_picture_source_paste_async (widget, on_pasted, NULL);
}

static void
on_copy (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget),
                          gtk_label_get_label (PZ_PICTURE_WINDOW (widget)->read_label));
}

static gboolean
on_drop (PzPictureWindow *self,
         const GValue    *value)
{
  show_value (self, value);

  return TRUE;
}

static void
pz_picture_window_dispose (GObject *object)
{
  PzPictureWindow *self = PZ_PICTURE_WINDOW (object);

  g_cancellable_cancel (self->reading);
  end_reading (self);
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (self->project, self);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_PICTURE_WINDOW);
  g_clear_pointer (&self->answers, pz_sheet_answers_free);
  g_clear_pointer (&self->sheet, pz_sheet_unref);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (pz_picture_window_parent_class)->dispose (object);
}

static void
pz_picture_window_class_init (PzPictureWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_picture_window_dispose;

  gtk_widget_class_install_action (widget_class, "picture.open", NULL, on_open);
  gtk_widget_class_install_action (widget_class, "picture.paste", NULL, on_paste);
  gtk_widget_class_install_action (widget_class, "picture.copy", NULL, on_copy);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "picture.open", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "picture.paste", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, "picture.copy", NULL);

  g_type_ensure (PZ_TYPE_SHEET_VIEW);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/perzeptron/Perzeptron/ui/pz-picture-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, title);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, error_page);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, view);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, note_label);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, read_box);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, read_label);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, detail_box);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, frame_area);
  gtk_widget_class_bind_template_child (widget_class, PzPictureWindow, bars_area);
}

static void
pz_picture_window_init (PzPictureWindow *self)
{
  GtkDropTarget *target = pz_picture_source_new_target ();

  gtk_widget_init_template (GTK_WIDGET (self));

  g_signal_connect_swapped (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));

  gtk_drawing_area_set_draw_func (self->frame_area, draw_frame_area, self, NULL);
  gtk_drawing_area_set_draw_func (self->bars_area, draw_bars_area, self, NULL);
  g_signal_connect_object (self->view, "notify::selected", G_CALLBACK (on_selected), self, G_CONNECT_SWAPPED);
  pz_molecule_card_close_on_escape (GTK_WINDOW (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "picture.copy", FALSE);
}

GtkWindow *
pz_picture_window_new (PzProject *project)
{
  PzPictureWindow *self;

  g_return_val_if_fail (PZ_IS_PROJECT (project), NULL);

  self = g_object_new (PZ_TYPE_PICTURE_WINDOW, NULL);
  self->project = g_object_ref (project);
  g_signal_connect_object (project, "net-changed", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);

  return GTK_WINDOW (self);
}

void
pz_picture_window_show_file (PzPictureWindow *self,
                             GFile           *file)
{
  g_return_if_fail (PZ_IS_PICTURE_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  pz_sheet_read_file_async (file, begin_reading (self), on_read, asked_new (self, NULL));
}

void
pz_picture_window_show_bytes (PzPictureWindow *self,
                              GBytes          *bytes,
                              const char      *name)
{
  g_return_if_fail (PZ_IS_PICTURE_WINDOW (self));
  g_return_if_fail (bytes != NULL);

  pz_sheet_read_bytes_async (bytes, name, begin_reading (self), on_read, asked_new (self, NULL));
}
