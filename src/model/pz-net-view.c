/* pz-net-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "core/net/mlp-split.h"
#include "model/pz-net-view.h"

void
pz_net_view_clear (PzNetView *view)
{
  g_clear_pointer (&view->seen, recipe_seen_unref);
}

/* Why a part is empty. */
static const char *
explain_empty (const RecipeParts *parts,
               MlpPart            part)
{
  if (parts->origin != RECIPE_PARTS_BY_SAMPLE)
    return part == MLP_TEST ? _("The test set is empty.")
                            : _("The validation set is empty; set its size under Split and retrain.");

  if (part == MLP_TEST)
    return _("The network was trained or validated on all of these samples, so none are left to test it.");

  return part == MLP_VALIDATION ? _("The network was not validated on any of these samples.")
                                : _("The network was not trained on any of these samples.");
}

MlpSplit *
pz_net_view_divide (const PzNetView *view,
                    const DsSet     *set,
                    MlpPart          part,
                    RecipeParts     *parts,
                    GError         **error)
{
  g_autoptr(MlpSplit) split = recipe_seen_divide (view->seen, view->same_data, set, &view->split, parts, error);
  gsize n;

  if (split == NULL)
    return NULL;

  mlp_split_peek (split, part, &n);
  if (n > 0)
    return g_steal_pointer (&split);

  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, explain_empty (parts, part));

  return NULL;
}
