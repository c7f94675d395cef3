/* pz-history.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>

#include "model/pz-history.h"

struct _PzHistory
{
  GObject parent_instance;

  char   *title;
  DsTask *task;             /* (nullable) */
  char   *identity;         /* (nullable): of the data */
  MlpLoss loss;             /* with it */
  GArray *epochs;           /* of MlpEpoch */
  guint   best_epoch;
  double  best_loss;
};

enum {
  CHANGED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzHistory, pz_history, G_TYPE_OBJECT)

static guint signals[N_SIGNALS];

/* Spreadsheets read an empty cell as "no value"; "nan" they do not read. */
static void
append_cell (GString *csv,
             double   value)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (csv, ',');
  if (isfinite (value))
    g_string_append (csv, g_ascii_formatd (buffer, sizeof buffer, "%.9g", value));
}

static void
pz_history_finalize (GObject *object)
{
  PzHistory *self = PZ_HISTORY (object);

  g_clear_pointer (&self->title, g_free);
  if (self->task != NULL)
    ds_task_clear (self->task);

  g_clear_pointer (&self->task, g_free);
  g_clear_pointer (&self->identity, g_free);
  g_clear_pointer (&self->epochs, g_array_unref);

  G_OBJECT_CLASS (pz_history_parent_class)->finalize (object);
}

static void
pz_history_class_init (PzHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pz_history_finalize;

  signals[CHANGED] =
    g_signal_new ("changed",
                  G_TYPE_FROM_CLASS (klass),
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_history_init (PzHistory *self)
{
  self->epochs = g_array_new (FALSE, FALSE, sizeof (MlpEpoch));
}

PzHistory *
pz_history_new (const char *title)
{
  PzHistory *self = g_object_new (PZ_TYPE_HISTORY, NULL);

  self->title = g_strdup (title);

  return self;
}

const char *
pz_history_get_title (PzHistory *self)
{
  g_return_val_if_fail (PZ_IS_HISTORY (self), NULL);

  return self->title;
}

void
pz_history_set_task (PzHistory    *self,
                     const DsTask *task)
{
  g_return_if_fail (PZ_IS_HISTORY (self));
  g_return_if_fail (task != NULL && self->task == NULL);

  self->task = g_new (DsTask, 1);
  ds_task_copy (task, self->task);
}

void
pz_history_set_origin (PzHistory  *self,
                       const char *identity,
                       MlpLoss     loss)
{
  g_return_if_fail (PZ_IS_HISTORY (self));
  g_return_if_fail (identity != NULL && self->identity == NULL);

  self->identity = g_strdup (identity);
  self->loss = loss;
}

gboolean
pz_history_compares (PzHistory *self,
                     PzHistory *other,
                     gboolean   loss)
{
  g_return_val_if_fail (PZ_IS_HISTORY (self) && PZ_IS_HISTORY (other), FALSE);

  if (self->identity == NULL || other->identity == NULL)
    return TRUE;

  return g_str_equal (self->identity, other->identity) && (!loss || self->loss == other->loss);
}

const DsTask *
pz_history_peek_task (PzHistory *self)
{
  g_return_val_if_fail (PZ_IS_HISTORY (self), NULL);

  return self->task;
}

void
pz_history_append (PzHistory      *self,
                   const MlpEpoch *epochs,
                   guint           n_epochs)
{
  g_return_if_fail (PZ_IS_HISTORY (self));
  g_return_if_fail (epochs != NULL || n_epochs == 0);

  if (n_epochs == 0)
    return;

  for (guint i = 0; i < n_epochs; i++)
    {
      const MlpEpoch *epoch = &epochs[i];
      double loss = isnan (epoch->validation_loss) ? epoch->train_loss : epoch->validation_loss;

      if (!isnan (loss) && (self->best_epoch == 0 || loss < self->best_loss))
        {
          self->best_epoch = epoch->epoch;
          self->best_loss = loss;
        }
    }
  g_array_append_vals (self->epochs, epochs, n_epochs);

  g_signal_emit (self, signals[CHANGED], 0);
}

const MlpEpoch *
pz_history_peek_epochs (PzHistory *self,
                        guint     *n_epochs)
{
  g_return_val_if_fail (PZ_IS_HISTORY (self), NULL);

  if (n_epochs != NULL)
    *n_epochs = self->epochs->len;

  return (const MlpEpoch *) (gpointer) self->epochs->data;
}

guint
pz_history_get_n_epochs (PzHistory *self)
{
  g_return_val_if_fail (PZ_IS_HISTORY (self), 0);

  return self->epochs->len > 0 ? g_array_index (self->epochs, MlpEpoch, self->epochs->len - 1).epoch : 0;
}

guint
pz_history_get_best_epoch (PzHistory *self)
{
  g_return_val_if_fail (PZ_IS_HISTORY (self), 0);

  return self->best_epoch;
}

char *
pz_history_to_csv (PzHistory *self)
{
  GString *csv;

  g_return_val_if_fail (PZ_IS_HISTORY (self), NULL);

  csv = g_string_new ("epoch,learning_rate,train_loss,train_accuracy,train_mae,"
                      "validation_loss,validation_accuracy,validation_mae");
  g_string_append (csv, self->task != NULL ? ",mae_unit\n" : "\n");
  for (guint i = 0; i < self->epochs->len; i++)
    {
      const MlpEpoch *epoch = &g_array_index (self->epochs, MlpEpoch, i);

      g_string_append_printf (csv, "%u", epoch->epoch);
      append_cell (csv, epoch->rate);
      append_cell (csv, epoch->train_loss);
      append_cell (csv, epoch->train_accuracy);
      append_cell (csv, epoch->train_mae);
      append_cell (csv, epoch->validation_loss);
      append_cell (csv, epoch->validation_accuracy);
      append_cell (csv, epoch->validation_mae);
      if (self->task != NULL)
        g_string_append_printf (csv, ",%s", ds_task_get_unit (self->task));

      g_string_append_c (csv, '\n');
    }

  return g_string_free (csv, FALSE);
}
