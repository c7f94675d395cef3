/* pz-number-entry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "widgets/common/pz-number-entry.h"
#include "widgets/common/pz-number.h"

/* Milliseconds without a key after which a number counts as typed: "1" on the
 * way to "1e-3" must not reach a run. */
#define COMMIT_DELAY 500

struct _PzNumberEntry
{
  GtkEntry parent_instance;

  double   value;
  double   lower;
  double   upper;
  double   step;
  gboolean integer;
  char    *problem;         /* (nullable) */

  gboolean setting;         /* the program, not the user, changes the text */
  guint    commit_source;
};

enum {
  PROP_0,
  PROP_VALUE,
  PROP_LOWER,
  PROP_UPPER,
  PROP_STEP,
  PROP_INTEGER,
  PROP_PROBLEM,
  N_PROPS
};

enum {
  EDITED,
  N_SIGNALS
};

G_DEFINE_FINAL_TYPE (PzNumberEntry, pz_number_entry, GTK_TYPE_ENTRY)

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

/* Values come from and go to floats, whose double has a tail of its own. */
static gboolean
is_same (PzNumberEntry *self,
         double         a,
         double         b)
{
  return self->integer ? a == b : (float) a == (float) b;
}

static void
set_problem (PzNumberEntry *self,
             const char    *problem)
{
  if (g_strcmp0 (self->problem, problem) == 0)
    return;

  g_free (self->problem);
  self->problem = g_strdup (problem);

  if (problem != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                                   GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE,
                                   -1);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
      gtk_accessible_update_state (GTK_ACCESSIBLE (self),
                                   GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_FALSE,
                                   -1);
    }

  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PROBLEM]);
}

static gboolean
read_text (PzNumberEntry *self,
           double        *value,
           char         **problem)
{
  g_autofree char *limit = NULL;

  if (!pz_number_parse (gtk_editable_get_text (GTK_EDITABLE (self)), self->integer, value, problem))
    return FALSE;

  if (*value < self->lower)
    {
      limit = pz_number_format (self->lower, self->integer);
      *problem = g_strdup_printf (_("Must be at least %s"), limit);
      return FALSE;
    }

  if (*value > self->upper)
    {
      limit = pz_number_format (self->upper, self->integer);
      *problem = g_strdup_printf (_("Must be at most %s"), limit);
      return FALSE;
    }

  return TRUE;
}

static void
write_text (PzNumberEntry *self)
{
  g_autofree char *text = pz_number_format (self->value, self->integer);

  self->setting = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self), text);
  self->setting = FALSE;

  g_clear_handle_id (&self->commit_source, g_source_remove);
  set_problem (self, NULL);
}

static gboolean
on_commit_timeout (gpointer user_data)
{
  PzNumberEntry *self = user_data;

  self->commit_source = 0;
  pz_number_entry_commit (self);
  return G_SOURCE_REMOVE;
}

static void
on_text_changed (PzNumberEntry *self)
{
  g_autofree char *problem = NULL;
  double value;

  if (self->setting)
    return;

  g_clear_handle_id (&self->commit_source, g_source_remove);
  if (read_text (self, &value, &problem))
    self->commit_source = g_timeout_add (COMMIT_DELAY, on_commit_timeout, self);

  set_problem (self, problem);
}

/* Ctrl+. stops a run; there is no number among the emoji. */
static void
on_insert_emoji (GtkWidget *text)
{
  g_signal_stop_emission_by_name (text, "insert-emoji");
}

static void
on_focus_leave (PzNumberEntry *self)
{
  if (!pz_number_entry_commit (self))
    write_text (self);
}

/* The neighbour of @value in … 0.1, 0.2, 0.5, 1, 2, 5, 10 …; 0 lies below the
 * smallest that is of use. */
static double
step_in_series (double value,
                int    direction)
{
  static const double mantissas[] = { 1.0, 2.0, 5.0, 10.0 };
  const double smallest = 1e-8;
  double power;
  double mantissa;

  if (value < smallest * (1.0 - 1e-6))
    return direction > 0 ? 1e-5 : 0.0;

  power = pow (10.0, floor (log10 (value) + 1e-9));
  mantissa = value / power;
  if (direction > 0)
    {
      for (gsize i = 0; i < G_N_ELEMENTS (mantissas); i++)
        {
          if (mantissas[i] > mantissa * (1.0 + 1e-6))
            return mantissas[i] * power;
        }

      return 10.0 * power;
    }

  for (gsize i = G_N_ELEMENTS (mantissas); i > 0; i--)
    {
      if (mantissas[i - 1] < mantissa * (1.0 - 1e-6))
        return mantissas[i - 1] * power;
    }

  return power / 2.0;
}

static gboolean
on_key_pressed (PzNumberEntry         *self,
                guint                  key,
                guint                  code,
                GdkModifierType        state,
                GtkEventControllerKey *controller)
{
  double value;
  int direction;
  int n_steps;

  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return GDK_EVENT_PROPAGATE;

  direction = key == GDK_KEY_Up || key == GDK_KEY_KP_Up || key == GDK_KEY_Page_Up ? 1 : -1;
  n_steps = key == GDK_KEY_Page_Up || key == GDK_KEY_Page_Down ? 10 : 1;
  if (direction < 0 && key != GDK_KEY_Down && key != GDK_KEY_KP_Down && key != GDK_KEY_Page_Down)
    return GDK_EVENT_PROPAGATE;

  if (!pz_number_entry_commit (self))
    return GDK_EVENT_STOP;

  value = self->value;
  if (self->step > 0.0)
    value = self->step * round (value / self->step + direction * n_steps);
  else
    value = step_in_series (value, direction);

  value = CLAMP (value, self->lower, self->upper);
  if (!is_same (self, value, self->value))
    {
      pz_number_entry_set_value (self, value);
      gtk_editable_select_region (GTK_EDITABLE (self), 0, -1);
      g_signal_emit (self, signals[EDITED], 0);
    }

  return GDK_EVENT_STOP;
}

static void
pz_number_entry_constructed (GObject *object)
{
  PzNumberEntry *self = PZ_NUMBER_ENTRY (object);

  G_OBJECT_CLASS (pz_number_entry_parent_class)->constructed (object);

  /* Not earlier: being constructed, an entry gets another buffer. */
  write_text (self);
}

static void
pz_number_entry_dispose (GObject *object)
{
  PzNumberEntry *self = PZ_NUMBER_ENTRY (object);

  g_clear_handle_id (&self->commit_source, g_source_remove);
  self->setting = TRUE;

  G_OBJECT_CLASS (pz_number_entry_parent_class)->dispose (object);
}

static void
pz_number_entry_finalize (GObject *object)
{
  PzNumberEntry *self = PZ_NUMBER_ENTRY (object);

  g_free (self->problem);

  G_OBJECT_CLASS (pz_number_entry_parent_class)->finalize (object);
}

static void
pz_number_entry_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  PzNumberEntry *self = PZ_NUMBER_ENTRY (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      g_value_set_double (value, self->value);
      break;

    case PROP_LOWER:
      g_value_set_double (value, self->lower);
      break;

    case PROP_UPPER:
      g_value_set_double (value, self->upper);
      break;

    case PROP_STEP:
      g_value_set_double (value, self->step);
      break;

    case PROP_INTEGER:
      g_value_set_boolean (value, self->integer);
      break;

    case PROP_PROBLEM:
      g_value_set_string (value, self->problem);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

/* The limits and the kind say how text is read from now on; they are set once,
 * in a template, and nobody waits to be told. */
static void
pz_number_entry_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  PzNumberEntry *self = PZ_NUMBER_ENTRY (object);

  switch (prop_id)
    {
    case PROP_VALUE:
      pz_number_entry_set_value (self, g_value_get_double (value));
      break;

    case PROP_LOWER:
      self->lower = g_value_get_double (value);
      break;

    case PROP_UPPER:
      self->upper = g_value_get_double (value);
      break;

    case PROP_STEP:
      self->step = g_value_get_double (value);
      break;

    case PROP_INTEGER:
      self->integer = g_value_get_boolean (value);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_number_entry_class_init (PzNumberEntryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = pz_number_entry_constructed;
  object_class->dispose = pz_number_entry_dispose;
  object_class->finalize = pz_number_entry_finalize;
  object_class->get_property = pz_number_entry_get_property;
  object_class->set_property = pz_number_entry_set_property;

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
  properties[PROP_PROBLEM] =
    g_param_spec_string ("problem", NULL, NULL,
                         NULL,
                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[EDITED] =
    g_signal_new ("edited",
                  PZ_TYPE_NUMBER_ENTRY,
                  G_SIGNAL_RUN_LAST,
                  0, NULL, NULL, NULL,
                  G_TYPE_NONE, 0);
}

static void
pz_number_entry_init (PzNumberEntry *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->upper = (double) G_MAXFLOAT;

  /* The recipe has an undo of its own, and Ctrl+Z is its key. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self), 6);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self), 6);
  gtk_editable_set_alignment (GTK_EDITABLE (self), 1.0f);
  gtk_entry_set_input_purpose (GTK_ENTRY (self), GTK_INPUT_PURPOSE_NUMBER);
  gtk_entry_set_input_hints (GTK_ENTRY (self), GTK_INPUT_HINT_NO_EMOJI);
  g_signal_connect (gtk_editable_get_delegate (GTK_EDITABLE (self)), "insert-emoji",
                    G_CALLBACK (on_insert_emoji), NULL);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), "numeric");

  /* Before the text inside, which would move its cursor. */
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_focus_leave), self);
  gtk_widget_add_controller (GTK_WIDGET (self), focus);

  g_signal_connect (self, "changed", G_CALLBACK (on_text_changed), NULL);
  g_signal_connect (self, "activate", G_CALLBACK (pz_number_entry_commit), NULL);
}

GtkWidget *
pz_number_entry_new (void)
{
  return g_object_new (PZ_TYPE_NUMBER_ENTRY, NULL);
}

double
pz_number_entry_get_value (PzNumberEntry *self)
{
  g_return_val_if_fail (PZ_IS_NUMBER_ENTRY (self), 0.0);

  return self->value;
}

void
pz_number_entry_set_value (PzNumberEntry *self,
                           double         value)
{
  g_autofree char *problem = NULL;
  gboolean changed;
  double typed;

  g_return_if_fail (PZ_IS_NUMBER_ENTRY (self));

  changed = !is_same (self, self->value, value);
  self->value = value;

  /* The same number in other words ("1e-3") stays as it was typed, and so does
   * what is being typed while the program says the old number again. */
  if (changed)
    {
      if (!read_text (self, &typed, &problem) || !is_same (self, typed, value))
        write_text (self);

      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
    }
}

gboolean
pz_number_entry_commit (PzNumberEntry *self)
{
  g_autofree char *problem = NULL;
  double value;

  g_return_val_if_fail (PZ_IS_NUMBER_ENTRY (self), FALSE);

  g_clear_handle_id (&self->commit_source, g_source_remove);

  if (!read_text (self, &value, &problem))
    {
      set_problem (self, problem);
      return FALSE;
    }

  if (!is_same (self, value, self->value))
    {
      pz_number_entry_set_value (self, value);
      g_signal_emit (self, signals[EDITED], 0);
    }

  return TRUE;
}

const char *
pz_number_entry_get_problem (PzNumberEntry *self)
{
  g_return_val_if_fail (PZ_IS_NUMBER_ENTRY (self), NULL);

  return self->problem;
}
