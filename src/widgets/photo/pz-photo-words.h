/* pz-photo-words.h: predictions for a photo in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-photo.h"

G_BEGIN_DECLS

/* Of the selected digit, the most likely classes. */
#define PZ_PHOTO_MAX_BEST 5

/* (transfer full): of each answer the class, without and with its share */
char **pz_photo_words_make_names    (const RecipeData     *data,
                                     const PzPhotoAnswers *answers);
char **pz_photo_words_make_labels   (const RecipeData     *data,
                                     const PzPhotoAnswers *answers);

/* (transfer full): the answers as they are read, a line a line */
char  *pz_photo_words_join_answers  (const PzPhotoAnswers *answers,
                                     const char    *const *names);

/* The likeliest classes of a digit and their shares. @answers: (nullable); @names, @probabilities: (out
 * caller-allocates): %PZ_PHOTO_MAX_BEST, the names (transfer full). Returns: how many */
gsize  pz_photo_words_list_best     (const RecipeData     *data,
                                     const PzPhotoAnswers *answers,
                                     int                   selected,
                                     char                **names,
                                     float                *probabilities);

/* (transfer full): for a screen reader: "7: 98 %, 1: 1 %" */
char  *pz_photo_words_describe_best (const RecipeData     *data,
                                     const PzPhotoAnswers *answers,
                                     int                   selected);

G_END_DECLS
