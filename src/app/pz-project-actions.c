/* pz-project-actions.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "app/pz-project-actions.h"
#include "widgets/common/pz-number-row.h"
#include "widgets/try/pz-draw-view.h"

/* (transfer full) */
static PzProject *
dup_project (GtkWidget *widget)
{
  PzProject *project;

  g_object_get (widget, "project", &project, NULL);

  return project;
}

/* Of the recipe; but the keys of somebody who is drawing mean the drawing. */
static void
on_undo (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_autoptr(PzProject) project = dup_project (widget);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (widget));
  gboolean redo = g_str_equal (name, "win.redo");

  if (focus != NULL && gtk_widget_get_ancestor (focus, PZ_TYPE_DRAW_VIEW) != NULL)
    {
      gtk_widget_activate_action (focus, redo ? "draw.redo" : "draw.undo", NULL);
    }
  else if (redo)
    {
      pz_project_redo (project);
    }
  else
    {
      /* What is being typed is the edit to undo. */
      pz_number_row_commit_focus (GTK_ROOT (widget));
      pz_project_undo (project);
    }
}

static void
on_train (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  g_autoptr(PzProject) project = dup_project (widget);

  if (!pz_number_row_commit_focus (GTK_ROOT (widget)))
    {
      gtk_widget_error_bell (widget);
      return;
    }

  gtk_widget_activate_action (widget, "win.show-message", "s", "");
  if (g_str_equal (name, "win.continue"))
    pz_project_continue (project);
  else if (pz_project_get_can_train (project))
    pz_project_train (project);
}

static void
on_pause (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  g_autoptr(PzProject) project = dup_project (widget);
  PzTrainer *trainer = pz_project_get_trainer (project);

  if (pz_trainer_get_state (trainer) == PZ_TRAINER_PAUSED)
    pz_trainer_resume (trainer);
  else
    pz_trainer_pause (trainer);
}

static void
on_stop (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  g_autoptr(PzProject) project = dup_project (widget);

  pz_trainer_stop (pz_project_get_trainer (project));
}

void
pz_project_actions_install (GtkWidgetClass *widget_class)
{
  static const struct
  {
    const char                 *name;
    GtkWidgetActionActivateFunc activate;
  } actions[] = {
    { "win.undo", on_undo },
    { "win.redo", on_undo },
    { "win.train", on_train },
    { "win.continue", on_train },
    { "win.pause", on_pause },
    { "win.stop", on_stop },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i].name, NULL, actions[i].activate);
}

void
pz_project_actions_update (GtkWidget *widget,
                           PzProject *project)
{
  PzTrainerState state;
  gboolean idle, can_undo, can_redo;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (PZ_IS_PROJECT (project));

  state = pz_trainer_get_state (pz_project_get_trainer (project));
  idle = state == PZ_TRAINER_IDLE;
  g_object_get (project, "can-undo", &can_undo, "can-redo", &can_redo, NULL);

  gtk_widget_action_set_enabled (widget, "win.undo", can_undo);
  gtk_widget_action_set_enabled (widget, "win.redo", can_redo);
  gtk_widget_action_set_enabled (widget, "win.train", idle && pz_project_get_can_train (project));
  gtk_widget_action_set_enabled (widget, "win.continue", idle && pz_project_get_can_continue (project));
  gtk_widget_action_set_enabled (widget, "win.pause", state == PZ_TRAINER_RUNNING || state == PZ_TRAINER_PAUSED);
  gtk_widget_action_set_enabled (widget, "win.stop", state == PZ_TRAINER_RUNNING || state == PZ_TRAINER_PAUSED);
}
