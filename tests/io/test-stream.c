/* test-stream.c: bytes of a file, packed or plain.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "datasets/fixture.h"
#include "io/io-stream.h"
#include "molecules/molecule-fixture.h"
#include "test-util.h"

/* More than the stream's buffers hold. */
#define SIZE 700001

static GByteArray *
make_bytes (void)
{
  GByteArray *bytes = g_byte_array_new ();

  for (guint i = 0; i < SIZE; i++)
    {
      guint8 byte = (guint8) ((i * 2654435761u) >> 24);

      g_byte_array_append (bytes, &byte, 1);
    }

  return bytes;
}

/* Reads all in pieces of each size; peeks now and then. */
static void
assert_content (IoStream     *stream,
                const guint8 *bytes)
{
  static const gsize sizes[] = { 1, 7, 0, 64, 1000, 131072, 3, 200000 };
  g_autofree guint8 *buffer = g_malloc (SIZE);
  g_autoptr(GError) error = NULL;
  gsize at = 0;

  for (gsize round = 0; at < SIZE; round++)
    {
      gsize n = MIN (sizes[round % G_N_ELEMENTS (sizes)], SIZE - at);
      guint8 next[64];
      gsize n_next = io_stream_peek (stream, next, sizeof (next));

      g_assert_cmpmem (next, n_next, bytes + at, MIN (64, SIZE - at));
      g_assert_cmpuint (io_stream_get_offset (stream), ==, at);
      g_assert_true (io_stream_read (stream, buffer, n, "the bytes", &error));
      g_assert_no_error (error);
      g_assert_cmpmem (buffer, n, bytes + at, n);
      at += n;
    }

  g_assert_true (io_stream_finish (stream, "it", &error));
  g_assert_no_error (error);
  g_assert_cmpfloat (io_stream_get_fraction (stream), ==, 1.0);
  g_assert_cmpuint (io_stream_peek (stream, buffer, 1), ==, 0);
  g_assert_false (io_stream_read (stream, buffer, 1, "more", &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED);
}

static void
test_forms (void)
{
  char *folder = fixture_make_folder ("stream");
  g_autoptr(GByteArray) bytes = make_bytes ();
  g_autoptr(GByteArray) packed = fixture_gzip (bytes->data, SIZE);
  g_autoptr(GByteArray) members = fixture_gzip (bytes->data, 1234);
  g_autoptr(GByteArray) rest = fixture_gzip (bytes->data + 1234, SIZE - 1234);
  const guint8 zeros[512] = { 0 };
  g_autoptr(GByteArray) bzip2 = fixture_packed (".bz2", (const char *) bytes->data, SIZE);
  g_autoptr(GByteArray) xz = fixture_packed (".xz", (const char *) bytes->data, SIZE);
  g_autoptr(GByteArray) twice = fixture_gzip (xz->data, xz->len);
  GByteArray *const forms[] = { bytes, packed, members, bzip2, xz, twice };

  /* Two members, and what a tape would fill the block with. */
  g_byte_array_append (members, rest->data, rest->len);
  g_byte_array_append (members, zeros, sizeof (zeros));

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(IoStream) memory = io_stream_new_memory ("memory", forms[i]->data, forms[i]->len);
      g_autofree char *path = g_build_filename (folder, "file", NULL);
      g_autoptr(GError) error = NULL;
      g_autoptr(IoStream) file = NULL;

      g_assert_cmpstr (io_stream_get_name (memory), ==, "memory");
      g_assert_cmpint (io_stream_is_packed (memory), ==, i > 0);
      assert_content (memory, bytes->data);

      fixture_write_raw (folder, "file", forms[i]->data, forms[i]->len);
      file = io_stream_open (path, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (io_stream_get_name (file), ==, path);
      g_assert_cmpint (io_stream_is_packed (file), ==, i > 0);
      assert_content (file, bytes->data);
    }

  fixture_remove (folder);
}

static void
test_check_size (void)
{
  g_autoptr(GByteArray) bytes = make_bytes ();
  g_autoptr(GByteArray) packed = fixture_gzip (bytes->data, SIZE);
  g_autoptr(IoStream) plain = io_stream_new_memory ("plain", bytes->data, SIZE);
  g_autoptr(IoStream) gzip = io_stream_new_memory ("gzip", packed->data, packed->len);
  g_autoptr(GError) error = NULL;
  guint8 buffer[64];

  g_assert_true (io_stream_check_size (plain, SIZE, "all", &error));
  g_assert_false (io_stream_check_size (plain, SIZE + 1, "more", &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED);
  g_clear_error (&error);

  /* What was peeked at is still to come; what was read is not. */
  io_stream_peek (plain, buffer, 64);
  g_assert_true (io_stream_check_size (plain, SIZE, "all", &error));
  g_assert_true (io_stream_read (plain, buffer, 10, "some", &error));
  g_assert_true (io_stream_check_size (plain, SIZE - 10, "the rest", &error));
  g_assert_false (io_stream_check_size (plain, SIZE - 9, "more", NULL));

  g_assert_true (io_stream_check_size (gzip, SIZE, "all", &error));
  g_assert_no_error (error);
  g_assert_false (io_stream_check_size (gzip, (guint64) packed->len * 2000, "more", NULL));
  g_assert_false (io_stream_check_size (gzip, G_MAXUINT64, "more", NULL));
}

/* The best that deflate can do must still be believed. */
static void
test_best_ratio (void)
{
  gsize size = 40 * 1024 * 1024;
  g_autofree guint8 *zeros = g_malloc0 (size);
  g_autoptr(GByteArray) packed = fixture_gzip (zeros, size);
  g_autoptr(IoStream) stream = io_stream_new_memory ("zeros", packed->data, packed->len);
  g_autoptr(GError) error = NULL;
  guint8 head[16];

  g_assert_cmpuint (size / packed->len, >=, 1000);
  g_assert_true (io_stream_read (stream, head, sizeof (head), "the head", &error));
  g_assert_true (io_stream_check_size (stream, size - sizeof (head), "the rest", &error));
  g_assert_no_error (error);
  g_assert_true (io_stream_read (stream, zeros, size - sizeof (head), "the rest", &error));
  g_assert_no_error (error);
}

static void
test_finish (void)
{
  g_autoptr(GByteArray) packed = fixture_gzip ((const guint8 *) "twelve bytes", 12);
  g_autoptr(GError) error = NULL;
  guint8 buffer[12];
  const struct
  {
    guint length;
    guint flip;               /* a byte */
    int   code;
  } cases[] = {
    { packed->len, packed->len - 8, MLP_ERROR_FORMAT },      /* the checksum */
    { packed->len, packed->len - 4, MLP_ERROR_FORMAT },      /* the length */
    { packed->len - 1, 0, MLP_ERROR_TRUNCATED },
    { packed->len - 8, 0, MLP_ERROR_TRUNCATED },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree guint8 *copy = g_memdup2 (packed->data, packed->len);
      g_autoptr(IoStream) stream = NULL;

      if (cases[i].flip > 0)
        copy[cases[i].flip] ^= 1;
      stream = io_stream_new_memory ("damaged", copy, cases[i].length);
      if (io_stream_read (stream, buffer, 12, "it", &error))
        g_assert_false (io_stream_finish (stream, "it", &error));
      g_assert_error (error, MLP_ERROR, cases[i].code);
      g_clear_error (&error);
    }

  {
    g_autoptr(IoStream) stream = io_stream_new_memory ("long", packed->data, packed->len);

    g_assert_true (io_stream_read (stream, buffer, 11, "a part", &error));
    g_assert_false (io_stream_finish (stream, "a part", &error));
    g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
    g_assert_nonnull (strstr (error->message, "a part ends at byte 11"));
  }
}

/* Up to the end, and no further; a checksum that is missing or wrong is found
 * there. */
static void
test_read_some (void)
{
  g_autoptr(GByteArray) bytes = make_bytes ();
  g_autoptr(GByteArray) packed = fixture_gzip (bytes->data, SIZE);
  GByteArray *const forms[] = { bytes, packed };
  g_autofree guint8 *buffer = g_malloc (2 * SIZE);
  g_autoptr(GError) error = NULL;
  gsize n;

  for (gsize i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(IoStream) stream = io_stream_new_memory ("all", forms[i]->data, forms[i]->len);

      io_stream_peek (stream, buffer, 512);
      g_assert_true (io_stream_read_some (stream, buffer, 1000, &n, &error));
      g_assert_cmpuint (n, ==, 1000);
      g_assert_true (io_stream_read_some (stream, buffer + 1000, 2 * SIZE - 1000, &n, &error));
      g_assert_no_error (error);
      g_assert_cmpmem (buffer, 1000 + n, bytes->data, SIZE);
      g_assert_true (io_stream_read_some (stream, buffer, 1, &n, &error));
      g_assert_cmpuint (n, ==, 0);
    }

  for (guint cut = 1; cut <= 9; cut++)
    {
      g_autoptr(IoStream) stream = io_stream_new_memory ("cut", packed->data, packed->len - cut);

      g_assert_false (io_stream_read_some (stream, buffer, 2 * SIZE, &n, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_TRUNCATED);
      g_assert_cmpstr (error->message, ==, "“cut” is truncated: the checksum at its end is missing");
      g_clear_error (&error);
    }

  packed->data[packed->len - 5] ^= 1;
  {
    g_autoptr(IoStream) stream = io_stream_new_memory ("wrong", packed->data, packed->len);

    g_assert_false (io_stream_read_some (stream, buffer, 2 * SIZE, &n, &error));
    g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
  }
}

/* Whatever is cut off or turned in packed data is an error at the end at the latest, and never other
 * bytes. */
static void
test_damage (gconstpointer form)
{
  static const char text[] = "Of what is packed each bit counts, and so does the end of it.";
  g_autoptr(GByteArray) packed = fixture_packed (form, text, sizeof text);
  gsize n_harmless = 0;

  for (gsize bit = 0; bit < 9 * (gsize) packed->len; bit++)
    {
      const gboolean cut = bit >= 8 * (gsize) packed->len;
      const gsize size = cut ? bit - 8 * packed->len : packed->len;
      g_autofree guint8 *copy = g_memdup2 (packed->data, packed->len);
      g_autoptr(IoStream) stream = NULL;
      g_autoptr(GError) error = NULL;
      char buffer[2 * sizeof text];
      gsize n;

      if (!cut)
        copy[bit / 8] ^= 1 << bit % 8;
      stream = io_stream_new_memory ("damaged", copy, size);
      if (!io_stream_is_packed (stream))
        {
          /* Then it is plain, and not recognised as anything else. */
          g_assert_true (size < 10 || bit < 10 * 8);
          continue;
        }
      io_stream_peek (stream, buffer, 16);

      if (io_stream_read_some (stream, buffer, sizeof buffer, &n, &error) && io_stream_finish (stream, "it", &error))
        {
          g_assert_false (cut);
          g_assert_cmpmem (buffer, n, text, sizeof text);
          n_harmless++;
          continue;
        }

      g_assert_nonnull (error);
      g_assert_true (error->domain == MLP_ERROR);
      g_assert_true (!cut || error->code == MLP_ERROR_TRUNCATED);
      g_assert_nonnull (strstr (error->message, "“damaged”"));
      g_clear_error (&error);

      /* Nothing follows an error. */
      g_assert_false (io_stream_read_some (stream, buffer, 1, &n, &error) && io_stream_finish (stream, "it", &error));
    }

  g_test_message ("%zu bits do no harm", n_harmless);
  g_assert_cmpuint (n_harmless, <, 8 * packed->len / 4);
}

static void
test_open (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (io_stream_open ("/nowhere/at-all", &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "/nowhere/at-all"));
  g_clear_error (&error);

  g_assert_null (io_stream_open ("/", &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/stream/forms", test_forms);
  g_test_add_func ("/datasets/stream/check-size", test_check_size);
  g_test_add_func ("/datasets/stream/best-ratio", test_best_ratio);
  g_test_add_func ("/datasets/stream/finish", test_finish);
  g_test_add_func ("/datasets/stream/read-some", test_read_some);
  g_test_add_data_func ("/datasets/stream/damage/gzip", ".gz", test_damage);
  g_test_add_data_func ("/datasets/stream/damage/bzip2", ".bz2", test_damage);
  g_test_add_data_func ("/datasets/stream/damage/xz", ".xz", test_damage);
  g_test_add_func ("/datasets/stream/open", test_open);

  return g_test_run ();
}
