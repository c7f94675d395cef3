/* test-photo-asker.c: photos that are asked about while others and other networks come.
 *
 * The photos show three signs, and the networks are made by hand, so that what they say to each sign is known
 * without any code of the program.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

#include "datasets/ds-open.h"
#include "image/image-read.h"
#include "model/pz-photo-asker.h"
#include "model/pz-task.h"
#include "project-util.h"
#include "recipe/recipe-file.h"

#define CELL 120
#define N_PHOTOS 3

/* What the first network says to a ring, a bar and a block; the second says one more. */
#define RING 0
#define BAR 1
#define BLOCK 8

/* Two lines of three cells each; −1: nothing there. */
static const int signs[N_PHOTOS][6] = {
  { BAR, RING, BLOCK, RING, RING, BAR },
  { BLOCK, BAR, -1, -1, BLOCK, RING },
  { RING, -1, -1, -1, -1, -1 },
};

typedef struct
{
  Fixture       base;
  PzPhotoAsker *asker;
  PzPhoto      *photos[N_PHOTOS];
  const int    *asked;          /* (nullable): signs of the photo that was set */
  guint         n_changed;
  guint         n_answered;     /* "changed" with answers */
} Test;

/* A bar is 12 × 80 pixels, the others 60 × 80; the ring is 12 pixels thick. */
static gboolean
is_ink (int sign,
        int x,
        int y)
{
  const int half = sign == BAR ? 6 : 30;

  if (sign < 0 || x < -half || x >= half || y < -40 || y >= 40)
    return FALSE;

  return sign != RING || x < -18 || x >= 18 || y < -28 || y >= 28;
}

/* (transfer full) */
static PzPhoto *
make_photo (const int *row)
{
  g_autoptr(GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 3 * CELL, 2 * CELL);
  g_autoptr(GBytes) bytes = NULL;
  g_autoptr(GError) error = NULL;
  PzPhoto *photo;
  char *contents;
  gsize n;

  gdk_pixbuf_fill (pixbuf, 0xffffffff);
  for (int y = 0; y < 2 * CELL; y++)
    for (int x = 0; x < 3 * CELL; x++)
      if (is_ink (row[y / CELL * 3 + x / CELL], x % CELL - CELL / 2, y % CELL - CELL / 2))
        memset (gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + 3 * x, 0, 3);

  g_assert_true (gdk_pixbuf_save_to_buffer (pixbuf, &contents, &n, "png", &error, NULL));
  bytes = g_bytes_new_take (contents, n);
  photo = pz_photo_read_bytes (bytes, "Signs", NULL, &error);
  g_assert_no_error (error);

  return photo;
}

/* In the frame of MNIST, a quarter as large and with its barycentre at pixel 14, a bar fills columns 14 and 15, a block
 * also 11 and 12, and a ring none of these in the middle. @shift is added to each class. (transfer full) */
static MlpNet *
make_sign_net (gsize shift)
{
  const MlpLayer layers[] = { { 10, MLP_SOFTMAX } };
  MlpNet *net = mlp_net_new (784, layers, 1, NULL);
  float *params = mlp_net_get_params (net);
  float *bar = params + 784 * (BAR + shift);
  float *block = params + 784 * (BLOCK + shift);

  g_assert_true (mlp_net_peek_weights (net, 1) == params && mlp_net_peek_biases (net, 1) == params + 7840);

  params[7840 + RING + shift] = 5.0f;
  for (gsize y = 10; y < 18; y++)
    for (gsize k = 0; k < 2; k++)
      {
        bar[28 * y + 14 + k] = 10.0f / 16.0f;
        bar[28 * y + 11 + k] = -20.0f / 16.0f;
        block[28 * y + 11 + k] = 10.0f / 16.0f;
      }

  return net;
}

/* @source: (nullable): of the data it says it was trained on */
static void
write_net (Test         *t,
           const char   *name,
           const MlpNet *net,
           const char   *source)
{
  g_autoptr(Recipe) recipe = fixture_copy_recipe (&t->base);
  g_autoptr(DsSet) set = source != NULL ? ds_open (source, NULL, NULL, NULL) : NULL;
  RecipeFile *file = recipe_file_new (recipe, set, net, NULL, 0, 0);
  g_autofree char *path = g_build_filename (t->base.folder, name, NULL);
  g_autoptr(GError) error = NULL;

  recipe_file_save (file, path, &error);
  g_assert_no_error (error);
  recipe_file_free (file);
}

static void
open_net (Test       *t,
          const char *name)
{
  g_assert_true (fixture_open (&t->base, name));
}

/* Whether there are the answers of a network with @shift: in the order of reading. */
static gboolean
has_answers (Test *t,
             guint shift)
{
  const PzPhotoAnswers *answers = pz_photo_asker_peek_answers (t->asker);
  guint n = 0;

  if (answers == NULL || t->asked == NULL || answers->n_classes != 10)
    return FALSE;

  for (guint i = 0; i < 6; i++)
    {
      const InkSegment *segment;
      guint expected;

      if (t->asked[i] < 0)
        continue;
      if (n >= answers->n)
        return FALSE;

      segment = &g_array_index (answers->segments, InkSegment, n);
      expected = (guint) t->asked[i] + shift;
      if (segment->line != (t->asked[0] < 0 || t->asked[1] < 0 ? 0 : i / 3) ||
          (segment->x + segment->width / 2) / CELL != i % 3 || (segment->y + segment->height / 2) / CELL != i / 3 ||
          answers->best[n] != expected || answers->probabilities[10 * n + expected] < 0.9f)
        return FALSE;
      n++;
    }

  return n == answers->n && answers->segments->len == n;
}

/* Whatever is told is about the photo at hand. */
static void
on_changed (Test *t)
{
  t->n_changed++;
  if (pz_photo_asker_peek_answers (t->asker) == NULL)
    return;

  t->n_answered++;
  g_assert_null (pz_photo_asker_get_problem (t->asker));
  g_assert_true (has_answers (t, 0) || has_answers (t, 1));
}

static void
set_photo (Test *t,
           int   i)
{
  t->asked = i >= 0 ? signs[i] : NULL;
  pz_photo_asker_set_photo (t->asker, i >= 0 ? t->photos[i] : NULL);
}

static void
set_up (Test         *t,
        gconstpointer data)
{
  g_autoptr(MlpNet) first = make_sign_net (0);
  g_autoptr(MlpNet) second = make_sign_net (1);

  fixture_set_up (&t->base, data);
  write_net (t, "first.perz", first, "builtin:digits");
  write_net (t, "second.perz", second, "builtin:digits");
  for (guint i = 0; i < N_PHOTOS; i++)
    t->photos[i] = make_photo (signs[i]);
  t->asker = pz_photo_asker_new (t->base.project);
  g_signal_connect_swapped (t->asker, "changed", G_CALLBACK (on_changed), t);
}

static void
tear_down (Test         *t,
           gconstpointer data)
{
  finish_tasks ();
  if (t->asker != NULL)
    g_assert_finalize_object (t->asker);
  for (guint i = 0; i < N_PHOTOS; i++)
    pz_photo_unref (t->photos[i]);
  fixture_tear_down (&t->base, data);
}

/* Each photo by each network; a network that comes later is asked about the photo at hand. */
static void
test_answers (Test         *t,
              gconstpointer data)
{
  open_net (t, "first.perz");
  finish_tasks ();
  g_assert_null (pz_photo_asker_peek_photo (t->asker));
  g_assert_null (pz_photo_asker_peek_segments (t->asker));
  g_assert_cmpuint (t->n_changed, ==, 0);

  for (int i = 0; i < N_PHOTOS; i++)
    {
      set_photo (t, i);
      g_assert_true (pz_photo_asker_peek_photo (t->asker) == t->photos[i]);
      g_assert_null (pz_photo_asker_peek_answers (t->asker));
      g_assert_true (pz_photo_asker_peek_segments (t->asker) == t->photos[i]->segments);
      finish_tasks ();
      g_assert_true (has_answers (t, 0));
      g_assert_true (pz_photo_asker_peek_segments (t->asker) == pz_photo_asker_peek_answers (t->asker)->segments);
      g_assert_cmpuint (t->n_changed, ==, 2 * ((guint) i + 1));
    }

  for (guint shift = 0; shift < 4; shift++)
    {
      open_net (t, shift % 2 == 0 ? "second.perz" : "first.perz");
      finish_tasks ();
      g_assert_true (has_answers (t, 1 - shift % 2));
    }

  /* The one at hand once more. */
  set_photo (t, N_PHOTOS - 1);
  finish_tasks ();
  g_assert_true (has_answers (t, 0));
}

/* Of several photos the newest is answered, and no other; the networks change meanwhile. */
static void
test_newest (Test         *t,
             gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (11);
  guint n_answered;

  open_net (t, "first.perz");
  for (int i = 0; i < 10; i++)
    set_photo (t, i % N_PHOTOS);
  finish_tasks ();
  g_assert_true (has_answers (t, 0));
  g_assert_cmpuint (t->n_answered, ==, 1);

  for (guint i = 0; i < 400; i++)
    {
      set_photo (t, g_rand_int_range (rand, -1, N_PHOTOS));
      if (i % 3 == 0)
        pz_task_wait_all ();
      for (int j = g_rand_int_range (rand, 0, 4); j > 0; j--)
        g_main_context_iteration (NULL, FALSE);
      if (i % 16 == 0)
        open_net (t, i % 32 == 0 ? "second.perz" : "first.perz");
      if (i % 8 == 7)
        {
          finish_tasks ();
          g_assert_true (t->asked == NULL || has_answers (t, i % 32 < 16));
        }
    }

  open_net (t, "second.perz");
  n_answered = t->n_answered;
  set_photo (t, 1);
  set_photo (t, 0);
  finish_tasks ();
  g_assert_true (has_answers (t, 1));
  g_assert_cmpuint (t->n_answered, ==, n_answered + 1);
}

static void
ask_first (Test *t)
{
  set_photo (t, 0);
}

/* A network that comes while a question is under way is asked after it. */
static void
test_again (Test         *t,
            gconstpointer data)
{
  gulong id;

  open_net (t, "first.perz");
  finish_tasks ();

  /* Heard before the asker hears of the network. */
  g_assert_finalize_object (t->asker);
  id = g_signal_connect_swapped (t->base.project, "net-changed", G_CALLBACK (ask_first), t);
  t->asker = pz_photo_asker_new (t->base.project);
  g_signal_connect_swapped (t->asker, "changed", G_CALLBACK (on_changed), t);
  open_net (t, "second.perz");
  g_signal_handler_disconnect (t->base.project, id);
  finish_tasks ();
  g_assert_true (has_answers (t, 1));
  g_assert_cmpuint (t->n_answered, ==, 2);
}

/* A photo that is taken away has no answer, at whatever moment. */
static void
test_cancel (Test         *t,
             gconstpointer data)
{
  open_net (t, "first.perz");
  for (guint i = 0; i < 30; i++)
    {
      set_photo (t, 0);
      if (i % 3 == 1)
        pz_task_wait_all ();
      else if (i % 3 == 2)
        finish_tasks ();
      g_assert_cmpint (i % 3 == 2, ==, pz_photo_asker_peek_answers (t->asker) != NULL);

      set_photo (t, -1);
      g_assert_null (pz_photo_asker_peek_photo (t->asker));
      g_assert_null (pz_photo_asker_peek_answers (t->asker));
      g_assert_null (pz_photo_asker_peek_segments (t->asker));
      finish_tasks ();
      g_assert_null (pz_photo_asker_peek_answers (t->asker));
      g_assert_null (pz_photo_asker_get_problem (t->asker));
    }
  g_assert_cmpuint (t->n_answered, ==, 10);

  /* Nor does anything arrive where nobody is any more. */
  for (guint i = 0; i < 10; i++)
    {
      set_photo (t, 0);
      if (i % 2 == 1)
        pz_task_wait_all ();
      g_assert_finalize_object (t->asker);
      finish_tasks ();
      t->asker = pz_photo_asker_new (t->base.project);
      g_signal_connect_swapped (t->asker, "changed", G_CALLBACK (on_changed), t);
    }
  g_assert_cmpuint (t->n_answered, ==, 10);
}

static void
assert_problem (Test       *t,
                const char *part)
{
  finish_tasks ();
  g_assert_null (pz_photo_asker_peek_answers (t->asker));
  g_assert_nonnull (pz_photo_asker_get_problem (t->asker));
  g_assert_nonnull (strstr (pz_photo_asker_get_problem (t->asker), part));
}

/* Why there are no answers; after each there are some again. */
static void
test_problems (Test         *t,
               gconstpointer data)
{
  const int nothing[] = { -1, -1, -1, -1, -1, -1 };
  g_autoptr(PzPhoto) blank = make_photo (nothing);
  g_autoptr(MlpNet) broken = make_sign_net (0);

  set_photo (t, 0);
  assert_problem (t, "Train a network");

  open_net (t, "first.perz");
  finish_tasks ();
  g_assert_true (has_answers (t, 0));

  t->asked = NULL;
  pz_photo_asker_set_photo (t->asker, blank);
  g_assert_cmpuint (pz_task_count (), ==, 0);
  assert_problem (t, "No ink");

  /* The same once more, when nobody else has it. */
  g_clear_pointer (&blank, pz_photo_unref);
  pz_photo_asker_set_photo (t->asker, (PzPhoto *) pz_photo_asker_peek_photo (t->asker));
  assert_problem (t, "No ink");

  /* Outputs that are no numbers: the sums are too large. */
  for (gsize i = 0; i < 784; i++)
    mlp_net_get_params (broken)[i] = 3e38f;
  write_net (t, "broken.perz", broken, "builtin:digits");
  set_photo (t, 1);
  g_assert_null (pz_photo_asker_get_problem (t->asker));
  finish_tasks ();
  g_assert_true (has_answers (t, 0));
  open_net (t, "broken.perz");
  assert_problem (t, "finite");

  /* It does not say that its 784 inputs are 28 × 28 pixels. */
  write_net (t, "plain.perz", broken, NULL);
  open_net (t, "plain.perz");
  assert_problem (t, "28 × 28");

  open_net (t, "second.perz");
  finish_tasks ();
  g_assert_true (has_answers (t, 1));
  g_assert_null (pz_photo_asker_get_problem (t->asker));
}

int
main (int   argc,
      char *argv[])
{
  image_read_init (argc, argv);
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/model/photo-asker/" name, Test, NULL, set_up, func, tear_down)
  ADD ("answers", test_answers);
  ADD ("newest", test_newest);
  ADD ("again", test_again);
  ADD ("cancel", test_cancel);
  ADD ("problems", test_problems);

  return g_test_run ();
}
