/* test-drawings-exchange.c: drawings go out as pictures, and come in from any data set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo.h>

#include "core/mlp-error.h"
#include "datasets/fixture.h"
#include "model/pz-drawings-exchange.h"
#include "test-util.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("exchange");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
}

/* Two of the first digits, one of the others. */
static DsDrawings *
make_drawings (void)
{
  DsDrawings *drawings = ds_drawings_new ();

  for (gsize i = 0; i < 12; i++)
    {
      guint8 picture[INK_FRAME_SIZE];

      for (gsize k = 0; k < INK_FRAME_SIZE; k++)
        picture[k] = (guint8) fixture_pixel (i, k);
      ds_drawings_add (drawings, picture, (guint8) (i % 10));
    }

  return drawings;
}

/* Cairo's reader finds in the pictures what was drawn. */
static void
assert_png (const char   *path,
            const guint8 *picture)
{
  cairo_surface_t *surface = cairo_image_surface_create_from_png (path);
  gsize stride;
  const guint8 *data;

  g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
  g_assert_cmpint (cairo_image_surface_get_width (surface), ==, 28);
  g_assert_cmpint (cairo_image_surface_get_height (surface), ==, 28);
  stride = (gsize) cairo_image_surface_get_stride (surface);
  data = cairo_image_surface_get_data (surface);

  /* A grey value is three equal ones. */
  for (gsize y = 0; y < 28; y++)
    for (gsize x = 0; x < 28; x++)
      for (gsize c = 0; c < 3; c++)
        g_assert_cmpuint (data[y * stride + 4 * x + c], ==, picture[y * 28 + x]);

  cairo_surface_destroy (surface);
}

static void
test_export (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(DsDrawings) drawings = make_drawings ();
  g_autofree char *folder = g_build_filename (f->folder, "out", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (pz_drawings_exchange_write (drawings, folder, &error));
  g_assert_no_error (error);

  for (gsize i = 0; i < 12; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%zu/%04zu.png", folder, i % 10, i / 10 + 1);

      assert_png (path, ds_drawings_peek_picture (drawings, i));
    }

  /* Nothing is written over. */
  g_assert_false (pz_drawings_exchange_write (drawings, folder, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_true (g_pattern_match_simple ("*0/0001.png” could not be saved: it already exists and will not be overwritten*", error->message));
}

static void
test_import (Fixture      *f,
             gconstpointer data)
{
  static const char *const names[] = {
    "train-images-idx3-ubyte.gz", "train-labels-idx1-ubyte.gz", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  };
  g_autoptr(DsDrawings) drawings = NULL;
  g_autoptr(GError) error = NULL;

  /* MNIST's kind, gzip'd: both parts. */
  fixture_write_bytes (f->folder, names[0], fixture_images (30, 28, 28));
  fixture_write_bytes (f->folder, names[1], fixture_labels (30, 10, 0));
  fixture_write_bytes (f->folder, names[2], fixture_images (20, 28, 28));
  fixture_write_bytes (f->folder, names[3], fixture_labels (20, 10, 0));
  drawings = pz_drawings_exchange_read (f->folder, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (ds_drawings_get_n (drawings), ==, 50);
  for (gsize i = 0; i < 50; i++)
    {
      g_assert_cmpuint (ds_drawings_get_label (drawings, i), ==, i % 10);
      for (gsize k = 0; k < 784; k++)
        g_assert_cmpuint (ds_drawings_peek_picture (drawings, i)[k], ==, fixture_pixel (i < 30 ? i : i - 30, k));
    }

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    fixture_delete (f->folder, names[i]);
  g_assert_null (pz_drawings_exchange_read (f->folder, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_clear_error (&error);

  fixture_write_bytes (f->folder, names[2], fixture_images (20, 5, 4));
  fixture_write_bytes (f->folder, names[3], fixture_labels (20, 10, 0));
  g_assert_null (pz_drawings_exchange_read (f->folder, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_SHAPE);
}

#define ADD(name, func) g_test_add ("/model/drawings-exchange/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("export", test_export);
  ADD ("import", test_import);

  return g_test_run ();
}
