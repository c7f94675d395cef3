/* test-members.c: the files in folders and archives, one by one, sound and damaged.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-members.h"
#include "molecules/molecule-fixture.h"

#define MAX_SIZE 1000

typedef struct
{
  char *folder;
} Fixture;

static void
fixture_set_up (Fixture      *f,
                gconstpointer data)
{
  f->folder = g_dir_make_tmp ("perzeptron-XXXXXX", NULL);
}

static void
remove_all (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_all (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
fixture_tear_down (Fixture      *f,
                   gconstpointer data)
{
  remove_all (f->folder);
  g_free (f->folder);
}

/* What was visited, as text: "NAME=CONTENTS;", "NAME!ERROR;" */
typedef struct
{
  GString *text;
  guint    n;
  guint    n_wanted;      /* stops behind so many */
  GError  *last;
} Seen;

static void
seen_clear (Seen *seen)
{
  g_string_free (seen->text, TRUE);
  g_clear_error (&seen->last);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static gboolean
on_member (const char   *path,
           const char   *member,
           GBytes       *bytes,
           const GError *error,
           gpointer      user_data)
{
  Seen *seen = user_data;
  g_autofree char *base = g_path_get_basename (path);

  g_assert_false (bytes != NULL && error != NULL);
  g_string_append (seen->text, base);
  if (member != NULL)
    g_string_append_printf (seen->text, ":%s", member);
  if (bytes != NULL)
    {
      g_string_append_c (seen->text, '=');
      g_string_append_len (seen->text, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes));
    }
  if (error != NULL)
    {
      g_string_append_c (seen->text, '!');
      g_clear_error (&seen->last);
      seen->last = g_error_copy (error);
    }
  g_string_append_c (seen->text, ';');

  return ++seen->n != seen->n_wanted;
}

static void
visit (Fixture    *f,
       const char *name,
       guint       n_wanted,
       Seen       *seen)
{
  g_autofree char *path = g_build_filename (f->folder, name, NULL);

  *seen = (Seen) { g_string_new (NULL), 0, n_wanted, NULL };
  io_members_visit (path, MAX_SIZE, on_member, seen);
}

static void
write_text (Fixture    *f,
            const char *name,
            const char *text)
{
  fixture_write (f->folder, name, (const guint8 *) text, strlen (text));
}

static void
test_folder (Fixture      *f,
             gconstpointer data)
{
  g_autofree char *some = g_build_filename (f->folder, "some", NULL);
  g_autofree char *inner = g_build_filename (f->folder, "some", "inner", NULL);
  g_auto(Seen) empty = { 0 };
  g_auto(Seen) all = { 0 };
  g_auto(Seen) two = { 0 };
  g_auto(Seen) file = { 0 };
  g_auto(Seen) none = { 0 };

  g_assert_cmpint (g_mkdir (some, 0700), ==, 0);
  visit (f, "some", 0, &empty);
  g_assert_cmpstr (empty.text->str, ==, "some!;");
  g_assert_error (empty.last, MLP_ERROR, MLP_ERROR_FORMAT);
  g_assert_nonnull (strstr (empty.last->message, "No files found in “"));

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  write_text (f, "some/z.png", "z");
  write_text (f, "some/a.png", "a");
  write_text (f, "some/.hidden", "h");
  visit (f, "some", 0, &all);
  g_assert_cmpstr (all.text->str, ==, "a.png;inner!;z.png;");
  g_assert_nonnull (strstr (all.last->message, "some/inner” is a nested folder"));
  visit (f, "some", 2, &two);
  g_assert_cmpstr (two.text->str, ==, "a.png;inner!;");

  visit (f, "some/z.png", 0, &file);
  g_assert_cmpstr (file.text->str, ==, "z.png;");
  visit (f, "nothing", 0, &none);
  g_assert_cmpstr (none.text->str, ==, "nothing;");
}

static void
test_archive (Fixture      *f,
              gconstpointer data)
{
  static const char *const names[] = { "b.png", "a/.hidden", "a/c.png", "a/large.png", "d.png" };
  g_autofree char *large = g_strnfill (MAX_SIZE + 1, 'x');
  g_autofree char *just = g_strnfill (MAX_SIZE, 'y');
  const char *texts[] = { "first", "not to be seen", "second", large, just };
  g_autofree char *expected = g_strconcat ("some:b.png=first;some:a/c.png=second;some:a/large.png!;some:d.png=", just,
                                           ";", NULL);
  g_autoptr(GByteArray) archive = fixture_archive (data, names, texts, G_N_ELEMENTS (names));
  g_auto(Seen) all = { 0 };
  g_auto(Seen) one = { 0 };

  fixture_write (f->folder, "some", archive->data, archive->len);
  visit (f, "some", 0, &all);
  g_assert_cmpstr (all.text->str, ==, expected);
  g_assert_error (all.last, MLP_ERROR, MLP_ERROR_TOO_LARGE);
  g_assert_nonnull (strstr (all.last->message, "“a/large.png” in “"));
  visit (f, "some", 1, &one);
  g_assert_cmpstr (one.text->str, ==, "some:b.png=first;");
}

/* Wherever an archive is cut off, it is said, once, behind the files before that. */
static void
test_cut_off (Fixture      *f,
              gconstpointer data)
{
  static const char *const names[] = { "a.png", "b.png" };
  static const char *const texts[] = { "first", "second" };
  g_autoptr(GByteArray) archive = fixture_archive (data, names, texts, G_N_ELEMENTS (names));
  gsize n_told = 0;

  for (gsize n = archive->len / 2; n < archive->len; n += 1 + (archive->len - n) / 9)
    {
      g_auto(Seen) seen = { 0 };

      fixture_write (f->folder, "some", archive->data, n);
      visit (f, "some", 0, &seen);
      n_told += seen.last != NULL;

      /* What is left may be too little to be known for an archive: then it is a file like others. */
      g_assert_cmpstr (seen.last != NULL ? strrchr (seen.text->str, '!') : seen.text->str, ==, seen.last != NULL ? "!;" : "some;");
    }
  g_assert_cmpuint (n_told, >=, 5);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/datasets/members/folder", Fixture, NULL, fixture_set_up, test_folder, fixture_tear_down);
  for (gsize i = 0; i < FIXTURE_N_ARCHIVES; i++)
    {
      g_autofree char *path = g_strdup_printf ("/datasets/members/archive/%s", fixture_archives[i]);
      g_autofree char *cut = g_strdup_printf ("/datasets/members/cut-off/%s", fixture_archives[i]);

      g_test_add (path, Fixture, fixture_archives[i], fixture_set_up, test_archive, fixture_tear_down);
      /* A plain tar that ends between two files is whole to its readers. */
      if (!g_str_equal (fixture_archives[i], "tar"))
        g_test_add (cut, Fixture, fixture_archives[i], fixture_set_up, test_cut_off, fixture_tear_down);
    }

  return g_test_run ();
}
