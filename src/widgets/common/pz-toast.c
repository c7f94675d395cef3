/* pz-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "core/mlp-display.h"
#include "widgets/common/pz-toast.h"

void
pz_toast_show (GtkWidget     *widget,
               const char    *text,
               GCallback      undo,
               gpointer       data,
               GClosureNotify free_data)
{
  GtkWidget *overlay;
  g_autofree char *shown = NULL;
  g_autofree char *escaped = NULL;
  AdwToast *toast;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (text != NULL);

  overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  shown = mlp_display_text (text, "\n");
  escaped = g_markup_escape_text (shown, -1);
  toast = adw_toast_new (escaped);

  if (undo != NULL)
    {
      adw_toast_set_button_label (toast, _("_Undo"));
      g_signal_connect_data (toast, "button-clicked", undo, data, free_data, G_CONNECT_SWAPPED);
    }

  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (toast);
}
