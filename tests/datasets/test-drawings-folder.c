/* test-drawings-folder.c: a folder of drawings when calls fail, processes are killed, and several
 * write at once.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "datasets/ds-drawings-private.h"
#include "datasets/ds-drawings.h"
#include "fixture.h"
#include "io/faults.h"
#include "io/io-lock.h"

typedef struct
{
  char   *folder;
  guint64 state;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("drawings");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
}

/* Drawing i is a picture of bytes i with the label i mod 10. */
static void
add (DsDrawings *drawings,
     guint       i)
{
  guint8 picture[INK_FRAME_SIZE];

  memset (picture, (int) (i % 256), sizeof picture);
  picture[0] = (guint8) (i / 256);
  g_assert_true (ds_drawings_add (drawings, picture, (guint8) (i % 10)));
}

static guint
get_number (const DsDrawings *drawings,
            gsize             k)
{
  const guint8 *picture = ds_drawings_peek_picture (drawings, k);

  return picture[0] * 256U + picture[1];
}

static DsDrawings *
make (guint n)
{
  DsDrawings *drawings = ds_drawings_new ();

  for (guint i = 0; i < n; i++)
    add (drawings, i);

  return drawings;
}

static DsDrawings *
load (Fixture *f,
      guint64 *state)
{
  g_autoptr(GError) error = NULL;
  DsDrawings *drawings = ds_drawings_load (f->folder, state, &error);

  g_assert_no_error (error);
  for (gsize k = 0; k < ds_drawings_get_n (drawings); k++)
    g_assert_cmpuint (ds_drawings_get_label (drawings, k), ==, get_number (drawings, k) % 10);

  return drawings;
}

static gsize
count (Fixture *f)
{
  g_autoptr(DsDrawings) drawings = load (f, NULL);

  return ds_drawings_get_n (drawings);
}

static gboolean
save (Fixture *f,
      guint    n,
      GError **error)
{
  g_autoptr(DsDrawings) drawings = make (n);

  return ds_drawings_save (drawings, f->folder, &f->state, error);
}

/* 3 drawings lie there, whatever was there before. */
static void
start (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsDrawings) drawings = load (f, &f->state);

  save (f, 3, &error);
  g_assert_no_error (error);
}

/* The two files and the lock, and nothing else. */
static void
assert_tidy (Fixture *f)
{
  g_autoptr(GDir) dir = g_dir_open (f->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (strcmp (name, IO_LOCK_NAME) != 0 && strcmp (name, DS_DRAWINGS_IMAGES) != 0 &&
        strcmp (name, DS_DRAWINGS_LABELS) != 0)
      g_error ("“%s” was left behind", name);
}

static guint
count_calls (Fixture *f)
{
  g_autoptr(GError) error = NULL;
  guint n;

  start (f);
  faults_start (FAULT_NONE, 0, 0);
  save (f, 5, &error);
  n = faults_stop ();
  g_assert_no_error (error);

  /* Two files: open, lock, mode, write, sync; four renames, two folders synchronised. */
  g_assert_cmpuint (n, >=, 16);

  return n;
}

/* One failed call: all or nothing, and the next save works. */
static void
test_errors (Fixture      *f,
             gconstpointer data)
{
  const int code = GPOINTER_TO_INT (data);
  const guint n_calls = count_calls (f);

  for (guint i = 1; i <= n_calls; i++)
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(GError) next_error = NULL;
      gboolean done;

      start (f);
      faults_start (FAULT_ERROR, i, code);
      done = save (f, 5, &error);
      faults_stop ();

      g_assert_true (done == (error == NULL));
      save (f, 8, &next_error);
      g_assert_no_error (next_error);
      g_assert_cmpuint (count (f), ==, 8);
      assert_tidy (f);
    }
}

/* All calls fail from one on, and then the program ends. */
static void
test_sticky (Fixture      *f,
             gconstpointer data)
{
  const guint n_calls = count_calls (f);

  for (guint i = 1; i <= n_calls; i++)
    {
      gboolean done;
      gsize n;

      start (f);
      faults_start (FAULT_STICKY, i, ENOSPC);
      done = save (f, 5, NULL);
      faults_stop ();

      n = count (f);
      g_assert_true (n == 5 || (n == 3 && !done));
      assert_tidy (f);
    }
}

static void
test_killed (Fixture      *f,
             gconstpointer data)
{
  const guint n_calls = count_calls (f);
  guint n_old = 0;

  for (guint i = 1; i <= n_calls; i++)
    {
      pid_t child;
      int status;
      gsize n;

      start (f);
      child = fork ();
      g_assert_cmpint (child, >=, 0);
      if (child == 0)
        {
          faults_start (FAULT_KILL, i, 0);
          save (f, 5, NULL);
          _exit (0);
        }
      g_assert_cmpint (waitpid (child, &status, 0), ==, child);
      g_assert_true (WIFSIGNALED (status));

      n = count (f);
      g_assert_true (n == 3 || n == 5);
      n_old += n == 3;
      assert_tidy (f);
    }

  g_assert_cmpuint (n_old, >, 0);
  g_assert_cmpuint (n_old, <, n_calls);
}

#define N_PROCESSES 4
#define N_SAVES 25

/* Process @p adds its own drawings, one with each save. */
static void
add_some (Fixture *f,
          guint    p,
          gboolean merge)
{
  for (guint i = 0; i < N_SAVES;)
    {
      guint64 state = 0;
      g_autoptr(DsDrawings) base = load (f, &state);
      g_autoptr(DsDrawings) mine = load (f, NULL);
      g_autoptr(DsDrawings) merged = NULL;
      g_autoptr(GError) error = NULL;
      gboolean done;

      /* Perhaps another one saved in between; then both are what it wrote. */
      if (ds_drawings_get_n (base) != ds_drawings_get_n (mine))
        continue;

      add (mine, 100 + p * N_SAVES + i);
      done = merge ? ds_drawings_save_merged (mine, base, f->folder, &state, &merged, &error) :
             ds_drawings_save (mine, f->folder, &state, &error);
      if (!done && !g_error_matches (error, MLP_ERROR, MLP_ERROR_INVALID))
        g_error ("%s", error->message);
      i += done;
    }
}

/* Nothing is lost, whether those who come too late try again or merge. */
static void
test_processes (Fixture      *f,
                gconstpointer data)
{
  const gboolean merge = GPOINTER_TO_INT (data);
  gboolean found[100 + N_PROCESSES * N_SAVES] = { FALSE };
  g_autoptr(DsDrawings) drawings = NULL;
  pid_t children[N_PROCESSES];

  start (f);
  for (guint p = 0; p < N_PROCESSES; p++)
    {
      children[p] = fork ();
      g_assert_cmpint (children[p], >=, 0);
      if (children[p] == 0)
        {
          add_some (f, p, merge);
          _exit (0);
        }
    }
  for (guint p = 0; p < N_PROCESSES; p++)
    {
      int status;

      g_assert_cmpint (waitpid (children[p], &status, 0), ==, children[p]);
      g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
    }

  drawings = load (f, NULL);
  g_assert_cmpuint (ds_drawings_get_n (drawings), ==, 3 + N_PROCESSES * N_SAVES);
  for (gsize k = 0; k < ds_drawings_get_n (drawings); k++)
    found[get_number (drawings, k)] = TRUE;
  for (guint i = 100; i < G_N_ELEMENTS (found); i++)
    g_assert_true (found[i]);
  assert_tidy (f);
}

/* Who has the lock is waited for, and then it is said. */
static void
test_held (Fixture      *f,
           gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  int lock;

  start (f);
  g_assert_cmpint (io_lock (f->folder, 0, &lock), ==, IO_LOCK_HELD);
  g_assert_null (ds_drawings_load (f->folder, NULL, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (error->message, "being written by another program"));
  io_lock_release (lock);
  g_assert_cmpuint (count (f), ==, 3);
}

/* A link to other data is not written through, and a file that is protected stays. */
static void
test_refused (Fixture      *f,
              gconstpointer data)
{
  g_autofree char *images = g_build_filename (f->folder, DS_DRAWINGS_IMAGES, NULL);
  g_autofree char *elsewhere = g_build_filename (f->folder, "elsewhere", NULL);
  g_autoptr(GError) error = NULL;

  start (f);
  g_assert_cmpint (g_chmod (images, 0444), ==, 0);
  g_assert_false (save (f, 5, &error));
  g_assert_nonnull (strstr (error->message, "it is read-only"));
  g_clear_error (&error);
  g_assert_cmpint (g_chmod (images, 0600), ==, 0);

  g_assert_cmpint (g_rename (images, elsewhere), ==, 0);
  g_assert_cmpint (symlink ("elsewhere", images), ==, 0);
  g_assert_false (save (f, 5, &error));
  g_assert_nonnull (strstr (error->message, "it is a symbolic link"));
  g_assert_cmpuint (count (f), ==, 3);
}

/* Numbers of drawings, as letters: a = 0, b = 1 … */
static const struct
{
  const char *name, *base, *mine, *theirs, *merged;
} merges[] = {
  { "nothing", "abc", "abc", "abc", "abc" },
  { "mine", "abc", "abcd", "abc", "abcd" },
  { "theirs", "abc", "abc", "abcx", "abcx" },
  { "both-add", "abc", "abcd", "abcx", "abcxd" },
  { "both-add-the-same", "abc", "abcd", "abcd", "abcd" },
  { "mine-removed", "abc", "ac", "abcx", "acx" },
  { "theirs-removed", "abc", "abcd", "bc", "bcd" },
  { "both-removed", "abc", "ac", "ac", "ac" },
  { "all-removed", "abc", "", "abcx", "x" },
  { "twice", "aab", "aaab", "aab", "aaba" },
  { "one-of-two-removed", "aab", "ab", "aabx", "abx" },
  { "from-nothing", "", "abc", "xyz", "xyzabc" },
};

static DsDrawings *
make_letters (const char *letters)
{
  DsDrawings *drawings = ds_drawings_new ();

  for (; *letters != '\0'; letters++)
    add (drawings, (guint) (*letters - 'a'));

  return drawings;
}

static void
test_merge (gconstpointer data)
{
  const gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr(DsDrawings) base = make_letters (merges[i].base);
  g_autoptr(DsDrawings) mine = make_letters (merges[i].mine);
  g_autoptr(DsDrawings) theirs = make_letters (merges[i].theirs);
  g_autoptr(DsDrawings) merged = ds_drawings_merge (base, mine, theirs);
  g_autoptr(GString) letters = g_string_new (NULL);

  for (gsize k = 0; k < ds_drawings_get_n (merged); k++)
    g_string_append_c (letters, (char) ('a' + get_number (merged, k)));
  g_assert_cmpstr (letters->str, ==, merges[i].merged);
}

/* What cannot be drawings is neither waited for nor read whole, and is not nothing. */
static void
test_other_files (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *images = g_build_filename (f->folder, DS_DRAWINGS_IMAGES, NULL);
  g_autofree char *labels = g_build_filename (f->folder, DS_DRAWINGS_LABELS, NULL);

  g_assert_cmpuint (ds_drawings_find_state (f->folder), ==, 0);
  g_assert_cmpint (mkfifo (images, 0600), ==, 0);
  g_assert_cmpuint (ds_drawings_find_state (f->folder), !=, 0);

  g_assert_true (g_file_set_contents (labels, "", 0, NULL));
  g_assert_cmpint (truncate (labels, (off_t) 1 << 40), ==, 0);
  g_assert_cmpuint (ds_drawings_find_state (f->folder), !=, 0);

  g_assert_cmpint (g_unlink (images), ==, 0);
  g_assert_cmpint (g_unlink (labels), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (merges); i++)
    {
      g_autofree char *path = g_strconcat ("/drawings/merge/", merges[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_merge);
    }

#define ADD(path, data, function) g_test_add ("/drawings/folder/" path, Fixture, data, set_up, function, tear_down)
  ADD ("errors/disk", GINT_TO_POINTER (EIO), test_errors);
  ADD ("errors/no-space", GINT_TO_POINTER (ENOSPC), test_errors);
  ADD ("sticky", NULL, test_sticky);
  ADD ("killed", NULL, test_killed);
  ADD ("processes", GINT_TO_POINTER (FALSE), test_processes);
  ADD ("processes/merged", GINT_TO_POINTER (TRUE), test_processes);
  ADD ("held", NULL, test_held);
  ADD ("refused", NULL, test_refused);
  ADD ("other-files", NULL, test_other_files);

  return g_test_run ();
}
