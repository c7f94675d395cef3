/* pz-project-load-error.c: why a project's data could not be loaded.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/mlp-display.h"
#include "model/pz-project-private.h"

void
pz_project_set_load_error (PzProject  *self,
                           const char *message)
{
  self->asks = FALSE;
  if (message == NULL)
    g_clear_pointer (&self->damaged_source, g_free);
  if (g_strcmp0 (self->load_error, message) == 0)
    return;

  g_free (self->load_error);
  self->load_error = message != NULL ? mlp_display_text (message, "\n") : NULL;
  pz_project_notify (self, PZ_PROJECT_PROP_LOAD_ERROR);
}

void
pz_project_set_damaged_source (PzProject  *self,
                               const char *source)
{
  g_free (self->damaged_source);
  self->damaged_source = g_strdup (source);
}

void
pz_project_forget_load_error (PzProject *self)
{
  g_return_if_fail (PZ_IS_PROJECT (self));

  /* Without data it is the reason why. */
  if (pz_project_has_data (self))
    pz_project_set_load_error (self, NULL);
}

const char *
pz_project_get_damaged_source (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->damaged_source;
}

const char *
pz_project_get_load_error (PzProject *self)
{
  g_return_val_if_fail (PZ_IS_PROJECT (self), NULL);

  return self->load_error;
}
