/* ds-open.c: a data set from its source.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-builtin.h"
#include "datasets/ds-molecule-set.h"
#include "datasets/ds-open.h"
#include "datasets/mnist/ds-mnist-files-private.h"
#include "datasets/mnist/ds-mnist-private.h"
#include "io/io-sniff.h"
#include "molecules/mol-source.h"

static DsSet *
open_file (const char    *path,
           IoProgressFunc progress,
           gpointer       user_data,
           GError       **error)
{
  g_autoptr(IoStream) stream = io_stream_open (path, error);
  IoKind kind;

  if (stream == NULL)
    return NULL;

  kind = io_sniff (stream);
  if (kind == IO_KIND_IDX)
    return ds_mnist_open_file (path, progress, user_data, error);
  if (kind == IO_KIND_PICKLE)
    return ds_mnist_open_pickle (path, progress, user_data, error);

  io_sniff_refuse (stream, kind, _("MNIST-style IDX files or “mnist.pkl.gz”"), error);

  return NULL;
}

/* A folder may hold both; then it is one of pictures. */
static gboolean
holds_molecules (const char *path)
{
  g_autoptr(DsMnistFiles) files = NULL;

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    files = ds_mnist_files_find (path, NULL, NULL);

  return files == NULL && mol_source_recognise (path);
}

gboolean
ds_open_is_molecules (const char *source)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (source != NULL, FALSE);

  if (g_str_has_prefix (source, "builtin:"))
    return strcmp (source, "builtin:molecules") == 0;

  path = g_canonicalize_filename (source, NULL);

  return holds_molecules (path);
}

DsSet *
ds_open_full (const char    *source,
              const DsTask  *task,
              const char    *cache_folder,
              IoProgressFunc progress,
              gpointer       user_data,
              GError       **error)
{
  g_auto(DsTask) default_task = { NULL };
  g_autofree char *path = NULL;

  g_return_val_if_fail (source != NULL, NULL);

  if (strcmp (source, "builtin:digits") == 0)
    return ds_builtin_open_digits (error);

  if (task == NULL)
    {
      ds_task_init (&default_task);
      task = &default_task;
    }

  if (strcmp (source, "builtin:molecules") == 0)
    return ds_molecule_set_open (source, task, cache_folder, progress, user_data, error);

  if (g_str_has_prefix (source, "builtin:"))
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("Unknown built-in data set “%s”; expected “builtin:digits” or “builtin:molecules”"), source);
      return NULL;
    }

  path = g_canonicalize_filename (source, NULL);
  if (holds_molecules (path))
    return ds_molecule_set_open (path, task, cache_folder, progress, user_data, error);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    return ds_mnist_open_folder (path, progress, user_data, error);

  return open_file (path, progress, user_data, error);
}

DsSet *
ds_open (const char    *source,
         IoProgressFunc progress,
         gpointer       user_data,
         GError       **error)
{
  return ds_open_full (source, NULL, NULL, progress, user_data, error);
}
