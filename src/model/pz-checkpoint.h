/* pz-checkpoint.h: checkpoint file of unsaved work, for recovery after a crash.
 *
 * Each has a file of its own, replaced as a whole, and a lock file beside it, which the system
 * lets go of when the process ends: one that nobody holds is left of a program that crashed or
 * was killed, and is offered at the next start.
 *
 * Main thread; files are written in a thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "recipe/recipe-file.h"

G_BEGIN_DECLS

#define PZ_TYPE_CHECKPOINT (pz_checkpoint_get_type ())

/* Signal "failed" (string): a file could not be written: translated. Said again only after one could
 * be written. */
G_DECLARE_FINAL_TYPE (PzCheckpoint, pz_checkpoint, PZ, CHECKPOINT, GObject)

/* (transfer full): the usual folder, in that of the user's data */
char         *pz_checkpoint_dup_folder  (void);

/* @folder: need not exist */
PzCheckpoint *pz_checkpoint_new         (const char          *folder);

/* @contents: (transfer full). What was to be written before, and is not yet, need not be
 * any more. */
void          pz_checkpoint_keep        (PzCheckpoint        *self,
                                         RecipeFile          *contents);

/* The work was saved, or is not wanted: removes the file. Also done when the program ends
 * right after this. */
void          pz_checkpoint_remove      (PzCheckpoint        *self);

/* Whether there is, or will soon be, a file. */
gboolean      pz_checkpoint_is_kept     (PzCheckpoint        *self);

/* Whether something is still being written. */
gboolean      pz_checkpoint_is_writing  (PzCheckpoint        *self);

/**
 * pz_checkpoint_find_async:
 * @folder: where to look
 *
 * Looks for the newest checkpoint whose program is gone, and holds it. What cannot be read is
 * left alone.
 */
void          pz_checkpoint_find_async  (const char          *folder,
                                         GCancellable        *cancellable,
                                         GAsyncReadyCallback  callback,
                                         gpointer             user_data);

/* (transfer full) (nullable): @contents: (out) (transfer full): what is in it */
PzCheckpoint *pz_checkpoint_find_finish (GAsyncResult        *result,
                                         RecipeFile         **contents);

G_END_DECLS
