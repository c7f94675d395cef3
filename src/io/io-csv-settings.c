/* io-csv-settings.c: how a table is written, from its first bytes.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "io/io-csv-private.h"

/* So many rows tell. */
#define MAX_ROWS 100

/* Of the rows of a table so many have as many values as its first. */
#define LEAST_RATE 0.75

/* What is read as CSV unless something speaks against it. */
static const IoCsvSettings usual = { IO_ENCODING_UTF8, ',', '"', '.', TRUE };

/* In the order of preference, where two do equally well. */
static const char delimiters[] = { ',', ';', '\t', '|' };

/* The first rows of a text. */
typedef struct
{
  const char *at;
  const char *end;
  char        line_end;
} Text;

static gboolean
next_line (Text        *text,
           const char **line,
           gsize       *length)
{
  const char *end;

  if (text->at == text->end)
    return FALSE;

  end = memchr (text->at, text->line_end, (gsize) (text->end - text->at));
  *line = text->at;
  *length = (gsize) ((end != NULL ? end : text->end) - text->at);
  text->at = end != NULL ? end + 1 : text->end;
  if (*length > 0 && (*line)[*length - 1] == '\r')
    (*length)--;

  return TRUE;
}

/* Goes to the next row that can be taken apart. */
static gboolean
next_row (Text                *text,
          const IoCsvSettings *settings,
          IoCsvRow            *row)
{
  const char *line;
  gsize length;

  while (next_line (text, &line, &length))
    {
      const char *after = text->at;
      guint n_lines = 1;
      IoCsvState state;

      if (length == 0)
        continue;

      io_csv_row_start (row);
      state = io_csv_row_add (row, settings, IO_CSV_DONE, line, length);
      while (state == IO_CSV_QUOTED && n_lines++ < IO_CSV_MAX_LINES && next_line (text, &line, &length))
        state = io_csv_row_add (row, settings, state, line, length);
      if (state == IO_CSV_DONE)
        return TRUE;
      text->at = after;
    }

  return FALSE;
}

/* How many rows of @text have as many values as the first, as a share; 0 where that has
 * only one. */
static double
rate_settings (Text                 text,
               const IoCsvSettings *settings,
               guint               *n_columns)
{
  g_auto(IoCsvRow) row = { NULL };
  guint n = 0, n_alike = 0;

  io_csv_row_init (&row);
  *n_columns = 0;
  while (n < MAX_ROWS && next_row (&text, settings, &row))
    {
      if (n == 0)
        *n_columns = row.starts->len;
      n_alike += row.starts->len == *n_columns;
      n++;
    }

  return *n_columns > 1 ? (double) n_alike / (double) n : 0.0;
}

/* One that does not occur in a table of one column, where its numbers may have commas. */
static char
find_delimiter (const Text          *text,
                const IoCsvSettings *settings)
{
  IoCsvSettings tried = *settings;
  double best_rate = 0.0;
  guint best_columns = 0;
  char best = memchr (text->at, ',', (gsize) (text->end - text->at)) == NULL ? ',' : ';';

  for (gsize i = 0; i < G_N_ELEMENTS (delimiters); i++)
    {
      guint n_columns;
      double rated;

      tried.delimiter = delimiters[i];
      rated = rate_settings (*text, &tried, &n_columns);
      if (rated > best_rate || (rated > 0.0 && rated >= best_rate && n_columns > best_columns))
        {
          best = delimiters[i];
          best_rate = rated;
          best_columns = n_columns;
        }
    }

  return best;
}

/* "1,234,567": digits in groups of three. */
static gboolean
is_grouped (IoWord word)
{
  const char *comma = memchr (word.start, ',', word.length);

  for (gsize i = comma != NULL ? (gsize) (comma - word.start) : word.length; i < word.length; i += 4)
    {
      if (word.start[i] != ',' || word.length - i < 4)
        return FALSE;
      for (gsize k = 1; k < 4; k++)
        if (!g_ascii_isdigit (word.start[i + k]))
          return FALSE;
    }

  return comma != NULL;
}

static char
find_decimal (Text                 text,
              const IoCsvSettings *settings)
{
  g_auto(IoCsvRow) row = { NULL };
  gsize n_commas = 0, n_points = 0;

  io_csv_row_init (&row);
  for (guint n = 0; n < MAX_ROWS && next_row (&text, settings, &row); n++)
    for (guint i = 0; i < row.starts->len; i++)
      {
        IoWord word = io_csv_row_get (&row, i);
        double value;

        if (word.length == 0)
          continue;
        if (memchr (word.start, '.', word.length) != NULL)
          n_points += io_csv_word_to_double (word, '.', &value);
        else if (memchr (word.start, ',', word.length) != NULL &&
                 !(settings->delimiter == ',' && is_grouped (word)))
          n_commas += io_csv_word_to_double (word, ',', &value);
      }

  return n_commas > n_points ? ',' : '.';
}

/* Whether the first row has names: not where one of its values is a number as all others
 * of its column are, and none is a word over a column of numbers. */
static gboolean
find_header (Text                 text,
             const IoCsvSettings *settings)
{
  g_auto(IoCsvRow) first = { NULL };
  g_auto(IoCsvRow) row = { NULL };
  g_autofree guint *n_words = NULL;
  g_autofree guint *n_numbers = NULL;
  gboolean has_number = FALSE;
  guint n_columns;

  io_csv_row_init (&first);
  io_csv_row_init (&row);
  if (!next_row (&text, settings, &first))
    return TRUE;

  n_columns = first.starts->len;
  n_words = g_new0 (guint, n_columns);
  n_numbers = g_new0 (guint, n_columns);
  for (guint n = 1; n < MAX_ROWS && next_row (&text, settings, &row); n++)
    for (guint i = 0; i < MIN (n_columns, row.starts->len); i++)
      {
        IoWord word = io_csv_row_get (&row, i);
        double value;

        if (io_csv_word_is_missing (word))
          continue;
        if (io_csv_word_to_double (word, settings->decimal, &value))
          n_numbers[i]++;
        else
          n_words[i]++;
      }

  for (guint i = 0; i < n_columns; i++)
    {
      IoWord word = io_csv_row_get (&first, i);
      double value;

      if (io_csv_word_to_double (word, settings->decimal, &value))
        has_number |= n_words[i] == 0;
      else if (!io_csv_word_is_missing (word) && n_numbers[i] > 0 && n_words[i] == 0)
        return TRUE;
    }

  return !has_number;
}

/* (transfer full): the bytes as text, whole rows of them, behind a line that tells the delimiter.
 * @told: (out): that, or 0 */
static char *
decode_text (const char *bytes,
             gsize       n,
             IoEncoding  encoding,
             Text       *text,
             char       *told)
{
  const char *line;
  gsize length;
  char *decoded = io_lines_encoding_decode (encoding, bytes, n, &length);

  *text = (Text) { decoded, decoded + length, '\n' };
  if (memchr (decoded, '\n', length) == NULL && memchr (decoded, '\r', length) != NULL)
    text->line_end = '\r';

  /* A row that is cut off tells nothing, unless there is no other. */
  while (length > 0 && decoded[length - 1] != text->line_end)
    length--;
  if (length > 0 && n >= IO_CSV_LOOK)
    text->end = decoded + length;

  *told = next_line (text, &line, &length) ? io_csv_read_delimiter (line, length) : '\0';
  if (*told == '\0')
    text->at = decoded;

  return decoded;
}

void
io_csv_settings_recognise (const char    *bytes,
                           gsize          n,
                           IoCsvSettings *settings)
{
  g_autofree char *decoded = NULL;
  char told;
  Text text;

  g_return_if_fail (bytes != NULL || n == 0);
  g_return_if_fail (settings != NULL);

  *settings = usual;
  settings->encoding = io_lines_encoding_recognise (bytes, n);
  decoded = decode_text (bytes, n, settings->encoding, &text, &told);
  settings->delimiter = told != '\0' ? told : find_delimiter (&text, settings);
  settings->decimal = find_decimal (text, settings);
  settings->header = find_header (text, settings);
}

gboolean
io_csv_recognise (const char *bytes,
                  gsize       n)
{
  g_autofree char *decoded = NULL;
  IoCsvSettings settings;
  guint n_columns;
  char told;
  Text text;

  g_return_val_if_fail (bytes != NULL || n == 0, FALSE);

  io_csv_settings_recognise (bytes, n, &settings);
  decoded = decode_text (bytes, n, settings.encoding, &text, &told);
  for (const char *c = text.at; c < text.end; c++)
    if (g_ascii_iscntrl (*c) && !g_ascii_isspace (*c))
      return FALSE;

  return rate_settings (text, &settings, &n_columns) >= LEAST_RATE;
}
