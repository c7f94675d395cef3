/* test-read.c: a file in memory, whatever becomes of the file.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "io/io-read.h"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = g_dir_make_tmp ("perzeptron-read-XXXXXX", NULL);
  f->path = g_build_filename (f->folder, "file", NULL);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  g_unlink (f->path);
  g_assert_cmpint (g_rmdir (f->folder), ==, 0);
  g_free (f->folder);
  g_free (f->path);
}

static void
test_sizes (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *content = g_malloc (300);

  for (gsize i = 0; i < 300; i++)
    content[i] = (char) (i * 7);

  for (gsize size = 0; size <= 300; size++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GBytes) bytes = NULL;

      g_assert_true (g_file_set_contents (f->path, content, (gssize) size, NULL));
      bytes = io_read_file (f->path, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), content, size);
      g_assert_true (size == 0 || GPOINTER_TO_SIZE (g_bytes_get_data (bytes, NULL)) % IO_READ_ALIGNMENT == 0);
    }
}

/* What was read is ours: a mapped file would end the process here. */
static void
test_truncated_after (Fixture      *f,
                      gconstpointer data)
{
  const gsize size = 1 << 20;
  g_autofree char *content = g_strnfill (size, 'c');
  g_autoptr(GBytes) bytes = NULL;

  g_assert_true (g_file_set_contents (f->path, content, (gssize) size, NULL));
  bytes = io_read_file (f->path, NULL, NULL, NULL);
  g_assert_cmpint (truncate (f->path, 0), ==, 0);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), content, size);
}

static gboolean
truncate_it (const guint8 *start,
             gsize         n_start,
             guint64       size,
             gpointer      user_data,
             GError      **error)
{
  Fixture *f = user_data;

  g_assert_cmpuint (n_start, ==, IO_READ_START);
  g_assert_cmpuint (size, ==, 100000);
  g_assert_cmpint (truncate (f->path, 5000), ==, 0);

  return TRUE;
}

static void
test_truncated_meanwhile (Fixture      *f,
                          gconstpointer data)
{
  g_autofree char *content = g_strnfill (100000, 'c');
  g_autoptr(GBytes) bytes = NULL;

  g_assert_true (g_file_set_contents (f->path, content, 100000, NULL));
  bytes = io_read_file (f->path, truncate_it, f, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), content, 5000);
}

static gboolean
refuse (const guint8 *start,
        gsize         n_start,
        guint64       size,
        gpointer      user_data,
        GError      **error)
{
  g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT, "not one of ours");

  return FALSE;
}

/* A sparse file of 16 TB, refused before there is memory for it. */
static void
test_huge (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (f->path, "x", 1, NULL));
  if (truncate (f->path, (off_t) 1 << 43) != 0)
    {
      g_test_skip ("this file system has no files of 8 TB");
      return;
    }
  g_assert_null (io_read_file (f->path, refuse, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_FORMAT);
}

static void
test_no_file (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (io_read_file (f->path, NULL, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_clear_error (&error);
  g_assert_null (io_read_file (f->folder, NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, "it is not a file");
  g_clear_error (&error);

  /* Does not wait for a writer. */
  g_assert_cmpint (mkfifo (f->path, 0600), ==, 0);
  g_assert_null (io_read_file (f->path, NULL, NULL, &error));
  g_assert_cmpstr (error->message, ==, "it is not a file");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/io/read/sizes", test_sizes);
  ADD ("/io/read/truncated-after", test_truncated_after);
  ADD ("/io/read/truncated-meanwhile", test_truncated_meanwhile);
  ADD ("/io/read/huge", test_huge);
  ADD ("/io/read/no-file", test_no_file);

  return g_test_run ();
}
