/* test-history.c: the epochs of one run.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "task-util.h"
#include "model/pz-history.h"

#define NOTHING ((double) NAN)

static MlpEpoch
make_epoch (guint  epoch,
            double train_loss,
            double validation_loss)
{
  return (MlpEpoch) { epoch, 0.5, train_loss, 0.25, NOTHING, validation_loss, 0.125, NOTHING };
}

static void
test_append (void)
{
  g_autoptr(PzHistory) history = pz_history_new ("784-30-10");
  MlpEpoch epochs[3];
  const MlpEpoch *all;
  guint n_changes = 0;
  guint n;

  for (guint i = 0; i < 3; i++)
    epochs[i] = make_epoch (i + 1, 1.0 / (i + 1), 1.0);

  g_signal_connect_swapped (history, "changed", G_CALLBACK (count_calls), &n_changes);
  g_assert_cmpstr (pz_history_get_title (history), ==, "784-30-10");
  g_assert_cmpuint (pz_history_get_n_epochs (history), ==, 0);

  pz_history_append (history, NULL, 0);
  g_assert_cmpuint (n_changes, ==, 0);
  pz_history_append (history, epochs, 2);
  g_assert_cmpuint (n_changes, ==, 1);
  pz_history_append (history, epochs + 2, 1);
  g_assert_cmpuint (n_changes, ==, 2);

  all = pz_history_peek_epochs (history, &n);
  g_assert_cmpuint (n, ==, 3);
  g_assert_cmpmem (all, sizeof epochs, epochs, sizeof epochs);
}

/* The lowest validation loss; the first of equal ones; the train loss only
 * where nothing validates.
 */
static void
test_best (void)
{
  g_autoptr(PzHistory) validated = pz_history_new (NULL);
  g_autoptr(PzHistory) trained = pz_history_new (NULL);
  const MlpEpoch with[] = {
    make_epoch (1, 0.9, 0.8), make_epoch (2, 0.5, 0.3), make_epoch (3, 0.2, 0.3), make_epoch (4, 0.1, 0.6),
  };
  const MlpEpoch without[] = {
    make_epoch (1, NOTHING, NOTHING), make_epoch (2, 0.7, NOTHING), make_epoch (3, 0.4, NOTHING), make_epoch (4, 0.5,
                                                                                                              NOTHING),
  };

  g_assert_cmpuint (pz_history_get_best_epoch (validated), ==, 0);
  pz_history_append (validated, with, 1);
  g_assert_cmpuint (pz_history_get_best_epoch (validated), ==, 1);
  pz_history_append (validated, with + 1, 3);
  g_assert_cmpuint (pz_history_get_best_epoch (validated), ==, 2);

  pz_history_append (trained, without, 1);
  g_assert_cmpuint (pz_history_get_best_epoch (trained), ==, 0);
  pz_history_append (trained, without + 1, 3);
  g_assert_cmpuint (pz_history_get_best_epoch (trained), ==, 3);
}

static void
check_csv (void)
{
  g_autoptr(PzHistory) history = pz_history_new (NULL);
  const MlpEpoch epochs[] = { make_epoch (1, 1234.5, 0.0625), make_epoch (1000, 1e-9, (double) INFINITY) };
  g_autofree char *csv = NULL;

  pz_history_append (history, epochs, 2);
  csv = pz_history_to_csv (history);
  g_assert_cmpstr (csv, ==,
                   "epoch,learning_rate,train_loss,train_accuracy,train_mae,"
                   "validation_loss,validation_accuracy,validation_mae\n"
                   "1,0.5,1234.5,0.25,,0.0625,0.125,\n"
                   "1000,0.5,1e-09,0.25,,,0.125,\n");
}

/* What the errors are in, where it is one unit. */
static void
test_task (void)
{
  const struct { const char *targets; const char *csv; } cases[] = {
    { "gap,homo", "1,0.5,0.5,,0.25,0.375,,0.125,meV\n" },
    { "gap,mu", "1,0.5,0.5,,0.25,0.375,,0.125,\n" },
  };
  const MlpEpoch epoch = { 1, 0.5, 0.5, NOTHING, 0.25, 0.375, NOTHING, 0.125 };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(PzHistory) history = pz_history_new (NULL);
      g_autofree char *csv = NULL;
      DsTask task = { (char *) "composition", (char *) cases[i].targets, MOL_UNIT_MEV, FALSE };
      const char *rows;

      g_assert_null (pz_history_peek_task (history));
      pz_history_set_task (history, &task);
      g_assert_true (ds_task_equal (pz_history_peek_task (history), &task));
      pz_history_append (history, &epoch, 1);
      csv = pz_history_to_csv (history);
      rows = strchr (csv, '\n') + 1;
      g_assert_true (g_str_has_suffix (csv, cases[i].csv));
      g_assert_true (strncmp (rows - strlen (",mae_unit\n"), ",mae_unit\n", strlen (",mae_unit\n")) == 0);
      g_assert_cmpstr (rows, ==, cases[i].csv);
    }
}

static void
test_csv (void)
{
  const char *const commas[] = { "de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8", "de_AT.UTF-8" };
  gboolean found = FALSE;

  check_csv ();

  for (gsize i = 0; i < G_N_ELEMENTS (commas) && !found; i++)
    found = setlocale (LC_NUMERIC, commas[i]) != NULL && *localeconv ()->decimal_point == ',';

  if (found)
    check_csv ();
  else
    g_test_skip ("there is no locale with a decimal comma");

  setlocale (LC_NUMERIC, "C");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/history/append", test_append);
  g_test_add_func ("/model/history/best", test_best);
  g_test_add_func ("/model/history/csv", test_csv);
  g_test_add_func ("/model/history/task", test_task);

  return g_test_run ();
}
