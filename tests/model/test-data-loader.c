/* test-data-loader.c: loading the data of a recipe, by itself.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/net/mlp-split.h"
#include "datasets/fixture.h"
#include "model-util.h"
#include "model/pz-data-loader.h"
#include "model/pz-task.h"

typedef struct
{
  PzDataLoader *loader;
  Recipe       *recipe;         /* as its owner has it */
  char         *folder;
  char         *pictures;       /* a folder with a few pictures */

  guint         n_dataset;
  guint         n_loading;
  guint         n_loaded;       /* "ended" well … */
  guint         n_dropped;      /* … or not */
  guint         n_edits;        /* "recipe-found": chosen … */
  guint         n_fits;         /* … or fitted */
} Fixture;

static void
on_ended (Fixture *f,
          gboolean loaded)
{
  if (loaded)
    f->n_loaded++;
  else
    f->n_dropped++;
}

static void
on_recipe_found (Fixture      *f,
                 const Recipe *recipe,
                 gboolean      is_edit)
{
  if (is_edit)
    f->n_edits++;
  else
    f->n_fits++;

  recipe_free (f->recipe);
  f->recipe = recipe_copy (recipe);
  pz_data_loader_follow (f->loader, f->recipe);
}

/* At the first notification all is as it will be. */
static void
on_dataset (Fixture *f)
{
  g_assert_false (pz_data_loader_get_loading (f->loader));
  g_assert_true (pz_data_loader_has_data (f->loader));
  g_assert_nonnull (pz_data_loader_peek_split (f->loader));
  g_assert_cmpstr (f->recipe->source, ==, pz_dataset_peek_set (pz_data_loader_get_dataset (f->loader))->source);
  f->n_dataset++;
}

static void
count_notify (guint *n)
{
  (*n)++;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("loader");
  f->pictures = g_build_filename (f->folder, "pictures", NULL);
  g_assert_cmpint (g_mkdir (f->pictures, 0755), ==, 0);
  fixture_write_mnist (f->pictures, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");

  f->recipe = recipe_new ();
  f->recipe->split.limit = 100;
  f->recipe->split.n_validation = 20;
  f->loader = pz_data_loader_new (f->recipe);
  g_signal_connect_swapped (f->loader, "ended", G_CALLBACK (on_ended), f);
  g_signal_connect_swapped (f->loader, "recipe-found", G_CALLBACK (on_recipe_found), f);
  g_signal_connect_swapped (f->loader, "notify::dataset", G_CALLBACK (on_dataset), f);
  g_signal_connect_swapped (f->loader, "notify::loading", G_CALLBACK (count_notify), &f->n_loading);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  if (f->loader != NULL)
    g_assert_finalize_object (f->loader);
  finish_tasks ();
  recipe_free (f->recipe);
  fixture_remove (f->folder);
  g_free (f->pictures);
}

static void
wait_loaded (Fixture *f)
{
  wait_until (!pz_data_loader_get_loading (f->loader));
}

static void
set_source (Fixture    *f,
            const char *source)
{
  Recipe *recipe = recipe_copy (f->recipe);

  g_free (recipe->source);
  recipe->source = g_strdup (source);
  pz_data_loader_adapt (f->loader, recipe);
  recipe_free (f->recipe);
  f->recipe = recipe;
  pz_data_loader_follow (f->loader, recipe);
}

static gsize
count_part (Fixture *f,
            MlpPart  part)
{
  gsize n;

  mlp_split_peek (pz_data_loader_peek_split (f->loader), part, &n);

  return n;
}

static void
test_load (Fixture      *f,
           gconstpointer data)
{
  double fraction;

  g_assert_false (pz_data_loader_was_asked (f->loader));
  g_assert_false (pz_data_loader_has_data (f->loader));
  g_assert_null (pz_data_loader_get_dataset (f->loader));
  g_assert_null (pz_data_loader_get_error (f->loader));

  /* Another recipe loads nothing before something was asked for. */
  set_source (f, f->pictures);
  g_assert_false (pz_data_loader_get_loading (f->loader));
  set_source (f, "builtin:digits");

  pz_data_loader_load (f->loader);
  g_assert_true (pz_data_loader_was_asked (f->loader));
  g_assert_cmpstr (pz_data_loader_get_loading_source (f->loader), ==, "builtin:digits");
  wait_loaded (f);
  g_assert_cmpuint (f->n_dataset, ==, 1);
  g_assert_cmpuint (f->n_loading, ==, 2);
  g_assert_cmpuint (f->n_loaded, ==, 1);
  g_assert_cmpuint (f->n_dropped, ==, 0);
  g_assert_false (pz_data_loader_has_molecules (f->loader));
  g_object_get (f->loader, "fraction", &fraction, NULL);
  g_assert_cmpfloat (fraction, ==, pz_data_loader_get_fraction (f->loader));
  g_assert_cmpuint (count_part (f, MLP_TRAIN), ==, 100);

  /* Divided otherwise; what cannot be leaves the last division. */
  f->recipe->split.limit = 50;
  pz_data_loader_follow (f->loader, f->recipe);
  g_assert_cmpuint (count_part (f, MLP_TRAIN), ==, 50);
  f->recipe->split.n_validation = 1000000;
  pz_data_loader_follow (f->loader, f->recipe);
  g_assert_cmpuint (count_part (f, MLP_VALIDATION), ==, 20);
  g_assert_cmpuint (f->n_loaded, ==, 1);
}

static void
on_fraction (Fixture *f)
{
  const double fraction = pz_data_loader_get_fraction (f->loader);

  g_assert_cmpfloat (fraction, >=, 0.0);
  g_assert_cmpfloat (fraction, <=, 1.0);
  g_assert_true (pz_data_loader_get_loading (f->loader) || fraction == 0.0);
}

/* How far a load of the real MNIST is, and nothing of it once it was cancelled. */
static void
test_progress (Fixture      *f,
               gconstpointer data)
{
  const char *folder = g_getenv ("PERZEPTRON_TEST_DATA");
  g_autofree char *root = folder != NULL ? g_strdup (folder)
                                         : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", NULL);
  g_autofree char *path = g_build_filename (root, "mnist", "mnist.pkl.gz", NULL);
  double fraction;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("mnist.pkl.gz is not at hand");
      return;
    }

  g_signal_connect_swapped (f->loader, "notify::fraction", G_CALLBACK (on_fraction), f);
  set_source (f, path);
  pz_data_loader_load (f->loader);
  wait_until (pz_data_loader_get_fraction (f->loader) > 0.0);
  g_assert_true (pz_data_loader_get_loading (f->loader));

  fraction = pz_data_loader_get_fraction (f->loader);
  pz_data_loader_cancel (f->loader);
  finish_tasks ();
  g_assert_cmpfloat (pz_data_loader_get_fraction (f->loader), ==, fraction);
  g_assert_cmpuint (f->n_dataset, ==, 0);
}

/* The newest request counts; a dropped one is told of once, and never answers. */
static void
test_newest (Fixture      *f,
             gconstpointer data)
{
  pz_data_loader_load (f->loader);
  for (guint i = 0; i < 20; i++)
    set_source (f, i % 2 == 0 ? f->pictures : "builtin:digits");
  g_assert_cmpuint (f->n_dropped, ==, 20);
  wait_loaded (f);
  finish_tasks ();
  g_assert_cmpuint (f->n_loaded, ==, 1);
  g_assert_cmpuint (f->n_dropped, ==, 20);
  g_assert_cmpuint (f->n_dataset, ==, 1);
  g_assert_cmpstr (pz_dataset_peek_set (pz_data_loader_get_dataset (f->loader))->source, ==, "builtin:digits");
}

/* What was chosen asks for another recipe when it is there, and not when it is not. */
static void
test_choose (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);

  /* The recipe's own were on their way: they come after the choice has failed. */
  pz_data_loader_load (f->loader);
  pz_data_loader_choose (f->loader, missing);
  wait_until (pz_data_loader_has_data (f->loader));
  wait_loaded (f);
  g_assert_nonnull (strstr (pz_data_loader_get_error (f->loader), missing));
  g_assert_cmpuint (f->n_edits, ==, 0);
  pz_data_loader_forget_error (f->loader);
  g_assert_null (pz_data_loader_get_error (f->loader));

  pz_data_loader_choose (f->loader, f->pictures);
  pz_data_loader_cancel (f->loader);
  g_assert_null (pz_data_loader_get_error (f->loader));
  finish_tasks ();
  g_assert_cmpuint (f->n_edits, ==, 0);
  g_assert_true (pz_data_loader_has_data (f->loader));

  pz_data_loader_choose (f->loader, f->pictures);
  g_assert_cmpstr (pz_data_loader_get_loading_source (f->loader), ==, f->pictures);
  wait_loaded (f);
  g_assert_cmpuint (f->n_edits, ==, 1);
  g_assert_cmpuint (f->n_fits, ==, 0);
  g_assert_cmpstr (f->recipe->source, ==, f->pictures);
  g_assert_true (pz_data_loader_has_data (f->loader));
}

/* Back to what is there: nothing is read, whether the other data are on their way or missing; but what was replaced
 * is.
 */
static void
test_undo (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *missing = g_build_filename (f->folder, "missing", NULL);
  PzDataset *digits;

  pz_data_loader_load (f->loader);
  wait_loaded (f);
  digits = pz_data_loader_get_dataset (f->loader);

  set_source (f, f->pictures);
  g_assert_true (pz_data_loader_get_loading (f->loader));
  g_assert_false (pz_data_loader_has_data (f->loader));
  g_assert_true (pz_data_loader_get_dataset (f->loader) == digits);
  set_source (f, "builtin:digits");
  g_assert_false (pz_data_loader_get_loading (f->loader));
  g_assert_true (pz_data_loader_has_data (f->loader));
  g_assert_cmpuint (f->n_dropped, ==, 1);
  finish_tasks ();
  g_assert_cmpuint (f->n_loaded, ==, 1);

  set_source (f, missing);
  wait_loaded (f);
  g_assert_nonnull (strstr (pz_data_loader_get_error (f->loader), missing));
  set_source (f, "builtin:digits");
  g_assert_false (pz_data_loader_get_loading (f->loader));
  g_assert_null (pz_data_loader_get_error (f->loader));
  g_assert_true (pz_data_loader_get_dataset (f->loader) == digits);
  g_assert_cmpuint (f->n_dataset, ==, 1);

  set_source (f, f->pictures);
  wait_loaded (f);
  set_source (f, "builtin:digits");
  g_assert_true (pz_data_loader_get_loading (f->loader));
  wait_loaded (f);
  g_assert_cmpuint (f->n_dataset, ==, 3);
  g_assert_cmpuint (count_part (f, MLP_TRAIN), ==, 100);
}

/* A recipe that undo brings back is not made to fit its data, as one is that names them for the first time. */
static void
test_keep_recipe (Fixture      *f,
                  gconstpointer data)
{
  Recipe *recipe;

  pz_data_loader_load (f->loader);
  wait_loaded (f);
  set_source (f, f->pictures);
  wait_loaded (f);
  g_assert_cmpuint (f->n_fits, ==, 1);

  set_source (f, f->folder);
  pz_data_loader_keep_recipe (f->loader);
  recipe = recipe_copy (f->recipe);
  g_free (recipe->source);
  recipe->source = g_strdup ("builtin:digits");
  pz_data_loader_follow (f->loader, recipe);
  recipe_free (f->recipe);
  f->recipe = recipe;
  wait_loaded (f);
  g_assert_true (pz_data_loader_has_data (f->loader));
  g_assert_cmpuint (f->n_fits, ==, 1);
  g_assert_cmpuint (f->n_edits, ==, 0);
}

/* Another project: what was chosen for the old one is not its. */
static void
test_begin (Fixture      *f,
            gconstpointer data)
{
  pz_data_loader_load (f->loader);
  wait_loaded (f);
  pz_data_loader_choose (f->loader, f->pictures);
  pz_data_loader_begin (f->loader, NULL);
  pz_data_loader_follow (f->loader, f->recipe);
  g_assert_false (pz_data_loader_get_loading (f->loader));
  g_assert_cmpuint (f->n_dropped, ==, 1);
  finish_tasks ();
  g_assert_cmpuint (f->n_edits, ==, 0);
  g_assert_cmpuint (f->n_dataset, ==, 1);
}

/* A place that only a file names is opened when a person has said so. */
static void
test_asks (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(Recipe) recipe = recipe_copy (f->recipe);

  g_free (recipe->source);
  recipe->source = g_strdup (f->pictures);
  pz_data_loader_begin (f->loader, recipe);
  set_source (f, f->pictures);
  pz_data_loader_load (f->loader);
  g_assert_false (pz_data_loader_get_loading (f->loader));
  g_assert_true (pz_data_loader_get_asks (f->loader));
  g_assert_nonnull (pz_data_loader_get_error (f->loader));

  pz_data_loader_allow (f->loader);
  g_assert_false (pz_data_loader_get_asks (f->loader));
  g_assert_true (pz_data_loader_get_loading (f->loader));
  wait_loaded (f);
  g_assert_true (pz_data_loader_has_data (f->loader));

  /* From then on it is known. */
  pz_data_loader_begin (f->loader, recipe);
  pz_data_loader_load (f->loader);
  g_assert_true (pz_data_loader_get_loading (f->loader));
  wait_loaded (f);
}

/* What is added is loaded again once it has changed, and only then. */
static void
test_added (Fixture      *f,
            gconstpointer data)
{
  pz_data_loader_load (f->loader);
  wait_loaded (f);
  pz_data_loader_added_changed (f->loader);
  g_assert_false (pz_data_loader_refresh_added (f->loader));

  f->recipe->add = g_strdup ("builtin:digits");
  pz_data_loader_follow (f->loader, f->recipe);
  g_assert_true (pz_data_loader_get_loading (f->loader));
  wait_loaded (f);
  g_assert_true (pz_data_loader_has_data (f->loader));
  g_assert_false (pz_data_loader_refresh_added (f->loader));

  pz_data_loader_added_changed (f->loader);
  g_assert_true (pz_data_loader_refresh_added (f->loader));
  wait_loaded (f);
  g_assert_false (pz_data_loader_refresh_added (f->loader));
}

/* Nothing arrives once it is shut down, or gone. */
static void
test_pending (Fixture      *f,
              gconstpointer data)
{
  pz_data_loader_load (f->loader);
  pz_data_loader_shut_down (f->loader);
  g_assert_false (pz_data_loader_get_loading (f->loader));
  finish_tasks ();
  g_assert_cmpuint (f->n_loaded + f->n_dropped + f->n_dataset, ==, 0);

  pz_data_loader_load (f->loader);
  g_assert_finalize_object (g_steal_pointer (&f->loader));
  finish_tasks ();
  g_assert_cmpuint (f->n_loaded + f->n_dropped + f->n_dataset, ==, 0);
}

#define ADD(path, func) \
  g_test_add ("/model/data-loader/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("load", test_load);
  ADD ("progress", test_progress);
  ADD ("newest", test_newest);
  ADD ("choose", test_choose);
  ADD ("undo", test_undo);
  ADD ("keep-recipe", test_keep_recipe);
  ADD ("begin", test_begin);
  ADD ("asks", test_asks);
  ADD ("added", test_added);
  ADD ("pending", test_pending);

  return g_test_run ();
}
