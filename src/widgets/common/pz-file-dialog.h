/* pz-file-dialog.h: file dialogs for opening and saving.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef enum
{
  PZ_FILE_DIALOG_OPEN,
  PZ_FILE_DIALOG_OPEN_SEVERAL,
  PZ_FILE_DIALOG_FOLDER,
  PZ_FILE_DIALOG_SAVE,
} PzFileDialogMode;

/* One entry of the list of file types; the first is the one shown. */
typedef struct
{
  const char *name;       /* translated: "Perzeptron Projects" */
  const char *suffixes;   /* "perz", or several with spaces; NULL: all files */
} PzFileType;

/**
 * pz_file_dialog_run_async:
 * @widget: whose window the dialog belongs to
 * @mode: what is asked for
 * @title: translated
 * @name: (nullable): SAVE: the suggested name
 * @types: (array length=n_types) (nullable): file types
 * @n_types: how many
 * @callback: called when a file was chosen, or none
 * @user_data: for @callback
 *
 * Begins in the folder where the last dialog ended.
 */
void        pz_file_dialog_run_async   (GtkWidget            *widget,
                                        PzFileDialogMode      mode,
                                        const char           *title,
                                        const char           *name,
                                        const PzFileType     *types,
                                        gsize                 n_types,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);

/* SAVE: a name without a dot gets the first suffix of the chosen type.
 * Returns: (transfer full) (nullable): NULL where none was chosen
 * (%G_IO_ERROR_CANCELLED) */
GFile      *pz_file_dialog_run_finish  (GtkWidget            *widget,
                                        GAsyncResult         *result,
                                        GError              **error);

/* Of %PZ_FILE_DIALOG_OPEN_SEVERAL. Returns: (transfer full) (nullable) (element-type GFile): one at
 * least; NULL as above */
GListModel *pz_file_dialog_run_finish_several (GtkWidget     *widget,
                                               GAsyncResult  *result,
                                               GError       **error);

/* (nullable): the folder to begin in, a URI, kept over sessions by the window */
void        pz_file_dialog_set_folder  (const char           *uri);
const char *pz_file_dialog_get_folder  (void);

G_END_DECLS
