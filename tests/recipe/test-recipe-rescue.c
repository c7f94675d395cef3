/* test-recipe-rescue.c: a network that could not be saved is kept, and where is said.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "recipe/recipe-rescue.h"

static RecipeFile *
make_file (void)
{
  g_autoptr(Recipe) recipe = recipe_new ();

  return recipe_file_new (recipe, NULL, NULL, NULL, 0, 0);
}

static void
rescue (const RecipeFile *file,
        const char       *path,
        const char       *expected)
{
  g_autoptr(GError) error = g_error_new_literal (MLP_ERROR, MLP_ERROR_OPEN, "“x” could not be saved: the reason");
  g_autoptr(GError) load_error = NULL;
  g_autoptr(RecipeFile) loaded = NULL;
  g_autofree char *copy = recipe_rescue (file, path, &error);
  g_autofree char *message = NULL;

  g_assert_cmpstr (copy, ==, expected);
  message = g_strdup_printf ("“x” could not be saved: the reason. The network was saved to “%s” instead.", expected);
  g_assert_cmpstr (error->message, ==, message);

  loaded = recipe_file_load (copy, &load_error);
  g_assert_no_error (load_error);
}

/* What there is is not written over; a name has 255 bytes at most. */
static void
test_names (void)
{
  g_autofree char *program = g_build_filename (g_get_user_data_dir (), "perzeptron", NULL);
  g_autofree char *folder = g_build_filename (program, "rescued", NULL);
  g_autofree char *first = g_build_filename (folder, "net.perz", NULL);
  g_autofree char *second = g_build_filename (folder, "net-2.perz", NULL);
  g_autofree char *other = g_build_filename (folder, "other.perz", NULL);
  g_autofree char *umlauts = g_strnfill (251, 'x');
  g_autofree char *stem = g_strnfill (199, 'x');
  g_autofree char *shortened_name = g_strconcat (stem, ".perz", NULL);
  g_autofree char *shortened = g_build_filename (folder, shortened_name, NULL);
  g_autoptr(RecipeFile) file = make_file ();

  rescue (file, "/somewhere/net.perz", first);
  rescue (file, "net.perz", second);
  rescue (file, "other", other);

  /* A letter of two bytes at the place where the name is cut. */
  memcpy (umlauts + 199, "ä", strlen ("ä"));
  rescue (file, umlauts, shortened);

  g_assert_cmpint (g_unlink (first), ==, 0);
  g_assert_cmpint (g_unlink (second), ==, 0);
  g_assert_cmpint (g_unlink (other), ==, 0);
  g_assert_cmpint (g_unlink (shortened), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_cmpint (g_rmdir (program), ==, 0);
}

/* Where the folder of the user cannot be: a file is in its place. */
static void
test_temporary (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "perzeptron", NULL);
  g_autofree char *expected = g_build_filename (g_get_tmp_dir (), "net.perz", NULL);
  g_autoptr(RecipeFile) file = make_file ();

  g_assert_cmpint (g_mkdir_with_parents (g_get_user_data_dir (), 0700), ==, 0);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  rescue (file, "net.perz", expected);
  g_assert_cmpint (g_unlink (expected), ==, 0);
  g_assert_cmpint (g_unlink (folder), ==, 0);
  g_assert_cmpint (g_rmdir (g_get_user_data_dir ()), ==, 0);
}

/* A file in the place of the folder for temporary files, in which those of the test lie. */
static void
test_nowhere (void)
{
  g_autofree char *away = g_strconcat (g_get_tmp_dir (), "-away", NULL);
  g_autoptr(GError) error = g_error_new_literal (MLP_ERROR, MLP_ERROR_OPEN, "The reason");
  g_autoptr(RecipeFile) file = make_file ();

  g_assert_cmpint (g_rename (g_get_tmp_dir (), away), ==, 0);
  g_assert_true (g_file_set_contents (g_get_tmp_dir (), "in the way", -1, NULL));
  g_assert_null (recipe_rescue (file, "net.perz", &error));
  g_assert_cmpstr (error->message, ==, "The reason. It could not be saved anywhere else either.");

  g_assert_cmpint (g_unlink (g_get_tmp_dir ()), ==, 0);
  g_assert_cmpint (g_rename (away, g_get_tmp_dir ()), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  char folder[] = "/tmp/perzeptron-rescue-XXXXXX";
  g_autofree char *tmp = NULL;
  g_autofree char *data = NULL;
  int status;

  /* GLib asks once for the folders of temporary files and of the user's data. */
  g_assert_nonnull (mkdtemp (folder));
  tmp = g_build_filename (folder, "tmp", NULL);
  g_assert_cmpint (g_mkdir (tmp, 0700), ==, 0);
  g_setenv ("TMPDIR", tmp, TRUE);
  data = g_build_filename (tmp, "data", NULL);
  g_setenv ("XDG_DATA_HOME", data, TRUE);
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/recipe/rescue/names", test_names);
  g_test_add_func ("/recipe/rescue/temporary", test_temporary);
  g_test_add_func ("/recipe/rescue/nowhere", test_nowhere);

  status = g_test_run ();
  g_rmdir (tmp);
  g_rmdir (folder);

  return status;
}
