/* mlp-enum-names-private.h: names of enumeration values in files and on the command line.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * mlp_enum_names_find:
 * @names: (array length=n_names): every name there is
 * @n_names: how many
 * @what: what they are names of, for the message: "activation"
 * @name: the name that was given
 * @error: return location for a #GError
 *
 * Errors: %MLP_ERROR_INVALID, with the names that would do
 *
 * Returns: the place of @name, or −1 with @error set
 */
int mlp_enum_names_find (const char *const *names,
                         guint              n_names,
                         const char        *what,
                         const char        *name,
                         GError           **error);

G_END_DECLS
