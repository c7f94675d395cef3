/* pz-shared-net.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/pz-shared-net.h"

struct _PzSharedNet
{
  guint   ref_count;
  guint64 version;
  MlpNet *net;
};

gboolean
pz_shared_net_replace (PzSharedNet **place,
                       const MlpNet *net)
{
  static guint64 last_version;
  PzSharedNet *old, *new = NULL;
  gboolean same_shape;

  g_return_val_if_fail (place != NULL, FALSE);

  old = *place;
  same_shape = old != NULL && net != NULL && mlp_net_same_shape (old->net, net);

  /* Most of the time nobody else reads the old copy. */
  if (same_shape && old->ref_count == 1)
    {
      mlp_net_copy_params (old->net, net);
      old->version = ++last_version;
      return TRUE;
    }

  if (net != NULL)
    {
      new = g_new0 (PzSharedNet, 1);
      new->ref_count = 1;
      new->version = ++last_version;
      new->net = mlp_net_copy (net);
    }
  *place = new;
  g_clear_pointer (&old, pz_shared_net_unref);

  return same_shape;
}

PzSharedNet *
pz_shared_net_ref (PzSharedNet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->ref_count++;

  return self;
}

void
pz_shared_net_unref (PzSharedNet *self)
{
  g_return_if_fail (self != NULL);

  if (--self->ref_count > 0)
    return;

  mlp_net_free (self->net);
  g_free (self);
}

const MlpNet *
pz_shared_net_peek (const PzSharedNet *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->net;
}

guint64
pz_shared_net_get_version (const PzSharedNet *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->version;
}
