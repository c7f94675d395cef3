/* fuzz-archive.c: archives of whatever bytes, packed or not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "molecules/mol-reader-private.h"


int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IoArchive) archive = io_archive_new_memory ("fuzz", bytes, n_bytes, &error);
  g_auto(MolReader) reading = { 0 };
  gboolean good;

  g_assert_true ((archive == NULL) == (error != NULL));
  if (archive == NULL)
    return 0;

  mol_reader_init (&reading, NULL, NULL);
  good = mol_reader_read_archive (&reading, archive, &error);
  g_assert_true (good == (error == NULL));
  g_assert_true (good || g_utf8_validate (error->message, -1, NULL));

  return 0;
}
