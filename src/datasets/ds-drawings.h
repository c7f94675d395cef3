/* ds-drawings.h: labelled drawings of the user in a folder of MNIST's format.
 *
 * The folder holds the plain IDX files train-images-idx3-ubyte and
 * train-labels-idx1-ubyte, pictures of 28 × 28 bytes; without drawings both say
 * that they hold none, or are missing.
 *
 * Two files cannot be replaced at once. So a save writes both as temporary files of random
 * names (io-part.h), each synchronised to the disk; gives the labels a name that ends in
 * ".labels", which decides that the save is valid; and then renames both onto the old
 * files. Whatever moment it is interrupted at, the next load or save takes back what was
 * not decided and finishes what was: the pair never disagrees. One that fails is taken back
 * where it can be.
 *
 * Several processes may use one folder: each load and each save holds the folder's lock
 * (io-lock.h), so that none sees, or finishes, another's save; and a save that finds other
 * drawings than it knows of is refused, or joins them.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "ink/ink-frame.h"

G_BEGIN_DECLS

/* Saved as a whole at every change: 24 MB. Nobody draws more. */
#define DS_DRAWINGS_MAX  30000

/* The two files of a folder; a save replaces the labels last. */
#define DS_DRAWINGS_IMAGES "train-images-idx3-ubyte"
#define DS_DRAWINGS_LABELS "train-labels-idx1-ubyte"

/* In memory; for one thread at a time. */
typedef struct _DsDrawings DsDrawings;

DsDrawings *ds_drawings_new         (void);
void        ds_drawings_free        (DsDrawings       *self);

gsize       ds_drawings_get_n       (const DsDrawings *self);
guint8      ds_drawings_get_label   (const DsDrawings *self,
                                     gsize             i);

/* (transfer none) (array fixed-size=784): row by row, 0 = paper; until the next
 * ds_drawings_add() */
const guint8 *ds_drawings_peek_picture (const DsDrawings *self,
                                        gsize             i);

/* @picture: 28 × 28 bytes, copied. Returns: %FALSE if there are
 * %DS_DRAWINGS_MAX already; nothing is added then */
gboolean    ds_drawings_add         (DsDrawings       *self,
                                     const guint8     *picture,
                                     guint8            label);

/* Of a drawing and its label; the same for the same, and different for others but for a
 * chance of 1 in 2⁶⁴. */
gint64      ds_drawings_hash        (const guint8     *picture,
                                     guint8            label);

/**
 * ds_drawings_merge:
 * @base: what both began with
 * @mine: what became of it here
 * @theirs: what became of it elsewhere
 *
 * Three-way merge of sets: @theirs, without what was removed here, and with what was added here
 * behind it. A new label is a drawing that is removed and one that is added; where both
 * relabelled one, both labels are kept. What both added is added once.
 *
 * Returns: (transfer full) (nullable): %NULL for more than %DS_DRAWINGS_MAX
 */
DsDrawings *ds_drawings_merge       (const DsDrawings *base,
                                     const DsDrawings *mine,
                                     const DsDrawings *theirs);

/**
 * ds_drawings_load:
 * @folder: a folder that perhaps does not exist yet: then there are none
 * @state: (out) (optional): what ds_drawings_save() has to find
 * @error: return location for a #GError
 *
 * Ends an interrupted save first. Changes nothing else: damaged files stay as they are. Waits
 * %IO_LOCK_TIMEOUT at most for another program that writes.
 *
 * Errors: those of ds_open(), naming file and place; %MLP_ERROR_OPEN where the other
 * program takes longer; %MLP_ERROR_SHAPE for
 * pictures of another size, %MLP_ERROR_TOO_LARGE for too many,
 * %MLP_ERROR_INVALID where the folder holds another data set, which is not to be
 * written into
 */
DsDrawings *ds_drawings_load        (const char       *folder,
                                     guint64          *state,
                                     GError          **error);

/**
 * ds_drawings_save:
 * @self: drawings
 * @folder: made if it is missing
 * @state: (inout): of the last load or save; becomes that of this one
 * @error: return location for a #GError
 *
 * Writes all of them, see above. Files that are not what they were at the last load
 * or save are never written over. After an error the folder holds what it held before; or,
 * where @state is another one, what was to be saved, which the next load or save finishes.
 *
 * Errors: %MLP_ERROR_OPEN, %MLP_ERROR_INVALID if another program changed the files
 */
gboolean    ds_drawings_save        (const DsDrawings *self,
                                     const char       *folder,
                                     guint64          *state,
                                     GError          **error);

/**
 * ds_drawings_save_merged:
 * @self: drawings
 * @base: what the folder held at the last load or save
 * @folder: as of ds_drawings_save()
 * @state: the same
 * @merged: (out) (transfer full) (nullable): what was saved, where it is not @self
 * @error: return location for a #GError
 *
 * The same; but where another program changed the files, ds_drawings_merge() of its drawings and
 * @self is written.
 *
 * Errors: those of ds_drawings_save() and of ds_drawings_load()
 */
gboolean    ds_drawings_save_merged (const DsDrawings *self,
                                     const DsDrawings *base,
                                     const char       *folder,
                                     guint64          *state,
                                     DsDrawings      **merged,
                                     GError          **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (DsDrawings, ds_drawings_free)

G_END_DECLS
