/* test-csv.c: tables as people have them: quotes, missing values, delimiters, decimal
 * signs, encodings, line ends, packed files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "core/mlp-error.h"
#include "io/io-csv.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-report.h"
#include "molecules/mol-source.h"
#include "molecules/molecule-fixture.h"
#include "test-util.h"

#define N_ROWS 20

/* (transfer full) */
static IoCsv *
open_bytes (const void *bytes,
            gsize       size)
{
  g_autoptr(GError) error = NULL;
  IoCsv *csv = io_csv_new (io_lines_new (io_stream_new_memory ("table", bytes, size)), &error);

  g_assert_no_error (error);

  return csv;
}

static IoCsv *
open_text (const char *text)
{
  return open_bytes (text, strlen (text));
}

/* (transfer full): "i,i²,word" of the rows 1 to N_ROWS; @odd is row 4 */
static char *
make_table (const char *odd)
{
  GString *text = g_string_new ("n,square,word\n");

  for (guint i = 1; i <= N_ROWS; i++)
    if (i == 4 && odd != NULL)
      g_string_append_printf (text, "%s\n", odd);
    else
      g_string_append_printf (text, "%u,%u,\"word, %u\"\n", i, i * i, i);

  return g_string_free (text, FALSE);
}

/* One odd row of twenty, in line 5. */
static const struct
{
  const char *row;
  const char *problem;      /* NULL: it is a row like the others, */
  const char *word;         /* … with this */
} odd_rows[] = {
  { "4,16,2\"in", NULL, "2\"in" },
  { "4,16,2\"", NULL, "2\"" },
  { "4,16, \"a, b\" ", NULL, "a, b" },
  { "4,16,\"a\"\"b\"", NULL, "a\"b" },
  { "4,16,a\"\"b", NULL, "a\"\"b" },
  { "4,16,\"one\ntwo\"", NULL, "one\ntwo" },
  { "4,16,\"2in", "a closing quote is followed by more characters", NULL },
  { "4,16,\"2\"in", "a closing quote is followed by more characters", NULL },
  { "\"4,16,x", "a closing quote is followed by more characters", NULL },
  { "4,16", "expected 3 values, one per column; found 2", NULL },
  { "4,16,x,", "expected 3 values, one per column; found 4", NULL },
};

static void
test_odd_rows (void)
{
  for (gsize k = 0; k < G_N_ELEMENTS (odd_rows); k++)
    {
      g_autofree char *text = make_table (odd_rows[k].row);
      g_autoptr(IoCsv) csv = open_text (text);
      const guint more_lines = strchr (odd_rows[k].row, '\n') != NULL ? 1 : 0;
      char *problem;

      for (guint i = 1; i <= N_ROWS; i++)
        {
          g_autofree char *word = g_strdup_printf ("word, %u", i);
          const char *expected = i == 4 && odd_rows[k].word != NULL ? odd_rows[k].word : word;
          double square;

          g_assert_true (io_csv_next (csv, &problem, NULL));
          g_assert_cmpuint (io_csv_get_row (csv), ==, i);
          g_assert_cmpuint (io_csv_get_line (csv), ==, i + 1 + (i > 4 ? more_lines : 0));
          g_assert_cmpstr (problem, ==, i == 4 ? odd_rows[k].problem : NULL);
          if (problem == NULL)
            {
              IoWord got = io_csv_get (csv, 2);

              g_assert_cmpmem (got.start, got.length, expected, strlen (expected));
              g_assert_true (io_csv_get_number (csv, 1, &square));
              g_assert_cmpfloat (square, ==, i * i);
            }
          g_free (problem);
        }
      g_assert_false (io_csv_next (csv, &problem, NULL));
    }
}

/* The quote of the last value that has one: nothing closes it. */
static void
test_open_quote (void)
{
  g_autoptr(GString) text = g_string_new ("a,b\n1,\"2\n\n");
  g_autoptr(IoCsv) csv = NULL;
  char *problem;

  for (guint i = 3; i < 5000; i++)
    g_string_append_printf (text, "%u,%u plain words on a line of their own\n", i, i);
  csv = open_text (text->str);

  g_assert_true (io_csv_next (csv, &problem, NULL));
  g_assert_cmpstr (problem, ==, "a quoted value is not closed");
  g_assert_cmpuint (io_csv_get_line (csv), ==, 2);
  g_free (problem);
  for (guint i = 3; i < 5000; i++)
    {
      g_assert_true (io_csv_next (csv, &problem, NULL));
      g_assert_null (problem);
      g_assert_cmpuint (io_csv_get_line (csv), ==, i + 1);
    }
  g_assert_false (io_csv_next (csv, &problem, NULL));
}

/* A value over as many lines as it may have, and one over one more. */
static void
test_long_value (void)
{
  for (guint n_lines = IO_CSV_MAX_LINES; n_lines <= IO_CSV_MAX_LINES + 1; n_lines++)
    {
      g_autoptr(GString) text = g_string_new ("a,b\n1,\"");
      g_autoptr(IoCsv) csv = NULL;
      g_autofree char *problem = NULL;

      for (guint i = 1; i < n_lines; i++)
        g_string_append (text, "a line\n");
      g_string_append (text, "the last\"\n3,4\n");
      csv = open_text (text->str);

      g_assert_true (io_csv_next (csv, &problem, NULL));
      g_assert_cmpstr (problem, ==, n_lines > IO_CSV_MAX_LINES ? "a quoted value is not closed" : NULL);
      g_assert_cmpuint (io_csv_get_line (csv), ==, 2);
    }
}

/* Each line is looked at twice at most, however many quotes are open. */
static void
test_open_quotes (void)
{
  const guint n = 20000;
  g_autoptr(GString) text = g_string_new ("a,b\n");
  g_autoptr(IoCsv) csv = NULL;
  char *problem;
  guint n_bad = 0;

  for (guint i = 0; i < n; i++)
    g_string_append (text, "1,\"x\n");
  csv = open_text (text->str);
  while (io_csv_next (csv, &problem, NULL))
    {
      n_bad += problem != NULL;
      g_free (problem);
    }
  g_assert_cmpuint (n_bad, ==, n);
}

static void
test_long_line (void)
{
  g_autofree char *word = g_strnfill (400000, 'x');
  g_autofree char *text = g_strconcat ("a,b\n1,2\n3,", word, "\n5,6\n", NULL);
  g_autoptr(IoCsv) csv = open_text (text);
  char *problem;

  g_assert_true (io_csv_next (csv, &problem, NULL));
  g_assert_null (problem);
  g_assert_true (io_csv_next (csv, &problem, NULL));
  g_assert_cmpstr (problem, ==, "the line has more than 65536 characters");
  g_assert_cmpuint (io_csv_get_line (csv), ==, 3);
  g_free (problem);
  g_assert_true (io_csv_next (csv, &problem, NULL));
  g_assert_null (problem);
  g_assert_cmpuint (io_csv_get_line (csv), ==, 4);
  g_assert_true (io_text_word_is (io_csv_get (csv, 1), "6"));
  g_assert_false (io_csv_next (csv, &problem, NULL));
}

/* The list in pandas' documentation of read_csv(), in any case; and what is none. */
static void
test_missing (void)
{
  static const char *const missing[] = {
    "", " ", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A",
    "NA", "NULL", "NaN", "None", "n/a", "nan", "null", "Null", "na", "NAN", "\"\"", "\"NA\"",
  };
  static const char *const present[] = { "0", "N", "-", "nano", "inf", "1e400", "no", "0x10", "1 2", "." };

  for (gsize i = 0; i < G_N_ELEMENTS (missing) + G_N_ELEMENTS (present); i++)
    {
      const gboolean is_missing = i < G_N_ELEMENTS (missing);
      const char *word = is_missing ? missing[i] : present[i - G_N_ELEMENTS (missing)];
      g_autofree char *text = g_strdup_printf ("a,b\n%s,x\n", word);
      g_autoptr(IoCsv) csv = open_text (text);
      char *problem;
      double value;

      g_assert_true (io_csv_next (csv, &problem, NULL));
      g_assert_null (problem);
      g_assert_true (io_csv_is_missing (csv, 0) == is_missing);
      g_assert_true (io_csv_get_number (csv, 0, &value) == g_str_equal (word, "0"));
    }
}

/* --- settings --- */

static const char *const encodings[] = { "UTF-8", "ISO-8859-1", "UTF-16LE", "UTF-16BE" };
static const char *const marks[] = { "\xef\xbb\xbf", "", "\xff\xfe", "\xfe\xff" };
static const gsize mark_lengths[] = { 3, 0, 2, 2 };
static const char *const line_ends[] = { "\n", "\r\n", "\r" };
static const char *const delimiters[] = { ",", ";", "\t", "|" };
static const char *const packings[] = { "", ".gz", ".bz2", ".xz" };

/* (transfer full): the same three columns, five rows, written in one way */
static GByteArray *
write_table (gsize       encoding,
             gboolean    mark,
             const char *line_end,
             const char *delimiter,
             char        decimal)
{
  g_autoptr(GString) text = g_string_new (NULL);
  GByteArray *bytes = g_byte_array_new ();
  g_autofree char *encoded = NULL;
  gsize size;

  g_string_append_printf (text, "Größe%sWert%sName%s", delimiter, delimiter, line_end);
  for (guint i = 0; i < 5; i++)
    {
      const gboolean quoted = decimal == delimiter[0];

      /* The name has most delimiters in it. */
      g_string_append_printf (text, "%s%u%c25%s%s%u%s\"Äpfel, Öl; |%u\"%s", quoted ? "\"" : "", i, decimal,
                              quoted ? "\"" : "", delimiter, 7 * i, delimiter, i, line_end);
    }

  encoded = g_convert (text->str, (gssize) text->len, encodings[encoding], "UTF-8", NULL, &size, NULL);
  g_assert_nonnull (encoded);
  if (mark)
    g_byte_array_append (bytes, (const guint8 *) marks[encoding], (guint) mark_lengths[encoding]);
  g_byte_array_append (bytes, (const guint8 *) encoded, (guint) size);

  return bytes;
}

static void
check_table (IoCsv *csv)
{
  char *problem;

  g_assert_cmpuint (io_csv_get_n_columns (csv), ==, 3);
  g_assert_cmpstr (io_csv_get_column (csv, 0), ==, "Größe");
  g_assert_cmpint (io_csv_find (csv, "WERT"), ==, 1);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *name = g_strdup_printf ("Äpfel, Öl; |%u", i);
      double value;

      g_assert_true (io_csv_next (csv, &problem, NULL));
      g_assert_null (problem);
      g_assert_cmpuint (io_csv_get_line (csv), ==, i + 2);
      g_assert_true (io_csv_get_number (csv, 0, &value));
      g_assert_cmpfloat (value, ==, i + 0.25);
      g_assert_true (io_csv_get_number (csv, 1, &value));
      g_assert_cmpfloat (value, ==, 7 * i);
      g_assert_true (io_text_word_is (io_csv_get (csv, 2), name));
    }
  g_assert_false (io_csv_next (csv, &problem, NULL));
}

static void
test_settings (void)
{
  for (gsize e = 0; e < G_N_ELEMENTS (encodings); e++)
    for (gsize l = 0; l < G_N_ELEMENTS (line_ends); l++)
      for (gsize d = 0; d < G_N_ELEMENTS (delimiters); d++)
        for (gsize k = 0; k < 4; k++)
          {
            const char decimal = k % 2 == 0 ? '.' : ',';
            g_autoptr(GByteArray) bytes = write_table (e, k / 2 == 0, line_ends[l], delimiters[d], decimal);
            g_autoptr(IoCsv) csv = open_bytes (bytes->data, bytes->len);
            const IoCsvSettings *settings = io_csv_get_settings (csv);

            g_assert_cmpint (settings->encoding, ==, e == 0 ? IO_ENCODING_UTF8 : e == 1 ? IO_ENCODING_WINDOWS_1252 :
                             e == 2 ? IO_ENCODING_UTF16_LE : IO_ENCODING_UTF16_BE);
            g_assert_cmpint (settings->delimiter, ==, delimiters[d][0]);
            g_assert_cmpint (settings->decimal, ==, decimal);
            g_assert_true (settings->header);
            check_table (csv);
          }
}

static void
test_packed (void)
{
  g_autofree char *folder = fixture_make_folder ("csv");

  for (gsize p = 0; p < G_N_ELEMENTS (packings); p++)
    {
      g_autoptr(GByteArray) bytes = write_table (2, TRUE, "\r\n", ";", ',');
      g_autofree char *form = g_strconcat ("tar", packings[p], NULL);
      g_autoptr(GByteArray) packed = p == 0 ? g_byte_array_ref (bytes)
                                     : fixture_packed (form, (const char *) bytes->data, bytes->len);
      g_autofree char *path = g_build_filename (folder, "table", NULL);
      g_autoptr(IoCsv) csv = NULL;
      g_autoptr(GError) error = NULL;

      fixture_write_raw (folder, "table", packed->data, packed->len);
      csv = io_csv_new (io_lines_new (io_stream_open (path, NULL)), &error);
      g_assert_no_error (error);
      check_table (csv);
    }

  fixture_remove (g_steal_pointer (&folder));
}

/* What a table is taken for, from few bytes. */
static const struct
{
  const char *text;
  char        delimiter;
  char        decimal;
  gboolean    header;
} looks[] = {
  { "a,b\n1,2\n", ',', '.', TRUE },
  { "a;b\n1,5;2,5\n", ';', ',', TRUE },
  { "a;b\n1,500;2,250\n", ';', ',', TRUE },
  { "a;b\n1.5;2,5\n3.5;4.5\n", ';', '.', TRUE },
  { "a\tb\n1,5\t2\n", '\t', ',', TRUE },
  { "a,b\n\"1,234\",\"5,678\"\n", ',', '.', TRUE },
  { "a,b\n\"1,2\",\"3,4\"\n", ',', ',', TRUE },
  { "x\n1,5\n2,5\n", ';', ',', TRUE },
  { "1;2\n3;4\n", ';', '.', FALSE },
  { "a;1\nb;2\n", ';', '.', FALSE },
  { "year;2019;2020\n1;2;3\n", ';', '.', TRUE },
  { "sep=;\na,x;b,y\n1,5;2,5\n", ';', ',', TRUE },
  { "name;text\nx;a, b, c\ny;d, e\n", ';', '.', TRUE },
  { "\"", ',', '.', TRUE },
};

static void
test_looks (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      IoCsvSettings settings;

      io_csv_settings_recognise (looks[i].text, strlen (looks[i].text), &settings);
      g_test_message ("%s", looks[i].text);
      g_assert_cmpint (settings.delimiter, ==, looks[i].delimiter);
      g_assert_cmpint (settings.decimal, ==, looks[i].decimal);
      g_assert_true (settings.header == looks[i].header);
      g_assert_cmpint (settings.quote, ==, '"');
    }
}

/* A caller who knows better. */
static void
test_own_settings (void)
{
  static const char text[] = "1.234;5\n2,5;x\n";
  const IoCsvSettings settings = { IO_ENCODING_UTF8, ';', '\'', ',', FALSE };
  IoStream *stream = io_stream_new_memory ("table", (const guint8 *) text, strlen (text));
  g_autoptr(IoCsv) csv = io_csv_new_with_settings (io_lines_new (stream), &settings, NULL);
  char *problem;
  double value;

  g_assert_cmpstr (io_csv_get_column (csv, 1), ==, "Column 2");
  g_assert_true (io_csv_next (csv, &problem, NULL));
  g_assert_cmpuint (io_csv_get_line (csv), ==, 1);
  g_assert_cmpuint (io_csv_get_row (csv), ==, 1);
  /* A thousand or one and a quarter: it is not for us to choose. */
  g_assert_false (io_csv_get_number (csv, 0, &value));
  g_assert_true (io_csv_next (csv, &problem, NULL));
  g_assert_cmpuint (io_csv_get_row (csv), ==, 2);
  g_assert_true (io_csv_get_number (csv, 0, &value));
  g_assert_cmpfloat (value, ==, 2.5);
  g_assert_false (io_csv_next (csv, &problem, NULL));
}

/* "sep=;" is no row. */
static void
test_told_delimiter (void)
{
  static const char *const texts[] = { "sep=;\na;b\n1;2\n", "sep=,\r\na,b\r\n1,2\r\n", "SEP=\t\na\tb\n1\t2\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr(IoCsv) csv = open_text (texts[i]);
      char *problem;

      g_assert_cmpuint (io_csv_get_n_columns (csv), ==, 2);
      g_assert_cmpstr (io_csv_get_column (csv, 1), ==, "b");
      g_assert_true (io_csv_next (csv, &problem, NULL));
      g_assert_cmpuint (io_csv_get_line (csv), ==, 3);
      g_assert_true (io_text_word_is (io_csv_get (csv, 1), "2"));
      g_assert_false (io_csv_next (csv, &problem, NULL));
    }
}

/* Whatever is cut off or damaged: rows and problems, and an end. */
static void
read_all (const guint8 *bytes,
          gsize         size)
{
  g_autoptr(IoCsv) csv = io_csv_new (io_lines_new (io_stream_new_memory ("table", bytes, size)), NULL);
  char *problem;
  guint line = 0;

  while (csv != NULL && io_csv_next (csv, &problem, NULL))
    {
      g_assert_cmpuint (io_csv_get_line (csv), >, line);
      line = io_csv_get_line (csv);
      for (guint i = 0; i < io_csv_get_n_columns (csv); i++)
        {
          IoWord word = io_csv_get (csv, i);
          double value;

          g_assert_cmpuint (word.length, <=, size * 3);
          io_csv_get_number (csv, i, &value);
          io_csv_is_missing (csv, i);
        }
      g_free (problem);
    }
}

static void
test_damage (void)
{
  for (gsize e = 0; e < G_N_ELEMENTS (encodings); e++)
    {
      g_autoptr(GByteArray) bytes = write_table (e, e % 2 == 0, line_ends[e % 3], delimiters[e], '.');

      for (guint n = 0; n <= bytes->len; n++)
        {
          g_autofree guint8 *part = g_memdup2 (bytes->data, n);

          read_all (part, n);
        }
      for (guint bit = 0; bit < 8 * bytes->len; bit++)
        {
          bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
          read_all (bytes->data, bytes->len);
          bytes->data[bit / 8] ^= (guint8) (1 << bit % 8);
        }
    }
}

/* What ends in the middle of a character, and bytes that are none. */
static void
test_decode (void)
{
  static const struct
  {
    IoEncoding  encoding;
    const char *bytes;
    gsize       n;
    const char *text;
  } cases[] = {
    { IO_ENCODING_WINDOWS_1252, "a\x80\xe4\x81z", 5, "a€ä\uFFFDz" },
    { IO_ENCODING_UTF16_LE, "a\0\x00\xd8z\0", 6, "a\uFFFDz" },
    { IO_ENCODING_UTF16_LE, "a\0\x3d\xd8", 4, "a" },
    { IO_ENCODING_UTF16_LE, "\x3d\xd8\x00\xde" "b\0c", 7, "😀b" },
    { IO_ENCODING_UTF16_BE, "\xfe\xff\0a\0b", 6, "ab" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gsize length;
      g_autofree char *text = io_lines_encoding_decode (cases[i].encoding, cases[i].bytes, cases[i].n, &length);

      g_assert_cmpmem (text, length, cases[i].text, strlen (cases[i].text));
    }

  g_assert_cmpint (io_lines_encoding_recognise ("a\0;\0b\0\n\0", 8), ==, IO_ENCODING_UTF16_LE);
  g_assert_cmpint (io_lines_encoding_recognise ("\0a\0;\0b\0\n", 8), ==, IO_ENCODING_UTF16_BE);
  g_assert_cmpint (io_lines_encoding_recognise ("Gr\xc3\xb6\xc3", 5), ==, IO_ENCODING_UTF8);
  g_assert_cmpint (io_lines_encoding_recognise ("Gr\xf6" "e\n", 5), ==, IO_ENCODING_WINDOWS_1252);
}

/* A conversion that goes over many pieces of the file loses nothing between them. */
static void
test_long_file (void)
{
  g_autoptr(GString) text = g_string_new ("i;Größe\r\n");
  g_autofree char *encoded = NULL;
  g_autoptr(IoCsv) csv = NULL;
  char *problem;
  gsize size;

  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "%u;ä😀%u\r\n", i, i);
  encoded = g_convert (text->str, (gssize) text->len, "UTF-16LE", "UTF-8", NULL, &size, NULL);
  csv = open_bytes (encoded, size);

  for (guint i = 0; i < 60000; i++)
    {
      g_autofree char *word = g_strdup_printf ("ä😀%u", i);
      double value;

      g_assert_true (io_csv_next (csv, &problem, NULL));
      g_assert_null (problem);
      g_assert_true (io_csv_get_number (csv, 0, &value));
      g_assert_cmpfloat (value, ==, i);
      g_assert_true (io_text_word_is (io_csv_get (csv, 1), word));
    }
  g_assert_false (io_csv_next (csv, &problem, NULL));
}

/* A value that is missing is no reason to leave a row out; one that is no number is named
 * besides. */
static void
test_missing_values (void)
{
  char *folder = fixture_make_folder ("table");
  static const char *const values[] = { "", "NA", "NaN", "null", "n/a", "none", "x", "1,5", "inf" };

  for (gsize i = 0; i < G_N_ELEMENTS (values); i++)
    {
      g_autofree char *text = g_strdup_printf ("smiles;gap;mu\nC;1.5;2.5\nN;%s;3\nO;4;5\n", values[i]);
      g_autoptr(MolCollection) molecules = NULL;
      g_autoptr(MolReport) report = NULL;
      const gboolean is_bad = i >= 6;
      MolMolecule molecule;

      fixture_write_text (folder, "table", text);
      molecules = fixture_open (folder, "table", &report);
      g_assert_cmpuint (report->n_unreadable, ==, 0);
      g_assert_cmpuint (report->n_bad_values, ==, is_bad ? 1 : 0);
      g_assert_cmpuint (mol_collection_get_n (molecules), ==, 3);
      mol_collection_get (molecules, 1, &molecule);
      g_assert_cmpfloat (molecule.properties[MOL_MU], ==, 3.0);
      g_assert_true (isnan (molecule.properties[MOL_GAP]));
      if (is_bad)
        {
          g_autofree char *reason = g_strdup_printf ("expected a number, property 8 of 15 (gap); found “%s”",
                                                     values[i]);

          g_assert_cmpstr (report->bad_values[0].name, ==, "table");
          g_assert_cmpuint (report->bad_values[0].line, ==, 3);
          g_assert_cmpstr (report->bad_values[0].reason, ==, reason);
        }
    }

  fixture_remove (folder);
}

/* However it is written, packed and called, it is the same table. */
static void
test_written (void)
{
  char *folder = fixture_make_folder ("table");
  static const char european[] = "mol_id;smiles;gap;mu\ngdb_1;C;0,25;1,5\ngdb_2;N;;2,5\n";
  static const char usual[] = "mol_id,smiles,gap,mu\ngdb_1,C,0.25,1.5\ngdb_2,N,,2.5\n";
  static const char *const forms[] = { "tar.gz", "tar.bz2", "tar.xz" };
  g_autoptr(MolCollection) molecules = NULL;
  g_autofree char *utf16 = NULL;
  gsize size;

  fixture_write_text (folder, "table", usual);
  molecules = fixture_open (folder, "table", NULL);
  utf16 = g_convert (european, -1, "UTF-16LE", "UTF-8", NULL, &size, NULL);

  for (gsize i = 0; i < 2 + G_N_ELEMENTS (forms); i++)
    {
      g_autoptr(GByteArray) packed = i >= 2 ? fixture_packed (forms[i - 2], european, strlen (european)) : NULL;
      g_autofree char *path = g_build_filename (folder, "other", NULL);
      g_autoptr(MolCollection) same = NULL;

      if (i < 2)
        fixture_write_raw (folder, "other", (const guint8 *) (i == 0 ? european : utf16), i == 0 ? strlen (european) : size);
      else
        fixture_write_raw (folder, "other", packed->data, packed->len);
      g_assert_true (mol_source_recognise (path));
      same = fixture_open (folder, "other", NULL);
      g_assert_cmpstr (mol_collection_get_key (same), ==, mol_collection_get_key (molecules));
    }

  fixture_remove (folder);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/datasets/csv/odd-rows", test_odd_rows);
  g_test_add_func ("/datasets/csv/open-quote", test_open_quote);
  g_test_add_func ("/datasets/csv/open-quotes", test_open_quotes);
  g_test_add_func ("/datasets/csv/long-value", test_long_value);
  g_test_add_func ("/datasets/csv/long-line", test_long_line);
  g_test_add_func ("/datasets/csv/missing", test_missing);
  g_test_add_func ("/datasets/csv/settings", test_settings);
  g_test_add_func ("/datasets/csv/packed", test_packed);
  g_test_add_func ("/datasets/csv/looks", test_looks);
  g_test_add_func ("/datasets/csv/own-settings", test_own_settings);
  g_test_add_func ("/datasets/csv/told-delimiter", test_told_delimiter);
  g_test_add_func ("/datasets/csv/damage", test_damage);
  g_test_add_func ("/datasets/csv/decode", test_decode);
  g_test_add_func ("/datasets/csv/long-file", test_long_file);
  g_test_add_func ("/datasets/csv/missing-values", test_missing_values);
  g_test_add_func ("/datasets/csv/written", test_written);

  return g_test_run ();
}
