/* pz-data-loader.h: the data of a recipe: loaded in the background, divided, and
 * why there are none.
 *
 * The loader is told of each recipe, and loads what it names; what was loaded before
 * stays until the new is there, so undo needs no reading. Of several loads the newest
 * counts. What is found out about the data may ask for another recipe; the loader says
 * which, and whoever owns the recipe makes it so. Main thread; reading is done in a
 * thread of its own.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "core/net/mlp-split.h"
#include "model/pz-dataset.h"
#include "recipe/recipe.h"

G_BEGIN_DECLS

#define PZ_TYPE_DATA_LOADER (pz_data_loader_get_type ())

/* Properties, read-only, notified in the main thread; at the first of several
 * notifications all have their new values:
 *   "dataset" (PzDataset, nullable)    the newest data that were loaded
 *   "molecules" (boolean)              see pz_data_loader_has_molecules()
 *   "loading" (boolean), "fraction" (double)
 *   "error" (string, nullable)         translated sentence: why there are no data, or no others
 *
 * Signals:
 *   "recipe-found" (const Recipe *recipe, gboolean is_edit)
 *       the data are there, and the recipe is to be another: one that names what was
 *       chosen (@is_edit: a step of undo), or one that fits data of a kind that was not
 *       known before (no step). Whoever owns the recipe answers with pz_data_loader_follow()
 *   "ended" (gboolean loaded)
 *       a load has ended: data were loaded, or it failed or was dropped; nothing is told of
 *       it later */
G_DECLARE_FINAL_TYPE (PzDataLoader, pz_data_loader, PZ, DATA_LOADER, GObject)

/* Nothing is loaded until pz_data_loader_load(). */
PzDataLoader   *pz_data_loader_new                (const Recipe *recipe);

/* --- the recipe --- */

/* It is another one: loads its data if they are others, and divides them. */
void            pz_data_loader_follow             (PzDataLoader *self,
                                                   const Recipe *recipe);

/* @recipe is what a person makes of the present one, and is followed next. With another source it
 * is made to fit, now or when it is known what that is; what the person names may be opened. */
void            pz_data_loader_adapt              (PzDataLoader *self,
                                                   Recipe       *recipe);

/* What is followed next is as it was once: whatever its data are, it is not made to fit them. */
void            pz_data_loader_keep_recipe        (PzDataLoader *self);

/* What is followed next belongs to another project: what was chosen for the old one is not its.
 * @named: (nullable): by a file: its places are not opened without asking, unless data were opened
 *   from there before */
void            pz_data_loader_begin              (PzDataLoader *self,
                                                   const Recipe *named);

/* --- loading --- */

/* (Re)loads the recipe's data; the old ones stay until the new ones are there. */
void            pz_data_loader_load               (PzDataLoader *self);

/**
 * pz_data_loader_choose:
 * @source: a file, a folder or a built-in set
 *
 * Loads other data, and once they are there asks for a recipe that names them
 * ("recipe-found"). What cannot be loaded changes nothing, but "error" says why; so a
 * file of another kind costs nobody a recipe that works.
 */
void            pz_data_loader_choose             (PzDataLoader *self,
                                                   const char   *source);
void            pz_data_loader_cancel             (PzDataLoader *self);

/* What the recipe adds to the data has changed, a folder of drawings. */
void            pz_data_loader_added_changed      (PzDataLoader *self);

/* Loads what is added again if it has changed. Returns: whether it had to */
gboolean        pz_data_loader_refresh_added      (PzDataLoader *self);

/* Yes: loads data where none were opened before, or asks about what is added to them. */
void            pz_data_loader_allow              (PzDataLoader *self);

/* Drops what is under way, and nothing is told of it. */
void            pz_data_loader_shut_down          (PzDataLoader *self);

/* --- the data --- */

/* Whether the data that are loaded are those of the recipe. */
gboolean        pz_data_loader_has_data           (PzDataLoader *self);
PzDataset      *pz_data_loader_get_dataset        (PzDataLoader *self);

/* (nullable) (transfer none): how the data are divided by the recipe; by the last one that could be,
 * where this one cannot */
const MlpSplit *pz_data_loader_peek_split         (PzDataLoader *self);

/* Whether the recipe's data are molecules: of a file it is known when it was
 * looked at; until then, what was known before. */
gboolean        pz_data_loader_has_molecules      (PzDataLoader *self);
gboolean        pz_data_loader_get_loading        (PzDataLoader *self);
double          pz_data_loader_get_fraction       (PzDataLoader *self);

/* (nullable) (transfer none): what is being loaded */
const char     *pz_data_loader_get_loading_source (PzDataLoader *self);

/* (nullable) (transfer none) */
const char     *pz_data_loader_get_error          (PzDataLoader *self);

/* It was read; nothing where it is why there are no data. */
void            pz_data_loader_forget_error       (PzDataLoader *self);

/* Whether the data are not loaded because they lie where none were opened before: their place was named by a file,
 * not by a person. pz_data_loader_get_error() says which place. */
gboolean        pz_data_loader_get_asks           (PzDataLoader *self);

/* (nullable) (transfer none): the published data set, in the program's own folder, of which a
 * file is damaged: why there is that error */
const char     *pz_data_loader_get_damaged_source (PzDataLoader *self);

/* Whether anything was ever asked for. */
gboolean        pz_data_loader_was_asked          (PzDataLoader *self);

G_END_DECLS
