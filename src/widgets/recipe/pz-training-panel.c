/* pz-training-panel.c
 *
 * One table says which row shows which member of MlpTrainOptions; all rows are
 * read, written and marked by it.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "core/mlp-display.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/common/pz-number.h"
#include "widgets/recipe/pz-augment-preview.h"
#include "widgets/recipe/pz-training-panel.h"

typedef enum
{
  FIELD_FLOAT,
  FIELD_UINT,
  FIELD_SIZE,
  FIELD_UINT64,
  FIELD_CHOICE,      /* an enumeration; a combo row */
  FIELD_SWITCH,
} FieldKind;

typedef struct
{
  const char *id;        /* of the row in the template; edits of it are one step of undo */
  FieldKind   kind;
  gsize       offset;    /* in MlpTrainOptions */
  MlpOption   option;    /* whose problems are this row's */
} Field;

#define OPTION(member) G_STRUCT_OFFSET (MlpTrainOptions, member)

static const Field fields[] = {
  { "loss", FIELD_CHOICE, OPTION (loss), MLP_OPTION_LOSS },
  { "optimizer", FIELD_CHOICE, OPTION (optimizer.kind), MLP_OPTION_OPTIMIZER },
  { "momentum", FIELD_FLOAT, OPTION (optimizer.momentum), MLP_OPTION_OPTIMIZER },
  { "rho", FIELD_FLOAT, OPTION (optimizer.rho), MLP_OPTION_OPTIMIZER },
  { "beta1", FIELD_FLOAT, OPTION (optimizer.beta1), MLP_OPTION_OPTIMIZER },
  { "beta2", FIELD_FLOAT, OPTION (optimizer.beta2), MLP_OPTION_OPTIMIZER },
  { "epsilon", FIELD_FLOAT, OPTION (optimizer.epsilon), MLP_OPTION_OPTIMIZER },
  { "weight-decay", FIELD_FLOAT, OPTION (optimizer.weight_decay), MLP_OPTION_OPTIMIZER },
  { "rate", FIELD_FLOAT, OPTION (rate), MLP_OPTION_RATE },
  { "schedule", FIELD_CHOICE, OPTION (schedule.kind), MLP_OPTION_SCHEDULE },
  { "schedule-factor", FIELD_FLOAT, OPTION (schedule.factor), MLP_OPTION_SCHEDULE },
  { "step-epochs", FIELD_UINT, OPTION (schedule.step_epochs), MLP_OPTION_SCHEDULE },
  { "warmup-epochs", FIELD_UINT, OPTION (schedule.warmup_epochs), MLP_OPTION_SCHEDULE },
  { "batch-size", FIELD_SIZE, OPTION (batch_size), MLP_OPTION_BATCH_SIZE },
  { "epochs", FIELD_UINT, OPTION (epochs), MLP_OPTION_EPOCHS },
  { "patience", FIELD_UINT, OPTION (patience), MLP_OPTION_PATIENCE },
  { "augment", FIELD_CHOICE, OPTION (augment), MLP_OPTION_AUGMENT },
  { "l1", FIELD_FLOAT, OPTION (l1), MLP_OPTION_L1 },
  { "l2", FIELD_FLOAT, OPTION (l2), MLP_OPTION_L2 },
  { "dropout", FIELD_FLOAT, OPTION (dropout), MLP_OPTION_DROPOUT },
  { "max-norm", FIELD_FLOAT, OPTION (max_norm), MLP_OPTION_MAX_NORM },
  { "clip-norm", FIELD_FLOAT, OPTION (clip_norm), MLP_OPTION_CLIP_NORM },
  { "init", FIELD_CHOICE, OPTION (init), MLP_OPTION_NONE },
  { "normal-biases", FIELD_SWITCH, OPTION (random_biases), MLP_OPTION_NONE },
  { "standardise", FIELD_SWITCH, OPTION (standardise), MLP_OPTION_NONE },
  { "linear_path", FIELD_SWITCH, OPTION (linear_path), MLP_OPTION_NONE },
  { "seed", FIELD_UINT64, OPTION (seed), MLP_OPTION_NONE },
  { "threads", FIELD_UINT, OPTION (threads), MLP_OPTION_THREADS },
};

#define N_FIELDS G_N_ELEMENTS (fields)

struct _PzTrainingPanel
{
  PzProjectWidget   parent_instance;

  gboolean          rendering;      /* the form follows the recipe: nobody edits */

  GtkWidget        *rows[N_FIELDS];

  /* From the template */
  AdwExpanderRow   *regularization;
  AdwExpanderRow   *start;
  GtkWidget        *standardise_row;
  GtkWidget        *linear_path_row;
  GtkWidget        *augment_button;
  PzAugmentPreview *augment_preview;
};

G_DEFINE_FINAL_TYPE (PzTrainingPanel, pz_training_panel, PZ_TYPE_PROJECT_WIDGET)

static gboolean
is_number (const Field *field)
{
  return field->kind != FIELD_CHOICE && field->kind != FIELD_SWITCH;
}

static double
read_field (const Field           *field,
            const MlpTrainOptions *options)
{
  gconstpointer member = G_STRUCT_MEMBER_P (options, field->offset);

  switch (field->kind)
    {
    case FIELD_FLOAT:
      return (double) *(const float *) member;

    case FIELD_SIZE:
      return (double) *(const gsize *) member;

    case FIELD_UINT64:
      return (double) *(const guint64 *) member;

    case FIELD_UINT:
    case FIELD_CHOICE:
    case FIELD_SWITCH:
      return *(const guint *) member;

    default:
      g_return_val_if_reached (0.0);
    }
}

static void
write_field (const Field     *field,
             MlpTrainOptions *options,
             double           value)
{
  gpointer member = G_STRUCT_MEMBER_P (options, field->offset);

  switch (field->kind)
    {
    case FIELD_FLOAT:
      *(float *) member = (float) value;
      break;

    case FIELD_SIZE:
      *(gsize *) member = (gsize) value;
      break;

    case FIELD_UINT64:
      *(guint64 *) member = (guint64) value;
      break;

    case FIELD_UINT:
    case FIELD_CHOICE:
    case FIELD_SWITCH:
      *(guint *) member = (guint) value;
      break;

    default:
      g_return_if_reached ();
    }
}

static const Field *
find_field (PzTrainingPanel *self,
            gpointer         row)
{
  for (gsize i = 0; i < N_FIELDS; i++)
    {
      if (self->rows[i] == row)
        return &fields[i];
    }

  g_return_val_if_reached (NULL);
}

/* Whether the run would look at the field at all. */
static gboolean
is_used (const Field  *field,
         const Recipe *recipe)
{
  const MlpTrainOptions *options = &recipe->training;
  MlpOptimizerKind kind = options->optimizer.kind;
  gboolean is_adam = kind == MLP_ADAM || kind == MLP_ADAMW;

  switch (field->offset)
    {
    case OPTION (optimizer.momentum):
      return kind == MLP_MOMENTUM || kind == MLP_NESTEROV;

    case OPTION (optimizer.rho):
      return kind == MLP_RMSPROP;

    case OPTION (optimizer.beta1):
    case OPTION (optimizer.beta2):
      return is_adam;

    case OPTION (optimizer.epsilon):
      return is_adam || kind == MLP_RMSPROP;

    case OPTION (optimizer.weight_decay):
      return kind == MLP_ADAMW;

    case OPTION (schedule.factor):
    case OPTION (schedule.step_epochs):
      return options->schedule.kind == MLP_SCHEDULE_STEP;

    case OPTION (dropout):
      return recipe->hidden->len > 0;

    default:
      return TRUE;
    }
}

/* The core says that one of the optimizer's or the schedule's numbers is wrong;
 * the number that is wrong beside good ones is the one to mark. */
static gboolean
is_to_blame (const Field           *field,
             const MlpTrainOptions *options)
{
  MlpTrainOptions trial = MLP_TRAIN_OPTIONS_DEFAULT;

  trial.optimizer.kind = options->optimizer.kind;
  trial.schedule.kind = options->schedule.kind;
  trial.epochs = options->epochs;
  write_field (field, &trial, read_field (field, options));

  if (field->option == MLP_OPTION_OPTIMIZER)
    return !mlp_optimizer_options_check (&trial.optimizer, NULL);

  return !mlp_schedule_check (&trial.schedule, trial.epochs, NULL);
}

/* Returns: the index of the row to mark, or N_FIELDS. */
static gsize
find_problem (PzTrainingPanel *self,
              const Recipe    *recipe,
              char           **message)
{
  g_autoptr(GError) error = NULL;
  MlpOption option = MLP_OPTION_NONE;
  gsize first = N_FIELDS;

  if (pz_project_check (self->parent_instance.project, &option, &error) || option == MLP_OPTION_NONE)
    return N_FIELDS;

  *message = mlp_display_error (error);

  for (gsize i = 0; i < N_FIELDS; i++)
    {
      if (fields[i].option != option || !is_used (&fields[i], recipe))
        continue;

      if (first == N_FIELDS)
        first = i;

      if ((option == MLP_OPTION_OPTIMIZER || option == MLP_OPTION_SCHEDULE)
          && is_number (&fields[i]) && is_to_blame (&fields[i], &recipe->training))
        return i;
    }

  return first;
}

/* Whether training samples may be disturbed: as far as is known. */
static gboolean
can_augment (PzTrainingPanel *self)
{
  PzProject *project = self->parent_instance.project;
  PzDataset *dataset = pz_project_get_dataset (project);
  gsize rows, columns;

  if (dataset == NULL)
    return !pz_project_has_molecules (project);

  return mlp_samples_get_picture (pz_dataset_peek_set (dataset)->samples, &rows, &columns);
}

/* (nullable): what a row says that has no problem */
static const char *
get_hint (PzTrainingPanel *self,
          const Field     *field)
{
  return field->offset == OPTION (augment) && !can_augment (self) ? _("For images only") : NULL;
}

static void
render_problem (PzTrainingPanel *self,
                const Recipe    *recipe)
{
  g_autofree char *message = NULL;
  gsize marked = find_problem (self, recipe, &message);

  for (gsize i = 0; i < N_FIELDS; i++)
    {
      const char *problem = i == marked ? message : NULL;

      if (is_number (&fields[i]))
        pz_number_row_set_problem (PZ_NUMBER_ROW (self->rows[i]), problem);
      else if (fields[i].kind == FIELD_CHOICE)
        pz_number_row_mark (ADW_ACTION_ROW (self->rows[i]), get_hint (self, &fields[i]), problem);

      if (problem != NULL && gtk_widget_is_ancestor (self->rows[i], GTK_WIDGET (self->regularization)))
        adw_expander_row_set_expanded (self->regularization, TRUE);

      if (problem != NULL && gtk_widget_is_ancestor (self->rows[i], GTK_WIDGET (self->start)))
        adw_expander_row_set_expanded (self->start, TRUE);
    }
}

/* What the closed rows hold. */
static void
render_summaries (PzTrainingPanel *self,
                  const Recipe    *recipe)
{
  const MlpTrainOptions *options = &recipe->training;
  GtkStringList *inits;
  g_autoptr(GString) used = g_string_new (NULL);
  const struct { float value; const char *name; } penalties[] = {
    { options->l1, _("L1") },
    { options->l2, _("L2") },
    { recipe->hidden->len > 0 ? options->dropout : 0.0f, _("dropout") },
    { options->max_norm, _("max-norm") },
    { options->clip_norm, _("clipping") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (penalties); i++)
    {
      if (penalties[i].value != 0.0f)
        g_string_append_printf (used, "%s%s", used->len > 0 ? ", " : "", penalties[i].name);
    }

  adw_expander_row_set_subtitle (self->regularization, used->len > 0 ? used->str : _("Off"));

  for (gsize i = 0; i < N_FIELDS; i++)
    {
      if (fields[i].offset == OPTION (init))
        {
          g_autofree char *seed = pz_number_format ((double) options->seed, TRUE);
          g_autofree char *text = NULL;

          inits = GTK_STRING_LIST (adw_combo_row_get_model (ADW_COMBO_ROW (self->rows[i])));
          /* Translators: initialization and seed of the random numbers: "He, seed 1" */
          text = g_strdup_printf (_("%s, seed %" PRIu64),
                                  gtk_string_list_get_string (inits, options->init),
                                  options->seed);
          adw_expander_row_set_subtitle (self->start, text);
        }
    }
}

static void
render_panel (PzTrainingPanel *self)
{
  PzProject *project = self->parent_instance.project;
  const Recipe *recipe;

  if (project == NULL)
    return;

  recipe = pz_project_peek_recipe (project);
  self->rendering = TRUE;

  for (gsize i = 0; i < N_FIELDS; i++)
    {
      double value = read_field (&fields[i], &recipe->training);

      if (is_number (&fields[i]))
        pz_number_row_set_value (PZ_NUMBER_ROW (self->rows[i]), value);
      else if (fields[i].kind == FIELD_CHOICE)
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->rows[i]), (guint) value);
      else
        gtk_switch_set_active (GTK_SWITCH (self->rows[i]), value != 0.0);

      /* What is chosen in vain can be taken back. */
      if (fields[i].offset == OPTION (augment))
        gtk_widget_set_sensitive (self->rows[i], value != 0.0 || can_augment (self));

      if (fields[i].kind != FIELD_SWITCH)
        gtk_widget_set_visible (self->rows[i], is_used (&fields[i], recipe));
    }

  /* Pictures stay as they are. */
  gtk_widget_set_visible (self->standardise_row, pz_project_has_molecules (project));
  gtk_widget_set_visible (self->linear_path_row, pz_project_has_molecules (project) &&
                          recipe->training.standardise);

  gtk_widget_set_sensitive (self->augment_button, pz_augment_preview_can_show (project));

  render_problem (self, recipe);
  render_summaries (self, recipe);

  self->rendering = FALSE;
}

static void
edit_field (PzTrainingPanel *self,
            const Field     *field,
            double           value,
            const char      *what)
{
  PzProject *project = self->parent_instance.project;
  Recipe *recipe;

  if (self->rendering || project == NULL)
    return;

  recipe = recipe_copy (pz_project_peek_recipe (project));
  write_field (field, &recipe->training, value);
  pz_project_edit (project, recipe, what);
}

static void
on_number_edited (PzTrainingPanel *self,
                  PzNumberRow     *row)
{
  const Field *field = find_field (self, row);

  edit_field (self, field, pz_number_row_get_value (row), field->id);
}

static void
on_choice_changed (PzTrainingPanel *self,
                   GParamSpec      *pspec,
                   GtkWidget       *row)
{
  const Field *field;

  /* The template is still being built. */
  if (self->parent_instance.project == NULL)
    return;

  field = find_field (self, row);
  if (field->kind == FIELD_SWITCH)
    edit_field (self, field, gtk_switch_get_active (GTK_SWITCH (row)), NULL);
  else
    edit_field (self, field, adw_combo_row_get_selected (ADW_COMBO_ROW (row)), NULL);
}

static void
pz_training_panel_project_changed (PzProjectWidget *widget)
{
  PzTrainingPanel *self = PZ_TRAINING_PANEL (widget);
  PzProject *project = widget->project;

  pz_project_widget_set_project (PZ_PROJECT_WIDGET (self->augment_preview), project);
  render_panel (self);
}

static void
pz_training_panel_dispose (GObject *object)
{
  PzTrainingPanel *self = PZ_TRAINING_PANEL (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_TRAINING_PANEL);

  G_OBJECT_CLASS (pz_training_panel_parent_class)->dispose (object);
}

static void
pz_training_panel_class_init (PzTrainingPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_training_panel_dispose;

  project_class->project_changed = pz_training_panel_project_changed;

  g_type_ensure (PZ_TYPE_AUGMENT_PREVIEW);
  g_type_ensure (PZ_TYPE_NUMBER_ROW);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/recipe/pz-training-panel.ui");
  for (gsize i = 0; i < N_FIELDS; i++)
    gtk_widget_class_bind_template_child_full (widget_class, fields[i].id, FALSE, 0);

  gtk_widget_class_bind_template_child (widget_class, PzTrainingPanel, regularization);
  gtk_widget_class_bind_template_child (widget_class, PzTrainingPanel, start);
  gtk_widget_class_bind_template_child (widget_class, PzTrainingPanel, standardise_row);
  gtk_widget_class_bind_template_child (widget_class, PzTrainingPanel, linear_path_row);
  gtk_widget_class_bind_template_child (widget_class, PzTrainingPanel, augment_button);
  gtk_widget_class_bind_template_child (widget_class, PzTrainingPanel, augment_preview);
  gtk_widget_class_bind_template_callback (widget_class, on_number_edited);
  gtk_widget_class_bind_template_callback (widget_class, on_choice_changed);
}

static void
pz_training_panel_init (PzTrainingPanel *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (gsize i = 0; i < N_FIELDS; i++)
    self->rows[i] = GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (self),
                                                               PZ_TYPE_TRAINING_PANEL,
                                                               fields[i].id));

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (render_panel));
  /* Some of what is sense depends on the data. */
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (render_panel));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::molecules", G_CALLBACK (render_panel));
}
