/* pz-why-words.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "draw/draw-explain.h"
#include "widgets/common/pz-class-words.h"
#include "widgets/try/pz-why-words.h"

#define SIDE 28

char *
pz_why_title (const RecipeData *data,
              const PzWhy      *why)
{
  g_autofree char *name = pz_class_dup_name (data, why->class);
  g_autofree char *share = pz_class_dup_share ((double) why->share);

  /* Translators: what in the picture speaks for a class, and its share */
  return g_strdup_printf (_("For %s, %s"), name, share);
}

/* Of a pixel, in ninths of the picture. */
static const char *
get_place (gsize pixel)
{
  static const char *const places[3][3] = {
    { N_("at the top left"), N_("at the top"), N_("at the top right") },
    { N_("at the left"), N_("in the middle"), N_("at the right") },
    { N_("at the bottom left"), N_("at the bottom"), N_("at the bottom right") },
  };
  const gsize row = pixel / SIDE, column = pixel % SIDE;

  return _(places[row * 3 / SIDE][column * 3 / SIDE]);
}

char *
pz_why_describe_places (const float *values)
{
  gsize most = 0, least = 0;

  for (gsize i = 1; i < PZ_EXPLAINER_N_PIXELS; i++)
    {
      if (values[i] > values[most])
        most = i;
      if (values[i] < values[least])
        least = i;
    }

  if (!(values[most] > 0.0f) && !(values[least] < 0.0f))
    return g_strdup (_("No pixel speaks for it or against it"));
  if (!(values[least] < 0.0f))
    /* Translators: where: "at the top left" */
    return g_strdup_printf (_("Most for it %s"), get_place (most));
  if (!(values[most] > 0.0f))
    /* Translators: where: "at the top left" */
    return g_strdup_printf (_("Most against it %s"), get_place (least));

  /* Translators: where: "at the top left" */
  return g_strdup_printf (_("Most for it %s, most against it %s"), get_place (most), get_place (least));
}

char *
pz_why_describe_unit (const RecipeData *data,
                      const PzWhy      *why,
                      gsize             k)
{
  g_autofree char *name = pz_class_dup_name (data, why->class);

  /* Translators: the number of a hidden unit, its activation, what that adds to the
   * output for a class, the class */
  return g_strdup_printf (_("Unit %zu: its activation of %.2f adds %+.2f to %s"), why->units[k],
                          (double) why->activations[k], (double) why->contributions[k], name);
}

char *
pz_what_if_title (const RecipeData *data,
                  const PzWhatIf   *what_if)
{
  g_autofree char *name = pz_class_dup_name (data, what_if->class);
  g_autofree char *share = pz_class_dup_share ((double) what_if->share);

  switch (what_if->outcome)
    {
    case MLP_CHANGE_NOT_NEEDED:
      /* Translators: a class */
      return g_strdup_printf (_("Is %s already"), name);

    case MLP_CHANGE_FOUND:
      /* Translators: a class, and its share once the drawing is changed like this */
      return g_strdup_printf (_("Changes the prediction to %s, %s"), name, share);

    case MLP_CHANGE_NOT_FOUND:
    case MLP_CHANGE_STOPPED:
    default:
      /* Translators: a number of steps, a class */
      return g_strdup_printf (_("In %d steps no way to %s"), MLP_CHANGE_STEPS, name);
    }
}

char *
pz_what_if_describe (const PzWhatIf *what_if)
{
  guint n_more = 0, n_less = 0;
  g_autofree char *more = NULL;
  g_autofree char *less = NULL;

  if (what_if->outcome != MLP_CHANGE_FOUND)
    return NULL;

  for (gsize i = 0; i < PZ_EXPLAINER_N_PIXELS; i++)
    {
      n_more += (double) what_if->change[i] >= DRAW_CHANGE_LEAST;
      n_less += (double) what_if->change[i] <= -DRAW_CHANGE_LEAST;
    }

  more = g_strdup_printf (ngettext ("%u pixel to add", "%u pixels to add", n_more), n_more);
  less = g_strdup_printf (ngettext ("%u to take away", "%u to take away", n_less), n_less);

  /* Translators: "14 pixels to add, 6 to take away" */
  return g_strdup_printf (_("%s, %s"), more, less);
}
