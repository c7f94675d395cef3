/* mlp-display.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-display.h"

#define DEL         0x7f
#define PICTURES    0x2400     /* of the C0 controls */
#define DEL_PICTURE 0x2421
#define REPLACEMENT 0xfffd

gboolean
mlp_display_is_unsafe (gunichar character)
{
  return character < 0x20 ||
         (character >= DEL && character < 0xa0) ||
         character == 0x061c ||
         character == 0x200e || character == 0x200f ||
         (character >= 0x2028 && character <= 0x202e) ||
         (character >= 0x2066 && character <= 0x2069) ||
         (character & 0xfffe) == 0xfffe;
}

static gunichar
replace_character (gunichar character)
{
  if (character < 0x20)
    return PICTURES + character;

  return character == DEL ? DEL_PICTURE : REPLACEMENT;
}

char *
mlp_display_text (const char *text,
                  const char *keep)
{
  g_autofree char *valid = NULL;
  GString *shown;

  g_return_val_if_fail (text != NULL, NULL);

  /* Bytes that are no UTF-8 become � here. */
  valid = g_utf8_make_valid (text, -1);
  shown = g_string_sized_new (strlen (valid));

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c))
    {
      const gunichar character = g_utf8_get_char (c);
      const gboolean kept = character < 0x20 && keep != NULL && strchr (keep, (int) character) != NULL;

      g_string_append_unichar (shown, mlp_display_is_unsafe (character) && !kept ? replace_character (character) : character);
    }

  return g_string_free (shown, FALSE);
}

char *
mlp_display_error (const GError *error)
{
  return error != NULL ? mlp_display_text (error->message, "\n") : NULL;
}

char *
mlp_display_filename (const char *filename)
{
  g_autofree char *name = g_filename_display_name (filename);

  return mlp_display_text (name, NULL);
}

char *
mlp_display_basename (const char *filename)
{
  g_autofree char *name = g_filename_display_basename (filename);

  return mlp_display_text (name, NULL);
}
