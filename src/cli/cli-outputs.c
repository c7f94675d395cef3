/* cli-outputs.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli-outputs.h"
#include "cli/cli-stdout.h"
#include "cli/cli.h"
#include "core/mlp-display.h"
#include "core/mlp-error.h"

/* A file or a folder that is there, or that will be. */
typedef struct
{
  char         *what;
  char         *path;         /* as it was given */
  char         *real;         /* without links, so that equal strings are equal files */
  gboolean      exists;
  GStatBuf      info;
  CliOutputKind kind;
} Place;

struct _CliOutputs
{
  GArray *inputs;     /* of Place */
  GArray *outputs;    /* of Place */
};

static void
place_clear (gpointer data)
{
  Place *place = data;

  g_free (place->what);
  g_free (place->path);
  g_free (place->real);
}

CliOutputs *
cli_outputs_new (void)
{
  CliOutputs *outputs = g_new0 (CliOutputs, 1);

  outputs->inputs = g_array_new (FALSE, TRUE, sizeof (Place));
  outputs->outputs = g_array_new (FALSE, TRUE, sizeof (Place));
  g_array_set_clear_func (outputs->inputs, place_clear);
  g_array_set_clear_func (outputs->outputs, place_clear);

  return outputs;
}

void
cli_outputs_free (CliOutputs *outputs)
{
  if (outputs == NULL)
    return;

  g_array_unref (outputs->inputs);
  g_array_unref (outputs->outputs);
  g_free (outputs);
}

/* (transfer full): where there is no such file yet, its folder without links */
static char *
resolve_path (const char *path)
{
  g_autofree char *base = g_path_get_basename (path);
  g_autofree char *folder = g_path_get_dirname (path);
  char *real = realpath (path, NULL);
  char *resolved;

  if (real == NULL && (real = realpath (folder, NULL)) != NULL)
    resolved = g_build_filename (real, base, NULL);
  else
    resolved = real != NULL ? g_strdup (real) : g_canonicalize_filename (path, NULL);

  free (real);

  return resolved;
}

static void
add_place (GArray       *places,
           const char   *what,
           CliOutputKind kind,
           const char   *path)
{
  Place place = { .what = g_strdup (what), .path = g_strdup (path), .kind = kind };

  place.real = resolve_path (path);
  place.exists = g_stat (path, &place.info) == 0;
  g_array_append_val (places, place);
}

void
cli_outputs_add_input (CliOutputs   *outputs,
                       const char   *what,
                       CliOutputKind kind,
                       const char   *path)
{
  if (path != NULL && !g_str_has_prefix (path, "builtin:"))
    add_place (outputs->inputs, what, kind, path);
}

void
cli_outputs_add (CliOutputs   *outputs,
                 const char   *option,
                 CliOutputKind kind,
                 const char   *path)
{
  if (path != NULL)
    add_place (outputs->outputs, option, kind, path);
}

static gboolean
is_same (const Place *a,
         const Place *b)
{
  if (!a->exists || !b->exists)
    return strcmp (a->real, b->real) == 0;

  return a->info.st_dev == b->info.st_dev && a->info.st_ino == b->info.st_ino &&
         (S_ISREG (a->info.st_mode) || S_ISDIR (a->info.st_mode));
}

static gboolean
is_within (const Place *file,
           const Place *folder)
{
  const gsize length = strlen (folder->real);

  return folder->exists && S_ISDIR (folder->info.st_mode) && strncmp (file->real, folder->real, length) == 0 &&
         (file->real[length] == '/' || g_str_has_suffix (folder->real, "/"));
}

/* Whether what is there now is what such an output leaves behind. */
static gboolean
is_of_kind (const Place *place)
{
  char bytes[9] = { 0 };
  gssize n;
  int fd;

  if (!place->exists || !S_ISREG (place->info.st_mode) || place->info.st_size == 0)
    return TRUE;

  fd = g_open (place->path, O_RDONLY | O_CLOEXEC, 0);
  n = fd >= 0 ? read (fd, bytes, sizeof bytes) : -1;
  if (fd >= 0)
    close (fd);

  switch (place->kind)
    {
    case CLI_OUTPUT_NETWORK:
      return n == sizeof bytes && bytes[8] == '{' && bytes[4] == 0 && bytes[7] == 0;

    case CLI_OUTPUT_LOG:
      return n > 0 && bytes[0] == '{';

    case CLI_OUTPUT_NONE:
    case CLI_OUTPUT_PICTURE:
    default:
      return TRUE;
    }
}

static gboolean
check_against_inputs (const CliOutputs *outputs,
                      const Place      *output,
                      GError          **error)
{
  for (guint i = 0; i < outputs->inputs->len; i++)
    {
      const Place *input = &g_array_index (outputs->inputs, Place, i);

      if (output->kind == input->kind)
        continue;

      if (is_same (output, input))
        return cli_set_usage_error (error, "%s and %s are the same file, “%s”: it would be lost; "
                                    "choose another place for %s", output->what, input->what, output->path, output->what);

      if (is_within (output, input) && !is_of_kind (output))
        return cli_set_usage_error (error, "%s “%s” is a file of “%s” that the command reads: it would be lost; "
                                    "choose another place for %s", output->what, output->path, input->path, output->what);
    }

  return TRUE;
}

gboolean
cli_outputs_check (CliOutputs *outputs,
                   GError    **error)
{
  for (guint i = 0; i < outputs->outputs->len; i++)
    {
      const Place *output = &g_array_index (outputs->outputs, Place, i);

      if (!check_against_inputs (outputs, output, error))
        return FALSE;

      if (cli_stdout_is (output->path))
        return cli_set_usage_error (error,
                                    "%s “%s” is where standard output goes; choose another place for one of them",
                                    output->what, output->path);

      for (guint j = 0; j < i; j++)
        {
          const Place *other = &g_array_index (outputs->outputs, Place, j);

          if (is_same (output, other))
            return cli_set_usage_error (error,
                                        "%s and %s are the same file, “%s”; choose another place for one of them",
                                        other->what, output->what, output->path);
        }
    }

  return TRUE;
}

gboolean
cli_outputs_set_error (const char *path,
                       int         reason,
                       GError    **error)
{
  g_autofree char *name = mlp_display_filename (path);

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
               "“%s” cannot be written: %s; choose another place", name, g_strerror (reason));
  return FALSE;
}
