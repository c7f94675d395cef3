/* test-recipe-training.c: the state and the history of a training in .perz files, sound and hostile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-file-private.h"
#include "test-util.h"

/* A network whose training can be continued. */
static RecipeFile *
make_file (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(MlpNet) net = NULL;
  RecipeFile *file;
  MlpTrainingState *state;

  g_assert_true (recipe_set_hidden (recipe, "4:sigmoid,3:elu", NULL));
  net = recipe_make_net (recipe, 5, 2, NULL);
  file = recipe_file_new (recipe, NULL, net, NULL, 0, 0);
  state = mlp_training_state_new (mlp_net_get_n_params (file->net), 2, TRUE, 4);

  state->n_epochs = 7;
  state->n_done = 3;
  state->loss = 1.0 / 3.0;
  state->absolute = 5e-324;
  state->n_right = 2;
  state->rate = 0.1f;
  state->schedule_epochs = 20;
  state->best_epoch = 5;
  state->best_loss = 1e300;
  state->n_worse = 2;
  state->n_steps = G_MAXUINT64;
  mlp_random_seed (&state->shuffle, 1, 2);
  state->n_dropout = 2;
  mlp_random_seed (&state->dropout[0], 3, 4);
  mlp_random_seed (&state->dropout[1], 5, 6);

  for (gsize i = 0; i < state->n_params; i++)
    {
      state->moments[0][i] = 1.0f / (float) (i + 1);
      state->moments[1][i] = 1e-40f * (float) i;
      state->last[i] = -(float) i;
    }

  for (guint i = 0; i < 4; i++)
    state->order[i] = 3 - i;

  file->state = state;

  return file;
}

static void
assert_same_state (const MlpTrainingState *a,
                   const MlpTrainingState *b)
{
  const gsize size = a->n_params * sizeof (float);

  g_assert_cmpuint (a->n_epochs, ==, b->n_epochs);
  g_assert_cmpuint (a->n_done, ==, b->n_done);
  g_assert_cmpfloat (a->loss, ==, b->loss);
  g_assert_cmpfloat (a->absolute, ==, b->absolute);
  g_assert_cmpuint (a->n_right, ==, b->n_right);
  g_assert_cmpfloat (a->rate, ==, b->rate);
  g_assert_cmpuint (a->schedule_epochs, ==, b->schedule_epochs);
  g_assert_cmpuint (a->best_epoch, ==, b->best_epoch);
  g_assert_cmpfloat (a->best_loss, ==, b->best_loss);
  g_assert_cmpuint (a->n_worse, ==, b->n_worse);
  g_assert_cmpuint (a->n_steps, ==, b->n_steps);
  g_assert_cmpmem (&a->shuffle, sizeof a->shuffle, &b->shuffle, sizeof b->shuffle);
  g_assert_cmpuint (a->n_dropout, ==, b->n_dropout);
  g_assert_cmpmem (a->dropout, sizeof a->dropout, b->dropout, sizeof b->dropout);
  g_assert_cmpuint (a->n_moments, ==, b->n_moments);
  for (guint i = 0; i < a->n_moments; i++)
    g_assert_cmpmem (a->moments[i], size, b->moments[i], size);

  g_assert_true ((a->last == NULL) == (b->last == NULL));
  if (a->last != NULL)
    g_assert_cmpmem (a->last, size, b->last, size);

  g_assert_cmpmem (a->order, a->n_train * sizeof *a->order, b->order, b->n_train * sizeof *b->order);
}

static void
test_round_trip (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;

  bytes = recipe_file_to_bytes (file, &n_bytes);
  again = recipe_file_parse ("it", bytes, n_bytes, &error);
  g_assert_no_error (error);
  g_assert_nonnull (again->state);
  assert_same_state (file->state, again->state);
}

/* Before its first epoch a run has no best loss, SGD no moments, and a run without patience no last
 * weights. */
static void
test_least (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = NULL;
  MlpTrainingState *state = mlp_training_state_new (file->state->n_params, 0, FALSE, 1);
  gsize n_bytes;

  state->rate = 1.0f;
  state->schedule_epochs = 1;
  state->n_dropout = 1;
  mlp_random_seed (&state->shuffle, 1, 2);
  mlp_random_seed (&state->dropout[0], 3, 4);
  mlp_training_state_unref (file->state);
  file->state = state;

  bytes = recipe_file_to_bytes (file, &n_bytes);
  again = recipe_file_parse ("it", bytes, n_bytes, &error);
  g_assert_no_error (error);
  assert_same_state (file->state, again->state);
  g_assert_cmpint (isinf (again->state->best_loss), ==, 1);
}

static void
test_truncated (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autofree guint8 *bytes = NULL;
  gsize n_bytes;

  bytes = recipe_file_to_bytes (file, &n_bytes);

  for (gsize n = 0; n < n_bytes; n++)
    {
      g_autofree guint8 *part = g_memdup2 (bytes, n);
      g_autoptr(GError) error = NULL;

      g_assert_null (recipe_file_parse ("it", part, n, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED);
    }
}

/* Behind the checksum: an error, or a state that can be gone on from and saved. */
static void
test_flipped (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autofree guint8 *bytes = NULL;
  guint n_sane = 0;
  gsize n_bytes;

  bytes = recipe_file_to_bytes (file, &n_bytes);

  for (gsize i = 0; i < 8 * n_bytes; i++)
    {
      g_autoptr(RecipeFile) flipped = NULL;
      g_autoptr(GError) error = NULL;

      bytes[i / 8] ^= 1 << i % 8;
      flipped = recipe_file_parse_checked ("it", bytes, n_bytes, FALSE, &error);
      bytes[i / 8] ^= 1 << i % 8;
      g_assert_true ((flipped == NULL) == (error != NULL));

      if (flipped != NULL && flipped->state != NULL)
        {
          n_sane++;
          g_assert_true (mlp_training_state_check (flipped->state, NULL));
          g_assert_cmpuint (flipped->state->n_params, ==, mlp_net_get_n_params (flipped->net));
        }
    }

  g_assert_cmpuint (n_sane, >, 0);
}

static void
test_hostile (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  MlpTrainingState *state = file->state;
  const MlpTrainingState sound = *state;

#define REFUSED(change) \
  G_STMT_START { \
    g_autoptr(GError) error = NULL; \
    change; \
    g_assert_false (mlp_training_state_check (state, &error)); \
    g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT); \
    *state = sound; \
    g_assert_true (mlp_training_state_check (state, NULL)); \
  } G_STMT_END

  REFUSED (state->n_done = state->n_train + 1);
  REFUSED (state->n_right = state->n_done + 1);
  REFUSED (state->n_epochs = G_MAXUINT);
  REFUSED (state->best_epoch = state->n_epochs + 1);
  REFUSED (state->n_worse = state->n_epochs + 1);
  REFUSED (state->loss = (double) NAN);
  REFUSED (state->best_loss = (double) INFINITY);
  REFUSED (state->rate = 0.0f);
  REFUSED (state->rate = INFINITY);
  REFUSED (state->schedule_epochs = 0);
  /* Such a generator would be asked for ever. */
  REFUSED (memset (&state->shuffle, 0, sizeof state->shuffle));
  REFUSED (memset (&state->dropout[1], 0, sizeof state->dropout[1]));

  state->moments[1][3] = NAN;
  g_assert_false (mlp_training_state_check (state, NULL));
}

/* A header that has all epochs of a long run is refused by its reader: some are enough for a curve, and
 * the numbers of those that are there are their own. Writing again what was read loses nothing more. */
static void
test_long_history (void)
{
  const guint n = 500000;
  const guint step = 8;
  g_autofree MlpEpoch *epochs = g_new (MlpEpoch, n);
  g_autoptr(RecipeFile) small = make_file ();
  g_autoptr(RecipeFile) file = NULL;
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;
  guint number = 0;

  for (guint i = 0; i < n; i++)
    {
      epochs[i] = (MlpEpoch) { i + 1, 0.1, 1.0 / (i + 1), 0.5, NAN, i == 1234 ? 0.0 : 1.0, 0.5, NAN };
    }
  file = recipe_file_new (small->recipe, NULL, small->net, epochs, n, 1235);

  for (int round = 0; round < 2; round++)
    {
      gsize n_bytes;
      g_autofree guint8 *bytes = recipe_file_to_bytes (round == 0 ? file : again, &n_bytes);

      g_clear_pointer (&again, recipe_file_free);
      again = recipe_file_parse ("long.perz", bytes, n_bytes, &error);
      g_assert_no_error (error);

      /* The first and the best one besides; the last is a multiple of 8. */
      g_assert_cmpuint (again->epochs->len, ==, n / step + 2);
      g_assert_cmpuint (again->epochs->len, <=, RECIPE_FILE_MAX_EPOCHS);
      g_assert_cmpuint (again->best_epoch, ==, 1235);
      number = 0;
      for (guint i = 0; i < again->epochs->len; i++)
        {
          const MlpEpoch *epoch = &g_array_index (again->epochs, MlpEpoch, i);

          g_assert_cmpuint (epoch->epoch, >, number);
          number = epoch->epoch;
          g_assert_true (number % step == 0 || number == 1 || number == 1235);
          g_assert_cmpfloat (epoch->train_loss, ==, epochs[number - 1].train_loss);
          g_assert_cmpfloat (epoch->validation_loss, ==, epochs[number - 1].validation_loss);
        }
      g_assert_cmpuint (number, ==, n);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe-training/round-trip", test_round_trip);
  g_test_add_func ("/recipe-training/least", test_least);
  g_test_add_func ("/recipe-training/truncated", test_truncated);
  g_test_add_func ("/recipe-training/flipped", test_flipped);
  g_test_add_func ("/recipe-training/hostile", test_hostile);
  g_test_add_func ("/recipe-training/long-history", test_long_history);

  return g_test_run ();
}
