/* draw-network.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "draw/draw-axes.h"
#include "draw/draw-color.h"
#include "draw/draw-network.h"
#include "draw/draw-text.h"

/* Layers at each end that stay wide, when the ones between have to shrink */
#define N_FULL_AT_END 4
#define MAX_FULL 12
#define MIDDLE_SHARE 4.0       /* what all between get, in wide ones */

#define MIN_MAX_SLOT 150.0
#define MAX_SLOT_SHARE 0.5      /* of the height */
#define MAX_RADIUS 9.0
#define MIN_RADIUS 2.5
#define MAX_NODES 12
#define GOOD_NODES 10          /* as many as there are digits */

/* Lines get fainter where there are more than the square of this, or where they
 * are shorter.
 */
#define MANY_LINES 6.0
#define WIDE_SLOT 60.0

/* Units of a layer from centre to centre, in radii */
#define NODE_SPACING 3.0

/* Dots for the units that are not shown take the place of this many. */
#define N_DOT_NODES 2

/* A layer that is narrower is a bar. */
#define MIN_SLOT_FOR_NODES 16.0

/* Of a layer whose width is not known, in pixels */
#define UNKNOWN_RADIUS 1.5
#define UNKNOWN_SPACING 7.0

#define TEXT_SCALE 0.85
#define TEXT_GAP 6.0
#define LABEL_SPACE 6.0
#define N_LINES 3

typedef struct
{
  const DrawNetwork *network;
  double             width;
  double             top;
  double             bottom;           /* of the units */
  double             line;
  double             radius;
  guint              max_nodes;        /* with the dots */
  double             shift;
  double             slot;             /* of a wide layer */
  double             middle_slot;
} Layout;

static gboolean
layout_init (Layout            *layout,
             const DrawCanvas  *canvas,
             const DrawNetwork *network)
{
  const double width = canvas->width;
  const double height = canvas->height;
  double n = (double) network->n_layers;
  double line, total;
  guint n_lines = N_LINES;

  if (network->n_layers == 0 || !(width > 0) || !(height > 0))
    return FALSE;

  draw_text_measure (canvas, TEXT_SCALE, "0", NULL, &line);

  /* The units come before the words. */
  while (n_lines > 0 && height - TEXT_GAP - n_lines * line < height / 2)
    n_lines--;

  *layout = (Layout) {
    .network = network,
    .width = width,
    .top = 4,
    .bottom = height - (n_lines > 0 ? TEXT_GAP + n_lines * line : 4),
    .line = n_lines > 0 ? line : 0,
  };

  total = n <= MAX_FULL ? n : 2 * N_FULL_AT_END + MIDDLE_SHARE;
  layout->slot = MIN (width / total, MAX (MIN_MAX_SLOT, MAX_SLOT_SHARE * height));
  layout->middle_slot = n <= MAX_FULL ? layout->slot : layout->slot * MIDDLE_SHARE / (n - 2 * N_FULL_AT_END);
  layout->shift = (width - layout->slot * total) / 2;

  layout->radius = CLAMP (MIN (layout->slot / 6, (layout->bottom - layout->top) / (NODE_SPACING * GOOD_NODES)),
                          MIN_RADIUS, MAX_RADIUS);
  layout->max_nodes = (guint) CLAMP ((layout->bottom - layout->top) / (NODE_SPACING * layout->radius), 3, MAX_NODES);

  return TRUE;
}

static gboolean
is_full (const Layout *layout,
         gsize         layer)
{
  gsize n = layout->network->n_layers;

  return n <= MAX_FULL || layer < N_FULL_AT_END || layer >= n - N_FULL_AT_END;
}

static double
get_slot (const Layout *layout,
          gsize         layer)
{
  return is_full (layout, layer) ? layout->slot : layout->middle_slot;
}

static double
get_x (const Layout *layout,
       gsize         layer)
{
  gsize n = layout->network->n_layers;
  double x = layout->shift;

  if (n <= MAX_FULL || layer < N_FULL_AT_END)
    return x + ((double) layer + 0.5) * layout->slot;

  x += N_FULL_AT_END * layout->slot;
  if (layer < n - N_FULL_AT_END)
    return x + ((double) (layer - N_FULL_AT_END) + 0.5) * layout->middle_slot;

  return x + MIDDLE_SHARE * layout->slot + ((double) (layer - (n - N_FULL_AT_END)) + 0.5) * layout->slot;
}

/* Places for units and dots */
static guint
count_places (const Layout *layout,
              gsize         layer)
{
  return (guint) MIN (layout->network->layers[layer].width, layout->max_nodes);
}

static gboolean
has_dots (const Layout *layout,
          gsize         layer)
{
  return layout->network->layers[layer].width > layout->max_nodes;
}

/* Whether a place shows dots, which stand in the middle */
static gboolean
is_dot (const Layout *layout,
        gsize         layer,
        guint         place)
{
  guint n = count_places (layout, layer);
  guint first = (n - MIN (n, N_DOT_NODES) + 1) / 2;

  return has_dots (layout, layer) && place >= first && place < first + N_DOT_NODES && n > N_DOT_NODES;
}

static double
get_y (const Layout *layout,
       gsize         layer,
       guint         place)
{
  double spacing = (layout->bottom - layout->top) / layout->max_nodes;
  double middle = (layout->top + layout->bottom) / 2;

  return middle + (place - 0.5 * (count_places (layout, layer) - 1)) * spacing;
}

static void
draw_connections (const DrawCanvas *canvas,
                  const Layout     *layout,
                  gsize             layer)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  double from = get_x (layout, layer);
  double to = get_x (layout, layer + 1);
  gboolean strong = layout->network->selected == (gssize) layer + 1;
  double n_lines = (double) count_places (layout, layer) * count_places (layout, layer + 1);
  double density = MIN (1, MANY_LINES / sqrt (n_lines)) * MIN (1, (to - from) / WIDE_SLOT);
  DrawColor color = theme->foreground;

  color.alpha *= (theme->high_contrast ? 0.3 : 0.18) * density;

  /* What leads into the chosen layer are its weights. */
  if (strong)
    {
      color = draw_theme_get_category (theme, 0);
      color.alpha = 0.45 * MAX (density, 0.6);
    }

  draw_color_set_source (cr, color);
  cairo_set_line_width (cr, 1);

  for (guint i = 0; i < count_places (layout, layer); i++)
    {
      if (is_dot (layout, layer, i))
        continue;

      /* A fan has no crossings, and so is quick. */
      for (guint k = 0; k < count_places (layout, layer + 1); k++)
        {
          if (is_dot (layout, layer + 1, k))
            continue;

          cairo_move_to (cr, from, get_y (layout, layer, i));
          cairo_line_to (cr, to, get_y (layout, layer + 1, k));
        }
      cairo_stroke (cr);
    }
}

/* @color on the background: what is behind does not show through. */
static DrawColor
over_background (const DrawTheme *theme,
                 DrawColor        color,
                 double           alpha)
{
  double grey = theme->dark ? 0.19 : 1.0;
  DrawColor paper = { grey, grey, grey, 1.0 };

  if (theme->background.alpha > 0.5)
    paper = theme->background;

  return (DrawColor) {
           paper.red + alpha * (color.red - paper.red),
           paper.green + alpha * (color.green - paper.green),
           paper.blue + alpha * (color.blue - paper.blue),
           1.0
  };
}

static void
draw_bar_layer (const DrawCanvas *canvas,
                const Layout     *layout,
                gsize             layer,
                DrawColor         color)
{
  cairo_t *cr = canvas->cr;
  double width = CLAMP (get_slot (layout, layer) * 0.5, 1, 2 * MIN_RADIUS);
  guint n = count_places (layout, layer);
  double top = get_y (layout, layer, 0) - MIN_RADIUS;
  double bottom = get_y (layout, layer, n - 1) + MIN_RADIUS;

  gboolean selected = layout->network->selected == (gssize) layer;

  draw_color_set_source (cr, over_background (canvas->theme, color, selected ? 1 : 0.45));
  draw_canvas_rounded_rectangle (cr, get_x (layout, layer) - width / 2, top, width, bottom - top, width / 2);
  cairo_fill (cr);
}

/* Dots for units that nobody has counted */
static void
draw_unknown_layer (cairo_t      *cr,
                    const Layout *layout,
                    gsize         layer,
                    DrawColor     color)
{
  double middle = (layout->top + layout->bottom) / 2;

  draw_color_set_source (cr, color);
  for (int i = -1; i <= 1; i++)
    {
      cairo_new_path (cr);
      cairo_arc (cr, get_x (layout, layer), middle + i * UNKNOWN_SPACING, UNKNOWN_RADIUS, 0, 2 * G_PI);
      cairo_fill (cr);
    }
}

static void
draw_layer (const DrawCanvas *canvas,
            const Layout     *layout,
            gsize             layer)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  gboolean selected = layout->network->selected == (gssize) layer;
  DrawColor color = draw_theme_get_category (theme, 0);
  double x = get_x (layout, layer);

  /* The input has no weights: it is grey. */
  if (layer == 0 && !selected)
    {
      color = theme->foreground;
      color = over_background (theme, color, 0.55);
    }

  if (layout->network->layers[layer].width == 0)
    {
      draw_unknown_layer (cr, layout, layer, color);
      return;
    }

  if (get_slot (layout, layer) < MIN_SLOT_FOR_NODES)
    {
      draw_bar_layer (canvas, layout, layer, color);
      return;
    }

  for (guint i = 0; i < count_places (layout, layer); i++)
    {
      double y = get_y (layout, layer, i);

      cairo_new_path (cr);

      if (is_dot (layout, layer, i))
        {
          /* One dot in each place, and one between them */
          double dot = CLAMP (layout->radius * 0.25, 1, 2);

          cairo_arc (cr, x, y, dot, 0, 2 * G_PI);
          if (i + 1 < count_places (layout, layer) && is_dot (layout, layer, i + 1))
            {
              cairo_new_sub_path (cr);
              cairo_arc (cr, x, (y + get_y (layout, layer, i + 1)) / 2, dot, 0, 2 * G_PI);
            }
          draw_color_set_source (cr, color);
          cairo_fill (cr);
          continue;
        }

      cairo_arc (cr, x, y, layout->radius, 0, 2 * G_PI);
      draw_color_set_source (cr, over_background (theme, color, selected ? 1 : 0.18));
      cairo_fill_preserve (cr);
      draw_color_set_source (cr, color);
      cairo_set_line_width (cr, 1.5);
      cairo_stroke (cr);
    }
}

static const char *
get_text (const DrawNetworkLayer *layer,
          guint                   line,
          char                   *buffer,
          gsize                   size)
{
  if (line == 0)
    return layer->name;
  if (line == 2)
    return layer->detail;

  if (layer->width == 0)
    return "?";

  g_snprintf (buffer, size, "%" G_GSIZE_FORMAT, layer->width);

  return buffer;
}

/* Where a text stands under its layer. Returns FALSE where it has no room
 * beside @n_placed others.
 */
static gboolean
place_label (const DrawCanvas *canvas,
             const Layout     *layout,
             gsize             layer,
             const char       *text,
             const DrawArea   *placed,
             gsize             n_placed,
             DrawArea         *area)
{
  double width;

  draw_text_measure (canvas, TEXT_SCALE, text, &width, NULL);

  *area = (DrawArea) { .width = width };
  area->x = CLAMP (get_x (layout, layer) - width / 2, 0, MAX (0, layout->width - width));

  for (gsize i = 0; i < n_placed; i++)
    {
      if (area->x < placed[i].x + placed[i].width + LABEL_SPACE &&
          placed[i].x < area->x + width + LABEL_SPACE)
        return FALSE;
    }

  return width <= layout->width;
}

/* Writes @line of the words under each layer that is not shrunk; or, where not
 * all have room, under the chosen one, the last and the first.
 */
static void
draw_labels (const DrawCanvas *canvas,
             const Layout     *layout,
             guint             line,
             double            y)
{
  const DrawTheme *theme = canvas->theme;
  const DrawNetwork *network = layout->network;
  g_autofree DrawArea *placed = g_new (DrawArea, network->n_layers + 3);
  g_autofree gsize *layers = g_new (gsize, network->n_layers + 3);
  gsize n_wanted = 0, n_placed = 0;
  gboolean all_fit = TRUE;
  char buffer[32];

  for (gsize l = 0; l < network->n_layers && all_fit; l++)
    {
      const char *text = get_text (&network->layers[l], line, buffer, sizeof buffer);

      if (text == NULL || (!is_full (layout, l) && network->selected != (gssize) l))
        continue;

      all_fit = place_label (canvas, layout, l, text, placed, n_placed, &placed[n_placed]);
      layers[n_wanted++] = l;
      n_placed++;
    }

  if (!all_fit)
    {
      n_wanted = 0;
      if (network->selected >= 0 && (gsize) network->selected < network->n_layers)
        layers[n_wanted++] = (gsize) network->selected;
      layers[n_wanted++] = network->n_layers - 1;
      layers[n_wanted++] = 0;
    }

  n_placed = 0;
  for (gsize i = 0; i < n_wanted; i++)
    {
      const char *text = get_text (&network->layers[layers[i]], line, buffer, sizeof buffer);
      gboolean strong = line == 0 || network->selected == (gssize) layers[i];

      if (text == NULL ||
          !place_label (canvas, layout, layers[i], text, placed, n_placed, &placed[n_placed]))
        continue;

      draw_color_set_source (canvas->cr, strong ? theme->foreground : draw_theme_get_faint (theme, DRAW_TEXT_ALPHA));
      draw_text (canvas, placed[n_placed].x, y, DRAW_START, DRAW_START, TEXT_SCALE, text);
      n_placed++;
    }
}

void
draw_network (const DrawCanvas  *canvas,
              const DrawNetwork *network)
{
  cairo_t *cr = canvas->cr;
  Layout layout;
  double y;

  g_return_if_fail (cr != NULL && canvas->theme != NULL && network != NULL);

  draw_canvas_paint_background (canvas);
  if (!layout_init (&layout, canvas, network))
    return;

  cairo_save (cr);
  cairo_new_path (cr);

  for (gsize l = 0; l + 1 < network->n_layers; l++)
    {
      if (get_slot (&layout, l) >= MIN_SLOT_FOR_NODES && get_slot (&layout, l + 1) >= MIN_SLOT_FOR_NODES)
        draw_connections (canvas, &layout, l);
    }

  for (gsize l = 0; l < network->n_layers; l++)
    draw_layer (canvas, &layout, l);

  y = layout.bottom + TEXT_GAP;
  for (guint i = 0; i < N_LINES && layout.line > 0 && y + layout.line <= canvas->height + 0.5; i++)
    {
      draw_labels (canvas, &layout, i, y);
      y += layout.line;
    }

  cairo_restore (cr);
}

gboolean
draw_network_locate (const DrawCanvas  *canvas,
                     const DrawNetwork *network,
                     double             pixel_x,
                     double             pixel_y,
                     gsize             *layer)
{
  double nearest = INFINITY;
  Layout layout;

  g_return_val_if_fail (canvas->cr != NULL && canvas->theme != NULL && network != NULL, FALSE);

  if (!(pixel_x >= 0 && pixel_x < canvas->width && pixel_y >= 0 && pixel_y < canvas->height) ||
      !layout_init (&layout, canvas, network))
    return FALSE;

  for (gsize l = 0; l < network->n_layers; l++)
    {
      double distance = fabs (get_x (&layout, l) - pixel_x);

      if (distance >= nearest)
        continue;

      nearest = distance;
      if (layer != NULL)
        *layer = l;
    }

  return TRUE;
}
