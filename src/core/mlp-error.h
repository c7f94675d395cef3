/* mlp-error.h: the error domain of core, datasets and recipe.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define MLP_ERROR (mlp_error_quark ())

/**
 * MlpError:
 * @MLP_ERROR_SHAPE: sizes that were given do not fit together
 * @MLP_ERROR_TOO_LARGE: a size does not fit a BLAS int, or memory
 * @MLP_ERROR_INVALID: an option, or a combination of options, makes no sense
 * @MLP_ERROR_NOT_FINITE: the loss stopped being a number
 * @MLP_ERROR_OPEN: a file is missing or cannot be read or written
 * @MLP_ERROR_FORMAT: a file is not what it should be
 * @MLP_ERROR_TRUNCATED: a file ended before its header's promise was met
 * @MLP_ERROR_CANCELLED: the caller asked to stop while a file was read
 * @MLP_ERROR_DAMAGED: a copy of a published file is not what was published
 *
 * Messages name the file, the place and what was expected, and are fit to be
 * shown: they go through gettext where they are made, because only there are the
 * numbers. A program that sets no locale, as the command line, has them in
 * English.
 */
typedef enum
{
  MLP_ERROR_SHAPE,
  MLP_ERROR_TOO_LARGE,
  MLP_ERROR_INVALID,
  MLP_ERROR_NOT_FINITE,
  MLP_ERROR_OPEN,
  MLP_ERROR_FORMAT,
  MLP_ERROR_TRUNCATED,
  MLP_ERROR_CANCELLED,
  MLP_ERROR_DAMAGED,
} MlpError;

GQuark mlp_error_quark (void) G_GNUC_CONST;

G_END_DECLS
