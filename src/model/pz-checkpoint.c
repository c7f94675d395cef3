/* pz-checkpoint.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "model/pz-checkpoint.h"
#include "model/pz-task.h"

#define SUFFIX ".perz"
#define LOCK_SUFFIX ".lock"

/* What both threads know. */
typedef struct
{
  gatomicrefcount ref_count;
  char           *path;
  char           *lock_path;

  GMutex          mutex;
  gboolean        running;      /* a thread is at work */
  gboolean        has_next;
  RecipeFile     *next;         /* (nullable): to be written; NULL: to be removed */
  int             lock;         /* −1: not held yet; the running thread's, or the main thread's where there is none */
} Store;

struct _PzCheckpoint
{
  GObject  parent_instance;

  Store   *store;
  gboolean kept;
  gboolean failing;   /* and it was said */
  guint    n_jobs;    /* threads that were started */
  guint    heard_job; /* the last one whose result counts */
};

enum {
  FAILED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzCheckpoint, pz_checkpoint, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static Store *
store_new (const char *folder,
           const char *name)
{
  Store *store = g_new0 (Store, 1);

  g_atomic_ref_count_init (&store->ref_count);
  g_mutex_init (&store->mutex);
  store->path = g_strconcat (folder, G_DIR_SEPARATOR_S, name, SUFFIX, NULL);
  store->lock_path = g_strconcat (folder, G_DIR_SEPARATOR_S, name, LOCK_SUFFIX, NULL);
  store->lock = -1;

  return store;
}

static void
store_unref (gpointer data)
{
  Store *store = data;

  if (!g_atomic_ref_count_dec (&store->ref_count))
    return;

  if (store->lock >= 0)
    close (store->lock);

  g_clear_pointer (&store->next, recipe_file_free);
  g_mutex_clear (&store->mutex);
  g_free (store->path);
  g_free (store->lock_path);
  g_free (store);
}

/* Worker thread. Returns: whether it is ours; else errno says why */
static gboolean
store_lock (Store *store)
{
  int reason;

  if (store->lock < 0)
    store->lock = g_open (store->lock_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (store->lock < 0)
    return FALSE;

  if (flock (store->lock, LOCK_EX | LOCK_NB) == 0)
    return TRUE;

  reason = errno;
  close (store->lock);
  store->lock = -1;
  errno = reason;

  return FALSE;
}

/* Worker thread. The file first: a lock without one is nothing. */
static void
store_remove (Store *store)
{
  g_unlink (store->path);

  if (store->lock >= 0)
    {
      g_unlink (store->lock_path);
      close (store->lock);
      store->lock = -1;
    }
}

/* Worker thread. */
static gboolean
store_write (Store      *store,
             RecipeFile *contents,
             GError    **error)
{
  g_autofree char *folder = g_path_get_dirname (store->path);

  if (g_mkdir_with_parents (folder, 0700) != 0 || !store_lock (store))
    {
      const int reason = errno;
      g_autofree char *name = mlp_display_filename (folder);

      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be written to: %s"), name, g_strerror (reason));
      return FALSE;
    }

  return recipe_file_save (contents, store->path, error);
}

/* Worker thread: until nothing more is asked for, so that what was asked for last is done even
 * where the program ends meanwhile. */
static void
save_checkpoints (GTask        *worker,
                  gpointer      source_object,
                  gpointer      task_data,
                  GCancellable *cancellable)
{
  Store *store = task_data;
  g_autoptr(GError) error = NULL;

  while (TRUE)
    {
      g_autoptr(RecipeFile) contents = NULL;
      gboolean has_next;

      /* Whoever asks after this starts another thread: what it says of itself then is not read here. */
      g_mutex_lock (&store->mutex);
      has_next = store->has_next;
      store->running = has_next;
      store->has_next = FALSE;
      contents = g_steal_pointer (&store->next);
      g_mutex_unlock (&store->mutex);

      if (!has_next)
        break;

      g_clear_error (&error);
      if (contents == NULL)
        store_remove (store);
      else
        store_write (store, contents, &error);
    }

  if (error != NULL)
    g_task_return_error (worker, g_steal_pointer (&error));
  else
    pz_task_return_pointer (worker, NULL, NULL);
}

static void
on_worked (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  PzCheckpoint *self = PZ_CHECKPOINT (object);
  g_autoptr(GError) error = NULL;
  const gboolean was_failing = self->failing;
  const guint job = GPOINTER_TO_UINT (user_data);

  g_task_propagate_pointer (G_TASK (result), &error);

  /* A later thread may have been heard of before. */
  if (job < self->heard_job)
    return;

  self->heard_job = job;
  self->failing = error != NULL;
  if (error != NULL && !was_failing)
    g_signal_emit (self, signals[FAILED], 0, error->message);
}

/* @contents: (transfer full) (nullable): NULL to remove the file */
static void
request_save (PzCheckpoint *self,
              RecipeFile   *contents)
{
  Store *store = self->store;
  gboolean starts;

  g_mutex_lock (&store->mutex);
  g_clear_pointer (&store->next, recipe_file_free);
  store->next = contents;
  store->has_next = TRUE;
  starts = !store->running;
  store->running = TRUE;
  g_mutex_unlock (&store->mutex);

  self->kept = contents != NULL;
  if (!starts)
    return;

  g_atomic_ref_count_inc (&store->ref_count);
  pz_task_run (g_task_new (self, NULL, on_worked, GUINT_TO_POINTER (++self->n_jobs)), save_checkpoints, store,
               store_unref, NULL, NULL);
}

static void
pz_checkpoint_finalize (GObject *object)
{
  PzCheckpoint *self = PZ_CHECKPOINT (object);

  g_clear_pointer (&self->store, store_unref);

  G_OBJECT_CLASS (pz_checkpoint_parent_class)->finalize (object);
}

static void
pz_checkpoint_class_init (PzCheckpointClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = pz_checkpoint_finalize;

  signals[FAILED] =
    g_signal_new ("failed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
pz_checkpoint_init (PzCheckpoint *self)
{
}

char *
pz_checkpoint_dup_folder (void)
{
  return g_build_filename (g_get_user_data_dir (), "perzeptron", "checkpoints", NULL);
}

PzCheckpoint *
pz_checkpoint_new (const char *folder)
{
  g_autofree char *name = g_uuid_string_random ();
  PzCheckpoint *self;

  g_return_val_if_fail (folder != NULL, NULL);

  self = g_object_new (PZ_TYPE_CHECKPOINT, NULL);
  self->store = store_new (folder, name);

  return self;
}

void
pz_checkpoint_keep (PzCheckpoint *self,
                    RecipeFile   *contents)
{
  g_return_if_fail (PZ_IS_CHECKPOINT (self));
  g_return_if_fail (contents != NULL);

  request_save (self, contents);
}

void
pz_checkpoint_remove (PzCheckpoint *self)
{
  g_return_if_fail (PZ_IS_CHECKPOINT (self));

  if (self->kept)
    request_save (self, NULL);
}

gboolean
pz_checkpoint_is_kept (PzCheckpoint *self)
{
  g_return_val_if_fail (PZ_IS_CHECKPOINT (self), FALSE);

  return self->kept;
}

gboolean
pz_checkpoint_is_writing (PzCheckpoint *self)
{
  gboolean running;

  g_return_val_if_fail (PZ_IS_CHECKPOINT (self), FALSE);

  g_mutex_lock (&self->store->mutex);
  running = self->store->running;
  g_mutex_unlock (&self->store->mutex);

  return running;
}

/* --- what is left --- */

typedef struct
{
  char       *folder;
  Store      *store;       /* (nullable): what was found, locked */
  RecipeFile *contents;
} Search;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->folder);
  g_clear_pointer (&search->store, store_unref);
  g_clear_pointer (&search->contents, recipe_file_free);
  g_free (search);
}

/* Worker thread. The newest first: (transfer full): names without suffix */
static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *entry;

  while (dir != NULL && (entry = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, entry, NULL);
      GStatBuf info;
      gint64 time;
      guint i = 0;

      if (!g_str_has_suffix (entry, SUFFIX) || g_lstat (path, &info) != 0 || !S_ISREG (info.st_mode))
        continue;

      time = (gint64) info.st_mtime;
      while (i < times->len && g_array_index (times, gint64, i) >= time)
        i++;

      g_array_insert_val (times, i, time);
      g_ptr_array_insert (names, (int) i, g_strndup (entry, strlen (entry) - strlen (SUFFIX)));
    }

  return names;
}

/* Worker thread. */
static void
search_work (GTask        *worker,
             gpointer      source_object,
             gpointer      task_data,
             GCancellable *cancellable)
{
  Search *search = task_data;
  g_autoptr(GPtrArray) names = list_names (search->folder);

  for (guint i = 0; i < names->len && search->contents == NULL; i++)
    {
      Store *store = store_new (search->folder, names->pdata[i]);

      /* Its program may have removed it just now. */
      if (store_lock (store) && g_file_test (store->path, G_FILE_TEST_IS_REGULAR))
        search->contents = recipe_file_load (store->path, NULL);

      if (search->contents != NULL)
        search->store = store;
      else
        store_unref (store);
    }

  pz_task_return_pointer (worker, NULL, NULL);
}

void
pz_checkpoint_find_async (const char         *folder,
                          GCancellable       *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer            user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  g_return_if_fail (folder != NULL);

  search->folder = g_strdup (folder);
  g_task_set_source_tag (task, pz_checkpoint_find_async);
  g_task_set_task_data (task, search, search_free);
  pz_task_run (task, search_work, search, NULL, NULL, NULL);
}

PzCheckpoint *
pz_checkpoint_find_finish (GAsyncResult *result,
                           RecipeFile  **contents)
{
  PzCheckpoint *self;
  Search *search;

  g_return_val_if_fail (g_async_result_is_tagged (result, pz_checkpoint_find_async), NULL);
  g_return_val_if_fail (contents != NULL, NULL);

  *contents = NULL;
  search = g_task_get_task_data (G_TASK (result));
  g_task_propagate_pointer (G_TASK (result), NULL);
  if (g_task_had_error (G_TASK (result)) || search->store == NULL)
    return NULL;

  self = g_object_new (PZ_TYPE_CHECKPOINT, NULL);
  self->store = g_steal_pointer (&search->store);
  self->kept = TRUE;
  *contents = g_steal_pointer (&search->contents);

  return self;
}
