/* cli-plots.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "cli/cli-plots.h"
#include "draw/draw-curve.h"
#include "draw/draw-export.h"
#include "draw/draw-gallery.h"
#include "draw/draw-heatmap.h"
#include "io/io-replace.h"

/* Pixels of 1/96 inch. */
#define WIDTH      800.0
#define PANEL      360.0
#define TILE        64.0
#define MARGIN      12.0
#define MAX_HEIGHT 4000.0

typedef struct
{
  DrawFunc draw;
  gpointer data;
} Picture;

/* Screens have their own margins, paper has ours. */
static void
draw_inside (const DrawCanvas *canvas,
             gpointer          user_data)
{
  const Picture *picture = user_data;
  const DrawCanvas inside = {
    canvas->cr, canvas->theme, canvas->width - 2.0 * MARGIN, canvas->height - 2.0 * MARGIN
  };

  cairo_translate (canvas->cr, MARGIN, MARGIN);
  picture->draw (&inside, picture->data);
}

/* @width and @height without the margins */
static gboolean
write_picture (const char      *path,
               const DrawTheme *theme,
               double           width,
               double           height,
               DrawFunc         draw,
               gpointer         data,
               GError         **error)
{
  Picture picture = { draw, data };
  g_autoptr(GBytes) bytes = draw_export (path, theme, width + 2.0 * MARGIN, height + 2.0 * MARGIN, draw_inside,
                                         &picture, error);

  return bytes != NULL && io_replace_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), error);
}

/* One of the figures of all epochs. */
static double *
collect_figures (const GArray *epochs,
                 gsize         offset)
{
  double *values = g_new (double, epochs->len);

  for (guint i = 0; i < epochs->len; i++)
    values[i] = G_STRUCT_MEMBER (double, &g_array_index (epochs, MlpEpoch, i), offset);

  return values;
}

/* (transfer full) (nullable): their numbers, where some are missing: a file of a long run keeps some
 * of them */
static double *
collect_numbers (const GArray *epochs)
{
  const MlpEpoch *first = (const MlpEpoch *) (void *) epochs->data;
  double *x;

  if (epochs->len == 0 || first[epochs->len - 1].epoch - first[0].epoch == epochs->len - 1)
    return NULL;

  x = g_new (double, epochs->len);
  for (guint i = 0; i < epochs->len; i++)
    x[i] = first[i].epoch;

  return x;
}

static gboolean
any_number (const double *values,
            gsize         n)
{
  for (gsize i = 0; i < n; i++)
    {
      if (!isnan (values[i]))
        return TRUE;
    }

  return FALSE;
}

static void
draw_panel (const DrawCanvas *canvas,
            const RecipeFile *file,
            gsize             train_offset,
            gsize             validation_offset,
            const char       *y_label,
            gboolean          percent)
{
  const DrawCanvas panel = { canvas->cr, canvas->theme, WIDTH, PANEL };
  const GArray *epochs = file->epochs;
  g_autofree double *train = collect_figures (epochs, train_offset);
  g_autofree double *validation = collect_figures (epochs, validation_offset);
  g_autofree double *x = collect_numbers (epochs);
  const double first = epochs->len > 0 ? g_array_index (epochs, MlpEpoch, 0).epoch : 1.0;
  const DrawCurveSeries series[] = {
    { .label = "Training", .values = train, .n_values = epochs->len, .first_x = first, .x = x,
      .category = 0, .dashed = TRUE },
    { .label = "Validation", .values = validation, .n_values = epochs->len, .first_x = first,
      .x = x, .category = 1 },
  };
  const DrawCurve curve = {
    .series = series,
    .n_series = any_number (validation, epochs->len) ? 2 : 1,
    .x_label = "Epoch",
    .y_label = y_label,
    .percent = percent,
    .x_min = NAN,
    .x_max = NAN,
    .mark_x = file->best_epoch > 0 ? file->best_epoch : NAN,
    .mark_label = "Best",
    .pointer_x = NAN,
  };

  draw_curve (&panel, &curve);
}

static gboolean
has_accuracy (const RecipeFile *file)
{
  return file->epochs->len > 0 &&
         !isnan (g_array_index (file->epochs, MlpEpoch, 0).train_accuracy);
}

static void
draw_curves (const DrawCanvas *canvas,
             gpointer          user_data)
{
  const RecipeFile *file = user_data;

  draw_panel (canvas, file,
              G_STRUCT_OFFSET (MlpEpoch, train_loss), G_STRUCT_OFFSET (MlpEpoch, validation_loss),
              "Loss", FALSE);

  if (has_accuracy (file))
    {
      cairo_translate (canvas->cr, 0.0, PANEL);
      draw_panel (canvas, file,
                  G_STRUCT_OFFSET (MlpEpoch, train_accuracy),
                  G_STRUCT_OFFSET (MlpEpoch, validation_accuracy),
                  "Accuracy", TRUE);
    }
}

static gboolean
write_curves (const char       *folder,
              const DrawTheme  *theme,
              const RecipeFile *file,
              GError          **error)
{
  const double height = has_accuracy (file) ? 2.0 * PANEL : PANEL;
  g_autofree char *png = g_build_filename (folder, "curve.png", NULL);
  g_autofree char *svg = g_build_filename (folder, "curve.svg", NULL);

  return write_picture (png, theme, WIDTH, height, draw_curves, (gpointer) file, error) &&
         write_picture (svg, theme, WIDTH, height, draw_curves, (gpointer) file, error);
}

static void
draw_tiles (const DrawCanvas *canvas,
            gpointer          user_data)
{
  draw_gallery (canvas, user_data);
}

static void
draw_matrix (const DrawCanvas *canvas,
             gpointer          user_data)
{
  draw_heatmap (canvas, user_data);
}

/* As high as all units need, measured where nothing is painted. */
static double
measure_gallery (const DrawTheme   *theme,
                 const DrawGallery *gallery)
{
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, NULL);
  const DrawCanvas canvas = { cairo_create (surface), theme, WIDTH, MAX_HEIGHT };
  double height = draw_gallery_get_height (&canvas, WIDTH, gallery);

  cairo_destroy (canvas.cr);
  cairo_surface_destroy (surface);

  return CLAMP (ceil (height), 2.0 * TILE, MAX_HEIGHT);
}

static gboolean
write_pictures (const char       *path,
                const DrawTheme  *theme,
                const RecipeFile *file,
                GError          **error)
{
  DrawGallery gallery = {
    .floats = mlp_net_peek_weights (file->net, 1),
    .n_tiles = mlp_net_get_width (file->net, 1),
    .rows = file->data.rows,
    .columns = file->data.columns,
    .tile_size = TILE,
    .pointer_tile = -1,
    .scale_bar = TRUE,
  };

  return write_picture (path, theme, WIDTH, measure_gallery (theme, &gallery), draw_tiles, &gallery, error);
}

static gboolean
write_matrix (const char       *path,
              const DrawTheme  *theme,
              const RecipeFile *file,
              gsize             l,
              GError          **error)
{
  DrawHeatmap heatmap = {
    .values = mlp_net_peek_weights (file->net, l),
    .rows = mlp_net_get_width (file->net, l),
    .columns = mlp_net_get_width (file->net, l - 1),
    .x_label = l == 1 ? "Input" : "Unit below",
    .y_label = "Unit",
    .pointer_row = -1,
    .pointer_column = -1,
  };

  return write_picture (path, theme, WIDTH, PANEL, draw_matrix, &heatmap, error);
}

static char *
make_weights_path (const char *folder,
                   gsize       l)
{
  g_autofree char *name = g_strdup_printf ("weights-%" G_GSIZE_FORMAT ".png", l);

  return g_build_filename (folder, name, NULL);
}

char **
cli_plots_list (const char *folder,
                gsize       n_layers)
{
  g_autoptr(GStrvBuilder) paths = g_strv_builder_new ();
  g_autofree char *png = g_build_filename (folder, "curve.png", NULL);
  g_autofree char *svg = g_build_filename (folder, "curve.svg", NULL);

  g_strv_builder_add_many (paths, png, svg, NULL);
  for (gsize l = 1; l <= n_layers; l++)
    {
      g_autofree char *weights = make_weights_path (folder, l);

      g_strv_builder_add (paths, weights);
    }

  return g_strv_builder_end (paths);
}

gboolean
cli_plots_write (const char       *folder,
                 const RecipeFile *file,
                 GError          **error)
{
  DrawTheme theme;

  draw_theme_init_print (&theme);

  if (!write_curves (folder, &theme, file, error))
    return FALSE;

  for (gsize l = 1; l <= mlp_net_get_n_layers (file->net); l++)
    {
      g_autofree char *path = make_weights_path (folder, l);

      if (l == 1 && file->data.rows > 0)
        {
          if (!write_pictures (path, &theme, file, error))
            return FALSE;
        }
      else if (!write_matrix (path, &theme, file, l, error))
        return FALSE;
    }

  return TRUE;
}
