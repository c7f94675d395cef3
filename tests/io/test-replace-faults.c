/* test-replace-faults.c: whatever system call fails or is the last one, a file has its old
 * content or its new one, and nothing lies beside it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "io/faults.h"
#include "io/io-replace.h"
#include "test-util.h"

#define OLD "the old content"
#define NEW "the new content, which is longer"

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("perzeptron-replace-XXXXXX", &error);
  g_assert_no_error (error);
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
write_old (Fixture *f)
{
  g_assert_true (g_file_set_contents (f->path, OLD, -1, NULL));
}

static gboolean
replace (Fixture *f,
         GError **error)
{
  const IoPiece pieces[] = { { NEW, 10 }, { NEW + 10, strlen (NEW) - 10 } };

  return io_replace (f->path, pieces, G_N_ELEMENTS (pieces), IO_REPLACE_DEFAULT, error);
}

static char *
read_file (Fixture *f)
{
  char *content = NULL;

  g_assert_true (g_file_get_contents (f->path, &content, NULL, NULL));

  return content;
}

static guint
count_calls (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  guint n;

  write_old (f);
  faults_start (FAULT_NONE, 0, 0);
  replace (f, &error);
  n = faults_stop ();
  g_assert_no_error (error);

  /* open, lock, mode, two writes, sync, rename, sync */
  g_assert_cmpuint (n, >=, 8);

  return n;
}

static void
test_errors (Fixture      *f,
             gconstpointer data)
{
  const int code = GPOINTER_TO_INT (data);
  const guint n_calls = count_calls (f);

  for (guint i = 1; i <= n_calls; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *content = NULL;
      gboolean done;

      write_old (f);
      faults_start (FAULT_ERROR, i, code);
      done = replace (f, &error);
      faults_stop ();
      content = read_file (f);

      g_assert_cmpuint (count_files (f->folder), ==, 1);
      if (done)
        {
          g_assert_no_error (error);
          g_assert_cmpstr (content, ==, NEW);
          continue;
        }

      /* Only where the folder could not be synchronised, the last call, the new one may be there. */
      g_assert_cmpstr (content, ==, i < n_calls ? OLD : NEW);
      g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
      g_assert_nonnull (strstr (error->message, g_strerror (code)));
      g_assert_nonnull (strstr (error->message, f->path));
    }
}

/* A disk that stays full: not even the temporary file can be removed in time, but by the next
 * start. */
static void
test_sticky (Fixture      *f,
             gconstpointer data)
{
  const guint n_calls = count_calls (f);

  for (guint i = 1; i < n_calls; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *content = NULL;

      write_old (f);
      faults_start (FAULT_STICKY, i, ENOSPC);
      g_assert_false (replace (f, &error));
      faults_stop ();
      content = read_file (f);
      g_assert_cmpstr (content, ==, OLD);

      io_part_clear_stale (f->folder);
      g_assert_cmpuint (count_files (f->folder), ==, 1);
    }
}

static void
test_short_writes (Fixture      *f,
                   gconstpointer data)
{
  const guint n_calls = count_calls (f);

  for (guint i = 1; i <= n_calls; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autofree char *content = NULL;

      write_old (f);
      faults_start (FAULT_SHORT, i, 0);
      replace (f, &error);
      faults_stop ();
      g_assert_no_error (error);
      content = read_file (f);
      g_assert_cmpstr (content, ==, NEW);
    }
}

static void
test_killed (Fixture      *f,
             gconstpointer data)
{
  const guint n_calls = count_calls (f);
  guint n_left = 0;

  for (guint i = 1; i <= n_calls; i++)
    {
      g_autofree char *content = NULL;
      pid_t child;
      int status;

      write_old (f);
      child = fork ();
      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          faults_start (FAULT_KILL, i, 0);
          replace (f, NULL);
          _exit (0);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));

      content = read_file (f);
      g_assert_true (strcmp (content, OLD) == 0 || strcmp (content, NEW) == 0);

      n_left += count_files (f->folder) - 1;
      io_part_clear_stale (f->folder);
      g_assert_cmpuint (count_files (f->folder), ==, 1);
    }

  /* Otherwise nothing was tested. */
  g_assert_cmpuint (n_left, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, data, function) g_test_add (path, Fixture, data, set_up, function, tear_down)
  ADD ("/io/replace-faults/no-space", GINT_TO_POINTER (ENOSPC), test_errors);
  ADD ("/io/replace-faults/quota", GINT_TO_POINTER (EDQUOT), test_errors);
  ADD ("/io/replace-faults/disk", GINT_TO_POINTER (EIO), test_errors);
  ADD ("/io/replace-faults/interrupted", GINT_TO_POINTER (EINTR), test_errors);
  ADD ("/io/replace-faults/sticky", NULL, test_sticky);
  ADD ("/io/replace-faults/short-writes", NULL, test_short_writes);
  ADD ("/io/replace-faults/killed", NULL, test_killed);

  return g_test_run ();
}
