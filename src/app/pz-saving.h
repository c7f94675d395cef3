/* pz-saving.h: dialogs before a project is saved, replaced or closed.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "model/pz-project.h"

G_BEGIN_DECLS

/**
 * pz_saving_save_async:
 * @window: for dialogs
 * @project: what to save
 * @ask: ask for a file even if the project has one
 *
 * Writes the project to its file, or to one that the person chooses.
 *
 * Finish returns whether it is written; %G_IO_ERROR_CANCELLED if no file was
 * chosen. Other errors are for the person: pz_saving_show_error().
 */
void      pz_saving_save_async   (GtkWindow            *window,
                                  PzProject            *project,
                                  gboolean              ask,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean  pz_saving_save_finish  (GtkWindow            *window,
                                  GAsyncResult         *result,
                                  GError              **error);

/**
 * pz_saving_leave_async:
 * @window: for dialogs
 * @project: what would be lost
 *
 * Asks whether to stop a run that is on, and stops it; then whether to save
 * what is unsaved, and saves it. Where there is nothing to ask, nobody is asked.
 *
 * Finish returns whether the project may be let go of.
 */
void      pz_saving_leave_async  (GtkWindow            *window,
                                  PzProject            *project,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
gboolean  pz_saving_leave_finish (GtkWindow            *window,
                                  GAsyncResult         *result);

/* A dialog with one button, which holds nothing up. */
void      pz_saving_show_error   (GtkWindow            *window,
                                  const char           *heading,
                                  const GError           *error);

/* Whatever is open over @window, as if it were closed there: a dialog that outlived its window
 * would keep the program, and be all that is to be seen of it. */
void      pz_saving_close_dialogs (GtkWindow           *window);

G_END_DECLS
