/* pz-molecule-samples.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "core/net/mlp-split.h"
#include "draw/draw-number.h"
#include "molecules/mol-collection.h"
#include "widgets/recipe/pz-molecule-samples.h"

#define N_LINES 3

/* Of one molecule; more would not fit the line. */
#define MAX_TARGETS 3

#define DIGITS 4

/* "C₇H₁₀O₂" */
static void
append_formula (GString           *text,
                const MolMolecule *molecule)
{
  g_autofree char *formula = mol_molecule_make_formula (molecule);

  for (const char *c = formula; *c != '\0'; c++)
    {
      if (g_ascii_isdigit (*c))
        g_string_append_unichar (text, 0x2080 + (gunichar) (*c - '0'));
      else
        g_string_append_c (text, *c);
    }
}

static void
append_sample (GString     *text,
               const DsSet *set,
               guint32      item)
{
  const gsize n_outputs = mlp_samples_get_n_outputs (set->samples);
  g_autofree float *y = g_new (float, n_outputs);
  MolMolecule molecule;

  mol_collection_get (set->molecules, item, &molecule);
  mlp_samples_get_batch (set->samples, &item, 1, NULL, y);

  append_formula (text, &molecule);
  for (gsize t = 0; t < MIN (n_outputs, MAX_TARGETS); t++)
    {
      const MolTarget *target = mol_target_find (set->class_names[t], NULL);
      g_autofree char *value = draw_number_format ((double) y[t], DIGITS);

      g_string_append_printf (text, "%s%s %s %s", t > 0 ? ", " : ": ", target->symbol, value,
                              mol_target_get_unit (target, set->task->unit));
    }

  if (n_outputs > MAX_TARGETS)
    g_string_append (text, "…");
}

char *
pz_molecule_samples_describe (PzDataset      *dataset,
                              const MlpSplit *split,
                              guint           round)
{
  const DsSet *set;
  const guint32 *items;
  GString *text;
  gsize n;

  g_return_val_if_fail (PZ_IS_DATASET (dataset), NULL);
  g_return_val_if_fail (pz_dataset_is_molecules (dataset), NULL);
  g_return_val_if_fail (split != NULL, NULL);

  set = pz_dataset_peek_set (dataset);
  items = mlp_split_peek (split, MLP_TRAIN, &n);
  text = g_string_new (NULL);

  for (gsize i = 0; i < MIN (n, N_LINES); i++)
    {
      if (i > 0)
        g_string_append_c (text, '\n');

      append_sample (text, set, items[((gsize) round * N_LINES + i) % n]);
    }

  return g_string_free (text, FALSE);
}
