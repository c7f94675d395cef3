/* test-archive.c: archives of molecules, sound and damaged.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <locale.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-archive.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-report.h"
#include "molecules/molecule-fixture.h"
#include "test-util.h"

#define N 3

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("archive");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
}

static void
write_raw (Fixture    *f,
           const char *name,
           GByteArray *bytes,
           gsize       n)
{
  fixture_write_raw (f->folder, name, bytes->data, n);
}

/* Names and contents come back, from a file and from memory. */
static void
test_content (Fixture      *f,
              gconstpointer form)
{
  static const char *const names[] = { "folder/", "folder/b.xyz", "a", "empty", "Äther/ß.xyz" };
  static const char *const texts[] = { "", "first", "second\nof two lines", "", "last" };
  g_autoptr(GByteArray) bytes = NULL;
  g_autofree char *path = g_build_filename (f->folder, "archive", NULL);
  g_autoptr(GError) error = NULL;

  setlocale (LC_CTYPE, "C.UTF-8");
  bytes = fixture_archive (form, names, texts, G_N_ELEMENTS (names));
  setlocale (LC_CTYPE, "C");
  write_raw (f, "archive", bytes, bytes->len);

  for (int memory = 0; memory <= 1; memory++)
    {
      g_autoptr(IoArchive) archive = memory ? io_archive_new_memory ("archive", bytes->data, bytes->len, &error)
                                            : io_archive_open (path, &error);
      const char *name;
      char buffer[100];
      gsize n;

      g_assert_no_error (error);
      g_assert_false (io_archive_is_folder (archive));
      g_assert_cmpstr (io_archive_get_name (archive), ==, memory ? "archive" : path);
      for (gsize i = 1; i < G_N_ELEMENTS (names); i++)
        {
          name = io_archive_next (archive, &error);
          g_assert_no_error (error);
          /* Other letters are not for the locale "C"; but the file is there. */
          if (i < 4)
            g_assert_cmpstr (name, ==, names[i]);
          else
            g_assert_true (g_utf8_validate (name, -1, NULL));

          /* The first in two pieces; of the second not all. */
          g_assert_true (io_archive_read (archive, buffer, i == 1 ? 2 : i == 2 ? 6 : 100, &n, &error));
          if (i == 1)
            {
              gsize rest;

              g_assert_true (io_archive_read (archive, buffer + n, 98, &rest, &error));
              n += rest;
            }
          g_assert_no_error (error);
          g_assert_cmpmem (buffer, n, texts[i], i == 2 ? 6 : strlen (texts[i]));
        }
      g_assert_null (io_archive_next (archive, &error));
      g_assert_no_error (error);
      g_assert_cmpfloat (io_archive_get_fraction (archive), ==, 1.0);
    }

  setlocale (LC_CTYPE, "C.UTF-8");
}

static void
test_molecules (Fixture      *f,
                gconstpointer form)
{
  g_autoptr(GByteArray) bytes = fixture_molecules (form, N);
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", N);
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolCollection) other = NULL;
  g_autoptr(MolReport) report = NULL;

  /* What it is called does not matter. */
  write_raw (f, "data.txt", bytes, bytes->len);
  write_raw (f, "tar", tar, tar->len);
  molecules = fixture_open (f->folder, "data.txt", &report);
  other = fixture_open (f->folder, "tar", NULL);

  g_assert_cmpuint (mol_collection_get_n (molecules), ==, N);
  g_assert_cmpuint (report->n, ==, N);
  g_assert_cmpuint (report->n_unreadable, ==, 0);
  g_assert_cmpstr (mol_collection_get_key (molecules), ==, mol_collection_get_key (other));
}

/* What is no molecule is passed over, or counted where it claims to be one. */
static void
test_mixed (Fixture      *f,
            gconstpointer form)
{
  g_autofree char *first = fixture_molecule_text (0);
  g_autofree char *second = fixture_molecule_text (1);
  g_autofree char *third = fixture_molecule_text (2);
  g_autofree char *long_text = g_strnfill (64 * 1024 + 1, 'C');
  const char *names[] = {
    "README", "x/", "x/._1.xyz", "x/1.xyz", "x/2.dat", "x/2.XYZ", "x/long.xyz", "long", "x/3.xyz", "number", "x/4.xyz"
  };
  const char *texts[] = {
    "molecules", "", "junk", first, second, "3\ngdb", long_text, long_text, third, "17\n", second
  };
  g_autoptr(GByteArray) bytes = fixture_archive (form, names, texts, G_N_ELEMENTS (names));
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolReport) report = NULL;

  write_raw (f, "archive", bytes, bytes->len);
  molecules = fixture_open (f->folder, "archive", &report);

  g_assert_cmpuint (mol_collection_get_n (molecules), ==, 3);
  g_assert_cmpuint (report->n_unreadable, ==, 3);
  g_assert_cmpuint (report->n_named, ==, 3);
  g_assert_cmpstr (report->unreadable[0].name, ==, "x/2.XYZ");
  g_assert_cmpuint (report->unreadable[0].line, ==, 2);
  g_assert_cmpstr (report->unreadable[0].reason, ==, "expected the molecule’s number after “gdb”; found nothing");
  g_assert_cmpstr (report->unreadable[1].name, ==, "x/long.xyz");
  g_assert_cmpuint (report->unreadable[1].line, ==, 0);
  g_assert_cmpstr (report->unreadable[2].name, ==, "x/4.xyz");
  g_assert_cmpstr (report->unreadable[2].reason, ==, "number 2 occurs more than once");
}

/* The first ten are named. */
static void
test_unreadable (Fixture      *f,
                 gconstpointer form)
{
  g_autofree char *good = fixture_molecule_text (0);
  const char *names[14];
  const char *texts[14];
  g_autoptr(GByteArray) bytes = NULL;
  g_autoptr(MolCollection) molecules = NULL;
  g_autoptr(MolReport) report = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = g_strdup_printf ("%zu.xyz", i);

      names[i] = g_intern_string (name);
      texts[i] = i == 7 ? good : "5\ngdb 1\t1\n";
    }
  bytes = fixture_archive (form, names, texts, G_N_ELEMENTS (names));
  write_raw (f, "archive", bytes, bytes->len);
  molecules = fixture_open (f->folder, "archive", &report);
  g_assert_cmpuint (report->n, ==, 1);
  g_assert_cmpuint (report->n_unreadable, ==, 13);
  g_assert_cmpuint (report->n_named, ==, MOL_MAX_NAMED);
  g_assert_cmpstr (report->unreadable[9].name, ==, "10.xyz");

  texts[7] = texts[0];
  g_byte_array_unref (bytes);
  bytes = fixture_archive (form, names, texts, G_N_ELEMENTS (names));
  write_raw (f, "archive", bytes, bytes->len);
  fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_FORMAT,
                               "None of the 14 molecules in *archive” could be read. The first, “0.xyz”, line 2: expected "
                               "a number, property 2 of 15 (B); found nothing");
}

/* An archive without molecules. */
static void
test_others (Fixture      *f,
             gconstpointer form)
{
  static const char *const names[] = { "a.txt", "b" };
  static const char *const texts[] = { "no molecule", "" };

  for (gsize n = 0; n <= G_N_ELEMENTS (names); n++)
    {
      g_autoptr(GByteArray) bytes = fixture_archive (form, names, texts, n);

      /* An empty tar archive is nothing but zeros, as other files may begin. */
      if (n == 0 && g_str_equal (form, "tar"))
        continue;
      write_raw (f, "archive", bytes, bytes->len);
      fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_FORMAT,
                                   n == 0 && g_str_equal (form, "zip") ? "“*archive” is not a complete ZIP "
                                   "archive*missing or empty"
                                                                       : "No molecules found in *archive”; expected QM9*");
    }
}

/* Cut off anywhere it is an error that names it; never fewer molecules. */
static void
test_truncation (Fixture      *f,
                 gconstpointer form)
{
  g_autoptr(GByteArray) bytes = fixture_molecules (form, N);
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  g_autofree char *path = g_build_filename (f->folder, "archive", NULL);
  gsize least = bytes->len;
  gsize n_cut = 0;
  gsize step = 1;

  /* After its mark's first half a tar archive is whole; libarchive writes a
   * thousand bytes of zeros there. */
  if (g_str_equal (form, "tar"))
    {
      least -= 512;
      step = 3;
    }

  for (gsize n = 0; n < least; n += step)
    {
      g_autoptr(GError) error = NULL;

      write_raw (f, "archive", bytes, n);
      g_assert_null (mol_open (path, &options, NULL, NULL, NULL, &error));
      g_assert_true (error->domain == MLP_ERROR);
      g_assert_nonnull (strstr (error->message, path));
      n_cut += error->code == MLP_ERROR_TRUNCATED;
    }

  /* ZIP's directory is at its end: what has none is not known for cut off. */
  if (!g_str_equal (form, "zip"))
    g_assert_cmpuint (n_cut, >, least / step / 2);
}

/* With any bit turned it is an error, or all is as it was; in a ZIP archive a file
 * may also no longer be one, and is counted. Plain tar protects its headers only: a
 * molecule may be wrong. */
static void
test_bit_flips (Fixture      *f,
                gconstpointer form)
{
  g_autoptr(GByteArray) bytes = fixture_molecules (form, N);
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  g_autofree char *path = g_build_filename (f->folder, "archive", NULL);
  g_autoptr(MolCollection) right = NULL;
  gboolean plain = g_str_equal (form, "tar");
  gsize n_harmless = 0;
  gsize step = plain ? 29 : 3;        /* every place of a bit; plain tar is the longest */

  write_raw (f, "archive", bytes, bytes->len);
  right = fixture_open (f->folder, "archive", NULL);

  for (gsize bit = 0; bit < 8 * (gsize) bytes->len; bit += step)
    {
      g_autoptr(MolCollection) molecules = NULL;
      g_autoptr(MolReport) report = NULL;
      g_autoptr(GError) error = NULL;

      bytes->data[bit / 8] ^= 1 << bit % 8;
      write_raw (f, "archive", bytes, bytes->len);
      bytes->data[bit / 8] ^= 1 << bit % 8;

      molecules = mol_open (path, &options, NULL, NULL, &report, &error);
      if (molecules == NULL)
        {
          g_assert_true (error->domain == MLP_ERROR);
          g_assert_nonnull (strstr (error->message, path));
          continue;
        }

      fixture_assert_sound (molecules);
      g_assert_cmpuint (report->n + report->n_unreadable, ==, N);
      if (!plain && report->n == N)
        g_assert_cmpstr (mol_collection_get_key (molecules), ==, mol_collection_get_key (right));
      n_harmless++;
    }

  g_test_message ("%zu of %zu bits do no harm", n_harmless, 8 * (gsize) bytes->len / step);
  if (!plain)
    g_assert_cmpuint (n_harmless, <, 8 * (gsize) bytes->len / step / 4);
}

/* The message tells how far one got. */
static void
test_messages (Fixture      *f,
               gconstpointer data)
{
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", N);
  g_autoptr(GByteArray) gzip = fixture_molecules ("tar.gz", N);
  gsize end = tar->len - 1024;
  const guint8 junk = 'x';

  write_raw (f, "archive", tar, 700);
  fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_TRUNCATED,
                               "“*archive” is truncated (*). The last file found in it was “a/1.xyz”");
  write_raw (f, "archive", tar, end);
  fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_TRUNCATED,
                               "“*archive” lacks the end-of-archive marker, two blocks of zeros; it may be truncated. *it "
                               "was “a/3.xyz”");
  write_raw (f, "archive", gzip, gzip->len - 4);
  fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_TRUNCATED,
                               "“*archive” is truncated: the checksum at its end is missing");
  gzip->data[gzip->len - 5] ^= 1;
  write_raw (f, "archive", gzip, gzip->len);
  fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_FORMAT,
                               "“*archive” is damaged: *gzip data are invalid*");

  g_byte_array_append (tar, &junk, 1);
  write_raw (f, "archive", tar, tar->len);
  fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_FORMAT,
                               "“*archive” continues after the end-of-archive marker; expected only zeros. *it was "
                               "“a/3.xyz”");

  /* A header that was wiped out is no end. */
  memset (tar->data, 0, 512);
  write_raw (f, "archive", tar, tar->len - 1);
  fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_FORMAT, "*");
}

/* Zeros fill up the block of a tape. */
static void
test_padding (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(GByteArray) tar = fixture_molecules ("tar", N);
  g_autoptr(MolCollection) molecules = NULL;
  guint size = tar->len;

  g_byte_array_set_size (tar, size + 300 * 1024);
  memset (tar->data + size, 0, 300 * 1024);
  write_raw (f, "archive", tar, tar->len);
  molecules = fixture_open (f->folder, "archive", NULL);
  g_assert_cmpuint (mol_collection_get_n (molecules), ==, N);
}

/* What follows the last file is checked, too, though nothing is in it. */
static void
test_damaged_end (Fixture      *f,
                  gconstpointer form)
{
  g_autoptr(GByteArray) bytes = fixture_molecules (form, N);
  g_autofree char *zeros = g_malloc0 (200 * 1024);
  g_autoptr(GByteArray) more = fixture_packed (form, zeros, 200 * 1024);
  g_autoptr(MolCollection) molecules = NULL;

  g_byte_array_append (bytes, more->data, more->len);
  g_byte_array_append (bytes, more->data, more->len);
  write_raw (f, "archive", bytes, bytes->len);
  molecules = fixture_open (f->folder, "archive", NULL);
  g_assert_cmpuint (mol_collection_get_n (molecules), ==, N);

  bytes->data[bytes->len - 6] ^= 1;
  write_raw (f, "archive", bytes, bytes->len);
  fixture_assert_no_molecules (f->folder, "archive", MLP_ERROR_FORMAT,
                               "“*archive” is damaged: its * data are invalid*");
}

typedef struct
{
  guint  n_calls;
  guint  cancel_at;
  double last;
} Progress;

static gboolean
on_progress (double   fraction,
             gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpfloat (fraction, >=, progress->last);
  g_assert_cmpfloat (fraction, <=, 1.0);
  progress->last = fraction;

  return ++progress->n_calls != progress->cancel_at;
}

/* Every call can cancel, but for the one that says that all is done. */
static void
test_cancel (void)
{
  const MolOpenOptions options = MOL_OPEN_OPTIONS_DEFAULT;
  g_autoptr(GError) error = NULL;
  g_autoptr(MolCollection) molecules = NULL;
  Progress all = { 0 };

  molecules = mol_open ("builtin:molecules", &options, on_progress, &all, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all.n_calls, >=, 3);
  g_assert_cmpfloat (all.last, ==, 1.0);

  for (guint i = 1; i < all.n_calls; i++)
    {
      Progress progress = { .cancel_at = i };

      g_assert_null (mol_open ("builtin:molecules", &options, on_progress, &progress, NULL, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_CANCELLED);
      g_assert_cmpstr (error->message, ==, "Reading “builtin:molecules” was cancelled");
      g_assert_cmpuint (progress.n_calls, ==, i);
      g_clear_error (&error);
    }
}

static void
add (const char *name,
     const char *form,
     void (*test)(Fixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/datasets/archive/%s%s%s", name, form != NULL ? "/" : "", form != NULL ? form : "");

  g_test_add (path, Fixture, form, set_up, test, tear_down);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < FIXTURE_N_ARCHIVES; i++)
    {
      add ("content", fixture_archives[i], test_content);
      add ("molecules", fixture_archives[i], test_molecules);
      add ("mixed", fixture_archives[i], test_mixed);
      add ("unreadable", fixture_archives[i], test_unreadable);
      add ("others", fixture_archives[i], test_others);
      add ("truncation", fixture_archives[i], test_truncation);
      add ("bit-flips", fixture_archives[i], test_bit_flips);
    }
  for (gsize i = 1; i <= 3; i++)
    add ("damaged-end", fixture_archives[i], test_damaged_end);
  add ("messages", NULL, test_messages);
  add ("padding", NULL, test_padding);
  g_test_add_func ("/datasets/archive/cancel", test_cancel);

  return g_test_run ();
}
