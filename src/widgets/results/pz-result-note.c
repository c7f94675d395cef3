/* pz-result-note.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-axis.h"
#include "widgets/results/pz-result-note.h"
#include "widgets/results/pz-result-words.h"

static void
add (GString    *note,
     const char *sentence)
{
  if (note->len > 0)
    g_string_append_c (note, ' ');
  g_string_append (note, sentence);
}

static void
add_published (GString     *note,
               const DsSet *set,
               gsize        t)
{
  const MolTarget *target = pz_result_words_get_target (set->task, t);
  g_autofree char *source = NULL;

  if (target == NULL)
    return;

  if (!pz_result_words_compares (set))
    {
      add (note, g_str_has_prefix (set->source, "builtin:")
                 ? _("The built-in molecules are computed by GFN2-xTB, not by B3LYP as QM9 is: "
                     "what is published of QM9 cannot be compared.")
                 : _("These molecules are not known to be of QM9: what is published of it cannot be compared."));
      return;
    }

  if (target->published[0].method == NULL)
    {
      add (note, _("For this property no figures are published that compare."));
      return;
    }

  /* Translators: where published figures come from */
  source = g_strdup_printf (_("Published, with about 110,000 training molecules: %s."), MOL_PUBLISHED_SOURCE);
  add (note, source);
}

static void
add_extrapolated (GString                    *note,
                  const MlpRegressionMetrics *fit)
{
  g_autofree char *n = draw_format_count (fit->n_extrapolated);
  g_autofree char *all = draw_format_count (fit->n);
  g_autofree char *sentence = NULL;

  if (fit->n_extrapolated == 0)
    return;

  /* Translators: how many, of how many */
  sentence = g_strdup_printf (ngettext ("%s of %s predictions is an extrapolation: far outside the training data.",
                                        "%s of %s predictions are extrapolations: far outside the training data.",
                                        (gulong) fit->n_extrapolated), n, all);
  add (note, sentence);
}

char *
pz_result_note_create (const DsSet         *set,
                       gsize                t,
                       PzResultKind         kind,
                       const PzPredictions *predictions)
{
  GString *note = g_string_new (NULL);

  if (predictions != NULL && predictions->part == MLP_TEST)
    add (note, _("Use the test set once, after all choices are made; tuning on it invalidates the estimate."));

  if (predictions != NULL && (predictions->part == MLP_TEST || predictions->parts.origin == RECIPE_PARTS_UNKNOWN))
    {
      g_autofree char *words = recipe_parts_describe (&predictions->parts);

      if (words != NULL)
        add (note, words);
    }

  if (predictions != NULL)
    add_extrapolated (note, &predictions->fits[t]);

  if (set != NULL && (kind == PZ_RESULT_LITERATURE || kind == PZ_RESULT_LEARNING))
    add_published (note, set, t);

  return g_string_free (note, FALSE);
}
