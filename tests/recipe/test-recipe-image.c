/* test-recipe-image.c: which networks are asked about whole pictures, and how these are scaled.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "datasets/ds-builtin.h"
#include "datasets/ds-open.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-image.h"
#include "test-util.h"

#define N_SAMPLES 600
#define N_CLASSES 10

/* (transfer full): pictures of @side × @side in @n_classes classes, an oval of ink each, whose grey says the
 * class; @margin: pixels that the ink leaves on each side */
static DsSet *
make_set (gsize side,
          gsize margin)
{
  const double middle = 0.5 * (double) side;
  const double radius = middle - (double) margin;
  guint8 *x = g_malloc0 (N_SAMPLES * side * side);
  guint8 *y = g_malloc (N_SAMPLES);
  DsSet *set;

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      y[i] = (guint8) (i % N_CLASSES);
      for (gsize k = 0; k < side * side; k++)
        {
          const double dx = (double) (k % side) + 0.5 - middle, dy = (double) (k / side) + 0.5 - middle;

          if (dx * dx + dy * dy <= radius * radius)
            x[i * side * side + k] = (guint8) (60 + 10 * y[i] + (i * 7 + k * 13) % 20);
        }
    }

  set = ds_set_new ("ovals", "/ovals", mlp_samples_new_pictures (x, 1.0f / 255.0f, y, side, side, N_CLASSES,
                                                                 N_SAMPLES));
  set->n_train = N_SAMPLES;
  set->rows = set->columns = (guint) side;

  return set;
}

/* (transfer full): as a network of it is saved; @knows: it keeps the means of its training pictures */
static RecipeFile *
make_file (const DsSet *set,
           gboolean     knows)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(MlpNet) net = NULL;
  guint32 items[N_SAMPLES];

  g_assert_true (recipe_set_hidden (recipe, "4:sigmoid", NULL));
  net = recipe_make_net (recipe, mlp_samples_get_n_inputs (set->samples), N_CLASSES, NULL);
  for (guint32 i = 0; i < N_SAMPLES; i++)
    items[i] = i;
  if (knows)
    {
      g_autoptr(MlpNovelty) novelty = mlp_novelty_new_fit (set->samples, items, N_SAMPLES);

      g_assert_nonnull (novelty);
      mlp_net_set_novelty (net, novelty);
    }

  return recipe_file_new (recipe, set, net, NULL, 0, 0);
}

static const struct
{
  const char *name;
  gsize       side;
  gsize       margin;
  gboolean    whole;
} cases[] = {
  { "digits", 28, 4, FALSE },
  { "clothes", 28, 0, TRUE },
  { "small-digits", 14, 2, FALSE },
  { "small-clothes", 14, 0, TRUE },
  { "large-digits", 56, 8, FALSE },
  { "large-clothes", 56, 0, TRUE },
};

/* What the data say is kept in the file; of a file that was written before, the network knows. */
static void
test_file (gconstpointer data)
{
  const gsize c = GPOINTER_TO_SIZE (data);
  g_autoptr(DsSet) set = make_set (cases[c].side, cases[c].margin);

  g_assert_cmpint (recipe_image_fills_frame (set), ==, cases[c].whole);

  for (guint knows = 0; knows < 2; knows++)
    {
      g_autoptr(RecipeFile) file = make_file (set, knows != 0);
      g_autoptr(RecipeFile) again = NULL;
      g_autoptr(GError) error = NULL;
      g_autofree guint8 *bytes = NULL;
      gsize n;

      bytes = recipe_file_to_bytes (file, &n);
      again = recipe_file_parse ("test", bytes, n, &error);
      g_assert_no_error (error);
      g_assert_cmpint (again->data.whole_pictures, ==, cases[c].whole);
      g_assert_cmpint (recipe_image_is_whole (&again->data, again->net), ==, cases[c].whole);

      again->data.whole_pictures = FALSE;
      g_assert_cmpint (recipe_image_is_whole (&again->data, again->net), ==, knows != 0 && cases[c].whole);
      g_free (again->data.name);
      again->data.name = g_strdup ("Fashion-MNIST");
      g_assert_cmpint (recipe_image_is_whole (&again->data, again->net), ==, knows == 0 || cases[c].whole);
    }
}

static void
test_builtin (void)
{
  g_autoptr(DsSet) digits = ds_builtin_open_digits (NULL);
  g_autoptr(DsSet) molecules = ds_open ("builtin:molecules", NULL, NULL, NULL);

  g_assert_nonnull (digits);
  g_assert_false (recipe_image_fills_frame (digits));
  g_assert_nonnull (molecules);
  g_assert_false (recipe_image_fills_frame (molecules));
}

static void
test_mnist (void)
{
  const char *data = g_getenv ("PERZEPTRON_TEST_DATA");
  g_autofree char *folder = data != NULL ? g_build_filename (data, "mnist", NULL)
                            : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "mnist", NULL);
  g_autoptr(DsSet) set = ds_open (folder, NULL, NULL, NULL);

  if (set == NULL)
    {
      g_test_skip ("The real MNIST is not here; PERZEPTRON_TEST_DATA may name the folder above it");
      return;
    }

  g_assert_false (recipe_image_fills_frame (set));
}

/* A negative is turned where the network knows its training pictures; what is like them is left alone. */
static void
test_scale (void)
{
  g_autoptr(DsSet) set = make_set (28, 0);
  g_autoptr(RecipeFile) knows = make_file (set, TRUE);
  g_autoptr(RecipeFile) ignorant = make_file (set, FALSE);
  const guint8 *picture = mlp_samples_peek_bytes (set->samples, 13);
  g_autofree guint8 *large = g_malloc (84 * 84);
  g_autofree guint8 *negative = g_malloc (84 * 84);
  guint8 turned[784], bytes[784];

  for (gsize i = 0; i < 84 * 84; i++)
    {
      large[i] = picture[i / 84 / 3 * 28 + i % 84 / 3];
      negative[i] = (guint8) (255 - large[i]);
    }
  for (gsize i = 0; i < 784; i++)
    turned[i] = (guint8) (255 - picture[i]);

  recipe_image_scale (&knows->data, knows->net, large, 84, 84, bytes);
  g_assert_cmpmem (bytes, 784, picture, 784);
  recipe_image_scale (&knows->data, knows->net, negative, 84, 84, bytes);
  g_assert_cmpmem (bytes, 784, picture, 784);
  recipe_image_scale (&ignorant->data, ignorant->net, negative, 84, 84, bytes);
  g_assert_cmpmem (bytes, 784, turned, 784);
  recipe_image_scale (&ignorant->data, NULL, large, 84, 84, bytes);
  g_assert_cmpmem (bytes, 784, picture, 784);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize c = 0; c < G_N_ELEMENTS (cases); c++)
    {
      g_autofree char *path = g_strdup_printf ("/recipe/picture/%s", cases[c].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (c), test_file);
    }
  g_test_add_func ("/recipe/picture/builtin", test_builtin);
  g_test_add_func ("/recipe/picture/mnist", test_mnist);
  g_test_add_func ("/recipe/picture/scale", test_scale);

  return g_test_run ();
}
