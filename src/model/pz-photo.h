/* pz-photo.h: photo of digits, with a prediction for each.
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
} PzPhoto;

PzPhoto        *pz_photo_ref          (PzPhoto          *photo);
void            pz_photo_unref        (PzPhoto          *photo);

/**
 * pz_photo_read_file:
 * @file: a photo, as image_read_file() takes it
 * @cancellable: (nullable): stops the reading
 *
 * Decodes a photo, finds its ink and cuts it into digits. For any thread.
 *
 * Errors: those of image_read_file(); sentences for people. Returns: (transfer full) (nullable)
 */
PzPhoto        *pz_photo_read_file    (GFile            *file,
                                       GCancellable     *cancellable,
                                       GError          **error);

/* The same of what such a file holds. @name: what it is called */
PzPhoto        *pz_photo_read_bytes   (GBytes           *bytes,
                                       const char       *name,
                                       GCancellable     *cancellable,
                                       GError          **error);

/* Of each part of a photo that was asked about. */
typedef struct
{
  GArray *segments;         /* of n InkSegment: the photo's; or the one that is all of it, for a network of whole images */
  gsize   n;
  gsize   n_classes;
  float  *probabilities;    /* n × n_classes: of each segment, they sum to one */
  guint  *best;             /* n: the class with the largest */
} PzPhotoAnswers;

void            pz_photo_answers_free (PzPhotoAnswers   *answers);

/**
 * pz_photo_ask:
 * @photo: what is asked about
 * @net: (nullable): which is asked
 * @data: what it was trained on
 * @cancellable: (nullable): looked at between digits
 *
 * A network that was trained on whole images (recipe_image_is_whole()), such as
 * Fashion-MNIST's, is asked about all of the photo, scaled; others about each digit. For any thread.
 *
 * Errors: %G_IO_ERROR_NOT_FOUND without a network, or with one that does not take images
 * of 28 × 28 pixels; sentences for people. Returns: (transfer full) (nullable)
 */
PzPhotoAnswers *pz_photo_ask          (const PzPhoto    *photo,
                                       const MlpNet     *net,
                                       const RecipeData *data,
                                       GCancellable     *cancellable,
                                       GError          **error);

/* Whether the project's network would be asked about all of a photo. */
gboolean        pz_photo_asks_whole   (PzProject        *project);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzPhoto, pz_photo_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzPhotoAnswers, pz_photo_answers_free)

G_END_DECLS
