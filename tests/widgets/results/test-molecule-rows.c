/* test-molecule-rows.c: the form with molecules: what is learnt, from what, and
 * what was left out.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/net/mlp-split.h"
#include "datasets/ds-open.h"
#include "datasets/ds-split.h"
#include "datasets/fixture.h"
#include "molecules/features/mol-features.h"
#include "widgets/common/pz-number-entry.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/common/pz-number.h"
#include "widgets/recipe/pz-data-menu.h"
#include "widgets/recipe/pz-data-panel.h"
#include "widgets/recipe/pz-molecule-samples.h"
#include "widgets/view-util.h"

typedef struct
{
  PzProject *project;
  GtkWindow *window;
  GtkWidget *panel;
  char      *folder;      /* a temporary one */
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->panel = open_panel (PZ_TYPE_DATA_PANEL, 800, 600, &f->project, &f->window);
  f->folder = fixture_make_folder ("molecules");
  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->panel, f->window, f->project);
  fixture_remove (f->folder);
}

static void
use (Fixture    *f,
     const char *source)
{
  pz_data_panel_use (PZ_DATA_PANEL (f->panel), source);
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
}

static GtkWidget *
get_rows (Fixture *f)
{
  return get_child (f->panel, "molecule_rows");
}

static GtkWidget *
get_target_row (Fixture *f)
{
  return get_child (get_rows (f), "target_row");
}

static const DsTask *
peek_task (Fixture *f)
{
  return &pz_project_peek_recipe (f->project)->task;
}

static const char *
get_subtitle (gpointer row)
{
  return adw_action_row_get_subtitle (ADW_ACTION_ROW (row));
}

/* The row of the list of targets, by the target's place in the table. */
static GtkWidget *
get_target (Fixture    *f,
            const char *id)
{
  GtkListBox *list = GTK_LIST_BOX (get_child (get_target_row (f), "list"));
  gsize n;
  const MolTarget *targets = mol_target_get_all (&n);

  for (gsize i = 0; i < n; i++)
    if (g_str_equal (targets[i].id, id))
      return GTK_WIDGET (gtk_list_box_get_row_at_index (list, (int) i));

  g_assert_not_reached ();
}

static GtkCheckButton *
get_check (Fixture    *f,
           const char *id)
{
  return GTK_CHECK_BUTTON (find_widget (get_target (f, id), GTK_TYPE_CHECK_BUTTON, NULL));
}

static void
test_kinds (Fixture      *f,
            gconstpointer data)
{
  GtkWidget *set_row = get_child (f->panel, "set_row");
  GtkWidget *samples = get_child (f->panel, "samples_label");
  g_autofree char *first = NULL;

  g_assert_false (gtk_widget_get_visible (get_rows (f)));
  g_assert_false (gtk_widget_get_visible (samples));

  use (f, PZ_DATA_MOLECULES);
  g_assert_true (gtk_widget_get_visible (get_rows (f)));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (set_row)), ==, "Built-in molecules");
  g_assert_nonnull (strstr (get_subtitle (set_row), "GFN2-xTB instead of B3LYP"));
  g_assert_true (gtk_widget_get_visible (samples));
  g_assert_false (gtk_widget_get_visible (get_child (f->panel, "strip")));
  g_assert_false (gtk_widget_get_visible (get_child (get_rows (f), "keep_row")));
  g_assert_false (gtk_widget_get_visible (get_child (get_rows (f), "note_row")));
  g_assert_false (gtk_widget_get_visible (get_child (get_rows (f), "unreadable_row")));

  /* Other ones, one round after the other. */
  first = g_strdup (gtk_label_get_label (GTK_LABEL (samples)));
  g_assert_nonnull (strstr (first, "Δε "));
  g_assert_nonnull (strstr (first, " eV"));
  g_signal_emit_by_name (gtk_widget_get_next_sibling (samples), "clicked");
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (samples)), !=, first);

  gtk_test_widget_wait_for_draw (f->panel);
  assert_icons_exist (f->panel);

  use (f, PZ_DATA_DIGITS);
  g_assert_false (gtk_widget_get_visible (get_rows (f)));
  g_assert_false (gtk_widget_get_visible (samples));
  g_assert_true (gtk_widget_get_visible (get_child (f->panel, "strip")));
}

/* Several are one step, taken when the list is closed. */
static void
test_targets (Fixture      *f,
              gconstpointer data)
{
  GtkPopover *popover;
  GtkWidget *row = get_target_row (f);

  use (f, PZ_DATA_MOLECULES);
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (get_child (row, "button")));
  g_assert_cmpstr (get_subtitle (row), ==, "HOMO–LUMO gap (eV)");
  g_assert_true (gtk_check_button_get_active (get_check (f, "gap")));

  gtk_check_button_set_active (get_check (f, "mu"), TRUE);
  gtk_check_button_set_active (get_check (f, "alpha"), TRUE);
  gtk_check_button_set_active (get_check (f, "gap"), FALSE);
  g_assert_cmpstr (peek_task (f)->targets, ==, "gap");
  g_signal_emit_by_name (popover, "closed");
  g_assert_cmpstr (peek_task (f)->targets, ==, "mu,alpha");
  g_assert_cmpstr (get_subtitle (row), ==, "μ (D), α (a₀³)");
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_cmpuint (pz_project_get_n_outputs (f->project), ==, 2);

  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpstr (peek_task (f)->targets, ==, "gap");
  g_assert_true (gtk_check_button_get_active (get_check (f, "gap")));
  g_assert_false (gtk_check_button_get_active (get_check (f, "mu")));

  /* The last one stays. */
  gtk_check_button_set_active (get_check (f, "gap"), FALSE);
  g_assert_true (gtk_check_button_get_active (get_check (f, "gap")));
  g_signal_emit_by_name (popover, "closed");
  g_assert_cmpstr (peek_task (f)->targets, ==, "gap");

  /* xtb does not say what free atoms have. */
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  g_assert_false (gtk_widget_get_sensitive (get_target (f, "g-atomisation")));
  g_assert_true (gtk_widget_get_sensitive (get_target (f, "u0-atomisation")));
}

static void
test_search (Fixture      *f,
             gconstpointer data)
{
  GtkEditable *search = GTK_EDITABLE (get_child (get_target_row (f), "search"));

  use (f, PZ_DATA_MOLECULES);
  gtk_editable_set_text (search, "dipol");
  wait_until (!gtk_widget_get_child_visible (get_target (f, "gap")));
  g_assert_true (gtk_widget_get_child_visible (get_target (f, "mu")));

  gtk_editable_set_text (search, "zpve");
  wait_until (!gtk_widget_get_child_visible (get_target (f, "mu")));
  g_assert_true (gtk_widget_get_child_visible (get_target (f, "zpve")));
  g_signal_emit_by_name (search, "activate");
  g_assert_true (gtk_check_button_get_active (get_check (f, "zpve")));

  gtk_editable_set_text (search, "");
  wait_until (gtk_widget_get_child_visible (get_target (f, "mu")));
}

static void
test_unit (Fixture      *f,
           gconstpointer data)
{
  AdwComboRow *row = ADW_COMBO_ROW (get_child (get_rows (f), "unit_row"));
  Recipe *recipe;

  use (f, PZ_DATA_MOLECULES);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, MOL_UNIT_EV - 1);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (row)));

  adw_combo_row_set_selected (row, MOL_UNIT_KCAL - 1);
  g_assert_cmpint (peek_task (f)->unit, ==, MOL_UNIT_KCAL);
  g_assert_cmpstr (get_subtitle (get_target_row (f)), ==, "HOMO–LUMO gap (kcal/mol)");
  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, MOL_UNIT_EV - 1);

  /* A dipole has no other. */
  recipe = recipe_copy (pz_project_peek_recipe (f->project));
  g_free (recipe->task.targets);
  recipe->task.targets = g_strdup ("mu");
  pz_project_edit (f->project, recipe, NULL);
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (row)));
}

/* Each says what it is; a choice is one step. */
static void
test_features (Fixture      *f,
               gconstpointer data)
{
  AdwComboRow *row = ADW_COMBO_ROW (get_child (get_rows (f), "features_row"));
  GtkLabel *label = GTK_LABEL (get_child (get_rows (f), "features_label"));
  gsize n;
  const MolFeature *features = mol_features_get_all (&n);

  use (f, PZ_DATA_MOLECULES);
  g_assert_cmpuint (g_list_model_get_n_items (adw_combo_row_get_model (row)), ==, n);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *count = pz_number_format_count (features[i].length);
      g_autofree char *length = g_strconcat (count, " dimensions", NULL);

      adw_combo_row_set_selected (row, i);
      g_assert_cmpstr (peek_task (f)->features, ==, features[i].id);
      g_assert_nonnull (strstr (gtk_label_get_label (label), features[i].explanation));
      g_assert_nonnull (strstr (gtk_label_get_label (label), features[i].paper));
      g_assert_nonnull (strstr (gtk_label_get_label (label), length));
    }

  g_assert_true (pz_project_undo (f->project));
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, n - 2);
}

/* How many labels below say this. */
static guint
count_labels (GtkWidget  *widget,
              const char *words)
{
  guint n = GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_label (GTK_LABEL (widget)), words);

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n += count_labels (child, words);

  return n;
}

/* What a table does not say cannot be chosen. */
static void
test_formulas (Fixture      *f,
               gconstpointer data)
{
  GtkWidget *note = get_child (get_rows (f), "note_row");
  GtkWidget *features = get_child (get_rows (f), "features_row");
  g_autofree char *path = g_build_filename (f->folder, "table.csv", NULL);

  fixture_write_text (f->folder, "table.csv",
                      "mol_id,smiles,mu,gap\n"
                      "gdb_1,C,0.,0.5048\n"
                      "gdb_2,N,1.6256,0.3399\n"
                      "gdb_3,O,1.8511,0.3615\n");
  use (f, path);
  g_assert_true (gtk_widget_get_visible (get_rows (f)));
  g_assert_cmpstr (peek_task (f)->features, ==, "composition");
  g_assert_true (gtk_widget_get_visible (note));
  g_assert_nonnull (strstr (gtk_label_get_label (GTK_LABEL (get_child (get_rows (f), "note_label"))), "Formulas only"));
  adw_action_row_activate (ADW_ACTION_ROW (features));
  wait_until (count_labels (features, "5 dimensions") > 0);
  g_assert_cmpuint (count_labels (features, "5 dimensions"), ==, 1);
  g_assert_cmpuint (count_labels (features, "25 dimensions"), ==, 0);
  g_assert_cmpuint (count_labels (features, "Needs atomic coordinates"), >, 3);
  g_assert_false (gtk_widget_get_sensitive (get_target (f, "alpha")));
  g_assert_true (gtk_widget_get_sensitive (get_target (f, "mu")));
}

/* Methane, or what is left of it. */
static void
write_molecule (Fixture    *f,
                guint       number,
                const char *atoms)
{
  g_autofree char *name = g_strdup_printf ("dsgdb9nsd_%06u.xyz", number);
  g_autofree char *text = NULL;

  text = g_strdup_printf ("5\n"
                          "gdb %u\t157.7118\t157.70997\t157.70699\t0.\t13.21\t-0.3877\t0.1171\t0.5048\t35.3641\t"
                          "0.044749\t-40.47893\t-40.476062\t-40.475117\t-40.498597\t6.469\t\n"
                          "%s"
                          "1341.307\t1341.3284\t1341.365\n"
                          "C\tC\t\nInChI=1S/CH4/h1H4\tInChI=1S/CH4/h1H4\n", number, atoms);
  fixture_write_text (f->folder, name, text);
}

static void
test_unreadable (Fixture      *f,
                 gconstpointer data)
{
  static const char *const methane =
    "C\t-0.0126981359\t 1.0858041578\t 0.0080009958\t-0.535689\n"
    "H\t 0.002150416\t-0.0060313176\t 0.0019761204\t 0.133921\n"
    "H\t 1.0117308433\t 1.4637511618\t 0.0002765748\t 0.133922\n"
    "H\t-0.540815069\t 1.4475266138\t-0.8766437152\t 0.133923\n"
    "H\t-0.5238136345\t 1.4379326443\t 0.9063972942\t 0.133923\n";
  AdwExpanderRow *row = ADW_EXPANDER_ROW (get_child (get_rows (f), "unreadable_row"));

  for (guint i = 1; i <= 6; i++)
    write_molecule (f, i, methane);

  for (guint i = 7; i <= 18; i++)
    write_molecule (f, i, "C\t0.0\tnowhere\t0.0\t0.0\n");

  /* And one without properties. */
  fixture_write_text (f->folder, "water.xyz", "3\n\nO 0 0 0\nH 0.76 0.59 0\nH -0.76 0.59 0\n");

  use (f, f->folder);
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (get_child (get_rows (f), "note_label"))), ==,
                   "1 molecule lacks a target value and is excluded.");
  g_assert_true (gtk_widget_get_visible (get_child (get_rows (f), "note_row")));
  g_assert_cmpuint (mlp_samples_get_n (pz_dataset_peek_set (pz_project_get_dataset (f->project))->samples), ==, 6);
  g_assert_true (gtk_widget_get_visible (get_child (get_rows (f), "keep_row")));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), ==, "12 Molecules Could Not Be Read");
  g_assert_nonnull (strstr (adw_expander_row_get_subtitle (row), "first 10"));
  {
    GtkWidget *named = find_widget (GTK_WIDGET (row), ADW_TYPE_ACTION_ROW, "dsgdb9nsd_000007.xyz");

    g_assert_nonnull (named);
    g_assert_true (g_str_has_prefix (get_subtitle (named), "Line 3: "));
  }
  g_assert_null (find_widget (GTK_WIDGET (row), ADW_TYPE_ACTION_ROW, "dsgdb9nsd_000017.xyz"));

  use (f, PZ_DATA_MOLECULES);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (row)));
  g_assert_null (find_widget (GTK_WIDGET (row), ADW_TYPE_ACTION_ROW, "dsgdb9nsd_000007.xyz"));
}

static void
test_keep (Fixture      *f,
           gconstpointer data)
{
  GtkSwitch *keep = GTK_SWITCH (get_child (get_rows (f), "keep_switch"));

  use (f, PZ_DATA_MOLECULES);
  gtk_switch_set_active (keep, TRUE);
  g_assert_true (peek_task (f)->keep_uncharacterized);
  g_assert_true (pz_project_undo (f->project));
  g_assert_false (gtk_switch_get_active (keep));
}

static void
type_number (GtkWidget  *row,
             const char *text)
{
  GtkWidget *entry = find_widget (row, PZ_TYPE_NUMBER_ENTRY, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), text);
  pz_number_entry_commit (PZ_NUMBER_ENTRY (entry));
}

static gsize
count_part (Fixture *f,
            MlpPart  part)
{
  gsize n;

  mlp_split_peek (pz_project_peek_split (f->project), part, &n);

  return n;
}

/* What tests is drawn: by number, or by share. */
static void
test_split (Fixture      *f,
            gconstpointer data)
{
  GtkWidget *row = get_child (f->panel, "split_row");
  GtkWidget *test = get_child (row, "test_row");
  GtkWidget *validation = get_child (row, "validation_row");
  AdwComboRow *sizes = ADW_COMBO_ROW (get_child (row, "sizes_row"));
  const guint32 *items;
  guint32 first;
  gsize n;

  g_assert_false (gtk_widget_get_visible (test));
  g_assert_true (gtk_widget_get_visible (get_child (row, "shuffle_row")));

  use (f, PZ_DATA_MOLECULES);
  g_assert_true (gtk_widget_get_visible (test));
  g_assert_false (gtk_widget_get_visible (get_child (row, "shuffle_row")));
  g_assert_true (gtk_widget_get_visible (get_child (row, "seed_row")));
  g_assert_cmpfloat (pz_number_row_get_value (PZ_NUMBER_ROW (test)), ==, 180.0);

  type_number (test, "308");
  g_assert_cmpuint (count_part (f, MLP_TEST), ==, 308);
  g_assert_cmpuint (count_part (f, MLP_VALIDATION), ==, 180);
  g_assert_true (gtk_widget_get_visible (get_child (row, "test_reset")));

  /* 308 of 1,808 are 17.0 %. */
  adw_combo_row_set_selected (sizes, 1);
  g_assert_cmpfloat (pz_number_row_get_value (PZ_NUMBER_ROW (test)), ==, 17.0);
  g_assert_cmpfloat (pz_number_row_get_value (PZ_NUMBER_ROW (validation)), ==, 10.0);
  g_assert_cmpuint (count_part (f, MLP_TEST), ==, 307);
  type_number (test, "12.5");
  g_assert_cmpuint (count_part (f, MLP_TEST), ==, 226);
  type_number (validation, "25");
  g_assert_cmpuint (count_part (f, MLP_VALIDATION), ==, 452);
  g_assert_cmpfloat (pz_number_row_get_value (PZ_NUMBER_ROW (test)), ==, 12.5);

  adw_combo_row_set_selected (sizes, 0);
  g_assert_cmpuint (pz_project_peek_recipe (f->project)->split.n_test, ==, 226);
  g_assert_cmpfloat (pz_project_peek_recipe (f->project)->split.test_share, ==, 0.0);
  g_assert_cmpuint (count_part (f, MLP_VALIDATION), ==, 452);

  items = mlp_split_peek (pz_project_peek_split (f->project), MLP_TEST, &n);
  first = items[0];
  type_number (get_child (row, "seed_row"), "2");
  items = mlp_split_peek (pz_project_peek_split (f->project), MLP_TEST, &n);
  g_assert_cmpuint (items[0], !=, first);

  g_signal_emit_by_name (get_child (row, "test_reset"), "clicked");
  g_signal_emit_by_name (get_child (row, "validation_reset"), "clicked");
  g_assert_cmpuint (count_part (f, MLP_TEST), ==, 180);
  g_assert_cmpuint (count_part (f, MLP_VALIDATION), ==, 180);

  type_number (test, "2000");
  g_assert_true (gtk_widget_has_css_class (validation, "problem"));
  g_assert_false (pz_project_get_can_train (f->project));
}

/* It goes round where there are few. */
static void
test_samples (void)
{
  g_autoptr(GError) error = NULL;
  DsTask task = { (char *) "composition", (char *) "gap,homo,mu,alpha", MOL_UNIT_EV, FALSE };
  DsSet *set = ds_open_full (PZ_DATA_MOLECULES, &task, NULL, NULL, NULL, &error);
  const DsSplitOptions options = { .n_validation = 0, .n_test = mlp_samples_get_n (set->samples) - 4, .seed = 1 };
  g_autoptr(PzDataset) dataset = pz_dataset_new (set);
  g_autoptr(MlpSplit) split = ds_split_make (set, &options, &error);
  g_autofree char *first = pz_molecule_samples_describe (dataset, split, 0);
  g_autofree char *fifth = pz_molecule_samples_describe (dataset, split, 4);
  g_auto(GStrv) lines = g_strsplit (first, "\n", -1);

  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (lines), ==, 3);
  g_assert_cmpstr (first, ==, fifth);
  for (guint i = 0; i < 3; i++)
    {
      g_assert_nonnull (strstr (lines[i], ": Δε "));
      g_assert_nonnull (strstr (lines[i], " D…"));
      g_assert_null (strstr (lines[i], "α"));
    }
  ds_set_unref (set);
}

#define add(path, func) \
  g_test_add ("/widgets/molecule-rows/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  add ("kinds", test_kinds);
  add ("targets", test_targets);
  add ("search", test_search);
  add ("unit", test_unit);
  add ("features", test_features);
  add ("formulas", test_formulas);
  add ("unreadable", test_unreadable);
  add ("keep", test_keep);
  add ("split", test_split);
  g_test_add_func ("/widgets/molecule-rows/samples", test_samples);

  return g_test_run ();
}
