/* io-json-check.c: strict JSON validator (RFC 8259).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-json-check.h"

/* Digits of a number. No number of double precision needs as many. */
#define MAX_NUMBER 1024

typedef struct
{
  const char *text;
  gsize       length;
  gsize       at;               /* the next byte */
  const char *what;
  GError    **error;
  gsize       n_values;

  /* The open arrays and objects, outermost first. */
  guint       depth;
  struct
  {
    gboolean is_object;
    guint    first_name;        /* of the object's, in names */
  } open[IO_JSON_MAX_DEPTH];
  GArray *names;                /* of gsize: where the names of open objects begin */
} Check;

static gboolean
fail_expected (const Check *check,
               gsize        at,
               const char  *expectation)
{
  g_set_error (check->error, MLP_ERROR, MLP_ERROR_FORMAT,
               _("%s is not valid JSON: at byte %zu, expected %s"), check->what, at, expectation);

  return FALSE;
}

/* The next byte; '\0', which UTF-8 text has not, at the end. */
static char
peek_byte (const Check *check)
{
  return check->at < check->length ? check->text[check->at] : '\0';
}

static void
skip_space (Check *check)
{
  while (check->at < check->length && strchr (" \t\n\r", check->text[check->at]) != NULL)
    check->at++;
}

/* Any number of digits, at least one. */
static gboolean
skip_digits (Check *check)
{
  if (!g_ascii_isdigit (peek_byte (check)))
    return fail_expected (check, check->at, _("a digit"));

  while (g_ascii_isdigit (peek_byte (check)))
    check->at++;

  return TRUE;
}

/* Whether the number from @begin on is one of 64 bits or of double precision. */
static gboolean
check_range (const Check *check,
             gsize        begin,
             gboolean     is_whole)
{
  const gsize n = check->at - begin;
  char number[MAX_NUMBER + 1];
  gboolean fits;

  if (n <= MAX_NUMBER)
    {
      memcpy (number, check->text + begin, n);
      number[n] = '\0';
    }

  errno = 0;
  if (n > MAX_NUMBER)
    fits = FALSE;
  else if (is_whole)
    fits = g_ascii_strtoll (number, NULL, 10) != G_MININT64 && errno == 0;
  else
    fits = isfinite (g_ascii_strtod (number, NULL));

  return fits || fail_expected (check, begin, is_whole ? _("an integer of at most 64 bits") : _("a double-precision number"));
}

/* number = [ "-" ] ( "0" / digit1-9 *DIGIT ) [ "." 1*DIGIT ] [ ( "e" / "E" ) [ "-" / "+" ] 1*DIGIT ] */
static gboolean
check_number (Check *check)
{
  const gsize begin = check->at;
  gboolean is_whole = TRUE;

  if (peek_byte (check) == '-')
    check->at++;

  if (peek_byte (check) == '0')
    check->at++;
  else if (!skip_digits (check))
    return FALSE;

  if (peek_byte (check) == '.')
    {
      is_whole = FALSE;
      check->at++;
      if (!skip_digits (check))
        return FALSE;
    }

  if (peek_byte (check) == 'e' || peek_byte (check) == 'E')
    {
      is_whole = FALSE;
      check->at++;
      if (peek_byte (check) == '-' || peek_byte (check) == '+')
        check->at++;
      if (!skip_digits (check))
        return FALSE;
    }

  return check_range (check, begin, is_whole);
}

/* The number of \uXXXX at @at, or -1. */
static int
read_unit (const Check *check,
           gsize        at)
{
  int unit = 0;

  if (check->length < 6 || at > check->length - 6 || check->text[at] != '\\' || check->text[at + 1] != 'u')
    return -1;

  for (gsize i = at + 2; i < at + 6; i++)
    {
      if (!g_ascii_isxdigit (check->text[i]))
        return -1;
      unit = unit << 4 | g_ascii_xdigit_value (check->text[i]);
    }

  return unit;
}

#define IS_HIGH_SURROGATE(unit) ((unit) >= 0xd800 && (unit) <= 0xdbff)
#define IS_LOW_SURROGATE(unit)  ((unit) >= 0xdc00 && (unit) <= 0xdfff)

static gboolean
check_escape (Check *check)
{
  const gsize begin = check->at;
  const char letter = begin + 1 < check->length ? check->text[begin + 1] : '\0';
  int unit;

  if (letter != 'u')
    {
      check->at += 2;
      return (letter != '\0' && strchr ("\"\\/bfnrt", letter) != NULL) ||
             fail_expected (check, begin, _("a JSON escape sequence: \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u"));
    }

  unit = read_unit (check, begin);
  if (unit < 0)
    return fail_expected (check, begin, _("four hexadecimal digits after \\u"));
  if (unit == 0)
    return fail_expected (check, begin, _("a character other than \\u0000"));

  check->at += 6;
  if (IS_HIGH_SURROGATE (unit))
    {
      unit = read_unit (check, check->at);
      check->at += 6;
      return IS_LOW_SURROGATE (unit) || fail_expected (check, begin, _("both halves of a surrogate pair"));
    }

  return !IS_LOW_SURROGATE (unit) || fail_expected (check, begin, _("both halves of a surrogate pair"));
}

static gboolean
check_string (Check *check)
{
  check->at++;

  while (peek_byte (check) != '"')
    {
      char c = peek_byte (check);

      if (check->at >= check->length)
        return fail_expected (check, check->at, _("the end of the string"));
      if ((guchar) c < 0x20)
        return fail_expected (check, check->at, _("an escape sequence instead of a control character"));

      if (c != '\\')
        check->at++;
      else if (!check_escape (check))
        return FALSE;
    }

  check->at++;

  return TRUE;
}

/* The next character of a checked string; 0 at its closing quote. */
static gunichar
next_char (const Check *check,
           gsize       *at)
{
  static const char letters[] = "bfnrt";
  static const char meanings[] = "\b\f\n\r\t";
  const char *c = check->text + *at;
  gunichar unit;

  if (*c == '"')
    return 0;

  if (*c != '\\')
    {
      *at += (gsize) (g_utf8_next_char (c) - c);
      return g_utf8_get_char (c);
    }

  if (c[1] != 'u')
    {
      const char *letter = strchr (letters, c[1]);

      *at += 2;
      return (gunichar) (letter != NULL ? meanings[letter - letters] : c[1]);
    }

  unit = (gunichar) read_unit (check, *at);
  *at += 6;
  if (IS_HIGH_SURROGATE (unit))
    {
      unit = 0x10000 + ((unit - 0xd800) << 10) + ((gunichar) read_unit (check, *at) - 0xdc00);
      *at += 6;
    }

  return unit;
}

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  const Check *check = user_data;
  gsize at_a = *(const gsize *) a + 1;
  gsize at_b = *(const gsize *) b + 1;

  for (;;)
    {
      gunichar of_a = next_char (check, &at_a);
      gunichar of_b = next_char (check, &at_b);

      if (of_a != of_b)
        return of_a < of_b ? -1 : 1;
      if (of_a == 0)
        return 0;
    }
}

/* The names of the innermost object, which ends; forgets them. */
static gboolean
check_names (Check *check)
{
  const guint first = check->open[check->depth - 1].first_name;
  const guint n = check->names->len - first;
  gsize *names = &g_array_index (check->names, gsize, first);

  if (n > 1)
    g_qsort_with_data (names, (int) n, sizeof *names, compare_names, check);

  for (guint i = 1; i < n; i++)
    {
      if (compare_names (&names[i - 1], &names[i], check) == 0)
        return fail_expected (check, MAX (names[i - 1], names[i]), _("a name not already used in the object"));
    }

  g_array_set_size (check->names, first);

  return TRUE;
}

/* The name of the next member and its colon. */
static gboolean
check_name (Check *check)
{
  if (peek_byte (check) != '"')
    return fail_expected (check, check->at, _("a name in double quotes"));

  if (check->names->len - check->open[check->depth - 1].first_name >= IO_JSON_MAX_MEMBERS)
    {
      g_set_error (check->error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("%s has an object of more than %d members"), check->what, IO_JSON_MAX_MEMBERS);
      return FALSE;
    }

  g_array_append_val (check->names, check->at);
  if (!check_string (check))
    return FALSE;

  skip_space (check);
  if (peek_byte (check) != ':')
    return fail_expected (check, check->at, "“:”");

  check->at++;
  skip_space (check);

  return TRUE;
}

static gboolean
check_word (Check      *check,
            const char *word)
{
  const gsize n = strlen (word);

  if (check->length - check->at < n || memcmp (check->text + check->at, word, n) != 0)
    return fail_expected (check, check->at, _("a value"));

  check->at += n;

  return TRUE;
}

/* Opens an array or an object; *@is_value says whether it was closed again. */
static gboolean
open_container (Check    *check,
                gboolean *is_value)
{
  const gboolean is_object = peek_byte (check) == '{';

  if (check->depth == IO_JSON_MAX_DEPTH)
    {
      g_set_error (check->error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("%s is nested more than %d levels deep"), check->what, IO_JSON_MAX_DEPTH);
      return FALSE;
    }

  check->at++;
  skip_space (check);

  if (peek_byte (check) == (is_object ? '}' : ']'))
    {
      check->at++;
      *is_value = TRUE;
      return TRUE;
    }

  check->open[check->depth].is_object = is_object;
  check->open[check->depth].first_name = check->names->len;
  check->depth++;
  *is_value = FALSE;

  return !is_object || check_name (check);
}

/* A string, number or word, an empty container, or the opening of one that is not
 * empty: then a value is still to come. */
static gboolean
check_value (Check    *check,
             gboolean *is_value)
{
  *is_value = TRUE;

  if (++check->n_values > IO_JSON_MAX_VALUES)
    {
      g_set_error (check->error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("%s has more than %u values"), check->what, IO_JSON_MAX_VALUES);
      return FALSE;
    }

  switch (peek_byte (check))
    {
    case '{':
    case '[':
      return open_container (check, is_value);

    case '"':
      return check_string (check);

    case 't':
      return check_word (check, "true");

    case 'f':
      return check_word (check, "false");

    case 'n':
      return check_word (check, "null");

    default:
      if (peek_byte (check) == '-' || g_ascii_isdigit (peek_byte (check)))
        return check_number (check);
      return fail_expected (check, check->at, _("a value"));
    }
}

/* After a value: closes what ends here, up to the comma before the next value or
 * the end of the root. */
static gboolean
check_ends (Check *check)
{
  for (;;)
    {
      gboolean is_object;

      skip_space (check);
      if (check->depth == 0)
        return TRUE;

      is_object = check->open[check->depth - 1].is_object;
      if (peek_byte (check) == ',')
        {
          check->at++;
          skip_space (check);
          return !is_object || check_name (check);
        }

      if (peek_byte (check) != (is_object ? '}' : ']'))
        return fail_expected (check, check->at, is_object ? _("“,” or “}”") : _("“,” or “]”"));

      if (is_object && !check_names (check))
        return FALSE;

      check->at++;
      check->depth--;
    }
}

gboolean
io_json_check (const char *text,
               gsize       length,
               const char *what,
               GError    **error)
{
  g_autoptr(GArray) names = g_array_new (FALSE, FALSE, sizeof (gsize));
  Check check = { .text = text, .length = length, .what = what, .error = error, .names = names };
  const char *end;

  g_return_val_if_fail (text != NULL || length == 0, FALSE);
  g_return_val_if_fail (what != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!g_utf8_validate_len (text, length, &end))
    return fail_expected (&check, (gsize) (end - text), _("text in UTF-8"));

  skip_space (&check);

  do
    {
      gboolean is_value;

      if (!check_value (&check, &is_value) || (is_value && !check_ends (&check)))
        return FALSE;
    }
  while (check.depth > 0);

  return check.at == length || fail_expected (&check, check.at, _("nothing after the value"));
}
