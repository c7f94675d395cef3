/* pz-drawings-gallery.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <glib/gi18n.h>

#include "widgets/common/pz-toast.h"
#include "widgets/try/pz-drawing-tile.h"
#include "widgets/try/pz-drawings-gallery.h"

struct _PzDrawingsGallery
{
  AdwBin             parent_instance;

  PzDrawings        *drawings;        /* (nullable) */
  GtkMultiSelection *selection;       /* (nullable) */
  GSignalGroup      *selection_signals;
  guint              n_keys;

  GtkGridView       *grid;
  GtkWidget         *remove_button;
};

G_DEFINE_FINAL_TYPE (PzDrawingsGallery, pz_drawings_gallery, ADW_TYPE_BIN)

/* A toast outlives what it speaks of. */
typedef struct
{
  GWeakRef   gallery;
  GPtrArray *drawings;        /* of PzDrawing, in ascending order */
  GArray    *positions;       /* of guint: where they were */
} Undo;

static Undo *
undo_new (PzDrawingsGallery *self)
{
  Undo *undo = g_new0 (Undo, 1);

  g_weak_ref_init (&undo->gallery, self);
  undo->drawings = g_ptr_array_new_with_free_func (g_object_unref);
  undo->positions = g_array_new (FALSE, FALSE, sizeof (guint));

  return undo;
}

static void
undo_free (gpointer  data,
           GClosure *closure)
{
  Undo *undo = data;

  g_weak_ref_clear (&undo->gallery);
  g_ptr_array_unref (undo->drawings);
  g_array_unref (undo->positions);
  g_free (undo);
}

static void
on_undo_remove (Undo *undo)
{
  g_autoptr(PzDrawingsGallery) self = g_weak_ref_get (&undo->gallery);

  for (guint i = 0; self != NULL && i < undo->drawings->len; i++)
    pz_drawings_insert (self->drawings, g_ptr_array_index (undo->drawings, i),
                        g_array_index (undo->positions, guint, i));
}

static void
on_remove (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  PzDrawingsGallery *self = PZ_DRAWINGS_GALLERY (widget);
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  Undo *undo = undo_new (self);
  g_autofree char *text = NULL;
  GtkBitsetIter iter;
  guint position, n;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_ptr_array_add (undo->drawings, g_list_model_get_item (G_LIST_MODEL (self->drawings), position));
      g_array_append_val (undo->positions, position);
    }

  n = undo->drawings->len;
  for (guint i = 0; i < n; i++)
    pz_drawings_remove (self->drawings, g_ptr_array_index (undo->drawings, i));

  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u drawing removed", "%u drawings removed", n), n);
  pz_toast_show (widget, text, G_CALLBACK (on_undo_remove), undo, undo_free);
}

static void
on_relabel (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  PzDrawingsGallery *self = PZ_DRAWINGS_GALLERY (widget);
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position;

  if (g_variant_get_uint32 (parameter) >= self->n_keys)
    return;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position); more;
       more = gtk_bitset_iter_next (&iter, &position))
    {
      g_autoptr(PzDrawing) drawing = g_list_model_get_item (G_LIST_MODEL (self->drawings), position);

      pz_drawings_relabel (self->drawings, drawing, g_variant_get_uint32 (parameter));
    }
}

static void
on_selection_changed (PzDrawingsGallery *self)
{
  g_autoptr(GtkBitset) selected = gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  const gboolean some = !gtk_bitset_is_empty (selected);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "drawings.remove", some);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "drawings.relabel", some);
  gtk_widget_set_visible (self->remove_button, some);
}

static void
on_setup (GtkSignalListItemFactory *factory,
          GtkListItem              *item)
{
  gtk_list_item_set_child (item, pz_drawing_tile_new ());
}

static void
on_bind (GtkSignalListItemFactory *factory,
         GtkListItem              *item)
{
  pz_drawing_tile_set_drawing (PZ_DRAWING_TILE (gtk_list_item_get_child (item)), gtk_list_item_get_item (item));
}

static void
on_unbind (GtkSignalListItemFactory *factory,
           GtkListItem              *item)
{
  pz_drawing_tile_set_drawing (PZ_DRAWING_TILE (gtk_list_item_get_child (item)), NULL);
}

static void
pz_drawings_gallery_dispose (GObject *object)
{
  PzDrawingsGallery *self = PZ_DRAWINGS_GALLERY (object);

  g_clear_object (&self->selection_signals);
  if (self->selection != NULL)
    gtk_grid_view_set_model (self->grid, NULL);
  g_clear_object (&self->selection);
  g_clear_object (&self->drawings);

  G_OBJECT_CLASS (pz_drawings_gallery_parent_class)->dispose (object);
}

static void
pz_drawings_gallery_class_init (PzDrawingsGalleryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = pz_drawings_gallery_dispose;

  gtk_widget_class_set_css_name (widget_class, "drawingsgallery");
  gtk_widget_class_install_action (widget_class, "drawings.remove", NULL, on_remove);
  gtk_widget_class_install_action (widget_class, "drawings.relabel", "u", on_relabel);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "drawings.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_Delete, 0, "drawings.remove", NULL);
  for (guint i = 0; i < 10; i++)
    {
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_0 + i, 0, "drawings.relabel", "u", i);
      gtk_widget_class_add_binding_action (widget_class, GDK_KEY_KP_0 + i, 0, "drawings.relabel", "u", i);
    }
}

/* (transfer floating) */
static GtkWidget *
make_remove_button (void)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "drawings.remove");
  gtk_widget_set_tooltip_text (button, _("Remove the Selected Drawings (Delete)"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("Remove the Selected Drawings"),
                                  -1);
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_END);
  gtk_widget_set_margin_end (button, 12);
  gtk_widget_set_margin_bottom (button, 6);

  return button;
}

static void
pz_drawings_gallery_init (PzDrawingsGallery *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *overlay = gtk_overlay_new ();

  self->selection_signals = g_signal_group_new (GTK_TYPE_MULTI_SELECTION);
  g_signal_group_connect_swapped (self->selection_signals, "selection-changed",
                                  G_CALLBACK (on_selection_changed), self);
  g_signal_group_connect_swapped (self->selection_signals, "items-changed",
                                  G_CALLBACK (on_selection_changed), self);

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), NULL);

  self->grid = GTK_GRID_VIEW (gtk_grid_view_new (NULL, g_steal_pointer (&factory)));
  gtk_grid_view_set_min_columns (self->grid, 4);
  gtk_grid_view_set_max_columns (self->grid, 8);
  gtk_grid_view_set_enable_rubberband (self->grid, TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->grid),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, _("My drawings"),
                                  -1);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scrolled), 96);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), 260);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->grid));
  gtk_widget_add_css_class (scrolled, "card");

  self->remove_button = make_remove_button ();
  gtk_overlay_set_child (GTK_OVERLAY (overlay), scrolled);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->remove_button);
  adw_bin_set_child (ADW_BIN (self), overlay);
  self->n_keys = 10;
}

void
pz_drawings_gallery_set_drawings (PzDrawingsGallery *self,
                                  PzDrawings        *drawings)
{
  g_return_if_fail (PZ_IS_DRAWINGS_GALLERY (self));
  g_return_if_fail (PZ_IS_DRAWINGS (drawings));
  g_return_if_fail (self->drawings == NULL);

  self->drawings = g_object_ref (drawings);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_object_ref (drawings)));
  g_signal_group_set_target (self->selection_signals, self->selection);
  gtk_grid_view_set_model (self->grid, GTK_SELECTION_MODEL (self->selection));
  on_selection_changed (self);
}

GtkSelectionModel *
pz_drawings_gallery_get_selection (PzDrawingsGallery *self)
{
  g_return_val_if_fail (PZ_IS_DRAWINGS_GALLERY (self), NULL);

  return GTK_SELECTION_MODEL (self->selection);
}

void
pz_drawings_gallery_set_n_keys (PzDrawingsGallery *self,
                                guint              n_keys)
{
  g_return_if_fail (PZ_IS_DRAWINGS_GALLERY (self));

  self->n_keys = n_keys;
}
