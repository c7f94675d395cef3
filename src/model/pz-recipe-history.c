/* pz-recipe-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "model/pz-recipe-history.h"

struct _PzRecipeHistory
{
  GObject     parent_instance;

  Recipe     *recipe;
  GPtrArray  *undo;             /* of Recipe, the newest last */
  GPtrArray  *redo;
  const char *last_what;        /* of the last edit: more of the same is the same step */
  gint64      last_time;        /* µs */
};

enum {
  PROP_0,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzRecipeHistory, pz_recipe_history, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Everyone hears of it: what could be undone and redone before is given. */
static void
emit_changed (PzRecipeHistory *self,
              gboolean         could_undo,
              gboolean         could_redo)
{
  if (could_undo != pz_recipe_history_get_can_undo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_UNDO]);
  if (could_redo != pz_recipe_history_get_can_redo (self))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_REDO]);

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
pz_recipe_history_finalize (GObject *object)
{
  PzRecipeHistory *self = PZ_RECIPE_HISTORY (object);

  g_clear_pointer (&self->recipe, recipe_free);
  g_clear_pointer (&self->undo, g_ptr_array_unref);
  g_clear_pointer (&self->redo, g_ptr_array_unref);

  G_OBJECT_CLASS (pz_recipe_history_parent_class)->finalize (object);
}

static void
pz_recipe_history_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  PzRecipeHistory *self = PZ_RECIPE_HISTORY (object);

  switch (prop_id)
    {
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, pz_recipe_history_get_can_undo (self));
      break;

    case PROP_CAN_REDO:
      g_value_set_boolean (value, pz_recipe_history_get_can_redo (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_recipe_history_class_init (PzRecipeHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->finalize = pz_recipe_history_finalize;
  object_class->get_property = pz_recipe_history_get_property;

  properties[PROP_CAN_UNDO] =
    g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags);
  properties[PROP_CAN_REDO] =
    g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[CHANGED] =
    g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
pz_recipe_history_init (PzRecipeHistory *self)
{
  self->undo = g_ptr_array_new_with_free_func ((GDestroyNotify) recipe_free);
  self->redo = g_ptr_array_new_with_free_func ((GDestroyNotify) recipe_free);
}

PzRecipeHistory *
pz_recipe_history_new (Recipe *recipe)
{
  PzRecipeHistory *self;

  g_return_val_if_fail (recipe != NULL, NULL);

  self = g_object_new (PZ_TYPE_RECIPE_HISTORY, NULL);
  self->recipe = recipe;

  return self;
}

const Recipe *
pz_recipe_history_peek_recipe (PzRecipeHistory *self)
{
  g_return_val_if_fail (PZ_IS_RECIPE_HISTORY (self), NULL);

  return self->recipe;
}

gboolean
pz_recipe_history_push (PzRecipeHistory *self,
                        Recipe          *recipe,
                        const char      *what,
                        gint64           time)
{
  gboolean could_undo, could_redo, same_step;

  g_return_val_if_fail (PZ_IS_RECIPE_HISTORY (self), FALSE);
  g_return_val_if_fail (recipe != NULL, FALSE);

  if (recipe_equal (self->recipe, recipe))
    {
      recipe_free (recipe);
      return FALSE;
    }

  could_undo = self->undo->len > 0;
  could_redo = self->redo->len > 0;
  same_step = could_undo && what != NULL && g_strcmp0 (what, self->last_what) == 0 &&
              time - self->last_time < PZ_RECIPE_HISTORY_STEP_TIME;

  if (same_step)
    {
      recipe_free (self->recipe);
    }
  else
    {
      g_ptr_array_add (self->undo, self->recipe);
      if (self->undo->len > PZ_RECIPE_HISTORY_MAX_STEPS)
        g_ptr_array_remove_index (self->undo, 0);
    }

  self->recipe = recipe;
  self->last_what = what;
  self->last_time = time;
  g_ptr_array_set_size (self->redo, 0);
  emit_changed (self, could_undo, could_redo);

  return TRUE;
}

gboolean
pz_recipe_history_amend (PzRecipeHistory *self,
                         Recipe          *recipe)
{
  g_return_val_if_fail (PZ_IS_RECIPE_HISTORY (self), FALSE);
  g_return_val_if_fail (recipe != NULL, FALSE);

  if (recipe_equal (self->recipe, recipe))
    {
      recipe_free (recipe);
      return FALSE;
    }

  recipe_free (self->recipe);
  self->recipe = recipe;
  g_signal_emit (self, signals[CHANGED], 0);

  return TRUE;
}

void
pz_recipe_history_reset (PzRecipeHistory *self,
                         Recipe          *recipe)
{
  gboolean could_undo, could_redo;

  g_return_if_fail (PZ_IS_RECIPE_HISTORY (self));
  g_return_if_fail (recipe != NULL);

  could_undo = self->undo->len > 0;
  could_redo = self->redo->len > 0;
  recipe_free (self->recipe);
  self->recipe = recipe;
  self->last_what = NULL;
  g_ptr_array_set_size (self->undo, 0);
  g_ptr_array_set_size (self->redo, 0);
  emit_changed (self, could_undo, could_redo);
}

/* One step from one stack to the other. */
static gboolean
move_step (PzRecipeHistory *self,
           GPtrArray       *from,
           GPtrArray       *to)
{
  const gboolean could_undo = self->undo->len > 0;
  const gboolean could_redo = self->redo->len > 0;

  if (from->len == 0)
    return FALSE;

  g_ptr_array_add (to, self->recipe);
  self->recipe = g_ptr_array_steal_index (from, from->len - 1);
  self->last_what = NULL;
  emit_changed (self, could_undo, could_redo);

  return TRUE;
}

gboolean
pz_recipe_history_undo (PzRecipeHistory *self)
{
  g_return_val_if_fail (PZ_IS_RECIPE_HISTORY (self), FALSE);

  return move_step (self, self->undo, self->redo);
}

gboolean
pz_recipe_history_redo (PzRecipeHistory *self)
{
  g_return_val_if_fail (PZ_IS_RECIPE_HISTORY (self), FALSE);

  return move_step (self, self->redo, self->undo);
}

gboolean
pz_recipe_history_get_can_undo (PzRecipeHistory *self)
{
  g_return_val_if_fail (PZ_IS_RECIPE_HISTORY (self), FALSE);

  return self->undo->len > 0;
}

gboolean
pz_recipe_history_get_can_redo (PzRecipeHistory *self)
{
  g_return_val_if_fail (PZ_IS_RECIPE_HISTORY (self), FALSE);

  return self->redo->len > 0;
}
