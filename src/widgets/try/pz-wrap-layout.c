/* pz-wrap-layout.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/try/pz-wrap-layout.h"

struct _PzWrapLayout
{
  GtkLayoutManager parent_instance;

  int              max_child_width;
  int              row_spacing;
};

enum {
  PROP_0,
  PROP_MAX_CHILD_WIDTH,
  PROP_ROW_SPACING,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (PzWrapLayout, pz_wrap_layout, GTK_TYPE_LAYOUT_MANAGER)

static GParamSpec *properties[N_PROPS];

/* How many children there are; @width and @height: the least that suffice for any. */
static int
measure_children (GtkWidget *widget,
                  int       *width,
                  int       *height)
{
  int n = 0;

  *width = *height = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      int minimum;

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      *width = MAX (*width, minimum);
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, -1, &minimum, NULL, NULL, NULL);
      *height = MAX (*height, minimum);
      n++;
    }

  return n;
}

/* How many stand side by side in @width, in how many rows, and how large each is. */
static int
divide_width (PzWrapLayout *self,
              GtkWidget    *widget,
              int           width,
              int          *n_rows,
              int          *child_width,
              int          *child_height)
{
  int least, height;
  const int n = measure_children (widget, &least, &height);
  int columns = MAX (n, 1);

  for (int rows = 2; columns > 2 && width / columns < least; rows++)
    columns = MAX ((n + rows - 1) / rows, 2);

  *n_rows = (n + columns - 1) / columns;
  *child_width = MAX (least, MIN (width / columns, self->max_child_width));
  *child_height = height + *child_width - least;

  return columns;
}

static GtkSizeRequestMode
pz_wrap_layout_get_request_mode (GtkLayoutManager *manager,
                                 GtkWidget        *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
pz_wrap_layout_measure (GtkLayoutManager *manager,
                        GtkWidget        *widget,
                        GtkOrientation    orientation,
                        int               for_size,
                        int              *minimum,
                        int              *natural,
                        int              *minimum_baseline,
                        int              *natural_baseline)
{
  PzWrapLayout *self = PZ_WRAP_LAYOUT (manager);
  int n_rows, width, height;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      const int n = measure_children (widget, &width, &height);

      *minimum = MIN (n, 2) * width;
      *natural = n * MAX (width, self->max_child_width);
      return;
    }

  divide_width (self, widget, for_size >= 0 ? for_size : G_MAXINT, &n_rows, &width, &height);
  *minimum = *natural = n_rows * height + MAX (n_rows - 1, 0) * self->row_spacing;
}

static void
pz_wrap_layout_allocate (GtkLayoutManager *manager,
                         GtkWidget        *widget,
                         int               width,
                         int               height,
                         int               baseline)
{
  PzWrapLayout *self = PZ_WRAP_LAYOUT (manager);
  int n_rows, child_width, child_height;
  const int columns = divide_width (self, widget, width, &n_rows, &child_width, &child_height);
  const int left = (width - columns * child_width) / 2;
  const gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int i = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      const int column = from_right ? columns - 1 - i % columns : i % columns;
      const int row = i / columns;
      const GtkAllocation place = {
        left + column * child_width, row *(child_height + self->row_spacing), child_width, child_height
      };

      if (!gtk_widget_should_layout (child))
        continue;

      gtk_widget_size_allocate (child, &place, -1);
      i++;
    }
}

static void
pz_wrap_layout_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  PzWrapLayout *self = PZ_WRAP_LAYOUT (object);

  switch (prop_id)
    {
    case PROP_MAX_CHILD_WIDTH:
      g_value_set_int (value, self->max_child_width);
      break;

    case PROP_ROW_SPACING:
      g_value_set_int (value, self->row_spacing);
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
pz_wrap_layout_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  PzWrapLayout *self = PZ_WRAP_LAYOUT (object);
  int *field;

  switch (prop_id)
    {
    case PROP_MAX_CHILD_WIDTH:
      field = &self->max_child_width;
      break;

    case PROP_ROW_SPACING:
      field = &self->row_spacing;
      break;

    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
      return;
    }

  if (*field == g_value_get_int (value))
    return;

  *field = g_value_get_int (value);
  gtk_layout_manager_layout_changed (GTK_LAYOUT_MANAGER (self));
  g_object_notify_by_pspec (object, pspec);
}

static void
pz_wrap_layout_class_init (PzWrapLayoutClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  object_class->get_property = pz_wrap_layout_get_property;
  object_class->set_property = pz_wrap_layout_set_property;

  layout_class->get_request_mode = pz_wrap_layout_get_request_mode;
  layout_class->measure = pz_wrap_layout_measure;
  layout_class->allocate = pz_wrap_layout_allocate;

  properties[PROP_MAX_CHILD_WIDTH] =
    g_param_spec_int ("max-child-width", NULL, NULL,
                      0, G_MAXINT, 0,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  properties[PROP_ROW_SPACING] =
    g_param_spec_int ("row-spacing", NULL, NULL,
                      0, G_MAXINT, 0,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
pz_wrap_layout_init (PzWrapLayout *self)
{
}
