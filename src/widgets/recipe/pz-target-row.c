/* pz-target-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "molecules/mol-collection.h"
#include "widgets/recipe/pz-target-row.h"

struct _PzTargetRow
{
  AdwActionRow    parent_instance;

  PzProject      *project;
  GSignalGroup   *project_signals;
  gboolean        updating;           /* the list follows the recipe: nobody ticks */

  GPtrArray      *checks;             /* of GtkCheckButton, in the table's order */
  GPtrArray      *units;              /* of GtkLabel, the same */

  /* From the template */
  GtkMenuButton  *button;
  GtkSearchEntry *search;
  GtkListBox     *list;
};

G_DEFINE_FINAL_TYPE (PzTargetRow, pz_target_row, ADW_TYPE_ACTION_ROW)

static const MolTarget *
get_target (guint i)
{
  gsize n;

  return &mol_target_get_all (&n)[i];
}

static gboolean
is_ticked (PzTargetRow *self,
           guint        i)
{
  return gtk_check_button_get_active (g_ptr_array_index (self->checks, i));
}

static void
on_closed (PzTargetRow *self)
{
  g_autoptr(GString) ids = g_string_new (NULL);
  Recipe *recipe;

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  if (self->project == NULL)
    return;

  for (guint i = 0; i < self->checks->len; i++)
    {
      if (is_ticked (self, i))
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? "," : "", get_target (i)->id);
    }

  recipe = recipe_copy (pz_project_peek_recipe (self->project));
  g_free (recipe->task.targets);
  recipe->task.targets = g_string_free (g_steal_pointer (&ids), FALSE);
  pz_project_edit (self->project, recipe, NULL);
}

/* There is always something to learn: the last tick stays. */
static void
on_toggled (PzTargetRow    *self,
            GtkCheckButton *check)
{
  if (self->updating || gtk_check_button_get_active (check))
    return;

  for (guint i = 0; i < self->checks->len; i++)
    {
      if (is_ticked (self, i))
        return;
    }

  gtk_check_button_set_active (check, TRUE);
  gtk_widget_error_bell (GTK_WIDGET (check));
}

/* By name, symbol or what stands in files. */
static gboolean
is_found (GtkListBoxRow *row,
          gpointer       user_data)
{
  PzTargetRow *self = user_data;
  const MolTarget *target = get_target ((guint) gtk_list_box_row_get_index (row));
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  return *text == '\0' ||
         g_str_match_string (text, _(target->title), TRUE) ||
         g_str_match_string (text, target->symbol, TRUE) ||
         g_str_match_string (text, target->id, TRUE);
}

static void
on_search_changed (PzTargetRow *self)
{
  gtk_list_box_invalidate_filter (self->list);
}

/* Enter ticks the first that was found, or takes its tick away. */
static void
on_search_activated (PzTargetRow *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    {
      GtkListBoxRow *row = gtk_list_box_get_row_at_index (self->list, (int) i);

      if (is_found (row, self) && gtk_widget_get_sensitive (GTK_WIDGET (row)))
        {
          adw_action_row_activate (ADW_ACTION_ROW (row));
          return;
        }
    }
}

/* Escape clears the search first, then closes. */
static void
on_search_stopped (PzTargetRow *self)
{
  if (*gtk_editable_get_text (GTK_EDITABLE (self->search)) != '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  else
    gtk_menu_button_popdown (self->button);
}

static void
add_target (PzTargetRow     *self,
            const MolTarget *target)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *unit = gtk_label_new (NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _(target->title));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), target->symbol);

  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);

  gtk_widget_add_css_class (unit, "dim-label");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), unit);

  g_signal_connect_object (check, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  g_ptr_array_add (self->checks, check);
  g_ptr_array_add (self->units, unit);
  gtk_list_box_append (self->list, row);
}

/* --- the recipe is shown --- */

/* (transfer full): "Dipole moment (D)", "Δε (eV), μ (D)" */
static char *
describe_targets (const DsTask *task)
{
  g_autoptr(GPtrArray) targets = NULL;
  GString *words = g_string_new (NULL);

  if (!mol_target_parse_list (task->targets, &targets, NULL))
    return g_string_free (words, FALSE);

  for (guint i = 0; i < targets->len; i++)
    {
      const MolTarget *target = g_ptr_array_index (targets, i);

      g_string_append_printf (words, "%s%s (%s)", i > 0 ? ", " : "",
                              targets->len > 1 ? target->symbol : _(target->title),
                              mol_target_get_unit (target, task->unit));
    }

  return g_string_free (words, FALSE);
}

static gboolean
is_chosen (const DsTask    *task,
           const MolTarget *target)
{
  g_autoptr(GPtrArray) targets = NULL;

  return mol_target_parse_list (task->targets, &targets, NULL) && g_ptr_array_find (targets, target, NULL);
}

/* Whether no molecule has it: what the first ones lack, all do. */
static gboolean
is_missing (const DsSet     *set,
            const MolTarget *target)
{
  const gsize n = MIN (mol_collection_get_n (set->molecules), 20);
  const MolMethod method = strcmp (set->source, "builtin:molecules") == 0 ? MOL_METHOD_XTB : MOL_METHOD_B3LYP;

  for (gsize i = 0; i < n; i++)
    {
      MolMolecule molecule;

      mol_collection_get (set->molecules, i, &molecule);
      if (isfinite (mol_target_get_value (target, &molecule, method)))
        return FALSE;
    }

  return TRUE;
}

static void
update_row (PzTargetRow *self)
{
  PzDataset *dataset;
  const DsSet *set;
  const DsTask *task;
  g_autofree char *words = NULL;

  if (self->project == NULL)
    return;

  dataset = pz_project_get_dataset (self->project);
  set = dataset != NULL && pz_dataset_is_molecules (dataset) ? pz_dataset_peek_set (dataset) : NULL;
  task = &pz_project_peek_recipe (self->project)->task;
  words = describe_targets (task);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), words);

  self->updating = TRUE;
  for (guint i = 0; i < self->checks->len; i++)
    {
      const MolTarget *target = get_target (i);
      GtkWidget *row = GTK_WIDGET (gtk_list_box_get_row_at_index (self->list, (int) i));
      const gboolean chosen = is_chosen (task, target);
      const gboolean missing = set != NULL && is_missing (set, target);

      gtk_check_button_set_active (g_ptr_array_index (self->checks, i), chosen);
      gtk_label_set_label (g_ptr_array_index (self->units, i), mol_target_get_unit (target, task->unit));
      gtk_widget_set_sensitive (row, chosen || !missing);
      gtk_widget_set_tooltip_text (row, missing ? _("Not available for these molecules") : NULL);
    }
  self->updating = FALSE;
}

static void
pz_target_row_dispose (GObject *object)
{
  PzTargetRow *self = PZ_TARGET_ROW (object);

  g_clear_object (&self->project_signals);
  g_clear_object (&self->project);
  g_ptr_array_set_size (self->checks, 0);
  g_ptr_array_set_size (self->units, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_TARGET_ROW);

  G_OBJECT_CLASS (pz_target_row_parent_class)->dispose (object);
}

static void
pz_target_row_finalize (GObject *object)
{
  PzTargetRow *self = PZ_TARGET_ROW (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->units);

  G_OBJECT_CLASS (pz_target_row_parent_class)->finalize (object);
}

static void
pz_target_row_class_init (PzTargetRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_target_row_dispose;
  object_class->finalize = pz_target_row_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-target-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PzTargetRow, button);
  gtk_widget_class_bind_template_child (widget_class, PzTargetRow, search);
  gtk_widget_class_bind_template_child (widget_class, PzTargetRow, list);
  gtk_widget_class_bind_template_callback (widget_class, on_closed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_search_stopped);
}

static void
pz_target_row_init (PzTargetRow *self)
{
  gsize n_targets;
  const MolTarget *targets = mol_target_get_all (&n_targets);

  self->checks = g_ptr_array_new ();
  self->units = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  for (gsize i = 0; i < n_targets; i++)
    add_target (self, &targets[i]);

  gtk_list_box_set_filter_func (self->list, is_found, self, NULL);

  self->project_signals = g_signal_group_new (PZ_TYPE_PROJECT);
  g_signal_group_connect_swapped (self->project_signals, "recipe-changed", G_CALLBACK (update_row), self);
  g_signal_group_connect_swapped (self->project_signals, "notify::dataset", G_CALLBACK (update_row), self);
}

void
pz_target_row_set_project (PzTargetRow *self,
                           PzProject   *project)
{
  g_return_if_fail (PZ_IS_TARGET_ROW (self));
  g_return_if_fail (project == NULL || PZ_IS_PROJECT (project));

  if (!g_set_object (&self->project, project))
    return;

  g_signal_group_set_target (self->project_signals, project);
  update_row (self);
}
