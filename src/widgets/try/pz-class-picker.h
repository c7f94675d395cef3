/* pz-class-picker.h: class picker: a toggle button a class, of which one or none is active.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define PZ_TYPE_CLASS_PICKER (pz_class_picker_get_type ())

/* Property "selected" (int64): the class; -1: none. */
G_DECLARE_FINAL_TYPE (PzClassPicker, pz_class_picker, PZ, CLASS_PICKER, GtkWidget)

/* What the classes are called, copied. Where they are the same as before the choice is kept,
 * otherwise it is none. */
void     pz_class_picker_set_names    (PzClassPicker      *self,
                                       const char *const  *names);
gssize   pz_class_picker_get_selected (PzClassPicker      *self);
void     pz_class_picker_set_selected (PzClassPicker      *self,
                                       gssize              selected);

/* Selects class @i, or none if it is selected. Returns: whether there is such a class */
gboolean pz_class_picker_toggle       (PzClassPicker      *self,
                                       gsize               i);

G_END_DECLS
