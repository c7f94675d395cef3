/* pz-photo-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/net/mlp-top-k.h"
#include "widgets/common/pz-class-words.h"
#include "widgets/photo/pz-photo-words.h"

/* (transfer full): of each answer the name, and @with_share its share */
static char **
make_words (const RecipeData     *data,
            const PzPhotoAnswers *answers,
            gboolean              with_share)
{
  char **words = g_new0 (char *, answers->n + 1);

  for (gsize i = 0; i < answers->n; i++)
    {
      const float share = answers->probabilities[i * answers->n_classes + answers->best[i]];
      g_autofree char *name = pz_class_words_dup_name (data, answers->best[i]);

      /* Translators: beside a digit on a photo, the answer and its share: "7  98 %" */
      words[i] = with_share ? g_strdup_printf (_("%s  %.0f %%"), name, 100.0 * (double) share) : g_steal_pointer (&name);
    }

  return words;
}

char **
pz_photo_words_make_names (const RecipeData     *data,
                           const PzPhotoAnswers *answers)
{
  return make_words (data, answers, FALSE);
}

char **
pz_photo_words_make_labels (const RecipeData     *data,
                            const PzPhotoAnswers *answers)
{
  return make_words (data, answers, TRUE);
}

char *
pz_photo_words_join_answers (const PzPhotoAnswers *answers,
                             const char *const    *names)
{
  GString *text = g_string_new (NULL);
  gboolean short_names = TRUE;

  for (gsize i = 0; names[i] != NULL; i++)
    short_names = short_names && g_utf8_strlen (names[i], -1) <= 2;

  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (i > 0 && g_array_index (answers->segments, InkSegment, i).line
          != g_array_index (answers->segments, InkSegment, i - 1).line)
        g_string_append_c (text, '\n');
      else if (i > 0)
        g_string_append (text, short_names ? " " : ", ");
      g_string_append (text, names[i]);
    }

  return g_string_free (text, FALSE);
}

/* The classes of a digit, the likeliest first: %PZ_PHOTO_MAX_BEST at most. Returns: how many */
static gsize
find_best (const PzPhotoAnswers *answers,
           int                   selected,
           gsize                *classes)
{
  if (answers == NULL || selected < 0 || (gsize) selected >= answers->n)
    return 0;

  return mlp_top_k (answers->probabilities + (gsize) selected * answers->n_classes, answers->n_classes,
                    PZ_PHOTO_MAX_BEST, classes);
}

gsize
pz_photo_words_list_best (const RecipeData     *data,
                          const PzPhotoAnswers *answers,
                          int                   selected,
                          char                **names,
                          float                *probabilities)
{
  gsize classes[PZ_PHOTO_MAX_BEST];
  const gsize n = find_best (answers, selected, classes);

  for (gsize i = 0; i < n; i++)
    {
      names[i] = pz_class_words_dup_name (data, classes[i]);
      probabilities[i] = answers->probabilities[(gsize) selected * answers->n_classes + classes[i]];
    }

  return n;
}

char *
pz_photo_words_describe_best (const RecipeData     *data,
                              const PzPhotoAnswers *answers,
                              int                   selected)
{
  GString *words = g_string_new (NULL);
  gsize classes[PZ_PHOTO_MAX_BEST];
  gsize n = find_best (answers, selected, classes);

  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *name = pz_class_words_dup_name (data, classes[i]);
      float share = answers->probabilities[(gsize) selected * answers->n_classes + classes[i]];

      if (i > 0)
        g_string_append (words, ", ");
      /* Translators: a class and its share: "7: 98 %" */
      g_string_append_printf (words, _("%s: %.0f %%"), name, 100.0 * (double) share);
    }
  if (n == 0)
    g_string_append (words, _("No prediction yet"));

  return g_string_free (words, FALSE);
}
