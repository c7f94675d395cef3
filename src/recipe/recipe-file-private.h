/* recipe-file-private.h: internals shared by the writer and the reader of .perz files.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "recipe/recipe-file.h"

G_BEGIN_DECLS

#define RECIPE_FILE_FORMAT   "perzeptron"
#define RECIPE_FILE_VERSION  "2"      /* that is written; 1 is read, too */
#define RECIPE_FILE_METADATA "__metadata__"

/* The limit of safetensors. */
#define RECIPE_FILE_MAX_HEADER 100000000

/* A file without anything in it, for the reader to fill; the recipe is NULL. */
RecipeFile             *recipe_file_new_empty            (void);

/* The tensors of a network's scaler: mean and deviation; from RANGES on the ranges,
 * which old files do not have; LINEAR is the linear path, [n[L], n[0]], where there is
 * one. */
#define RECIPE_FILE_N_SCALER 9
#define RECIPE_FILE_SCALER_RANGES 4
#define RECIPE_FILE_SCALER_LINEAR 8

extern const char *const recipe_file_scaler_names[RECIPE_FILE_N_SCALER];

/* Whether a tensor has a number for each input; otherwise for each output. */
gboolean                recipe_file_scaler_is_of_inputs  (guint                          which);

/* The tensors of what a network knows of its training pictures. */
#define RECIPE_FILE_N_NOVELTY 3

extern const char *const recipe_file_novelty_names[RECIPE_FILE_N_NOVELTY];

/* (transfer full): "layers.3.weight", l from 1 */
char                   *recipe_file_weight_name          (gsize                          l);
char                   *recipe_file_bias_name            (gsize                          l);

/* What a network has seen: in training and in validation. */
#define RECIPE_FILE_N_SAMPLES 2

extern const char *const recipe_file_samples_names[RECIPE_FILE_N_SAMPLES];

/* A tensor of a file: @rows × @columns, a vector where there are no columns. */
typedef struct
{
  char       *name;
  const char *type;      /* RECIPE_FILE_F32, RECIPE_FILE_U8 or RECIPE_FILE_I32 */
  gsize       rows;
  gsize       columns;
  const void *values;    /* (nullable): to be written; NULL: of a file that is read */
  gsize       begin;     /* among the bytes of all tensors */
  gsize       size;      /* bytes */
} RecipeFileTensor;

#define RECIPE_FILE_F32 "F32"
#define RECIPE_FILE_U8  "U8"
#define RECIPE_FILE_I32 "I32"

/* (transfer full): of RecipeFileTensor */
GArray                 *recipe_file_tensors_new          (void);

/* Behind the others. A writer's begins where the last one ends; a reader finds out. The caller has
 * checked the sizes: their product does not overflow. */
void                    recipe_file_tensors_add          (GArray                        *tensors,
                                                          const char                    *name,
                                                          const char                    *type,
                                                          gsize                          rows,
                                                          gsize                          columns,
                                                          const void                    *values);

/* The same for a reader: another tensor that the file should have. Its size is checked before any
 * is found. Errors: %MLP_ERROR_TOO_LARGE */
gboolean                recipe_file_tensors_expect       (GArray                        *tensors,
                                                          const char                    *name,
                                                          const char                    *type,
                                                          gsize                          rows,
                                                          gsize                          columns,
                                                          GError                       **error);

/* (transfer none): that is called @name; NULL if none */
const RecipeFileTensor *recipe_file_tensors_get          (const GArray                  *tensors,
                                                          const char                    *name);

/* (transfer full): the value of "checked" for metadata without it; see recipe-file.h */
char                   *recipe_file_list_checked         (JsonObject                    *metadata);

/* (transfer full) (nullable): that of version 2; NULL where the metadata that it covers are not
 * there. All members are strings; the tensors lie within @bytes. */
char                   *recipe_file_checksum             (JsonObject                    *metadata,
                                                          const GArray                  *tensors,
                                                          const guint8                  *bytes);

/* Whether the checksum of a file of version 1 is @expected, as it is or as it was before another
 * program wrote it again. @tensors: in the order of version 1: layers, scaler, novelty */
gboolean                recipe_file_check_version_1      (JsonObject                    *metadata,
                                                          const GArray                  *tensors,
                                                          const guint8                  *bytes,
                                                          gsize                          n_bytes,
                                                          const char                    *expected);

/* (transfer full) (array length=n_bytes): what recipe_file_save() writes. */
guint8                 *recipe_file_to_bytes             (const RecipeFile              *file,
                                                          gsize                         *n_bytes);

/* The bytes of a file, and what was found in them. */
typedef struct
{
  const guint8 *tensors;
  gsize         n_tensors;   /* bytes */
  JsonObject   *header;      /* borrowed */
  JsonObject   *metadata;    /* borrowed; all members are strings */
  gboolean      is_version_1;
} RecipeFileSource;

/* Finds in the file all tensors that a reader expects: they are of these types and sizes and fill it
 * exactly, and there are no others. Errors: %MLP_ERROR_FORMAT, %MLP_ERROR_SHAPE, %MLP_ERROR_TRUNCATED */
gboolean                recipe_file_tensors_find         (GArray                        *tensors,
                                                          const RecipeFileSource        *source,
                                                          GError                       **error);

/* (transfer full): the object that stands in the metadata under @name */
JsonNode               *recipe_file_source_read_metadata (const RecipeFileSource        *source,
                                                          const char                    *name,
                                                          GError                       **error);

/* Sets *@net to the network, or to NULL where the file has none, and *@seen to what it has seen,
 * or to NULL where the file does not say, and *@state to that of its training, or to NULL.
 * @data: the object of that name
 * @tensors: (inout): empty; all of the file, in the order in which they are written */
gboolean                recipe_file_source_read_net      (const RecipeFileSource        *source,
                                                          JsonObject                    *data,
                                                          GArray                        *tensors,
                                                          MlpNet                       **net,
                                                          RecipeSeen                   **seen,
                                                          MlpTrainingState             **state,
                                                          GError                       **error);

/* Words of four bytes, such as floats, of a tensor that is there; little-endian in the file. */
void                    recipe_file_source_copy_words    (const RecipeFileSource        *source,
                                                          const GArray                  *tensors,
                                                          const char                    *name,
                                                          gpointer                       to);

/* The state of a training run: its tensors, and the value of "training" in the metadata. */
void                    recipe_file_training_add_tensors (GArray                        *tensors,
                                                          const MlpNet                  *net,
                                                          const MlpTrainingState        *state);
JsonObject             *recipe_file_training_to_json     (const MlpTrainingState        *state);

/* What tells which tensors there are. */
typedef struct
{
  guint    n_moments;
  gboolean has_last;
  gsize    n_train;
} RecipeFileTrainingSizes;

gboolean                recipe_file_training_read_sizes  (JsonObject                    *object,
                                                          RecipeFileTrainingSizes       *sizes,
                                                          GError                       **error);
gboolean                recipe_file_training_expect      (GArray                        *tensors,
                                                          gsize                          n_inputs,
                                                          const GArray                  *layers,
                                                          const RecipeFileTrainingSizes *sizes,
                                                          GError                       **error);

/* (transfer full): when all tensors were found; checked by mlp_training_state_check() */
MlpTrainingState       *recipe_file_training_read        (const RecipeFileSource        *source,
                                                          const GArray                  *tensors,
                                                          const MlpNet                  *net,
                                                          JsonObject                    *object,
                                                          const RecipeFileTrainingSizes *sizes,
                                                          GError                       **error);

/* recipe_file_parse(), where fuzzing can look behind the checksum. */
RecipeFile             *recipe_file_parse_checked        (const char                    *name,
                                                          const guint8                  *bytes,
                                                          gsize                          n_bytes,
                                                          gboolean                       verify,
                                                          GError                       **error);

G_END_DECLS
