/* test-predictor.c: questions and answers while networks and strokes change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-pass.h"
#include "ink/ink-frame.h"
#include "model-util.h"
#include "model/pz-predictor.h"
#include "model/pz-task.h"

#define N_POINTS 60

typedef struct
{
  PzPredictor *predictor;
  MlpNet      *net;
  InkPoint     points[N_POINTS];
  guint        n_changed;
  guint        n_has_answer;
} Fixture;

static void
count (guint *n)
{
  (*n)++;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->predictor = pz_predictor_new ();
  f->net = make_net (30, 5);
  g_signal_connect_swapped (f->predictor, "changed", G_CALLBACK (count), &f->n_changed);
  g_signal_connect_swapped (f->predictor, "notify::has-answer", G_CALLBACK (count), &f->n_has_answer);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  finish_tasks ();
  g_assert_finalize_object (f->predictor);
  mlp_net_free (f->net);
}

/* A slanted bar with a foot, a different one for each number. */
static void
draw (Fixture *f,
      guint    number)
{
  const float slant = 0.06f * (float) (number % 10);

  for (guint i = 0; i < N_POINTS; i++)
    {
      const float t = (float) i / (N_POINTS - 1);

      f->points[i] = (InkPoint) { 0.2f + slant * (1.0f - t), 0.2f + 0.6f * t, 0.5f, i == 0 };
    }
  f->points[N_POINTS - 1].x = 0.3f + 0.5f * slant;
}

static void
set_net (Fixture *f)
{
  pz_predictor_set_net (f->predictor, f->net, 28, 28, 1.0f / 256.0f);
}

static void
set_strokes (Fixture *f,
             guint    number)
{
  draw (f, number);
  pz_predictor_set_strokes (f->predictor, f->points, N_POINTS, 0);
}

static void
clear_strokes (Fixture *f)
{
  pz_predictor_set_strokes (f->predictor, NULL, 0, 0);
}

/* What the network says to these strokes, worked out here. */
static void
assert_answer (Fixture *f)
{
  g_autoptr(MlpWork) work = mlp_work_new (f->net, 1, FALSE, NULL);
  guint8 frame[784];
  float *x = mlp_work_get_input (work);
  const float *h, *outputs;
  gsize n;

  g_assert_true (ink_frame_from_strokes (f->points, N_POINTS, 0, frame, NULL));
  for (gsize i = 0; i < 784; i++)
    x[i] = (float) frame[i] / 256.0f;
  h = mlp_pass_forward (f->net, work, 1);

  g_assert_true (pz_predictor_get_has_answer (f->predictor));
  g_assert_cmpmem (pz_predictor_peek_frame (f->predictor), 784, frame, 784);
  outputs = pz_predictor_peek_outputs (f->predictor, &n);
  g_assert_cmpuint (n, ==, 10);
  for (gsize i = 0; i < n; i++)
    {
      assert_close ((double) outputs[i], (double) h[i], 1e-5);
      g_assert_cmpfloat (outputs[i], <=, outputs[pz_predictor_get_answer (f->predictor)]);
    }
}

static void
assert_no_answer (Fixture *f)
{
  gsize n = 1;

  g_assert_false (pz_predictor_get_has_answer (f->predictor));
  g_assert_null (pz_predictor_peek_outputs (f->predictor, &n));
  g_assert_cmpuint (n, ==, 0);
}

static void
test_answer (Fixture      *f,
             gconstpointer data)
{
  set_net (f);
  finish_tasks ();
  assert_no_answer (f);
  g_assert_null (pz_predictor_peek_frame (f->predictor));
  g_assert_cmpuint (f->n_changed, ==, 0);

  set_strokes (f, 3);
  assert_no_answer (f);
  wait_until (f->n_changed == 1);
  assert_answer (f);
  g_assert_cmpuint (f->n_has_answer, ==, 1);
}

/* What the training pictures look like goes with the network: here they are all
 * black, and the limit of what may be left over is far or near.
 */
static void
test_novel (Fixture      *f,
            gconstpointer data)
{
  const gsize n_outputs = mlp_net_get_width (f->net, mlp_net_get_n_layers (f->net));
  g_autofree float *zeros = g_new0 (float, 784 * n_outputs);
  const float far[] = { 784.0f, 2.0f };
  const float near[] = { 784.0f, 0.5f };
  g_autoptr(MlpNovelty) wide = mlp_novelty_new (784, n_outputs, 1, zeros, zeros, far, NULL);
  g_autoptr(MlpNovelty) narrow = mlp_novelty_new (784, n_outputs, 1, zeros, zeros, near, NULL);

  set_net (f);
  set_strokes (f, 3);
  wait_until (pz_predictor_get_has_answer (f->predictor));
  g_assert_false (pz_predictor_get_is_novel (f->predictor));

  mlp_net_set_novelty (f->net, narrow);
  set_net (f);
  wait_until (pz_predictor_get_is_novel (f->predictor));
  assert_answer (f);

  mlp_net_set_novelty (f->net, wide);
  set_net (f);
  wait_until (!pz_predictor_get_is_novel (f->predictor));

  mlp_net_set_novelty (f->net, narrow);
  set_net (f);
  wait_until (pz_predictor_get_is_novel (f->predictor));
  clear_strokes (f);
  g_assert_false (pz_predictor_get_is_novel (f->predictor));
}

/* Without a network the picture is shown, and a network that comes later
 * answers what was asked.
 */
static void
test_net_later (Fixture      *f,
                gconstpointer data)
{
  set_strokes (f, 3);
  wait_until (f->n_changed == 1);
  assert_no_answer (f);
  g_assert_nonnull (pz_predictor_peek_frame (f->predictor));

  set_net (f);
  wait_until (f->n_changed == 2);
  assert_answer (f);
}

/* New weights, another width, none: each is heard. */
static void
test_swap (Fixture      *f,
           gconstpointer data)
{
  guint n;

  set_net (f);
  set_strokes (f, 4);
  finish_tasks ();
  assert_answer (f);

  mlp_net_init (f->net, MLP_INIT_NORMAL, TRUE, 77);
  n = f->n_changed;
  set_net (f);

  /* The old answer stays until the new one is there: no flicker. */
  g_assert_true (pz_predictor_get_has_answer (f->predictor));
  wait_until (f->n_changed > n);
  finish_tasks ();
  assert_answer (f);

  mlp_net_free (f->net);
  f->net = make_net (12, 8);
  set_net (f);
  assert_no_answer (f);
  finish_tasks ();
  assert_answer (f);

  pz_predictor_set_net (f->predictor, NULL, 0, 0, 0.0f);
  assert_no_answer (f);
  finish_tasks ();
  assert_no_answer (f);
  g_assert_nonnull (pz_predictor_peek_frame (f->predictor));
}

/* Steps of the rule that are left out are left out of the answer, until strokes come
 * without that.
 */
static void
test_options (Fixture      *f,
              gconstpointer data)
{
  const InkFrameSkip raw = INK_FRAME_SKIP_PEN | INK_FRAME_SKIP_BOX | INK_FRAME_SKIP_SIZE | INK_FRAME_SKIP_CENTRE;
  g_autofree guint8 *ink = g_malloc (112 * 112);
  guint8 frame[784];

  set_net (f);
  g_assert_null (pz_predictor_peek_steps (f->predictor));
  draw (f, 2);
  pz_predictor_set_strokes (f->predictor, f->points, N_POINTS, raw);
  g_assert_cmpint (pz_predictor_get_skip (f->predictor), ==, raw);
  finish_tasks ();

  /* The whole pad with its own pen: each cell is the average of 4 × 4 pixels. */
  ink_stroke_render (f->points, N_POINTS, &INK_STROKE_VIEW_WHOLE, 112, ink);
  for (gsize i = 0; i < 784; i++)
    {
      guint sum = 0;

      for (gsize k = 0; k < 16; k++)
        sum += ink[(i / 28 * 4 + k / 4) * 112 + i % 28 * 4 + k % 4];
      frame[i] = (guint8) ((sum + 8) / 16);
    }
  g_assert_cmpmem (pz_predictor_peek_frame (f->predictor), 784, frame, 784);
  g_assert_cmpuint (pz_predictor_peek_steps (f->predictor)->n, ==, 28);
  assert_close (pz_predictor_peek_steps (f->predictor)->side, 112, 0.0);

  /* Another network is asked the same. */
  set_net (f);
  finish_tasks ();
  g_assert_cmpmem (pz_predictor_peek_frame (f->predictor), 784, frame, 784);

  set_strokes (f, 2);
  finish_tasks ();
  assert_answer (f);
  g_assert_cmpuint (pz_predictor_peek_steps (f->predictor)->n, ==, 20);
  clear_strokes (f);
  g_assert_null (pz_predictor_peek_steps (f->predictor));
}

/* A network that takes something else than 28 × 28 pictures cannot be asked. */
static void
test_unfit (Fixture      *f,
            gconstpointer data)
{
  const MlpLayer layers[] = { { 10, MLP_SOFTMAX } };
  g_autoptr(MlpNet) other = mlp_net_new (20, layers, 1, NULL);

  set_strokes (f, 1);
  pz_predictor_set_net (f->predictor, other, 5, 4, 1.0f);
  finish_tasks ();
  assert_no_answer (f);

  pz_predictor_set_net (f->predictor, f->net, 784, 1, 1.0f);
  finish_tasks ();
  assert_no_answer (f);

  set_net (f);
  finish_tasks ();
  assert_answer (f);
  pz_predictor_set_net (f->predictor, other, 5, 4, 1.0f);
  assert_no_answer (f);
  finish_tasks ();
  assert_no_answer (f);
}

/* An empty pad has no answer, at whatever moment it is emptied: before the thread has begun or while
 * it runs, while its answer waits for the main thread, or when it is there.
 */
static void
test_blank (Fixture      *f,
            gconstpointer data)
{
  set_net (f);

  for (guint i = 0; i < 60; i++)
    {
      const guint n_changed = f->n_changed;
      const guint n_has_answer = f->n_has_answer;
      const gboolean answered = i % 3 == 2;

      set_strokes (f, i);
      if (i % 3 == 1)
        {
          pz_task_wait_all ();
        }
      else if (answered)
        {
          finish_tasks ();
          assert_answer (f);
        }

      clear_strokes (f);
      assert_no_answer (f);
      g_assert_null (pz_predictor_peek_frame (f->predictor));
      finish_tasks ();
      assert_no_answer (f);
      g_assert_null (pz_predictor_peek_frame (f->predictor));
      g_assert_cmpuint (f->n_changed - n_changed, ==, answered ? 2 : 0);
      g_assert_cmpuint (f->n_has_answer - n_has_answer, ==, answered ? 2 : 0);
    }

  set_strokes (f, 5);
  finish_tasks ();
  assert_answer (f);
}

static guint n_wrong;

/* Whatever is told is about the newest strokes. */
static void
on_changed (Fixture *f)
{
  const guint8 *frame = pz_predictor_peek_frame (f->predictor);
  guint8 expected[784];

  if (frame == NULL)
    return;

  ink_frame_from_strokes (f->points, N_POINTS, 0, expected, NULL);
  n_wrong += memcmp (frame, expected, 784) != 0;
}

/* A pen in motion while a network learns: an answer to an older question is
 * never told, and the last one comes.
 */
static void
test_stale (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (3);

  n_wrong = 0;
  g_signal_connect_swapped (f->predictor, "changed", G_CALLBACK (on_changed), f);
  set_net (f);

  for (guint i = 0; i < 2000; i++)
    {
      set_strokes (f, i);
      if (g_rand_int_range (rand, 0, 4) == 0)
        {
          mlp_net_get_params (f->net)[i] += 0.5f;
          set_net (f);
        }
      for (int j = g_rand_int_range (rand, 0, 3); j > 0; j--)
        g_main_context_iteration (NULL, FALSE);
    }

  finish_tasks ();
  assert_answer (f);
  g_assert_cmpuint (n_wrong, ==, 0);
  g_test_message ("2000 questions, %u answers", f->n_changed);
}

/* The thread has a copy of its own: whoever asked may write over the points, or free
 * them, at once.
 */
static void
test_copy (Fixture      *f,
           gconstpointer data)
{
  set_net (f);

  for (guint i = 0; i < 100; i++)
    {
      InkPoint *points;

      draw (f, i);
      points = g_memdup2 (f->points, sizeof f->points);
      pz_predictor_set_strokes (f->predictor, points, N_POINTS, 0);
      memset (points, 0xff, sizeof f->points);
      g_free (points);

      /* And another network is asked about the same. */
      set_net (f);
      finish_tasks ();
      assert_answer (f);
    }
}

/* Outputs that are no probabilities become shares. */
static void
test_shares (Fixture      *f,
             gconstpointer data)
{
  static const MlpActivation outputs[] = { MLP_SIGMOID, MLP_IDENTITY, MLP_TANH, MLP_RELU };

  set_strokes (f, 2);
  for (gsize i = 0; i < G_N_ELEMENTS (outputs); i++)
    {
      const MlpLayer layers[] = { { 10, outputs[i] } };
      const float *probabilities;
      double sum = 0.0;
      gsize n;

      mlp_net_free (f->net);
      f->net = mlp_net_new (784, layers, 1, NULL);
      mlp_net_init (f->net, MLP_INIT_NORMAL, TRUE, 9);
      set_net (f);
      finish_tasks ();

      probabilities = pz_predictor_peek_outputs (f->predictor, &n);
      g_assert_cmpuint (n, ==, 10);
      for (gsize j = 0; j < n; j++)
        {
          g_assert_cmpfloat (probabilities[j], >=, 0.0f);
          g_assert_cmpfloat (probabilities[j], <=, probabilities[pz_predictor_get_answer (f->predictor)]);
          sum += (double) probabilities[j];
        }
      assert_close (sum, 1.0, 1e-5);
    }
}

/* Let go of in the middle of a question. */
static void
test_dropped (Fixture      *f,
              gconstpointer data)
{
  gpointer weak = f->predictor;

  set_net (f);
  set_strokes (f, 1);
  g_object_add_weak_pointer (G_OBJECT (f->predictor), &weak);
  g_signal_handlers_disconnect_by_data (f->predictor, &f->n_changed);
  g_signal_handlers_disconnect_by_data (f->predictor, &f->n_has_answer);
  g_object_unref (f->predictor);
  wait_until (weak == NULL);
  f->predictor = pz_predictor_new ();
}

#define ADD(path, func) g_test_add ("/model/predictor/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("answer", test_answer);
  ADD ("novel", test_novel);
  ADD ("net-later", test_net_later);
  ADD ("swap", test_swap);
  ADD ("options", test_options);
  ADD ("unfit", test_unfit);
  ADD ("blank", test_blank);
  ADD ("stale", test_stale);
  ADD ("copy", test_copy);
  ADD ("shares", test_shares);
  ADD ("dropped", test_dropped);

  return g_test_run ();
}
