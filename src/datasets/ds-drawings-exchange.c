/* ds-drawings-exchange.c: drawings go out as pictures, and come in from any data set.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include "core/mlp-error.h"
#include "datasets/ds-drawings.h"
#include "datasets/ds-open.h"
#include "datasets/ds-png.h"
#include "datasets/ds-set.h"
#include "io/io-replace.h"

static gboolean
make_folder (const char *path,
             GError    **error)
{
  int saved;

  if (g_mkdir_with_parents (path, 0755) == 0)
    return TRUE;

  saved = errno;
  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("The folder “%s” could not be made: %s"),
               path, g_strerror (saved));

  return FALSE;
}

static gboolean
write_picture (const char   *folder,
               const guint8 *picture,
               guint         label,
               gsize         number,
               GError      **error)
{
  g_autofree char *class_name = g_strdup_printf ("%u", label);
  g_autofree char *class_folder = g_build_filename (folder, class_name, NULL);
  g_autofree char *name = g_strdup_printf ("%04" G_GSIZE_FORMAT ".png", number);
  g_autofree char *path = g_build_filename (class_folder, name, NULL);
  g_autoptr(GByteArray) bytes = NULL;
  IoPiece piece;

  if (!make_folder (class_folder, error))
    return FALSE;

  bytes = ds_png_make (picture, INK_FRAME_SIDE, INK_FRAME_SIDE);
  piece = (IoPiece) { bytes->data, bytes->len };

  return io_replace (path, &piece, 1, IO_REPLACE_NEW | IO_REPLACE_UNSYNCED, error);
}

gboolean
ds_drawings_export (const DsDrawings *self,
                    const char       *folder,
                    GError          **error)
{
  gsize numbers[256] = { 0 };
  int saved;

  g_return_val_if_fail (self != NULL && folder != NULL, FALSE);

  if (!make_folder (folder, error))
    return FALSE;

  for (gsize i = 0; i < ds_drawings_get_n (self); i++)
    {
      guint label = ds_drawings_get_label (self, i);

      if (!write_picture (folder, ds_drawings_peek_picture (self, i), label, ++numbers[label], error))
        return FALSE;
    }

  if (io_folder_sync_all (folder))
    return TRUE;

  saved = errno;
  g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be saved: %s"), folder, g_strerror (saved));

  return FALSE;
}

DsDrawings *
ds_drawings_import (const char *source,
                    GError    **error)
{
  g_autoptr(DsSet) set = NULL;
  g_autoptr(DsDrawings) drawings = ds_drawings_new ();
  gsize n;

  g_return_val_if_fail (source != NULL, NULL);

  set = ds_open (source, NULL, NULL, error);
  if (set == NULL)
    return NULL;

  if (set->rows != INK_FRAME_SIDE || set->columns != INK_FRAME_SIDE)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("“%s” has no pictures of 28 × 28 pixels; only such can become drawings"), source);
      return NULL;
    }

  n = mlp_samples_get_n (set->samples);
  if (n > DS_DRAWINGS_MAX)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("“%s” has %zu pictures; there can be %d drawings. Open it as data instead."),
                   source, n, DS_DRAWINGS_MAX);
      return NULL;
    }

  for (gsize i = 0; i < n; i++)
    ds_drawings_add (drawings, mlp_samples_peek_bytes (set->samples, i),
                     (guint8) mlp_samples_get_class (set->samples, i));

  return g_steal_pointer (&drawings);
}
