/* cli-options.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <math.h>
#include <string.h>

#include "cli/cli-options.h"
#include "cli/cli.h"
#include "datasets/ds-european.h"
#include "datasets/ds-open.h"
#include "molecules/features/mol-features.h"

/* Sets what an option is about. */
typedef gboolean (*ApplyFunc) (Recipe     *recipe,
                               const char *text,
                               GError    **error);

/* A number of this type at this place of the recipe, or whatever @apply does. */
typedef struct
{
  const char *name;
  const char *placeholder;
  const char *help;
  enum { FLOAT, UINT, SIZE, SWITCH, OTHER } type;
  gsize       offset;
  ApplyFunc   apply;
} Option;

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

static gboolean
apply_output (Recipe     *recipe,
              const char *text,
              GError    **error)
{
  return mlp_activation_from_name (text, &recipe->output, error);
}

static gboolean
apply_loss (Recipe     *recipe,
            const char *text,
            GError    **error)
{
  return mlp_loss_from_name (text, &recipe->training.loss, error);
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
apply_init (Recipe     *recipe,
            const char *text,
            GError    **error)
{
  return mlp_net_init_from_name (text, &recipe->training.init, error);
}

static gboolean
apply_augment (Recipe     *recipe,
               const char *text,
               GError    **error)
{
  return mlp_augment_from_name (text, &recipe->training.augment, error);
}

static gboolean
apply_bias_init (Recipe     *recipe,
                 const char *text,
                 GError    **error)
{
  recipe->training.random_biases = strcmp (text, "normal") == 0;

  return recipe->training.random_biases || strcmp (text, "zero") == 0 ||
         cli_set_usage_error (error, "Unknown bias initialisation “%s”; expected zero or normal", text);
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

static gboolean
apply_unit (Recipe     *recipe,
            const char *text,
            GError    **error)
{
  return mol_target_unit_from_name (text, &recipe->task.unit, error);
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

static gboolean
apply_european_hands (Recipe     *recipe,
                      const char *text,
                      GError    **error)
{
  float share = 0.0f;

  if (!parse_float (text, &share, error))
    return FALSE;

  if (!(share >= 0.0f && share <= DS_EUROPEAN_MAX_SHARE))
    return cli_set_usage_error (error, "--european-hands: “%s” is not a share between 0 and %.1f, such as 0.05",
                                text, (double) DS_EUROPEAN_MAX_SHARE);

  recipe->split.european_share = share;

  return TRUE;
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

/* In the order in which they are applied and listed. */
static const Option options[] = {
  { "preset", "NAME", "Start from a preset, see below (default)", OTHER, 0, recipe_apply_preset },
  { "features", "NAME", "Molecules: input features, see below", OTHER, 0, apply_features },
  { "target", "NAMES", "Molecules: targets, such as gap or gap,mu, see below", OTHER, 0, apply_target },
  { "unit", "NAME", "Unit of energies: Ha, eV, meV, kcal/mol, kJ/mol", OTHER, 0, apply_unit },
  { "linear-path", NULL, "Regression: fit a linear model, train the network on the residual", SWITCH, G_STRUCT_OFFSET (Recipe, training.linear_path) },
  { "keep-uncharacterized", NULL, "QM9: keep the molecules that failed the authors’ consistency check", SWITCH, G_STRUCT_OFFSET (Recipe, task.keep_uncharacterized) },
  { "hidden", "LAYERS", "Hidden layers, such as 30:sigmoid or 100:relu,50:tanh, or none", OTHER, 0, recipe_set_hidden },
  { "output", "NAME", "Output activation: softmax, sigmoid, identity, …", OTHER, 0, apply_output },
  { "loss", "NAME", "squared, cross-entropy, binary-cross-entropy, huber", OTHER, 0, apply_loss },
  { "optimizer", "NAME", "sgd, momentum, nesterov, rmsprop, adam, adamw", OTHER, 0, apply_optimizer },
  { "learning-rate", "X", "Learning rate (that of the preset, or the usual one of another optimiser)", FLOAT, G_STRUCT_OFFSET (Recipe, training.rate) },
  { "momentum", "X", "Momentum of momentum and nesterov (0.9)", FLOAT, G_STRUCT_OFFSET (Recipe, training.optimizer.momentum) },
  { "weight-decay", "X", "Weight decay of adamw (0.01)", FLOAT, G_STRUCT_OFFSET (Recipe, training.optimizer.weight_decay) },
  { "schedule", "FORM", "constant, cosine, or step:EPOCHS:FACTOR, such as step:10:0.5", OTHER, 0, apply_schedule },
  { "warmup", "EPOCHS", "Increase the learning rate linearly over the first epochs", UINT, G_STRUCT_OFFSET (Recipe, training.schedule.warmup_epochs) },
  { "batch-size", "N", "Batch size in samples", SIZE, G_STRUCT_OFFSET (Recipe, training.batch_size) },
  { "epochs", "N", "Passes over the training set; in total if a run is continued", UINT, G_STRUCT_OFFSET (Recipe, training.epochs) },
  { "patience", "EPOCHS", "Early stopping: epochs without a better validation loss; keeps the best", UINT, G_STRUCT_OFFSET (Recipe, training.patience) },
  { "init", "NAME", "Weight initialisation: normal, xavier, he, uniform", OTHER, 0, apply_init },
  { "bias-init", "NAME", "Bias initialisation: zero, normal", OTHER, 0, apply_bias_init },
  { "l1", "X", "L1 penalty: adds X times the sum of |weight| to the loss", FLOAT, G_STRUCT_OFFSET (Recipe, training.l1) },
  { "l2", "X", "L2 penalty: adds X/2 times the sum of weight² to the loss", FLOAT, G_STRUCT_OFFSET (Recipe, training.l2) },
  { "dropout", "X", "Dropout rate: fraction of hidden units set to 0 in each step", FLOAT, G_STRUCT_OFFSET (Recipe, training.dropout) },
  { "augment", "NAME", "Augment training images: affine (shift, rotate, scale), elastic (distort as well), none", OTHER, 0, apply_augment },
  { "max-norm", "X", "Max-norm constraint on the weights of each unit", FLOAT, G_STRUCT_OFFSET (Recipe, training.max_norm) },
  { "clip-norm", "X", "Clip the gradient norm to X", FLOAT, G_STRUCT_OFFSET (Recipe, training.clip_norm) },
  { "add", "FOLDER", "Also train on these images, such as your own drawings; a fifth is reserved for testing", OTHER, 0, apply_add },
  { "european-hands", "SHARE", "Digits: share of European handwriting in the training set, such as 0.05", OTHER, 0, apply_european_hands },
  { "validation", "N", "Size of the validation set in samples, or its share such as 0.1 (that of the data set, or a "
    "sixth)", OTHER, 0, apply_validation },
  { "test-size", "N", "Molecules: size of the test set in samples, or its share (a tenth)", OTHER, 0, apply_test_size },
  { "limit", "N", "Use at most N training samples", SIZE, G_STRUCT_OFFSET (Recipe, split.limit) },
  { "shuffle-split", NULL, "Draw the validation set at random, using the seed", SWITCH, G_STRUCT_OFFSET (Recipe, split.shuffle) },
  { "seed", "N", "Random seed for weight initialisation, shuffling, dropout, augmentation (1)", OTHER, 0, apply_seed },
  { "threads", "N", "Number of threads; does not affect the result (automatic)", UINT, G_STRUCT_OFFSET (Recipe, training.threads) },
};

#define N_OPTIONS G_N_ELEMENTS (options)

struct _CliOptions
{
  char    *texts[N_OPTIONS];
  gboolean switches[N_OPTIONS];
};

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

  for (gsize i = 0; i < N_OPTIONS; i++)
    g_free (self->texts[i]);

  g_free (self);
}

GOptionEntry *
cli_options_make_entries (CliOptions         *self,
                          const GOptionEntry *others)
{
  g_autoptr(GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));

  for (gsize i = 0; i < N_OPTIONS; i++)
    {
      const gboolean is_switch = options[i].type == SWITCH;
      const GOptionEntry entry = {
        .long_name = options[i].name,
        .arg = is_switch ? G_OPTION_ARG_NONE : G_OPTION_ARG_STRING,
        .arg_data = is_switch ? (gpointer) &self->switches[i] : (gpointer) &self->texts[i],
        .description = options[i].help,
        .arg_description = options[i].placeholder,
      };

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
apply_option (const Option *option,
              Recipe       *recipe,
              const char   *text,
              GError      **error)
{
  gpointer place = G_STRUCT_MEMBER_P (recipe, option->offset);

  switch (option->type)
    {
    case FLOAT:
      return parse_float (text, place, error);

    case UINT:
      return parse_uint (text, place, error);

    case SIZE:
      return parse_size (text, place, error);

    case SWITCH:
      *(gboolean *) place = TRUE;
      return TRUE;

    case OTHER:
      return option->apply (recipe, text, error);

    default:
      g_assert_not_reached ();
    }
}

gboolean
cli_options_apply (CliOptions *self,
                   Recipe     *recipe,
                   GError    **error)
{
  for (gsize i = 0; i < N_OPTIONS; i++)
    {
      if (self->texts[i] == NULL && !self->switches[i])
        continue;

      if (!apply_option (&options[i], recipe, self->texts[i], error))
        {
          g_prefix_error (error, "--%s: ", options[i].name);
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
