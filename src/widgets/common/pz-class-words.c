/* pz-class-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <string.h>

#include "core/net/mlp-top-k.h"
#include "widgets/common/pz-class-words.h"

char *
pz_class_words_dup_name (const RecipeData *data,
                         gsize             i)
{
  if (data != NULL && data->class_names != NULL && i < g_strv_length (data->class_names))
    return g_strdup (*data->class_names[i] != '\0' ? _(data->class_names[i]) : "");

  return g_strdup_printf ("%" G_GSIZE_FORMAT, i);
}

char *
pz_class_words_dup_probability (double share)
{
  return g_strdup_printf (_("%.0f %%"), 100.0 * share);
}

char *
pz_class_words_describe_probabilities (const RecipeData *data,
                                       const float      *probabilities,
                                       gsize             n)
{
  GString *words = g_string_new (NULL);
  gsize likeliest[3];
  const gsize n_likeliest = mlp_top_k (probabilities, n, G_N_ELEMENTS (likeliest), likeliest);

  for (gsize k = 0; k < n_likeliest; k++)
    {
      g_autofree char *name = pz_class_words_dup_name (data, likeliest[k]);

      if (words->len > 0)
        g_string_append (words, ", ");
      /* Translators: a class and its share: "7: 98 %" */
      g_string_append_printf (words, _("%s: %.0f %%"), name, 100.0 * (double) probabilities[likeliest[k]]);
    }

  return g_string_free (words, FALSE);
}

/* Ten classes, each called by its number or not at all. */
static gboolean
are_digits (const RecipeData *data)
{
  for (gsize i = 0; data->n_outputs == 10 && data->class_names != NULL && i < 10; i++)
    {
      const char digit[] = { (char) ('0' + i), '\0' };

      if (strcmp (data->class_names[i], digit) != 0)
        return FALSE;
    }

  return data->n_outputs == 10;
}

const char *
pz_class_words_get_doubt (const RecipeData *data)
{
  return data != NULL && are_digits (data) ? _("Not a digit?") : _("None of these classes?");
}
