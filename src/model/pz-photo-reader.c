/* pz-photo-reader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-display.h"
#include "model/pz-latest.h"
#include "model/pz-photo-list.h"
#include "model/pz-photo-reader.h"

struct _PzPhotoReader
{
  GObject    parent_instance;

  GPtrArray *items;            /* of PzPhotoItem; none: a photo without a file */
  guint      place;            /* the one that is shown */
  char      *name;
  PzLatest  *readings;         /* lists photos, and reads one */
  PzPhoto   *photo;            /* (nullable) */
  char      *problem;          /* (nullable) */
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzPhotoReader, pz_photo_reader, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* What goes into the thread, and what comes back: a photo, or what photos there are. */
typedef struct
{
  GPtrArray *files;            /* (nullable): of GFile */
  GFile     *file;             /* (nullable) */
  GBytes    *bytes;            /* (nullable) */
  char      *name;

  GPtrArray *items;            /* (nullable): of PzPhotoItem */
  PzPhoto   *photo;            /* (nullable) */
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_pointer (&reading->files, g_ptr_array_unref);
  g_clear_object (&reading->file);
  g_clear_pointer (&reading->bytes, g_bytes_unref);
  g_free (reading->name);
  g_clear_pointer (&reading->items, g_ptr_array_unref);
  g_clear_pointer (&reading->photo, pz_photo_unref);
  g_free (reading);
}

/* Worker thread. */
static gboolean
list_photos (gpointer      data,
             GCancellable *cancellable,
             GError      **error)
{
  Reading *reading = data;

  reading->items = pz_photo_list_read (reading->files, cancellable, error);

  return reading->items != NULL;
}

/* Worker thread. */
static gboolean
read_photo (gpointer      data,
            GCancellable *cancellable,
            GError      **error)
{
  Reading *reading = data;

  reading->photo = reading->file != NULL ? pz_photo_read_file (reading->file, cancellable, error)
                   : pz_photo_read_bytes (reading->bytes, reading->name, cancellable, error);

  return reading->photo != NULL;
}

/* @photo: (transfer full) (nullable); @problem: (nullable): why there is none */
static void
set_result (PzPhotoReader *self,
            PzPhoto       *photo,
            const char    *problem)
{
  g_clear_pointer (&self->photo, pz_photo_unref);
  self->photo = photo;
  g_free (self->problem);
  self->problem = g_strdup (problem);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
set_name (PzPhotoReader *self,
          const char    *name)
{
  char *copy = g_strdup (name);

  g_free (self->name);
  self->name = copy;
}

static void
on_photo_read (gpointer      data,
               const GError *error,
               gpointer      owner)
{
  Reading *reading = data;
  g_autofree char *problem = mlp_display_error (error);

  set_result (owner, g_steal_pointer (&reading->photo), problem);
}

static void
begin_photo (PzPhotoReader *self,
             GFile         *file,
             GBytes        *bytes,
             const char    *name)
{
  Reading *reading = g_new0 (Reading, 1);

  reading->file = file != NULL ? g_object_ref (file) : NULL;
  reading->bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL;
  reading->name = g_strdup (name);
  pz_latest_submit (self->readings, read_photo, reading, reading_free, on_photo_read);
  set_name (self, name);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
read_item (PzPhotoReader *self,
           guint          place)
{
  const PzPhotoItem *item = g_ptr_array_index (self->items, place);

  self->place = place;
  if (item->problem == NULL)
    {
      begin_photo (self, item->file, item->bytes, item->name);
      return;
    }

  pz_latest_cancel (self->readings);
  set_name (self, item->name);
  set_result (self, NULL, item->problem);
}

static void
on_photos_listed (gpointer      data,
                  const GError *error,
                  gpointer      owner)
{
  Reading *reading = data;
  PzPhotoReader *self = owner;
  g_autofree char *problem = mlp_display_error (error);

  if (reading->items == NULL)
    {
      set_result (self, NULL, problem);
      return;
    }

  g_ptr_array_unref (self->items);
  self->items = g_steal_pointer (&reading->items);
  read_item (self, 0);
}

static void
pz_photo_reader_dispose (GObject *object)
{
  PzPhotoReader *self = PZ_PHOTO_READER (object);

  g_clear_pointer (&self->readings, pz_latest_free);

  G_OBJECT_CLASS (pz_photo_reader_parent_class)->dispose (object);
}

static void
pz_photo_reader_finalize (GObject *object)
{
  PzPhotoReader *self = PZ_PHOTO_READER (object);

  g_clear_pointer (&self->items, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->photo, pz_photo_unref);
  g_clear_pointer (&self->problem, g_free);

  G_OBJECT_CLASS (pz_photo_reader_parent_class)->finalize (object);
}

static void
pz_photo_reader_class_init (PzPhotoReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_photo_reader_dispose;
  object_class->finalize = pz_photo_reader_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_photo_reader_init (PzPhotoReader *self)
{
  self->items = g_ptr_array_new ();
  self->name = g_strdup ("");

  /* A file on a server that is gone holds a thread for long. */
  self->readings = pz_latest_new (PZ_LATEST_URGENT | PZ_LATEST_AT_ONCE, self);
}

PzPhotoReader *
pz_photo_reader_new (void)
{
  return g_object_new (PZ_TYPE_PHOTO_READER, NULL);
}

/* The photos before are not gone through any more. */
static void
drop_items (PzPhotoReader *self)
{
  g_ptr_array_set_size (self->items, 0);
  self->place = 0;
}

void
pz_photo_reader_read_files (PzPhotoReader *self,
                            GSList        *files)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  Reading *reading;

  g_return_if_fail (PZ_IS_PHOTO_READER (self));
  g_return_if_fail (files != NULL);

  base = g_file_get_basename (files->data);
  name = mlp_display_filename (base);
  reading = g_new0 (Reading, 1);
  reading->files = g_ptr_array_new_with_free_func (g_object_unref);
  for (; files != NULL; files = files->next)
    g_ptr_array_add (reading->files, g_object_ref (files->data));

  drop_items (self);
  set_name (self, name);
  pz_latest_submit (self->readings, list_photos, reading, reading_free, on_photos_listed);
  g_signal_emit (self, signals[CHANGED], 0);
}

void
pz_photo_reader_read_bytes (PzPhotoReader *self,
                            GBytes        *bytes,
                            const char    *name)
{
  g_return_if_fail (PZ_IS_PHOTO_READER (self));
  g_return_if_fail (bytes != NULL);
  g_return_if_fail (name != NULL);

  drop_items (self);
  begin_photo (self, NULL, bytes, name);
}

gboolean
pz_photo_reader_get_can_go (PzPhotoReader *self,
                            int            step)
{
  gint64 place;

  g_return_val_if_fail (PZ_IS_PHOTO_READER (self), FALSE);

  place = (gint64) self->place + step;

  return place >= 0 && place < self->items->len;
}

void
pz_photo_reader_go (PzPhotoReader *self,
                    int            step)
{
  g_return_if_fail (PZ_IS_PHOTO_READER (self));

  if (pz_photo_reader_get_can_go (self, step))
    read_item (self, (guint) ((int) self->place + step));
}

guint
pz_photo_reader_get_place (PzPhotoReader *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_READER (self), 0);

  return self->place;
}

guint
pz_photo_reader_get_n (PzPhotoReader *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_READER (self), 0);

  return self->items->len;
}

const char *
pz_photo_reader_get_name (PzPhotoReader *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_READER (self), NULL);

  return self->name;
}

gboolean
pz_photo_reader_get_busy (PzPhotoReader *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_READER (self), FALSE);

  return pz_latest_get_busy (self->readings);
}

PzPhoto *
pz_photo_reader_peek_photo (PzPhotoReader *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_READER (self), NULL);

  return self->photo;
}

const char *
pz_photo_reader_get_problem (PzPhotoReader *self)
{
  g_return_val_if_fail (PZ_IS_PHOTO_READER (self), NULL);

  return self->problem;
}
