/* pz-molecule-area.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-color.h"
#include "draw/draw-molecule.h"
#include "draw/draw-text.h"
#include "molecules/mol-collection.h"
#include "widgets/common/pz-theme.h"
#include "widgets/results/pz-molecule-area.h"

/* A press of a key. */
#define TURN (G_PI / 18.0)

struct _PzMoleculeArea
{
  GtkWidget      parent_instance;

  MolCollection *molecules;      /* (nullable) */
  MolMolecule    molecule;
  DrawRotation   rotation;
  DrawRotation   drag_rotation;  /* when the drag began */
  gssize         pointer;        /* an atom; −1: none */
};

G_DEFINE_FINAL_TYPE (PzMoleculeArea, pz_molecule_area, GTK_TYPE_WIDGET)

static gboolean
get_drawing (PzMoleculeArea *self,
             DrawMolecule   *drawing)
{
  if (self->molecules == NULL || self->molecule.xyz == NULL)
    return FALSE;

  *drawing = (DrawMolecule) {
    .z = self->molecule.z,
    .xyz = self->molecule.xyz,
    .n_atoms = self->molecule.n_atoms,
    .rotation = self->rotation,
    .pointer = self->pointer,
  };

  return TRUE;
}

static void
update_words (PzMoleculeArea *self)
{
  DrawMolecule drawing;
  g_autofree char *words = NULL;

  if (get_drawing (self, &drawing))
    words = draw_molecule_describe (&drawing);
  else
    words = g_strdup (self->molecules != NULL ? _("No atomic coordinates available.") : "");

  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words,
                                  -1);
}

static void
set_rotation (PzMoleculeArea *self,
              DrawRotation    rotation)
{
  self->rotation = rotation;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
pz_molecule_area_snapshot (GtkWidget   *widget,
                           GtkSnapshot *snapshot)
{
  PzMoleculeArea *self = PZ_MOLECULE_AREA (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  DrawMolecule drawing;
  DrawTheme theme;
  DrawCanvas canvas = { NULL, &theme, width, height };

  pz_theme_from_widget (widget, &theme);
  canvas.cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (get_drawing (self, &drawing))
    {
      draw_molecule (&canvas, &drawing);
    }
  else if (self->molecules != NULL)
    {
      draw_color_set_source (canvas.cr, draw_theme_get_faint (&theme, 0.7));
      draw_text (&canvas, width / 2.0, height / 2.0, DRAW_MIDDLE, DRAW_MIDDLE, 1.0,
                 _("No atomic coordinates available."));
    }
  cairo_destroy (canvas.cr);
}

static void
pz_molecule_area_measure (GtkWidget     *widget,
                          GtkOrientation orientation,
                          int            for_size,
                          int           *minimum,
                          int           *natural,
                          int           *minimum_baseline,
                          int           *natural_baseline)
{
  *minimum = 160;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 320 : 260;
}

static void
on_motion (PzMoleculeArea *self,
           double          x,
           double          y)
{
  DrawMolecule drawing;
  gssize pointer = -1;
  gsize atom;

  if (get_drawing (self, &drawing)
      && draw_molecule_locate (gtk_widget_get_width (GTK_WIDGET (self)),
                               gtk_widget_get_height (GTK_WIDGET (self)), &drawing, x, y, &atom))
    pointer = (gssize) atom;

  if (self->pointer == pointer)
    return;

  self->pointer = pointer;
  if (pointer >= 0 && get_drawing (self, &drawing))
    {
      g_autofree char *words = draw_molecule_describe (&drawing);

      gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
    }
  else
    {
      gtk_widget_set_tooltip_text (GTK_WIDGET (self), NULL);
    }
  update_words (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_leave (PzMoleculeArea *self)
{
  on_motion (self, -1.0, -1.0);
}

static void
on_drag_begin (PzMoleculeArea *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self));
  self->drag_rotation = self->rotation;
}

static void
on_drag_update (PzMoleculeArea *self,
                double          offset_x,
                double          offset_y,
                GtkGestureDrag *drag)
{
  double x, y;

  if (!gtk_gesture_drag_get_start_point (drag, &x, &y))
    return;

  set_rotation (self, draw_rotation_drag (&self->drag_rotation,
                                          gtk_widget_get_width (GTK_WIDGET (self)),
                                          gtk_widget_get_height (GTK_WIDGET (self)),
                                          x, y, x + offset_x, y + offset_y));
}

static gboolean
on_turn_binding (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  PzMoleculeArea *self = PZ_MOLECULE_AREA (widget);
  double x, y, z;

  g_variant_get (args, "(ddd)", &x, &y, &z);
  set_rotation (self, draw_rotation_turn (&self->rotation, x, y, z, TURN));

  return TRUE;
}

static void
set_back (PzMoleculeArea *self)
{
  const DrawRotation none = DRAW_ROTATION_NONE;

  set_rotation (self, self->molecules != NULL && self->molecule.xyz != NULL ?
                draw_rotation_from_points (self->molecule.xyz, self->molecule.n_atoms) : none);
}

static gboolean
on_back_binding (GtkWidget *widget,
                 GVariant  *args,
                 gpointer   user_data)
{
  set_back (PZ_MOLECULE_AREA (widget));

  return TRUE;
}

static void
pz_molecule_area_finalize (GObject *object)
{
  PzMoleculeArea *self = PZ_MOLECULE_AREA (object);

  g_clear_pointer (&self->molecules, mol_collection_unref);

  G_OBJECT_CLASS (pz_molecule_area_parent_class)->finalize (object);
}

static void
pz_molecule_area_class_init (PzMoleculeAreaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const struct { guint key; double x, y, z; } turns[] = {
    { GDK_KEY_Left, 0, -1, 0 }, { GDK_KEY_Right, 0, 1, 0 },
    { GDK_KEY_Up, -1, 0, 0 }, { GDK_KEY_Down, 1, 0, 0 },
    { GDK_KEY_Page_Up, 0, 0, 1 }, { GDK_KEY_Page_Down, 0, 0, -1 },
  };

  object_class->finalize = pz_molecule_area_finalize;

  widget_class->measure = pz_molecule_area_measure;
  widget_class->snapshot = pz_molecule_area_snapshot;

  for (gsize i = 0; i < G_N_ELEMENTS (turns); i++)
    gtk_widget_class_add_binding (widget_class, turns[i].key, 0, on_turn_binding, "(ddd)",
                                  turns[i].x, turns[i].y, turns[i].z);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Home, 0, on_back_binding, NULL);

  gtk_widget_class_set_css_name (widget_class, "moleculearea");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
pz_molecule_area_init (PzMoleculeArea *self)
{
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkGesture *drag = gtk_gesture_drag_new ();

  self->pointer = -1;

  g_signal_connect_swapped (motion, "enter", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  g_signal_connect_swapped (motion, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);

  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));

  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Molecular Structure"),
                                  -1);
}

GtkWidget *
pz_molecule_area_new (void)
{
  return g_object_new (PZ_TYPE_MOLECULE_AREA, NULL);
}

void
pz_molecule_area_set_molecule (PzMoleculeArea *self,
                               MolCollection  *molecules,
                               gsize           i)
{
  g_return_if_fail (PZ_IS_MOLECULE_AREA (self));

  if (molecules != NULL)
    molecules = mol_collection_ref (molecules);
  g_clear_pointer (&self->molecules, mol_collection_unref);
  self->molecules = molecules;
  if (molecules != NULL)
    mol_collection_get (molecules, i, &self->molecule);

  self->pointer = -1;
  set_back (self);
  update_words (self);
}
