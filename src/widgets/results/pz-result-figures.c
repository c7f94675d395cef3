/* pz-result-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-axis.h"
#include "widgets/results/pz-result-figures.h"
#include "widgets/results/pz-result-words.h"

static GtkWidget *
new_label (const char *text,
           const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0.0f);
  gtk_widget_add_css_class (label, css_class);

  return label;
}

/* @details: (nullable) */
static GtkWidget *
new_tile (const char *name,
          const char *value,
          const char *details,
          const char *tooltip)
{
  GtkWidget *tile = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *label = new_label (value, "heading");

  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (GTK_BOX (tile), new_label (name, "caption"));
  gtk_box_append (GTK_BOX (tile), label);
  if (details != NULL)
    gtk_box_append (GTK_BOX (tile), new_label (details, "caption"));
  gtk_widget_set_tooltip_text (tile, tooltip);

  return tile;
}

static void
add (GtkFlowBox *box,
     GtkWidget  *tile)
{
  GtkWidget *child = gtk_flow_box_child_new ();

  /* There is nothing to choose. */
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), tile);
  gtk_flow_box_insert (box, child, -1);
}

/* (transfer full) (nullable) */
static char *
format_interval (double low,
                 double high,
                 int    digits)
{
  g_autofree char *from = draw_format_number (low, digits);
  g_autofree char *to = draw_format_number (high, digits);

  /* One sample has none. */
  if (!isfinite (low) || !isfinite (high))
    return NULL;

  /* Translators: a 95 % interval, two numbers */
  return g_strdup_printf (_("%s to %s"), from, to);
}

static GtkWidget *
new_largest (const PzPredictions        *predictions,
             const MlpRegressionMetrics *fit,
             const char                 *unit)
{
  g_autofree char *value = pz_result_words_dup_value (fit->largest, FALSE, unit);
  GtkWidget *tile, *button;
  g_autofree char *name = NULL;
  MolMolecule molecule;

  if (predictions->set->molecules == NULL)
    return new_tile (_("Largest error"), value, NULL, NULL);

  mol_collection_get (predictions->set->molecules, predictions->items[fit->largest_at], &molecule);
  name = pz_result_words_dup_molecule (&molecule);
  tile = new_tile (_("Largest error"), value, NULL, NULL);

  button = gtk_button_new_with_label (molecule.smiles[0] != '\0' ? molecule.smiles : name);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 18);
  gtk_widget_add_css_class (button, "figure-link");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", (guint) fit->largest_at);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "results.open-molecule");
  gtk_box_append (GTK_BOX (tile), button);

  return tile;
}

void
pz_result_figures_fill (GtkFlowBox          *box,
                        const PzPredictions *predictions,
                        gsize                t)
{
  const MlpRegressionMetrics *fit = &predictions->fits[t];
  const char *unit = pz_predictions_get_unit (predictions, t);
  const double accuracy = pz_result_words_get_accuracy (predictions->set->task, t);
  g_autofree char *mae = pz_result_words_dup_value (fit->mae, FALSE, unit);
  g_autofree char *mae_range = format_interval (fit->mae_low, fit->mae_high, 3);
  g_autofree char *rmse = pz_result_words_dup_value (fit->rmse, FALSE, unit);
  g_autofree char *rmse_range = format_interval (fit->rmse_low, fit->rmse_high, 3);
  g_autofree char *r2 = draw_format_number (fit->r2, 4);
  g_autofree char *r2_range = format_interval (fit->r2_low, fit->r2_high, 3);
  g_autofree char *bias = pz_result_words_dup_value (fit->bias, TRUE, unit);
  g_autofree char *mean = pz_result_words_dup_value (fit->mean_mae, FALSE, unit);
  g_autofree char *n = draw_format_count (fit->n);
  g_autofree char *count = g_strdup_printf (ngettext ("%s molecule", "%s molecules", (gulong) fit->n), n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_flow_box_remove (box, child);

  add (box, new_tile (_("MAE"), mae, mae_range, _("Mean absolute error, with its interval of 95 %")));
  add (box, new_tile (_("RMSE"), rmse, rmse_range,
                      _("Root of the mean squared error, with its interval of 95 %")));
  add (box, new_tile (_("R²"), r2, r2_range,
                      _("Share of the variance that is explained, with its interval of 95 %")));
  add (box, new_tile (_("Bias"), bias, count, _("Mean of predicted minus true")));
  add (box, new_tile (_("Always the mean"), mean, _("MAE"),
                      _("Baseline that always predicts the training mean")));

  if (isfinite (accuracy))
    {
      g_autofree char *text = draw_append_unit (draw_format_given (accuracy), unit);
      g_autofree char *times = draw_format_number (fit->mae / accuracy, 2);
      g_autofree char *details = fit->mae <= accuracy ? g_strdup (_("reached")) :
                                 /* Translators: the error is so many times the chemical accuracy */
                                 g_strdup_printf (_("MAE is %s ×"), times);

      add (box, new_tile (_("Chemical accuracy"), text, details,
                          _("What chemists call accurate enough for this property")));
    }

  add (box, new_largest (predictions, fit, unit));
}
