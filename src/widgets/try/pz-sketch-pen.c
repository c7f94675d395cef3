/* pz-sketch-pen.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/try/pz-sketch-pen.h"

/* Of the side of the pad: how far an arrow key moves the pen, and with Shift */
#define STEP 0.05
#define FINE_STEP 0.0125

typedef enum
{
  ACT_MOVE,
  ACT_PRESS,
  ACT_LIFT,
  ACT_CANCEL,
} Act;

/* Act, dx, dy */
#define ARGUMENTS "(idd)"

static void
bind_move (GtkWidgetClass *widget_class,
           GtkShortcutFunc callback,
           guint           key,
           guint           keypad,
           int             dx,
           int             dy)
{
  const guint keys[] = { key, keypad };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      gtk_widget_class_add_binding (widget_class, keys[i], 0, callback,
                                    ARGUMENTS, ACT_MOVE, dx * STEP, dy * STEP);
      gtk_widget_class_add_binding (widget_class, keys[i], GDK_SHIFT_MASK, callback,
                                    ARGUMENTS, ACT_MOVE, dx * FINE_STEP, dy * FINE_STEP);
    }
}

static void
bind_action (GtkWidgetClass *widget_class,
             GtkShortcutFunc callback,
             guint           key,
             Act             act)
{
  gtk_widget_class_add_binding (widget_class, key, 0, callback, ARGUMENTS, act, 0.0, 0.0);
}

static void
move_pen (PzSketchPen *pen,
          PzSketch    *sketch,
          float        dx,
          float        dy)
{
  const float x = CLAMP (pen->x + dx, 0.0f, 1.0f);
  const float y = CLAMP (pen->y + dy, 0.0f, 1.0f);

  if (pen->is_down && pen->erases)
    pz_sketch_erase (sketch, pen->x, pen->y, x, y, PZ_ERASER_RADIUS);
  else if (pen->is_down && (x != pen->x || y != pen->y))
    pz_sketch_add_point (sketch, x, y, PZ_NO_PRESSURE);

  pen->x = x;
  pen->y = y;
}

static void
press_pen (PzSketchPen *pen,
           PzSketch    *sketch,
           gboolean     erase)
{
  if (pz_sketch_pen_lift (pen, sketch))
    return;

  if (erase)
    pz_sketch_erase (sketch, pen->x, pen->y, pen->x, pen->y, PZ_ERASER_RADIUS);
  else
    pz_sketch_begin_stroke (sketch, pen->x, pen->y, PZ_NO_PRESSURE);
  pen->is_down = TRUE;
  pen->erases = erase;
}

static gboolean
cancel_stroke (PzSketchPen *pen,
               PzSketch    *sketch)
{
  if (!pen->is_down)
    return FALSE;

  pen->is_down = FALSE;
  if (!pen->erases)
    pz_sketch_cancel_stroke (sketch);

  return TRUE;
}

void
pz_sketch_pen_init (PzSketchPen *pen)
{
  *pen = (PzSketchPen) { .x = 0.5f, .y = 0.25f };
}

void
pz_sketch_pen_bind (GtkWidgetClass *widget_class,
                    GtkShortcutFunc callback)
{
  bind_move (widget_class, callback, GDK_KEY_Left, GDK_KEY_KP_Left, -1, 0);
  bind_move (widget_class, callback, GDK_KEY_Right, GDK_KEY_KP_Right, 1, 0);
  bind_move (widget_class, callback, GDK_KEY_Up, GDK_KEY_KP_Up, 0, -1);
  bind_move (widget_class, callback, GDK_KEY_Down, GDK_KEY_KP_Down, 0, 1);
  bind_move (widget_class, callback, GDK_KEY_Home, GDK_KEY_KP_Home, -1, -1);
  bind_move (widget_class, callback, GDK_KEY_Page_Up, GDK_KEY_KP_Page_Up, 1, -1);
  bind_move (widget_class, callback, GDK_KEY_End, GDK_KEY_KP_End, -1, 1);
  bind_move (widget_class, callback, GDK_KEY_Page_Down, GDK_KEY_KP_Page_Down, 1, 1);
  bind_action (widget_class, callback, GDK_KEY_space, ACT_PRESS);
  bind_action (widget_class, callback, GDK_KEY_KP_Space, ACT_PRESS);
  bind_action (widget_class, callback, GDK_KEY_Return, ACT_LIFT);
  bind_action (widget_class, callback, GDK_KEY_KP_Enter, ACT_LIFT);
  bind_action (widget_class, callback, GDK_KEY_Escape, ACT_CANCEL);
}

gboolean
pz_sketch_pen_act (PzSketchPen *pen,
                   PzSketch    *sketch,
                   gboolean     erase,
                   GVariant    *arguments)
{
  double dx, dy;
  Act act;

  g_variant_get (arguments, ARGUMENTS, &act, &dx, &dy);

  switch (act)
    {
    case ACT_MOVE:
      pen->is_used = TRUE;
      move_pen (pen, sketch, (float) dx, (float) dy);
      return TRUE;

    case ACT_PRESS:
      pen->is_used = TRUE;
      press_pen (pen, sketch, erase);
      return TRUE;

    case ACT_LIFT:
      return pz_sketch_pen_lift (pen, sketch);

    case ACT_CANCEL:
      return cancel_stroke (pen, sketch);

    default:
      g_assert_not_reached ();
    }
}

gboolean
pz_sketch_pen_lift (PzSketchPen *pen,
                    PzSketch    *sketch)
{
  if (!pen->is_down)
    return FALSE;

  pen->is_down = FALSE;
  if (!pen->erases)
    pz_sketch_end_stroke (sketch);

  return TRUE;
}

void
pz_sketch_pen_follow (PzSketchPen *pen,
                      PzSketch    *sketch)
{
  if (pen->is_down && !pen->erases && !pz_sketch_get_drawing (sketch))
    pen->is_down = FALSE;
}

char *
pz_sketch_pen_describe (const PzSketchPen *pen,
                        PzSketch          *sketch)
{
  const char *content = sketch == NULL || pz_sketch_get_empty (sketch) ? _("Empty") : _("Has a drawing");
  g_autofree char *place = NULL;

  if (!pen->is_used)
    place = g_strdup (_("Arrow keys move a pen, Space puts it down"));
  else if (pen->is_down)
    /* Translators: the pen that the arrow keys move */
    place = g_strdup_printf (_("Pen down, %.0f %% from the left, %.0f %% from the top"),
                             100.0 * (double) pen->x, 100.0 * (double) pen->y);
  else
    place = g_strdup_printf (_("Pen up, %.0f %% from the left, %.0f %% from the top"),
                             100.0 * (double) pen->x, 100.0 * (double) pen->y);

  return g_strdup_printf ("%s. %s", content, place);
}
