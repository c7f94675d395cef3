/* pz-writer.h: asynchronous file writer.
 *
 * Main thread; the disk is waited for in a thread.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * pz_writer_write_async:
 * @file: where; must be on this computer
 * @contents: the whole file
 *
 * Replaces the file as io_replace() does, which waits for the disk.
 *
 * Errors: %G_IO_ERROR_NOT_SUPPORTED if @file is elsewhere; those of io_replace(). Translated
 */
void     pz_writer_write_async  (GFile              *file,
                                 GBytes             *contents,
                                 GAsyncReadyCallback callback,
                                 gpointer            user_data);
gboolean pz_writer_write_finish (GAsyncResult       *result,
                                 GError            **error);

G_END_DECLS
