/* pz-project-widget.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/common/pz-project-widget.h"

typedef struct
{
  GSignalGroup *signals;      /* of the project */
} PzProjectWidgetPrivate;

enum {
  PROP_0,
  PROP_PROJECT,
  N_PROPS
};

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (PzProjectWidget, pz_project_widget, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static GSignalGroup *
get_signals (PzProjectWidget *self)
{
  return ((PzProjectWidgetPrivate *) pz_project_widget_get_instance_private (self))->signals;
}

/* A class with a template has let go of its children before: what they say as they go still finds the project. */
static void
pz_project_widget_dispose (GObject *object)
{
  PzProjectWidget *self = PZ_PROJECT_WIDGET (object);
  GtkWidget *child;

  g_signal_group_set_target (get_signals (self), NULL);
  g_clear_object (&self->project);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (pz_project_widget_parent_class)->dispose (object);
}

static void
pz_project_widget_finalize (GObject *object)
{
  g_object_unref (get_signals (PZ_PROJECT_WIDGET (object)));

  G_OBJECT_CLASS (pz_project_widget_parent_class)->finalize (object);
}

static void
pz_project_widget_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PROJECT:
      g_value_set_object (value, PZ_PROJECT_WIDGET (object)->project);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_project_widget_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_PROJECT:
      pz_project_widget_set_project (PZ_PROJECT_WIDGET (object), g_value_get_object (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_project_widget_class_init (PzProjectWidgetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = pz_project_widget_dispose;
  object_class->finalize = pz_project_widget_finalize;
  object_class->get_property = pz_project_widget_get_property;
  object_class->set_property = pz_project_widget_set_property;

  properties[PROP_PROJECT] =
    g_param_spec_object ("project", NULL, NULL,
                         PZ_TYPE_PROJECT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
pz_project_widget_init (PzProjectWidget *self)
{
  PzProjectWidgetPrivate *priv = pz_project_widget_get_instance_private (self);

  priv->signals = g_signal_group_new (PZ_TYPE_PROJECT);
}

void
pz_project_widget_set_project (PzProjectWidget *self,
                               PzProject       *project)
{
  g_return_if_fail (PZ_IS_PROJECT_WIDGET (self));
  g_return_if_fail (project == NULL || PZ_IS_PROJECT (project));

  if (!g_set_object (&self->project, project))
    return;

  g_signal_group_set_target (get_signals (self), project);
  PZ_PROJECT_WIDGET_GET_CLASS (self)->project_changed (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROJECT]);
}

void
pz_project_widget_connect (PzProjectWidget *self,
                           const char      *signal,
                           GCallback        callback)
{
  g_return_if_fail (PZ_IS_PROJECT_WIDGET (self));

  g_signal_group_connect_data (get_signals (self), signal, callback, self, NULL,
                               G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}
