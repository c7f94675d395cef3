/* pz-label-keys.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "ink/ink-frame.h"
#include "widgets/try/pz-label-keys.h"

/* The keys 0 to 9. */
#define N_KEYS 10

#define KEYS_IN_ROW 5

struct _PzLabelKeys
{
  PzProjectWidget parent_instance;

  PzDrawings     *drawings;             /* (nullable) */
  GSignalGroup   *drawings_signals;
  guint           n_keys;

  /* From the template */
  GtkGrid        *grid;
  GtkWidget      *buttons[N_KEYS];
};

enum {
  PROP_0,
  PROP_N_KEYS,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzLabelKeys, pz_label_keys, PZ_TYPE_PROJECT_WIDGET)

static GParamSpec *properties[N_PROPS];

/* How many classes have a key; @names: (nullable): what they are called */
static guint
count_classes (PzLabelKeys *self,
               char      ***names)
{
  PzProject *project = self->parent_instance.project;
  const RecipeData *data = project != NULL ? pz_project_peek_net_data (project) : NULL;
  PzDataset *dataset = project != NULL ? pz_project_get_dataset (project) : NULL;
  const DsSet *set = dataset != NULL ? pz_dataset_peek_set (dataset) : NULL;

  *names = NULL;
  if (data != NULL && data->n_outputs > 0)
    {
      *names = data->class_names;
      return (guint) MIN (data->n_outputs, N_KEYS);
    }

  if (set != NULL && set->rows == INK_FRAME_SIDE)
    {
      *names = set->class_names;
      return (guint) MIN (mlp_samples_get_n_outputs (set->samples), N_KEYS);
    }

  return N_KEYS;
}

static void
count_drawings (PzLabelKeys *self,
                guint        counts[N_KEYS])
{
  GListModel *list = G_LIST_MODEL (self->drawings);

  for (guint i = 0; list != NULL && i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr(PzDrawing) drawing = g_list_model_get_item (list, i);

      if (pz_drawing_get_label (drawing) < N_KEYS)
        counts[pz_drawing_get_label (drawing)]++;
    }
}

static void
update_keys (PzLabelKeys *self)
{
  guint counts[N_KEYS] = { 0 };
  char **names;
  const guint n_keys = count_classes (self, &names);

  count_drawings (self, counts);
  for (guint i = 0; i < N_KEYS; i++)
    {
      g_autofree char *name = pz_label_keys_dup_name (self, i);
      g_autofree char *words = NULL;

      words = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                            /* Translators: a class, and how many drawings of it there are */
                                            "Keep as %s (key %u); there is %u",
                                            "Keep as %s (key %u); there are %u",
                                            counts[i]), name, i, counts[i]);
      gtk_widget_set_tooltip_text (self->buttons[i], words);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->buttons[i]),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      gtk_widget_set_visible (self->buttons[i], i < n_keys);
    }

  if (self->n_keys == n_keys)
    return;

  self->n_keys = n_keys;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_KEYS]);
}

static void
pz_label_keys_project_changed (PzProjectWidget *widget)
{
  update_keys (PZ_LABEL_KEYS (widget));
}

static void
pz_label_keys_dispose (GObject *object)
{
  PzLabelKeys *self = PZ_LABEL_KEYS (object);

  g_clear_object (&self->drawings_signals);
  g_clear_object (&self->drawings);
  gtk_widget_dispose_template (GTK_WIDGET (self), PZ_TYPE_LABEL_KEYS);

  G_OBJECT_CLASS (pz_label_keys_parent_class)->dispose (object);
}

static void
pz_label_keys_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PzLabelKeys *self = PZ_LABEL_KEYS (object);

  switch (prop_id)
    {
    case PROP_N_KEYS:
      g_value_set_uint (value, pz_label_keys_get_n_keys (self));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_label_keys_class_init (PzLabelKeysClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  PzProjectWidgetClass *project_class = PZ_PROJECT_WIDGET_CLASS (klass);

  object_class->dispose = pz_label_keys_dispose;
  object_class->get_property = pz_label_keys_get_property;

  project_class->project_changed = pz_label_keys_project_changed;

  properties[PROP_N_KEYS] =
    g_param_spec_uint ("n-keys", NULL, NULL,
                       0, N_KEYS, N_KEYS,
                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_css_name (widget_class, "labelkeys");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/perzeptron/Perzeptron/ui/try/pz-label-keys.ui");
  gtk_widget_class_bind_template_child (widget_class, PzLabelKeys, grid);
}

static void
pz_label_keys_init (PzLabelKeys *self)
{
  self->n_keys = N_KEYS;
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < N_KEYS; i++)
    {
      const char digit[2] = { (char) ('0' + (int) i), '\0' };

      self->buttons[i] = gtk_button_new_with_label (digit);
      gtk_widget_add_css_class (self->buttons[i], "narrow");
      gtk_widget_add_css_class (self->buttons[i], "numeric");
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->buttons[i]), "u", i);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->buttons[i]), "drawings.keep");
      gtk_grid_attach (self->grid, self->buttons[i], (int) i % KEYS_IN_ROW, (int) i / KEYS_IN_ROW, 1, 1);
    }

  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "net-changed", G_CALLBACK (update_keys));
  pz_project_widget_connect (PZ_PROJECT_WIDGET (self), "notify::dataset", G_CALLBACK (update_keys));

  /* A label that changes is told when it is saved. */
  self->drawings_signals = g_signal_group_new (PZ_TYPE_DRAWINGS);
  g_signal_group_connect_swapped (self->drawings_signals, "items-changed", G_CALLBACK (update_keys), self);
  g_signal_group_connect_swapped (self->drawings_signals, "saved", G_CALLBACK (update_keys), self);

  update_keys (self);
}

void
pz_label_keys_set_drawings (PzLabelKeys *self,
                            PzDrawings  *drawings)
{
  g_return_if_fail (PZ_IS_LABEL_KEYS (self));
  g_return_if_fail (drawings == NULL || PZ_IS_DRAWINGS (drawings));

  if (!g_set_object (&self->drawings, drawings))
    return;

  g_signal_group_set_target (self->drawings_signals, drawings);
  update_keys (self);
}

guint
pz_label_keys_get_n_keys (PzLabelKeys *self)
{
  g_return_val_if_fail (PZ_IS_LABEL_KEYS (self), 0);

  return self->n_keys;
}

char *
pz_label_keys_dup_name (PzLabelKeys *self,
                        guint        label)
{
  g_autofree char *number = g_strdup_printf ("%u", label);
  char **names;

  g_return_val_if_fail (PZ_IS_LABEL_KEYS (self), NULL);

  count_classes (self, &names);
  if (names == NULL || label >= g_strv_length (names) || g_str_equal (names[label], number) || *names[label] == '\0')
    return g_steal_pointer (&number);

  /* Translators: a key, and the class it stands for: "7, Sneaker" */
  return g_strdup_printf (_("%u, %s"), label, _(names[label]));
}
