/* pz-molecule-answer.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "core/net/mlp-regression-metrics.h"
#include "model/pz-molecule-answer.h"
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"

/* Molecules whose features are in memory at a time. */
#define PIECE 4096

typedef struct
{
  const MlpNet     *net;
  const RecipeData *data;
  GFile            *file;     /* (nullable): to be read first */
  const char       *name;
  const char       *text;
  gsize             length;
} Question;

void
pz_molecule_answer_free (PzMoleculeAnswer *answer)
{
  g_clear_pointer (&answer->list, mol_list_free);
  ds_task_clear (&answer->task);
  g_free (answer->h);
  g_free (answer->extrapolates);
  g_free (answer->given);
  g_free (answer);
}

/* Asks for the kind and the size first: what is large is never read, and a pipe
 * would not end. (transfer full) (nullable) */
static MolList *
read_file (const Question *question,
           GError        **error)
{
  g_autoptr(GFileInfo) info = NULL;
  g_autofree char *text = NULL;
  gsize length;

  info = g_file_query_info (question->file, G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE, NULL, error);
  if (info == NULL)
    return NULL;

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR &&
      g_file_info_get_file_type (info) != G_FILE_TYPE_DIRECTORY)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_OPEN, _("“%s” cannot be read: %s"), question->name,
                   _("it is not a file"));
      return NULL;
    }

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR &&
      g_file_info_get_size (info) > PZ_MOLECULE_MAX_SIZE)
    {
      g_autofree char *size = g_format_size ((guint64) g_file_info_get_size (info));

      g_set_error (error, MLP_ERROR, MLP_ERROR_TOO_LARGE,
                   _("“%s” has %s, which is too much for one molecule; open data sets under Data"),
                   question->name, size);
      return NULL;
    }

  if (g_file_peek_path (question->file) != NULL)
    return mol_list_open (g_file_peek_path (question->file), NULL, NULL, error);

  return g_file_load_contents (question->file, NULL, &text, &length, NULL, error)
         ? mol_list_read (question->name, text, length, error) : NULL;
}

/* At least one molecule. (transfer full) (nullable) */
static MolList *
read_molecules (const Question *question,
                GError        **error)
{
  g_autoptr(MolList) list = NULL;

  list = question->file != NULL ? read_file (question, error)
         : mol_list_read (question->name, question->text, question->length, error);
  if (list == NULL || list->n > 0)
    return g_steal_pointer (&list);

  if (list->unreadable[0].line > 0)
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, _("“%s”, line %u: %s"), list->unreadable[0].name,
                 list->unreadable[0].line, list->unreadable[0].reason);
  else
    g_set_error (error, MLP_ERROR, MLP_ERROR_FORMAT, "“%s”: %s", list->unreadable[0].name, list->unreadable[0].reason);

  return NULL;
}

/* The values that came with the molecules, in the units of the task. */
static double *
get_given (const Question *question,
           const MolList  *list,
           gsize           n_targets)
{
  /* Free atoms are those of the method that the network's own values are of. */
  const MolMethod method = g_strcmp0 (question->data->name, "Built-in molecules") == 0 ? MOL_METHOD_XTB
                                                                                     : MOL_METHOD_B3LYP;
  double *given = g_new (double, n_targets * list->n);
  g_autoptr(GPtrArray) targets = NULL;

  mol_target_parse_list (question->data->task->targets, &targets, NULL);
  for (gsize i = 0; i < list->n; i++)
    for (gsize t = 0; t < n_targets; t++)
      {
        const MolTarget *target = targets != NULL && t < targets->len ? g_ptr_array_index (targets, t) : NULL;
        MolMolecule molecule;

        mol_collection_get (list->molecules, list->items[i], &molecule);
        given[i * n_targets + t] = target == NULL ? (double) NAN :
                                   mol_target_get_value (target, &molecule, method)
                                   * mol_target_get_factor (target, question->data->task->unit);
      }

  return given;
}

/* Molecules begin … begin + n − 1 of the list. */
static gboolean
predict_piece (const Question   *question,
               const MolFeature *feature,
               PzMoleculeAnswer *answer,
               gsize             begin,
               gsize             n,
               GError          **error)
{
  const gsize n_targets = answer->n_targets;
  g_autoptr(MlpSamples) samples = NULL;
  g_autofree guint32 *all = g_new (guint32, n);
  float *x;

  x = mol_features_compute_items (feature, answer->list->molecules, answer->list->items + begin, n, NULL, NULL, error);
  if (x == NULL)
    return FALSE;

  for (gsize i = 0; i < n; i++)
    all[i] = (guint32) i;
  samples = mlp_samples_new_values (x, g_new0 (float, n * n_targets), feature->length, n_targets, n);

  return mlp_regression_metrics_predict (question->net, samples, all, n, 1, answer->h + begin * n_targets,
                                         answer->extrapolates + begin * n_targets, error);
}

/* (nullable) (transfer full) */
static PzMoleculeAnswer *
make_answer (const Question *question,
             GError        **error)
{
  const gsize n_targets = question->data->n_outputs;
  g_autoptr(PzMoleculeAnswer) answer = NULL;
  const MolFeature *feature;
  gsize n;

  if (question->net == NULL || question->data->task == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND,
                           question->net == NULL ? _("There is no trained network yet.") :
                           _("This network was not trained on molecules."));
      return NULL;
    }

  feature = mol_features_find (question->data->task->features, error);
  if (feature == NULL)
    return NULL;

  if (feature->length != question->data->n_inputs)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   _("The network has %u inputs, but its features “%s” have %u dimensions; train it again"),
                   (guint) question->data->n_inputs, question->data->task->features, (guint) feature->length);
      return NULL;
    }

  answer = g_new0 (PzMoleculeAnswer, 1);
  ds_task_copy (question->data->task, &answer->task);
  answer->list = read_molecules (question, error);
  if (answer->list == NULL)
    return NULL;

  n = answer->list->n;
  answer->n_targets = n_targets;
  answer->h = g_new (float, n_targets * n);
  answer->extrapolates = g_new (guint8, n_targets * n);
  for (gsize begin = 0; begin < n; begin += PIECE)
    if (!predict_piece (question, feature, answer, begin, MIN (PIECE, n - begin), error))
      return NULL;

  answer->given = get_given (question, answer->list, n_targets);

  return g_steal_pointer (&answer);
}

PzMoleculeAnswer *
pz_molecule_answer_from_text (const MlpNet     *net,
                              const RecipeData *data,
                              const char       *name,
                              const char       *text,
                              GError          **error)
{
  const Question question = { net, data, NULL, name, text, strlen (text) };

  return make_answer (&question, error);
}

PzMoleculeAnswer *
pz_molecule_answer_from_file (const MlpNet     *net,
                              const RecipeData *data,
                              GFile            *file,
                              GError          **error)
{
  g_autofree char *base = NULL;
  g_autofree char *name = NULL;
  Question question = { net, data, file };

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  base = g_file_get_basename (file);
  name = mlp_display_filename (base);
  question.name = name;

  return make_answer (&question, error);
}
