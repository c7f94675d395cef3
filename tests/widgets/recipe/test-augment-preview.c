/* test-augment-preview.c: the pictures shown are those that training would see.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/net/mlp-split.h"
#include "widgets/common/pz-image-grid.h"
#include "widgets/recipe/pz-augment-preview.h"
#include "widgets/view-util.h"

#define N_SAMPLES 8
#define N_EPOCHS 5
#define SIZE 784

typedef struct
{
  PzProject *project;
  GtkWindow *window;
  GtkWidget *preview;
} Fixture;

static void
set_up (Fixture      *f,
        gconstpointer data)
{
  f->preview = open_panel (PZ_TYPE_AUGMENT_PREVIEW, 800, 600, &f->project, &f->window);
  pz_project_widget_set_project (PZ_PROJECT_WIDGET (f->preview), NULL);
}

static void
tear_down (Fixture      *f,
           gconstpointer data)
{
  close_panel (f->preview, f->window, f->project);
}

static void
choose (Fixture   *f,
        MlpAugment augment,
        guint64    seed)
{
  Recipe *recipe = recipe_copy (pz_project_peek_recipe (f->project));

  recipe->training.augment = augment;
  recipe->training.seed = seed;
  pz_project_edit (f->project, recipe, NULL);
}

static GBytes *
get_bytes (Fixture    *f,
           const char *id)
{
  return pz_image_grid_get_bytes (PZ_IMAGE_GRID (get_child (f->preview, id)));
}

/* Eight training pictures from the @first on, and each as the epochs from @epoch on have it. */
static void
check_pictures (Fixture   *f,
                MlpAugment augment,
                guint64    seed,
                gsize      first,
                guint      epoch)
{
  const MlpSamples *samples = pz_dataset_peek_set (pz_project_get_dataset (f->project))->samples;
  const guint32 *items = mlp_split_peek (pz_project_peek_split (f->project), MLP_TRAIN, NULL);
  g_autoptr(MlpAugmenter) augmenter = mlp_augmenter_new (augment, 28, 28, seed, 1, NULL);
  const guint8 *originals = g_bytes_get_data (get_bytes (f, "originals"), NULL);
  const guint8 *variants = g_bytes_get_data (get_bytes (f, "variants"), NULL);

  g_assert_cmpuint (g_bytes_get_size (get_bytes (f, "originals")), ==, N_SAMPLES * SIZE);
  g_assert_cmpuint (g_bytes_get_size (get_bytes (f, "variants")), ==, N_SAMPLES * N_EPOCHS * SIZE);

  for (gsize i = 0; i < N_SAMPLES; i++)
    {
      const guint8 *original = mlp_samples_peek_bytes (samples, items[first + i]);

      g_assert_cmpmem (originals + i * SIZE, SIZE, original, SIZE);
      for (guint e = 0; e < N_EPOCHS; e++)
        {
          guint8 want[SIZE];

          mlp_augmenter_run (augmenter, 0, epoch + e, items[first + i], original, want);
          g_assert_cmpmem (variants + (e * N_SAMPLES + i) * SIZE, SIZE, want, SIZE);
        }
    }
}

static void
test_property (Fixture      *f,
               gconstpointer data)
{
  guint n_notified = 0;

  g_signal_connect_swapped (f->preview, "notify::project", G_CALLBACK (count_call), &n_notified);
  g_object_set (f->preview, "project", f->project, NULL);
  g_object_set (f->preview, "project", f->project, NULL);
  g_assert_cmpuint (n_notified, ==, 1);
  g_assert_true (PZ_PROJECT_WIDGET (f->preview)->project == f->project);
  g_object_set (f->preview, "project", NULL, NULL);
  g_assert_cmpuint (n_notified, ==, 2);
}

/* Nothing without data, and nothing where nothing is done. */
static void
test_pictures (Fixture      *f,
               gconstpointer data)
{
  GtkButton *again = GTK_BUTTON (find_widget (f->preview, GTK_TYPE_BUTTON, NULL));
  GtkLabel *epochs = GTK_LABEL (get_child (f->preview, "epochs_label"));

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (f->preview), f->project);
  choose (f, MLP_AUGMENT_AFFINE, 1);
  g_assert_false (pz_augment_preview_can_show (f->project));
  g_assert_null (get_bytes (f, "originals"));

  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (pz_project_get_dataset (f->project) != NULL);
  g_assert_true (pz_augment_preview_can_show (f->project));
  check_pictures (f, MLP_AUGMENT_AFFINE, 1, 0, 1);
  g_assert_cmpstr (gtk_label_get_text (epochs), ==, "Epochs 1 to 5");

  /* What the recipe says is followed. */
  choose (f, MLP_AUGMENT_ELASTIC, 7);
  check_pictures (f, MLP_AUGMENT_ELASTIC, 7, 0, 1);

  g_signal_emit_by_name (again, "clicked");
  check_pictures (f, MLP_AUGMENT_ELASTIC, 7, N_SAMPLES, 6);
  g_assert_cmpstr (gtk_label_get_text (epochs), ==, "Epochs 6 to 10");

  choose (f, MLP_AUGMENT_NONE, 7);
  g_assert_false (pz_augment_preview_can_show (f->project));
  g_assert_null (get_bytes (f, "variants"));
}

/* Eight across, of 32 pixels and gaps of 8. */
static void
test_size (Fixture      *f,
           gconstpointer data)
{
  GtkWidget *variants = get_child (f->preview, "variants");
  int width, height;

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (f->preview), f->project);
  choose (f, MLP_AUGMENT_AFFINE, 1);
  pz_data_loader_load (pz_project_get_loader (f->project));
  wait_until (pz_project_get_dataset (f->project) != NULL);

  gtk_widget_measure (variants, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  gtk_widget_measure (variants, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (width, ==, 8 * 40 - 8);
  g_assert_cmpint (height, ==, 5 * 40 - 8);
  gtk_test_widget_wait_for_draw (f->preview);
}

#define add(path, func) \
  g_test_add ("/widgets/augment-preview/" path, Fixture, NULL, set_up, func, tear_down)

int
main (int   argc,
      char *argv[])
{
  init_display_test (&argc, &argv);

  add ("property", test_property);
  add ("pictures", test_pictures);
  add ("size", test_size);

  return g_test_run ();
}
