/* pz-recipe-history.h: undo and redo of a recipe.
 *
 * The present recipe, and what it was before and after. Every change of it goes
 * through here, whoever makes it. Main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib-object.h>

#include "recipe/recipe.h"

G_BEGIN_DECLS

#define PZ_TYPE_RECIPE_HISTORY (pz_recipe_history_get_type ())

/* Edits of the same thing within so long are one step of undo, in µs. */
#define PZ_RECIPE_HISTORY_STEP_TIME (2 * G_TIME_SPAN_SECOND)

/* The oldest steps beyond it are forgotten: enough for an afternoon; a recipe is a few hundred bytes. */
#define PZ_RECIPE_HISTORY_MAX_STEPS 1000

/* Properties, read-only: "can-undo", "can-redo" (boolean).
 *
 * Signal "changed": another recipe, after both properties were notified. */
G_DECLARE_FINAL_TYPE (PzRecipeHistory, pz_recipe_history, PZ, RECIPE_HISTORY, GObject)

/* @recipe: (transfer full): the first one */
PzRecipeHistory *pz_recipe_history_new          (Recipe          *recipe);

/* (transfer none): valid until the next "changed" */
const Recipe    *pz_recipe_history_peek_recipe  (PzRecipeHistory *self);

/**
 * pz_recipe_history_push:
 * @recipe: (transfer full): the new recipe
 * @what: (nullable): a static string: edits of the same @what are one step of undo
 *   while each follows the last within %PZ_RECIPE_HISTORY_STEP_TIME; %NULL: a
 *   step of its own
 * @time: when, in µs, of g_get_monotonic_time()
 *
 * An edit. What was undone cannot be redone after it.
 *
 * Returns: whether it is another recipe; an equal one changes nothing
 */
gboolean         pz_recipe_history_push         (PzRecipeHistory *self,
                                                 Recipe          *recipe,
                                                 const char      *what,
                                                 gint64           time);

/* The present recipe turns out to be another: no step of its own.
 * @recipe: (transfer full) */
gboolean         pz_recipe_history_amend        (PzRecipeHistory *self,
                                                 Recipe          *recipe);

/* Begins anew with @recipe (transfer full): steps are forgotten. "changed" also where it is equal. */
void             pz_recipe_history_reset        (PzRecipeHistory *self,
                                                 Recipe          *recipe);

/* Return FALSE where there is no such step. */
gboolean         pz_recipe_history_undo         (PzRecipeHistory *self);
gboolean         pz_recipe_history_redo         (PzRecipeHistory *self);
gboolean         pz_recipe_history_get_can_undo (PzRecipeHistory *self);
gboolean         pz_recipe_history_get_can_redo (PzRecipeHistory *self);

G_END_DECLS
