/* download-server.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include <string.h>
#include <zlib.h>

#include "download-server.h"
#include "model-util.h"

/* The server, not the client, of libsoup 3.2 loses a socket for each connection;
 * the leak checker asks here whether to look. Our own objects are counted by the test.
 */
int __lsan_is_turned_off (void);

int
__lsan_is_turned_off (void)
{
  return 1;
}

/* Of 127.0.0.1, signed by itself, valid from 2000 to 2199; made for this test. */
static const char certificate_pem[] =
  "-----BEGIN PRIVATE KEY-----\n"
  "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgUoWXI2I/r3JH6aGa\n"
  "jy9ivLOJ8h4C9EXG7E8kYyQW78OhRANCAAQndWJ1YIyWXmxe8LNovyR/V/QJ8zhn\n"
  "ey6MdH7DPQlnFSLbiOi67/wx5gbdV4uYOw+FGsYeA2sCxV0m2nXOdYTT\n"
  "-----END PRIVATE KEY-----\n"
  "-----BEGIN CERTIFICATE-----\n"
  "MIIBLDCB0qADAgECAgEHMAoGCCqGSM49BAMCMBQxEjAQBgNVBAMMCWxvY2FsaG9z\n"
  "dDAgFw0wMDAxMDEwMDAwMDBaGA8yMTk5MDEwMTAwMDAwMFowFDESMBAGA1UEAwwJ\n"
  "bG9jYWxob3N0MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEJ3VidWCMll5sXvCz\n"
  "aL8kf1f0CfM4Z3sujHR+wz0JZxUi24jouu/8MeYG3VeLmDsPhRrGHgNrAsVdJtp1\n"
  "znWE06MTMBEwDwYDVR0RBAgwBocEfwAAATAKBggqhkjOPQQDAgNJADBGAiEAmZ8t\n"
  "UsAhdy7LDVplWhqqIX1lgsC4VNu3Nck+ndoNsuoCIQDC/GqClCSHaZVBCI+QhRVI\n"
  "Y3GvTrZr3m9Vg/EWruo2bA==\n"
  "-----END CERTIFICATE-----\n";

/* Writes to the connection itself, so that headers and bytes may disagree. */
static void
answer_raw (DownloadServer    *server,
            SoupServerMessage *message,
            const char        *head,
            gsize              n_bytes,
            gboolean           close)
{
  g_autoptr(GIOStream) stream = soup_server_message_steal_connection (message);
  GOutputStream *out = g_io_stream_get_output_stream (stream);

  g_output_stream_write_all (out, head, strlen (head), NULL, NULL, NULL);
  g_output_stream_write_all (out, server->large, MIN (n_bytes, LARGE), NULL, NULL, NULL);
  for (gsize n = LARGE; n < n_bytes; n += SMALL)
    g_output_stream_write_all (out, server->small, SMALL, NULL, NULL, NULL);

  if (close)
    g_io_stream_close (stream, NULL, NULL);
  else
    g_ptr_array_add (server->open, g_steal_pointer (&stream));
}

static void
answer_large (DownloadServer    *server,
              guint              mirror,
              SoupServerMessage *message)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  g_autofree char *head = NULL;
  g_autofree guint8 *other = NULL;
  Mode mode = server->modes[mirror];

  g_free (server->ranges[mirror]);
  server->ranges[mirror] = g_strdup (soup_message_headers_get_one (request, "Range"));
  server->n_requests[mirror]++;

  if (mode == HALF_ONCE && server->n_requests[mirror] > 1)
    mode = SERVE;

  head = g_strdup_printf ("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", LARGE);

  switch (mode)
    {
    case SERVE_WHOLE:
      soup_message_headers_remove (request, "Range");
      G_GNUC_FALLTHROUGH;

    case SERVE:
      /* As some servers do: that must not be unpacked. */
      soup_message_headers_replace (response, "Content-Encoding", "gzip");
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "application/octet-stream", SOUP_MEMORY_COPY,
                                        (const char *) server->large, LARGE);
      break;

    case NOT_FOUND:
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      break;

    case OTHER_BYTES:
      other = g_memdup2 (server->large, LARGE);
      other[LARGE / 2] ^= 1;
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "application/gzip", SOUP_MEMORY_COPY,
                                        (const char *) other, LARGE);
      break;

    case PAGE:
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC,
                                        "<html>Sign in</html>", 20);
      break;

    case ENDLESS:
      answer_raw (server, message, "HTTP/1.1 200 OK\r\n\r\n", LARGE + 1000, TRUE);
      break;

    case HALF_ONCE:
      answer_raw (server, message, head, LARGE / 2, TRUE);
      break;

    case HALF_THEN_SILENT:
      answer_raw (server, message, head, server->n_requests[mirror] > 1 ? 0 : LARGE / 2, FALSE);
      break;

    case WRONG_RANGE:
      if (server->ranges[mirror] != NULL)
        {
          soup_message_headers_remove (request, "Range");
          soup_message_headers_set_content_range (response, 0, LARGE - 1, LARGE);
        }
      soup_server_message_set_status (message, server->ranges[mirror] != NULL ? SOUP_STATUS_PARTIAL_CONTENT
                                                                         : SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "application/gzip", SOUP_MEMORY_COPY,
                                        (const char *) server->large, LARGE);
      break;

    case N_MODES:
    default:
      g_assert_not_reached ();
    }
}

static void
on_request (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  DownloadServer *server = user_data;

  if (g_str_has_suffix (path, "/large.gz"))
    {
      answer_large (server, g_str_has_prefix (path, "/b/"), message);
    }
  else if (g_str_has_suffix (path, "/small.gz"))
    {
      soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
      soup_server_message_set_response (message, "application/gzip", SOUP_MEMORY_COPY,
                                        (const char *) server->small, SMALL);
    }
  else
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
    }
}

/* LARGE bytes that are gzip'd, as the real files: whoever unpacks them on the way
 * has others. Blocks that are stored only, of 0x8000 bytes.
 */
static void
fill_large (DownloadServer *server,
            GRand          *rand)
{
  static const guint8 head[] = { 0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff };
  uLong crc = crc32 (0, NULL, 0);
  guint32 n_stored = 0;
  gsize at = sizeof head;

  memcpy (server->large, head, sizeof head);
  while (at < LARGE - 8)
    {
      gsize n = MIN (0x8000, LARGE - 8 - at - 5);

      server->large[at] = at + 5 + n == LARGE - 8;
      server->large[at + 1] = (guint8) n;
      server->large[at + 2] = (guint8) (n >> 8);
      server->large[at + 3] = (guint8) ~n;
      server->large[at + 4] = (guint8) (~n >> 8);
      at += 5;
      for (gsize i = 0; i < n; i++)
        server->large[at + i] = (guint8) g_rand_int (rand);
      crc = crc32 (crc, server->large + at, (uInt) n);
      n_stored += (guint32) n;
      at += n;
    }

  for (guint i = 0; i < 4; i++)
    {
      server->large[at + i] = (guint8) (crc >> (8 * i));
      server->large[at + 4 + i] = (guint8) (n_stored >> (8 * i));
    }
}

DownloadServer *
download_server_new (void)
{
  DownloadServer *server = g_new0 (DownloadServer, 1);
  g_autoptr(GRand) rand = g_rand_new_with_seed (7);
  g_autoptr(GError) error = NULL;
  g_autofree char *root = NULL;
  GSList *uris;

  fill_large (server, rand);
  for (gsize i = 0; i < SMALL; i++)
    server->small[i] = (guint8) g_rand_int (rand);

  server->open = g_ptr_array_new_with_free_func (g_object_unref);
  server->soup = g_object_new (SOUP_TYPE_SERVER, NULL);
  soup_server_add_handler (server->soup, NULL, on_request, server, NULL);
  soup_server_listen_local (server->soup, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);

  uris = soup_server_get_uris (server->soup);
  root = g_uri_to_string (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  server->mirrors[0] = g_strconcat (root, "a/", NULL);
  server->mirrors[1] = g_strconcat (root, "b/", NULL);

  return server;
}

static void
on_shaken (GObject      *object,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_tls_connection_handshake_finish (G_TLS_CONNECTION (object), result, NULL);
}

/* Nobody gets as far as a request. */
static gboolean
on_incoming (GSocketService    *service,
             GSocketConnection *connection,
             GObject           *source_object,
             gpointer           certificate)
{
  g_autoptr(GIOStream) stream = g_tls_server_connection_new (G_IO_STREAM (connection), certificate, NULL);

  if (stream != NULL)
    g_tls_connection_handshake_async (G_TLS_CONNECTION (stream), G_PRIORITY_DEFAULT, NULL, on_shaken, NULL);

  return TRUE;
}

void
download_server_encrypt (DownloadServer *server)
{
  g_autoptr(GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr(GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr(GSocketAddress) bound = NULL;
  g_autoptr(GError) error = NULL;
  GTlsCertificate *certificate;

  certificate = g_tls_certificate_new_from_pem (certificate_pem, -1, &error);
  g_assert_no_error (error);
  server->encrypted = g_socket_service_new ();
  g_signal_connect_data (server->encrypted, "incoming", G_CALLBACK (on_incoming),
                         certificate, (GClosureNotify) g_object_unref, 0);
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->encrypted), address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);

  g_free (server->mirrors[0]);
  server->mirrors[0] = g_strdup_printf ("https://127.0.0.1:%u/",
                                        g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  g_clear_pointer (&server->mirrors[1], g_free);
}

void
download_server_free (DownloadServer *server)
{
  soup_server_disconnect (server->soup);
  if (server->encrypted != NULL)
    g_socket_service_stop (server->encrypted);
  run_pending ();
  g_clear_object (&server->encrypted);
  g_ptr_array_unref (server->open);
  g_object_unref (server->soup);
  run_pending ();

  for (guint i = 0; i < 2; i++)
    {
      g_free (server->mirrors[i]);
      g_free (server->ranges[i]);
    }
  g_free (server);
}
