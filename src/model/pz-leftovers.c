/* pz-leftovers.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "io/io-part.h"
#include "model/pz-catalog.h"
#include "model/pz-leftovers.h"
#include "model/pz-task.h"

/* In s: until a part of a download is given up. */
#define PART_AGE (30 * 24 * 60 * 60)

static void
clear_download (const char            *folder,
                const DsPublishedFile *file)
{
  g_autofree char *name = g_strconcat (file->name, ".part", NULL);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = g_open (path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0);
  struct stat info;

  if (fd < 0)
    return;

  if (fstat (fd, &info) == 0 && info.st_mtime + PART_AGE < time (NULL) && flock (fd, LOCK_EX | LOCK_NB) == 0)
    g_unlink (path);
  close (fd);
}

/* Worker thread. */
static void
clear_worker (GTask        *worker,
              gpointer      source_object,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_autofree char *root = pz_catalog_get_root ();
  g_autofree char *rescued = g_build_filename (root, "rescued", NULL);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "perzeptron", NULL);
  gsize n_entries;
  const PzCatalogEntry *entries = pz_catalog_get_entries (&n_entries);

  io_part_clear_stale (rescued);
  io_part_clear_stale (cache);
  io_part_clear_stale (g_get_tmp_dir ());

  for (gsize i = 0; i < n_entries; i++)
    {
      g_autofree char *folder = pz_catalog_entry_get_folder (&entries[i]);

      for (gsize k = 0; k < entries[i].n_files; k++)
        clear_download (folder, &entries[i].files[k]);
    }

  pz_task_return_pointer (worker, NULL, NULL);
}

void
pz_leftovers_clear (void)
{
  pz_task_run (g_task_new (NULL, NULL, NULL, NULL), clear_worker, NULL, NULL, NULL, NULL);
}
