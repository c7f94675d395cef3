/* fixture.c: folders with small data sets.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <zlib.h>

#include "core/mlp-error.h"
#include "datasets/ds-open.h"
#include "fixture.h"

char *
fixture_make_folder (const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("perzeptron-XXXXXX-%s", name);
  g_autoptr(GError) error = NULL;
  char *folder = g_dir_make_tmp (pattern, &error);

  g_assert_no_error (error);

  return folder;
}

void
fixture_remove (char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        {
          fixture_remove (path);
        }
      else
        {
          g_assert_cmpint (g_remove (path), ==, 0);
          g_free (path);
        }
    }
  g_dir_close (dir);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_free (folder);
}

static void
add_number (GByteArray *bytes,
            guint32     number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof (number));
}

guint8
fixture_pixel (gsize i,
               gsize k)
{
  return (guint8) (31 * i + 7 * k * k + k);
}

GByteArray *
fixture_images (guint32 n,
                guint32 rows,
                guint32 columns)
{
  GByteArray *bytes = g_byte_array_new ();

  add_number (bytes, 0x803);
  add_number (bytes, n);
  add_number (bytes, rows);
  add_number (bytes, columns);
  for (gsize i = 0; i < n; i++)
    for (gsize k = 0; k < (gsize) rows * columns; k++)
      {
        guint8 byte = fixture_pixel (i, k);

        g_byte_array_append (bytes, &byte, 1);
      }

  return bytes;
}

GByteArray *
fixture_labels (guint32 n,
                guint   n_classes,
                guint   first)
{
  GByteArray *bytes = g_byte_array_new ();

  add_number (bytes, 0x801);
  add_number (bytes, n);
  for (gsize i = 0; i < n; i++)
    {
      guint8 byte = (guint8) (first + i % n_classes);

      g_byte_array_append (bytes, &byte, 1);
    }

  return bytes;
}

GByteArray *
fixture_gzip (const guint8 *data,
              gsize         size)
{
  GByteArray *packed = g_byte_array_new ();
  z_stream z = { 0 };

  g_assert_cmpint (deflateInit2 (&z, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY), ==, Z_OK);
  g_byte_array_set_size (packed, (guint) deflateBound (&z, size));
  z.next_in = (Bytef *) data;
  z.avail_in = (uInt) size;
  z.next_out = packed->data;
  z.avail_out = packed->len;
  g_assert_cmpint (deflate (&z, Z_FINISH), ==, Z_STREAM_END);
  g_byte_array_set_size (packed, (guint) z.total_out);
  deflateEnd (&z);

  return packed;
}

void
fixture_write_raw (const char   *folder,
                   const char   *name,
                   const guint8 *data,
                   gsize         size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  FILE *file;

  /* A new file each time: one that is overwritten would be flushed to the
   * disk, which takes its time. */
  g_remove (path);
  file = g_fopen (path, "wb");
  g_assert_nonnull (file);
  g_assert_cmpuint (fwrite (data, 1, size, file), ==, size);
  g_assert_cmpint (fclose (file), ==, 0);
}

void
fixture_write (const char   *folder,
               const char   *name,
               const guint8 *data,
               gsize         size)
{
  if (g_str_has_suffix (name, ".gz"))
    {
      g_autoptr(GByteArray) packed = fixture_gzip (data, size);

      fixture_write_raw (folder, name, packed->data, packed->len);
    }
  else
    fixture_write_raw (folder, name, data, size);
}

void
fixture_write_bytes (const char *folder,
                     const char *name,
                     GByteArray *bytes)
{
  fixture_write (folder, name, bytes->data, bytes->len);
  g_byte_array_unref (bytes);
}

void
fixture_write_text (const char *folder,
                    const char *name,
                    const char *text)
{
  fixture_write (folder, name, (const guint8 *) text, strlen (text));
}

void
fixture_delete (const char *folder,
                const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_cmpint (g_remove (path), ==, 0);
}

void
fixture_write_mnist (const char *folder,
                     const char *train_images,
                     const char *train_labels,
                     const char *test_images,
                     const char *test_labels)
{
  fixture_write_bytes (folder, train_images, fixture_images (FIXTURE_N_TRAIN, FIXTURE_ROWS, FIXTURE_COLUMNS));
  fixture_write_bytes (folder, train_labels, fixture_labels (FIXTURE_N_TRAIN, 10, 0));
  fixture_write_bytes (folder, test_images, fixture_images (FIXTURE_N_TEST, FIXTURE_ROWS, FIXTURE_COLUMNS));
  fixture_write_bytes (folder, test_labels, fixture_labels (FIXTURE_N_TEST, 10, 0));
}

void
fixture_assert_refused (const char *folder,
                        const char *name,
                        int         code,
                        const char *pattern)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;
  DsSet *set = ds_open (path, NULL, NULL, &error);

  g_assert_null (set);
  g_assert_error (error, MLP_ERROR, code);
  if (!g_pattern_match_simple (pattern, error->message))
    g_error ("“%s” does not match “%s”", error->message, pattern);
}
