/* test-recipe-novelty.c: .perz files of networks that know their training pictures,
 * sound and hostile.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-file-private.h"
#include "test-util.h"

#define N_INPUTS 6
#define N_CLASSES 3
#define RANK 2
#define N_MEANS (N_INPUTS * N_CLASSES)
#define N_AXES (N_MEANS * RANK)

static RecipeFile *
make_file (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(MlpNet) net = NULL;
  g_autoptr(MlpNovelty) novelty = NULL;
  const float limits[] = { 2.0f, 0.5f };
  float values[N_MEANS + N_AXES];

  g_assert_true (recipe_set_hidden (recipe, "4:sigmoid", NULL));
  net = recipe_make_net (recipe, N_INPUTS, N_CLASSES, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    values[i] = 0.25f + (float) i;
  novelty = mlp_novelty_new (N_INPUTS, N_CLASSES, RANK, values, values + N_MEANS, limits, NULL);
  mlp_net_set_novelty (net, novelty);

  return recipe_file_new (recipe, NULL, net, NULL, 0, 0);
}

static void
test_round_trip (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autoptr(RecipeFile) again = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = NULL;
  g_autofree guint8 *second = NULL;
  const MlpNovelty *novelty, *expected;
  gsize n, n_second;

  bytes = recipe_file_to_bytes (file, &n);
  again = recipe_file_parse ("test", bytes, n, &error);
  g_assert_no_error (error);

  novelty = mlp_net_peek_novelty (again->net);
  expected = mlp_net_peek_novelty (file->net);
  g_assert_nonnull (novelty);
  g_assert_cmpuint (mlp_novelty_get_rank (novelty), ==, RANK);
  g_assert_cmpmem (mlp_novelty_peek_means (novelty), N_MEANS * sizeof (float),
                   mlp_novelty_peek_means (expected), N_MEANS * sizeof (float));
  g_assert_cmpmem (mlp_novelty_peek_axes (novelty), N_AXES * sizeof (float),
                   mlp_novelty_peek_axes (expected), N_AXES * sizeof (float));
  g_assert_cmpmem (mlp_novelty_peek_limits (novelty), 2 * sizeof (float),
                   mlp_novelty_peek_limits (expected), 2 * sizeof (float));

  second = recipe_file_to_bytes (again, &n_second);
  g_assert_cmpmem (bytes, n, second, n_second);
}

static void
test_truncated (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autofree guint8 *bytes = NULL;
  gsize n;

  bytes = recipe_file_to_bytes (file, &n);

  for (gsize length = 0; length < n; length += length + 300 < n ? 7 : 1)
    {
      g_autofree guint8 *part = g_memdup2 (bytes, length);
      g_autoptr(GError) error = NULL;

      g_assert_null (recipe_file_parse ("test", part, length, &error));
      g_assert_nonnull (error);
    }
}

/* Each bit of every third byte, with the checksum (never read) and behind it. */
static void
test_flipped (void)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autofree guint8 *bytes = NULL;
  gsize n, n_errors = 0;

  bytes = recipe_file_to_bytes (file, &n);

  for (gsize i = 8; i < n; i += 3)
    {
      const guint8 bit = (guint8) (1 << i % 8);
      g_autoptr(RecipeFile) read = NULL;
      g_autoptr(RecipeFile) checked = NULL;
      g_autoptr(GError) error = NULL;

      bytes[i] ^= bit;
      read = recipe_file_parse_checked ("test", bytes, n, FALSE, &error);
      g_assert_true ((read == NULL) == (error != NULL));
      n_errors += read == NULL;
      if (i >= n - N_AXES * sizeof (float))
        checked = recipe_file_parse ("test", bytes, n, NULL);
      g_assert_null (checked);
      bytes[i] ^= bit;
    }

  g_assert_cmpuint (n_errors, >, 0);
}

/* A number of the tensors at the end of the file, the last of which are limits. */
static void
check_number (gsize from_the_end,
              float value)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = NULL;
  guint32 bits;
  gsize n;

  memcpy (&bits, &value, sizeof bits);
  bits = GUINT32_TO_LE (bits);
  bytes = recipe_file_to_bytes (file, &n);
  memcpy (bytes + n - from_the_end * sizeof (float), &bits, sizeof bits);
  g_assert_null (recipe_file_parse_checked ("test", bytes, n, FALSE, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "novelty model"));
}

static void
test_bad_numbers (void)
{
  check_number (1, 0.0f);
  check_number (1, NAN);
  check_number (2, -1.0f);
  check_number (2, INFINITY);
  check_number (3, NAN);
  check_number (2 + N_AXES, INFINITY);
  check_number (2 + N_AXES + N_MEANS, NAN);
}

/* Replaces @from by @to, as long as it, in a sound file. */
static void
check_header (const char *from,
              const char *to,
              const char *message)
{
  g_autoptr(RecipeFile) file = make_file ();
  g_autoptr(GError) error = NULL;
  g_autofree guint8 *bytes = NULL;
  char *place;
  gsize n;

  g_assert_cmpuint (strlen (from), ==, strlen (to));
  bytes = recipe_file_to_bytes (file, &n);
  place = g_strstr_len ((const char *) bytes + 8, (gssize) n - 8, from);
  g_assert_nonnull (place);
  memcpy (place, to, strlen (to));

  g_assert_null (recipe_file_parse_checked ("test", bytes, n, FALSE, &error));
  g_assert_nonnull (error);
  if (strstr (error->message, message) == NULL)
    g_error ("%s", error->message);
}

static void
test_hostile (void)
{
  check_header ("\"novelty.axes\"", "\"novelty.axis\"", "novelty.axes");
  check_header ("\"novelty.mean\"", "\"novelty.meat\"", "novelty.mean");
  check_header ("\\\"novelty_rank\\\":2", "\\\"novelty_rank\\\":3", "novelty.axes");
  check_header ("\\\"novelty_rank\\\":2", "\\\"novelty_rank\\\":0", "tensors");
  check_header ("\\\"novelty_rank\\\":2,", "\\\"novelty_rank\\\":99", "JSON");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe-novelty/round-trip", test_round_trip);
  g_test_add_func ("/recipe-novelty/truncated", test_truncated);
  g_test_add_func ("/recipe-novelty/flipped", test_flipped);
  g_test_add_func ("/recipe-novelty/bad-numbers", test_bad_numbers);
  g_test_add_func ("/recipe-novelty/hostile", test_hostile);

  return g_test_run ();
}
