/* ds-published.c: the files of published data sets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "datasets/ds-published.h"

/* Bytes of a file at a time. */
#define PIECE (256 * 1024)

static const DsPublishedFile mnist[] = {
  { "train-images-idx3-ubyte.gz", 9912422, "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609" },
  { "train-labels-idx1-ubyte.gz", 28881, "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c" },
  { "t10k-images-idx3-ubyte.gz", 1648877, "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6" },
  { "t10k-labels-idx1-ubyte.gz", 4542, "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6" },
};

static const DsPublishedFile fashion_mnist[] = {
  { "train-images-idx3-ubyte.gz", 26421880, "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84" },
  { "train-labels-idx1-ubyte.gz", 29515, "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845" },
  { "t10k-images-idx3-ubyte.gz", 4422102, "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073" },
  { "t10k-labels-idx1-ubyte.gz", 5148, "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5" },
};

static const DsPublishedFile qm9[] = {
  { "dsgdb9nsd.xyz.tar.bz2", 86015113,
    "e234f8fe7a6570f5ffea258e0fa9cd638c070fdeb734c5f420c9569d728472f9", "3195389" },
  { "uncharacterized.txt", 486752,
    "3aa5115d540b356de94791d4a74c3bf1ed91c469ecf52a4f5d7cc0506fe02e24", "3195404" },
  { "atomref.txt", 964,
    "af739d4a0fbe894a56f346ad6045ee1b74c58f8a8c9ef3fbfed920c9ad8b00f9", "3195395" },
};

static const struct
{
  const char            *id;
  const DsPublishedFile *files;
  gsize                  n_files;
} sets[] = {
  { "mnist", mnist, G_N_ELEMENTS (mnist) },
  { "fashion-mnist", fashion_mnist, G_N_ELEMENTS (fashion_mnist) },
  { "qm9", qm9, G_N_ELEMENTS (qm9) },
};

const DsPublishedFile *
ds_published_get_files (const char *id,
                        gsize      *n_files)
{
  g_return_val_if_fail (id != NULL && n_files != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (sets); i++)
    if (strcmp (sets[i].id, id) == 0)
      {
        *n_files = sets[i].n_files;
        return sets[i].files;
      }

  *n_files = 0;

  return NULL;
}

gboolean
ds_published_is_whole (const DsPublishedFile *file,
                       const char            *path)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *piece = NULL;
  guint64 size = 0;
  gssize n = -1;
  int fd;

  g_return_val_if_fail (file != NULL && path != NULL, FALSE);

  fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);
  if (fd < 0)
    return FALSE;

  /* One that is longer is not read to its end. */
  piece = g_malloc (PIECE);
  while (size <= file->size && ((n = read (fd, piece, PIECE)) > 0 || (n < 0 && errno == EINTR)))
    {
      g_checksum_update (checksum, piece, MAX (n, 0));
      size += (guint64) MAX (n, 0);
    }
  close (fd);

  return n == 0 && size == file->size && strcmp (g_checksum_get_string (checksum), file->sha256) == 0;
}

/* (transfer full) (nullable): without links and points */
static char *
make_real (const char *path)
{
  char *real = realpath (path, NULL);
  char *copy = g_strdup (real);

  free (real);

  return copy;
}

const char *
ds_published_find (const char *root,
                   const char *source)
{
  g_autofree char *real_source = NULL;

  g_return_val_if_fail (root != NULL && source != NULL, NULL);

  real_source = make_real (source);
  for (gsize i = 0; i < G_N_ELEMENTS (sets) && real_source != NULL; i++)
    {
      g_autofree char *folder = g_build_filename (root, sets[i].id, NULL);
      g_autofree char *real_folder = make_real (folder);
      const gsize length = real_folder != NULL ? strlen (real_folder) : 0;

      if (length > 0 && strncmp (real_source, real_folder, length) == 0 &&
          (real_source[length] == '\0' || real_source[length] == '/'))
        return sets[i].id;
    }

  return NULL;
}

gboolean
ds_published_check (const char *root,
                    const char *source,
                    GError    **error)
{
  const char *id = ds_published_find (root, source);
  const DsPublishedFile *files;
  gsize n_files;

  if (id == NULL)
    return TRUE;

  files = ds_published_get_files (id, &n_files);
  for (gsize i = 0; i < n_files; i++)
    {
      g_autofree char *path = g_build_filename (root, id, files[i].name, NULL);

      if (!g_file_test (path, G_FILE_TEST_EXISTS) || ds_published_is_whole (&files[i], path))
        continue;

      g_set_error (error, MLP_ERROR, MLP_ERROR_DAMAGED,
                   _("“%s” is damaged: its checksum differs from that of the published file"), path);
      return FALSE;
    }

  return TRUE;
}
