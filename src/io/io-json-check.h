/* io-json-check.h: strict JSON validator (RFC 8259).
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A recipe nests three deep, the header of a .perz file two. */
#define IO_JSON_MAX_DEPTH 16

/* Members of one object: parsers keep them in a table of hashes, which names made
 * to have equal ones turn into a list. A header has some for each layer. */
#define IO_JSON_MAX_MEMBERS 1024

/* Values in all, of which each takes some hundred bytes when it is parsed. */
#define IO_JSON_MAX_VALUES (4u * 1024 * 1024)

/**
 * io_json_check:
 * @text: @length bytes of text
 * @what: what they are, for messages: "the recipe"
 * @error: return location for a #GError
 *
 * Whether @text is one JSON value of the grammar of RFC 8259 and nothing else, so
 * that every parser reads the same from it. Also refused is what that grammar
 * leaves to the reader: two members of one name (§ 4), whole numbers beyond 64 bits
 * and others beyond double precision (§ 6), escapes of half a surrogate pair (§ 8.2),
 * U+0000 in a string, and what exceeds the bounds above. Does not recurse; takes
 * memory for the names of the open objects only. Any thread.
 *
 * Errors: %MLP_ERROR_FORMAT: "the recipe is not JSON: at its byte 7, expected “:”";
 * %MLP_ERROR_TOO_LARGE
 *
 * Returns: whether it is
 */
gboolean io_json_check (const char *text,
                        gsize       length,
                        const char *what,
                        GError    **error);

G_END_DECLS
