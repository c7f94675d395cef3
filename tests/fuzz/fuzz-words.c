/* fuzz-words.c: short texts of whatever bytes, as words and numbers, SMILES, hidden layers,
 * targets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "io/io-text.h"
#include "molecules/mol-molecule-private.h"
#include "molecules/mol-smiles.h"
#include "molecules/mol-target.h"
#include "recipe/recipe.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
read_words (const char *bytes,
            gsize       n_bytes)
{
  IoText text;
  IoWord word;

  io_text_start (&text, bytes, n_bytes);
  while (io_text_next_line (&text))
    while ((word = io_text_next_word (&text)).start != NULL)
      {
        g_autofree char *shown = io_text_word_show (word);
        g_autoptr(GError) error = NULL;
        double number;
        guint whole;

        g_assert_true (word.start >= bytes && word.start + word.length <= bytes + n_bytes);
        g_assert_true (g_utf8_validate (shown, -1, NULL));
        if (io_text_word_to_double (word, &number))
          g_assert_true (isfinite (number));
        if (io_text_word_to_uint (word, 1000, &whole))
          g_assert_cmpuint (whole, <=, 1000);
        g_assert_false (io_text_word_refuse (word, "a word", &error));
        g_assert_true (g_utf8_validate (error->message, -1, NULL));
      }
}

static void
read_smiles (const char *bytes,
             gsize       n_bytes)
{
  g_autoptr(GError) error = NULL;
  MolMoleculeBuffer buffer;
  gboolean good;

  mol_molecule_buffer_clear (&buffer);
  good = mol_smiles_read_atoms (bytes, n_bytes, &buffer, &error);
  g_assert_true (good == (error == NULL));
  g_assert_cmpuint (buffer.molecule.n_atoms, <=, MOL_MAX_ATOMS);
  g_assert_true (good || g_utf8_validate (error->message, -1, NULL));
}

static void
read_layers (const char *text)
{
  g_autoptr(Recipe) recipe = recipe_new ();
  g_autoptr(GPtrArray) targets = NULL;
  g_autoptr(GError) error = NULL;

  if (recipe_set_hidden (recipe, text, &error))
    {
      g_autofree char *written = mlp_option_layers_to_string (recipe->hidden);
      g_autoptr(Recipe) again = recipe_new ();

      g_assert_true (recipe_set_hidden (again, written, NULL));
      g_assert_true (recipe_equal (recipe, again));
    }
  g_clear_error (&error);
  g_assert_true (mol_target_parse_list (text, &targets, &error) == (error == NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  /* Of just this size, so that a byte too many is noticed. */
  g_autofree char *copy = g_memdup2 (bytes, n_bytes);
  g_autofree char *text = g_strndup ((const char *) bytes, n_bytes);

  if (n_bytes == 0)
    return 0;

  read_words (copy, n_bytes);
  read_smiles (copy, n_bytes);
  read_layers (text);

  return 0;
}
