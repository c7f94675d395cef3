/* test-photo-window.c: a picture of digits in a window, answered while networks come
 * and go.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <unistd.h>
#include <string.h>

#include "image/image-pixels.h"
#include "image/image-read.h"
#include "ink/ink-segments.h"
#include "widgets/photo/pz-photo-actions.h"
#include "widgets/photo/pz-photo-source.h"
#include "widgets/photo/pz-photo-view.h"
#include "widgets/photo/pz-photo-window.h"
#include "widgets/view-util.h"

#define WIDTH 300
#define HEIGHT 120
#define N 3

typedef struct
{
  PzProject *project;
  GtkWindow *window;
  char      *folder;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->project = pz_project_new ();
  f->folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
  f->window = pz_photo_window_new (f->project);
  gtk_window_present (f->window);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_view (f->window, f->window);
  close_project (f->project);
  g_rmdir (f->folder);
  g_free (f->folder);
}

/* Three bars, each with a foot on another side: a texture of premultiplied pixels. */
static GdkTexture *
make_texture (gboolean ink)
{
  guint32 *pixels = g_new (guint32, WIDTH * HEIGHT);
  g_autoptr(GBytes) bytes = NULL;

  for (gsize i = 0; i < WIDTH * HEIGHT; i++)
    pixels[i] = 0xffffffff;
  for (gsize k = 0; ink && k < N; k++)
    for (gsize y = 20; y < 100; y++)
      for (gsize x = 0; x < 40; x++)
        if (x / 8 == 2 || (k > 0 && y / 8 == 4 * k))
          pixels[y * WIDTH + 30 + 90 * k + x] = 0xff000000;
  bytes = g_bytes_new_take (pixels, WIDTH * HEIGHT * 4);

  return gdk_memory_texture_new (WIDTH, HEIGHT, GDK_MEMORY_DEFAULT, bytes, WIDTH * 4);
}

/* (transfer full): what its file holds */
static GBytes *
make_png (gboolean ink)
{
  g_autoptr(GdkTexture) texture = make_texture (ink);

  return gdk_texture_save_to_png_bytes (texture);
}

static const char *
get_page (Fixture *f)
{
  return gtk_stack_get_visible_child_name (GTK_STACK (get_child (f->window, "stack")));
}

static const char *
get_text (Fixture    *f,
          const char *id)
{
  return gtk_label_get_label (GTK_LABEL (get_child (f->window, id)));
}

static void
show (Fixture *f,
      gboolean ink)
{
  g_autoptr(GBytes) bytes = make_png (ink);

  pz_photo_window_show_bytes (PZ_PHOTO_WINDOW (f->window), bytes, "Clipboard");
  wait_until (g_strcmp0 (get_page (f), "photo") == 0);
}

/* A network that always says class @answer, with a share of nearly one. */
static void
set_net (Fixture *f,
         gsize    answer)
{
  const MlpLayer layer = { 10, MLP_SOFTMAX };
  g_autoptr(MlpNet) net = mlp_net_new (784, &layer, 1, NULL);

  mlp_net_get_params (net)[mlp_net_get_bias_offset (net, 1) + answer] = 12.0f;
  open_net (f->project, net);
}

/* The answers follow the network; the selected digit's are told. */
static void
test_answers (Fixture      *f,
              gconstpointer data)
{
  GtkWidget *view = get_child (f->window, "view");

  show (f, TRUE);
  wait_until (*get_text (f, "note_label") != '\0');
  g_assert_cmpstr (get_text (f, "note_label"), ==, "Train a network to see its prediction here.");
  g_assert_false (gtk_widget_get_visible (get_child (f->window, "read_box")));
  g_assert_cmpint (pz_photo_view_get_selected (PZ_PHOTO_VIEW (view)), ==, 0);
  assert_words (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Digit 1 of 3");

  set_net (f, 7);
  wait_until (strcmp (get_text (f, "read_label"), "7 7 7") == 0);
  g_assert_false (gtk_widget_get_visible (get_child (f->window, "note_label")));
  g_assert_true (gtk_widget_get_visible (get_child (f->window, "read_box")));
  assert_words (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, "Digit 1 of 3: 7  100 %");
  assert_words (GTK_ACCESSIBLE (get_child (get_child (f->window, "detail"), "bars_area")),
                GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "7: 100 %, 0: 0 %, 1: 0 %, 2: 0 %, 3: 0 %");

  set_net (f, 4);
  wait_until (strcmp (get_text (f, "read_label"), "4 4 4") == 0);
}

/* Tab goes from digit to digit, and then on. */
static void
test_keys (Fixture      *f,
           gconstpointer data)
{
  GtkWidget *view = get_child (f->window, "view");
  guint n = 0;

  show (f, TRUE);
  g_signal_connect_swapped (view, "notify::selected", G_CALLBACK (count_call), &n);
  gtk_widget_grab_focus (view);
  for (int i = 1; i < N; i++)
    {
      g_assert_true (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
      g_assert_cmpint (pz_photo_view_get_selected (PZ_PHOTO_VIEW (view)), ==, i);
    }
  g_assert_false (gtk_widget_child_focus (view, GTK_DIR_TAB_FORWARD));
  g_assert_true (gtk_widget_child_focus (view, GTK_DIR_TAB_BACKWARD));
  g_assert_cmpint (pz_photo_view_get_selected (PZ_PHOTO_VIEW (view)), ==, 1);
  g_assert_cmpuint (n, ==, N);

  g_assert_true (press_key (view, GDK_KEY_Right, 0));
  g_assert_true (press_key (view, GDK_KEY_Right, 0));
  g_assert_cmpint (pz_photo_view_get_selected (PZ_PHOTO_VIEW (view)), ==, N - 1);
  g_assert_true (press_key (view, GDK_KEY_Home, 0));
  g_assert_cmpint (pz_photo_view_get_selected (PZ_PHOTO_VIEW (view)), ==, 0);
  g_assert_true (press_key (view, GDK_KEY_Down, 0));
  g_assert_cmpint (pz_photo_view_get_selected (PZ_PHOTO_VIEW (view)), ==, 0);
  g_object_set (view, "selected", 99, NULL);
  g_assert_cmpint (pz_photo_view_get_selected (PZ_PHOTO_VIEW (view)), ==, N - 1);
}

static void
test_no_ink (Fixture      *f,
             gconstpointer data)
{
  set_net (f, 1);
  show (f, FALSE);
  g_assert_cmpstr (get_text (f, "note_label"), ==, "No ink was found in this image.");
  g_assert_false (gtk_widget_get_visible (get_child (f->window, "detail")));
  assert_words (GTK_ACCESSIBLE (get_child (f->window, "view")), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                "No digits found.");
}

/* A network of another shape is not asked. */
static void
test_other_shape (Fixture      *f,
                  gconstpointer data)
{
  const MlpLayer layer = { 10, MLP_SOFTMAX };
  g_autoptr(MlpNet) net = mlp_net_new (12, &layer, 1, NULL);

  open_net (f->project, net);
  show (f, TRUE);
  wait_until (strcmp (get_text (f, "note_label"), "This network does not take images of 28 × 28 pixels.") == 0);
}

/* A file, one that is none, and again a picture: the last that was wanted is shown. */
static void
test_files (Fixture      *f,
            gconstpointer data)
{
  g_autoptr(GdkTexture) texture = make_texture (TRUE);
  g_autofree char *path = g_build_filename (f->folder, "sheet.png", NULL);
  g_autofree char *bad = g_build_filename (f->folder, "bad.png", NULL);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFile) bad_file = g_file_new_for_path (bad);
  g_autofree char *title = NULL;

  g_assert_true (gdk_texture_save_to_png (texture, path));
  g_assert_true (g_file_set_contents (bad, "nothing", -1, NULL));

  pz_photo_window_show_file (PZ_PHOTO_WINDOW (f->window), bad_file);
  wait_until (g_strcmp0 (get_page (f), "error") == 0);
  g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (get_child (f->window, "error_page"))),
                            "“bad.png” is not a supported image"));

  pz_photo_window_show_file (PZ_PHOTO_WINDOW (f->window), bad_file);
  pz_photo_window_show_file (PZ_PHOTO_WINDOW (f->window), file);
  wait_until (g_strcmp0 (get_page (f), "photo") == 0);
  g_assert_cmpstr (adw_window_title_get_subtitle (ADW_WINDOW_TITLE (get_child (f->window, "title"))), ==, "sheet.png");

  /* Several: the one that cannot be read has its place among the others. */
  {
    GSList second = { file, NULL };
    GSList both = { bad_file, &second };
    AdwWindowTitle *subtitle = ADW_WINDOW_TITLE (get_child (f->window, "title"));

    pz_photo_window_show_files (PZ_PHOTO_WINDOW (f->window), &both);
    wait_until (g_strcmp0 (get_page (f), "error") == 0);
    g_assert_cmpstr (adw_window_title_get_subtitle (subtitle), ==, "1 of 2: bad.png");
    g_assert_true (gtk_widget_get_visible (get_child (f->window, "place_box")));
    gtk_widget_activate_action (GTK_WIDGET (f->window), "photo.next", NULL);
    wait_until (g_strcmp0 (get_page (f), "photo") == 0);
    g_assert_cmpstr (adw_window_title_get_subtitle (subtitle), ==, "2 of 2: sheet.png");
    gtk_widget_activate_action (GTK_WIDGET (f->window), "photo.previous", NULL);
    wait_until (g_strcmp0 (get_page (f), "error") == 0);
  }

  /* Of a folder the pictures in it, by name. */
  {
    g_autoptr(GFile) folder = g_file_new_for_path (f->folder);
    AdwWindowTitle *subtitle = ADW_WINDOW_TITLE (get_child (f->window, "title"));

    pz_photo_window_show_file (PZ_PHOTO_WINDOW (f->window), folder);
    wait_until (g_str_equal (adw_window_title_get_subtitle (subtitle), "1 of 2: bad.png"));
    gtk_widget_activate_action (GTK_WIDGET (f->window), "photo.next", NULL);
    wait_until (g_strcmp0 (get_page (f), "photo") == 0);
    g_assert_cmpstr (adw_window_title_get_subtitle (subtitle), ==, "2 of 2: sheet.png");
  }

  g_unlink (path);
  g_unlink (bad);
}

/* What the window takes from a drop or the clipboard. */
/* An archive: each of its files by its name, and what is wrong with one where it would be. */
static void
test_archive (Fixture      *f,
              gconstpointer data)
{
  g_autoptr(GdkTexture) texture = make_texture (TRUE);
  g_autofree char *path = g_build_filename (f->folder, "sheet.png", NULL);
  g_autofree char *bad = g_build_filename (f->folder, "notes.txt", NULL);
  g_autofree char *archive = g_build_filename (f->folder, "some.tar", NULL);
  g_autofree char *command = g_strdup_printf ("tar -C '%s' --format=ustar -cf '%s' notes.txt sheet.png", f->folder,
                                              archive);
  g_autofree char *out = NULL;
  g_autoptr(GFile) file = g_file_new_for_path (archive);
  AdwWindowTitle *subtitle = ADW_WINDOW_TITLE (get_child (f->window, "title"));
  int status = 1;

  g_assert_true (gdk_texture_save_to_png (texture, path));
  g_assert_true (g_file_set_contents (bad, "nothing", -1, NULL));
  if (g_spawn_command_line_sync (command, &out, NULL, &status, NULL) && status == 0)
    {
      pz_photo_window_show_file (PZ_PHOTO_WINDOW (f->window), file);
      wait_until (g_strcmp0 (get_page (f), "error") == 0);
      g_assert_cmpstr (adw_window_title_get_subtitle (subtitle), ==, "1 of 2: some.tar: notes.txt");
      g_assert_nonnull (strstr (adw_status_page_get_description (ADW_STATUS_PAGE (get_child (f->window, "error_page"))),
                                "“some.tar: notes.txt” is not a supported image"));
      gtk_widget_activate_action (GTK_WIDGET (f->window), "photo.next", NULL);
      wait_until (g_strcmp0 (get_page (f), "photo") == 0);
      g_assert_cmpstr (adw_window_title_get_subtitle (subtitle), ==, "2 of 2: some.tar: sheet.png");

      /* Cut off: what is before that can be gone to, then it is said. */
      g_assert_cmpint (truncate (archive, 700), ==, 0);
      pz_photo_window_show_file (PZ_PHOTO_WINDOW (f->window), file);
      wait_until (g_strcmp0 (get_page (f), "error") == 0);
    }
  else
    {
      g_test_skip ("No tar");
    }

  g_unlink (path);
  g_unlink (bad);
  g_unlink (archive);
}

static void
test_source (Fixture      *f,
             gconstpointer data)
{
  static const struct { const char *name; gboolean picture; } cases[] = {
    { "/a/sheet.png", TRUE }, { "/a/IMG_1.JPG", TRUE }, { "/a/drawing.svg", TRUE },
    { "/a/net.perz", FALSE }, { "/a/train-images-idx3-ubyte", FALSE }, { "/a/mnist.pkl.gz", FALSE }, { "/a/png", FALSE },
  };
  g_auto(GValue) number = G_VALUE_INIT;

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GFile) file = g_file_new_for_path (cases[i].name);

      g_assert_cmpint (pz_photo_source_is_image (file), ==, cases[i].picture);
    }

  g_value_init (&number, G_TYPE_INT);
  g_assert_false (pz_photo_actions_show (GTK_WIDGET (f->window), f->project, &number));
}

static void
set_clipboard (Fixture    *f,
               const char *mime_type,
               GBytes     *bytes)
{
  g_autoptr(GdkContentProvider) content = gdk_content_provider_new_for_bytes (mime_type, bytes);

  g_assert_true (gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (f->window)), content));
}

typedef struct
{
  gboolean done;
  GValue   value;
  GError  *error;
} Pasted;

static void
on_pasted (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  Pasted *pasted = user_data;

  pz_photo_source_paste_finish (GTK_WIDGET (object), result, &pasted->value, &pasted->error);
  pasted->done = TRUE;
}

/* What is pasted arrives as it is, to be decoded elsewhere; only PNG, JPEG and SVG are taken, and no
 * other kind for which this program, too, has a decoder. */
static void
test_paste (Fixture      *f,
            gconstpointer data)
{
  static const struct { const char *mime_type; gboolean taken; } cases[] = {
    { "image/png", TRUE }, { "image/jpeg", TRUE }, { "image/svg+xml", TRUE },
    { "image/tiff", FALSE }, { "image/bmp", FALSE }, { "image/gif", FALSE }, { "text/plain", FALSE },
  };
  g_autoptr(GBytes) bytes = g_bytes_new_static ("no picture", 10);
  g_autoptr(GBytes) png = make_png (TRUE);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      Pasted pasted = { FALSE, G_VALUE_INIT, NULL };

      set_clipboard (f, cases[i].mime_type, bytes);
      pz_photo_source_paste_async (GTK_WIDGET (f->window), on_pasted, &pasted);
      wait_until (pasted.done);
      if (cases[i].taken)
        {
          g_assert_no_error (pasted.error);
          g_assert_true (G_VALUE_HOLDS (&pasted.value, PZ_TYPE_IMAGE_BYTES));
          g_assert_true (g_bytes_equal (g_value_get_boxed (&pasted.value), bytes));
          g_value_unset (&pasted.value);
        }
      else
        {
          g_assert_error (pasted.error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
          g_clear_error (&pasted.error);
        }
    }

  set_clipboard (f, "image/png", png);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "photo.paste", NULL));
  wait_until (g_strcmp0 (get_page (f), "photo") == 0);
  g_assert_cmpint (pz_photo_view_get_selected (PZ_PHOTO_VIEW (get_child (f->window, "view"))), ==, 0);

  set_clipboard (f, "image/png", bytes);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (f->window), "photo.paste", NULL));
  wait_until (g_strcmp0 (get_page (f), "error") == 0);
}

/* Closed while the picture is being read: nothing arrives. */
static void
test_closed (Fixture      *f,
             gconstpointer data)
{
  g_autoptr(GBytes) bytes = make_png (TRUE);

  pz_photo_window_show_bytes (PZ_PHOTO_WINDOW (f->window), bytes, "Clipboard");
}

int
main (int   argc,
      char *argv[])
{
  image_read_init (argc, argv);
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();

  g_test_add ("/picture-window/answers", Fixture, NULL, set_up, test_answers, tear_down);
  g_test_add ("/picture-window/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/picture-window/no-ink", Fixture, NULL, set_up, test_no_ink, tear_down);
  g_test_add ("/picture-window/other-shape", Fixture, NULL, set_up, test_other_shape, tear_down);
  g_test_add ("/picture-window/files", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/picture-window/archive", Fixture, NULL, set_up, test_archive, tear_down);
  g_test_add ("/picture-window/source", Fixture, NULL, set_up, test_source, tear_down);
  g_test_add ("/picture-window/paste", Fixture, NULL, set_up, test_paste, tear_down);
  g_test_add ("/picture-window/closed", Fixture, NULL, set_up, test_closed, tear_down);

  return g_test_run ();
}
