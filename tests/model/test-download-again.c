/* test-download-again.c: files of a published set that are here, but damaged, or on their way;
 * and a server that nobody vouches for.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "datasets/fixture.h"
#include "model/pz-catalog.h"
#include "download-server.h"
#include "model/pz-dataset.h"
#include "model/pz-download.h"
#include "model/pz-project.h"
#include "model/pz-task.h"
#include "test-util.h"

typedef struct
{
  DownloadServer *server;
  char           *sums[2];
  DsPublishedFile files[2];
  PzCatalogEntry  entry;
  char           *folder;
  PzDownload     *download;
  gboolean        done;
  GError         *error;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->server = download_server_new ();
  f->sums[0] = g_compute_checksum_for_data (G_CHECKSUM_SHA256, f->server->large, LARGE);
  f->sums[1] = g_compute_checksum_for_data (G_CHECKSUM_SHA256, f->server->small, SMALL);
  f->files[0] = (DsPublishedFile) { "large.gz", LARGE, f->sums[0] };
  f->files[1] = (DsPublishedFile) { "small.gz", SMALL, f->sums[1] };
  f->entry = (PzCatalogEntry) {
    .id = "test-set",
    .title = "Test",
    .licence = "None",
    .mirrors = (const char *const *) f->server->mirrors,
    .files = f->files,
    .n_files = 2,
  };
  f->folder = pz_catalog_entry_get_folder (&f->entry);
  f->download = pz_download_new (&f->entry);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  pz_task_wait_all ();
  g_assert_finalize_object (f->download);
  download_server_free (f->server);
  g_free (f->sums[0]);
  g_free (f->sums[1]);
  g_free (f->folder);
  g_clear_error (&f->error);
}

static void
on_done (GObject      *object,
         GAsyncResult *result,
         gpointer      user_data)
{
  Fixture *f = user_data;
  g_autofree char *folder = pz_download_run_finish (PZ_DOWNLOAD (object), result, &f->error);

  f->done = TRUE;
}

static void
run (Fixture *f)
{
  f->done = FALSE;
  g_clear_error (&f->error);
  pz_download_run_async (f->download, NULL, on_done, f);
  wait_until (f->done);
}

/* One bit, and the size is right. */
static void
test_damaged (Fixture      *f,
              gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "large.gz", NULL);
  g_autofree char *content = NULL;
  gsize size;

  run (f);
  g_assert_no_error (f->error);
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  content[size / 2] ^= 4;
  g_assert_true (g_file_set_contents (path, content, (gssize) size, NULL));

  run (f);
  g_assert_no_error (f->error);
  g_assert_cmpuint (f->server->n_requests[0], ==, 2);
  g_assert_true (ds_published_is_whole (&f->files[0], path));
}

/* The server answers: the network is not to blame. */
static void
test_certificate (Fixture      *f,
                  gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "large.gz", NULL);

  g_unlink (path);
  if (!g_tls_backend_supports_tls (g_tls_backend_get_default ()))
    {
      g_test_skip ("there is no TLS here");
      return;
    }

  download_server_encrypt (f->server);
  run (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
  g_assert_nonnull (strstr (f->error->message, "certificate"));
  g_assert_null (strstr (f->error->message, "network connection"));
  g_assert_cmpuint (f->server->n_requests[0], ==, 0);
}

static void
test_locked (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->folder, "large.gz", NULL);
  g_autofree char *part = g_build_filename (f->folder, "large.gz.part", NULL);
  int fd;

  g_unlink (path);
  g_assert_cmpint (g_mkdir_with_parents (f->folder, 0700), ==, 0);
  fd = open (part, O_RDWR | O_CREAT, 0600);
  g_assert_cmpint (flock (fd, LOCK_EX), ==, 0);
  run (f);
  g_assert_error (f->error, G_IO_ERROR, G_IO_ERROR_BUSY);
  g_assert_nonnull (strstr (f->error->message, "by another program"));
  close (fd);

  run (f);
  g_assert_no_error (f->error);
  g_assert_false (g_file_test (part, G_FILE_TEST_EXISTS));
}

/* Data that are chosen: what is damaged is found, and which set it is of. */
static void
test_found (Fixture      *f,
            gconstpointer data)
{
  const PzCatalogEntry *mnist = pz_catalog_get_entries (NULL);
  g_autofree char *folder = pz_catalog_entry_get_folder (mnist);
  g_autofree char *path = g_build_filename (folder, "t10k-labels-idx1-ubyte.gz", NULL);
  g_autoptr(PzProject) project = pz_project_new ();

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "damaged", -1, NULL));

  pz_data_loader_choose (pz_project_get_loader (project), folder);
  wait_until (!pz_data_loader_get_loading (pz_project_get_loader (project)));
  g_assert_nonnull (strstr (pz_data_loader_get_error (pz_project_get_loader (project)), "t10k-labels-idx1-ubyte.gz"));
  g_assert_cmpstr (pz_data_loader_get_damaged_source (pz_project_get_loader (project)), ==, folder);
  g_assert_true (pz_catalog_find_source (folder) == mnist);
  g_assert_true (pz_catalog_find_source (path) == mnist);
  g_assert_null (pz_catalog_find_source (g_get_user_data_dir ()));

  pz_project_shut_down (project);
}

int
main (int   argc,
      char *argv[])
{
  char *home = fixture_make_folder ("again");
  int status;

  g_setenv ("XDG_DATA_HOME", home, TRUE);
  g_test_init (&argc, &argv, NULL);

  /* Loopback needs no proxy. */
  g_setenv ("GIO_USE_PROXY_RESOLVER", "dummy", TRUE);
  g_unsetenv ("PERZEPTRON_MIRROR");

#define ADD(path, function) g_test_add ("/model/download-again/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("damaged", test_damaged);
  ADD ("locked", test_locked);
  ADD ("found", test_found);
  ADD ("certificate", test_certificate);

  status = g_test_run ();
  fixture_remove (home);

  return status;
}
