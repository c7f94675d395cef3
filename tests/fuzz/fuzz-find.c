/* fuzz-find.c: folders of files of whatever names: which of them are a set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/ds-open.h"
#include "datasets/ds-set.h"
#include "datasets/mnist/ds-mnist-files-private.h"
#include "molecules/mol-source.h"
#include "fuzz-bytes.h"
#include "fuzz-folder.h"

#define MAX_FILES 8

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

/* What files begin with. */
static const struct { const char *bytes; gsize n; } heads[] = {
  { "", 0 },
  { "\0\0\10\3\0\0\0\1\0\0\0\1\0\0\0\1\7", 17 },
  { "\0\0\10\1\0\0\0\1\3", 9 },
  { "\200\2(lp0\n.", 8 },
  { "1\n\nC 0 0 0\n", 11 },
  { "\37\213\10\0\0\0\0\0", 8 },
  { "mol_id,smiles,gap\n", 18 },
};

static gboolean
is_name (const char *name)
{
  return name[0] != '\0' && strchr (name, '/') == NULL && strcmp (name, ".") != 0 && strcmp (name, "..") != 0;
}

static void
make_files (const char *folder,
            FuzzBytes  *input)
{
  for (guint i = 0; i < MAX_FILES && input->n > 0; i++)
    {
      const guint kind = fuzz_take_byte (input) % (G_N_ELEMENTS (heads) + 1);
      g_autofree char *name = fuzz_take_text (input);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!is_name (name))
        continue;
      if (kind == G_N_ELEMENTS (heads))
        g_mkdir (path, 0700);
      else
        g_free (fuzz_folder_write (folder, name, (const guint8 *) heads[kind].bytes, heads[kind].n));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  FuzzBytes input = { bytes, n_bytes };
  const char *folder = fuzz_folder_get ();
  g_autoptr(DsMnistFiles) files = NULL;
  g_autoptr(DsSet) set = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *pickle = NULL;
  g_auto(MolSource) place = { 0 };

  make_files (folder, &input);

  files = ds_mnist_files_find (folder, NULL, &error);
  g_assert_true ((files == NULL) == (error != NULL));
  for (guint p = 0; files != NULL && p < 2; p++)
    for (guint k = 0; k < 2; k++)
      if (files->paths[p][k] != NULL)
        ds_mnist_files_free (ds_mnist_files_find_partners (files->paths[p][k], NULL));
  pickle = ds_mnist_files_find_pickle (folder);

  g_clear_error (&error);
  g_assert_true (mol_source_find (folder, &place, &error) == (error == NULL));

  g_clear_error (&error);
  set = ds_open (folder, NULL, NULL, &error);
  g_assert_true ((set == NULL) == (error != NULL));

  return 0;
}
