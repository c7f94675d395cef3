/* pz-run-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "core/mlp-display.h"
#include "widgets/common/pz-mae.h"
#include "widgets/common/pz-number.h"
#include "widgets/common/pz-toast.h"
#include "widgets/runs/pz-run-bar.h"

struct _PzRunBar
{
  PzProjectWidget parent_instance;

  GSignalGroup   *trainer_signals;
  GSignalGroup   *history_signals;
  GCancellable   *testing;            /* (nullable): of an evaluation that is on */
  char           *ending;             /* (nullable): how the last run ended */

  /* From the template */
  GtkLabel       *status_label;
  GtkProgressBar *progress;
  GtkLabel       *accuracy_label;
  GtkLabel       *speed_label;
  GtkLabel       *time_label;
  GtkLabel       *test_label;
  GtkWidget      *test_button;
};

G_DEFINE_FINAL_TYPE (PzRunBar, pz_run_bar, PZ_TYPE_PROJECT_WIDGET)

static void
set_text (GtkLabel   *label,
          const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

/* (nullable): the newest epoch of the newest run */
static const MlpEpoch *
peek_newest (PzHistory *history)
{
  const MlpEpoch *epochs;
  guint n_epochs;

  if (history == NULL)
    return NULL;

  epochs = pz_history_peek_epochs (history, &n_epochs);
  return n_epochs > 0 ? &epochs[n_epochs - 1] : NULL;
}

static char *
describe_state (PzRunBar *self)
{
  PzProject *project = self->parent_instance.project;
  PzTrainer *trainer = pz_project_get_trainer (project);
  const char *problem = pz_project_get_problem (project);
  guint epoch = pz_trainer_get_epoch (trainer);
  guint n_epochs = pz_trainer_get_n_epochs (trainer);

  switch (pz_trainer_get_state (trainer))
    {
    case PZ_TRAINER_RUNNING:
      return g_strdup_printf (_("Epoch %u of %u"), epoch, n_epochs);

    case PZ_TRAINER_PAUSED:
      return g_strdup_printf (_("Paused in epoch %u of %u"), epoch, n_epochs);

    case PZ_TRAINER_STOPPING:
      return g_strdup (_("Stopping…"));

    case PZ_TRAINER_IDLE:
    default:
      break;
    }

  if (pz_data_loader_get_loading (pz_project_get_loader (project)))
    return g_strdup (_("Loading data…"));

  if (problem != NULL)
    return g_strdup (problem);

  return g_strdup (self->ending != NULL ? self->ending : _("Ready to train"));
}

static void
update_state (PzRunBar *self)
{
  PzProject *project = self->parent_instance.project;
  PzTrainer *trainer;
  g_autofree char *state = NULL;
  gboolean busy;

  if (project == NULL)
    return;

  trainer = pz_project_get_trainer (project);
  busy = pz_trainer_get_busy (trainer);

  state = describe_state (self);
  gtk_label_set_label (self->status_label, state);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->status_label), state);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), busy);
  gtk_progress_bar_set_fraction (self->progress, CLAMP (pz_trainer_get_progress (trainer), 0.0, 1.0));

  if (busy)
    {
      double seconds = pz_trainer_get_seconds_left (trainer);
      double speed_now = pz_trainer_get_samples_per_second (trainer);
      g_autofree char *speed = speed_now > 0.0 ? pz_number_format_speed (speed_now) : NULL;
      g_autofree char *left = isfinite (seconds) ? pz_number_format_time_left (seconds) : NULL;

      set_text (self->speed_label, speed);
      set_text (self->time_label, left);
    }
  else
    {
      set_text (self->speed_label, NULL);
      set_text (self->time_label, NULL);
    }

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "run.test",
                                 !busy && self->testing == NULL
                                 && pz_project_peek_net (project) != NULL
                                 && pz_project_has_data (project));
  gtk_widget_set_visible (self->test_button, !busy && pz_project_peek_net (project) != NULL);
}

static void
update_accuracy (PzRunBar *self)
{
  PzProject *project = self->parent_instance.project;
  PzHistory *history;
  const DsTask *task;
  const MlpEpoch *epoch;
  g_autofree char *text = NULL;
  g_autofree char *percent = NULL;
  g_autofree char *mae = NULL;

  if (project == NULL)
    return;

  history = pz_trainer_get_history (pz_project_get_trainer (project));
  task = history != NULL ? pz_history_peek_task (history) : NULL;
  epoch = peek_newest (history);
  if (epoch == NULL)
    {
      set_text (self->accuracy_label, NULL);
      return;
    }

  if (isfinite (epoch->validation_accuracy))
    {
      percent = pz_number_format_percent (epoch->validation_accuracy);
      /* Translators: accuracy on the validation samples: "Validation 94.1 %" */
      text = g_strdup_printf (_("Validation %s"), percent);
    }
  else if (isfinite (epoch->train_accuracy))
    {
      percent = pz_number_format_percent (epoch->train_accuracy);
      /* Translators: accuracy on the training samples: "Training 94.1 %" */
      text = g_strdup_printf (_("Training %s"), percent);
    }
  else if (task != NULL && isfinite (epoch->validation_mae))
    {
      mae = pz_mae_format (epoch->validation_mae, task);
      /* Translators: mean absolute error on the validation samples: "Validation MAE 0.123 eV" */
      text = g_strdup_printf (_("Validation MAE %s"), mae);
    }
  else if (task != NULL && isfinite (epoch->train_mae))
    {
      mae = pz_mae_format (epoch->train_mae, task);
      /* Translators: mean absolute error on the training samples: "Training MAE 0.123 eV" */
      text = g_strdup_printf (_("Training MAE %s"), mae);
    }
  else if (isfinite (epoch->validation_loss))
    {
      text = g_strdup_printf (_("Validation loss %.4g"), epoch->validation_loss);
    }
  else
    {
      text = g_strdup_printf (_("Training loss %.4g"), epoch->train_loss);
    }

  set_text (self->accuracy_label, text);
}

static void
on_history_changed (PzRunBar *self)
{
  PzProject *project = self->parent_instance.project;
  PzTrainer *trainer = project != NULL ? pz_project_get_trainer (project) : NULL;

  g_signal_group_set_target (self->history_signals,
                             trainer != NULL ? pz_trainer_get_history (trainer) : NULL);
  update_accuracy (self);
}

/* Figures of another network say nothing of this one. */
static void
forget_test (PzRunBar *self)
{
  if (self->testing != NULL)
    g_cancellable_cancel (self->testing);

  g_clear_object (&self->testing);
  set_text (self->test_label, NULL);
  update_state (self);
}

/* (transfer full) (nullable): what a figure must not be read without */
static char *
describe_parts (PzRunBar          *self,
                const RecipeParts *parts)
{
  PzProject *project = self->parent_instance.project;
  const DsSet *set = pz_dataset_peek_set (pz_project_get_dataset (project));
  g_autofree char *classes = recipe_data_describe_classes (pz_project_peek_net_data (project), set);
  g_autofree char *words = recipe_seen_describe_parts (parts);

  if (classes == NULL)
    return g_steal_pointer (&words);

  return words == NULL ? g_steal_pointer (&classes) : g_strjoin (" ", classes, words, NULL);
}

static void
on_evaluated (GObject      *object,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr(PzRunBar) self = user_data;
  PzProject *project = self->parent_instance.project;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *words = NULL;
  MlpMetrics metrics;
  RecipeParts parts;
  gboolean ok = pz_project_evaluate_finish (PZ_PROJECT (object), result, &metrics, &parts, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || project == NULL)
    return;

  g_clear_object (&self->testing);
  if (ok && isfinite (metrics.accuracy))
    {
      g_autofree char *percent = g_strdup_printf (_("%.2f %%"), 100.0 * metrics.accuracy);
      g_autofree char *count = pz_number_format_count (metrics.n);

      /* Translators: accuracy, and number of the test samples: "Test 97.81 % of 10,000" */
      text = g_strdup_printf (_("Test %s (%s samples)"), percent, count);
    }
  else if (ok && isfinite (metrics.mae) && pz_project_peek_net_data (project)->task != NULL)
    {
      g_autofree char *mae = pz_mae_format (metrics.mae, pz_project_peek_net_data (project)->task);
      g_autofree char *count = pz_number_format_count (metrics.n);

      /* Translators: mean absolute error, and number of the test samples: "Test MAE 0.123 eV of 180" */
      text = g_strdup_printf (_("Test MAE %s (%s samples)"), mae, count);
    }
  else if (ok)
    {
      text = g_strdup_printf (_("Test loss %.4g"), metrics.loss);
    }
  else
    {
      text = mlp_display_error (error);
    }

  words = ok ? describe_parts (self, &parts) : NULL;
  set_text (self->test_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->test_label), words);
  if (words != NULL)
    pz_toast_show (GTK_WIDGET (self), words, NULL, NULL, NULL);
  update_state (self);
}

static void
on_test (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  PzRunBar *self = PZ_RUN_BAR (widget);
  PzProject *project = self->parent_instance.project;

  if (project == NULL || self->testing != NULL)
    return;

  self->testing = g_cancellable_new ();
  set_text (self->test_label, _("Evaluating…"));
  update_state (self);
  pz_project_evaluate_async (project, MLP_TEST, self->testing, on_evaluated, g_object_ref (self));
}

static char *
describe_ending (PzRunBar     *self,
                 MlpStopReason end)
{
  PzHistory *history = pz_trainer_get_history (pz_project_get_trainer (self->parent_instance.project));
  guint n_epochs = history != NULL ? pz_history_get_n_epochs (history) : 0;
  guint best = history != NULL ? pz_history_get_best_epoch (history) : 0;

  if (n_epochs == 0)
    return g_strdup (_("Stopped during the first epoch"));

  switch (end)
    {
    case MLP_STOP_STOPPED:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "Stopped after %u epoch; best was epoch %u",
                                           "Stopped after %u epochs; best was epoch %u",
                                           n_epochs), n_epochs, best);

    case MLP_STOP_EARLY:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "Early stopping after %u epoch; best was epoch %u",
                                           "Early stopping after %u epochs; best was epoch %u",
                                           n_epochs), n_epochs, best);

    case MLP_STOP_DONE:
    default:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "Finished: %u epoch; best was epoch %u",
                                           "Finished: %u epochs; best was epoch %u",
                                           n_epochs), n_epochs, best);
    }
}

static void
on_train_ended (PzRunBar     *self,
                MlpStopReason end,
                const char   *message)
{
  g_free (self->ending);
  self->ending = message != NULL ? g_strdup (message) : describe_ending (self, end);
  update_state (self);
}

static void
on_file_changed (PzRunBar *self)
{
  g_clear_pointer (&self->ending, g_free);
  forget_test (self);
  on_history_changed (self);
}

static void
pz_run_bar_project_changed (PzProjectWidget *widget)
{
  PzRunBar *self = PZ_RUN_BAR (widget);
  PzProject *project = widget->project;

  g_signal_group_set_target (self->trainer_signals,
                             project != NULL ? pz_project_get_trainer (project) : NULL);
  update_state (self);
  on_history_changed (self);
}

static void
pz_run_bar_dispose (GObject *object)
{
  PzRunBar *self = PZ_RUN_BAR (object);

  if (self->testing != NULL)
    g_cancellable_cancel (self->testing);

  g_clear_object (&self->testing);
  g_clear_object (&self->trainer_signals);
  g_clear_object (&self->history_signals);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_RUN_BAR);

  G_OBJECT_CLASS (pz_run_bar_parent_class)->dispose (object);
}

static void
pz_run_bar_finalize (GObject *object)
{
  PzRunBar *self = PZ_RUN_BAR (object);

  g_free (self->ending);

  G_OBJECT_CLASS (pz_run_bar_parent_class)->finalize (object);
}

static void
pz_run_bar_class_init (PzRunBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_run_bar_dispose;
  object_class->finalize = pz_run_bar_finalize;

  project_class->project_changed = pz_run_bar_project_changed;

  gtk_widget_class_install_action (widget_class, "run.test", NULL, on_test);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/runs/pz-run-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, PzRunBar, status_label);
  gtk_widget_class_bind_template_child (widget_class, PzRunBar, progress);
  gtk_widget_class_bind_template_child (widget_class, PzRunBar, accuracy_label);
  gtk_widget_class_bind_template_child (widget_class, PzRunBar, speed_label);
  gtk_widget_class_bind_template_child (widget_class, PzRunBar, time_label);
  gtk_widget_class_bind_template_child (widget_class, PzRunBar, test_label);
  gtk_widget_class_bind_template_child (widget_class, PzRunBar, test_button);
}

static void
pz_run_bar_init (PzRunBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "recipe-changed", G_CALLBACK (update_state));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::loading", G_CALLBACK (update_state));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::problem", G_CALLBACK (update_state));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (forget_test));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::file", G_CALLBACK (on_file_changed));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (forget_test));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "train-ended", G_CALLBACK (on_train_ended));

  self->trainer_signals = g_signal_group_new (PZ_TYPE_TRAINER);
  g_signal_group_connect_swapped (self->trainer_signals, "notify::state", G_CALLBACK (update_state), self);
  g_signal_group_connect_swapped (self->trainer_signals, "notify::progress", G_CALLBACK (update_state), self);
  g_signal_group_connect_swapped (self->trainer_signals, "notify::history", G_CALLBACK (on_history_changed), self);

  self->history_signals = g_signal_group_new (PZ_TYPE_HISTORY);
  g_signal_group_connect_swapped (self->history_signals, "changed", G_CALLBACK (update_accuracy), self);
}
