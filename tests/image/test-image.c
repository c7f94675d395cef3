/* test-image.c: pictures in each form they come in, and damaged ones.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "image/image-pixels-private.h"
#include "image/image-private.h"
#include "image/image-read.h"
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

/* Ink on nothing: dark ink on white paper, light ink on black; paper that is clear at its edges stays
 * paper. Premultiplied, as Cairo has it. */
typedef struct
{
  guint32 ink;
  guint   n_ink;          /* columns of ten */
  guint32 expected_clear;
} Clear;

static void
draw_clear (guint32 *row,
            gsize    y,
            gpointer user_data)
{
  const Clear *clear = user_data;

  for (gsize x = 0; x < 10; x++)
    row[x] = x < clear->n_ink ? clear->ink : 0;
}

static void
test_clear (void)
{
  static Clear cases[] = {
    { 0xff000000, 2, 0xffffff },
    { 0xffffffff, 2, 0x000000 },
    { 0xffe0e010, 2, 0x000000 },
    { 0x80808080, 2, 0x000000 },
    { 0x80000000, 2, 0xffffff },
    { 0xff404040, 2, 0xffffff },
    { 0xffffffff, 8, 0xffffff },
    { 0xff000000, 8, 0xffffff },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(ImagePixels) pixels = image_pixels_new_rows (10, 10, draw_clear, &cases[i]);

      g_assert_cmphex (pixels->rgb[9], ==, cases[i].expected_clear);
      /* The ink is seen; white paper is as white as what is around it. */
      g_assert_true ((pixels->rgb[0] != pixels->rgb[9]) == (cases[i].n_ink == 2 || cases[i].ink == 0xff000000));
    }
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

#define LARGE (2 * IMAGE_MAX_SIDE + 1)

static void
draw_stripes (guint32 *row,
              gsize    y,
              gpointer user_data)
{
  for (gsize x = 0; x < LARGE; x++)
    row[x] = x % 3 == 0 ? 0xff000000 : 0xffffffff;
}

/* Made smaller by whole steps; a pixel is the mean. */
static void
test_large (void)
{
  const gsize width = LARGE;
  g_autoptr(ImagePixels) pixels = image_pixels_new_rows (width, 4, draw_stripes, NULL);

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
  assert_fails ("This is no picture at all\n", 26, MLP_ERROR_FORMAT, "“sheet” is not a supported image");
  assert_fails (huge, sizeof huge - 1, MLP_ERROR_TOO_LARGE, "“sheet” has 983040 × 983040 pixels");

  png = make_file ("png", FALSE, &n_bytes);
  assert_fails (png, 40, MLP_ERROR_FORMAT, "“sheet” is a damaged image");

  g_assert_null (image_read_file (missing, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "“sheet.png”"));
}

/* Whatever is turned over, there is a picture or a sentence. */
static void
test_damage (void)
{
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  bytes = make_file ("png", FALSE, &n_bytes);
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

/* Each of the eight ways to hold a camera, as GdkPixbuf turns them. */
static void
test_orient (void)
{
  const gsize width = 5, height = 3;

  for (guint orientation = 0; orientation <= 9; orientation++)
    {
      g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, (int) width, (int) height);
      g_autoptr(GdkPixbuf) turned = NULL;
      g_autofree char *option = g_strdup_printf ("%u", orientation);
      g_autoptr(ImagePixels) pixels = g_new0 (ImagePixels, 1);

      pixels->width = width;
      pixels->height = height;
      pixels->step = 1;
      pixels->rgb = g_new (guint32, width * height);
      for (gsize y = 0; y < height; y++)
        for (gsize x = 0; x < width; x++)
          {
            guint8 *pixel = gdk_pixbuf_get_pixels (pixbuf) + y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + 3 * x;

            pixel[0] = (guint8) (y + 1);
            pixel[1] = (guint8) (x + 1);
            pixel[2] = 0;
            pixels->rgb[y * width + x] = (guint32) ((y + 1) << 16 | (x + 1) << 8);
          }

      gdk_pixbuf_set_option (pixbuf, "orientation", option);
      turned = gdk_pixbuf_apply_embedded_orientation (pixbuf);
      image_pixels_orient (pixels, orientation);

      g_assert_cmpuint (pixels->width, ==, (gsize) gdk_pixbuf_get_width (turned));
      g_assert_cmpuint (pixels->height, ==, (gsize) gdk_pixbuf_get_height (turned));
      for (gsize y = 0; y < pixels->height; y++)
        for (gsize x = 0; x < pixels->width; x++)
          {
            const guint8 *pixel = gdk_pixbuf_get_pixels (turned) + y * (gsize) gdk_pixbuf_get_rowstride (turned) + 3 * x;

            g_assert_cmphex (pixels->rgb[y * pixels->width + x], ==, (guint32) (pixel[0] << 16 | pixel[1] << 8));
          }
    }
}

/* A photograph of many pixels is decoded smaller, and still is the same picture. */
static void
test_large_jpeg (void)
{
  const int width = 9000, height = 5000;
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr(GError) error = NULL;
  g_autoptr(ImagePixels) pixels = NULL;
  g_autofree char *bytes = NULL;
  gsize n_bytes;

  /* Dark left of x = 3,000. */
  gdk_pixbuf_fill (pixbuf, 0xe0e0e0ff);
  for (int y = 0; y < height; y++)
    memset (gdk_pixbuf_get_pixels (pixbuf) + (gsize) y * (gsize) gdk_pixbuf_get_rowstride (pixbuf), 0x20, 3 * 3000);
  gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &n_bytes, "jpeg", &error, NULL);
  g_assert_no_error (error);

  pixels = read_bytes (bytes, n_bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (pixels->step, ==, 4);
  g_assert_cmpuint (pixels->width, ==, 2250);
  g_assert_cmpuint (pixels->height, ==, 1250);
  for (gsize x = 0; x < pixels->width; x += 10)
    if (x < 748 || x > 752)
      assert_near (pixels->rgb[625 * pixels->width + x], x < 750 ? 0x202020 : 0xe0e0e0, 8);
}

/* What is no PNG, JPEG or SVG is not decoded, though GdkPixbuf has a loader for it. */
static void
test_other_kinds (void)
{
  static const char *const types[] = { "bmp", "tiff", "ico" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 16, 16);
      g_autofree char *bytes = NULL;
      gsize n_bytes;

      gdk_pixbuf_fill (pixbuf, 0xffffffff);
      if (!gdk_pixbuf_save_to_buffer (pixbuf, &bytes, &n_bytes, types[i], NULL, NULL))
        continue;
      assert_fails (bytes, n_bytes, MLP_ERROR_FORMAT, "“sheet” is not a supported image; expected PNG, JPEG or SVG");
    }

  assert_fails ("P5 2 2 255\n\1\2\3\4", 15, MLP_ERROR_FORMAT, "“sheet” is not a supported image");
  assert_fails ("<html>no picture</html>", 23, MLP_ERROR_FORMAT, "“sheet” is not a supported image");
}

/* The child does not read more of them than it needs to refuse them: the next picture is not theirs. */
static void
test_after_refused (void)
{
  static const gsize sizes[] = { 5000, 20000, 70000, 1000000 };
  gsize n_png;
  g_autofree char *png = make_file ("png", FALSE, &n_png);

  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autofree char *text = g_strnfill (sizes[i], 'x');
      g_autoptr(GError) error = NULL;
      g_autoptr(ImagePixels) pixels = NULL;

      assert_fails (text, sizes[i], MLP_ERROR_FORMAT, "“sheet” is not a supported image");
      pixels = read_bytes (png, n_png, &error);
      g_assert_no_error (error);
      g_assert_nonnull (pixels);
    }
}

/* Each filter works on the whole picture, again and again: hours of work in some hundred bytes. */
static char *
make_endless_svg (void)
{
  GString *svg = g_string_new ("<svg xmlns='http://www.w3.org/2000/svg' width='1000' height='1000'><filter id='f'>");

  for (int i = 0; i < 400; i++)
    g_string_append (svg, "<feTurbulence baseFrequency='0.9' numOctaves='200'/>");
  g_string_append (svg, "</filter><rect width='1000' height='1000' filter='url(#f)'/></svg>");

  return g_string_free (svg, FALSE);
}

static gboolean
has_svg (void)
{
  static const char svg[] = "<svg xmlns='http://www.w3.org/2000/svg' width='20' height='10'/>";
  g_autoptr(ImagePixels) pixels = read_bytes (svg, strlen (svg), NULL);

  return pixels != NULL;
}

static void
test_endless (void)
{
  g_autofree char *svg = make_endless_svg ();

  if (!has_svg ())
    {
      g_test_skip ("GdkPixbuf has no loader for SVG here");
      return;
    }

  assert_fails (svg, strlen (svg), MLP_ERROR_TOO_LARGE, "“sheet” takes too long");

  /* The next one is decoded as if nothing had been. */
  g_assert_true (has_svg ());
}

static gpointer
cancel (gpointer data)
{
  g_cancellable_cancel (data);

  return NULL;
}

/* The process is not waited for: otherwise the error would be another. */
static void
test_cancelled_while_decoding (void)
{
  g_autofree char *svg = make_endless_svg ();
  g_autoptr(GInputStream) stream = g_memory_input_stream_new_from_data (svg, (gssize) strlen (svg), NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  GThread *thread;

  if (!has_svg ())
    {
      g_test_skip ("GdkPixbuf has no loader for SVG here");
      return;
    }

  thread = g_thread_new ("cancel", cancel, cancellable);
  g_assert_null (image_read (stream, "sheet", cancellable, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
  g_thread_join (thread);
  g_assert_true (has_svg ());
}

/* A drawing that has a picture inside, which takes 400 MB. */
static void
test_too_much_memory (void)
{
  static const guint8 header[] = "\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x27\x10\0\0\x27\x10\x08\x06\0\0\0";
  g_autoptr(GString) svg = g_string_new ("<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
                                         "width='100' height='100'>");
  g_autofree char *base64 = NULL;
  g_autoptr(GByteArray) png = g_byte_array_new ();
  static const guint8 crc_and_data[] = "\xbe\xe6\xd5\x5c\0\0\0\0IDAT";

  if (!has_svg ())
    {
      g_test_skip ("GdkPixbuf has no loader for SVG here");
      return;
    }

  g_byte_array_append (png, header, sizeof header - 1);
  g_byte_array_append (png, crc_and_data, sizeof crc_and_data - 1);
  base64 = g_base64_encode (png->data, png->len);
  g_string_append_printf (svg, "<image width='100' height='100' xlink:href='data:image/png;base64,%s'/>", base64);
  for (int i = 0; i < 60; i++)
    g_string_append (svg,
                     "<filter id='f'><feGaussianBlur stdDeviation='9'/></filter><g filter='url(#f)' opacity='0.9'>");
  g_string_append (svg, "<rect width='90' height='90'/>");
  for (int i = 0; i < 60; i++)
    g_string_append (svg, "</g>");
  g_string_append (svg, "</svg>");

  /* Whatever librsvg makes of it, this process is still there, and a picture or a sentence. */
  {
    g_autoptr(GError) error = NULL;
    g_autoptr(ImagePixels) pixels = read_bytes (svg->str, svg->len, &error);

    g_assert_true ((pixels == NULL) == (error != NULL));
  }
}

/* Pipes that nobody writes to, devices that never end, folders. */
static void
test_places (void)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-image-XXXXXX", NULL);
  g_autofree char *pipe_path = g_build_filename (folder, "pipe.png", NULL);
  g_autofree char *loop_path = g_build_filename (folder, "loop.png", NULL);
  const char *const paths[] = { pipe_path, loop_path, folder, "/dev/zero", "/dev/null", "/dev/tty" };

  g_assert_cmpint (mkfifo (pipe_path, 0600), ==, 0);
  g_assert_cmpint (symlink ("loop.png", loop_path), ==, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr(GFile) file = g_file_new_for_path (paths[i]);
      g_autoptr(GError) error = NULL;

      g_assert_null (image_read_file (file, NULL, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
    }

  g_unlink (pipe_path);
  g_unlink (loop_path);
  g_rmdir (folder);
}

/* "<(cat sheet.png)" in a shell */
static void
test_handed_over (void)
{
  g_autofree char *png = NULL;
  g_autofree char *path = NULL;
  g_autoptr(GFile) file = NULL;
  g_autoptr(ImagePixels) pixels = NULL;
  g_autoptr(GError) error = NULL;
  gsize n_bytes;
  int fds[2];

  png = make_file ("png", FALSE, &n_bytes);
  g_assert_cmpint (pipe (fds), ==, 0);
  g_assert_cmpint (write (fds[1], png, n_bytes), ==, (gssize) n_bytes);
  close (fds[1]);

  path = g_strdup_printf ("/dev/fd/%d", fds[0]);
  file = g_file_new_for_path (path);
  pixels = image_read_file (file, NULL, &error);
  g_assert_no_error (error);
  check_pixels (pixels, 0);
  close (fds[0]);
}

int
main (int   argc,
      char *argv[])
{
  image_read_init (argc, argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/image/png", test_png);
  g_test_add_func ("/image/clear", test_clear);
  g_test_add_func ("/image/jpeg", test_jpeg);
  g_test_add_func ("/image/turned", test_turned);
  g_test_add_func ("/image/svg", test_svg);
  g_test_add_func ("/image/large", test_large);
  g_test_add_func ("/image/bad", test_bad);
  g_test_add_func ("/image/damage", test_damage);
  g_test_add_func ("/image/cancelled", test_cancelled);
  g_test_add_func ("/image/orient", test_orient);
  g_test_add_func ("/image/large-jpeg", test_large_jpeg);
  g_test_add_func ("/image/other-kinds", test_other_kinds);
  g_test_add_func ("/image/after-refused", test_after_refused);
  g_test_add_func ("/image/endless", test_endless);
  g_test_add_func ("/image/cancelled-while-decoding", test_cancelled_while_decoding);
  g_test_add_func ("/image/too-much-memory", test_too_much_memory);
  g_test_add_func ("/image/places", test_places);
  g_test_add_func ("/image/handed-over", test_handed_over);

  return g_test_run ();
}
