/* pz-image-grid.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-gallery.h"
#include "widgets/common/pz-image-grid.h"
#include "widgets/common/pz-theme.h"

/* Pixels of the longer side of an image, and between two, as the gallery leaves them. */
#define TILE_SIZE 32
#define TILE_GAP 8

struct _PzImageGrid
{
  GtkWidget      parent_instance;

  GBytes        *bytes;           /* (nullable) */
  gsize          rows;
  gsize          columns;
  gsize          n_across;
  const guint8 **tiles;           /* inside @bytes */
  gsize          n_tiles;
};

G_DEFINE_FINAL_TYPE (PzImageGrid, pz_image_grid, GTK_TYPE_WIDGET)

static DrawGallery
get_gallery (PzImageGrid *self)
{
  return (DrawGallery) {
           .bytes = self->tiles,
           .n_tiles = self->n_tiles,
           .rows = self->rows,
           .columns = self->columns,
           .tile_size = TILE_SIZE,
           .pointer_tile = -1,
  };
}

/* An image and its gap. */
static double
get_pitch (PzImageGrid *self,
           gsize        side)
{
  return (double) TILE_SIZE * (double) side / (double) MAX (self->rows, self->columns) + TILE_GAP;
}

static void
pz_image_grid_measure (GtkWidget     *widget,
                       GtkOrientation orientation,
                       int            for_size,
                       int           *minimum,
                       int           *natural,
                       int           *minimum_baseline,
                       int           *natural_baseline)
{
  PzImageGrid *self = PZ_IMAGE_GRID (widget);
  gsize n_down;

  *minimum = *natural = 0;
  if (self->n_tiles == 0)
    return;

  n_down = (self->n_tiles + self->n_across - 1) / self->n_across;
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = (int) ceil ((double) self->n_across * get_pitch (self, self->columns)) - TILE_GAP;
  else
    *minimum = (int) ceil ((double) n_down * get_pitch (self, self->rows)) - TILE_GAP;

  *natural = *minimum;
}

static void
pz_image_grid_snapshot (GtkWidget   *widget,
                        GtkSnapshot *snapshot)
{
  PzImageGrid *self = PZ_IMAGE_GRID (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  const DrawGallery gallery = get_gallery (self);
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, width, height };

  if (self->n_tiles == 0)
    return;

  pz_theme_from_widget (widget, &theme);
  canvas.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_gallery (&canvas, &gallery);
  cairo_destroy (canvas.cr);
}

static void
pz_image_grid_finalize (GObject *object)
{
  PzImageGrid *self = PZ_IMAGE_GRID (object);

  g_free (self->tiles);
  g_clear_pointer (&self->bytes, g_bytes_unref);

  G_OBJECT_CLASS (pz_image_grid_parent_class)->finalize (object);
}

static void
pz_image_grid_class_init (PzImageGridClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->finalize = pz_image_grid_finalize;

  widget_class->measure = pz_image_grid_measure;
  widget_class->snapshot = pz_image_grid_snapshot;

  gtk_widget_class_set_css_name (widget_class, "imagegrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_image_grid_init (PzImageGrid *self)
{
}

void
pz_image_grid_set_images (PzImageGrid *self,
                          GBytes      *bytes,
                          gsize        rows,
                          gsize        columns,
                          gsize        n_across,
                          const char  *words)
{
  const guint8 *first;

  g_return_if_fail (PZ_IS_IMAGE_GRID (self));
  g_return_if_fail (bytes == NULL || (rows > 0 && columns > 0 && n_across > 0));
  g_return_if_fail (words != NULL);

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->tiles, g_free);
  self->n_tiles = 0;

  if (bytes != NULL)
    {
      self->bytes = g_bytes_ref (bytes);
      self->rows = rows;
      self->columns = columns;
      self->n_across = n_across;
      self->n_tiles = g_bytes_get_size (bytes) / (rows * columns);
      self->tiles = g_new (const guint8 *, self->n_tiles);

      first = g_bytes_get_data (bytes, NULL);
      for (gsize t = 0; t < self->n_tiles; t++)
        self->tiles[t] = first + t * rows * columns;
    }

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

GBytes *
pz_image_grid_get_bytes (PzImageGrid *self)
{
  g_return_val_if_fail (PZ_IS_IMAGE_GRID (self), NULL);

  return self->bytes;
}
