/* cli-predict-molecules.c: asks a network about molecules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>

#include "cli/cli-predict.h"
#include "cli/cli-values.h"
#include "core/mlp-display.h"
#include "core/mlp-error.h"
#include "core/net/mlp-regression-metrics.h"
#include "molecules/features/mol-features.h"
#include "molecules/mol-collection.h"
#include "molecules/mol-list.h"
#include "molecules/mol-report.h"

/* Molecules whose features are in memory at a time. */
#define PIECE 4096

/* Samples without targets: they are asked for. */
static MlpSamples *
make_samples (const RecipeFile    *file,
              const MolCollection *molecules,
              const guint32       *items,
              gsize                n,
              GError             **error)
{
  const MolFeature *feature = mol_features_find (file->data.task->features, error);
  float *x;

  if (feature == NULL)
    return NULL;

  if (feature->length != file->data.n_inputs)
    {
      g_set_error (error, MLP_ERROR, MLP_ERROR_SHAPE,
                   "The network has %" G_GSIZE_FORMAT " inputs, the features %s have %" G_GSIZE_FORMAT
                   "; it was trained by another version of the program, train it again",
                   file->data.n_inputs, feature->id, feature->length);
      return NULL;
    }

  x = mol_features_compute_items (feature, molecules, items, n, NULL, NULL, error);

  return x == NULL ? NULL :
         mlp_samples_new_values (x, g_new0 (float, n * file->data.n_outputs),
                                 feature->length, file->data.n_outputs, n);
}

/* (transfer full): "CH4 (gdb 1)" */
static char *
describe_molecule (const MolMolecule *molecule)
{
  g_autofree char *formula = mol_molecule_make_formula (molecule);

  return molecule->number == 0 ? g_steal_pointer (&formula) :
         g_strdup_printf ("%s (gdb %u)", formula, molecule->number);
}

/* Whether a molecule is one of several files. */
static gboolean
is_member (const char      *name,
           const MolOrigin *origin)
{
  g_autofree char *base = g_path_get_basename (name);

  return strcmp (base, origin->name) != 0;
}

/* (transfer full): where the molecule is: "FILE", "FOLDER: MEMBER", "TABLE, row 3" */
static char *
describe_origin (const char      *name,
                 const MolOrigin *origin)
{
  const gboolean member = is_member (name, origin);
  g_autofree char *file = g_strconcat (name, member ? ": " : "", member ? origin->name : "", NULL);

  return origin->row > 0 ? g_strdup_printf ("%s, row %u", file, origin->row) : g_steal_pointer (&file);
}

static void
print_molecule (const RecipeFile  *file,
                const char        *name,
                const MolOrigin   *origin,
                const MolMolecule *molecule,
                const float       *h,
                const guint8      *extrapolates,
                gboolean           json)
{
  g_autofree char *where = describe_origin (name, origin);
  g_autofree char *what = describe_molecule (molecule);
  g_autofree char *formula = mol_molecule_make_formula (molecule);
  JsonObject *object = json ? json_object_new () : NULL;
  JsonObject *all = json ? json_object_new () : NULL;
  JsonObject *far = json ? json_object_new () : NULL;

  for (gsize t = 0; t < file->data.n_outputs; t++)
    {
      const char *target = file->data.class_names[t];
      const char *unit = cli_values_get_unit (file->data.task, t);
      g_autofree char *number = cli_format_number ("%.5g", (double) h[t]);

      if (json)
        {
          cli_set_number (all, target, (double) h[t]);
          json_object_set_boolean_member (far, target, extrapolates[t]);
        }
      else
        g_print ("%s: %s: %s %s %s%s\n", where, what, target, number, unit,
                 extrapolates[t] ? " (extrapolation: far outside the training data)" : "");
    }

  if (!json)
    return;

  json_object_set_string_member (object, "file", name);
  if (is_member (name, origin))
    json_object_set_string_member (object, "member", origin->name);
  if (origin->row > 0)
    {
      json_object_set_int_member (object, "row", origin->row);
      json_object_set_int_member (object, "line", origin->line);
    }
  json_object_set_string_member (object, "formula", formula);
  if (molecule->number > 0)
    json_object_set_int_member (object, "number", molecule->number);

  json_object_set_object_member (object, "predictions", all);
  json_object_set_object_member (object, "extrapolation", far);
  cli_values_add_units (object, file->data.task, file->data.class_names);
  cli_print_json (object);
}

/* About molecules begin … begin + n − 1 of the list. */
static gboolean
print_piece (const RecipeFile *file,
             const char       *name,
             const MolList    *list,
             gsize             begin,
             gsize             n,
             gboolean          json,
             GError          **error)
{
  const gsize n_outputs = file->data.n_outputs;
  const guint32 *items = list->items + begin;
  g_autoptr(MlpSamples) samples = make_samples (file, list->molecules, items, n, error);
  g_autofree guint32 *all = g_new (guint32, n);
  g_autofree float *h = g_new (float, n * n_outputs);
  g_autofree guint8 *extrapolates = g_new (guint8, n * n_outputs);

  for (gsize i = 0; i < n; i++)
    all[i] = (guint32) i;

  if (samples == NULL ||
      !mlp_regression_metrics_predict (file->net, samples, all, n, g_get_num_processors (), h, extrapolates, error))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      MolMolecule molecule;

      mol_collection_get (list->molecules, items[i], &molecule);
      print_molecule (file, name, &list->origins[begin + i], &molecule, h + i * n_outputs,
                      extrapolates + i * n_outputs, json);
    }

  return TRUE;
}

static gboolean
print_answers (const RecipeFile *file,
               const char       *name,
               const MolList    *list,
               gboolean          json,
               GError          **error)
{
  for (gsize begin = 0; begin < list->n && !cli_is_interrupted (); begin += PIECE)
    if (!print_piece (file, name, list, begin, MIN (PIECE, list->n - begin), json, error))
      return FALSE;

  return TRUE;
}

gboolean
cli_predict_molecules (const RecipeFile *file,
                       const char       *path,
                       gboolean          json,
                       gboolean         *complete,
                       GError          **error)
{
  g_autoptr(MolList) list = mol_list_open (path, NULL, NULL, error);
  g_autofree char *name = mlp_display_filename (path);

  *complete = list != NULL && list->n_unreadable == 0 && list->error == NULL;
  if (list == NULL || (list->n > 0 && !print_answers (file, name, list, json, error)))
    return FALSE;

  if (list->n_unreadable > 0)
    g_printerr ("perzeptron-cli: “%s”: %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " could not be read:\n",
                name, list->n_unreadable, list->n + list->n_unreadable);
  cli_print_unreadable (list->unreadable, list->n_unreadable);
  if (list->error != NULL)
    cli_fail ("predict", list->error);

  return TRUE;
}
