/* pz-class-picker.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/try/pz-class-picker.h"

/* Classes beside each other. */
#define MAX_IN_LINE 10

struct _PzClassPicker
{
  GtkWidget   parent_instance;

  char      **names;            /* a button each */
  gssize      selected;         /* -1: none */
  gboolean    updating;         /* the buttons follow, they do not lead */

  /* From the template */
  GtkFlowBox *box;
};

enum {
  PROP_0,
  PROP_SELECTED,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzClassPicker, pz_class_picker, GTK_TYPE_WIDGET)

static GParamSpec *properties[N_PROPS];

static void
update_buttons (PzClassPicker *self)
{
  GtkFlowBoxChild *child;

  self->updating = TRUE;
  for (int i = 0; (child = gtk_flow_box_get_child_at_index (self->box, i)) != NULL; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (gtk_flow_box_child_get_child (child)), i == self->selected);
  self->updating = FALSE;
}

static void
on_toggled (PzClassPicker   *self,
            GtkToggleButton *button)
{
  GtkWidget *child = gtk_widget_get_parent (GTK_WIDGET (button));

  if (!self->updating)
    pz_class_picker_set_selected (self, gtk_toggle_button_get_active (button)
                                  ? gtk_flow_box_child_get_index (GTK_FLOW_BOX_CHILD (child)) : -1);
}

static void
add_button (PzClassPicker *self,
            const char    *name)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (name);
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_widget_add_css_class (button, "narrow");
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_focusable (child, FALSE);
  gtk_widget_add_css_class (child, "bare");
  g_signal_connect_object (button, "toggled", G_CALLBACK (on_toggled), self, G_CONNECT_SWAPPED);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), button);
  gtk_flow_box_insert (self->box, child, -1);
}

static void
pz_class_picker_dispose (GObject *object)
{
  PzClassPicker *self = PZ_CLASS_PICKER (object);
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_CLASS_PICKER);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (pz_class_picker_parent_class)->dispose (object);
}

static void
pz_class_picker_finalize (GObject *object)
{
  g_strfreev (PZ_CLASS_PICKER (object)->names);

  G_OBJECT_CLASS (pz_class_picker_parent_class)->finalize (object);
}

static void
pz_class_picker_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      g_value_set_int64 (value, pz_class_picker_get_selected (PZ_CLASS_PICKER (object)));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_class_picker_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SELECTED:
      pz_class_picker_set_selected (PZ_CLASS_PICKER (object), (gssize) g_value_get_int64 (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_class_picker_class_init (PzClassPickerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_class_picker_dispose;
  object_class->finalize = pz_class_picker_finalize;
  object_class->get_property = pz_class_picker_get_property;
  object_class->set_property = pz_class_picker_set_property;

  properties[PROP_SELECTED] =
    g_param_spec_int64 ("selected", NULL, NULL,
                        -1, G_MAXINT, -1,
                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "classpicker");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/try/pz-class-picker.ui");
  gtk_widget_class_bind_template_child (widget_class, PzClassPicker, box);
}

static void
pz_class_picker_init (PzClassPicker *self)
{
  self->names = g_new0 (char *, 1);
  self->selected = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
pz_class_picker_set_names (PzClassPicker     *self,
                           const char *const *names)
{
  glong longest = 0;
  GtkWidget *old;

  g_return_if_fail (PZ_IS_CLASS_PICKER (self));
  g_return_if_fail (names != NULL);

  if (g_strv_equal ((const char *const *) self->names, names))
    return;

  while ((old = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_flow_box_remove (self->box, old);
  g_strfreev (self->names);
  self->names = g_strdupv ((char **) names);

  for (gsize i = 0; names[i] != NULL; i++)
    {
      longest = MAX (longest, g_utf8_strlen (names[i], -1));
      add_button (self, names[i]);
    }

  /* Digits stand in one row. */
  gtk_flow_box_set_min_children_per_line (self->box, longest <= 2
                                          ? (guint) CLAMP (g_strv_length (self->names), 1, MAX_IN_LINE) : 1);
  pz_class_picker_set_selected (self, -1);
}

gssize
pz_class_picker_get_selected (PzClassPicker *self)
{
  g_return_val_if_fail (PZ_IS_CLASS_PICKER (self), -1);

  return self->selected;
}

void
pz_class_picker_set_selected (PzClassPicker *self,
                              gssize         selected)
{
  g_return_if_fail (PZ_IS_CLASS_PICKER (self));
  g_return_if_fail (selected >= -1 && selected < (gssize) g_strv_length (self->names));

  if (self->selected == selected)
    return;

  self->selected = selected;
  update_buttons (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED]);
}

gboolean
pz_class_picker_toggle (PzClassPicker *self,
                        gsize          i)
{
  g_return_val_if_fail (PZ_IS_CLASS_PICKER (self), FALSE);

  if (i >= g_strv_length (self->names))
    return FALSE;

  pz_class_picker_set_selected (self, (gssize) i == self->selected ? -1 : (gssize) i);

  return TRUE;
}
