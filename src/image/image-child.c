/* image-child.c: pictures decoded in a process of their own.
 *
 * The program starts itself again, with an option that only it knows. The two talk
 * through a socket: down go pieces of the file, each with its length before it, and a
 * length of 0; up comes a report and, where there is one, the picture. What comes up is
 * checked, too: it was made from a file from outside.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "image/image-private.h"
#include "image/image-read.h"

/* The first argument of a program that is to decode; the second is the language of
 * messages. */
#define OPTION "--decode-pictures"

/* The end of the socket that is the child's. */
#define CHILD_FD STDIN_FILENO

#define PIECE (64 * 1024)

/* A child that has decoded as many is let go: what libraries lose adds up. */
#define MAX_PICTURES 1000

/* Memory that a sanitizer needs is not counted by any limit of use. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SANITIZED 1
#elif defined(__has_feature)
#if __has_feature (address_sanitizer) || __has_feature (thread_sanitizer)
#define SANITIZED 1
#endif
#endif
#ifndef SANITIZED
#define SANITIZED 0
#endif

/* What goes up. The pixels of a picture follow. */
typedef struct
{
  ImageReport report;
  guint32     width;          /* of the picture as it is handed over */
  guint32     height;
  guint32     step;
  guint32     goes_on;        /* another picture may be asked about */
} Answer;

static gboolean initialised;

/* --- the child --- */

typedef struct
{
  guint32  left;              /* of the piece that was begun */
  gboolean ended;
} Question;

static gboolean
read_all (gpointer bytes,
          gsize    n)
{
  for (gsize done = 0; done < n;)
    {
      gssize more = read (CHILD_FD, (guint8 *) bytes + done, n - done);

      if (more == 0 || (more < 0 && errno != EINTR))
        return FALSE;
      done += (gsize) MAX (more, 0);
    }

  return TRUE;
}

static gboolean
write_all (gconstpointer bytes,
           gsize         n)
{
  for (gsize done = 0; done < n;)
    {
      gssize more = send (CHILD_FD, (const guint8 *) bytes + done, n - done, MSG_NOSIGNAL);

      if (more < 0 && errno != EINTR)
        return FALSE;
      done += (gsize) MAX (more, 0);
    }

  return TRUE;
}

/* For image_decode(). Without a parent there is nobody to decode for. */
static gsize
read_piece (guint8  *block,
            gsize    size,
            gpointer user_data)
{
  Question *question = user_data;
  gsize n;

  if (question->left == 0 && !question->ended)
    {
      if (!read_all (&question->left, sizeof question->left))
        _exit (0);
      question->ended = question->left == 0;
    }

  n = MIN (size, question->left);
  if (n > 0 && !read_all (block, n))
    _exit (0);
  question->left -= (guint32) n;

  return n;
}

/* The seconds of the processor are those of one picture; of them the limit counts whole ones. */
static void
allow_more_time (void)
{
  struct rusage used;
  struct rlimit limit;

  if (getrusage (RUSAGE_SELF, &used) != 0 || getrlimit (RLIMIT_CPU, &limit) != 0)
    return;

  limit.rlim_cur = (rlim_t) (used.ru_utime.tv_sec + used.ru_stime.tv_sec +
                             (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000000) + IMAGE_MAX_CPU;
  setrlimit (RLIMIT_CPU, &limit);
}

static void
limit_resource (int    resource,
                rlim_t most)
{
  const struct rlimit limit = { most, most };

  setrlimit ((__rlimit_resource_t) resource, &limit);
}

/* Whether the parent may ask again: it has said all of its question. */
static gboolean
serve_request (void)
{
  Question question = { 0, FALSE };
  Answer answer = { .step = 0 };
  g_autoptr(ImagePixels) pixels = NULL;
  struct pollfd socket = { .fd = CHILD_FD, .events = POLLIN };

  while (poll (&socket, 1, -1) < 0 && errno == EINTR)
    continue;

  allow_more_time ();
  pixels = image_decode (read_piece, &question, &answer.report);
  if (pixels != NULL)
    {
      answer.width = (guint32) pixels->width;
      answer.height = (guint32) pixels->height;
      answer.step = (guint32) pixels->step;
    }

  answer.goes_on = question.ended;

  return write_all (&answer, sizeof answer) &&
         (pixels == NULL || write_all (pixels->rgb, pixels->width * pixels->height * sizeof *pixels->rgb)) &&
         question.ended;
}

void
image_read_init (int   argc,
                 char *argv[])
{
  initialised = TRUE;
  if (argc != 3 || strcmp (argv[1], OPTION) != 0)
    return;

  prctl (PR_SET_NAME, "pz-picture");
  setlocale (LC_CTYPE, "C.UTF-8");
  setlocale (LC_MESSAGES, argv[2]);

  /* What it takes itself; libraries that are mapped do not count. */
  if (!SANITIZED)
    limit_resource (RLIMIT_DATA, IMAGE_MAX_MEMORY);
  limit_resource (RLIMIT_CORE, 0);
  signal (SIGXFSZ, SIG_IGN);     /* fontconfig can do without its cache */
  limit_resource (RLIMIT_FSIZE, 0);
  image_decode_restrict ();

  while (serve_request ())
    continue;

  _exit (0);
}

/* --- the parent --- */

typedef struct
{
  GSubprocess *process;
  int          fd;
  int          nice;          /* that of the thread that started it */
  guint        n_pictures;
} Child;

/* The child that waits for the next picture. */
static GMutex idle_mutex;
static Child *idle;

static void
child_free (Child *child)
{
  g_subprocess_force_exit (child->process);
  g_object_unref (child->process);
  close (child->fd);
  g_free (child);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Child, child_free)

/* On Linux that of the thread, which a child inherits. */
static int
get_nice (void)
{
  return getpriority (PRIO_PROCESS, 0);
}

static Child *
child_new (GError **error)
{
  const char *language = setlocale (LC_MESSAGES, NULL);
  const char *const argv[] = { "/proc/self/exe", OPTION, language != NULL ? language : "C", NULL };
  g_autoptr(GSubprocessLauncher) launcher = NULL;
  g_autoptr(GError) own_error = NULL;
  Child *child;
  int fds[2];

  if (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("Images cannot be decoded: %s"), g_strerror (errno));
      return NULL;
    }

  launcher = g_subprocess_launcher_new (SANITIZED ? G_SUBPROCESS_FLAGS_NONE
                                                  : G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_subprocess_launcher_take_stdin_fd (launcher, fds[1]);

  child = g_new0 (Child, 1);
  child->fd = fds[0];
  child->nice = get_nice ();
  child->process = g_subprocess_launcher_spawnv (launcher, argv, &own_error);
  if (child->process == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("Images cannot be decoded: %s"), own_error->message);
      close (child->fd);
      g_clear_pointer (&child, g_free);
    }

  return child;
}

/* (transfer full): the one that waits, where it is as quick as this thread, or a new one */
static Child *
take_child (GError **error)
{
  g_autoptr(Child) child = NULL;

  g_mutex_lock (&idle_mutex);
  child = g_steal_pointer (&idle);
  g_mutex_unlock (&idle_mutex);

  if (child != NULL && child->nice <= get_nice ())
    return g_steal_pointer (&child);

  return child_new (error);
}

/* Takes @child, which has answered and read all of the question. */
static void
return_child (Child *child)
{
  g_autoptr(Child) replaced = NULL;

  if (++child->n_pictures == MAX_PICTURES)
    {
      child_free (child);
      return;
    }

  g_mutex_lock (&idle_mutex);
  replaced = idle;
  idle = child;
  g_mutex_unlock (&idle_mutex);
}

/* One picture that is decoded. */
typedef struct
{
  Child        *child;
  const char   *name;
  GCancellable *cancellable;
  GPollFD       cancel_fd;      /* −1 without */
  gint64        deadline;
  GError      **error;
} Job;

static gboolean
set_cancelled (const Job *job)
{
  g_set_error (job->error, MLP_ERROR, MLP_ERROR_CANCELLED, _("Reading “%s” was cancelled"), job->name);

  return FALSE;
}

static gboolean
set_too_slow (const Job *job)
{
  g_set_error (job->error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
               _("Decoding “%s” takes too long; save it in a simpler format, such as PNG"), job->name);

  return FALSE;
}

/* Says why the child has ended; always FALSE. */
static gboolean
set_ended (const Job *job)
{
  GSubprocess *process = job->child->process;
  int number;

  g_subprocess_force_exit (process);
  g_subprocess_wait (process, NULL, NULL);
  number = g_subprocess_get_if_signaled (process) ? g_subprocess_get_term_sig (process) : 0;

  if (number == SIGXCPU)
    return set_too_slow (job);
  if (SANITIZED && number == 0)
    g_critical ("The process that decodes pictures ended with status %d", g_subprocess_get_exit_status (process));

  g_set_error (job->error, MLP_ERROR, MLP_ERROR_FORMAT,
               _("“%s” could not be decoded: it is damaged, or needs more than %u MB of memory"),
               job->name, IMAGE_MAX_MEMORY / 1024 / 1024);

  return FALSE;
}

/* Waits until the socket is ready, for one of @events; *@ready says for which. */
static gboolean
wait_for_socket (const Job *job,
                 short      events,
                 short     *ready)
{
  struct pollfd fds[2] = { { .fd = job->child->fd, .events = events },
                           { .fd = job->cancel_fd.fd, .events = POLLIN } };
  gint64 left;
  int n;

  do
    {
      if (g_cancellable_is_cancelled (job->cancellable))
        return set_cancelled (job);

      left = (job->deadline - g_get_monotonic_time ()) / 1000;
      n = left > 0 ? poll (fds, G_N_ELEMENTS (fds), (int) left) : 0;
      if (n == 0)
        return set_too_slow (job);
      if (n < 0 && errno != EINTR)
        return set_ended (job);
    }
  while (n < 0 || fds[0].revents == 0);

  *ready = fds[0].revents;

  return TRUE;
}

static gboolean
receive_bytes (const Job *job,
               gpointer   bytes,
               gsize      n)
{
  for (gsize done = 0; done < n;)
    {
      short ready;
      gssize more;

      if (!wait_for_socket (job, POLLIN, &ready))
        return FALSE;

      more = recv (job->child->fd, (guint8 *) bytes + done, n - done, MSG_DONTWAIT);
      if (more == 0 || (more < 0 && errno != EINTR && errno != EAGAIN))
        return set_ended (job);
      done += (gsize) MAX (more, 0);
    }

  return TRUE;
}

/* *@answered: the child has said something instead of listening on */
static gboolean
send_bytes (const Job    *job,
            gconstpointer bytes,
            gsize         n,
            gboolean     *answered)
{
  for (gsize done = 0; done < n;)
    {
      short ready;
      gssize more;

      if (!wait_for_socket (job, POLLIN | POLLOUT, &ready))
        return FALSE;

      *answered = (ready & (POLLIN | POLLHUP | POLLERR)) != 0;
      if (*answered)
        return TRUE;

      more = send (job->child->fd, (const guint8 *) bytes + done, n - done, MSG_DONTWAIT | MSG_NOSIGNAL);
      if (more < 0 && (errno == EPIPE || errno == ECONNRESET))
        {
          *answered = TRUE;     /* since it was asked, and the child ended */
          return TRUE;
        }
      if (more < 0 && errno != EINTR && errno != EAGAIN)
        return set_ended (job);
      done += (gsize) MAX (more, 0);
    }

  return TRUE;
}

/* The next %PIECE bytes, or what is left: *@n. */
static gboolean
read_file (Job          *job,
           GInputStream *stream,
           guint8       *piece,
           gsize        *n)
{
  g_autoptr(GError) own_error = NULL;
  const gint64 begun = g_get_monotonic_time ();

  /* Not each stream looks itself. */
  if (g_cancellable_set_error_if_cancelled (job->cancellable, &own_error) ||
      !g_input_stream_read_all (stream, piece, PIECE, n, job->cancellable, &own_error))
    {
      if (g_error_matches (own_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return set_cancelled (job);
      g_set_error (job->error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be read: %s"), job->name, own_error->message);
      return FALSE;
    }

  /* A slow disk is not the picture's fault. */
  job->deadline += g_get_monotonic_time () - begun;

  return TRUE;
}

/* The whole file, of which @piece are the first @n bytes, or as much of it as the child
 * wants to see. */
static gboolean
send_file (Job          *job,
           GInputStream *stream,
           guint8       *piece,
           gsize         n,
           gboolean     *answered)
{
  for (;;)
    {
      const guint32 length = (guint32) n;

      if (!send_bytes (job, &length, sizeof length, answered) ||
          (!*answered && !send_bytes (job, piece, n, answered)))
        return FALSE;
      if (n == 0 || *answered)
        return TRUE;
      if (!read_file (job, stream, piece, &n))
        return FALSE;
    }
}

static gboolean
check_answer (const Job    *job,
              const Answer *answer)
{
  const gboolean has_pixels = answer->width > 0;

  if (answer->report.verdict <= IMAGE_NO_MEMORY &&
      memchr (answer->report.reason, '\0', sizeof answer->report.reason) != NULL &&
      has_pixels == (answer->report.verdict == IMAGE_DECODED) &&
      answer->width <= IMAGE_MAX_SIDE && answer->height <= IMAGE_MAX_SIDE &&
      has_pixels == (answer->height > 0) && has_pixels == (answer->step > 0))
    return TRUE;

  return set_ended (job);
}

static ImagePixels *
receive_pixels (const Job    *job,
                const Answer *answer)
{
  g_autoptr(ImagePixels) pixels = g_new0 (ImagePixels, 1);

  pixels->width = answer->width;
  pixels->height = answer->height;
  pixels->step = answer->step;
  pixels->rgb = g_new (guint32, pixels->width * pixels->height);

  return receive_bytes (job, pixels->rgb, pixels->width * pixels->height * sizeof *pixels->rgb) ? g_steal_pointer (&pixels) : NULL;
}

static ImagePixels *
run_job (Job          *job,
         GInputStream *stream,
         ImageReport  *report)
{
  g_autofree guint8 *piece = g_malloc (PIECE);
  ImagePixels *pixels = NULL;
  gboolean answered = FALSE;
  Answer answer;
  gsize n;

  if (!read_file (job, stream, piece, &n))
    return NULL;
  if (image_decode_recognise (piece, n) == NULL)
    {
      memset (report, 0, sizeof *report);
      report->verdict = IMAGE_NO_PICTURE;
      return NULL;
    }

  job->child = take_child (job->error);
  if (job->child == NULL)
    return NULL;

  if (!send_file (job, stream, piece, n, &answered) ||
      !receive_bytes (job, &answer, sizeof answer) || !check_answer (job, &answer))
    return NULL;

  if (answer.report.verdict == IMAGE_DECODED)
    {
      pixels = receive_pixels (job, &answer);
      if (pixels == NULL)
        return NULL;
    }

  *report = answer.report;
  if (!answered && answer.goes_on)
    return_child (g_steal_pointer (&job->child));

  return pixels;
}

ImagePixels *
image_child_decode (GInputStream *stream,
                    const char   *name,
                    GCancellable *cancellable,
                    ImageReport  *report,
                    GError      **error)
{
  Job job = { .name = name, .cancellable = cancellable, .cancel_fd.fd = -1, .error = error };
  ImagePixels *pixels;

  /* Otherwise it would not decode when it is started again, but do whatever it does. */
  g_return_val_if_fail (initialised, NULL);

  job.deadline = g_get_monotonic_time () + IMAGE_MAX_TIME * G_TIME_SPAN_SECOND;
  if (cancellable != NULL && !g_cancellable_make_pollfd (cancellable, &job.cancel_fd))
    job.cancel_fd.fd = -1;

  pixels = run_job (&job, stream, report);

  if (job.cancel_fd.fd >= 0)
    g_cancellable_release_fd (cancellable);
  g_clear_pointer (&job.child, child_free);

  return pixels;
}
