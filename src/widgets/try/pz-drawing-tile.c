/* pz-drawing-tile.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-sketch.h"
#include "ink/ink-frame.h"
#include "widgets/common/pz-theme.h"
#include "widgets/try/pz-drawing-tile.h"

/* Pixels of a side: a pixel and a half for each of the image's. */
#define SIDE 42

struct _PzDrawingTile
{
  AdwBin        parent_instance;

  PzDrawing    *drawing;          /* (nullable) */
  GSignalGroup *drawing_signals;

  GtkWidget    *area;
  GtkLabel     *label;
};

G_DEFINE_FINAL_TYPE (PzDrawingTile, pz_drawing_tile, ADW_TYPE_BIN)

/* Colour alone says nothing to some people. */
static void
update_tile (PzDrawingTile *self)
{
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  gboolean wrong;

  if (self->drawing == NULL)
    return;

  wrong = pz_drawing_get_wrong (self->drawing);
  if (wrong)
    {
      /* Translators: what a drawing shows, and what the network takes it for: "7 ≠ 1" */
      text = g_strdup_printf (_("%u ≠ %d"), pz_drawing_get_label (self->drawing),
                              pz_drawing_get_answer (self->drawing));
      words = g_strdup_printf (_("%u, predicted as %d"), pz_drawing_get_label (self->drawing),
                               pz_drawing_get_answer (self->drawing));
    }
  else
    {
      text = g_strdup_printf ("%u", pz_drawing_get_label (self->drawing));
      words = g_strdup (text);
    }

  gtk_label_set_label (self->label, text);
  if (wrong)
    gtk_widget_add_css_class (GTK_WIDGET (self), "wrong");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "wrong");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_queue_draw (self->area);
}

static void
draw_area (GtkDrawingArea *area,
           cairo_t        *cr,
           int             width,
           int             height,
           gpointer        user_data)
{
  PzDrawingTile *self = user_data;
  DrawTheme theme;
  const DrawCanvas canvas = { cr, &theme, width, height };
  const DrawArea whole = { 0, 0, width, height };

  if (self->drawing == NULL)
    return;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_sketch_image (&canvas, &whole, pz_drawing_peek_image (self->drawing),
                     INK_FRAME_SIDE, INK_FRAME_SIDE);
}

static void
pz_drawing_tile_dispose (GObject *object)
{
  PzDrawingTile *self = PZ_DRAWING_TILE (object);

  g_clear_object (&self->drawing_signals);
  g_clear_object (&self->drawing);

  G_OBJECT_CLASS (pz_drawing_tile_parent_class)->dispose (object);
}

static void
pz_drawing_tile_class_init (PzDrawingTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_drawing_tile_dispose;

  gtk_widget_class_set_css_name (widget_class, "drawingtile");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_drawing_tile_init (PzDrawingTile *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->area = gtk_drawing_area_new ();
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (self->area), SIDE);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (self->area), SIDE);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (self->area), draw_area, self, NULL);
  gtk_widget_set_halign (self->area, GTK_ALIGN_CENTER);

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->label), "numeric");

  gtk_box_append (GTK_BOX (box), self->area);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->label));
  adw_bin_set_child (ADW_BIN (self), box);

  self->drawing_signals = g_signal_group_new (PZ_TYPE_DRAWING);
  g_signal_group_connect_swapped (self->drawing_signals, "notify", G_CALLBACK (update_tile), self);
}

GtkWidget *
pz_drawing_tile_new (void)
{
  return g_object_new (PZ_TYPE_DRAWING_TILE, NULL);
}

PzDrawing *
pz_drawing_tile_get_drawing (PzDrawingTile *self)
{
  g_return_val_if_fail (PZ_IS_DRAWING_TILE (self), NULL);

  return self->drawing;
}

void
pz_drawing_tile_set_drawing (PzDrawingTile *self,
                             PzDrawing     *drawing)
{
  g_return_if_fail (PZ_IS_DRAWING_TILE (self));
  g_return_if_fail (drawing == NULL || PZ_IS_DRAWING (drawing));

  if (!g_set_object (&self->drawing, drawing))
    return;

  g_signal_group_set_target (self->drawing_signals, drawing);
  update_tile (self);
}
