/* pz-predictions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "core/net/mlp-split.h"
#include "io/io-replace.h"
#include "model/pz-predictions.h"
#include "model/pz-task.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-element.h"

typedef struct
{
  const PzPredictions *predictions;
  gsize                t;
} Target;

static double
get_error (const Target *target,
           gsize         i)
{
  const PzPredictions *p = target->predictions;
  const gsize at = i * p->n_targets + target->t;

  return fabs ((double) p->h[at] - (double) p->y[at]);
}

static int
compare_errors (gconstpointer a,
                gconstpointer b,
                gpointer      user_data)
{
  const double e = get_error (user_data, *(const guint32 *) a);
  const double f = get_error (user_data, *(const guint32 *) b);

  return (e < f) - (e > f);
}

static void
order_errors (PzPredictions *self)
{
  self->order = g_new (guint32, self->n * self->n_targets);

  for (gsize t = 0; t < self->n_targets; t++)
    {
      Target target = { self, t };
      guint32 *order = self->order + t * self->n;

      for (gsize i = 0; i < self->n; i++)
        order[i] = (guint32) i;
      g_qsort_with_data (order, (int) self->n, sizeof *order, compare_errors, &target);
    }
}

/* @lists: the places of each group's molecules, by its key. (transfer full) */
static GArray **
measure_groups (const PzPredictions *predictions,
                GArray             **lists,
                guint                n_keys,
                const double        *means)
{
  GArray **groups = g_new (GArray *, predictions->n_targets);

  for (gsize t = 0; t < predictions->n_targets; t++)
    {
      groups[t] = g_array_new (FALSE, FALSE, sizeof (PzErrorGroup));

      for (guint key = 0; key < n_keys; key++)
        {
          const GArray *list = lists[key];
          PzErrorGroup group = { .key = key };

          if (list->len == 0)
            continue;

          mlp_regression_metrics_measure (predictions->h + t, predictions->y + t, predictions->extrapolates + t,
                                          predictions->n_targets, (const guint32 *) (gpointer) list->data, list->len, means[t], &group.metrics);
          g_array_append_val (groups[t], group);
        }
    }

  return groups;
}

static void
group_molecules (PzPredictions *predictions,
                 const double  *means)
{
  GArray *by_heavy[MOL_MAX_ATOMS + 1];
  GArray *by_element[MOL_N_ELEMENTS];

  for (guint i = 0; i < G_N_ELEMENTS (by_heavy); i++)
    by_heavy[i] = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint i = 0; i < MOL_N_ELEMENTS; i++)
    by_element[i] = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 i = 0; i < predictions->n; i++)
    {
      gboolean contains[MOL_N_ELEMENTS] = { FALSE };
      MolMolecule molecule;
      guint n_heavy = 0;

      mol_collection_get (predictions->set->molecules, predictions->items[i], &molecule);
      for (guint a = 0; a < molecule.n_atoms; a++)
        {
          contains[mol_element_from_number (molecule.z[a])] = TRUE;
          n_heavy += molecule.z[a] != 1;
        }

      g_array_append_val (by_heavy[n_heavy], i);
      for (guint e = 0; e < MOL_N_ELEMENTS; e++)
        if (contains[e])
          g_array_append_val (by_element[e], i);
    }

  predictions->by_heavy_atoms = measure_groups (predictions, by_heavy, G_N_ELEMENTS (by_heavy), means);
  predictions->by_element = measure_groups (predictions, by_element, MOL_N_ELEMENTS, means);

  for (guint i = 0; i < G_N_ELEMENTS (by_heavy); i++)
    g_array_unref (by_heavy[i]);
  for (guint i = 0; i < MOL_N_ELEMENTS; i++)
    g_array_unref (by_element[i]);
}

PzPredictions *
pz_predictions_new (const MlpNet   *net,
                    const DsSet    *set,
                    const MlpSplit *split,
                    MlpPart         part,
                    GError        **error)
{
  g_autoptr(PzPredictions) self = g_new0 (PzPredictions, 1);
  g_autofree double *means = NULL;
  const guint32 *items;

  g_atomic_ref_count_init (&self->ref_count);
  items = mlp_split_peek (split, part, &self->n);
  self->set = ds_set_ref (set);
  self->part = part;
  self->n_targets = mlp_samples_get_n_outputs (set->samples);
  self->items = g_memdup2 (items, self->n * sizeof *items);
  self->h = g_new (float, self->n * self->n_targets);
  self->y = g_new (float, self->n * self->n_targets);
  self->extrapolates = g_new (guint8, self->n * self->n_targets);
  self->target_metrics = g_new0 (MlpRegressionMetrics, self->n_targets);

  if (!mlp_regression_metrics_predict (net, set->samples, items, self->n, g_get_num_processors (), self->h,
                                       self->extrapolates, error))
    return NULL;

  mlp_samples_get_batch (set->samples, items, self->n, NULL, self->y);
  means = mlp_regression_metrics_dup_means (net, set->samples, split);
  for (gsize t = 0; t < self->n_targets; t++)
    mlp_regression_metrics_measure (self->h + t, self->y + t, self->extrapolates + t, self->n_targets, NULL, self->n,
                                    means[t], &self->target_metrics[t]);

  order_errors (self);
  if (set->molecules != NULL)
    group_molecules (self, means);

  return g_steal_pointer (&self);
}

PzPredictions *
pz_predictions_ref (PzPredictions *predictions)
{
  g_atomic_ref_count_inc (&predictions->ref_count);

  return predictions;
}

void
pz_predictions_unref (PzPredictions *predictions)
{
  if (!g_atomic_ref_count_dec (&predictions->ref_count))
    return;

  for (gsize t = 0; predictions->by_element != NULL && t < predictions->n_targets; t++)
    {
      g_array_unref (predictions->by_heavy_atoms[t]);
      g_array_unref (predictions->by_element[t]);
    }

  g_free (predictions->by_heavy_atoms);
  g_free (predictions->by_element);
  g_free (predictions->items);
  g_free (predictions->h);
  g_free (predictions->y);
  g_free (predictions->extrapolates);
  g_free (predictions->target_metrics);
  g_free (predictions->order);
  ds_set_unref (predictions->set);
  g_free (predictions);
}

const char *
pz_predictions_get_unit (const PzPredictions *predictions,
                         gsize                t)
{
  const DsTask *task = predictions->set->task;
  g_autoptr(GPtrArray) targets = NULL;

  if (task == NULL || !mol_target_parse_list (task->targets, &targets, NULL) || t >= targets->len)
    return "";

  return mol_target_get_unit (g_ptr_array_index (targets, t), task->unit);
}

/* As spreadsheets read it. */
static void
append_quoted (GString    *table,
               const char *text)
{
  if (strpbrk (text, ",\"\n\r") == NULL)
    {
      g_string_append (table, text);
      return;
    }

  g_string_append_c (table, '"');
  for (const char *p = text; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (table, '"');
      g_string_append_c (table, *p);
    }
  g_string_append_c (table, '"');
}

static void
append_number (GString *table,
               double   value)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append_c (table, ',');
  g_string_append (table, g_ascii_formatd (text, sizeof text, "%.9g", value));
}

char *
pz_predictions_to_csv (const PzPredictions *predictions)
{
  const MolCollection *molecules = predictions->set->molecules;
  GString *table = g_string_new (molecules != NULL ? "number,smiles,formula" : "sample");

  /* English in every language, and told apart by the target: for scripts. */
  for (gsize t = 0; t < predictions->n_targets; t++)
    {
      g_autofree char *name = predictions->set->class_names != NULL ?
                              g_strdup (predictions->set->class_names[t]) :
                              g_strdup_printf ("output %u", (guint) t + 1);
      const char *unit = pz_predictions_get_unit (predictions, t);

      for (guint k = 0; k < 3; k++)
        {
          static const char *const what[] = { "true", "predicted", "error" };
          g_autofree char *head = g_strdup_printf ("%s %s%s%s%s", name, what[k], *unit != '\0' ? " (" : "",
                                                   unit, *unit != '\0' ? ")" : "");

          g_string_append_c (table, ',');
          append_quoted (table, head);
        }

      g_string_append_c (table, ',');
      g_string_append_printf (table, "%s extrapolation", name);
    }
  g_string_append_c (table, '\n');

  for (gsize i = 0; i < predictions->n; i++)
    {
      if (molecules != NULL)
        {
          g_autofree char *formula = NULL;
          MolMolecule molecule;

          mol_collection_get (molecules, predictions->items[i], &molecule);
          formula = mol_molecule_make_formula (&molecule);

          if (molecule.number > 0)
            g_string_append_printf (table, "%u", molecule.number);
          g_string_append_c (table, ',');
          append_quoted (table, molecule.smiles);
          g_string_append_c (table, ',');
          append_quoted (table, formula);
        }
      else
        {
          g_string_append_printf (table, "%u", predictions->items[i] + 1);
        }

      for (gsize t = 0; t < predictions->n_targets; t++)
        {
          const double y = (double) predictions->y[i * predictions->n_targets + t];
          const double h = (double) predictions->h[i * predictions->n_targets + t];

          append_number (table, y);
          append_number (table, h);
          append_number (table, h - y);
          g_string_append (table, predictions->extrapolates[i * predictions->n_targets + t] ? ",1" : ",0");
        }
      g_string_append_c (table, '\n');
    }

  return g_string_free (table, FALSE);
}

typedef struct
{
  PzPredictions *predictions;
  GFile         *file;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  pz_predictions_unref (export->predictions);
  g_object_unref (export->file);
  g_free (export);
}

/* Worker thread. */
static void
export_worker (GTask        *worker,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  const Export *export = task_data;
  g_autofree char *table = pz_predictions_to_csv (export->predictions);
  g_autoptr(GError) error = NULL;

  if (io_replace_contents (g_file_peek_path (export->file), table, strlen (table), &error))
    pz_task_return_pointer (worker, NULL, NULL);
  else
    g_task_return_error (worker, g_steal_pointer (&error));
}

void
pz_predictions_export_async (PzPredictions      *predictions,
                             GFile              *file,
                             GAsyncReadyCallback callback,
                             gpointer            user_data)
{
  Export *export;
  GTask *task;

  g_return_if_fail (predictions != NULL);
  g_return_if_fail (G_IS_FILE (file));

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, pz_predictions_export_async);
  if (!g_file_is_native (file))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "%s",
                               _("The file must be on this computer."));
      g_object_unref (task);
      return;
    }

  export = g_new0 (Export, 1);
  export->predictions = pz_predictions_ref (predictions);
  export->file = g_object_ref (file);
  pz_task_run (task, export_worker, export, export_free, NULL, NULL);
}

gboolean
pz_predictions_export_finish (GAsyncResult *result,
                              GError      **error)
{
  g_autoptr(GError) local = NULL;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, pz_predictions_export_async), FALSE);

  g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}
