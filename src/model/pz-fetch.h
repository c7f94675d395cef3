/* pz-fetch.h: blocking download of one file from one server.
 *
 * For the thread that made the session.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

#include "datasets/ds-published.h"

G_BEGIN_DECLS

/* What went wrong, apart from what is said about it. */
typedef enum
{
  PZ_FETCH_OK,
  PZ_FETCH_OFFLINE,      /* no connection: another mirror may answer */
  PZ_FETCH_BROKEN,       /* it broke off after some bytes: worth asking again */
  PZ_FETCH_REFUSED,      /* not found, or another file: another mirror may have it */
  PZ_FETCH_FATAL,        /* disk full, cannot write, cancelled: no mirror helps */
} PzFetchStatus;

/* Told for each piece: how much of the file is here. */
typedef void (*PzFetchProgressFunc) (guint64  n_bytes,
                                     gpointer user_data);

/* (transfer full): a session that passes gzip'd files on as they are. */
SoupSession  *pz_fetch_session_new (guint                 timeout);

/**
 * pz_fetch_file:
 * @session: made in this thread
 * @url: where it is
 * @file: what it should be
 * @folder: where it goes
 * @cancellable: (nullable): leaves NAME.part for the next time
 * @progress: told now and then
 * @progress_data: for @progress
 * @error: return location for a #GError, translated, with what to do
 *
 * Goes on with @folder/NAME.part, if the server can; checks size and checksum;
 * renames it to @folder/NAME. What is damaged is thrown away.
 */
PzFetchStatus pz_fetch_file        (SoupSession          *session,
                                    const char           *url,
                                    const DsPublishedFile *file,
                                    const char           *folder,
                                    GCancellable         *cancellable,
                                    PzFetchProgressFunc   progress,
                                    gpointer              progress_data,
                                    GError              **error);

/* (transfer full): the server's name, or @url where it has none: for people */
char         *pz_fetch_get_host    (const char           *url);

/* Says in @error what errno @code means for writing to @folder. */
void          pz_fetch_set_write_error (int                code,
                                        const char        *folder,
                                        GError           **error);

G_END_DECLS
