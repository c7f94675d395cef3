/* recipe-rescue.c: rescue of a network that could not be saved to its file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-display.h"
#include "io/io-replace.h"
#include "recipe/recipe-file-private.h"
#include "recipe/recipe-rescue.h"

#define SUFFIX ".perz"

/* Bytes of the name that are kept, so that there is room for a number. */
#define MAX_NAME 200

/* Copies of one name. */
#define MAX_COPIES 1000

/* (transfer full): "net" of "folder/net.perz" */
static char *
make_stem (const char *path)
{
  char *name = g_path_get_basename (path);
  gsize length = strlen (name);

  if (length > strlen (SUFFIX) && g_str_has_suffix (name, SUFFIX))
    length -= strlen (SUFFIX);

  /* Not in the middle of a character. */
  if (length > MAX_NAME)
    for (length = MAX_NAME; length > 0 && ((guchar) name[length] & 0xc0) == 0x80; length--)
      ;
  name[length] = '\0';

  return name;
}

/* (transfer full) (nullable) */
static char *
save_in_folder (const char    *folder,
                const char    *stem,
                const IoPiece *piece)
{
  if (g_mkdir_with_parents (folder, 0700) != 0)
    return NULL;

  for (guint i = 1; i <= MAX_COPIES; i++)
    {
      g_autofree char *name = i == 1 ? g_strconcat (stem, SUFFIX, NULL) : g_strdup_printf ("%s-%u" SUFFIX, stem, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS) || g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (io_replace (path, piece, 1, IO_REPLACE_NEW | IO_REPLACE_PRIVATE, NULL))
        return g_steal_pointer (&path);

      /* Otherwise another process took the name. */
      if (!g_file_test (path, G_FILE_TEST_EXISTS))
        return NULL;
    }

  return NULL;
}

static void
add_to_message (GError    **error,
                const char *more)
{
  g_autofree char *message = NULL;

  if (error == NULL || *error == NULL)
    return;

  message = g_steal_pointer (&(*error)->message);
  /* Translators: two sentences: why a file cannot be saved, and what became of the network */
  (*error)->message = g_strdup_printf (_("%s. %s"), message, more);
}

char *
recipe_rescue (const RecipeFile *file,
               const char       *path,
               GError          **error)
{
  g_autofree char *data = g_build_filename (g_get_user_data_dir (), "perzeptron", "rescued", NULL);
  const char *const folders[] = { data, g_get_tmp_dir () };
  g_autofree guint8 *bytes = NULL;
  g_autofree char *stem = NULL;
  char *copy = NULL;
  IoPiece piece;
  gsize n_bytes;

  g_return_val_if_fail (file != NULL, NULL);
  g_return_val_if_fail (path != NULL, NULL);

  bytes = recipe_file_to_bytes (file, &n_bytes);
  piece = (IoPiece) { bytes, n_bytes };
  stem = make_stem (path);

  for (gsize i = 0; i < G_N_ELEMENTS (folders) && copy == NULL; i++)
    copy = save_in_folder (folders[i], stem, &piece);

  if (copy != NULL)
    {
      g_autofree char *name = mlp_display_filename (copy);
      g_autofree char *more = g_strdup_printf (_("The network was saved to “%s” instead."), name);

      add_to_message (error, more);
    }
  else
    {
      add_to_message (error, _("It could not be saved anywhere else either."));
    }

  return copy;
}
