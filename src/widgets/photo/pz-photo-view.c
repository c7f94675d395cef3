/* pz-photo-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-image.h"
#include "draw/draw-photo.h"
#include "widgets/common/pz-theme.h"
#include "widgets/photo/pz-photo-view.h"

struct _PzPhotoView
{
  GtkWidget parent_instance;

  PzPhoto  *photo;                   /* (nullable) */
  GArray   *segments;                /* (nullable): of it */
  char    **labels;                  /* (nullable) */
  char    **short_labels;            /* (nullable) */
  int       selected;

  /* The photo as large as it is shown: a photograph is made smaller once, not each
   * time that an answer changes. (nullable) */
  cairo_surface_t *scaled;
};

enum {
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzPhotoView, pz_photo_view, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static int
get_n (PzPhotoView *self)
{
  return self->segments != NULL ? (int) self->segments->len : 0;
}

static const InkSegment *
peek_segment (PzPhotoView *self,
              int          i)
{
  return &g_array_index (self->segments, InkSegment, i);
}

/* (transfer full): all that there is to draw but for the image */
static DrawPhotoBox *
make_photo (PzPhotoView *self,
            DrawPhoto   *photo)
{
  const int n = get_n (self);
  DrawPhotoBox *boxes = g_new0 (DrawPhotoBox, MAX (n, 1));

  for (int i = 0; i < n; i++)
    {
      const InkSegment *segment = peek_segment (self, i);

      boxes[i].area = (DrawArea) {
        (double) segment->x, (double) segment->y, (double) segment->width, (double) segment->height
      };
      if (self->labels != NULL)
        {
          boxes[i].label = self->labels[i];
          boxes[i].short_label = self->short_labels[i];
        }
    }

  *photo = (DrawPhoto) {
    .columns = self->photo != NULL ? (double) self->photo->pixels->width : 0,
    .rows = self->photo != NULL ? (double) self->photo->pixels->height : 0,
    .boxes = boxes,
    .n_boxes = (gsize) n,
    .chosen = self->selected,
  };

  return boxes;
}

/* In device pixels. */
static void
update_scaled (PzPhotoView *self,
               int          width,
               int          height)
{
  const ImagePixels *pixels = self->photo->pixels;
  const DrawArea all = { 0, 0, width, height };
  cairo_surface_t *image;
  cairo_t *cr;

  if (self->scaled != NULL && cairo_image_surface_get_width (self->scaled) == width
      && cairo_image_surface_get_height (self->scaled) == height)
    return;

  g_clear_pointer (&self->scaled, cairo_surface_destroy);
  image = cairo_image_surface_create_for_data ((guchar *) pixels->rgb, CAIRO_FORMAT_RGB24,
                                               (int) pixels->width, (int) pixels->height,
                                               (int) pixels->width * 4);
  self->scaled = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cr = cairo_create (self->scaled);
  draw_image (cr, image, &all, TRUE);
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

static void
pz_photo_view_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PzPhotoView *self = PZ_PHOTO_VIEW (widget);
  const int width = gtk_widget_get_width (widget);
  const int height = gtk_widget_get_height (widget);
  const int scale = gtk_widget_get_scale_factor (widget);
  g_autofree DrawPhotoBox *boxes = NULL;
  DrawArea place;
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, width, height };
  DrawPhoto photo;

  boxes = make_photo (self, &photo);
  place = draw_photo_place (width, height, &photo);
  if (place.width < 1 || place.height < 1)
    return;

  update_scaled (self, (int) ceil (place.width) * scale, (int) ceil (place.height) * scale);
  photo.image = self->scaled;

  pz_theme_from_widget (widget, &theme);
  canvas.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_photo (&canvas, &photo);
  cairo_destroy (canvas.cr);
}

static void
pz_photo_view_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  *minimum = 120;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 320;
}

/* Whether there is one answer, to all of the photo. */
static gboolean
is_whole (PzPhotoView *self)
{
  return self->photo != NULL && self->segments != self->photo->segments;
}

/* What a screen reader says: which digit is selected, and what it is. */
static void
update_words (PzPhotoView *self)
{
  g_autofree char *words = NULL;
  const int n = get_n (self);

  if (self->selected < 0 || self->selected >= n)
    words = g_strdup (_("No digits found."));
  else if (is_whole (self))
    words = g_strdup (self->labels != NULL ? self->labels[0] : _("No prediction yet"));
  else if (self->labels == NULL)
    words = g_strdup_printf (_("Digit %d of %d"), self->selected + 1, n);
  else
    /* Translators: of the digits on a photo, one and its answer: "Digit 2 of 4: 7  98 %" */
    words = g_strdup_printf (_("Digit %d of %d: %s"), self->selected + 1, n, self->labels[self->selected]);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

/* The nearest one above (-1) or below (1), in another line. */
static int
find_in_line (PzPhotoView *self,
              int          direction)
{
  const InkSegment *from = peek_segment (self, self->selected);
  const gint64 middle = (gint64) (2 * from->x + from->width);
  const gint64 line = (gint64) from->line + direction;
  gint64 least = G_MAXINT64;
  int best = self->selected;

  for (int i = 0; i < get_n (self); i++)
    {
      const InkSegment *segment = peek_segment (self, i);
      gint64 distance = ABS ((gint64) (2 * segment->x + segment->width) - middle);

      if ((gint64) segment->line == line && distance < least)
        {
          least = distance;
          best = i;
        }
    }

  return best;
}

static gboolean
on_move_binding (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  PzPhotoView *self = PZ_PHOTO_VIEW (widget);
  const int n = get_n (self);
  int across, down;

  g_variant_get (args, "(ii)", &across, &down);
  if (n == 0)
    return FALSE;

  if (down != 0)
    pz_photo_view_set_selected (self, find_in_line (self, down));
  else
    pz_photo_view_set_selected (self, CLAMP (self->selected + across, 0, n - 1));

  return TRUE;
}

/* Tab goes through the digits before it leaves. */
static gboolean
pz_photo_view_focus (GtkWidget       *widget,
                     GtkDirectionType direction)
{
  PzPhotoView *self = PZ_PHOTO_VIEW (widget);
  const int step = direction == GTK_DIR_TAB_FORWARD ? 1 : direction == GTK_DIR_TAB_BACKWARD ? -1 : 0;

  if (step != 0 && gtk_widget_is_focus (widget)
      && self->selected + step >= 0 && self->selected + step < get_n (self))
    {
      pz_photo_view_set_selected (self, self->selected + step);
      return TRUE;
    }

  return GTK_WIDGET_CLASS (pz_photo_view_parent_class)->focus (widget, direction);
}

static void
on_pressed (PzPhotoView *self,
            int          n_press,
            double       x,
            double       y)
{
  g_autofree DrawPhotoBox *boxes = NULL;
  DrawPhoto photo;
  gsize box;

  gtk_widget_grab_focus (GTK_WIDGET (self));
  boxes = make_photo (self, &photo);
  if (draw_photo_locate (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)),
                         &photo, x, y, &box))
    pz_photo_view_set_selected (self, (int) box);
}

static void
clear_answers (PzPhotoView *self)
{
  g_clear_pointer (&self->labels, g_strfreev);
  g_clear_pointer (&self->short_labels, g_strfreev);
}

static void
pz_photo_view_finalize (GObject *object)
{
  PzPhotoView *self = PZ_PHOTO_VIEW (object);

  clear_answers (self);
  g_clear_pointer (&self->segments, g_array_unref);
  g_clear_pointer (&self->photo, pz_photo_unref);
  g_clear_pointer (&self->scaled, cairo_surface_destroy);

  G_OBJECT_CLASS (pz_photo_view_parent_class)->finalize (object);
}

static void
pz_photo_view_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_int (value, pz_photo_view_get_selected (PZ_PHOTO_VIEW (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_photo_view_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      pz_photo_view_set_selected (PZ_PHOTO_VIEW (object), g_value_get_int (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_photo_view_class_init (PzPhotoViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct { guint key; int across, down; } moves[] = {
    { GDK_KEY_Left, -1, 0 }, { GDK_KEY_Right, 1, 0 }, { GDK_KEY_Up, 0, -1 }, { GDK_KEY_Down, 0, 1 },
    { GDK_KEY_Home, -G_MAXINT16, 0 }, { GDK_KEY_End, G_MAXINT16, 0 },
  };

  object_class->finalize = pz_photo_view_finalize;
  object_class->get_property = pz_photo_view_get_property;
  object_class->set_property = pz_photo_view_set_property;

  widget_class->measure = pz_photo_view_measure;
  widget_class->snapshot = pz_photo_view_snapshot;
  widget_class->focus = pz_photo_view_focus;

  properties[PROP_SELECTED] =
    g_param_spec_int ("selected", NULL, NULL,
                      -1, G_MAXINT, -1,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  for (gsize i = 0; i < G_N_ELEMENTS (moves); i++)
    gtk_widget_class_add_binding (widget_class, moves[i].key, 0, on_move_binding, "(ii)",
                                  moves[i].across, moves[i].down);

  gtk_widget_class_set_css_name (widget_class, "photoview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_photo_view_init (PzPhotoView *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->selected = -1;

  g_signal_connect_swapped (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Image of Digits"),
                                  -1);
  update_words (self);
}

void
pz_photo_view_set_photo (PzPhotoView *self,
                         PzPhoto     *photo)
{
  g_return_if_fail (PZ_IS_PHOTO_VIEW (self));

  if (photo != NULL)
    pz_photo_ref (photo);
  g_clear_pointer (&self->photo, pz_photo_unref);
  g_clear_pointer (&self->scaled, cairo_surface_destroy);
  self->photo = photo;
  pz_photo_view_set_segments (self, NULL);
}

void
pz_photo_view_set_segments (PzPhotoView *self,
                            GArray      *segments)
{
  g_return_if_fail (PZ_IS_PHOTO_VIEW (self));

  if (segments == NULL && self->photo != NULL)
    segments = self->photo->segments;
  if (segments != NULL)
    g_array_ref (segments);
  g_clear_pointer (&self->segments, g_array_unref);
  self->segments = segments;
  clear_answers (self);

  self->selected = get_n (self) > 0 ? 0 : -1;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
pz_photo_view_set_answers (PzPhotoView       *self,
                           const char *const *labels,
                           const char *const *short_labels)
{
  g_return_if_fail (PZ_IS_PHOTO_VIEW (self));
  g_return_if_fail ((labels == NULL) == (short_labels == NULL));
  g_return_if_fail (labels == NULL || ((int) g_strv_length ((char **) labels) == get_n (self)
                                       && (int) g_strv_length ((char **) short_labels) == get_n (self)));

  clear_answers (self);
  self->labels = g_strdupv ((char **) labels);
  self->short_labels = g_strdupv ((char **) short_labels);
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

int
pz_photo_view_get_selected (PzPhotoView *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_VIEW (self), -1);

  return self->selected;
}

void
pz_photo_view_set_selected (PzPhotoView *self,
                            int          selected)
{
  g_return_if_fail (PZ_IS_PHOTO_VIEW (self));

  selected = CLAMP (selected, -1, get_n (self) - 1);
  if (self->selected == selected)
    return;

  self->selected = selected;
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}
