/* ds-mnist-variants.c: which of MNIST's relatives a set is.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "datasets/mnist/ds-mnist-variants.h"

#define N_FIRST 10

static const char *const letters[] = {
  "–", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
  "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
};

/* EMNIST "by class"; its first ten are the digits. */
static const char *const characters[] = {
  "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
  "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
  "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
  "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l", "m",
  "n", "o", "p", "q", "r", "s", "t", "u", "v", "w", "x", "y", "z",
};

/* EMNIST "by merge" and "balanced": small letters that look like their
 * capitals are one class with them. */
static const char *const merged_characters[] = {
  "0", "1", "2", "3", "4", "5", "6", "7", "8", "9",
  "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M",
  "N", "O", "P", "Q", "R", "S", "T", "U", "V", "W", "X", "Y", "Z",
  "a", "b", "d", "e", "f", "g", "h", "n", "q", "r", "t",
};

/* In files they are English; whoever shows them to a person translates them. */
static const char *const clothes[] = {
  N_("T-shirt"), N_("Trousers"), N_("Pullover"), N_("Dress"), N_("Coat"),
  N_("Sandal"), N_("Shirt"), N_("Sneaker"), N_("Bag"), N_("Ankle boot"),
};

static const char *const hiragana[] = {
  "o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo",
};

static const DsMnistVariant mnist = { "MNIST", 10, characters, FALSE, FALSE };
static const DsMnistVariant fashion = { "Fashion-MNIST", 10, clothes, FALSE, FALSE };
static const DsMnistVariant kmnist = { "KMNIST", 10, hiragana, FALSE, FALSE };

static const struct
{
  const char    *prefix;
  DsMnistVariant variant;
} emnist[] = {
  { "emnist-balanced", { "EMNIST balanced", 47, merged_characters, TRUE, TRUE } },
  { "emnist-byclass", { "EMNIST by class", 62, characters, TRUE, TRUE } },
  { "emnist-bymerge", { "EMNIST by merge", 47, merged_characters, TRUE, TRUE } },
  { "emnist-digits", { "EMNIST digits", 10, characters, TRUE, TRUE } },
  { "emnist-letters", { "EMNIST letters", 27, letters, TRUE, TRUE } },
  { "emnist-mnist", { "EMNIST MNIST", 10, characters, TRUE, TRUE } },
};

/* The first labels of the files for training and for testing. */
static const struct
{
  guint8                labels[N_FIRST];
  const DsMnistVariant *variant;
} beginnings[] = {
  { { 5, 0, 4, 1, 9, 2, 1, 3, 1, 4 }, &mnist },
  { { 7, 2, 1, 0, 4, 1, 4, 9, 5, 9 }, &mnist },
  { { 9, 0, 0, 3, 0, 2, 7, 2, 5, 5 }, &fashion },
  { { 9, 2, 1, 1, 6, 1, 4, 6, 5, 7 }, &fashion },
};

/* Whether one of the last two parts of a path contains a word. */
static gboolean
path_contains_word (const char *path,
                    const char *word)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  g_autofree char *last = g_path_get_basename (lower);
  g_autofree char *parent = g_path_get_dirname (lower);
  g_autofree char *last_but_one = g_path_get_basename (parent);

  return strstr (last, word) != NULL || strstr (last_but_one, word) != NULL;
}

const DsMnistVariant *
ds_mnist_variants_recognise (const char   *folder,
                             const char   *prefix,
                             const guint8 *labels,
                             gsize         n_labels,
                             guint         n_classes)
{
  for (gsize i = 0; i < G_N_ELEMENTS (emnist); i++)
    if (g_ascii_strncasecmp (prefix, emnist[i].prefix, strlen (emnist[i].prefix)) == 0)
      return &emnist[i].variant;

  if (n_labels >= N_FIRST)
    for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
      if (memcmp (labels, beginnings[i].labels, N_FIRST) == 0)
        return beginnings[i].variant;

  if (n_classes == 10 && path_contains_word (folder, "fashion"))
    return &fashion;
  if (n_classes == 10 && (path_contains_word (folder, "kmnist") || path_contains_word (folder, "kuzushiji")))
    return &kmnist;

  return NULL;
}
