/* fixture.h: folders with small data sets, for the tests of the loaders.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "datasets/ds-set.h"

/* (transfer full): an empty folder, whose name ends in @name. */
char       *fixture_make_folder (const char    *name);

/* With all that is in it; frees @folder. */
void        fixture_remove      (char          *folder);

/* (transfer full): IDX, with bytes that tell the pictures apart. */
GByteArray *fixture_images      (guint32        n,
                                 guint32        rows,
                                 guint32        columns);

/* (transfer full): IDX, with the labels 0 … n_classes − 1 in turn, from
 * @first. */
GByteArray *fixture_labels      (guint32        n,
                                 guint          n_classes,
                                 guint          first);
guint8      fixture_pixel       (gsize          i,
                                 gsize          k);

/* (transfer full): one gzip member. */
GByteArray *fixture_gzip        (const guint8  *data,
                                 gsize          size);

/* Writes a file; gzip'd if its name ends in ".gz". */
void        fixture_write       (const char    *folder,
                                 const char    *name,
                                 const guint8  *data,
                                 gsize          size);
void        fixture_write_bytes (const char    *folder,
                                 const char    *name,
                                 GByteArray    *bytes);
void        fixture_write_text  (const char    *folder,
                                 const char    *name,
                                 const char    *text);

/* As it is, whatever its name. */
void        fixture_write_raw   (const char    *folder,
                                 const char    *name,
                                 const guint8  *data,
                                 gsize          size);
void        fixture_delete      (const char    *folder,
                                 const char    *name);

/* 30 pictures for training and 20 for the test, of 5 × 4 pixels, in the four
 * files that are so called; the labels have ten classes. */
#define FIXTURE_N_TRAIN 30
#define FIXTURE_N_TEST  20
#define FIXTURE_ROWS    5
#define FIXTURE_COLUMNS 4
void        fixture_write_mnist (const char    *folder,
                                 const char    *train_images,
                                 const char    *train_labels,
                                 const char    *test_images,
                                 const char    *test_labels);

/* Opening @folder/@name (or @folder) fails with @code, and a message that
 * matches @pattern, as of g_pattern_match_simple(). */
void        fixture_assert_refused (const char *folder,
                                    const char *name,
                                    int         code,
                                    const char *pattern);
