/* pz-catalog.c: what can be fetched, and where it is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "model/pz-download.h"

static const PzRemoteFile mnist_files[] = {
  { "train-images-idx3-ubyte.gz", 9912422, "f68b3c2dcbeaaa9fbdd348bbdeb94873" },
  { "train-labels-idx1-ubyte.gz", 28881, "d53e105ee54ea40749a09fcbcd1e9432" },
  { "t10k-images-idx3-ubyte.gz", 1648877, "9fb629c4189551a2d022fa330f9573f3" },
  { "t10k-labels-idx1-ubyte.gz", 4542, "ec29112dd5afa0611ce80d1b7f02629c" },
};

static const char *const mnist_mirrors[] = {
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  "http://yann.lecun.com/exdb/mnist/",
  NULL
};

static const PzRemoteFile fashion_mnist_files[] = {
  { "train-images-idx3-ubyte.gz", 26421880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d" },
  { "train-labels-idx1-ubyte.gz", 29515, "25c81989df183df01b3e8a0aad5dffbe" },
  { "t10k-images-idx3-ubyte.gz", 4422102, "bef4ecab320f06d8554ea6380940ec79" },
  { "t10k-labels-idx1-ubyte.gz", 5148, "bb300cfdad3c16e7a12a480ee83cd310" },
};

static const char *const fashion_mnist_mirrors[] = {
  "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
  "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
  NULL
};

static const PzRemoteFile qm9_files[] = {
  { "dsgdb9nsd.xyz.tar.bz2", 86015113,
    "e234f8fe7a6570f5ffea258e0fa9cd638c070fdeb734c5f420c9569d728472f9", "3195389" },
  { "uncharacterized.txt", 486752,
    "3aa5115d540b356de94791d4a74c3bf1ed91c469ecf52a4f5d7cc0506fe02e24", "3195404" },
  { "atomref.txt", 964,
    "af739d4a0fbe894a56f346ad6045ee1b74c58f8a8c9ef3fbfed920c9ad8b00f9", "3195395" },
};

/* One place, two names. */
static const char *const qm9_mirrors[] = {
  "https://ndownloader.figshare.com/files/",
  "https://figshare.com/ndownloader/files/",
  NULL
};

static const PzCatalogEntry entries[] = {
  {
    .id = "mnist",
    .title = N_("MNIST"),
    .licence = N_("Handwritten digits by Y. LeCun, C. Cortes and C. Burges, made from NIST’s collections; CC BY-SA 3.0"),
    .mirrors = mnist_mirrors,
    .files = mnist_files,
    .n_files = G_N_ELEMENTS (mnist_files),
  },
  {
    .id = "fashion-mnist",
    .title = N_("Fashion-MNIST"),
    .licence = N_("Pictures of clothes by H. Xiao, K. Rasul and R. Vollgraf, Zalando Research; MIT licence"),
    .mirrors = fashion_mnist_mirrors,
    .files = fashion_mnist_files,
    .n_files = G_N_ELEMENTS (fashion_mnist_files),
  },
  {
    .id = "qm9",
    .title = N_("QM9"),
    .licence = N_("134,000 molecules by R. Ramakrishnan, P. O. Dral, M. Rupp and O. A. von Lilienfeld, Sci. Data 1, 140022 (2014); free of rights (CC0)"),
    .mirrors = qm9_mirrors,
    .files = qm9_files,
    .n_files = G_N_ELEMENTS (qm9_files),
  },
};

const PzCatalogEntry *
pz_catalog_get_entries (gsize *n_entries)
{
  if (n_entries != NULL)
    *n_entries = G_N_ELEMENTS (entries);

  return entries;
}

guint64
pz_catalog_entry_get_size (const PzCatalogEntry *entry)
{
  guint64 size = 0;

  g_return_val_if_fail (entry != NULL, 0);

  for (gsize i = 0; i < entry->n_files; i++)
    size += entry->files[i].size;

  return size;
}

char *
pz_catalog_entry_get_folder (const PzCatalogEntry *entry)
{
  g_return_val_if_fail (entry != NULL, NULL);

  return g_build_filename (g_get_user_data_dir (), "perzeptron", entry->id, NULL);
}

gboolean
pz_catalog_entry_is_here (const PzCatalogEntry *entry)
{
  g_autofree char *folder = NULL;

  g_return_val_if_fail (entry != NULL, FALSE);

  folder = pz_catalog_entry_get_folder (entry);
  for (gsize i = 0; i < entry->n_files; i++)
    {
      g_autofree char *path = g_build_filename (folder, entry->files[i].name, NULL);
      GStatBuf info;

      if (g_stat (path, &info) != 0 || (guint64) info.st_size != entry->files[i].size)
        return FALSE;
    }

  return TRUE;
}
