/* test-cli-pictures.c: perzeptron-cli predict on pictures of other things than digits, on
 * folders and archives of pictures, on ink without paper.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <cairo.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#include "cli-util.h"
#include "core/mlp-random.h"
#include "core/net/mlp-pass.h"
#include "test-util.h"

#define SIDE      28
#define N_INPUTS  (SIDE * SIDE)
#define N_CLASSES 20

/* Stripes of four widths in five directions, or less: they fill the frame. */
static void
make_texture (guint      class,
              MlpRandom *random,
              guint8    *bytes)
{
  const double angle = G_PI / 5.0 * (class % 5);
  const double period = 4.0 + 3.0 * (class / 5);
  const double phase = 0.5 * mlp_random_uniform (random);

  for (gsize y = 0; y < SIDE; y++)
    for (gsize x = 0; x < SIDE; x++)
      {
        double wave = sin (2.0 * G_PI * (((double) x * cos (angle) + (double) y * sin (angle)) / period + phase));

        bytes[y * SIDE + x] = (guint8) CLAMP (90.0 + 70.0 * wave + 12.0 * mlp_random_normal (random), 0.0, 255.0);
      }
}

static void
write_idx (const Cli    *cli,
           const char   *name,
           const guint8 *bytes,
           guint32       n,
           guint32       rank)
{
  g_autofree char *path = cli_path (cli, name);
  g_autoptr(GByteArray) file = g_byte_array_new ();
  const guint32 header[] = { GUINT32_TO_BE (0x800 + rank), GUINT32_TO_BE (n), GUINT32_TO_BE (SIDE), GUINT32_TO_BE (SIDE) };

  g_byte_array_append (file, (const guint8 *) header, rank == 3 ? 16 : 8);
  g_byte_array_append (file, bytes, rank == 3 ? n * N_INPUTS : n);
  g_assert_true (g_file_set_contents (path, (const char *) file->data, (gssize) file->len, NULL));
}

/* (transfer full): @n pictures of @n_classes classes in turn, written as a part of a set in
 * the folder "set". @tail: each class is rarer than the one before */
static guint8 *
write_part (const Cli  *cli,
            const char *part,
            guint       n,
            guint       n_classes,
            gboolean    tail,
            guint8    **labels)
{
  g_autofree char *folder = cli_path (cli, "set");
  g_autofree char *images_name = g_strdup_printf ("set/%s-images-idx3-ubyte", part);
  g_autofree char *labels_name = g_strdup_printf ("set/%s-labels-idx1-ubyte", part);
  guint8 *bytes = g_malloc (n * N_INPUTS);
  MlpRandom random;

  *labels = g_malloc (n);
  mlp_random_seed (&random, n, 1);
  for (guint i = 0; i < n; i++)
    {
      guint class = i % n_classes;

      /* One of the last class in a thousand. */
      while (tail && class > 0 && mlp_random_uniform (&random) > pow (0.001, (double) class / n_classes))
        class--;
      (*labels)[i] = (guint8) class;
      make_texture (class, &random, bytes + i * N_INPUTS);
    }

  g_mkdir (folder, 0700);
  write_idx (cli, images_name, bytes, n, 3);
  write_idx (cli, labels_name, *labels, n, 1);

  return bytes;
}

/* @scale: pixels of the file a pixel; @clear: 0: grey as it is; else what @bytes has is ink of this
 * colour on nothing */
static void
write_png (const Cli    *cli,
           const char   *name,
           const guint8 *bytes,
           guint         scale,
           guint32       clear)
{
  g_autofree char *path = cli_path (cli, name);
  const gsize side = SIDE * scale;
  cairo_surface_t *surface = cairo_image_surface_create (clear != 0 ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24,
                                                         (int) side, (int) side);
  guint8 *data = cairo_image_surface_get_data (surface);
  gsize stride = (gsize) cairo_image_surface_get_stride (surface);

  cairo_surface_flush (surface);
  for (gsize y = 0; y < side; y++)
    for (gsize x = 0; x < side; x++)
      {
        guint32 value = bytes[y / scale * SIDE + x / scale];
        guint32 pixel = clear == 0 ? value * 0x10101 : value << 24 | (clear & 0xff) * value / 255 * 0x10101;

        memcpy (data + y * stride + 4 * x, &pixel, 4);
      }
  cairo_surface_mark_dirty (surface);
  g_assert_cmpint (cairo_surface_write_to_png (surface, path), ==, CAIRO_STATUS_SUCCESS);
  cairo_surface_destroy (surface);
}

static JsonObject *
get_answer (GPtrArray *answers,
            guint      i)
{
  g_assert_cmpuint (i, <, answers->len);

  return g_ptr_array_index (answers, i);
}

/* What the network in the file says, straight from the core. */
static guint
ask (const RecipeFile *file,
     const guint8     *bytes)
{
  g_autoptr(MlpWork) work = mlp_work_new (file->net, 1, FALSE, NULL);
  const float *h;
  guint best = 0;

  for (gsize i = 0; i < N_INPUTS; i++)
    mlp_work_get_input (work)[i] = file->data.scale * (float) bytes[i];
  h = mlp_pass_forward (file->net, work, 1);
  for (guint k = 1; k < file->data.n_outputs; k++)
    if (h[k] > h[best])
      best = k;

  return best;
}

/* Whatever fills its frame is scaled whole, not cut to its ink: a network of textures, from enough
 * samples to know its pictures by their means and from fewer, is asked about its test pictures. */
static void
test_whole (Cli          *cli,
            gconstpointer data)
{
  static const guint limits[] = { 0, 300 };

  for (gsize l = 0; l < G_N_ELEMENTS (limits); l++)
    {
      g_autofree guint8 *train_labels = NULL;
      g_autofree guint8 *labels = NULL;
      g_autofree guint8 *train = write_part (cli, "train", 1200, 10, FALSE, &train_labels);
      g_autofree guint8 *test = write_part (cli, "t10k", 40, 10, FALSE, &labels);
      g_autoptr(RecipeFile) file = NULL;
      guint n_right = 0;

      g_assert_cmpint (cli_call (cli, "train set --epochs 3 --limit %u --out net.perz", limits[l]), ==, 0);
      file = cli_load (cli, "net.perz");
      g_assert_true (file->data.whole_pictures);

      for (guint i = 0; i < 40; i++)
        {
          const guint8 *bytes = test + i * N_INPUTS;
          g_autoptr(GPtrArray) answers = NULL;
          g_autoptr(GPtrArray) raw = NULL;
          const guint expected = ask (file, bytes);

          n_right += expected == labels[i];
          if (i % 4 != 0)
            continue;

          write_png (cli, "small.png", bytes, 1, 0);
          write_png (cli, "large.png", bytes, 5, 0);
          g_assert_cmpint (cli_call (cli, "predict net.perz small.png large.png --json"), ==, 0);
          answers = cli_read_lines (cli);
          g_assert_cmpuint (answers->len, ==, 2);
          for (guint k = 0; k < 2; k++)
            {
              g_assert_cmpint (json_object_get_int_member (get_answer (answers, k), "class"), ==, expected);
              g_assert_false (json_object_has_member (get_answer (answers, k), "box"));
            }

          g_assert_cmpint (cli_call (cli, "predict net.perz small.png --json --raw"), ==, 0);
          raw = cli_read_lines (cli);
          g_assert_true (json_object_equal (get_answer (raw, 0), get_answer (answers, 0)));
        }
      g_assert_cmpuint (n_right, >=, 36);
    }
}

/* A negative, as most photographs of things on white paper are of pictures on black. */
static void
test_negative (Cli          *cli,
               gconstpointer data)
{
  g_autofree guint8 *train_labels = NULL;
  g_autofree guint8 *train = write_part (cli, "train", 1200, 10, FALSE, &train_labels);
  guint8 negative[N_INPUTS];
  g_autoptr(GPtrArray) answers = NULL;

  g_assert_cmpint (cli_call (cli, "train set --epochs 3 --out net.perz"), ==, 0);
  for (gsize i = 0; i < N_INPUTS; i++)
    negative[i] = (guint8) (255 - train[i]);
  write_png (cli, "as-it-is.png", train, 3, 0);
  write_png (cli, "negative.png", negative, 3, 0);
  g_assert_cmpint (cli_call (cli, "predict net.perz as-it-is.png negative.png --json"), ==, 0);
  answers = cli_read_lines (cli);
  g_assert_cmpint (json_object_get_int_member (get_answer (answers, 0), "class"), ==, train_labels[0]);
  g_assert_true (json_object_equal (json_object_get_object_member (get_answer (answers, 0), "probabilities"),
                                    json_object_get_object_member (get_answer (answers, 1), "probabilities")));
}

/* Twenty classes with a long tail; the rarest are in one part only. */
static void
test_long_tail (Cli          *cli,
                gconstpointer data)
{
  g_autofree guint8 *train_labels = NULL;
  g_autofree guint8 *labels = NULL;
  g_autofree guint8 *train = write_part (cli, "train", 1500, N_CLASSES, TRUE, &train_labels);
  g_autofree guint8 *test = write_part (cli, "t10k", 60, N_CLASSES, TRUE, &labels);
  g_autoptr(JsonObject) info = NULL;
  g_autoptr(JsonObject) evaluated = NULL;
  JsonObject *classes;
  gint64 n = 0;

  /* One of the last class for training, none for the test. */
  for (guint i = 0; i < 1500; i++)
    train_labels[i] = MIN (train_labels[i], N_CLASSES - 2);
  train_labels[77] = N_CLASSES - 1;
  write_idx (cli, "set/train-labels-idx1-ubyte", train_labels, 1500, 1);
  for (guint i = 0; i < 60; i++)
    labels[i] = MIN (labels[i], N_CLASSES - 2);
  write_idx (cli, "set/t10k-labels-idx1-ubyte", labels, 60, 1);

  g_assert_cmpint (cli_call (cli, "info set --json"), ==, 0);
  info = cli_read_json (cli);
  classes = json_object_get_object_member (info, "classes");
  g_assert_cmpuint (json_object_get_size (classes), ==, N_CLASSES);
  g_assert_cmpint (json_object_get_int_member (classes, "19"), ==, 1);
  for (guint c = 0; c < N_CLASSES; c++)
    {
      g_autofree char *name = g_strdup_printf ("%u", c);

      n += json_object_get_int_member (classes, name);
    }
  g_assert_cmpint (n, ==, 1560);

  g_assert_cmpint (cli_call (cli, "train set --epochs 2 --out net.perz --test"), ==, 0);
  g_assert_cmpint (cli_call (cli, "evaluate net.perz set --json"), ==, 0);
  evaluated = cli_read_json (cli);
  g_assert_cmpfloat (json_object_get_double_member (evaluated, "accuracy"), >=, 0.0);
  g_assert_cmpfloat (json_object_get_double_member (evaluated, "accuracy"), <=, 1.0);
  g_assert_null (strstr (cli->out, "nan"));
  g_assert_cmpint (cli_call (cli, "evaluate net.perz set"), ==, 0);
  g_assert_null (strstr (cli->out, "nan"));
}

/* A bar with a foot: ink. */
static void
make_digit (guint8 *bytes)
{
  memset (bytes, 0, N_INPUTS);
  for (gsize y = 4; y < 24; y++)
    memset (bytes + y * SIDE + 13, 255, 3);
  memset (bytes + 23 * SIDE + 9, 255, 11);
}

/* Dark ink on nothing, light ink on nothing, and on paper: one digit. */
static void
test_clear (Cli          *cli,
            gconstpointer data)
{
  guint8 digit[N_INPUTS], paper[N_INPUTS];
  g_autoptr(GPtrArray) answers = NULL;

  make_digit (digit);
  for (gsize i = 0; i < N_INPUTS; i++)
    paper[i] = (guint8) (255 - digit[i]);
  write_png (cli, "paper.png", paper, 8, 0);
  write_png (cli, "dark.png", digit, 8, 0xff000001);
  write_png (cli, "light.png", digit, 8, 0xffffffff);
  write_png (cli, "pale.png", digit, 8, 0xffe0e0e0);

  g_assert_cmpint (cli_call (cli, "train builtin:digits --epochs 2 --out net.perz"), ==, 0);
  g_assert_cmpint (cli_call (cli, "predict net.perz paper.png dark.png light.png pale.png --json"), ==, 0);
  answers = cli_read_lines (cli);
  g_assert_cmpuint (answers->len, ==, 4);
  for (guint i = 1; i < 4; i++)
    {
      JsonObject *box = json_object_get_object_member (get_answer (answers, i), "box");

      g_assert_cmpint (json_object_get_int_member (get_answer (answers, i), "class"), ==,
                       json_object_get_int_member (get_answer (answers, 0), "class"));
      g_assert_true (json_object_equal (box, json_object_get_object_member (get_answer (answers, 0), "box")));
    }
}

/* A folder, and an archive: each picture by its name, and what is none of them too. */
static void
test_members (Cli          *cli,
              gconstpointer data)
{
  g_autofree char *folder = cli_path (cli, "some");
  g_autofree char *inner = cli_path (cli, "some/inner");
  g_autofree char *text = cli_path (cli, "some/b.txt");
  g_autofree char *hidden = cli_path (cli, "some/.hidden");
  g_autofree char *archive = cli_path (cli, "some.tar");
  g_autofree char *command = NULL;
  g_autofree char *out = NULL;
  guint8 digit[N_INPUTS];
  g_autoptr(GPtrArray) answers = NULL;
  g_autoptr(GPtrArray) in_archive = NULL;
  int status;

  make_digit (digit);
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  write_png (cli, "some/c.png", digit, 8, 0);
  write_png (cli, "some/a.png", digit, 8, 0);
  g_assert_true (g_file_set_contents (text, "These are two digits\n", -1, NULL));
  g_assert_true (g_file_set_contents (hidden, "x", -1, NULL));
  g_assert_cmpint (cli_call (cli, "train builtin:digits --limit 200 --epochs 1 --out net.perz"), ==, 0);

  g_assert_cmpint (cli_call (cli, "predict net.perz some --json"), ==, 1);
  answers = cli_read_lines (cli);
  g_assert_cmpuint (answers->len, ==, 2);
  g_assert_cmpstr (json_object_get_string_member (get_answer (answers, 0), "image"), ==, "some/a.png");
  g_assert_cmpstr (json_object_get_string_member (get_answer (answers, 1), "image"), ==, "some/c.png");
  g_assert_nonnull (strstr (cli->err, "“b.txt” is not a supported image"));
  g_assert_nonnull (strstr (cli->err, "“some/inner” is a nested folder"));
  g_assert_null (strstr (cli->err, "hidden"));

  command = g_strdup_printf ("tar -C '%s' --format=ustar -cf '%s' a.png b.txt c.png", folder, archive);
  if (!g_spawn_command_line_sync (command, &out, NULL, &status, NULL) || status != 0)
    {
      g_test_skip ("No tar");
      return;
    }
  g_assert_cmpint (cli_call (cli, "predict net.perz some.tar --json"), ==, 1);
  in_archive = cli_read_lines (cli);
  g_assert_cmpuint (in_archive->len, ==, 2);
  g_assert_cmpstr (json_object_get_string_member (get_answer (in_archive, 0), "image"), ==, "some.tar: a.png");
  g_assert_cmpstr (json_object_get_string_member (get_answer (in_archive, 1), "image"), ==, "some.tar: c.png");
  g_assert_nonnull (strstr (cli->err, "“some.tar: b.txt” is not a supported image"));
}

int
main (int   argc,
      char *argv[])
{
  cli_test_init (&argc, argv);

  CLI_ADD ("/cli/pictures/whole", test_whole);
  CLI_ADD ("/cli/pictures/negative", test_negative);
  CLI_ADD ("/cli/pictures/long-tail", test_long_tail);
  CLI_ADD ("/cli/pictures/clear", test_clear);
  CLI_ADD ("/cli/pictures/members", test_members);

  return g_test_run ();
}
