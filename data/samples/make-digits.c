/* make-digits.c: makes the digits that ship with the program.
 *
 *   make-digits FOLDER [SEED]               the four IDX files, gzip'd
 *   make-digits --forms-test FOLDER [SEED]  the European forms by 100 other hands: a set
 *                                           of all, and one of each form beside it
 *   make-digits --sheet FILE.png            20 of each digit, to look at
 *   make-digits --forms-sheet FILE.png      20 of each form
 *   make-digits --list                      the forms and their shares, as a table
 *
 * Equal seeds give equal pictures.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo.h>
#include <errno.h>
#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "datasets/ds-european.h"
#include "ink/ink-frame.h"
#include "digit-writer.h"

/* A hand is in one part only, as in MNIST: who is tested on did not train. Each
 * block of hands is a fair sample of all hands, so that any part that is a few
 * blocks long is: the test, and what validates, from the end of the training
 * file. */
#define N_BLOCK        100
#define N_TRAIN_BLOCKS 18     /* the last two validate: ds-builtin.c */
#define N_TEST_BLOCKS  2

/* Of the test of forms: hands that differ more from each other than those that
 * train, from another sequence of random numbers. */
#define FORMS_SPREAD   1.15
#define FORMS_STREAM   1

/* Levels of grey in the files that ship: a third smaller than with 256, and no
 * eye or network sees the difference. */
#define N_GREYS        32

#define SHEET_COLUMNS  20

/* Pictures and labels that are being collected. */
typedef struct
{
  GByteArray *images;
  GByteArray *labels;
} Pictures;

static void
pictures_init (Pictures *pictures)
{
  pictures->images = g_byte_array_new ();
  pictures->labels = g_byte_array_new ();
}

static void
pictures_clear (Pictures *pictures)
{
  g_byte_array_unref (pictures->images);
  g_byte_array_unref (pictures->labels);
}

static void
pictures_add (Pictures     *pictures,
              const guint8 *frame,
              guint         digit)
{
  const guint8 label = (guint8) digit;

  g_byte_array_append (pictures->images, frame, DIGIT_N_PIXELS);
  g_byte_array_append (pictures->labels, &label, 1);
}

static void
add_big_endian (GByteArray *bytes,
                guint32     number)
{
  number = GUINT32_TO_BE (number);
  g_byte_array_append (bytes, (const guint8 *) &number, sizeof (number));
}

static gboolean
write_idx (const char       *folder,
           const char       *part,
           const char       *kind,
           const guint32    *header,
           gsize             n_header,
           const GByteArray *data)
{
  g_autofree char *name = g_strdup_printf ("%s-%s-ubyte.gz", part, kind);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GByteArray) bytes = g_byte_array_new ();
  gzFile file = gzopen (path, "wb9");
  gboolean good;

  for (gsize i = 0; i < n_header; i++)
    add_big_endian (bytes, header[i]);
  g_byte_array_append (bytes, data->data, data->len);

  good = file != NULL && gzwrite (file, bytes->data, bytes->len) == (int) bytes->len;
  good = file != NULL && gzclose (file) == Z_OK && good;
  if (!good)
    g_printerr ("“%s” could not be written\n", path);

  return good;
}

static gboolean
write_pictures (const Pictures *pictures,
                const char     *folder,
                const char     *part)
{
  const guint32 n = pictures->labels->len;

  if (g_mkdir_with_parents (folder, 0777) != 0)
    {
      g_printerr ("“%s” could not be created: %s\n", folder, g_strerror (errno));
      return FALSE;
    }

  return write_idx (folder, part, "images-idx3", (guint32[]) { 0x803, n, INK_FRAME_SIDE, INK_FRAME_SIDE }, 4,
                    pictures->images) &&
         write_idx (folder, part, "labels-idx1", (guint32[]) { 0x801, n }, 2, pictures->labels);
}

static void
reduce_greys (guint8 *frame)
{
  for (gsize i = 0; i < DIGIT_N_PIXELS; i++)
    {
      const guint level = (frame[i] * (N_GREYS - 1) + 127) / 255;

      frame[i] = (guint8) ((level * 255 + (N_GREYS - 1) / 2) / (N_GREYS - 1));
    }
}

/* Each hand's digits, once each, in any order. */
static gboolean
write_part (const char *folder,
            const char *part,
            guint       n_blocks,
            MlpRandom  *random)
{
  Pictures pictures;
  gboolean good;

  pictures_init (&pictures);

  for (guint block = 0; block < n_blocks; block++)
    {
      DigitHand hands[N_BLOCK];

      digit_hands_make (hands, N_BLOCK, FALSE, 1.0, random);
      for (guint h = 0; h < N_BLOCK; h++)
        {
          guint32 order[DS_HAND_SIZE];

          for (guint i = 0; i < DS_HAND_SIZE; i++)
            order[i] = i;
          mlp_random_shuffle (random, order, DS_HAND_SIZE);

          for (guint i = 0; i < DS_HAND_SIZE; i++)
            {
              guint8 frame[DIGIT_N_PIXELS];

              digit_hand_write (&hands[h], hands[h].skeletons[order[i]], frame, random);
              reduce_greys (frame);
              pictures_add (&pictures, frame, order[i]);
            }
        }
    }

  good = write_pictures (&pictures, folder, part);
  pictures_clear (&pictures);

  return good;
}

static gboolean
write_digits (const char *folder,
              guint64     seed)
{
  MlpRandom random;

  mlp_random_seed (&random, seed, 0);

  return write_part (folder, "train", N_TRAIN_BLOCKS, &random) &&
         write_part (folder, "t10k", N_TEST_BLOCKS, &random);
}

/* A skeleton of the same form, as often as European hands take it. */
static const DigitSkeleton *
choose_of_form (const DigitSkeleton *first,
                MlpRandom           *random)
{
  const DigitSkeleton *last = first;
  double left = 0.0;

  for (const DigitSkeleton *s = first; s < digit_skeletons + digit_n_skeletons; s++)
    if (s->digit == first->digit && strcmp (s->form, first->form) == 0)
      left += s->european;

  left *= mlp_random_uniform (random);
  for (const DigitSkeleton *s = first; s < digit_skeletons + digit_n_skeletons && left >= 0.0; s++)
    if (s->digit == first->digit && strcmp (s->form, first->form) == 0)
      {
        last = s;
        left -= s->european;
      }

  return last;
}

/* Whether these are forms that are European above all. */
static gboolean
is_european_form (const DigitSkeleton *skeleton)
{
  return digit_skeleton_get_share (skeleton, TRUE) > digit_skeleton_get_share (skeleton, FALSE);
}

static gboolean
write_forms_test (const char *folder,
                  guint64     seed)
{
  g_autofree char *all_folder = g_build_filename (folder, "all", NULL);
  DigitHand hands[N_BLOCK];
  gboolean good = TRUE;
  MlpRandom random;
  Pictures all;

  mlp_random_seed (&random, seed, FORMS_STREAM);
  digit_hands_make (hands, N_BLOCK, TRUE, FORMS_SPREAD, &random);
  pictures_init (&all);

  for (gsize i = 0; i < digit_n_skeletons && good; i++)
    {
      const DigitSkeleton *skeleton = &digit_skeletons[i];
      g_autofree char *name = digit_skeleton_dup_name (skeleton);
      g_autofree char *form_folder = g_build_filename (folder, name, NULL);
      Pictures form;

      if (!digit_skeleton_is_first (skeleton) || !is_european_form (skeleton))
        continue;

      pictures_init (&form);
      for (guint h = 0; h < N_BLOCK; h++)
        {
          guint8 frame[DIGIT_N_PIXELS];

          digit_hand_write (&hands[h], choose_of_form (skeleton, &random), frame, &random);
          pictures_add (&form, frame, skeleton->digit);
          pictures_add (&all, frame, skeleton->digit);
        }
      good = write_pictures (&form, form_folder, "t10k");
      pictures_clear (&form);
    }

  good = good && write_pictures (&all, all_folder, "t10k");
  pictures_clear (&all);

  return good;
}

static void
list_forms (void)
{
  g_print ("| form | American hands | European hands |\n|---|---|---|\n");

  for (gsize i = 0; i < digit_n_skeletons; i++)
    {
      const DigitSkeleton *skeleton = &digit_skeletons[i];
      g_autofree char *name = digit_skeleton_dup_name (skeleton);

      if (digit_skeleton_is_first (skeleton))
        g_print ("| %s | %.0f %% | %.0f %% |\n", name, 100.0 * digit_skeleton_get_share (skeleton, FALSE),
                 100.0 * digit_skeleton_get_share (skeleton, TRUE));
    }
}

/* White on black, twice as large. */
static gboolean
write_sheet (const Pictures *pictures,
             const char     *path)
{
  const gsize n_rows = (pictures->labels->len + SHEET_COLUMNS - 1) / SHEET_COLUMNS;
  const int width = SHEET_COLUMNS * INK_FRAME_SIDE;
  const int height = (int) n_rows * INK_FRAME_SIDE;
  cairo_surface_t *sheet = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_surface_t *large = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 2 * width, 2 * height);
  guint8 *data = cairo_image_surface_get_data (sheet);
  const gsize stride = (gsize) cairo_image_surface_get_stride (sheet);
  cairo_t *cr;
  gboolean good;

  for (gsize i = 0; i < pictures->labels->len; i++)
    for (gsize y = 0; y < INK_FRAME_SIDE; y++)
      memcpy (data + (i / SHEET_COLUMNS * INK_FRAME_SIDE + y) * stride + i % SHEET_COLUMNS * INK_FRAME_SIDE,
              pictures->images->data + i * DIGIT_N_PIXELS + y * INK_FRAME_SIDE, INK_FRAME_SIDE);
  cairo_surface_mark_dirty (sheet);

  cr = cairo_create (large);
  cairo_scale (cr, 2.0, 2.0);
  cairo_set_source_rgb (cr, 1.0, 1.0, 1.0);
  cairo_mask_surface (cr, sheet, 0.0, 0.0);
  cairo_destroy (cr);
  good = cairo_surface_write_to_png (large, path) == CAIRO_STATUS_SUCCESS;
  cairo_surface_destroy (large);
  cairo_surface_destroy (sheet);
  if (!good)
    g_printerr ("“%s” could not be written\n", path);

  return good;
}

/* A row a digit or a form, a column a hand. */
static gboolean
draw_photo (const char *path,
            gboolean    forms)
{
  DigitHand hands[SHEET_COLUMNS];
  MlpRandom random;
  Pictures pictures;
  guint8 frame[DIGIT_N_PIXELS];
  gboolean good;

  mlp_random_seed (&random, 1, 0);
  digit_hands_make (hands, SHEET_COLUMNS, forms, 1.0, &random);
  pictures_init (&pictures);

  for (gsize i = 0; i < digit_n_skeletons && forms; i++)
    for (guint h = 0; h < SHEET_COLUMNS && digit_skeleton_is_first (&digit_skeletons[i]); h++)
      {
        digit_hand_write (&hands[h], choose_of_form (&digit_skeletons[i], &random), frame, &random);
        pictures_add (&pictures, frame, digit_skeletons[i].digit);
      }
  for (guint digit = 0; digit < 10 && !forms; digit++)
    for (guint h = 0; h < SHEET_COLUMNS; h++)
      {
        digit_hand_write (&hands[h], hands[h].skeletons[digit], frame, &random);
        pictures_add (&pictures, frame, digit);
      }

  good = write_sheet (&pictures, path);
  pictures_clear (&pictures);

  return good;
}

static int
show_usage (void)
{
  g_printerr ("Usage: make-digits FOLDER [SEED]\n"
              "       make-digits --forms-test FOLDER [SEED]\n"
              "       make-digits --sheet FILE.png\n"
              "       make-digits --forms-sheet FILE.png\n"
              "       make-digits --list\n");

  return 2;
}

int
main (int   argc,
      char *argv[])
{
  const char *option = argc >= 2 && g_str_has_prefix (argv[1], "--") ? argv[1] : "";
  const int first = option[0] != '\0' ? 2 : 1;
  const char *path = argc > first ? argv[first] : NULL;
  const guint64 seed = argc > first + 1 ? g_ascii_strtoull (argv[first + 1], NULL, 10) : 1;
  gboolean good;

  if (strcmp (option, "--list") == 0 && argc == 2)
    {
      list_forms ();
      return EXIT_SUCCESS;
    }
  if (path == NULL || argc > first + 2)
    return show_usage ();

  if (option[0] == '\0')
    good = write_digits (path, seed);
  else if (strcmp (option, "--forms-test") == 0)
    good = write_forms_test (path, seed);
  else if (strcmp (option, "--sheet") == 0 || strcmp (option, "--forms-sheet") == 0)
    good = draw_photo (path, strcmp (option, "--forms-sheet") == 0);
  else
    return show_usage ();

  return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
