/* pz-run.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "datasets/ds-split.h"
#include "model/pz-run.h"

struct _PzRun
{
  GObject           parent_instance;

  Recipe           *recipe;
  RecipeData        data;
  PzHistory        *history;

  /* The weights: its own, or those of the trainer. */
  MlpNet           *net;        /* (nullable) */
  MlpTrainingState *state;      /* (nullable): with it */
  PzTrainer        *trainer;    /* (nullable) */
  gulong            trainer_id;
  MlpSamples       *samples;    /* (nullable): that the trainer has it train on */
  guint             net_number;

  GArray           *test_looks; /* of PzTestLook */
  guint             tested_number; /* of the network of the last one; 0: it says nothing about the present one */
};

enum {
  NET_CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzRun, pz_run, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

static void
on_trainer_net_changed (PzRun *self)
{
  self->net_number++;
  g_signal_emit (self, signals[NET_CHANGED], 0);
}

static void
clear_trainer (PzRun *self)
{
  if (self->trainer != NULL)
    g_clear_signal_handler (&self->trainer_id, self->trainer);

  g_clear_object (&self->trainer);
  g_clear_pointer (&self->samples, mlp_samples_unref);
}

static void
pz_run_finalize (GObject *object)
{
  PzRun *self = PZ_RUN (object);

  clear_trainer (self);
  g_clear_pointer (&self->recipe, recipe_free);
  recipe_data_clear (&self->data);
  g_clear_object (&self->history);
  g_clear_pointer (&self->net, mlp_net_free);
  g_clear_pointer (&self->state, mlp_training_state_unref);
  g_clear_pointer (&self->test_looks, g_array_unref);

  G_OBJECT_CLASS (pz_run_parent_class)->finalize (object);
}

static void
pz_run_class_init (PzRunClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pz_run_finalize;

  signals[NET_CHANGED] =
    g_signal_new ("net-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pz_run_init (PzRun *self)
{
  self->net_number = 1;
  self->test_looks = g_array_new (FALSE, FALSE, sizeof (PzTestLook));
}

PzRun *
pz_run_new (const Recipe     *recipe,
            const RecipeData *data,
            PzHistory        *history)
{
  PzRun *self;

  g_return_val_if_fail (recipe != NULL && data != NULL, NULL);
  g_return_val_if_fail (PZ_IS_HISTORY (history), NULL);

  self = g_object_new (PZ_TYPE_RUN, NULL);
  self->recipe = recipe_copy (recipe);
  recipe_data_copy (data, &self->data);
  self->history = g_object_ref (history);

  return self;
}

const Recipe *
pz_run_peek_recipe (PzRun *self)
{
  g_return_val_if_fail (PZ_IS_RUN (self), NULL);

  return self->recipe;
}

const RecipeData *
pz_run_peek_data (PzRun *self)
{
  g_return_val_if_fail (PZ_IS_RUN (self), NULL);

  return &self->data;
}

PzHistory *
pz_run_get_history (PzRun *self)
{
  g_return_val_if_fail (PZ_IS_RUN (self), NULL);

  return self->history;
}

/* --- the weights --- */

const MlpNet *
pz_run_peek_net (PzRun *self)
{
  g_return_val_if_fail (PZ_IS_RUN (self), NULL);

  return self->trainer != NULL ? pz_trainer_peek_net (self->trainer) : self->net;
}

guint
pz_run_get_net_number (PzRun *self)
{
  g_return_val_if_fail (PZ_IS_RUN (self), 0);

  return self->net_number;
}

void
pz_run_set_net (PzRun            *self,
                MlpNet           *net,
                MlpTrainingState *state)
{
  g_return_if_fail (PZ_IS_RUN (self));
  g_return_if_fail (net != NULL);

  clear_trainer (self);
  g_clear_pointer (&self->net, mlp_net_free);
  g_clear_pointer (&self->state, mlp_training_state_unref);
  self->net = net;
  self->state = state;
  self->net_number++;
  g_signal_emit (self, signals[NET_CHANGED], 0);
}

void
pz_run_enter_trainer (PzRun      *self,
                      PzTrainer  *trainer,
                      MlpSamples *samples)
{
  g_return_if_fail (PZ_IS_RUN (self));
  g_return_if_fail (PZ_IS_TRAINER (trainer));
  g_return_if_fail (samples != NULL);

  clear_trainer (self);
  g_clear_pointer (&self->net, mlp_net_free);
  g_clear_pointer (&self->state, mlp_training_state_unref);
  self->trainer = g_object_ref (trainer);
  self->trainer_id = g_signal_connect_swapped (trainer, "net-changed", G_CALLBACK (on_trainer_net_changed), self);
  self->samples = mlp_samples_ref (samples);
}

void
pz_run_leave_trainer (PzRun *self)
{
  g_return_if_fail (PZ_IS_RUN (self));
  g_return_if_fail (self->trainer != NULL);

  self->net = pz_trainer_take_net (self->trainer);
  clear_trainer (self);
}

/* --- going on with it --- */

void
pz_run_extend (PzRun            *self,
               const Recipe     *recipe,
               const RecipeData *data)
{
  Recipe *old_recipe = self->recipe;
  RecipeData old_data = self->data;

  g_return_if_fail (PZ_IS_RUN (self));

  self->recipe = recipe_copy (recipe);
  recipe_data_copy (data, &self->data);
  recipe_free (old_recipe);
  recipe_data_clear (&old_data);
}

gboolean
pz_run_has_learnt (PzRun       *self,
                   const DsSet *set)
{
  const DsTask *task = set != NULL ? set->task : NULL;

  g_return_val_if_fail (PZ_IS_RUN (self), FALSE);

  if (self->data.task == NULL || task == NULL)
    return self->data.task == task;

  return ds_task_learns_same (self->data.task, task);
}

gboolean
pz_run_fits (PzRun        *self,
             const Recipe *recipe,
             const DsSet  *set)
{
  const GArray *hidden = recipe->hidden;
  const MlpNet *net;
  gsize L;

  g_return_val_if_fail (PZ_IS_RUN (self), FALSE);

  net = pz_run_peek_net (self);
  if (net == NULL || set == NULL)
    return FALSE;

  L = mlp_net_get_n_layers (net);

  if (L != hidden->len + 1 ||
      mlp_net_get_width (net, 0) != mlp_samples_get_n_inputs (set->samples) ||
      mlp_net_get_width (net, L) != mlp_samples_get_n_outputs (set->samples) ||
      mlp_net_get_activation (net, L) != recipe->output ||
      !pz_run_has_learnt (self, set))
    return FALSE;

  for (guint i = 0; i < hidden->len; i++)
    {
      const MlpLayer *layer = &g_array_index (hidden, MlpLayer, i);

      if (mlp_net_get_width (net, i + 1) != layer->width ||
          mlp_net_get_activation (net, i + 1) != layer->activation)
        return FALSE;
    }

  return TRUE;
}

gboolean
pz_run_keeps_curve (PzRun        *self,
                    const Recipe *recipe,
                    const DsSet  *set)
{
  g_return_val_if_fail (PZ_IS_RUN (self), FALSE);

  return self->trainer == NULL &&
         recipe->training.loss == self->recipe->training.loss &&
         ds_split_options_equal (&recipe->split, &self->recipe->split) &&
         g_strcmp0 (self->data.identity, set->identity) == 0;
}

/* Whether a run with @recipe differs in nothing but how long and how fast. */
static gboolean
has_recipe (PzRun        *self,
            const Recipe *recipe)
{
  g_autoptr(Recipe) changed = recipe_copy (self->recipe);
  const MlpTrainOptions *now = &recipe->training;

  changed->training.rate = now->rate;
  changed->training.epochs = now->epochs;
  changed->training.patience = now->patience;
  changed->training.threads = now->threads;
  changed->training.init = now->init;
  changed->training.random_biases = now->random_biases;

  return recipe_equal (changed, recipe);
}

gboolean
pz_run_is_in_trainer (PzRun        *self,
                      const Recipe *recipe,
                      const DsSet  *set)
{
  g_return_val_if_fail (PZ_IS_RUN (self), FALSE);

  if (self->trainer == NULL || !pz_trainer_get_can_continue (self->trainer) ||
      self->recipe->training.patience != recipe->training.patience ||
      self->recipe->training.threads != recipe->training.threads)
    return FALSE;

  /* There are other drawings by now. */
  if (recipe->add != NULL && self->samples != set->samples)
    return FALSE;

  return has_recipe (self, recipe);
}

guint
pz_run_count_epochs_to_do (PzRun        *self,
                           const Recipe *recipe)
{
  const guint epochs = recipe->training.epochs;
  guint done;

  g_return_val_if_fail (PZ_IS_RUN (self), epochs);

  done = pz_history_get_n_epochs (self->history);

  return self->recipe->training.epochs == epochs && done < epochs ? epochs - done : epochs;
}

MlpTrainingState *
pz_run_dup_state (PzRun          *self,
                  const Recipe   *recipe,
                  const DsSet    *set,
                  const MlpSplit *split,
                  MlpNet        **net)
{
  g_autoptr(RecipeSeen) seen = NULL;
  guint epoch;

  g_return_val_if_fail (PZ_IS_RUN (self), NULL);
  g_return_val_if_fail (net != NULL, NULL);

  *net = NULL;
  if (!has_recipe (self, recipe) || g_strcmp0 (set->identity, self->data.identity) != 0)
    return NULL;

  seen = recipe_seen_new (set, split);
  if (self->data.seen != NULL && !recipe_seen_covers (self->data.seen, seen))
    return NULL;

  if (self->trainer != NULL)
    return pz_trainer_take_checkpoint (self->trainer, net, &epoch);

  if (self->state == NULL)
    return NULL;

  *net = mlp_net_copy (self->net);

  return mlp_training_state_ref (self->state);
}

/* --- its figures --- */

void
pz_run_get_net_view (PzRun       *self,
                     const DsSet *set,
                     PzNetView   *view)
{
  g_return_if_fail (PZ_IS_RUN (self));
  g_return_if_fail (view != NULL);

  view->seen = self->data.seen != NULL ? recipe_seen_ref (self->data.seen) : NULL;
  view->same_data = set != NULL && g_strcmp0 (self->data.identity, set->identity) == 0;
  view->split = self->recipe->split;
}

void
pz_run_add_test_look (PzRun            *self,
                      guint             net_number,
                      const MlpMetrics *metrics)
{
  PzTestLook look = { 0 };

  g_return_if_fail (PZ_IS_RUN (self));
  g_return_if_fail (metrics != NULL);

  look.epoch = pz_history_get_n_epochs (self->history);
  look.time = g_get_real_time ();
  look.metrics = *metrics;
  g_array_append_val (self->test_looks, look);
  self->tested_number = net_number;
}

void
pz_run_forget_test (PzRun *self)
{
  g_return_if_fail (PZ_IS_RUN (self));

  self->tested_number = 0;
}

gboolean
pz_run_get_tested (PzRun      *self,
                   MlpMetrics *metrics)
{
  g_return_val_if_fail (PZ_IS_RUN (self), FALSE);

  if (self->tested_number != self->net_number)
    return FALSE;

  if (metrics != NULL)
    *metrics = g_array_index (self->test_looks, PzTestLook, self->test_looks->len - 1).metrics;

  return TRUE;
}

const PzTestLook *
pz_run_peek_test_looks (PzRun *self,
                        guint *n_looks)
{
  g_return_val_if_fail (PZ_IS_RUN (self), NULL);
  g_return_val_if_fail (n_looks != NULL, NULL);

  *n_looks = self->test_looks->len;

  return (const PzTestLook *) (gpointer) self->test_looks->data;
}

/* --- the file --- */

RecipeFile *
pz_run_make_file_of (PzRun            *self,
                     const Recipe     *draft,
                     const MlpNet     *net,
                     MlpTrainingState *state,
                     guint             epoch)
{
  const MlpEpoch *epochs;
  guint n_epochs, best_epoch;
  RecipeFile *file;

  g_return_val_if_fail (PZ_IS_RUN (self), NULL);

  epochs = pz_history_peek_epochs (self->history, &n_epochs);
  best_epoch = pz_history_get_best_epoch (self->history);

  while (n_epochs > 0 && epochs[n_epochs - 1].epoch > epoch)
    n_epochs--;
  if (epoch == G_MAXUINT)
    epoch = n_epochs > 0 ? epochs[n_epochs - 1].epoch : 0;

  /* Of a state, its own, counted as the history counts. */
  if (state != NULL)
    best_epoch = state->best_epoch > 0 ? state->best_epoch + epoch - MIN (epoch, state->n_epochs) : 0;

  file = recipe_file_new (draft, NULL, net, epochs, n_epochs, best_epoch);
  file->state = state != NULL ? mlp_training_state_ref (state) : NULL;

  /* The data that the network knows, which need not be those of the form. */
  recipe_data_clear (&file->data);
  recipe_data_copy (&self->data, &file->data);
  file->trained = recipe_copy (self->recipe);

  return file;
}

RecipeFile *
pz_run_make_file (PzRun        *self,
                  const Recipe *draft)
{
  g_autoptr(MlpTrainingState) state = NULL;
  g_autoptr(MlpNet) state_net = NULL;
  guint epoch = 0;

  g_return_val_if_fail (PZ_IS_RUN (self), NULL);

  if (self->trainer != NULL)
    state = pz_trainer_take_checkpoint (self->trainer, &state_net, &epoch);
  else if (self->state != NULL)
    state = mlp_training_state_ref (self->state);

  return pz_run_make_file_of (self, draft, state_net != NULL ? state_net : pz_run_peek_net (self), state, G_MAXUINT);
}
