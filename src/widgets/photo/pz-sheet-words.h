/* pz-sheet-words.h: the answers to a picture in words.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "model/pz-sheet.h"

G_BEGIN_DECLS

/* Of the selected digit, the most likely classes. */
#define PZ_SHEET_MAX_BEST 5

/* By the name that the network's data had for it. (transfer full) */
char  *pz_sheet_dup_class_name (const RecipeData     *data,
                                gsize                 i);

/* (transfer full): of each answer the class, without and with its share */
char **pz_sheet_make_names     (const RecipeData     *data,
                                const PzSheetAnswers *answers);
char **pz_sheet_make_labels    (const RecipeData     *data,
                                const PzSheetAnswers *answers);

/* (transfer full): the answers as they are read, a line a line */
char  *pz_sheet_join_answers   (const PzSheetAnswers *answers,
                                const char *const    *names);

/* The likeliest classes of a digit and their shares. @answers: (nullable); @names, @shares: (out
 * caller-allocates): %PZ_SHEET_MAX_BEST, the names (transfer full). Returns: how many */
gsize  pz_sheet_list_best      (const RecipeData     *data,
                                const PzSheetAnswers *answers,
                                int                   selected,
                                char                **names,
                                float                *shares);

/* (transfer full): for a screen reader: "7: 98 %, 1: 1 %" */
char  *pz_sheet_describe_best  (const RecipeData     *data,
                                const PzSheetAnswers *answers,
                                int                   selected);

G_END_DECLS
