/* pz-drawings.h: list of the user's drawings, kept in a folder as data (ds-drawings.h).
 *
 * A list of PzDrawing. What is changed here is there at once and is saved in a
 * thread; changes meanwhile are saved together, after that. What could not be saved is
 * tried again after some seconds, and before the program ends. Other programs may write
 * into the folder: what they add, remove and relabel is seen at once, and joins what is
 * changed here (ds_drawings_merge()). Everything here belongs to the main thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "core/net/mlp-net.h"
#include "model/pz-drawing.h"
#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_DRAWINGS (pz_drawings_get_type ())

/* Properties, read-only:
 *   "folder" (string, nullable)   where they are kept
 *   "ready" (boolean)             the folder was read, and there is no reason not to
 *                                 write into it: drawings can be added
 *   "busy" (boolean)              it is being read or written
 *   "error" (string, nullable)    translated sentence: why it could not be read or
 *                                 written; what could not be written is still in the list
 * Signals:
 *   "saved"      what the folder holds is another set
 *   "answered"   the network was asked about all of them */
G_DECLARE_FINAL_TYPE (PzDrawings, pz_drawings, PZ, DRAWINGS, GObject)

PzDrawings *pz_drawings_new            (void);

/* (transfer full): the one that all windows of the program share, so that two do not
 * write into one folder; new where nobody has it. */
PzDrawings *pz_drawings_dup_shared     (void);

/* (transfer full): drawings/ in the user's data folder of the program */
char       *pz_drawings_dup_usual_folder (void);

/* Saves what is to be saved, and goes to another folder, or reads the same one
 * again. It need not exist. Drawings that could not be saved go along, and are
 * saved there. */
void        pz_drawings_open           (PzDrawings   *self,
                                        const char   *folder);
const char *pz_drawings_get_folder     (PzDrawings   *self);
gboolean    pz_drawings_get_ready      (PzDrawings   *self);
gboolean    pz_drawings_get_busy       (PzDrawings   *self);
const char *pz_drawings_get_error      (PzDrawings   *self);

/**
 * pz_drawings_insert:
 * @drawing: not in the list
 * @position: where; %G_MAXUINT: at the end
 *
 * Returns: whether it was added: not before "ready", and not where there are
 * %DS_DRAWINGS_MAX
 */
gboolean    pz_drawings_insert         (PzDrawings   *self,
                                        PzDrawing    *drawing,
                                        guint         position);

/* The same for many (element-type PzDrawing), in their order. Returns: how many there was room
 * for */
guint       pz_drawings_insert_all     (PzDrawings   *self,
                                        GPtrArray    *drawings,
                                        guint         position);

/* Returns: where it was, or %G_MAXUINT where it is not in the list */
guint       pz_drawings_remove         (PzDrawings   *self,
                                        PzDrawing    *drawing);
void        pz_drawings_relabel        (PzDrawings   *self,
                                        PzDrawing    *drawing,
                                        guint         label);

/**
 * pz_drawings_ask:
 * @project: (nullable): whose network it is; not kept
 * @net: (nullable): a network that takes 28 × 28 images, copied; %NULL: there are
 *   no answers any more
 * @scale: what a byte is multiplied by
 *
 * Asks about every drawing, now and whenever there is another one, in a thread. The
 * newest network wins.
 */
void        pz_drawings_ask            (PzDrawings   *self,
                                        PzProject    *project,
                                        const MlpNet *net,
                                        float         scale);

/* (transfer none) (nullable): whose network the drawings were last asked about; a window
 * has a project of its own, all have the same drawings. */
PzProject  *pz_drawings_get_asker      (PzDrawings   *self);

G_END_DECLS
