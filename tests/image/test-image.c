/* test-image.c: pictures in each form they come in, and damaged ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <string.h>

#include "core/mlp-error.h"
#include "image/image-pixels.h"
#include "test-util.h"

#define WIDTH 40
#define HEIGHT 24

/* Dark left, light right; red below. */
static guint32
get_color (gsize x,
           gsize y)
{
  return y >= HEIGHT / 2 ? 0xc02010 : x < WIDTH / 2 ? 0x202020 : 0xe0e0e0;
}

/* (transfer full): the picture as a file of that type */
static char *
make_file (const char *type,
           gboolean    alpha,
           gsize      *n_bytes)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, alpha, 8, WIDTH, HEIGHT);
  g_autoptr(GError) error = NULL;
  char *bytes;

  for (gsize y = 0; y < HEIGHT; y++)
    for (gsize x = 0; x < WIDTH; x++)
      {
        guint8 *pixel = gdk_pixbuf_get_pixels (pixbuf) + y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + x * (alpha ? 4 : 3);
        guint32 color = get_color (x, y);

        pixel[0] = (guint8) (color >> 16);
        pixel[1] = (guint8) (color >> 8);
        pixel[2] = (guint8) color;
        if (alpha)
          pixel[3] = x == 0 ? 0 : 255;
      }

  gdk_pixbuf_save_to_buffer (pixbuf, &bytes, n_bytes, type, &error, NULL);
  g_assert_no_error (error);

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

static void
assert_near (guint32 pixel,
             guint32 expected,
             int     tolerance)
{
  for (int shift = 0; shift < 24; shift += 8)
    g_assert_cmpint (ABS ((int) (pixel >> shift & 0xff) - (int) (expected >> shift & 0xff)), <=, tolerance);
}

static void
check_pixels (const ImagePixels *pixels,
              int                tolerance)
{
  g_assert_cmpuint (pixels->width, ==, WIDTH);
  g_assert_cmpuint (pixels->height, ==, HEIGHT);
  g_assert_cmpuint (pixels->step, ==, 1);
  for (gsize y = 2; y < HEIGHT; y += 5)
    for (gsize x = 4; x < WIDTH; x += 7)
      assert_near (pixels->rgb[y * WIDTH + x], get_color (x, y), tolerance);
}

static void
test_png (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ImagePixels) pixels = NULL;
  g_autofree char *bytes = NULL;
  g_autofree guint8 *grey = NULL;
  gsize n_bytes;

  bytes = make_file ("png", TRUE, &n_bytes);
  pixels = read_bytes (bytes, n_bytes, &error);
  g_assert_no_error (error);
  check_pixels (pixels, 0);

  /* What is clear is white paper. */
  g_assert_cmphex (pixels->rgb[0], ==, 0xffffff);

  /* 0.299 R + 0.587 G + 0.114 B */
  grey = image_pixels_to_grey (pixels);
  g_assert_cmpuint (grey[WIDTH - 1], ==, 0xe0);
  assert_close (grey[WIDTH * HEIGHT - 1], 0.299 * 0xc0 + 0.587 * 0x20 + 0.114 * 0x10, 0.02);
}

static void
test_jpeg (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ImagePixels) pixels = NULL;
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  bytes = make_file ("jpeg", FALSE, &n_bytes);
  pixels = read_bytes (bytes, n_bytes, &error);
  g_assert_no_error (error);
  check_pixels (pixels, 60);
}

/* A camera that was held upright: EXIF says so, and the picture is turned. */
static void
test_turned (void)
{
  static const char exif[] = "\xff\xe1\x00\x22" "Exif\0\0" "II*\0\x08\0\0\0" "\x01\0"
                             "\x12\x01\x03\0\x01\0\0\0\x06\0\0\0" "\0\0\0\0";
  g_autoptr(GError) error = NULL;
  g_autoptr(ImagePixels) pixels = NULL;
  g_autofree char *bytes = NULL;
  g_autoptr(GByteArray) turned = g_byte_array_new ();
  gsize n_bytes;

  bytes = make_file ("jpeg", FALSE, &n_bytes);
  g_byte_array_append (turned, (guint8 *) bytes, 2);
  g_byte_array_append (turned, (const guint8 *) exif, 0x22 + 2);
  g_byte_array_append (turned, (guint8 *) bytes + 2, (guint) n_bytes - 2);

  pixels = read_bytes ((char *) turned->data, turned->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, HEIGHT);
  g_assert_cmpuint (pixels->height, ==, WIDTH);

  /* A quarter clockwise: what was below is at the left. */
  assert_near (pixels->rgb[WIDTH / 2 * HEIGHT + 3], 0xc02010, 60);
  assert_near (pixels->rgb[3 * HEIGHT + HEIGHT - 3], 0x202020, 60);
}

/* A drawing has no size of its own: it is made large. */
static void
test_svg (void)
{
  static const char svg[] =
    "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'>"
    "<rect x='5' y='0' width='5' height='10' fill='#203040'/></svg>";
  g_autoptr(GError) error = NULL;
  g_autoptr(ImagePixels) pixels = read_bytes (svg, strlen (svg), &error);

  if (g_error_matches (error, MLP_ERROR, MLP_ERROR_FORMAT))
    {
      g_test_skip ("GdkPixbuf has no loader for SVG here");
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (pixels->width, ==, 1200);
  g_assert_cmpuint (pixels->height, ==, 600);
  g_assert_cmphex (pixels->rgb[300 * 1200 + 100], ==, 0xffffff);
  g_assert_cmphex (pixels->rgb[300 * 1200 + 450], ==, 0x203040);
}

/* Made smaller by whole steps; a pixel is the mean. */
static void
test_large (void)
{
  const gsize width = 2 * IMAGE_MAX_SIDE + 1, height = 4;
  g_autofree guint32 *argb = g_new (guint32, width * height);
  g_autoptr(GError) error = NULL;
  g_autoptr(ImagePixels) pixels = NULL;

  for (gsize i = 0; i < width * height; i++)
    argb[i] = i % width % 3 == 0 ? 0xff000000 : 0xffffffff;
  pixels = image_pixels_new_argb (argb, width, height, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pixels->step, ==, 3);
  g_assert_cmpuint (pixels->width, ==, (width + 2) / 3);
  g_assert_cmpuint (pixels->height, ==, 2);
  assert_near (pixels->rgb[5], 0xaaaaaa, 1);

  /* The last column is of one pixel, and the last row, too. */
  g_assert_cmphex (pixels->rgb[2 * pixels->width - 1], ==, 0);
}

static void
assert_fails (const char *bytes,
              gsize       n_bytes,
              int         code,
              const char *words)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(ImagePixels) pixels = read_bytes (bytes, n_bytes, &error);

  g_assert_null (pixels);
  g_assert_error (error, MLP_ERROR, code);
  g_assert_nonnull (strstr (error->message, words));
}

static void
test_bad (void)
{
  /* A header whose check sum is right, and nothing behind it. */
  static const char huge[] =
    "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x0f\x00\x00\x00\x0f\x00\x00\x08\x02\x00\x00\x00\x1f\x5d\x66\x98" "\x00\x00\x00\x01IDAT";
  g_autoptr(GError) error = NULL;
  g_autoptr(GFile) missing = g_file_new_for_path ("/no/such/sheet.png");
  g_autofree char *png = NULL;
  gsize n_bytes;

  assert_fails ("", 0, MLP_ERROR_FORMAT, "“sheet”");
  assert_fails ("This is no picture at all\n", 26, MLP_ERROR_FORMAT, "“sheet” is not a picture");
  assert_fails (huge, sizeof huge - 1, MLP_ERROR_TOO_LARGE, "“sheet” has 983040 × 983040 pixels");

  png = make_file ("png", FALSE, &n_bytes);
  assert_fails (png, 40, MLP_ERROR_FORMAT, "“sheet” is a damaged picture");

  g_assert_null (image_read_file (missing, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "“sheet.png”"));
}

/* Whatever is cut off or turned over, there is a picture or a sentence. */
static void
test_damage (void)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  bytes = make_file ("png", FALSE, &n_bytes);
  for (gsize n = 0; n < n_bytes; n++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(ImagePixels) pixels = read_bytes (bytes, n, &error);

      g_assert_true ((pixels == NULL) == (error != NULL));
    }
  for (gsize bit = 0; bit < 8 * n_bytes; bit += 7)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(ImagePixels) pixels = NULL;

      bytes[bit / 8] ^= (char) (1 << bit % 8);
      pixels = read_bytes (bytes, n_bytes, &error);
      g_assert_true ((pixels == NULL) == (error != NULL));
      bytes[bit / 8] ^= (char) (1 << bit % 8);
    }
}

static void
test_cancelled (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GInputStream) stream = NULL;
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  bytes = make_file ("png", FALSE, &n_bytes);
  stream = g_memory_input_stream_new_from_data (bytes, (gssize) n_bytes, NULL);
  g_cancellable_cancel (cancellable);
  g_assert_null (image_read (stream, "sheet", cancellable, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image/png", test_png);
  g_test_add_func ("/image/jpeg", test_jpeg);
  g_test_add_func ("/image/turned", test_turned);
  g_test_add_func ("/image/svg", test_svg);
  g_test_add_func ("/image/large", test_large);
  g_test_add_func ("/image/bad", test_bad);
  g_test_add_func ("/image/damage", test_damage);
  g_test_add_func ("/image/cancelled", test_cancelled);

  return g_test_run ();
}
