/* test-my-drawings.c: one's own drawings in a folder, asked about and trained on.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-pass.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-drawings.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-open.h"
#include "datasets/ds-sample-hash.h"
#include "datasets/fixture.h"
#include "image/image-pixels.h"
#include "image/image-read.h"
#include "model/pz-drawing-answers.h"
#include "model/pz-drawing-images.h"
#include "model/pz-drawings-exchange.h"
#include "model/pz-drawings.h"
#include "model/pz-task.h"
#include "project-util.h"

static char *
make_folder_name (Fixture    *f,
                  const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

/* (transfer full): read from the folder @name, all that was to be saved is saved */
static PzDrawings *
open_drawings (Fixture    *f,
               const char *name)
{
  g_autofree char *folder = make_folder_name (f, name);
  PzDrawings *drawings = pz_drawings_new ();

  pz_drawings_open (drawings, folder);
  g_assert_true (pz_drawings_get_busy (drawings));
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_null (pz_drawings_get_error (drawings));
  g_assert_true (pz_drawings_get_ready (drawings));

  return drawings;
}

/* A test digit of the built-in set, which the fixture's network never sees. */
static void
keep (PzDrawings *drawings,
      gsize       first,
      gsize       n)
{
  g_autoptr(DsSet) digits = ds_open ("builtin:digits", NULL, NULL, NULL);

  for (gsize i = first; i < first + n; i++)
    {
      gsize item = digits->n_train + i;
      g_autoptr(PzDrawing) drawing = pz_drawing_new (mlp_samples_peek_bytes (digits->samples, item),
                                                     mlp_samples_get_class (digits->samples, item));

      g_assert_true (pz_drawings_insert (drawings, drawing, G_MAXUINT));
    }
}

static guint
count (PzDrawings *drawings)
{
  return g_list_model_get_n_items (G_LIST_MODEL (drawings));
}

/* (transfer none) */
static PzDrawing *
get (PzDrawings *drawings,
     guint       i)
{
  g_autoptr(PzDrawing) drawing = g_list_model_get_item (G_LIST_MODEL (drawings), i);

  return drawing;
}

static void
assert_on_disk (Fixture    *f,
                PzDrawings *drawings,
                const char *name)
{
  g_autofree char *folder = make_folder_name (f, name);
  g_autoptr(DsDrawings) read = NULL;

  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_null (pz_drawings_get_error (drawings));
  read = ds_drawings_load (folder, NULL, NULL);
  g_assert_nonnull (read);
  g_assert_cmpuint (ds_drawings_get_n (read), ==, count (drawings));
  for (guint i = 0; i < count (drawings); i++)
    {
      g_assert_cmpuint (ds_drawings_get_label (read, i), ==, pz_drawing_get_label (get (drawings, i)));
      g_assert_cmpmem (ds_drawings_peek_picture (read, i), 784, pz_drawing_peek_image (get (drawings, i)), 784);
    }
}

static void
on_saved (PzDrawings *drawings,
          guint      *n)
{
  (*n)++;
}

static void
test_keep (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(PzDrawings) drawings = open_drawings (f, "mine");
  g_autoptr(PzDrawings) again = NULL;
  g_autoptr(PzDrawing) third = NULL;
  guint n_saved = 0;

  g_signal_connect (drawings, "saved", G_CALLBACK (on_saved), &n_saved);
  g_assert_cmpuint (count (drawings), ==, 0);

  /* There at once, saved later, and not each for itself. */
  keep (drawings, 0, 20);
  g_assert_cmpuint (count (drawings), ==, 20);
  g_assert_true (pz_drawings_get_busy (drawings));
  assert_on_disk (f, drawings, "mine");
  g_assert_cmpuint (n_saved, ==, 2);

  /* Taken out, put back where it was, and given another name. */
  third = g_object_ref (get (drawings, 2));
  g_assert_cmpuint (pz_drawings_remove (drawings, third), ==, 2);
  g_assert_cmpuint (pz_drawings_remove (drawings, third), ==, G_MAXUINT);
  assert_on_disk (f, drawings, "mine");
  g_assert_cmpuint (count (drawings), ==, 19);
  g_assert_true (pz_drawings_insert (drawings, third, 2));
  g_assert_true (get (drawings, 2) == third);
  pz_drawings_relabel (drawings, third, 9);
  assert_on_disk (f, drawings, "mine");

  again = open_drawings (f, "mine");
  g_assert_cmpuint (count (again), ==, 20);
  g_assert_cmpuint (pz_drawing_get_label (get (again, 2)), ==, 9);
}

static void
test_other_folder (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr(PzDrawings) drawings = open_drawings (f, "mine");
  g_autofree char *folder = make_folder_name (f, "other");

  /* What was kept in the first is saved there before the second is opened. */
  keep (drawings, 0, 3);
  keep (drawings, 3, 1);
  pz_drawings_open (drawings, folder);
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_cmpstr (pz_drawings_get_folder (drawings), ==, folder);
  g_assert_cmpuint (count (drawings), ==, 0);
  keep (drawings, 9, 2);
  assert_on_disk (f, drawings, "other");

  g_free (folder);
  folder = make_folder_name (f, "mine");
  pz_drawings_open (drawings, folder);
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_cmpuint (count (drawings), ==, 4);
}

static void
test_damage (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(PzDrawings) drawings = open_drawings (f, "mine");
  g_autoptr(PzDrawing) drawing = NULL;
  g_autofree char *folder = make_folder_name (f, "mine");
  g_autofree char *path = g_build_filename (folder, "train-labels-idx1-ubyte", NULL);
  g_autofree char *contents = NULL;

  keep (drawings, 0, 3);
  wait_until (!pz_drawings_get_busy (drawings));

  /* Somebody else wrote what is no set; it is not written over, and said. */
  g_assert_true (g_file_set_contents (path, "damage", -1, NULL));
  keep (drawings, 3, 1);
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_nonnull (strstr (pz_drawings_get_error (drawings), "train-labels-idx1-ubyte"));
  g_assert_cmpuint (count (drawings), ==, 4);
  g_assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "damage");

  /* Nothing is kept in a folder that could not be read; what is not saved yet stays in the list. */
  pz_drawings_open (drawings, folder);
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_nonnull (strstr (pz_drawings_get_error (drawings), "train-labels-idx1-ubyte"));
  g_assert_false (pz_drawings_get_ready (drawings));
  g_assert_cmpuint (count (drawings), ==, 1);
  drawing = pz_drawing_new ((const guint8[INK_FRAME_SIZE]){ 0 }, 1);
  g_assert_false (pz_drawings_insert (drawings, drawing, G_MAXUINT));
}

/* (transfer full): what its labels were: they are no set now, so nothing can be saved there */
static GBytes *
damage (Fixture    *f,
        const char *name)
{
  g_autofree char *folder = make_folder_name (f, name);
  g_autofree char *path = g_build_filename (folder, DS_DRAWINGS_LABELS, NULL);
  char *contents;
  gsize length;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (path, "damage", -1, NULL));

  return g_bytes_new_take (contents, length);
}

static void
mend (Fixture    *f,
      const char *name,
      GBytes     *labels)
{
  g_autofree char *folder = make_folder_name (f, name);
  g_autofree char *path = g_build_filename (folder, DS_DRAWINGS_LABELS, NULL);
  gsize length;
  const char *contents = g_bytes_get_data (labels, &length);

  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
}

/* What could not be saved goes along to another folder, over one that cannot be read; what was removed
 * from the one folder is not removed from the other. */
static void
test_unsaved_goes_along (Fixture      *f,
                         gconstpointer data)
{
  g_autoptr(PzDrawings) drawings = open_drawings (f, "mine");
  g_autoptr(PzDrawings) other = open_drawings (f, "other");
  g_autoptr(PzDrawings) broken = open_drawings (f, "broken");
  g_autofree char *other_folder = make_folder_name (f, "other");
  g_autofree char *broken_folder = make_folder_name (f, "broken");
  g_autofree char *folder = make_folder_name (f, "mine");
  g_autoptr(GBytes) labels = NULL;
  g_autoptr(GBytes) broken_labels = NULL;
  g_autoptr(PzDrawing) unsaved = NULL;

  keep (drawings, 0, 3);
  keep (other, 0, 1);
  keep (other, 9, 1);
  keep (broken, 5, 1);
  wait_until (!pz_drawings_get_busy (drawings) && !pz_drawings_get_busy (other) && !pz_drawings_get_busy (broken));
  g_clear_object (&other);
  g_clear_object (&broken);

  labels = damage (f, "mine");
  broken_labels = damage (f, "broken");
  keep (drawings, 3, 1);
  unsaved = g_object_ref (get (drawings, 3));
  pz_drawings_remove (drawings, get (drawings, 0));
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_nonnull (pz_drawings_get_error (drawings));

  pz_drawings_open (drawings, broken_folder);
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_false (pz_drawings_get_ready (drawings));
  g_assert_cmpuint (count (drawings), ==, 1);
  g_assert_true (get (drawings, 0) == unsaved);

  pz_drawings_open (drawings, other_folder);
  assert_on_disk (f, drawings, "other");
  g_assert_cmpuint (count (drawings), ==, 3);
  g_assert_true (get (drawings, 2) == unsaved);

  /* It is saved now, and goes no further. */
  mend (f, "mine", labels);
  pz_drawings_open (drawings, folder);
  assert_on_disk (f, drawings, "mine");
  g_assert_cmpuint (count (drawings), ==, 3);

  /* The same folder again: all that was done. */
  g_bytes_unref (labels);
  labels = damage (f, "mine");
  keep (drawings, 4, 1);
  pz_drawings_remove (drawings, get (drawings, 0));
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_nonnull (pz_drawings_get_error (drawings));
  mend (f, "mine", labels);
  pz_drawings_open (drawings, folder);
  assert_on_disk (f, drawings, "mine");
  g_assert_cmpuint (count (drawings), ==, 3);
}

/* The program ends within the time after which it would be tried again. */
static void
test_unsaved_at_end (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr(GApplication) application = g_application_new (NULL, G_APPLICATION_NON_UNIQUE);
  g_autofree char *folder = make_folder_name (f, "mine");
  g_autoptr(DsDrawings) read = NULL;
  g_autoptr(GBytes) labels = NULL;
  PzDrawings *drawings;

  g_application_set_default (application);
  drawings = open_drawings (f, "mine");
  g_object_add_weak_pointer (G_OBJECT (drawings), (gpointer *) &drawings);
  keep (drawings, 0, 3);
  wait_until (!pz_drawings_get_busy (drawings));
  labels = damage (f, "mine");
  keep (drawings, 3, 1);
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_nonnull (pz_drawings_get_error (drawings));
  mend (f, "mine", labels);

  /* As main() does, the windows are gone. */
  g_object_unref (drawings);
  g_signal_emit_by_name (application, "shutdown");
  g_assert_cmpuint (pz_task_wait (5 * G_TIME_SPAN_MINUTE), ==, 0);
  read = ds_drawings_load (folder, NULL, NULL);
  g_assert_nonnull (read);
  g_assert_cmpuint (ds_drawings_get_n (read), ==, 4);

  wait_until (drawings == NULL);
  g_application_set_default (NULL);
}

/* As two windows of two programs: what one adds, removes and relabels the other shows, and what both
 * do at once is joined. */
static void
test_two_programs (Fixture      *f,
                   gconstpointer data)
{
  g_autoptr(PzDrawings) one = open_drawings (f, "mine");
  g_autoptr(PzDrawings) other = open_drawings (f, "mine");
  g_autoptr(DsDrawings) found = NULL;
  g_autofree char *folder = make_folder_name (f, "mine");
  PzDrawing *second;

  keep (one, 0, 3);
  wait_until (count (other) == 3 && !pz_drawings_get_busy (one) && !pz_drawings_get_busy (other));
  second = get (other, 1);

  /* At once. */
  keep (one, 3, 2);
  keep (other, 5, 1);
  pz_drawings_remove (other, get (other, 0));
  pz_drawings_relabel (one, get (one, 2), 7);
  wait_until (count (one) == 5 && count (other) == 5 && !pz_drawings_get_busy (one) && !pz_drawings_get_busy (other));

  g_assert_null (pz_drawings_get_error (one));
  g_assert_null (pz_drawings_get_error (other));

  /* What was there before is the same object. */
  g_assert_true (get (other, 0) == second);

  found = ds_drawings_load (folder, NULL, NULL);
  g_assert_cmpuint (ds_drawings_get_n (found), ==, 5);
  for (guint i = 0; i < 5; i++)
    {
      g_assert_cmpmem (pz_drawing_peek_image (get (one, i)), INK_FRAME_SIZE,
                       ds_drawings_peek_picture (found, i), INK_FRAME_SIZE);
      g_assert_cmpuint (pz_drawing_get_label (get (one, i)), ==, ds_drawings_get_label (found, i));
      g_assert_cmpuint (pz_drawing_get_label (get (other, i)), ==, ds_drawings_get_label (found, i));
    }
}

static void
on_imported (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  guint n_added = 0;

  g_assert_true (pz_drawings_exchange_import_finish (PZ_DRAWINGS (object), result, &n_added, &error));
  g_assert_no_error (error);
  *(int *) user_data = (int) n_added;
}

static void
on_exported (GObject      *object,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (pz_drawings_exchange_export_finish (PZ_DRAWINGS (object), result, &error));
  g_assert_no_error (error);
  *(int *) user_data = 1;
}

static void
test_exchange (Fixture      *f,
               gconstpointer data)
{
  g_autoptr(PzDrawings) one = open_drawings (f, "one");
  g_autoptr(PzDrawings) other = open_drawings (f, "other");
  g_autoptr(PzDrawings) third = open_drawings (f, "third");
  g_autofree char *folder = make_folder_name (f, "other");
  g_autofree char *out = make_folder_name (f, "out");
  int n = -1;

  keep (one, 0, 5);
  keep (other, 3, 5);
  wait_until (!pz_drawings_get_busy (one) && !pz_drawings_get_busy (other));

  /* What is there already does not come twice. */
  pz_drawings_exchange_import_async (one, folder, on_imported, &n);
  wait_until (n >= 0);
  g_assert_cmpint (n, ==, 3);
  g_assert_cmpuint (count (one), ==, 8);
  g_assert_cmpmem (pz_drawing_peek_image (get (one, 7)), 784, pz_drawing_peek_image (get (other, 4)), 784);
  assert_on_disk (f, one, "one");

  n = -1;
  pz_drawings_exchange_export_async (one, out, on_exported, &n);
  wait_until (n == 1);

  /* The pictures come back byte for byte, in the order of their classes. */
  n = -1;
  pz_drawings_exchange_import_async (third, out, on_imported, &n);
  wait_until (n >= 0);
  g_assert_cmpint (n, ==, 8);
  for (guint i = 0; i < 8; i++)
    {
      guint n_same = 0;

      for (guint j = 0; j < 8; j++)
        n_same += pz_drawing_get_label (get (third, i)) == pz_drawing_get_label (get (one, j)) &&
                  memcmp (pz_drawing_peek_image (get (third, i)), pz_drawing_peek_image (get (one, j)), 784) == 0;
      g_assert_cmpuint (n_same, ==, 1);
      if (i > 0)
        g_assert_cmpuint (pz_drawing_get_label (get (third, i - 1)), <=, pz_drawing_get_label (get (third, i)));
    }
}

static void
write_text (const char *folder,
            const char *name,
            const char *text)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* Pictures of any size go through the rule; the first that cannot is named, and nothing
 * comes. */
static void
test_pictures (Fixture      *f,
               gconstpointer data)
{
  static const char bar[] = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'>"
                            "<path d='M30 10V50' stroke='black' stroke-width='6'/></svg>";
  static const char paper[] = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='60'/>";
  g_autofree char *folder = make_folder_name (f, "pictures");
  g_autoptr(DsDrawings) drawings = NULL;
  g_autoptr(GError) error = NULL;
  const guint8 *picture;
  guint8 widest = 0;

  write_text (folder, "notes/readme.txt", "not a class");
  g_assert_false (pz_drawing_images_has_classes (folder));
  write_text (folder, "1/.hidden", "skipped");
  g_assert_true (pz_drawing_images_has_classes (folder));
  g_assert_null (pz_drawing_images_import (folder, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "no images in them"));
  g_clear_error (&error);

  write_text (folder, "1/bar.svg", bar);
  drawings = pz_drawing_images_import (folder, NULL, &error);
  if (drawings == NULL)
    {
      g_test_skip ("GdkPixbuf has no loader for SVG here");
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpuint (ds_drawings_get_n (drawings), ==, 1);
  g_assert_cmpuint (ds_drawings_get_label (drawings, 0), ==, 1);

  /* A bar of 20 pixels by the pen's width, in the middle. */
  picture = ds_drawings_peek_picture (drawings, 0);
  for (gsize y = 0; y < 28; y++)
    {
      guint sum = 0;

      for (gsize x = 0; x < 28; x++)
        sum += picture[y * 28 + x];
      if (y < 5 || y >= 25)
        g_assert_cmpuint (sum, ==, 0);
      else
        g_assert_cmpuint (sum, >=, 2 * 200);
      widest = MAX (widest, picture[y * 28 + 14]);
    }
  g_assert_cmpuint (widest, >=, 250);

  write_text (folder, "2/paper.svg", paper);
  g_assert_null (pz_drawing_images_import (folder, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "2/paper.svg"));
  g_clear_error (&error);

  write_text (folder, "0/broken.png", "\x89PNG\r\n\x1a\nbroken");
  g_assert_null (pz_drawing_images_import (folder, NULL, &error));
  g_assert_nonnull (error);
  g_assert_nonnull (strstr (error->message, "broken.png"));
}

/* The class of the largest output, by the pass that training uses. */
static guint
get_class (const MlpNet *net,
           const guint8 *picture)
{
  g_autoptr(MlpWork) work = mlp_work_new (net, 1, FALSE, NULL);
  float *x = mlp_work_get_input (work);
  const float *h;
  guint best = 0;

  for (gsize k = 0; k < 784; k++)
    x[k] = (float) picture[k] / 256.0f;
  h = mlp_pass_forward (net, work, 1);
  for (guint o = 1; o < 10; o++)
    if (h[o] > h[best])
      best = o;

  return best;
}

/* Another program adds a drawing, which is in no data set. */
static void
add_elsewhere (Fixture    *f,
               const char *name,
               guint8      label)
{
  g_autofree char *folder = make_folder_name (f, name);
  guint8 picture[INK_FRAME_SIZE] = { 0 };
  guint64 state;
  g_autoptr(DsDrawings) drawings = ds_drawings_load (folder, &state, NULL);

  g_assert_nonnull (drawings);
  memset (picture + 300, 255, 100);
  g_assert_true (ds_drawings_add (drawings, picture, label));
  g_assert_true (ds_drawings_save (drawings, folder, &state, NULL));
}

static void
test_answers (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(PzDrawings) drawings = open_drawings (f, "mine");
  g_autoptr(RecipeSeen) seen = NULL;
  RecipeData added = { .n_added = 30 };
  guint64 hashes[2];
  guint n_right = 0, n_kept = 0, n_kept_right = 0;
  guint right;

  keep (drawings, 0, 40);
  g_assert_cmpuint (pz_drawing_answers_count (G_LIST_MODEL (drawings), NULL, FALSE, &right), ==, 0);

  fixture_train (f);
  pz_drawings_ask (drawings, f->project, pz_project_peek_net (f->project), 1.0f / 256.0f);
  wait_until (pz_drawing_answers_count (G_LIST_MODEL (drawings), NULL, FALSE, &right) == 40);

  for (guint i = 0; i < 40; i++)
    {
      const guint8 *picture = pz_drawing_peek_image (get (drawings, i));
      gboolean is_right = get_class (pz_project_peek_net (f->project), picture)
                          == pz_drawing_get_label (get (drawings, i));

      g_assert_true (pz_drawing_get_wrong (get (drawings, i)) == !is_right);
      n_right += is_right;
      if (ds_extra_samples_is_for_test (picture, 784))
        {
          n_kept++;
          n_kept_right += is_right;
        }
    }
  g_assert_cmpuint (right, ==, n_right);

  /* By a file that does not say which, it was trained on all but those that are kept for testing. */
  g_assert_cmpuint (pz_drawing_answers_count (G_LIST_MODEL (drawings), &added, FALSE, &right), ==, n_kept);
  g_assert_cmpuint (right, ==, n_kept_right);
  g_assert_cmpuint (pz_drawing_answers_count (G_LIST_MODEL (drawings), &added, TRUE, &right), ==, 40 - n_kept);
  g_assert_cmpuint (right, ==, n_right - n_kept_right);

  /* By one that does, on two of them, whichever these are. */
  hashes[0] = ds_sample_hash_picture (pz_drawing_peek_image (get (drawings, 0)), 784);
  hashes[1] = ds_sample_hash_picture (pz_drawing_peek_image (get (drawings, 7)), 784);
  if (hashes[0] > hashes[1])
    {
      guint64 hash = hashes[0];

      hashes[0] = hashes[1];
      hashes[1] = hash;
    }
  seen = recipe_seen_new_from_hashes (hashes, 2, NULL, 0, TRUE);
  added.seen = seen;
  g_assert_cmpuint (pz_drawing_answers_count (G_LIST_MODEL (drawings), &added, FALSE, &right), ==, 38);
  g_assert_cmpuint (pz_drawing_answers_count (G_LIST_MODEL (drawings), &added, TRUE, &right), ==, 2);

  /* A new one is asked about, too. */
  keep (drawings, 40, 1);
  wait_until (pz_drawing_answers_count (G_LIST_MODEL (drawings), NULL, FALSE, &right) == 41);

  /* And those of another program that are found by a save. */
  wait_until (!pz_drawings_get_busy (drawings));
  add_elsewhere (f, "mine", 7);
  keep (drawings, 41, 1);
  wait_until (!pz_drawings_get_busy (drawings));
  g_assert_cmpuint (count (drawings), ==, 43);
  wait_until (pz_drawing_answers_count (G_LIST_MODEL (drawings), NULL, FALSE, &right) == 43);

  g_assert_true (pz_drawings_get_asker (drawings) == f->project);
  pz_drawings_ask (drawings, NULL, NULL, 0.0f);
  g_assert_null (pz_drawings_get_asker (drawings));
  g_assert_cmpuint (pz_drawing_answers_count (G_LIST_MODEL (drawings), NULL, FALSE, &right), ==, 0);
  wait_until (!pz_drawings_get_busy (drawings));
}

static const DsSet *
get_set (Fixture *f)
{
  return pz_dataset_peek_set (pz_project_get_dataset (f->project));
}

static void
set_add (Fixture    *f,
         const char *folder)
{
  Recipe *recipe = fixture_copy_recipe (f);

  g_free (recipe->add);
  recipe->add = g_strdup (folder);
  pz_project_edit (f->project, recipe, NULL);
}

static gsize
get_n_train (Fixture *f)
{
  gsize n;

  mlp_split_peek (pz_project_peek_split (f->project), MLP_TRAIN, &n);

  return n;
}

static void
test_train (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(PzDrawings) drawings = open_drawings (f, "mine");
  g_autofree char *folder = make_folder_name (f, "mine");
  const gsize n_all = mlp_samples_get_n (get_set (f)->samples);
  gsize n_added, n_more;

  keep (drawings, 0, 30);
  wait_until (!pz_drawings_get_busy (drawings));
  fixture_train (f);
  g_assert_cmpuint (pz_project_peek_net_data (f->project)->n_added, ==, 0);

  /* They are added to what is loaded; validation and test stay as they are. */
  set_add (f, folder);
  g_assert_false (pz_project_get_can_train (f->project));
  fixture_wait_loaded (f);
  n_added = get_set (f)->n_added;
  g_assert_cmpuint (n_added, >, 15);
  g_assert_cmpuint (n_added, <, 30);
  g_assert_cmpuint (mlp_samples_get_n (get_set (f)->samples), ==, n_all + n_added);
  g_assert_cmpuint (get_n_train (f), ==, 200 + n_added);

  /* The same network goes on with both. */
  g_assert_true (pz_project_get_can_continue (f->project));
  pz_project_continue (f->project);
  wait_until (f->n_ended == 2);
  g_assert_cmpuint (pz_project_peek_net_data (f->project)->n_added, ==, n_added);

  /* There are more now: the next run waits for them and has them. */
  keep (drawings, 30, 30);
  wait_until (!pz_drawings_get_busy (drawings));
  pz_data_loader_added_changed (pz_project_get_loader (f->project));
  pz_project_continue (f->project);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  wait_until (f->n_ended == 3);
  n_more = get_set (f)->n_added;
  g_assert_cmpuint (n_more, >, n_added);
  g_assert_cmpuint (pz_project_peek_net_data (f->project)->n_added, ==, n_more);

  /* Where the recipe is edited while they are loaded, no run begins: it was asked for with another one. The next
   * one has them.
   */
  keep (drawings, 60, 10);
  wait_until (!pz_drawings_get_busy (drawings));
  pz_data_loader_added_changed (pz_project_get_loader (f->project));
  pz_project_train (f->project);
  g_assert_true (pz_data_loader_get_loading (pz_project_get_loader (f->project)));
  {
    Recipe *recipe = fixture_copy_recipe (f);

    recipe->training.rate /= 2.0f;
    pz_project_edit (f->project, recipe, NULL);
  }
  fixture_wait_loaded (f);
  run_pending ();
  g_assert_false (pz_trainer_get_busy (pz_project_get_trainer (f->project)));
  g_assert_true (pz_project_get_can_train (f->project));
  pz_project_train (f->project);
  wait_until (f->n_ended == 4);
  g_assert_cmpuint (get_set (f)->n_added, >, n_more);
  g_assert_true (pz_project_undo (f->project));

  /* One step back is the data without them. */
  g_assert_true (pz_project_undo (f->project));
  fixture_wait_loaded (f);
  g_assert_cmpuint (get_set (f)->n_added, ==, 0);
  g_assert_cmpuint (get_n_train (f), ==, 200);
}

static void
test_train_on_nothing (Fixture      *f,
                       gconstpointer data)
{
  g_autofree char *folder = make_folder_name (f, "nowhere");

  set_add (f, folder);
  fixture_wait_loaded (f);
  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (f->project)), "nowhere"));
  g_assert_false (pz_project_get_can_train (f->project));

  set_add (f, NULL);
  fixture_wait_loaded (f);
  g_assert_null (pz_data_loader_get_error (pz_project_get_loader (f->project)));
  g_assert_true (pz_project_get_can_train (f->project));
}

#define ADD(name, func) \
  g_test_add ("/model/my-drawings/" name, Fixture, NULL, fixture_set_up_loaded, func, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  image_read_init (argc, argv);
  g_test_init (&argc, &argv, NULL);

  ADD ("keep", test_keep);
  ADD ("other-folder", test_other_folder);
  ADD ("damage", test_damage);
  ADD ("unsaved-goes-along", test_unsaved_goes_along);
  ADD ("unsaved-at-end", test_unsaved_at_end);
  ADD ("two-programs", test_two_programs);
  ADD ("exchange", test_exchange);
  ADD ("pictures", test_pictures);
  ADD ("answers", test_answers);
  ADD ("train", test_train);
  ADD ("train-on-nothing", test_train_on_nothing);

  return g_test_run ();
}
