/* ds-drawings-folder.c: a folder of drawings, of which one process at a time reads or writes the
 * two files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/mlp-error.h"
#include "datasets/ds-drawings-private.h"
#include "io/io-lock.h"
#include "io/io-replace.h"

/* Of a save that is decided, or nearly: the name of a part with these endings. */
#define IMAGES_SUFFIX ".images"
#define LABELS_SUFFIX ".labels"

/* The same, of earlier versions of the program. */
#define OLD_IMAGES_PART "images.part"
#define OLD_LABELS_PART "labels.part"
#define OLD_LABELS_NEW  "labels.new"

/* In s: where there are no locks, a save that began earlier is taken for interrupted. */
#define INTERRUPTED_AGE 60

static gboolean
file_exists (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static gboolean
move_file (const char *folder,
           const char *from,
           const char *to,
           GError    **error)
{
  g_autofree char *from_path = g_build_filename (folder, from, NULL);
  g_autofree char *to_path = g_build_filename (folder, to, NULL);
  int saved;

  if (g_rename (from_path, to_path) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” could not be renamed to “%s”: %s"),
               from_path, to, g_strerror (saved));

  return FALSE;
}

static gboolean
remove_file (const char *folder,
             const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_unlink (path) == 0;
}

/* A save would replace a part of what other programs take for one data set. */
static gboolean
check_folder (const char *folder,
              GError    **error)
{
  static const char *const others[] = {
    "t10k-images-idx3-ubyte", "t10k-images-idx3-ubyte.gz", "t10k-images.idx3-ubyte",
    "train-images-idx3-ubyte.gz", "train-images.idx3-ubyte", "mnist.pkl.gz",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (file_exists (folder, others[i]))
      {
        g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                     _("“%s” holds another data set (“%s”), which will not be modified; choose an empty folder for the "
                       "drawings"), folder, others[i]);
        return FALSE;
      }

  return TRUE;
}

/* --- one process at a time --- */

/* @lock: −1 where there can be none: nobody writes into a folder that is missing or
 * read-only. */
static gboolean
lock_folder (const char *folder,
             int        *lock,
             GError    **error)
{
  if (io_lock (folder, IO_LOCK_TIMEOUT, lock) != IO_LOCK_BUSY)
    return TRUE;

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN,
               _("The drawings in “%s” are being written by another program. Try again when it has finished."), folder);

  return FALSE;
}

/* --- saves that were interrupted --- */

/* (transfer full): the names in the folder that end in @suffix and are ours */
static GPtrArray *
find_ours (const char *folder,
           const char *suffix)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, IO_PART_PREFIX) && g_str_has_suffix (name, suffix))
      g_ptr_array_add (names, g_strdup (name));

  return names;
}

/* (transfer full): of the images that belong to these labels */
static char *
get_images_name (const char *labels_name)
{
  g_autofree char *stem = g_strndup (labels_name, strlen (labels_name) - strlen (LABELS_SUFFIX));

  return g_strconcat (stem, IMAGES_SUFFIX, NULL);
}

static gboolean
is_old (const char *folder,
        const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  GStatBuf info;

  return g_stat (path, &info) == 0 && info.st_ctime + INTERRUPTED_AGE < time (NULL);
}

/* The second half of a save, from where it was decided. */
static gboolean
finish_save (const char *folder,
             const char *images,
             const char *labels,
             GError    **error)
{
  return (!file_exists (folder, images) || move_file (folder, images, DS_DRAWINGS_IMAGES, error)) &&
         move_file (folder, labels, DS_DRAWINGS_LABELS, error);
}

/* Ends what was decided, takes back what was not. Without a lock it may be another one's,
 * and still going on: then only what is old. */
static gboolean
recover_saves (const char *folder,
               gboolean    locked,
               GError    **error)
{
  g_autoptr(GPtrArray) decided = find_ours (folder, LABELS_SUFFIX);
  g_autoptr(GPtrArray) images = NULL;

  for (guint i = 0; i < decided->len; i++)
    {
      const char *labels_name = g_ptr_array_index (decided, i);
      g_autofree char *images_name = get_images_name (labels_name);

      if ((locked || is_old (folder, labels_name)) && !finish_save (folder, images_name, labels_name, error))
        return FALSE;
    }

  if (file_exists (folder, OLD_LABELS_NEW) && !finish_save (folder, OLD_IMAGES_PART, OLD_LABELS_NEW, error))
    return FALSE;

  if (!locked)
    return TRUE;

  images = find_ours (folder, IMAGES_SUFFIX);
  for (guint i = 0; i < images->len; i++)
    remove_file (folder, g_ptr_array_index (images, i));
  remove_file (folder, OLD_LABELS_PART);
  remove_file (folder, OLD_IMAGES_PART);
  io_part_clear_stale (folder);

  return TRUE;
}

DsDrawings *
ds_drawings_load (const char *folder,
                  guint64    *state,
                  GError    **error)
{
  DsDrawings *drawings;
  int lock;

  g_return_val_if_fail (folder != NULL, NULL);

  if (!check_folder (folder, error) || !lock_folder (folder, &lock, error))
    return NULL;

  drawings = recover_saves (folder, lock >= 0, error) ? ds_drawings_read_files (folder, state, error) : NULL;
  io_lock_release (lock);

  return drawings;
}

static gboolean
set_write_error (const char *folder,
                 const char *name,
                 const char *reason,
                 GError    **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” could not be saved: %s"), path, reason);

  return FALSE;
}

/* @part: written and on the disk; closed where it fails */
static gboolean
write_part (const char       *folder,
            int               fd,
            const char       *name,
            const GByteArray *contents,
            IoPart           *part,
            GError          **error)
{
  const IoPiece piece = { contents->data, contents->len };
  g_autoptr(GError) reason = NULL;

  if (!io_replace_open_part (part, fd, name, &reason))
    return set_write_error (folder, name, reason->message, error);

  if (io_part_write (part, &piece, 1) && io_part_finish (part, TRUE))
    return TRUE;

  set_write_error (folder, name, g_strerror (errno), error);
  io_part_discard (part);

  return FALSE;
}

/* Takes back a save of which no file took its place yet. Returns: whether it could */
static gboolean
undo_save (const char *folder,
           const char *images_name,
           const char *labels_name)
{
  return (remove_file (folder, labels_name) || !file_exists (folder, labels_name)) && remove_file (folder, images_name);
}

/* @decided: (out): whether the next load or save will finish what this one did not */
static gboolean
replace_pair (const char *folder,
              int         fd,
              IoPart     *images,
              IoPart     *labels,
              gboolean   *decided,
              GError    **error)
{
  g_autofree char *labels_name = g_strconcat (labels->name, LABELS_SUFFIX, NULL);
  g_autofree char *images_name = g_strconcat (labels->name, IMAGES_SUFFIX, NULL);

  *decided = FALSE;
  if (!io_part_rename (images, images_name))
    return set_write_error (folder, DS_DRAWINGS_IMAGES, g_strerror (errno), error);

  /* Here it is decided. */
  if (!io_part_rename (labels, labels_name) || !io_part_sync_folder (fd))
    {
      set_write_error (folder, DS_DRAWINGS_LABELS, g_strerror (errno), error);
      *decided = !undo_save (folder, images_name, labels_name) && file_exists (folder, labels_name);
      return FALSE;
    }

  if (!move_file (folder, images_name, DS_DRAWINGS_IMAGES, error))
    {
      *decided = !undo_save (folder, images_name, labels_name) && file_exists (folder, labels_name);
      return FALSE;
    }

  *decided = TRUE;

  return move_file (folder, labels_name, DS_DRAWINGS_LABELS, error) &&
         (io_part_sync_folder (fd) || set_write_error (folder, DS_DRAWINGS_LABELS, g_strerror (errno), error));
}

static gboolean
write_pair (const DsDrawings *drawings,
            const char       *folder,
            guint64          *state,
            GError          **error)
{
  g_autoptr(GByteArray) image_bytes = ds_drawings_make_file (drawings, 3);
  g_autoptr(GByteArray) label_bytes = ds_drawings_make_file (drawings, 1);
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  IoPart images = IO_PART_INIT;
  IoPart labels = IO_PART_INIT;
  gboolean decided = FALSE;
  gboolean done;

  if (fd < 0)
    return set_write_error (folder, DS_DRAWINGS_LABELS, g_strerror (errno), error);

  done = write_part (folder, fd, DS_DRAWINGS_LABELS, label_bytes, &labels, error) &&
         write_part (folder, fd, DS_DRAWINGS_IMAGES, image_bytes, &images, error) &&
         replace_pair (folder, fd, &images, &labels, &decided, error);
  io_part_discard (&images);
  io_part_discard (&labels);
  close (fd);

  /* What is decided is what the next one finds, also where it has to finish it. */
  if (done || decided)
    *state = ds_drawings_predict_state (image_bytes, label_bytes);

  return done;
}

/* What another program wrote since, together with what changed here.
 * Returns: (transfer full) (nullable) */
static DsDrawings *
merge_with_folder (const DsDrawings *mine,
                   const DsDrawings *base,
                   const char       *folder,
                   guint64          *state,
                   GError          **error)
{
  g_autoptr(DsDrawings) theirs = ds_drawings_read_files (folder, state, error);
  DsDrawings *merged;

  if (theirs == NULL)
    return NULL;

  merged = ds_drawings_merge (base, mine, theirs);
  if (merged == NULL)
    g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                 _("Another program added drawings to “%s”; together with yours there are more than %d. Remove some and "
                   "try again."), folder, DS_DRAWINGS_MAX);

  return merged;
}

static gboolean
save_locked (const DsDrawings *self,
             const DsDrawings *base,
             const char       *folder,
             guint64          *state,
             DsDrawings      **merged,
             GError          **error)
{
  g_autoptr(DsDrawings) both = NULL;
  guint64 theirs, written;
  gboolean done;

  if (ds_drawings_find_state (folder) == *state)
    return write_pair (self, folder, state, error);

  if (base == NULL)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
                   _("The drawings in “%s” were changed by another program after they were read; they will not be "
                     "overwritten. Open the folder again."), folder);
      return FALSE;
    }

  both = merge_with_folder (self, base, folder, &theirs, error);
  if (both == NULL)
    return FALSE;

  written = theirs;
  done = write_pair (both, folder, &written, error);
  if (done || written != theirs)
    {
      *merged = g_steal_pointer (&both);
      *state = written;
    }

  return done;
}

static gboolean
save_folder (const DsDrawings *self,
             const DsDrawings *base,
             const char       *folder,
             guint64          *state,
             DsDrawings      **merged,
             GError          **error)
{
  gboolean done;
  int lock;

  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      int saved = errno;

      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("The folder “%s” could not be created: %s"),
                   folder, g_strerror (saved));
      return FALSE;
    }

  if (!check_folder (folder, error) || !lock_folder (folder, &lock, error))
    return FALSE;

  done = recover_saves (folder, lock >= 0, error) && save_locked (self, base, folder, state, merged, error);
  io_lock_release (lock);

  return done;
}

gboolean
ds_drawings_save (const DsDrawings *self,
                  const char       *folder,
                  guint64          *state,
                  GError          **error)
{
  g_return_val_if_fail (self != NULL && folder != NULL && state != NULL, FALSE);

  return save_folder (self, NULL, folder, state, NULL, error);
}

gboolean
ds_drawings_save_merged (const DsDrawings *self,
                         const DsDrawings *base,
                         const char       *folder,
                         guint64          *state,
                         DsDrawings      **merged,
                         GError          **error)
{
  g_return_val_if_fail (self != NULL && base != NULL, FALSE);
  g_return_val_if_fail (folder != NULL && state != NULL && merged != NULL, FALSE);

  *merged = NULL;

  return save_folder (self, base, folder, state, merged, error);
}
