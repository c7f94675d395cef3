/* test-download.c: downloads from a server on loopback that fails in every way.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "datasets/fixture.h"
#include "model/pz-catalog.h"
#include "download-server.h"
#include "model/pz-download.h"
#include "model/pz-task.h"
#include "model-util.h"

typedef struct
{
  DownloadServer *server;
  char           *large_sha256;
  char           *small_sha256;
  DsPublishedFile files[2];
  PzCatalogEntry  entry;
  char           *folder;
  GCancellable   *cancellable;
  PzDownload     *download;

  /* What came of it. */
  gboolean        done;
  char           *result;
  GError         *error;
  guint           n_after;        /* notifications after the result */
  gboolean        has_progress;   /* a fraction strictly between 0 and 1 was told */
} Fixture;

static void
on_notify (GObject    *object,
           GParamSpec *pspec,
           gpointer    user_data)
{
  Fixture *f = user_data;
  double fraction = pz_download_get_fraction (f->download);

  f->n_after += f->done;
  f->has_progress |= fraction > 0.0 && fraction < 1.0;
}

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->server = download_server_new ();

  f->large_sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, f->server->large, LARGE);
  f->small_sha256 = g_compute_checksum_for_data (G_CHECKSUM_SHA256, f->server->small, SMALL);
  f->files[0] = (DsPublishedFile) { "large.gz", LARGE, f->large_sha256 };
  f->files[1] = (DsPublishedFile) { "small.gz", SMALL, f->small_sha256 };
  f->entry = (PzCatalogEntry) {
    .id = "test-set",
    .title = "Test",
    .licence = "None",
    .mirrors = (const char *const *) f->server->mirrors,
    .files = f->files,
    .n_files = 2,
  };
  f->folder = pz_catalog_entry_get_folder (&f->entry);
  f->cancellable = g_cancellable_new ();

  f->download = pz_download_new (&f->entry);
  g_signal_connect (f->download, "notify", G_CALLBACK (on_notify), f);
}

static char *
path_of (Fixture    *f,
         const char *name)
{
  return g_build_filename (f->folder, name, NULL);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  static const char *const names[] = { "large.gz", "large.gz.part", "small.gz", "small.gz.part", "other.gz" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = path_of (f, names[i]);

      g_unlink (path);
    }
  g_rmdir (f->folder);

  pz_task_wait_all ();
  g_assert_cmpuint (pz_task_count (), ==, 0);
  g_assert_finalize_object (f->download);
  g_object_unref (f->cancellable);
  download_server_free (f->server);
  g_free (f->large_sha256);
  g_free (f->small_sha256);
  g_free (f->folder);
  g_free (f->result);
  g_clear_error (&f->error);
}

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *f = user_data;
  gboolean busy;

  g_object_get (object, "busy", &busy, NULL);
  g_assert_false (busy);

  g_clear_pointer (&f->result, g_free);
  g_clear_error (&f->error);
  f->result = pz_download_run_finish (PZ_DOWNLOAD (object), result, &f->error);
  g_assert_true ((f->result != NULL) != (f->error != NULL));
  f->done = TRUE;
}

static void
start (Fixture *f)
{
  f->done = FALSE;
  f->n_after = 0;
  pz_download_run_async (f->download, f->cancellable, on_done, f);
}

static void
run (Fixture *f)
{
  start (f);
  wait_until (f->done);
  run_pending ();
  g_assert_cmpuint (f->n_after, ==, 0);
}

static gboolean
exists (Fixture    *f,
        const char *name)
{
  g_autofree char *path = path_of (f, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gsize
size_of (Fixture    *f,
         const char *name)
{
  g_autofree char *path = path_of (f, name);
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);

  return (gsize) info.st_size;
}

static void
write_part (Fixture      *f,
            const guint8 *bytes,
            gsize         n_bytes)
{
  g_autofree char *path = path_of (f, "large.gz.part");
  g_autoptr(GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0755), ==, 0);
  g_file_set_contents (path, (const char *) bytes, (gssize) n_bytes, &error);
  g_assert_no_error (error);
}

/* All is there, bit for bit, and nothing else. */
static void
assert_here (Fixture *f)
{
  const struct { const char *name; const guint8 *bytes; gsize n_bytes; } files[] = {
    { "large.gz", f->server->large, LARGE },
    { "small.gz", f->server->small, SMALL },
  };

  g_assert_no_error (f->error);
  g_assert_cmpstr (f->result, ==, f->folder);
  g_assert_true (pz_catalog_entry_is_here (&f->entry));
  g_assert_cmpfloat (pz_download_get_fraction (f->download), ==, 1.0);
  g_assert_null (pz_download_get_status (f->download));

  for (gsize i = 0; i < 2; i++)
    {
      g_autofree char *path = path_of (f, files[i].name);
      g_autofree char *bytes = NULL;
      g_autoptr(GError) error = NULL;
      gsize n_bytes;

      g_file_get_contents (path, &bytes, &n_bytes, &error);
      g_assert_no_error (error);
      g_assert_cmpmem (bytes, n_bytes, files[i].bytes, files[i].n_bytes);
    }

  g_assert_false (exists (f, "large.gz.part"));
  g_assert_false (exists (f, "small.gz.part"));
}

/* A failure is a sentence for people that names @what, and leaves nothing that
 * looks whole.
 */
static void
assert_failed (Fixture    *f,
               int         code,
               const char *what)
{
  g_assert_error (f->error, G_IO_ERROR, code);
  g_test_message ("%s", f->error->message);
  g_assert_nonnull (strstr (f->error->message, what));
  g_assert_true (g_str_has_suffix (f->error->message, "."));
  g_assert_null (strchr (f->error->message, '\n'));
  g_assert_false (pz_catalog_entry_is_here (&f->entry));
  g_assert_false (exists (f, "large.gz"));
}

static void
test_success (Fixture      *f,
              gconstpointer data)
{
  g_assert_false (pz_catalog_entry_is_here (&f->entry));
  g_assert_cmpuint (pz_catalog_entry_get_size (&f->entry), ==, LARGE + SMALL);

  run (f);
  assert_here (f);
  g_assert_cmpuint (f->server->n_requests[0], ==, 1);
  g_assert_cmpuint (f->server->n_requests[1], ==, 0);

  /* What is here is not fetched again. */
  run (f);
  assert_here (f);
  g_assert_cmpuint (f->server->n_requests[0], ==, 1);
}

static void
on_refused (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  gboolean *refused = user_data;
  g_autoptr(GError) error = NULL;

  g_assert_null (pz_download_run_finish (PZ_DOWNLOAD (object), result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_BUSY);
  *refused = TRUE;
}

static void
test_busy (Fixture      *f,
           gconstpointer data)
{
  gboolean refused = FALSE;

  start (f);
  pz_download_run_async (f->download, NULL, on_refused, &refused);
  wait_until (f->done && refused);
  assert_here (f);
  g_assert_cmpuint (f->server->n_requests[0], ==, 1);
}

static void
test_next_mirror (Fixture      *f,
                  gconstpointer data)
{
  f->server->modes[0] = GPOINTER_TO_INT (data);

  run (f);
  assert_here (f);
  g_assert_cmpuint (f->server->n_requests[0], ==, 1);
  g_assert_cmpuint (f->server->n_requests[1], ==, 1);
}

static void
test_not_found (Fixture      *f,
                gconstpointer data)
{
  f->server->modes[0] = f->server->modes[1] = NOT_FOUND;

  run (f);
  assert_failed (f, G_IO_ERROR_NOT_FOUND, "large.gz");
  g_assert_cmpuint (f->server->n_requests[0], ==, 1);
  g_assert_cmpuint (f->server->n_requests[1], ==, 1);
}

static void
test_wrong_checksum (Fixture      *f,
                     gconstpointer data)
{
  f->server->modes[0] = f->server->modes[1] = OTHER_BYTES;

  run (f);
  assert_failed (f, G_IO_ERROR_INVALID_DATA, "checksum");
  g_assert_false (exists (f, "large.gz.part"));
}

static void
test_page (Fixture      *f,
           gconstpointer data)
{
  f->server->modes[0] = f->server->modes[1] = PAGE;

  run (f);
  assert_failed (f, G_IO_ERROR_INVALID_DATA, "sign in");
}

static void
test_endless (Fixture      *f,
              gconstpointer data)
{
  f->server->modes[0] = f->server->modes[1] = ENDLESS;

  run (f);
  assert_failed (f, G_IO_ERROR_INVALID_DATA, "127.0.0.1");
  g_assert_false (exists (f, "large.gz.part"));
}

static void
test_breaks_off (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *range = g_strdup_printf ("bytes=%d-", LARGE / 2);

  f->server->modes[0] = HALF_ONCE;

  run (f);
  assert_here (f);
  g_assert_cmpuint (f->server->n_requests[0], ==, 2);
  g_assert_cmpstr (f->server->ranges[0], ==, range);
  g_assert_cmpuint (f->server->n_requests[1], ==, 0);
}

/* From an earlier start of the program; the server may know ranges or not. */
static void
test_resume (Fixture      *f,
             gconstpointer data)
{
  f->server->modes[0] = GPOINTER_TO_INT (data);
  write_part (f, f->server->large, 1000);

  run (f);
  assert_here (f);
  g_assert_cmpuint (f->server->n_requests[0], ==, f->server->modes[0] == WRONG_RANGE ? 2 : 1);
  if (f->server->modes[0] == WRONG_RANGE)
    g_assert_null (f->server->ranges[0]);
  else
    g_assert_cmpstr (f->server->ranges[0], ==, "bytes=1000-");
}

/* A part that is not one of this file, at every length that matters. */
static void
test_damaged_part (Fixture      *f,
                   gconstpointer data)
{
  const gsize n_bytes = GPOINTER_TO_SIZE (data);
  g_autofree guint8 *zeros = g_malloc0 (n_bytes);

  write_part (f, zeros, n_bytes);

  run (f);
  assert_here (f);
  g_assert_cmpuint (f->server->n_requests[1], ==, 0);
}

static void
test_cancel (Fixture      *f,
             gconstpointer data)
{
  f->server->modes[0] = f->server->modes[1] = HALF_THEN_SILENT;

  start (f);
  wait_until (f->has_progress);
  wait_until (exists (f, "large.gz.part") && size_of (f, "large.gz.part") == LARGE / 2);
  g_assert_false (f->done);
  g_cancellable_cancel (f->cancellable);
  wait_until (f->done);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (f->server->n_requests[1], ==, 0);

  /* What came is kept, and the next try goes on from there. */
  g_assert_cmpuint (size_of (f, "large.gz.part"), ==, LARGE / 2);
  g_cancellable_reset (f->cancellable);
  f->server->modes[0] = SERVE;
  run (f);
  assert_here (f);
  g_assert_nonnull (f->server->ranges[0]);
}

static void
test_cancelled_before (Fixture      *f,
                       gconstpointer data)
{
  g_cancellable_cancel (f->cancellable);
  run (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (pz_catalog_entry_is_here (&f->entry));
}

static void
test_silent (Fixture      *f,
             gconstpointer data)
{
  f->server->modes[0] = f->server->modes[1] = HALF_THEN_SILENT;
  pz_download_set_timeout (f->download, 1);

  run (f);
  assert_failed (f, G_IO_ERROR_TIMED_OUT, "127.0.0.1");

  /* Silence twice is enough: the first mirror was asked for the rest once. */
  g_assert_cmpuint (f->server->n_requests[0], ==, 2);
}

static void
test_no_server (Fixture      *f,
                gconstpointer data)
{
  soup_server_disconnect (f->server->soup);

  run (f);
  assert_failed (f, G_IO_ERROR_CONNECTION_REFUSED, "does not accept connections");
}

/* What one mirror answered says more than that another is not there. */
static void
test_best_message (Fixture      *f,
                   gconstpointer data)
{
  g_free (f->server->mirrors[0]);
  f->server->mirrors[0] = g_strdup ("http://127.0.0.1:1/");
  f->server->modes[1] = NOT_FOUND;

  run (f);
  assert_failed (f, G_IO_ERROR_NOT_FOUND, "large.gz");
}

static void
test_disk_full (Fixture      *f,
                gconstpointer data)
{
  g_autofree char *part = path_of (f, "large.gz.part");

  /* A disk on which not one byte fits. */
  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0755), ==, 0);
  if (!g_file_test ("/dev/full", G_FILE_TEST_EXISTS))
    {
      g_test_skip ("there is no /dev/full here");
      return;
    }
  g_assert_cmpint (symlink ("/dev/full", part), ==, 0);

  run (f);
  assert_failed (f, G_IO_ERROR_NO_SPACE, "full");
  g_assert_cmpuint (f->server->n_requests[1], ==, 0);
}

static void
test_too_large (Fixture      *f,
                gconstpointer data)
{
  /* Nobody has an exabyte: said before anything is asked for. */
  f->files[0].size = G_GUINT64_CONSTANT (1) << 60;

  run (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_cmpuint (f->server->n_requests[0], ==, 0);
}

static void
test_unwritable (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *parent = g_path_get_dirname (f->folder);
  g_autoptr(GError) error = NULL;

  /* Permissions do not stop root; a file in the folder's place does. */
  g_rmdir (f->folder);
  g_assert_cmpint (g_mkdir_with_parents (parent, 0755), ==, 0);
  g_file_set_contents (f->folder, "", 0, &error);
  g_assert_no_error (error);

  run (f);
  assert_failed (f, G_IO_ERROR_NOT_DIRECTORY, f->folder);
  g_assert_cmpint (g_unlink (f->folder), ==, 0);
}

static void
test_own_mirror (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *mirror = g_strndup (f->server->mirrors[1], strlen (f->server->mirrors[1]) - 1);

  /* …/b/test-set/large.gz */
  g_assert_true (g_setenv ("PERZEPTRON_MIRROR", mirror, TRUE));
  run (f);
  g_unsetenv ("PERZEPTRON_MIRROR");

  assert_here (f);
  g_assert_cmpuint (f->server->n_requests[0], ==, 0);
  g_assert_cmpuint (f->server->n_requests[1], ==, 1);
}

/* Published under another name; a mirror of one's own has ours. */
static void
test_other_name (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, f->server->small, SMALL);

  f->files[1] = (DsPublishedFile) { "other.gz", SMALL, sum, "small.gz" };
  g_assert_true (g_setenv ("PERZEPTRON_MIRROR", f->server->mirrors[1], TRUE));
  run (f);
  g_unsetenv ("PERZEPTRON_MIRROR");
  g_assert_nonnull (strstr (f->error->message, "other.gz"));

  run (f);
  g_assert_no_error (f->error);
  g_assert_cmpuint (size_of (f, "other.gz"), ==, SMALL);
}

/* What a person may have set by mistake. */
static void
test_bad_mirror (Fixture      *f,
                 gconstpointer data)
{
  static const char *const mirrors[] = { "nonsense", "file:///tmp", "http:///sets", "http://[/" };

  for (gsize i = 0; i < G_N_ELEMENTS (mirrors); i++)
    {
      g_assert_true (g_setenv ("PERZEPTRON_MIRROR", mirrors[i], TRUE));
      run (f);
      g_unsetenv ("PERZEPTRON_MIRROR");
      g_assert_nonnull (f->error);
      g_test_message ("%s: %s", mirrors[i], f->error->message);
      g_assert_null (strstr (f->error->message, "(null)"));
      g_assert_true (g_str_has_suffix (f->error->message, "."));
      g_assert_cmpuint (f->server->n_requests[0] + f->server->n_requests[1], ==, 0);
    }
}

#define ADD(path, data, func) \
  g_test_add ("/model/download/" path, Fixture, data, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  char *home = fixture_make_folder ("download");
  int status;

  /* What g_test_init() has for this leaks a little for each test. */
  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  /* Loopback needs no proxy. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_unsetenv ("PERZEPTRON_MIRROR");

  ADD ("success", NULL, test_success);
  ADD ("busy", NULL, test_busy);
  ADD ("next-mirror/not-found", GINT_TO_POINTER (NOT_FOUND), test_next_mirror);
  ADD ("next-mirror/checksum", GINT_TO_POINTER (OTHER_BYTES), test_next_mirror);
  ADD ("next-mirror/page", GINT_TO_POINTER (PAGE), test_next_mirror);
  ADD ("next-mirror/endless", GINT_TO_POINTER (ENDLESS), test_next_mirror);
  ADD ("not-found", NULL, test_not_found);
  ADD ("wrong-checksum", NULL, test_wrong_checksum);
  ADD ("page", NULL, test_page);
  ADD ("endless", NULL, test_endless);
  ADD ("breaks-off", NULL, test_breaks_off);
  ADD ("resume/ranges", GINT_TO_POINTER (SERVE), test_resume);
  ADD ("resume/no-ranges", GINT_TO_POINTER (SERVE_WHOLE), test_resume);
  ADD ("resume/wrong-range", GINT_TO_POINTER (WRONG_RANGE), test_resume);
  ADD ("damaged-part/short", GSIZE_TO_POINTER (1000), test_damaged_part);
  ADD ("damaged-part/whole", GSIZE_TO_POINTER (LARGE), test_damaged_part);
  ADD ("damaged-part/too-long", GSIZE_TO_POINTER (LARGE + 5), test_damaged_part);
  ADD ("cancel", NULL, test_cancel);
  ADD ("cancelled-before", NULL, test_cancelled_before);
  ADD ("silent", NULL, test_silent);
  ADD ("no-server", NULL, test_no_server);
  ADD ("best-message", NULL, test_best_message);
  ADD ("disk-full", NULL, test_disk_full);
  ADD ("too-large", NULL, test_too_large);
  ADD ("unwritable", NULL, test_unwritable);
  ADD ("own-mirror", NULL, test_own_mirror);
  ADD ("bad-mirror", NULL, test_bad_mirror);
  ADD ("other-name", NULL, test_other_name);

  status = g_test_run ();
  fixture_remove (home);

  return status;
}
