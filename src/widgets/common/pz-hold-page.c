/* pz-hold-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "widgets/common/pz-hold-page.h"

/* GTK pans in the capture phase: it sees the finger before the widget does, and a claim
 * may come too late. Without kinetic scrolling its gesture forgets the finger.
 */
void
pz_hold_page (GtkWidget *widget,
              gboolean   hold)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  if (page != NULL)
    gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (page), !hold);
}
