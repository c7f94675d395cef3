/* cli-options.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cli/cli-options.h"
#include "cli/cli.h"
#include "datasets/ds-open.h"
#include "molecules/features/mol-features.h"
#include "recipe/recipe-option.h"

static gboolean
parse_whole (const char *text,
             guint64     max,
             guint64    *value,
             GError    **error)
{
  if (g_ascii_string_to_unsigned (text, 10, 0, max, value, NULL))
    return TRUE;

  return cli_set_usage_error (error, "“%s” is not a whole number from 0 to %" G_GUINT64_FORMAT, text, max);
}

static gboolean
parse_uint (const char *text,
            guint      *value,
            GError    **error)
{
  guint64 number;

  if (!parse_whole (text, G_MAXUINT, &number, error))
    return FALSE;

  *value = (guint) number;

  return TRUE;
}

static gboolean
parse_size (const char *text,
            gsize      *value,
            GError    **error)
{
  guint64 number;

  if (!parse_whole (text, G_MAXSIZE, &number, error))
    return FALSE;

  *value = (gsize) number;

  return TRUE;
}

static gboolean
parse_float (const char *text,
             float      *value,
             GError    **error)
{
  char *end;
  double number = g_ascii_strtod (text, &end);

  if (end == text || *end != '\0' || !isfinite ((float) number))
    return cli_set_usage_error (error, "“%s” is not a number such as 0.1 or 1e-3", text);

  *value = (float) number;

  return TRUE;
}

/* Another optimizer wants another rate; --learning-rate comes later and wins. */
static gboolean
apply_optimizer (Recipe     *recipe,
                 const char *text,
                 GError    **error)
{
  static const float usual_rates[MLP_N_OPTIMIZERS] = {
    [MLP_SGD] = 0.1f,
    [MLP_MOMENTUM] = 0.01f,
    [MLP_NESTEROV] = 0.01f,
    [MLP_RMSPROP] = 0.001f,
    [MLP_ADAM] = 0.001f,
    [MLP_ADAMW] = 0.001f,
  };
  MlpOptimizerKind kind;

  if (!mlp_optimizer_from_name (text, &kind, error))
    return FALSE;

  if (kind != recipe->training.optimizer.kind)
    recipe->training.rate = usual_rates[kind];

  recipe->training.optimizer.kind = kind;

  return TRUE;
}

/* "constant", "cosine", "step:10:0.5" */
static gboolean
apply_schedule (Recipe     *recipe,
                const char *text,
                GError    **error)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", -1);
  MlpSchedule *schedule = &recipe->training.schedule;
  MlpScheduleKind kind;

  if (!mlp_schedule_from_name (parts[0] != NULL ? parts[0] : "", &kind, error))
    return FALSE;

  if (g_strv_length (parts) != (kind == MLP_SCHEDULE_STEP ? 3 : 1))
    return cli_set_usage_error (error, "Unknown learning rate schedule “%s”; expected constant, cosine or "
                                "step:EPOCHS:FACTOR, such as step:10:0.5", text);

  schedule->kind = kind;

  return kind != MLP_SCHEDULE_STEP ||
         (parse_uint (parts[1], &schedule->step_epochs, error) &&
          parse_float (parts[2], &schedule->factor, error));
}

static gboolean
apply_seed (Recipe     *recipe,
            const char *text,
            GError    **error)
{
  if (!parse_whole (text, G_MAXUINT64, &recipe->training.seed, error))
    return FALSE;

  recipe->split.seed = recipe->training.seed;

  return TRUE;
}

static gboolean
apply_features (Recipe     *recipe,
                const char *text,
                GError    **error)
{
  if (mol_features_find (text, error) == NULL)
    return FALSE;

  g_free (recipe->task.features);
  recipe->task.features = g_strdup (text);

  return TRUE;
}

static gboolean
apply_target (Recipe     *recipe,
              const char *text,
              GError    **error)
{
  g_autoptr(GPtrArray) targets = NULL;

  if (!mol_target_parse_list (text, &targets, error))
    return FALSE;

  g_free (recipe->task.targets);
  recipe->task.targets = g_strdup (text);

  return TRUE;
}

/* "10000", or "0.1" of all. */
static gboolean
parse_part (const char *text,
            gsize      *n,
            float      *share,
            GError    **error)
{
  *share = 0.0f;

  if (strchr (text, '.') == NULL)
    return parse_size (text, n, error);

  if (!parse_float (text, share, error))
    return FALSE;

  return (*share > 0.0f && *share < 1.0f) ||
         cli_set_usage_error (error, "“%s” is not a number of samples or a share between 0 and 1, such as 0.1",
                              text);
}

static gboolean
apply_validation (Recipe     *recipe,
                  const char *text,
                  GError    **error)
{
  return parse_part (text, &recipe->split.n_validation, &recipe->split.validation_share, error);
}

static gboolean
apply_test_size (Recipe     *recipe,
                 const char *text,
                 GError    **error)
{
  return parse_part (text, &recipe->split.n_test, &recipe->split.test_share, error);
}

/* The file of the network is used elsewhere, too. */
static gboolean
apply_add (Recipe     *recipe,
           const char *text,
           GError    **error)
{
  g_free (recipe->add);
  recipe->add = g_str_has_prefix (text, "builtin:") ? g_strdup (text) : g_canonicalize_filename (text, NULL);

  return TRUE;
}

/* Sets what an option is about. */
typedef gboolean (*ApplyFunc) (Recipe     *recipe,
                               const char *text,
                               GError    **error);

/* An option that is more than its field, or is written otherwise. */
typedef struct
{
  guint       id;
  const char *placeholder;
  const char *note;           /* (nullable): after its help */
  ApplyFunc   apply;          /* (nullable) */
} Special;

static const Special specials[] = {
  { RECIPE_OPTION_ADD, "FOLDER", NULL, apply_add },
  { RECIPE_OPTION_VALIDATION, "N", NULL, apply_validation },
  { RECIPE_OPTION_TEST, "N", NULL, apply_test_size },
  { RECIPE_OPTION_EUROPEAN_SHARE, "SHARE", NULL, NULL },
  { RECIPE_OPTION_FEATURES, "NAME", "see below", apply_features },
  { RECIPE_OPTION_TARGETS, "NAMES", "see below", apply_target },
  { RECIPE_OPTION_HIDDEN, "LAYERS", NULL, recipe_set_hidden },
  { MLP_OPTION_OPTIMIZER, "NAME", NULL, apply_optimizer },
  { MLP_OPTION_RATE, "X", "that of the preset, or the usual one of another optimiser", NULL },
  { MLP_OPTION_SCHEDULE, "FORM", "step:EPOCHS:FACTOR, such as step:10:0.5", apply_schedule },
  { MLP_OPTION_SEED, "N", NULL, apply_seed },
};

struct _CliOptions
{
  char    *preset;
  char    *texts[RECIPE_N_OPTIONS];
  gboolean switches[RECIPE_N_OPTIONS];
  char    *helps[RECIPE_N_OPTIONS];
};

/* (nullable) */
static const Special *
find_special (const MlpOptionRow *row)
{
  for (gsize i = 0; i < G_N_ELEMENTS (specials); i++)
    {
      if (specials[i].id == row->id)
        return &specials[i];
    }

  return NULL;
}

/* A switch that is turned on by its name alone. */
static gboolean
is_bare (const MlpOptionRow *row)
{
  return row->kind == MLP_KIND_SWITCH && row->choices == NULL;
}

static const char *
get_placeholder (const MlpOptionRow *row)
{
  const Special *special = find_special (row);

  if (special != NULL)
    return special->placeholder;

  if (is_bare (row))
    return NULL;

  if (row->choices != NULL)
    return "NAME";

  if (row->kind == MLP_KIND_FLOAT)
    return "X";

  return g_strcmp0 (row->unit, "epochs") == 0 ? "EPOCHS" : "N";
}

/* (transfer full): its sentence, the names it can have, and what is special */
static char *
make_help (const MlpOptionRow *row)
{
  const Special *special = find_special (row);
  GString *text = g_string_new (row->help);

  for (guint i = 0; row->choices != NULL && i < row->choices->n; i++)
    g_string_append_printf (text, "%s%s", i == 0 ? ": " : ", ", row->choices->get_name (i));

  if (special != NULL && special->note != NULL)
    g_string_append_printf (text, " (%s)", special->note);

  return g_string_free (text, FALSE);
}

CliOptions *
cli_options_new (void)
{
  return g_new0 (CliOptions, 1);
}

void
cli_options_free (CliOptions *self)
{
  if (self == NULL)
    return;

  for (gsize i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      g_free (self->texts[i]);
      g_free (self->helps[i]);
    }

  g_free (self->preset);
  g_free (self);
}

GOptionEntry *
cli_options_make_entries (CliOptions         *self,
                          const GOptionEntry *others)
{
  g_autoptr(GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  const GOptionEntry preset = {
    "preset", 0, 0, G_OPTION_ARG_STRING, &self->preset, "Start from a preset, see below (default)", "NAME"
  };

  g_array_append_val (entries, preset);
  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const MlpOptionRow *row = recipe_option_get (i).row;
      GOptionEntry entry = { .long_name = row->name, .arg_description = get_placeholder (row) };

      if (row->flags & MLP_OPTION_NO_ARGUMENT)
        continue;

      g_free (self->helps[i]);
      self->helps[i] = make_help (row);
      entry.description = self->helps[i];
      entry.arg = is_bare (row) ? G_OPTION_ARG_NONE : G_OPTION_ARG_STRING;
      entry.arg_data = is_bare (row) ? (gpointer) &self->switches[i] : (gpointer) &self->texts[i];
      g_array_append_val (entries, entry);
    }

  for (; others->long_name != NULL; others++)
    g_array_append_vals (entries, others, 1);

  return (GOptionEntry *) (void *) g_array_free (g_steal_pointer (&entries), FALSE);
}

static void
append_molecules (GString *text)
{
  gsize n;
  const MolFeature *features = mol_features_get_all (&n);
  const MolTarget *targets;

  g_string_append (text, "\nFeatures of molecules:\n");
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "  %-22s %5" G_GSIZE_FORMAT "  %s\n",
                            features[i].id, features[i].length, features[i].explanation);

  g_string_append (text, "\nTargets:\n");
  targets = mol_target_get_all (&n);
  for (gsize i = 0; i < n; i++)
    g_string_append_printf (text, "  %-16s %s (%s)\n", targets[i].id, targets[i].title, targets[i].unit);
}

char *
cli_options_describe (void)
{
  GString *text = g_string_new ("Presets:\n");
  gsize n_presets;
  const RecipePreset *presets = recipe_get_presets (&n_presets);

  for (gsize i = 0; i < n_presets; i++)
    g_string_append_printf (text, "  %-16s %s\n", presets[i].id, presets[i].description);

  append_molecules (text);
  g_string_append (text,
                   "\n"
                   "DATA is builtin:digits or builtin:molecules, a file (MNIST as a pickle or IDX; QM9 as an archive,\n"
                   "SDF or CSV) or a folder of IDX or XYZ files.\n\n"
                   "--continue resumes the run in a file, bit for bit as if it had not been interrupted: DATA may be\n"
                   "omitted, and only --epochs (the total), --learning-rate, --patience and --threads may change. A\n"
                   "cosine schedule keeps the number of epochs the run was started with; after that the last learning\n"
                   "rate is kept. --checkpoint writes NAME.checkpoint.perz beside --out NAME.perz, a network file like\n"
                   "any other; it is removed when the run has finished and is saved.\n"
                   "Ctrl+C (or SIGTERM, SIGHUP) stops the run and saves the weights; a second time it quits at once.");

  return g_string_free (text, FALSE);
}

static gboolean
apply_text (RecipeOption option,
            Recipe      *recipe,
            const char  *text,
            GError     **error)
{
  const MlpOptionRow *row = option.row;
  const Special *special = find_special (row);
  gpointer place = G_STRUCT_MEMBER_P (recipe_option_get_data (option, recipe), row->offset);

  if (special != NULL && special->apply != NULL)
    return special->apply (recipe, text, error);

  switch (row->kind)
    {
    case MLP_KIND_FLOAT:
      return parse_float (text, place, error);

    case MLP_KIND_UINT:
      return parse_uint (text, place, error);

    case MLP_KIND_SIZE:
      return parse_size (text, place, error);

    case MLP_KIND_UINT64:
      return parse_whole (text, G_MAXUINT64, place, error);

    case MLP_KIND_CHOICE:
    case MLP_KIND_SWITCH:
      return row->choices->find (text, place, error);

    case MLP_KIND_STRING:
    case MLP_KIND_LAYERS:
    default:
      g_assert_not_reached ();
    }
}

gboolean
cli_options_apply (CliOptions *self,
                   Recipe     *recipe,
                   GError    **error)
{
  if (self->preset != NULL && !recipe_apply_preset (recipe, self->preset, error))
    {
      g_prefix_error (error, "--preset: ");
      return FALSE;
    }

  for (guint i = 0; i < RECIPE_N_OPTIONS; i++)
    {
      const RecipeOption option = recipe_option_get (i);

      if (self->switches[i])
        mlp_option_write (option.row, recipe_option_get_data (option, recipe), TRUE);

      if (self->texts[i] != NULL && !apply_text (option, recipe, self->texts[i], error))
        {
          g_prefix_error (error, "--%s: ", option.row->name);
          return FALSE;
        }
    }

  return TRUE;
}

Recipe *
cli_options_make_recipe (CliOptions *self,
                         const char *source,
                         GError    **error)
{
  g_autoptr(Recipe) recipe = recipe_new ();

  if (ds_open_is_molecules (source))
    recipe_apply_preset (recipe, "molecules", NULL);

  return cli_options_apply (self, recipe, error) ? g_steal_pointer (&recipe) : NULL;
}
