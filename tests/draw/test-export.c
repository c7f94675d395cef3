/* test-export.c: files that other programs can read, or a sentence that says why not.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "draw/draw-color.h"
#include "draw/draw-export.h"
#include "draw/draw-heatmap.h"
#include "draw/draw-scatter.h"
#include "test-util.h"

static const DrawColor RED = { 1, 0, 0, 1 };

static void
draw_half (const DrawCanvas *canvas,
           gpointer          user_data)
{
  cairo_t *cr = canvas->cr;
  int *n_calls = user_data;

  (*n_calls)++;
  draw_color_set_source (cr, RED);
  cairo_rectangle (cr, 0, 0, canvas->width / 2, canvas->height);
  cairo_fill (cr);
}

/* Returns: FALSE with @error set */
static gboolean
write_picture (const char      *path,
               const DrawTheme *theme,
               double           width,
               double           height,
               DrawFunc         draw,
               gpointer         user_data,
               GError         **error)
{
  g_autoptr(GBytes) bytes = draw_export (path, theme, width, height, draw, user_data, error);

  return bytes != NULL &&
         g_file_set_contents (path, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes), error);
}

static char *
export (const char *folder,
        const char *name,
        gsize      *length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  int n_calls = 0;
  DrawTheme theme;
  char *data;

  draw_theme_init_print (&theme);
  write_picture (path, &theme, 200, 100, draw_half, &n_calls, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_calls, ==, 1);

  g_file_get_contents (path, &data, length, &error);
  g_assert_no_error (error);
  g_unlink (path);

  return data;
}

static char *
make_folder (void)
{
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp ("perzeptron-export-XXXXXX", &error);

  g_assert_no_error (error);

  return folder;
}

/* PNG (third edition): signature, then IHDR with width and height */
static void
test_png (void)
{
  static const guint8 signature[] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "picture.PNG", NULL);
  g_autofree char *data = NULL;
  cairo_surface_t *surface;
  const guint32 *row;
  int n_calls = 0;
  gsize length;
  DrawTheme theme;

  data = export (folder, "picture.png", &length);
  g_assert_cmpmem (data, 8, signature, 8);
  g_assert_cmpmem (data + 12, 12, "IHDR\0\0\1\220\0\0\0\310", 12);      /* 400 × 200 */

  /* Read back: the left half is red, the right one paper. */
  draw_theme_init_print (&theme);
  g_assert_true (write_picture (path, &theme, 200, 100, draw_half, &n_calls, NULL));
  surface = cairo_image_surface_create_from_png (path);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  row = (const guint32 *) (gpointer) (cairo_image_surface_get_data (surface) + 100 * cairo_image_surface_get_stride (surface));
  g_assert_cmphex (row[15] & 0xffffff, ==, 0xffffff);      /* a margin of 10, at twice the size */
  g_assert_cmphex (row[25] & 0xffffff, ==, 0xff0000);
  g_assert_cmphex (row[199] & 0xffffff, ==, 0xff0000);
  g_assert_cmphex (row[201] & 0xffffff, ==, 0xffffff);
  cairo_surface_destroy (surface);

  g_unlink (path);
  g_rmdir (folder);
}

static void
on_start (GMarkupParseContext *context,
          const char          *element,
          const char         **names,
          const char         **values,
          gpointer             user_data,
          GError             **error)
{
  guint *n_elements = user_data;

  if ((*n_elements)++ > 0)
    return;

  g_assert_cmpstr (element, ==, "svg");
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (g_str_equal (names[i], "viewBox"))
        g_assert_cmpstr (values[i], ==, "0 0 150 75");      /* points */
    }
}

static void
test_svg (void)
{
  const GMarkupParser parser = { .start_element = on_start };
  g_autofree char *folder = make_folder ();
  g_autoptr(GMarkupParseContext) context = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  g_auto(GStrv) words = NULL;
  g_autofree char *dense = NULL;
  guint n_elements = 0;
  gsize length;

  data = export (folder, "picture.svg", &length);
  context = g_markup_parse_context_new (&parser, G_MARKUP_TREAT_CDATA_AS_TEXT, &n_elements, NULL);
  g_markup_parse_context_parse (context, data, (gssize) length, &error);
  g_assert_no_error (error);
  g_markup_parse_context_end_parse (context, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_elements, >=, 3);

  /* The red half: Cairo 1.16 writes "100%,0%,0%", 1.18 with spaces. */
  words = g_strsplit (data, " ", -1);
  dense = g_strjoinv (NULL, words);
  g_assert_nonnull (strstr (dense, "100%,0%,0%"));

  g_rmdir (folder);
}

static void
draw_cells (const DrawCanvas *canvas,
            gpointer          user_data)
{
  const float values[6] = { -1, 1, -1, 1, -1, 1 };

  draw_heatmap_cells (canvas, &(DrawArea) { 0, 0, canvas->width, canvas->height }, values, 2, 3, 1);
}

/* Viewers smooth what they enlarge: the image has to be large already. */
static void
test_svg_cells (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *path = g_build_filename (folder, "cells.svg", NULL);
  g_autoptr(GRegex) regex = NULL;
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *data = NULL;
  g_autofree char *width = NULL;
  DrawTheme theme;

  draw_theme_init_print (&theme);
  write_picture (path, &theme, 200, 100, draw_cells, NULL, &error);
  g_assert_no_error (error);
  g_file_get_contents (path, &data, NULL, &error);
  g_assert_no_error (error);

  regex = g_regex_new ("<image[^>]* width=\"(\\d+)\"", 0, 0, &error);
  g_assert_no_error (error);
  g_assert_true (g_regex_match (regex, data, 0, &match));
  width = g_match_info_fetch (match, 1);
  g_assert_cmpint (atoi (width), >=, 3 * 150);
  g_assert_cmpint (atoi (width) % 3, ==, 0);

  g_unlink (path);
  g_rmdir (folder);
}

static void
draw_points (const DrawCanvas *canvas,
             gpointer          user_data)
{
  draw_scatter (canvas, user_data);
}

static void
check_png (const char *path)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  const guint32 *pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  guint n_paper = 0, n_dots = 0;

  for (guint i = 0; i < 600 * 480; i++)
    {
      n_paper += (pixels[i] & 0xffffff) == 0xffffff;
      n_dots += (pixels[i] & 0xff0000) < 0x600000 && (pixels[i] & 0xff) > 0x80;
    }
  g_assert_cmpuint (n_paper, >, 600 * 480 * 9 / 10);
  g_assert_cmpuint (n_dots, >, 4 * 50);      /* of a radius of more than 6 pixels */
  g_assert_cmpuint (n_dots, <, 4 * 200);
  cairo_surface_destroy (surface);
}

typedef struct
{
  const guchar *at;
  gsize         n;
} Bytes;

static cairo_status_t
read_bytes (void          *closure,
            unsigned char *data,
            unsigned int   length)
{
  Bytes *bytes = closure;

  if (length > bytes->n)
    return CAIRO_STATUS_READ_ERROR;
  memcpy (data, bytes->at, length);
  bytes->at += length;
  bytes->n -= length;

  return CAIRO_STATUS_SUCCESS;
}

/* Cairo 1.16 writes the image with alpha, 1.18 together with the paper below it. */
static void
check_svg (const char *data)
{
  const char *image = strstr (data, "data:image/png;base64,");
  g_autofree guchar *png = NULL;
  cairo_surface_t *surface;
  const guint32 *pixels;
  Bytes bytes;
  guint n, n_paper = 0;

  g_assert_nonnull (image);
  png = g_base64_decode (image + strlen ("data:image/png;base64,"), &bytes.n);
  bytes.at = png;
  surface = cairo_image_surface_create_from_png_stream (read_bytes, &bytes);
  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  n = (guint) (cairo_image_surface_get_width (surface) * cairo_image_surface_get_height (surface));
  pixels = (const guint32 *) (gpointer) cairo_image_surface_get_data (surface);
  for (guint i = 0; i < n; i++)
    n_paper += pixels[i] == 0 || (pixels[i] & 0xffffff) == 0xffffff;
  g_assert_cmpuint (n_paper, >, n / 10 * 9);
  g_assert_cmpuint (n_paper, <, n);
  cairo_surface_destroy (surface);
}

/* An image of dots has paper between them in every kind of file. */
static void
test_points (void)
{
  static const double values[] = { 1, 2, 3, 4 };
  static const char *const names[] = { "points.png", "points.svg", "points.pdf" };
  const DrawScatter scatter = { .truth = values, .predicted = values, .n_points = 4, .x_label = "True", .y_label = "Predicted" };
  g_autofree char *folder = make_folder ();
  DrawTheme theme;

  draw_theme_init_print (&theme);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr(GError) error = NULL;
      g_autofree char *data = NULL;
      gsize length;

      write_picture (path, &theme, 300, 240, draw_points, (gpointer) &scatter, &error);
      g_assert_no_error (error);
      g_file_get_contents (path, &data, &length, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (length, >, 2000);

      if (i == 0)
        check_png (path);
      if (i == 1)
        check_svg (data);

      g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_pdf (void)
{
  g_autofree char *folder = make_folder ();
  g_autofree char *data = NULL;
  gsize length;

  data = export (folder, "picture.pdf", &length);
  g_assert_cmpmem (data, 5, "%PDF-", 5);
  g_assert_nonnull (g_strstr_len (data + length - 16, 16, "%%EOF"));
  g_assert_cmpuint (length, >, 500);

  g_rmdir (folder);
}

static void
expect_error (const char *path,
              double      width,
              int         code,
              const char *part)
{
  g_autoptr(GError) error = NULL;
  int n_calls = 0;
  DrawTheme theme;

  draw_theme_init_print (&theme);
  g_assert_null (draw_export (path, &theme, width, 100, draw_half, &n_calls, &error));
  g_assert_error (error, MLP_ERROR, code);
  g_assert_nonnull (strstr (error->message, part));
}

static void
test_errors (void)
{
  expect_error ("picture.gif", 200, MLP_ERROR_INVALID, ".pdf");
  expect_error ("picture", 200, MLP_ERROR_INVALID, "“picture”");
  expect_error ("wide.png", 1e9, MLP_ERROR_INVALID, "wide.png");
  expect_error ("wide.png", NAN, MLP_ERROR_INVALID, "wide.png");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/export/png", test_png);
  g_test_add_func ("/export/svg", test_svg);
  g_test_add_func ("/export/svg-cells", test_svg_cells);
  g_test_add_func ("/export/points", test_points);
  g_test_add_func ("/export/pdf", test_pdf);
  g_test_add_func ("/export/errors", test_errors);

  return g_test_run ();
}
