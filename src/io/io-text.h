/* io-text.h: text parser in memory, line by line, word by word.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where one is in a text. Nothing of it is copied; no byte beyond it is read. */
typedef struct
{
  const char *next;         /* the next line */
  const char *end;          /* of the text */
  const char *at;           /* the rest of this line */
  const char *line_end;     /* … without what ends it */
  guint       line;         /* its number, from 1; 0 before the first */
  char        newline;      /* what lines end with: LF, or CR in a text without LF */
} IoText;

/* A word of a line. */
typedef struct
{
  const char *start;        /* %NULL: there is none */
  gsize       length;
} IoWord;

/* A byte order mark before the text is passed over. */
void     io_text_start          (IoText     *text,
                                 const char *bytes,
                                 gsize       size);

/* Goes to the next line; they end with LF, CR LF or CR. FALSE at the end. */
gboolean io_text_next_line      (IoText     *text);

/* The next word of this line: what is between spaces and tabs. */
IoWord   io_text_next_word      (IoText     *text);

/* Goes over empty lines. Whether nothing follows them. */
gboolean io_text_is_at_end      (IoText     *text);

/* Whether the word is @string. */
gboolean io_text_word_is        (IoWord      word,
                                 const char *string);

/* A decimal number as people and Mathematica write it: "-1", "0.", ".5", "2e-6",
 * "2.1997*^-6"; in any locale. FALSE if it is something else, or not finite. */
gboolean io_text_word_to_double (IoWord      word,
                                 double     *value);

/* Digits only. FALSE if it is something else, or more than @most. */
gboolean io_text_word_to_uint   (IoWord      word,
                                 guint       most,
                                 guint      *value);

/* (transfer full): fit to be shown, and not too long */
char    *io_text_word_show      (IoWord      word);

/* "expected …; found “…”", or what the end of the line or the text makes of
 * it. Always %MLP_ERROR_FORMAT, returns FALSE. */
gboolean io_text_word_refuse    (IoWord      word,
                                 const char *expected,
                                 GError    **error);

G_END_DECLS
