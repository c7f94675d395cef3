/* pz-molecule-card.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "molecules/mol-collection.h"
#include "widgets/results/pz-molecule-area.h"
#include "widgets/results/pz-molecule-card.h"
#include "widgets/results/pz-result-words.h"

struct _PzMoleculeCard
{
  GtkWidget       parent_instance;

  /* Children */
  PzMoleculeArea *area;
  GtkLabel       *name_label;
  GtkGrid        *grid;
  GtkLabel       *doubt_label;
};

G_DEFINE_FINAL_TYPE (PzMoleculeCard, pz_molecule_card, GTK_TYPE_WIDGET)

static void
attach_label (PzMoleculeCard *self,
              int             column,
              int             row,
              const char     *text,
              const char     *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0.0f : 1.0f);
  gtk_label_set_selectable (GTK_LABEL (label), row > 0 && column > 0);
  if (column == 0)
    {
      gtk_label_set_wrap (GTK_LABEL (label), TRUE);
      gtk_widget_set_hexpand (label, TRUE);
    }
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (self->grid, label, column, row, 1, 1);
}

static void
clear_grid (PzMoleculeCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

static void
pz_molecule_card_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (pz_molecule_card_parent_class)->dispose (object);
}

static void
pz_molecule_card_class_init (PzMoleculeCardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_molecule_card_dispose;

  gtk_widget_class_set_css_name (widget_class, "moleculecard");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
}

static void
pz_molecule_card_init (PzMoleculeCard *self)
{
  GtkBoxLayout *layout = GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self)));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (layout, 12);

  self->area = PZ_MOLECULE_AREA (pz_molecule_area_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->area), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->area), NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->area), "card");
  gtk_widget_set_parent (GTK_WIDGET (self->area), GTK_WIDGET (self));

  self->name_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_selectable (self->name_label, TRUE);
  gtk_label_set_wrap (self->name_label, TRUE);
  gtk_label_set_wrap_mode (self->name_label, PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (GTK_WIDGET (self->name_label), "heading");
  gtk_widget_set_parent (GTK_WIDGET (self->name_label), GTK_WIDGET (self));

  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 18);
  gtk_grid_set_row_spacing (self->grid, 6);
  gtk_widget_set_parent (GTK_WIDGET (self->grid), GTK_WIDGET (self));

  self->doubt_label = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_xalign (self->doubt_label, 0.0f);
  gtk_label_set_wrap (self->doubt_label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (self->doubt_label), "warning");
  gtk_widget_set_visible (GTK_WIDGET (self->doubt_label), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->doubt_label), GTK_WIDGET (self));
}

GtkWidget *
pz_molecule_card_new (void)
{
  return g_object_new (PZ_TYPE_MOLECULE_CARD, NULL);
}

void
pz_molecule_card_show (PzMoleculeCard *self,
                       MolCollection  *molecules,
                       gsize           i,
                       const DsTask   *task,
                       const float    *predicted,
                       const guint8   *extrapolates,
                       const double   *given,
                       gsize           n_targets)
{
  g_autofree char *name = NULL;
  gsize n_extrapolated = 0;
  MolMolecule molecule;

  g_return_if_fail (PZ_IS_MOLECULE_CARD (self));

  mol_collection_get (molecules, i, &molecule);
  name = pz_result_words_dup_molecule (&molecule);
  gtk_label_set_label (self->name_label, name);
  pz_molecule_area_set_molecule (self->area, molecules, i);

  clear_grid (self);
  attach_label (self, 1, 0, _("Predicted"), "dim-label");
  attach_label (self, 2, 0, _("True"), "dim-label");
  attach_label (self, 3, 0, _("Error"), "dim-label");

  for (gsize t = 0; t < n_targets; t++)
    {
      const char *unit = pz_result_words_get_unit (task, t);
      const double h = (double) predicted[t];
      g_autofree char *title = pz_result_words_dup_title (task, NULL, t);
      g_autofree char *h_text = pz_result_words_dup_value (h, FALSE, unit);
      g_autofree char *y_text = isnan (given[t]) ? g_strdup ("–") :
                                pz_result_words_dup_value (given[t], FALSE, unit);
      g_autofree char *error = isnan (given[t]) ? g_strdup ("–") :
                               pz_result_words_dup_value (h - given[t], TRUE, unit);

      attach_label (self, 0, (int) t + 1, title, NULL);
      g_autofree char *marked = g_strconcat (h_text, " *", NULL);

      n_extrapolated += extrapolates[t];
      attach_label (self, 1, (int) t + 1, extrapolates[t] ? marked : h_text, "numeric");
      attach_label (self, 2, (int) t + 1, y_text, "numeric");
      attach_label (self, 3, (int) t + 1, error, "numeric");
    }

  gtk_label_set_label (self->doubt_label,
                       n_extrapolated == n_targets
                       ? _("Extrapolation: far outside the training data; the prediction is unreliable.")
                       : _("* Extrapolation: far outside the training data; the prediction is unreliable."));
  gtk_widget_set_visible (GTK_WIDGET (self->doubt_label), n_extrapolated > 0);
}

static gboolean
on_escape (GtkWidget *widget,
           GVariant  *args,
           gpointer   user_data)
{
  gtk_window_close (GTK_WINDOW (widget));

  return TRUE;
}

void
pz_molecule_card_close_on_escape (GtkWindow *window)
{
  GtkEventController *controller = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                        gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Escape, 0),
                                                          gtk_callback_action_new (on_escape, NULL, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (window), controller);
}

GtkWindow *
pz_molecule_card_open_window (GtkWidget           *parent,
                              const PzPredictions *predictions,
                              gsize                i)
{
  const gsize n = predictions->n_targets;
  g_autofree double *given = g_new (double, n);
  g_autofree char *title = NULL;
  GtkWidget *window, *card, *header, *scroller, *box;
  MolMolecule molecule;
  GtkRoot *root = gtk_widget_get_root (parent);

  g_return_val_if_fail (predictions->set->molecules != NULL && i < predictions->n, NULL);

  for (gsize t = 0; t < n; t++)
    given[t] = (double) predictions->y[i * n + t];

  mol_collection_get (predictions->set->molecules, predictions->items[i], &molecule);
  title = molecule.number > 0 ? g_strdup_printf (_("Molecule %u"), molecule.number) : g_strdup (_("Molecule"));

  card = pz_molecule_card_new ();
  gtk_widget_set_margin_start (card, 18);
  gtk_widget_set_margin_end (card, 18);
  gtk_widget_set_margin_top (card, 6);
  gtk_widget_set_margin_bottom (card, 18);
  gtk_widget_set_vexpand (card, TRUE);
  pz_molecule_card_show (PZ_MOLECULE_CARD (card), predictions->set->molecules, predictions->items[i],
                         predictions->set->task, predictions->h + i * n,
                         predictions->extrapolates + i * n, given, n);

  /* Many targets on a small screen; and the least height of a window must not depend on
   * how a name is wrapped.
   */
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), card);
  gtk_widget_set_vexpand (scroller, TRUE);

  header = adw_header_bar_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), scroller);

  window = adw_window_new ();
  gtk_window_set_title (GTK_WINDOW (window), title);
  gtk_window_set_default_size (GTK_WINDOW (window), 440, 520);
  adw_window_set_content (ADW_WINDOW (window), box);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (window), GTK_WINDOW (root));
  gtk_window_set_destroy_with_parent (GTK_WINDOW (window), TRUE);
  pz_molecule_card_close_on_escape (GTK_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
  gtk_widget_grab_focus (gtk_widget_get_first_child (card));

  return GTK_WINDOW (window);
}
