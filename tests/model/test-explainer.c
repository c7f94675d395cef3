/* test-explainer.c: explanations while networks, pictures and classes change.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "model-util.h"
#include "model/pz-explainer.h"

#define N INK_FRAME_SIZE
#define SCALE (1.0f / 256.0f)

typedef struct
{
  PzExplainer *explainer;
  MlpNet      *net;
  guint8       frame[N];
  guint        n_changed;
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
  f->explainer = pz_explainer_new ();
  f->net = make_net (30, 5);
  for (gsize i = 0; i < mlp_net_get_n_params (f->net); i++)
    mlp_net_get_params (f->net)[i] *= 2.0f;
  g_signal_connect_swapped (f->explainer, "changed", G_CALLBACK (count), &f->n_changed);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  finish_tasks ();
  g_assert_finalize_object (f->explainer);
  mlp_net_free (f->net);
}

/* A bar, a different one for each number. */
static void
set_frame (Fixture *f,
           guint    number)
{
  memset (f->frame, 0, N);
  for (guint y = 4; y < 24; y++)
    for (guint x = 0; x < 4; x++)
      f->frame[28 * y + 3 + x + 2 * (number % 10)] = 255;
  pz_explainer_set_frame (f->explainer, f->frame);
}

/* What is there now, worked out here. */
static void
assert_explained (Fixture *f)
{
  g_autoptr(MlpExplain) explain = mlp_explain_new (f->net, NULL);
  const PzAttribution *attribution = pz_explainer_peek_attribution (f->explainer);
  const PzCounterfactual *counterfactual = pz_explainer_peek_counterfactual (f->explainer);
  const gssize class = pz_explainer_get_class (f->explainer);
  float x[N], gradient[N], added[30], changed[N];
  const float *h;
  gsize answer = 0, next, target;

  for (gsize i = 0; i < N; i++)
    x[i] = SCALE * (float) f->frame[i];
  h = mlp_explain_forward (explain, x);
  for (gsize i = 1; i < 10; i++)
    if (h[i] > h[answer])
      answer = i;
  next = answer == 0;
  for (gsize i = 0; i < 10; i++)
    if (i != answer && h[i] > h[next])
      next = i;

  g_assert_nonnull (attribution);
  g_assert_cmpmem (attribution->frame, N, f->frame, N);
  g_assert_cmpuint (attribution->answer, ==, answer);
  g_assert_cmpuint (attribution->class, ==, class >= 0 ? (gsize) class : answer);
  assert_close ((double) attribution->probability, (double) h[attribution->class], 1e-6);
  mlp_explain_gradient (explain, attribution->class, gradient, added);
  g_assert_cmpmem (attribution->gradient, sizeof gradient, gradient, sizeof gradient);

  g_assert_cmpuint (attribution->n_units, ==, 5);
  for (gsize k = 0; k < attribution->n_units; k++)
    {
      g_assert_cmpfloat (attribution->contributions[k], ==, added[attribution->units[k]]);
      g_assert_cmpfloat (attribution->activations[k], ==, mlp_explain_peek_first (explain)[attribution->units[k]]);
      g_assert_true (k == 0 || fabsf (attribution->contributions[k]) <= fabsf (attribution->contributions[k - 1]));
    }
  for (gsize i = 0; i < mlp_net_get_width (f->net, 1); i++)
    {
      gboolean told = FALSE;

      for (gsize k = 0; k < 5; k++)
        told = told || attribution->units[k] == i;
      g_assert_true (told || fabsf (added[i]) <= fabsf (attribution->contributions[4]));
    }

  target = class >= 0 ? (gsize) class : next;
  g_assert_nonnull (counterfactual);
  g_assert_cmpmem (counterfactual->frame, N, f->frame, N);
  g_assert_cmpuint (counterfactual->class, ==, target);
  g_assert_cmpint (counterfactual->outcome, ==, mlp_explain_change (explain, x, target, SCALE * 255.0f, 28, NULL, NULL,
                                                                    changed));
  for (gsize i = 0; i < N; i++)
    g_assert_cmpfloat (counterfactual->change[i], ==, changed[i] - x[i]);
  h = mlp_explain_forward (explain, changed);
  assert_close ((double) counterfactual->probability, (double) h[target], 1e-6);
  if (counterfactual->outcome == MLP_CHANGE_FOUND)
    g_assert_cmpuint (counterfactual->answer, ==, target);
}

static void
test_explains (Fixture      *f,
               gconstpointer data)
{
  finish_tasks ();
  g_assert_null (pz_explainer_peek_attribution (f->explainer));

  pz_explainer_set_net (f->explainer, f->net, SCALE);
  finish_tasks ();
  g_assert_cmpuint (f->n_changed, ==, 0);

  set_frame (f, 3);
  g_assert_null (pz_explainer_peek_attribution (f->explainer));
  wait_until (f->n_changed == 2);
  assert_explained (f);

  /* The same again is no question. */
  set_frame (f, 3);
  finish_tasks ();
  g_assert_cmpuint (f->n_changed, ==, 2);

  set_frame (f, 7);
  finish_tasks ();
  assert_explained (f);
}

/* Each class; and the answer again. */
static void
test_classes (Fixture      *f,
              gconstpointer data)
{
  guint n_not_needed = 0;

  pz_explainer_set_net (f->explainer, f->net, SCALE);
  set_frame (f, 2);
  for (gssize class = 9; class >= -1; class--)
    {
      pz_explainer_set_class (f->explainer, class);
      finish_tasks ();
      assert_explained (f);
      n_not_needed += pz_explainer_peek_counterfactual (f->explainer)->outcome == MLP_CHANGE_NOT_NEEDED;
    }
  g_assert_cmpuint (n_not_needed, ==, 1);

  /* One that the network has not is taken as none. */
  pz_explainer_set_class (f->explainer, 12);
  finish_tasks ();
  g_assert_cmpuint (pz_explainer_peek_attribution (f->explainer)->class, ==,
                    pz_explainer_peek_attribution (f->explainer)->answer);
}

/* Whatever comes in between, what is there at the end is about the newest. */
static void
test_newest (Fixture      *f,
             gconstpointer data)
{
  pz_explainer_set_net (f->explainer, f->net, SCALE);
  for (guint i = 0; i < 200; i++)
    {
      set_frame (f, i);
      if (i % 3 == 0)
        pz_explainer_set_class (f->explainer, (gssize) (i % 10));
      if (i % 7 == 0)
        {
          mlp_net_get_params (f->net)[i] += 1.0f;
          pz_explainer_set_net (f->explainer, f->net, SCALE);
        }
      if (i % 5 == 0)
        run_pending ();
    }
  finish_tasks ();
  assert_explained (f);

  /* Another shape while a question is under way; and nothing. */
  set_frame (f, 4);
  mlp_net_free (f->net);
  f->net = make_net (12, 8);
  mlp_net_init (f->net, MLP_INIT_HE, TRUE, 5);
  pz_explainer_set_net (f->explainer, f->net, SCALE);
  g_assert_null (pz_explainer_peek_attribution (f->explainer));
  finish_tasks ();
  assert_explained (f);

  set_frame (f, 5);
  pz_explainer_set_frame (f->explainer, NULL);
  g_assert_null (pz_explainer_peek_attribution (f->explainer));
  finish_tasks ();
  g_assert_null (pz_explainer_peek_attribution (f->explainer));
  g_assert_null (pz_explainer_peek_counterfactual (f->explainer));

  set_frame (f, 5);
  finish_tasks ();
  assert_explained (f);
  pz_explainer_set_net (f->explainer, NULL, 0.0f);
  g_assert_null (pz_explainer_peek_attribution (f->explainer));
}

/* A network without a hidden layer has no units; one of other inputs, none. */
static void
test_other_nets (Fixture      *f,
                 gconstpointer data)
{
  const MlpLayer layers[] = { { 10, MLP_SOFTMAX } };
  g_autoptr(MlpNet) linear = mlp_net_new (N, layers, 1, NULL);
  g_autoptr(MlpNet) small = mlp_net_new (5, layers, 1, NULL);

  pz_explainer_set_net (f->explainer, linear, SCALE);
  set_frame (f, 1);
  finish_tasks ();
  g_assert_cmpuint (pz_explainer_peek_attribution (f->explainer)->n_units, ==, 0);
  g_assert_cmpint (pz_explainer_peek_counterfactual (f->explainer)->outcome, ==, MLP_CHANGE_NOT_FOUND);

  pz_explainer_set_net (f->explainer, small, SCALE);
  finish_tasks ();
  g_assert_null (pz_explainer_peek_attribution (f->explainer));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/model/explainer/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("explains", test_explains);
  ADD ("classes", test_classes);
  ADD ("newest", test_newest);
  ADD ("other-nets", test_other_nets);

  return g_test_run ();
}
