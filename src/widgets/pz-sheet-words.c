/* pz-sheet-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/pz-sheet-words.h"

char *
pz_sheet_dup_class_name (const RecipeData *data,
                         gsize             i)
{
  if (data->class_names != NULL && i < g_strv_length (data->class_names))
    return g_strdup (*data->class_names[i] != '\0' ? _(data->class_names[i]) : "");

  return g_strdup_printf ("%" G_GSIZE_FORMAT, i);
}

char *
pz_sheet_join_answers (const PzSheetAnswers *answers,
                       const char *const    *names)
{
  GString *text = g_string_new (NULL);
  gboolean short_names = TRUE;

  for (gsize i = 0; names[i] != NULL; i++)
    short_names = short_names && g_utf8_strlen (names[i], -1) <= 2;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (i > 0 && g_array_index (answers->segments, DsSegment, i).line
          != g_array_index (answers->segments, DsSegment, i - 1).line)
        g_string_append_c (text, '\n');
      else if (i > 0)
        g_string_append (text, short_names ? " " : ", ");
      g_string_append (text, names[i]);
    }

  return g_string_free (text, FALSE);
}

gsize
pz_sheet_find_best (const PzSheetAnswers *answers,
                    int                   selected,
                    gsize                *classes)
{
  const float *shares;
  gsize n;

  if (answers == NULL || selected < 0 || (gsize) selected >= answers->n)
    return 0;

  shares = answers->shares + (gsize) selected * answers->n_classes;
  for (n = 0; n < MIN (PZ_SHEET_MAX_BEST, answers->n_classes); n++)
    {
      gsize best = G_MAXSIZE;

      for (gsize k = 0; k < answers->n_classes; k++)
        {
          gboolean taken = FALSE;

          for (gsize i = 0; i < n; i++)
            taken = taken || classes[i] == k;
          if (!taken && (best == G_MAXSIZE || shares[k] > shares[best]))
            best = k;
        }
      classes[n] = best;
    }

  return n;
}

char *
pz_sheet_describe_best (const RecipeData     *data,
                        const PzSheetAnswers *answers,
                        int                   selected)
{
  GString *words = g_string_new (NULL);
  gsize classes[PZ_SHEET_MAX_BEST];
  gsize n = pz_sheet_find_best (answers, selected, classes);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = pz_sheet_dup_class_name (data, classes[i]);
      float share = answers->shares[(gsize) selected * answers->n_classes + classes[i]];

      if (i > 0)
        g_string_append (words, ", ");
      /* Translators: a class and its share: "7: 98 %" */
      g_string_append_printf (words, _("%s: %.0f %%"), name, 100.0 * (double) share);
    }
  if (n == 0)
    g_string_append (words, _("No answer yet"));

  return g_string_free (words, FALSE);
}
