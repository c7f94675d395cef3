/* pz-why-panel.c
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
#include "widgets/try/pz-why-panel.h"
#include "widgets/try/pz-why-words.h"

#define N PZ_EXPLAINER_N_PIXELS

/* Pixels of a unit's picture, and between two, as the gallery leaves them. */
#define MAX_TILE 44
#define TILE_GAP 8
#define CAPTION_GAP 2

/* Pixels where there is room: both pictures and a scale bar with three numbers. */
#define NATURAL_WIDTH 292

/* Classes beside each other. */
#define MAX_IN_LINE 10

struct _PzWhyPanel
{
  PzProjectWidget parent_instance;

  /* Owned */
  PzExplainer    *explainer;
  GSignalGroup   *predictor_signals;

  gsize           n_classes;            /* that there are buttons for */
  gboolean        updating;             /* the buttons follow, they do not lead */

  /* From the template */
  GtkFlowBox     *class_box;
  GtkLabel       *why_label;
  GtkDrawingArea *why_area;
  GtkWidget      *input_button;
  GtkLabel       *what_if_label;
  GtkDrawingArea *what_if_area;
  GtkLabel       *change_label;
  GtkWidget      *units_box;
  GtkDrawingArea *units_area;
};

G_DEFINE_FINAL_TYPE (PzWhyPanel, pz_why_panel, PZ_TYPE_PROJECT_WIDGET)

static PzPredictor *
get_predictor (PzWhyPanel *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_get_predictor (project) : NULL;
}

static const MlpNet *
peek_net (PzWhyPanel *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_peek_net (project) : NULL;
}

static const RecipeData *
peek_data (PzWhyPanel *self)
{
  PzProject *project = self->parent_instance.project;

  return project != NULL ? pz_project_peek_net_data (project) : NULL;
}

/* --- what is asked about --- */

/* The picture that the predictor saw is the one that is explained; nothing while
 * nobody looks.
 */
static void
ask (PzWhyPanel *self)
{
  PzPredictor *predictor = get_predictor (self);
  const gboolean shown = gtk_widget_get_mapped (GTK_WIDGET (self)) && predictor != NULL;

  pz_explainer_set_frame (self->explainer, shown ? pz_predictor_peek_frame (predictor) : NULL);
}

static void
choose_class (PzWhyPanel *self,
              gssize      class)
{
  self->updating = TRUE;
  for (gsize i = 0; i < self->n_classes; i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->class_box, (int) i);

      gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (child)), (gssize) i == class);
    }
  self->updating = FALSE;

  pz_explainer_set_class (self->explainer, class);
}

static void
on_class_toggled (PzWhyPanel      *self,
                  GtkToggleButton *button)
{
  GtkWidget *child = gtk_widget_get_parent (GTK_WIDGET (button));

  if (!self->updating)
    choose_class (self, gtk_toggle_button_get_active (button)
                        ? gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (child)) : -1);
}

static gboolean
on_digit_binding (GtkWidget *widget,
                  GVariant  *args,
                  gpointer   user_data)
{
  PzWhyPanel *self = PZ_WHY_PANEL (widget);
  int digit;

  g_variant_get (args, "(i)", &digit);
  if ((gsize) digit >= self->n_classes)
    return FALSE;

  choose_class (self, pz_explainer_get_class (self->explainer) == digit ? -1 : digit);

  return TRUE;
}

/* A button a class. */
static void
make_buttons (PzWhyPanel *self)
{
  const MlpNet *net = peek_net (self);
  const RecipeData *data = peek_data (self);
  const gsize n = net != NULL ? mlp_net_get_width (net, mlp_net_get_n_layers (net)) : 0;
  glong longest = 0;
  GtkWidget *old;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->class_box))) != NULL)
    gtk_flow_box_remove (self->class_box, old);
  self->n_classes = n;

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = pz_class_dup_name (data, i);
      GtkWidget *button = gtk_toggle_button_new_with_label (name);
      GtkWidget *child = gtk_flow_box_child_new ();

      longest = MAX (longest, g_utf8_strlen (name, -1));
      gtk_widget_add_css_class (button, "narrow");
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_focusable (child, FALSE);
      gtk_widget_add_css_class (child, "bare");
      g_signal_connect_object (button, "toggled", G_CALLBACK (on_class_toggled), self, G_CONNECT_SWAPPED);
      gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
      gtk_flow_box_insert (self->class_box, child, -1);
    }

  /* Digits stand in one row. */
  gtk_flow_box_set_min_children_per_line (self->class_box, longest <= 2 ? (guint) CLAMP (n, 1, MAX_IN_LINE) : 1);
  choose_class (self, -1);
}

/* Whether the buttons are those of the network. */
static gboolean
buttons_fit (PzWhyPanel *self)
{
  const MlpNet *net = peek_net (self);
  const gsize n = net != NULL ? mlp_net_get_width (net, mlp_net_get_n_layers (net)) : 0;

  if (n != self->n_classes)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->class_box, (int) i);
      g_autofree char *name = pz_class_dup_name (peek_data (self), i);

      if (strcmp (gtk_button_get_label (GTK_BUTTON (gtk_flow_box_child_get_child (child))), name) != 0)
        return FALSE;
    }

  return TRUE;
}

static void
on_net_changed (PzWhyPanel *self)
{
  const RecipeData *data = peek_data (self);
  const MlpNet *net = peek_net (self);

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (!buttons_fit (self))
    make_buttons (self);
  if (net != NULL && data->rows == INK_FRAME_SIDE && data->columns == INK_FRAME_SIDE)
    pz_explainer_set_net (self->explainer, net, data->scale);
  else
    pz_explainer_set_net (self->explainer, NULL, 0.0f);
}

/* --- what is shown --- */

/* @values: what the picture of slopes shows. */
static void
get_values (PzWhyPanel  *self,
            const PzWhy *why,
            float       *values)
{
  const gboolean times_input = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->input_button));

  for (gsize i = 0; i < N; i++)
    values[i] = why->gradient[i] * (times_input ? why->scale * (float) why->frame[i] : 1.0f);
}

static void
show_why (PzWhyPanel *self)
{
  const PzWhy *why = pz_explainer_peek_why (self->explainer);
  g_autofree char *title = NULL;
  g_autofree char *places = NULL;
  g_autoptr(GString) units = g_string_new (NULL);

  if (why != NULL)
    {
      float values[N];

      get_values (self, why, values);
      title = pz_why_title (peek_data (self), why);
      places = pz_why_describe_places (values);
      for (gsize k = 0; k < why->n_units; k++)
        {
          g_autofree char *words = pz_why_describe_unit (peek_data (self), why, k);

          g_string_append_printf (units, "%s%s", k > 0 ? "\n" : "", words);
        }
    }
  else
    {
      title = g_strdup (_("Nothing to explain yet"));
    }

  gtk_label_set_label (self->why_label, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->why_area), places);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->why_area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, places != NULL ? places : "",
                                  -1);
  gtk_widget_set_visible (self->units_box, why == NULL || why->n_units > 0);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->units_area), units->len > 0 ? units->str : NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->units_area),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, units->str,
                                  -1);

  gtk_widget_queue_draw (GTK_WIDGET (self->why_area));
  gtk_widget_queue_draw (GTK_WIDGET (self->units_area));
}

static void
show_what_if (PzWhyPanel *self)
{
  const PzWhatIf *what_if = pz_explainer_peek_what_if (self->explainer);
  g_autofree char *title = NULL;
  g_autofree char *words = NULL;

  if (what_if != NULL)
    {
      title = pz_what_if_title (peek_data (self), what_if);
      words = pz_what_if_describe (what_if);
    }
  else
    {
      title = g_strdup ("–");
    }

  gtk_label_set_label (self->what_if_label, title);
  gtk_label_set_label (self->change_label, words != NULL ? words : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->what_if_area),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words != NULL ? words : "",
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self->what_if_area));
}

static void
show_explanation (PzWhyPanel *self)
{
  show_why (self);
  show_what_if (self);
}

static void
on_input_toggled (PzWhyPanel *self)
{
  show_why (self);
}

static void
draw_why_area (GtkDrawingArea *area,
               cairo_t        *cr,
               int             width,
               int             height,
               gpointer        user_data)
{
  PzWhyPanel *self = user_data;
  const PzWhy *why = pz_explainer_peek_why (self->explainer);
  float values[N];
  DrawTheme theme;

  if (why == NULL)
    return;

  get_values (self, why, values);
  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_saliency (cr, &theme, width, height,
                 &(DrawSaliency) { values, why->frame, INK_FRAME_SIDE, INK_FRAME_SIDE });
}

static void
draw_what_if_area (GtkDrawingArea *area,
                   cairo_t        *cr,
                   int             width,
                   int             height,
                   gpointer        user_data)
{
  PzWhyPanel *self = user_data;
  const PzWhatIf *what_if = pz_explainer_peek_what_if (self->explainer);
  DrawTheme theme;

  if (what_if == NULL)
    return;

  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  draw_change (cr, &theme, width, height,
               &(DrawChange) { what_if->frame, what_if->change, INK_FRAME_SIDE, INK_FRAME_SIDE });
}

/* The weights of the units that count, with their activations. */
static void
draw_units_area (GtkDrawingArea *area,
                 cairo_t        *cr,
                 int             width,
                 int             height,
                 gpointer        user_data)
{
  PzWhyPanel *self = user_data;
  const PzWhy *why = pz_explainer_peek_why (self->explainer);
  const MlpNet *net = peek_net (self);
  g_autofree float *weights = NULL;
  g_auto(GStrv) captions = NULL;
  DrawTheme theme;
  gsize n;
  int room;

  if (why == NULL || net == NULL || why->n_units == 0 || mlp_net_get_width (net, 0) != N)
    return;

  n = why->n_units;
  weights = g_new (float, n * N);
  captions = g_new0 (char *, n + 1);
  for (gsize k = 0; k < n; k++)
    {
      if (why->units[k] >= mlp_net_get_width (net, 1))
        return;

      memcpy (weights + k * N, mlp_net_peek_weights (net, 1) + why->units[k] * N, N * sizeof (float));
      captions[k] = g_strdup_printf ("%s %.1f", why->contributions[k] < 0.0f ? "▼" : "▲",
                                     (double) why->activations[k]);
    }

  /* Above the captions. */
  pz_theme_from_widget (GTK_WIDGET (area), &theme);
  room = height - (int) ceil (draw_axes_get_line_height (cr, &theme)) - CAPTION_GAP;
  draw_gallery (cr, &theme, width, height,
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
pz_why_panel_measure (GtkWidget     *widget,
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
pz_why_panel_size_allocate (GtkWidget *widget,
                            int        width,
                            int        height,
                            int        baseline)
{
  gtk_widget_allocate (gtk_widget_get_first_child (widget), width, height, baseline, NULL);
}

static void
pz_why_panel_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pz_why_panel_parent_class)->map (widget);

  on_net_changed (PZ_WHY_PANEL (widget));
  ask (PZ_WHY_PANEL (widget));
}

static void
pz_why_panel_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (pz_why_panel_parent_class)->unmap (widget);

  ask (PZ_WHY_PANEL (widget));
}

static void
pz_why_panel_project_changed (PzProjectWidget *widget)
{
  PzWhyPanel *self = PZ_WHY_PANEL (widget);

  g_signal_group_set_target (self->predictor_signals, get_predictor (self));
  on_net_changed (self);
  ask (self);
}

static void
pz_why_panel_dispose (GObject *object)
{
  PzWhyPanel *self = PZ_WHY_PANEL (object);

  g_clear_object (&self->predictor_signals);
  if (self->explainer != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->explainer, self);
      pz_explainer_set_frame (self->explainer, NULL);
    }

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_WHY_PANEL);

  g_clear_object (&self->explainer);

  G_OBJECT_CLASS (pz_why_panel_parent_class)->dispose (object);
}

static void
pz_why_panel_class_init (PzWhyPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_why_panel_dispose;
  widget_class->map = pz_why_panel_map;
  widget_class->measure = pz_why_panel_measure;
  widget_class->size_allocate = pz_why_panel_size_allocate;
  widget_class->unmap = pz_why_panel_unmap;

  project_class->project_changed = pz_why_panel_project_changed;

  for (guint digit = 0; digit <= 9; digit++)
    {
      gtk_widget_class_add_binding (widget_class, GDK_KEY_0 + digit, 0, on_digit_binding, "(i)", digit);
      gtk_widget_class_add_binding (widget_class, GDK_KEY_KP_0 + digit, 0, on_digit_binding, "(i)", digit);
    }

  gtk_widget_class_set_css_name (widget_class, "whypanel");
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/perzeptron/Perzeptron/ui/try/pz-why-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, class_box);
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, why_label);
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, why_area);
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, input_button);
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, what_if_label);
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, what_if_area);
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, change_label);
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, units_box);
  gtk_widget_class_bind_template_child (widget_class, PzWhyPanel, units_area);
  gtk_widget_class_bind_template_callback (widget_class, on_input_toggled);
}

static void
pz_why_panel_init (PzWhyPanel *self)
{
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  self->explainer = pz_explainer_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (on_net_changed));
  self->predictor_signals = g_signal_group_new (PZ_TYPE_PREDICTOR);
  g_signal_group_connect_swapped (self->predictor_signals, "changed", G_CALLBACK (ask), self);
  g_signal_connect_swapped (self->explainer, "changed", G_CALLBACK (show_explanation), self);

  gtk_drawing_area_set_draw_func (self->why_area, draw_why_area, self, NULL);
  gtk_drawing_area_set_draw_func (self->what_if_area, draw_what_if_area, self, NULL);
  gtk_drawing_area_set_draw_func (self->units_area, draw_units_area, self, NULL);
  show_explanation (self);
}

PzExplainer *
pz_why_panel_get_explainer (PzWhyPanel *self)
{
  g_return_val_if_fail (PZ_IS_WHY_PANEL (self), NULL);

  return self->explainer;
}
