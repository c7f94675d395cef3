/* pz-fetch.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <inttypes.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/mlp-display.h"
#include "io/io-part.h"
#include "model/pz-fetch.h"

#define PIECE (64 * 1024)

/* One file being fetched. */
typedef struct
{
  SoupSession           *session;
  const char            *url;
  char                  *host;
  const DsPublishedFile *file;
  const char            *folder;
  char                  *part;       /* NAME.part */
  guint64                have;       /* bytes of it that are here */
  GCancellable          *cancellable;
  PzFetchProgressFunc    progress;
  gpointer               progress_data;
} Fetch;

static void
fetch_clear (Fetch *fetch)
{
  g_clear_pointer (&fetch->host, g_free);
  g_clear_pointer (&fetch->part, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fetch, fetch_clear)

SoupSession *
pz_fetch_session_new (guint timeout)
{
  SoupSession *session;

  session = soup_session_new_with_options ("user-agent", "perzeptron/" PACKAGE_VERSION,
                                           "timeout", timeout,
                                           NULL);

  /* Some servers mark a gzip'd file as an encoding; unpacked it would have
   * another size and checksum.
   */
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);

  return session;
}

char *
pz_fetch_get_host (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL && *host != '\0' ? host : url);
}

void
pz_fetch_set_write_error (int         code,
                          const char *folder,
                          GError    **error)
{
  g_autofree char *name = mlp_display_filename (folder);

  if (code == ENOSPC)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                 _("The disk with the folder %s is full. Free up space and try again; the partial download is kept."), name);
  else if (code == EDQUOT || code == EFBIG)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE,
                 _("The folder %s cannot hold more data: %s. Free up space or raise the limit and try again; the partial "
                   "download is kept."), name, g_strerror (code));
  else if (code != EACCES && code != EPERM)
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 _("The folder %s cannot be written to: %s. Try again, or choose another folder."),
                 name, g_strerror (code));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
                 _("The folder %s cannot be written to: %s. Check its permissions and try again."),
                 name, g_strerror (code));
}

/* What is wrong with the certificate of a server; the network works. @cause: of G_TLS_ERROR */
static PzFetchStatus
tls_error (Fetch        *fetch,
           SoupMessage  *message,
           const GError *cause,
           GError      **error)
{
  const GTlsCertificateFlags flags = soup_message_get_tls_peer_certificate_errors (message);

  if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_UNAVAILABLE))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                 _("No encrypted connection to %s could be established (%s). Install the package glib-networking and try "
                   "again."),
                 fetch->host, cause->message);
  else if (flags & G_TLS_CERTIFICATE_UNKNOWN_CA)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _("The certificate of %s is not signed by a trusted authority. If your network or company inspects "
                   "encrypted connections, install its certificate; otherwise, the connection may be intercepted."),
                 fetch->host);
  else if (flags & G_TLS_CERTIFICATE_BAD_IDENTITY)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _("Another server answers in place of %s: the certificate does not match. If your network requires you "
                   "to sign in on a web page, do that first."), fetch->host);
  else if (flags & (G_TLS_CERTIFICATE_EXPIRED | G_TLS_CERTIFICATE_NOT_ACTIVATED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _("The certificate of %s is not valid on this computer’s date. Check the date and time; if they are "
                   "correct, try again later."), fetch->host);
  else if (g_error_matches (cause, G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                 _("The certificate of %s is not accepted (%s). Try again later."), fetch->host, cause->message);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED,
                 _("No encrypted connection to %s could be established (%s). Try again later."), fetch->host, cause->message);

  return PZ_FETCH_REFUSED;
}

/* A broken connection is worth another try, a server that is not there is
 * not.
 */
static PzFetchStatus
network_error (Fetch        *fetch,
               SoupMessage  *message,
               const GError *cause,
               gboolean      had_bytes,
               GError      **error)
{
  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                           _("The download was cancelled; the partial download is kept."));
      return PZ_FETCH_FATAL;
    }

  if (cause->domain == G_TLS_ERROR && !had_bytes)
    return tls_error (fetch, message, cause, error);

  if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT,
                 _("The server %s has stopped responding. Try again later; the partial download is kept."), fetch->host);
  else if (had_bytes)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                 _("The connection to %s was lost (%s). Try again; the partial download is kept."), fetch->host, cause->message);
  else if (g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED,
                 _("The server %s does not accept connections (%s). Try again later."), fetch->host, cause->message);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_HOST_UNREACHABLE,
                 _("The server %s cannot be reached (%s). Check the network connection and try again."),
                 fetch->host, cause->message);

  return had_bytes ? PZ_FETCH_BROKEN : PZ_FETCH_OFFLINE;
}

static PzFetchStatus
wrong_size (Fetch   *fetch,
            guint64  size,
            GError **error)
{
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("%s did not send %s: received %" PRIu64 " bytes, expected %" PRIu64 ". If your network requires you to "
                 "sign in on a web page, do that first; otherwise, try again later."),
               fetch->host, fetch->file->name, size, fetch->file->size);

  return PZ_FETCH_REFUSED;
}

static PzFetchStatus
status_error (Fetch       *fetch,
              SoupMessage *message,
              GError     **error)
{
  guint status = soup_message_get_status (message);

  if (status == SOUP_STATUS_NOT_FOUND || status == SOUP_STATUS_GONE)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                 _("The file %s is no longer available from %s. Download the data set with a web browser and open its "
                   "folder here."), fetch->file->name, fetch->host);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                 _("%s refused to send %s (%u %s). Try again later."),
                 fetch->host, fetch->file->name, status, soup_message_get_reason_phrase (message));

  return PZ_FETCH_REFUSED;
}

/* Whether the server's answer begins where the part ends. */
static gboolean
continues_part (Fetch       *fetch,
                SoupMessage *message)
{
  goffset start, end, total;

  return soup_message_get_status (message) == SOUP_STATUS_PARTIAL_CONTENT
         && soup_message_headers_get_content_range (soup_message_get_response_headers (message),
                                                    &start, &end, &total)
         && (guint64) start == fetch->have
         && (total < 0 || (guint64) total == fetch->file->size);
}

static gboolean
write_all (int           fd,
           const guint8 *bytes,
           gsize         n)
{
  while (n > 0)
    {
      gssize written = write (fd, bytes, n);

      if (written < 0 && errno == EINTR)
        continue;
      if (written < 0)
        return FALSE;

      bytes += written;
      n -= (gsize) written;
    }

  return TRUE;
}

static PzFetchStatus
copy_stream (Fetch        *fetch,
             SoupMessage  *message,
             GInputStream *stream,
             int           fd,
             GError      **error)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  const guint64 had = fetch->have;

  for (;;)
    {
      g_autoptr(GError) cause = NULL;
      gssize n = g_input_stream_read (stream, piece, PIECE, fetch->cancellable, &cause);

      if (n < 0)
        return network_error (fetch, message, cause, fetch->have > had, error);
      if (n == 0)
        break;
      if ((guint64) n > fetch->file->size - fetch->have)
        {
          /* Never more than was announced, whatever the server sends. */
          wrong_size (fetch, fetch->have + (guint64) n, error);
          fetch->have = 0;
          if (ftruncate (fd, 0) != 0)
            g_unlink (fetch->part);
          return PZ_FETCH_REFUSED;
        }
      if (!write_all (fd, piece, (gsize) n))
        {
          pz_fetch_set_write_error (errno, fetch->folder, error);
          return PZ_FETCH_FATAL;
        }

      fetch->have += (guint64) n;
      fetch->progress (fetch->have, fetch->progress_data);
    }

  if (fetch->have < fetch->file->size)
    {
      g_autoptr(GError) cause = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT,
                                                     _("unexpected end of file"));

      return network_error (fetch, message, cause, fetch->have > had, error);
    }

  return PZ_FETCH_OK;
}

/* (nullable): libsoup takes no address without a server. */
static SoupMessage *
make_message (const char *url)
{
  g_autoptr(GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      (g_strcmp0 (g_uri_get_scheme (uri), "http") != 0 && g_strcmp0 (g_uri_get_scheme (uri), "https") != 0))
    return NULL;

  return soup_message_new_from_uri (SOUP_METHOD_GET, uri);
}

/* Asks once, for what is missing or (without @resume) for all. */
static PzFetchStatus
send_request (Fetch    *fetch,
              gboolean  resume,
              gboolean *start_over,
              GError  **error)
{
  g_autoptr(SoupMessage) message = make_message (fetch->url);
  g_autoptr(GInputStream) stream = NULL;
  g_autoptr(GError) cause = NULL;
  SoupMessageHeaders *headers;
  PzFetchStatus status;
  goffset length;
  int fd;

  *start_over = FALSE;
  if (message == NULL)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   _("“%s” is not a valid download address."), fetch->url);
      return PZ_FETCH_REFUSED;
    }

  headers = soup_message_get_request_headers (message);
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (resume)
    soup_message_headers_set_range (headers, (goffset) fetch->have, -1);

  stream = soup_session_send (fetch->session, message, fetch->cancellable, &cause);
  if (stream == NULL)
    return network_error (fetch, message, cause, FALSE, error);

  if (g_str_has_prefix (fetch->url, "https:") &&
      g_strcmp0 (g_uri_get_scheme (soup_message_get_uri (message)), "https") != 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                   _("%s offers its files only over an unencrypted connection, which is not used."), fetch->host);
      return PZ_FETCH_REFUSED;
    }

  /* 416: the part is not a part of what is there; so from the beginning. */
  if (resume && (soup_message_get_status (message) == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE
                 || (soup_message_get_status (message) == SOUP_STATUS_PARTIAL_CONTENT
                     && !continues_part (fetch, message))))
    {
      *start_over = TRUE;
      return PZ_FETCH_BROKEN;
    }
  if (soup_message_get_status (message) != SOUP_STATUS_OK
      && !(resume && continues_part (fetch, message)))
    return status_error (fetch, message, error);

  /* A server that does not know ranges sends all. */
  if (soup_message_get_status (message) == SOUP_STATUS_OK)
    fetch->have = 0;

  headers = soup_message_get_response_headers (message);
  length = soup_message_headers_get_content_length (headers);
  if (length > 0 && (guint64) length != fetch->file->size - fetch->have)
    return wrong_size (fetch, fetch->have + (guint64) length, error);

  fd = g_open (fetch->part, O_WRONLY | O_CREAT | O_CLOEXEC | (fetch->have > 0 ? O_APPEND : O_TRUNC), 0666);
  if (fd < 0)
    {
      pz_fetch_set_write_error (errno, fetch->folder, error);
      return PZ_FETCH_FATAL;
    }

  status = copy_stream (fetch, message, stream, fd, error);
  if (close (fd) != 0 && status == PZ_FETCH_OK)
    {
      pz_fetch_set_write_error (errno, fetch->folder, error);
      status = PZ_FETCH_FATAL;
    }

  return status;
}

/* Whether the part is what was published; throws it away if not. A part that
 * was @resumed may have been damaged before: the whole is worth another try.
 */
static PzFetchStatus
check_sum (Fetch   *fetch,
           gboolean resumed,
           GError **error)
{
  if (ds_published_is_whole (fetch->file, fetch->part))
    return PZ_FETCH_OK;

  g_unlink (fetch->part);
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("The file %s from %s is damaged: its checksum is wrong, so it was discarded. Try again later."),
               fetch->file->name, fetch->host);

  return resumed ? PZ_FETCH_BROKEN : PZ_FETCH_REFUSED;
}

/* Two programs that append to one part would spoil it. @lock: to be closed */
static gboolean
lock_part (Fetch   *fetch,
           int     *lock,
           GError **error)
{
  *lock = g_open (fetch->part, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (*lock < 0)
    {
      pz_fetch_set_write_error (errno, fetch->folder, error);
      return FALSE;
    }

  if (flock (*lock, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK)
    return TRUE;

  close (*lock);
  *lock = -1;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_BUSY,
               _("The file %s is being downloaded by another program. Try again when it has finished."),
               fetch->file->name);

  return FALSE;
}

/* An empty part is not worth keeping. */
static void
unlock_part (Fetch *fetch,
             int    lock)
{
  struct stat info;

  if (fstat (lock, &info) == 0 && info.st_nlink > 0 && info.st_size == 0)
    g_unlink (fetch->part);
  close (lock);
}

/* The part becomes the file when it is on the disk. */
static PzFetchStatus
take_part (Fetch      *fetch,
           int         lock,
           const char *path,
           GError    **error)
{
  int folder = g_open (fetch->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean done = folder >= 0 && fsync (lock) == 0 && g_rename (fetch->part, path) == 0 && io_part_sync_folder (folder);

  if (!done)
    pz_fetch_set_write_error (errno, fetch->folder, error);
  if (folder >= 0)
    close (folder);

  return done ? PZ_FETCH_OK : PZ_FETCH_FATAL;
}

static PzFetchStatus
fetch_part (Fetch   *fetch,
            GError **error)
{
  PzFetchStatus status = PZ_FETCH_OK;
  gboolean start_over = FALSE;
  gboolean resumed;
  GStatBuf info;

  if (g_stat (fetch->part, &info) == 0)
    fetch->have = (guint64) info.st_size;
  if (fetch->have > fetch->file->size)
    fetch->have = 0;
  resumed = fetch->have > 0;
  fetch->progress (fetch->have, fetch->progress_data);

  if (fetch->have < fetch->file->size)
    {
      status = send_request (fetch, resumed, &start_over, error);
      if (start_over)
        {
          fetch->have = 0;
          status = send_request (fetch, FALSE, &start_over, error);
        }
    }

  return status == PZ_FETCH_OK ? check_sum (fetch, resumed, error) : status;
}

PzFetchStatus
pz_fetch_file (SoupSession           *session,
               const char            *url,
               const DsPublishedFile *file,
               const char            *folder,
               GCancellable          *cancellable,
               PzFetchProgressFunc    progress,
               gpointer               progress_data,
               GError               **error)
{
  g_auto(Fetch) fetch = {
    .session = session,
    .url = url,
    .file = file,
    .folder = folder,
    .cancellable = cancellable,
    .progress = progress,
    .progress_data = progress_data,
  };
  g_autofree char *path = g_build_filename (folder, file->name, NULL);
  PzFetchStatus status;
  int lock;

  fetch.host = pz_fetch_get_host (url);
  fetch.part = g_strconcat (path, ".part", NULL);
  if (!lock_part (&fetch, &lock, error))
    return PZ_FETCH_FATAL;

  status = fetch_part (&fetch, error);
  if (status == PZ_FETCH_OK)
    status = take_part (&fetch, lock, path, error);
  unlock_part (&fetch, lock);

  return status;
}
