/* test-writer.c: files that are written in a thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "datasets/fixture.h"
#include "model/pz-task.h"
#include "model/pz-writer.h"
#include "test-util.h"

typedef struct
{
  gboolean done;
  GError  *error;
} Written;

static void
on_written (GObject      *object,
            GAsyncResult *result,
            gpointer      user_data)
{
  Written *written = user_data;

  g_assert_true (pz_writer_write_finish (result, &written->error) == (written->error == NULL));
  written->done = TRUE;
}

static void
write_bytes (const char *path,
             GBytes     *contents,
             Written    *written)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  *written = (Written) { FALSE };
  pz_writer_write_async (file, contents, on_written, written);
  g_assert_false (written->done);
  wait_until (written->done);
  pz_task_wait_all ();
}

static void
test_write (void)
{
  char *folder = fixture_make_folder ("writer");
  g_autofree char *path = g_build_filename (folder, "picture.svg", NULL);
  g_autofree char *lost = g_build_filename (folder, "none", "picture.svg", NULL);
  g_autoptr(GBytes) contents = g_bytes_new_static ("<svg/>", 6);
  g_autofree char *text = NULL;
  Written written;

  g_assert_true (g_file_set_contents (path, "what was there before", -1, NULL));
  write_bytes (path, contents, &written);
  g_assert_no_error (written.error);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "<svg/>");

  /* A folder that is not there. */
  write_bytes (lost, contents, &written);
  g_assert_error (written.error, MLP_ERROR, MLP_ERROR_OPEN);
  g_assert_nonnull (strstr (written.error->message, "none"));
  g_clear_error (&written.error);

  fixture_remove (folder);
}

/* Elsewhere than on this computer. */
static void
test_remote (void)
{
  g_autoptr(GFile) file = g_file_new_for_uri ("ftp://example.invalid/picture.svg");
  g_autoptr(GBytes) contents = g_bytes_new_static ("<svg/>", 6);
  Written written = { FALSE };

  pz_writer_write_async (file, contents, on_written, &written);
  wait_until (written.done);
  g_assert_error (written.error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED);
  g_clear_error (&written.error);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/model/writer/write", test_write);
  g_test_add_func ("/model/writer/remote", test_remote);

  return g_test_run ();
}
