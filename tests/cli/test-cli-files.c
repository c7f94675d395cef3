/* test-cli-files.c: where perzeptron-cli writes to, whatever is there.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "cli-util.h"
#include "test-util.h"

#define SMALL "train builtin:digits --limit 500 --validation 200 --epochs 1 "

static void
set_up (Cli          *cli,
        gconstpointer data)
{
  g_autofree char *home = NULL;

  cli_set_up (cli, data);
  home = cli_path (cli, "home");
  g_setenv ("XDG_DATA_HOME", home, TRUE);
}

static void
assert_trained (Cli        *cli,
                const char *name)
{
  g_autoptr(RecipeFile) file = cli_load (cli, name);

  g_assert_nonnull (file->net);
  g_assert_cmpuint (file->epochs->len, ==, 1);
}

static void
test_link (Cli          *cli,
           gconstpointer data)
{
  g_autofree char *link = cli_path (cli, "link.perz");
  g_autofree char *real = cli_path (cli, "real.perz");
  g_autofree char *pictures = cli_path (cli, "pictures");
  g_autofree char *picture = cli_path (cli, "pictures/curve.svg");
  struct stat info;

  g_assert_true (g_file_set_contents (real, "old", -1, NULL));
  g_assert_cmpint (symlink ("real.perz", link), ==, 0);
  g_assert_cmpint (g_mkdir (pictures, 0700), ==, 0);
  g_assert_cmpint (symlink ("../curve.svg", picture), ==, 0);
  g_assert_cmpint (cli_call (cli, SMALL "--out link.perz --plots pictures"), ==, 0);
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_trained (cli, "real.perz");

  g_assert_cmpint (g_lstat (picture, &info), ==, 0);
  g_assert_true (S_ISLNK (info.st_mode));
  g_assert_cmpint (g_stat (picture, &info), ==, 0);
  g_assert_cmpint (info.st_size, >, 1000);
}

static void
test_device (Cli          *cli,
             gconstpointer data)
{
  g_autofree char *null = cli_path (cli, "null");
  struct stat info;

  if (mknod (null, S_IFCHR | 0666, makedev (1, 3)) != 0)
    {
      g_test_skip ("devices can be made by the superuser only");
      return;
    }

  g_assert_cmpint (cli_call (cli, SMALL "--out null"), ==, 0);
  g_assert_cmpint (g_lstat (null, &info), ==, 0);
  g_assert_true (S_ISCHR (info.st_mode));
}

/* Before any training: the data need not even be there. */
static void
test_tried (Cli          *cli,
            gconstpointer data)
{
  g_autofree char *folder = cli_path (cli, "folder");
  g_autofree char *read_only = cli_path (cli, "read-only.perz");
  g_autofree char *longest = g_strnfill (255, 'n');
  guint n;

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (read_only, "old", -1, NULL));
  g_assert_cmpint (g_chmod (read_only, 0444), ==, 0);
  n = count_files (cli->folder);

  g_assert_cmpint (cli_call (cli, "train missing --out folder"), ==, 1);
  g_assert_cmpstr (cli->err, ==, "perzeptron-cli: “folder” could not be saved: it is a folder");
  g_assert_cmpint (cli_call (cli, "train missing --out read-only.perz"), ==, 1);
  g_assert_cmpstr (cli->err, ==, "perzeptron-cli: “read-only.perz” could not be saved: it is read-only");
  g_assert_cmpint (cli_call (cli, "train missing --out no/net.perz"), ==, 1);
  g_assert_cmpstr (cli->err, ==, "perzeptron-cli: “no/net.perz” could not be saved: there is no folder “no”");
  g_assert_cmpint (cli_call (cli, "train missing --out %sn", longest), ==, 1);
  g_assert_nonnull (strstr (cli->err, "its name is longer than 255 bytes"));

  g_assert_cmpint (cli_call (cli, "train missing --out %s", longest), ==, 1);
  g_assert_nonnull (strstr (cli->err, "missing"));
  g_assert_cmpuint (count_files (cli->folder), ==, n);

  g_assert_cmpint (cli_call (cli, SMALL "--out %s", longest), ==, 0);
  assert_trained (cli, longest);
  g_assert_cmpuint (count_files (cli->folder), ==, n + 1);
}

/* A disk that is full in the end: the network is kept elsewhere, and where is said. */
static void
test_full (Cli          *cli,
           gconstpointer data)
{
  const char *const names[] = { "home/perzeptron/rescued/full.perz", "home/perzeptron/rescued/full-2.perz" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *copy = cli_path (cli, names[i]);
      g_autofree char *expected =
        g_strdup_printf ("perzeptron-cli: “/dev/full” could not be saved: No space left on device. The network was saved "
                         "to “%s” instead.", copy);

      g_assert_cmpint (cli_call (cli, SMALL "--out /dev/full"), ==, 1);
      g_assert_cmpstr (cli->err, ==, expected);
      assert_trained (cli, names[i]);
    }
}

/* A damaged file of a set that the program fetched itself. */
static void
test_damaged (Cli          *cli,
              gconstpointer data)
{
  g_autofree char *folder = cli_path (cli, "home/perzeptron/mnist");
  g_autofree char *path = g_build_filename (folder, "t10k-labels-idx1-ubyte.gz", NULL);
  g_autofree char *expected =
    g_strdup_printf ("perzeptron-cli: “%s” is damaged: its checksum differs from that of the published file; open it in "
                     "the window, which downloads it again, or replace it with an intact copy", path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));
  g_assert_cmpint (cli_call (cli, "train home/perzeptron/mnist"), ==, 1);
  g_assert_cmpstr (cli->err, ==, expected);
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

#define ADD(path, function) g_test_add (path, Cli, NULL, set_up, function, cli_tear_down)
  ADD ("/cli/files/link", test_link);
  ADD ("/cli/files/device", test_device);
  ADD ("/cli/files/tried", test_tried);
  ADD ("/cli/files/full", test_full);
  ADD ("/cli/files/damaged", test_damaged);

  return g_test_run ();
}
