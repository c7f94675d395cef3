/* test-cut-off.c: picture files that end too early, and such as go on behind their end.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "core/mlp-error.h"
#include "image/image-private.h"
#include "image/image-read.h"

#define SIDE 24

/* (transfer full): a picture as a file of that type */
static char *
make_file (const char *type,
           gsize      *n_bytes)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, SIDE, SIDE);
  const gsize stride = (gsize) gdk_pixbuf_get_rowstride (pixbuf);
  char *bytes;

  for (gsize y = 0; y < SIDE; y++)
    for (gsize x = 0; x < 3 * SIDE; x++)
      gdk_pixbuf_get_pixels (pixbuf)[y * stride + x] = (guint8) (x * y * 7);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &bytes, n_bytes, type, NULL, NULL));

  return bytes;
}

static ImagePixels *
read_bytes (const char *bytes,
            gsize       n_bytes,
            GError    **error)
{
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (bytes, (gssize) n_bytes, NULL);

  return image_read (stream, "sheet", NULL, error);
}

/* What is cut off is not taken for a picture whose rest is blank; what comes behind one does no harm. */
static void
test_cut_off (gconstpointer data)
{
  static const char behind[] = "\xff\xda\xff\xd8 something else\xff";
  g_autofree char *bytes = NULL;
  g_autofree char *longer = NULL;
  g_autoptr(ImagePixels) whole = NULL;
  g_autoptr(ImagePixels) with_more = NULL;
  gsize n_bytes, n_cut;

  bytes = make_file (data, &n_bytes);
  whole = read_bytes (bytes, n_bytes, NULL);
  g_assert_nonnull (whole);

  /* The last four bytes of a PNG are a check sum. */
  n_cut = n_bytes - (g_str_equal (data, "png") ? 4 : 0);
  for (gsize n = 0; n < n_cut; n += n + 60 < n_cut ? 3 : 1)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(ImagePixels) pixels = read_bytes (bytes, n, &error);

      g_assert_null (pixels);
      g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
    }

  longer = g_malloc (n_bytes + sizeof behind);
  memcpy (longer, bytes, n_bytes);
  memcpy (longer + n_bytes, behind, sizeof behind);
  with_more = read_bytes (longer, n_bytes + sizeof behind, NULL);
  g_assert_nonnull (with_more);
  g_assert_cmpmem (with_more->rgb, with_more->width * with_more->height * 4, whole->rgb,
                   whole->width * whole->height * 4);
}

int
main (int   argc,
      char *argv[])
{
  image_read_init (argc, argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/image/cut-off/png", "png", test_cut_off);
  g_test_add_data_func ("/image/cut-off/jpeg", "jpeg", test_cut_off);

  return g_test_run ();
}
