/* widget-util.h: what the tests of widgets share.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "test-util.h"

/* (nullable): @widget or the first below it of that type, with that title if
 * one is given (rows only), that can be seen or not. */
static inline GtkWidget *
find_widget (GtkWidget  *widget,
             GType       type,
             const char *title)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type)
      && (title == NULL
          || (ADW_IS_PREFERENCES_ROW (widget)
              && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* (nullable): the widget of that name below @widget */
static inline GtkWidget *
find_named (GtkWidget  *widget,
            const char *name)
{
  if (g_str_equal (gtk_widget_get_name (widget), name))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, name);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The template child of that id. */
#define get_child(widget, id) \
  GTK_WIDGET (gtk_widget_get_template_child (GTK_WIDGET (widget), G_OBJECT_TYPE (widget), id))

/* Every icon below is in the theme or in our resources: an icon that is in
 * neither is drawn as a broken picture. */
static inline void
assert_icons_exist (GtkWidget *widget)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (widget));

  if (GTK_IS_IMAGE (widget) && gtk_image_get_icon_name (GTK_IMAGE (widget)) != NULL
      && !gtk_icon_theme_has_icon (theme, gtk_image_get_icon_name (GTK_IMAGE (widget))))
    g_error ("no icon %s", gtk_image_get_icon_name (GTK_IMAGE (widget)));

  for (GtkWidget *child = gtk_widget_get_first_child (widget);
       child != NULL;
       child = gtk_widget_get_next_sibling (child))
    assert_icons_exist (child);
}

static inline void
set_flag (gpointer flag)
{
  *(gboolean *) flag = TRUE;
}

/* A weak reference would be told at dispose already. */
static inline void
watch_finalize (gpointer  object,
                gboolean *is_gone)
{
  *is_gone = FALSE;
  g_object_set_data_full (object, "test-finalized", is_gone, set_flag);
}

static inline void
count_call (guint *n)
{
  (*n)++;
}

/* gtk_test_init() ends the process when there is no display; 77 is "skipped". */
#define init_display_test(argc, argv)                                              \
  G_STMT_START {                                                                   \
    if (g_getenv ("DISPLAY") == NULL && g_getenv ("WAYLAND_DISPLAY") == NULL)      \
      return 77;                                                                   \
    gtk_test_init (argc, argv, NULL);                                              \
    adw_init ();                                                                   \
  } G_STMT_END
