/* pz-result-note.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "draw/draw-number.h"
#include "widgets/results/pz-result-note.h"
#include "widgets/results/pz-result-words.h"

static void
add_sentence (GString    *note,
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
      add_sentence (note, g_str_has_prefix (set->source, "builtin:")
                 ? _("The built-in molecules were computed with GFN2-xTB, not with B3LYP as in QM9: published QM9 results "
                     "are not comparable.")
                 : _("These molecules are not known to be from QM9: published QM9 results are not comparable."));
      return;
    }

  if (target->published[0].method == NULL)
    {
      add_sentence (note, _("There are no comparable published results for this property."));
      return;
    }

  /* Translators: where published figures come from */
  source = g_strdup_printf (_("Published, with about 110,000 training molecules: %s."), MOL_PUBLISHED_SOURCE);
  add_sentence (note, source);
}

static void
add_extrapolated (GString                    *note,
                  const MlpRegressionMetrics *metrics)
{
  g_autofree char *n = draw_number_format_count (metrics->n_extrapolated);
  g_autofree char *all = draw_number_format_count (metrics->n);
  g_autofree char *sentence = NULL;

  if (metrics->n_extrapolated == 0)
    return;

  /* Translators: how many, of how many */
  sentence = g_strdup_printf (ngettext ("%s of %s predictions is an extrapolation: far outside the training data.",
                                        "%s of %s predictions are extrapolations: far outside the training data.",
                                        (gulong) metrics->n_extrapolated), n, all);
  add_sentence (note, sentence);
}

char *
pz_result_note_create (const DsSet         *set,
                       gsize                t,
                       PzResultKind         kind,
                       const PzPredictions *predictions)
{
  GString *note = g_string_new (NULL);

  if (predictions != NULL && predictions->part == MLP_TEST)
    add_sentence (note, _("Use the test set once, after all choices are made; tuning on it invalidates the estimate."));

  if (predictions != NULL && (predictions->part == MLP_TEST || predictions->parts.origin == RECIPE_PARTS_UNKNOWN))
    {
      g_autofree char *words = recipe_seen_describe_parts (&predictions->parts);

      if (words != NULL)
        add_sentence (note, words);
    }

  if (predictions != NULL)
    add_extrapolated (note, &predictions->target_metrics[t]);

  if (set != NULL && (kind == PZ_RESULT_LITERATURE || kind == PZ_RESULT_LEARNING))
    add_published (note, set, t);

  return g_string_free (note, FALSE);
}
