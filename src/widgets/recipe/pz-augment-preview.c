/* pz-augment-preview.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/net/mlp-split.h"
#include "widgets/common/pz-image-grid.h"
#include "widgets/recipe/pz-augment-preview.h"

#define N_SAMPLES 8
#define N_EPOCHS 5

/* Larger ones take too long for a look. */
#define MAX_SIDE 256

struct _PzAugmentPreview
{
  PzProjectWidget parent_instance;

  guint           round;            /* how often others were asked for */

  /* From the template */
  PzImageGrid    *originals;
  PzImageGrid    *variants;
  GtkLabel       *epochs_label;
};

G_DEFINE_FINAL_TYPE (PzAugmentPreview, pz_augment_preview, PZ_TYPE_PROJECT_WIDGET)

/* "7, 2, 1": what the samples show */
static char *
describe_samples (PzDataset     *dataset,
                  const guint32 *items,
                  gsize n)
{
  const DsSet *set = pz_dataset_peek_set (dataset);
  g_autoptr(GString) names = g_string_new (NULL);

  for (gsize i = 0; i < n; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            pz_dataset_get_class_name (dataset, mlp_samples_get_class (set->samples, items[i])));

  /* Translators: then come the names of their classes: 7, 2, 1 … */
  return g_strdup_printf (_("Training images: %s"), names->str);
}

static void
clear_images (PzAugmentPreview *self)
{
  pz_image_grid_set_images (self->originals, NULL, 0, 0, 0, "");
  pz_image_grid_set_images (self->variants, NULL, 0, 0, 0, "");
}

/* Some training images, and what the next epochs make of each: one below the other. */
static void
show_images (PzAugmentPreview *self,
             PzDataset        *dataset,
             const MlpSplit   *split)
{
  const MlpTrainOptions *options = &pz_project_peek_recipe (self->parent_instance.project)->training;
  const MlpSamples *samples = pz_dataset_peek_set (dataset)->samples;
  const guint first_epoch = self->round * N_EPOCHS + 1;
  g_autoptr(MlpAugmenter) augmenter = NULL;
  g_autoptr(GBytes) original_bytes = NULL;
  g_autoptr(GBytes) variant_bytes = NULL;
  g_autofree char *words = NULL;
  g_autofree char *epochs = NULL;
  guint32 shown[N_SAMPLES];
  guint8 *originals, *variants;
  const guint32 *items;
  gsize rows, columns, n_items, n, size;

  mlp_samples_get_picture (samples, &rows, &columns);
  augmenter = mlp_augmenter_new (options->augment, rows, columns, options->seed, 1, NULL);
  if (augmenter == NULL)
    {
      clear_images (self);
      return;
    }

  items = mlp_split_peek (split, MLP_TRAIN, &n_items);
  n = MIN (n_items, N_SAMPLES);
  size = rows * columns;
  originals = g_malloc (n * size);
  variants = g_malloc (n * size * N_EPOCHS);

  for (gsize i = 0; i < n; i++)
    {
      shown[i] = items[((gsize) self->round * n + i) % n_items];
      memcpy (originals + i * size, mlp_samples_peek_bytes (samples, shown[i]), size);
      for (guint e = 0; e < N_EPOCHS; e++)
        mlp_augmenter_run (augmenter, 0, first_epoch + e, shown[i], originals + i * size,
                           variants + (e * n + i) * size);
    }

  original_bytes = g_bytes_new_take (originals, n * size);
  variant_bytes = g_bytes_new_take (variants, n * size * N_EPOCHS);
  words = describe_samples (dataset, shown, n);
  epochs = g_strdup_printf (_("Epochs %u to %u"), first_epoch, first_epoch + N_EPOCHS - 1);

  gtk_label_set_text (self->epochs_label, epochs);
  pz_image_grid_set_images (self->originals, original_bytes, rows, columns, n, words);
  pz_image_grid_set_images (self->variants, variant_bytes, rows, columns, n, epochs);
}

/* Nobody sees it before it is mapped. */
static void
update_images (PzAugmentPreview *self)
{
  PzProject *project = self->parent_instance.project;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (pz_augment_preview_can_show (project))
    show_images (self, pz_project_get_dataset (project), pz_project_peek_split (project));
  else
    clear_images (self);
}

static void
on_again (PzAugmentPreview *self)
{
  self->round++;
  update_images (self);
}

static void
pz_augment_preview_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pz_augment_preview_parent_class)->map (widget);

  update_images (PZ_AUGMENT_PREVIEW (widget));
}

static void
pz_augment_preview_project_changed (PzProjectWidget *widget)
{
  PzAugmentPreview *self = PZ_AUGMENT_PREVIEW (widget);

  update_images (self);
}

static void
pz_augment_preview_dispose (GObject *object)
{
  PzAugmentPreview *self = PZ_AUGMENT_PREVIEW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_AUGMENT_PREVIEW);

  G_OBJECT_CLASS (pz_augment_preview_parent_class)->dispose (object);
}

static void
pz_augment_preview_class_init (PzAugmentPreviewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_augment_preview_dispose;

  widget_class->map = pz_augment_preview_map;

  project_class->project_changed = pz_augment_preview_project_changed;

  g_type_ensure (PZ_TYPE_IMAGE_GRID);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-augment-preview.ui");
  gtk_widget_class_bind_template_child (widget_class, PzAugmentPreview, originals);
  gtk_widget_class_bind_template_child (widget_class, PzAugmentPreview, variants);
  gtk_widget_class_bind_template_child (widget_class, PzAugmentPreview, epochs_label);
  gtk_widget_class_bind_template_callback (widget_class, on_again);
}

static void
pz_augment_preview_init (PzAugmentPreview *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (update_images));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (update_images));
}

gboolean
pz_augment_preview_can_show (PzProject *project)
{
  MlpAugment augment;
  PzDataset *dataset;
  gsize rows, columns;

  g_return_val_if_fail (project == NULL || PZ_IS_PROJECT (project), FALSE);

  if (project == NULL || pz_project_peek_split (project) == NULL)
    return FALSE;

  augment = pz_project_peek_recipe (project)->training.augment;
  dataset = pz_project_get_dataset (project);

  return augment > MLP_AUGMENT_NONE && augment < MLP_N_AUGMENTS && dataset != NULL &&
         mlp_samples_get_picture (pz_dataset_peek_set (dataset)->samples, &rows, &columns) &&
         rows <= MAX_SIDE && columns <= MAX_SIDE;
}
