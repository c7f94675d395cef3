/* recipe-file-private.h: what the writer and the reader of .perz files share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "recipe/recipe-file.h"

G_BEGIN_DECLS

#define RECIPE_FILE_FORMAT   "perzeptron"
#define RECIPE_FILE_VERSION  "1"
#define RECIPE_FILE_METADATA "__metadata__"

/* The limit of safetensors. */
#define RECIPE_FILE_MAX_HEADER 100000000

/* A file without anything in it, for the reader to fill; the recipe is NULL. */
RecipeFile *recipe_file_new_empty      (void);

/* The tensors of a network's scaler; the last is the linear path, [n[L], n[0]],
 * where there is one. */
#define RECIPE_FILE_N_SCALER 5

extern const char *const recipe_file_scaler_names[RECIPE_FILE_N_SCALER];

/* The tensors of what a network knows of its training pictures. */
#define RECIPE_FILE_N_NOVELTY 3

extern const char *const recipe_file_novelty_names[RECIPE_FILE_N_NOVELTY];

/* (transfer full): "layers.3.weight", l from 1 */
char       *recipe_file_weight_name    (gsize            l);
char       *recipe_file_bias_name      (gsize            l);

/* (transfer full): see recipe-file.h; all members are strings */
char       *recipe_file_checksum       (JsonObject      *metadata,
                                        const guint8    *tensors,
                                        gsize            n_bytes);

/* (transfer full) (array length=n_bytes): what recipe_file_save() writes. */
guint8     *recipe_file_to_bytes       (const RecipeFile *file,
                                        gsize           *n_bytes);

/* The bytes of a file, and what was found in them. */
typedef struct
{
  const guint8 *tensors;
  gsize         n_tensors;   /* bytes */
  JsonObject   *header;      /* borrowed */
  JsonObject   *metadata;    /* borrowed; all members are strings */
} RecipeSource;

/* (transfer full): the object that stands in the metadata under @name */
JsonNode   *recipe_source_read_metadata (const RecipeSource *source,
                                        const char      *name,
                                        GError         **error);

/* Sets *@net to the network, or to NULL where the file has none. */
gboolean    recipe_source_read_net     (const RecipeSource *source,
                                        MlpNet         **net,
                                        GError         **error);

/* recipe_file_parse(), where fuzzing can look behind the checksum. */
RecipeFile *recipe_file_parse_checked  (const char      *name,
                                        const guint8    *bytes,
                                        gsize            n_bytes,
                                        gboolean         verify,
                                        GError         **error);

G_END_DECLS
