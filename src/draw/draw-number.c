/* draw-number.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "draw/draw-number.h"

/* What was rounded somewhere has no more. */
#define MAX_GIVEN_DIGITS 4

#define NO_BREAK_SPACE "\302\240"

#define MINUS "−"

/* @text with the sign that printf() does not know, as UTF-8 */
static char *
take_number (char *text)
{
  g_autofree char *owned = text;
  g_autofree char *utf8 = NULL;
  const char *from;

  if (!g_utf8_validate (owned, -1, NULL))
    utf8 = g_locale_to_utf8 (owned, -1, NULL, NULL, NULL);

  from = utf8 != NULL ? utf8 : owned;

  return from[0] == '-' ? g_strconcat (MINUS, from + 1, NULL) : g_strdup (from);
}

char *
draw_number_format_fixed (double value,
                          int    decimals)
{
  /* No "−0" */
  if (fabs (value) < 0.5 * pow (10, -decimals))
    value = 0;

  /* Years and small counts need no grouping. */
  if (fabs (value) >= 10000)
    return take_number (g_strdup_printf ("%'.*f", decimals, value));

  return take_number (g_strdup_printf ("%.*f", decimals, value));
}

char *
draw_number_format_power (double value,
                          int    decimals)
{
  static const char *const digits[] = { "⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹" };
  g_autofree char *plain = g_strdup_printf ("%.*e", CLAMP (decimals, 0, 15), value);
  g_autofree char *exponent = g_strdup (strchr (plain, 'e') + 1);
  g_autofree char *mantissa = take_number (g_strndup (plain, strchr (plain, 'e') - plain));
  g_autoptr(GString) result = g_string_new (NULL);
  int power = atoi (exponent);

  if (g_str_equal (mantissa, "1"))
    g_string_append (result, "10");
  else if (g_str_equal (mantissa, MINUS "1"))
    g_string_append (result, MINUS "10");
  else
    g_string_append_printf (result, "%s×10", mantissa);

  g_free (g_steal_pointer (&exponent));
  exponent = g_strdup_printf ("%d", abs (power));

  if (power < 0)
    g_string_append (result, "⁻");
  for (const char *c = exponent; *c != '\0'; c++)
    g_string_append (result, digits[*c - '0']);

  return g_strdup (result->str);
}

char *
draw_number_format (double value,
                    int    digits)
{
  g_autofree char *rounded = NULL;
  int power;

  g_return_val_if_fail (digits >= 1, NULL);

  if (isnan (value))
    return g_strdup ("–");
  if (isinf (value))
    return g_strdup (value < 0 ? MINUS "∞" : "∞");
  if (value == 0)
    return g_strdup ("0");

  /* The power after rounding: 9.996 is 10.0 */
  rounded = g_strdup_printf ("%.*e", digits - 1, value);
  power = atoi (strchr (rounded, 'e') + 1);

  if (power < -4 || power >= 7)
    return draw_number_format_power (value, digits - 1);

  return draw_number_format_fixed (value, MAX (0, digits - 1 - power));
}

char *
draw_number_format_given (double value)
{
  int digits = 1;

  while (digits < MAX_GIVEN_DIGITS)
    {
      g_autofree char *text = g_strdup_printf ("%.*e", digits - 1, value);

      if (!isfinite (value) || fabs (g_strtod (text, NULL) - value) <= 1e-9 * fabs (value))
        break;

      digits++;
    }

  return draw_number_format (value, digits);
}

char *
draw_number_append_unit (char       *number,
                         const char *unit)
{
  g_autofree char *alone = number;

  if (unit == NULL || unit[0] == '\0')
    return g_steal_pointer (&alone);

  return g_strconcat (alone, NO_BREAK_SPACE, unit, NULL);
}

char *
draw_number_format_quantity (double      value,
                             int         digits,
                             const char *unit)
{
  return draw_number_append_unit (draw_number_format (value, digits), unit);
}

char *
draw_number_format_count (gsize n)
{
  return draw_number_format_fixed ((double) n, 0);
}
