/* pz-result-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-number.h"
#include "molecules/mol-collection.h"
#include "widgets/results/pz-result-words.h"

#define DIGITS 4

const MolTarget *
pz_result_words_get_target (const DsTask *task,
                            gsize         t)
{
  g_autoptr(GPtrArray) targets = NULL;

  if (task == NULL || !mol_target_parse_list (task->targets, &targets, NULL) || t >= targets->len)
    return NULL;

  return g_ptr_array_index (targets, t);
}

const char *
pz_result_words_get_unit (const DsTask *task,
                          gsize         t)
{
  const MolTarget *target = pz_result_words_get_target (task, t);

  return target != NULL ? mol_target_get_unit (target, task->unit) : "";
}

char *
pz_result_words_dup_title (const DsTask *task,
                           char        **names,
                           gsize         t)
{
  const MolTarget *target = pz_result_words_get_target (task, t);

  if (target != NULL)
    return g_strdup (_(target->title));
  if (names != NULL && t < g_strv_length (names))
    return g_strdup (names[t]);

  return g_strdup_printf (_("output %u"), (guint) t + 1);
}

double
pz_result_words_get_accuracy (const DsTask *task,
                              gsize         t)
{
  const MolTarget *target = pz_result_words_get_target (task, t);

  return target == NULL ? (double) NAN :
         target->chemical_accuracy *mol_target_get_published_factor (target, task->unit);
}

gboolean
pz_result_words_compares (const DsSet *set)
{
  return set->molecules != NULL && !g_str_has_prefix (set->source, "builtin:") &&
         mol_target_are_of_qm9 (set->molecules);
}

char *
pz_result_words_dup_label (const char *title,
                           const char *unit)
{
  return unit == NULL || *unit == '\0' ? g_strdup (title) : g_strdup_printf ("%s (%s)", title, unit);
}

char *
pz_result_words_dup_molecule (const MolMolecule *molecule)
{
  g_autofree char *formula = mol_molecule_make_formula (molecule);
  GString *words = g_string_new (NULL);

  if (molecule->number > 0)
    g_string_append_printf (words, "gdb %u · ", molecule->number);
  if (*molecule->smiles != '\0')
    g_string_append_printf (words, "%s · ", molecule->smiles);
  g_string_append (words, formula);

  return g_string_free (words, FALSE);
}

char *
pz_result_words_dup_value (double      value,
                           gboolean    with_sign,
                           const char *unit)
{
  g_autofree char *text = draw_number_format_quantity (value, DIGITS, unit);

  return with_sign && value > 0.0 ? g_strconcat ("+", text, NULL) : g_steal_pointer (&text);
}

char *
pz_result_words_describe_sample (const PzPredictions *predictions,
                                 gsize                t,
                                 gsize                i)
{
  const double y = (double) predictions->y[i * predictions->n_targets + t];
  const double h = (double) predictions->h[i * predictions->n_targets + t];
  const char *unit = pz_predictions_get_unit (predictions, t);
  g_autofree char *truth = pz_result_words_dup_value (y, FALSE, unit);
  g_autofree char *predicted = pz_result_words_dup_value (h, FALSE, unit);
  g_autofree char *error = pz_result_words_dup_value (h - y, TRUE, unit);
  g_autofree char *name = NULL;

  if (predictions->set->molecules != NULL)
    {
      MolMolecule molecule;

      mol_collection_get (predictions->set->molecules, predictions->items[i], &molecule);
      name = pz_result_words_dup_molecule (&molecule);
    }
  else
    {
      name = g_strdup_printf (_("Sample %u"), predictions->items[i] + 1);
    }

  /* Translators: a molecule, and its true value, the predicted one and the difference, with units */
  return g_strdup_printf (_("%s: true %s, predicted %s, error %s"), name, truth, predicted, error);
}
