/* pz-shared-net.h: network shared between its owner and the questions about it.
 *
 * The thread of a question reads the network while the owner has newer weights for it: then
 * the owner gets another copy, and otherwise the same one is written over. The main thread
 * counts and writes; the thread of a question that has a reference only reads.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-net.h"

G_BEGIN_DECLS

typedef struct _PzSharedNet PzSharedNet;

/**
 * pz_shared_net_replace:
 * @place: (inout) (nullable): the owner's reference; %NULL in it: there is no network
 * @net: (nullable): the new network, copied; %NULL: none
 *
 * Whoever has a reference to the old one goes on reading that, unchanged.
 *
 * Returns: whether there was a network before and @net is one of the same shape: the same with newer weights
 */
gboolean      pz_shared_net_replace (PzSharedNet **place,
                                     const MlpNet *net);

PzSharedNet  *pz_shared_net_ref (PzSharedNet *self);
void          pz_shared_net_unref (PzSharedNet *self);

/* (transfer none): for any thread, as long as the reference is held */
const MlpNet *pz_shared_net_peek (const PzSharedNet *self);

/* A number of these weights; no others have the same. For any thread, as the network */
guint64       pz_shared_net_get_version (const PzSharedNet *self);

G_END_DECLS
