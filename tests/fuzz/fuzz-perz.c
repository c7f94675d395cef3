/* fuzz-perz.c: .perz files of whatever bytes.
 *
 * Looks behind the checksum, too, which bytes by chance never get right. What is
 * taken for sound must be sound: it can be saved and is then the same.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "recipe/recipe-file-private.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
check_sound (const RecipeFile *file)
{
  g_autofree guint8 *saved = NULL;
  g_autoptr(RecipeFile) again = NULL;
  gsize n_saved;

  saved = recipe_file_to_bytes (file, &n_saved);
  again = recipe_file_parse ("saved", saved, n_saved, NULL);

  g_assert_nonnull (again);
  g_assert_true (recipe_equal (file->recipe, again->recipe));
  g_assert_cmpuint (file->epochs->len, ==, again->epochs->len);
  g_assert_true ((file->net == NULL) == (again->net == NULL));
  g_assert_true (file->net == NULL || mlp_net_same_shape (file->net, again->net));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  for (int verify = 0; verify <= 1; verify++)
    {
      g_autoptr(RecipeFile) file = NULL;
      g_autoptr(GError) error = NULL;

      file = recipe_file_parse_checked ("fuzz", bytes, n_bytes, verify, &error);
      g_assert_true ((file == NULL) == (error != NULL));

      if (file != NULL)
        check_sound (file);
    }

  return 0;
}
