/* download-server.h: a server on loopback with two mirrors of a set of two files,
 * which fails as it is told.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define LARGE 300000
#define SMALL 77

/* What the server does with the large file of a mirror. */
typedef enum
{
  SERVE,              /* ranges included */
  SERVE_WHOLE,        /* a server that does not know ranges */
  NOT_FOUND,
  OTHER_BYTES,        /* of the right size */
  PAGE,               /* a page that asks to sign in, with status 200 */
  ENDLESS,            /* no length, and more and more bytes */
  HALF_ONCE,          /* breaks off in the middle the first time */
  HALF_THEN_SILENT,   /* sends the half and stays */
  WRONG_RANGE,        /* answers a range with another one */
  N_MODES
} Mode;

typedef struct
{
  SoupServer *soup;
  GSocketService *encrypted;   /* (nullable) */
  char       *mirrors[3];      /* …/a/, …/b/, NULL */
  guint8      large[LARGE];    /* large.gz, gzip'd as the real files */
  guint8      small[SMALL];    /* small.gz */

  Mode        modes[2];        /* of the two mirrors; to be set */
  guint       n_requests[2];   /* for the large file */
  char       *ranges[2];       /* (nullable): of the last request */
  GPtrArray  *open;            /* GIOStream: connections that stay */
} DownloadServer;

/* Answers in the default main context. */
DownloadServer *download_server_new  (void);

/* From now on one mirror over TLS, whose certificate nobody trusts. */
void            download_server_encrypt (DownloadServer *server);
void            download_server_free (DownloadServer *server);

G_END_DECLS
