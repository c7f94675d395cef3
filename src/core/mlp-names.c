/* mlp-names.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "core/mlp-error.h"
#include "core/mlp-names-private.h"

int
mlp_names_find (const char *const *names,
                guint              n_names,
                const char        *what,
                const char        *name,
                GError           **error)
{
  g_autoptr(GString) list = NULL;

  for (guint i = 0; i < n_names; i++)
    {
      if (strcmp (names[i], name) == 0)
        return (int) i;
    }

  list = g_string_new (NULL);

  for (guint i = 0; i < n_names; i++)
    {
      if (i > 0)
        g_string_append (list, i + 1 < n_names ? ", " : " or ");
      g_string_append (list, names[i]);
    }

  g_set_error (error, MLP_ERROR, MLP_ERROR_INVALID,
               "There is no %s “%s”; it can be %s", what, name, list->str);

  return -1;
}
