/* pz-data-loader.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "core/net/mlp-split.h"
#include "datasets/ds-open.h"
#include "datasets/ds-split.h"
#include "model/pz-data-loader.h"
#include "model/pz-known-sources.h"
#include "model/pz-latest.h"

/* ms between two looks at how far a load is. */
#define PROGRESS_INTERVAL 50

/* What is to be loaded, or was. */
typedef struct
{
  char    *source;      /* (nullable): as in Recipe; NULL: nothing was asked for yet */
  char    *add;         /* (nullable): the same */
  DsTask   task;        /* what is to be learnt, should the data be molecules */
  gboolean chosen;      /* a person chose the source, and the recipe names another until it is loaded */
} PzLoadRequest;

struct _PzDataLoader
{
  GObject        parent_instance;

  Recipe        *recipe;            /* as it was followed last */

  /* What is there. */
  PzDataset     *dataset;           /* (nullable) */
  PzLoadRequest  loaded;            /* that it is the answer to */
  gboolean       added_is_old;      /* what is added has changed since it was loaded */
  MlpSplit      *split;             /* (nullable) */
  DsSplitOptions split_options;     /* that the split was made with */
  gboolean       molecules;

  /* What is to come. */
  PzLoadRequest  wanted;            /* the newest, under way or not */
  PzLatest      *loads;             /* of PzDatasetLoad */
  guint          tick_id;           /* while loading: tells how far it is */
  double         fraction;
  gboolean       interrupted;       /* by a choice: the recipe's own data were still on their way */
  gboolean       fits_later;        /* a file was named: when it is known what it is, the recipe is made to fit */

  /* Why not. */
  char          *error;             /* (nullable) */
  char          *damaged_source;    /* (nullable): what it is about, where that can be fetched again */
  char          *named_source;      /* (nullable): by a file, and nobody has allowed it yet */
  char          *named_add;         /* (nullable): the same of what is added to it */
  gboolean       asks;              /* the error is the question whether one of them may be opened */
};

enum {
  PROP_0,
  PROP_DATASET,
  PROP_MOLECULES,
  PROP_LOADING,
  PROP_FRACTION,
  PROP_ERROR,
  N_PROPS
};

enum {
  RECIPE_FOUND,
  ENDED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzDataLoader, pz_data_loader, G_TYPE_OBJECT)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void start_load (PzDataLoader *self,
                        const char   *source,
                        PzDataset    *base);

static void
notify_property (PzDataLoader *self,
                 guint         property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* --- what is there --- */

/* (nullable): with molecules, what their data were read for */
static const DsTask *
peek_loaded_task (PzDataLoader *self)
{
  return self->dataset != NULL ? pz_dataset_peek_set (self->dataset)->task : NULL;
}

/* What is to be learnt counts where there is something to choose. */
gboolean
pz_data_loader_has_data (PzDataLoader *self)
{
  const DsTask *task;

  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), FALSE);

  if (self->dataset == NULL || g_strcmp0 (self->loaded.source, self->recipe->source) != 0)
    return FALSE;

  task = peek_loaded_task (self);

  return task != NULL ? ds_task_equal (task, &self->recipe->task)
                      : g_strcmp0 (self->loaded.add, self->recipe->add) == 0;
}

static void
set_molecules (PzDataLoader *self,
               gboolean      molecules)
{
  if (self->molecules == molecules)
    return;

  self->molecules = molecules;
  notify_property (self, PROP_MOLECULES);
}

/* What a source is can be said at once of a built-in one and of what is loaded. */
static gboolean
knows_molecules (PzDataLoader *self,
                 const char   *source,
                 gboolean     *molecules)
{
  if (g_str_has_prefix (source, "builtin:"))
    *molecules = ds_open_is_molecules (source);
  else if (self->dataset != NULL && g_strcmp0 (self->loaded.source, source) == 0)
    *molecules = pz_dataset_is_molecules (self->dataset);
  else
    return FALSE;

  return TRUE;
}

/* The division of the loaded data, made anew if it was made otherwise. Without
 * one that works the old one stays, to be looked at.
 */
static void
update_split (PzDataLoader *self)
{
  const DsSplitOptions *now = &self->recipe->split;
  MlpSplit *split;

  if (self->dataset == NULL)
    return;

  if (self->split != NULL && ds_split_options_equal (now, &self->split_options))
    return;

  split = ds_split_make (pz_dataset_peek_set (self->dataset), now, NULL);
  if (split == NULL)
    return;

  g_clear_pointer (&self->split, mlp_split_unref);
  self->split = split;
  self->split_options = *now;
}

/* --- why not --- */

static void
set_error (PzDataLoader *self,
           const char   *message)
{
  self->asks = FALSE;
  if (message == NULL)
    g_clear_pointer (&self->damaged_source, g_free);
  if (g_strcmp0 (self->error, message) == 0)
    return;

  g_free (self->error);
  self->error = message != NULL ? mlp_display_text (message, "\n") : NULL;
  notify_property (self, PROP_ERROR);
}

/* Whether only a file named @place: @named, which nobody has allowed, and where none were opened before. */
static gboolean
is_unknown (const char *place,
            const char *named)
{
  return named != NULL && g_strcmp0 (place, named) == 0 && !pz_known_sources_contain (place);
}

/* --- what is to come --- */

static void
request_set_task (PzLoadRequest *request,
                  const DsTask  *task)
{
  ds_task_clear (&request->task);
  ds_task_copy (task, &request->task);
}

static void
request_set (PzLoadRequest *request,
             const char    *source,
             const char    *add,
             const DsTask  *task)
{
  char *copy = g_strdup (source);

  g_free (request->source);
  request->source = copy;
  g_free (request->add);
  request->add = g_strdup (add);
  request_set_task (request, task);
}

static void
request_clear (PzLoadRequest *request)
{
  g_clear_pointer (&request->source, g_free);
  g_clear_pointer (&request->add, g_free);
  ds_task_clear (&request->task);
}

/* What the newest load is asked for. */
static void
set_wanted (PzDataLoader *self,
            const char   *source,
            const char   *add,
            gboolean      chosen)
{
  request_set (&self->wanted, source, add, &self->recipe->task);
  self->wanted.chosen = chosen;
}

/* A choice has come to nothing: the recipe stays as it is, and so do its data. */
static void
want_recipe (PzDataLoader *self)
{
  set_wanted (self, self->recipe->source, self->recipe->add, FALSE);
}

static void
set_fraction (PzDataLoader *self,
              double        fraction)
{
  if (self->fraction == fraction)
    return;

  self->fraction = fraction;
  notify_property (self, PROP_FRACTION);
}

/* Cancels a load, without a word. Returns: whether there was one */
static gboolean
cut_load (PzDataLoader *self)
{
  if (!pz_latest_get_busy (self->loads))
    return FALSE;

  pz_latest_cancel (self->loads);
  g_clear_handle_id (&self->tick_id, g_source_remove);

  return TRUE;
}

/* The newest load is nobody's any more; its answer will be dropped. */
static gboolean
drop_load (PzDataLoader *self)
{
  if (!cut_load (self))
    return FALSE;

  notify_property (self, PROP_LOADING);
  g_signal_emit (self, signals[ENDED], 0, FALSE);

  return TRUE;
}

/* (transfer full): one that fits data of this kind, with the task that they were
 * read with.
 */
static Recipe *
copy_to_fit (PzDataLoader *self,
             const char   *source,
             gboolean      molecules)
{
  const DsTask *task = peek_loaded_task (self);
  Recipe *recipe = recipe_copy (self->recipe);
  char *copy = g_strdup (source);

  g_free (recipe->source);
  recipe->source = copy;

  if (molecules != self->molecules)
    recipe_fit (recipe, molecules);

  if (task != NULL && g_strcmp0 (self->loaded.source, source) == 0)
    {
      ds_task_clear (&recipe->task);
      ds_task_copy (task, &recipe->task);
    }

  return recipe;
}

/* What was chosen is there: the recipe names it from now on. */
static void
take_choice (PzDataLoader *self)
{
  g_autoptr(Recipe) recipe = copy_to_fit (self, self->wanted.source, pz_dataset_is_molecules (self->dataset));

  self->wanted.chosen = FALSE;
  g_signal_emit (self, signals[RECIPE_FOUND], 0, recipe, TRUE);
}

/* The file that the recipe names is known by now. */
static void
fit_recipe (PzDataLoader *self,
            gboolean      molecules)
{
  g_autoptr(Recipe) recipe = copy_to_fit (self, self->recipe->source, molecules);

  self->fits_later = FALSE;

  /* Nothing of this is a reason to load again. */
  request_set_task (&self->wanted, &recipe->task);
  set_molecules (self, molecules);
  g_signal_emit (self, signals[RECIPE_FOUND], 0, recipe, FALSE);
}

/* What was asked for is there. */
static void
take_dataset (PzDataLoader *self,
              PzDataset    *dataset)
{
  request_set (&self->loaded, self->wanted.source, self->wanted.add, &self->wanted.task);
  self->added_is_old = FALSE;
  pz_known_sources_add (self->loaded.source);
  pz_known_sources_add (self->loaded.add);
  g_set_object (&self->dataset, dataset);
  g_clear_pointer (&self->split, mlp_split_unref);
  self->interrupted = FALSE;
  if (self->wanted.chosen)
    take_choice (self);
  update_split (self);
  notify_property (self, PROP_DATASET);
}

/* Where the choice came before the recipe's own data, they come now. */
static void
resume_load (PzDataLoader *self)
{
  if (!self->interrupted)
    return;

  self->interrupted = FALSE;
  start_load (self, self->recipe->source, NULL);
}

static gboolean
on_tick (gpointer user_data)
{
  PzDataLoader *self = user_data;
  PzDatasetLoad *load = pz_latest_peek_data (self->loads);

  if (load != NULL)
    set_fraction (self, pz_dataset_load_get_fraction (load));

  return G_SOURCE_CONTINUE;
}

/* The newest load has ended. */
static void
on_loaded (gpointer      data,
           const GError *error,
           gpointer      owner)
{
  g_autoptr(PzDataLoader) self = g_object_ref (owner);
  g_autoptr(PzDataset) dataset = pz_dataset_load_take (data);
  const gboolean molecules = pz_dataset_load_is_molecules (data);
  const gboolean was_choice = self->wanted.chosen;

  g_clear_handle_id (&self->tick_id, g_source_remove);

  g_object_freeze_notify (G_OBJECT (self));

  if (g_error_matches (error, MLP_ERROR, MLP_ERROR_DAMAGED))
    {
      g_free (self->damaged_source);
      self->damaged_source = g_strdup (self->wanted.source);
    }

  if (dataset != NULL)
    {
      take_dataset (self, dataset);
    }
  else if (was_choice)
    {
      want_recipe (self);
      resume_load (self);
    }

  if (!was_choice)
    {
      if (self->fits_later)
        fit_recipe (self, molecules);
      else
        set_molecules (self, molecules);
    }

  /* Stays until another load is asked for. */
  if (error != NULL)
    set_error (self, error->message);
  notify_property (self, PROP_LOADING);

  g_object_thaw_notify (G_OBJECT (self));

  g_signal_emit (self, signals[ENDED], 0, dataset != NULL);
}

/* (transfer full): with what is to be learnt, should the data be molecules */
static Recipe *
copy_for_molecules (PzDataLoader *self)
{
  Recipe *recipe = recipe_copy (self->recipe);

  if ((self->fits_later || self->wanted.chosen) && !self->molecules)
    recipe_fit (recipe, TRUE);

  return recipe;
}

/* Says so where the recipe names such a place. */
static gboolean
wait_for_answer (PzDataLoader *self)
{
  const char *source = self->recipe->source;
  const char *unknown = is_unknown (source, self->named_source) ? source : self->recipe->add;
  g_autofree char *name = NULL;
  g_autofree char *message = NULL;

  if (unknown != source && !is_unknown (unknown, self->named_add))
    return FALSE;

  name = mlp_display_filename (unknown);
  message = g_strdup_printf (_("The file refers to data in “%s”, a location not opened before. Open them?"), name);

  g_object_freeze_notify (G_OBJECT (self));
  want_recipe (self);
  set_error (self, message);
  self->asks = TRUE;
  drop_load (self);
  g_object_thaw_notify (G_OBJECT (self));

  return TRUE;
}

/* Loads @source, and nothing else that may be under way; with @base, which is from
 * there, only what is added. What a person chose is loaded at once, without what only a
 * file adds to it: that is asked for when the recipe names what was chosen.
 */
static void
start_load (PzDataLoader *self,
            const char   *source,
            PzDataset    *base)
{
  g_autoptr(Recipe) recipe = NULL;

  if (!self->wanted.chosen && wait_for_answer (self))
    return;

  g_object_freeze_notify (G_OBJECT (self));

  drop_load (self);
  recipe = copy_for_molecules (self);
  set_wanted (self, source, is_unknown (self->recipe->add, self->named_add) ? NULL : self->recipe->add,
              self->wanted.chosen);
  pz_latest_submit (self->loads, pz_dataset_load_run,
                    pz_dataset_load_new (base, self->wanted.source, self->wanted.add, &recipe->task),
                    pz_dataset_load_free, on_loaded);
  self->tick_id = g_timeout_add (PROGRESS_INTERVAL, on_tick, self);
  g_source_set_name_by_id (self->tick_id, "[pz] progress of loading");
  set_error (self, NULL);
  set_fraction (self, 0.0);
  notify_property (self, PROP_LOADING);

  g_object_thaw_notify (G_OBJECT (self));
}

void
pz_data_loader_load (PzDataLoader *self)
{
  g_return_if_fail (PZ_IS_DATA_LOADER (self));

  self->wanted.chosen = FALSE;
  self->interrupted = FALSE;
  start_load (self, self->recipe->source, NULL);
}

void
pz_data_loader_choose (PzDataLoader *self,
                       const char   *source)
{
  g_return_if_fail (PZ_IS_DATA_LOADER (self));
  g_return_if_fail (source != NULL);

  if (g_strcmp0 (self->named_source, source) == 0)
    g_clear_pointer (&self->named_source, g_free);

  /* Chosen again: the files may have changed, or be there now. */
  if (g_strcmp0 (self->recipe->source, source) == 0)
    {
      pz_data_loader_load (self);
      return;
    }

  if (!self->wanted.chosen)
    self->interrupted = pz_data_loader_get_loading (self);
  self->wanted.chosen = TRUE;
  start_load (self, source, NULL);
}

void
pz_data_loader_cancel (PzDataLoader *self)
{
  gboolean was_choice;

  g_return_if_fail (PZ_IS_DATA_LOADER (self));

  if (!pz_data_loader_get_loading (self))
    return;

  was_choice = self->wanted.chosen;

  g_object_freeze_notify (G_OBJECT (self));
  want_recipe (self);
  set_error (self, was_choice && pz_data_loader_has_data (self) ? NULL : _("Loading the data was cancelled."));
  drop_load (self);
  resume_load (self);
  g_object_thaw_notify (G_OBJECT (self));
}

void
pz_data_loader_added_changed (PzDataLoader *self)
{
  g_return_if_fail (PZ_IS_DATA_LOADER (self));

  self->added_is_old = TRUE;
}

gboolean
pz_data_loader_refresh_added (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), FALSE);

  if (!self->added_is_old || self->recipe->add == NULL || self->molecules)
    return FALSE;

  start_load (self, self->recipe->source, self->dataset);

  return TRUE;
}

void
pz_data_loader_allow (PzDataLoader *self)
{
  g_return_if_fail (PZ_IS_DATA_LOADER (self));

  if (is_unknown (self->recipe->source, self->named_source))
    g_clear_pointer (&self->named_source, g_free);
  else
    g_clear_pointer (&self->named_add, g_free);

  pz_data_loader_load (self);
}

void
pz_data_loader_shut_down (PzDataLoader *self)
{
  g_return_if_fail (PZ_IS_DATA_LOADER (self));

  self->interrupted = FALSE;
  if (cut_load (self))
    {
      want_recipe (self);
      notify_property (self, PROP_LOADING);
    }
}

/* --- the recipe --- */

void
pz_data_loader_follow (PzDataLoader *self,
                       const Recipe *recipe)
{
  Recipe *old;
  gboolean molecules;

  g_return_if_fail (PZ_IS_DATA_LOADER (self));
  g_return_if_fail (recipe != NULL);

  old = self->recipe;
  self->recipe = recipe_copy (recipe);
  g_clear_pointer (&old, recipe_free);

  g_object_freeze_notify (G_OBJECT (self));

  if (knows_molecules (self, self->recipe->source, &molecules))
    set_molecules (self, molecules);

  /* Other data are on their way; which it will be turns out then. */
  if (self->wanted.chosen)
    {
      update_split (self);
    }
  else if (pz_data_loader_has_data (self))
    {
      /* Back to what is still there. */
      set_wanted (self, self->loaded.source, self->recipe->add, FALSE);
      set_error (self, NULL);
      update_split (self);
      drop_load (self);
    }
  /* Nothing was asked for yet (pz_data_loader_load() says when), or it is under
   * way, or it failed: once is enough.
   */
  else if (self->wanted.source != NULL &&
           (g_strcmp0 (self->wanted.source, self->recipe->source) != 0 ||
            (!self->molecules && g_strcmp0 (self->wanted.add, self->recipe->add) != 0) ||
            (self->molecules && !ds_task_equal (&self->wanted.task, &self->recipe->task))))
    {
      /* The images are there already; only what is added is another. */
      if (self->dataset != NULL && !self->molecules &&
          g_strcmp0 (self->loaded.source, self->recipe->source) == 0)
        start_load (self, self->recipe->source, self->dataset);
      else
        pz_data_loader_load (self);
    }

  g_object_thaw_notify (G_OBJECT (self));
}

void
pz_data_loader_adapt (PzDataLoader *self,
                      Recipe       *recipe)
{
  gboolean molecules;

  g_return_if_fail (PZ_IS_DATA_LOADER (self));
  g_return_if_fail (recipe != NULL);

  if (g_strcmp0 (self->recipe->source, recipe->source) != 0)
    {
      self->fits_later = !knows_molecules (self, recipe->source, &molecules);

      if (!self->fits_later && molecules != self->molecules)
        recipe_fit (recipe, molecules);
    }

  /* Now a person names it. */
  if (g_strcmp0 (self->recipe->add, recipe->add) != 0 && g_strcmp0 (recipe->add, self->named_add) == 0)
    g_clear_pointer (&self->named_add, g_free);
}

void
pz_data_loader_keep_recipe (PzDataLoader *self)
{
  g_return_if_fail (PZ_IS_DATA_LOADER (self));

  self->fits_later = FALSE;
}

void
pz_data_loader_begin (PzDataLoader *self,
                      const Recipe *named)
{
  g_return_if_fail (PZ_IS_DATA_LOADER (self));

  g_free (self->named_source);
  self->named_source = named != NULL ? g_strdup (named->source) : NULL;
  g_free (self->named_add);
  self->named_add = named != NULL ? g_strdup (named->add) : NULL;
  self->fits_later = FALSE;

  if (!self->wanted.chosen)
    return;

  want_recipe (self);
  self->interrupted = FALSE;
  drop_load (self);
}

/* --- the object --- */

static void
pz_data_loader_dispose (GObject *object)
{
  cut_load (PZ_DATA_LOADER (object));

  G_OBJECT_CLASS (pz_data_loader_parent_class)->dispose (object);
}

static void
pz_data_loader_finalize (GObject *object)
{
  PzDataLoader *self = PZ_DATA_LOADER (object);

  g_clear_pointer (&self->recipe, recipe_free);
  g_clear_object (&self->dataset);
  g_clear_pointer (&self->loads, pz_latest_free);
  request_clear (&self->loaded);
  g_clear_pointer (&self->split, mlp_split_unref);
  request_clear (&self->wanted);
  g_clear_pointer (&self->error, g_free);
  g_clear_pointer (&self->damaged_source, g_free);
  g_clear_pointer (&self->named_source, g_free);
  g_clear_pointer (&self->named_add, g_free);

  G_OBJECT_CLASS (pz_data_loader_parent_class)->finalize (object);
}

static void
pz_data_loader_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  PzDataLoader *self = PZ_DATA_LOADER (object);

  switch (prop_id)
    {
    case PROP_DATASET:
      g_value_set_object (value, self->dataset);
      break;

    case PROP_MOLECULES:
      g_value_set_boolean (value, self->molecules);
      break;

    case PROP_LOADING:
      g_value_set_boolean (value, pz_data_loader_get_loading (self));
      break;

    case PROP_FRACTION:
      g_value_set_double (value, self->fraction);
      break;

    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_data_loader_class_init (PzDataLoaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->dispose = pz_data_loader_dispose;
  object_class->finalize = pz_data_loader_finalize;
  object_class->get_property = pz_data_loader_get_property;

  properties[PROP_DATASET] =
    g_param_spec_object ("dataset", NULL, NULL, PZ_TYPE_DATASET, flags);
  properties[PROP_MOLECULES] =
    g_param_spec_boolean ("molecules", NULL, NULL, FALSE, flags);
  properties[PROP_LOADING] =
    g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_FRACTION] =
    g_param_spec_double ("fraction", NULL, NULL, 0.0, 1.0, 0.0, flags);
  properties[PROP_ERROR] =
    g_param_spec_string ("error", NULL, NULL, NULL, flags);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[RECIPE_FOUND] =
    g_signal_new ("recipe-found", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_BOOLEAN);
  signals[ENDED] =
    g_signal_new ("ended", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
pz_data_loader_init (PzDataLoader *self)
{
  /* A file on a server that is gone holds a thread for long. */
  self->loads = pz_latest_new (PZ_LATEST_AT_ONCE, self);
}

PzDataLoader *
pz_data_loader_new (const Recipe *recipe)
{
  PzDataLoader *self;

  g_return_val_if_fail (recipe != NULL, NULL);

  self = g_object_new (PZ_TYPE_DATA_LOADER, NULL);
  pz_data_loader_follow (self, recipe);

  return self;
}

PzDataset *
pz_data_loader_get_dataset (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), NULL);

  return self->dataset;
}

const MlpSplit *
pz_data_loader_peek_split (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), NULL);

  return self->split;
}

gboolean
pz_data_loader_has_molecules (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), FALSE);

  return self->molecules;
}

gboolean
pz_data_loader_get_loading (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), FALSE);

  return pz_latest_get_busy (self->loads);
}

double
pz_data_loader_get_fraction (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), 0.0);

  return self->fraction;
}

const char *
pz_data_loader_get_loading_source (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), NULL);

  return pz_data_loader_get_loading (self) ? self->wanted.source : NULL;
}

const char *
pz_data_loader_get_error (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), NULL);

  return self->error;
}

void
pz_data_loader_forget_error (PzDataLoader *self)
{
  g_return_if_fail (PZ_IS_DATA_LOADER (self));

  /* Without data it is the reason why. */
  if (pz_data_loader_has_data (self))
    set_error (self, NULL);
}

gboolean
pz_data_loader_get_asks (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), FALSE);

  return self->asks;
}

const char *
pz_data_loader_get_damaged_source (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), NULL);

  return self->damaged_source;
}

gboolean
pz_data_loader_was_asked (PzDataLoader *self)
{
  g_return_val_if_fail (PZ_IS_DATA_LOADER (self), FALSE);

  return self->wanted.source != NULL;
}
