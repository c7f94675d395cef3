/* pz-explanation-panel.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "draw/draw-explain.h"
#include "draw/draw-gallery.h"
#include "ink/ink-frame.h"
#include "widgets/common/pz-class-words.h"
#include "widgets/common/pz-theme.h"
#include "widgets/try/pz-class-picker.h"
#include "widgets/try/pz-explanation-panel.h"
#include "widgets/try/pz-explanation-words.h"

#define N INK_FRAME_SIZE

/* Pixels of a unit's image, and between two, as the gallery leaves them. */
#define MAX_TILE 44
#define TILE_GAP 8
#define CAPTION_GAP 2

/* Pixels where there is room: both images and a scale bar with three numbers. */
#define NATURAL_WIDTH 292

struct _PzExplanationPanel
{
  PzProjectWidget parent_instance;

  /* Owned */
  PzExplainer    *explainer;
  GSignalGroup   *predictor_signals;
  GSignalGroup   *explainer_signals;

  /* From the template */
  PzClassPicker  *class_picker;
  GtkLabel       *attribution_label;
  GtkDrawingArea *attribution_area;
  GtkWidget      *input_button;
  GtkLabel       *counterfactual_label;
  GtkDrawingArea *counterfactual_area;
  GtkLabel       *change_label;
  GtkWidget      *units_box;
  GtkDrawingArea *units_area;
};

G_DEFINE_FINAL_TYPE (PzExplanationPanel, pz_explanation_panel, PZ_TYPE_PROJECT_WIDGET)

static PzPredictor *
get_predictor (PzExplanationPanel *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_get_predictor (project) : NULL;
}

static const MlpNet *
peek_net (PzExplanationPanel *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_peek_net (project) : NULL;
}

static const RecipeData *
peek_data (PzExplanationPanel *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_peek_net_data (project) : NULL;
}

/* --- what is asked about --- */

/* The image that the predictor saw is the one that is explained; nothing while
 * nobody looks.
 */
static void
query_explainer (PzExplanationPanel *self)
{
  PzPredictor *predictor = get_predictor (self);
  const gboolean shown = gtk_widget_get_mapped (GTK_WIDGET (self)) && predictor != NULL;

  pz_explainer_set_frame (self->explainer, shown ? pz_predictor_peek_frame (predictor) : NULL);
}

static void
on_class_selected (PzExplanationPanel *self)
{
  pz_explainer_set_class (self->explainer, pz_class_picker_get_selected (self->class_picker));
}

static gboolean
on_digit_binding (GtkWidget *widget,
                  GVariant  *args,
                  gpointer   user_data)
{
  int digit;

  g_variant_get (args, "(i)", &digit);

  return pz_class_picker_toggle (PZ_EXPLANATION_PANEL (widget)->class_picker, (gsize) digit);
}

/* Newer weights of the same network keep the choice. */
static void
update_classes (PzExplanationPanel *self)
{
  const MlpNet *net = peek_net (self);
  const gsize n = net != NULL ? mlp_net_get_width (net, mlp_net_get_n_layers (net)) : 0;
  g_auto(GStrv) names = g_new0 (char *, n + 1);

  for (gsize i = 0; i < n; i++)
    names[i] = pz_class_words_dup_name (peek_data (self), i);

  pz_class_picker_set_names (self->class_picker, (const char *const *) names);
}

static void
on_net_changed (PzExplanationPanel *self)
{
  const RecipeData *data = peek_data (self);
  const MlpNet *net = peek_net (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  update_classes (self);
  if (net != NULL && data->rows == INK_FRAME_SIDE && data->columns == INK_FRAME_SIDE)
    pz_explainer_set_net (self->explainer, net, data->scale);
  else
    pz_explainer_set_net (self->explainer, NULL, 0.0f);
}

/* --- what is shown --- */

/* @values: what the image of slopes shows. */
static void
get_values (PzExplanationPanel  *self,
            const PzAttribution *attribution,
            float               *values)
{
  const gboolean times_input = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->input_button));

  for (gsize i = 0; i < N; i++)
    values[i] = attribution->gradient[i] * (times_input ? attribution->scale * (float) attribution->frame[i] : 1.0f);
}

static void
update_attribution (PzExplanationPanel *self)
{
  const PzAttribution *attribution = pz_explainer_peek_attribution (self->explainer);
  g_autofree char *title = NULL;
  g_autofree char *places = NULL;
  g_autoptr(GString) units = g_string_new (NULL);

  if (attribution != NULL)
    {
      float values[N];

      get_values (self, attribution, values);
      title = pz_explanation_words_title_attribution (peek_data (self), attribution);
      places = pz_explanation_words_describe_places (values);
      for (gsize k = 0; k < attribution->n_units; k++)
        {
          g_autofree char *words = pz_explanation_words_describe_unit (peek_data (self), attribution, k);

          g_string_append_printf (units, "%s%s", k > 0 ? "\n" : "", words);
        }
    }
  else
    {
      title = g_strdup (_("No explanation yet"));
    }

  gtk_label_set_label (self->attribution_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->attribution_area), places);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->attribution_area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, places != NULL ? places : "",
                                  -1);
  gtk_widget_set_visible (self->units_box, attribution == NULL || attribution->n_units > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->units_area), units->len > 0 ? units->str : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->units_area),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, units->str,
                                  -1);

  gtk_widget_queue_draw (GTK_WIDGET (self->attribution_area));
  gtk_widget_queue_draw (GTK_WIDGET (self->units_area));
}

static void
update_counterfactual (PzExplanationPanel *self)
{
  const PzCounterfactual *counterfactual = pz_explainer_peek_counterfactual (self->explainer);
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;

  if (counterfactual != NULL)
    {
      title = pz_explanation_words_title_counterfactual (peek_data (self), counterfactual);
      words = pz_explanation_words_describe_counterfactual (counterfactual);
    }
  else
    {
      title = g_strdup ("–");
    }

  gtk_label_set_label (self->counterfactual_label, title);
  gtk_label_set_label (self->change_label, words != NULL ? words : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->counterfactual_area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "",
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self->counterfactual_area));
}

static void
update_explanation (PzExplanationPanel *self)
{
  update_attribution (self);
  update_counterfactual (self);
}

static void
on_input_toggled (PzExplanationPanel *self)
{
  update_attribution (self);
}

static void
draw_attribution_area (GtkDrawingArea *area,
                       cairo_t        *cr,
                       int             width,
                       int             height,
                       gpointer        user_data)
{
  PzExplanationPanel *self = user_data;
  const PzAttribution *attribution = pz_explainer_peek_attribution (self->explainer);
  float values[N];
  DrawTheme theme;
  const DrawCanvas canvas = { cr, &theme, width, height };

  if (attribution == NULL)
    return;

  get_values (self, attribution, values);
  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_explain_attribution (&canvas,
                            &(DrawAttribution) { values, attribution->frame, INK_FRAME_SIDE, INK_FRAME_SIDE });
}

static void
draw_counterfactual_area (GtkDrawingArea *area,
                          cairo_t        *cr,
                          int             width,
                          int             height,
                          gpointer        user_data)
{
  PzExplanationPanel *self = user_data;
  const PzCounterfactual *counterfactual = pz_explainer_peek_counterfactual (self->explainer);
  DrawTheme theme;
  const DrawCanvas canvas = { cr, &theme, width, height };

  if (counterfactual == NULL)
    return;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_explain_counterfactual (&canvas,
                               &(DrawCounterfactual) { counterfactual->frame, counterfactual->change, INK_FRAME_SIDE,
                                                       INK_FRAME_SIDE });
}

/* The weights of the units that count, with their activations. */
static void
draw_units_area (GtkDrawingArea *area,
                 cairo_t        *cr,
                 int             width,
                 int             height,
                 gpointer        user_data)
{
  PzExplanationPanel *self = user_data;
  const PzAttribution *attribution = pz_explainer_peek_attribution (self->explainer);
  const MlpNet *net = peek_net (self);
  g_autofree float *weights = NULL;
  g_auto(GStrv) captions = NULL;
  DrawTheme theme;
  const DrawCanvas canvas = { cr, &theme, width, height };
  gsize n;
  int room;

  if (attribution == NULL || net == NULL || attribution->n_units == 0 || mlp_net_get_width (net, 0) != N)
    return;

  n = attribution->n_units;
  weights = g_new (float, n * N);
  captions = g_new0 (char *, n + 1);
  for (gsize k = 0; k < n; k++)
    {
      if (attribution->units[k] >= mlp_net_get_width (net, 1))
        return;

      memcpy (weights + k * N, mlp_net_peek_weights (net, 1) + attribution->units[k] * N, N * sizeof (float));
      captions[k] = g_strdup_printf ("%s %.1f", attribution->contributions[k] < 0.0f ? "▼" : "▲",
                                     (double) attribution->activations[k]);
    }

  /* Above the captions. */
  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  room = height - (int) ceil (draw_axes_get_line_height (&canvas)) - CAPTION_GAP;
  draw_gallery (&canvas,
                &(DrawGallery) {
    .floats = weights,
    .n_tiles = n,
    .rows = INK_FRAME_SIDE,
    .columns = INK_FRAME_SIDE,
    .captions = (const char *const *) captions,
    .one_row = TRUE,
    .tile_size = CLAMP (MIN ((width + TILE_GAP) / (int) n - TILE_GAP, room), 1, MAX_TILE),
    .pointer_tile = -1,
  });
}

/* --- the widget --- */

static void
pz_explanation_panel_measure (GtkWidget     *widget,
                              GtkOrientation orientation,
                              int            for_size,
                              int           *minimum,
                              int           *natural,
                              int           *minimum_baseline,
                              int           *natural_baseline)
{
  gtk_widget_measure (gtk_widget_get_first_child (widget), orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *natural = MAX (*natural, NATURAL_WIDTH);
}

static void
pz_explanation_panel_size_allocate (GtkWidget *widget,
                                    int        width,
                                    int        height,
                                    int        baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
pz_explanation_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pz_explanation_panel_parent_class)->map (widget);

  on_net_changed (PZ_EXPLANATION_PANEL (widget));
  query_explainer (PZ_EXPLANATION_PANEL (widget));
}

static void
pz_explanation_panel_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pz_explanation_panel_parent_class)->unmap (widget);

  query_explainer (PZ_EXPLANATION_PANEL (widget));
}

static void
pz_explanation_panel_project_changed (PzProjectWidget *widget)
{
  PzExplanationPanel *self = PZ_EXPLANATION_PANEL (widget);

  g_signal_group_set_target (self->predictor_signals, get_predictor (self));
  on_net_changed (self);
  query_explainer (self);
}

static void
pz_explanation_panel_dispose (GObject *object)
{
  PzExplanationPanel *self = PZ_EXPLANATION_PANEL (object);

  g_clear_object (&self->predictor_signals);
  g_clear_object (&self->explainer_signals);
  if (self->explainer != NULL)
    pz_explainer_set_frame (self->explainer, NULL);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_EXPLANATION_PANEL);

  g_clear_object (&self->explainer);

  G_OBJECT_CLASS (pz_explanation_panel_parent_class)->dispose (object);
}

static void
pz_explanation_panel_class_init (PzExplanationPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_explanation_panel_dispose;
  widget_class->map = pz_explanation_panel_map;
  widget_class->measure = pz_explanation_panel_measure;
  widget_class->size_allocate = pz_explanation_panel_size_allocate;
  widget_class->unmap = pz_explanation_panel_unmap;

  project_class->project_changed = pz_explanation_panel_project_changed;

  for (guint digit = 0; digit <= 9; digit++)
    {
      gtk_widget_class_add_binding (widget_class, GDK_KEY_0 + digit, 0, on_digit_binding, "(i)", digit);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_0 + digit, 0, on_digit_binding, "(i)", digit);
    }

  /* The builder looks types up by name; this makes the name known. */
  g_type_ensure (PZ_TYPE_CLASS_PICKER);

  gtk_widget_class_set_css_name (widget_class, "explanationpanel");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/try/pz-explanation-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, class_picker);
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, attribution_label);
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, attribution_area);
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, input_button);
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, counterfactual_label);
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, counterfactual_area);
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, change_label);
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, units_box);
  gtk_widget_class_bind_template_child (widget_class, PzExplanationPanel, units_area);
  gtk_widget_class_bind_template_callback (widget_class, on_class_selected);
  gtk_widget_class_bind_template_callback (widget_class, on_input_toggled);
}

static void
pz_explanation_panel_init (PzExplanationPanel *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->explainer = pz_explainer_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (on_net_changed));
  self->predictor_signals = g_signal_group_new (PZ_TYPE_PREDICTOR);
  g_signal_group_connect_swapped (self->predictor_signals, "changed", G_CALLBACK (query_explainer), self);
  self->explainer_signals = g_signal_group_new (PZ_TYPE_EXPLAINER);
  g_signal_group_connect_swapped (self->explainer_signals, "changed", G_CALLBACK (update_explanation), self);
  g_signal_group_set_target (self->explainer_signals, self->explainer);

  gtk_drawing_area_set_draw_func (self->attribution_area, draw_attribution_area, self, NULL);
  gtk_drawing_area_set_draw_func (self->counterfactual_area, draw_counterfactual_area, self, NULL);
  gtk_drawing_area_set_draw_func (self->units_area, draw_units_area, self, NULL);
  update_explanation (self);
}

PzExplainer *
pz_explanation_panel_get_explainer (PzExplanationPanel *self)
{
  g_return_val_if_fail (PZ_IS_EXPLANATION_PANEL (self), NULL);

  return self->explainer;
}
