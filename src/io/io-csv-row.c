/* io-csv-row.c: one row of a table, taken apart.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "io/io-csv-private.h"

/* A number with its sign and exponent is not longer. */
#define MAX_NUMBER 63

/* Where one is in a value. */
typedef enum
{
  AT_START,       /* nothing yet but blanks */
  PLAIN,
  IN_QUOTES,
  AFTER_QUOTES,
} Place;

/* pandas.read_csv()'s list, in lower case. */
static const char *const missing_words[] = {
  "", "#n/a", "#n/a n/a", "#na", "-1.#ind", "-1.#qnan", "-nan", "1.#ind", "1.#qnan", "<na>", "n/a", "na",
  "nan", "none", "null",
};

void
io_csv_row_init (IoCsvRow *row)
{
  row->text = g_string_new (NULL);
  row->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
}

void
io_csv_row_clear (IoCsvRow *row)
{
  if (row->text != NULL)
    g_string_free (row->text, TRUE);
  row->text = NULL;
  g_clear_pointer (&row->starts, g_array_unref);
}

static void
start_value (IoCsvRow *row)
{
  gsize start = row->text->len;

  g_array_append_val (row->starts, start);
}

static void
end_value (IoCsvRow *row)
{
  g_string_append_c (row->text, '\0');
}

void
io_csv_row_start (IoCsvRow *row)
{
  g_string_truncate (row->text, 0);
  g_array_set_size (row->starts, 0);
  start_value (row);
}

/* Forgets the blanks before a quote. */
static void
open_quotes (IoCsvRow *row)
{
  g_string_truncate (row->text, g_array_index (row->starts, gsize, row->starts->len - 1));
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

IoCsvState
io_csv_row_add (IoCsvRow            *row,
                const IoCsvSettings *settings,
                IoCsvState           state,
                const char          *line,
                gsize                length)
{
  Place place = state == IO_CSV_QUOTED ? IN_QUOTES : AT_START;

  if (state == IO_CSV_QUOTED)
    g_string_append_c (row->text, '\n');

  for (gsize i = 0; i < length; i++)
    {
      const char c = line[i];

      if (place == IN_QUOTES)
        {
          if (c != settings->quote)
            g_string_append_c (row->text, c);
          else if (i + 1 < length && line[i + 1] == settings->quote)
            {
              g_string_append_c (row->text, c);
              i++;
            }
          else
            place = AFTER_QUOTES;
        }
      else if (c == settings->delimiter)
        {
          end_value (row);
          start_value (row);
          place = AT_START;
        }
      else if (place == AT_START && c == settings->quote)
        {
          open_quotes (row);
          place = IN_QUOTES;
        }
      else if (place != AFTER_QUOTES)
        {
          g_string_append_c (row->text, c);
          place = place == AT_START && is_blank (c) ? AT_START : PLAIN;
        }
      else if (!is_blank (c))
        return IO_CSV_BROKEN;
    }

  if (place == IN_QUOTES)
    return IO_CSV_QUOTED;
  end_value (row);

  return IO_CSV_DONE;
}

IoWord
io_csv_row_get (const IoCsvRow *row,
                guint           column)
{
  const char *start = row->text->str + g_array_index (row->starts, gsize, column);
  const char *end = row->text->str + (column + 1 < row->starts->len ? g_array_index (row->starts, gsize, column + 1)
                                                                    : row->text->len);

  if (end > start && end[-1] == '\0')
    end--;
  while (start < end && g_ascii_isspace (*start))
    start++;
  while (start < end && g_ascii_isspace (end[-1]))
    end--;

  return (IoWord) { start, (gsize) (end - start) };
}

gboolean
io_csv_word_is_missing (IoWord word)
{
  for (gsize i = 0; i < G_N_ELEMENTS (missing_words); i++)
    if (strlen (missing_words[i]) == word.length &&
        (word.length == 0 || g_ascii_strncasecmp (missing_words[i], word.start, word.length) == 0))
      return TRUE;

  return FALSE;
}

gboolean
io_csv_word_to_double (IoWord  word,
                       char    decimal,
                       double *value)
{
  char digits[MAX_NUMBER];

  if (decimal == '.' || word.length == 0)
    return io_text_word_to_double (word, value);

  if (word.length > sizeof (digits) || memchr (word.start, '.', word.length) != NULL)
    return FALSE;

  for (gsize i = 0; i < word.length; i++)
    digits[i] = word.start[i] == decimal ? '.' : word.start[i];

  return io_text_word_to_double ((IoWord) { digits, word.length }, value);
}

char
io_csv_read_delimiter (const char *line,
                       gsize       length)
{
  return length == 5 && g_ascii_strncasecmp (line, "sep=", 4) == 0 && strchr (",;\t|", line[4]) != NULL ? line[4] : '\0';
}
