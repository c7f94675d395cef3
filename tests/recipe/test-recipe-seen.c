/* test-recipe-seen.c: whatever is done to the data, a sample that was trained on is no test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-open.h"
#include "datasets/ds-sample-hash.h"
#include "datasets/ds-split.h"
#include "recipe/recipe-file-private.h"
#include "test-util.h"

#define N_INPUTS 4

/* Samples of these numbers: the pixels spell the number, and the class is its remainder by 3. */
static DsSet *
make_set (const guint32 *numbers,
          gsize          n,
          gsize          n_test)
{
  guint8 *x = g_malloc (n * N_INPUTS);
  guint8 *classes = g_malloc (n);
  DsSet *set;

  for (gsize i = 0; i < n; i++)
    {
      for (gsize k = 0; k < N_INPUTS; k++)
        x[i * N_INPUTS + k] = (guint8) (numbers[i] >> 8 * k);
      classes[i] = (guint8) (numbers[i] % 3);
    }

  set = ds_set_new ("Numbers", "numbers", mlp_samples_new_classes (x, 1.0f, classes, N_INPUTS, 3, n));
  set->n_train = n - n_test;
  set->n_test = n_test;
  set->draws_test = n_test == 0;

  return set;
}

static guint32 *
make_numbers (guint32 first,
              gsize   n)
{
  guint32 *numbers = g_new (guint32, n);

  for (gsize i = 0; i < n; i++)
    numbers[i] = first + (guint32) i;

  return numbers;
}

static guint32
get_number (const DsSet *set,
            guint32      i)
{
  const guint8 *x = mlp_samples_peek_bytes (set->samples, i);

  return (guint32) x[0] | (guint32) x[1] << 8 | (guint32) x[2] << 16 | (guint32) x[3] << 24;
}

/* The numbers of a part, as a set. */
static GHashTable *
collect (const DsSet    *set,
         const MlpSplit *split,
         MlpPart         part)
{
  GHashTable *numbers = g_hash_table_new (NULL, NULL);
  gsize n;
  const guint32 *items = mlp_split_peek (split, part, &n);

  for (gsize i = 0; i < n; i++)
    g_hash_table_add (numbers, GUINT_TO_POINTER (get_number (set, items[i]) + 1));

  return numbers;
}

static gsize
count_common (const DsSet    *set,
              const MlpSplit *split,
              MlpPart         part,
              GHashTable     *numbers)
{
  gsize n, n_common = 0;
  const guint32 *items = mlp_split_peek (split, part, &n);

  for (gsize i = 0; i < n; i++)
    n_common += g_hash_table_contains (numbers, GUINT_TO_POINTER (get_number (set, items[i]) + 1));

  return n_common;
}

static gsize
count (const MlpSplit *split,
       MlpPart         part)
{
  gsize n;

  mlp_split_peek (split, part, &n);

  return n;
}

/* A network that was trained on 100 … 499, divided by chance. */
typedef struct
{
  DsSet         *set;
  DsSplitOptions options;
  MlpSplit      *split;
  RecipeSeen    *seen;
  GHashTable    *train;
  GHashTable    *validation;
  GHashTable    *test;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autofree guint32 *numbers = make_numbers (100, 400);

  f->set = make_set (numbers, 400, 0);
  f->options = (DsSplitOptions) DS_SPLIT_OPTIONS_DEFAULT;
  f->split = ds_split_make (f->set, &f->options, NULL);
  f->seen = recipe_seen_new (f->set, f->split);
  f->train = collect (f->set, f->split, MLP_TRAIN);
  f->validation = collect (f->set, f->split, MLP_VALIDATION);
  f->test = collect (f->set, f->split, MLP_TEST);
  g_assert_cmpuint (count (f->split, MLP_TRAIN), ==, 320);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  ds_set_unref (f->set);
  mlp_split_unref (f->split);
  recipe_seen_unref (f->seen);
  g_hash_table_unref (f->train);
  g_hash_table_unref (f->validation);
  g_hash_table_unref (f->test);
}

/* The parts of @set hold nothing that the network saw elsewhere. */
static void
assert_honest (const Fixture  *f,
               const DsSet    *set,
               const MlpSplit *split)
{
  g_assert_cmpuint (count_common (set, split, MLP_TRAIN, f->train), ==, count (split, MLP_TRAIN));
  g_assert_cmpuint (count_common (set, split, MLP_VALIDATION, f->validation), ==, count (split, MLP_VALIDATION));
  g_assert_cmpuint (count_common (set, split, MLP_TEST, f->train), ==, 0);
  g_assert_cmpuint (count_common (set, split, MLP_TEST, f->validation), ==, 0);
}

static void
test_same (Fixture      *f,
           gconstpointer data)
{
  RecipeParts parts;
  g_autoptr(MlpSplit) split = recipe_seen_divide (f->seen, FALSE, f->set, &f->options, &parts, NULL);
  g_autofree char *words = recipe_seen_describe_parts (&parts);
  gsize n, n_own;
  const guint32 *items = mlp_split_peek (split, MLP_TEST, &n);
  const guint32 *own = mlp_split_peek (f->split, MLP_TEST, &n_own);

  g_assert_cmpint (parts.origin, ==, RECIPE_PARTS_OF_RUN);
  g_assert_cmpuint (parts.n_duplicates, ==, 0);
  g_assert_cmpmem (items, n * sizeof *items, own, n_own * sizeof *own);
  g_assert_null (words);
}

/* Without one of them the same seed divides the others otherwise. */
static void
test_one_removed (Fixture      *f,
                  gconstpointer data)
{
  g_autofree guint32 *numbers = make_numbers (101, 399);
  g_autoptr(DsSet) set = make_set (numbers, 399, 0);
  g_autoptr(MlpSplit) drawn = ds_split_make (set, &f->options, NULL);
  RecipeParts parts;
  g_autoptr(MlpSplit) split = recipe_seen_divide (f->seen, TRUE, set, &f->options, &parts, NULL);
  g_autofree char *words = recipe_seen_describe_parts (&parts);
  const gboolean tested = g_hash_table_contains (f->test, GUINT_TO_POINTER (101));

  /* What it would be by chance alone. */
  g_assert_cmpuint (count_common (set, drawn, MLP_TEST, f->train), >, 10);

  g_assert_cmpint (parts.origin, ==, RECIPE_PARTS_BY_SAMPLE);
  assert_honest (f, set, split);
  g_assert_cmpuint (count (split, MLP_TEST), ==, tested ? 39 : 40);
  g_assert_cmpuint (parts.n_trained_on + parts.n_validated_on, ==, 399 - count (split, MLP_TEST));
  g_assert_nonnull (strstr (words, "excluded from the test"));
}

/* Another order, another seed, more of them: found again all the same. */
static void
test_divided_otherwise (Fixture      *f,
                        gconstpointer data)
{
  g_autofree guint32 *numbers = make_numbers (50, 500);
  g_autoptr(DsSet) more = NULL;
  RecipeParts parts;
  MlpSplit *split;

  for (gsize i = 0; i < 250; i++)
    {
      guint32 number = numbers[i];

      numbers[i] = numbers[499 - i];
      numbers[499 - i] = number;
    }

  more = make_set (numbers, 500, 0);
  split = recipe_seen_divide (f->seen, FALSE, more, &f->options, &parts, NULL);
  assert_honest (f, more, split);
  g_assert_cmpuint (count (split, MLP_TRAIN), ==, 320);
  g_assert_cmpuint (count (split, MLP_TEST), ==, 140);
  mlp_split_unref (split);

  f->options.seed = 2;
  split = recipe_seen_divide (f->seen, TRUE, f->set, &f->options, &parts, NULL);
  g_assert_cmpint (parts.origin, ==, RECIPE_PARTS_BY_SAMPLE);
  assert_honest (f, f->set, split);
  g_assert_cmpuint (count (split, MLP_TEST), ==, 40);
  mlp_split_unref (split);
}

/* Of a set that comes with a test part, that is what tests. */
static void
test_own_test_part (Fixture      *f,
                    gconstpointer data)
{
  g_autofree guint32 *numbers = make_numbers (450, 200);
  g_autoptr(DsSet) set = make_set (numbers, 200, 180);
  RecipeParts parts;
  g_autoptr(MlpSplit) split = recipe_seen_divide (f->seen, FALSE, set, &f->options, &parts, NULL);
  gsize n;
  const guint32 *items = mlp_split_peek (split, MLP_TEST, &n);

  /* 470 … 649 are its test part; 470 … 499 are of the network's data. */
  assert_honest (f, set, split);
  g_assert_cmpuint (n + parts.n_trained_on + parts.n_validated_on, ==, 180);
  g_assert_cmpuint (n, >=, 150);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpuint (get_number (set, items[i]), >=, 470);
}

/* The same sample twice in a set of the network's own: it stays, and is counted. */
static void
test_duplicates (void)
{
  g_autofree guint32 *numbers = make_numbers (0, 100);
  const DsSplitOptions options = DS_SPLIT_OPTIONS_DEFAULT;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(MlpSplit) split = NULL;
  g_autoptr(MlpSplit) divided = NULL;
  g_autoptr(RecipeSeen) seen = NULL;
  g_autofree char *words = NULL;
  RecipeParts parts;
  gsize n;

  /* Two of the test part are of the training part. */
  numbers[95] = 3;
  numbers[96] = 3;
  set = make_set (numbers, 100, 10);
  split = ds_split_make (set, &options, NULL);
  seen = recipe_seen_new (set, split);
  recipe_seen_peek (seen, MLP_TRAIN, &n);
  g_assert_cmpuint (n, ==, 75);

  divided = recipe_seen_divide (seen, FALSE, set, &options, &parts, NULL);
  words = recipe_seen_describe_parts (&parts);
  g_assert_cmpint (parts.origin, ==, RECIPE_PARTS_OF_RUN);
  g_assert_cmpuint (count (divided, MLP_TEST), ==, 10);
  g_assert_cmpuint (parts.n_duplicates, ==, 2);
  g_assert_cmpstr (words, ==, "2 test samples are identical to training or validation samples.");
}

/* Trained on, with one division and then with another. */
static void
test_trained_twice (Fixture      *f,
                    gconstpointer data)
{
  const DsSplitOptions other = { .n_validation = G_MAXSIZE, .n_test = G_MAXSIZE, .seed = 2 };
  g_autoptr(MlpSplit) second = ds_split_make (f->set, &other, NULL);
  g_autoptr(RecipeSeen) of_second = recipe_seen_new (f->set, second);
  g_autoptr(RecipeSeen) both = recipe_seen_union (f->seen, of_second);
  g_autoptr(RecipeSeen) unsure = recipe_seen_union (NULL, of_second);
  RecipeParts parts;
  g_autoptr(MlpSplit) split = recipe_seen_divide (both, TRUE, f->set, &other, &parts, NULL);
  g_autoptr(MlpSplit) split_unsure = NULL;
  g_autofree char *words = NULL;

  g_assert_cmpint (parts.origin, ==, RECIPE_PARTS_BY_SAMPLE);
  g_assert_cmpuint (count_common (f->set, split, MLP_TEST, f->train), ==, 0);
  g_assert_cmpuint (count_common (f->set, split, MLP_TEST, f->validation), ==, 0);
  g_assert_cmpuint (count (split, MLP_TEST), <, 40);

  /* Of the first run nothing is known. */
  g_assert_false (recipe_seen_is_complete (unsure));
  split_unsure = recipe_seen_divide (unsure, TRUE, f->set, &f->options, &parts, NULL);
  g_assert_cmpint (parts.origin, ==, RECIPE_PARTS_UNKNOWN);
  words = recipe_seen_describe_parts (&parts);
  g_assert_nonnull (strstr (words, "does not record"));
  g_assert_cmpuint (count (split_unsure, MLP_TEST), <, 40);
}

static void
test_unknown (Fixture      *f,
              gconstpointer data)
{
  g_autofree guint32 *numbers = make_numbers (101, 399);
  g_autoptr(DsSet) set = make_set (numbers, 399, 0);
  RecipeParts parts;
  MlpSplit *split;

  split = recipe_seen_divide (NULL, TRUE, f->set, &f->options, &parts, NULL);
  g_assert_cmpint (parts.origin, ==, RECIPE_PARTS_OF_RUN);
  mlp_split_unref (split);

  split = recipe_seen_divide (NULL, FALSE, set, &f->options, &parts, NULL);
  g_assert_cmpint (parts.origin, ==, RECIPE_PARTS_UNKNOWN);
  mlp_split_unref (split);
}

/* A label that was corrected: the picture was trained on. */
static void
test_other_label (void)
{
  const guint8 pixels[] = { 9, 8, 7, 6 };
  guint8 one = 1;
  guint8 two = 2;
  g_autoptr(DsSet) a = ds_set_new ("a", "a", mlp_samples_new_classes (g_memdup2 (pixels, 4), 1.0f,
                                                                      g_memdup2 (&one, 1), 4, 3, 1));
  g_autoptr(DsSet) b = ds_set_new ("b", "b", mlp_samples_new_classes (g_memdup2 (pixels, 4), 1.0f,
                                                                      g_memdup2 (&two, 1), 4, 3, 1));

  g_assert_cmpuint (*ds_sample_hash_peek_all (a), ==, *ds_sample_hash_peek_all (b));
}

/* Features and targets are chosen; the molecules are the same. */
static void
test_molecules (void)
{
  const DsTask composition = { (char *) "composition", (char *) "gap", MOL_UNIT_EV, FALSE };
  const DsTask eigenvalues = { (char *) "coulomb-eigenvalues-25", (char *) "mu", MOL_UNIT_EV, FALSE };
  g_autoptr(DsSet) a = ds_open_full ("builtin:molecules", &composition, NULL, NULL, NULL, NULL);
  g_autoptr(DsSet) b = ds_open_full ("builtin:molecules", &eigenvalues, NULL, NULL, NULL, NULL);
  g_autoptr(GHashTable) different = g_hash_table_new (g_int64_hash, g_int64_equal);
  const gsize n = mlp_samples_get_n (a->samples);
  const guint64 *hashes = ds_sample_hash_peek_all (a);

  g_assert_cmpmem (hashes, n * sizeof *hashes, ds_sample_hash_peek_all (b),
                   mlp_samples_get_n (b->samples) * sizeof *hashes);
  for (gsize i = 0; i < n; i++)
    g_hash_table_add (different, (gpointer) &hashes[i]);
  g_assert_cmpuint (g_hash_table_size (different), ==, n);
}

/* A file of a header and @n_tensors zero bytes. */
static RecipeFile *
parse_text (const char *header,
            gsize       n_tensors,
            GError    **error)
{
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  g_autofree guint8 *zeros = g_malloc0 (n_tensors + 1);
  guint64 length = GUINT64_TO_LE ((guint64) strlen (header));

  g_byte_array_append (bytes, (const guint8 *) &length, 8);
  g_byte_array_append (bytes, (const guint8 *) header, (guint) strlen (header));
  g_byte_array_append (bytes, zeros, (guint) n_tensors);

  return recipe_file_parse_checked ("it", bytes->data, bytes->len, FALSE, error);
}

#define NETWORK(inputs, width)                                                \
  "\"network\":\"{\\\"inputs\\\":" inputs ",\\\"layers\\\":[{\\\"width\\\":" width "," \
  "\\\"activation\\\":\\\"relu\\\"}]}\","
#define TENSOR(name, shape, begin, end)                                       \
  ",\"" name "\":{\"dtype\":\"F32\",\"shape\":[" shape "],\"data_offsets\":[" begin "," end "]}"
#define W1 "layers.1.weight"
#define B1 "layers.1.bias"
#define SEEN_META(train, validation)                                          \
  "{\"__metadata__\":{\"format\":\"perzeptron\",\"version\":\"2\"," NETWORK ("2", "1") \
  "\"recipe\":\"{}\",\"data\":\"{\\\"inputs\\\":2,\\\"outputs\\\":1,\\\"seen\\\":{\\\"train\\\":" train "," \
  "\\\"validation\\\":" validation "}}\",\"history\":\"{}\"}"
#define SAMPLES(part, shape, begin, end)                                      \
  ",\"samples." part "\":{\"dtype\":\"U8\",\"shape\":[" shape "],\"data_offsets\":[" begin "," end "]}"
#define ONE_LAYER TENSOR (W1, "1,2", "0", "8") TENSOR (B1, "1", "8", "12")

static void
test_hostile (void)
{
  static const struct
  {
    const char *header;
    gsize       n_tensors;
    MlpError    code;
    const char *message;     /* a part of it; NULL: sound */
  } cases[] = {
    { "{\"__metadata__\":{\"format\":\"pt\",\"recipe\":\"{}\"}}", 0, MLP_ERROR_FORMAT, "give the format “pt”" },
    { SEEN_META ("1", "0") ONE_LAYER SAMPLES ("train", "1,8", "12", "20") "}", 20, 0, NULL },
    { SEEN_META ("1", "0") ONE_LAYER "}", 12, MLP_ERROR_SHAPE, "there are 2 tensors, but its network has 3" },
    { SEEN_META ("2", "0") ONE_LAYER SAMPLES ("train", "2,8", "12", "28") "}", 28,
      MLP_ERROR_FORMAT, "not in ascending order" },
    { SEEN_META ("1", "1") ONE_LAYER SAMPLES ("train", "1,8", "12", "20") SAMPLES ("validation", "1,8", "20", "28") "}",
      28, MLP_ERROR_FORMAT, "some occur in both" },
    { SEEN_META ("1", "0") ONE_LAYER SAMPLES ("train", "8,1", "12", "20") "}", 20,
      MLP_ERROR_SHAPE, "its network requires 1 × 8" },
    { SEEN_META ("9223372036854775807", "0") ONE_LAYER SAMPLES ("train", "9223372036854775807,8", "12", "20") "}", 20,
      MLP_ERROR_TOO_LARGE, "too large" },
    { SEEN_META ("100000000000", "0") ONE_LAYER SAMPLES ("train", "100000000000,8", "12", "800000000012") "}", 20,
      MLP_ERROR_TRUNCATED, "samples.train" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(RecipeFile) file = parse_text (cases[i].header, cases[i].n_tensors, &error);

      g_test_message ("%" G_GSIZE_FORMAT ": %s", i, error != NULL ? error->message : "sound");
      g_assert_true ((file != NULL) == (cases[i].message == NULL));
      if (file != NULL)
        continue;

      g_assert_error (error, MLP_ERROR, (int) cases[i].code);
      g_assert_nonnull (strstr (error->message, cases[i].message));
    }
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/recipe-seen/same", test_same);
  ADD ("/recipe-seen/one-removed", test_one_removed);
  ADD ("/recipe-seen/divided-otherwise", test_divided_otherwise);
  ADD ("/recipe-seen/own-test-part", test_own_test_part);
  g_test_add_func ("/recipe-seen/duplicates", test_duplicates);
  ADD ("/recipe-seen/trained-twice", test_trained_twice);
  ADD ("/recipe-seen/unknown", test_unknown);
  g_test_add_func ("/recipe-seen/other-label", test_other_label);
  g_test_add_func ("/recipe-seen/molecules", test_molecules);
  g_test_add_func ("/recipe-seen/hostile", test_hostile);

  return g_test_run ();
}
