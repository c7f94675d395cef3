/* test-hash.c: hashes are those of files written before.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "io/io-hash.h"

/* The values that lie in files: those of the specification, over the bytes of its own sanity
 * check and a text. */
static void
test_hash (void)
{
  static const struct
  {
    gsize   size;
    guint64 seed;
    guint64 hash;
  } cases[] = {
    { 0, 0, G_GUINT64_CONSTANT (0xef46db3751d8e999) },
    { 0, 2654435761, G_GUINT64_CONSTANT (0xac75fda2929b17ef) },
    { 1, 0, G_GUINT64_CONSTANT (0xe934a84adb052768) },
    { 1, 2654435761, G_GUINT64_CONSTANT (0x5014607643a9b4c3) },
    { 4, 0, G_GUINT64_CONSTANT (0x9136a0dca57457ee) },
    { 14, 0, G_GUINT64_CONSTANT (0x8282dcc4994e35c8) },
    { 14, 2654435761, G_GUINT64_CONSTANT (0xc3bd6bf63deb6df0) },
    { 222, 0, G_GUINT64_CONSTANT (0xb641ae8cb691c174) },
    { 222, 2654435761, G_GUINT64_CONSTANT (0x20cb8ab7ae10c14a) },
  };
  guint8 bytes[222];
  guint64 generator = 2654435761;
  g_autofree char *text = io_hash_to_string (0xabc);

  for (gsize i = 0; i < sizeof (bytes); i++)
    {
      bytes[i] = (guint8) (generator >> 56);
      generator *= G_GUINT64_CONSTANT (11400714785074694797);
    }

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmphex (io_hash (bytes, cases[i].size, cases[i].seed), ==, cases[i].hash);

      /* In pieces. */
      for (gsize piece = 1; piece <= cases[i].size; piece++)
        {
          g_autoptr(IoHash) hash = io_hash_new (cases[i].seed);

          for (gsize at = 0; at < cases[i].size; at += piece)
            io_hash_update (hash, bytes + at, MIN (piece, cases[i].size - at));
          g_assert_cmphex (io_hash_get_value (hash), ==, cases[i].hash);
        }
    }

  g_assert_cmphex (io_hash ("Nobody inspects the spammish repetition", 39, 0), ==,
                   G_GUINT64_CONSTANT (0xfbcea83c8a378bf1));
  g_assert_cmpstr (text, ==, "xxh64:0000000000000abc");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/io/hash", test_hash);

  return g_test_run ();
}
