/* pz-number-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/common/pz-number-entry.h"
#include "widgets/common/pz-number-row.h"

struct _PzNumberRow
{
  AdwActionRow   parent_instance;

  PzNumberEntry *entry;
  char          *hint;       /* (nullable) */
  char          *problem;    /* (nullable) */
};

enum {
  PROP_0,
  PROP_VALUE,
  PROP_LOWER,
  PROP_UPPER,
  PROP_STEP,
  PROP_INTEGER,
  PROP_HINT,
  PROP_PROBLEM,
  N_PROPS
};

enum {
  EDITED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzNumberRow, pz_number_row, ADW_TYPE_ACTION_ROW)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
update_subtitle (PzNumberRow *self)
{
  const char *problem = pz_number_entry_get_problem (self->entry);

  if (problem == NULL)
    problem = self->problem;

  pz_number_row_mark (ADW_ACTION_ROW (self), self->hint, problem);

  if (problem != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, problem,
                                    -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

static void
on_edited (PzNumberRow *self)
{
  g_signal_emit (self, signals[EDITED], 0);
}

static void
on_value_changed (PzNumberRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
pz_number_row_finalize (GObject *object)
{
  PzNumberRow *self = PZ_NUMBER_ROW (object);

  g_free (self->hint);
  g_free (self->problem);

  G_OBJECT_CLASS (pz_number_row_parent_class)->finalize (object);
}

static void
pz_number_row_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  PzNumberRow *self = PZ_NUMBER_ROW (object);

  switch (prop_id)
    {
    case PROP_VALUE:
    case PROP_LOWER:
    case PROP_UPPER:
    case PROP_STEP:
    case PROP_INTEGER:
      g_object_get_property (G_OBJECT (self->entry), pspec->name, value);
      break;

    case PROP_HINT:
      g_value_set_string (value, self->hint);
      break;

    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_number_row_set_property (GObject      *object,
                            guint         prop_id,
                            const GValue *value,
                            GParamSpec   *pspec)
{
  PzNumberRow *self = PZ_NUMBER_ROW (object);

  switch (prop_id)
    {
    case PROP_VALUE:
    case PROP_LOWER:
    case PROP_UPPER:
    case PROP_STEP:
    case PROP_INTEGER:
      g_object_set_property (G_OBJECT (self->entry), pspec->name, value);
      break;

    case PROP_HINT:
      pz_number_row_set_hint (self, g_value_get_string (value));
      break;

    case PROP_PROBLEM:
      pz_number_row_set_problem (self, g_value_get_string (value));
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_number_row_class_init (PzNumberRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = pz_number_row_finalize;
  object_class->get_property = pz_number_row_get_property;
  object_class->set_property = pz_number_row_set_property;

  properties[PROP_VALUE] =
    g_param_spec_double ("value", NULL, NULL,
                         -G_MAXDOUBLE, G_MAXDOUBLE, 0.0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_LOWER] =
    g_param_spec_double ("lower", NULL, NULL,
                         -G_MAXDOUBLE, G_MAXDOUBLE, 0.0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_UPPER] =
    g_param_spec_double ("upper", NULL, NULL,
                         -G_MAXDOUBLE, G_MAXDOUBLE, (double) G_MAXFLOAT,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_STEP] =
    g_param_spec_double ("step", NULL, NULL,
                         0.0, G_MAXDOUBLE, 0.0,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_INTEGER] =
    g_param_spec_boolean ("integer", NULL, NULL,
                          FALSE,
                          G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_HINT] =
    g_param_spec_string ("hint", NULL, NULL,
                         NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL,
                         NULL,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[EDITED] =
    g_signal_new ("edited",
                  PZ_TYPE_NUMBER_ROW,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_number_row_init (PzNumberRow *self)
{
  self->entry = PZ_NUMBER_ENTRY (pz_number_entry_new ());

  g_signal_connect_object (self->entry, "edited",
                           G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "notify::value",
                           G_CALLBACK (on_value_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "notify::problem",
                           G_CALLBACK (update_subtitle), self, G_CONNECT_SWAPPED);

  adw_action_row_add_suffix (ADW_ACTION_ROW (self), GTK_WIDGET (self->entry));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (self), GTK_WIDGET (self->entry));
  /* Sentences of the core go in here, with their angle brackets. */
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
}

GtkWidget *
pz_number_row_new (void)
{
  return g_object_new (PZ_TYPE_NUMBER_ROW, NULL);
}

double
pz_number_row_get_value (PzNumberRow *self)
{
  g_return_val_if_fail (PZ_IS_NUMBER_ROW (self), 0.0);

  return pz_number_entry_get_value (self->entry);
}

void
pz_number_row_set_value (PzNumberRow *self,
                         double       value)
{
  g_return_if_fail (PZ_IS_NUMBER_ROW (self));

  pz_number_entry_set_value (self->entry, value);
}

void
pz_number_row_set_hint (PzNumberRow *self,
                        const char  *hint)
{
  g_return_if_fail (PZ_IS_NUMBER_ROW (self));

  if (g_strcmp0 (self->hint, hint) == 0)
    return;

  g_free (self->hint);
  self->hint = g_strdup (hint);
  update_subtitle (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HINT]);
}

void
pz_number_row_set_problem (PzNumberRow *self,
                           const char  *problem)
{
  g_return_if_fail (PZ_IS_NUMBER_ROW (self));

  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);
  update_subtitle (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

void
pz_number_row_mark (AdwActionRow *row,
                    const char   *hint,
                    const char   *problem)
{
  const char *subtitle = problem != NULL ? problem : hint != NULL ? hint : "";

  g_return_if_fail (ADW_IS_ACTION_ROW (row));

  if (g_strcmp0 (adw_action_row_get_subtitle (row), subtitle) != 0)
    adw_action_row_set_subtitle (row, subtitle);

  if (problem != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (row), "problem");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (row), "problem");
}

gboolean
pz_number_row_commit_focus (GtkRoot *root)
{
  GtkWidget *focus;
  GtkWidget *entry;

  g_return_val_if_fail (GTK_IS_ROOT (root), FALSE);

  focus = gtk_root_get_focus (root);
  entry = focus != NULL ? gtk_widget_get_ancestor (focus, PZ_TYPE_NUMBER_ENTRY) : NULL;

  return entry == NULL || pz_number_entry_commit (PZ_NUMBER_ENTRY (entry));
}
