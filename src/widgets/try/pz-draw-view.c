/* pz-draw-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/photo/pz-photo-actions.h"
#include "widgets/photo/pz-photo-source.h"
#include "widgets/try/pz-answer-bars.h"
#include "widgets/try/pz-answer-panel.h"
#include "widgets/try/pz-draw-view.h"
#include "widgets/try/pz-drawings-panel.h"
#include "widgets/try/pz-explanation-panel.h"
#include "widgets/try/pz-pipeline-strip.h"
#include "widgets/try/pz-sketch-input.h"
#include "widgets/try/pz-sketch-pad.h"

struct _PzDrawView
{
  PzProjectWidget  parent_instance;

  /* Owned */
  PzSketch        *sketch;
  GSignalGroup    *sketch_signals;
  PzSketchInput   *input;               /* of the pad */

  gboolean         erasing;
  guint            ask_id;              /* the drawing changed and was not yet asked about */

  /* From the template */
  GtkWidget       *empty_page;
  GtkWidget       *page;
  PzSketchPad     *pad;
  GtkWidget       *pad_hint;
  PzPipelineStrip *strip;
  PzDrawingsPanel *drawings_panel;
};

enum {
  PROP_0,
  PROP_ERASING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzDrawView, pz_draw_view, PZ_TYPE_PROJECT_WIDGET)

static GParamSpec *properties[N_PROPS];

static PzPredictor *
get_predictor (PzDrawView *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_get_predictor (project) : NULL;
}

/* Whoever has chosen molecules has nothing to draw. */
static void
update_page (PzDrawView *self)
{
  PzProject *project = self->parent_instance.project;
  const RecipeData *data = project != NULL ? pz_project_peek_net_data (project) : NULL;
  const gboolean has_net = project != NULL && pz_project_peek_net (project) != NULL;
  const gboolean molecules = has_net ? data->task != NULL
                             : project != NULL && pz_project_has_molecules (project);

  gtk_widget_set_visible (self->empty_page, molecules);
  gtk_widget_set_visible (self->page, !molecules);
}

static void
query_predictor (PzDrawView *self)
{
  PzPredictor *predictor = get_predictor (self);
  const InkPoint *points;
  gsize n_points;

  if (predictor == NULL)
    return;

  points = pz_sketch_peek_points (self->sketch, &n_points);
  pz_predictor_set_strokes (predictor, points, n_points, pz_pipeline_strip_get_skip (self->strip));
}

static gboolean
on_ask (gpointer user_data)
{
  PzDrawView *self = user_data;

  self->ask_id = 0;
  query_predictor (self);

  return G_SOURCE_REMOVE;
}

/* One event may bring many points; they are one question. Not later than the
 * next frame.
 */
static void
on_sketch_changed (PzDrawView *self)
{
  gboolean empty = pz_sketch_get_empty (self->sketch);

  gtk_widget_set_visible (self->pad_hint, empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draw.undo", pz_sketch_get_can_undo (self->sketch));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draw.redo", pz_sketch_get_can_redo (self->sketch));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draw.clear", !empty);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "draw.keep", !empty);

  if (self->ask_id == 0)
    {
      self->ask_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_ask, self, NULL);
      g_source_set_name_by_id (self->ask_id, "[pz] ask about the drawing");
    }
}

static void
on_undo (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  PzDrawView *self = PZ_DRAW_VIEW (widget);

  if (!pz_drawings_panel_undo (self->drawings_panel))
    pz_sketch_undo (self->sketch);
}

static void
on_keep (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  pz_drawings_panel_keep (PZ_DRAW_VIEW (widget)->drawings_panel, g_variant_get_uint32 (parameter));
}

static void
on_redo (GtkWidget  *widget,
         const char *action_name,
         GVariant   *parameter)
{
  pz_sketch_redo (PZ_DRAW_VIEW (widget)->sketch);
}

static void
on_clear (GtkWidget  *widget,
          const char *action_name,
          GVariant   *parameter)
{
  pz_sketch_clear (PZ_DRAW_VIEW (widget)->sketch);
}

static void
pz_draw_view_project_changed (PzProjectWidget *widget)
{
  PzDrawView *self = PZ_DRAW_VIEW (widget);

  pz_pipeline_strip_set_predictor (self->strip, get_predictor (self));
  query_predictor (self);
  update_page (self);
}

static void
pz_draw_view_dispose (GObject *object)
{
  PzDrawView *self = PZ_DRAW_VIEW (object);

  g_clear_handle_id (&self->ask_id, g_source_remove);
  g_clear_object (&self->sketch_signals);
  g_clear_pointer (&self->input, pz_sketch_input_free);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_DRAW_VIEW);

  g_clear_object (&self->sketch);

  G_OBJECT_CLASS (pz_draw_view_parent_class)->dispose (object);
}

static void
pz_draw_view_get_property (GObject    *object,
                           guint       prop_id,
                           GValue     *value,
                           GParamSpec *pspec)
{
  PzDrawView *self = PZ_DRAW_VIEW (object);

  switch (prop_id)
    {
    case PROP_ERASING:
      g_value_set_boolean (value, pz_draw_view_get_erasing (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_draw_view_set_property (GObject      *object,
                           guint         prop_id,
                           const GValue *value,
                           GParamSpec   *pspec)
{
  PzDrawView *self = PZ_DRAW_VIEW (object);

  switch (prop_id)
    {
    case PROP_ERASING:
      pz_draw_view_set_erasing (self, g_value_get_boolean (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_draw_view_class_init (PzDrawViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_draw_view_dispose;
  object_class->get_property = pz_draw_view_get_property;
  object_class->set_property = pz_draw_view_set_property;

  project_class->project_changed = pz_draw_view_project_changed;

  properties[PROP_ERASING] =
    g_param_spec_boolean ("erasing", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_install_action (widget_class, "draw.undo", NULL, on_undo);
  gtk_widget_class_install_action (widget_class, "draw.redo", NULL, on_redo);
  gtk_widget_class_install_action (widget_class, "draw.clear", NULL, on_clear);
  gtk_widget_class_install_action (widget_class, "draw.keep", "u", on_keep);
  gtk_widget_class_install_property_action (widget_class, "draw.erase", "erasing");

  pz_photo_actions_install (widget_class);

  /* Not Ctrl+Z, which belongs to the recipe. */
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, 0, "draw.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "draw.undo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK | GDK_SHIFT_MASK, "draw.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_BackSpace, GDK_SHIFT_MASK, "draw.redo", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "draw.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "draw.clear", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, 0, "draw.erase", NULL);
  for (guint i = 0; i < 10; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, 0, "draw.keep", "u", i);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + i, 0, "draw.keep", "u", i);
    }

  /* The builder looks types up by name; this makes the names known. */
  g_type_ensure (PZ_TYPE_ANSWER_BARS);
  g_type_ensure (PZ_TYPE_ANSWER_PANEL);
  g_type_ensure (PZ_TYPE_DRAWINGS_PANEL);
  g_type_ensure (PZ_TYPE_PIPELINE_STRIP);
  g_type_ensure (PZ_TYPE_SKETCH_PAD);
  g_type_ensure (PZ_TYPE_EXPLANATION_PANEL);

  gtk_widget_class_set_css_name (widget_class, "drawview");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/perzeptron/Perzeptron/ui/try/pz-draw-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, page);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, pad);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, pad_hint);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, strip);
  gtk_widget_class_bind_template_child (widget_class, PzDrawView, drawings_panel);
  gtk_widget_class_bind_template_callback (widget_class, query_predictor);
}

static void
pz_draw_view_init (PzDrawView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  self->sketch = pz_sketch_new ();
  self->sketch_signals = g_signal_group_new (PZ_TYPE_SKETCH);
  g_signal_group_connect_swapped (self->sketch_signals, "changed", G_CALLBACK (on_sketch_changed), self);
  g_signal_group_set_target (self->sketch_signals, self->sketch);
  pz_sketch_pad_set_sketch (self->pad, self->sketch);
  self->input = pz_sketch_input_new (self->pad);
  pz_pipeline_strip_set_sketch (self->strip, self->sketch);
  pz_drawings_panel_set_sketch (self->drawings_panel, self->sketch);

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (update_page));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::molecules", G_CALLBACK (update_page));

  on_sketch_changed (self);
}

gboolean
pz_draw_view_get_erasing (PzDrawView *self)
{
  g_return_val_if_fail (PZ_IS_DRAW_VIEW (self), FALSE);

  return self->erasing;
}

void
pz_draw_view_set_erasing (PzDrawView *self,
                          gboolean    erasing)
{
  g_return_if_fail (PZ_IS_DRAW_VIEW (self));

  erasing = !!erasing;
  if (self->erasing == erasing)
    return;

  self->erasing = erasing;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERASING]);
}

PzSketch *
pz_draw_view_get_sketch (PzDrawView *self)
{
  g_return_val_if_fail (PZ_IS_DRAW_VIEW (self), NULL);

  return self->sketch;
}
