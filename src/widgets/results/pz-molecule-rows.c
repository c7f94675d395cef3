/* pz-molecule-rows.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-open.h"
#include "molecules/mol-report.h"
#include "widgets/common/pz-number.h"
#include "widgets/recipe/pz-target-row.h"
#include "widgets/results/pz-molecule-rows.h"

struct _PzMoleculeRows
{
  PzProjectWidget parent_instance;

  gboolean        updating;           /* the form follows the recipe: nobody edits */
  GPtrArray      *named;              /* of rows: molecules that could not be read */

  /* From the template */
  PzTargetRow    *target_row;
  AdwComboRow    *unit_row;
  AdwComboRow    *features_row;
  GtkLabel       *features_label;
  AdwActionRow   *keep_row;
  GtkSwitch      *keep_switch;
  GtkWidget      *note_row;
  GtkLabel       *note_label;
  AdwExpanderRow *unreadable_row;
};

G_DEFINE_FINAL_TYPE (PzMoleculeRows, pz_molecule_rows, PZ_TYPE_PROJECT_WIDGET)

/* (nullable): what is loaded, where it is molecules */
static const DsSet *
peek_set (PzMoleculeRows *self)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = project != NULL ? pz_project_get_dataset (project) : NULL;

  return dataset != NULL && pz_dataset_is_molecules (dataset) ? pz_dataset_peek_set (dataset) : NULL;
}

/* Whether these molecules have what the feature is made of. */
static gboolean
can_compute_feature (PzMoleculeRows   *self,
                     const MolFeature *feature)
{
  const DsSet *set = peek_set (self);

  return !feature->needs_geometry || set == NULL || mol_collection_has_geometry (set->molecules);
}

static const MolFeature *
get_feature (guint i)
{
  gsize n;

  return &mol_features_get_all (&n)[i];
}

/* --- the recipe is edited --- */

static void
on_features_changed (PzMoleculeRows *self)
{
  PzProject *project = self->parent_instance.project;
  const guint i = adw_combo_row_get_selected (self->features_row);
  Recipe *recipe;

  if (self->updating || project == NULL || i == GTK_INVALID_LIST_POSITION)
    return;

  recipe = recipe_copy (pz_project_peek_recipe (project));
  g_free (recipe->task.features);
  recipe->task.features = g_strdup (get_feature (i)->id);
  pz_project_edit (project, recipe, NULL);
}

static void
on_unit_changed (PzMoleculeRows *self)
{
  PzProject *project = self->parent_instance.project;
  Recipe *recipe;

  if (self->updating || project == NULL)
    return;

  recipe = recipe_copy (pz_project_peek_recipe (project));
  recipe->task.unit = (MolUnit) (adw_combo_row_get_selected (self->unit_row) + MOL_UNIT_HARTREE);
  pz_project_edit (project, recipe, NULL);
}

static void
on_keep_changed (PzMoleculeRows *self)
{
  PzProject *project = self->parent_instance.project;
  Recipe *recipe;

  if (self->updating || project == NULL)
    return;

  recipe = recipe_copy (pz_project_peek_recipe (project));
  recipe->task.keep_uncharacterized = gtk_switch_get_active (self->keep_switch);
  pz_project_edit (project, recipe, NULL);
}

/* --- the list of features --- */

/* Of one item: its box holds the words and the tick. */
static GtkWidget *
get_title (GtkListItem *item)
{
  return gtk_widget_get_first_child (gtk_widget_get_first_child (gtk_list_item_get_child (item)));
}

static void
update_tick (AdwComboRow *row,
             GParamSpec  *pspec,
             GtkListItem *item)
{
  GtkWidget *tick = gtk_widget_get_last_child (gtk_list_item_get_child (item));
  const gboolean chosen = gtk_list_item_get_position (item) == adw_combo_row_get_selected (row);

  gtk_widget_set_opacity (tick, chosen ? 1.0 : 0.0);
}

static void
on_item_setup (PzMoleculeRows *self,
               GtkListItem    *item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0.0f);
  gtk_label_set_xalign (GTK_LABEL (detail), 0.0f);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), detail);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("object-select-symbolic"));
  gtk_list_item_set_child (item, box);
  g_signal_connect_object (self->features_row, "notify::selected", G_CALLBACK (update_tick), item, 0);
}

static void
on_item_bind (PzMoleculeRows *self,
              GtkListItem    *item)
{
  const MolFeature *feature = get_feature (gtk_list_item_get_position (item));
  const gboolean possible = can_compute_feature (self, feature);
  GtkWidget *title = get_title (item);
  g_autofree char *count = pz_number_format_count (feature->length);
  g_autofree char *detail = NULL;

  /* Translators: length of a description of a molecule */
  detail = possible ? g_strdup_printf (_("%s dimensions"), count)
                    : g_strdup (_("Needs atomic coordinates"));
  gtk_label_set_label (GTK_LABEL (title), _(feature->title));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (title)), detail);
  gtk_list_item_set_activatable (item, possible);
  gtk_list_item_set_selectable (item, possible);
  gtk_widget_set_sensitive (gtk_list_item_get_child (item), possible);
  update_tick (self->features_row, NULL, item);
}

/* --- the recipe is shown --- */

static void
update_features (PzMoleculeRows *self,
                 const DsTask   *task)
{
  const MolFeature *feature = mol_features_find (task->features, NULL);
  g_autofree char *count = NULL;
  g_autofree char *text = NULL;

  if (feature == NULL)
    {
      adw_combo_row_set_selected (self->features_row, GTK_INVALID_LIST_POSITION);
      gtk_label_set_label (self->features_label, "");
      return;
    }

  count = pz_number_format_count (feature->length);
  if (*feature->paper != '\0')
    /* Translators: of a description of molecules: what it is, its length, its paper */
    text = g_strdup_printf (_("%s. %s dimensions. %s."), _(feature->explanation), count, feature->paper);
  else
    /* Translators: of a description of molecules: what it is, its length */
    text = g_strdup_printf (_("%s. %s dimensions."), _(feature->explanation), count);

  adw_combo_row_set_selected (self->features_row, (guint) (feature - get_feature (0)));
  gtk_label_set_label (self->features_label, text);
}

static void
update_unit (PzMoleculeRows *self,
             const DsTask   *task)
{
  g_autoptr(GPtrArray) targets = NULL;
  gboolean energy = FALSE;

  if (mol_target_parse_list (task->targets, &targets, NULL))
    {
      for (guint i = 0; i < targets->len; i++)
        energy = energy || ((const MolTarget *) g_ptr_array_index (targets, i))->is_energy;
    }

  /* That of the file is this one. */
  adw_combo_row_set_selected (self->unit_row, MAX (task->unit, MOL_UNIT_HARTREE) - MOL_UNIT_HARTREE);
  gtk_widget_set_sensitive (GTK_WIDGET (self->unit_row), energy);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->unit_row), energy ? "" : _("No target is an energy"));
}

static void
update_keep (PzMoleculeRows *self,
             const DsTask   *task)
{
  PzProject *project = self->parent_instance.project;
  const DsSet *set = peek_set (self);
  const gsize n = set != NULL ? set->report->n_uncharacterized : 0;
  g_autofree char *count = pz_number_format_count (n);
  g_autofree char *text = NULL;

  if (n > 0)
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                         "%s molecule is excluded: it failed the authors’ consistency check",
                                         "%s molecules are excluded: they failed the authors’ consistency check",
                                         n), count);
  else
    text = g_strdup (_("Includes molecules that failed the authors’ consistency check"));

  gtk_switch_set_active (self->keep_switch, task->keep_uncharacterized);
  adw_action_row_set_subtitle (self->keep_row, text);

  /* The program's own are all of them characterized. */
  gtk_widget_set_visible (GTK_WIDGET (self->keep_row),
                          !g_str_has_prefix (pz_project_peek_recipe (project)->source, "builtin:"));
}

/* What is to be known of the molecules before they are trusted. */
static void
update_note (PzMoleculeRows *self)
{
  const DsSet *set = peek_set (self);
  g_autoptr(GString) text = g_string_new (NULL);

  if (set != NULL && !mol_collection_has_geometry (set->molecules))
    g_string_append (text, _("Formulas only: this file has no atomic coordinates, which most features need."));

  if (set != NULL && set->report->n > mol_collection_get_n (set->molecules))
    {
      const gsize n = set->report->n - mol_collection_get_n (set->molecules);
      g_autofree char *count = pz_number_format_count (n);

      g_string_append (text, text->len > 0 ? "\n" : "");
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE,
                                                 "%s molecule lacks a target value and is excluded.",
                                                 "%s molecules lack a target value and are excluded.", n), count);
    }

  if (set != NULL && set->report->n_bad_values > 0)
    {
      const MolUnreadable *first = &set->report->bad_values[0];
      g_autofree char *count = pz_number_format_count (set->report->n_bad_values);

      g_string_append (text, text->len > 0 ? "\n" : "");
      /* Translators: how many values of a table; the first one's file, line, and what is wrong */
      g_string_append_printf (text, g_dngettext (GETTEXT_PACKAGE,
                                                 "%s value is not a number and is treated as missing: “%s”, line %u: %s",
                                                 "%s values are not numbers and are treated as missing; the first: “%s”, "
                                                 "line %u: %s",
                                                 set->report->n_bad_values),
                              count, first->name, first->line, first->reason);
    }

  gtk_label_set_label (self->note_label, text->str);
  gtk_widget_set_visible (self->note_row, text->len > 0);
}

static void
add_unreadable (PzMoleculeRows      *self,
                const MolUnreadable *unreadable)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *where = NULL;

  if (unreadable->line > 0)
    /* Translators: line of a file, and what is wrong there */
    where = g_strdup_printf (_("Line %u: %s"), unreadable->line, unreadable->reason);
  else
    where = g_strdup (unreadable->reason);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), unreadable->name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), where);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_expander_row_add_row (self->unreadable_row, row);
  g_ptr_array_add (self->named, row);
}

static void
update_unreadable (PzMoleculeRows *self)
{
  const DsSet *set = peek_set (self);
  const MolReport *report = set != NULL ? set->report : NULL;
  const gsize n = report != NULL ? report->n_unreadable : 0;
  g_autofree char *count = pz_number_format_count (n);
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < self->named->len; i++)
    adw_expander_row_remove (self->unreadable_row, g_ptr_array_index (self->named, i));

  g_ptr_array_set_size (self->named, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->unreadable_row), n > 0);
  if (n == 0)
    return;

  title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%s Molecule Could Not Be Read",
                                        "%s Molecules Could Not Be Read", n), count);
  subtitle = n > report->n_named
             ? g_strdup_printf (_("The others are used; the first %zu errors are listed here"), report->n_named)
             : g_strdup (_("The others are used"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->unreadable_row), title);
  adw_expander_row_set_subtitle (self->unreadable_row, subtitle);

  for (gsize i = 0; i < report->n_named; i++)
    add_unreadable (self, &report->unreadable[i]);
}

static void
update_rows (PzMoleculeRows *self)
{
  PzProject *project = self->parent_instance.project;
  const DsTask *task;

  if (project == NULL)
    return;

  task = &pz_project_peek_recipe (project)->task;
  gtk_widget_set_visible (GTK_WIDGET (self), pz_project_has_molecules (project));

  self->updating = TRUE;
  update_features (self, task);
  update_unit (self, task);
  update_keep (self, task);
  self->updating = FALSE;
}

/* Rows are bound anew: what can be chosen depends on the molecules. */
static void
on_dataset_changed (PzMoleculeRows *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (on_item_setup), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_item_bind), self, G_CONNECT_SWAPPED);
  adw_combo_row_set_list_factory (self->features_row, factory);

  update_note (self);
  update_unreadable (self);
  update_rows (self);
}

static GListModel *
create_features_model (void)
{
  GtkStringList *model = gtk_string_list_new (NULL);
  gsize n;
  const MolFeature *features = mol_features_get_all (&n);

  for (gsize i = 0; i < n; i++)
    gtk_string_list_append (model, _(features[i].title));

  return G_LIST_MODEL (model);
}

static GListModel *
create_units_model (void)
{
  GtkStringList *model = gtk_string_list_new (NULL);

  for (guint i = MOL_UNIT_HARTREE; i < MOL_N_UNITS; i++)
    gtk_string_list_append (model, mol_target_get_unit_name ((MolUnit) i));

  return G_LIST_MODEL (model);
}

static void
pz_molecule_rows_project_changed (PzProjectWidget *widget)
{
  PzMoleculeRows *self = PZ_MOLECULE_ROWS (widget);
  PzProject *project = widget->project;

  pz_target_row_set_project (self->target_row, project);
  on_dataset_changed (self);
}

static void
pz_molecule_rows_dispose (GObject *object)
{
  PzMoleculeRows *self = PZ_MOLECULE_ROWS (object);

  g_ptr_array_set_size (self->named, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_MOLECULE_ROWS);

  G_OBJECT_CLASS (pz_molecule_rows_parent_class)->dispose (object);
}

static void
pz_molecule_rows_finalize (GObject *object)
{
  PzMoleculeRows *self = PZ_MOLECULE_ROWS (object);

  g_ptr_array_unref (self->named);

  G_OBJECT_CLASS (pz_molecule_rows_parent_class)->finalize (object);
}

static void
pz_molecule_rows_class_init (PzMoleculeRowsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_molecule_rows_dispose;
  object_class->finalize = pz_molecule_rows_finalize;

  project_class->project_changed = pz_molecule_rows_project_changed;

  g_type_ensure (PZ_TYPE_TARGET_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/results/pz-molecule-rows.ui");
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, target_row);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, unit_row);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, features_row);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, features_label);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, keep_row);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, keep_switch);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, note_row);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, note_label);
  gtk_widget_class_bind_template_child (widget_class, PzMoleculeRows, unreadable_row);
  gtk_widget_class_bind_template_callback (widget_class, on_features_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_unit_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_changed);
}

static void
pz_molecule_rows_init (PzMoleculeRows *self)
{
  g_autoptr(GListModel) features = create_features_model ();
  g_autoptr(GListModel) units = create_units_model ();

  self->named = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);

  self->updating = TRUE;
  adw_combo_row_set_model (self->features_row, features);
  adw_combo_row_set_model (self->unit_row, units);
  self->updating = FALSE;

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (update_rows));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::molecules", G_CALLBACK (update_rows));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (on_dataset_changed));
}
