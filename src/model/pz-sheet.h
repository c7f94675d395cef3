/* pz-sheet.h: a picture with digits on it, and what the project's network says of
 * each.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "image/image-pixels.h"
#include "ink/ink-segments.h"
#include "model/pz-project.h"

G_BEGIN_DECLS

/* Immutable once it was read; counted, for threads read it. */
typedef struct
{
  gatomicrefcount ref_count;
  char           *name;        /* for people */
  ImagePixels    *pixels;
  GArray         *segments;    /* of InkSegment, in pixels of @pixels; none: no ink */
} PzSheet;

PzSheet        *pz_sheet_ref              (PzSheet            *sheet);
void            pz_sheet_unref            (PzSheet            *sheet);

/**
 * pz_sheet_read_file_async:
 * @file: a picture, as image_read_file() takes it
 * @cancellable: (nullable): stops the reading
 * @callback: called in the main thread, without a source object
 * @user_data: for @callback
 *
 * Decodes a picture, finds its ink and cuts it into digits, in a thread.
 *
 * Errors, from finish: those of image_read_file(); sentences for people
 */
void            pz_sheet_read_file_async  (GFile              *file,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);

/* The same of what such a file holds. @name: what it is called */
void            pz_sheet_read_bytes_async (GBytes             *bytes,
                                           const char         *name,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);

/* Returns: (transfer full) (nullable) */
PzSheet        *pz_sheet_read_finish      (GAsyncResult       *result,
                                           GError            **error);

/* Of each part of a sheet that was asked about. */
typedef struct
{
  GArray *segments;    /* of n InkSegment: the sheet's; or the one that is all of it, for a network of whole pictures */
  gsize   n;
  gsize   n_classes;
  float  *shares;      /* n × n_classes: of each segment, they sum to one */
  guint  *best;        /* n: the class with the largest */
} PzSheetAnswers;

void            pz_sheet_answers_free     (PzSheetAnswers     *answers);

/**
 * pz_sheet_ask_async:
 * @project: whose network, as it is now
 * @sheet: what is asked about
 * @cancellable: (nullable): looked at between digits
 *
 * A network that was trained on whole pictures (recipe_picture_is_whole()), such as
 * Fashion-MNIST's, is asked about all of the picture, scaled; others about each digit.
 *
 * Errors, from finish: %G_IO_ERROR_NOT_FOUND without a network, or with one that
 * does not take pictures of 28 × 28 pixels; sentences for people
 */
void            pz_sheet_ask_async        (PzProject          *project,
                                           PzSheet            *sheet,
                                           GCancellable       *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer            user_data);

/* Whether the project's network would be asked about all of a picture. */
gboolean        pz_sheet_asks_whole       (PzProject          *project);

/* Returns: (transfer full) (nullable) */
PzSheetAnswers *pz_sheet_ask_finish       (PzProject          *project,
                                           GAsyncResult       *result,
                                           GError            **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzSheet, pz_sheet_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzSheetAnswers, pz_sheet_answers_free)

G_END_DECLS
