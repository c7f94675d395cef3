/* pz-training-panel.c
 *
 * A row of the form for each row of the table of training options, with its title, hint, help,
 * limits and step; all are read, written and marked by it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "core/mlp-display.h"
#include "recipe/recipe-option.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/recipe/pz-augment-preview.h"
#include "widgets/recipe/pz-training-panel.h"

/* What an entry takes: beyond it numbers are mistyped. A double holds whole ones up to 2⁵³. */
#define MAX_COUNT 1e9
#define MAX_WHOLE 9007199254740991.0

/* The rows are in the table's order, behind those of the recipe's other options. */
#define FIRST_ROW (RECIPE_N_OPTIONS - N_ROWS)
#define N_ROWS (MLP_N_OPTIONS - 1)

struct _PzTrainingPanel
{
  PzProjectWidget      parent_instance;

  gboolean             updating;                /* the form follows the recipe: nobody edits */

  GtkWidget           *rows[N_ROWS];
  GtkWidget           *switches[N_ROWS];        /* (nullable): of the row */
  AdwExpanderRow      *expanders[MLP_N_GROUPS]; /* (nullable) */
  GtkWidget           *augment_button;
  PzAugmentPreview    *augment_preview;

  /* From the template */
  AdwPreferencesGroup *group;
};

G_DEFINE_FINAL_TYPE (PzTrainingPanel, pz_training_panel, PZ_TYPE_PROJECT_WIDGET)

/* The groups that can be closed. */
static const char *const group_titles[MLP_N_GROUPS] = {
  [MLP_GROUP_REGULARIZATION] = N_("Re_gularisation"),
  [MLP_GROUP_INITIALIZATION] = N_("Weight Initialisation"),
};

static guint
find_row (PzTrainingPanel *self,
          gpointer         widget)
{
  for (guint i = 0; i < N_ROWS; i++)
    {
      if (self->rows[i] == widget || self->switches[i] == widget)
        return i;
    }

  g_return_val_if_reached (0);
}

/* Returns: the option whose row is to be marked */
static MlpOption
find_problem (PzTrainingPanel *self,
              char           **message)
{
  g_autoptr(GError) error = NULL;
  MlpOption option = MLP_OPTION_NONE;

  if (pz_project_check (self->parent_instance.project, &option, &error))
    return MLP_OPTION_NONE;

  *message = mlp_display_error (error);

  return option;
}

/* Whether training samples may be disturbed: as far as is known. */
static gboolean
can_augment (PzTrainingPanel *self)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = pz_project_get_dataset (project);
  gsize rows, columns;

  if (dataset == NULL)
    return !pz_project_has_molecules (project);

  return mlp_samples_get_picture (pz_dataset_peek_set (dataset)->samples, &rows, &columns);
}

/* (nullable): what a row says that has no problem */
static const char *
get_hint (PzTrainingPanel    *self,
          const MlpOptionRow *option)
{
  if (option->id == MLP_OPTION_AUGMENT && !can_augment (self))
    return _("For images only");

  return option->hint != NULL ? _(option->hint) : NULL;
}

static void
update_row (PzTrainingPanel *self,
            guint            i,
            const Recipe    *recipe,
            const char      *problem)
{
  const RecipeOption option = recipe_option_get (FIRST_ROW + i);
  const double value = mlp_option_read (option.row, &recipe->training);
  const gboolean values = pz_project_has_molecules (self->parent_instance.project);

  if (mlp_option_is_number (option.row))
    {
      pz_number_row_set_value (PZ_NUMBER_ROW (self->rows[i]), value);
      pz_number_row_set_problem (PZ_NUMBER_ROW (self->rows[i]), problem);
    }
  else
    {
      if (self->switches[i] != NULL)
        gtk_switch_set_active (GTK_SWITCH (self->switches[i]), value != 0.0);
      else
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->rows[i]), (guint) value);

      pz_number_row_mark (ADW_ACTION_ROW (self->rows[i]), get_hint (self, option.row), problem);
    }

  /* What is chosen in vain can be taken back. */
  if (option.row->id == MLP_OPTION_AUGMENT)
    gtk_widget_set_sensitive (self->rows[i], value != 0.0 || can_augment (self));

  gtk_widget_set_visible (self->rows[i], problem != NULL || recipe_option_applies (option, recipe, values));
  if (problem != NULL && self->expanders[option.row->group] != NULL)
    adw_expander_row_set_expanded (self->expanders[option.row->group], TRUE);
}

/* What the closed rows hold: which penalties there are, and how the weights begin. */
static void
update_summaries (PzTrainingPanel *self,
                  const Recipe    *recipe)
{
  const MlpOptionRow *init = mlp_train_options_find (MLP_OPTION_INIT);
  g_autoptr(GString) used = g_string_new (NULL);
  g_autofree char *start = NULL;

  for (guint i = 0; i < N_ROWS; i++)
    {
      const RecipeOption option = recipe_option_get (FIRST_ROW + i);
      g_autofree char *title = NULL;

      if (option.row->group != MLP_GROUP_REGULARIZATION ||
          mlp_option_read (option.row, &recipe->training) == 0.0 ||
          !recipe_option_applies (option, recipe, pz_project_has_molecules (self->parent_instance.project)))
        continue;

      title = mlp_option_dup_title (option.row);
      g_string_append_printf (used, "%s%s", used->len > 0 ? ", " : "", title);
    }

  adw_expander_row_set_subtitle (self->expanders[MLP_GROUP_REGULARIZATION], used->len > 0 ? used->str : _("Off"));

  /* Translators: initialization and seed of the random numbers: "He, seed 1" */
  start = g_strdup_printf (_("%s, seed %" PRIu64),
                           _(init->choices->titles[recipe->training.init]), recipe->training.seed);
  adw_expander_row_set_subtitle (self->expanders[MLP_GROUP_INITIALIZATION], start);
}

static void
update_panel (PzTrainingPanel *self)
{
  PzProject *project = self->parent_instance.project;
  g_autofree char *message = NULL;
  const Recipe *recipe;
  MlpOption wrong;

  if (project == NULL)
    return;

  recipe = pz_project_peek_recipe (project);
  wrong = find_problem (self, &message);
  self->updating = TRUE;

  for (guint i = 0; i < N_ROWS; i++)
    update_row (self, i, recipe, mlp_train_options_get (i)->id == wrong ? message : NULL);

  update_summaries (self, recipe);
  gtk_widget_set_sensitive (self->augment_button, pz_augment_preview_can_show (project));

  self->updating = FALSE;
}

/* @what: (nullable): edits with the same name, one after the other, are one step of undo */
static void
edit_option (PzTrainingPanel    *self,
             const MlpOptionRow *option,
             double              value,
             const char         *what)
{
  PzProject *project = self->parent_instance.project;
  Recipe *recipe;

  if (self->updating || project == NULL)
    return;

  recipe = recipe_copy (pz_project_peek_recipe (project));
  mlp_option_write (option, &recipe->training, value);
  pz_project_edit (project, recipe, what);
}

static void
on_number_edited (PzTrainingPanel *self,
                  PzNumberRow     *row)
{
  const MlpOptionRow *option = mlp_train_options_get (find_row (self, row));

  edit_option (self, option, pz_number_row_get_value (row), option->name);
}

static void
on_choice_changed (PzTrainingPanel *self,
                   GParamSpec      *pspec,
                   AdwComboRow     *row)
{
  edit_option (self, mlp_train_options_get (find_row (self, row)), adw_combo_row_get_selected (row), NULL);
}

static void
on_switch_changed (PzTrainingPanel *self,
                   GParamSpec      *pspec,
                   GtkSwitch       *toggle)
{
  edit_option (self, mlp_train_options_get (find_row (self, toggle)), gtk_switch_get_active (toggle), NULL);
}

static GtkWidget *
create_number_row (PzTrainingPanel    *self,
                   const MlpOptionRow *option)
{
  const gboolean integer = option->kind != MLP_KIND_FLOAT;
  GtkWidget *row = g_object_new (PZ_TYPE_NUMBER_ROW,
                                 "hint", option->hint != NULL ? _(option->hint) : NULL,
                                 "integer", integer,
                                 "step", option->scale == MLP_SCALE_LINEAR ? option->step : 0.0,
                                 NULL);

  if (integer)
    g_object_set (row, "upper", option->kind == MLP_KIND_UINT64 ? MAX_WHOLE : MAX_COUNT, NULL);

  g_signal_connect_object (row, "edited", G_CALLBACK (on_number_edited), self, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
create_choice_row (PzTrainingPanel    *self,
                   const MlpOptionRow *option)
{
  g_autoptr(GtkStringList) titles = gtk_string_list_new (NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; i < option->choices->n; i++)
    gtk_string_list_append (titles, _(option->choices->titles[i]));

  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (titles));
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_choice_changed), self, G_CONNECT_SWAPPED);

  return row;
}

static GtkWidget *
create_switch_row (PzTrainingPanel *self,
                   GtkWidget      **toggle)
{
  GtkWidget *row = adw_action_row_new ();

  *toggle = gtk_switch_new ();
  gtk_widget_set_valign (*toggle, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), *toggle);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), *toggle);
  g_signal_connect_object (*toggle, "notify::active", G_CALLBACK (on_switch_changed), self, G_CONNECT_SWAPPED);

  return row;
}

/* Images as they are disturbed, on demand. */
static void
add_preview (PzTrainingPanel *self,
             AdwActionRow    *row)
{
  GtkWidget *popover = gtk_popover_new ();

  self->augment_preview = g_object_new (PZ_TYPE_AUGMENT_PREVIEW, NULL);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (self->augment_preview));

  self->augment_button = gtk_menu_button_new ();
  gtk_widget_set_name (self->augment_button, "augment-button");
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->augment_button), "view-grid-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->augment_button), popover);
  gtk_widget_set_valign (self->augment_button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (self->augment_button, _("Preview"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->augment_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Preview"),
                                  -1);
  gtk_widget_add_css_class (self->augment_button, "flat");
  adw_action_row_add_suffix (row, self->augment_button);
}

static void
add_row (PzTrainingPanel *self,
         guint            i)
{
  const MlpOptionRow *option = mlp_train_options_get (i);
  GtkWidget *row;

  if (mlp_option_is_number (option))
    row = create_number_row (self, option);
  else if (option->kind == MLP_KIND_CHOICE)
    row = create_choice_row (self, option);
  else
    row = create_switch_row (self, &self->switches[i]);

  g_object_set (row,
                "name", option->name,
                "title", _(option->title),
                "use-underline", TRUE,
                "use-markup", FALSE,
                "tooltip-text", _(option->help),
                NULL);
  self->rows[i] = row;

  if (self->expanders[option->group] != NULL)
    adw_expander_row_add_row (self->expanders[option->group], row);
  else
    adw_preferences_group_add (self->group, row);

  if (option->id == MLP_OPTION_AUGMENT)
    add_preview (self, ADW_ACTION_ROW (row));
}

static AdwExpanderRow *
create_expander (MlpOptionGroup group)
{
  return g_object_new (ADW_TYPE_EXPANDER_ROW,
                       "name", group == MLP_GROUP_REGULARIZATION ? "regularization" : "initialization",
                       "title", _(group_titles[group]),
                       "use-underline", TRUE,
                       NULL);
}

static void
pz_training_panel_project_changed (PzProjectWidget *widget)
{
  PzTrainingPanel *self = PZ_TRAINING_PANEL (widget);

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (self->augment_preview), widget->project);
  update_panel (self);
}

static void
pz_training_panel_dispose (GObject *object)
{
  PzTrainingPanel *self = PZ_TRAINING_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_TRAINING_PANEL);

  G_OBJECT_CLASS (pz_training_panel_parent_class)->dispose (object);
}

static void
pz_training_panel_class_init (PzTrainingPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_training_panel_dispose;

  project_class->project_changed = pz_training_panel_project_changed;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-training-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, PzTrainingPanel, group);
}

static void
pz_training_panel_init (PzTrainingPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < N_ROWS; i++)
    {
      if (mlp_train_options_get (i)->group == MLP_GROUP_TRAINING)
        add_row (self, i);
    }

  for (guint group = 0; group < MLP_N_GROUPS; group++)
    {
      if (group_titles[group] == NULL)
        continue;

      self->expanders[group] = create_expander (group);
      adw_preferences_group_add (self->group, GTK_WIDGET (self->expanders[group]));
      for (guint i = 0; i < N_ROWS; i++)
        {
          if (mlp_train_options_get (i)->group == group)
            add_row (self, i);
        }
    }

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (update_panel));
  /* Some of what is sense depends on the data. */
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (update_panel));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::molecules", G_CALLBACK (update_panel));
}
