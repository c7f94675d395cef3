/* pz-number.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <math.h>
#include <string.h>

#include "widgets/common/pz-number.h"

/* Takes out separators that stand before groups of three digits, so that
 * "10.000" is ten thousand where people write it so. */
static void
remove_thousands_separators (GString    *text,
                             const char *separator)
{
  gsize n = strlen (separator);
  const char *found;
  gsize from = 0;

  if (n == 0)
    return;

  while ((found = strstr (text->str + from, separator)) != NULL)
    {
      gsize at = found - text->str;
      const char *group = found + n;

      from = at + n;
      if (at == 0 || !g_ascii_isdigit (text->str[at - 1]))
        continue;

      if (strspn (group, "0123456789") == 3)
        {
          g_string_erase (text, at, n);
          from = at;
        }
    }
}

gboolean
pz_number_parse (const char *text,
                 gboolean    integer,
                 double     *value,
                 char      **problem)
{
  g_autoptr(GString) cleaned = NULL;
  char *end = NULL;
  double number;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  cleaned = g_string_new (text);
  g_strstrip (cleaned->str);
  cleaned->len = strlen (cleaned->str);
  g_string_replace (cleaned, "−", "-", 0);

  if (integer)
    {
      remove_thousands_separators (cleaned, localeconv ()->thousands_sep);
      remove_thousands_separators (cleaned, "\u202f");
      remove_thousands_separators (cleaned, "\u00a0");
      remove_thousands_separators (cleaned, " ");
    }

  if (cleaned->len == 0)
    {
      if (problem != NULL)
        *problem = g_strdup (_("Enter a number"));

      return FALSE;
    }

  /* Reads the locale's decimal sign and the point. It would read "inf", "nan"
   * and "0x1p3", too, which nobody means here. */
  number = g_strtod (cleaned->str, &end);
  if (*end != '\0' || strspn (cleaned->str, "0123456789+-.,eE\u066b") != cleaned->len)
    {
      if (problem != NULL)
        *problem = g_strdup_printf (_("“%s” is not a number"), text);

      return FALSE;
    }

  if (!isfinite (number) || fabs (number) > (double) G_MAXFLOAT)
    {
      if (problem != NULL)
        *problem = g_strdup (_("The number is too large"));

      return FALSE;
    }

  if (integer && number != floor (number))
    {
      if (problem != NULL)
        *problem = g_strdup (_("Must be a whole number"));

      return FALSE;
    }

  *value = number;
  return TRUE;
}

/* "1e-05" -> "1e-5" */
static void
shorten_exponent (char *text)
{
  char *e = strchr (text, 'e');
  char *digits;
  gsize n_zeros;

  if (e == NULL)
    return;

  digits = e + 2;
  n_zeros = strspn (digits, "0");
  memmove (digits, digits + n_zeros, strlen (digits + n_zeros) + 1);
  if (e[1] == '+')
    memmove (e + 1, e + 2, strlen (e + 2) + 1);
}

char *
pz_number_format (double   value,
                  gboolean integer)
{
  if (integer)
    return g_strdup_printf ("%.0f", value);

  /* Nine digits always give a float back; people like fewer where they do. */
  for (int digits = 1; digits < 9; digits++)
    {
      char *text = g_strdup_printf ("%.*g", digits, value);

      /* 10 is "10", not "1e1". */
      const gboolean is_short = strchr (text, 'e') == NULL || !(fabs (value) >= 1.0 && fabs (value) < 1e5);

      if (is_short && (float) g_strtod (text, NULL) == (float) value)
        {
          shorten_exponent (text);
          return text;
        }

      g_free (text);
    }

  return g_strdup_printf ("%.9g", value);
}

char *
pz_number_format_count (guint64 n)
{
  return g_strdup_printf ("%'" G_GUINT64_FORMAT, n);
}

char *
pz_number_format_percent (double share)
{
  /* Translators: an accuracy, as on the axes of the curves */
  return g_strdup_printf (_("%.1f %%"), 100.0 * share);
}

char *
pz_number_format_speed (double samples_per_second)
{
  if (samples_per_second >= 1e6)
    /* Translators: millions of samples a second */
    return g_strdup_printf (_("%.1f M samples/s"), samples_per_second / 1e6);

  if (samples_per_second >= 1e4)
    /* Translators: thousands of samples a second */
    return g_strdup_printf (_("%.0f k samples/s"), samples_per_second / 1e3);

  return g_strdup_printf (_("%.0f samples/s"), samples_per_second);
}

char *
pz_number_format_time_left (double seconds)
{
  guint whole = seconds < 1.0 ? 1 : (guint) MIN (ceil (seconds), 1e9);

  if (whole < 100)
    /* Translators: how long training will go on, in seconds */
    return g_strdup_printf (_("%u s left"), whole);

  if (whole < 100 * 60)
    /* Translators: in minutes */
    return g_strdup_printf (_("%u min left"), (whole + 30) / 60);

  /* Translators: in hours */
  return g_strdup_printf (_("%u h left"), (whole + 1800) / 3600);
}
