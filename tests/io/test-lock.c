/* test-lock.c: one holder at a time, and none that is gone.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "io/io-lock.h"

static void
test_lock (void)
{
  g_autofree char *folder = g_dir_make_tmp ("perzeptron-lock-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, IO_LOCK_NAME, NULL);
  int ends[2], lock, other, status;
  pid_t child;
  char byte;

  g_assert_cmpint (io_lock (folder, 0, &lock), ==, IO_LOCK_HELD);
  g_assert_cmpint (io_lock (folder, 20, &other), ==, IO_LOCK_BUSY);
  g_assert_cmpint (other, ==, -1);
  io_lock_release (lock);
  g_assert_cmpint (io_lock (folder, 0, &lock), ==, IO_LOCK_HELD);
  io_lock_release (lock);

  /* A process that is killed while it holds it. */
  g_assert_cmpint (pipe (ends), ==, 0);
  child = fork ();
  if (child == 0)
    {
      io_lock (folder, 0, &lock);
      g_assert_cmpint (write (ends[1], "x", 1), ==, 1);
      pause ();
      _exit (0);
    }
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 1);
  g_assert_cmpint (io_lock (folder, 20, &lock), ==, IO_LOCK_BUSY);
  kill (child, SIGKILL);
  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (io_lock (folder, 0, &lock), ==, IO_LOCK_HELD);
  io_lock_release (lock);
  close (ends[0]);
  close (ends[1]);

  g_unlink (path);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (io_lock (folder, 0, &lock), ==, IO_LOCK_NONE);
  g_assert_cmpint (errno, ==, ENOENT);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/io/lock/lock", test_lock);

  return g_test_run ();
}
