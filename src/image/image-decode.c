/* image-decode.c: pictures decoded with GdkPixbuf.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <stdlib.h>
#include <string.h>

#include "image/image-ending.h"
#include "image/image-pixels-private.h"
#include "image/image-private.h"

/* Handed to the loader at a time. */
#define BLOCK (64 * 1024)

/* The longer side of a drawing that may have any size. */
#define DRAWING_SIDE 1200

/* A JPEG of more pixels is decoded in half its width and height, or less. */
#define MAX_WHOLE_PIXELS (40u * 1000 * 1000)

typedef struct
{
  const char  *kind;             /* GdkPixbuf's name of the loader */
  ImageReport *report;
  gsize        reduction;        /* the loader makes each side so many times shorter */
  ImageEnding  ending;
} Decoding;

const char *
image_decode_recognise (const guint8 *bytes,
                        gsize         n)
{
  gsize i = 0;

  n = MIN (n, IMAGE_N_LOOK);

  if (n >= 8 && memcmp (bytes, "\x89PNG\r\n\x1a\n", 8) == 0)
    return "png";
  if (n >= 3 && memcmp (bytes, "\xff\xd8\xff", 3) == 0)
    return "jpeg";

  if (n >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    i = 3;
  while (i < n && g_ascii_isspace (bytes[i]))
    i++;

  /* "<svg", "<x:svg" */
  if (i < n && bytes[i] == '<')
    for (; i + 4 <= n; i++)
      if (memcmp (bytes + i, "svg", 3) == 0 && (bytes[i - 1] == '<' || bytes[i - 1] == ':'))
        return "svg";

  return NULL;
}

void
image_decode_restrict (void)
{
  static const char *const kept[] = { "png", "jpeg", "svg", NULL };
  GSList *formats = gdk_pixbuf_get_formats ();

  for (GSList *item = formats; item != NULL; item = item->next)
    {
      g_autofree char *name = gdk_pixbuf_format_get_name (item->data);

      gdk_pixbuf_format_set_disabled (item->data, !g_strv_contains (kept, name));
    }

  g_slist_free (formats);
}

/* Before memory is asked for. */
static void
on_size_prepared (GdkPixbufLoader *loader,
                  int              width,
                  int              height,
                  gpointer         user_data)
{
  Decoding *decoding = user_data;
  const gboolean is_jpeg = strcmp (decoding->kind, "jpeg") == 0;
  const guint64 n_pixels = (guint64) MAX (width, 0) * (guint64) MAX (height, 0);

  decoding->report->width = (guint32) MAX (width, 0);
  decoding->report->height = (guint32) MAX (height, 0);

  if (strcmp (decoding->kind, "svg") == 0 && width > 0 && height > 0)
    {
      double scale = (double) DRAWING_SIDE / (double) MAX (width, height);

      gdk_pixbuf_loader_set_size (loader, MAX (1, (int) (scale * width + 0.5)), MAX (1, (int) (scale * height + 0.5)));
      return;
    }

  /* Without a size the loader gives up before it asks for memory. */
  if (n_pixels == 0 || n_pixels > (is_jpeg ? IMAGE_MAX_PIXELS : IMAGE_MAX_PNG_PIXELS))
    {
      decoding->report->verdict = IMAGE_TOO_LARGE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
      return;
    }

  /* libjpeg's own reduction, of which the rest of the picture is never in memory. */
  while (is_jpeg && n_pixels / (decoding->reduction * decoding->reduction) > MAX_WHOLE_PIXELS &&
         decoding->reduction < 8)
    decoding->reduction *= 2;
  if (decoding->reduction > 1)
    gdk_pixbuf_loader_set_size (loader, (width + (int) decoding->reduction - 1) / (int) decoding->reduction,
                                (height + (int) decoding->reduction - 1) / (int) decoding->reduction);
}

static void
fail_decoding (ImageReport  *report,
               ImageVerdict  verdict,
               const GError *loader_error)
{
  if (report->verdict == IMAGE_TOO_LARGE)
    return;

  report->verdict = g_error_matches (loader_error, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY) ? IMAGE_NO_MEMORY : verdict;
  if (loader_error != NULL)
    g_strlcpy (report->reason, loader_error->message, sizeof report->reason);
}

/* As Cairo has it. */
static void
get_row (guint32 *row,
         gsize    y,
         gpointer user_data)
{
  const GdkPixbuf *pixbuf = user_data;
  const gsize width = (gsize) gdk_pixbuf_get_width (pixbuf);
  const gsize n_channels = (gsize) gdk_pixbuf_get_n_channels (pixbuf);
  const gboolean has_alpha = gdk_pixbuf_get_has_alpha (pixbuf);
  const guint8 *from = gdk_pixbuf_read_pixels (pixbuf) + y * (gsize) gdk_pixbuf_get_rowstride (pixbuf);

  for (gsize x = 0; x < width; x++, from += n_channels)
    {
      guint32 alpha = has_alpha ? from[3] : 255;

      row[x] = alpha << 24 | (from[0] * alpha + 127) / 255 << 16 |
               (from[1] * alpha + 127) / 255 << 8 | (from[2] * alpha + 127) / 255;
    }
}

/* The picture that the loader has, turned as the camera was held. */
static ImagePixels *
take_pixels (GdkPixbufLoader *loader,
             const Decoding  *decoding)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  const char *orientation;
  ImagePixels *pixels;

  if (pixbuf == NULL || gdk_pixbuf_get_bits_per_sample (pixbuf) != 8)
    {
      fail_decoding (decoding->report, IMAGE_DAMAGED, NULL);
      return NULL;
    }

  pixels = image_pixels_new_rows ((gsize) gdk_pixbuf_get_width (pixbuf), (gsize) gdk_pixbuf_get_height (pixbuf),
                                  get_row, pixbuf);
  if (pixels == NULL)
    {
      fail_decoding (decoding->report, IMAGE_NO_MEMORY, NULL);
      return NULL;
    }

  pixels->step *= decoding->reduction;
  orientation = gdk_pixbuf_get_option (pixbuf, "orientation");
  if (orientation != NULL)
    image_pixels_orient (pixels, (guint) CLAMP (atoi (orientation), 0, 8));

  return pixels;
}

static void
follow_ending (Decoding     *decoding,
               const guint8 *bytes,
               gsize         n)
{
  if (strcmp (decoding->kind, "png") == 0)
    image_ending_follow_png (&decoding->ending, bytes, n);
  else if (strcmp (decoding->kind, "jpeg") == 0)
    image_ending_follow_jpeg (&decoding->ending, bytes, n);
}

/* The loader of drawings finds out itself. */
static gboolean
is_whole (const Decoding *decoding)
{
  return strcmp (decoding->kind, "svg") == 0 || decoding->ending.reached;
}

/* The first bytes, as many as it takes to recognise a picture. */
static gsize
read_start (ImageReadFunc read,
            gpointer      user_data,
            guint8       *block)
{
  gsize n = 0;
  gsize more;

  do
    {
      more = read (block + n, BLOCK - n, user_data);
      n += more;
    }
  while (more > 0 && n < IMAGE_N_LOOK);

  return n;
}

ImagePixels *
image_decode (ImageReadFunc read,
              gpointer      user_data,
              ImageReport  *report)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autoptr(GdkPixbufLoader) loader = NULL;
  g_autoptr(GError) error = NULL;
  Decoding decoding = { .report = report, .reduction = 1 };
  gsize n;

  memset (report, 0, sizeof *report);
  n = read_start (read, user_data, block);
  decoding.kind = image_decode_recognise (block, n);
  if (decoding.kind == NULL)
    {
      fail_decoding (report, IMAGE_NO_PICTURE, NULL);
      return NULL;
    }

  loader = gdk_pixbuf_loader_new_with_type (decoding.kind, &error);
  if (loader == NULL)
    {
      fail_decoding (report, IMAGE_NO_LOADER, error);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared), &decoding);

  while (n > 0 && report->verdict != IMAGE_TOO_LARGE && gdk_pixbuf_loader_write (loader, block, n, &error))
    {
      follow_ending (&decoding, block, n);
      n = read (block, BLOCK, user_data);
    }

  /* The last of the work, of a drawing all of it. */
  if (!gdk_pixbuf_loader_close (loader, error != NULL ? NULL : &error) || error != NULL || report->verdict == IMAGE_TOO_LARGE)
    {
      fail_decoding (report, IMAGE_DAMAGED, error);
      return NULL;
    }
  if (!is_whole (&decoding))
    {
      fail_decoding (report, IMAGE_DAMAGED, NULL);
      return NULL;
    }

  return take_pixels (loader, &decoding);
}
