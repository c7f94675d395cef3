/* molecules-util.h: a project that has learnt from molecules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "model/pz-project.h"
#include "test-util.h"

/* The built-in molecules, loaded, and a network of 4 tanh units that has learnt
 * for one epoch; a tenth validates, a tenth tests. */
static inline void
train_molecules (PzProject *project)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (project));

  g_assert_true (recipe_apply_preset (recipe, "course-qm9", NULL));
  g_assert_true (recipe_set_hidden (recipe, "4:tanh", NULL));
  g_free (recipe->source);
  recipe->source = g_strdup ("builtin:molecules");
  recipe->split.n_validation = 181;
  recipe->split.validation_share = 0.0f;
  recipe->split.n_test = 90;
  recipe->split.test_share = 0.0f;
  recipe->training.epochs = 1;
  recipe->training.threads = 1;
  pz_project_edit (project, recipe, NULL);
  pz_data_loader_load (pz_project_get_loader (project));
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (project)));
  g_assert_true (pz_project_get_can_train (project));

  pz_project_train (project);
  wait_until (!pz_trainer_get_busy (pz_project_get_trainer (project)));
}
