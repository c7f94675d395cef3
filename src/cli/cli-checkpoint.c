/* cli-checkpoint.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "cli/cli-checkpoint.h"
#include "cli/cli-continue.h"
#include "core/mlp-error.h"

#define SUFFIX ".perz"

char *
cli_checkpoint_make_path (const char *out)
{
  const gsize length = strlen (out) - (g_str_has_suffix (out, SUFFIX) ? strlen (SUFFIX) : 0);
  g_autofree char *base = g_strndup (out, length);

  return g_strconcat (base, ".checkpoint" SUFFIX, NULL);
}

gboolean
cli_checkpoint_is_same_file (const char *a,
                             const char *b)
{
  GStatBuf info_a, info_b;

  return g_stat (a, &info_a) == 0 && g_stat (b, &info_b) == 0 &&
         info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;
}

gboolean
cli_checkpoint_check (const char *path,
                      const char *continued,
                      GError    **error)
{
  g_autoptr(RecipeFile) file = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS) || (continued != NULL && cli_checkpoint_is_same_file (path, continued)))
    return TRUE;

  file = recipe_file_load (path, NULL);
  if (file == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                 "“%s”, where the checkpoint would be, is another file; remove it, or choose another --out", path);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                 "“%s” is of a run that was interrupted at epoch %u: go on with it (train --continue %s), or remove it",
                 path, cli_continue_get_epoch (file), path);

  return FALSE;
}
