/* io-text.c: text parser in memory, line by line, word by word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-text.h"

/* No number that means something is longer. */
#define MAX_NUMBER 63

/* Bytes of a word in a message. */
#define MAX_SHOWN 40

void
io_text_start (IoText     *text,
               const char *bytes,
               gsize       size)
{
  g_return_if_fail (text != NULL);
  g_return_if_fail (bytes != NULL || size == 0);

  *text = (IoText) { .next = bytes, .end = bytes + size, .at = bytes, .line_end = bytes, .newline = '\n' };
  if (size > 0 && memchr (bytes, '\n', size) == NULL && memchr (bytes, '\r', size) != NULL)
    text->newline = '\r';
  if (size >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    text->next += 3;
}

gboolean
io_text_next_line (IoText *text)
{
  const char *newline;

  g_return_val_if_fail (text != NULL, FALSE);

  if (text->next == text->end)
    {
      text->at = text->line_end = text->end;
      return FALSE;
    }

  newline = memchr (text->next, text->newline, (gsize) (text->end - text->next));
  text->at = text->next;
  text->line_end = newline != NULL ? newline : text->end;
  text->next = newline != NULL ? newline + 1 : text->end;
  if (text->line_end > text->at && text->line_end[-1] == '\r')
    text->line_end--;
  text->line++;

  return TRUE;
}

static gboolean
is_blank (char c)
{
  return c == ' ' || c == '\t';
}

IoWord
io_text_next_word (IoText *text)
{
  const char *at = text->at;
  const char *end = text->line_end;
  const char *start;

  while (at < end && is_blank (*at))
    at++;
  start = at;
  while (at < end && !is_blank (*at))
    at++;
  text->at = at;

  return (IoWord) { at > start ? start : NULL, (gsize) (at - start) };
}

gboolean
io_text_is_at_end (IoText *text)
{
  g_return_val_if_fail (text != NULL, TRUE);

  while (io_text_next_line (text))
    {
      const char *line = text->at;

      if (io_text_next_word (text).start != NULL)
        {
          text->at = line;
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
io_text_word_is (IoWord      word,
                 const char *string)
{
  return strlen (string) == word.length && (word.length == 0 || memcmp (word.start, string, word.length) == 0);
}

gboolean
io_text_word_to_double (IoWord  word,
                        double *value)
{
  char digits[MAX_NUMBER + 1];
  gsize n = 0;
  char *end;

  g_return_val_if_fail (value != NULL, FALSE);

  if (word.start == NULL || word.length > MAX_NUMBER)
    return FALSE;

  for (gsize i = 0; i < word.length; i++)
    {
      char c = word.start[i];

      if (c == '*' && i + 1 < word.length && word.start[i + 1] == '^')
        {
          c = 'e';
          i++;
        }
      /* No "inf", "nan", "0x1p3". */
      if (!g_ascii_isdigit (c) && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E')
        return FALSE;
      digits[n++] = c;
    }
  digits[n] = '\0';

  *value = g_ascii_strtod (digits, &end);

  return end == digits + n && n > 0 && isfinite (*value);
}

gboolean
io_text_word_to_uint (IoWord word,
                      guint  most,
                      guint *value)
{
  guint64 sum = 0;

  g_return_val_if_fail (value != NULL, FALSE);

  if (word.length == 0)
    return FALSE;

  for (gsize i = 0; i < word.length; i++)
    {
      if (!g_ascii_isdigit (word.start[i]))
        return FALSE;
      sum = 10 * sum + (guint64) (word.start[i] - '0');
      if (sum > most)
        return FALSE;
    }
  *value = (guint) sum;

  return TRUE;
}

char *
io_text_word_show (IoWord word)
{
  g_autofree char *text = NULL;
  gsize length = MIN (word.length, MAX_SHOWN);

  if (word.start == NULL)
    return g_strdup ("");

  text = g_utf8_make_valid (word.start, (gssize) length);
  for (char *c = text; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = '?';

  return length < word.length ? g_strconcat (text, "…", NULL) : g_steal_pointer (&text);
}

gboolean
io_text_word_refuse (IoWord      word,
                     const char *expected,
                     GError    **error)
{
  g_autofree char *shown = io_text_word_show (word);

  if (word.length == 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("expected %s; found nothing"), expected);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("expected %s; found “%s”"), expected, shown);

  return FALSE;
}
