/* fuzz-container.c: a file of the cache, damaged in whatever way.
 *
 * A good file is written and then changed where the input says, cut or lengthened. What is
 * loaded from it is what was stored, or nothing. As floats it is used only if its size is theirs.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "io/io-cache.h"
#include "fuzz-bytes.h"
#include "fuzz-folder.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

/* (transfer full) (nullable): the one file that ends like this */
static char *
find_file (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".cache"))
      return g_build_filename (folder, name, NULL);

  return NULL;
}

static void
damage (const char *path,
        FuzzBytes  *input)
{
  g_autofree char *content = NULL;
  guint n_changes = fuzz_take_byte (input) % 8;
  const gsize cut = fuzz_take_uint16 (input);
  gsize size;
  FILE *file;

  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  while (n_changes-- > 0)
    {
      const gsize where = fuzz_take_uint16 (input) % size;

      content[where] = (char) fuzz_take_byte (input);
    }
  file = fopen (path, "wb");
  g_assert_nonnull (file);
  fwrite (content, 1, cut < 32768 ? MIN (size, cut) : size, file);
  fwrite (input->at, 1, input->n, file);
  fclose (file);
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  FuzzBytes input = { bytes, n_bytes };
  g_autofree char *key = fuzz_take_text (&input);
  const guint n_payload = fuzz_take_byte (&input);
  const FuzzBytes payload = fuzz_take (&input, n_payload);
  const IoPiece part = { payload.at, payload.n };
  const char *folder = fuzz_folder_get ();
  g_autoptr(GBytes) loaded = NULL;
  g_autofree char *path = NULL;

  g_assert_true (io_cache_store (folder, "fuzz", key, &part, 1, NULL));
  path = find_file (folder);
  g_assert_nonnull (path);
  damage (path, &input);

  loaded = io_cache_load (folder, "fuzz", key);
  if (loaded != NULL)
    {
      gsize size;
      const void *data = g_bytes_get_data (loaded, &size);

      g_assert_cmpmem (data, size, payload.at, payload.n);
    }

  return 0;
}
