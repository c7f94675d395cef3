/* test-replace.c: what an existing path can be, and what is kept of it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define _GNU_SOURCE

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "io/io-replace.h"
#include "test-util.h"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  g_autoptr(GError) error = NULL;

  f->folder = g_dir_make_tmp ("perzeptron-replace-XXXXXX", &error);
  g_assert_no_error (error);
}

static void
remove_all (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        remove_all (path);
      else
        g_unlink (path);
    }

  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  remove_all (f->folder);
  g_free (f->folder);
}

static char *
at (Fixture    *f,
    const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static void
write_file (Fixture    *f,
            const char *name,
            const char *content)
{
  g_autofree char *path = at (f, name);
  int fd = open (path, O_WRONLY | O_CREAT | O_TRUNC, 0666);

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, content, strlen (content)), ==, (int) strlen (content));
  close (fd);
}

static void
assert_content (Fixture    *f,
                const char *name,
                const char *expected)
{
  g_autofree char *path = at (f, name);
  g_autofree char *content = NULL;

  g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
  g_assert_cmpstr (content, ==, expected);
}

static void
make_link (Fixture    *f,
           const char *name,
           const char *target)
{
  g_autofree char *path = at (f, name);

  g_assert_cmpint (symlink (target, path), ==, 0);
}

static void
assert_link (Fixture    *f,
             const char *name)
{
  g_autofree char *path = at (f, name);

  g_assert_true (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
}

/* Trying a place tells the same as writing, and leaves nothing. */
static void
assert_replaced (Fixture    *f,
                 const char *name,
                 const char *content)
{
  g_autofree char *path = at (f, name);
  g_autoptr(GError) error = NULL;
  const guint n = count_files (f->folder);

  io_replace_check (path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_files (f->folder), ==, n);

  io_replace_contents (path, content, strlen (content), &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture    *f,
                const char *name,
                const char *pattern)
{
  g_autofree char *path = at (f, name);
  g_autofree char *full = g_strdup_printf ("“%s” could not be saved: %s", path, pattern);
  const guint n = count_files (f->folder);

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (i == 0 ? io_replace_check (path, NULL, &error) :
                      io_replace_contents (path, "new", 3, &error));
      g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
      if (!g_pattern_match_simple (full, error->message))
        g_error ("“%s” is not “%s”", error->message, full);
      g_assert_cmpuint (count_files (f->folder), ==, n);
    }
}

static void
test_file (Fixture      *f,
           gconstpointer data)
{
  assert_replaced (f, "new", "one");
  assert_content (f, "new", "one");
  assert_replaced (f, "new", "another");
  assert_content (f, "new", "another");
  assert_replaced (f, "new", "");
  assert_content (f, "new", "");
  g_assert_cmpuint (count_files (f->folder), ==, 1);
}

static void
test_links (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *below = at (f, "below");
  g_autofree char *absolute = at (f, "below/real");

  g_assert_cmpint (g_mkdir (below, 0700), ==, 0);
  write_file (f, "below/real", "old");
  make_link (f, "absolute", absolute);
  make_link (f, "relative", "below/real");
  make_link (f, "below/up", "../relative");
  make_link (f, "chain", "below/up");
  make_link (f, "folder", "below");

  assert_replaced (f, "absolute", "1");
  assert_content (f, "below/real", "1");
  assert_replaced (f, "relative", "2");
  assert_content (f, "below/real", "2");
  assert_replaced (f, "chain", "3");
  assert_content (f, "below/real", "3");
  assert_replaced (f, "folder/real", "4");
  assert_content (f, "below/real", "4");
  assert_link (f, "absolute");
  assert_link (f, "relative");
  assert_link (f, "below/up");
  assert_link (f, "chain");

  /* To nothing: it is made there. */
  make_link (f, "dangling", "below/made");
  assert_replaced (f, "dangling", "5");
  assert_content (f, "below/made", "5");
  assert_link (f, "dangling");

  make_link (f, "lost", "nowhere/file");
  assert_refused (f, "lost", "there is no folder “nowhere”");
  make_link (f, "a", "b");
  make_link (f, "b", "a");
  assert_refused (f, "a", g_strerror (ELOOP));
  make_link (f, "to-folder", "below");
  assert_refused (f, "to-folder", "it is a folder");
}

static void
test_facts (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *path = at (f, "file");
  gboolean has_attributes;
  struct stat info;
  char value[16];
  mode_t mask;

  /* A new one, as the umask says. */
  mask = umask (027);
  assert_replaced (f, "file", "new");
  umask (mask);
  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0640);

  g_assert_cmpint (g_chmod (path, 0606), ==, 0);
  has_attributes = setxattr (path, "user.note", "kept", 4, 0) == 0;
  if (geteuid () == 0)
    g_assert_cmpint (chown (path, 12345, 23456), ==, 0);
  assert_replaced (f, "file", "newer");

  g_assert_cmpint (g_lstat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 07777, ==, 0606);
  if (geteuid () == 0)
    {
      g_assert_cmpuint (info.st_uid, ==, 12345);
      g_assert_cmpuint (info.st_gid, ==, 23456);
    }
  if (has_attributes)
    {
      g_assert_cmpint (getxattr (path, "user.note", value, sizeof value), ==, 4);
      g_assert_cmpmem (value, 4, "kept", 4);
    }
}

static void
test_hard_links (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *path = at (f, "file");
  g_autofree char *other = at (f, "backup");
  guint n_names = 99;

  g_assert_true (io_replace_check (path, &n_names, NULL));
  g_assert_cmpuint (n_names, ==, 0);
  write_file (f, "file", "old");
  g_assert_cmpint (link (path, other), ==, 0);
  g_assert_true (io_replace_check (path, &n_names, NULL));
  g_assert_cmpuint (n_names, ==, 2);

  assert_replaced (f, "file", "new");
  assert_content (f, "file", "new");
  assert_content (f, "backup", "old");
}

static void
test_refused (Fixture      *f,
              gconstpointer data)
{
  g_autofree char *folder = at (f, "folder");
  g_autofree char *read_only = at (f, "read-only");

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  assert_refused (f, "folder", "it is a folder");
  assert_refused (f, "folder/", "it is a folder");
  assert_refused (f, "folder/.", "it is a folder");
  assert_refused (f, "missing/file", "there is no folder “*missing”");
  write_file (f, "file", "old");
  assert_refused (f, "file/below", g_strerror (ENOTDIR));

  write_file (f, "read-only", "old");
  g_assert_cmpint (g_chmod (read_only, 0444), ==, 0);
  assert_refused (f, "read-only", "it is read-only");
  assert_content (f, "read-only", "old");

  if (geteuid () != 0)
    {
      write_file (f, "folder/file", "old");
      g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
      assert_refused (f, "folder/file", "no file can be created in its folder: *");
      assert_refused (f, "folder/new", "no file can be created in its folder: *");
      assert_content (f, "folder/file", "old");
      g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
    }
}

/* A folder that may be written but not listed. */
static void
test_unlisted (Fixture      *f,
               gconstpointer data)
{
  g_autofree char *folder = at (f, "folder");

  g_assert_cmpint (g_mkdir (folder, 0300), ==, 0);
  assert_replaced (f, "folder/file", "new");
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
  assert_content (f, "folder/file", "new");
}

static void
test_long (Fixture      *f,
           gconstpointer data)
{
  g_autofree char *longest = g_strnfill (255, 'n');
  g_autofree char *longer = g_strnfill (256, 'n');
  g_autofree char *part = g_strnfill (250, 'd');
  g_autofree char *current = g_get_current_dir ();
  g_autoptr(GString) deep = g_string_new (f->folder);
  g_autofree char *path = NULL;
  g_autoptr(GError) error = NULL;

  assert_replaced (f, longest, "1");
  assert_replaced (f, longest, "2");
  assert_content (f, longest, "2");
  assert_refused (f, longer, "its name is longer than 255 bytes*");

  /* The longest path that there can be: 4,095 bytes. */
  while (deep->len + 1 + strlen (part) < 4090)
    {
      g_string_append_printf (deep, "/%s", part);
      g_assert_cmpint (g_mkdir (deep->str, 0700), ==, 0);
    }
  path = g_strnfill (4095, 'x');
  memcpy (path, deep->str, deep->len);
  path[deep->len] = '/';
  g_assert_true (io_replace_check (path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (io_replace_contents (path, "deep", 4, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

/* Nodes of our own, in place of those in /dev. */
static void
test_devices (Fixture      *f,
              gconstpointer data)
{
  g_autofree char *null = at (f, "null");
  g_autofree char *full = at (f, "full");
  g_autofree char *random = at (f, "random");
  g_autofree char *disk = at (f, "disk");
  g_autoptr(GError) error = NULL;
  struct stat info;

  if (geteuid () != 0 || mknod (null, S_IFCHR | 0666, makedev (1, 3)) != 0)
    {
      g_test_skip ("devices can be made by the superuser only");
      return;
    }

  assert_replaced (f, "null", "into nothing");
  make_link (f, "link", "null");
  assert_replaced (f, "link", "into nothing");
  g_assert_cmpint (g_lstat (null, &info), ==, 0);
  g_assert_true (S_ISCHR (info.st_mode));
  g_assert_true (info.st_rdev == makedev (1, 3));

  g_assert_cmpint (mknod (full, S_IFCHR | 0666, makedev (1, 7)), ==, 0);
  g_assert_false (io_replace_contents (full, "new", 3, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, g_strerror (ENOSPC)));

  g_assert_cmpint (mknod (random, S_IFCHR | 0666, makedev (1, 8)), ==, 0);
  assert_refused (f, "random", "it is a device");
  g_assert_cmpint (mknod (disk, S_IFBLK | 0666, makedev (240, 99)), ==, 0);
  assert_refused (f, "disk", "it is a device");
  g_assert_cmpint (g_lstat (disk, &info), ==, 0);
  g_assert_true (S_ISBLK (info.st_mode));
}

static void
test_pipes (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *path = at (f, "pipe");
  g_autofree char *socket_path = at (f, "socket");
  g_autofree char *open_file = NULL;
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  g_autoptr(GError) error = NULL;
  char content[16];
  int fd, listener, ends[2];

  g_assert_cmpint (mkfifo (path, 0600), ==, 0);
  g_assert_false (io_replace_contents (path, "new", 3, &error));
  g_assert_nonnull (strstr (error->message, "it is a pipe without a reader"));

  fd = open (path, O_RDONLY | O_NONBLOCK);
  assert_replaced (f, "pipe", "new");
  g_assert_cmpint (read (fd, content, sizeof content), ==, 3);
  g_assert_cmpmem (content, 3, "new", 3);
  close (fd);

  listener = socket (AF_UNIX, SOCK_STREAM, 0);
  g_strlcpy (address.sun_path, socket_path, sizeof address.sun_path);
  g_assert_cmpint (bind (listener, (struct sockaddr *) &address, sizeof address), ==, 0);
  assert_refused (f, "socket", "it is a socket");
  close (listener);

  /* As /dev/stdout, which is a link to such a link. */
  g_assert_cmpint (pipe (ends), ==, 0);
  open_file = g_strdup_printf ("/proc/self/fd/%d", ends[1]);
  make_link (f, "stdout", open_file);
  assert_replaced (f, "stdout", "out");
  g_assert_cmpint (read (ends[0], content, sizeof content), ==, 3);
  g_assert_cmpmem (content, 3, "out", 3);
  close (ends[0]);
  close (ends[1]);
}

/* Standard output that is a file: what was written to it stays, and it is not replaced. */
static void
test_open_file (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *path = at (f, "out");
  g_autofree char *open_file = NULL;
  struct stat before, after;
  int fd;

  write_file (f, "out", "before ");
  fd = open (path, O_WRONLY | O_APPEND);
  open_file = g_strdup_printf ("/proc/self/fd/%d", fd);
  make_link (f, "stdout", open_file);
  g_assert_cmpint (g_stat (path, &before), ==, 0);
  assert_replaced (f, "stdout", "after");
  g_assert_cmpint (g_stat (path, &after), ==, 0);
  g_assert_cmpuint (before.st_ino, ==, after.st_ino);
  assert_content (f, "out", "before after");
  close (fd);
}

static void
test_new (Fixture      *f,
          gconstpointer data)
{
  const IoPiece piece = { "new", 3 };
  g_autofree char *path = at (f, "file");
  g_autoptr(GError) error = NULL;

  g_assert_true (io_replace (path, &piece, 1, IO_REPLACE_NEW | IO_REPLACE_PRIVATE, &error));
  g_assert_no_error (error);
  g_assert_false (io_replace (path, &piece, 1, IO_REPLACE_NEW, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "it already exists"));
}

static void
test_stale (Fixture      *f,
            gconstpointer data)
{
  g_autofree char *locked = at (f, IO_PART_PREFIX "abcdefabcdef" IO_PART_SUFFIX);
  int fd;

  write_file (f, IO_PART_PREFIX "aaaabbbbcccc" IO_PART_SUFFIX, "half");
  write_file (f, IO_PART_PREFIX "abcdefabcdef" IO_PART_SUFFIX, "half");
  write_file (f, "other" IO_PART_SUFFIX, "of somebody else");
  fd = open (locked, O_RDONLY);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);

  /* The next save clears what is nobody's. */
  g_assert_cmpuint (io_part_clear_stale (f->folder), ==, 1);
  g_assert_cmpuint (count_files (f->folder), ==, 2);
  close (fd);
  g_assert_cmpuint (io_part_clear_stale (f->folder), ==, 1);
  g_assert_cmpuint (count_files (f->folder), ==, 1);
  assert_content (f, "other" IO_PART_SUFFIX, "of somebody else");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)
  ADD ("/io/replace/file", test_file);
  ADD ("/io/replace/links", test_links);
  ADD ("/io/replace/facts", test_facts);
  ADD ("/io/replace/hard-links", test_hard_links);
  ADD ("/io/replace/refused", test_refused);
  ADD ("/io/replace/unlisted", test_unlisted);
  ADD ("/io/replace/long", test_long);
  ADD ("/io/replace/devices", test_devices);
  ADD ("/io/replace/pipes", test_pipes);
  ADD ("/io/replace/open-file", test_open_file);
  ADD ("/io/replace/new", test_new);
  ADD ("/io/replace/stale", test_stale);

  return g_test_run ();
}
