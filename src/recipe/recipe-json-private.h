/* recipe-json-private.h: typed access to members of JSON objects.
 *
 * A getter leaves *value alone and returns TRUE where there is no such member;
 * it fails where the member is of another type or out of range.
 *
 * Errors: MLP_ERROR_FORMAT: "“epochs” is not a whole number from 0 to …"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "core/net/mlp-net.h"
#include "datasets/ds-task.h"

G_BEGIN_DECLS

/* (nullable) (transfer none): what @node holds; @what names it in the message:
 * "the recipe" */
JsonObject *recipe_json_as_object   (JsonNode     *node,
                                     const char   *what,
                                     GError      **error);

/* (transfer full): the tree of @text, which io_json_check() has passed: the one
 * way to read JSON. */
JsonNode   *recipe_json_parse       (const char   *text,
                                     gsize         length,
                                     const char   *what,
                                     GError      **error);

/* Sets *@value to a borrowed object or array, NULL where there is none. */
gboolean    recipe_json_get_object  (JsonObject   *object,
                                     const char   *name,
                                     JsonObject  **value,
                                     GError      **error);
gboolean    recipe_json_get_array   (JsonObject   *object,
                                     const char   *name,
                                     JsonArray   **value,
                                     GError      **error);

/* *@value is borrowed from @object. */
gboolean    recipe_json_get_string  (JsonObject   *object,
                                     const char   *name,
                                     const char  **value,
                                     GError      **error);
gboolean    recipe_json_get_boolean (JsonObject   *object,
                                     const char   *name,
                                     gboolean     *value,
                                     GError      **error);

/* Whole numbers from 0 to @max. Those beyond what JSON numbers of 64 bits hold
 * are strings of digits; either form is read. */
gboolean    recipe_json_get_uint64  (JsonObject   *object,
                                     const char   *name,
                                     guint64       max,
                                     guint64      *value,
                                     GError      **error);
gboolean    recipe_json_get_size    (JsonObject   *object,
                                     const char   *name,
                                     gsize        *value,
                                     GError      **error);
gboolean    recipe_json_get_uint    (JsonObject   *object,
                                     const char   *name,
                                     guint        *value,
                                     GError      **error);

/* Finite ones. */
gboolean    recipe_json_get_double  (JsonObject   *object,
                                     const char   *name,
                                     double       *value,
                                     GError      **error);
gboolean    recipe_json_get_float   (JsonObject   *object,
                                     const char   *name,
                                     float        *value,
                                     GError      **error);

/* What is not finite is left out: JSON has no word for it. A float is written
 * with as few digits as give the same float again. A string is made UTF-8. */
void        recipe_json_set_uint64  (JsonObject   *object,
                                     const char   *name,
                                     guint64       value);
void        recipe_json_set_double  (JsonObject   *object,
                                     const char   *name,
                                     double        value);
void        recipe_json_set_float   (JsonObject   *object,
                                     const char   *name,
                                     float         value);
void        recipe_json_set_string  (JsonObject   *object,
                                     const char   *name,
                                     const char   *value);

/* (transfer full): {"features": …, "targets": …, "unit": …, …} */
JsonObject *recipe_json_from_task   (const DsTask *task);

/* What is not there leaves *@task as it is; an unknown feature or target is
 * %MLP_ERROR_FORMAT. */
gboolean    recipe_json_to_task     (JsonObject   *object,
                                     DsTask       *task,
                                     GError      **error);

/* (transfer full): [{"width": 30, "activation": "sigmoid"}, …] */
JsonArray  *recipe_json_from_layers (const MlpLayer *layers,
                                     gsize           n_layers);

/* (transfer full): of MlpLayer, at most RECIPE_MAX_HIDDEN + 1 */
GArray     *recipe_json_to_layers   (JsonArray    *array,
                                     GError      **error);

G_END_DECLS
