/* test-photo-reader.c: photos that are gone through while others are asked for.
 *
 * Each photo has a width of its own, by which it is known again.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-random.h"
#include "image/image-read.h"
#include "image/image-write.h"
#include "model-util.h"
#include "model/pz-photo-reader.h"
#include "model/pz-task.h"

#define N_FILES 5
#define BROKEN 2             /* the one of the files that is cut off */
#define ARCHIVE 3            /* the one that is a damaged archive */
#define WIDTH 40             /* of the first; each has one pixel more */
#define WIDTH_BYTES 90       /* of what is pasted */
#define HEIGHT 30

typedef struct
{
  PzPhotoReader *reader;
  char          *folder;
  GSList        *files;
  GBytes        *bytes;
  guint          n_changed;
  guint          n_photos;   /* "changed" with a photo at hand */
} Fixture;

/* (transfer full): white, with a bar */
static GBytes *
make_png (gsize width)
{
  g_autofree guint8 *grey = g_malloc (width * HEIGHT);
  g_autoptr(GError) error = NULL;
  GBytes *bytes;

  memset (grey, 255, width * HEIGHT);
  for (gsize y = 5; y < 25; y++)
    memset (grey + y * width + 15, 0, 5);
  bytes = image_write_png (grey, width, HEIGHT, &error);
  g_assert_no_error (error);

  return bytes;
}

static char *
make_name (guint i)
{
  return g_strdup_printf ("%u.png", i);
}

/* What is at hand is what was asked for last. */
static void
on_changed (Fixture *f)
{
  const PzPhoto *photo = pz_photo_reader_peek_photo (f->reader);
  const guint place = pz_photo_reader_get_place (f->reader);
  g_autofree char *name = NULL;

  f->n_changed++;
  if (pz_photo_reader_get_busy (f->reader))
    return;

  g_assert_true ((photo != NULL) != (pz_photo_reader_get_problem (f->reader) != NULL));
  if (pz_photo_reader_get_n (f->reader) == 0)
    {
      g_assert_cmpstr (pz_photo_reader_get_name (f->reader), ==, "Pasted");
      g_assert_cmpuint (place, ==, 0);
      g_assert_cmpuint (photo->pixels->width, ==, WIDTH_BYTES);
      f->n_photos++;
      return;
    }

  g_assert_cmpuint (pz_photo_reader_get_n (f->reader), ==, N_FILES);
  name = make_name (place);
  g_assert_cmpstr (pz_photo_reader_get_name (f->reader), ==, name);
  g_assert_true ((photo == NULL) == (place == BROKEN || place == ARCHIVE));
  if (photo == NULL)
    {
      g_assert_nonnull (strstr (pz_photo_reader_get_problem (f->reader), name));
      return;
    }

  g_assert_cmpuint (photo->pixels->width, ==, WIDTH + place);
  f->n_photos++;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autoptr(GBytes) png = make_png (WIDTH + i);
      g_autofree char *name = make_name (i);
      g_autofree char *path = g_build_filename (f->folder, name, NULL);
      gsize size;
      const char *contents = g_bytes_get_data (png, &size);

      if (i == ARCHIVE)
        g_assert_true (g_file_set_contents (path, "PK\003\004 and no more", -1, NULL));
      else
        g_assert_true (g_file_set_contents (path, contents, i == BROKEN ? 50 : (gssize) size, NULL));
      f->files = g_slist_append (f->files, g_file_new_for_path (path));
    }
  f->bytes = make_png (WIDTH_BYTES);
  f->reader = pz_photo_reader_new ();
  g_signal_connect_swapped (f->reader, "changed", G_CALLBACK (on_changed), f);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  if (f->reader != NULL)
    g_assert_finalize_object (f->reader);
  finish_tasks ();
  for (guint i = 0; i < N_FILES; i++)
    {
      g_autofree char *name = make_name (i);
      g_autofree char *path = g_build_filename (f->folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (f->folder);
  g_free (f->folder);
  g_slist_free_full (f->files, g_object_unref);
  g_bytes_unref (f->bytes);
}

/* One after the other, over those that cannot be read, and no further than the ends. */
static void
test_go (Fixture      *f,
         gconstpointer data)
{
  g_assert_cmpstr (pz_photo_reader_get_name (f->reader), ==, "");
  g_assert_false (pz_photo_reader_get_can_go (f->reader, 1));

  pz_photo_reader_read_files (f->reader, f->files);
  g_assert_true (pz_photo_reader_get_busy (f->reader));
  g_assert_cmpstr (pz_photo_reader_get_name (f->reader), ==, "0.png");
  wait_until (!pz_photo_reader_get_busy (f->reader));
  g_assert_false (pz_photo_reader_get_can_go (f->reader, -1));
  pz_photo_reader_go (f->reader, -1);
  g_assert_false (pz_photo_reader_get_busy (f->reader));

  for (guint i = 1; i < N_FILES; i++)
    {
      g_assert_true (pz_photo_reader_get_can_go (f->reader, 1));
      pz_photo_reader_go (f->reader, 1);
      wait_until (!pz_photo_reader_get_busy (f->reader));
      g_assert_cmpuint (pz_photo_reader_get_place (f->reader), ==, i);
    }
  g_assert_false (pz_photo_reader_get_can_go (f->reader, 1));
  g_assert_cmpuint (f->n_photos, ==, N_FILES - 2);

  /* Of bytes there is one. */
  pz_photo_reader_read_bytes (f->reader, f->bytes, "Pasted");
  wait_until (!pz_photo_reader_get_busy (f->reader));
  g_assert_false (pz_photo_reader_get_can_go (f->reader, -1));
  g_assert_cmpuint (f->n_photos, ==, N_FILES - 1);
}

/* However fast it is asked, nothing older arrives, and at the end the newest is there. */
static void
test_newest (Fixture      *f,
             gconstpointer data)
{
  MlpRandom random;

  mlp_random_seed (&random, 3, 0);
  for (guint i = 0; i < 300; i++)
    {
      /* The photo is on its way, but has not arrived. */
      if (mlp_random_below (&random, 5) == 0)
        pz_task_wait_all ();

      switch (mlp_random_below (&random, 6))
        {
        case 0:
          pz_photo_reader_read_files (f->reader, f->files);
          break;

        case 1:
          pz_photo_reader_read_bytes (f->reader, f->bytes, "Pasted");
          break;

        default:
          pz_photo_reader_go (f->reader, mlp_random_below (&random, 3) == 0 ? -1 : 1);
        }

      for (gsize k = mlp_random_below (&random, 4); k > 0; k--)
        g_main_context_iteration (NULL, FALSE);
      if (mlp_random_below (&random, 8) == 0)
        wait_until (!pz_photo_reader_get_busy (f->reader));
    }

  wait_until (!pz_photo_reader_get_busy (f->reader));
  finish_tasks ();
  g_assert_cmpuint (f->n_photos, >, 30);
}

/* Nothing arrives once it is gone. */
static void
test_gone (Fixture      *f,
           gconstpointer data)
{
  pz_photo_reader_read_files (f->reader, f->files);
  f->n_changed = 0;
  g_assert_finalize_object (g_steal_pointer (&f->reader));
  finish_tasks ();
  g_assert_cmpuint (f->n_changed, ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  image_read_init (argc, argv);
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/model/photo-reader/go", Fixture, NULL, set_up, test_go, tear_down);
  g_test_add ("/model/photo-reader/newest", Fixture, NULL, set_up, test_newest, tear_down);
  g_test_add ("/model/photo-reader/gone", Fixture, NULL, set_up, test_gone, tear_down);

  return g_test_run ();
}
