/* test-recipe-history.c: undo and redo of a recipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/pz-recipe-history.h"
#include "test-util.h"

/* A history whose recipes differ in the number of epochs, and what it has told. */
typedef struct
{
  PzRecipeHistory *history;
  guint            n_changed;
  guint            n_can_undo;
  guint            n_can_redo;
  gboolean         can_undo, can_redo;      /* as told last */
} Fixture;

/* At "changed" both properties have been told, and are those of the new recipe. */
static void
on_changed (Fixture *f)
{
  g_assert_cmpint (f->can_undo, ==, pz_recipe_history_get_can_undo (f->history));
  g_assert_cmpint (f->can_redo, ==, pz_recipe_history_get_can_redo (f->history));
  f->n_changed++;
}

static void
on_can_undo (Fixture *f)
{
  g_object_get (f->history, "can-undo", &f->can_undo, NULL);
  f->n_can_undo++;
}

static void
on_can_redo (Fixture *f)
{
  g_object_get (f->history, "can-redo", &f->can_redo, NULL);
  f->n_can_redo++;
}

static Recipe *
make_recipe (guint epochs)
{
  Recipe *recipe = recipe_new ();

  recipe->training.epochs = epochs;

  return recipe;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->history = pz_recipe_history_new (make_recipe (1));
  g_signal_connect_swapped (f->history, "changed", G_CALLBACK (on_changed), f);
  g_signal_connect_swapped (f->history, "notify::can-undo", G_CALLBACK (on_can_undo), f);
  g_signal_connect_swapped (f->history, "notify::can-redo", G_CALLBACK (on_can_redo), f);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_assert_finalize_object (f->history);
}

static guint
get_epochs (Fixture *f)
{
  return pz_recipe_history_peek_recipe (f->history)->training.epochs;
}

static gboolean
push_epochs (Fixture    *f,
             guint       epochs,
             const char *what,
             gint64      time)
{
  return pz_recipe_history_push (f->history, make_recipe (epochs), what, time);
}

/* Each step back and forth, and what is told of it: once, and only where it differs. */
static void
test_steps (Fixture      *f,
            gconstpointer data)
{
  g_assert_false (pz_recipe_history_undo (f->history));
  g_assert_false (pz_recipe_history_redo (f->history));
  g_assert_cmpuint (f->n_changed, ==, 0);

  g_assert_true (push_epochs (f, 2, NULL, 0));
  g_assert_true (push_epochs (f, 3, NULL, 0));
  g_assert_cmpuint (f->n_changed, ==, 2);
  g_assert_cmpuint (f->n_can_undo, ==, 1);

  /* An equal one is no step. */
  g_assert_false (push_epochs (f, 3, NULL, 0));
  g_assert_cmpuint (f->n_changed, ==, 2);

  g_assert_true (pz_recipe_history_undo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 2);
  g_assert_true (pz_recipe_history_undo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 1);
  g_assert_false (pz_recipe_history_undo (f->history));
  g_assert_cmpuint (f->n_can_undo, ==, 2);
  g_assert_cmpuint (f->n_can_redo, ==, 1);
  g_assert_cmpuint (f->n_changed, ==, 4);

  g_assert_true (pz_recipe_history_redo (f->history));
  g_assert_true (pz_recipe_history_redo (f->history));
  g_assert_false (pz_recipe_history_redo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 3);

  /* What was undone is gone with the next edit. */
  g_assert_true (pz_recipe_history_undo (f->history));
  g_assert_true (push_epochs (f, 4, NULL, 0));
  g_assert_false (pz_recipe_history_get_can_redo (f->history));
  g_assert_false (pz_recipe_history_redo (f->history));
  g_assert_true (pz_recipe_history_undo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 2);
}

/* Edits of the same thing, one soon after the other, are one step. */
static void
test_same_step (Fixture      *f,
                gconstpointer data)
{
  const gint64 soon = PZ_RECIPE_HISTORY_STEP_TIME - 1;

  push_epochs (f, 2, "epochs", 0);
  push_epochs (f, 3, "epochs", soon);
  push_epochs (f, 4, "epochs", 2 * soon);
  g_assert_true (pz_recipe_history_undo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 1);
  g_assert_false (pz_recipe_history_get_can_undo (f->history));
  g_assert_true (pz_recipe_history_redo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 4);

  /* After undo or redo a step of its own; of something else, too, and of the same later. */
  push_epochs (f, 5, "epochs", 2 * soon);
  push_epochs (f, 6, "rate", 2 * soon);
  push_epochs (f, 7, "epochs", 2 * soon);
  push_epochs (f, 8, "epochs", 2 * soon + PZ_RECIPE_HISTORY_STEP_TIME);
  push_epochs (f, 9, NULL, 4 * soon);
  push_epochs (f, 10, NULL, 4 * soon);
  for (guint epochs = 9; epochs >= 4; epochs--)
    {
      g_assert_true (pz_recipe_history_undo (f->history));
      g_assert_cmpuint (get_epochs (f), ==, epochs);
    }
}

/* What turns out to be another is no step: undo goes to what was before it. */
static void
test_amend (Fixture      *f,
            gconstpointer data)
{
  push_epochs (f, 2, NULL, 0);
  g_assert_true (pz_recipe_history_amend (f->history, make_recipe (3)));
  g_assert_false (pz_recipe_history_amend (f->history, make_recipe (3)));
  g_assert_cmpuint (f->n_changed, ==, 2);
  g_assert_cmpuint (f->n_can_undo, ==, 1);
  g_assert_true (pz_recipe_history_undo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 1);
  g_assert_true (pz_recipe_history_redo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 3);
}

static void
test_reset (Fixture      *f,
            gconstpointer data)
{
  push_epochs (f, 2, "epochs", 0);
  push_epochs (f, 3, NULL, 0);
  pz_recipe_history_undo (f->history);
  pz_recipe_history_reset (f->history, make_recipe (2));
  g_assert_cmpuint (f->n_changed, ==, 4);
  g_assert_false (pz_recipe_history_get_can_undo (f->history));
  g_assert_false (pz_recipe_history_get_can_redo (f->history));
  g_assert_cmpuint (f->n_can_undo, ==, 2);
  g_assert_cmpuint (f->n_can_redo, ==, 2);

  /* No step goes over it. */
  push_epochs (f, 4, "epochs", 1);
  g_assert_true (pz_recipe_history_undo (f->history));
  g_assert_cmpuint (get_epochs (f), ==, 2);
}

static void
test_limit (Fixture      *f,
            gconstpointer data)
{
  guint n = 0;

  for (guint i = 0; i < PZ_RECIPE_HISTORY_MAX_STEPS + 10; i++)
    push_epochs (f, 2 + i, NULL, 0);

  while (pz_recipe_history_undo (f->history))
    n++;
  g_assert_cmpuint (n, ==, PZ_RECIPE_HISTORY_MAX_STEPS);
  g_assert_cmpuint (get_epochs (f), ==, 11);
}

#define ADD(path, func) \
  g_test_add ("/model/recipe-history/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("steps", test_steps);
  ADD ("same-step", test_same_step);
  ADD ("amend", test_amend);
  ADD ("reset", test_reset);
  ADD ("limit", test_limit);

  return g_test_run ();
}
