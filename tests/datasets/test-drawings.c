/* test-drawings.c: a person's own drawings, kept, found again, and added to others.
 *
 * What lies in the folder is compared with bytes that the test writes down
 * itself, from the description of IDX.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "datasets/ds-drawings.h"
#include "datasets/ds-extra-samples.h"
#include "datasets/ds-open.h"
#include "fixture.h"
#include "test-util.h"

#define test_assert_match(text, pattern) \
  G_STMT_START { \
    if (!g_pattern_match_simple ((pattern), (text))) \
    g_error ("“%s” does not match “%s”", (text), (pattern)); \
  } G_STMT_END

#define IMAGES "train-images-idx3-ubyte"
#define LABELS "train-labels-idx1-ubyte"

typedef struct
{
  char *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->folder = fixture_make_folder ("drawings");
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  fixture_remove (f->folder);
}

/* Drawings that tell each other apart: pixel k of drawing i is (i · 7 + k) mod 251. */
static DsDrawings *
make_drawings (gsize n)
{
  DsDrawings *drawings = ds_drawings_new ();
  guint8 picture[INK_FRAME_SIZE];

  for (gsize i = 0; i < n; i++)
    {
      for (gsize k = 0; k < INK_FRAME_SIZE; k++)
        picture[k] = (guint8) ((i * 7 + k) % 251);
      g_assert_true (ds_drawings_add (drawings, picture, (guint8) (i % 10)));
    }

  return drawings;
}

static void
assert_drawings (const DsDrawings *drawings,
                 gsize             n)
{
  g_assert_cmpuint (ds_drawings_get_n (drawings), ==, n);
  for (gsize i = 0; i < n; i++)
    {
      const guint8 *picture = ds_drawings_peek_picture (drawings, i);

      g_assert_cmpuint (ds_drawings_get_label (drawings, i), ==, i % 10);
      for (gsize k = 0; k < INK_FRAME_SIZE; k++)
        g_assert_cmpuint (picture[k], ==, (i * 7 + k) % 251);
    }
}

static void
save (Fixture *f,
      gsize    n,
      guint64 *state)
{
  g_autoptr(DsDrawings) drawings = make_drawings (n);
  g_autoptr(GError) error = NULL;

  ds_drawings_save (drawings, f->folder, state, &error);
  g_assert_no_error (error);
}

static DsDrawings *
load (Fixture *f,
      guint64 *state)
{
  g_autoptr(GError) error = NULL;
  DsDrawings *drawings = ds_drawings_load (f->folder, state, &error);

  g_assert_no_error (error);

  return drawings;
}

static char *
read_bytes (Fixture    *f,
            const char *name,
            gsize      *size)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);
  char *bytes = NULL;

  g_assert_true (g_file_get_contents (path, &bytes, size, NULL));

  return bytes;
}

static void
test_bytes (Fixture      *f,
            gconstpointer data)
{
  static const guint8 images_start[] = { 0, 0, 8, 3, 0, 0, 1, 4, 0, 0, 0, 28, 0, 0, 0, 28 };
  static const guint8 labels_start[] = { 0, 0, 8, 1, 0, 0, 1, 4, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1 };
  g_autofree char *images = NULL;
  g_autofree char *labels = NULL;
  g_autoptr(GDir) dir = NULL;
  guint64 state = 0;
  guint n_files = 0;
  gsize size;

  save (f, 260, &state);

  images = read_bytes (f, IMAGES, &size);
  g_assert_cmpuint (size, ==, 16 + 260 * 784);
  g_assert_cmpmem (images, sizeof images_start, images_start, sizeof images_start);
  for (gsize k = 0; k < 260 * 784; k++)
    g_assert_cmpuint ((guint8) images[16 + k], ==, (k / 784 * 7 + k % 784) % 251);

  labels = read_bytes (f, LABELS, &size);
  g_assert_cmpuint (size, ==, 8 + 260);
  g_assert_cmpmem (labels, sizeof labels_start, labels_start, sizeof labels_start);

  /* Nothing else lies there, but for the lock. */
  dir = g_dir_open (f->folder, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n_files++;
  g_assert_cmpuint (n_files, ==, 3);
}

static void
test_round_trip (Fixture      *f,
                 gconstpointer data)
{
  g_autofree char *inner = g_build_filename (f->folder, "not", "there", NULL);
  g_autoptr(DsDrawings) none = NULL;
  guint64 state = 1;
  guint64 found;

  /* A folder that is not there is one without drawings, and is made. */
  none = ds_drawings_load (inner, &state, NULL);
  assert_drawings (none, 0);
  g_assert_cmpuint (state, ==, 0);
  g_assert_true (ds_drawings_save (none, inner, &state, NULL));

  state = 0;
  for (gsize n = 0; n < 12; n += 3)
    {
      g_autoptr(DsDrawings) drawings = NULL;

      save (f, n, &state);
      drawings = load (f, &found);
      assert_drawings (drawings, n);
      g_assert_cmpuint (found, ==, state);
    }
}

/* Any reader of MNIST has them. */
static void
test_as_set (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(DsSet) set = NULL;
  g_autoptr(DsSet) wide = NULL;
  g_autoptr(GError) error = NULL;
  guint64 state = 0;

  save (f, 7, &state);
  set = ds_open (f->folder, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (set->n_train, ==, 7);
  g_assert_cmpuint (set->n_test, ==, 0);
  g_assert_cmpuint (set->rows, ==, 28);
  g_assert_cmpuint (mlp_samples_get_n_outputs (set->samples), ==, 7);
  for (gsize i = 0; i < 7; i++)
    g_assert_cmpuint (mlp_samples_peek_bytes (set->samples, i)[5], ==, i * 7 + 5);

  wide = ds_extra_samples_widen (set, 10, NULL);
  g_assert_cmpuint (mlp_samples_get_n_outputs (wide->samples), ==, 10);
  g_assert_cmpuint (wide->n_train, ==, 7);
  for (gsize i = 0; i < 7; i++)
    {
      g_assert_cmpuint (mlp_samples_get_class (wide->samples, i), ==, i);
      g_assert_cmpmem (mlp_samples_peek_bytes (wide->samples, i), 784,
                       mlp_samples_peek_bytes (set->samples, i), 784);
    }
}

/* A save of 5 over 3 that ended at each of its moments: what lies there then,
 * and which of both it is.
 */
static const struct
{
  const char *name;
  const char *images, *images_part, *labels, *labels_part, *labels_new;
  gsize       n;
} crashes[] = {
  { "before", "3", NULL, "3", NULL, NULL, 3 },
  { "labels-half", "3", NULL, "3", "half", NULL, 3 },
  { "labels", "3", NULL, "3", "5", NULL, 3 },
  { "images-half", "3", "half", "3", "5", NULL, 3 },
  { "images", "3", "5", "3", "5", NULL, 3 },
  { "decided", "3", "5", "3", NULL, "5", 5 },
  { "images-there", "5", NULL, "3", NULL, "5", 5 },
  { "after", "5", NULL, "5", NULL, NULL, 5 },
  { "first-decided", NULL, "5", NULL, NULL, "5", 5 },
  { "first-images-there", "5", NULL, NULL, NULL, "5", 5 },
  { "first-undecided", NULL, "5", NULL, "5", NULL, 0 },
};

static void
write_version (Fixture    *f,
               const char *name,
               const char *version,
               gboolean    is_images)
{
  gsize n = version != NULL && *version == '3' ? 3 : 5;
  g_autoptr(DsDrawings) drawings = make_drawings (n);
  g_autoptr(GByteArray) bytes = is_images ? fixture_images ((guint32) n, 28, 28)
                                          : fixture_labels ((guint32) n, 10, 0);

  if (version == NULL)
    return;

  for (gsize i = 0; i < n && is_images; i++)
    memcpy (bytes->data + 16 + i * 784, ds_drawings_peek_picture (drawings, i), 784);
  fixture_write_raw (f->folder, name, bytes->data, strcmp (version, "half") == 0 ? bytes->len / 2 : bytes->len);
}

static void
test_crash (Fixture      *f,
            gconstpointer data)
{
  gsize c = GPOINTER_TO_SIZE (data);
  g_autoptr(DsDrawings) drawings = NULL;
  g_autoptr(DsDrawings) again = NULL;
  guint64 state = 0;

  write_version (f, IMAGES, crashes[c].images, TRUE);
  write_version (f, "images.part", crashes[c].images_part, TRUE);
  write_version (f, LABELS, crashes[c].labels, FALSE);
  write_version (f, "labels.part", crashes[c].labels_part, FALSE);
  write_version (f, "labels.new", crashes[c].labels_new, FALSE);

  drawings = load (f, &state);
  assert_drawings (drawings, crashes[c].n);

  /* And life goes on. */
  save (f, 8, &state);
  again = load (f, NULL);
  assert_drawings (again, 8);
}

/* Neither read nor written over. */
static void
assert_refused (Fixture    *f,
                int         code,
                const char *pattern)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(DsDrawings) read = ds_drawings_load (f->folder, NULL, &error);

  g_assert_null (read);
  g_assert_error (error, MLP_ERROR, code);
  test_assert_match (error->message, pattern);
}

static void
test_truncation (Fixture      *f,
                 gconstpointer data)
{
  static const char *const names[] = { IMAGES, LABELS };
  guint64 state = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *bytes = NULL;
      gsize size;

      save (f, 2, &state);
      bytes = read_bytes (f, names[i], &size);

      for (gsize n = 0; n < size; n += n < 32 ? 1 : 97)
        {
          g_autoptr(DsDrawings) others = make_drawings (1);
          g_autoptr(GError) error = NULL;
          g_autoptr(GError) save_error = NULL;
          g_autoptr(DsDrawings) read = NULL;
          g_autofree char *after = NULL;
          gsize after_size;

          fixture_write_raw (f->folder, names[i], (const guint8 *) bytes, n);
          read = ds_drawings_load (f->folder, NULL, &error);
          g_assert_null (read);
          g_assert_nonnull (strstr (error->message, names[i]));

          g_assert_false (ds_drawings_save (others, f->folder, &state, &save_error));
          g_assert_error (save_error, MLP_ERROR, MLP_ERROR_INVALID);
          after = read_bytes (f, names[i], &after_size);
          g_assert_cmpmem (after, after_size, bytes, n);
        }

      fixture_write_raw (f->folder, names[i], (const guint8 *) bytes, size);
    }
}

static void
test_flipped_bits (Fixture      *f,
                   gconstpointer data)
{
  static const char *const names[] = { IMAGES, LABELS };
  guint64 state = 0;

  save (f, 2, &state);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      gsize size;
      g_autofree char *bytes = read_bytes (f, names[i], &size);

      for (gsize bit = 0; bit < (i == 0 ? 16 : 8) * 8; bit++)
        {
          g_autoptr(GError) error = NULL;
          g_autoptr(DsDrawings) read = NULL;

          bytes[bit / 8] ^= (char) (1 << bit % 8);
          fixture_write_raw (f->folder, names[i], (const guint8 *) bytes, size);
          read = ds_drawings_load (f->folder, NULL, &error);
          g_assert_null (read);
          g_assert_nonnull (strstr (error->message, names[i]));
          bytes[bit / 8] ^= (char) (1 << bit % 8);
        }
      fixture_write_raw (f->folder, names[i], (const guint8 *) bytes, size);
    }
}

static void
test_others (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(DsDrawings) drawings = make_drawings (1);
  g_autoptr(GByteArray) images = fixture_images (3, 27, 28);
  g_autoptr(GByteArray) labels = fixture_labels (3, 10, 0);
  g_autoptr(GByteArray) many = NULL;
  g_autoptr(GError) error = NULL;
  guint64 state = 0;

  /* MNIST itself is nobody's drawings. */
  fixture_write_text (f->folder, "t10k-images-idx3-ubyte", "whatever");
  assert_refused (f, MLP_ERROR_INVALID, "*holds another data set (“t10k-images-idx3-ubyte”)*empty folder*");
  g_assert_false (ds_drawings_save (drawings, f->folder, &state, &error));
  g_assert_error (error, MLP_ERROR, MLP_ERROR_INVALID);
  fixture_delete (f->folder, "t10k-images-idx3-ubyte");

  fixture_write_bytes (f->folder, LABELS, g_byte_array_ref (labels));
  assert_refused (f, MLP_ERROR_OPEN, "*contains “" LABELS "” but not the matching “" IMAGES "”*");
  fixture_write_bytes (f->folder, IMAGES, g_byte_array_ref (images));
  assert_refused (f, MLP_ERROR_SHAPE, "*" IMAGES "*byte 8*28 × 27 pixels; expected 28 × 28");

  many = fixture_labels (DS_DRAWINGS_MAX + 1, 10, 0);
  fixture_write_bytes (f->folder, LABELS, g_byte_array_ref (many));
  assert_refused (f, MLP_ERROR_TOO_LARGE, "*" LABELS "*byte 4*30001 items; the maximum is 30000*");
}

static void
test_full (void)
{
  static const guint8 picture[INK_FRAME_SIZE];
  g_autoptr(DsDrawings) drawings = ds_drawings_new ();

  for (gsize i = 0; i < DS_DRAWINGS_MAX; i++)
    g_assert_true (ds_drawings_add (drawings, picture, 1));
  g_assert_false (ds_drawings_add (drawings, picture, 1));
  g_assert_cmpuint (ds_drawings_get_n (drawings), ==, DS_DRAWINGS_MAX);
}

#define ADD(name, func) g_test_add ("/datasets/drawings/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("bytes", test_bytes);
  ADD ("round-trip", test_round_trip);
  ADD ("as-set", test_as_set);
  for (gsize i = 0; i < G_N_ELEMENTS (crashes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/drawings/crash/%s", crashes[i].name);

      g_test_add (path, Fixture, GSIZE_TO_POINTER (i), set_up, test_crash, tear_down);
    }
  ADD ("truncation", test_truncation);
  ADD ("flipped-bits", test_flipped_bits);
  ADD ("others", test_others);
  g_test_add_func ("/datasets/drawings/full", test_full);

  return g_test_run ();
}
