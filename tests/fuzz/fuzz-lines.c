/* fuzz-lines.c: files of text of whatever bytes, packed or not, line by line and as tables.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "io/io-csv.h"

int LLVMFuzzerTestOneInput (const guint8 *bytes,
                            gsize         n_bytes);

static void
read_lines (const guint8 *bytes,
            gsize         n_bytes)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(IoLines) lines = io_lines_new (io_stream_new_memory ("fuzz", bytes, n_bytes));
  const char *line;
  gsize length;
  guint number = 0;

  while (io_lines_next (lines, &line, &length, &error))
    {
      g_assert_null (memchr (line, '\n', length));
      g_assert_cmpuint (io_lines_get_number (lines), >, number);
      number = io_lines_get_number (lines);
    }
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
}

static void
read_table (const guint8 *bytes,
            gsize         n_bytes)
{
  g_autoptr(GError) error = NULL;
  IoLines *lines = io_lines_new (io_stream_new_memory ("fuzz", bytes, n_bytes));
  g_autoptr(IoCsv) csv = io_csv_new (lines, &error);
  char *problem;

  if (csv == NULL)
    return;

  while (io_csv_next (csv, &problem, &error))
    {
      double value;

      g_assert_true (problem == NULL || g_utf8_validate (problem, -1, NULL));
      if (problem == NULL && io_text_word_to_double (io_csv_get (csv, 0), &value))
        g_assert_true (isfinite (value));
      g_free (problem);
    }
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *bytes,
                        gsize         n_bytes)
{
  read_lines (bytes, n_bytes);
  read_table (bytes, n_bytes);

  return 0;
}
