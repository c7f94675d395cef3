/* pz-drawing.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "datasets/ds-drawings.h"
#include "datasets/ds-extra-samples.h"
#include "model/pz-drawing.h"

struct _PzDrawing
{
  GObject parent_instance;

  guint8  image[INK_FRAME_SIZE];
  guint   label;
  int     answer;
};

enum {
  PROP_0,
  PROP_LABEL,
  PROP_ANSWER,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzDrawing, pz_drawing, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static void
pz_drawing_get_property (GObject    *object,
                         guint       prop_id,
                         GValue     *value,
                         GParamSpec *pspec)
{
  PzDrawing *self = PZ_DRAWING (object);

  switch (prop_id)
    {
    case PROP_LABEL:
      g_value_set_uint (value, self->label);
      break;

    case PROP_ANSWER:
      g_value_set_int (value, self->answer);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_drawing_class_init (PzDrawingClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = pz_drawing_get_property;

  properties[PROP_LABEL] =
    g_param_spec_uint ("label", NULL, NULL,
                       0, 255, 0,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_ANSWER] =
    g_param_spec_int ("answer", NULL, NULL,
                      PZ_DRAWING_NO_ANSWER, G_MAXINT, PZ_DRAWING_NO_ANSWER,
                      G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pz_drawing_init (PzDrawing *self)
{
  self->answer = PZ_DRAWING_NO_ANSWER;
}

PzDrawing *
pz_drawing_new (const guint8 *image,
                guint         label)
{
  PzDrawing *self;

  g_return_val_if_fail (image != NULL, NULL);
  g_return_val_if_fail (label <= 255, NULL);

  self = g_object_new (PZ_TYPE_DRAWING, NULL);
  memcpy (self->image, image, sizeof (self->image));
  self->label = label;

  return self;
}

const guint8 *
pz_drawing_peek_image (PzDrawing *self)
{
  g_return_val_if_fail (PZ_IS_DRAWING (self), NULL);

  return self->image;
}

guint
pz_drawing_get_label (PzDrawing *self)
{
  g_return_val_if_fail (PZ_IS_DRAWING (self), 0);

  return self->label;
}

void
pz_drawing_set_label (PzDrawing *self,
                      guint      label)
{
  g_return_if_fail (PZ_IS_DRAWING (self));
  g_return_if_fail (label <= 255);

  if (self->label == label)
    return;

  self->label = label;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
}

int
pz_drawing_get_answer (PzDrawing *self)
{
  g_return_val_if_fail (PZ_IS_DRAWING (self), PZ_DRAWING_NO_ANSWER);

  return self->answer;
}

void
pz_drawing_set_answer (PzDrawing *self,
                       int        answer)
{
  g_return_if_fail (PZ_IS_DRAWING (self));

  if (self->answer == answer)
    return;

  self->answer = answer;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ANSWER]);
}

gboolean
pz_drawing_get_wrong (PzDrawing *self)
{
  g_return_val_if_fail (PZ_IS_DRAWING (self), FALSE);

  return self->answer != PZ_DRAWING_NO_ANSWER && (guint) self->answer != self->label;
}

gboolean
pz_drawing_get_for_test (PzDrawing *self)
{
  g_return_val_if_fail (PZ_IS_DRAWING (self), FALSE);

  return ds_extra_samples_is_for_test (self->image, sizeof (self->image));
}
