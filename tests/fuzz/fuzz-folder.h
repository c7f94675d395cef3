/* fuzz-folder.h: a scratch folder for what is opened by its path.
 *
 * In memory where the system has such a file system, so that no input costs a write to the
 * disk.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char *fuzz_folder;

/* Empties the folder, of the folders in it as well. */
static inline void
fuzz_folder_clear (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (unlink (path) != 0)
        {
          fuzz_folder_clear (path);
          rmdir (path);
        }
    }
}

static inline void
fuzz_folder_remove (void)
{
  fuzz_folder_clear (fuzz_folder);
  rmdir (fuzz_folder);
  g_clear_pointer (&fuzz_folder, g_free);
}

/* (transfer none): this process's own, empty */
static inline const char *
fuzz_folder_get (void)
{
  if (fuzz_folder == NULL)
    {
      const gboolean has_memory = g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR);

      fuzz_folder = g_strdup_printf ("%s/perzeptron-fuzz-XXXXXX", has_memory ? "/dev/shm" : g_get_tmp_dir ());
      g_assert_nonnull (g_mkdtemp (fuzz_folder));
      atexit (fuzz_folder_remove);
    }
  fuzz_folder_clear (fuzz_folder);

  return fuzz_folder;
}

/* (transfer full): the path of a file with these bytes */
static inline char *
fuzz_folder_write (const char   *folder,
                   const char   *name,
                   const guint8 *bytes,
                   gsize         n_bytes)
{
  char *path = g_build_filename (folder, name, NULL);
  FILE *file = fopen (path, "wb");

  if (file != NULL)
    {
      g_assert_cmpuint (fwrite (bytes, 1, n_bytes, file), ==, n_bytes);
      fclose (file);
    }

  return path;
}
