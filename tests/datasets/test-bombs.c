/* test-bombs.c: small files that ask for much memory or time.
 *
 * Each is refused with MLP_ERROR_TOO_LARGE or MLP_ERROR_FORMAT before it has its way. The memory of
 * the whole test is bounded, so that asking for it would end it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/resource.h>
#include <zlib.h>

#include "core/mlp-error.h"
#include "datasets/ds-open.h"
#include "datasets/mnist/ds-idx.h"
#include "io/io-archive.h"
#include "io/io-stream.h"
#include "molecules/mol-collection.h"
#include "fixture.h"
#include "molecules/molecule-fixture.h"

#define MIB (1024 * 1024)

/* (transfer full): @n_mib MiB of zeros in gzip, which never are in memory */
static GByteArray *
gzip_zeros (gsize n_mib)
{
  g_autofree guint8 *zeros = g_malloc0 (MIB);
  GByteArray *packed = g_byte_array_new ();
  z_stream z = { 0 };

  g_assert_cmpint (deflateInit2 (&z, 9, Z_DEFLATED, MAX_WBITS + 16, 9, Z_DEFAULT_STRATEGY), ==, Z_OK);
  for (gsize i = 0; i < n_mib; i++)
    {
      guint8 block[8192];

      z.next_in = zeros;
      z.avail_in = MIB;
      do
        {
          z.next_out = block;
          z.avail_out = sizeof block;
          deflate (&z, i + 1 < n_mib ? Z_NO_FLUSH : Z_FINISH);
          g_byte_array_append (packed, block, (guint) (sizeof block - z.avail_out));
        }
      while (z.avail_out == 0);
    }
  deflateEnd (&z);

  return packed;
}

static void
read_to_the_end (IoStream *stream,
                 int       code)
{
  g_autoptr(IoStream) owned = stream;
  g_autofree guint8 *buffer = g_malloc (MIB);
  g_autoptr(GError) error = NULL;
  gsize n = 0;

  while (io_stream_read_some (stream, buffer, MIB, &n, &error) && n > 0)
    continue;

  g_assert_error (error, MLP_ERROR, code);
}

/* 0.3 MiB that unpack to 300 */
static void
test_gzip (void)
{
  g_autoptr(GByteArray) packed = gzip_zeros (300);
  g_autoptr(IoStream) stream = io_stream_new_memory ("zeros", packed->data, packed->len);
  g_autoptr(GError) error = NULL;

  g_assert_false (io_stream_check_size (stream, 300 * MIB, "it", &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "“zeros” unpacks to more than 9"));

  read_to_the_end (g_steal_pointer (&stream), MLP_ERROR_TOO_LARGE);
}

/* Data as they are, and larger, are believed. */
static void
test_sound (void)
{
  g_autoptr(GByteArray) packed = gzip_zeros (60);
  g_autoptr(IoStream) stream = io_stream_new_memory ("zeros", packed->data, packed->len);
  g_autoptr(GError) error = NULL;

  g_assert_true (io_stream_check_size (stream, 60 * MIB, "it", &error));
  g_assert_true (io_stream_check_unpacked (stream, 64 * MIB + 100 * packed->len, &error));
  g_assert_false (io_stream_check_unpacked (stream, 64 * MIB + 100 * packed->len + 1, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
}

/* Two million pictures of one pixel: little to unpack, much to keep. */
static void
test_tiny_pictures (void)
{
  const guint32 n = 2 * 1000 * 1000;
  g_autofree guint8 *bytes = g_malloc0 (16 + n);
  const guint32 header[4] = { GUINT32_TO_BE (0x803), GUINT32_TO_BE (n), GUINT32_TO_BE (1), GUINT32_TO_BE (1) };

  memcpy (bytes, header, sizeof header);
  for (int packed = 0; packed <= 1; packed++)
    {
      g_autoptr(GByteArray) gzip = fixture_gzip (bytes, 16 + n);
      g_autoptr(IoStream) stream = packed ? io_stream_new_memory ("tiny", gzip->data, gzip->len)
                                          : io_stream_new_memory ("tiny", bytes, 16 + n);
      g_autoptr(GError) error = NULL;
      DsIdxHeader read;

      /* In a plain file there is a byte for each. */
      g_assert_cmpint (ds_idx_read_header (stream, 3, &read, &error), ==, !packed);
      g_assert_true (!packed || g_error_matches (error, MLP_ERROR, MLP_ERROR_TOO_LARGE));
    }
}

/* Each is little work, and they unpack to little; there are just too many. */
static void
test_many_files (void)
{
  const guint n = 20000;
  g_autofree const char **names = g_new (const char *, n);
  g_autofree const char **texts = g_new (const char *, n);
  g_autoptr(GByteArray) bytes = NULL;
  g_autoptr(IoArchive) archive = NULL;
  g_autoptr(GError) error = NULL;
  guint n_files = 0;

  for (guint i = 0; i < n; i++)
    {
      names[i] = "a.xyz";
      texts[i] = "";
    }
  bytes = fixture_archive ("tar.xz", names, texts, n);
  g_assert_cmpuint (bytes->len, <, MIB);

  archive = io_archive_new_memory ("many", bytes->data, bytes->len, &error);
  g_assert_no_error (error);
  while (io_archive_next (archive, &error) != NULL)
    n_files++;

  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
  g_assert_cmpuint (n_files, ==, 10000 + bytes->len / 128);
}

/* As “xz” with a dictionary of 768 MiB and of 64 MiB: one byte of the header of its block. */
static void
test_xz_dictionary (void)
{
  static const char *const names[] = { "a" };
  static const char *const texts[] = { "first" };
  static const struct
  {
    guint8 size;        /* 2 | (size & 1) << size / 2 + 11, § 5.3.1 of the format */
    int    code;        /* 0: none */
  } cases[] = { { 35, MLP_ERROR_TOO_LARGE }, { 29, MLP_ERROR_TOO_LARGE }, { 28, 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GByteArray) bytes = fixture_archive ("tar.xz", names, texts, 1);
      guint8 *block = bytes->data + 12;
      const gsize size = ((gsize) block[0] + 1) * 4;
      guint8 *dictionary = memchr (block, 0x21, size);
      g_autoptr(IoStream) stream = NULL;
      g_autoptr(GError) error = NULL;
      guint8 buffer[1024];
      guint32 crc;
      gsize n;

      /* LZMA2 and the length of what describes it, 1. */
      g_assert_nonnull (dictionary);
      g_assert_cmpuint (dictionary[1], ==, 1);
      dictionary[2] = cases[i].size;
      crc = GUINT32_TO_LE ((guint32) crc32 (0, block, (uInt) size - 4));
      memcpy (block + size - 4, &crc, 4);

      stream = io_stream_new_memory ("packed", bytes->data, bytes->len);
      g_assert_cmpint (io_stream_read_some (stream, buffer, sizeof buffer, &n, &error), ==, cases[i].code == 0);
      if (cases[i].code != 0)
        {
          g_assert_error (error, MLP_ERROR, cases[i].code);
          g_assert_nonnull (strstr (error->message, "MiB of memory to unpack"));
        }
    }
}

/* Whoever opens it as whatever it may be is told the reason. */
static void
assert_refused_file (const GByteArray *bytes)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "bomb.tar.bz2", NULL);
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, bytes->len, NULL));
  g_assert_null (ds_open (path, NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
  g_remove (path);
  g_rmdir (folder);
}

static void
test_bzip2 (void)
{
  /* One block of zeros, 45 MB, as often as it takes: bzip2 files may follow each other. */
  static const char *const names[] = { "zeros", "more" };
  g_autofree char *text = g_malloc (45 * MIB + 1);
  const char *texts[] = { text, text };
  g_autoptr(GByteArray) one = NULL;
  g_autoptr(GByteArray) two = NULL;
  g_autoptr(GByteArray) many = g_byte_array_new ();

  memset (text, 'a', 45 * MIB);
  text[45 * MIB] = '\0';
  one = fixture_archive ("tar.bz2", names, texts, 1);
  for (int i = 0; i < 3; i++)
    g_byte_array_append (many, one->data, one->len);

  read_to_the_end (io_stream_new_memory ("zeros", many->data, many->len), MLP_ERROR_TOO_LARGE);

  two = fixture_archive ("tar.bz2", names, texts, 2);
  assert_refused_file (two);
}

/* A ZIP archive whose file says that it is packed in LZMA, which may ask for 4 GiB. */
static void
test_zip_method (void)
{
  static const char *const names[] = { "a.xyz" };
  static const char *const texts[] = { "1\n\nH 0 0 0\n" };
  g_autoptr(GByteArray) bytes = fixture_archive ("zip", names, texts, 1);
  g_autoptr(IoArchive) archive = NULL;
  g_autoptr(GError) error = NULL;

  /* The method is at byte 8 of a file's header, at 10 of its entry in the directory. */
  for (guint i = 0; i + 12 < bytes->len; i++)
    {
      if (memcmp (bytes->data + i, "PK\3\4", 4) == 0)
        bytes->data[i + 8] = 14;
      else if (memcmp (bytes->data + i, "PK\1\2", 4) == 0)
        bytes->data[i + 10] = 14;
    }

  archive = io_archive_new_memory ("archive", bytes->data, bytes->len, &error);
  g_assert_no_error (error);
  g_assert_null (io_archive_next (archive, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
  g_assert_nonnull (strstr (error->message, "uses an unsupported compression method (ZIP"));
}

static void
test_zip (void)
{
  static const char *const names[] = { "zeros" };
  g_autofree char *text = g_malloc (110 * MIB + 1);
  const char *texts[] = { text };
  g_autoptr(GByteArray) bytes = NULL;
  g_autoptr(IoArchive) archive = NULL;
  g_autofree guint8 *buffer = g_malloc (MIB);
  g_autoptr(GError) error = NULL;
  gsize n = 1;

  memset (text, 'a', 110 * MIB);
  text[110 * MIB] = '\0';
  bytes = fixture_archive ("zip", names, texts, 1);
  archive = io_archive_new_memory ("archive", bytes->data, bytes->len, &error);
  g_assert_nonnull (io_archive_next (archive, &error));
  while (n > 0 && io_archive_read (archive, buffer, MIB, &n, &error))
    continue;
  g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
}

/* (transfer full): @head, and then @line @n times */
static GString *
repeat (const char *head,
        const char *line,
        gsize       n)
{
  GString *text = g_string_sized_new (strlen (head) + n * strlen (line) + 1);

  g_string_append (text, head);
  for (gsize i = 0; i < n; i++)
    g_string_append (text, line);

  return text;
}

#define SMALL_SDF "x\n\n\n  1  0  0  0  0  0  0  0  0  0999 V2000\n" \
  "    0.0000    0.0000    0.0000 H\nM  END\n$$$$\n"

/* Lines pack to next to nothing; each may be a molecule, or one that is to be named because it cannot be
 * read. The same file unpacked is long enough to be believed. */
static void
test_lines (void)
{
  static const struct { const char *head, *line; gsize n; } cases[] = {
    { "smiles,gap\n", "C,1\n", 400 * 1000 },
    { "smiles,gap\nC,1\n", "X\n", 400 * 1000 },
    { "", SMALL_SDF, 100 * 1000 },
    { SMALL_SDF, "$$$$\n", 400 * 1000 },
  };
  static const char *const forms[] = { ".gz", ".bz2", ".xz" };
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) text = repeat (cases[i].head, cases[i].line, cases[i].n);
      char *folder = fixture_make_folder ("");

      for (gsize k = 0; k < G_N_ELEMENTS (forms); k++)
        {
          g_autoptr(GByteArray) bytes = fixture_packed (forms[k], text->str, text->len);

          g_assert_cmpuint (bytes->len, <, 100 * 1000);
          fixture_write_raw (folder, "lines", bytes->data, bytes->len);
          fixture_assert_no_molecules (folder, "lines", MLP_ERROR_TOO_LARGE,
                                       "“*/lines” has more than * lines, the limit for a compressed file of * bytes*");
        }

      if (i == 0)
        {
          g_autofree char *path = g_build_filename (folder, "lines", NULL);
          g_autoptr(GError) error = NULL;
          g_autoptr(MolCollection) molecules = NULL;

          fixture_write_raw (folder, "lines", (const guint8 *) text->str, text->len);
          molecules = mol_open (path, &options, NULL, NULL, NULL, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (mol_collection_get_n (molecules), ==, cases[i].n);
        }
      fixture_remove (folder);
    }
}

/* 20,000 molecules of one atom in a packed archive: their features are refused before they are computed,
 * unless these are few numbers each. */
static void
test_features (void)
{
  enum { N = 10000 };
  g_autofree const char **names = g_new (const char *, N);
  g_autofree const char **texts = g_new (const char *, N);
  g_autoptr(GStringChunk) chunk = g_string_chunk_new (4096);
  g_autoptr(GByteArray) bytes = NULL;
  g_autofree char *path = NULL;
  char *folder = fixture_make_folder ("");
  DsTask task;

  for (guint i = 0; i < N; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.xyz", i);
      g_autofree char *text = g_strdup_printf ("1\ngdb %u 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\nH 0 0 0 0\n1\nC C\nInChI=1 InChI=1\n", i + 1);

      names[i] = g_string_chunk_insert (chunk, name);
      texts[i] = g_string_chunk_insert (chunk, text);
    }
  bytes = fixture_archive ("tar.xz", names, texts, N);
  g_assert_cmpuint (bytes->len, <, 1000 * 1000);
  fixture_write_raw (folder, "atoms.tar.xz", bytes->data, bytes->len);
  path = g_build_filename (folder, "atoms.tar.xz", NULL);

  ds_task_init (&task);
  for (int few = 0; few <= 1; few++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(DsSet) set = NULL;

      g_free (task.features);
      task.features = g_strdup (few ? "composition" : "hdad-orbitals");
      set = ds_open_full (path, &task, NULL, NULL, NULL, &error);
      if (few)
        {
          g_assert_no_error (error);
          g_assert_cmpuint (mlp_samples_get_n (set->samples), ==, N);
        }
      else
        {
          g_assert_null (set);
          g_assert_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE);
          g_test_message ("%s", error->message);
          g_assert_true (g_pattern_match_simple ("The features “hdad-orbitals” of the 10000 molecules in “atoms.tar.xz” "
                                                 "need * MiB; the limit for a file of * bytes is * MiB; unpack the file "
                                                 "first*", error->message));
        }
    }
  ds_task_clear (&task);
  fixture_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  const struct rlimit limit = { 768 * MIB, 768 * MIB };

  /* Less than the dictionary with what it is made with, and than all that is promised. */
  setrlimit (RLIMIT_AS, &limit);
#endif

  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/bombs/gzip", test_gzip);
  g_test_add_func ("/datasets/bombs/sound", test_sound);
  g_test_add_func ("/datasets/bombs/tiny-pictures", test_tiny_pictures);
  g_test_add_func ("/datasets/bombs/many-files", test_many_files);
  g_test_add_func ("/datasets/bombs/xz-dictionary", test_xz_dictionary);
  g_test_add_func ("/datasets/bombs/bzip2", test_bzip2);
  g_test_add_func ("/datasets/bombs/zip-method", test_zip_method);
  g_test_add_func ("/datasets/bombs/zip", test_zip);
  g_test_add_func ("/datasets/bombs/lines", test_lines);
  g_test_add_func ("/datasets/bombs/features", test_features);

  return g_test_run ();
}
