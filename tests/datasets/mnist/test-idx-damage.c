/* test-idx-damage.c: IDX files that are not what they should be.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-error.h"
#include "datasets/ds-open.h"
#include "datasets/fixture.h"
#include "test-util.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("set");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
}

static void
write_usual (Fixture *f)
{
  fixture_write_mnist (f->folder, "train-images-idx3-ubyte", "train-labels-idx1-ubyte",
                       "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte");
}

static DsSet *
open_folder (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  DsSet *set = ds_open (f->folder, NULL, NULL, &error);

  g_assert_no_error (error);

  return set;
}

static void
test_partners (Fixture      *f,
               gconstpointer data)
{
  static const char *const names[] = {
    "train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *pattern = g_strdup_printf ("The %s for *%s” are missing; expected “%s”*",
                                                  i % 2 == 0 ? "images" : "labels", names[i ^ 1], names[i]);

      write_usual (f);
      fixture_delete (f->folder, names[i]);
      fixture_assert_refused (f->folder, "", MLP_ERROR_OPEN, pattern);
      fixture_assert_refused (f->folder, names[i ^ 1], MLP_ERROR_OPEN, pattern);
    }
}

static void
test_mismatch (Fixture      *f,
               gconstpointer data)
{
  write_usual (f);
  fixture_write_bytes (f->folder, "train-labels-idx1-ubyte", fixture_labels (29, 10, 0));
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT,
                          "*train-images-idx3-ubyte” has 30 images and *train-labels-idx1-ubyte” has 29 labels*byte 4*");

  write_usual (f);
  fixture_write_bytes (f->folder, "t10k-images-idx3-ubyte", fixture_images (20, 4, 5));
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT, "*4 × 5 pixels*5 × 4*byte 8*same size");
}

static void
test_labels (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(GByteArray) labels = fixture_labels (FIXTURE_N_TRAIN, 10, 0);
  g_autoptr(GByteArray) test_labels = fixture_labels (FIXTURE_N_TEST, 10, 0);

  write_usual (f);
  labels->data[8 + 17] = 200;
  fixture_write (f->folder, "train-labels-idx1-ubyte", labels->data, labels->len);
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT,
                          "*train-labels-idx1-ubyte” has the label 200 at byte 25; expected 0 to 9");

  write_usual (f);
  test_labels->data[8 + 3] = 100;
  fixture_write (f->folder, "t10k-labels-idx1-ubyte.gz", test_labels->data, test_labels->len);
  fixture_delete (f->folder, "t10k-labels-idx1-ubyte");
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT,
                          "*t10k-labels-idx1-ubyte.gz” has the label 100 at byte 11; expected 0 to 9");
}

/* What arrives under the name of a file instead of it. */
static const struct
{
  const char *name;
  const char *bytes;
  gsize       size;
  int         code;
  const char *pattern;
} others[] = {
  { "empty", "", 0, MLP_ERROR_FORMAT, "*is empty*" },
  { "html", "\n<!DOCTYPE html>\n<html><head>", 0, MLP_ERROR_FORMAT, "*is a web page*" },
  { "html5", "<HTML lang=\"en\"><body>404 Not Found", 0, MLP_ERROR_FORMAT, "*is a web page*" },
  { "lfs", "version https://git-lfs.github.com/spec/v1\noid sha256:44\nsize 9912422\n", 0, MLP_ERROR_FORMAT, "*Git LFS "
    "pointer*git "
    "lfs pull*" },
  { "zip", "PK\3\4\24\0\0\0\10\0", 10, MLP_ERROR_FORMAT, "*is a ZIP archive; unpack it*" },
  { "hdf5", "\x89HDF\r\n\x1a\n", 8, MLP_ERROR_FORMAT, "*is an HDF5 file*" },
  { "unknown", "\1\2\3\4\5", 5, MLP_ERROR_FORMAT, "*begins with the bytes 01 02 03 04; expected *IDX*" },
  { "three-bytes", "\0\0\10", 3, MLP_ERROR_TRUNCATED, "*ends at byte 3; expected *IDX*" },
  { "pickle", "\x80\2c", 3, MLP_ERROR_FORMAT, "*is a Python pickle. Expected *IDX*" },
  { "floats", "\0\0\15\3\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\0", 20, MLP_ERROR_FORMAT, "*00 00 0d 03; expected *00 00 08*" },
  { "swapped", "\0\0\10\2\0\0\0\1\0\0\0\1", 12, MLP_ERROR_FORMAT, "*00 00 08 02; expected *00 00 08*" },
  { "nothing", "\0\0\10\3\0\0\0\0\0\0\0\1\0\0\0\1", 16, MLP_ERROR_FORMAT, "*byte 4*declares no items*" },
};

static void
test_other (Fixture      *f,
            gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  gsize size = others[i].size > 0 ? others[i].size : strlen (others[i].bytes);
  static const char *const names[] = { "train-images-idx3-ubyte", "t10k-labels-idx1-ubyte" };

  /* The header "nothing" is one of pictures. */
  for (gsize n = 0; n < G_N_ELEMENTS (names) - (g_str_equal (others[i].name, "nothing") ? 1 : 0); n++)
    {
      g_autofree char *packed = g_strconcat (names[n], ".gz", NULL);

      write_usual (f);
      fixture_write (f->folder, names[n], (const guint8 *) others[i].bytes, size);
      fixture_assert_refused (f->folder, "", others[i].code, others[i].pattern);

      /* The same gzip'd. */
      fixture_delete (f->folder, names[n]);
      fixture_write (f->folder, packed, (const guint8 *) others[i].bytes, size);
      fixture_assert_refused (f->folder, "", others[i].code,
                              size == 0 ? "*empty compressed file*" : others[i].pattern);
      fixture_delete (f->folder, packed);
    }
}

static void
assert_no_set (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  DsSet *set = ds_open (f->folder, NULL, NULL, &error);

  g_assert_null (set);
  g_assert_true (error->domain == MLP_ERROR);
  g_assert_nonnull (strstr (error->message, f->folder));
}

static void
test_truncation (Fixture      *f,
                 gconstpointer data)
{
  g_autoptr(GByteArray) images = fixture_images (FIXTURE_N_TRAIN, FIXTURE_ROWS, FIXTURE_COLUMNS);
  g_autoptr(GByteArray) labels = fixture_labels (FIXTURE_N_TRAIN, 10, 0);
  const struct
  {
    const char *name;
    GByteArray *bytes;
  } files[] = { { "train-images-idx3-ubyte", images }, { "train-labels-idx1-ubyte", labels } };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(GByteArray) packed = fixture_gzip (files[i].bytes->data, files[i].bytes->len);
      g_autofree char *packed_name = g_strconcat (files[i].name, ".gz", NULL);

      write_usual (f);
      for (gsize n = 0; n < files[i].bytes->len; n++)
        {
          fixture_write_raw (f->folder, files[i].name, files[i].bytes->data, n);
          assert_no_set (f);
        }

      fixture_delete (f->folder, files[i].name);
      for (gsize n = 0; n < packed->len; n++)
        {
          fixture_write_raw (f->folder, packed_name, packed->data, n);
          assert_no_set (f);
        }
      fixture_delete (f->folder, packed_name);
    }

  write_usual (f);
  fixture_write_raw (f->folder, "train-images-idx3-ubyte", images->data, images->len - 1);
  fixture_assert_refused (f->folder, "", MLP_ERROR_TRUNCATED,
                          "*declares 600 bytes for the images after byte 16, but the file holds 599");
}

static void
test_trailing (Fixture      *f,
               gconstpointer data)
{
  g_autoptr(GByteArray) images = fixture_images (FIXTURE_N_TRAIN, FIXTURE_ROWS, FIXTURE_COLUMNS);

  g_byte_array_append (images, (const guint8 *) "", 1);
  write_usual (f);
  fixture_write (f->folder, "train-images-idx3-ubyte", images->data, images->len);
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT, "*longer than its header declares*byte 616*");
}

/* Each bit of the headers matters. */
static void
test_bit_flips (Fixture      *f,
                gconstpointer data)
{
  g_autoptr(GByteArray) images = fixture_images (FIXTURE_N_TRAIN, FIXTURE_ROWS, FIXTURE_COLUMNS);
  g_autoptr(GByteArray) labels = fixture_labels (FIXTURE_N_TRAIN, 10, 0);

  write_usual (f);
  for (gsize bit = 0; bit < 16 * 8; bit++)
    {
      images->data[bit / 8] ^= 1 << bit % 8;
      fixture_write (f->folder, "train-images-idx3-ubyte", images->data, images->len);
      assert_no_set (f);
      images->data[bit / 8] ^= 1 << bit % 8;
    }

  write_usual (f);
  for (gsize bit = 0; bit < 8 * 8; bit++)
    {
      labels->data[bit / 8] ^= 1 << bit % 8;
      fixture_write (f->folder, "train-labels-idx1-ubyte", labels->data, labels->len);
      assert_no_set (f);
      labels->data[bit / 8] ^= 1 << bit % 8;
    }
}

/* In a gzip'd file the checksum finds them, but for what gzip ignores. */
static void
test_gzip_bit_flips (Fixture      *f,
                     gconstpointer data)
{
  g_autoptr(GByteArray) images = fixture_images (FIXTURE_N_TRAIN, FIXTURE_ROWS, FIXTURE_COLUMNS);
  g_autoptr(GByteArray) packed = fixture_gzip (images->data, images->len);
  g_autoptr(DsSet) right = NULL;
  gsize n_harmless = 0;

  write_usual (f);
  right = open_folder (f);
  fixture_delete (f->folder, "train-images-idx3-ubyte");

  for (gsize bit = 0; bit < packed->len * 8; bit++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DsSet) set = NULL;

      packed->data[bit / 8] ^= 1 << bit % 8;
      fixture_write_raw (f->folder, "train-images-idx3-ubyte.gz", packed->data, packed->len);
      packed->data[bit / 8] ^= 1 << bit % 8;

      set = ds_open (f->folder, NULL, NULL, &error);
      if (set != NULL)
        {
          g_assert_cmpstr (set->identity, ==, right->identity);
          n_harmless++;
        }
      else
        g_assert_true (error->domain == MLP_ERROR);
    }

  /* Of the ten bytes of gzip's header, those of the time, the compression's
   * effort and the system, and one bit that says it is text; and what fills
   * the last byte of the compressed data. */
  g_assert_cmpuint (n_harmless, <=, 6 * 8 + 1 + 7);
}

/* A header may say what it likes: it is not believed before it is checked. */
static void
test_huge (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(GByteArray) images = fixture_images (FIXTURE_N_TRAIN, 28, 28);
  const struct
  {
    guint8      n[4];
    int         code;
    const char *pattern;
  } cases[] = {
    { { 0xff, 0xff, 0xff, 0xff }, MLP_ERROR_TOO_LARGE, "*byte 4) declares 4294967295 items*" },
    { { 0xee, 0x6b, 0x28, 0x00 }, MLP_ERROR_TOO_LARGE, "*4000000000 items*" },
    { { 0x00, 0x0f, 0x42, 0x40 }, MLP_ERROR_TRUNCATED, "*declares 784000000 bytes*" },
  };

  write_usual (f);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      memcpy (images->data + 4, cases[i].n, 4);
      fixture_write (f->folder, "train-images-idx3-ubyte", images->data, images->len);
      fixture_assert_refused (f->folder, "", cases[i].code, cases[i].pattern);

      fixture_delete (f->folder, "train-images-idx3-ubyte");
      fixture_write (f->folder, "train-images-idx3-ubyte.gz", images->data, images->len);
      fixture_assert_refused (f->folder, "", cases[i].code, cases[i].pattern);
      fixture_delete (f->folder, "train-images-idx3-ubyte.gz");
    }

  images->data[10] = 0x10;
  fixture_write (f->folder, "train-images-idx3-ubyte", images->data, images->len);
  fixture_assert_refused (f->folder, "", MLP_ERROR_FORMAT, "*byte 8*28 × 4124 pixels*");
}

static void
add (const char *path,
     gsize i,
     void (*test)(Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/idx-damage/instead/%s", others[i].name);

      add (path, i, test_other);
    }

  add ("/datasets/idx-damage/partners", 0, test_partners);
  add ("/datasets/idx-damage/mismatch", 0, test_mismatch);
  add ("/datasets/idx-damage/labels", 0, test_labels);
  add ("/datasets/idx-damage/truncation", 0, test_truncation);
  add ("/datasets/idx-damage/trailing", 0, test_trailing);
  add ("/datasets/idx-damage/bit-flips", 0, test_bit_flips);
  add ("/datasets/idx-damage/gzip-bit-flips", 0, test_gzip_bit_flips);
  add ("/datasets/idx-damage/huge", 0, test_huge);

  return g_test_run ();
}
