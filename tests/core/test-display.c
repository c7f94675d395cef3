/* test-display.c: names from files, without what a terminal would obey.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-display.h"
#include "test-util.h"

static void
check (const char *text,
       const char *keep,
       const char *expected)
{
  g_autofree char *shown = mlp_display_text (text, keep);

  g_assert_cmpstr (shown, ==, expected);
}

static void
test_text (void)
{
  check ("", NULL, "");
  check ("Ziffern “×○” 数字.tar", NULL, "Ziffern “×○” 数字.tar");
  check ("a\033[31mb", NULL, "a␛[31mb");
  check ("one\ntwo\r\tthree", NULL, "one␊two␍␉three");
  check ("one\ntwo\r\tthree", "\n\t", "one\ntwo␍\tthree");
  check ("\x7f\a\b", NULL, "␡␇␈");
  check ("\xc2\x9b" "2J", NULL, "\xef\xbf\xbd" "2J");
  check ("abc\xe2\x80\xae" "gnp.exe", NULL, "abc\xef\xbf\xbd" "gnp.exe");
  check ("\xe2\x81\xa6x\xe2\x81\xa9\xe2\x80\x8fy\xd8\x9c", NULL,
         "\xef\xbf\xbdx\xef\xbf\xbd\xef\xbf\xbdy\xef\xbf\xbd");
  check ("a\xe2\x80\xa8" "b", NULL, "a\xef\xbf\xbd" "b");
  check ("a\xff" "b\xc3", NULL, "a\xef\xbf\xbd" "b\xef\xbf\xbd");
}

/* Of every character: it stays, or what comes instead is none that a terminal obeys. */
static void
test_all (void)
{
  for (gunichar c = 1; c <= 0x10ffff; c++)
    {
      char text[7] = { 0 };
      g_autofree char *shown = NULL;

      if (c >= 0xd800 && c <= 0xdfff)
        continue;

      g_unichar_to_utf8 (c, text);
      shown = mlp_display_text (text, NULL);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_cmpint (g_utf8_strlen (shown, -1), ==, 1);
      g_assert_true (mlp_display_is_unsafe (c) == (strcmp (shown, text) != 0));
      g_assert_false (g_unichar_type (g_utf8_get_char (shown)) == G_UNICODE_CONTROL);
    }
}

static void
test_names (void)
{
  g_autofree char *whole = mlp_display_filename ("/tmp/a\033]0;x\a/b\n.perz");
  g_autofree char *base = mlp_display_basename ("/tmp/a\033]0;x\a/b\n.perz");

  g_assert_cmpstr (whole, ==, "/tmp/a␛]0;x␇/b␊.perz");
  g_assert_cmpstr (base, ==, "b␊.perz");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/display/text", test_text);
  g_test_add_func ("/display/all", test_all);
  g_test_add_func ("/display/names", test_names);

  return g_test_run ();
}
