/* io-members.h: members of a folder or an archive, one by one.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Of one file. @path: where it is, or the archive that it is in; @member: (nullable): its name in that, for people;
 * @bytes: (nullable): what it holds, of a member of an archive; @error: (nullable): why it cannot
 * be read; then @bytes is %NULL. Returns: FALSE to stop */
typedef gboolean (*IoMemberFunc) (const char   *path,
                                  const char   *member,
                                  GBytes       *bytes,
                                  const GError *error,
                                  gpointer      user_data);

/**
 * io_members_visit:
 * @path: a folder, an archive as in io-archive.h, or a file
 * @max_size: no member of an archive may hold more bytes
 * @func: called for each file in a folder by name, each in an archive in its order; of another file once
 * @user_data: for @func
 *
 * Hidden files are passed over; folders in a folder are not gone into, but named. An
 * archive that is cut off or damaged is the last file, which cannot be read; a folder or an archive without
 * files is the only one. Blocks; one member is in memory at a time.
 *
 * Errors, given to @func: those of io-archive.h; %MLP_ERROR_TOO_LARGE
 */
void io_members_visit (const char  *path,
                       gsize        max_size,
                       IoMemberFunc func,
                       gpointer     user_data);

G_END_DECLS
