/* cli-predict-molecules.c: asks a network about molecules.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "cli/cli-predict.h"
#include "cli/cli-values.h"
#include "core/mlp-error.h"
#include "core/mlp-fit.h"
#include "datasets/ds-features.h"
#include "datasets/ds-qm9.h"

/* Samples without targets: they are asked for. */
static MlpSamples *
make_samples (const RecipeFile  *file,
              const DsMolecules *molecules,
              GError           **error)
{
  const DsFeature *feature = ds_features_find (file->data.task->features, error);
  const gsize n = ds_molecules_get_n (molecules);
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

  x = ds_features_compute (feature, molecules, NULL, NULL, error);

  return x == NULL ? NULL :
         mlp_samples_new_values (x, g_new0 (float, n * file->data.n_outputs),
                                 feature->length, file->data.n_outputs, n);
}

/* (transfer full): "CH4 (gdb 1)" */
static char *
describe (const DsMolecule *molecule)
{
  g_autofree char *formula = ds_molecule_make_formula (molecule);

  return molecule->number == 0 ? g_steal_pointer (&formula) :
         g_strdup_printf ("%s (gdb %u)", formula, molecule->number);
}

static void
print_molecule (const RecipeFile *file,
                const char       *name,
                const DsMolecule *molecule,
                const float      *h,
                gboolean          json)
{
  g_autofree char *what = describe (molecule);
  g_autofree char *formula = ds_molecule_make_formula (molecule);
  JsonObject *object = json ? json_object_new () : NULL;
  JsonObject *all = json ? json_object_new () : NULL;

  for (gsize t = 0; t < file->data.n_outputs; t++)
    {
      const char *target = file->data.class_names[t];
      const char *unit = cli_values_get_unit (file->data.task, t);
      g_autofree char *number = cli_format_number ("%.5g", (double) h[t]);

      if (json)
        cli_set_number (all, target, (double) h[t]);
      else
        g_print ("%s: %s: %s %s %s\n", name, what, target, number, unit);
    }

  if (!json)
    return;

  json_object_set_string_member (object, "file", name);
  json_object_set_string_member (object, "formula", formula);
  if (molecule->number > 0)
    json_object_set_int_member (object, "number", molecule->number);

  json_object_set_object_member (object, "predictions", all);
  json_object_set_string_member (object, "unit", cli_values_get_unit (file->data.task, 0));
  cli_print_json (object);
}

gboolean
cli_predict_molecules (const RecipeFile *file,
                       const char       *path,
                       gboolean          json,
                       GError          **error)
{
  const DsMoleculesOptions options = { .keep_uncharacterized = TRUE };
  g_autoptr(DsMolecules) molecules = ds_molecules_open (path, &options, NULL, NULL, NULL, error);
  g_autofree char *name = g_filename_display_name (path);
  g_autoptr(MlpSamples) samples = NULL;
  g_autofree guint32 *items = NULL;
  g_autofree float *h = NULL;
  gsize n;

  if (molecules == NULL)
    return FALSE;

  samples = make_samples (file, molecules, error);
  if (samples == NULL)
    return FALSE;

  n = ds_molecules_get_n (molecules);
  items = g_new (guint32, n);
  for (gsize i = 0; i < n; i++)
    items[i] = (guint32) i;

  h = g_new (float, n * file->data.n_outputs);
  if (!mlp_predict (file->net, samples, items, n, g_get_num_processors (), h, error))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      DsMolecule molecule;

      ds_molecules_get (molecules, i, &molecule);
      print_molecule (file, name, &molecule, h + i * file->data.n_outputs, json);
    }

  return TRUE;
}
