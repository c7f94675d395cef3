/* kill-worker.c: writes files over and over, to be killed while it does (kill.py).
 *
 *   kill-worker JOB FOLDER          works until it is killed; prints the number of each thing
 *                                   that is safe, on a line
 *   kill-worker --check JOB FOLDER  the next start: prints the number that it finds
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "datasets/ds-drawings.h"
#include "io/io-cache.h"
#include "io/io-replace.h"
#include "model/pz-catalog.h"
#include "model/pz-download.h"
#include "recipe/recipe-file.h"

/* Bytes of a payload, so that there is something to interrupt. */
#define PAYLOAD (4 * 1024 * 1024)

static void
safe (guint64 number)
{
  printf ("%" G_GUINT64_FORMAT "\n", number);
  fflush (stdout);
}

static void
fail (const char   *job,
      const GError *error)
{
  fprintf (stderr, "%s: %s\n", job, error->message);
  exit (1);
}

static char *
get_perz (const char *folder)
{
  return g_build_filename (folder, "net.perz", NULL);
}

/* The number is the seed of the recipe. */
static void
save (const char *folder)
{
  static const MlpLayer layers[] = { { 500, MLP_RELU }, { 10, MLP_SOFTMAX } };
  g_autofree char *path = get_perz (folder);
  g_autoptr(MlpNet) net = mlp_net_new (784, layers, G_N_ELEMENTS (layers), NULL);
  g_autoptr(Recipe) recipe = recipe_new ();

  for (guint64 i = 1;; i++)
    {
      g_autoptr(RecipeFile) file = NULL;
      g_autoptr(GError) error = NULL;

      recipe->training.seed = i;
      file = recipe_file_new (recipe, NULL, net, NULL, 0, 0);
      if (!recipe_file_save (file, path, &error))
        fail ("save", error);
      safe (i);
    }
}

static guint64
check_save (const char *folder)
{
  g_autofree char *path = get_perz (folder);
  g_autoptr(GError) error = NULL;
  g_autoptr(RecipeFile) file = NULL;

  if (!io_replace_check (path, NULL, &error))
    fail ("save", error);
  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return 0;

  file = recipe_file_load (path, &error);
  if (file == NULL)
    fail ("save", error);

  return file->recipe->training.seed;
}

/* The number is how many there are; drawing i shows its label i mod 10. */
static void
draw (const char *folder)
{
  g_autoptr(GError) error = NULL;
  guint64 state = 0;
  g_autoptr(DsDrawings) drawings = ds_drawings_load (folder, &state, &error);

  if (drawings == NULL)
    fail ("drawings", error);

  for (;;)
    {
      guint8 picture[INK_FRAME_SIZE];
      const guint8 label = (guint8) (ds_drawings_get_n (drawings) % 10);

      /* At first many, so that a save takes a while. */
      do
        {
          memset (picture, label, sizeof picture);
          ds_drawings_add (drawings, picture, label);
        }
      while (ds_drawings_get_n (drawings) < 2000);

      if (!ds_drawings_save (drawings, folder, &state, &error))
        fail ("drawings", error);
      safe (ds_drawings_get_n (drawings));
    }
}

static guint64
check_drawings (const char *folder)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsDrawings) drawings = ds_drawings_load (folder, NULL, &error);

  if (drawings == NULL)
    fail ("drawings", error);

  for (gsize i = 0; i < ds_drawings_get_n (drawings); i++)
    if (ds_drawings_peek_picture (drawings, i)[0] != ds_drawings_get_label (drawings, i))
      {
        fprintf (stderr, "drawings: number %zu has the label of another\n", i);
        exit (1);
      }

  return ds_drawings_get_n (drawings);
}

/* The number is the first of the payload. */
static void
cache (const char *folder)
{
  g_autofree guint64 *payload = g_malloc0 (PAYLOAD);
  const IoPiece piece = { payload, PAYLOAD };

  for (payload[0] = 1;; payload[0]++)
    {
      g_autoptr(GError) error = NULL;

      if (!io_cache_store (folder, "group", "key", &piece, 1, &error))
        fail ("cache", error);
      safe (payload[0]);
    }
}

static guint64
check_cache (const char *folder)
{
  g_autoptr(GBytes) bytes = io_cache_load (folder, "group", "key");
  guint64 number = 0;

  io_part_clear_stale (folder);
  if (bytes != NULL)
    memcpy (&number, g_bytes_get_data (bytes, NULL), sizeof number);

  return number;
}

static void
on_downloaded (GObject      *object,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = pz_download_run_finish (PZ_DOWNLOAD (object), result, &error);

  if (folder == NULL)
    fail ("download", error);

  g_main_loop_quit (user_data);
}

/* MNIST, from PERZEPTRON_MIRROR into the user's data folder; the number is 1 when it is there. */
static guint64
download (void)
{
  g_autoptr(GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr(PzDownload) download = pz_download_new (pz_catalog_get_entries (NULL));

  pz_download_run_async (download, NULL, on_downloaded, loop);
  g_main_loop_run (loop);

  return 1;
}

int
main (int   argc,
      char *argv[])
{
  const gboolean check = argc > 1 && strcmp (argv[1], "--check") == 0;
  const char *job = argc > 2 + check ? argv[1 + check] : "";
  const char *folder = argv[argc - 1];

  if (strcmp (job, "save") == 0 && check)
    safe (check_save (folder));
  else if (strcmp (job, "save") == 0)
    save (folder);
  else if (strcmp (job, "drawings") == 0 && check)
    safe (check_drawings (folder));
  else if (strcmp (job, "drawings") == 0)
    draw (folder);
  else if (strcmp (job, "cache") == 0 && check)
    safe (check_cache (folder));
  else if (strcmp (job, "cache") == 0)
    cache (folder);
  else if (strcmp (job, "download") == 0)
    safe (download ());
  else
    return 2;

  return 0;
}
