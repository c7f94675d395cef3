/* test-number-row.c: numbers as they are typed, and the row they are typed in.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>

#include "widget-util.h"
#include "widgets/common/pz-number-entry.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/common/pz-number.h"

typedef struct
{
  const char *text;
  gboolean    integer;
  gboolean    ok;
  double      value;
} Case;

static const Case cases[] = {
  { "0.001", FALSE, TRUE, 0.001 },
  { "1e-3", FALSE, TRUE, 0.001 },
  { " 2.5E2 ", FALSE, TRUE, 250.0 },
  { "−4", FALSE, TRUE, -4.0 },
  { "+.5", FALSE, TRUE, 0.5 },
  { "60000", TRUE, TRUE, 60000.0 },
  { "60 000", TRUE, TRUE, 60000.0 },
  { "60\u202f000", TRUE, TRUE, 60000.0 },
  { "1e4", TRUE, TRUE, 10000.0 },
  { "", FALSE, FALSE, 0.0 },
  { "abc", FALSE, FALSE, 0.0 },
  { "1.2.3", FALSE, FALSE, 0.0 },
  { "12 apples", FALSE, FALSE, 0.0 },
  { "inf", FALSE, FALSE, 0.0 },
  { "nan", FALSE, FALSE, 0.0 },
  { "0x10", FALSE, FALSE, 0.0 },
  { "1e400", FALSE, FALSE, 0.0 },
  { "1e39", FALSE, FALSE, 0.0 },
  { "2.5", TRUE, FALSE, 0.0 },
};

static void
test_parse (gconstpointer data)
{
  const Case *c = data;
  g_autofree char *problem = NULL;
  double value = -1.0;

  g_assert_cmpint (pz_number_parse (c->text, c->integer, &value, &problem), ==, c->ok);
  if (c->ok)
    {
      g_assert_cmpfloat (value, ==, c->value);
      g_assert_null (problem);
    }
  else
    {
      g_assert_cmpfloat (value, ==, -1.0);
      g_assert_nonnull (problem);
      g_assert_true (g_utf8_validate (problem, -1, NULL));
    }
}

static void
assert_formats (double      value,
                gboolean    integer,
                const char *expected)
{
  g_autofree char *text = pz_number_format (value, integer);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_format (void)
{
  assert_formats ((double) 0.001f, FALSE, "0.001");
  assert_formats ((double) 1e-8f, FALSE, "1e-8");
  assert_formats ((double) 0.1f, FALSE, "0.1");
  assert_formats ((double) 0.999f, FALSE, "0.999");
  assert_formats (0.0, FALSE, "0");
  assert_formats (10.0, FALSE, "10");
  assert_formats (300.0, FALSE, "300");
  assert_formats (9007199254740991.0, TRUE, "9007199254740991");

  /* Any float comes back from its text. */
  for (int i = 0; i < 1000; i++)
    {
      float value = (float) g_test_rand_double_range (-10.0, 10.0);
      g_autofree char *text = pz_number_format ((double) value, FALSE);
      double back = 0.0;

      g_assert_true (pz_number_parse (text, FALSE, &back, NULL));
      g_assert_cmpfloat ((float) back, ==, value);
    }
}

static void
test_time_left (void)
{
  const struct { double seconds; const char *text; } times[] = {
    { 0.2, "1 s left" }, { 41.3, "42 s left" }, { 120.0, "2 min left" }, { 7200.0, "2 h left" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (times); i++)
    {
      g_autofree char *text = pz_number_format_time_left (times[i].seconds);

      g_assert_cmpstr (text, ==, times[i].text);
    }
}

static void
test_german (void)
{
  g_autofree char *text = NULL;
  g_autofree char *count = NULL;
  double value;

  if (setlocale (LC_NUMERIC, "de_DE.UTF-8") == NULL)
    {
      g_test_skip ("the German locale is not installed");
      return;
    }

  text = pz_number_format ((double) 0.001f, FALSE);
  count = pz_number_format_count (60000);
  g_assert_cmpstr (text, ==, "0,001");
  g_assert_cmpstr (count, ==, "60.000");
  g_assert_true (pz_number_parse ("0,001", FALSE, &value, NULL));
  g_assert_cmpfloat (value, ==, 0.001);
  g_assert_true (pz_number_parse ("0.001", FALSE, &value, NULL));
  g_assert_cmpfloat (value, ==, 0.001);
  g_assert_true (pz_number_parse ("1,5e-3", FALSE, &value, NULL));
  g_assert_cmpfloat (value, ==, 0.0015);
  g_assert_true (pz_number_parse ("60.000", TRUE, &value, NULL));
  g_assert_cmpfloat (value, ==, 60000.0);

  setlocale (LC_NUMERIC, "C");
}

static GtkEditable *
get_text (PzNumberRow *row)
{
  return GTK_EDITABLE (find_widget (GTK_WIDGET (row), PZ_TYPE_NUMBER_ENTRY, NULL));
}

static void
test_properties (void)
{
  g_autoptr(PzNumberRow) row = g_object_ref_sink (PZ_NUMBER_ROW (pz_number_row_new ()));
  guint n_notified = 0;
  guint n_edited = 0;

  g_assert_cmpstr (gtk_editable_get_text (get_text (row)), ==, "0");

  g_signal_connect_swapped (row, "notify::value", G_CALLBACK (count_call), &n_notified);
  g_signal_connect_swapped (row, "edited", G_CALLBACK (count_call), &n_edited);

  pz_number_row_set_value (row, 0.25);
  g_assert_cmpuint (n_notified, ==, 1);
  pz_number_row_set_value (row, 0.25);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_cmpstr (gtk_editable_get_text (get_text (row)), ==, "0.25");

  /* The program is not the user. */
  g_assert_cmpuint (n_edited, ==, 0);
}

static void
test_edited (void)
{
  g_autoptr(PzNumberRow) row = g_object_ref_sink (PZ_NUMBER_ROW (pz_number_row_new ()));
  guint n_edited = 0;

  g_signal_connect_swapped (row, "edited", G_CALLBACK (count_call), &n_edited);

  gtk_editable_set_text (get_text (row), "1e-3");
  g_signal_emit_by_name (get_text (row), "activate");
  g_assert_cmpuint (n_edited, ==, 1);
  g_assert_cmpfloat (pz_number_row_get_value (row), ==, 0.001);

  /* The program says the same number in its own words: the text stays. */
  pz_number_row_set_value (row, (double) 0.001f);
  g_assert_cmpstr (gtk_editable_get_text (get_text (row)), ==, "1e-3");

  g_signal_emit_by_name (get_text (row), "activate");
  g_assert_cmpuint (n_edited, ==, 1);
}

/* "1" on the way to "1e-3" must not reach a run. */
static void
test_typing (void)
{
  g_autoptr(PzNumberRow) row = g_object_ref_sink (PZ_NUMBER_ROW (pz_number_row_new ()));
  guint n_edited = 0;

  g_signal_connect_swapped (row, "edited", G_CALLBACK (count_call), &n_edited);

  gtk_editable_set_text (get_text (row), "1");
  g_main_context_iteration (NULL, FALSE);
  gtk_editable_set_text (get_text (row), "1e-3");
  g_main_context_iteration (NULL, FALSE);
  g_assert_cmpuint (n_edited, ==, 0);

  wait_until (n_edited == 1);
  g_assert_cmpfloat (pz_number_row_get_value (row), ==, 0.001);
}

static void
test_nonsense (void)
{
  g_autoptr(PzNumberRow) row = g_object_ref_sink (PZ_NUMBER_ROW (pz_number_row_new ()));
  GtkWidget *entry = GTK_WIDGET (get_text (row));
  guint n_edited = 0;

  pz_number_row_set_value (row, 3.0);
  pz_number_row_set_hint (row, "a hint");
  g_signal_connect_swapped (row, "edited", G_CALLBACK (count_call), &n_edited);

  gtk_editable_set_text (get_text (row), "abc");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "“abc” is not a number");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "problem"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_STATE_INVALID,
                                    GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_test_accessible_assert_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                       "“abc” is not a number");
  g_assert_false (pz_number_entry_commit (PZ_NUMBER_ENTRY (entry)));
  g_assert_cmpuint (n_edited, ==, 0);
  g_assert_cmpfloat (pz_number_row_get_value (row), ==, 3.0);

  /* What the recipe says against the number stands behind what cannot be read. */
  pz_number_row_set_problem (row, "too small");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "“abc” is not a number");

  gtk_editable_set_text (get_text (row), "4");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "too small");
  pz_number_row_set_problem (row, NULL);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "a hint");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "problem"));
}

static void
test_limits (void)
{
  g_autoptr(PzNumberRow) row = g_object_ref_sink (g_object_new (PZ_TYPE_NUMBER_ROW,
                                                                "integer", TRUE,
                                                                "upper", 100.0,
                                                                NULL));
  GtkWidget *entry = GTK_WIDGET (get_text (row));
  const char *const bad[] = { "-1", "101", "1.5", "" };

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gtk_editable_set_text (get_text (row), bad[i]);
      g_assert_false (pz_number_entry_commit (PZ_NUMBER_ENTRY (entry)));
      g_assert_nonnull (pz_number_entry_get_problem (PZ_NUMBER_ENTRY (entry)));
    }

  gtk_editable_set_text (get_text (row), "100");
  g_assert_true (pz_number_entry_commit (PZ_NUMBER_ENTRY (entry)));
  g_assert_null (pz_number_entry_get_problem (PZ_NUMBER_ENTRY (entry)));
}

static void
test_goes (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *row = pz_number_row_new ();
  gboolean is_gone;

  watch_finalize (row, &is_gone);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
  gtk_window_set_child (GTK_WINDOW (window), list);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (row);

  /* With a number typed that was not taken yet. */
  gtk_editable_set_text (get_text (PZ_NUMBER_ROW (row)), "7");
  gtk_window_destroy (GTK_WINDOW (window));
  wait_until (is_gone);
}

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/widgets/number/parse/%" G_GSIZE_FORMAT, i);

      g_test_add_data_func (path, &cases[i], test_parse);
    }

  g_test_add_func ("/widgets/number/format", test_format);
  g_test_add_func ("/widgets/number/time-left", test_time_left);
  g_test_add_func ("/widgets/number/german", test_german);
  g_test_add_func ("/widgets/number-row/properties", test_properties);
  g_test_add_func ("/widgets/number-row/edited", test_edited);
  g_test_add_func ("/widgets/number-row/typing", test_typing);
  g_test_add_func ("/widgets/number-row/nonsense", test_nonsense);
  g_test_add_func ("/widgets/number-row/limits", test_limits);
  g_test_add_func ("/widgets/number-row/goes", test_goes);

  return g_test_run ();
}
