/* pz-photo-detail.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "draw/draw-bars.h"
#include "draw/draw-sketch.h"
#include "widgets/common/pz-theme.h"
#include "widgets/photo/pz-photo-words.h"
#include "widgets/photo/pz-photo-detail.h"

struct _PzPhotoDetail
{
  GtkBox          parent_instance;

  gboolean        has_frame;
  guint8          frame[INK_FRAME_SIZE];
  char          **names;         /* of the likeliest classes */
  float           shares[PZ_PHOTO_MAX_BEST];
  gsize           n_best;

  /* From the template */
  GtkDrawingArea *frame_area;
  GtkDrawingArea *bars_area;
};

G_DEFINE_FINAL_TYPE (PzPhotoDetail, pz_photo_detail, GTK_TYPE_BOX)

static void
draw_bars_area (GtkDrawingArea *area,
                cairo_t        *cr,
                int             width,
                int             height,
                gpointer        user_data)
{
  PzPhotoDetail *self = user_data;
  const DrawBars bars = {
    .n_bars = self->n_best, .values = self->shares, .labels = (const char *const *) self->names, .chosen = 0
  };
  DrawTheme theme;
  const DrawCanvas canvas = { cr, &theme, width, height };

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_bars (&canvas, &bars);
}

static void
draw_frame_area (GtkDrawingArea *area,
                 cairo_t        *cr,
                 int             width,
                 int             height,
                 gpointer        user_data)
{
  PzPhotoDetail *self = user_data;
  DrawTheme theme;
  const DrawCanvas canvas = { cr, &theme, width, height };
  const DrawArea whole = { 0, 0, width, height };

  if (!self->has_frame)
    return;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_sketch_image (&canvas, &whole, self->frame, INK_FRAME_SIDE, INK_FRAME_SIDE);
}

static void
pz_photo_detail_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PZ_TYPE_PHOTO_DETAIL);

  G_OBJECT_CLASS (pz_photo_detail_parent_class)->dispose (object);
}

static void
pz_photo_detail_finalize (GObject *object)
{
  PzPhotoDetail *self = PZ_PHOTO_DETAIL (object);

  g_clear_pointer (&self->names, g_strfreev);

  G_OBJECT_CLASS (pz_photo_detail_parent_class)->finalize (object);
}

static void
pz_photo_detail_class_init (PzPhotoDetailClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_photo_detail_dispose;
  object_class->finalize = pz_photo_detail_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/photo/pz-photo-detail.ui");
  gtk_widget_class_bind_template_child (widget_class, PzPhotoDetail, frame_area);
  gtk_widget_class_bind_template_child (widget_class, PzPhotoDetail, bars_area);
}

static void
pz_photo_detail_init (PzPhotoDetail *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->names = g_new0 (char *, PZ_PHOTO_MAX_BEST + 1);

  gtk_drawing_area_set_draw_func (self->frame_area, draw_frame_area, self, NULL);
  gtk_drawing_area_set_draw_func (self->bars_area, draw_bars_area, self, NULL);
}

void
pz_photo_detail_show (PzPhotoDetail        *self,
                      const RecipeData     *data,
                      const GArray         *segments,
                      const PzPhotoAnswers *answers,
                      int                   selected)
{
  g_autofree char *words = NULL;

  g_return_if_fail (PZ_IS_PHOTO_DETAIL (self));

  self->has_frame = segments != NULL && selected >= 0 && (guint) selected < segments->len;
  if (self->has_frame)
    memcpy (self->frame, g_array_index (segments, InkSegment, (guint) selected).frame, sizeof self->frame);

  g_strfreev (self->names);
  self->names = g_new0 (char *, PZ_PHOTO_MAX_BEST + 1);
  self->n_best = pz_photo_words_list_best (data, answers, selected, self->names, self->shares);

  /* What a screen reader says of the bars. */
  words = pz_photo_words_describe_best (data, answers, selected);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bars_area),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self), segments != NULL && segments->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->bars_area), answers != NULL && answers->n > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self->frame_area));
  gtk_widget_queue_draw (GTK_WIDGET (self->bars_area));
}
