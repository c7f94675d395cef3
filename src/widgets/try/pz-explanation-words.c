/* pz-explanation-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-explain.h"
#include "ink/ink-frame.h"
#include "widgets/common/pz-class-words.h"
#include "widgets/try/pz-explanation-words.h"

char *
pz_explanation_words_title_attribution (const RecipeData    *data,
                                        const PzAttribution *attribution)
{
  g_autofree char *name = pz_class_words_dup_name (data, attribution->class);
  g_autofree char *probability = pz_class_words_dup_probability ((double) attribution->probability);

  /* Translators: what in the image speaks for a class, and its share */
  return g_strdup_printf (_("Evidence for %s, %s"), name, probability);
}

/* Of a pixel, in ninths of the image. */
static const char *
get_place (gsize pixel)
{
  static const char *const places[3][3] = {
    { N_("at the top left"), N_("at the top"), N_("at the top right") },
    { N_("at the left"), N_("in the middle"), N_("at the right") },
    { N_("at the bottom left"), N_("at the bottom"), N_("at the bottom right") },
  };
  const gsize row = pixel / INK_FRAME_SIDE, column = pixel % INK_FRAME_SIDE;

  return _(places[row * 3 / INK_FRAME_SIDE][column * 3 / INK_FRAME_SIDE]);
}

char *
pz_explanation_words_describe_places (const float *values)
{
  gsize most = 0, least = 0;

  for (gsize i = 1; i < INK_FRAME_SIZE; i++)
    {
      if (values[i] > values[most])
        most = i;
      if (values[i] < values[least])
        least = i;
    }

  if (!(values[most] > 0.0f) && !(values[least] < 0.0f))
    return g_strdup (_("No pixel is evidence for or against it"));
  if (!(values[least] < 0.0f))
    /* Translators: where: "at the top left" */
    return g_strdup_printf (_("Strongest evidence for it %s"), get_place (most));
  if (!(values[most] > 0.0f))
    /* Translators: where: "at the top left" */
    return g_strdup_printf (_("Strongest evidence against it %s"), get_place (least));

  /* Translators: where: "at the top left" */
  return g_strdup_printf (_("Strongest evidence for it %s, against it %s"), get_place (most), get_place (least));
}

char *
pz_explanation_words_describe_unit (const RecipeData    *data,
                                    const PzAttribution *attribution,
                                    gsize                k)
{
  g_autofree char *name = pz_class_words_dup_name (data, attribution->class);

  /* Translators: the number of a hidden unit, its activation, what that adds to the
   * output for a class, the class */
  return g_strdup_printf (_("Unit %zu: its activation of %.2f contributes %+.2f to %s"), attribution->units[k],
                          (double) attribution->activations[k], (double) attribution->contributions[k], name);
}

char *
pz_explanation_words_title_counterfactual (const RecipeData       *data,
                                           const PzCounterfactual *counterfactual)
{
  g_autofree char *name = pz_class_words_dup_name (data, counterfactual->class);
  g_autofree char *probability = pz_class_words_dup_probability ((double) counterfactual->probability);

  switch (counterfactual->outcome)
    {
    case MLP_CHANGE_NOT_NEEDED:
      /* Translators: a class */
      return g_strdup_printf (_("Already predicted as %s"), name);

    case MLP_CHANGE_FOUND:
      /* Translators: a class, and its share once the drawing is changed like this */
      return g_strdup_printf (_("Becomes %s, %s"), name, probability);

    case MLP_CHANGE_NOT_FOUND:
    case MLP_CHANGE_STOPPED:
    default:
      /* Translators: a number of steps, a class */
      return g_strdup_printf (_("After %d steps, no change to %s was found"), MLP_CHANGE_STEPS, name);
    }
}

char *
pz_explanation_words_describe_counterfactual (const PzCounterfactual *counterfactual)
{
  guint n_more = 0, n_less = 0;
  g_autofree char *more = NULL;
  g_autofree char *less = NULL;

  if (counterfactual->outcome != MLP_CHANGE_FOUND)
    return NULL;

  for (gsize i = 0; i < INK_FRAME_SIZE; i++)
    {
      n_more += (double) counterfactual->change[i] >= DRAW_COUNTERFACTUAL_LEAST;
      n_less += (double) counterfactual->change[i] <= -DRAW_COUNTERFACTUAL_LEAST;
    }

  more = g_strdup_printf (ngettext ("%u pixel to add", "%u pixels to add", n_more), n_more);
  less = g_strdup_printf (ngettext ("%u to remove", "%u to remove", n_less), n_less);

  /* Translators: "14 pixels to add, 6 to take away" */
  return g_strdup_printf (_("%s, %s"), more, less);
}
