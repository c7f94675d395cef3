/* recipe-json.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#include "core/mlp-error.h"
#include "datasets/ds-split.h"
#include "recipe/recipe-json-private.h"
#include "recipe/recipe-json.h"

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);

  return node;
}

static JsonObject *
split_to_json (const DsSplitOptions *split)
{
  JsonObject *object = json_object_new ();

  /* G_MAXSIZE is no number of samples; without the member it is what is read. */
  if (split->n_validation != G_MAXSIZE)
    recipe_json_set_uint64 (object, "validation", split->n_validation);

  if (split->n_test != G_MAXSIZE)
    recipe_json_set_uint64 (object, "test", split->n_test);

  if (split->validation_share > 0.0f)
    recipe_json_set_float (object, "validation_share", split->validation_share);

  if (split->test_share > 0.0f)
    recipe_json_set_float (object, "test_share", split->test_share);

  if (split->european_share > 0.0f)
    recipe_json_set_float (object, "european_share", split->european_share);

  recipe_json_set_uint64 (object, "limit", split->limit);
  json_object_set_boolean_member (object, "shuffle", split->shuffle);
  recipe_json_set_uint64 (object, "seed", split->seed);

  return object;
}

static gboolean
split_from_json (JsonObject     *object,
                 DsSplitOptions *split,
                 GError        **error)
{
  return recipe_json_get_size (object, "validation", &split->n_validation, error) &&
         recipe_json_get_size (object, "test", &split->n_test, error) &&
         recipe_json_get_float (object, "validation_share", &split->validation_share, error) &&
         recipe_json_get_float (object, "test_share", &split->test_share, error) &&
         recipe_json_get_float (object, "european_share", &split->european_share, error) &&
         recipe_json_get_size (object, "limit", &split->limit, error) &&
         recipe_json_get_boolean (object, "shuffle", &split->shuffle, error) &&
         recipe_json_get_uint64 (object, "seed", G_MAXUINT64, &split->seed, error);
}

/* A name that is not known is a fault of the file, not of a person's choice. */
static gboolean
set_format_error (gboolean ok,
                  GError **error)
{
  if (!ok && error != NULL && *error != NULL)
    (*error)->code = MLP_ERROR_FORMAT;

  return ok;
}

JsonObject *
recipe_json_from_task (const DsTask *task)
{
  JsonObject *object = json_object_new ();

  recipe_json_set_string (object, "features", task->features);
  recipe_json_set_string (object, "targets", task->targets);
  json_object_set_string_member (object, "unit", mol_target_get_unit_name (task->unit));
  json_object_set_boolean_member (object, "keep_uncharacterized", task->keep_uncharacterized);

  return object;
}

gboolean
recipe_json_to_task (JsonObject *object,
                     DsTask     *task,
                     GError    **error)
{
  const char *features = task->features;
  const char *targets = task->targets;
  const char *unit = mol_target_get_unit_name (task->unit);
  DsTask read = { NULL };

  if (!recipe_json_get_string (object, "features", &features, error) ||
      !recipe_json_get_string (object, "targets", &targets, error) ||
      !recipe_json_get_string (object, "unit", &unit, error) ||
      !recipe_json_get_boolean (object, "keep_uncharacterized", &task->keep_uncharacterized, error) ||
      !set_format_error (mol_target_unit_from_name (unit, &task->unit, error), error))
    return FALSE;

  read.features = g_strdup (features);
  read.targets = g_strdup (targets);
  if (!set_format_error (ds_task_check (&read, error), error))
    {
      ds_task_clear (&read);
      return FALSE;
    }

  read.unit = task->unit;
  read.keep_uncharacterized = task->keep_uncharacterized;
  ds_task_clear (task);
  *task = read;

  return TRUE;
}

static JsonObject *
optimizer_to_json (const MlpOptimizerOptions *optimizer)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", mlp_optimizer_get_name (optimizer->kind));
  recipe_json_set_float (object, "momentum", optimizer->momentum);
  recipe_json_set_float (object, "rho", optimizer->rho);
  recipe_json_set_float (object, "beta1", optimizer->beta1);
  recipe_json_set_float (object, "beta2", optimizer->beta2);
  recipe_json_set_float (object, "epsilon", optimizer->epsilon);
  recipe_json_set_float (object, "weight_decay", optimizer->weight_decay);

  return object;
}

static gboolean
optimizer_from_json (JsonObject          *object,
                     MlpOptimizerOptions *optimizer,
                     GError             **error)
{
  const char *kind = NULL;

  if (!recipe_json_get_string (object, "kind", &kind, error))
    return FALSE;

  if (kind != NULL && !set_format_error (mlp_optimizer_from_name (kind, &optimizer->kind, error), error))
    return FALSE;

  return recipe_json_get_float (object, "momentum", &optimizer->momentum, error) &&
         recipe_json_get_float (object, "rho", &optimizer->rho, error) &&
         recipe_json_get_float (object, "beta1", &optimizer->beta1, error) &&
         recipe_json_get_float (object, "beta2", &optimizer->beta2, error) &&
         recipe_json_get_float (object, "epsilon", &optimizer->epsilon, error) &&
         recipe_json_get_float (object, "weight_decay", &optimizer->weight_decay, error);
}

static JsonObject *
schedule_to_json (const MlpSchedule *schedule)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "kind", mlp_schedule_get_name (schedule->kind));
  recipe_json_set_float (object, "factor", schedule->factor);
  recipe_json_set_uint64 (object, "step_epochs", schedule->step_epochs);
  recipe_json_set_uint64 (object, "warmup_epochs", schedule->warmup_epochs);

  return object;
}

static gboolean
schedule_from_json (JsonObject  *object,
                    MlpSchedule *schedule,
                    GError     **error)
{
  const char *kind = NULL;

  if (!recipe_json_get_string (object, "kind", &kind, error))
    return FALSE;

  if (kind != NULL && !set_format_error (mlp_schedule_from_name (kind, &schedule->kind, error), error))
    return FALSE;

  return recipe_json_get_float (object, "factor", &schedule->factor, error) &&
         recipe_json_get_uint (object, "step_epochs", &schedule->step_epochs, error) &&
         recipe_json_get_uint (object, "warmup_epochs", &schedule->warmup_epochs, error);
}

static JsonObject *
training_to_json (const MlpTrainOptions *training)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "loss", mlp_loss_get_name (training->loss));
  json_object_set_object_member (object, "optimizer", optimizer_to_json (&training->optimizer));
  recipe_json_set_float (object, "learning_rate", training->rate);
  json_object_set_object_member (object, "schedule", schedule_to_json (&training->schedule));
  recipe_json_set_uint64 (object, "epochs", training->epochs);
  recipe_json_set_uint64 (object, "batch_size", training->batch_size);
  recipe_json_set_float (object, "l1", training->l1);
  recipe_json_set_float (object, "l2", training->l2);
  recipe_json_set_float (object, "dropout", training->dropout);
  recipe_json_set_float (object, "max_norm", training->max_norm);
  recipe_json_set_float (object, "clip_norm", training->clip_norm);
  json_object_set_string_member (object, "augment", mlp_augment_get_name (training->augment));
  recipe_json_set_uint64 (object, "patience", training->patience);
  json_object_set_string_member (object, "init", mlp_net_get_init_name (training->init));
  json_object_set_boolean_member (object, "normal_biases", training->random_biases);
  json_object_set_boolean_member (object, "standardise", training->standardise);
  json_object_set_boolean_member (object, "linear_path", training->linear_path);
  recipe_json_set_uint64 (object, "seed", training->seed);
  recipe_json_set_uint64 (object, "threads", training->threads);

  return object;
}

static gboolean
training_from_json (JsonObject      *object,
                    MlpTrainOptions *training,
                    GError         **error)
{
  const char *loss = NULL;
  const char *init = NULL;
  const char *augment = mlp_augment_get_name (MLP_AUGMENT_NONE);     /* in files that do not know it */
  JsonObject *optimizer, *schedule;

  if (!recipe_json_get_string (object, "loss", &loss, error) ||
      !recipe_json_get_string (object, "init", &init, error) ||
      !recipe_json_get_string (object, "augment", &augment, error) ||
      !recipe_json_get_object (object, "optimizer", &optimizer, error) ||
      !recipe_json_get_object (object, "schedule", &schedule, error))
    return FALSE;

  if (loss != NULL && !set_format_error (mlp_loss_from_name (loss, &training->loss, error), error))
    return FALSE;

  if (init != NULL && !set_format_error (mlp_net_init_from_name (init, &training->init, error), error))
    return FALSE;

  if (!set_format_error (mlp_augment_from_name (augment, &training->augment, error), error))
    return FALSE;

  if (optimizer != NULL && !optimizer_from_json (optimizer, &training->optimizer, error))
    return FALSE;

  if (schedule != NULL && !schedule_from_json (schedule, &training->schedule, error))
    return FALSE;

  return recipe_json_get_float (object, "learning_rate", &training->rate, error) &&
         recipe_json_get_uint (object, "epochs", &training->epochs, error) &&
         recipe_json_get_size (object, "batch_size", &training->batch_size, error) &&
         recipe_json_get_float (object, "l1", &training->l1, error) &&
         recipe_json_get_float (object, "l2", &training->l2, error) &&
         recipe_json_get_float (object, "dropout", &training->dropout, error) &&
         recipe_json_get_float (object, "max_norm", &training->max_norm, error) &&
         recipe_json_get_float (object, "clip_norm", &training->clip_norm, error) &&
         recipe_json_get_uint (object, "patience", &training->patience, error) &&
         recipe_json_get_boolean (object, "normal_biases", &training->random_biases, error) &&
         recipe_json_get_boolean (object, "standardise", &training->standardise, error) &&
         recipe_json_get_boolean (object, "linear_path", &training->linear_path, error) &&
         recipe_json_get_uint64 (object, "seed", G_MAXUINT64, &training->seed, error) &&
         recipe_json_get_uint (object, "threads", &training->threads, error);
}

JsonArray *
recipe_json_from_layers (const MlpLayer *layers,
                         gsize           n_layers)
{
  JsonArray *array = json_array_sized_new (n_layers);

  for (gsize i = 0; i < n_layers; i++)
    {
      JsonObject *object = json_object_new ();

      recipe_json_set_uint64 (object, "width", layers[i].width);
      json_object_set_string_member (object, "activation",
                                     mlp_activation_get_name (layers[i].activation));
      json_array_add_object_element (array, object);
    }

  return array;
}

static gboolean
layer_from_json (JsonNode *node,
                 MlpLayer *layer,
                 GError  **error)
{
  JsonObject *object = recipe_json_as_object (node, _("a layer"), error);
  const char *activation = NULL;

  if (object == NULL ||
      !recipe_json_get_size (object, "width", &layer->width, error) ||
      !recipe_json_get_string (object, "activation", &activation, error))
    return FALSE;

  if (activation == NULL || !json_object_has_member (object, "width"))
    {
      g_set_error_literal (error, MLP_ERROR, MLP_ERROR_FORMAT,
                           _("a layer lacks “width” or “activation”"));
      return FALSE;
    }

  return set_format_error (mlp_activation_from_name (activation, &layer->activation, error), error);
}

GArray *
recipe_json_to_layers (JsonArray *array,
                       GError   **error)
{
  g_autoptr(GArray) layers = g_array_new (FALSE, FALSE, sizeof (MlpLayer));
  guint n = json_array_get_length (array);

  if (n > RECIPE_MAX_HIDDEN + 1)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT,
                   _("there are %u layers; the maximum is %d hidden layers"),
                   n, RECIPE_MAX_HIDDEN);
      return NULL;
    }

  for (guint i = 0; i < n; i++)
    {
      MlpLayer layer;

      if (!layer_from_json (json_array_get_element (array, i), &layer, error))
        return NULL;

      g_array_append_val (layers, layer);
    }

  return g_steal_pointer (&layers);
}

JsonNode *
recipe_json_from_recipe (const Recipe *recipe)
{
  JsonObject *object;

  g_return_val_if_fail (recipe != NULL, NULL);

  object = json_object_new ();
  recipe_json_set_string (object, "source", recipe->source);
  if (recipe->add != NULL)
    recipe_json_set_string (object, "add", recipe->add);
  json_object_set_object_member (object, "split", split_to_json (&recipe->split));
  json_object_set_object_member (object, "task", recipe_json_from_task (&recipe->task));
  json_object_set_array_member (object, "hidden",
                                recipe_json_from_layers ((const MlpLayer *) (void *) recipe->hidden->data,
                                                         recipe->hidden->len));
  json_object_set_string_member (object, "output", mlp_activation_get_name (recipe->output));
  json_object_set_object_member (object, "training", training_to_json (&recipe->training));

  return take_object (object);
}

static gboolean
read_hidden (JsonArray *array,
             Recipe    *recipe,
             GError   **error)
{
  g_autoptr(GArray) layers = recipe_json_to_layers (array, error);

  if (layers == NULL)
    return FALSE;

  g_array_unref (recipe->hidden);
  recipe->hidden = g_steal_pointer (&layers);

  return TRUE;
}

Recipe *
recipe_json_to_recipe (JsonNode *node,
                       GError  **error)
{
  g_autoptr(Recipe) recipe = NULL;
  JsonObject *object, *split, *task, *training;
  JsonArray *hidden;
  const char *output = NULL;
  const char *source = NULL;
  const char *add = NULL;

  g_return_val_if_fail (node != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  object = recipe_json_as_object (node, _("the recipe"), error);
  if (object == NULL ||
      !recipe_json_get_string (object, "source", &source, error) ||
      !recipe_json_get_string (object, "add", &add, error) ||
      !recipe_json_get_object (object, "split", &split, error) ||
      !recipe_json_get_object (object, "task", &task, error) ||
      !recipe_json_get_array (object, "hidden", &hidden, error) ||
      !recipe_json_get_string (object, "output", &output, error) ||
      !recipe_json_get_object (object, "training", &training, error))
    return NULL;

  recipe = recipe_new ();

  if (source != NULL)
    {
      g_free (recipe->source);
      recipe->source = g_strdup (source);
    }
  recipe->add = g_strdup (add);

  if (split != NULL && !split_from_json (split, &recipe->split, error))
    return NULL;

  if (task != NULL && !recipe_json_to_task (task, &recipe->task, error))
    return NULL;

  if (hidden != NULL && !read_hidden (hidden, recipe, error))
    return NULL;

  if (output != NULL && !set_format_error (mlp_activation_from_name (output, &recipe->output, error), error))
    return NULL;

  if (training != NULL && !training_from_json (training, &recipe->training, error))
    return NULL;

  return g_steal_pointer (&recipe);
}

JsonNode *
recipe_json_from_epoch (const MlpEpoch *epoch)
{
  JsonObject *object;

  g_return_val_if_fail (epoch != NULL, NULL);

  object = json_object_new ();
  recipe_json_set_uint64 (object, "epoch", epoch->epoch);
  recipe_json_set_double (object, "train_loss", epoch->train_loss);
  recipe_json_set_double (object, "validation_loss", epoch->validation_loss);
  recipe_json_set_double (object, "train_accuracy", epoch->train_accuracy);
  recipe_json_set_double (object, "validation_accuracy", epoch->validation_accuracy);
  recipe_json_set_double (object, "train_mae", epoch->train_mae);
  recipe_json_set_double (object, "validation_mae", epoch->validation_mae);
  recipe_json_set_double (object, "learning_rate", epoch->rate);

  return take_object (object);
}

gboolean
recipe_json_to_epoch (JsonNode *node,
                      MlpEpoch *epoch,
                      GError  **error)
{
  JsonObject *object;

  g_return_val_if_fail (node != NULL, FALSE);
  g_return_val_if_fail (epoch != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  *epoch = (MlpEpoch) { 0, NAN, NAN, NAN, NAN, NAN, NAN, NAN };

  object = recipe_json_as_object (node, _("an epoch"), error);

  return object != NULL &&
         recipe_json_get_uint (object, "epoch", &epoch->epoch, error) &&
         recipe_json_get_double (object, "train_loss", &epoch->train_loss, error) &&
         recipe_json_get_double (object, "validation_loss", &epoch->validation_loss, error) &&
         recipe_json_get_double (object, "train_accuracy", &epoch->train_accuracy, error) &&
         recipe_json_get_double (object, "validation_accuracy", &epoch->validation_accuracy, error) &&
         recipe_json_get_double (object, "train_mae", &epoch->train_mae, error) &&
         recipe_json_get_double (object, "validation_mae", &epoch->validation_mae, error) &&
         recipe_json_get_double (object, "learning_rate", &epoch->rate, error);
}
