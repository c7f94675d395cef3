/* pz-catalog.c: what can be fetched, and where it is kept.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "datasets/ds-published.h"
#include "model/pz-catalog.h"

static const char *const mnist_mirrors[] = {
  "https://ossci-datasets.s3.amazonaws.com/mnist/",
  "https://storage.googleapis.com/cvdf-datasets/mnist/",
  NULL
};

static const char *const fashion_mnist_mirrors[] = {
  "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
  "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion/",
  NULL
};

/* One place, two names. */
static const char *const qm9_mirrors[] = {
  "https://ndownloader.figshare.com/files/",
  "https://figshare.com/ndownloader/files/",
  NULL
};

/* Over TLS only; the files and their checksums are those of ds-published.h. */
static PzCatalogEntry entries[] = {
  {
    .id = "mnist",
    .title = N_("MNIST"),
    .licence = N_("Handwritten digits by Y. LeCun, C. Cortes and C. Burges, derived from NIST’s collections; CC BY-SA 3.0"),
    .mirrors = mnist_mirrors,
  },
  {
    .id = "fashion-mnist",
    .title = N_("Fashion-MNIST"),
    .licence = N_("Images of clothing by H. Xiao, K. Rasul and R. Vollgraf, Zalando Research; MIT licence"),
    .mirrors = fashion_mnist_mirrors,
  },
  {
    .id = "qm9",
    .title = N_("QM9"),
    .licence = N_("134,000 molecules by R. Ramakrishnan, P. O. Dral, M. Rupp and O. A. von Lilienfeld, Sci. Data 1, "
                  "140022 (2014); public domain (CC0)"),
    .mirrors = qm9_mirrors,
  },
};

const PzCatalogEntry *
pz_catalog_get_entries (gsize *n_entries)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      for (gsize i = 0; i < G_N_ELEMENTS (entries); i++)
        entries[i].files = ds_published_get_files (entries[i].id, &entries[i].n_files);
      g_once_init_leave (&once, 1);
    }

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
pz_catalog_get_root (void)
{
  return g_build_filename (g_get_user_data_dir (), "perzeptron", NULL);
}

const PzCatalogEntry *
pz_catalog_find_source (const char *source)
{
  g_autofree char *root = pz_catalog_get_root ();
  const char *id = ds_published_find (root, source);
  gsize n_entries;
  const PzCatalogEntry *all = pz_catalog_get_entries (&n_entries);

  for (gsize i = 0; id != NULL && i < n_entries; i++)
    if (g_str_equal (all[i].id, id))
      return &all[i];

  return NULL;
}

char *
pz_catalog_entry_get_folder (const PzCatalogEntry *entry)
{
  g_autofree char *root = pz_catalog_get_root ();

  g_return_val_if_fail (entry != NULL, NULL);

  return g_build_filename (root, entry->id, NULL);
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
