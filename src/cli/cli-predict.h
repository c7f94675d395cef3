/* cli-predict.h: the parts of perzeptron-cli predict.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "cli/cli.h"

G_BEGIN_DECLS

/* Prints what the network, which was trained on molecules, says of those in the
 * file or folder @path, in its order: a line a target and a molecule, or a line of JSON
 * a molecule. What cannot be read is named on stderr. @complete: (out): nothing was */
gboolean    cli_predict_molecules   (const RecipeFile  *file,
                                     const char        *path,
                                     gboolean           json,
                                     gboolean          *complete,
                                     GError           **error);

G_END_DECLS
