/* ds-mnist-files.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/mnist/ds-idx.h"
#include "datasets/mnist/ds-mnist-files-private.h"
#include "io/io-sniff.h"

/* A folder with more files than that is not looked through by content. */
#define MAX_FILES 1000

/* An IDX file that was recognised by its content. */
typedef struct
{
  char       *path;
  DsIdxHeader header;
} Found;

void
ds_mnist_files_free (DsMnistFiles *files)
{
  if (files == NULL)
    return;

  for (gsize p = 0; p < 2; p++)
    for (gsize k = 0; k < 2; k++)
      g_free (files->paths[p][k]);
  g_free (files->folder);
  g_free (files->prefix);
  g_free (files);
}

static DsMnistFiles *
files_new (const char *folder,
           const char *prefix)
{
  DsMnistFiles *files = g_new0 (DsMnistFiles, 1);

  files->folder = g_strdup (folder);
  files->prefix = g_strdup (prefix);

  return files;
}

/* "emnist-digits-t10k-images.idx3-ubyte.gz": prefix, part and kind. The part is
 * also called "test" at times. */
static gboolean
parse_name (const char *name,
            char      **prefix,
            gsize      *part,
            gsize      *kind)
{
  static GRegex *regex = NULL;
  g_autoptr(GMatchInfo) match = NULL;
  g_autofree char *part_name = NULL;
  g_autofree char *kind_name = NULL;

  if (g_once_init_enter (&regex))
    g_once_init_leave (&regex, g_regex_new ("^(.*?)(train|t10k|test)[-_.](images|labels)[-_.]idx[13][-_.]ubyte(\\.(gz|bz2|xz))?$",
                                            G_REGEX_CASELESS | G_REGEX_RAW, 0, NULL));

  if (!g_regex_match (regex, name, 0, &match))
    return FALSE;

  *prefix = g_match_info_fetch (match, 1);
  part_name = g_match_info_fetch (match, 2);
  kind_name = g_match_info_fetch (match, 3);
  *part = g_ascii_strcasecmp (part_name, "train") == 0 ? DS_MNIST_TRAIN : DS_MNIST_TEST;
  *kind = g_ascii_strcasecmp (kind_name, "images") == 0 ? DS_MNIST_IMAGES : DS_MNIST_LABELS;

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* (transfer full): the names in a folder, sorted, so that of several files for
 * one purpose "…-idx3-ubyte" comes before "….gz" and ".idx3-ubyte". */
static GPtrArray *
list_folder (const char *folder,
             GError    **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) local_error = NULL;
  g_autoptr(GDir) dir = g_dir_open (folder, 0, &local_error);
  const char *name;

  if (dir == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
                   _("The folder “%s” could not be read: %s"), folder, local_error->message);
      return NULL;
    }

  while ((name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);

  return g_steal_pointer (&names);
}

/* (transfer full) (nullable): the path of a file that is called @name, or that lies in a folder
 * called like it, as some archives are unpacked: "train-images-idx3-ubyte/train-images.idx3-ubyte" */
static char *
resolve_name (const char *folder,
              const char *name,
              gsize       part,
              gsize       kind)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GPtrArray) names = NULL;

  if (!g_file_test (path, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&path);

  names = list_folder (path, NULL);
  for (guint i = 0; names != NULL && i < names->len; i++)
    {
      const char *inner = g_ptr_array_index (names, i);
      g_autofree char *inner_path = g_build_filename (path, inner, NULL);
      g_autofree char *prefix = NULL;
      gsize inner_part, inner_kind;

      if (parse_name (inner, &prefix, &inner_part, &inner_kind) && inner_part == part && inner_kind == kind &&
          !g_file_test (inner_path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&inner_path);
    }

  return NULL;
}

static DsMnistFiles *
find_by_prefix (GPtrArray  *sets,
                const char *prefix)
{
  for (gsize i = 0; i < sets->len; i++)
    {
      DsMnistFiles *files = g_ptr_array_index (sets, i);

      if (strcmp (files->prefix, prefix) == 0)
        return files;
    }

  return NULL;
}

/* (transfer full): the sets among the names of a folder. */
static GPtrArray *
group_by_name (const char *folder,
               GPtrArray  *names)
{
  GPtrArray *sets = g_ptr_array_new_with_free_func ((GDestroyNotify) ds_mnist_files_free);

  for (gsize i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *prefix = NULL;
      g_autofree char *path = NULL;
      DsMnistFiles *files;
      gsize part, kind;

      if (!parse_name (name, &prefix, &part, &kind))
        continue;
      path = resolve_name (folder, name, part, kind);
      if (path == NULL)
        continue;

      files = find_by_prefix (sets, prefix);
      if (files == NULL)
        {
          files = files_new (folder, prefix);
          g_ptr_array_add (sets, files);
        }
      if (files->paths[part][kind] == NULL)
        files->paths[part][kind] = g_steal_pointer (&path);
    }

  return sets;
}

static void
found_clear (gpointer data)
{
  Found *found = data;

  g_free (found->path);
}

/* (transfer full): the IDX files of a folder, whatever they are called. */
static GArray *
look_into_files (const char *folder,
                 GPtrArray  *names)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (Found));

  g_array_set_clear_func (all, found_clear);

  for (gsize i = 0; i < names->len && names->len <= MAX_FILES; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autoptr(IoStream) stream = NULL;
      DsIdxHeader header;
      guint8 magic[4];

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      stream = io_stream_open (path, NULL);
      if (stream == NULL || io_sniff (stream) != IO_KIND_IDX)
        continue;
      /* Of images or labels; what else IDX can hold is another's. */
      if (io_stream_peek (stream, magic, sizeof (magic)) < sizeof (magic) || (magic[3] != 1 && magic[3] != 3))
        continue;
      if (ds_idx_read_header (stream, magic[3], &header, NULL))
        {
          Found found = { g_steal_pointer (&path), header };

          g_array_append_val (all, found);
        }
    }

  return all;
}

/* Labels belong to the pictures of their number. The larger pair trains. */
static DsMnistFiles *
pair_by_count (const char *folder,
               GArray     *all)
{
  g_autoptr(DsMnistFiles) files = files_new (folder, "");
  const Found *images[2] = { NULL, NULL };

  for (gsize i = 0; i < all->len; i++)
    {
      const Found *found = &g_array_index (all, Found, i);

      if (found->header.rank != 3)
        continue;
      if (images[0] == NULL || found->header.n > images[0]->header.n)
        {
          images[1] = images[0];
          images[0] = found;
        }
      else if (images[1] == NULL)
        images[1] = found;
    }

  for (gsize p = 0; p < 2; p++)
    for (gsize i = 0; i < all->len && images[p] != NULL; i++)
      {
        const Found *found = &g_array_index (all, Found, i);

        if (found->header.rank == 1 && found->header.n == images[p]->header.n &&
            files->paths[p][DS_MNIST_LABELS] == NULL)
          {
            files->paths[p][DS_MNIST_IMAGES] = g_strdup (images[p]->path);
            files->paths[p][DS_MNIST_LABELS] = g_strdup (found->path);
          }
      }

  if (files->paths[0][0] == NULL && files->paths[1][0] == NULL)
    return NULL;

  return g_steal_pointer (&files);
}

static void
set_several (GPtrArray  *sets,
             const char *folder,
             GError    **error)
{
  g_autoptr(GString) list = g_string_new (NULL);

  for (gsize i = 0; i < sets->len; i++)
    {
      DsMnistFiles *files = g_ptr_array_index (sets, i);

      g_string_append_printf (list, "%s“%s…”", i > 0 ? ", " : "", files->prefix);
    }

  g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
               _("“%s” contains several data sets (%s); choose a file of one of them"), folder, list->str);
}

/* Where other programs put the files inside the folder that one chooses. */
static char *
find_inner_folder (const char *folder)
{
  static const char *const inner[] = { "raw", "gzip", "MNIST/raw", "FashionMNIST/raw", "KMNIST/raw" };

  for (gsize i = 0; i < G_N_ELEMENTS (inner); i++)
    {
      g_autofree char *path = g_build_filename (folder, inner[i], NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        return g_steal_pointer (&path);
    }

  return NULL;
}

DsMnistFiles *
ds_mnist_files_find (const char *folder,
                     const char *prefix,
                     GError    **error)
{
  g_autoptr(GPtrArray) names = NULL;
  g_autoptr(GPtrArray) sets = NULL;
  g_autoptr(GArray) found = NULL;
  g_autofree char *inner = NULL;
  DsMnistFiles *files;

  g_return_val_if_fail (folder != NULL, NULL);

  names = list_folder (folder, error);
  if (names == NULL)
    return NULL;

  sets = group_by_name (folder, names);
  files = find_by_prefix (sets, prefix != NULL ? prefix : "");
  if (files == NULL && prefix == NULL && sets->len == 1)
    files = g_ptr_array_index (sets, 0);
  if (files != NULL)
    {
      g_ptr_array_set_free_func (sets, NULL);
      for (gsize i = 0; i < sets->len; i++)
        if (g_ptr_array_index (sets, i) != files)
          ds_mnist_files_free (g_ptr_array_index (sets, i));
      return files;
    }

  if (sets->len > 1)
    {
      set_several (sets, folder, error);
      return NULL;
    }

  found = look_into_files (folder, names);
  files = pair_by_count (folder, found);
  if (files != NULL)
    return files;

  inner = find_inner_folder (folder);
  if (inner != NULL)
    return ds_mnist_files_find (inner, prefix, error);

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
               _("No data set found in “%s”; expected the files “train-images-idx3-ubyte”, “train-labels-idx1-ubyte”, "
                 "“t10k-images-idx3-ubyte” and “t10k-labels-idx1-ubyte”, uncompressed or with “.gz”, “.bz2” or “.xz”, or “mnist.pkl.gz”"), folder);
  return NULL;
}

char *
ds_mnist_files_find_pickle (const char *folder)
{
  g_autoptr(GPtrArray) names = list_folder (folder, NULL);
  g_autofree char *only = NULL;

  for (gsize i = 0; names != NULL && i < names->len && names->len <= MAX_FILES; i++)
    {
      g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
      g_autoptr(IoStream) stream = NULL;

      if (!g_file_test (path, G_FILE_TEST_IS_REGULAR))
        continue;
      stream = io_stream_open (path, NULL);
      if (stream == NULL || io_sniff (stream) != IO_KIND_PICKLE)
        continue;
      if (only != NULL)
        return NULL;
      only = g_steal_pointer (&path);
    }

  return g_steal_pointer (&only);
}

/* The first file of the other kind with as many items. */
static char *
find_partner (const char *folder,
              const char *path)
{
  g_autoptr(GPtrArray) names = list_folder (folder, NULL);
  g_autoptr(GArray) all = NULL;
  const Found *self = NULL;

  if (names == NULL)
    return NULL;

  all = look_into_files (folder, names);
  for (gsize i = 0; i < all->len && self == NULL; i++)
    if (strcmp (g_array_index (all, Found, i).path, path) == 0)
      self = &g_array_index (all, Found, i);

  for (gsize i = 0; i < all->len && self != NULL; i++)
    {
      const Found *found = &g_array_index (all, Found, i);

      if (found->header.rank != self->header.rank && found->header.n == self->header.n)
        return g_strdup (found->path);
    }

  return NULL;
}

/* From "…/train-images-idx3-ubyte/", which holds only the file of that name, to "…/".
 * @folder: (inout) */
static void
leave_own_folder (char **folder,
                  gsize  part,
                  gsize  kind)
{
  g_autofree char *name = g_path_get_basename (*folder);
  g_autofree char *prefix = NULL;
  gsize own_part, own_kind;

  if (parse_name (name, &prefix, &own_part, &own_kind) && own_part == part && own_kind == kind)
    {
      char *outer = g_path_get_dirname (*folder);

      g_free (*folder);
      *folder = outer;
    }
}

DsMnistFiles *
ds_mnist_files_find_partners (const char *path,
                              GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *prefix = NULL;
  g_autoptr(IoStream) stream = NULL;
  g_autoptr(DsMnistFiles) files = NULL;
  guint8 magic[4] = { 0 };
  gsize part, kind;

  if (parse_name (name, &prefix, &part, &kind))
    {
      leave_own_folder (&folder, part, kind);
      files = ds_mnist_files_find (folder, prefix, error);
      if (files == NULL)
        return NULL;
    }
  else
    {
      stream = io_stream_open (path, error);
      if (stream == NULL)
        return NULL;
      if (io_stream_peek (stream, magic, sizeof (magic)) < sizeof (magic) || (magic[3] != 1 && magic[3] != 3))
        {
          io_sniff_refuse (stream, IO_KIND_IDX, _("images in IDX format (first bytes 00 00 08 03)"), error);
          return NULL;
        }

      files = files_new (folder, "");
      part = DS_MNIST_TRAIN;
      kind = magic[3] == 1 ? DS_MNIST_LABELS : DS_MNIST_IMAGES;
      files->paths[part][!kind] = find_partner (folder, path);
    }

  /* The very file that was chosen, of those that would do. */
  g_free (files->paths[part][kind]);
  files->paths[part][kind] = g_strdup (path);

  return g_steal_pointer (&files);
}
