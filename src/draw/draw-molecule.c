/* draw-molecule.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>

#include "draw/draw-bonds.h"
#include "draw/draw-color.h"
#include "draw/draw-molecule.h"
#include "draw/draw-text.h"

/* Å: a ball is a little of its own and some of the covalent radius. */
#define BALL 0.18
#define BALL_SHARE 0.34
#define STICK 0.085              /* half of its width */
#define THIN_STICK 0.055         /* of several beside each other */

/* From the viewer to the middle, in radii of the whole; a lone atom is not shown
 * larger than as a part of this, in Å.
 */
#define DISTANCE 3.6
#define MIN_RADIUS 1.6
#define MARGIN 4.0

/* A stick begins inside of its ball, and is behind it if it lies beside it; its
 * halves overlap, so that there is no seam.
 */
#define STICK_START 0.85         /* of the ball's radius */
#define STICK_BACK 0.08          /* Å */
#define STICK_HALF 0.51

/* How much of what is farthest is paper */
#define FOG 0.55
#define FOG_CONTRAST 0.25

/* Letters, of the ball's radius; a smaller ball has none if it is carbon or
 * hydrogen.
 */
#define LETTER_SHARE 1.75
#define LETTER_STEP 0.1          /* a size that is new costs more than all the rest */
#define MIN_LETTER_RADIUS 6.0
#define RING_WIDTH 3.0

#define HIT_MARGIN 2.0

/* An atom as it is seen */
typedef struct
{
  double   at[3];          /* turned, around the middle; Å */
  double   x;              /* pixels */
  double   y;
  double   scale;          /* pixels an Å, there */
  double   radius;         /* pixels */
  gboolean shown;
} Ball;

typedef struct
{
  const DrawMolecule *molecule;
  Ball               *balls;
  double              width;
  double              height;
  double              radius;       /* Å: all is inside, however it is turned */
  double              scale;        /* pixels an Å, in the middle */
  double              front;        /* z of the foremost atom */
} View;

/* A ball, or one end of a bond */
typedef struct
{
  double z;
  gsize  atom;
  gssize bond;             /* −1: the ball */
} Item;

static const DrawColor black = { 0, 0, 0, 1 };
static const DrawColor white = { 1, 1, 1, 1 };

static double
get_ball_radius (guint z)
{
  return BALL + BALL_SHARE * draw_bonds_get_radius (z);
}

/* Whatever is nearer is larger. */
static void
project_point (const View  *view,
               const double at[3],
               double      *x,
               double      *y,
               double      *scale)
{
  double away = DISTANCE * view->radius;

  *scale = view->scale * away / (away - at[2]);
  *x = view->width / 2 + *scale * at[0];
  *y = view->height / 2 - *scale * at[1];
}

static void
view_clear (View *view)
{
  g_clear_pointer (&view->balls, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (View, view_clear)

static gboolean
view_init (View               *view,
           double              width,
           double              height,
           const DrawMolecule *molecule)
{
  double middle[3] = { 0 };
  gsize n = 0;

  *view = (View) {
    .molecule = molecule, .width = width, .height = height, .radius = MIN_RADIUS, .front = -INFINITY,
  };
  view->balls = g_new0 (Ball, molecule->n_atoms);

  for (gsize i = 0; i < molecule->n_atoms; i++)
    {
      const float *at = molecule->xyz + 3 * i;

      view->balls[i].shown = isfinite (at[0]) && isfinite (at[1]) && isfinite (at[2]);
      if (!view->balls[i].shown)
        continue;

      n++;
      for (guint k = 0; k < 3; k++)
        middle[k] += ((double) at[k] - middle[k]) / (double) n;
    }

  for (gsize i = 0; i < molecule->n_atoms; i++)
    {
      Ball *ball = &view->balls[i];
      double from[3];

      if (!ball->shown)
        continue;

      for (guint k = 0; k < 3; k++)
        from[k] = (double) molecule->xyz[3 * i + k] - middle[k];
      draw_rotation_apply (&molecule->rotation, from, ball->at);
      view->front = MAX (view->front, ball->at[2]);
      view->radius = MAX (view->radius,
                          sqrt (from[0] * from[0] + from[1] * from[1] + from[2] * from[2]) +
                          get_ball_radius (molecule->z[i]));
    }

  /* The sphere around all is seen under a cone. */
  view->scale = (MIN (width, height) / 2 - MARGIN) / view->radius * sqrt (1 - 1 / (DISTANCE * DISTANCE));
  if (!(view->scale > 0) || !isfinite (view->radius))
    return FALSE;

  for (gsize i = 0; i < molecule->n_atoms; i++)
    {
      Ball *ball = &view->balls[i];

      project_point (view, ball->at, &ball->x, &ball->y, &ball->scale);
      ball->radius = ball->scale * get_ball_radius (molecule->z[i]);
    }

  return n > 0;
}

/* Behind the foremost atom, of the farthest that one could be */
static double
get_depth (const View *view,
           double      z)
{
  return CLAMP ((view->front - z) / (2 * view->radius), 0, 1);
}

static DrawColor
fade_color (const View      *view,
            const DrawTheme *theme,
            DrawColor        color,
            double           z)
{
  double fog = theme->high_contrast ? FOG_CONTRAST : FOG;

  return draw_color_mix (color, draw_theme_get_paper (theme), fog * get_depth (view, z));
}

static DrawColor
get_color (guint z)
{
  guint32 color = draw_bonds_get_color (z);

  return (DrawColor) { (color >> 16) / 255.0, (color >> 8 & 0xff) / 255.0, (color & 0xff) / 255.0, 1 };
}

static void
draw_letter (const DrawCanvas *canvas,
             const View       *view,
             const Ball       *ball,
             guint             z)
{
  /* Grey carbon is bright, red oxygen is not. */
  gboolean bright = draw_color_get_luminance (fade_color (view, canvas->theme, get_color (z), ball->at[2])) > 0.24;
  gboolean plain = z == 1 || z == 6;
  double line, scale;

  if (ball->radius < MIN_LETTER_RADIUS && plain)
    return;

  draw_text_measure (canvas, 1, "0", NULL, &line);
  scale = round (LETTER_SHARE * ball->radius / line / LETTER_STEP) * LETTER_STEP;
  draw_color_set_source (canvas->cr, bright ? black : white);
  draw_text (canvas, ball->x, ball->y, DRAW_MIDDLE, DRAW_MIDDLE, scale, draw_bonds_get_symbol (z));
}

static void
draw_ring (const DrawCanvas *canvas,
           const Ball       *ball)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;

  cairo_new_path (cr);
  cairo_arc (cr, ball->x, ball->y, ball->radius + RING_WIDTH, 0, 2 * G_PI);
  draw_color_set_source (cr, draw_theme_get_paper (theme));
  cairo_set_line_width (cr, RING_WIDTH + 2);
  cairo_stroke_preserve (cr);
  draw_color_set_source (cr, theme->foreground);
  cairo_set_line_width (cr, RING_WIDTH - 1);
  cairo_stroke (cr);
}

static void
draw_ball (const DrawCanvas *canvas,
           const View       *view,
           gsize             atom)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  const Ball *ball = &view->balls[atom];
  guint z = view->molecule->z[atom];
  DrawColor color = get_color (z);
  const DrawColor stops[] = { draw_color_mix (color, white, 0.55), color, draw_color_mix (color, black, 0.3) };
  const double places[] = { 0, 0.45, 1 };
  double r = ball->radius;
  cairo_pattern_t *light;

  /* Lit from above left */
  light = cairo_pattern_create_radial (ball->x - 0.35 * r, ball->y - 0.4 * r, 0.05 * r, ball->x, ball->y, r);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    {
      DrawColor stop = fade_color (view, theme, stops[i], ball->at[2]);

      cairo_pattern_add_color_stop_rgb (light, places[i], stop.red, stop.green, stop.blue);
    }

  cairo_new_path (cr);
  cairo_arc (cr, ball->x, ball->y, r, 0, 2 * G_PI);
  cairo_set_source (cr, light);
  cairo_fill_preserve (cr);
  cairo_pattern_destroy (light);

  draw_color_set_source (cr, fade_color (view, theme, draw_color_mix (color, black, 0.6), ball->at[2]));
  cairo_set_line_width (cr, 1);
  cairo_stroke (cr);

  draw_letter (canvas, view, ball, z);
  if (view->molecule->pointer >= 0 && (gsize) view->molecule->pointer == atom)
    draw_ring (canvas, ball);
}

/* One stick between two places, @aside (Å) from the line between them */
static void
draw_stick (const DrawCanvas *canvas,
            const View       *view,
            const double      from[3],
            const double      to[3],
            double            half,
            double            aside)
{
  cairo_t *cr = canvas->cr;
  const DrawTheme *theme = canvas->theme;
  double x[2], y[2], scale[2], length, across_x, across_y, low, high;
  double z = (from[2] + to[2]) / 2;
  DrawColor middle = fade_color (view, theme, draw_color_mix (white, black, theme->dark ? 0.3 : 0.26), z);
  DrawColor edge = fade_color (view, theme, draw_color_mix (white, black, theme->dark ? 0.62 : 0.56), z);
  cairo_pattern_t *light;

  project_point (view, from, &x[0], &y[0], &scale[0]);
  project_point (view, to, &x[1], &y[1], &scale[1]);
  length = hypot (x[1] - x[0], y[1] - y[0]);
  if (!(length > 1e-6))
    return;
  across_x = (y[0] - y[1]) / length;
  across_y = (x[1] - x[0]) / length;

  /* Round, by its light */
  low = (aside - half) * scale[0];
  high = (aside + half) * scale[0];
  light = cairo_pattern_create_linear (x[0] + low * across_x, y[0] + low * across_y,
                                       x[0] + high * across_x, y[0] + high * across_y);
  cairo_pattern_add_color_stop_rgb (light, 0, edge.red, edge.green, edge.blue);
  cairo_pattern_add_color_stop_rgb (light, 0.45, middle.red, middle.green, middle.blue);
  cairo_pattern_add_color_stop_rgb (light, 1, edge.red, edge.green, edge.blue);

  cairo_new_path (cr);
  for (guint corner = 0; corner < 4; corner++)
    {
      guint end = corner / 2;
      double by = (aside + (corner == 0 || corner == 3 ? -half : half)) * scale[end];

      cairo_line_to (cr, x[end] + by * across_x, y[end] + by * across_y);
    }
  cairo_close_path (cr);
  cairo_set_source (cr, light);
  cairo_fill (cr);
  cairo_pattern_destroy (light);
}

/* From where it leaves a ball to the middle of the bond; FALSE: there is nothing
 * between the balls.
 */
static gboolean
get_half_bond (const View     *view,
               const DrawBond *bond,
               gsize           atom,
               double          from[3],
               double          to[3])
{
  const double *here = view->balls[atom].at;
  const double *there = view->balls[bond->first == atom ? bond->second : bond->first].at;
  double radius = STICK_START * get_ball_radius (view->molecule->z[atom]);
  double length = 0;

  for (guint k = 0; k < 3; k++)
    length += (there[k] - here[k]) * (there[k] - here[k]);
  length = sqrt (length);

  for (guint k = 0; k < 3; k++)
    {
      from[k] = here[k] + radius / length * (there[k] - here[k]);
      to[k] = here[k] + STICK_HALF * (there[k] - here[k]);
    }

  return radius < STICK_HALF * length;
}

static void
draw_half_bond (const DrawCanvas *canvas,
                const View       *view,
                const DrawBond   *bond,
                gsize             atom)
{
  static const double asides[3][3] = { { 0 }, { -0.1, 0.1 }, { -0.15, 0, 0.15 } };      /* Å */
  double half = bond->order > 1 ? THIN_STICK : STICK;
  double from[3], to[3];

  if (!get_half_bond (view, bond, atom, from, to))
    return;

  for (guint i = 0; i < bond->order; i++)
    draw_stick (canvas, view, from, to, half, asides[bond->order - 1][i]);
}

static int
compare_items (const void *a,
               const void *b)
{
  const Item *x = a, *y = b;

  return (x->z > y->z) - (x->z < y->z);
}

/* (transfer full): from the back to the front */
static Item *
sort_items (const View     *view,
            const DrawBond *bonds,
            gsize           n_bonds,
            gsize          *n_items)
{
  Item *items = g_new (Item, view->molecule->n_atoms + 2 * n_bonds);
  gsize n = 0;

  for (gsize i = 0; i < view->molecule->n_atoms; i++)
    {
      if (view->balls[i].shown)
        {
          items[n++] = (Item) { view->balls[i].at[2], i, -1 };
        }
    }

  for (gsize b = 0; b < n_bonds; b++)
    {
      const gsize ends[] = { bonds[b].first, bonds[b].second };

      for (guint end = 0; end < 2; end++)
        {
          double from[3], to[3];

          if (get_half_bond (view, &bonds[b], ends[end], from, to))
            {
              items[n++] = (Item) { (from[2] + to[2]) / 2 - STICK_BACK, ends[end], (gssize) b };
            }
        }
    }

  qsort (items, n, sizeof *items, compare_items);
  *n_items = n;

  return items;
}

void
draw_molecule (const DrawCanvas   *canvas,
               const DrawMolecule *molecule)
{
  cairo_t *cr = canvas->cr;
  g_auto(View) view = { 0 };
  g_autofree DrawBond *bonds = NULL;
  g_autofree Item *items = NULL;
  gsize n_bonds, n_items;

  g_return_if_fail (cr != NULL && canvas->theme != NULL && molecule != NULL);

  draw_canvas_paint_background (canvas);
  if (!view_init (&view, canvas->width, canvas->height, molecule))
    return;

  bonds = draw_bonds_find (molecule->z, molecule->xyz, molecule->n_atoms, &n_bonds);
  items = sort_items (&view, bonds, n_bonds, &n_items);

  cairo_save (cr);
  for (gsize i = 0; i < n_items; i++)
    {
      if (items[i].bond < 0)
        draw_ball (canvas, &view, items[i].atom);
      else
        draw_half_bond (canvas, &view, &bonds[items[i].bond], items[i].atom);
    }
  cairo_restore (cr);
}

gboolean
draw_molecule_locate (double              width,
                      double              height,
                      const DrawMolecule *molecule,
                      double              pixel_x,
                      double              pixel_y,
                      gsize              *atom)
{
  g_auto(View) view = { 0 };
  double nearest = -G_MAXDOUBLE;
  gboolean found = FALSE;

  g_return_val_if_fail (molecule != NULL, FALSE);

  if (!view_init (&view, width, height, molecule))
    return FALSE;

  for (gsize i = 0; i < molecule->n_atoms; i++)
    {
      const Ball *ball = &view.balls[i];

      if (!ball->shown || ball->at[2] <= nearest ||
          hypot (pixel_x - ball->x, pixel_y - ball->y) > ball->radius + HIT_MARGIN)
        continue;

      nearest = ball->at[2];
      found = TRUE;
      if (atom != NULL)
        *atom = i;
    }

  return found;
}
