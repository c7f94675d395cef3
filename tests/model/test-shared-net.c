/* test-shared-net.c: a network that is read while a newer one takes its place.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model-util.h"
#include "model/pz-shared-net.h"

/* Alone it is written over, and with a reader it is not; either way the owner has the new weights. */
static void
test_replace (void)
{
  g_autoptr(MlpNet) first = make_net (30, 5);
  g_autoptr(MlpNet) second = make_net (30, 6);
  g_autoptr(MlpNet) third = make_net (30, 7);
  PzSharedNet *owned = NULL;
  PzSharedNet *before, *reader;
  const MlpNet *read;
  guint64 version;

  g_assert_false (pz_shared_net_replace (&owned, NULL));
  g_assert_null (owned);

  g_assert_false (pz_shared_net_replace (&owned, first));
  assert_same_params (pz_shared_net_peek (owned), first);
  g_assert_true (pz_shared_net_peek (owned) != first);

  before = owned;
  version = pz_shared_net_get_version (owned);
  g_assert_true (pz_shared_net_replace (&owned, second));
  g_assert_true (owned == before);
  assert_same_params (pz_shared_net_peek (owned), second);
  g_assert_cmpuint (pz_shared_net_get_version (owned), !=, version);

  reader = pz_shared_net_ref (owned);
  read = pz_shared_net_peek (reader);
  version = pz_shared_net_get_version (reader);
  g_assert_true (pz_shared_net_replace (&owned, third));
  g_assert_true (owned != reader);
  assert_same_params (pz_shared_net_peek (owned), third);
  assert_same_params (read, second);
  g_assert_cmpuint (pz_shared_net_get_version (reader), ==, version);
  g_assert_cmpuint (pz_shared_net_get_version (owned), !=, version);

  pz_shared_net_unref (reader);
  g_assert_true (pz_shared_net_replace (&owned, first));
  g_assert_false (pz_shared_net_replace (&owned, NULL));
  g_assert_null (owned);
}

/* Another shape, another activation: another network. */
static void
test_shape (void)
{
  const MlpLayer layers[] = { { 30, MLP_TANH }, { 10, MLP_SOFTMAX } };
  g_autoptr(MlpNet) first = make_net (30, 5);
  g_autoptr(MlpNet) wide = make_net (31, 5);
  g_autoptr(MlpNet) other = mlp_net_new (784, layers, G_N_ELEMENTS (layers), NULL);
  PzSharedNet *owned = NULL;
  PzSharedNet *reader;

  pz_shared_net_replace (&owned, first);
  reader = pz_shared_net_ref (owned);
  g_assert_false (pz_shared_net_replace (&owned, wide));
  assert_same_params (pz_shared_net_peek (owned), wide);
  assert_same_params (pz_shared_net_peek (reader), first);
  g_assert_cmpuint (pz_shared_net_get_version (owned), !=, pz_shared_net_get_version (reader));
  pz_shared_net_unref (reader);

  g_assert_false (pz_shared_net_replace (&owned, first));
  g_assert_false (pz_shared_net_replace (&owned, other));
  g_assert_true (mlp_net_same_shape (pz_shared_net_peek (owned), other));
  pz_shared_net_unref (owned);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/shared-net/replace", test_replace);
  g_test_add_func ("/model/shared-net/shape", test_shape);

  return g_test_run ();
}
