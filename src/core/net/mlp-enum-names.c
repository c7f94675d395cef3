/* mlp-enum-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/mlp-error.h"
#include "core/net/mlp-enum-names-private.h"

int
mlp_enum_names_find (const char *const *names,
                     guint              n_names,
                     const char        *what,
                     const char        *name,
                     GError           **error)
{
  g_autoptr(GString) list = NULL;
  g_autofree char *choice = NULL;

  for (guint i = 0; i < n_names; i++)
    {
      if (strcmp (names[i], name) == 0)
        return (int) i;
    }

  list = g_string_new (names[0]);
  for (guint i = 1; i + 1 < n_names; i++)
    g_string_append_printf (list, ", %s", names[i]);

  /* Translators: the end of a list of names: “sgd, momentum or adam”. */
  choice = g_strdup_printf (_("%s or %s"), list->str, names[n_names - 1]);

  /* Translators: “Unknown activation function “rellu”; expected …” */
  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               _("Unknown %s “%s”; expected %s"), what, name, choice);

  return -1;
}
