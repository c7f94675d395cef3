/* pz-result-figures.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-number.h"
#include "molecules/mol-collection.h"
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
add_tile (GtkFlowBox *box,
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
  g_autofree char *from = draw_number_format (low, digits);
  g_autofree char *to = draw_number_format (high, digits);

  /* One sample has none. */
  if (!isfinite (low) || !isfinite (high))
    return NULL;

  /* Translators: a 95 % interval, two numbers */
  return g_strdup_printf (_("%s to %s"), from, to);
}

static GtkWidget *
new_largest (const PzPredictions        *predictions,
             const MlpRegressionMetrics *metrics,
             const char                 *unit)
{
  g_autofree char *value = pz_result_words_dup_value (metrics->largest, FALSE, unit);
  GtkWidget *tile, *button;
  g_autofree char *name = NULL;
  MolMolecule molecule;

  if (predictions->set->molecules == NULL)
    return new_tile (_("Largest error"), value, NULL, NULL);

  mol_collection_get (predictions->set->molecules, predictions->items[metrics->largest_at], &molecule);
  name = pz_result_words_dup_molecule (&molecule);
  tile = new_tile (_("Largest error"), value, NULL, NULL);

  button = gtk_button_new_with_label (molecule.smiles[0] != '\0' ? molecule.smiles : name);
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), 18);
  gtk_widget_add_css_class (button, "figure-link");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_halign (button, GTK_ALIGN_START);
  gtk_widget_set_tooltip_text (button, name);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", (guint) metrics->largest_at);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "results.open-molecule");
  gtk_box_append (GTK_BOX (tile), button);

  return tile;
}

void
pz_result_figures_fill (GtkFlowBox          *box,
                        const PzPredictions *predictions,
                        gsize                t)
{
  const MlpRegressionMetrics *metrics = &predictions->target_metrics[t];
  const char *unit = pz_predictions_get_unit (predictions, t);
  const double accuracy = pz_result_words_get_accuracy (predictions->set->task, t);
  g_autofree char *mae = pz_result_words_dup_value (metrics->mae, FALSE, unit);
  g_autofree char *mae_range = format_interval (metrics->mae_low, metrics->mae_high, 3);
  g_autofree char *rmse = pz_result_words_dup_value (metrics->rmse, FALSE, unit);
  g_autofree char *rmse_range = format_interval (metrics->rmse_low, metrics->rmse_high, 3);
  g_autofree char *r2 = draw_number_format (metrics->r2, 4);
  g_autofree char *r2_range = format_interval (metrics->r2_low, metrics->r2_high, 3);
  g_autofree char *bias = pz_result_words_dup_value (metrics->bias, TRUE, unit);
  g_autofree char *mean = pz_result_words_dup_value (metrics->mean_mae, FALSE, unit);
  g_autofree char *n = draw_number_format_count (metrics->n);
  g_autofree char *count = g_strdup_printf (ngettext ("%s molecule", "%s molecules", (gulong) metrics->n), n);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_flow_box_remove (box, child);

  add_tile (box, new_tile (_("MAE"), mae, mae_range, _("Mean absolute error, with its confidence interval of 95 %")));
  add_tile (box, new_tile (_("RMSE"), rmse, rmse_range,
                           _("Root mean squared error, with its confidence interval of 95 %")));
  add_tile (box, new_tile (_("R²"), r2, r2_range,
                           _("Coefficient of determination: the explained share of the variance, with its confidence interval "
                             "of 95 %")));
  add_tile (box, new_tile (_("Bias"), bias, count, _("Mean of predicted minus true value")));
  add_tile (box, new_tile (_("Mean baseline"), mean, _("MAE"),
                           _("Baseline that always predicts the training mean")));

  if (isfinite (accuracy))
    {
      g_autofree char *text = draw_number_append_unit (draw_number_format_given (accuracy), unit);
      g_autofree char *times = draw_number_format (metrics->mae / accuracy, 2);
      g_autofree char *details = metrics->mae <= accuracy ? g_strdup (_("reached")) :
                                 /* Translators: the error is so many times the chemical accuracy */
                                 g_strdup_printf (_("MAE is %s ×"), times);

      add_tile (box, new_tile (_("Chemical accuracy"), text, details,
                               _("The accuracy that chemists require for this property")));
    }

  add_tile (box, new_largest (predictions, metrics, unit));
}
