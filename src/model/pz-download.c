/* pz-download.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

#include "core/mlp-display.h"
#include "model/pz-catalog.h"
#include "model/pz-download.h"
#include "model/pz-fetch.h"
#include "model/pz-task.h"

/* Seconds without a byte before a server counts as gone. */
#define TIMEOUT 30

/* How often a broken connection to one mirror is taken up again. */
#define N_TRIES 4

/* 20 Hz, in ms. */
#define PROGRESS_INTERVAL 50

/* One download; what two threads write is under the mutex. */
typedef struct
{
  gatomicrefcount       ref_count;

  /* For the worker. */
  const PzCatalogEntry *entry;
  char                 *folder;
  char                **mirrors;
  gboolean              own_mirror;     /* of PERZEPTRON_MIRROR: with our names */
  guint                 timeout;
  guint64               n_before;       /* bytes of the files that are done */

  /* For the main context. */
  GMainContext         *context;
  PzDownload           *download;       /* borrowed; NULL once the result is there */

  /* For both. */
  GMutex                mutex;
  guint64               n_bytes;
  char                 *host;
  gboolean              scheduled;
} Job;

struct _PzDownload
{
  GObject               parent_instance;

  const PzCatalogEntry *entry;
  gboolean              busy;
  double                fraction;
  char                 *status;
  guint                 timeout;
};

enum {
  PROP_0,
  PROP_BUSY,
  PROP_FRACTION,
  PROP_STATUS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzDownload, pz_download, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];

static Job *
job_ref (Job *job)
{
  g_atomic_ref_count_inc (&job->ref_count);

  return job;
}

static void
job_unref (Job *job)
{
  if (!g_atomic_ref_count_dec (&job->ref_count))
    return;

  g_free (job->folder);
  g_strfreev (job->mirrors);
  g_main_context_unref (job->context);
  g_mutex_clear (&job->mutex);
  g_free (job->host);
  g_free (job);
}

static void
pz_download_set_progress (PzDownload *self,
                          double      fraction,
                          char       *status)
{
  g_autofree char *new_status = status;

  if (fraction != self->fraction)
    {
      self->fraction = fraction;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FRACTION]);
    }
  if (g_strcmp0 (new_status, self->status) != 0)
    {
      g_free (self->status);
      self->status = g_steal_pointer (&new_status);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
    }
}

/* Main context. */
static gboolean
deliver_progress (gpointer user_data)
{
  Job *job = user_data;
  g_autofree char *host = NULL;
  g_autofree char *done = NULL;
  g_autofree char *all = NULL;
  guint64 n_bytes, size;

  g_mutex_lock (&job->mutex);
  n_bytes = job->n_bytes;
  host = g_strdup (job->host);
  job->scheduled = FALSE;
  g_mutex_unlock (&job->mutex);

  if (job->download == NULL)
    return G_SOURCE_REMOVE;

  size = pz_catalog_entry_get_size (job->entry);
  done = g_format_size (n_bytes);
  all = g_format_size (size);
  pz_download_set_progress (job->download, CLAMP ((double) n_bytes / (double) size, 0.0, 1.0),
                            g_strdup_printf (_("%s of %s from %s"), done, all, host));

  return G_SOURCE_REMOVE;
}

/* Worker thread. At most one delivery is on its way; it tells the newest number,
 * also when the server falls silent after it.
 */
static void
on_progress (guint64  n_bytes,
             gpointer user_data)
{
  Job *job = user_data;
  gboolean schedule;

  g_mutex_lock (&job->mutex);
  job->n_bytes = job->n_before + n_bytes;
  schedule = !job->scheduled;
  job->scheduled = TRUE;
  g_mutex_unlock (&job->mutex);

  if (schedule)
    {
      g_autoptr(GSource) source = g_timeout_source_new (PROGRESS_INTERVAL);

      g_source_set_static_name (source, "[pz] download progress");
      g_source_set_priority (source, G_PRIORITY_HIGH_IDLE);
      g_source_set_callback (source, deliver_progress, job_ref (job), (GDestroyNotify) job_unref);
      g_source_attach (source, job->context);
    }
}

/* Worker thread. Better said before 30 MB have come than after. */
static gboolean
check_room (Job     *job,
            GError **error)
{
  g_autoptr(GFile) folder = g_file_new_for_path (job->folder);
  g_autoptr(GFileInfo) info = NULL;
  guint64 missing = 0;

  for (gsize i = 0; i < job->entry->n_files; i++)
    {
      const DsPublishedFile *file = &job->entry->files[i];
      g_autofree char *path = g_build_filename (job->folder, file->name, NULL);
      g_autofree char *part = g_strconcat (path, ".part", NULL);
      GStatBuf status;

      if (g_stat (path, &status) == 0 && (guint64) status.st_size == file->size)
        continue;
      missing += file->size;
      if (g_stat (part, &status) == 0)
        missing -= MIN ((guint64) status.st_size, file->size);
    }

  info = g_file_query_filesystem_info (folder, G_FILE_ATTRIBUTE_FILESYSTEM_FREE, NULL, NULL);
  if (info != NULL && g_file_info_has_attribute (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE)
      && g_file_info_get_attribute_uint64 (info, G_FILE_ATTRIBUTE_FILESYSTEM_FREE) < missing)
    {
      g_autofree char *size = g_format_size (missing);
      g_autofree char *name = mlp_display_filename (job->folder);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                   _("The disk with the folder %s is too full: %s are needed. Free up space and try again."), name, size);
      return FALSE;
    }

  return TRUE;
}

/* Worker thread. Of several mirrors' failures the one that says most is kept:
 * that a server cannot be reached says less than what another one answered.
 */
static gboolean
fetch_from_mirrors (Job                   *job,
                    SoupSession           *session,
                    const DsPublishedFile *file,
                    GCancellable          *cancellable,
                    GError               **error)
{
  g_autoptr(GError) said = NULL;
  gboolean offline = TRUE;

  for (gsize i = 0; job->mirrors[i] != NULL; i++)
    {
      const char *name = file->remote != NULL && !job->own_mirror ? file->remote : file->name;
      g_autofree char *url = g_strconcat (job->mirrors[i], name, NULL);
      g_autoptr(GError) local = NULL;
      PzFetchStatus status = PZ_FETCH_BROKEN;

      g_mutex_lock (&job->mutex);
      g_free (job->host);
      job->host = pz_fetch_get_host (url);
      g_mutex_unlock (&job->mutex);

      for (guint try = 0; try < N_TRIES && status == PZ_FETCH_BROKEN; try++)
        {
          g_clear_error (&local);
          status = pz_fetch_file (session, url, file, job->folder, cancellable, on_progress, job, &local);
        }

      if (status == PZ_FETCH_OK)
        return TRUE;
      if (status == PZ_FETCH_FATAL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (said == NULL || offline)
        {
          g_clear_error (&said);
          said = g_steal_pointer (&local);
          offline = status == PZ_FETCH_OFFLINE;
        }
    }

  if (said == NULL)
    g_set_error (&said, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("No server offers %s."), file->name);
  g_propagate_error (error, g_steal_pointer (&said));

  return FALSE;
}

/* Worker thread. */
static void
download_worker (GTask        *worker,
                 gpointer      source_object,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Job *job = task_data;
  g_autoptr(GMainContext) context = NULL;
  g_autoptr(SoupSession) session = NULL;
  g_autoptr(GError) error = NULL;

  if (g_mkdir_with_parents (job->folder, 0755) != 0)
    {
      pz_fetch_set_write_error (errno, job->folder, &error);
      g_task_return_error (worker, g_steal_pointer (&error));
      return;
    }
  if (!check_room (job, &error))
    {
      g_task_return_error (worker, g_steal_pointer (&error));
      return;
    }

  /* The session's timers belong to this thread, not to the main context. */
  context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  session = pz_fetch_session_new (job->timeout);

  for (gsize i = 0; i < job->entry->n_files; i++)
    {
      const DsPublishedFile *file = &job->entry->files[i];
      g_autofree char *path = g_build_filename (job->folder, file->name, NULL);

      if (!ds_published_is_whole (file, path)
          && !fetch_from_mirrors (job, session, file, cancellable, &error))
        break;
      job->n_before += file->size;
    }

  g_clear_object (&session);
  g_main_context_pop_thread_default (context);

  if (error != NULL)
    g_task_return_error (worker, g_steal_pointer (&error));
  else
    pz_task_return_pointer (worker, g_strdup (job->folder), g_free);
}

/* Main context. */
static void
on_download_done (gpointer data,
                  gpointer owner)
{
  Job *job = data;
  PzDownload *self = owner;

  job->download = NULL;
  self->busy = FALSE;
  if (pz_catalog_entry_is_here (self->entry))
    pz_download_set_progress (self, 1.0, NULL);
  else
    pz_download_set_progress (self, self->fraction, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
}

static void
pz_download_finalize (GObject *object)
{
  PzDownload *self = PZ_DOWNLOAD (object);

  g_clear_pointer (&self->status, g_free);

  G_OBJECT_CLASS (pz_download_parent_class)->finalize (object);
}

static void
pz_download_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  PzDownload *self = PZ_DOWNLOAD (object);

  switch (prop_id)
    {
    case PROP_BUSY:
      g_value_set_boolean (value, self->busy);
      break;

    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;

    case PROP_STATUS:
      g_value_set_string (value, self->status);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_download_class_init (PzDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pz_download_finalize;
  object_class->get_property = pz_download_get_property;

  properties[PROP_BUSY] =
    g_param_spec_boolean ("busy", NULL, NULL,
                          FALSE,
                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL,
                         0.0, 1.0, 0.0,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  properties[PROP_STATUS] =
    g_param_spec_string ("status", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pz_download_init (PzDownload *self)
{
  self->timeout = TIMEOUT;
}

PzDownload *
pz_download_new (const PzCatalogEntry *entry)
{
  PzDownload *self;

  g_return_val_if_fail (entry != NULL, NULL);

  self = g_object_new (PZ_TYPE_DOWNLOAD, NULL);
  self->entry = entry;

  return self;
}

void
pz_download_set_timeout (PzDownload *self,
                         guint       seconds)
{
  g_return_if_fail (PZ_IS_DOWNLOAD (self));

  self->timeout = seconds;
}

void
pz_download_run_async (PzDownload         *self,
                       GCancellable       *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer            user_data)
{
  const char *mirror = g_getenv ("PERZEPTRON_MIRROR");
  GTask *task;
  Job *job;

  g_return_if_fail (PZ_IS_DOWNLOAD (self));
  g_return_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (self->busy)
    {
      g_task_report_new_error (self, callback, user_data, pz_download_run_async,
                               G_IO_ERROR, G_IO_ERROR_BUSY,
                               _("This data set is already being downloaded."));
      return;
    }

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, pz_download_run_async);

  job = g_new0 (Job, 1);
  g_atomic_ref_count_init (&job->ref_count);
  g_mutex_init (&job->mutex);
  job->entry = self->entry;
  job->folder = pz_catalog_entry_get_folder (self->entry);
  job->timeout = self->timeout;
  if (mirror != NULL && *mirror != '\0')
    {
      job->own_mirror = TRUE;
      job->mirrors = g_new0 (char *, 2);
      job->mirrors[0] = g_strconcat (mirror, g_str_has_suffix (mirror, "/") ? "" : "/",
                                     self->entry->id, "/", NULL);
    }
  else
    {
      job->mirrors = g_strdupv ((char **) self->entry->mirrors);
    }
  job->context = g_main_context_ref (g_task_get_context (task));
  job->download = self;

  self->busy = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BUSY]);
  pz_download_set_progress (self, 0.0, g_strdup (_("Connecting…")));

  pz_task_run (task, download_worker, job, (GDestroyNotify) job_unref, on_download_done, self);
}

char *
pz_download_run_finish (PzDownload   *self,
                        GAsyncResult *result,
                        GError      **error)
{
  g_return_val_if_fail (PZ_IS_DOWNLOAD (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_download_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

double
pz_download_get_fraction (PzDownload *self)
{
  g_return_val_if_fail (PZ_IS_DOWNLOAD (self), 0.0);

  return self->fraction;
}

const char *
pz_download_get_status (PzDownload *self)
{
  g_return_val_if_fail (PZ_IS_DOWNLOAD (self), NULL);

  return self->status;
}
