/* pz-sample-strip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/net/mlp-split.h"
#include "draw/draw-gallery.h"
#include "widgets/common/pz-theme.h"
#include "widgets/recipe/pz-sample-strip.h"

/* Pixels: as they are, or smaller so that all classes are in sight. */
#define TILE_SIZE 28
#define MIN_TILE_SIZE 20

/* Pixels between tiles, as the gallery leaves them. */
#define TILE_GAP 8

/* More would not fit. */
#define MAX_TILES 16

struct _PzSampleStrip
{
  GtkWidget     parent_instance;

  PzDataset    *dataset;             /* (nullable) */
  MlpSplit     *split;               /* (nullable) */
  guint         round;               /* which image of each class, from 0 */

  gsize         n_tiles;
  const guint8 *bytes[MAX_TILES];    /* inside the data set */
  const char   *captions[MAX_TILES]; /* the data set's */
};

G_DEFINE_FINAL_TYPE (PzSampleStrip, pz_sample_strip, GTK_TYPE_WIDGET)

static DrawGallery
get_gallery (PzSampleStrip *self,
             int            width)
{
  const DsSet *set = pz_dataset_peek_set (self->dataset);
  int fitting = (width + TILE_GAP) / (int) self->n_tiles - TILE_GAP;

  return (DrawGallery) {
           .bytes = self->bytes,
           .n_tiles = self->n_tiles,
           .rows = set->rows,
           .columns = set->columns,
           .captions = self->captions,
           .one_row = TRUE,
           .tile_size = CLAMP (fitting, MIN_TILE_SIZE, TILE_SIZE),
           .pointer_tile = -1,
  };
}

/* The @round-th training image of each class; where a class has fewer, the
 * last one. */
static void
pick_tiles (PzSampleStrip *self)
{
  const DsSet *set;
  const guint32 *items;
  gsize n_items;
  gsize n_classes;
  gsize n_full = 0;
  guint seen[MAX_TILES] = { 0 };

  self->n_tiles = 0;
  if (self->dataset == NULL || self->split == NULL)
    return;

  set = pz_dataset_peek_set (self->dataset);
  if (set->rows == 0 || !mlp_samples_has_classes (set->samples)
      || mlp_samples_peek_bytes (set->samples, 0) == NULL)
    return;

  n_classes = MIN (mlp_samples_get_n_outputs (set->samples), MAX_TILES);
  items = mlp_split_peek (self->split, MLP_TRAIN, &n_items);
  for (gsize i = 0; i < n_items && n_full < n_classes; i++)
    {
      guint c = mlp_samples_get_class (set->samples, items[i]);

      if (c >= n_classes || seen[c] > self->round)
        continue;

      self->bytes[c] = mlp_samples_peek_bytes (set->samples, items[i]);
      if (seen[c]++ == self->round)
        n_full++;
    }

  /* Classes without an image leave no gap. */
  for (gsize c = 0; c < n_classes; c++)
    {
      if (seen[c] == 0)
        continue;

      self->bytes[self->n_tiles] = self->bytes[c];
      self->captions[self->n_tiles++] = pz_dataset_get_class_name (self->dataset, c);
    }
}

static void
update_tiles (PzSampleStrip *self)
{
  g_autoptr(GString) words = g_string_new (_("Examples of each class"));

  pick_tiles (self);
  for (gsize i = 0; i < self->n_tiles; i++)
    g_string_append_printf (words, "%s%s", i == 0 ? " " : ", ", self->captions[i]);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words->str,
                                  -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static gboolean
pz_sample_strip_query_tooltip (GtkWidget  *widget,
                               int         x,
                               int         y,
                               gboolean    keyboard,
                               GtkTooltip *tooltip)
{
  PzSampleStrip *self = PZ_SAMPLE_STRIP (widget);
  DrawGallery gallery;
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, gtk_widget_get_width (widget), gtk_widget_get_height (widget) };
  gsize tile, row, column;
  gboolean found;

  if (keyboard || self->n_tiles == 0)
    return FALSE;

  gallery = get_gallery (self, gtk_widget_get_width (widget));
  pz_theme_from_widget (widget, &theme);
  canvas.cr = pz_theme_create_measure ();
  found = draw_gallery_locate (&canvas, &gallery, x, y, &tile, &row, &column);
  cairo_destroy (canvas.cr);

  if (found)
    gtk_tooltip_set_text (tooltip, self->captions[tile]);

  return found;
}

static void
pz_sample_strip_measure (GtkWidget     *widget,
                         GtkOrientation orientation,
                         int            for_size,
                         int           *minimum,
                         int           *natural,
                         int           *minimum_baseline,
                         int           *natural_baseline)
{
  PzSampleStrip *self = PZ_SAMPLE_STRIP (widget);

  if (self->n_tiles == 0)
    {
      *minimum = *natural = 0;
    }
  else if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = 4 * TILE_SIZE;
      *natural = MAX (*minimum, (int) self->n_tiles * (TILE_SIZE + TILE_GAP));
    }
  else
    {
      /* That of the largest tiles, whatever the width: a widget may get lower where it
       * is wider, not higher.
       */
      int width = (int) self->n_tiles * (TILE_SIZE + TILE_GAP);
      DrawGallery gallery = get_gallery (self, width);
      DrawTheme theme;
      const DrawCanvas canvas = { pz_theme_create_measure (), &theme, width, 0.0 };

      pz_theme_from_widget (widget, &theme);
      *minimum = *natural = (int) (draw_gallery_get_height (&canvas, width, &gallery) + 0.5);
      cairo_destroy (canvas.cr);
    }
}

static void
pz_sample_strip_snapshot (GtkWidget   *widget,
                          GtkSnapshot *snapshot)
{
  PzSampleStrip *self = PZ_SAMPLE_STRIP (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  DrawGallery gallery;
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, width, height };

  if (self->n_tiles == 0)
    return;

  gallery = get_gallery (self, width);
  pz_theme_from_widget (widget, &theme);
  canvas.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  draw_gallery (&canvas, &gallery);
  cairo_destroy (canvas.cr);
}

static void
pz_sample_strip_dispose (GObject *object)
{
  PzSampleStrip *self = PZ_SAMPLE_STRIP (object);

  self->n_tiles = 0;
  g_clear_pointer (&self->split, mlp_split_unref);
  g_clear_object (&self->dataset);

  G_OBJECT_CLASS (pz_sample_strip_parent_class)->dispose (object);
}

static void
pz_sample_strip_class_init (PzSampleStripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_sample_strip_dispose;

  widget_class->measure = pz_sample_strip_measure;
  widget_class->query_tooltip = pz_sample_strip_query_tooltip;
  widget_class->snapshot = pz_sample_strip_snapshot;

  gtk_widget_class_set_css_name (widget_class, "samplestrip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_sample_strip_init (PzSampleStrip *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

void
pz_sample_strip_set_samples (PzSampleStrip  *self,
                             PzDataset      *dataset,
                             const MlpSplit *split)
{
  g_return_if_fail (PZ_IS_SAMPLE_STRIP (self));
  g_return_if_fail (dataset == NULL || PZ_IS_DATASET (dataset));

  if (self->dataset == dataset && self->split == split)
    return;

  self->round = 0;
  g_set_object (&self->dataset, dataset);
  g_clear_pointer (&self->split, mlp_split_unref);
  if (split != NULL)
    self->split = mlp_split_ref (split);

  update_tiles (self);
}

void
pz_sample_strip_next (PzSampleStrip *self)
{
  g_return_if_fail (PZ_IS_SAMPLE_STRIP (self));

  self->round++;
  update_tiles (self);
}
