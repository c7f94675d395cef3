/* test-photo-answers.c: a picture file, its digits, and what the network says.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-pass.h"
#include "datasets/ds-open.h"
#include "datasets/ds-set.h"
#include "image/image-pixels.h"
#include "image/image-read.h"
#include "model/pz-photo.h"
#include "model/pz-task.h"
#include "project-util.h"

#define N 4
#define TILE 112

/* A row of the built-in test digits, four times as large, as 0xAARRGGBB. (transfer full) */
static guint32 *
make_row (void)
{
  g_autoptr(DsSet) set = ds_open ("builtin:digits", NULL, NULL, NULL);
  guint32 *argb = g_new (guint32, N * TILE * TILE);

  for (gsize i = 0; i < N; i++)
    {
      const guint8 *digit = mlp_samples_peek_bytes (set->samples, set->n_train + set->n_validation + i);

      for (gsize y = 0; y < TILE; y++)
        for (gsize x = 0; x < TILE; x++)
          argb[y * N * TILE + i * TILE + x] = 0xff000000 | (255u - digit[y / 4 * 28 + x / 4]) * 0x10101u;
    }

  return argb;
}

static void
write_row (const char *path,
           const char *type)
{
  g_autofree guint32 *argb = make_row ();
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, N * TILE, TILE);
  g_autoptr(GError) error = NULL;

  for (gsize y = 0; y < TILE; y++)
    for (gsize x = 0; x < N * TILE; x++)
      memset (gdk_pixbuf_get_pixels (pixbuf) + y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + 3 * x,
              (int) (argb[y * N * TILE + x] & 0xff), 3);
  gdk_pixbuf_save (pixbuf, path, type, &error, NULL);
  g_assert_no_error (error);
}

typedef struct
{
  PzPhoto        *photo;
  PzPhotoAnswers *answers;
  GError         *error;
} Got;

static void
got_clear (Got *got)
{
  g_clear_pointer (&got->photo, pz_photo_unref);
  g_clear_pointer (&got->answers, pz_photo_answers_free);
  g_clear_error (&got->error);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Got, got_clear)

static void
read_file (Fixture    *f,
           const char *name,
           Got        *got)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);

  got->photo = pz_photo_read_file (file, NULL, &got->error);
}

static void
ask (Fixture *f,
     Got     *got)
{
  got->answers = pz_photo_ask (got->photo, pz_project_peek_net (f->project), pz_project_peek_net_data (f->project),
                               NULL, &got->error);
}

/* The answers are those of the network to the segments' frames, by the plain pass. */
static void
test_answers (Fixture      *f,
              gconstpointer data)
{
  static const char *const types[] = { "png", "jpeg" };
  const MlpNet *net;

  fixture_train (f);
  net = pz_project_peek_net (f->project);

  for (gsize t = 0; t < G_N_ELEMENTS (types); t++)
    {
      g_autofree char *path = g_build_filename (f->folder, types[t], NULL);
      g_autoptr(MlpWork) work = mlp_work_new (net, 1, FALSE, NULL);
      g_auto(Got) got = { 0 };

      write_row (path, types[t]);
      read_file (f, types[t], &got);
      g_assert_no_error (got.error);
      g_assert_cmpstr (got.photo->name, ==, types[t]);
      g_assert_cmpuint (got.photo->segments->len, ==, N);

      ask (f, &got);
      g_assert_no_error (got.error);
      g_assert_cmpuint (got.answers->n, ==, N);
      g_assert_cmpuint (got.answers->n_classes, ==, 10);

      for (guint i = 0; i < N; i++)
        {
          const InkSegment *segment = &g_array_index (got.photo->segments, InkSegment, i);
          const float *h;

          /* In its tile. */
          g_assert_cmpuint (segment->x / TILE, ==, i);
          g_assert_cmpuint ((segment->x + segment->width - 1) / TILE, ==, i);

          for (gsize k = 0; k < 784; k++)
            mlp_work_get_input (work)[k] = (float) segment->frame[k] * pz_project_peek_net_data (f->project)->scale;
          h = mlp_pass_forward (net, work, 1);
          for (gsize k = 0; k < 10; k++)
            {
              assert_close ((double) got.answers->probabilities[10 * i + k], (double) h[k], 1e-5);
              g_assert_cmpfloat (h[k], <=, h[got.answers->best[i]]);
            }
        }
      g_remove (path);
    }
}

/* A network of whole pictures is asked about all of it, scaled, and not about pieces of ink. */
static void
test_whole (Fixture      *f,
            gconstpointer data)
{
  const RecipeData *known;
  g_auto(Got) got = { 0 };
  guint8 expected[784];
  g_autofree guint32 *argb = make_row ();
  g_autoptr(GdkPixbuf) pixbuf = NULL;
  g_autoptr(GBytes) bytes = NULL;
  char *contents;
  gsize n;

  fixture_train (f);
  known = pz_project_peek_net_data (f->project);
  g_assert_false (pz_photo_asks_whole (f->project));
  ((RecipeData *) known)->whole_pictures = TRUE;
  g_assert_true (pz_photo_asks_whole (f->project));

  for (gsize y = 0; y < 28; y++)
    for (gsize x = 0; x < 28; x++)
      expected[28 * y + x] = (guint8) (argb[4 * y * N * TILE + 4 * x] & 0xff);

  /* Only the first tile. */
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, TILE, TILE);
  for (gsize y = 0; y < TILE; y++)
    for (gsize x = 0; x < TILE; x++)
      memset (gdk_pixbuf_get_pixels (pixbuf) + y * (gsize) gdk_pixbuf_get_rowstride (pixbuf) + 3 * x,
              (int) (argb[y * N * TILE + x] & 0xff), 3);
  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &contents, &n, "png", NULL, NULL));
  bytes = g_bytes_new_take (contents, n);
  got.photo = pz_photo_read_bytes (bytes, "Clipboard", NULL, &got.error);
  ask (f, &got);
  g_assert_no_error (got.error);
  g_assert_cmpuint (got.answers->n, ==, 1);
  g_assert_cmpuint (got.answers->segments->len, ==, 1);
  g_assert_cmpuint (g_array_index (got.answers->segments, InkSegment, 0).width, ==, TILE);

  /* From so few samples the network does not know whether a negative would be more like them. */
  g_assert_null (mlp_net_peek_novelty (pz_project_peek_net (f->project)));
  g_assert_cmpmem (g_array_index (got.answers->segments, InkSegment, 0).frame, 784, expected, 784);
}

static void
test_bytes (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "row.png", NULL);
  g_autoptr(GBytes) bytes = NULL;
  g_auto(Got) got = { 0 };
  char *contents;
  gsize n;

  write_row (path, "png");
  g_assert_true (g_file_get_contents (path, &contents, &n, NULL));
  g_remove (path);
  bytes = g_bytes_new_take (contents, n);

  got.photo = pz_photo_read_bytes (bytes, "Clipboard", NULL, &got.error);
  g_assert_no_error (got.error);
  g_assert_cmpuint (got.photo->segments->len, ==, N);
  g_assert_cmpstr (got.photo->name, ==, "Clipboard");

  /* There is no network yet. */
  ask (f, &got);
  g_assert_error (got.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (got.answers);
}

static void
test_errors (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "text.png", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_auto(Got) bad = { 0 };
  g_auto(Got) missing = { 0 };
  g_auto(Got) cancelled = { 0 };

  g_assert_true (g_file_set_contents (path, "no picture", -1, NULL));
  read_file (f, "text.png", &bad);
  g_assert_null (bad.photo);
  g_assert_nonnull (strstr (bad.error->message, "“text.png”"));

  read_file (f, "missing.png", &missing);
  g_assert_null (missing.photo);
  g_assert_nonnull (strstr (missing.error->message, "“missing.png”"));

  g_cancellable_cancel (cancellable);
  cancelled.photo = pz_photo_read_file (file, cancellable, &cancelled.error);
  g_assert_null (cancelled.photo);
  g_assert_error (cancelled.error, MLP_ERROR, MLP_ERROR_CANCELLED);
  g_remove (path);
}

int
main (int   argc,
      char *argv[])
{
  image_read_init (argc, argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/photo-answers/answers", Fixture, NULL, fixture_set_up_loaded, test_answers, fixture_tear_down);
  g_test_add ("/photo-answers/bytes", Fixture, NULL, fixture_set_up, test_bytes, fixture_tear_down);
  g_test_add ("/photo-answers/whole", Fixture, NULL, fixture_set_up_loaded, test_whole, fixture_tear_down);
  g_test_add ("/photo-answers/errors", Fixture, NULL, fixture_set_up, test_errors, fixture_tear_down);

  return g_test_run ();
}
