/* pz-project-widget.h: base class of the widgets that show a project.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

#define PZ_TYPE_PROJECT_WIDGET (pz_project_widget_get_type ())
#define PZ_PROJECT_WIDGET(object) (G_TYPE_CHECK_INSTANCE_CAST (object, PZ_TYPE_PROJECT_WIDGET, PzProjectWidget))
#define PZ_IS_PROJECT_WIDGET(object) (G_TYPE_CHECK_INSTANCE_TYPE (object, PZ_TYPE_PROJECT_WIDGET))
#define PZ_PROJECT_WIDGET_CLASS(klass) (G_TYPE_CHECK_CLASS_CAST (klass, PZ_TYPE_PROJECT_WIDGET, PzProjectWidgetClass))
#define PZ_PROJECT_WIDGET_GET_CLASS(object) \
  (G_TYPE_INSTANCE_GET_CLASS (object, PZ_TYPE_PROJECT_WIDGET, PzProjectWidgetClass))

typedef struct _PzProjectWidget PzProjectWidget;
typedef struct _PzProjectWidgetClass PzProjectWidgetClass;

/* Abstract. Property "project" (PzProject, nullable). The one child, if there is one,
 * fills the widget; a class that allocates by itself sets no layout manager. */
struct _PzProjectWidget
{
  GtkWidget  parent_instance;

  PzProject *project;       /* (nullable): for subclasses, to read */
};

struct _PzProjectWidgetClass
{
  GtkWidgetClass parent_class;

  /* There is another project, or none; the signals connected are its own by now. Not
   * called when the widget is disposed of, which lets go of the project. */
  void (*project_changed) (PzProjectWidget *self);
};

GType pz_project_widget_get_type    (void);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PzProjectWidget, g_object_unref)

/* @project: (nullable) */
void  pz_project_widget_set_project (PzProjectWidget *self,
                                     PzProject       *project);

/* For subclasses, when they are made: @callback (with @self first) is called at @signal of
 * whichever project it has, after the objects of the model have heard of it. */
void  pz_project_widget_connect     (PzProjectWidget *self,
                                     const char      *signal,
                                     GCallback        callback);

G_END_DECLS
