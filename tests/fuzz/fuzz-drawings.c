/* fuzz-drawings.c: a folder of drawings of whatever bytes.
 *
 * Two files, and those of a save that was interrupted. What is loaded is sound, and the same
 * once saved and loaded again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/ds-drawings.h"
#include "fuzz-bytes.h"
#include "fuzz-folder.h"

static const char *const names[] = {
  "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "images.part", "labels.part", "labels.new",
};

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
check_saved (const DsDrawings *drawings,
             const char       *folder,
             guint64           state)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsDrawings) again = NULL;

  g_assert_true (ds_drawings_save (drawings, folder, &state, &error));
  again = ds_drawings_load (folder, &state, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ds_drawings_get_n (again), ==, ds_drawings_get_n (drawings));
  for (gsize i = 0; i < ds_drawings_get_n (drawings); i++)
    {
      g_assert_cmpuint (ds_drawings_get_label (again, i), ==, ds_drawings_get_label (drawings, i));
      g_assert_cmpmem (ds_drawings_peek_picture (again, i), INK_FRAME_SIZE,
                       ds_drawings_peek_picture (drawings, i), INK_FRAME_SIZE);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  FuzzBytes input = { bytes, n_bytes };
  const char *folder = fuzz_folder_get ();
  g_autoptr(DsDrawings) drawings = NULL;
  g_autoptr(GError) error = NULL;
  const guint which = fuzz_take_byte (&input);
  guint64 state;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((which >> i & 1) == 0)
      {
        const guint length = fuzz_take_uint16 (&input);
        const FuzzBytes content = fuzz_take (&input, length);

        g_free (fuzz_folder_write (folder, names[i], content.at, content.n));
      }

  drawings = ds_drawings_load (folder, &state, &error);
  g_assert_true ((drawings == NULL) == (error != NULL));
  if (drawings != NULL)
    check_saved (drawings, folder, state);

  return 0;
}
